/** Leads that become customers: what is made of what, what is given, what is refused and undone, and who may. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openApi, type Api, type Ask, type Json } from '../support/api.ts'
import { databases } from '../support/databases.ts'

const data = '/services/data/v67.0'
const own = '/services/fieldstone/v1'
const convertedStatus = 'Closed - Converted'

const full = {
  Salutation: 'Dr.',
  FirstName: 'Ada',
  LastName: 'Byron',
  Title: 'Head of engines',
  Company: 'Analytical Engines',
  Phone: '1',
  MobilePhone: '2',
  Fax: '3',
  Email: 'ada@example.com',
  Website: 'https://example.com',
  Industry: 'Technology',
  Rating: 'Hot',
  LeadSource: 'Web',
  AnnualRevenue: 1000,
  NumberOfEmployees: 12,
  DoNotCall: true,
  Street: 'Main 1',
  City: 'London',
  PostalCode: 'W1',
  Country: 'UK',
  Description: 'Wants an engine.',
}

describe.each(databases)('converted leads on $name', (database) => {
  let api: Api
  beforeAll(async () => {
    api = await openApi(database)
    // Somebody who may work with leads and what becomes of them, but not with fields that conversions keep.
    const set = `${own}/metadata/PermissionSet/Rep`
    const rights = ['Account', 'Contact', 'Lead', 'Opportunity', 'Task'].map((object) => ({
      ...{ object, allowRead: true, allowCreate: true, allowEdit: true, allowDelete: true },
    }))
    const fields = [
      ...['Lead.Status', 'Lead.Company', 'Lead.Phone', 'Lead.LeadSource', 'Task.WhoId'],
      ...['Account.Phone', 'Contact.AccountId', 'Contact.Phone', 'Opportunity.AccountId'],
    ]
    const readable = ['Lead.IsConverted', 'Lead.ConvertedAccountId', 'Lead.Fax', 'Account.Fax']
    const body = {
      objectPermissions: rights,
      fieldPermissions: [
        ...fields.map((field) => ({ field, readable: true, editable: true })),
        ...readable.map((field) => ({ field, readable: true, editable: false })),
      ],
    }
    const { text, status } = await api.ask('PATCH', set, { as: 'admin', body })
    expect([text, status]).toEqual([text, 200])
  })
  afterAll(() => api.close())

  const make = async (object: string, body: object, as: Ask['as'] = 'admin'): Promise<string> => {
    const { json, text } = await api.ask('POST', `${data}/sobjects/${object}`, { as, body })
    expect(text).toContain('"success":true')
    return String(json['id'])
  }
  const row = async (object: string, id: unknown, as: Ask['as'] = 'admin'): Promise<Json> =>
    (await api.ask('GET', `${data}/sobjects/${object}/${String(id)}`, { as })).json
  const count = async (soql: string): Promise<number> => {
    const path = `${data}/query?q=${encodeURIComponent(soql)}`
    return Number((await api.ask('GET', path, { as: 'admin' })).json['totalSize'])
  }
  const ask = async (input: object, as: Ask['as'] = 'admin'): Promise<Json> => {
    const path = `${data}/actions/standard/convertLead`
    const body = { inputs: [{ convertedStatus, ...input }] }
    return (await api.ask('POST', path, { as, body })).json[0] as Json
  }
  const convert = async (input: object, as: Ask['as'] = 'admin'): Promise<Json> => {
    const told = await ask(input, as)
    expect(told).toMatchObject({ isSuccess: true })
    return told['outputValues'] as Json
  }
  const refused = async (input: object, as: Ask['as'] = 'admin'): Promise<unknown> => {
    const { errors } = (await ask(input, as)) as unknown as {
      errors: { statusCode: string; fields: string[] }[] | null
    }
    return [errors?.[0]?.statusCode, ...(errors?.[0]?.fields ?? [])]
  }

  it('make an account, a contact and an opportunity of what is known', async () => {
    api.clock.now = Date.parse('2026-05-12T23:30:00Z')
    const leadId = await make('Lead', full)
    const task = await make('Task', { Subject: 'Call', WhoId: leadId })
    const event = await make('Event', {
      ...{ Subject: 'Meet', WhoId: leadId },
      ...{ StartDateTime: '2026-05-20T10:00:00Z', EndDateTime: '2026-05-20T11:00:00Z' },
    })
    const { accountId, contactId, opportunityId } = await convert({ leadId })
    expect(await row('Account', accountId)).toMatchObject({
      ...{ Name: full.Company, Phone: '1', Fax: '3', Website: full.Website, Rating: 'Hot' },
      ...{ Industry: 'Technology', AnnualRevenue: 1000, NumberOfEmployees: 12 },
      ...{ AccountSource: 'Web', BillingStreet: 'Main 1', BillingCity: 'London' },
      ...{ BillingPostalCode: 'W1', BillingCountry: 'UK', Description: null },
    })
    expect(await row('Contact', contactId)).toMatchObject({
      ...{ Salutation: 'Dr.', FirstName: 'Ada', LastName: 'Byron', Title: full.Title },
      ...{ Phone: '1', MobilePhone: '2', Fax: '3', Email: full.Email, LeadSource: 'Web' },
      ...{ DoNotCall: true, HasOptedOutOfEmail: false, MailingCity: 'London' },
      ...{ AccountId: accountId, Description: full.Description },
    })
    expect(await row('Opportunity', opportunityId)).toMatchObject({
      ...{ Name: full.Company, AccountId: accountId, ContactId: contactId, LeadSource: 'Web' },
      ...{ StageName: 'Prospecting', CloseDate: '2026-06-30' },
    })
    expect(await row('Lead', leadId)).toMatchObject({
      ...{ Status: convertedStatus, IsConverted: true, ConvertedAccountId: accountId },
      ...{ ConvertedContactId: contactId, ConvertedOpportunityId: opportunityId },
      ConvertedDate: expect.stringMatching(/^2026-05-1[23]$/),
    })
    expect(await row('Task', task)).toMatchObject({ WhoId: contactId })
    expect(await row('Event', event)).toMatchObject({ WhoId: contactId })
    const history = `SELECT Id FROM LeadHistory WHERE LeadId = '${leadId}' AND Field = 'Status'`
    expect(await count(history)).toBe(1)
  })

  it('fill up what is there already, and leave what it says', async () => {
    const leadId = await make('Lead', full)
    const account = await make('Account', { Name: 'Known', Phone: '9', BillingCity: 'Paris' })
    const contactId = await make('Contact', { LastName: 'Known', LeadSource: 'Other' })
    const opportunityId = await make('Opportunity', {
      ...{ Name: 'Deal', StageName: 'Qualification', CloseDate: '2026-12-31', AccountId: account },
    })
    const given = { accountId: account, contactId, opportunityId, overwriteLeadSource: true }
    expect(await convert({ leadId, ...given })).toEqual({
      ...{ accountId: account, contactId, opportunityId },
    })
    expect(await row('Account', account)).toMatchObject({
      ...{ Name: 'Known', Phone: '9', Fax: '3', BillingCity: 'Paris', BillingStreet: null },
    })
    expect(await row('Contact', contactId)).toMatchObject({
      ...{ FirstName: null, LastName: 'Known', Phone: '1', LeadSource: 'Web', AccountId: account },
    })
    expect(await row('Opportunity', opportunityId)).toMatchObject({
      ...{ Name: 'Deal', StageName: 'Qualification', LeadSource: 'Web' },
    })
  })

  it('get a status that is marked as converted, as the action tells in every language', async () => {
    const choices = async (language: string) => {
      const headers = { 'accept-language': language }
      const path = `${data}/actions/standard/convertLead`
      const inputs = (await api.ask('GET', path, { as: 'admin', headers })).json['inputs'] as Json
      return inputs.find(({ name }) => String(name) === 'convertedStatus')?.['picklistValues']
    }
    const one = { active: true, defaultValue: false, value: convertedStatus }
    expect(await choices('en')).toEqual([{ ...one, label: convertedStatus }])
    expect(await choices('de')).toEqual([{ ...one, label: 'Geschlossen – umgewandelt' }])
  })

  it('have an opportunity of the name that was given, or none', async () => {
    const leadId = await make('Lead', full)
    const { opportunityId } = await convert({ leadId, opportunityName: 'Two engines' })
    expect(await row('Opportunity', opportunityId)).toMatchObject({ Name: 'Two engines' })
    const second = await make('Lead', full)
    const { opportunityId: none } = await convert({ leadId: second, doNotCreateOpportunity: true })
    expect(none).toBe(null)
    expect(await row('Lead', second)).toMatchObject({ ConvertedOpportunityId: null })
  })

  it('are refused where it makes no sense', async () => {
    const leadId = await make('Lead', full)
    const account = await make('Account', { Name: 'A' })
    const other = await make('Account', { Name: 'B' })
    const contactId = await make('Contact', { LastName: 'C', AccountId: other })
    for (const status of ['Working - Contacted', 'Nope', 'closed - converted']) {
      expect(await refused({ leadId, convertedStatus: status })).toEqual([
        'INVALID_STATUS',
        'convertedStatus',
      ])
    }
    expect(await refused({ leadId, contactId })).toEqual(['MISSING_ARGUMENT', 'accountId'])
    expect(await refused({ leadId, contactId, accountId: account })).toEqual([
      'INVALID_ARGUMENT',
      'contactId',
    ])
    expect(
      await refused({
        leadId,
        accountId: account,
        opportunityId: other,
        doNotCreateOpportunity: true,
      }),
    ).toEqual(['INVALID_ARGUMENT', 'opportunityId', 'doNotCreateOpportunity'])
    expect(await refused({ leadId, accountId: contactId })).toEqual(['NOT_FOUND'])
    expect(await refused({ leadId: account })).toEqual(['NOT_FOUND'])
    expect(await refused({ leadId: '00Q000000000001EAA' })).toEqual(['NOT_FOUND'])
    const nameless = await make('Lead', { LastName: 'No company' })
    expect(await refused({ leadId: nameless })).toEqual(['REQUIRED_FIELD_MISSING', 'Company'])
    await convert({ leadId })
    expect(await refused({ leadId })).toEqual(['CANNOT_UPDATE_CONVERTED_LEAD'])
  })

  it('come to nothing where one step fails', async () => {
    const leadId = await make('Lead', { ...full, Company: 'Rolled back' })
    const task = await make('Task', { Subject: 'Stays', WhoId: leadId })
    // Too long for an opportunity, which is made last.
    const told = await refused({ leadId, opportunityName: 'x'.repeat(121) })
    expect(told).toEqual(['STRING_TOO_LONG', 'Name'])
    expect(await count("SELECT Id FROM Account WHERE Name = 'Rolled back'")).toBe(0)
    expect(await row('Lead', leadId)).toMatchObject({ IsConverted: false })
    // The owner is given what was made last of all.
    const nobody = { leadId, ownerId: '005000000000001AAA' }
    expect(await refused(nobody)).toEqual([expect.any(String), 'OwnerId'])
    expect(await count("SELECT Id FROM Account WHERE Name = 'Rolled back'")).toBe(0)
    expect(await row('Lead', leadId)).toMatchObject({ IsConverted: false })
    expect(await row('Task', task)).toMatchObject({ WhoId: leadId })
  })

  it('are one where two convert at once', async () => {
    const leadId = await make('Lead', { ...full, Company: 'At once' })
    const told = await Promise.all([ask({ leadId }), ask({ leadId }), ask({ leadId })])
    expect(told.filter(({ isSuccess }) => Boolean(isSuccess))).toHaveLength(1)
    expect(await count("SELECT Id FROM Account WHERE Name = 'At once'")).toBe(1)
  })

  it('need the rights of every other way, and take no more along than these allow', async () => {
    const theirs = await make('Lead', full)
    expect(await refused({ leadId: theirs }, 'rep')).toEqual(['NOT_FOUND'])
    const lead = { LastName: 'Own', Company: 'Of the rep', Phone: '7', LeadSource: 'Web' }
    const leadId = await make('Lead', lead, 'rep')
    await api.ask('PATCH', `${data}/sobjects/Lead/${leadId}`, {
      ...{ as: 'admin', body: { Fax: '8', Description: 'Not for the rep' } },
    })
    const { accountId, contactId } = await convert({ leadId }, 'rep')
    expect(await row('Account', accountId)).toMatchObject({
      ...{ Name: 'Of the rep', Phone: '7', Fax: null, AccountSource: null, OwnerId: api.repId },
    })
    expect(await row('Contact', contactId)).toMatchObject({ Phone: '7', Description: null })
    expect(await row('Lead', leadId)).toMatchObject({ IsConverted: true })
    // Given ones must be the caller's to change.
    const seen = await make('Account', { Name: 'To be read alone' })
    const opportunityId = await make('Opportunity', {
      ...{ Name: 'Hidden', StageName: 'Qualification', CloseDate: '2026-12-31' },
    })
    const second = await make('Lead', lead, 'rep')
    expect(await refused({ leadId: second, accountId: seen }, 'rep')).toEqual([
      'INSUFFICIENT_ACCESS_OR_READONLY',
    ])
    expect(await refused({ leadId: second, accountId, opportunityId }, 'rep')).toEqual([
      'NOT_FOUND',
    ])
    expect(await row('Lead', second)).toMatchObject({ IsConverted: false })
  })

  it('give what is made to the owner of the lead, or to whoever is named', async () => {
    const leadId = await make('Lead', { LastName: 'Own', Company: 'Owner' }, 'rep')
    const { accountId, contactId, opportunityId } = await convert({ leadId })
    for (const [object, id] of [
      ['Account', accountId],
      ['Contact', contactId],
      ['Opportunity', opportunityId],
    ] as const) {
      expect(await row(object, id, 'rep')).toMatchObject({ Id: id, OwnerId: api.repId })
    }
    const second = await make('Lead', full)
    const { accountId: given } = await convert({ leadId: second, ownerId: api.repId })
    expect(await row('Account', given)).toMatchObject({ OwnerId: api.repId })
  })

  it('are changed no more but by whoever may change all of them', async () => {
    const leadId = await make('Lead', { LastName: 'Own', Company: 'Done' }, 'rep')
    await convert({ leadId }, 'rep')
    const path = `${data}/sobjects/Lead/${leadId}`
    const change = (as: 'admin' | 'rep') => api.ask('PATCH', path, { as, body: { Phone: '5' } })
    const told = await change('rep')
    expect([told.status, told.code]).toEqual([400, 'CANNOT_UPDATE_CONVERTED_LEAD'])
    expect((await change('admin')).status).toBe(204)
    expect((await api.ask('DELETE', path, { as: 'rep' })).status).toBe(204)
  })
})
