/** Slow, idle and many connections, with short limits: they end, and nobody else notices. */
import { connect, type Socket } from 'node:net'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type RunningServer } from '../../../engine/http/server.ts'
import { openApi, type Api } from '../../support/api.ts'
import { databases } from '../../support/databases.ts'

const sqlite = databases.filter(({ name }) => name === 'sqlite')

describe.each(sqlite)('startServer', (database) => {
  let api: Api
  let server: RunningServer
  beforeAll(async () => {
    api = await openApi(database)
    server = await startServer(api.engine.app, {
      host: '127.0.0.1',
      port: 0,
      log: pino({ level: 'silent' }),
      timeouts: { headersMs: 1_000, requestMs: 2_000, uploadMs: 120_000, connectionsCheckMs: 50 },
    })
  })
  afterAll(async () => {
    await server.stop()
    await api.close()
  })

  /** Writes, then gives what came back when the other side closed. */
  const talk = (text: string): { socket: Socket; answer: Promise<string> } => {
    const socket = connect(server.port, '127.0.0.1', () => socket.write(text))
    let received = ''
    socket.on('data', (chunk) => (received += chunk.toString()))
    socket.on('error', () => undefined)
    const answer = new Promise<string>((resolve) => socket.on('close', () => resolve(received)))
    return { socket, answer }
  }
  /** Whoever asks in a moment in which the whole machine stands is late by these limits, too. */
  const isWell = async (): Promise<void> => {
    await expect
      .poll(async () => (await fetch(`http://127.0.0.1:${server.port}/healthz`)).status)
      .toBe(200)
  }

  it('ends connections whose headers never end', async () => {
    const { answer } = talk('GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: ')
    expect(await answer).toMatch(/^HTTP\/1\.1 408 [^]*REQUEST_TIMEOUT/)
  })

  it('ends a slow body long before a slow upload of somebody known, and that of a stranger as soon', async () => {
    const made = await api.ask('POST', '/services/data/v60.0/jobs/ingest', {
      as: 'admin',
      body: { object: 'Account', operation: 'insert' },
    })
    const put = (token: string): string =>
      `PUT /services/data/v60.0/jobs/ingest/${String(made.json['id'])}/batches HTTP/1.1\r\nHost: x\r\n` +
      `Content-Type: text/csv\r\nAuthorization: Bearer ${token}\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nName\n\r\n`
    const upload = talk(put(api.tokens.admin))
    const begin = `POST /services/data/v60.0/sobjects/Account HTTP/1.1\r\nHost: x\r\n`
    const slow = talk(
      `${begin}Content-Type: application/json\r\nAuthorization: Bearer ${api.tokens.admin}\r\nContent-Length: 99\r\n\r\n{`,
    )
    const stranger = talk(put('nobody'))
    expect(await slow.answer).toMatch(/^HTTP\/1\.1 408 /)
    expect(await stranger.answer).toMatch(/^HTTP\/1\.1 401 /)
    // The upload began first, and still goes on.
    upload.socket.write('4\r\nLate\r\n0\r\n\r\n')
    await new Promise<void>((resolve) => upload.socket.once('data', () => resolve()))
    upload.socket.destroy()
    expect(await upload.answer).toMatch(/^HTTP\/1\.1 201 /)
  })

  it('ends connections whose body never ends', async () => {
    const { answer } = talk(
      `POST /services/data/v67.0/sobjects/Account HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n` +
        `Authorization: Bearer ${api.tokens.admin}\r\nContent-Length: 100\r\n\r\n{"Name":`,
    )
    const text = await answer
    expect(text === '' || /^HTTP\/1\.1 (408|400) /.test(text)).toBe(true)
    await isWell()
  })

  it('ends connections on which nothing ever comes', async () => {
    const idle = Array.from({ length: 500 }, () => talk(''))
    await isWell()
    await Promise.all(idle.map(({ answer }) => answer))
    await isWell()
  })

  it('answers requests that are sent without waiting for answers, in order', async () => {
    const request = (path: string, end = '') => `GET ${path} HTTP/1.1\r\nHost: x\r\n${end}\r\n`
    const { answer } = talk(
      request('/healthz') + request('/nothing') + request('/readyz', 'Connection: close\r\n'),
    )
    const statuses = [...(await answer).matchAll(/HTTP\/1\.1 (\d+)/g)].map((match) => match[1])
    expect(statuses).toEqual(['200', '404', '200'])
  })

  it('survives clients that go away in the middle of everything', async () => {
    const gone = Array.from({ length: 50 }, () => {
      const { socket, answer } = talk(
        `POST /services/data/v67.0/sobjects/Account HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n` +
          `Authorization: Bearer ${api.tokens.admin}\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"Nam\r\n`,
      )
      setTimeout(() => socket.destroy(), 20)
      return answer
    })
    await Promise.all(gone)
    await isWell()
    expect(api.log).toEqual([])
  })

  it('stops with streams open', async () => {
    const { socket, answer } = talk(
      `GET /services/fieldstone/v1/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${api.tokens.admin}\r\n\r\n`,
    )
    await new Promise<void>((resolve) => {
      socket.on('data', (chunk) => {
        if (chunk.toString().includes('event: hello')) resolve()
      })
    })
    api.engine.drain()
    await server.stop()
    expect(await answer).toContain('event: hello')
  })
})
