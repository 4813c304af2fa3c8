/** Push topics and streaming channels: who makes them, and what whom is told over the streaming API. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openApi, type Api, type Ask, type Json } from '../support/api.ts'
import { databases } from '../support/databases.ts'

const data = '/services/data/v60.0'
const own = '/services/fieldstone/v1'

const all = { allowRead: true, allowCreate: true, allowEdit: true, allowDelete: true }
const readOnly = { allowRead: true, allowCreate: false, allowEdit: false, allowDelete: false }

describe.each(databases)('streaming on $name', (database) => {
  let api: Api
  beforeAll(async () => {
    api = await openApi(database)
    await rightsOfRep({ channels: readOnly })
  })
  afterAll(() => api.close())

  const ask = async (method: string, path: string, body?: unknown, as: Ask['as'] = 'admin') =>
    api.ask(method, path.startsWith('/') ? path : `${data}/${path}`, { as, body })
  const save = async (...asked: Parameters<typeof ask>): Promise<string> => {
    const { status, json, text } = await ask(...asked)
    expect(status, text).toBeLessThan(300)
    return String(json?.['id'])
  }
  /** Accounts as ever, topics and channels as a test wants them. */
  async function rightsOfRep(given: { readonly channels: typeof all; readonly fields?: string[] }) {
    const { channels, fields = ['Account.Phone'] } = given
    await save('PUT', `${own}/metadata/PermissionSet/Rep?consent=true`, {
      ...{ fullName: 'Rep', label: 'Rep' },
      objectPermissions: [
        { object: 'Account', ...all },
        { object: 'PushTopic', ...all },
        { object: 'StreamingChannel', ...channels },
      ],
      fieldPermissions: fields.map((field) => ({ field, readable: true, editable: true })),
    })
  }
  const makeTopic = (Name: string, Query: string, more: object = {}): Promise<string> =>
    save('POST', 'sobjects/PushTopic', { Name, Query, ApiVersion: 60, ...more })

  const send = async (messages: readonly object[], as: Ask['as'] = 'admin') =>
    (await api.ask('POST', '/cometd/60.0', { as, body: messages })).json as unknown as Json[]
  const subscription = (clientId: string, name: string, from: number) => ({
    ...{ channel: '/meta/subscribe', clientId, subscription: name },
    ext: { replay: { [name]: from } },
  })
  /** A client that follows a channel; gives what has come since it was last asked. */
  const follow = async (name: string, as: Ask['as'] = 'admin', from = -1) => {
    const [shaken] = await send([{ channel: '/meta/handshake', version: '1.0' }], as)
    const clientId = String(shaken?.['clientId'])
    const [told] = await send([subscription(clientId, name, from)], as)
    const poll = async (timeout: number | undefined) => {
      const advice = timeout === undefined ? {} : { advice: { timeout } }
      const [, ...found] = await send([{ channel: '/meta/connect', clientId, ...advice }], as)
      return found.map((one) => one['data'] as Json)
    }
    return { clientId, told, news: () => poll(0), wait: () => poll(undefined) }
  }
  const brief = (found: readonly Json[]) =>
    found.map(({ event, sobject }) => [event?.['type'], sobject] as const)

  it('a topic is made by whoever may customise the application, of a query that can be followed', async () => {
    const attempt = async (body: object, as: Ask['as'] = 'admin') => {
      const given = { Name: 'Tried', ApiVersion: 60, Query: 'SELECT Id FROM Account', ...body }
      const { status, code, json } = await ask('POST', 'sobjects/PushTopic', given, as)
      return [status, code, json[0]?.['fields']]
    }
    const queries = {
      'SELECT Id FROM Account ORDER BY Name': 'MALFORMED_QUERY',
      'SELECT Id FROM Account LIMIT 5': 'MALFORMED_QUERY',
      'SELECT Id FROM Account WHERE Name != null FOR UPDATE': 'MALFORMED_QUERY',
      'SELECT Id FROM Account WITH SECURITY_ENFORCED': 'MALFORMED_QUERY',
      'SELECT Id FROM Account FOR VIEW': 'MALFORMED_QUERY',
      'SELECT Id FROM Account USING SCOPE mine': 'MALFORMED_QUERY',
      'SELECT COUNT() FROM Account': 'MALFORMED_QUERY',
      'SELECT Id, COUNT(Id) FROM Account GROUP BY Id': 'MALFORMED_QUERY',
      'SELECT Id, (SELECT Id FROM Contacts) FROM Account': 'MALFORMED_QUERY',
      'SELECT Id, Owner.Name FROM Account': 'MALFORMED_QUERY',
      'SELECT FIELDS(STANDARD) FROM Account': 'MALFORMED_QUERY',
      'SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact)': 'MALFORMED_QUERY',
      'SELECT Name FROM Account': 'MALFORMED_QUERY',
      'SELECT Id FROM': 'MALFORMED_QUERY',
      'SELECT Id FROM Account WHERE Name = :name': 'MALFORMED_QUERY',
      'SELECT Id, Nonsense FROM Account': 'INVALID_FIELD',
      'SELECT Id FROM Account WHERE Nonsense = 1': 'INVALID_FIELD',
      'SELECT Id FROM Nonsense': 'INVALID_TYPE',
      'SELECT Id, QualifiedApiName FROM EntityDefinition': 'INVALID_TYPE',
    }
    for (const [Query, code] of Object.entries(queries)) {
      expect([Query, ...(await attempt({ Query }))]).toEqual([Query, 400, code, ['Query']])
    }
    expect(await attempt({ Name: 'a b' })).toEqual([400, 'FIELD_INTEGRITY_EXCEPTION', ['Name']])
    const records = Array.from({ length: 101 }, (_one, index) => ({
      ...{ attributes: { type: 'PushTopic' }, Name: `Many_${index}`, ApiVersion: 60 },
      Query: 'SELECT Id FROM Account',
    }))
    const many = await ask('POST', 'composite/sobjects', { allOrNone: true, records })
    expect(many.text).toContain('LIMIT_EXCEEDED')
    expect(await attempt({}, 'rep')).toEqual([403, 'INSUFFICIENT_ACCESS_OR_READONLY', []])
    const id = await makeTopic('Once', "SELECT Id, Name FROM Account a WHERE a.Name = 'x'")
    expect(await attempt({ Name: 'Once' })).toEqual([400, 'DUPLICATE_VALUE', ['Name']])
    const foreign = [
      await ask('PATCH', `sobjects/PushTopic/${id}`, { IsActive: false }, 'rep'),
      await ask('DELETE', `sobjects/PushTopic/${id}`, undefined, 'rep'),
    ]
    for (const { code } of foreign) expect(code).toBe('INSUFFICIENT_ACCESS_OR_READONLY')
    const spoilt = await ask('PATCH', `sobjects/PushTopic/${id}`, { Query: 'SELECT Name' })
    expect(spoilt.code).toBe('MALFORMED_QUERY')
    const stored = await ask('GET', `sobjects/PushTopic/${id}?fields=NotifyForFields,IsActive`)
    expect(stored.json).toMatchObject({ NotifyForFields: 'Referenced', IsActive: true })
    await save('DELETE', `sobjects/PushTopic/${id}`)
  })

  it('changes of an object are written down while an active topic looks at it', async () => {
    const last = async () => (await api.engine.changeEvents.range()).last
    const id = await makeTopic('Reasons', 'SELECT Id, Name FROM Product2')
    const before = await last()
    await save('POST', 'sobjects/Contact', { LastName: 'Nobody looks' })
    expect(await last()).toBe(before)
    await save('POST', 'sobjects/Product2', { Name: 'Looked at' })
    expect(await last()).toBe(before + 1)
    await save('PATCH', `sobjects/PushTopic/${id}`, { IsActive: false })
    // What was added by hand is kept for a while: it might stand in a unit that is not committed.
    api.clock.now += 2 * 60_000
    await save('PATCH', `sobjects/PushTopic/${id}`, { Description: 'Off' })
    await vi.waitFor(async () => {
      const then = await last()
      await save('POST', 'sobjects/Product2', { Name: 'Looked at no more' })
      expect(await last()).toBe(then)
    })
  })

  it('tells what happened to records of the query, to fields that count, and again from a place', async () => {
    const topicId = await makeTopic(
      'Hot',
      "SELECT Id, Name, Phone FROM Account WHERE Rating = 'Hot' OR Rating = 'Warm'",
    )
    for (const fields of ['All', 'Select', 'Where']) {
      const Query = "SELECT Id, Name FROM Account WHERE Rating = 'Hot'"
      await makeTopic(`Hot_${fields}`, Query, {
        NotifyForFields: fields,
        ...{ NotifyForOperationCreate: false, NotifyForOperationUndelete: false },
        NotifyForOperationDelete: fields === 'All',
      })
    }
    const start = (await api.engine.changeEvents.range()).last
    const main = await follow('/topic/Hot')
    const others = [
      await follow('/topic/Hot_All'),
      await follow('/topic/Hot_Select'),
      await follow('/topic/Hot_Where'),
    ]
    expect(main.told).toMatchObject({ successful: true, subscription: '/topic/Hot' })
    const id = await save('POST', 'sobjects/Account', { Name: 'One', Rating: 'Hot' })
    await save('POST', 'sobjects/Account', { Name: 'Cold', Rating: 'Cold' })
    const sobject = { Id: id, Name: 'One', Phone: null }
    const [created, ...rest] = await main.news()
    expect([created, rest]).toEqual([
      {
        event: {
          createdDate: new Date(api.clock.now).toISOString(),
          replayId: start + 1,
          type: 'created',
        },
        sobject,
      },
      [],
    ])
    const change = async (body: object) => {
      await save('PATCH', `sobjects/Account/${id}`, body)
      const found = [main, ...others].map(async ({ news }) => brief(await news()))
      return Promise.all(found)
    }
    const short = { Id: id, Name: 'One' }
    expect(await change({ Phone: '1' })).toEqual([
      [['updated', { ...sobject, Phone: '1' }]],
      [['updated', short]],
      [],
      [],
    ])
    expect(await change({ Website: 'x.test' })).toEqual([[], [['updated', short]], [], []])
    expect(await change({ Name: 'Uno' })).toEqual([
      [['updated', { Id: id, Name: 'Uno', Phone: '1' }]],
      [['updated', { Id: id, Name: 'Uno' }]],
      [['updated', { Id: id, Name: 'Uno' }]],
      [],
    ])
    await change({ Rating: 'Warm' })
    expect(await change({ Rating: 'Hot' })).toMatchObject([
      [['updated', {}]],
      [['updated', {}]],
      [],
      [['updated', {}]],
    ])
    await save('DELETE', `sobjects/Account/${id}`)
    expect(
      await Promise.all([main, ...others].map(async ({ news }) => brief(await news()))),
    ).toEqual([[['deleted', { Id: id }]], [['deleted', { Id: id }]], [], []])
    await ask('POST', `${own}/recycle-bin/${id}/undelete`)
    expect(brief(await main.news())).toEqual([['undeleted', { Id: id, Name: 'Uno', Phone: '1' }]])
    const again = brief(await (await follow('/topic/Hot', 'admin', start)).news())
    const types = ['created', 'updated', 'updated', 'updated', 'updated', 'deleted', 'undeleted']
    expect(again.map(([type]) => type)).toEqual(types)
    const everything = brief(await (await follow('/topic/Hot', 'admin', -2)).news())
    expect(everything).toEqual(again)
    await save('PATCH', `sobjects/PushTopic/${topicId}`, { IsActive: false })
    await vi.waitFor(() => expect(api.engine.pushTopics.get(topicId)).toBeUndefined())
    await save('PATCH', `sobjects/Account/${id}`, { Name: 'Unheard' })
    expect(await main.news()).toEqual([])
    expect((await follow('/topic/Hot')).told).toMatchObject({ successful: false })
    const [left] = others
    const channel = '/meta/unsubscribe'
    const leaving = { channel, clientId: left?.clientId, subscription: '/topic/Hot_All' }
    await send([leaving])
    await save('PATCH', `sobjects/Account/${id}`, { Name: 'Unheard too' })
    expect(await left?.news()).toEqual([])
  })

  it('numbers are the ones of the REST API, digit by digit', async () => {
    await makeTopic('Rich', "SELECT Id, Phone, AnnualRevenue FROM Account WHERE Name = 'Rich'")
    const { clientId } = await follow('/topic/Rich')
    const AnnualRevenue = '123456789012345678'
    const Phone = '12345678901234567'
    const id = await save('POST', 'sobjects/Account', { Name: 'Rich', Phone, AnnualRevenue })
    const poll = [{ channel: '/meta/connect', clientId, advice: { timeout: 0 } }]
    const told = await api.ask('POST', '/cometd/60.0', { as: 'admin', body: poll })
    const read = await ask('GET', `sobjects/Account/${id}?fields=AnnualRevenue`)
    for (const { text } of [told, read])
      expect(text).toMatch(/"AnnualRevenue":123456789012345678[,}]/)
    expect(told.text).toContain(`"Phone":"${Phone}"`)
  })

  it('what an active topic follows is not taken away without a word', async () => {
    const metadata = `${own}/metadata`
    const field = (name: string, more: object) =>
      save('PUT', `${metadata}/CustomField/Account.${name}`, { label: name, ...more })
    await field('Followed__c', { type: 'Text', length: 40 })
    await field('Told__c', { type: 'Number', precision: 5, scale: 0 })
    const sale = { label: 'Sale', pluralLabel: 'Sales', nameField: { label: 'Name', type: 'Text' } }
    await save('PUT', `${metadata}/CustomObject/Sale__c`, { sharingModel: 'ReadWrite', ...sale })
    const query = "SELECT Id, told__c FROM Account WHERE Followed__c = 'x'"
    const id = await makeTopic('Follows', query)
    const ofSales = await makeTopic('Of_sales', 'SELECT Id, Name FROM Sale__c')
    const plan = async (...changes: object[]) =>
      (await ask('POST', `${own}/plans`, { changes })).json
    const remove = (fullName: string, type = 'CustomField') => ({ type, fullName, delete: true })
    for (const name of ['Followed__c', 'Told__c']) {
      expect(await plan(remove(`Account.${name}`))).toMatchObject({
        applicable: false,
        problems: [
          {
            component: `Account.${name}`,
            reason: `Account.${name} cannot be removed: it is used in 1 place.`,
            references: ['PushTopic Follows follows it'],
          },
        ],
      })
    }
    expect(await plan(remove('Sale__c', 'CustomObject'))).toMatchObject({
      problems: [{ component: 'Sale__c', references: ['PushTopic Of_sales follows it'] }],
    })
    // No condition compares long texts.
    const long = { label: 'Long', type: 'LongTextArea', length: 1000, visibleLines: 3 }
    const widened = { type: 'CustomField', fullName: 'Account.Followed__c', body: long }
    expect(await plan(widened)).toMatchObject({
      problems: [
        { component: 'PushTopic.Follows', reason: expect.stringContaining('Followed__c') },
      ],
    })
    const usage = await ask('GET', `${own}/usage/Account`)
    expect(usage.json['fields']?.['Told__c']?.['usedBy']).toContain('PushTopic Follows follows it')
    // Whoever removes a field by name is told the same, and nothing happens.
    const refused = await ask('DELETE', `${metadata}/CustomField/Account.Followed__c?consent=true`)
    expect([refused.status, refused.text]).toEqual([
      400,
      expect.stringContaining('PushTopic Follows follows it'),
    ])
    // A field that is renamed answers to its former name too: nothing falls silent.
    const { news } = await follow('/topic/Follows')
    const renamed = { type: 'CustomField', fullName: 'Account.Followed__c', renameTo: 'Kept__c' }
    const { id: planId } = await plan(renamed)
    await save('POST', `${own}/plans/${String(planId)}/apply`, {})
    await save('POST', 'sobjects/Account', { Name: 'Renamed', Kept__c: 'x' })
    expect(await news()).toHaveLength(1)
    expect((await plan(remove('Account.Kept__c')))['problems']).toHaveLength(1)
    await save('PATCH', `sobjects/PushTopic/${id}`, { IsActive: false })
    await save('DELETE', `sobjects/PushTopic/${ofSales}`)
    expect(await plan(remove('Account.Kept__c'), remove('Sale__c', 'CustomObject'))).toMatchObject({
      applicable: true,
    })
  })

  it('a batch is read at once, however many records it has', async () => {
    await makeTopic('Many', "SELECT Id, Name FROM Account WHERE Name LIKE 'Many%'")
    const main = await follow('/topic/Many')
    const names = Array.from({ length: 150 }, (_one, index) => `Many ${index}`)
    const records = names.map((Name) => ({ attributes: { type: 'Account' }, Name }))
    await save('POST', 'composite/sobjects', { allOrNone: true, records })
    const { storage } = api.engine
    const reads = vi.spyOn(storage, 'read')
    const found = await main.news()
    const count = reads.mock.calls.length
    reads.mockRestore()
    expect(found.map(({ sobject }) => sobject?.['Name'])).toEqual(names)
    expect(count).toBeLessThan(12)
  })

  it('nobody learns of records and fields that he may not see, and rights hold with the next message', async () => {
    const sharing = { sharingModel: 'Private', externalSharingModel: 'Private' }
    await save('PATCH', `${own}/metadata/CustomObject/Account?consent=true`, sharing)
    await makeTopic('Secret', 'SELECT Id, Name, Rating FROM Account')
    await makeTopic('Chosen', "SELECT Id FROM Account WHERE Rating = 'Hot'")
    const [admin, rep] = [await follow('/topic/Secret'), await follow('/topic/Secret', 'rep')]
    const chosen = await follow('/topic/Chosen', 'rep')
    const theirs = await save('POST', 'sobjects/Account', { Name: 'Theirs', Rating: 'Hot' })
    const Name = 'His'
    const his = await save('POST', 'sobjects/Account', { Name }, 'rep')
    await save('PATCH', `sobjects/Account/${his}`, { Rating: 'Hot' })
    expect(brief(await rep.news())).toEqual([['created', { Id: his, Name }]])
    expect(brief(await admin.news())).toEqual([
      ['created', { Id: theirs, Name: 'Theirs', Rating: 'Hot' }],
      ['created', { Id: his, Name, Rating: 'Hot' }],
      ['updated', { Id: his, Name, Rating: 'Hot' }],
    ])
    expect(await chosen.news()).toEqual([])
    await save('DELETE', `sobjects/Account/${theirs}`)
    expect(await rep.news()).toEqual([])
    // He waits while his rights change: the message has what he may see when it comes.
    const waiting = rep.wait()
    const fields = ['Account.Phone', 'Account.Rating']
    await rightsOfRep({ channels: readOnly, fields })
    await save('PATCH', `sobjects/Account/${his}`, { Rating: 'Warm' })
    expect(brief(await waiting)).toEqual([['updated', { Id: his, Name, Rating: 'Warm' }]])
    await rightsOfRep({ channels: readOnly })
    await save('PATCH', `sobjects/Account/${his}`, { Name: 'Hers', Rating: 'Hot' })
    expect(brief(await rep.news())).toEqual([['updated', { Id: his, Name: 'Hers' }]])
    await save('DELETE', `sobjects/Account/${his}`)
    expect(brief(await rep.news())).toEqual([['deleted', { Id: his }]])
    await makeTopic('Unseen', 'SELECT Id FROM Product2')
    const refused = [await follow('/topic/Unseen', 'rep'), await follow('/topic/Nope', 'rep')]
    expect(refused.map(({ told }) => String(told?.['error']).slice(0, 4))).toEqual(['404:', '404:'])
  })

  describe('over channels of programs', () => {
    const pushTo = (id: string, pushEvents: unknown, as: Ask['as'] = 'admin') =>
      ask('POST', `sobjects/StreamingChannel/${id}/push`, { pushEvents }, as)

    it('what is pushed comes to whoever listens, or to those who are named', async () => {
      for (const Name of ['u/x', '/x/u', '/u/', '/u/a b', '/u/x/']) {
        const { code, json } = await ask('POST', 'sobjects/StreamingChannel', { Name })
        expect([Name, code, json[0]?.['fields']]).toEqual([
          Name,
          'FIELD_INTEGRITY_EXCEPTION',
          ['Name'],
        ])
      }
      const Name = '/u/notes/Depot'
      const id = await save('POST', 'sobjects/StreamingChannel', { Name })
      const twice = await ask('POST', 'sobjects/StreamingChannel', { Name })
      expect(twice.code).toBe('DUPLICATE_VALUE')
      const start = (await api.engine.changeEvents.range()).last
      const [admin, rep] = [await follow(Name), await follow(Name, 'rep')]
      const userIds = [api.repId.slice(0, 15), '005000000000001AAA']
      const pushed = await pushTo(id, [
        { payload: 'for all', userIds: [] },
        { payload: 'for one', userIds },
        { payload: 'for all too' },
      ])
      expect([pushed.status, pushed.json]).toEqual([
        200,
        [
          { fanoutCount: -1, userOnlineStatus: {} },
          { fanoutCount: 1, userOnlineStatus: { [api.repId]: true, '005000000000001AAA': false } },
          { fanoutCount: -1, userOnlineStatus: {} },
        ],
      ])
      const createdDate = new Date(api.clock.now).toISOString()
      const heard = await rep.news()
      expect(heard).toEqual([
        { event: { createdDate, replayId: start + 1 }, payload: 'for all' },
        { event: { createdDate, replayId: start + 2 }, payload: 'for one' },
        { event: { createdDate, replayId: start + 3 }, payload: 'for all too' },
      ])
      expect(await admin.news()).toEqual([heard[0], heard[2]])
      expect(await (await follow(Name, 'rep', start)).news()).toEqual(heard)
      const changes = await ask('GET', `${own}/change-events?after=${start}`)
      expect(changes.json['events']).toEqual([])
    })

    it('what is pushed twice under one key is sent once; what is rolled back is not sent', async () => {
      const Name = '/u/units'
      const id = await save('POST', 'sobjects/StreamingChannel', { Name })
      const listener = await follow(Name)
      const path = `${data}/sobjects/StreamingChannel/${id}/push`
      const body = (payload: string) => ({ pushEvents: [{ payload }] })
      const headers = { 'idempotency-key': 'push-1' }
      const once = { as: 'admin', body: body('once'), headers } as const
      const answers = [await api.ask('POST', path, once), await api.ask('POST', path, once)]
      const answer = [{ fanoutCount: -1, userOnlineStatus: {} }]
      expect(answers.map(({ json }) => json)).toEqual([answer, answer])
      const push = (payload: string) => ({
        ...{ method: 'POST', url: path, referenceId: 'push', body: body(payload) },
      })
      const wrong = { method: 'GET', url: `${data}/sobjects/Nope`, referenceId: 'wrong' }
      for (const compositeRequest of [[push('kept')], [push('undone'), wrong]]) {
        await save('POST', 'composite', { allOrNone: true, compositeRequest })
      }
      expect((await listener.news()).map(({ payload }) => payload)).toEqual(['once', 'kept'])
    })

    it('whoever may not create or edit channels pushes nothing; what is too large is refused', async () => {
      const id = await save('POST', 'sobjects/StreamingChannel', { Name: '/u/strict' })
      const event = { payload: 'x' }
      const outcomes = [
        await pushTo(id, [event], 'rep'),
        await pushTo('0M6000000000001AAA', [event], 'rep'),
        await pushTo(id, [event], 'nobody'),
        await pushTo(id, 'x'),
        await pushTo(id, []),
        await pushTo(id, [{ payload: 5 }]),
        await pushTo(id, [{ payload: 'x'.repeat(3_001) }]),
        await pushTo(id, [{ payload: 'x', userIds: ['x'] }]),
        await pushTo(
          id,
          Array.from({ length: 201 }, () => ({ payload: 'x' })),
        ),
      ]
      expect(outcomes.map(({ status, code }) => `${status} ${code}`)).toEqual([
        '403 INSUFFICIENT_ACCESS_OR_READONLY',
        '404 NOT_FOUND',
        '401 INVALID_SESSION_ID',
        ...Array(6).fill('400 INVALID_ARGUMENT'),
      ])
      await rightsOfRep({ channels: { ...readOnly, allowEdit: true } })
      expect((await pushTo(id, [event], 'rep')).status).toBe(200)
      const rep = await follow('/u/strict', 'rep')
      await rightsOfRep({ channels: { ...readOnly, allowRead: false } })
      await pushTo(id, [event])
      expect(await rep.news()).toEqual([])
      expect((await follow('/u/strict', 'rep')).told).toMatchObject({ successful: false })
      expect((await pushTo(id, [event], 'rep')).status).toBe(404)
    })
  })
})
