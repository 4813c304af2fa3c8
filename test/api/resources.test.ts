/** What clients ask for around records: columns, recent items, changes in a time, conditions, gzip. */
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { adminName, openApi, password, type Api, type Ask, type Json } from '../support/api.ts'
import { databases } from '../support/databases.ts'

const data = '/services/data/v67.0'
const accounts = `${data}/sobjects/Account`
const second = 1_000
const slow = { timeout: 120_000 }

describe.each(databases)('resources on $name', (database) => {
  let api: Api
  beforeAll(async () => {
    api = await openApi(database)
  })
  afterAll(() => api.close())

  const admin = (method: string, path: string, ask: Ask = {}) =>
    api.ask(method, path, { as: 'admin', ...ask })
  const create = async (Name: string): Promise<string> =>
    String((await admin('POST', accounts, { body: { Name } })).json['id'])
  const columns = (soql: string) =>
    admin('GET', `${data}/query?columns=true&q=${encodeURIComponent(soql)}`)

  it('counts of records, as command lines list them, leave out what is not there', async () => {
    const path = `${data}/limits/recordCount?sobjects=Account,Nothing,%20account,Contact`
    const counted = async () => (await admin('GET', path)).json['sObjects'] as unknown as Json[]
    const before = await counted()
    expect(before.map(({ name }) => name)).toEqual(['Account', 'Contact'])
    await create('One more')
    const after = await counted()
    expect(Number(after[0]?.['count'])).toBe(Number(before[0]?.['count']) + 1)
    expect(after[1]).toEqual(before[1])
    const all = await admin('GET', `${data}/limits/recordCount`)
    const names = (all.json['sObjects'] as unknown as Json[]).map(({ name }) => String(name))
    expect(names).toEqual(expect.arrayContaining(['Account', 'CollectionPlan', 'User']))
    expect((await api.ask('GET', path, { as: 'rep' })).status).toBe(403)
  })

  it('a query is about the records of teams, and about what was delegated', async () => {
    const made = async (object: string, body: Readonly<Record<string, unknown>>) =>
      String((await admin('POST', `${data}/sobjects/${object}`, { body })).json['id'])
    const AccountId = await create('Of a team')
    await create('Of none')
    const UserId = String((await admin('GET', '/services/oauth2/userinfo')).json['user_id'])
    await made('AccountTeamMember', { AccountId, UserId, AccountAccessLevel: 'Read' })
    for (const OwnerId of [UserId, api.repId]) await made('Task', { Subject: OwnerId, OwnerId })
    const asked = async (soql: string, as: Ask['as'] = 'admin') => {
      const { json } = await api.ask('GET', `${data}/query?q=${encodeURIComponent(soql)}`, { as })
      return json
    }
    const team = 'SELECT Name FROM Account USING SCOPE team'
    expect((await asked(team))['records']).toMatchObject([{ Name: 'Of a team' }])
    expect((await asked(`${team} WHERE Name = 'Of none'`))['totalSize']).toBe(0)
    const tasks = await asked('SELECT Subject FROM Task USING SCOPE delegated')
    expect(tasks['records']).toMatchObject([{ Subject: api.repId }])
    const { json } = await admin('GET', `${accounts}/describe`)
    expect((json['supportedScopes'] as Json).map((one) => one['name'])).toContain('team')
    // Whoever may not know of teams knows of no such scope, as of no scope that is none.
    const told = 'is no scope of Account; there is everything, mine.'
    for (const scope of ['team', 'delegated', 'my_territory', 'constructor']) {
      const refused = await asked(`SELECT Name FROM Account USING SCOPE ${scope}`, 'rep')
      expect(refused).toMatchObject([{ errorCode: 'MALFORMED_QUERY' }])
      expect(String(refused[0]?.['message'])).toContain(`'${scope}' ${told}`)
    }
  })

  it('figures for Prometheus, from the first question on, by route and never by what was asked for', async () => {
    const id = await create('Measured')
    expect((await api.ask('GET', '/metrics', { as: 'rep' })).status).toBe(403)
    await admin('GET', '/metrics')
    for (const path of [
      `${accounts}/${id}`,
      `${accounts}/001000000000000AAA`,
      `${accounts}/${id}`,
    ]) {
      await admin('GET', path)
    }
    const told = await admin('GET', '/metrics')
    expect(told.headers.get('content-type')).toContain('text/plain')
    const countOf = (status: number): string | undefined =>
      new RegExp(
        `http_request_duration_seconds_count{method="GET",route="[^"]*/sobjects/:object/:id",status="${status}"} (\\d+)`,
      ).exec(told.text)?.[1]
    expect([countOf(200), countOf(404)]).toEqual(['2', '1'])
    expect(told.text).toMatch(/^fieldstone_jobs_stopped 0$/m)
    expect(Number(/^fieldstone_database_bytes (\d+)/m.exec(told.text)?.[1])).toBeGreaterThan(10_000)
    expect(told.text).toContain('process_resident_memory_bytes')
    expect(told.text).not.toContain(id)
  })

  it('the organisation decides over fiscal year and currency, at once', async () => {
    const [organisation] = (await admin('GET', `${data}/query?q=SELECT+Id+FROM+Organization`)).json[
      'records'
    ] as Json
    const change = (body: unknown) =>
      admin('PATCH', `${data}/sobjects/Organization/${String(organisation?.['Id'])}`, { body })
    await admin('POST', accounts, { body: { Name: 'Fiscal', AnnualRevenue: 1 } })
    const soql =
      "SELECT FORMAT(AnnualRevenue) shown FROM Account WHERE Name = 'Fiscal' AND CreatedDate = THIS_FISCAL_YEAR"
    const asked = async (q: string): Promise<Json | undefined> =>
      (await admin('GET', `${data}/query?q=${encodeURIComponent(q)}`)).json['records']?.[0]
    expect(String((await asked(soql))?.['shown'])).toMatch(/^\$1(\.00)?$/)
    const month = new Date(api.clock.now).getUTCMonth() + 1
    const begins = (month % 12) + 1
    const FiscalYearStartMonth = begins
    const body = { FiscalYearStartMonth, DefaultCurrencyIsoCode: 'EUR' }
    expect((await change(body)).status).toBe(204)
    expect(String((await asked(soql))?.['shown'])).toMatch(/^€1(\.00)?$/)
    const months = "SELECT FISCAL_MONTH(CreatedDate) m FROM Account WHERE Name = 'Fiscal' GROUP BY "
    expect((await asked(`${months}FISCAL_MONTH(CreatedDate)`))?.['m']).toBe(12)
    for (const wrong of [
      { FiscalYearStartMonth: 0 },
      { FiscalYearStartMonth: 13 },
      { DefaultCurrencyIsoCode: 'e1' },
    ]) {
      expect((await change(wrong)).code).toBe('FIELD_CUSTOM_VALIDATION_EXCEPTION')
    }
    await change({ FiscalYearStartMonth: null, DefaultCurrencyIsoCode: null })
  })

  it('the columns of a query tell fields, parents, children and functions apart', async () => {
    const shape = (list: Json): unknown =>
      list.map((one) => [one['columnName'], one['aggregate'], shape(one['joinColumns'] as Json)])
    const rows = await columns(
      'SELECT name, Account.Name, Account.Phone, (SELECT Id FROM Cases) FROM Contact',
    )
    expect(shape(rows.json['columnMetadata'] as Json)).toEqual([
      ['Name', false, []],
      [
        'Account',
        false,
        [
          ['Name', false, []],
          ['Phone', false, []],
        ],
      ],
      ['Cases', true, [['Id', false, []]]],
    ])
    const groups = await columns(
      'SELECT Industry, COUNT(Id), MAX(Name) top FROM Account GROUP BY Industry',
    )
    expect(
      groups.json['columnMetadata']?.map((one) => [
        one['columnName'],
        one['aggregate'],
        one['displayName'],
      ]),
    ).toEqual([
      ['Industry', false, 'Industry'],
      ['expr0', true, 'count(Id)'],
      ['top', true, 'max(Name)'],
    ])
    expect((await columns('SELECT Nope FROM Account')).code).toBe('INVALID_FIELD')
  })

  it('records that somebody looked at are listed, the latest first, while they can be seen', async () => {
    const [one, two, gone] = [
      await create('Seen 1'),
      await create('Seen 2'),
      await create('Seen 3'),
    ]
    const login = await api.ask('POST', '/services/fieldstone/v1/session', {
      body: { username: adminName, password },
      headers: { 'x-fieldstone-request': '1' },
    })
    const cookie = String(login.headers.get('set-cookie')).split(';')[0] ?? ''
    for (const id of [one, gone, two]) {
      api.clock.now += second
      await api.ask('GET', `${accounts}/${id}`, { headers: { cookie } })
    }
    await admin('GET', `${accounts}/${one}`)
    await admin('DELETE', `${accounts}/${gone}`)
    await expect.poll(async () => (await admin('GET', `${data}/recent`)).json.length, slow).toBe(2)
    const { json } = await admin('GET', `${data}/recent?limit=5`)
    expect(json).toMatchObject([
      { attributes: { type: 'Account' }, Id: two, Name: 'Seen 2' },
      { Id: one, Name: 'Seen 1' },
    ])
    const { json: basic } = await admin('GET', accounts)
    expect(basic['objectDescribe']?.['name']).toBe('Account')
    expect(basic['recentItems']?.map((item) => item['Id'])).toEqual([two, one])
    expect((await api.ask('GET', `${data}/recent`, { as: 'rep' })).json).toEqual([])
  })

  it('changed and deleted records of a time are told by id', async () => {
    api.clock.now += 60 * second
    const start = new Date(api.clock.now).toISOString()
    const [kept, gone] = [await create('Kept'), await create('Gone')]
    await admin('DELETE', `${accounts}/${gone}`)
    const end = new Date(api.clock.now + second).toISOString().replace('Z', '%2B00:00')
    const between = `start=${start}&end=${end}`
    const updated = await admin('GET', `${accounts}/updated?${between}`)
    expect(updated.json['ids']).toEqual([kept])
    const deleted = await admin('GET', `${accounts}/deleted?${between}`)
    expect(deleted.json['deletedRecords']?.map((one) => one['id'])).toEqual([gone])
    expect((await admin('GET', `${accounts}/updated?start=x&end=y`)).code).toBe('INVALID_ARGUMENT')
    expect(
      (await api.ask('GET', `${data}/sobjects/Contact/updated?${between}`, { as: 'rep' })).status,
    ).toBe(404)
  })

  it('a time is a condition of reading and of changing', async () => {
    const id = await create('Timed')
    const read = await admin('GET', `${accounts}/${id}?fields=Name`)
    const modified = String(read.headers.get('last-modified'))
    const again = await admin('GET', `${accounts}/${id}?fields=Name`, {
      headers: { 'if-modified-since': modified },
    })
    expect(again.status).toBe(304)
    api.clock.now += 5 * second
    const change = (value: string) =>
      admin('PATCH', `${accounts}/${id}`, {
        body: { Phone: value },
        headers: { 'if-unmodified-since': modified },
      })
    expect((await change('1')).status).toBe(204)
    const late = await change('2')
    expect([late.status, late.code]).toEqual([412, 'ENTITY_FAILED_IFMATCH'])
  })

  it('long answers come in gzip to whoever takes it', async () => {
    const ask = (path: string, accept: string) =>
      api.send('GET', path, { as: 'admin', headers: { 'accept-encoding': accept } })
    const plain = await ask(`${accounts}/describe`, 'identity')
    expect(plain.headers.get('content-encoding')).toBeNull()
    const packed = await ask(`${accounts}/describe`, 'gzip, deflate')
    expect(packed.headers.get('content-encoding')).toBe('gzip')
    const bytes = Buffer.from(await packed.arrayBuffer())
    expect(gunzipSync(bytes).toString()).toBe(await plain.text())
    expect(
      (await ask(`${accounts}/describe`, 'gzip;q=0')).headers.get('content-encoding'),
    ).toBeNull()
    expect((await ask(`${data}/limits`, 'gzip')).headers.get('content-encoding')).toBeNull()
  })

  it('a describe has every attribute that clients read', async () => {
    const { json } = await admin('GET', `${accounts}/describe`)
    const flags = [
      'activateable',
      'createable',
      'custom',
      'customSetting',
      'deletable',
      'deprecatedAndHidden',
      'feedEnabled',
      'layoutable',
      'mergeable',
      'mruEnabled',
      'queryable',
      'replicateable',
      'retrieveable',
      'searchLayoutable',
      'searchable',
      'triggerable',
      'undeletable',
      'updateable',
    ]
    expect(flags.filter((name) => typeof json[name] !== 'boolean')).toEqual([])
    const ofField = [
      'aggregatable',
      'autoNumber',
      'calculated',
      'cascadeDelete',
      'caseSensitive',
      'createable',
      'custom',
      'defaultedOnCreate',
      'dependentPicklist',
      'deprecatedAndHidden',
      'displayLocationInDecimal',
      'encrypted',
      'externalId',
      'filterable',
      'groupable',
      'highScaleNumber',
      'htmlFormatted',
      'idLookup',
      'nameField',
      'namePointing',
      'nillable',
      'permissionable',
      'polymorphicForeignKey',
      'queryByDistance',
      'restrictedDelete',
      'restrictedPicklist',
      'searchPrefilterable',
      'sortable',
      'unique',
      'updateable',
      'writeRequiresMasterRead',
    ]
    const odd = json['fields']?.flatMap((field) =>
      ofField
        .filter((name) => typeof field[name] !== 'boolean')
        .map((name) => `${field['name']}.${name}`),
    )
    expect(odd).toEqual([])
  })
})
