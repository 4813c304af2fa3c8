/** What is too big, too deep or a trap of the language is refused early, and the server goes on. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { limits } from '../../engine/base/limits.ts'
import { converse, exchange, statusesIn } from '../support/raw-http.ts'
import { call, startReadyServer, tokenOf, type ServerProcess } from '../support/server-process.ts'

const accounts = '/services/data/v67.0/sobjects/Account'
const metadata = '/services/fieldstone/v1/metadata'
const tooMuch = limits.requestBodyBytesMax + 1_000_000
const deep = 100_000

let server: ServerProcess
let token = ''
beforeAll(async () => {
  server = await startReadyServer('none')
  token = await tokenOf(server.url)
})
afterAll(() => server.remove())

afterEach(async () => {
  const body = { Name: 'An ordinary request' }
  const answer = await call(server.url, token, { method: 'POST', path: accounts, body })
  expect(answer.status).toBe(201)
  expect(server.process.exitCode).toBeNull()
})

function head(...headers: readonly string[]): string {
  const lines = [
    `POST ${accounts} HTTP/1.1`,
    'Host: x',
    'Connection: close',
    'Content-Type: application/json',
    `Authorization: Bearer ${token}`,
    ...headers,
  ]
  return `${lines.join('\r\n')}\r\n\r\n`
}

async function send(
  method: string,
  path: string,
  text: string,
): Promise<{ status: number; text: string }> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const body = method === 'GET' ? {} : { body: text }
  const answer = await fetch(`${server.url}${path}`, { method, headers, ...body })
  return { status: answer.status, text: await answer.text() }
}

/** Resident memory as the system counts it; 0 where it does not tell. */
function residentBytes(): number {
  try {
    const status = readFileSync(`/proc/${server.process.pid}/status`, 'utf8')
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1_024
  } catch {
    return 0
  }
}

describe('bodies', () => {
  it('E1: a length over the limit is refused before the body is read', async () => {
    const { answer, socket } = await converse(server.url, head(`Content-Length: ${tooMuch}`))
    expect(await answer).toMatch(/^HTTP\/1\.1 413 [^]*ENTITY_TOO_LARGE/)
    socket.destroy()
  })

  it('E1: without a length the bytes are counted, and memory does not follow them', async () => {
    const chunk = 'x'.repeat(65_536)
    const chunked = `${chunk.length.toString(16)}\r\n${chunk}\r\n`
    const before = residentBytes()
    for (let round = 0; round < 5; round++) {
      const { answer, socket } = await converse(server.url, head('Transfer-Encoding: chunked'))
      for (let sent = 0; sent < tooMuch && !socket.destroyed; sent += chunk.length) {
        if (!socket.write(chunked)) await new Promise((resolve) => setTimeout(resolve, 1))
      }
      socket.end('0\r\n\r\n')
      expect(await answer).toMatch(/^HTTP\/1\.1 413 /)
    }
    expect(residentBytes() - before).toBeLessThan(20 * limits.requestBodyBytesMax)
  })

  it('E1: what follows a false length is no part of the body', async () => {
    const body = '{"Name":"Short"}'
    const answer = await exchange(
      server.url,
      head(`Content-Length: ${body.length}`).replace('Connection: close\r\n', '') +
        body +
        'x'.repeat(100_000),
    )
    // The refusal of the rest may overtake the answer, since both go over one connection.
    expect(statusesIn(answer).at(-1)).toBe(400)
    expect(statusesIn(answer).length).toBeLessThanOrEqual(2)
    const short = head('Content-Length: 10') + '{"Name":"Cut off here"}'
    expect(statusesIn(await exchange(server.url, short))[0]).toBe(400)
  })

  it('E1: compressed bodies are not unpacked beyond what a body may have', async () => {
    const packed = gzipSync(Buffer.alloc(tooMuch, 32))
    const { answer, socket } = await converse(
      server.url,
      head('Content-Encoding: gzip', `Content-Length: ${packed.length}`),
    )
    socket.write(packed)
    expect(await answer).toMatch(/^HTTP\/1\.1 413 /)
  })
})

describe('depth', () => {
  const nested = `${'['.repeat(deep)}${']'.repeat(deep)}`

  it.each([
    ['POST', accounts, `{"Name":${nested}}`],
    ['POST', accounts, `${'{"a":'.repeat(deep)}1${'}'.repeat(deep)}`],
    ['POST', '/services/data/v67.0/composite/sobjects', `{"records":${nested}}`],
    ['PUT', `${metadata}/CustomField/Account.Deep__c`, `{"valueSet":${nested}}`],
    ['POST', '/services/fieldstone/v1/plans', `{"changes":${nested}}`],
  ])('E2: %s %s with JSON a hundred thousand levels deep', async (method, path, text) => {
    const answer = await send(method, path, text)
    expect(answer.status).toBe(400)
    expect(answer.text).toContain('JSON_PARSER_ERROR')
  })

  it.each(['(', 'NOT ('])('E2: a filter that nests "%s" without end', async (opening) => {
    const levels = 3_000
    const soql = `SELECT Id FROM Account WHERE ${opening.repeat(levels)}Name = 'x'${')'.repeat(levels)}`
    const path = `/services/data/v67.0/query?q=${encodeURIComponent(soql)}`
    const answer = await send('GET', path, '')
    expect(path.length).toBeLessThan(limits.requestUrlBytesMax)
    expect(answer.status).toBe(400)
  })

  it('E2: a metadata file without end is a problem of that file', async () => {
    const file = join(server.metadataDir, 'objects', 'Deep__c.json')
    writeFileSync(file, `{"fullName":"Deep__c","label":${nested}}`)
    const problems = async (): Promise<string> =>
      (await send('GET', '/services/fieldstone/v1/problems', '')).text
    await expect.poll(problems).toContain('Deep__c.json')
    expect(server.output()).not.toContain('Maximum call stack')
  })
})

describe("JavaScript's own names", () => {
  const poison = '{"polluted":"yes"}'

  it.each([
    ['POST', accounts, `{"Name":"x","__proto__":${poison}}`],
    ['POST', accounts, `{"Name":"x","constructor":{"prototype":${poison}}}`],
    ['POST', accounts, `{"Name":"x","attributes":{"__proto__":${poison}}}`],
    [
      'POST',
      accounts,
      `{"Name":"x","attributes":{"type":"Account","base":{"__proto__":${poison}}}}`,
    ],
    [
      'POST',
      '/services/data/v67.0/composite/sobjects',
      `{"records":[{"attributes":{"type":"Account"},"Name":"x","__proto__":${poison}}]}`,
    ],
    ['POST', '/services/data/v67.0/composite/sobjects', `{"records":[],"__proto__":${poison}}`],
    ['PUT', `${metadata}/CustomField/Account.__proto__`, '{"label":"P","type":"Text","length":9}'],
    ['PUT', `${metadata}/CustomObject/__proto__`, '{"label":"P"}'],
    ['PUT', `${metadata}/CustomObject/constructor`, '{"label":"P"}'],
    [
      'PUT',
      `${metadata}/CustomField/Account.P__c`,
      `{"label":"P","type":"Text","length":9,"__proto__":${poison}}`,
    ],
    ['POST', '/services/fieldstone/v1/plans', `{"changes":[{"__proto__":${poison}}]}`],
  ])('F1: %s %s %s is refused', async (method, path, text) => {
    const answer = await send(method, path, text)
    expect(answer.status).toBe(400)
    expect(answer.text).not.toContain('polluted')
  })

  it.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'])(
    'F1: %s names no object, no field and no path',
    async (name) => {
      const data = '/services/data/v67.0'
      const ask = async (soql: string): Promise<number> =>
        (await send('GET', `${data}/query?q=${encodeURIComponent(soql)}`, '')).status
      expect(await ask(`SELECT ${name} FROM Account`)).toBe(400)
      expect(await ask(`SELECT Id FROM ${name}`)).toBe(400)
      expect(await ask(`SELECT Id FROM Account WHERE ${name} = 'x'`)).toBe(400)
      expect(await ask(`SELECT Id FROM Contact WHERE ${name}.Name = 'x'`)).toBe(400)
      expect(await ask(`SELECT Id FROM Account ORDER BY ${name}`)).toBe(400)
      expect((await send('GET', `${data}/sobjects/${name}/describe`, '')).status).toBe(404)
      expect((await send('GET', `${metadata}/${name}/${name}`, '')).status).toBe(404)
    },
  )
})
