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

  it('converts leads, one or several, with a status that the metadata marks', async () => {
    const set = await connection.metadata.read('StandardValueSet', 'LeadStatus')
    const marked = set.standardValue.find(({ converted }) => converted === true)
    const convertedStatus = marked?.fullName ?? ''
    expect(convertedStatus).toBe('Closed - Converted')
    const lead = { LastName: 'Lead', Company: 'jsforce' }
    const [first, second, third] = [
      await make('Lead', { ...lead, FirstName: 'One' }),
      await make('Lead', { ...lead, FirstName: 'Two' }),
      await make('Lead', { ...lead, FirstName: 'Three' }),
    ]
    const done = await connection.soap.convertLead({ leadId: first, convertedStatus })
    expect(done).toEqual({
      accountId: expect.stringMatching(/^001/),
      contactId: expect.stringMatching(/^003/),
      errors: [],
      leadId: first,
      opportunityId: expect.stringMatching(/^006/),
      success: true,
    })
    const accountId = done.accountId ?? ''
    const more = await connection.soap.convertLead([
      { leadId: second, convertedStatus, accountId, doNotCreateOpportunity: true },
      { leadId: third, convertedStatus: 'Open - Not Contacted' },
      { leadId: first, convertedStatus },
    ])
    expect(more).toMatchObject([
      { leadId: second, success: true, accountId, opportunityId: null },
      { leadId: third, success: false, errors: [{ statusCode: 'INVALID_STATUS' }] },
      { leadId: first, success: false, errors: [{ statusCode: 'CANNOT_UPDATE_CONVERTED_LEAD' }] },
    ])
    expect(await connection.sobject('Lead').retrieve(second)).toMatchObject({
      Status: convertedStatus,
      IsConverted: true,
      ConvertedAccountId: accountId,
      ConvertedContactId: more[0]?.contactId,
      ConvertedOpportunityId: null,
    })
  })
})
