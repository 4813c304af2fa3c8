/** Records over REST: each row of a table is one line of the contract. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openApi, type Api, type Ask } from '../support/api.ts'
import { databases } from '../support/databases.ts'

const data = '/services/data/v67.0'
const own = '/services/fieldstone/v1'
const accounts = `${data}/sobjects/Account`
const missingId = '001000000000001AAA'

interface Scenario {
  readonly name: string
  readonly method: string
  readonly path: string
  readonly ask?: Ask
  readonly status: number
  readonly code?: string
}

const refusals: readonly Scenario[] = [
  {
    name: 'no such version',
    method: 'GET',
    path: '/services/data/v999.0/sobjects',
    status: 404,
    code: 'NOT_FOUND',
  },
  {
    name: 'a version before the first',
    method: 'GET',
    path: '/services/data/v30.0/sobjects',
    status: 404,
    code: 'NOT_FOUND',
  },
  {
    name: 'no such resource',
    method: 'GET',
    path: `${data}/nothing`,
    status: 404,
    code: 'NOT_FOUND',
  },
  {
    name: 'no such object',
    method: 'GET',
    path: `${data}/sobjects/Nope`,
    status: 404,
    code: 'NOT_FOUND',
  },
  {
    name: 'describe of no such object',
    method: 'GET',
    path: `${data}/sobjects/Nope/describe`,
    status: 404,
    code: 'NOT_FOUND',
  },
  {
    name: 'create of no such object',
    method: 'POST',
    path: `${data}/sobjects/Nope`,
    ask: { body: {} },
    status: 404,
    code: 'NOT_FOUND',
  },
  {
    name: 'an unknown id',
    method: 'GET',
    path: `${accounts}/${missingId}`,
    status: 404,
    code: 'NOT_FOUND',
  },
  {
    name: 'change of an unknown id',
    method: 'PATCH',
    path: `${accounts}/${missingId}`,
    ask: { body: { Name: 'x' } },
    status: 404,
    code: 'NOT_FOUND',
  },
  {
    name: 'delete of an unknown id',
    method: 'DELETE',
    path: `${accounts}/${missingId}`,
    status: 404,
    code: 'NOT_FOUND',
  },
  {
    name: 'a required field left out',
    method: 'POST',
    path: accounts,
    ask: { body: {} },
    status: 400,
    code: 'REQUIRED_FIELD_MISSING',
  },
  {
    name: 'an unknown field',
    method: 'POST',
    path: accounts,
    ask: { body: { Name: 'x', Nope: 1 } },
    status: 400,
    code: 'INVALID_FIELD',
  },
  {
    name: 'a record that says another type',
    method: 'POST',
    path: accounts,
    ask: { body: { attributes: { type: 'Contact' }, Name: 'x' } },
    status: 400,
    code: 'INVALID_TYPE',
  },
  {
    name: 'attributes that are no object',
    method: 'POST',
    path: accounts,
    ask: { body: { attributes: 'Account', Name: 'x' } },
    status: 400,
    code: 'JSON_PARSER_ERROR',
  },
  {
    name: 'a list instead of a record',
    method: 'POST',
    path: accounts,
    ask: { body: [] },
    status: 400,
    code: 'JSON_PARSER_ERROR',
  },
  {
    name: 'no body at all',
    method: 'POST',
    path: accounts,
    status: 400,
    code: 'JSON_PARSER_ERROR',
  },
  {
    name: 'a field that is no key',
    method: 'GET',
    path: `${accounts}/Name/Acme`,
    status: 400,
    code: 'INVALID_FIELD',
  },
  {
    name: 'another method',
    method: 'PUT',
    path: `${accounts}/${missingId}`,
    ask: { body: {} },
    status: 405,
    code: 'METHOD_NOT_ALLOWED',
  },
  {
    name: 'POST where PATCH is meant and not said',
    method: 'POST',
    path: `${accounts}/${missingId}`,
    ask: { body: {} },
    status: 405,
    code: 'METHOD_NOT_ALLOWED',
  },
  {
    name: 'a query without its text',
    method: 'GET',
    path: `${data}/query`,
    status: 400,
    code: 'MALFORMED_QUERY',
  },
  {
    name: 'a query that is none',
    method: 'GET',
    path: `${data}/query?q=DROP%20TABLE%20Account`,
    status: 400,
    code: 'MALFORMED_QUERY',
  },
  {
    name: 'a query of no such object',
    method: 'GET',
    path: `${data}/query?q=SELECT%20Id%20FROM%20ScratchOrgInfo`,
    status: 400,
    code: 'INVALID_TYPE',
  },
  {
    name: 'an unknown locator',
    method: 'GET',
    path: `${data}/query/01g000000000000AAA-5`,
    status: 400,
    code: 'INVALID_QUERY_LOCATOR',
  },
  {
    name: 'NUL in the address',
    method: 'GET',
    path: `${accounts}/a%00b`,
    status: 400,
    code: 'INVALID_ARGUMENT',
  },
  {
    name: 'an encoded slash in a name',
    method: 'GET',
    path: `${data}/sobjects/Account%2F..%2FUser`,
    status: 404,
    code: 'NOT_FOUND',
  },
  {
    name: 'a tag that is none',
    method: 'PATCH',
    path: `${accounts}/${missingId}`,
    ask: { body: {}, headers: { 'if-match': 'three' } },
    status: 400,
    code: 'INVALID_ARGUMENT',
  },
  {
    name: 'records that are no list',
    method: 'POST',
    path: `${data}/composite/sobjects`,
    ask: { body: { records: {} } },
    status: 400,
    code: 'JSON_PARSER_ERROR',
  },
  {
    name: 'a record without a type',
    method: 'POST',
    path: `${data}/composite/sobjects`,
    ask: { body: { records: [{ Name: 'x' }] } },
    status: 400,
    code: 'INVALID_TYPE',
  },
  {
    name: 'more records than the limit',
    method: 'POST',
    path: `${data}/composite/sobjects`,
    ask: {
      body: { records: Array.from({ length: 201 }, () => ({ attributes: { type: 'Account' } })) },
    },
    status: 400,
    code: 'LIMIT_EXCEEDED',
  },
  {
    name: 'undelete of what is not deleted',
    method: 'POST',
    path: `/services/fieldstone/v1/recycle-bin/${missingId}/undelete`,
    status: 404,
    code: 'NOT_FOUND',
  },
]

describe.each(databases)('records on $name', (database) => {
  let api: Api
  beforeAll(async () => {
    api = await openApi(database)
  })
  afterAll(() => api.close())

  const admin = (method: string, path: string, ask: Ask = {}) =>
    api.ask(method, path, { as: 'admin', ...ask })
  const create = async (values: Readonly<Record<string, unknown>>): Promise<string> => {
    const { json, text } = await admin('POST', accounts, { body: values })
    if (json['success'] !== (true as unknown)) throw new Error(text)
    return String(json['id'])
  }

  it.each(refusals)('refuses $name with $status', async ({ method, path, ask, status, code }) => {
    const answer = await admin(method, path, ask)
    expect({ status: answer.status, code: answer.code }).toEqual({ status, code })
  })

  it('lists versions and resources as stock clients read them', async () => {
    const { json } = await api.ask('GET', '/services/data')
    const versions = (json as unknown as { version: string; url: string }[]).map(
      (one) => one.version,
    )
    expect(versions[0]).toBe('31.0')
    expect([...versions].sort().at(-1)).toBe('67.0')
    const resources = await admin('GET', data)
    expect(resources.json).toMatchObject({ sobjects: `${data}/sobjects`, query: `${data}/query` })
    expect(String(resources.json['identity'])).toMatch(/^http:\/\/localhost\/id\/00D/)
  })

  it.each(['//services/data/v67.0/limits', '/services//data/v67.0/limits', `${data}/limits/`])(
    'takes doubled and trailing slashes: %s',
    async (path) => {
      const { status, headers } = await admin('GET', path)
      expect(status).toBe(200)
      expect(headers.get('sforce-limit-info')).toMatch(/^api-usage=\d+\/\d+$/)
    },
  )

  it('answers every version alike and repeats the one asked for', async () => {
    const id = await create({ Name: 'Versions' })
    const { json } = await admin('GET', `/services/data/v31.0/sobjects/Account/${id}`)
    expect(json['attributes']?.['url']).toBe(`/services/data/v31.0/sobjects/Account/${id}`)
  })

  it('creates, reads, changes and deletes', async () => {
    const created = await admin('POST', accounts, {
      body: { attributes: { type: 'Account' }, Name: 'Acme', Phone: '+1 212-555-0100' },
    })
    expect(created.status).toBe(201)
    expect(created.json).toEqual({ id: expect.any(String), success: true, errors: [] })
    const id = String(created.json['id'])
    expect(id).toMatch(/^001[0-9A-Za-z]{12}[A-Z0-5]{3}$/)

    const path = `${accounts}/${id.slice(0, 15)}`
    const read = await admin('GET', path)
    expect(read.status).toBe(200)
    expect(read.json).toMatchObject({ Id: id, Name: 'Acme', Phone: '+1 212-555-0100' })
    expect(read.headers.get('etag')).toBe('"1"')

    const changed = await admin('PATCH', path, { body: { Name: 'Acme Ltd' } })
    expect([changed.status, changed.text]).toEqual([204, ''])
    expect((await admin('GET', `${path}?fields=Name, Phone`)).json).toEqual({
      attributes: { type: 'Account', url: `${accounts}/${id}` },
      Name: 'Acme Ltd',
      Phone: '+1 212-555-0100',
    })

    expect((await admin('DELETE', path)).status).toBe(204)
    expect((await admin('GET', path)).code).toBe('ENTITY_IS_DELETED')
    const undelete = `/services/fieldstone/v1/recycle-bin/${id}/undelete`
    expect((await admin('POST', undelete)).status).toBe(204)
    expect((await admin('GET', path)).status).toBe(200)
    await admin('DELETE', path)
    expect((await admin('DELETE', `/services/fieldstone/v1/recycle-bin/${id}`)).status).toBe(204)
    expect((await admin('GET', path)).code).toBe('NOT_FOUND')
  })

  it('takes empty JSON bodies where none is meant', async () => {
    const id = await create({ Name: 'Empty' })
    const headers = { 'content-type': 'application/json' }
    expect((await admin('GET', `${accounts}/${id}`, { headers })).status).toBe(200)
    expect((await admin('DELETE', `${accounts}/${id}`, { headers })).status).toBe(204)
  })

  it('names all problems of a record at once', async () => {
    const { json } = await admin('POST', accounts, { body: { Nope: 1, Website: 7 } })
    const codes = (json as unknown as { errorCode: string }[]).map((one) => one.errorCode)
    expect(codes).toContain('INVALID_FIELD')
    expect(codes).toContain('REQUIRED_FIELD_MISSING')
    expect(codes.length).toBeGreaterThanOrEqual(3)
  })

  it('leads from a record to its children and its parent, and to nothing that is hidden', async () => {
    const id = await create({ Name: 'Parent' })
    const child = await create({ Name: 'Child', ParentId: id })
    const children = await admin('GET', `${accounts}/${id}/ChildAccounts?fields=Name`)
    expect(children.json).toMatchObject({ totalSize: 1, records: [{ Name: 'Child' }] })
    const whole = await admin('GET', `${accounts}/${id}/ChildAccounts`)
    expect(whole.json['records']?.[0]).toMatchObject({ Id: child, ParentId: id })
    const parent = `${accounts}/${child}/Parent`
    expect((await admin('GET', parent)).json).toMatchObject({ Id: id, Name: 'Parent' })
    expect((await admin('PATCH', parent, { body: { Name: 'Grown' } })).status).toBe(204)
    expect((await admin('GET', `${accounts}/${id}?fields=Name`)).json['Name']).toBe('Grown')
    for (const [path, status] of [
      [`${accounts}/${id}/Parent`, 404],
      [`${accounts}/${id}/Nonsense`, 404],
      [`${accounts}/${missingId}/ChildAccounts`, 404],
      [`${accounts}/${id}/ChildAccounts?fields=Name,Nope`, 400],
      [`${accounts}/${id}/ChildAccounts?fields=Name FROM User`, 400],
    ] as const) {
      expect([path, (await admin('GET', path)).status]).toEqual([path, status])
    }
    // The representative may read no summaries: their list is as one that does not exist.
    const [hidden, unknown] = await Promise.all(
      ['InteractionSummaries', 'Nonsense'].map((name) =>
        api.ask('GET', `${accounts}/${id}/${name}`, { as: 'rep' }),
      ),
    )
    expect([hidden?.status, hidden?.text]).toEqual([404, unknown?.text])
  })

  it('lets clients that cannot PATCH say so in the address', async () => {
    const id = await create({ Name: 'Old client' })
    const answer = await admin('POST', `${accounts}/${id}?_HttpMethod=PATCH`, {
      body: { Name: 'Old client, changed' },
    })
    expect(answer.status).toBe(204)
    expect((await admin('GET', `${accounts}/${id}`)).json['Name']).toBe('Old client, changed')
  })

  describe('lost updates', () => {
    it('are refused by If-Match with an older tag', async () => {
      const id = await create({ Name: 'Two editors' })
      const change = (Name: string, tag: string) =>
        admin('PATCH', `${accounts}/${id}`, { body: { Name }, headers: { 'if-match': tag } })
      const first = await change('First', '"1"')
      expect([first.status, first.headers.get('etag')]).toEqual([204, '"2"'])
      const second = await change('Second', '"1"')
      expect([second.status, second.code]).toEqual([412, 'ENTITY_FAILED_IFMATCH'])
      expect((await admin('GET', `${accounts}/${id}`)).json['Name']).toBe('First')
      const late = await admin('DELETE', `${accounts}/${id}`, { headers: { 'if-match': '"1"' } })
      expect(late.status).toBe(412)
    })

    it('are merged when the form says what it started from, unless they overlap', async () => {
      const id = await create({ Name: 'Form', Phone: '1' })
      const path = `${accounts}/${id}`
      await admin('PATCH', path, { body: { Phone: '2' } })
      const merged = await admin('PATCH', path, {
        body: { attributes: { base: { Name: 'Form' } }, Name: 'Form, named anew' },
        headers: { 'if-match': '"1"' },
      })
      expect(merged.status).toBe(204)
      expect((await admin('GET', path)).json).toMatchObject({
        Name: 'Form, named anew',
        Phone: '2',
      })
      const overlap = await admin('PATCH', path, {
        body: { attributes: { base: { Phone: '1' } }, Phone: '3' },
        headers: { 'if-match': '"1"' },
      })
      expect(overlap.status).toBe(412)
      expect(overlap.json[0]?.['details']?.['conflicts']?.[0]).toMatchObject({
        field: 'Phone',
        base: '1',
        yours: '3',
        theirs: '2',
      })
    })

    it('an unchanged record is answered with 304', async () => {
      const id = await create({ Name: 'Cached' })
      const { status, text, headers } = await admin('GET', `${accounts}/${id}?fields=Name`, {
        headers: { 'if-none-match': 'W/"1"' },
      })
      expect([status, text]).toEqual([304, ''])
      expect(headers.get('etag')).toBe('"1"')
    })
  })

  it('creates and changes by external id', async () => {
    const path = `${data}/sobjects/CollectionPlanReason/Code/NO%2FJOB`
    const first = await admin('PATCH', path, { body: { Name: 'Lost the job' } })
    expect(first.status).toBe(201)
    expect(first.json).toMatchObject({ success: true, created: true })
    const second = await admin('PATCH', path, { body: { Name: 'Lost the job, again' } })
    expect([second.status, second.json['created']]).toEqual([200, false])
    expect((await admin('GET', path)).json).toMatchObject({
      Code: 'NO/JOB',
      Name: 'Lost the job, again',
    })
    const old = await admin('PATCH', path.replace('v67.0', 'v45.0'), { body: { Name: 'Job' } })
    expect(old.status).toBe(204)
  })

  it('creates many, each with its own answer in order', async () => {
    const record = (values: object) => ({ attributes: { type: 'Account' }, ...values })
    const { status, json } = await admin('POST', `${data}/composite/sobjects`, {
      body: {
        allOrNone: false,
        records: [
          record({ Name: 'One' }),
          { attributes: { type: 'Contact' }, LastName: 'Two' },
          record({}),
        ],
      },
    })
    expect(status).toBe(200)
    expect(json).toMatchObject([
      { success: true, errors: [] },
      { success: true },
      { success: false, errors: [{ statusCode: 'REQUIRED_FIELD_MISSING', fields: ['Name'] }] },
    ])
  })

  it('creates all or none', async () => {
    const record = (Name?: string) => ({ attributes: { type: 'Account' }, Name })
    const { json } = await admin('POST', `${data}/composite/sobjects`, {
      body: { allOrNone: true, records: [record('All or none'), record()] },
    })
    expect(json).toMatchObject([{ success: false }, { success: false }])
    const count = encodeURIComponent("SELECT COUNT() FROM Account WHERE Name = 'All or none'")
    expect((await admin('GET', `${data}/query?q=${count}`)).json['totalSize']).toBe(0)
  })

  describe('queries', () => {
    it('come page by page', async () => {
      for (let index = 0; index < 5; index++) await create({ Name: `Page ${index}` })
      const soql = "SELECT Name FROM Account WHERE Name LIKE 'Page %' ORDER BY Name"
      const first = await admin('GET', `${data}/query?q=${encodeURIComponent(soql)}`, {
        // There are no namespaces here: what a client says of its own changes nothing.
        headers: {
          'sforce-query-options': 'batchSize=2',
          'sforce-call-options': 'client=loader/1.0, defaultNamespace=acme',
        },
      })
      const names: string[] = []
      let page = first.json
      for (;;) {
        names.push(...(page['records'] as unknown as { Name: string }[]).map(({ Name }) => Name))
        if (page['done'] === (true as unknown)) break
        page = (await admin('GET', String(page['nextRecordsUrl']))).json
      }
      expect(first.json).toMatchObject({ totalSize: 5, done: false })
      expect(names).toEqual(['Page 0', 'Page 1', 'Page 2', 'Page 3', 'Page 4'])
    })

    it('take values beside their text, and are explained', async () => {
      const query = 'SELECT Name FROM Account WHERE Name = :name'
      const variables = { name: 'Page 1' }
      const { json } = await admin('POST', `${own}/query`, { body: { query, variables } })
      expect(json).toMatchObject({ totalSize: 1, records: [{ Name: 'Page 1' }] })
      const wrong = { query, variables: ['Page 1'] }
      expect((await admin('POST', `${own}/query`, { body: wrong })).code).toBe('INVALID_ARGUMENT')
      const soql = encodeURIComponent("SELECT Name FROM Account WHERE Name = 'Page 1'")
      const plan = await admin('GET', `${data}/query?explain=${soql}`)
      expect(plan.json['plans']?.[0]).toMatchObject({ sobjectType: 'Account', cardinality: 1 })
    })

    it('FOR VIEW puts what was read among the recent items', async () => {
      const id = await create({ Name: 'Looked at' })
      const query = "SELECT Id FROM Account WHERE Name = 'Looked at'"
      const recent = async (): Promise<unknown> => {
        const { json } = await admin('GET', `${data}/recent?limit=5`)
        return (json as unknown as { Id: string }[]).some((one) => one.Id === id)
      }
      await admin('GET', `${data}/query?q=${encodeURIComponent(query)}`)
      expect(await recent()).toBe(false)
      await admin('GET', `${data}/query?q=${encodeURIComponent(`${query} LIMIT 1 FOR VIEW`)}`)
      await expect.poll(recent).toBe(true)
    })

    it('a locator is of no use to anybody else', async () => {
      const first = await admin('GET', `${data}/query?q=SELECT%20Id%20FROM%20Account`, {
        headers: { 'sforce-query-options': 'batchSize=1' },
      })
      const answer = await api.ask('GET', String(first.json['nextRecordsUrl']), { as: 'rep' })
      expect(answer.code).toBe('INVALID_QUERY_LOCATOR')
    })

    it('queryAll finds the recycle bin too', async () => {
      const id = await create({ Name: 'Thrown away' })
      await admin('DELETE', `${accounts}/${id}`)
      const soql = encodeURIComponent(
        "SELECT Id, IsDeleted FROM Account WHERE Name = 'Thrown away'",
      )
      expect((await admin('GET', `${data}/query?q=${soql}`)).json['totalSize']).toBe(0)
      expect((await admin('GET', `${data}/queryAll?q=${soql}`)).json['records']).toMatchObject([
        { Id: id, IsDeleted: true },
      ])
    })

    it('the organisation is one record with what the command line asks for', async () => {
      const soql =
        'SELECT Name, InstanceName, IsSandbox, TrialExpirationDate, NamespacePrefix, OrganizationType FROM Organization'
      const { json } = await admin('GET', `${data}/query?q=${encodeURIComponent(soql)}`)
      expect(json['totalSize']).toBe(1)
      expect(json['records']?.[0]).toMatchObject({ IsSandbox: false, NamespacePrefix: null })
    })
  })

  describe('describes', () => {
    it('carry a tag that changes with the rights', async () => {
      const path = `${accounts}/describe`
      const admins = await admin('GET', path)
      const reps = await api.ask('GET', path, { as: 'rep' })
      const tag = admins.headers.get('etag') ?? ''
      expect(reps.headers.get('etag')).not.toBe(tag)
      const again = await admin('GET', path, { headers: { 'if-none-match': tag } })
      expect([again.status, again.text]).toEqual([304, ''])
      const other = await api.ask('GET', path, { as: 'rep', headers: { 'if-none-match': tag } })
      expect(other.status).toBe(200)
    })

    it('show a caller only what he may see', async () => {
      const { json } = await api.ask('GET', `${accounts}/describe`, { as: 'rep' })
      const fields = (json['fields'] as unknown as { name: string }[]).map(({ name }) => name)
      expect(fields).toContain('Phone')
      expect(fields).not.toContain('Industry')
      const list = await api.ask('GET', `${data}/sobjects`, { as: 'rep' })
      const objects = (list.json['sobjects'] as unknown as { name: string }[]).map(
        ({ name }) => name,
      )
      // The histories and shares of what he may see, his own sign-ins and approvals.
      const ledgers = ['AccountHistory', 'AccountShare', 'LoginHistory', 'UserHistory']
      const records = ['Account', 'Organization', 'RecordType', 'User']
      const approvals = ['Definition', 'Instance', 'InstanceStep', 'InstanceWorkitem']
      const own = approvals.map((name) => `Process${name}`)
      expect(objects).toEqual([...ledgers, ...records, ...own].sort())
      expect((await api.ask('GET', `${data}/sobjects/Case/describe`, { as: 'rep' })).code).toBe(
        'NOT_FOUND',
      )
    })
  })

  it('a hidden field is answered like one that does not exist, at every door', async () => {
    const OwnerId = api.repId
    const id = await create({ Name: 'Hidden', Industry: 'Banking', OwnerId })
    const doors = (field: string): readonly [string, string, Ask?][] => [
      ['GET', `${accounts}/${id}?fields=${field}`],
      ['PATCH', `${accounts}/${id}`, { body: { [field]: 'x' } }],
      ['POST', accounts, { body: { Name: 'x', [field]: 'x' } }],
      [
        'GET',
        `${data}/query?q=${encodeURIComponent(`SELECT Id FROM Account WHERE ${field} = 'x'`)}`,
      ],
      ['GET', `${data}/query?q=${encodeURIComponent(`SELECT Id FROM Account ORDER BY ${field}`)}`],
      ['GET', `${accounts}/${field}/x`],
    ]
    const unknown = doors('Industrx')
    for (const [index, [method, path, ask]] of doors('Industry').entries()) {
      const hidden = await api.ask(method, path, { as: 'rep', ...ask })
      const [otherMethod, otherPath, otherAsk] = unknown[index] ?? ['GET', '/']
      const absent = await api.ask(otherMethod, otherPath, { as: 'rep', ...otherAsk })
      expect(hidden.status).toBe(400)
      expect(hidden.text.replaceAll('Industry', 'Industrx')).toBe(absent.text)
    }
  })
})
