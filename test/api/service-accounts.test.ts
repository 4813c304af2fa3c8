/** Programs within limits: what their permission sets do not grant does not exist for them, at any door. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { adminName, openApi, password, type Api, type Told } from '../support/api.ts'
import { databases } from '../support/databases.ts'

const data = '/services/data/v67.0'
const own = '/services/fieldstone/v1'

const limits = {
  fullName: 'SyncLimits',
  label: 'Limits of the sync',
  objectPermissions: [
    { object: 'Account', allowRead: true, allowEdit: true },
    { object: 'Contact', allowRead: true },
  ],
  fieldPermissions: [
    { field: 'Account.Phone', readable: true, editable: true },
    { field: 'Account.Website', readable: true },
  ],
}

const sync = {
  fullName: 'Sync',
  label: 'Sync',
  restrictingPermissionSets: ['SyncLimits'],
  oauthConfig: {
    consumerKey: 'sync.key',
    isClientCredentialEnabled: true,
    oauthClientCredentialUser: adminName,
    scopes: ['Full'],
  },
}

describe.each(databases)('a service account of an administrator on $name', (database) => {
  let api: Api
  let token = ''
  let account = ''
  beforeAll(async () => {
    api = await openApi(database)
    const place = (type: string, name: string) => `${own}/metadata/${type}/${name}`
    await api.ask('PUT', place('PermissionSet', 'SyncLimits'), { as: 'admin', body: limits })
    await api.ask('PUT', place('ConnectedApp', 'Sync'), { as: 'admin', body: sync })
    const { json } = await api.ask('POST', `${own}/connected-apps/Sync/secret`, { as: 'admin' })
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: 'sync.key',
      client_secret: String(json['consumerSecret']),
    })
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const given = await api.ask('POST', '/services/oauth2/token', { body: `${form}`, headers })
    token = String(given.json['access_token'])
    const made = await api.ask('POST', `${data}/sobjects/Account`, {
      as: 'admin',
      body: { Name: 'Limited', Phone: '0711', Fax: '0712', Website: 'https://example.com' },
    })
    account = String(made.json['id'])
  })
  afterAll(() => api.close())

  const asSync = (method: string, path: string, body?: unknown, more = {}): Promise<Told> => {
    const headers = { authorization: `Bearer ${token}`, ...more }
    return api.ask(method, path, { headers, ...(body === undefined ? {} : { body }) })
  }
  const query = (soql: string) => asSync('GET', `${data}/query?q=${encodeURIComponent(soql)}`)

  it('reads, finds and describes its fields, and knows of no other field or object', async () => {
    const record = await asSync('GET', `${data}/sobjects/Account/${account}`)
    expect(record.json['Phone']).toBe('0711')
    expect(Object.keys(record.json)).not.toContain('Fax')
    const described = await asSync('GET', `${data}/sobjects/Account/describe`)
    const fields = described.json['fields']?.map((field) => String(field['name'])) ?? []
    expect(fields).toContain('Website')
    expect(fields).not.toContain('Fax')
    const global = await asSync('GET', `${data}/sobjects`)
    const objects = global.json['sobjects']?.map((one) => String(one['name'])) ?? []
    expect(objects).toEqual(expect.arrayContaining(['Account', 'Contact']))
    expect(objects).not.toContain('Case')
    expect(objects).not.toContain('User')
    expect((await query('SELECT Id FROM Account')).status).toBe(200)
    const refused = await Promise.all(
      [
        'SELECT Fax FROM Account',
        "SELECT Id FROM Account WHERE Fax = '0712'",
        'SELECT Id FROM Account ORDER BY Fax',
        'SELECT Owner.Name FROM Account',
        'SELECT Id FROM Case',
        'SELECT Id FROM SetupAuditTrail',
      ].map(query),
    )
    const none = await query('SELECT Nothing FROM Account')
    expect(refused.map(({ status }) => status)).toEqual(refused.map(() => 400))
    // In the words for what does not exist.
    expect(refused[0]?.text.replaceAll('Fax', 'Nothing')).toBe(none.text)
    const found = await asSync('GET', `${data}/search?q=${encodeURIComponent('FIND {0712}')}`)
    expect(found.json['searchRecords']).toEqual([])
  })

  it('writes what it may edit, and neither creates nor deletes', async () => {
    const path = `${data}/sobjects/Account/${account}`
    expect((await asSync('PATCH', path, { Phone: '0713' })).status).toBe(204)
    const refused = [
      await asSync('PATCH', path, { Website: 'https://other.example.com' }),
      await asSync('PATCH', path, { Fax: '1' }),
      await asSync('POST', `${data}/sobjects/Account`, { Name: 'New' }),
      await asSync('POST', `${data}/sobjects/Contact`, { LastName: 'New' }),
      await asSync('DELETE', path),
      await asSync('DELETE', `${own}/recycle-bin/${account}`),
    ]
    for (const { status } of refused) expect(status).toBeGreaterThanOrEqual(400)
    const composite = await asSync('POST', `${data}/composite`, {
      compositeRequest: [
        { method: 'DELETE', url: path, referenceId: 'gone' },
        { method: 'GET', url: `${data}/query?q=SELECT+Fax+FROM+Account`, referenceId: 'fax' },
      ],
    })
    const inner = composite.json['compositeResponse']?.map((one) => Number(one['httpStatusCode']))
    expect(inner?.every((status) => status >= 400)).toBe(true)
    const after = await api.ask('GET', path, { as: 'admin' })
    expect([after.json['Phone'], after.json['Fax']]).toEqual(['0713', '0712'])
  })

  it('has no permission of its user, no way into the screens, and no other way in', async () => {
    const closed = await Promise.all([
      asSync('GET', `${own}/metadata`),
      asSync('GET', `${own}/security-settings`),
      asSync('GET', '/services/oauth2/singleaccess'),
      asSync('GET', `${own}/ui/app`),
      asSync('GET', `${own}/users/${api.repId}/sessions`),
      asSync('POST', `${own}/session/password`, { password, newPassword: 'staple battery 9' }),
      asSync('GET', `${own}/processes`),
      asSync('PATCH', `${own}/session`, { language: 'de' }),
    ])
    expect(closed.map(({ status }) => status)).toEqual(closed.map(() => 403))
  })

  it('loads and reads in bulk within its limits, also when no request does, and sees no job of its user', async () => {
    const jobs = `${data}/jobs/query`
    const made = await asSync('POST', jobs, {
      operation: 'query',
      query: 'SELECT Id, Phone FROM Account',
    })
    expect(made.status).toBe(200)
    const hidden = await asSync('POST', jobs, {
      operation: 'query',
      query: 'SELECT Fax FROM Account',
    })
    const late = hidden.status === 200 ? await ended(String(hidden.json['id'])) : 'Failed'
    expect(late).toBe('Failed')
    expect(await ended(String(made.json['id']))).toBe('JobComplete')
    const ofAdmin = await api.ask('POST', jobs, {
      as: 'admin',
      body: { operation: 'query', query: 'SELECT Fax FROM Account' },
    })
    const place = `${jobs}/${String(ofAdmin.json['id'])}`
    expect((await asSync('GET', place)).status).toBe(404)
    expect((await asSync('GET', `${place}/results`)).status).toBe(404)
    const refused = await asSync('POST', `${data}/jobs/ingest`, {
      object: 'Case',
      operation: 'insert',
    })
    expect(refused.status).toBe(400)
  })

  async function ended(id: string): Promise<string> {
    for (;;) {
      const { json } = await asSync('GET', `${data}/jobs/query/${id}`)
      const state = String(json['state'])
      if (!['UploadComplete', 'InProgress'].includes(state)) return state
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }

  it('is not given what its user saved under the same idempotency key', async () => {
    const key = { 'idempotency-key': 'same-key' }
    const body = { Phone: '0714' }
    const path = `${data}/sobjects/Account`
    const ofAdmin = await api.ask('POST', path, {
      as: 'admin',
      body: { Name: 'Once' },
      headers: key,
    })
    expect(ofAdmin.status).toBe(201)
    expect((await asSync('POST', path, { Name: 'Once' }, key)).status).toBeGreaterThanOrEqual(400)
    expect((await asSync('PATCH', `${path}/${account}`, body, key)).status).toBe(204)
  })

  it('follows its limits with the next request, and ends with its program', async () => {
    const file = `${own}/metadata/PermissionSet/SyncLimits`
    const fieldPermissions = [{ field: 'Account.Fax', readable: true }]
    const body = { ...limits, fieldPermissions }
    expect((await api.ask('PUT', file, { as: 'admin', body })).status).toBe(200)
    expect((await query('SELECT Fax FROM Account')).status).toBe(200)
    expect((await query('SELECT Phone FROM Account')).status).toBe(400)
    const used = await api.ask('DELETE', file, { as: 'admin' })
    expect(used.status).toBeGreaterThanOrEqual(400)
    const gone = await api.ask('DELETE', `${own}/metadata/ConnectedApp/Sync`, { as: 'admin' })
    expect(gone.status).toBeLessThan(300)
    expect((await query('SELECT Id FROM Account')).status).toBe(401)
  })
})
