/** J10: a save that is repeated with its key is done once, and answered as the first time. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openApi, type Api, type Ask } from '../support/api.ts'
import { databases } from '../support/databases.ts'

const data = '/services/data/v67.0'
const accounts = `${data}/sobjects/Account`
const hourMs = 3_600_000

describe.each(databases)('J10: saves with a key on $name', (database) => {
  let api: Api
  beforeAll(async () => {
    api = await openApi(database)
  })
  afterAll(() => api.close())

  const send = (method: string, path: string, key: string, ask: Ask = {}) =>
    api.ask(method, path, { as: 'admin', ...ask, headers: { 'idempotency-key': key } })
  const count = async (where: string): Promise<unknown> => {
    const soql = encodeURIComponent(`SELECT COUNT() FROM Account WHERE ${where}`)
    return (await api.ask('GET', `${data}/query?q=${soql}`, { as: 'admin' })).json['totalSize']
  }

  it('are done once, alone and at the same time, and answered alike', async () => {
    const body = { Name: 'Once' }
    const first = await send('POST', accounts, 'k-1', { body })
    expect(first.status).toBe(201)
    const again = await send('POST', accounts, 'k-1', { body })
    expect([again.status, again.text, again.headers.get('location')]).toEqual([
      201,
      first.text,
      first.headers.get('location'),
    ])
    expect(await count("Name = 'Once'")).toBe(1)
    const crowd = await Promise.all(
      Array.from({ length: 8 }, () => send('POST', accounts, 'k-2', { body: { Name: 'Crowd' } })),
    )
    expect(new Set(crowd.map(({ status, text }) => `${status} ${text}`)).size).toBe(1)
    expect(crowd[0]?.status).toBe(201)
    expect(await count("Name = 'Crowd'")).toBe(1)
  })

  it('a change is not done over a later one', async () => {
    const { json } = await api.ask('POST', accounts, { as: 'admin', body: { Name: 'Change' } })
    const path = `${accounts}/${json['id']}`
    const change = { body: { Name: 'Changed' } }
    expect((await send('PATCH', path, 'k-3', change)).status).toBe(204)
    await api.ask('PATCH', path, { as: 'admin', body: { Name: 'Later' } })
    expect((await send('PATCH', path, 'k-3', change)).status).toBe(204)
    expect(await count("Name = 'Later'")).toBe(1)
    expect((await send('DELETE', path, 'k-4')).status).toBe(204)
    expect((await send('DELETE', path, 'k-4')).status).toBe(204)
  })

  it('of another request, another user or another day are others', async () => {
    const body = { Name: 'Mine' }
    await send('POST', accounts, 'k-5', { body })
    const other = await send('POST', accounts, 'k-5', { body: { Name: 'Other' } })
    expect([other.status, other.json[0]?.['errorCode']]).toEqual([409, 'CONFLICT'])
    const elsewhere = await send('POST', `${data}/sobjects/Contact`, 'k-5', { body })
    expect(elsewhere.status).toBe(409)
    expect((await send('POST', accounts, 'k-5', { as: 'rep', body })).status).toBe(201)
    expect(await count("Name IN ('Mine', 'Other')")).toBe(2)
    api.clock.now += 25 * hourMs
    await api.renewTokens()
    expect((await send('POST', accounts, 'k-5', { body: { Name: 'Other' } })).status).toBe(201)
  })

  it('what was refused saved nothing and is tried anew', async () => {
    const missing = await send('POST', accounts, 'k-6', { body: {} })
    expect(missing.status).toBe(400)
    const corrected = await send('POST', accounts, 'k-6', { body: { Name: 'Corrected' } })
    expect(corrected.status).toBe(201)
  })

  it('trees, collections and composite requests are taken whole', async () => {
    const records = [{ attributes: { type: 'Account' }, Name: 'Coll' }]
    const collection = `${data}/composite/sobjects`
    const each = await send('POST', collection, 'k-7', { body: { allOrNone: false, records } })
    expect([each.status, each.json[0]?.['errorCode']]).toEqual([400, 'INVALID_ARGUMENT'])
    const whole = { body: { allOrNone: true, records } }
    const made = await send('POST', collection, 'k-7', whole)
    expect((await send('POST', collection, 'k-7', whole)).text).toBe(made.text)
    expect(await count("Name = 'Coll'")).toBe(1)

    const step = (referenceId: string, body: object, object = 'Account') => ({
      method: 'POST',
      url: `${data}/sobjects/${object}`,
      referenceId,
      body,
    })
    const asComposite = (...compositeRequest: readonly object[]) => ({
      body: { allOrNone: true, compositeRequest },
    })
    const composite = `${data}/composite`
    const good = asComposite(
      step('a', { Name: 'Comp' }),
      step('c', { LastName: 'Comp', AccountId: '@{a.id}' }, 'Contact'),
    )
    const done = await send('POST', composite, 'k-8', good)
    expect(done.json['compositeResponse']?.[1]?.['httpStatusCode']).toBe(201)
    expect((await send('POST', composite, 'k-8', good)).text).toBe(done.text)
    expect(await count("Name = 'Comp'")).toBe(1)
    // What fails as a whole leaves nothing of its first steps, and its key is free.
    const bad = asComposite(step('a', { Name: 'Half' }), step('b', {}))
    const failed = await send('POST', composite, 'k-9', bad)
    expect(failed.json['compositeResponse']?.[1]?.['httpStatusCode']).toBe(400)
    expect(await count("Name = 'Half'")).toBe(0)
    const tree = [{ attributes: { type: 'Account', referenceId: 'r' }, Name: 'Tree' }]
    for (let time = 0; time < 2; time++) {
      const path = `${composite}/tree/Account`
      expect((await send('POST', path, 'k-9', { body: { records: tree } })).status).toBe(201)
    }
    expect(await count("Name = 'Tree'")).toBe(1)
  })

  it('files come in once, alone, as a part of a form and among others', async () => {
    const versions = `${data}/sobjects/ContentVersion`
    const version = (title: string) => ({
      Title: title,
      PathOnClient: `${title}.txt`,
      VersionData: Buffer.from(`words of ${title}`).toString('base64'),
    })
    const whole = {
      allOrNone: true,
      records: [{ attributes: { type: 'ContentVersion' }, ...version('together') }],
    }
    const form = [
      '--b',
      'content-disposition: form-data; name="entity_content"',
      'content-type: application/json',
      '',
      JSON.stringify({ Title: 'form', PathOnClient: 'form.txt' }),
      '--b',
      'content-disposition: form-data; name="VersionData"; filename="form.txt"',
      '',
      'words of form',
      '--b--',
      '',
    ].join('\r\n')
    for (let time = 0; time < 2; time++) {
      expect((await send('POST', versions, 'f-1', { body: version('alone') })).status).toBe(201)
      const together = await send('POST', `${data}/composite/sobjects`, 'f-2', { body: whole })
      expect(together.json[0], together.text).toMatchObject({ success: true })
      const headers = {
        'content-type': 'multipart/form-data; boundary=b',
        'idempotency-key': 'f-3',
      }
      const formed = await api.ask('POST', versions, { as: 'admin', body: form, headers })
      expect(formed.status, formed.text).toBe(201)
    }
    for (const title of ['alone', 'together', 'form']) {
      const soql = encodeURIComponent(`SELECT Id FROM ContentVersion WHERE Title = '${title}'`)
      const { json } = await api.ask('GET', `${data}/query?q=${soql}`, { as: 'admin' })
      expect(json['totalSize'], title).toBe(1)
      const path = `${versions}/${String(json['records']?.[0]?.['Id'])}/VersionData`
      expect((await api.ask('GET', path, { as: 'admin' })).text).toBe(`words of ${title}`)
    }
  })

  it('keys that are none, or mean nothing where they are sent, are refused', async () => {
    for (const key of ['', 'with blank', 'x'.repeat(256)]) {
      const answer = await send('POST', accounts, key, { body: { Name: 'No' } })
      expect([answer.status, answer.json[0]?.['errorCode']], key).toEqual([400, 'INVALID_ARGUMENT'])
    }
    const batch = await send('POST', `${data}/composite/batch`, 'k', { body: {} })
    expect(batch.json[0]?.['message']).toContain('Idempotency-Key is for saves of records')
    expect((await send('GET', accounts, 'k')).status).toBe(200)
    const path = `${data}/sobjects/User/${api.repId}/password`
    const secret = await send('POST', path, 'k', { body: { NewPassword: 'correct horse 9' } })
    expect([secret.status, secret.json[0]?.['errorCode']]).toEqual([404, 'NOT_FOUND'])
    expect((await send('POST', accounts, 'k-10', { body: { Name: 'Next' } })).status).toBe(201)
  })
})
