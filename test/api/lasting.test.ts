/** Records that last: legal holds against every way a record goes. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openApi, type Api, type Ask } from '../support/api.ts'
import { databases } from '../support/databases.ts'

const own = '/services/fieldstone/v1'
const data = '/services/data/v67.0'

describe.each(databases)('records that last on $name', (database) => {
  let api: Api
  beforeAll(async () => {
    api = await openApi(database)
  })
  afterAll(() => api.close())

  const query = async (
    soql: string,
    as: Ask['as'] = 'admin',
  ): Promise<Record<string, unknown>[]> => {
    const { json, text } = await api.ask('GET', `${data}/query?q=${encodeURIComponent(soql)}`, {
      as,
    })
    if (!Array.isArray(json['records'])) throw new Error(text)
    return json['records'].map(({ attributes: _, ...rest }) => rest)
  }
  const make = async (object: string, body: object): Promise<string> => {
    const told = await api.ask('POST', `${data}/sobjects/${object}`, { as: 'admin', body })
    return String(told.json['id'])
  }
  const hold = async (recordId: string): Promise<string> => {
    const body = { recordId, reason: 'Case 17 at court' }
    const told = await api.ask('POST', `${own}/legal-holds`, { as: 'admin', body })
    expect(told.status).toBe(201)
    return String(told.json['id'])
  }
  const lift = (id: string) => api.ask('DELETE', `${own}/legal-holds/${id}`, { as: 'admin' })
  const remove = (object: string, id: string) =>
    api.ask('DELETE', `${data}/sobjects/${object}/${id}`, { as: 'admin' })
  const purge = (id: string) => api.ask('DELETE', `${own}/recycle-bin/${id}`, { as: 'admin' })

  it('a record on hold goes by no door: not by itself, with its parent, in bulk, or out of the bin', async () => {
    const account = await make('Account', { Name: 'Kept' })
    const contact = await make('Contact', { LastName: 'Kept', AccountId: account })
    const line = await hold(account)
    const again = await hold(account)
    expect((await remove('Account', account)).code).toBe('DELETE_FAILED')
    const many = await api.ask('DELETE', `${data}/composite/sobjects?ids=${account}`, {
      as: 'admin',
    })
    expect(many.json[0]?.['success']).toBe(false)
    await lift(line)
    expect((await remove('Account', account)).code).toBe('DELETE_FAILED')
    await lift(again)
    expect((await lift(again)).status).toBe(404)
    expect((await remove('Contact', contact)).status).toBe(204)
    // In the bin it can be kept as well.
    const inBin = await hold(contact)
    expect((await purge(contact)).code).toBe('DELETE_FAILED')
    await lift(inBin)
    expect((await purge(contact)).status).toBe(204)
    expect((await remove('Account', account)).status).toBe(204)
    const told = await query(
      "SELECT Action, Display FROM SetupAuditTrail WHERE Section = 'Legal Holds' ORDER BY Id LIMIT 1",
    )
    expect(told[0]).toMatchObject({ Action: 'placedLegalHold' })
    expect(String(told[0]?.['Display'])).toContain('Case 17 at court')
  })

  it('what would go along with its parent keeps the parent', async () => {
    const object = (fullName: string, fields: readonly object[]) => ({
      fullName,
      label: fullName,
      pluralLabel: `${fullName}s`,
      nameField: { label: 'Name', type: 'Text' },
      sharingModel: fields.length > 0 ? 'ControlledByParent' : 'ReadWrite',
      fields,
    })
    const master = {
      fullName: 'Box__c',
      label: 'Box',
      type: 'MasterDetail',
      referenceTo: ['Box__c'],
      relationshipName: 'Things',
    }
    for (const body of [object('Box__c', []), object('Thing__c', [master])]) {
      const path = `${own}/metadata/CustomObject/${body.fullName}`
      const told = await api.ask('PUT', path, { as: 'admin', body })
      expect([told.status, told.text]).toEqual([200, told.text])
    }
    const box = await make('Box__c', { Name: 'Box' })
    const thing = await make('Thing__c', { Name: 'Thing', Box__c: box })
    const held = await hold(thing)
    expect((await remove('Box__c', box)).code).toBe('DELETE_FAILED')
    expect(await query(`SELECT Id FROM Thing__c WHERE Id = '${thing}'`)).toHaveLength(1)
    await lift(held)
    expect((await remove('Box__c', box)).status).toBe(204)
  })

  it('holds are placed and lifted by whoever may, on what is there', async () => {
    const body = { recordId: api.repId, reason: 'x' }
    expect((await api.ask('POST', `${own}/legal-holds`, { as: 'rep', body })).status).toBe(403)
    const none = { recordId: '001000000000000AAA', reason: 'x' }
    expect((await api.ask('POST', `${own}/legal-holds`, { as: 'admin', body: none })).status).toBe(
      404,
    )
    const empty = { recordId: api.repId, reason: ' ' }
    expect((await api.ask('POST', `${own}/legal-holds`, { as: 'admin', body: empty })).code).toBe(
      'INVALID_ARGUMENT',
    )
  })
})
