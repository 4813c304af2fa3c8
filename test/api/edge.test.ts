/** The edge: sizes, shapes, headers and what is never told. */
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { limits } from '../../engine/base/limits.ts'
import { allRoutes } from '../../engine/http/routes/index.ts'
import { openApi, password, repName, type Api, type Ask } from '../support/api.ts'
import { databases } from '../support/databases.ts'

const accounts = '/services/data/v67.0/sobjects/Account'
const own = '/services/fieldstone/v1'

/** A body that comes in pieces, without a length. */
function stream(chunks: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  let index = 0
  return new ReadableStream({
    pull: (controller) => {
      const chunk = chunks[index]
      index += 1
      if (chunk === undefined) controller.close()
      else controller.enqueue(chunk)
    },
  })
}

/** An address of the route that leads to nothing in particular. */
function concrete(path: string): string {
  return path
    .replace(':version', 'v67.0')
    .replace(':object', 'Account')
    .replace(':type', 'CustomObject')
    .replace(':fullName', 'Account')
    .replace(':number', '1')
    .replaceAll(/:\w+/g, '001000000000001AAA')
    .replace('*', 'x')
}

describe.each(databases.slice(0, 1))('the edge on $name', (database) => {
  let api: Api
  beforeAll(async () => {
    api = await openApi(database)
  })
  afterAll(() => api.close())

  const post = (body: unknown, headers: Ask['headers'] = {}) =>
    api.ask('POST', accounts, { as: 'admin', body, headers })

  const normal = async (): Promise<void> => {
    const { status } = await post({ Name: 'Still alive' })
    expect(status).toBe(201)
  }

  describe('bodies', () => {
    const tooLong = limits.requestBodyBytesMax + 1

    it('beyond the limit are refused, with a length and without', async () => {
      const text = JSON.stringify({ Name: 'x'.repeat(tooLong) })
      const withLength = await post(text, { 'content-length': String(text.length) })
      expect([withLength.status, withLength.code]).toEqual([413, 'ENTITY_TOO_LARGE'])
      const chunk = new Uint8Array(1024 * 1024).fill(32)
      const chunked = await post(stream(Array.from({ length: 10 }, () => chunk)))
      expect([chunked.status, chunked.code]).toEqual([413, 'ENTITY_TOO_LARGE'])
      await normal()
    })

    it('in pieces are put together', async () => {
      const bytes = new TextEncoder().encode('{"Name":"Ärger in Stücken"}')
      const { status } = await post(stream([...bytes].map((byte) => Uint8Array.of(byte))))
      expect(status).toBe(201)
    })

    it('in gzip are unpacked, within the length that any body may have', async () => {
      const gzip = { 'content-encoding': 'gzip' }
      const send = (text: string) => post(stream([gzipSync(text)]), gzip)
      expect((await send('{"Name":"Ärger, gepackt"}')).status).toBe(201)
      const bomb = await send(`{"Name":"${' '.repeat(20_000_000)}"}`)
      expect([bomb.status, bomb.code]).toEqual([413, 'ENTITY_TOO_LARGE'])
      const broken = await post(stream([new TextEncoder().encode('{"Name":"x"}')]), gzip)
      expect([broken.status, broken.code]).toEqual([400, 'INVALID_ARGUMENT'])
      const other = await post('x', { 'content-encoding': 'br' })
      expect([other.status, other.code]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE'])
    })

    it.each(['text/plain', 'application/x-www-form-urlencoded', 'text/xml'])(
      'of type %s are refused',
      async (type) => {
        const { status } = await post('{"Name":"x"}', { 'content-type': type })
        expect(status).toBe(415)
      },
    )

    it.each([
      ['malformed', '{"Name":"x",}', 'JSON_PARSER_ERROR'],
      ['a hundred thousand levels deep', '{"Name":' + '['.repeat(100_000), 'JSON_PARSER_ERROR'],
      ['with one key twice', '{"Name":"x","Name":"y"}', 'JSON_PARSER_ERROR'],
      ['with __proto__', '{"Name":"x","__proto__":{"isAdmin":true}}', 'INVALID_FIELD'],
      ['with __proto__ within', '{"Name":"x","attributes":{"__proto__":{}}}', 'INVALID_FIELD'],
      ['with constructor', '{"Name":"x","constructor":{"prototype":{"a":1}}}', 'INVALID_FIELD'],
      ['with toString', '{"Name":"x","toString":"y"}', 'INVALID_FIELD'],
      ['with half a character', '{"Name":"\\ud83d"}', 'JSON_PARSER_ERROR'],
      ['with NUL', '{"Name":"a\\u0000"}', 'JSON_PARSER_ERROR'],
    ])('%s are refused and leave nothing behind', async (_name, text, code) => {
      const answer = await post(text)
      expect([answer.status, answer.code]).toEqual([400, code])
      expect(Object.hasOwn(Object.prototype, 'isAdmin')).toBe(false)
      await normal()
    })

    it('that are not UTF-8 are refused', async () => {
      const bytes = Buffer.from('{"Name":"\xff\xfe"}', 'latin1')
      const { status, code } = await post(stream([bytes]))
      expect([status, code]).toEqual([400, 'JSON_PARSER_ERROR'])
    })
  })

  describe('addresses', () => {
    it('beyond the limit are refused', async () => {
      const q = 'x'.repeat(limits.requestUrlBytesMax)
      const answer = await api.ask('GET', `/services/data/v67.0/query?q=${q}`, { as: 'admin' })
      expect([answer.status, answer.code]).toEqual([414, 'URI_TOO_LONG'])
    })

    it.each([
      ['HEAD', `${accounts}/describe`],
      ['GET', `${accounts.toLowerCase()}/describe`],
      ['GET', `/SERVICES/data/v67.0/sobjects`],
      ['GET', `/services/./data/v67.0/sobjects`],
      ['GET', `/services/x/../data/v67.0/sobjects`],
      ['GET', `//services//data//v67.0//sobjects`],
      ['GET', `/services%2fdata%2fv67.0%2fsobjects`],
      ['GET', `${accounts}/describe/`],
      ['GET', `${accounts}%2fdescribe`],
    ])('spelt in another way are never weaker: %s %s', async (method, path) => {
      const { status } = await api.ask(method, path)
      expect([401, 404, 405]).toContain(status)
    })

    it.each(['x-http-method-override', 'x-http-method', 'x-method-override'])(
      'the header %s does not change the method',
      async (name) => {
        const { status } = await api.ask('GET', accounts, {
          as: 'admin',
          headers: { [name]: 'DELETE' },
        })
        expect(status).toBe(200)
      },
    )

    it('HEAD answers as GET does, without the body', async () => {
      const { status, text } = await api.ask('HEAD', accounts, { as: 'admin' })
      expect([status, text]).toEqual([200, ''])
    })

    it('methods that are not there say which are', async () => {
      const { status, code, headers } = await api.ask('OPTIONS', accounts)
      expect([status, code]).toEqual([405, 'METHOD_NOT_ALLOWED'])
      expect(headers.get('allow')).toBe('GET, POST')
    })
  })

  describe('headers', () => {
    const answers: readonly (readonly [string, string, Ask?])[] = [
      ['GET', '/healthz'],
      ['GET', '/readyz'],
      ['GET', '/'],
      ['GET', '/nothing'],
      ['GET', '/services/data'],
      ['GET', accounts],
      ['GET', accounts, { as: 'admin' }],
      ['GET', `${accounts}/describe`, { as: 'admin' }],
      ['POST', accounts, { as: 'admin', body: { Name: 'Headers' } }],
      ['POST', accounts, { as: 'admin', body: '{' }],
      ['DELETE', '/services/data'],
      ['GET', `${own}/ui/app`, { as: 'admin' }],
      ['HEAD', `${own}/events`, { as: 'admin' }],
      ['DELETE', `${own}/session`, { headers: { 'x-fieldstone-request': '1' } }],
    ]

    it.each(answers.map((one) => ({ line: `${one[0]} ${one[1]}`, one })))(
      'protect the answer to $line',
      async ({ one: [method, path, ask] }) => {
        const { headers } = await api.ask(method, path, ask)
        expect(headers.get('x-content-type-options')).toBe('nosniff')
        expect(headers.get('referrer-policy')).toBe('no-referrer')
        expect(headers.get('x-frame-options')).toBe('DENY')
        expect(headers.get('cache-control')).toMatch(/^private, no-(store|cache)$/)
        const policy = headers.get('content-security-policy') ?? ''
        expect(policy).toContain("default-src 'none'")
        expect(policy).toContain("frame-ancestors 'none'")
        expect(policy).not.toMatch(/script-src[^;]*unsafe/)
        expect(headers.get('server')).toBeNull()
        expect(headers.get('x-powered-by')).toBeNull()
      },
    )

    it.each([
      'https://evil.example',
      'null',
      'http://localhost.evil.example',
      'http://localhost:81',
    ])('allow the origin %s nothing', async (origin) => {
      const { headers } = await api.ask('GET', accounts, { as: 'admin', headers: { origin } })
      const names = [...headers.keys()]
      expect(names.filter((name) => name.startsWith('access-control'))).toEqual([])
    })
  })

  it('every route has its row in rights-matrix.txt: who may ask, and what is answered', async () => {
    // Only the list is wanted here; no handler runs.
    const routes = allRoutes({ deployer: {} } as never)
    const { secret: identity } = await api.engine.auth.grantToken({
      username: repName,
      password,
      address: '10.0.0.1',
      clientId: 'PlatformCLI',
      scope: 'id',
    })
    const subjects: readonly Ask[] = [
      {},
      { headers: { authorization: `Bearer ${identity}` } },
      { as: 'rep' },
      { as: 'admin' },
    ]
    const answered: string[] = []
    for (const route of routes) {
      const { method, path } = route
      const body = method === 'GET' || method === 'DELETE' ? {} : { body: {} }
      const statuses: number[] = []
      for (const who of subjects) {
        const answer = await api.send(method, concrete(path), { ...body, ...who })
        await answer.body?.cancel()
        statuses.push(answer.status)
      }
      const who = route.kind === 'public' ? 'anybody' : (route.permission ?? 'signed in')
      answered.push(`${path} ${method} | ${who} | ${statuses.join(' ')}`)
    }
    const rows = readFileSync(new URL('rights-matrix.txt', import.meta.url), 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => line.replaceAll(/ +/g, ' '))
    expect(answered.sort()).toEqual(rows)
  })

  it('a bug is answered with a number for the log and nothing else', async () => {
    const soql = encodeURIComponent('SELECT Id FROM Account')
    const { storage } = api.engine
    const read = storage.read.bind(storage)
    Object.assign(storage, {
      read: () => Promise.reject(new Error('no such table: secret_table at /srv/db.sqlite')),
    })
    const { status, code, text } = await api.ask('GET', `/services/data/v67.0/query?q=${soql}`, {
      as: 'admin',
    })
    Object.assign(storage, { read })
    expect([status, code]).toEqual([500, 'UNKNOWN_EXCEPTION'])
    expect(text).not.toMatch(/secret_table|sqlite|\.ts|at /)
    const number = /Quote (\S+) /.exec(text)?.[1] ?? 'none'
    expect(api.log.some((line) => line.includes(number) && line.includes('secret_table'))).toBe(
      true,
    )
  })
})
