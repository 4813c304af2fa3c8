/** The statement by which a save reads what is stored. */
import { describe, expect, it } from 'vitest'
import { compileCurrentRow } from '../../../engine/query/compile-current-row.ts'
import { accountObject, fieldNamed } from './planning.ts'
import { dialects, textOf } from './statements.ts'

describe.each(dialects)('on $name', (dialect) => {
  const fields = ['Name', 'Revenue'].map((name) => fieldNamed(accountObject, name))

  it('gives the values as one JSON list, with version and last change', () => {
    const text = textOf(compileCurrentRow(accountObject, fields, { dialect, lock: false }), dialect)
    expect(text).toMatch(
      /^select t0\.Id as row_key, concat\('\[', .*, ',', .*, '\]'\) as body, fs_version as version/,
    )
    expect(text).toContain('as changed_by')
    expect(text).not.toContain('for update')
  })

  it('gives an empty list for no fields', () => {
    const text = textOf(compileCurrentRow(accountObject, [], { dialect, lock: false }), dialect)
    expect(text).toContain("concat('[]') as body")
  })

  it('locks the row inside a transaction, where a writer is not alone', () => {
    const text = textOf(compileCurrentRow(accountObject, fields, { dialect, lock: true }), dialect)
    expect(text.endsWith(' for update')).toBe(dialect.name === 'postgres')
  })
})
