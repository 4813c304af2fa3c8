/** Several requests in one: references between steps, units of all or none, graphs, batches and trees. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openApi, type Api, type Ask, type Json } from '../support/api.ts'
import { databases } from '../support/databases.ts'

const data = '/services/data/v60.0'
const missingId = '001000000000001AAA'

interface Step {
  readonly method: string
  readonly url: string
  readonly referenceId: string
  readonly body?: unknown
  readonly httpHeaders?: unknown
}

describe.each(databases)('composite on $name', (database) => {
  let api: Api
  beforeAll(async () => {
    api = await openApi(database)
  })
  afterAll(() => api.close())

  const admin = (method: string, path: string, ask: Ask = {}) =>
    api.ask(method, `${data}/${path}`, { as: 'admin', ...ask })
  const send = async (compositeRequest: readonly Step[], allOrNone = false) => {
    const { status, json, text } = await admin('POST', 'composite', {
      body: { allOrNone, compositeRequest },
    })
    expect(status, text).toBe(200)
    return json['compositeResponse'] as unknown as Json[]
  }
  const statuses = (steps: readonly Json[]) => steps.map((step) => step['httpStatusCode'])
  const post = (referenceId: string, object: string, body: unknown): Step => ({
    method: 'POST',
    url: `${data}/sobjects/${object}`,
    referenceId,
    body,
  })
  const get = (referenceId: string, url: string): Step => ({
    method: 'GET',
    url: `${data}/${url}`,
    referenceId,
  })
  const count = async (object: string, where: string): Promise<unknown> => {
    const soql = encodeURIComponent(`SELECT COUNT() FROM ${object} WHERE ${where}`)
    return (await admin('GET', `query?q=${soql}`)).json['totalSize']
  }
  const accountWithContact = (name: string, lastName: string | null): readonly Step[] => [
    post('account', 'Account', { Name: name }),
    post('contact', 'Contact', { LastName: lastName, AccountId: '@{account.id}' }),
    get('found', "query?q=SELECT Id, Account.Name FROM Contact WHERE Id = '@{contact.id}'"),
    get('again', 'sobjects/Account/@{found.records[0].Id}?fields=Name'),
  ]

  it.each([false, true])('steps use what earlier ones answered (all or none: %s)', async (all) => {
    const steps = accountWithContact('Referred', 'Referred').slice(0, 3)
    const [account, contact, found] = await send(
      [...steps, get('read', 'sobjects/Account/@{account.id}?fields=Name')],
      all,
    )
    expect(account).toMatchObject({
      httpStatusCode: 201,
      referenceId: 'account',
      body: { success: true },
      httpHeaders: { Location: `${data}/sobjects/Account/${account?.['body']?.['id']}` },
    })
    expect(found?.['body']?.['records']).toMatchObject([
      { Id: contact?.['body']?.['id'], Account: { Name: 'Referred' } },
    ])
  })

  it('without all or none a failed step takes along those that need it, and no other', async () => {
    const steps = [
      ...accountWithContact('Stays', null),
      post('other', 'Account', { Name: 'Stays too' }),
    ]
    const done = await send(steps)
    expect(statuses(done)).toEqual([201, 400, 400, 400, 201])
    expect(done[2]?.['body']?.[0]?.['errorCode']).toBe('PROCESSING_HALTED')
    expect(await count('Account', "Name IN ('Stays', 'Stays too')")).toBe(2)
  })

  it('with all or none a failure at any step takes back every other', async () => {
    const steps = [
      post('one', 'Account', { Name: 'Undone' }),
      {
        ...post('two', 'Account', { Name: 'Undone, too' }),
        method: 'PATCH',
        url: `${data}/sobjects/Account/@{one.id}`,
      },
      post('three', 'Contact', { LastName: 'Undone', AccountId: missingId }),
      post('four', 'Account', { Name: 'Undone' }),
    ]
    const done = await send(steps, true)
    expect(done.map((step) => step['body']?.[0]?.['errorCode'])).toEqual([
      'PROCESSING_HALTED',
      'PROCESSING_HALTED',
      'INVALID_CROSS_REFERENCE_KEY',
      'PROCESSING_HALTED',
    ])
    expect(await count('Account', "Name LIKE 'Undone%'")).toBe(0)
  })

  it('creates, changes, links and deletes in one unit of work', async () => {
    const done = await send(
      [
        post('account', 'Account', { Name: 'Unit' }),
        {
          method: 'PATCH',
          url: `${data}/sobjects/Account/@{account.id}`,
          referenceId: 'changed',
          body: { Name: 'Unit 2' },
        },
        {
          method: 'PATCH',
          url: `${data}/sobjects/CollectionPlanReason/Code/UNIT`,
          referenceId: 'keyed',
          body: { Name: '@{account.id} by key' },
        },
        {
          method: 'POST',
          url: `${data}/composite/sobjects`,
          referenceId: 'many',
          body: {
            records: [
              { attributes: { type: 'Contact' }, LastName: 'Unit', AccountId: '@{account.id}' },
            ],
          },
        },
        get('contacts', "query?q=SELECT+Id+FROM+Contact+WHERE+AccountId='@{account.id}'"),
        { method: 'DELETE', url: `${data}/sobjects/Contact/@{many[0].id}`, referenceId: 'gone' },
        { method: 'DELETE', url: `${data}/sobjects/Account/@{account.id}`, referenceId: 'all' },
      ],
      true,
    )
    expect(statuses(done)).toEqual([201, 204, 201, 200, 200, 204, 204])
    expect(done[4]?.['body']?.['totalSize']).toBe(1)
    expect(await count('Account', "Name LIKE 'Unit%'")).toBe(0)
    expect(await count('CollectionPlanReason', "Name LIKE '% by key'")).toBe(1)
  })

  it('units of many callers at once, each reading while it writes, do not lock each other out', async () => {
    const one = (index: number) =>
      send(accountWithContact(`Crowd ${index}`, `Crowd ${index}`).slice(0, 3), true)
    const [plain, ...crowd] = await Promise.all([
      admin('GET', 'query?q=SELECT+Id+FROM+Account+LIMIT+1'),
      ...Array.from({ length: 12 }, (_, index) => one(index)),
    ])
    expect(plain.status).toBe(200)
    expect(crowd.map(statuses)).toEqual(crowd.map(() => [201, 201, 200]))
  })

  it('changes of one record in two units at once are both kept', async () => {
    const [made] = await send([post('made', 'Account', { Name: 'Both' })])
    const url = `${data}/sobjects/Account/${made?.['body']?.['id']}`
    const change = (body: unknown) =>
      send(
        [
          { method: 'PATCH', url, referenceId: 'a', body },
          { method: 'PATCH', url, referenceId: 'b', body },
        ],
        true,
      )
    const all = await Promise.all([
      change({ Phone: '1' }),
      change({ Site: '2' }),
      change({ Name: 'B' }),
    ])
    expect(all.map(statuses)).toEqual([
      [204, 204],
      [204, 204],
      [204, 204],
    ])
    const read = await api.ask('GET', `${url}?fields=Phone,Site,Name`, { as: 'admin' })
    expect(read.json).toMatchObject({ Phone: '1', Site: '2', Name: 'B' })
    expect(read.headers.get('etag')).toBe('"7"')
  })

  it.each<readonly [string, unknown, string]>([
    ['no list', {}, 'JSON_PARSER_ERROR'],
    ['a step that is no object', { compositeRequest: [1] }, 'JSON_PARSER_ERROR'],
    [
      'a reference given twice',
      { compositeRequest: [get('a', 'limits'), get('a', 'limits')] },
      'INVALID_ARGUMENT',
    ],
    [
      'no reference',
      { compositeRequest: [{ method: 'GET', url: `${data}/limits` }] },
      'INVALID_ARGUMENT',
    ],
    [
      'an address outside',
      { compositeRequest: [{ method: 'GET', url: '/healthz', referenceId: 'a' }] },
      'JSON_PARSER_ERROR',
    ],
    [
      'too many steps',
      { compositeRequest: Array.from({ length: 26 }, (_, i) => get(`a${i}`, 'limits')) },
      'LIMIT_EXCEEDED',
    ],
    [
      'a broken header',
      { compositeRequest: [{ ...get('a', 'limits'), httpHeaders: { 'If-Match': '1\r\nx: y' } }] },
      'JSON_PARSER_ERROR',
    ],
  ])('refuses %s', async (_name, body, code) => {
    const answer = await admin('POST', 'composite', { body })
    expect([answer.status, answer.code]).toEqual([400, code])
  })

  it('a step asks no more than its caller may, and reaches no other resource', async () => {
    const steps = [
      get('hidden', 'sobjects/Contact/describe'),
      get('nothing', 'nothing'),
      {
        method: 'POST',
        url: `${data}/sobjects/User/${api.repId}/password`,
        referenceId: 'word',
        body: { NewPassword: 'x' },
      },
      {
        method: 'POST',
        url: `${data}/composite`,
        referenceId: 'inner',
        body: { compositeRequest: [] },
      },
    ]
    const asRep = await admin('POST', 'composite', { as: 'rep', body: { compositeRequest: steps } })
    const done = asRep.json['compositeResponse'] as unknown as Json[]
    expect(statuses(done)).toEqual([404, 404, 404, 404])
  })

  it('references take single values, and no more of them than a body may hold', async () => {
    const long = post('long', 'Account', { Name: 'Long', Description: 'x'.repeat(30_000) })
    const read = get('read', 'sobjects/Account/@{long.id}?fields=Description')
    const many = Array.from({ length: 250 }, () => '@{read.Description}')
    const done = await send([
      long,
      read,
      post('whole', 'Account', { Name: '@{read}' }),
      post('bomb', 'Account', { Name: 'x', Description: many.join('') }),
    ])
    expect(statuses(done)).toEqual([201, 200, 400, 400])
    expect(done.slice(2).map((step) => step['body']?.[0]?.['errorCode'])).toEqual([
      'PROCESSING_HALTED',
      'LIMIT_EXCEEDED',
    ])
  })

  it('a graph fails alone; its steps are answered as rolled back', async () => {
    const graph = (graphId: string, lastName: string | null) => ({
      graphId,
      compositeRequest: accountWithContact(`Graph ${graphId}`, lastName).slice(0, 3),
    })
    const { json } = await admin('POST', 'composite/graph', {
      body: { graphs: [graph('good', 'Graph'), graph('bad', null), graph('fine', 'Graph')] },
    })
    const graphs = json['graphs'] as unknown as Json[]
    expect(graphs.map((one) => [one['graphId'], one['isSuccessful']])).toEqual([
      ['good', true],
      ['bad', false],
      ['fine', true],
    ])
    const steps = graphs[1]?.['graphResponse']?.['compositeResponse'] as unknown as Json[]
    expect(steps.map((step) => step['body']?.[0]?.['errorCode'])).toEqual([
      'PROCESSING_HALTED',
      'REQUIRED_FIELD_MISSING',
      'PROCESSING_HALTED',
    ])
    expect(await count('Account', "Name LIKE 'Graph%'")).toBe(2)
  })

  it('a batch answers each request for itself, and halts where it is told to', async () => {
    const batchRequests = [
      { method: 'GET', url: 'v60.0/limits' },
      { method: 'POST', url: 'v60.0/sobjects/Account', richInput: { Name: 'Batch' } },
      { method: 'GET', url: `v60.0/sobjects/Account/${missingId}` },
      { method: 'GET', url: `${data}/sobjects/Account/describe` },
    ]
    const { json } = await admin('POST', 'composite/batch', { body: { batchRequests } })
    const codes = (list: Json) => list.map((one) => one['statusCode'])
    expect(json['hasErrors']).toBe(true)
    expect(codes(json['results'] as Json)).toEqual([200, 201, 404, 200])
    expect(json['results']?.[3]?.['result']?.['name']).toBe('Account')
    const halted = await admin('POST', 'composite/batch', {
      body: { batchRequests, haltOnError: true },
    })
    expect(codes(halted.json['results'] as Json)).toEqual([200, 201, 404, 412])
  })

  describe('trees', () => {
    const record = (type: string, referenceId: string, values: object) => ({
      attributes: { type, referenceId },
      ...values,
    })
    const save = (records: readonly unknown[], object = 'Account', as: Ask['as'] = 'admin') =>
      api.ask('POST', `${data}/composite/tree/${object}`, { as, body: { records } })

    it('saves parents and their children together', async () => {
      const contacts = {
        records: [
          record('Contact', 'c1', { LastName: 'Tree 1' }),
          record('Contact', '2ndContact', { LastName: 'Tree 2' }),
        ],
      }
      const { status, json } = await save([
        record('Account', 'a1', { Name: 'Tree', Contacts: contacts }),
        record('Account', 'a2', { Name: 'Tree' }),
      ])
      expect(status).toBe(201)
      expect(json['hasErrors']).toBe(false)
      expect(json['results']?.map((one) => one['referenceId'])).toEqual([
        'a1',
        'a2',
        'c1',
        '2ndContact',
      ])
      expect(await count('Contact', "Account.Name = 'Tree'")).toBe(2)
    })

    it('saves nothing when one record is refused, and names it', async () => {
      const contacts = {
        records: [
          record('Contact', 'c1', { LastName: 'Cut' }),
          record('Contact', '2ndContact', {}),
        ],
      }
      const { status, json } = await save([
        record('Account', 'a1', { Name: 'Cut', Contacts: contacts }),
      ])
      expect([status, json['hasErrors']]).toEqual([400, true])
      expect(json['results']).toMatchObject([
        { referenceId: '2ndContact', errors: [{ statusCode: 'REQUIRED_FIELD_MISSING' }] },
      ])
      expect(await count('Account', "Name = 'Cut'")).toBe(0)
    })

    it('refuses what it does not know', async () => {
      const child = { records: [record('Contact', 'c', { LastName: 'x' })] }
      const answers = await Promise.all([
        save([], 'Nope'),
        save([record('Account', 'a', { Nopes: child })]),
        save([record('Account', 'a', { Contacts: child })], 'Account', 'rep'),
        save([record('Account', 'a', { Name: 'x' }), record('Account', 'a', { Name: 'y' })]),
        save([{ Name: 'x' }]),
        save([record('Contact', 'a', { LastName: 'x' })]),
        save(Array.from({ length: 201 }, (_, index) => record('Account', `a${index}`, {}))),
      ])
      expect(answers.map(({ status, code }) => [status, code])).toEqual([
        [404, 'NOT_FOUND'],
        [400, 'INVALID_TYPE'],
        [400, 'INVALID_TYPE'],
        [400, 'INVALID_ARGUMENT'],
        [400, 'INVALID_ARGUMENT'],
        [400, 'INVALID_TYPE'],
        [400, 'LIMIT_EXCEEDED'],
      ])
    })
  })
})
