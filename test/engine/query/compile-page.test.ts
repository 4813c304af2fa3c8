/** The statement of a page: records, the place of its end, and a first page's total. */
import { describe, expect, it } from 'vitest'
import {
  behindPlace,
  compilePage,
  keyName,
  type OrderKeys,
} from '../../../engine/query/compile-page.ts'
import { dialects, planOf, readOptions, textOf, valuesOf } from './statements.ts'

describe.each(dialects)('a page on $name', (dialect) => {
  const page = (soql: string, after?: OrderKeys): string =>
    textOf(compilePage(planOf(soql), { ...readOptions(dialect), pageRows: 50, after }), dialect)

  it('reads one record more than it shows', () => {
    const text = page('SELECT Id FROM Account')
    expect(text).toContain('limit 51) as found where j is not null) select')
    expect(text).toContain('from (select j from page limit 50) as cut')
    expect(page('SELECT Id FROM Account LIMIT 30')).toContain('limit 30) as found')
  })

  it('counts on the first page alone, and only when more is behind it', () => {
    expect(page('SELECT Id FROM Account')).toContain('then (select count(*) as n from Account')
    expect(page('SELECT Id FROM Account', ['001'])).not.toContain('as total')
  })

  it('gives the keys of its last record', () => {
    const text = page('SELECT Id FROM Account ORDER BY Name')
    expect(text).toContain('select k0, k1, k2 from page limit 1 offset 49')
    expect(keyName(3).name).toBe('k3')
  })

  it('binds the place where the page before ended', () => {
    const plan = planOf('SELECT Id FROM Account')
    const options = { ...readOptions(dialect), pageRows: 50, after: ["x' or 1=1"] }
    expect(valuesOf(compilePage(plan, options), dialect)).toContain("x' or 1=1")
  })
})

describe.each(dialects)('behind a place on $name', (dialect) => {
  const after = (order: string, place: OrderKeys): string =>
    textOf(
      behindPlace(planOf(`SELECT Id FROM Sample__c ORDER BY ${order}`).orderBy, place, dialect),
      dialect,
    )
      // The casts of bound values differ, what is compared does not.
      .replaceAll(/cast\([?$]\d+ as \w+\)/g, ':v')
      .replaceAll(/[?$]\d+::text(?:::[a-z]+(?:\(\d+, \d+\))?| collate "C"| collate C)?/g, ':v')

  it('the bound on the first column opens an index', () => {
    expect(after('Id', ['a'])).toBe('(t0.Id >= :v and (t0.Id > :v or 1 = 0))')
    expect(after('Day__c', ['2026-01-01', 'a'])).toBe(
      '(t0.Day__c >= :v and (t0.Day__c > :v or (t0.Id >= :v and (t0.Id > :v or 1 = 0))))',
    )
  })

  it('keys that are never empty are one row, so that an index is entered at the very place', () => {
    expect(after('Name', ['a', 'A', 'x'])).toBe('(t0.Name__folded, t0.Name, t0.Id) > (:v, :v, :v)')
    expect(after('Name DESC', ['a', 'A', 'x'])).toMatch(
      /^\(\(t0\.Name__folded, t0\.Name\) <= \(:v, :v\) and \(t0\.Name__folded <= :v and /,
    )
    expect(after('CreatedDate DESC, Id DESC', ['1', 'x'])).toBe(
      '(t0.CreatedDate, t0.Id) < (:v, :v)',
    )
  })

  it('descending turns the comparison, and lets empty ones come last', () => {
    expect(after('Id DESC', ['a'])).toBe('(t0.Id <= :v and (t0.Id < :v or 1 = 0))')
    expect(after('Day__c DESC', ['2026-01-01', 'a'])).toContain(
      '(t0.Day__c is null or (t0.Day__c <= :v',
    )
    expect(after('CreatedDate DESC', ['1', 'a'])).not.toContain('is null')
  })

  it('an empty place has all filled ones behind it, or none', () => {
    expect(after('Day__c', [null, 'a'])).toContain(
      '(t0.Day__c is not null or (t0.Day__c is null and',
    )
    expect(after('Day__c NULLS LAST', [null, 'a'])).toMatch(/^\(t0\.Day__c is null and/)
  })
})
