/** What the partner's SOAP changes: refused, undone and forbidden as everywhere. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openApi, type Api, type Json } from '../support/api.ts'
import { databases } from '../support/databases.ts'
import { askPartner, textsOf } from '../support/soap.ts'

const data = '/services/data/v67.0'

describe.each(databases)("changes over the partner's SOAP on $name", (database) => {
  let api: Api
  beforeAll(async () => {
    api = await openApi(database)
  })
  afterAll(() => api.close())

  const make = async (object: string, body: object): Promise<string> => {
    const path = `${data}/sobjects/${object}`
    const { json, text } = await api.ask('POST', path, { as: 'admin', body })
    expect(text).toContain('"success":true')
    return String(json['id'])
  }
  const rows = async (soql: string): Promise<Json> => {
    const path = `${data}/query?q=${encodeURIComponent(soql)}`
    return (await api.ask('GET', path, { as: 'admin' })).json['records'] as Json
  }

  const merging = (master: string, others: readonly string[], type = 'Contact'): string =>
    `<mergeRequests><masterRecord><type>${type}</type>${master}</masterRecord>${others
      .map((id) => `<recordToMergeIds>${id}</recordToMergeIds>`)
      .join('')}</mergeRequests>`

  it('merges each request by itself: one that is refused undoes nothing of another', async () => {
    const [stays, first, second] = [
      await make('Contact', { LastName: 'Stays', Phone: '1', Title: 'Head' }),
      await make('Contact', { LastName: 'First' }),
      await make('Contact', { LastName: 'Second' }),
    ]
    const values =
      '<LastName>Kept</LastName><Title xsi:nil="true"/><fieldsToNull>Phone</fieldsToNull>'
    const told = await askPartner(
      api,
      `<merge>${merging(`<Id>${stays}</Id>${values}`, [first])}${merging(`<Id>${stays}</Id><LastName/>`, [second])}</merge>`,
    )
    expect(told.status).toBe(200)
    expect(textsOf(told, 'success')).toEqual(['true', 'false'])
    expect(textsOf(told, 'statusCode')).toEqual(['REQUIRED_FIELD_MISSING'])
    expect(textsOf(told, 'fields')).toEqual(['LastName'])
    expect(textsOf(told, 'mergedRecordIds')).toEqual([first])
    expect(await rows(`SELECT LastName, Phone, Title FROM Contact WHERE Id = '${stays}'`)).toEqual([
      expect.objectContaining({ LastName: 'Kept', Phone: null, Title: 'Head' }),
    ])
    expect(await rows(`SELECT Id FROM Contact WHERE Id = '${second}'`)).toHaveLength(1)
  })

  it('refuses merges that make no sense', async () => {
    const stays = await make('Contact', { LastName: 'Stays' })
    const [one, two, three] = [
      await make('Contact', { LastName: '1' }),
      await make('Contact', { LastName: '2' }),
      await make('Contact', { LastName: '3' }),
    ]
    const account = await make('Account', { Name: 'Another object' })
    const id = `<Id>${stays}</Id>`
    const cases: readonly (readonly [string, string])[] = [
      ['<mergeRequests/>', 'MISSING_ARGUMENT'],
      [merging('', [one]), 'MISSING_ARGUMENT'],
      [merging(id, []), 'INVALID_ARGUMENT'],
      [merging(id, [stays]), 'INVALID_ARGUMENT'],
      [merging(id, [account]), 'INVALID_ARGUMENT'],
      [merging(id, [one, two, three]), 'INVALID_ARGUMENT'],
      [merging(id, [one], 'Account'), 'NOT_FOUND'],
      [merging(id, [one], 'Nothing'), 'NOT_FOUND'],
      [merging(`${id}<Nope>1</Nope>`, [one]), 'INVALID_FIELD'],
      [merging(`${id}<Account><Name>x</Name></Account>`, [one]), 'INVALID_FIELD'],
      [merging(`<Id>${await make('Task', { Subject: 'T' })}</Id>`, [one], 'Task'), 'INVALID_TYPE'],
    ]
    for (const [request, code] of cases) {
      const told = await askPartner(api, `<merge>${request}</merge>`)
      expect([request, textsOf(told, 'statusCode')]).toEqual([request, [code]])
    }
    const many = merging(id, [one]).repeat(201)
    expect((await askPartner(api, `<merge>${many}</merge>`)).text).toContain('LIMIT_EXCEEDED')
    const left = `SELECT Id FROM Contact WHERE Id IN ('${stays}', '${one}', '${two}', '${three}')`
    expect(await rows(left)).toHaveLength(4)
  })

  it('needs the rights of every other way, and a session', async () => {
    const [stays, other] = [
      await make('Contact', { LastName: 'X' }),
      await make('Contact', { LastName: 'Y' }),
    ]
    const request = (id: string) => `<merge>${merging(`<Id>${id}</Id>`, [other])}</merge>`
    const hidden = await askPartner(api, request(stays), 'rep')
    const missing = await askPartner(api, request('003000000000001AAA'), 'rep')
    expect(textsOf(hidden, 'statusCode')).toEqual(['NOT_FOUND'])
    expect(hidden.text).toBe(missing.text)
    const nobody = await askPartner(api, request(stays), 'nobody')
    expect([nobody.status, nobody.text]).toEqual([500, expect.stringContaining('INVALID_SESSION')])
    const long = await askPartner(api, `<merge>${'<a/>'.repeat(20_000)}</merge>`, 'nobody')
    expect(long.text).toContain('INVALID_SESSION_ID')
  })
})
