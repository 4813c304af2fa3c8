/** A server that is killed between the commit of a save and the calls of its webhooks makes them after its next start. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { call, startServerProcess, tokenOf, type ServerProcess } from '../support/server-process.ts'

const own = '/services/fieldstone/v1'

let server: ServerProcess | undefined
afterEach(() => server?.remove())

describe('webhooks', () => {
  it('kill -9 between commit and delivery loses no call', { timeout: 600_000 }, async () => {
    const heard = new Map<string, string>()
    let isDown = true
    const receiver = createServer((request, response) => {
      let body = ''
      request.on('data', (chunk: Buffer) => (body += chunk.toString()))
      request.on('end', () => {
        if (isDown) return void request.socket.destroy()
        heard.set(String(request.headers['webhook-id']), body)
        response.writeHead(204).end()
      })
    })
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
    const host = `127.0.0.1:${(receiver.address() as AddressInfo).port}`
    const env = { SAMPLE_DATA: 'none', WEBHOOK_HOSTS: host }
    server = await startServerProcess({ env })
    const token = await tokenOf(server.url)
    const ask = async (method: string, path: string, body?: unknown) => {
      const answer = await call(server?.url ?? '', token, { method, path, body })
      expect(answer.status, path).toBeLessThan(300)
    }
    await ask('POST', `${own}/webhook-secrets/Partner`)
    await ask('PUT', `${own}/metadata/Webhook/Accounts`, {
      fullName: 'Accounts',
      object: 'Account',
      events: ['create'],
      sentFields: ['Name'],
      url: `http://${host}/`,
      secret: 'Partner',
    })
    // The place from which a webhook goes on is taken with its first round.
    const isKnown = async (): Promise<boolean> => {
      await ask('POST', '/services/data/v60.0/sobjects/Account', { Name: 'probe' })
      const { body } = await call<readonly unknown[]>(server?.url ?? '', token, {
        path: `${own}/webhook-deliveries?webhook=Accounts`,
      })
      return body.length > 0
    }
    while (!(await isKnown())) await new Promise((resolve) => setTimeout(resolve, 50))
    const names = Array.from({ length: 40 }, (_one, index) => `kept ${index}`)
    await Promise.all(
      names.map((Name) => ask('POST', '/services/data/v60.0/sobjects/Account', { Name })),
    )
    await server.stop('SIGKILL')
    isDown = false
    server = await startServerProcess({ env, folder: server.folder })
    const again = await tokenOf(server.url)
    const told = (): readonly string[] =>
      [...heard.values()].map((body) => String(JSON.parse(body).event.payload.Name))
    while (!names.every((name) => told().includes(name))) {
      const { body } = await call<readonly { id: string; state: string }[]>(server.url, again, {
        path: `${own}/webhook-deliveries?state=Waiting`,
      })
      // Those that were tried before the kill wait for their next time: they are asked for at once.
      for (const one of body)
        await call(server.url, again, {
          method: 'POST',
          path: `${own}/webhook-deliveries/${one.id}/resend`,
        })
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    // One identifier each, however often it was called.
    expect(
      told()
        .filter((name) => name.startsWith('kept'))
        .sort(),
    ).toEqual([...names].sort())
    receiver.close()
  })
})
