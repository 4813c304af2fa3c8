/** Read plans as one statement: JSON built in SQL, values bound, names from the model alone. */
import { describe, expect, it } from 'vitest'
import {
  compileCount,
  compileRead,
  compileRetrieve,
  rowLimit,
} from '../../../engine/query/compile-read.ts'
import { fieldText } from '../../../engine/query/field-text.ts'
import { identifier } from '../../../engine/sql/sql.ts'
import { accountObject, fieldNamed } from './planning.ts'
import { dialects, planOf, readOptions, textOf, valuesOf } from './statements.ts'

describe.each(dialects)('on $name', (dialect) => {
  const read = (soql: string): string =>
    textOf(compileRead(planOf(soql), readOptions(dialect)), dialect)

  it('reads living records, ordered and cut inside', () => {
    const text = read('SELECT Id FROM Account ORDER BY Website LIMIT 20 OFFSET 40')
    expect(text).toContain('from Account as t0 where not t0.IsDeleted')
    expect(text).toContain(
      'order by t0.Website__folded nulls first, t0.Website nulls first, t0.Id nulls first',
    )
    expect(text).toContain('limit 20 offset 40) as page')
  })

  it('orders as the indexes do: nulls first going up, last going down', () => {
    expect(read('SELECT Id FROM Account ORDER BY Name LIMIT 1')).toContain(
      'order by t0.Name__folded nulls first, t0.Name nulls first, t0.Id nulls first limit 1',
    )
    expect(read('SELECT Id FROM Account ORDER BY CreatedDate DESC LIMIT 1')).toContain(
      'order by t0.CreatedDate desc nulls last, t0.Id nulls first limit 1',
    )
    expect(read('SELECT Id FROM Account ORDER BY Id DESC LIMIT 1')).toContain(
      'order by t0.Id desc limit 1',
    )
    expect(read('SELECT Id FROM Account LIMIT 1')).toContain('order by t0.Id limit 1')
  })

  it('joins parents to the left and answers null for a missing one', () => {
    const text = read('SELECT Account.Name FROM Contact LIMIT 1')
    expect(text).toContain('left join Account as t1 on t1.Id = t0.AccountId')
    expect(text).toContain("case when t1.Id is null then 'null' else")
  })

  it('looks up the name behind a lookup with several targets by the key prefix', () => {
    const text = read('SELECT About__r.Name FROM Remark__c LIMIT 1')
    expect(text).toContain("when '001' then (select")
    expect(text).toContain("when '003' then (select")
  })

  it('begins each record with its type and address', () => {
    expect(read('SELECT Id FROM Account LIMIT 1')).toContain(
      '{attributes:{type:Account,url:"/services/data/v67.0/sobjects/Account/',
    )
  })

  it('binds what the caller wrote', () => {
    const hostile = "x' or 1=1 --"
    const plan = planOf(
      `SELECT Id FROM Account WHERE Website = '${hostile.replace("'", "\\'")}' LIMIT 1`,
    )
    const query = compileRead(plan, readOptions(dialect))
    expect(valuesOf(query, dialect)).toEqual([hostile])
    expect(textOf(query, dialect)).not.toContain('1=1')
  })

  it('reads the recycle bin as well when told so', () => {
    expect(read('SELECT Id FROM Account LIMIT 1 ALL ROWS')).not.toContain('IsDeleted')
  })

  it('counts, within the limit and behind the offset', () => {
    const count = (soql: string): string =>
      textOf(compileCount(planOf(soql), readOptions(dialect)), dialect)
    expect(count('SELECT COUNT() FROM Account')).toBe(
      'select count(*) as n from Account as t0 where not t0.IsDeleted',
    )
    expect(count('SELECT COUNT() FROM Account LIMIT 5 OFFSET 2')).toContain('limit 5 offset 2')
  })

  it('retrieves records, deleted or not, by the hole of their ids', () => {
    const query = compileRetrieve(planOf('SELECT Id, Name FROM Account'), readOptions(dialect))
    expect(textOf(query, dialect)).toMatch(/where t0\.Id in \(select r\.Id from .*\)$/)
    expect(textOf(query, dialect)).toContain('select t0.Id as row_key')
    expect(valuesOf(query, dialect, { keys: '[["001"]]' })).toEqual(['[["001"]]'])
    expect(textOf(query, dialect)).toContain('as deleted')
  })
})

describe('rowLimit', () => {
  it.each([
    [undefined, 0, ''],
    [5, 0, ' limit 5'],
    [5, 2, ' limit 5 offset 2'],
    [undefined, 2, ' limit 9007199254740991 offset 2'],
    [0, 0, ' limit 0'],
  ])('%s, %i', (limit, skip, text) => {
    const [dialect] = dialects
    expect(dialect && textOf(rowLimit(limit, skip), dialect)).toBe(text)
  })
})

describe('fieldText', () => {
  it('reads a compound from the columns of its parts', () => {
    const [dialect] = dialects
    if (dialect === undefined) return
    const field = fieldNamed(accountObject, 'BillingAddress')
    const place = { object: accountObject, field, alias: identifier('t0') }
    expect(textOf(fieldText(place, dialect), dialect)).toContain('t0.BillingCity')
  })

  it('a field without such a column is a bug', () => {
    const [dialect] = dialects
    if (dialect === undefined) return
    const field = { ...fieldNamed(accountObject, 'Website'), columns: new Map() }
    const place = { object: accountObject, field, alias: identifier('t0') }
    expect(() => fieldText(place, dialect)).toThrow(/no column/)
  })
})
