/** Every function by examples, as the public documentation describes them. */
import { describe, expect, it } from 'vitest'
import { formulaFunctions } from '../../../engine/formula/functions/index.ts'
import { examples } from './examples.ts'
import { valueOf } from './sample.ts'

describe('formula functions', () => {
  it.each([...formulaFunctions.keys()])('%s has examples', (name) => {
    expect(examples[name], name).toBeDefined()
  })

  for (const [formula, value, options] of Object.values(examples).flat()) {
    it(`${formula} gives ${JSON.stringify(value)}`, () => {
      expect(valueOf(formula, options)).toBe(value)
    })
  }
})
