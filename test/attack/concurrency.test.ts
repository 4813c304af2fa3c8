/** Class J: many at once, and nobody's work is lost or half there. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Refusal } from '../../engine/base/refusal.ts'
import { deskOf, refusal } from '../engine/records/records-support.ts'
import { databases, type OpenDatabase } from '../support/databases.ts'
import { body, openOrganisation, type Organisation } from '../support/organisation.ts'

/** The same numbers for the same seed (mulberry32). */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

describe.each(databases)('concurrency on $name', ({ open }) => {
  let database: OpenDatabase
  let org: Organisation
  const desk = deskOf(() => org)

  beforeAll(async () => {
    database = await open()
    org = await openOrganisation(database.storage)
  })
  afterAll(() => database.close())

  it('J1: of two editors with one version, one saves and one is told the present version', async () => {
    for (let round = 0; round < 10; round++) {
      const id = await desk.create('Account', { Name: 'J1' })
      const edits = await Promise.allSettled(
        ['one', 'two'].map((Name) =>
          org.records.update(org.admin, 'Account', id, body({ Name }), { ifVersion: 1 }),
        ),
      )
      const lost = edits.flatMap((one) =>
        one.status === 'rejected' ? [one.reason as unknown] : [],
      )
      expect(lost).toMatchObject([{ code: 'ENTITY_FAILED_IFMATCH', details: { version: 2 } }])
      expect(lost[0]).toBeInstanceOf(Refusal)
      const won = edits.findIndex((one) => one.status === 'fulfilled')
      expect(await desk.read('Account', id, ['Name'])).toEqual({ Name: ['one', 'two'][won] })
    }
  })

  it('J1: without a version the last one wins, field by field, and no version is skipped', async () => {
    const id = await desk.create('Account', { Name: 'J1' })
    await Promise.all([
      desk.update('Account', id, { CreditScore: 5 }),
      desk.update('Account', id, { Revenue: 7 }),
      desk.update('Account', id, { Website: 'https://example.com' }),
    ])
    expect(await desk.read('Account', id, ['CreditScore', 'Revenue', 'Website'])).toEqual({
      CreditScore: 5,
      Revenue: 7,
      Website: 'https://example.com',
    })
    expect((await org.records.retrieve(org.admin, 'Account', id)).version).toBe(4)
  })

  it.each(['Code', 'TaxNumber'])(
    'J2: of 50 creates with one %s exactly one is saved',
    async (field) => {
      const results = await Promise.allSettled(
        Array.from({ length: 50 }, (_, index) =>
          desk.create('Account', { Name: `J2 ${index}`, [field]: `J2-${field}` }),
        ),
      )
      const refused = results.flatMap((one) =>
        one.status === 'rejected' ? [one.reason as unknown] : [],
      )
      expect(refused).toHaveLength(49)
      for (const error of refused) {
        expect(error).toMatchObject({ code: 'DUPLICATE_VALUE', problems: [{ fields: [field] }] })
      }
      const soql = `SELECT Id FROM Account WHERE ${field} = 'J2-${field}'`
      expect(await desk.query(soql)).toHaveLength(1)
    },
  )

  it('J3: saves that fail late, mixed with all others, leave exactly what was answered', async () => {
    const seed = Number(process.env['SEED'] ?? 20_261_122)
    const draw = numbersFrom(seed)
    const expected = new Map<string, string>()
    const gone = new Set<string>()
    const bugs: unknown[] = []
    const parents = await Promise.all(['p', 'q'].map((Name) => desk.create('Account', { Name })))
    const nameOf = (index: number): string => `J3-${index}`
    const some = (): string | undefined => [...expected.keys()][draw(Math.max(1, expected.size))]

    const createOne = async (index: number): Promise<void> => {
      const values = { LastName: nameOf(index), AccountId: parents[draw(2)] }
      expected.set(await desk.create('Contact', values), nameOf(index))
    }
    const failLate = async (index: number): Promise<void> => {
      const values = { LastName: nameOf(index), AccountId: '001000000000999AAA' }
      await refusal(desk.create('Contact', values))
    }
    const createSeveral = async (index: number, bad: boolean): Promise<void> => {
      const bodies = [0, 1, 2].map((part) =>
        body({
          LastName: `${nameOf(index)}.${part}`,
          ...(bad && part === 2 ? { AccountId: '001000000000999AAA' } : {}),
        }),
      )
      const options = { allOrNone: true }
      const work = org.records.createMany(org.admin, 'Contact', bodies, options)
      if (bad) return void (await refusal(work))
      for (const [part, result] of (await work).entries()) {
        if (!(result instanceof Error)) expected.set(result.id, `${nameOf(index)}.${part}`)
      }
    }
    const change = async (index: number): Promise<void> => {
      const id = some()
      if (id === undefined || gone.has(id)) return
      expected.delete(id)
      try {
        await desk.update('Contact', id, { LastName: nameOf(index) })
        expected.set(id, nameOf(index))
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
      }
    }
    const remove = async (): Promise<void> => {
      const id = some()
      if (id === undefined || gone.has(id)) return
      expected.delete(id)
      gone.add(id)
      await org.records.remove(org.admin, 'Contact', id)
    }
    const actions = [
      createOne,
      createOne,
      failLate,
      (index: number) => createSeveral(index, false),
      (index: number) => createSeveral(index, true),
      change,
      remove,
      async () => void (await desk.query('SELECT COUNT() FROM Contact')),
    ]
    const worker = async (start: number): Promise<void> => {
      for (let index = start; index < 2_000; index += 20) {
        try {
          await actions[draw(actions.length)]?.(index)
        } catch (error) {
          bugs.push(error)
        }
      }
    }
    await Promise.all(Array.from({ length: 20 }, (_, start) => worker(start)))
    expect(bugs).toEqual([])
    const pages = await desk.pages("SELECT Id, Name FROM Contact WHERE Name LIKE 'J3-%'", {
      pageRows: 500,
    })
    const stored = new Map(pages.flat().map((row) => [String(row['Id']), String(row['Name'])]))
    expect([seed, stored]).toEqual([seed, new Map([...expected].sort(byId))])
  })

  it('J7: a parent that goes while children come leaves no orphan, for both kinds of relation', async () => {
    for (let round = 0; round < 6; round++) {
      const invoice = await desk.create('Invoice', {})
      const account = await desk.create('Account', { Name: 'J7' })
      const children = Array.from({ length: 8 }, (_, index) => [
        desk.create('InvoiceLine', { Name: `L${index}`, InvoiceId: invoice }),
        desk.create('Contact', { LastName: `C${index}`, AccountId: account }),
      ]).flat()
      const results = await Promise.allSettled([
        org.records.remove(org.admin, 'Invoice', invoice),
        org.records.remove(org.admin, 'Account', account),
        ...children,
      ])
      for (const one of results) {
        if (one.status === 'rejected') expect(one.reason).toBeInstanceOf(Refusal)
      }
      const lines = await desk.query(`SELECT Id FROM InvoiceLine WHERE InvoiceId = '${invoice}'`)
      const contacts = await desk.query(`SELECT Id FROM Contact WHERE AccountId = '${account}'`)
      expect([lines, contacts]).toEqual([[], []])
    }
  })

  it('J7: a lookup set to a record that goes at the same time points to it or is refused', async () => {
    for (let round = 0; round < 6; round++) {
      const account = await desk.create('Account', { Name: 'J7' })
      const contact = await desk.create('Contact', { LastName: 'Mover' })
      await Promise.allSettled([
        org.records.remove(org.admin, 'Account', account),
        desk.update('Contact', contact, { AccountId: account }),
      ])
      expect(await desk.read('Contact', contact, ['AccountId'])).toEqual({ AccountId: null })
    }
  })
})

function byId(left: readonly [string, string], right: readonly [string, string]): number {
  return left[0] < right[0] ? -1 : 1
}
