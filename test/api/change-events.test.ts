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
})
