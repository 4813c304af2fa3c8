/** Grouped queries on both databases, held against groups formed in JavaScript; and functions of dates. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { plainCompany } from '../../../engine/base/company.ts'
import { everyTypeMetadata } from '../query/every-type.ts'
import { databases, type OpenDatabase } from '../../support/databases.ts'
import { body, openOrganisation, type Organisation } from '../../support/organisation.ts'
import { deskOf, refusal, type Json } from './records-support.ts'

const choices = ['Red', 'Green', 'Blue', null]
const texts = ['ä', 'A', 'b', null, 'a']
const days = ['2026-01-01', '2026-02-28', '2025-12-31', null, '2026-01-08']

interface Sample {
  readonly Choice__c: string | null
  readonly Text__c: string | null
  readonly Day__c: string | null
  readonly Number__c: number | null
  readonly Money__c: number | null
}

const samples: readonly Sample[] = Array.from({ length: 60 }, (_, index) => ({
  Choice__c: choices[index % choices.length] ?? null,
  Text__c: texts[index % texts.length] ?? null,
  Day__c: days[index % days.length] ?? null,
  Number__c: index % 7 === 0 ? null : index - 20,
  Money__c: index % 5 === 0 ? null : index * 0.25,
}))

describe.each(databases)('grouped queries on $name', ({ open }) => {
  let database: OpenDatabase
  let org: Organisation
  const desk = deskOf(() => org)

  beforeAll(async () => {
    database = await open()
    org = await openOrganisation(database.storage, everyTypeMetadata)
    const owner = await desk.create('Account', { Name: 'Parent' })
    const rows = samples.map((sample, index) =>
      body({
        ...sample,
        Name: `Row ${index}`,
        Account__c: index % 2 === 0 ? owner : null,
        At__c: `2026-03-${String((index % 28) + 1).padStart(2, '0')}T23:30:00.000Z`,
      }),
    )
    await org.records.createMany(org.admin, 'Sample__c', rows, { allOrNone: true })
  })
  afterAll(() => database.close())

  const sum = (values: readonly (number | null)[]): number | null => {
    const held = values.filter((value) => value !== null)
    return held.length === 0 ? null : held.reduce((total, value) => total + value, 0)
  }

  it('give one record per group, with its functions', async () => {
    const rows = await desk.query(
      'SELECT Choice__c, COUNT(Id) n, COUNT(Number__c), SUM(Number__c) total, MIN(Number__c) least, ' +
        'MAX(Money__c) most, AVG(Number__c) mean, COUNT_DISTINCT(Text__c) kinds ' +
        'FROM Sample__c GROUP BY Choice__c ORDER BY Choice__c NULLS LAST',
    )
    const expected = ['Blue', 'Green', 'Red', null].map((choice) => {
      const group = samples.filter((sample) => sample.Choice__c === choice)
      const numbers = group.map((sample) => sample.Number__c)
      const held = numbers.filter((value) => value !== null)
      const total = sum(numbers) ?? 0
      return {
        Choice__c: choice,
        n: group.length,
        expr0: held.length,
        total,
        least: Math.min(...held),
        most: Math.max(...group.map((sample) => sample.Money__c ?? 0)),
        mean: expect.closeTo(total / held.length, 5) as number,
        kinds: new Set(group.flatMap((sample) => sample.Text__c ?? [])).size,
      }
    })
    expect(rows).toEqual(expected)
  })

  it('without groups there is one, of no records too', async () => {
    expect(await desk.query('SELECT COUNT(Id), MAX(Day__c) last FROM Sample__c')).toEqual([
      { expr0: 60, last: '2026-02-28' },
    ])
    expect(
      await desk.query("SELECT COUNT(Id) n, SUM(Number__c) s FROM Sample__c WHERE Name = 'none'"),
    ).toEqual([{ n: 0, s: null }])
    expect(await desk.query('SELECT COUNT() n FROM Sample__c')).toEqual([{ n: 60 }])
  })

  it('marks the records as groups, and counts the groups', async () => {
    const { text } = await org.records.query(
      org.admin,
      'SELECT Choice__c FROM Sample__c GROUP BY Choice__c',
    )
    const answer = JSON.parse(text) as { totalSize: number; done: boolean; records: Json[] }
    expect(answer).toMatchObject({ totalSize: 4, done: true })
    expect(answer.records[0]?.['attributes']).toEqual({ type: 'AggregateResult' })
  })

  it('HAVING compares groups and functions', async () => {
    const choicesWith = (having: string): Promise<unknown[]> =>
      desk.column(
        `SELECT Choice__c FROM Sample__c GROUP BY Choice__c HAVING ${having} ORDER BY Choice__c`,
        'Choice__c',
      )
    expect(await choicesWith("COUNT(Id) > 5 AND Choice__c != 'Red'")).toEqual([
      null,
      'Blue',
      'Green',
    ])
    const totals = new Map(
      choices.map((choice) => [
        choice,
        sum(samples.filter((one) => one.Choice__c === choice).map((one) => one.Number__c)) ?? 0,
      ]),
    )
    const most = Math.max(...totals.values())
    expect(await choicesWith(`SUM(Number__c) >= ${most}`)).toEqual(
      [...totals].filter(([, total]) => total >= most).map(([choice]) => choice),
    )
    expect(await choicesWith('COUNT(Id) > 1000')).toEqual([])
    expect(await choicesWith("Choice__c LIKE 'b%'")).toEqual(['Blue'])
  })

  it('are sorted by functions, with limit and offset', async () => {
    const soql = 'SELECT Text__c t, MAX(Number__c) m FROM Sample__c GROUP BY Text__c'
    const rows = await desk.query(`${soql} ORDER BY MAX(Number__c) DESC NULLS LAST, Text__c`)
    const all = rows.map((row) => Number(row['m']))
    expect(all).toEqual([...all].sort((left, right) => right - left))
    expect(rows).toHaveLength(5)
    expect(
      await desk.query(`${soql} ORDER BY MAX(Number__c) DESC NULLS LAST, Text__c LIMIT 2 OFFSET 1`),
    ).toEqual(rows.slice(1, 3))
  })

  it('group by parents and by parts of dates', async () => {
    expect(
      await desk.query(
        'SELECT Account__r.Name, COUNT(Id) n FROM Sample__c GROUP BY Account__r.Name ORDER BY Account__r.Name',
      ),
    ).toEqual([
      { Name: null, n: 30 },
      { Name: 'Parent', n: 30 },
    ])
    const rows = await desk.query(
      'SELECT CALENDAR_YEAR(Day__c) y, CALENDAR_MONTH(Day__c) m, COUNT(Id) n FROM Sample__c ' +
        'WHERE Day__c != null GROUP BY CALENDAR_YEAR(Day__c), CALENDAR_MONTH(Day__c) ' +
        'ORDER BY CALENDAR_YEAR(Day__c), CALENDAR_MONTH(Day__c)',
    )
    expect(rows).toEqual([
      { y: 2025, m: 12, n: 12 },
      { y: 2026, m: 1, n: 24 },
      { y: 2026, m: 2, n: 12 },
    ])
  })

  it('ROLLUP and CUBE add totals, which GROUPING tells from empty values', async () => {
    const rolled = await desk.query(
      'SELECT Choice__c c, Day__c d, GROUPING(Day__c) g, COUNT(Id) n FROM Sample__c ' +
        'WHERE Choice__c != null AND Day__c != null GROUP BY ROLLUP(Choice__c, Day__c)',
    )
    const held = samples.filter((one) => one.Choice__c !== null && one.Day__c !== null)
    const pairs = new Set(held.map((one) => `${one.Choice__c} ${one.Day__c}`))
    expect(rolled).toHaveLength(pairs.size + 3 + 1)
    expect(rolled.filter((row) => row['c'] === null)).toEqual([
      { c: null, d: null, g: 1, n: held.length },
    ])
    const cube = await desk.query(
      'SELECT Choice__c, Day__c, COUNT(Id) n FROM Sample__c ' +
        'WHERE Choice__c != null AND Day__c != null GROUP BY CUBE(Choice__c, Day__c)',
    )
    expect(cube).toHaveLength(pairs.size + 3 + 4 + 1)
  })

  it('a total over a checkbox is empty, not unticked', async () => {
    const soql =
      'SELECT Flag__c, GROUPING(Flag__c) g, COUNT(Id) n FROM Sample__c GROUP BY ROLLUP(Flag__c)'
    expect(await desk.query(soql)).toEqual([
      { Flag__c: false, g: 0, n: 60 },
      { Flag__c: null, g: 1, n: 60 },
    ])
  })

  it.each([
    ['CALENDAR_QUARTER(At__c) = 1', 60],
    ['DAY_IN_MONTH(At__c) <= 2', 6],
    ['DAY_IN_WEEK(At__c) = 1', 9],
    ['DAY_IN_YEAR(At__c) = 60', 3],
    ['WEEK_IN_MONTH(At__c) = 5', 0],
    ['WEEK_IN_YEAR(Day__c) = 2', 12],
    ['HOUR_IN_DAY(At__c) = 23', 60],
    ['HOUR_IN_DAY(convertTimezone(At__c)) IN (0, 1)', 60],
    ['DAY_ONLY(At__c) = 2026-03-01', 3],
    ['DAY_ONLY(convertTimezone(At__c)) = 2026-03-02', 3],
    ['FISCAL_YEAR(Day__c) != 2026', 24],
  ])('%s finds %i records', async (where, count) => {
    const { text } = await org.records.query(
      org.admin,
      `SELECT COUNT() FROM Sample__c WHERE ${where}`,
    )
    expect(JSON.parse(text)).toMatchObject({ totalSize: count })
  })

  it.each([
    ['SELECT Name, COUNT(Id) FROM Sample__c', 'MALFORMED_QUERY', 'must be grouped or aggregated'],
    ['SELECT Name FROM Sample__c GROUP BY Choice__c', 'MALFORMED_QUERY', 'must be grouped'],
    ['SELECT SUM(Text__c) FROM Sample__c', 'INVALID_FIELD', 'aggregate operator SUM'],
    ['SELECT MAX(Flag__c) FROM Sample__c', 'INVALID_FIELD', 'aggregate operator MAX'],
    ['SELECT Number__c FROM Sample__c GROUP BY Number__c', 'INVALID_FIELD', 'can not be grouped'],
    ['SELECT COUNT(Id) n, SUM(Number__c) N FROM Sample__c', 'MALFORMED_QUERY', 'duplicate alias'],
    ['SELECT GROUPING(Choice__c) FROM Sample__c GROUP BY Choice__c', 'MALFORMED_QUERY', 'ROLLUP'],
    ['SELECT COUNT(Nope) FROM Sample__c', 'INVALID_FIELD', 'No such column'],
    [
      'SELECT CALENDAR_YEAR(Text__c) FROM Sample__c GROUP BY CALENDAR_YEAR(Text__c)',
      'INVALID_FIELD',
      'takes a date',
    ],
    ['SELECT Id FROM Sample__c WHERE COUNT(Id) > 1', 'MALFORMED_QUERY', 'no function'],
    ['SELECT Id FROM Sample__c WHERE HOUR_IN_DAY(Day__c) > 1', 'INVALID_FIELD', 'date/time'],
    ['SELECT Id FROM Sample__c WHERE CALENDAR_YEAR(Day__c) = 1.5', 'INVALID_FIELD', 'whole number'],
    ['SELECT Id, Name n FROM Sample__c', 'MALFORMED_QUERY', 'alias'],
    [
      'SELECT Choice__c FROM Sample__c GROUP BY Choice__c HAVING Name = 1',
      'MALFORMED_QUERY',
      'grouped',
    ],
  ])('%s is refused', async (soql, code, words) => {
    const refused = await refusal(desk.query(soql))
    expect(refused.code).toBe(code)
    expect(refused.message).toContain(words)
  })

  it.each([
    [{ startMonth: 3, namedByStart: false }, 'FISCAL_YEAR(Day__c) = 2026', 48],
    [{ startMonth: 3, namedByStart: true }, 'FISCAL_YEAR(Day__c) = 2025', 48],
    [{ startMonth: 12, namedByStart: false }, 'FISCAL_YEAR(Day__c) = 2026', 48],
    [{ startMonth: 12, namedByStart: true }, 'FISCAL_YEAR(Day__c) = 2025', 48],
    [{ startMonth: 2, namedByStart: false }, 'FISCAL_MONTH(Day__c) = 12', 24],
    [{ startMonth: 2, namedByStart: false }, 'FISCAL_MONTH(Day__c) = 1', 12],
    [{ startMonth: 2, namedByStart: false }, 'FISCAL_QUARTER(Day__c) = 4', 36],
    [{ startMonth: 12, namedByStart: false }, 'FISCAL_QUARTER(Day__c) = 1', 48],
  ])('with the fiscal year %j, %s finds %i records', async (fiscalYear, where, count) => {
    const asks = { ...org.admin, company: { ...plainCompany, fiscalYear } }
    const { text } = await org.records.query(asks, `SELECT COUNT() FROM Sample__c WHERE ${where}`)
    expect(JSON.parse(text)).toMatchObject({ totalSize: count })
  })

  it.each([
    ['Asia/Kolkata', '2026-03-02'],
    ['America/St_Johns', '2026-03-01'],
  ])('N1: groups by day are those of the clock in %s', async (timeZone, first) => {
    const days = await desk.query(
      'SELECT DAY_ONLY(convertTimezone(At__c)) d, COUNT(Id) n FROM Sample__c ' +
        'GROUP BY DAY_ONLY(convertTimezone(At__c)) ORDER BY DAY_ONLY(convertTimezone(At__c))',
      { ...org.admin, timeZone },
    )
    expect([days.length, days[0]]).toEqual([28, { d: first, n: 3 }])
  })

  it('USING SCOPE mine gives the own records alone', async () => {
    await org.records.create(org.rep, 'Account', body({ Name: 'Mine' }))
    const names = (as = org.admin): Promise<unknown[]> =>
      desk.column('SELECT Name FROM Account USING SCOPE mine', 'Name', as)
    expect(await names()).toEqual(['Parent'])
    expect(await names(org.rep)).toEqual(['Mine'])
  })

  it('a hidden field is no part of a group, like one that does not exist', async () => {
    const hidden = await refusal(desk.query('SELECT COUNT(Money__c) FROM Sample__c', org.rep))
    const missing = await refusal(desk.query('SELECT COUNT(Mon3y__c) FROM Sample__c', org.rep))
    expect(hidden.message.replaceAll('Money', 'Mon3y')).toBe(missing.message)
  })
})
