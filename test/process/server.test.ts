/** The real server: start, kill, start again, stop in order; what the parser refuses. */
import { cpSync, existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { limits } from '../../engine/base/limits.ts'
import {
  call,
  runServerToEnd,
  startReadyServer,
  startServerProcess,
  tokenOf,
  type ServerProcess,
} from '../support/server-process.ts'

const accounts = '/services/data/v67.0/sobjects/Account'
const countOf = (object: string): string =>
  `/services/data/v67.0/query?q=${encodeURIComponent(`SELECT COUNT() FROM ${object}`)}`

interface Count {
  readonly totalSize: number
}

/** Sends bytes as they are and gives what comes back until the connection closes. */
function raw(url: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(bytes))
    let text = ''
    socket.setTimeout(10_000, () => socket.destroy())
    socket.on('data', (chunk) => (text += chunk.toString()))
    socket.on('close', () => resolve(text))
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') reject(error)
    })
  })
}

describe('the server as a process', () => {
  let server: ServerProcess
  let token = ''
  let withoutMetadata = { code: 0, output: '' }
  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'server-'))
    cpSync('metadata', join(folder, 'metadata'), { recursive: true })
    withoutMetadata = await runServerToEnd({
      DATABASE_URL: `sqlite:${join(folder, 'fieldstone.db')}`,
      METADATA_DIR: join(folder, 'no-metadata'),
      ENCRYPTION_KEY_FILE: join(folder, 'encryption.key'),
    })
    server = await startServerProcess({ folder })
    token = await tokenOf(server.url)
  })
  afterAll(() => server.remove())

  it('says what a first start needs, which the next one is all the same', () => {
    const { code, output } = withoutMetadata
    expect(code).toBe(1)
    expect(output).toMatch(
      /^Fieldstone cannot start\. .* METADATA_DIR \(.*no-metadata\) .*\n {2}the metadata folder is missing\n.*copy/,
    )
    expect(output).not.toMatch(/\n {4}at /)
  })

  it('starts with the sample organisation, a key file of its own and a greeting', async () => {
    const { body } = await call<Count>(server.url, token, { path: countOf('CollectionPlan') })
    expect(body.totalSize).toBe(35)
    expect(server.output()).toContain(`Fieldstone is ready at ${server.url}`)
    expect(server.output()).not.toContain('correct horse')
  })

  it('keeps what it acknowledged through kill -9, and sessions with it', async () => {
    const ids: string[] = []
    const writing = Promise.all(
      Array.from({ length: 20 }, async (_, writer) => {
        for (let index = 0; ; index++) {
          const answer = await call<{ id: string }>(server.url, token, {
            method: 'POST',
            path: accounts,
            body: { Name: `Writer ${writer} record ${index}` },
          }).catch(() => undefined)
          if (answer === undefined) return
          ids.push(answer.body.id)
        }
      }),
    )
    await new Promise((resolve) => setTimeout(resolve, 500))
    await server.stop('SIGKILL')
    await writing
    expect(ids.length).toBeGreaterThan(0)
    server = await startServerProcess({ folder: server.folder })
    for (const id of ids) {
      const { status } = await call(server.url, token, { path: `${accounts}/${id}?fields=Id` })
      expect(status).toBe(200)
    }
    const { body } = await call<Count>(server.url, token, { path: countOf('CollectionPlan') })
    expect(body.totalSize).toBe(35)
  })

  it('refuses a second server on the same database and says why', async () => {
    const { code, output } = await runServerToEnd({
      DATABASE_URL: `sqlite:${join(server.folder, 'fieldstone.db')}`,
      METADATA_DIR: server.metadataDir,
      ENCRYPTION_KEY_FILE: join(server.folder, 'encryption.key'),
    })
    expect(code).toBe(1)
    expect(output).toMatch(/^Fieldstone cannot start\. .*(another|server|in use)/i)
    expect(output).not.toMatch(/\n {4}at /)
  })

  it.each([
    ['an address of a megabyte', `GET /${'x'.repeat(1_000_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 414],
    ['64 kB of headers', `GET / HTTP/1.1\r\nHost: x\r\nA: ${'x'.repeat(65_536)}\r\n\r\n`, 431],
    [
      'ten thousand headers',
      `GET / HTTP/1.1\r\nHost: x\r\n${Array.from({ length: 10_000 }, (_, index) => `A${index}: b\r\n`).join('')}\r\n`,
      431,
    ],
    ['no HTTP at all', 'HELLO\r\n\r\n', 400],
    [
      'two lengths',
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx',
      400,
    ],
    [
      'length and chunks at once',
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
    ],
    ['no host', 'GET /services/data HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
    [
      'a host that is none',
      'GET /services/data HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n',
      400,
    ],
  ])('answers %s with a refusal and goes on', async (_name, bytes, status) => {
    const answer = await raw(server.url, bytes)
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
  })

  it('takes addresses whose first slash is doubled', async () => {
    const answer = await raw(
      server.url,
      'GET //services/data/v67.0/limits HTTP/1.1\r\nHost: x\r\nConnection: close\r\n' +
        `Authorization: Bearer ${token}\r\n\r\n`,
    )
    expect(answer).toMatch(/^HTTP\/1\.1 200 /)
  })

  it.each([
    '/..%2f..%2fpackage.json',
    '/assets/..%2f..%2f..%2fpackage.json',
    '/%2e%2e/%2e%2e/package.json',
    '/%252e%252e%252fpackage.json',
    '/..%5c..%5cpackage.json',
    '/..\\..\\package.json',
    '/assets/%00',
    '/index.html%00.js',
    '/assets/index.html%2500',
    '/assets/con',
    '/assets/nul.js',
    '/assets/index.js::$DATA',
    '/assets/C:%5cwindows%5cwin.ini',
    '//etc/passwd',
    '/assets//../../../../etc/passwd',
    `/assets/${'a'.repeat(8_000)}`,
    '/services/data/v67.0/sobjects/ContentVersion/..%2f..%2fpackage.json/VersionData',
    '/services/data/v67.0/sobjects/ContentVersion/%00/VersionData',
  ])('G8: %s leads to no file', async (path) => {
    const answer = await raw(
      server.url,
      `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer ${token}\r\n\r\n`,
    )
    expect(answer.slice(0, 200)).toMatch(/^HTTP\/1\.1 (?:400|404|414) /)
    expect(answer).not.toMatch(/root:|"dependencies"|\[fonts\]/)
  })

  it('refuses a body that goes on and on, early', async () => {
    const size = limits.requestBodyBytesMax * 10
    const head = `POST ${accounts} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nAuthorization: Bearer ${token}\r\n`
    const answer = await raw(server.url, `${head}Content-Length: ${size}\r\n\r\n{"Name":"`)
    expect(answer).toMatch(/^HTTP\/1\.1 413 /)
  })

  it('finishes running requests at SIGTERM, and ends', async () => {
    const running = Array.from({ length: 20 }, (_, index) =>
      call<{ success: boolean }>(server.url, token, {
        method: 'POST',
        path: accounts,
        body: { Name: `Last minute ${index}` },
      }).catch((error: unknown) => error),
    )
    // The requests must have arrived before the signal does.
    await running[0]
    await server.stop('SIGTERM')
    expect(server.process.exitCode).toBe(0)
    const answers = await Promise.all(running)
    const statuses = answers.map((answer) =>
      answer instanceof Error ? 0 : (answer as { status: number }).status,
    )
    expect(statuses.filter((status) => status === 201).length).toBeGreaterThan(0)
    // Whatever was not taken was refused whole: an answer, or no connection.
    expect(statuses.every((status) => [0, 201, 503].includes(status))).toBe(true)
  })
})

describe('the first start without a password', () => {
  it('makes one and shows it once', async () => {
    const env = { ADMIN_PASSWORD: '', SAMPLE_DATA: 'none' }
    const first = await startServerProcess({ env })
    const password = /with the password (\S+)/.exec(first.output())?.[1] ?? ''
    expect(password).toHaveLength(16)
    const username = 'admin@example.com'
    expect(await tokenOf(first.url, { username, password })).toMatch(/^00D/)
    await first.stop('SIGTERM')
    const second = await startServerProcess({ env, folder: first.folder })
    expect(second.output()).toContain(`Sign in as ${username}`)
    expect(second.output()).not.toContain('with the password')
    expect(await tokenOf(second.url, { username, password })).toMatch(/^00D/)
    await second.remove()
  })
})

describe('a server that cannot start', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'no-start-'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('names every wrong setting', async () => {
    const { code, output } = await runServerToEnd({ PORT: 'eighty', SAMPLE_DATA: 'lots' })
    expect(code).toBe(1)
    expect(output).toMatch(/PORT must be[^]*SAMPLE_DATA must be/)
  })

  it('does not make a new key for an existing database', async () => {
    const server = await startReadyServer('none')
    expect(statSync(join(server.folder, 'encryption.key')).mode & 0o777).toBe(0o600)
    await server.stop('SIGTERM')
    const { code, output } = await runServerToEnd({
      DATABASE_URL: `sqlite:${join(server.folder, 'fieldstone.db')}`,
      METADATA_DIR: server.metadataDir,
      ENCRYPTION_KEY_FILE: join(folder, 'second.key'),
    })
    await server.remove()
    expect(code).toBe(1)
    expect(output).toMatch(/encryption key file .* is missing/)
    expect(existsSync(join(folder, 'second.key'))).toBe(false)
  })

  it('does not overwrite a file that is no database', async () => {
    const file = join(folder, 'notes.db')
    writeFileSync(file, 'these are my notes')
    const { code, output } = await runServerToEnd({
      DATABASE_URL: `sqlite:${file}`,
      ENCRYPTION_KEY_FILE: join(folder, 'third.key'),
    })
    expect(code).toBe(1)
    expect(output).toMatch(/^Fieldstone cannot start/)
    expect(output).not.toMatch(/\n {4}at /)
    expect(statSync(file).size).toBe('these are my notes'.length)
  })
})
