/** The page of functions says what the registry says. */
import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { functionReference } from '../../../engine/formula/function-reference.ts'

const page = 'docs/formulas.md'

describe('the function reference', () => {
  it('is what the registry gives', () => {
    if (process.env['UPDATE_REFERENCE'] === '1') writeFileSync(page, functionReference())
    expect(readFileSync(page, 'utf8')).toBe(functionReference())
  })
})
