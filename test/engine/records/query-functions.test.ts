/** Functions of queries on both databases: FORMAT, toLabel and DISTANCE; and what stands behind lookups to several objects. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Caller } from '../../../engine/records/records.ts'
import { everyTypeMetadata } from '../query/every-type.ts'
import { databases, type OpenDatabase } from '../../support/databases.ts'
import { openOrganisation, type Organisation } from '../../support/organisation.ts'
import type { MetadataFile } from '../../support/test-objects.ts'
import { deskOf, problemsOf, refusal } from './records-support.ts'

const german: MetadataFile = [
  'objectTranslations/Sample__c-de.json',
  {
    fullName: 'Sample__c-de',
    fields: [
      {
        name: 'Choice__c',
        picklistValues: [
          { masterLabel: 'The Red', translation: 'Ärgerlich rot' },
          { masterLabel: 'The Green', translation: 'Grün' },
        ],
      },
    ],
  },
]

describe.each(databases)('functions of queries on $name', ({ open }) => {
  let database: OpenDatabase
  let org: Organisation
  let inGermany: Caller
  const desk = deskOf(() => org)

  beforeAll(async () => {
    database = await open()
    org = await openOrganisation(database.storage, [...everyTypeMetadata, german])
    inGermany = { ...org.admin, language: 'de', locale: 'de_DE' }
    const account = await desk.create('Account', { Name: 'Alpha', Revenue: 1234567.5 })
    const contact = await desk.create('Contact', { LastName: 'Bond', Email: 'b@x.org' })
    for (const [Name, values] of Object.entries({
      Berlin: { Choice__c: 'Red', Place__Latitude__s: 52.52, Place__Longitude__s: 13.405 },
      Hamburg: { Choice__c: 'Green', Place__Latitude__s: 53.55, Place__Longitude__s: 9.993 },
      Nowhere: { Choice__c: null, Many__c: 'A;C' },
    })) {
      await desk.create('Sample__c', {
        ...{ Name, ...values },
        ...(Name === 'Berlin'
          ? {
              ...{ Number__c: '1234567.5', Money__c: '-1234.5', Rate__c: '12.5' },
              ...{ Day__c: '2026-03-01', At__c: '2026-07-01T22:30:00Z', Clock__c: '09:05:00Z' },
              ...{ Account__c: account },
            }
          : {}),
      })
    }
    for (const [Name, About__c] of [
      ['On account', account],
      ['On contact', contact],
      ['On nothing', null],
    ]) {
      await desk.create('Remark__c', { Name, About__c })
    }
  })
  afterAll(() => database.close())

  const refused = async (soql: string, as?: Caller): Promise<readonly unknown[]> =>
    problemsOf(await refusal(desk.query(soql, as)))

  it('FORMAT writes numbers, amounts, dates and times as the locale of the caller does', async () => {
    const soql =
      'SELECT FORMAT(Number__c), FORMAT(Money__c), FORMAT(Rate__c) rate, FORMAT(Day__c), ' +
      "FORMAT(At__c), FORMAT(Clock__c), FORMAT(Account__r.Revenue) FROM Sample__c WHERE Name = 'Berlin'"
    const plainSpaces = (value: unknown): unknown =>
      JSON.parse(JSON.stringify(value).replace(/[\u00a0\u202f]/g, ' '))
    expect(plainSpaces(await desk.query(soql, inGermany))).toMatchObject([
      {
        ...{ Number__c: '1.234.567,500000', Money__c: '-1.234,50 $', rate: '12,50 %' },
        ...{ Day__c: '1.3.2026', At__c: '2.7.2026, 00:30', Clock__c: '09:05' },
        Account__r: { Revenue: '1.234.567,50 $' },
      },
    ])
    expect(plainSpaces(await desk.query(soql))).toMatchObject([
      {
        ...{ Number__c: '1,234,567.500000', Money__c: '-$1,234.50', rate: '12.50%' },
        ...{ Day__c: '3/1/2026', At__c: '7/2/2026, 12:30 AM', Clock__c: '9:05 AM' },
      },
    ])
  })

  it('FORMAT leaves what is empty empty, and other types to themselves', async () => {
    const soql = "SELECT FORMAT(Money__c) FROM Sample__c WHERE Name = 'Hamburg'"
    expect(await desk.query(soql)).toEqual([{ Money__c: null }])
    expect(await refused('SELECT FORMAT(Text__c) FROM Sample__c')).toEqual([
      ['INVALID_FIELD', 'Text__c'],
    ])
    expect(await refused('SELECT Money__c, FORMAT(Money__c) FROM Sample__c')).toEqual([
      ['INVALID_FIELD', 'Money__c'],
    ])
    const both = 'SELECT Money__c, FORMAT(Money__c) shown FROM Sample__c WHERE Money__c != null'
    expect(await desk.query(both)).toEqual([{ Money__c: -1234.5, shown: '-$1,234.50' }])
  })

  it('FORMAT stands around functions of groups', async () => {
    const soql =
      'SELECT FORMAT(SUM(Money__c)) total, FORMAT(COUNT(Id)), FORMAT(MAX(Day__c)) last FROM Sample__c'
    expect(await desk.query(soql)).toEqual([{ total: '-$1,234.50', expr0: '3', last: '3/1/2026' }])
  })

  it('toLabel gives the words of the caller, in child queries and groups too', async () => {
    const soql = 'SELECT toLabel(Choice__c), toLabel(Many__c) many FROM Sample__c ORDER BY Name'
    expect(await desk.query(soql)).toEqual([
      { Choice__c: 'The Red', many: null },
      { Choice__c: 'The Green', many: null },
      { Choice__c: null, many: 'The A;The C' },
    ])
    expect(await desk.column(soql, 'Choice__c', inGermany)).toEqual([
      ...['Ärgerlich rot', 'Grün', null],
    ])
    const children = 'SELECT (SELECT toLabel(Choice__c) FROM Samples__r) FROM Account'
    const [row] = await desk.query(children, inGermany)
    expect(row?.['Samples__r']).toMatchObject({ records: [{ Choice__c: 'Ärgerlich rot' }] })
    const groups =
      'SELECT toLabel(Choice__c), COUNT(Id) n FROM Sample__c GROUP BY Choice__c ORDER BY Choice__c'
    expect(await desk.column(groups, 'Choice__c', inGermany)).toEqual([
      ...[null, 'Grün', 'Ärgerlich rot'],
    ])
  })

  it('toLabel compares and sorts by the words, whatever their case and accents', async () => {
    const found = (where: string, as?: Caller): Promise<unknown[]> =>
      desk.column(`SELECT Name FROM Sample__c WHERE ${where} ORDER BY Name`, 'Name', as)
    expect(await found("toLabel(Choice__c) = 'ARGERLICH ROT'", inGermany)).toEqual(['Berlin'])
    expect(await found("toLabel(Choice__c) = 'Red'", inGermany)).toEqual([])
    expect(await found("toLabel(Choice__c) LIKE 'the %'")).toEqual(['Berlin', 'Hamburg'])
    expect(await found("toLabel(Choice__c) IN ('Grün', 'x')", inGermany)).toEqual(['Hamburg'])
    expect(await found("toLabel(Choice__c) != 'The Red'")).toEqual(['Hamburg', 'Nowhere'])
    expect(await found("toLabel(Many__c) INCLUDES ('The A;The C')")).toEqual(['Nowhere'])
    const sorted = 'SELECT Name FROM Sample__c ORDER BY toLabel(Choice__c) NULLS LAST'
    expect(await desk.column(sorted, 'Name', inGermany)).toEqual(['Berlin', 'Hamburg', 'Nowhere'])
    expect(await desk.column(sorted)).toEqual(['Hamburg', 'Berlin', 'Nowhere'])
    expect(await refused('SELECT Id FROM Sample__c WHERE toLabel(Home__c) IN (null)')).toEqual([
      ['INVALID_FIELD', 'Home__c'],
    ])
    expect(await refused("SELECT Id FROM Sample__c WHERE toLabel(Day__c) = 'x'")).toEqual([
      ['INVALID_FIELD', 'Day__c'],
    ])
  })

  it('DISTANCE measures, filters, sorts and pages', async () => {
    const from = "DISTANCE(Place__c, GEOLOCATION(52.52, 13.405), 'km')"
    const soql = `SELECT Name, ${from} FROM Sample__c ORDER BY ${from} DESC NULLS LAST`
    const rows = await desk.query(soql)
    expect(rows.map((row) => row['Name'])).toEqual(['Hamburg', 'Berlin', 'Nowhere'])
    expect(rows.map((row) => row['expr0'])).toEqual([expect.closeTo(255.3, 0), 0, null])
    const pages = await desk.pages(soql, { pageRows: 1 })
    expect(pages.flat()).toEqual(rows)
    const near = (where: string): Promise<unknown[]> =>
      desk.column(`SELECT Name FROM Sample__c WHERE ${where} ORDER BY Name`)
    expect(await near(`${from} < 200`)).toEqual(['Berlin'])
    expect(await near(`${from.replace('km', 'mi')} >= 158.5`)).toEqual(['Hamburg'])
    expect(await refused(`SELECT Id FROM Sample__c WHERE ${from} = 3`)).toEqual([
      ['INVALID_QUERY_FILTER_OPERATOR', expect.any(String)],
    ])
    for (const wrong of [
      "DISTANCE(Name, GEOLOCATION(1, 1), 'km')",
      "DISTANCE(Place__c, GEOLOCATION(91, 1), 'km')",
      "DISTANCE(Place__c, GEOLOCATION(1), 'km')",
      "DISTANCE(Place__c, GEOLOCATION(1, 1), 'ell')",
      'DISTANCE(Place__c)',
    ]) {
      const [problem] = await refused(`SELECT ${wrong} FROM Sample__c`)
      expect(problem, wrong).toEqual([
        expect.stringMatching(/^(MALFORMED_QUERY|INVALID_FIELD)$/),
        expect.any(String),
      ])
    }
    // Whoever may not read the place cannot measure it either.
    const hidden = "SELECT Id FROM Remark__c ORDER BY DISTANCE(Place__c, GEOLOCATION(1, 1), 'km')"
    expect(await refused(hidden, org.rep)).toEqual([['INVALID_FIELD', 'Place__c']])
  })

  it('TYPEOF shows what fits the object behind the lookup', async () => {
    const soql =
      'SELECT Name, TYPEOF About__r WHEN Account THEN FORMAT__c, Name WHEN Contact THEN Email, ' +
      'Account.Name ELSE Name END FROM Remark__c ORDER BY Name'
    expect(await refused(soql)).toEqual([['INVALID_FIELD', 'FORMAT__c']])
    const rows = await desk.query(soql.replace('FORMAT__c', 'Revenue'))
    expect(rows).toEqual([
      {
        Name: 'On account',
        About__r: { attributes: expect.anything(), Revenue: 1234567.5, Name: 'Alpha' },
      },
      {
        Name: 'On contact',
        About__r: {
          attributes: expect.objectContaining({ type: 'Contact' }),
          Email: 'b@x.org',
          Account: null,
        },
      },
      { Name: 'On nothing', About__r: null },
    ])
    const other =
      'SELECT TYPEOF About__r WHEN Account THEN Revenue ELSE Name, Type END FROM Remark__c ORDER BY Name'
    expect((await desk.query(other))[1]).toMatchObject({
      About__r: { Name: 'Bond', Type: 'Contact' },
    })
    const alone = 'SELECT TYPEOF About__r WHEN Account THEN Name END FROM Remark__c ORDER BY Name'
    expect((await desk.query(alone)).map((row) => row['About__r'] === null)).toEqual([
      ...[false, true, true],
    ])
  })

  it('TYPEOF keeps to the lookup and to the rights of the caller', async () => {
    const typeofOf = (cases: string): string => `SELECT TYPEOF ${cases} END FROM Remark__c`
    expect(await refused(typeofOf('About__r WHEN User THEN Name'))).toEqual([['INVALID_TYPE', '']])
    expect(await refused(typeofOf('About__r WHEN Account THEN CreditScore'), org.rep)).toEqual([
      ['INVALID_FIELD', 'CreditScore'],
    ])
    expect(await refused(typeofOf('Owner WHEN User THEN Name'))).toEqual([
      ['INVALID_FIELD', 'Owner'],
    ])
    expect(await refused(typeofOf('About__r WHEN Account THEN Name ELSE Revenue'))).toEqual([
      ['INVALID_FIELD', 'Revenue'],
    ])
  })

  it('filters and sorts by the type and the name behind such a lookup', async () => {
    const found = (rest: string): Promise<unknown[]> =>
      desk.column(`SELECT Name FROM Remark__c ${rest}`)
    expect(await found("WHERE About__r.Type = 'Account'")).toEqual(['On account'])
    expect(await found("WHERE About__r.Type IN ('account', 'Contact') ORDER BY Name")).toEqual([
      ...['On account', 'On contact'],
    ])
    expect(await found("WHERE About__r.Name LIKE 'bo%'")).toEqual(['On contact'])
    expect(await found('WHERE About__r.Id = null')).toEqual(['On nothing'])
    expect(await found('ORDER BY About__r.Name DESC NULLS LAST')).toEqual([
      ...['On contact', 'On account', 'On nothing'],
    ])
  })
})
