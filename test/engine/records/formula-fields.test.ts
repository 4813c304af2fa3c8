/** Formula fields in queries and records, on both databases. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compileAccess } from '../../../engine/access/compile-access.ts'
import type { Caller } from '../../../engine/records/records.ts'
import { databases, type OpenDatabase } from '../../support/databases.ts'
import { formulaMetadata } from '../../support/formula-objects.ts'
import { body, openOrganisation, type Organisation } from '../../support/organisation.ts'

interface Answer {
  readonly records: readonly Readonly<Record<string, unknown>>[]
  readonly nextRecordsUrl?: string
}

describe.each(databases)('formula fields on $name', ({ open }) => {
  let database: OpenDatabase
  let org: Organisation
  let seller: Caller
  let first = ''

  const query = async (soql: string, caller = org.admin, pageRows = 2000): Promise<Answer> =>
    JSON.parse((await org.records.query(caller, soql, { pageRows })).text) as Answer

  const values = async (field: string, rest = '', caller = org.admin): Promise<unknown[]> => {
    const { records } = await query(`SELECT ${field} FROM Deal__c ${rest}`, caller)
    return records.map((record) =>
      field.split('.').reduce<unknown>((holder, key) => Reflect.get(Object(holder), key), record),
    )
  }

  const create = async (
    object: string,
    record: Readonly<Record<string, unknown>>,
  ): Promise<string> => (await org.records.create(org.admin, object, body(record))).id

  beforeAll(async () => {
    database = await open()
    org = await openOrganisation(database.storage, formulaMetadata)
    const set = org.model.component('PermissionSet', 'Seller')
    const grants = { profile: undefined, permissionSets: set === undefined ? [] : [set] }
    seller = org.as(compileAccess({ model: org.model, userId: org.rep.userId, grants }))
    const top = await create('Account', { Name: 'Top', Credit__c: 5, Secret__c: 41 })
    const sub = await create('Account', {
      Name: 'Süd',
      Credit__c: '1000.00',
      ParentId: top,
      Secret__c: 20,
      Site: 'Ulm',
    })
    first = await create('Deal__c', {
      Name: 'One',
      Account__c: sub,
      About__c: sub,
      Amount__c: '123.45',
      Discount__c: 10,
      Due__c: '2026-12-01',
      At__c: '2026-06-30T22:30:00Z',
      Web__c: 'https://example.com/?a=1&b="2"',
    })
    await create('Deal__c', { Name: 'Two', Account__c: top, Amount__c: 4, Web__c: 'javascript:x' })
    await create('Deal__c', { Name: 'Three <b>' })
  })
  afterAll(() => database.close())

  it.each([
    ['Net__c', [111.105, 4, 0].map((value) => Math.round(value * 100 + 0.01) / 100)],
    ['Half_Net__c', [55.555, 2, 0]],
    ['Rate__c', [5, null, null]],
    ['Big__c', [true, false, false]],
    ['Reminder__c', ['2026-11-24', null, null]],
    ['Soon__c', ['2026-07-01T10:30:00.000+0000', null, null]],
    ['Clock__c', ['22:30:00.000Z', null, null]],
    ['Day__c', ['2026-07-01', null, null]],
    ['Left__c', [9, null, null]],
    ['Title__c', ['Süd / Top', 'Top / ', ' / ']],
    ['Grade__c', ['high', 'low', null]],
    ['Account__r.Grade__c', ['high', 'low', undefined]],
    ['Loud__c', ['SÜD / TOP55.555', 'TOP / 2', ' / 0']],
    ['Louder__c', ['SÜD / TOP55.555!', 'TOP / 2!', ' / 0!']],
    ['Roots__c', [11.1108, 2, null]],
    ['Who__c', ['Ulm', null, null]],
    ['Mine__c', [true, true, true]],
    ['May__c', [false, false, false]],
    ['Hello__c', ['Good "day" One', 'Good "day" Two', 'Good "day" Three <b>']],
    ['Guess__c', [42, 84, null]],
  ])('%s', async (field, expected) => {
    expect(await values(field, 'ORDER BY CreatedDate, Id')).toEqual(expected)
  })

  it('follow the user who asks', async () => {
    expect(await values('Mine__c', '', seller)).toEqual([false, false, false])
    expect(await values('May__c', '', seller)).toEqual([true, true, true])
    expect(await values('My_Department__c', 'LIMIT 1', seller)).toEqual([null])
    await org.records.update(org.admin, 'User', seller.userId, body({ Department: 'Sales' }))
    expect(await values('My_Department__c', 'LIMIT 1', seller)).toEqual(['Sales'])
    expect(await values('Name', "WHERE My_Department__c = 'sales'", seller)).toHaveLength(3)
    expect(await values('Name', "WHERE My_Department__c = 'sales'")).toHaveLength(0)
  })

  it('give safe markup only', async () => {
    const [one, two, three] = await values('Link__c', 'ORDER BY CreatedDate, Id')
    expect(one).toContain('<a href="https://example.com/?a=1&amp;b=&quot;2&quot;"')
    expect(two).not.toContain('javascript')
    expect(three).toContain('Three &lt;b&gt;')
  })

  it('come with a whole record', async () => {
    const { text } = await org.records.retrieve(org.admin, 'Deal__c', first)
    expect(JSON.parse(text)).toMatchObject({ Net__c: 111.11, Loud__c: 'SÜD / TOP55.555' })
  })

  it.each([
    ["WHERE Title__c = 'süd / top'", ['One']],
    ["WHERE Title__c = 'SÜD / TOP'", ['One']],
    ["WHERE Title__c IN ('SUD / top')", ['One']],
    ["WHERE Title__c LIKE '%ÜD%'", ['One']],
    ["WHERE Title__c LIKE 'TOP%'", ['Two']],
    ['WHERE Net__c >= 4 AND Net__c < 111.111', ['One', 'Two']],
    ['WHERE Big__c = true', ['One']],
    ['WHERE Reminder__c = null', ['Two', 'Three <b>']],
    ['WHERE Day__c = 2026-07-01', ['One']],
    ['WHERE Left__c IN (9, 10)', ['One']],
    ["WHERE Account__r.Grade__c = 'low'", ['Two']],
    ["WHERE Grade__c != 'low'", ['One', 'Three <b>']],
    ['WHERE Mine__c = false', []],
    ['WHERE Half_Net__c = 55.555', ['One']],
  ])('filter: %s', async (where, names) => {
    expect(await values('Name', `${where} ORDER BY CreatedDate, Id`)).toEqual(names)
  })

  it.each([
    ['Net__c DESC', ['One', 'Two', 'Three <b>']],
    ['Title__c', ['Three <b>', 'One', 'Two']],
    ['Left__c NULLS LAST', ['One']],
    ['Account__r.Grade__c NULLS FIRST', ['Three <b>', 'One', 'Two']],
  ])('sort: %s', async (order, names) => {
    expect((await values('Name', `ORDER BY ${order}`)).slice(0, names.length)).toEqual(names)
  })

  it.each(['Net__c', 'Title__c DESC', 'Big__c', 'Day__c NULLS LAST', 'Mine__c, Grade__c'])(
    'page by %s without a row twice or missing',
    async (order) => {
      const soql = `SELECT Name, Louder__c FROM Deal__c ORDER BY ${order}`
      const whole = (await query(soql)).records.map((record) => record['Name'])
      const paged: unknown[] = []
      let page = await query(soql, org.admin, 1)
      for (;;) {
        paged.push(...page.records.map((record) => record['Name']))
        const next = page.nextRecordsUrl?.split('/').at(-1)
        if (next === undefined) break
        page = JSON.parse((await org.records.queryMore(org.admin, next)).text) as Answer
      }
      expect(paged).toEqual(whole)
    },
  )

  it('group and are summed', async () => {
    const groups = await query(
      'SELECT Grade__c g, COUNT(Id) n FROM Deal__c GROUP BY Grade__c ORDER BY Grade__c',
    )
    expect(groups.records.map(({ g, n }) => [g, n])).toEqual([
      [null, 1],
      ['high', 1],
      ['low', 1],
    ])
    const [total] = (await query('SELECT SUM(Net__c) s, MAX(Left__c) m FROM Deal__c')).records
    expect(total).toMatchObject({ s: 115.11, m: 9 })
    for (const soql of [
      'SELECT Loud__c FROM Deal__c GROUP BY Loud__c',
      'SELECT SUM(Roots__c) FROM Deal__c',
    ]) {
      await expect(query(soql)).rejects.toThrow(/can not be (?:grouped|compared)/)
    }
  })

  it('are described as what they are', () => {
    const { fields } = JSON.parse(org.records.describe(org.admin, 'Deal__c')) as {
      readonly fields: readonly Readonly<Record<string, unknown>>[]
    }
    const field = (name: string): unknown => fields.find((one) => one['name'] === name)
    const readOnly = { calculated: true, createable: false, updateable: false }
    expect(field('Net__c')).toMatchObject({
      ...readOnly,
      type: 'currency',
      precision: 18,
      scale: 2,
      calculatedFormula: 'Amount__c * (1 - Discount__c)',
      formulaTreatNullNumberAsZero: true,
      filterable: true,
      sortable: true,
      nillable: true,
    })
    expect(field('Loud__c')).toMatchObject({
      ...readOnly,
      type: 'string',
      length: 1300,
      filterable: false,
      sortable: false,
      groupable: false,
      htmlFormatted: false,
    })
    expect(field('Link__c')).toMatchObject({ ...readOnly, htmlFormatted: true })
    expect(field('Amount__c')).toMatchObject({ calculated: false, calculatedFormula: null })
  })

  it.each([
    ['filtered', "WHERE Loud__c = 'x'"],
    ['sorted', 'ORDER BY Roots__c'],
    ['filtered', "WHERE Louder__c LIKE 'x%'"],
  ])('are refused, %s, where no database can compute them', async (use, rest) => {
    await expect(query(`SELECT Id FROM Deal__c ${rest}`)).rejects.toThrow(
      `can not be ${use} in a query call: the database cannot compute its formula`,
    )
  })

  it.each(['Guess__c', 'Account__r.Guess__c', 'Account__r.Secret__c'])(
    '%s is hidden from whoever may not read what it is made of',
    async (field) => {
      const refusal = /No such column/
      await expect(query(`SELECT ${field} FROM Deal__c`, seller)).rejects.toThrow(refusal)
      await expect(query(`SELECT Id FROM Deal__c WHERE ${field} > 1`, seller)).rejects.toThrow(
        refusal,
      )
      await expect(query(`SELECT Id FROM Deal__c ORDER BY ${field}`, seller)).rejects.toThrow(
        refusal,
      )
    },
  )

  it('that disclose are seen by all who were granted them', async () => {
    expect(await values('Account__r.Told__c', "WHERE Name = 'One'", seller)).toEqual([22])
  })

  it('cannot be set', async () => {
    const change = org.records.update(org.admin, 'Deal__c', first, body({ Net__c: 1 }))
    await expect(change).rejects.toThrow('Unable to update field Net__c')
  })
})
