/** The Bulk API before 2.0, as programs in other languages use it: JSON and XML in and out, several batches, refusals. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openApi, type Api, type Told } from '../support/api.ts'
import { databases } from '../support/databases.ts'

const root = '/services/async/60.0/job'
const timeout = 300_000

describe.each(databases)('bulk jobs of batches on $name', { timeout }, (database) => {
  let api: Api
  beforeAll(async () => {
    api = await openApi(database)
  })
  afterAll(() => api.close())

  const ask = (method: string, path: string, body?: unknown, as: 'admin' | 'rep' = 'admin') =>
    api.ask(method, root + path, {
      headers: { 'x-sfdc-session': api.tokens[as], 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body }),
    })
  const open = async (operation: string, more: object = {}): Promise<string> => {
    const body = { operation, object: 'Account', contentType: 'JSON', ...more }
    const { json, status } = await ask('POST', '', body)
    expect(status).toBe(201)
    return String(json['id'])
  }
  const done = (job: string, batch: string): Promise<Told> =>
    vi.waitFor(
      async () => {
        const told = await ask('GET', `/${job}/batch/${batch}`)
        expect(['Completed', 'Failed', 'Not Processed']).toContain(told.json['state'])
        return told
      },
      { timeout, interval: 50 },
    )

  it('load records of JSON in several batches, and tell of every row in its order', async () => {
    const job = await open('insert')
    const batches: string[] = []
    for (const records of [
      [{ Name: 'B1', AnnualRevenue: 1250 }, { Phone: '1' }, { Name: 'B2', Phone: null }],
      [{ attributes: { type: 'Account' }, Name: 'Ünï "quoted", \n line', IsActive: false }],
    ]) {
      const { json, status } = await ask('POST', `/${job}/batch`, records)
      expect([status, json['jobId'], String(json['id']).slice(0, 3)]).toEqual([201, job, '751'])
      batches.push(String(json['id']))
    }
    expect((await ask('POST', `/${job}`, { state: 'Closed' })).json['state']).toBe('Closed')
    expect((await ask('POST', `/${job}/batch`, [{ Name: 'late' }])).json['exceptionCode']).toBe(
      'InvalidJobState',
    )
    const [first = '', second = ''] = batches
    expect((await done(job, first)).json).toMatchObject({
      ...{ state: 'Completed', numberRecordsProcessed: 3, numberRecordsFailed: 1 },
    })
    await done(job, second)
    const results = (await ask('GET', `/${job}/batch/${first}/result`)).json
    expect(results.map((one) => [one['success'], one['created']])).toEqual([
      [true, true],
      [false, false],
      [true, true],
    ])
    expect(results[1]).toMatchObject({
      id: null,
      errors: [{ statusCode: 'REQUIRED_FIELD_MISSING', fields: ['Name'] }],
    })
    const info = (await ask('GET', `/${job}`)).json
    expect(info).toMatchObject({ numberBatchesCompleted: 2, numberRecordsFailed: 1 })
    expect((await ask('GET', `/${job}/batch`)).json['batchInfo']?.map((one) => one['id'])).toEqual(
      batches,
    )
  })

  it('query with parents, numbers and empty values as JSON', async () => {
    const job = await open('query')
    const soql =
      "SELECT Name, AnnualRevenue, Phone, IsActive, Owner.Name FROM Account WHERE Name = 'B1'"
    const { json } = await ask('POST', `/${job}/batch`, soql)
    const batch = String(json['id'])
    await done(job, batch)
    const list = (await ask('GET', `/${job}/batch/${batch}/result`)).json
    expect(list).toEqual([batch])
    const rows = (await ask('GET', `/${job}/batch/${batch}/result/${batch}`)).json
    expect(rows).toMatchObject([
      {
        ...{ Name: 'B1', AnnualRevenue: 1250, Phone: null, IsActive: true },
        Owner: { Name: expect.anything() },
      },
    ])
    const wrong = await ask('POST', `/${job}/batch`, 'SELECT Nope FROM Account')
    expect([wrong.status, wrong.json['exceptionCode']]).toEqual([400, 'InvalidBatch'])
    const other = await ask('POST', `/${job}/batch`, 'SELECT Id FROM Contact')
    expect(other.json['exceptionMessage']).toContain('The job queries Account')
  })

  it('take and give XML to programs that speak it alone', async () => {
    const xml = (method: string, path: string, body?: string) =>
      api.ask(method, root + path, {
        headers: { 'x-sfdc-session': api.tokens.admin, 'content-type': 'application/xml' },
        ...(body === undefined ? {} : { body }),
      })
    const member = (text: string, name: string): string =>
      new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1] ?? ''
    const begin = async (operation: string, object: string, batch: string) => {
      const info = `<jobInfo xmlns="x"><operation>${operation}</operation><object>${object}</object><contentType>XML</contentType></jobInfo>`
      const job = member((await xml('POST', '', info)).text, 'id')
      const made = await xml('POST', `/${job}/batch`, batch)
      expect([made.status, member(made.text, 'jobId')]).toEqual([201, job])
      const id = member(made.text, 'id')
      await done(job, id)
      return { path: `/${job}/batch/${id}/result`, id }
    }
    const rows =
      '<sObject><Name>X1 &lt;&amp;&gt; "Ünï"</Name><SourceSystemIdentifier>x1</SourceSystemIdentifier></sObject>' +
      '<sObject><Phone>1</Phone></sObject><sObject><Name>X2</Name><Phone xsi:nil="true"/><AnnualRevenue>12.5</AnnualRevenue></sObject>'
    const load = await begin('insert', 'Account', `<sObjects xmlns:xsi="y">${rows}</sObjects>`)
    const saved = await xml('GET', load.path)
    expect(saved.headers.get('content-type')).toBe('text/xml;charset=UTF-8')
    const results = saved.text.split('<result>').slice(1)
    expect(results.map((one) => member(one, 'success'))).toEqual(['true', 'false', 'true'])
    expect(results[1]).toContain('<errors><fields>Name</fields>')
    expect(results[1]).toContain('<statusCode>REQUIRED_FIELD_MISSING</statusCode>')
    // A parent is found by its external id.
    const child =
      '<sObject><LastName>X</LastName><Account><sObject><SourceSystemIdentifier>x1</SourceSystemIdentifier></sObject></Account></sObject>'
    await begin('insert', 'Contact', `<sObjects>${child}</sObjects>`)
    const soql = "SELECT LastName, Phone, Account.Name FROM Contact WHERE LastName = 'X'"
    const found = await begin('query', 'Contact', soql)
    expect((await xml('GET', found.path)).text).toContain(`<result>${found.id}</result>`)
    const { text } = await xml('GET', `${found.path}/${found.id}`)
    expect(text).toContain('<LastName>X</LastName><Phone xsi:nil="true"/>')
    expect(text).toContain('<Name>X1 &lt;&amp;&gt; &quot;Ünï&quot;</Name>')
    const info = '<jobInfo><operation>insert</operation><object>Account</object></jobInfo>'
    const job = member((await xml('POST', '', info)).text, 'id')
    for (const wrong of [
      '<sObjects><sObject>',
      '<records><sObject/></records>',
      '<sObjects><row/></sObjects>',
      '<sObjects><sObject><Name><b>x</b></Name></sObject></sObjects>',
      '<!DOCTYPE a [<!ENTITY b "x">]><sObjects><sObject><Name>&b;</Name></sObject></sObjects>',
    ]) {
      const refused = await xml('POST', `/${job}/batch`, wrong)
      expect([wrong, refused.status]).toEqual([wrong, 400])
      expect(refused.text).toContain('<exceptionCode>InvalidBatch</exceptionCode>')
    }
  })

  it('refuse in their own words, in the form of the question, and show nothing to others', async () => {
    const xml = await api.ask('GET', `${root}/750000000000001AAA`, {
      headers: { 'x-sfdc-session': 'nobody' },
    })
    expect([xml.status, xml.headers.get('content-type')]).toEqual([400, 'text/xml;charset=UTF-8'])
    expect(xml.text).toContain('<exceptionCode>InvalidSessionId</exceptionCode>')
    const job = await open('insert')
    for (const [path, body, code] of [
      ['', { operation: 'insert', object: 'Nope' }, 'InvalidEntity'],
      ['', { operation: 'insert', object: 'Account', contentType: 'ZIP_CSV' }, 'ClientInputError'],
      ['', { operation: 'upsert', object: 'Account' }, 'ClientInputError'],
      [`/${job}/batch`, [{ Nope: 1 }], 'InvalidBatch'],
      [`/${job}/batch`, { Name: 'no list' }, 'InvalidBatch'],
      [`/${job}/batch`, [[]], 'InvalidBatch'],
      [`/${job}/batch`, [{ Name: [1] }], 'InvalidBatch'],
      [`/${job}`, { state: 'Nope' }, 'ClientInputError'],
    ] as const) {
      const { status, json } = await ask('POST', path, body)
      expect([path, status, json['exceptionCode']]).toEqual([path, 400, code])
    }
    const bomb = '<!DOCTYPE a [<!ENTITY b "x">]><jobInfo><operation>&b;</operation></jobInfo>'
    const headers = { 'x-sfdc-session': api.tokens.admin, 'content-type': 'application/xml' }
    expect((await api.ask('POST', root, { headers, body: bomb })).status).toBe(400)
    for (const path of [`/${job}`, `/${job}/batch`, `/${job}/batch/${job}`]) {
      expect((await ask('GET', path, undefined, 'rep')).json['exceptionCode']).toBe('InvalidJob')
    }
    expect((await ask('POST', `/${job}`, { state: 'Aborted' })).json['state']).toBe('Aborted')
    // What was counted is told among the limits.
    const told = await api.ask('GET', '/services/data/v60.0/limits', { as: 'admin' })
    const { DailyBulkApiBatches: used, DataStorageMB: room } = told.json
    expect(Number(used?.['Max']) - Number(used?.['Remaining'])).toBeGreaterThanOrEqual(2)
    expect(Number(room?.['Max'])).toBeGreaterThan(Number(room?.['Remaining']))
  })
})
