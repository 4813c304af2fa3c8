/** Class B: hidden values through the side door. The rep knows no credit score and no payroll. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Refusal } from '../../engine/base/refusal.ts'
import type { Caller } from '../../engine/records/records.ts'
import { deskOf, problemsOf, refusal, type Json } from '../engine/records/records-support.ts'
import { databases, type OpenDatabase } from '../support/databases.ts'
import { failingStorage, type FailingStorage } from '../support/failing-storage.ts'
import { body, openOrganisation, type Organisation } from '../support/organisation.ts'
import { answerOf } from './attack-support.ts'

/** The answer for a name, with the name taken out. */
type Mention = (name: string) => string

const operators = ['=', '!=', '<', '<=', '>', '>=', 'LIKE', 'IN', 'NOT IN', 'INCLUDES', 'EXCLUDES']
const literals = ['700', "'700'", 'null', 'true', '2026-01-01', 'TODAY']

const filters: readonly Mention[] = operators.flatMap((operator) =>
  literals.map((literal) => {
    const value = /IN|CLUDES/.test(operator) ? `(${literal})` : literal
    return (name: string) => `SELECT Id FROM Account WHERE ${name} ${operator} ${value}`
  }),
)
const sorts: readonly Mention[] = ['', ' ASC', ' DESC', ' DESC NULLS LAST'].flatMap((direction) => [
  (name) => `SELECT Id FROM Account ORDER BY ${name}${direction}`,
  (name) => `SELECT Id FROM Account ORDER BY Name, ${name}${direction} LIMIT 5`,
])
const groups: readonly Mention[] = [
  ...['MIN', 'MAX', 'SUM', 'AVG', 'COUNT', 'COUNT_DISTINCT'].map(
    (name) => (field: string) => `SELECT ${name}(${field}) FROM Account`,
  ),
  (field) => `SELECT ${field} FROM Account GROUP BY ${field}`,
  (field) => `SELECT Name FROM Account GROUP BY Name HAVING MAX(${field}) > 700`,
  (field) => `SELECT COUNT() FROM Account WHERE ${field} > 700`,
]
const paths: readonly Mention[] = [
  (name) => `SELECT Id FROM Contact WHERE Account.${name} > 700`,
  (name) => `SELECT Id FROM Contact ORDER BY Account.${name}`,
  (name) => `SELECT Account.${name} FROM Contact`,
  (name) => `SELECT Account.Parent.${name} FROM Contact`,
  (name) => `SELECT Id FROM Contact WHERE Account.Parent.Parent.${name} = 1`,
  (name) => `SELECT Id FROM InvoiceLine ORDER BY Invoice.Account.${name}`,
  (name) => `SELECT Account.${name} FROM Account`,
]
const spellings: readonly Mention[] = [
  (name) => `SELECT ${name} FROM Account`,
  (name) => `SELECT ${name.toLowerCase()} FROM Account`,
  (name) => `SELECT ${name.toUpperCase()} FROM Account`,
  (name) => `SELECT Name, ${name}, Name FROM Account`,
  (name) => `SELECT ${name} score FROM Account`,
  (name) => `SELECT Name score, ${name} FROM Account`,
  (name) => `SELECT FIELDS(STANDARD), ${name} FROM Account`,
]

describe.each(databases)('oracles on $name', ({ open }) => {
  let database: OpenDatabase
  let storage: FailingStorage
  let org: Organisation
  const desk = deskOf(() => org)

  beforeAll(async () => {
    database = await open()
    storage = failingStorage(database.storage)
    org = await openOrganisation(storage)
    const account = await desk.create('Account', {
      Name: 'Known',
      CreditScore: 700,
      TaxNumber: 'T',
    })
    await desk.create('Contact', { LastName: 'Under', AccountId: account })
    await desk.create('Payroll__c', { Name: 'Secret', Salary__c: 1 })
  })
  afterAll(() => database.close())

  const alike = async (mention: Mention): Promise<void> => {
    const [hidden, unknown] = await Promise.all(
      ['CreditScore', 'CreditShore'].map(async (name) => {
        const answer = await answerOf(() => org.records.query(org.rep, mention(name)))
        return answer.replaceAll(new RegExp(name, 'gi'), '?')
      }),
    )
    expect(hidden).toBe(unknown)
    expect(hidden).toMatch(/INVALID_FIELD|MALFORMED_QUERY/)
  }

  it('B1: filters by a hidden field are those by none, on every operator', async () => {
    for (const mention of filters) await alike(mention)
  })

  it('B2: a hidden field sorts as none does, alone and as second key', async () => {
    for (const mention of sorts) await alike(mention)
  })

  it('B3: grouping and aggregates of a hidden field are those of none', async () => {
    for (const mention of groups) await alike(mention)
  })

  it('B6: paths to a hidden field are those to none, over one, two and three parents', async () => {
    for (const mention of paths) await alike(mention)
  })

  it('B8: no alias, repetition or letter case reaches a hidden field', async () => {
    for (const mention of spellings) await alike(mention)
    const answer = await org.records.query(org.rep, 'SELECT FIELDS(ALL) FROM Account LIMIT 200')
    expect(answer.text).not.toContain('CreditScore')
    for (const star of ['*', '**', 'Account.*']) {
      const error = await refusal(org.records.query(org.rep, `SELECT ${star} FROM Account`))
      expect(error.code).toBe('MALFORMED_QUERY')
    }
  })

  it('B10: whatever goes wrong, the message shows nothing of the inside and no stored value', async () => {
    await desk.create('Account', { Name: 'Canary', Code: 'CANARY-CODE', CreditScore: 31337 })
    const said: string[] = []
    const note = async (work: () => Promise<unknown>): Promise<void> => {
      try {
        await work()
        throw new Error('should have been refused')
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        said.push(JSON.stringify([error.problems, error.details ?? null]))
      }
    }
    const { records, rep } = org
    await note(() => records.create(rep, 'Account', body({ Name: 'X', Code: 'canary-code' })))
    await note(() => records.create(rep, 'Account', body({ Name: 'x'.repeat(300) })))
    await note(() => records.create(rep, 'Account', body({ Name: 'X', Revenue: '9'.repeat(30) })))
    await note(() =>
      records.create(rep, 'Account', body({ Name: 'X', ParentId: '001000000000009AAA' })),
    )
    await note(() => records.create(rep, 'Payroll__c', body({ Name: 'X' })))
    await note(() => records.query(rep, 'SELECT Id FROM Payroll__c'))
    await note(() => records.query(rep, "SELECT Id FROM Account WHERE Name = 'x"))
    await note(() => records.queryMore(rep, 'x'))
    for (const step of ['read', 'write', 'statement'] as const) {
      const undo = storage.failAt({ when: 'before', step, action: 'throw' })
      await note(() =>
        step === 'read'
          ? records.query(rep, `SELECT Id FROM Account LIMIT ${said.length}`)
          : records.create(rep, 'Account', body({ Name: 'X' })),
      )
      undo()
    }
    for (const text of said) {
      expect(text).not.toMatch(/CANARY|31337|SQLITE|constraint|fs_|__folded|\.ts|failed before/)
    }
  })

  it('B11: describe knows nothing of hidden fields and objects', async () => {
    const { records, rep } = org
    const texts = [
      records.globalDescribe(rep),
      ...['Account', 'Contact'].map((one) => records.describe(rep, one)),
    ]
    for (const text of texts) expect(text).not.toMatch(/CreditScore|Payroll|Salary/)
    const answers = ['Payroll__c', 'Payrool__c'].map((name) => {
      try {
        return records.describe(rep, name)
      } catch (error) {
        return JSON.stringify(error instanceof Refusal ? error.problems : String(error))
      }
    })
    expect(answers[0]).toBe(answers[1])
  })

  it('B17: writing a hidden field is refused alike with its present and with another value', async () => {
    const id = await desk.create('Account', { Name: 'B17', CreditScore: 700 })
    const answers: string[] = []
    for (const value of [700, 1, null, 'x', {}]) {
      const update = org.records.update(org.rep, 'Account', id, body({ CreditScore: value }))
      answers.push(JSON.stringify((await refusal(update)).problems))
      const create = org.records.create(org.rep, 'Account', body({ Name: 'N', CreditScore: value }))
      answers.push(JSON.stringify((await refusal(create)).problems))
    }
    expect(new Set(answers).size).toBe(1)
    expect(await desk.read('Account', id, ['CreditScore'])).toEqual({ CreditScore: 700 })
    const saved = await org.records.update(org.rep, 'Account', id, body({ Name: 'B17b' }))
    expect(Object.keys(saved).sort()).toEqual(['created', 'id', 'version'])
  })

  it('B17: a read-only field is refused alike with its present and with another value', async () => {
    const id = await desk.create('Account', { Name: 'B17', TaxNumber: 'T-17' })
    const answers = await Promise.all(
      ['T-17', 'T-18', null].map(async (value) => {
        const error = await refusal(
          org.records.update(org.rep, 'Account', id, body({ TaxNumber: value })),
        )
        return problemsOf(error)
      }),
    )
    expect(new Set(answers.map((one) => JSON.stringify(one))).size).toBe(1)
  })
})

/** Requests of a rep, over names that exist, are hidden, or do not exist. */
const name = fc.constantFrom(
  'Id',
  'Name',
  'Website',
  'Revenue',
  'TaxNumber',
  'CreditScore',
  'creditscore',
  'Parent.Name',
  'Parent.CreditScore',
  'Owner.Name',
  'Nothing',
)
const value = fc.constantFrom('null', "'a'", '700', '1', "'T-1'", 'TODAY')
const comparison = fc
  .tuple(name, fc.constantFrom('=', '!=', '>', '<', 'LIKE'), value)
  .map((parts) => parts.join(' '))
const request = fc
  .record({
    select: fc.oneof(
      fc.uniqueArray(name, { minLength: 1, maxLength: 4 }).map((names) => names.join(', ')),
      fc.constantFrom('COUNT()', 'FIELDS(ALL)'),
    ),
    from: fc.constantFrom('Account', 'Account', 'Account', 'Contact', 'Payroll__c', 'Invoice'),
    where: fc.oneof(
      fc.constant(''),
      comparison.map((text) => ` WHERE ${text}`),
      fc.tuple(comparison, comparison).map(([one, two]) => ` WHERE ${one} OR NOT (${two})`),
    ),
    order: fc.oneof(
      fc.constant(''),
      name.map((text) => ` ORDER BY ${text} DESC`),
    ),
    limit: fc.constantFrom('', ' LIMIT 3', ' LIMIT 200'),
  })
  .map((one) => `SELECT ${one.select} FROM ${one.from}${one.where}${one.order}${one.limit}`)

describe.each(databases)('twin worlds on $name', ({ open }) => {
  interface World {
    readonly database: OpenDatabase
    readonly org: Organisation
    /** Ids in the order of their making. */
    readonly ids: readonly string[]
  }
  let worlds: readonly World[] = []

  const makeWorld = async (hidden: (index: number) => Json): Promise<World> => {
    const database = await open()
    const org = await openOrganisation(database.storage)
    const ids: string[] = []
    const create = async (object: string, values: Json): Promise<string> => {
      const { id } = await org.records.create(org.admin, object, body(values))
      ids.push(id)
      return id
    }
    for (let index = 0; index < 12; index++) {
      const parent = ids[index - 1]
      await create('Account', {
        Name: ['a', 'b', 'A'][index % 3],
        Website: index % 4 === 0 ? null : `https://${index}.example.com`,
        Revenue: index % 3 === 0 ? null : index,
        TaxNumber: `T-${index}`,
        ...(parent === undefined ? {} : { ParentId: parent }),
        ...hidden(index),
      })
    }
    for (let index = 0; index < 3; index++) {
      await create('Contact', { LastName: `C${index}`, AccountId: ids[index] })
      await create('Payroll__c', { Name: `P${index}`, Salary__c: hidden(index)['CreditScore'] })
    }
    return { database, org, ids }
  }

  beforeAll(async () => {
    worlds = [
      await makeWorld((index) => ({ CreditScore: index * 7 })),
      await makeWorld((index) => ({ CreditScore: index % 2 === 0 ? null : 99 - index })),
    ]
  })
  afterAll(() => Promise.all(worlds.map((world) => world.database.close())))

  /** The answer with each id replaced by its place in the order of making. */
  const seen = async (world: World, caller: Caller, soql: string): Promise<string> => {
    const answer = await answerOf(async () => (await world.org.records.query(caller, soql)).text)
    return answer.replaceAll(/[0-9A-Za-z]{15}[A-Z0-5]{3}/g, (id) => {
      const index = world.ids.indexOf(id)
      return index === -1 ? id : `#${index}`
    })
  }

  it('B19: two worlds that differ in hidden values alone answer a rep alike (INV3)', async () => {
    await fc.assert(
      fc.asyncProperty(request, async (soql) => {
        const [one, two] = await Promise.all(
          worlds.map((world) => seen(world, world.org.rep, soql)),
        )
        expect(one).toBe(two)
      }),
      { numRuns: 1_500 },
    )
  })

  it('B19: the worlds do differ for whoever may see', async () => {
    const soql = 'SELECT CreditScore FROM Account'
    const [one, two] = await Promise.all(worlds.map((world) => seen(world, world.org.admin, soql)))
    expect(one).not.toBe(two)
  })
})
