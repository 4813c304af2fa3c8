/** Two servers on one PostgreSQL database: one model, no write under an old one. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPostgres } from '../../engine/storage/postgres/open-postgres.ts'
import { faultsOf } from '../support/check-database.ts'
import { listenTo } from '../support/event-stream.ts'
import { freshDatabase, type FreshDatabase } from '../support/postgres.ts'
import { pause } from '../support/random.ts'
import { call, startServerProcess, tokenOf, type ServerProcess } from '../support/server-process.ts'

const accounts = '/services/data/v67.0/sobjects/Account'
const fields = '/services/fieldstone/v1/metadata/CustomField'
const minute = 60_000

describe('two servers on one database', () => {
  const keys = mkdtempSync(join(tmpdir(), 'keys-'))
  let database: FreshDatabase
  let a: ServerProcess
  let b: ServerProcess
  let token = ''

  beforeAll(async () => {
    database = await freshDatabase()
    const env = {
      SAMPLE_DATA: 'none',
      DATABASE_URL: database.url,
      ENCRYPTION_KEY_FILE: join(keys, 'encryption.key'),
    }
    a = await startServerProcess({ env })
    b = await startServerProcess({ env })
    token = await tokenOf(a.url)
  }, 3 * minute)

  afterAll(async () => {
    await a.remove()
    await b.remove()
    await database.drop()
    rmSync(keys, { recursive: true })
  })

  const deploy = async (server: ServerProcess, field: string, body: object): Promise<number> => {
    const path = `${fields}/Account.${field}?consent=true`
    return (await call(server.url, token, { method: 'PUT', path, body })).status
  }
  const create = (server: ServerProcess, body: object) =>
    call<{ errorCode?: string }[]>(server.url, token, { method: 'POST', path: accounts, body })
  const text = (label: string, more: object = {}): object => ({
    label,
    type: 'Text',
    length: 40,
    ...more,
  })

  it('O5: a token of one is good at the other', async () => {
    expect((await create(b, { Name: 'By B' })).status).toBe(201)
  })

  it('O5: both tell of a new model at once, and the other takes the new field', async () => {
    const logs = [await listenTo(a.url, token), await listenTo(b.url, token)]
    expect(await deploy(a, 'Rank__c', text('Rank'))).toBe(200)
    const deployedAt = performance.now()
    for (const { events } of logs) {
      await expect
        .poll(() => events.find(({ name }) => name === 'model')?.data['objects'], {
          timeout: 60_000,
        })
        .toEqual(['Account'])
    }
    const [atA, atB] = logs.map(({ events }) => events.find(({ name }) => name === 'model')?.at)
    // A second is the promise; a crowded test machine gets more.
    expect((atB ?? Infinity) - Math.min(deployedAt, atA ?? Infinity)).toBeLessThan(5_000)
    expect((await create(b, { Name: 'With rank', Rank__c: 'first' })).status).toBe(201)
    for (const log of logs) log.close()
  })

  it(
    'O5: what A requires from now on, B requires with the next write',
    { timeout: minute },
    async () => {
      const statuses = new Set<number>()
      let accepted = 0
      let deployed = false
      let acceptedAfterwards = 0
      let stopping = false
      const writers = Array.from({ length: 4 }, async () => {
        while (!stopping) {
          const begunAfterwards = deployed
          const { status } = await create(b, { Name: 'Without a grade' })
          statuses.add(status)
          if (status !== 201) continue
          accepted++
          if (begunAfterwards) acceptedAfterwards++
        }
      })
      await pause(300)
      const grade = text('Grade', { required: true, defaultValue: '"none"' })
      expect(await deploy(a, 'Grade__c', grade)).toBe(200)
      // With a default the writes go on; without one they must be refused.
      expect(await deploy(a, 'Grade__c', text('Grade', { required: true }))).toBe(200)
      deployed = true
      await pause(700)
      stopping = true
      await Promise.all(writers)
      expect(accepted).toBeGreaterThan(0)
      expect(acceptedAfterwards).toBe(0)
      expect([...statuses].sort()).toEqual([201, 400])
      const { body } = await create(b, { Name: 'Still without' })
      expect(body[0]?.errorCode).toBe('REQUIRED_FIELD_MISSING')
      expect(await deploy(a, 'Grade__c', text('Grade'))).toBe(200)
    },
  )

  it('a push topic made at one tells of what is saved at the other', async () => {
    const topic = { Name: 'Both', Query: 'SELECT Id, Name FROM Account', ApiVersion: 60 }
    const path = '/services/data/v67.0/sobjects/PushTopic'
    expect((await call(a.url, token, { method: 'POST', path, body: topic })).status).toBe(201)
    type Replies = { clientId?: string; data?: { sobject: { Name: string } } }[]
    const send = async (...messages: object[]): Promise<Replies> => {
      const request = { method: 'POST', path: '/cometd/60.0', body: messages }
      return (await call<Replies>(a.url, token, request)).body
    }
    const [shaken] = await send({ channel: '/meta/handshake', version: '1.0' })
    const clientId = shaken?.clientId
    await send({ channel: '/meta/subscribe', clientId, subscription: '/topic/Both' })
    // The other one hears of the topic a moment later.
    await expect
      .poll(
        async () => {
          await create(b, { Name: 'Told across' })
          const found = await send({ channel: '/meta/connect', clientId, advice: { timeout: 0 } })
          return found.flatMap(({ data }) => data?.sobject.Name ?? [])
        },
        { timeout: 30_000 },
      )
      .toContain('Told across')
  })

  it('L13: of two deploys at once each is applied whole, or told to plan anew', async () => {
    const answers = await Promise.all([
      deploy(a, 'Left__c', text('Left')),
      deploy(b, 'Right__c', text('Right')),
      deploy(a, 'Over__c', text('Over')),
      deploy(b, 'Under__c', text('Under')),
    ])
    expect(answers).toContain(200)
    expect(answers.filter((status) => status !== 200 && status !== 409)).toEqual([])
    for (const [index, field] of ['Left__c', 'Right__c', 'Over__c', 'Under__c'].entries()) {
      for (const server of [a, b]) {
        const wanted = answers[index] === 200 ? 201 : 400
        const body = { Name: 'After both', [field]: 'x' }
        await expect.poll(async () => (await create(server, body)).status).toBe(wanted)
      }
    }
  })

  it('L13: tables and model agree in the end', async () => {
    const storage = await openPostgres({ url: database.url, readers: 1, writers: 1 })
    expect(await faultsOf(storage)).toEqual([])
    await storage.close()
  })
})
