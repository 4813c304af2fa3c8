/** Queries that differ in values alone are planned once, and each finds what it asks for. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { limits } from '../../../engine/base/limits.ts'
import { databases, type OpenDatabase } from '../../support/databases.ts'
import { openOrganisation, type Organisation } from '../../support/organisation.ts'
import { deskOf, refusal } from './records-support.ts'
import { lastRead } from './work-of-reads.ts'

describe.each(databases)('statements of queries on $name', ({ open }) => {
  let database: OpenDatabase
  let reads: ReturnType<typeof lastRead>
  let org: Organisation
  const desk = deskOf(() => org)
  const ids = new Map<string, string>()
  const names = ['Alpha', "O'Brien", 'back\\slash', '50% off', 'Ärger', 'alpha']

  beforeAll(async () => {
    database = await open()
    reads = lastRead(database.storage)
    org = await openOrganisation(reads.storage)
    for (const [index, name] of names.entries()) {
      const id = await desk.create('Account', {
        Name: name,
        Code: `code ${index}`,
        CreditScore: index,
      })
      ids.set(name, id)
      await desk.create('Contact', { LastName: `of ${index}`, AccountId: id })
    }
    await desk.create('Contact', { LastName: 'Nobody' })
  })
  afterAll(() => database.close())

  const quoted = (text: string): string =>
    `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
  const ask = async (soql: string) => {
    const rows = await desk.query(soql)
    return { rows, ...reads.take() }
  }

  it('hold for every text that is compared: of the record, its parents, inner queries and groups', async () => {
    const shapes: readonly ((id: string) => string)[] = [
      (id) => `SELECT Code found FROM Account WHERE Id = ${id} GROUP BY Code`,
      (id) => `SELECT LastName FROM Contact WHERE Account.Id = ${id} AND AccountId != null`,
      (id) =>
        `SELECT LastName FROM Contact WHERE AccountId IN (SELECT Id FROM Account WHERE Id = ${id})`,
      (id) => `SELECT MIN(LastName) found FROM Contact GROUP BY AccountId HAVING AccountId = ${id}`,
    ]
    for (const shape of shapes) {
      const statements = new Set<unknown>()
      for (const [index, name] of names.entries()) {
        const { rows, statement } = await ask(shape(quoted(ids.get(name) ?? '')))
        const found = rows.map((row) => String(row['found'] ?? row['LastName']))
        expect([name, ...found]).toEqual([name, expect.stringMatching(`^(code|of) ${index}$`)])
        statements.add(statement)
      }
      expect(statements.size).toBe(1)
    }
  })

  it('hold for texts with quotes, backslashes, wildcards and accents', async () => {
    const statements = new Set<unknown>()
    for (const name of ["O'Brien", 'back\\slash', '50% off', 'Ärger']) {
      const { rows, statement } = await ask(
        `SELECT Name FROM Account WHERE Name = ${quoted(name)} ORDER BY Name`,
      )
      expect(rows.map((row) => row['Name'])).toEqual([name])
      statements.add(statement)
    }
    expect(statements.size).toBe(1)
    const like = async (pattern: string) =>
      ask(`SELECT Name FROM Account WHERE Name LIKE '${pattern}' ORDER BY Name`)
    const [percent, any, brien] = [await like('50\\% %'), await like('%\\\\%'), await like("O\\'%")]
    const found = [percent, any, brien].map(({ rows }) => rows.map((row) => row['Name']))
    expect(found).toEqual([['50% off'], ['back\\slash'], ["O'Brien"]])
    expect(new Set([percent, any, brien].map(({ statement }) => statement)).size).toBe(1)
  })

  it('hold for numbers, dates and times, not for what belongs to the query itself', async () => {
    const line = (least: number | string): string =>
      `SELECT Name FROM Account WHERE CreditScore > ${least} ORDER BY Name`
    const changed = (since: string): string =>
      `SELECT Name FROM Account WHERE LastModifiedDate >= ${since} AND CreatedDate != 2020-01-01T00:00:00Z`
    const [few, all] = [await ask(line(1000)), await ask(line(-1))]
    expect([few.rows.length, all.rows.length]).toEqual([0, names.length])
    expect(few.statement).toBe(all.statement)
    const [late, early] = [
      await ask(changed('2199-01-01T00:00:00Z')),
      await ask(changed('1999-01-01T01:30:00+02:00')),
    ]
    expect([late.rows.length, early.rows.length]).toEqual([0, names.length])
    expect(late.statement).toBe(early.statement)
    const limited = async (rows: number) =>
      (await ask(`SELECT Name FROM Account WHERE Name != 'x' LIMIT ${rows} OFFSET 1`)).rows.length
    expect([await limited(1), await limited(2), await limited(0)]).toEqual([1, 2, 0])
    const told = await refusal(desk.query(line('1e400')))
    expect(told.status).toBe(400)
    expect(
      (await refusal(desk.query('SELECT Name FROM Account WHERE CreditScore > \u0001number'))).code,
    ).toBe('MALFORMED_QUERY')
  })

  it('lists of children have their own', async () => {
    const soql = (name: string, child: string): string =>
      `SELECT (SELECT LastName FROM Contacts WHERE LastName = '${child}') FROM Account WHERE Name = ${quoted(name)} AND Code LIKE 'code%'`
    const [one, other] = [await ask(soql("O'Brien", 'of 1')), await ask(soql('Ärger', 'of 9'))]
    expect(one.statement).toBe(other.statement)
    expect(one.rows[0]?.['Contacts']).toMatchObject({ totalSize: 1 })
    expect(other.rows[0]?.['Contacts']).toBeNull()
  })

  it('a text that needs another statement has one, before others and after them', async () => {
    const code = (text: string) => ask(`SELECT Name FROM Account WHERE Code = '${text}' LIMIT 9`)
    const tooLong = 'x'.repeat(5_000)
    for (const { text, found } of [
      { text: tooLong, found: [] },
      { text: 'code 1', found: ["O'Brien"] },
      { text: tooLong, found: [] },
      { text: '', found: [] },
      { text: 'code 4', found: ['Ärger'] },
    ]) {
      expect((await code(text)).rows.map((row) => row['Name'])).toEqual(found)
    }
    expect((await code('code 2')).statement).toBe((await code('code 3')).statement)
  })

  it('a value that one comparison cannot hold says nothing of the other', async () => {
    const of = async (revenue: string, score: string) => {
      const soql = `SELECT Name FROM Account WHERE Revenue = ${revenue} OR CreditScore = ${score}`
      return (await desk.query(soql)).map((row) => row['Name'])
    }
    // Three decimals are too many for the one, a single one for the other.
    expect(await of('1.555', '99')).toEqual([])
    expect(await of('98', '1.5')).toEqual([])
    expect(await of('1.5', '3')).toEqual(['50% off'])
    expect(await of('1.555', '4')).toEqual(['Ärger'])
    expect(await of('1.5', '1.5')).toEqual([])
  })

  it('no values make a query longer than others may be', async () => {
    const of = (name: string): string => {
      const conditions = Array.from({ length: 450 }, () => `Name = '${name}'`)
      return `SELECT Name FROM Account WHERE ${conditions.join(' OR ')}`
    }
    expect(await desk.query(of('nobody'))).toEqual([])
    const tooLong = of('n'.repeat(limits.queryTextCharsMax / 450))
    const { code, message } = await refusal(desk.query(tooLong))
    expect([code, message]).toEqual(['LIMIT_EXCEEDED', expect.stringContaining('100000')])
  })

  it('what is refused is refused after others were served, with its place', async () => {
    const of = (text: string): string => `SELECT Name FROM Account\nWHERE OwnerId = '${text}'`
    await desk.query(of(org.admin.userId))
    const { code, message } = await refusal(desk.query(of('no id at all')))
    expect([code, message]).toEqual([
      'INVALID_QUERY_FILTER_OPERATOR',
      expect.stringContaining('line 2'),
    ])
    await desk.query(of(org.admin.userId.slice(0, 15)))
    const day = (text: string): string =>
      `SELECT Name FROM Account\nWHERE DAY_ONLY(ReviewedAt) = ${text}`
    expect(await desk.query(day('2026-02-28'))).toEqual([])
    for (const none of ['2026-02-30', '2026-13-01']) {
      const told = await refusal(desk.query(day(none)))
      expect([told.code, told.message]).toEqual([
        'INVALID_FIELD',
        expect.stringContaining('a date (line 2'),
      ])
    }
  })
})
