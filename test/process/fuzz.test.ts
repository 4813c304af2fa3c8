/** Thousands of requests over all routes: never an accident, never a word about the inside. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createRandom, rounds } from '../support/random.ts'
import { createFuzzer, type FuzzedRequest, type Known } from '../support/request-fuzzer.ts'
import { serverKinds } from '../support/server-kinds.ts'
import { call, tokenOf, type ServerProcess } from '../support/server-process.ts'

const data = '/services/data/v67.0'
const objects = ['Account', 'Contact', 'Case', 'Task', 'Invoice', 'InvoiceLine', 'CollectionPlan']
const minute = 60_000
/** On each database. */
const requests = rounds(8) * 100
const atOnce = 8

/** Names of databases, engine tables, code and its places; none of them is sent by the fuzzer. */
const inside =
  /sqlite|postgres|\bfs_[a-z]|node_modules|\bat .{1,80}:\d+:\d+|\.ts:\d|main\.js|fieldstone\.db|node\.js|v20\.\d|stack overflow|call stack|is not a function|undefined \(reading/i

describe.each(serverKinds)('a fuzzed server on $name', ({ start }) => {
  let server: ServerProcess
  let token = ''
  beforeAll(async () => {
    server = await start()
    token = await tokenOf(server.url)
  }, 2 * minute)
  afterAll(() => server.remove())

  async function getKnown(): Promise<Known> {
    const ids: string[] = []
    for (let index = 0; index < 30; index++) {
      const request = {
        method: 'POST',
        path: `${data}/sobjects/Account`,
        body: { Name: `${index}` },
      }
      ids.push((await call<{ id: string }>(server.url, token, request)).body.id)
    }
    const described = await Promise.all(
      objects.map(async (name) => {
        const path = `${data}/sobjects/${name}/describe`
        const { body } = await call<{ fields: { name: string }[] }>(server.url, token, { path })
        return { name, fields: body.fields.map((field) => field.name) }
      }),
    )
    return { ids, objects: described }
  }

  async function faultOf(request: FuzzedRequest): Promise<{ status: number; fault?: string }> {
    const { method, path, body, headers } = request
    const answer = await fetch(`${server.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...headers },
      ...(body === undefined ? {} : { body }),
      redirect: 'manual',
    })
    const text = await answer.text()
    const shown = `${method} ${path} ${body ?? ''} → ${answer.status} ${text.slice(0, 500)}`
    const isAccident = answer.status >= 500 || text.includes('UNKNOWN_EXCEPTION')
    const said = `${[...answer.headers].map((pair) => pair.join(': ')).join('\n')}\n${text}`
    const tells = inside.exec(said)?.[0] ?? (said.includes(server.folder) ? 'a folder' : undefined)
    const tellsServer = answer.headers.has('server') || answer.headers.has('x-powered-by')
    const isFault = isAccident || tells !== undefined || tellsServer
    return { status: answer.status, ...(isFault ? { fault: `${tells ?? ''} ${shown}` } : {}) }
  }

  it(
    `INV8, INV9: ${requests} random requests get results or refusals that tell nothing of the inside`,
    { timeout: 5 * minute },
    async () => {
      const random = createRandom()
      const next = createFuzzer(await getKnown(), random)
      const statuses = new Map<number, number>()
      const faults: string[] = []
      let left = requests
      await Promise.all(
        Array.from({ length: atOnce }, async () => {
          while (left-- > 0) {
            const { status, fault } = await faultOf(next())
            statuses.set(status, (statuses.get(status) ?? 0) + 1)
            if (fault !== undefined) faults.push(fault)
          }
        }),
      )
      const seed = `seed ${random.seed}`
      expect(faults.slice(0, 5), seed).toEqual([])
      expect(server.output(), seed).not.toMatch(/request failed|uncaught|unhandled|record failed/)
      expect(server.process.exitCode).toBeNull()
      // It must have reached what lies behind the first checks.
      expect(statuses.get(200) ?? 0).toBeGreaterThan(requests / 20)
      expect(statuses.get(201) ?? 0).toBeGreaterThan(0)
      expect(statuses.get(401) ?? 0).toBeLessThan(requests / 10)
      expect((await fetch(`${server.url}/readyz`)).status).toBe(200)
    },
  )
})
