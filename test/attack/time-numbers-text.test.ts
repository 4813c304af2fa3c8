/** Class N: time, numbers and text are the same on both databases, and never bent. */
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createIdSource } from '../../engine/base/record-id.ts'
import { everyTypeMetadata } from '../engine/query/every-type.ts'
import { deskOf, problemsOf, refusal, type Json } from '../engine/records/records-support.ts'
import { databases, type OpenDatabase } from '../support/databases.ts'
import { body, openOrganisation, type Organisation } from '../support/organisation.ts'

describe.each(databases)('time, numbers and text on $name', ({ open }) => {
  let database: OpenDatabase
  let org: Organisation
  const desk = deskOf(() => org)

  beforeAll(async () => {
    database = await open()
    org = await openOrganisation(database.storage, everyTypeMetadata)
  })
  afterAll(() => database.close())

  /** The text of one field as the answer has it. */
  const textOf = async (id: string, field: string): Promise<string> => {
    const { text } = await org.records.retrieve(org.admin, 'Sample__c', id, [field])
    return text.slice(text.lastIndexOf(`"${field}":`) + field.length + 3, -1)
  }

  it('N1: today begins at the user’s midnight, also by half an hour', async () => {
    const at = (moment: string): Promise<string> =>
      desk.create('Sample__c', { Name: 'N1', At__c: moment, Day__c: moment.slice(0, 10) })
    // The clock says 09:30 UTC on November 22, 2026; in Kolkata the day began at 18:30 UTC.
    await at('2026-11-21T18:29:59.999Z')
    const first = await at('2026-11-21T18:30:00.000Z')
    const last = await at('2026-11-22T18:29:59.999Z')
    await at('2026-11-22T18:30:00.000Z')
    const caller = { ...org.admin, timeZone: 'Asia/Kolkata' }
    const soql = "SELECT Id FROM Sample__c WHERE Name = 'N1' AND At__c = TODAY ORDER BY At__c"
    expect(await desk.column(soql, 'Id', caller)).toEqual([first, last])
    const day = 'DAY_ONLY(convertTimezone(At__c))'
    const grouped = `SELECT ${day} d, COUNT(Id) n FROM Sample__c WHERE Name = 'N1' GROUP BY ${day} ORDER BY ${day}`
    const days = await desk.query(grouped, caller)
    expect(days.map(({ d, n }) => [d, n])).toEqual([
      ['2026-11-21', 1],
      ['2026-11-22', 2],
      ['2026-11-23', 1],
    ])
  })

  it('N1: a day without a clock never shifts, whatever the user’s zone', async () => {
    const id = await desk.create('Sample__c', { Name: 'Day', Day__c: '2026-11-22' })
    for (const timeZone of ['Pacific/Kiritimati', 'Pacific/Niue', 'UTC', 'Asia/Kathmandu']) {
      const caller = { ...org.admin, timeZone }
      expect(await desk.read('Sample__c', id, ['Day__c'], caller)).toEqual({ Day__c: '2026-11-22' })
      const soql = "SELECT Id FROM Sample__c WHERE Name = 'Day' AND Day__c = 2026-11-22"
      expect(await desk.column(soql, 'Id', caller)).toEqual([id])
    }
  })

  it('N1: the hour that comes twice and the hour that never comes are two and no instants', async () => {
    const moments = ['2026-10-25T00:30:00.000+0000', '2026-10-25T01:30:00.000+0000']
    for (const At__c of moments) {
      const id = await desk.create('Sample__c', { Name: 'Twice', At__c })
      expect(await desk.read('Sample__c', id, ['At__c'])).toEqual({ At__c })
    }
    const local = ['2026-10-25T02:30:00+02:00', '2026-10-25T02:30:00+01:00']
    for (const [index, moment] of local.entries()) {
      const soql = `SELECT At__c FROM Sample__c WHERE Name = 'Twice' AND At__c = ${moment}`
      expect(await desk.column(soql, 'At__c')).toEqual([moments[index]])
    }
  })

  it('N2: when the clock jumps, versions decide and ids stay unique and in order', async () => {
    const { now } = org.clock
    const id = await desk.create('Account', { Name: 'Clock' })
    const day = 86_400_000
    let version = 1
    for (const jump of [-day, 365 * day, -400 * day, 0]) {
      org.clock.now = now + jump
      const options = { ifVersion: version }
      const saved = await org.records.update(
        org.admin,
        'Account',
        id,
        body({ Name: `${jump}` }),
        options,
      )
      version = saved.version
      const stale = org.records.update(org.admin, 'Account', id, body({}), {
        ifVersion: version - 1,
      })
      expect((await refusal(stale)).code).toBe('ENTITY_FAILED_IFMATCH')
    }
    org.clock.now = now
    expect(version).toBe(5)

    const clock = { at: now }
    const ids = createIdSource({ now: () => clock.at }, (count) => randomBytes(count))
    const made: string[] = []
    for (const jump of [0, -day, -day, 365 * day, 0, 1]) {
      clock.at = now + jump
      for (let turn = 0; turn < 200; turn++) made.push(ids('001'))
    }
    expect(new Set(made).size).toBe(made.length)
    expect(made).toEqual([...made].sort())
  })

  it.each([
    ['Money__c', '0.1', '0.10'],
    ['Money__c', 0.1, '0.10'],
    ['Money__c', 0.2, '0.20'],
    ['Money__c', 1.005, '1.01'],
    ['Money__c', -1.005, '-1.01'],
    ['Money__c', '9999999999999999.99', '9999999999999999.99'],
    ['Money__c', '-9999999999999999.99', '-9999999999999999.99'],
    ['Money__c', -0, '0.00'],
    ['Money__c', '-0', '0.00'],
    ['Money__c', '-0.001', '0.00'],
    ['Number__c', '123456789012.345678', '123456789012.345678'],
    ['Number__c', '0.000001', '0.000001'],
    ['Number__c', 1e-7, '0.000000'],
    ['Money__c', '9007199254740993', '9007199254740993.00'],
  ])('N4: %s keeps %s as %s', async (field, value, text) => {
    const id = await desk.create('Sample__c', { Name: 'N4', [field]: value })
    expect(await textOf(id, field)).toBe(text)
  })

  it.each([
    ['Money__c', 1e21],
    ['Money__c', '10000000000000000'],
    ['Money__c', '9999999999999999.995'],
    ['Money__c', '1234567890123456789'],
    ['Money__c', 2 ** 53 + 2],
    ['Money__c', 1234567890123456],
    ['Money__c', Number.MAX_VALUE],
    ['Rate__c', '1000'],
    ['Whole__c', 1_000_000_000],
  ])('N4: %s refuses %s rather than round it', async (field, value) => {
    const error = await refusal(desk.create('Sample__c', { Name: 'N4', [field]: value }))
    expect(problemsOf(error)).toEqual([['NUMBER_OUTSIDE_VALID_RANGE', field]])
  })

  it('N4: a tenth and two tenths are found as three tenths of a filter', async () => {
    const id = await desk.create('Sample__c', { Name: 'Tenths', Money__c: '0.30' })
    const find = (value: string): Promise<unknown[]> =>
      desk.column(`SELECT Id FROM Sample__c WHERE Name = 'Tenths' AND Money__c = ${value}`, 'Id')
    expect(await find('0.3')).toEqual([id])
    expect(await find('0.30000000000000004')).toEqual([])
  })

  it('N4: a number of 18 digits stays exact beside a secret that JavaScript must open', async () => {
    const id = await desk.create('Sample__c', {
      Name: 'Secret',
      Money__c: '1234567890123456.78',
      Secret__c: 'open',
    })
    const { text } = await org.records.retrieve(org.admin, 'Sample__c', id, [
      'Money__c',
      'Secret__c',
    ])
    expect(text).toContain('"Money__c":1234567890123456.78,"Secret__c":"open"')
  })

  it.each([
    '\u{1F600}',
    '\u{1F468}\u200D\u{1F469}\u200D\u{1F467}',
    'e\u0301',
    '\u1100\u1161\u11A8',
    '\u202Eabc',
    'x\u{10FFFF}',
  ])('N6: %j comes back exactly', async (text) => {
    const values = { Name: text, Text__c: text, Long__c: text }
    const id = await desk.create('Sample__c', values)
    expect(await desk.read('Sample__c', id, Object.keys(values))).toEqual(values)
  })

  it.each(['\ud800', 'a\udfffb', '\udc00\ud800', 'a\u0000b', '\u0000'])(
    'N6: %j is refused, in values, filters and keys',
    async (text) => {
      const create = await refusal(desk.create('Sample__c', { Name: 'N6', Text__c: text }))
      expect(create.problems[0]?.fields).toEqual(['Text__c'])
      const escaped = [...text]
        .flatMap((one) => one.split(''))
        .map((one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`)
        .join('')
      for (const operator of ['=', 'LIKE', 'IN']) {
        const value = operator === 'IN' ? `('${escaped}')` : `'${escaped}'`
        const soql = `SELECT Id FROM Sample__c WHERE Text__c ${operator} ${value}`
        await refusal(org.records.query(org.admin, soql))
      }
      await refusal(
        org.records.upsert(org.admin, 'Sample__c', 'Text__c', text, body({ Name: 'N6' })),
      )
    },
  )

  it('N7: case, accents, digits, blanks, nulls and ties sort by one rule', async () => {
    const texts = ['b', 'B', 'á', 'a', 'A', '10', '9', ' a', 'ab', 'ß', 'ss', 'z', null, null]
    for (const Text__c of texts) await desk.create('Sample__c', { Name: 'N7', Text__c })
    const sorted = (order: string): Promise<unknown[]> =>
      desk.column(`SELECT Text__c FROM Sample__c WHERE Name = 'N7' ORDER BY ${order}`, 'Text__c')
    const ascending = [' a', '10', '9', 'A', 'a', 'á', 'ab', 'B', 'b', 'ss', 'ß', 'z']
    expect(await sorted('Text__c')).toEqual([null, null, ...ascending])
    expect(await sorted('Text__c NULLS LAST')).toEqual([...ascending, null, null])
    expect(await sorted('Text__c DESC')).toEqual([...[...ascending].reverse(), null, null])
    const ties = await desk.column(
      "SELECT Id FROM Sample__c WHERE Name = 'N7' ORDER BY Flag__c DESC",
      'Id',
    )
    expect(ties).toEqual([...ties].sort())
  })

  describe('N10: null, empty text, blanks and missing', () => {
    const given: Readonly<Record<string, Json>> = {
      missing: {},
      null: { Text__c: null, Money__c: null, Choice__c: null, Many__c: null, Account__c: null },
      empty: { Text__c: '', Choice__c: '', Many__c: '', Account__c: '' },
      value: { Text__c: 'x', Money__c: 1, Choice__c: 'Red', Many__c: 'A' },
    }
    beforeAll(async () => {
      for (const [kind, values] of Object.entries(given)) {
        await desk.create('Sample__c', { Name: `N10 ${kind}`, ...values })
      }
      await desk.create('Sample__c', { Name: 'N10 blank', Text__c: '  ' })
    })
    const found = async (condition: string): Promise<unknown[]> => {
      const soql = `SELECT Name FROM Sample__c WHERE Name LIKE 'N10 %' AND ${condition} ORDER BY Id`
      return (await desk.column(soql)).map((name) => String(name).slice(4))
    }
    // Blanks are a value like any other, though none for a required field.
    const nothing = ['missing', 'null', 'empty']
    const others = [...nothing, 'blank']

    it.each([
      ['Text__c = null', nothing],
      ["Text__c = ''", nothing],
      ['Text__c != null', ['value', 'blank']],
      ["Text__c = 'x'", ['value']],
      ["Text__c != 'x'", others],
      ["Text__c != 'y'", [...others, 'value']],
      ["NOT (Text__c = 'x')", others],
      ["Text__c IN ('x')", ['value']],
      ["Text__c IN ('x', null)", [...nothing, 'value']],
      ["Text__c NOT IN ('x')", others],
      ["Text__c NOT IN ('y', null)", ['value', 'blank']],
      ["Text__c LIKE '%'", ['value', 'blank']],
      ["NOT (Text__c LIKE '%')", nothing],
      ["Text__c > 'a'", ['value']],
      ["NOT (Text__c > 'a')", others],
      ['Money__c = null', others],
      ['Money__c != 1', others],
      ['Money__c > 0', ['value']],
      ['NOT (Money__c > 0)', others],
      ["Choice__c != 'Red'", others],
      ["Many__c EXCLUDES ('A')", others],
      ["Many__c INCLUDES ('A')", ['value']],
      ['Account__r.Name = null', ['missing', 'null', 'empty', 'value', 'blank']],
      ["Account__r.Name != 'x'", ['missing', 'null', 'empty', 'value', 'blank']],
      ['Flag__c = false', ['missing', 'null', 'empty', 'value', 'blank']],
      ['Flag__c != true', ['missing', 'null', 'empty', 'value', 'blank']],
    ])('N10: %s', async (condition, expected) => {
      const all = ['missing', 'null', 'empty', 'value', 'blank']
      expect(await found(condition)).toEqual(all.filter((one) => expected.includes(one)))
    })

    it('N10: empty values are no duplicates of each other, blanks are', async () => {
      for (const Exact__c of [null, '', undefined]) {
        const values = Exact__c === undefined ? {} : { Exact__c }
        const id = await desk.create('Sample__c', { Name: 'Unique', ...values })
        expect(await desk.read('Sample__c', id, ['Exact__c'])).toEqual({ Exact__c: null })
      }
      await desk.create('Sample__c', { Name: 'Unique', Exact__c: '   ' })
      const again = await refusal(desk.create('Sample__c', { Name: 'Unique', Exact__c: '   ' }))
      expect(problemsOf(again)).toEqual([['DUPLICATE_VALUE', 'Exact__c']])
    })

    it.each([null, '', '   '])('N10: %j is no value for a required field', async (Name) => {
      const error = await refusal(desk.create('Sample__c', { Name }))
      expect(problemsOf(error)).toEqual([['REQUIRED_FIELD_MISSING', 'Name']])
    })
  })
})
