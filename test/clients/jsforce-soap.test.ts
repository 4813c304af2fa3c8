/** The SOAP API of the real jsforce: what it does through the partner's WSDL. */
import jsforce, { type Connection } from 'jsforce'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databases } from '../support/databases.ts'
import { serveApi, type ServedApi } from './served-api.ts'

describe.each(databases)('jsforce over SOAP on $name', (database) => {
  let api: ServedApi
  let connection: Connection
  beforeAll(async () => {
    api = await serveApi(database)
    connection = new jsforce.Connection({
      instanceUrl: api.url,
      accessToken: api.tokens.admin,
      version: '60.0',
    })
  })
  afterAll(() => api.close())

  const make = async (object: string, values: object): Promise<string> => {
    const made = await connection.sobject(object).create({ ...values })
    if (!made.success) throw new Error('not created')
    return made.id
  }

  it('merges records, one request or several', async () => {
    const [master, first, second] = [
      await make('Lead', { FirstName: 'Stays', LastName: 'Lead', Company: 'jsforce' }),
      await make('Lead', { FirstName: 'Goes', LastName: 'Lead', Company: 'jsforce' }),
      await make('Lead', { FirstName: 'Goes too', LastName: 'Lead', Company: 'jsforce' }),
    ]
    const task = await make('Task', { Subject: 'Call', WhoId: first })
    const masterRecord = {
      type: 'Lead',
      Id: master,
      FirstName: 'Kept & <merged>',
      AnnualRevenue: 12.5,
      DoNotCall: true,
    }
    const merged = await connection.soap.merge({ masterRecord, recordToMergeIds: [first, second] })
    expect(merged).toEqual({
      errors: [],
      id: master,
      mergedRecordIds: [first, second],
      success: true,
      updatedRelatedIds: [task],
    })
    expect(await connection.sobject('Lead').retrieve(master)).toMatchObject({
      FirstName: 'Kept & <merged>',
      AnnualRevenue: 13,
      DoNotCall: true,
    })
    expect(await connection.sobject('Task').retrieve(task)).toMatchObject({ WhoId: master })
    const again = await connection.soap.merge([
      { masterRecord: { type: 'Lead', Id: master }, recordToMergeIds: [first] },
    ])
    expect(again).toMatchObject([
      { success: false, id: null, errors: [{ statusCode: 'ENTITY_IS_DELETED' }] },
    ])
  })
})
