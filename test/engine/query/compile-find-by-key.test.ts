/** The statement that finds records by an external id. */
import { describe, expect, it } from 'vitest'
import { compileFindByKey } from '../../../engine/query/compile-find-by-key.ts'
import { accountObject, admin, fieldNamed } from './planning.ts'
import { dialects, textOf, valuesOf } from './statements.ts'

describe.each(dialects)('on $name', (dialect) => {
  const column = fieldNamed(accountObject, 'Code').columns.get('folded')

  it('binds the value and asks for two, so that a second one is noticed', () => {
    if (column === undefined) throw new Error('Code has a folded column')
    const filter = { column, value: "k' or 1=1" }
    const query = compileFindByKey(accountObject, filter, { dialect, access: admin })
    const text = textOf(query, dialect)
    expect(text).toContain('where t0.Code__folded = ')
    expect(text).toContain('and not t0.IsDeleted order by t0.Id limit 2')
    expect(valuesOf(query, dialect)).toEqual(["k' or 1=1"])
  })
})
