/** Change events: written with the save, in the order of commits, and read with the reader's own rights. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openApi, type Api, type Ask, type Json } from '../support/api.ts'
import { databases } from '../support/databases.ts'

const data = '/services/data/v60.0'
const own = '/services/fieldstone/v1'

describe.each(databases)('change events on $name', (database) => {
  let api: Api
  beforeAll(async () => {
    api = await openApi(database)
    const { status, text } = await api.ask('PATCH', `${own}/metadata/CustomObject/Account`, {
      as: 'admin',
      body: { enableChangeDataCapture: true },
    })
    expect(status, text).toBe(200)
  })
  afterAll(() => api.close())

  const save = async (method: string, path: string, body?: unknown): Promise<string> => {
    const { status, json, text } = await api.ask(method, `${data}/${path}`, { as: 'admin', body })
    expect(status, text).toBeLessThan(300)
    return String(json['id'])
  }
  const read = async (query: string, as: Ask['as'] = 'admin') => {
    const { status, json, text } = await api.ask('GET', `${own}/change-events?${query}`, { as })
    expect(status, text).toBe(200)
    return { events: json['events'] as unknown as Json[], next: Number(json['next']) }
  }
  const tip = async (): Promise<number> => (await read('after=-1')).next
  const told = (events: readonly Json[]) =>
    events.map(({ payload }) => {
      const { ChangeEventHeader: header, ...values } = payload as unknown as Record<string, Json>
      return [header?.['changeType'], header?.['changedFields'], values] as const
    })

  it('have every digit of long numbers, and texts of digits as texts', async () => {
    const after = await tip()
    const digits = '12345678901234567'
    const id = await save('POST', 'sobjects/Account', { Name: 'Rich', Phone: digits })
    await save('PATCH', `sobjects/Account/${id}`, { AnnualRevenue: '123456789012345678' })
    const path = `${own}/change-events?after=${after}`
    const { text } = await api.ask('GET', path, { as: 'admin' })
    expect(text).toMatch(/"AnnualRevenue":123456789012345678[,}]/)
    expect(text).toContain(`"Phone":"${digits}"`)
  })

  it('tell of every change of a record what it brought, in order; refused and other saves tell nothing', async () => {
    const after = await tip()
    const id = await save('POST', 'sobjects/Account', { Name: 'One', Phone: '1' })
    api.clock.now += 1_000
    await save('PATCH', `sobjects/Account/${id}`, { Name: 'One', Rating: 'Hot' })
    await save('PATCH', `sobjects/Account/${id}`, { Rating: null })
    await save('PATCH', `sobjects/Account/${id}`, { Name: 'One' })
    await save('POST', 'sobjects/Contact', { LastName: 'Nobody listens' })
    await api.ask('POST', `${data}/sobjects/Account`, { as: 'admin', body: { Rating: 'Hot' } })
    await save('DELETE', `sobjects/Account/${id}`)
    await api.ask('POST', `${own}/recycle-bin/${id}/undelete`, { as: 'admin' })
    const { events, next } = await read(`after=${after}`)
    expect(told(events)).toEqual([
      [
        'CREATE',
        [],
        expect.objectContaining({ Name: 'One', Phone: '1', IsActive: expect.anything() }),
      ],
      [
        'UPDATE',
        expect.arrayContaining(['Rating', 'LastModifiedDate']),
        expect.objectContaining({ Rating: 'Hot' }),
      ],
      ['UPDATE', expect.arrayContaining(['Rating']), expect.objectContaining({ Rating: null })],
      ['DELETE', [], {}],
      ['UNDELETE', [], expect.objectContaining({ Name: 'One' })],
    ])
    expect(told(events)[1]?.[2]).not.toHaveProperty('Name')
    const header = events[0]?.['payload']?.['ChangeEventHeader']
    expect(header).toMatchObject({
      entityName: 'Account',
      recordIds: [id],
      commitUser: expect.stringMatching(/^005/),
    })
    expect(events.map(({ replayId }) => Number(replayId))).toEqual(
      events.map((_event, index) => after + 1 + index),
    )
    expect((await read(`after=${next}`)).events).toEqual([])
    expect((await read(`after=${after}&objects=Contact`)).events).toEqual([])
  })

  it('one unit of work is one transaction key, and what is rolled back was never told', async () => {
    const after = await tip()
    const records = ['A', 'B'].map((Name) => ({ attributes: { type: 'Account' }, Name }))
    await save('POST', 'composite/sobjects', { allOrNone: true, records })
    const bad = { attributes: { type: 'Account' }, Name: 'C', ParentId: '001000000000001AAA' }
    const undone = { allOrNone: true, records: [...records, bad] }
    await api.ask('POST', `${data}/composite/sobjects`, { as: 'admin', body: undone })
    const { events } = await read(`after=${after}`)
    const headers = events.map(({ payload }) => (payload as Json)['ChangeEventHeader'] as Json)
    expect(headers.map((one) => one['sequenceNumber'])).toEqual([1, 2])
    expect(new Set(headers.map((one) => one['transactionKey'])).size).toBe(1)
    expect(new Set(headers.map((one) => one['commitNumber'])).size).toBe(1)
  })

  it('hidden fields never leave, nor does an update of hidden fields alone', async () => {
    const after = await tip()
    const id = await save('POST', 'sobjects/Account', { Name: 'Seen', Phone: '7', Rating: 'Hot' })
    await save('PATCH', `sobjects/Account/${id}`, { Rating: 'Cold' })
    await save('PATCH', `sobjects/Account/${id}`, { Rating: 'Warm', Phone: '8' })
    const { events } = await read(`after=${after}`, 'rep')
    expect(JSON.stringify(events)).not.toMatch(/Rating|Hot|Cold|Warm/)
    expect(told(events).map(([type, fields]) => [type, fields])).toEqual([
      ['CREATE', []],
      ['UPDATE', expect.arrayContaining(['Phone'])],
    ])
    const hidden = await api.ask('GET', `${own}/change-events?objects=Contact`, { as: 'rep' })
    const missing = await api.ask('GET', `${own}/change-events?objects=Nothing`, { as: 'rep' })
    expect([hidden.status, hidden.code]).toEqual([missing.status, missing.code])
    expect((await api.ask('GET', `${own}/change-events`)).status).toBe(401)
  })

  it('a reader who waits is told at the commit; one who comes too late is told that, too', async () => {
    const after = await tip()
    const waiting = read(`after=${after}&wait=20`)
    const id = await save('POST', 'sobjects/Account', { Name: 'Awaited' })
    const { events } = await waiting
    expect(JSON.stringify(events)).toContain(id)
    api.clock.now += 4 * 24 * 60 * 60_000
    await api.engine.changeEvents.removeOld()
    await api.renewTokens()
    const late = await api.ask('GET', `${own}/change-events?after=1`, { as: 'admin' })
    expect([late.status, late.json[0]?.['message']]).toEqual([
      400,
      expect.stringMatching(/^Events after 1 are no longer kept/),
    ])
    expect((await read('after=-2')).events).toEqual([])
    for (const query of ['after=x', 'after=-3', 'wait=1.5', 'after=99999999999999999999'])
      expect((await api.ask('GET', `${own}/change-events?${query}`, { as: 'admin' })).status).toBe(
        400,
      )
  })

  describe('over the streaming API', () => {
    const channel = '/data/AccountChangeEvent'
    const send = async (messages: readonly object[], as: Ask['as'] = 'admin') =>
      (await api.ask('POST', '/cometd/60.0', { as, body: messages })).json
    const shake = async (as: Ask['as'] = 'admin'): Promise<string> => {
      const [told] = await send([{ channel: '/meta/handshake', version: '1.0', id: '1' }], as)
      expect(told).toMatchObject({ successful: true, id: '1', ext: { replay: true } })
      return String(told?.['clientId'])
    }
    const subscribe = (clientId: string, subscription: string, from = -1) => ({
      ...{ channel: '/meta/subscribe', clientId, subscription },
      ext: { replay: { [subscription]: from } },
    })
    const poll = (clientId: string, timeout?: number) => ({
      ...{ channel: '/meta/connect', clientId, connectionType: 'long-polling' },
      ...(timeout === undefined ? {} : { advice: { timeout } }),
    })

    it('what is committed comes to whoever waits, and again from a place', async () => {
      const clientId = await shake()
      const before = await tip()
      expect(await send([subscribe(clientId, channel), poll(clientId, 0)])).toMatchObject([
        { successful: true, subscription: channel },
        { channel: '/meta/connect', successful: true },
      ])
      const waiting = send([poll(clientId)])
      await save('POST', 'sobjects/Account', { Name: 'Live' })
      const [told, event, ...rest] = (await waiting) as unknown as Json[]
      expect([told?.['successful'], rest]).toEqual([true, []])
      expect(event).toMatchObject({ channel, data: { payload: { Name: 'Live' } } })
      // All that came since a place that is known; another channel has all objects.
      const again = await shake()
      const answers = await send([
        subscribe(again, '/data/ChangeEvents', before),
        poll(again, 0),
        { channel: '/meta/unsubscribe', clientId: again, subscription: '/data/ChangeEvents' },
        { channel: '/meta/disconnect', clientId: again },
        poll(again, 0),
      ])
      expect(answers).toMatchObject([
        { successful: true },
        { successful: true },
        { channel: '/data/ChangeEvents', data: { payload: { Name: 'Live' } } },
        { successful: true },
        { successful: true },
        { successful: false, error: '403::Unknown client', advice: { reconnect: 'handshake' } },
      ])
    })

    it('nobody hears of what he may not see, or through the client of somebody else', async () => {
      const [admin, rep] = [await shake(), await shake('rep')]
      expect(await send([subscribe(rep, channel, -2), poll(rep, 0)], 'rep')).toMatchObject([
        { successful: true },
        { successful: true },
        ...(await rowsOfRep()),
      ])
      const foreign = await send([poll(admin, 0), subscribe(admin, channel)], 'rep')
      expect(foreign.map((one) => String(one['error']))).toEqual([
        '403::Unknown client',
        '403::Unknown client',
      ])
      const stranger = await send([{ channel: '/meta/handshake' }], 'nobody')
      expect(stranger).toMatchObject([{ successful: false, advice: { reconnect: 'none' } }])
      const channels = ['/data/ContactChangeEvent', '/data/NopeChangeEvent', '/topic/x', '', '/**']
      const refused = await send(
        channels.map((name) => subscribe(rep, name)),
        'rep',
      )
      expect(refused.map((one) => String(one['error']).slice(0, 4))).toEqual(
        channels.map(() => '404:'),
      )
      const wrong = [subscribe(rep, channel, -3), subscribe(rep, channel, 1e15)]
      const odd = [{}, { channel: '/meta/connect' }, { channel: '__proto__', clientId: rep }]
      const told = await send([...wrong, ...odd, { channel: ['a'], id: {} }], 'rep')
      expect(told.map((one) => one['successful'])).toEqual(Array(6).fill(false))
      for (const body of ['[]', '[[]]', '"x"', '{', `[${'{},'.repeat(100)}{}]`]) {
        const { status } = await api.ask('POST', '/cometd/60.0', { as: 'rep', body })
        expect([body.slice(0, 9), status]).toEqual([body.slice(0, 9), 400])
      }
      expect((await api.ask('POST', '/cometd/999.0', { as: 'rep', body: [{}] })).status).toBe(404)
    })

    /** What the other way of following changes gives to the same person. */
    async function rowsOfRep(): Promise<readonly object[]> {
      const { events } = await read('after=-2', 'rep')
      return events.map(({ replayId, payload }) => ({
        ...{ channel, data: { event: { replayId }, payload } },
      }))
    }
  })
})
