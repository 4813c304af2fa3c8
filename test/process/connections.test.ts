/** Connections that are slow, idle, huge or many: each is bounded, and others are answered meanwhile. */
import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { converse, exchange, statusesIn } from '../support/raw-http.ts'
import { call, startReadyServer, tokenOf, type ServerProcess } from '../support/server-process.ts'

const accounts = '/services/data/v67.0/sobjects/Account'
const idleSockets = 2_000

let server: ServerProcess
let token = ''
beforeAll(async () => {
  server = await startReadyServer('none')
  token = await tokenOf(server.url)
})
afterAll(() => server.remove())

/** Generous: what is shown is that nobody waits for the others' end. */
const answerMsMax = 5_000

async function expectPrompt(): Promise<void> {
  const startedAt = performance.now()
  const request = { method: 'POST', path: accounts, body: { Name: 'Meanwhile' } }
  expect((await call(server.url, token, request)).status).toBe(201)
  expect(performance.now() - startedAt).toBeLessThan(answerMsMax)
}

describe('connections', () => {
  it('E16: two thousand that say nothing keep nobody waiting', async () => {
    const { hostname, port } = new URL(server.url)
    const sockets: Socket[] = []
    for (let index = 0; index < idleSockets; index++) {
      const socket = connect(Number(port), hostname)
      socket.on('error', () => undefined)
      sockets.push(socket)
    }
    await Promise.all(
      sockets.map((socket) => new Promise<void>((resolve) => socket.once('connect', resolve))),
    )
    await expectPrompt()
    for (const socket of sockets) socket.destroy()
    await expectPrompt()
  })

  it('E16: slow headers and slow bodies keep nobody waiting', async () => {
    const begin = 'GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: '
    const body =
      `POST ${accounts} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n` +
      `Authorization: Bearer ${token}\r\nContent-Length: 1000\r\n\r\n{"Name":`
    const slow = await Promise.all(
      Array.from({ length: 200 }, (_, index) => converse(server.url, index % 2 ? begin : body)),
    )
    for (let drop = 0; drop < 5; drop++) {
      for (const { socket } of slow) socket.write('x')
      await expectPrompt()
    }
    for (const { socket } of slow) socket.destroy()
  })

  it.each([
    ['an address of a megabyte', `GET /${'x'.repeat(1_000_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 414],
    ['a header of 64 kB', `GET / HTTP/1.1\r\nHost: x\r\nA: ${'x'.repeat(65_536)}\r\n\r\n`, 431],
    ['ten thousand headers', `GET / HTTP/1.1\r\nHost: x\r\n${'A: b\r\n'.repeat(10_000)}\r\n`, 431],
  ])(
    'E16: %s, fifty times at once, is refused and keeps nobody waiting',
    async (_name, bytes, status) => {
      const answers = Promise.all(Array.from({ length: 50 }, () => exchange(server.url, bytes)))
      await expectPrompt()
      // A reset may overtake the answer while the rest of the request is still being sent.
      const statuses = new Set((await answers).map((answer) => statusesIn(answer)[0]))
      statuses.delete(undefined)
      expect([...statuses]).toEqual([status])
    },
  )

  it('E16: a thousand requests sent at once on one connection are answered in order', async () => {
    const request = (path: string, more = ''): string =>
      `GET ${path} HTTP/1.1\r\nHost: x\r\n${more}\r\n`
    const count = 1_000
    const conversation = converse(
      server.url,
      Array.from({ length: count }, (_, index) =>
        request(index % 2 === 0 ? '/healthz' : '/services/data/v67.0/limits'),
      ).join('') + request('/nowhere', 'Connection: close\r\n'),
    )
    await expectPrompt()
    const statuses = statusesIn(await (await conversation).answer)
    const wanted = Array.from({ length: count }, (_, index) => (index % 2 === 0 ? 200 : 401))
    expect(statuses).toEqual([...wanted, 404])
  })
})
