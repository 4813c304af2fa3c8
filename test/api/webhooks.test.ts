/** Webhooks: signed calls in order per record, tried again, given up, sent once more; never to internal addresses. */
import { createHmac } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openApi, type Api, type Json } from '../support/api.ts'
import { databases } from '../support/databases.ts'

const data = '/services/data/v60.0'
const own = '/services/fieldstone/v1'

interface Heard {
  readonly id: string
  readonly time: string
  readonly signature: string
  readonly body: string
}

/** Hears webhooks, and answers as it is told. */
class Receiver {
  readonly heard: Heard[] = []
  status = 200
  readonly #server: Server

  constructor() {
    this.#server = createServer((request, response) => {
      let body = ''
      request.on('data', (chunk: Buffer) => (body += chunk.toString()))
      request.on('end', () => {
        const header = (name: string): string => String(request.headers[name])
        this.heard.push({
          id: header('webhook-id'),
          time: header('webhook-timestamp'),
          signature: header('webhook-signature'),
          body,
        })
        response.writeHead(this.status, { location: '/elsewhere' }).end('heard')
      })
    })
  }

  listen(): Promise<string> {
    return new Promise((resolve) => {
      this.#server.listen(0, '127.0.0.1', () =>
        resolve(`127.0.0.1:${(this.#server.address() as AddressInfo).port}`),
      )
    })
  }

  close(): void {
    this.#server.close()
  }
}

describe.each(databases)('webhooks on $name', (database) => {
  const receiver = new Receiver()
  let api: Api
  let secret: string
  const admin = async (method: string, path: string, body?: unknown) => {
    const told = await api.ask(method, path, {
      as: 'admin',
      ...(body === undefined ? {} : { body }),
    })
    expect(told.status, `${path}: ${told.text}`).toBeLessThan(300)
    return told.json
  }
  const declare = (name: string, body: object) =>
    admin('PUT', `${own}/metadata/Webhook/${name}`, { fullName: name, secret: 'Partner', ...body })
  const deliveries = async (query: string) =>
    (await admin('GET', `${own}/webhook-deliveries?${query}`)) as unknown as readonly Json[]
  const names = () =>
    receiver.heard.map(({ body }) => (JSON.parse(body) as Json)['event']?.['payload']?.['Name'])

  beforeAll(async () => {
    const host = await receiver.listen()
    api = await openApi(database, { webhookHosts: [host] })
    secret = String((await admin('POST', `${own}/webhook-secrets/Partner`))['secret'])
    await declare('Accounts', {
      object: 'Account',
      events: ['create', 'update', 'delete'],
      sentFields: ['Name', 'Phone', 'AnnualRevenue'],
      condition: "NOT(BEGINS(Name, 'Quiet'))",
      url: `http://${host}/accounts`,
    })
    await api.engine.webhooks.run()
  })
  afterAll(async () => {
    receiver.close()
    await api.close()
  })

  it('what is chosen is sent, signed, with an identifier; what is not told of is not', async () => {
    await admin('POST', `${data}/sobjects/Account`, { Name: 'Quiet one' })
    const { id } = await admin('POST', `${data}/sobjects/Account`, { Name: 'Loud', Rating: 'Hot' })
    await admin('PATCH', `${data}/sobjects/Account/${id}`, { Rating: 'Cold' })
    await admin('PATCH', `${data}/sobjects/Account/${id}`, { Phone: '1' })
    await api.engine.webhooks.run()
    const bodies = receiver.heard.map(({ body }) => JSON.parse(body) as Json)
    const payloads = bodies.map((body) => body['event']?.['payload'])
    expect(payloads.map((one) => one?.['ChangeEventHeader']?.['changeType'])).toEqual([
      'CREATE',
      'UPDATE',
    ])
    expect(payloads[0]).toMatchObject({ Name: 'Loud' })
    expect(receiver.heard.map(({ body }) => body).join()).not.toMatch(/Hot|Cold|Rating/)
    for (const { id: call, time, body, signature } of receiver.heard) {
      const signed = createHmac('sha256', secret).update(`${call}.${time}.${body}`).digest('base64')
      expect(signature).toBe(`v1,${signed}`)
    }
    expect(new Set(receiver.heard.map((one) => one.id)).size).toBe(2)
    const [summary] = (await admin('GET', `${own}/webhooks`)) as unknown as readonly Json[]
    expect(summary).toMatchObject({ name: 'Accounts', active: true, counts: { Delivered: 2 } })
  })

  it('long numbers are sent with every digit, and looked at so', async () => {
    const AnnualRevenue = '123456789012345678'
    await admin('POST', `${data}/sobjects/Account`, { Name: 'Rich', AnnualRevenue })
    await api.engine.webhooks.run()
    const exact = /"AnnualRevenue":123456789012345678[,}]/
    expect(receiver.heard.at(-1)?.body).toMatch(exact)
    const shown = await api.ask('GET', `${own}/webhook-deliveries?webhook=Accounts`, {
      as: 'admin',
    })
    expect(shown.text).toMatch(exact)
  })

  it('a call that is not taken is tried again later and later, and holds back later ones of its record alone', async () => {
    receiver.heard.length = 0
    receiver.status = 302
    const first = await admin('POST', `${data}/sobjects/Account`, { Name: 'First' })
    await admin('PATCH', `${data}/sobjects/Account/${String(first['id'])}`, { Name: 'First again' })
    await api.engine.webhooks.run()
    expect(names()).toEqual(['First'])
    receiver.status = 200
    await admin('POST', `${data}/sobjects/Account`, { Name: 'Other' })
    await api.engine.webhooks.run()
    expect(names()).toEqual(['First', 'Other'])
    api.clock.now += 6_000
    await api.engine.webhooks.run()
    expect(names()).toEqual(['First', 'Other', 'First', 'First again'])
    const again = receiver.heard.filter((_one, index) => [0, 2].includes(index))
    expect(new Set(again.map((one) => one.id)).size).toBe(1)
  })

  it('what is given up can be looked at and sent again', async () => {
    receiver.heard.length = 0
    receiver.status = 500
    await admin('POST', `${data}/sobjects/Account`, { Name: 'Lost' })
    for (let attempt = 0; attempt < 12; attempt++) {
      await api.engine.webhooks.run()
      api.clock.now += 6 * 60 * 60_000
    }
    await api.renewTokens()
    expect(receiver.heard).toHaveLength(12)
    const [dead] = await deliveries('webhook=Accounts&state=Dead')
    expect(dead).toMatchObject({ attempts: 12, answer: '500 heard', nextAt: null })
    receiver.status = 200
    await admin('POST', `${own}/webhook-deliveries/${String(dead?.['id'])}/resend`)
    await api.engine.webhooks.run()
    expect(await deliveries('state=Dead')).toEqual([])
    expect(receiver.heard).toHaveLength(13)
  })

  it('internal addresses are not called; nor is anybody without a secret, or one who may not look', async () => {
    receiver.heard.length = 0
    await declare('Inside', { object: 'Contact', events: ['create'], url: 'https://localhost/' })
    await declare('Unsigned', {
      object: 'Contact',
      events: ['create'],
      url: 'https://localhost/',
      secret: 'Unknown',
    })
    await api.engine.webhooks.run()
    await admin('POST', `${data}/sobjects/Contact`, { LastName: 'Somebody' })
    await api.engine.webhooks.run()
    expect((await deliveries('webhook=Inside'))[0]).toMatchObject({
      state: 'Waiting',
      answer: 'internal addresses are not called',
    })
    expect((await deliveries('webhook=Unsigned'))[0]?.['answer']).toMatch(/no secret Unknown/)
    for (const path of ['webhooks', 'webhook-deliveries'])
      expect((await api.ask('GET', `${own}/${path}`, { as: 'rep' })).status).toBe(403)
    const bad = { fullName: 'Bad', object: 'Account', events: ['create'], secret: 'Partner' }
    for (const url of ['ftp://example.com/', 'example.com'])
      expect(
        (
          await api.ask('PUT', `${own}/metadata/Webhook/Bad`, {
            as: 'admin',
            body: { ...bad, url },
          })
        ).status,
      ).toBe(400)
    expect(
      (await api.ask('POST', `${own}/webhook-deliveries/none/resend`, { as: 'admin' })).status,
    ).toBe(404)
  })
})
