/** Many connections at once: exactly one wins where one may, nobody's failure touches another. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Ledger } from '../support/ledger.ts'
import { startLoad } from '../support/load.ts'
import { createRandom, pause, rounds } from '../support/random.ts'
import { serverKinds } from '../support/server-kinds.ts'
import { call, tokenOf, type ServerProcess } from '../support/server-process.ts'

const data = '/services/data/v67.0'
const accounts = `${data}/sobjects/Account`
const clients = 50
const minute = 60_000

interface Made {
  readonly id?: string
}

describe.each(serverKinds)('fifty connections on $name', ({ start }) => {
  let server: ServerProcess
  let token = ''
  beforeAll(async () => {
    server = await start()
    token = await tokenOf(server.url)
  }, 2 * minute)
  afterAll(() => server.remove())

  const post = (path: string, body: unknown) =>
    call<Made & { errorCode?: string }[]>(server.url, token, { method: 'POST', path, body })
  const count = async (where: string): Promise<number> => {
    const soql = encodeURIComponent(`SELECT COUNT() FROM Account WHERE ${where}`)
    const { body } = await call<{ totalSize: number }>(server.url, token, {
      path: `${data}/query?q=${soql}`,
    })
    return body.totalSize
  }

  it('J2: of fifty creates with one unique value exactly one succeeds', async () => {
    for (let round = 0; round < rounds(3); round++) {
      const SourceSystemIdentifier = `one of many ${round}`
      const answers = await Promise.all(
        Array.from({ length: clients }, (_, index) =>
          post(accounts, { Name: `Twin ${index}`, SourceSystemIdentifier }),
        ),
      )
      const made = answers.filter(({ status }) => status === 201)
      const refused = answers.filter(({ status }) => status !== 201)
      expect(made).toHaveLength(1)
      expect(new Set(refused.map(({ body }) => body[0]?.errorCode))).toEqual(
        new Set(['DUPLICATE_VALUE']),
      )
      expect(await count(`SourceSystemIdentifier = '${SourceSystemIdentifier}'`)).toBe(1)
    }
  })

  it(
    'J3: failing, good and reading requests do not touch each other',
    { timeout: 5 * minute },
    async () => {
      const random = createRandom()
      const seed = `seed ${random.seed}`
      await post(accounts, { Name: 'Taken', SourceSystemIdentifier: 'taken' })
      const acknowledged: string[] = []
      const wrong: string[] = []
      const expectStatus = (what: string, status: number, wanted: number): void => {
        if (status !== wanted) wrong.push(`${what}: ${status}, not ${wanted}`)
      }
      const steps: readonly [
        (name: string) => Promise<void>,
        ...((name: string) => Promise<void>)[],
      ] = [
        async (name) => {
          const { status, body } = await post(accounts, { Name: name, Phone: 'good' })
          expectStatus('good', status, 201)
          if (body.id !== undefined) acknowledged.push(body.id)
        },
        async () => {
          const body = { Name: 'bad duplicate', SourceSystemIdentifier: 'taken' }
          expectStatus('duplicate', (await post(accounts, body)).status, 400)
        },
        async () => {
          const body = { Name: 'bad parent', ParentId: '001000000000000AAA' }
          expectStatus('no parent', (await post(accounts, body)).status, 400)
        },
        async (name) => {
          const record = (more: object) => ({
            attributes: { type: 'Account' },
            Name: name,
            ...more,
          })
          const records = [record({ Phone: 'bad' }), record({ SourceSystemIdentifier: 'taken' })]
          const path = `${data}/composite/sobjects`
          const { status, body } = await post(path, { allOrNone: true, records })
          // Which of the two it is depends on who finds the fault; that nothing is saved does not.
          if (status !== 400) expectStatus('collection', status, 200)
          if (JSON.stringify(body).includes('"success":true')) wrong.push('half a collection')
        },
        async () => expectStatus('read', Number((await count("Phone = 'good'")) >= 0), 1),
      ]
      await Promise.all(
        Array.from({ length: clients }, async (_, client) => {
          for (let step = 0; step < rounds(3) * 4; step++) {
            await random.pick(steps)(`${client} ${step}`)
          }
        }),
      )
      expect(wrong, seed).toEqual([])
      expect(await count("Phone = 'good'"), seed).toBe(acknowledged.length)
      expect(await count("Phone = 'bad' OR Name LIKE 'bad %'"), seed).toBe(0)
      expect(await count("SourceSystemIdentifier = 'taken'"), seed).toBe(1)
    },
  )

  it(
    'J14: collections of 200 and single saves go on side by side',
    { timeout: 5 * minute },
    async () => {
      const random = createRandom()
      const ledger = new Ledger()
      const shared = { url: server.url, token, ledger, random }
      const bulk = startLoad({ ...shared, clients: 4, batchSize: 200, onlyBatches: true })
      const people = startLoad({ ...shared, clients: clients - 4, batchSize: 2 })
      await pause(1_500)
      await people.stop()
      await bulk.stop()
      expect(people.statuses.get(201)).toBeGreaterThan(0)
      expect(bulk.statuses.get(200)).toBeGreaterThan(0)
      const failed = [...people.statuses.keys(), ...bulk.statuses.keys()].filter(
        (one) => one >= 300,
      )
      expect(failed).toEqual([])
      expect(await ledger.contradictions(server.url, token), `seed ${random.seed}`).toEqual([])
    },
  )
})
