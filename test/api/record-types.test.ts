/** Record types from end to end: ids, defaults, limits of picklists, layouts, rights. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openApi, type Api, type Ask, type Json } from '../support/api.ts'
import { databases } from '../support/databases.ts'
import { addLoans } from '../support/loan-metadata.ts'

const data = '/services/data/v67.0'
const own = '/services/fieldstone/v1'
const noRecordType = '012000000000000AAA'

describe.each(databases)('record types on $name', (database) => {
  let api: Api
  const ids = new Map<string, string>()
  beforeAll(async () => {
    api = await openApi(database, { prepare: addLoans })
    const [lending] = await query("SELECT Id FROM PermissionSet WHERE Name = 'Lending'")
    const body = { AssigneeId: api.repId, PermissionSetId: lending?.['Id'] }
    await admin('POST', `${data}/sobjects/PermissionSetAssignment`, { body })
    for (const row of await query(
      "SELECT Id, DeveloperName FROM RecordType WHERE SobjectType = 'Loan__c'",
    )) {
      ids.set(String(row['DeveloperName']), String(row['Id']))
    }
  })
  afterAll(() => api.close())

  const admin = (method: string, path: string, ask: Ask = {}) =>
    api.ask(method, path, { as: 'admin', ...ask })
  const query = async (soql: string, as: Ask['as'] = 'admin'): Promise<readonly Json[]> => {
    const told = await api.ask('GET', `${data}/query?q=${encodeURIComponent(soql)}`, { as })
    if (told.status !== 200) throw new Error(told.text)
    return told.json['records'] as unknown as Json[]
  }
  const typeId = (name: string): string => ids.get(name) ?? ''
  const create = async (body: object, as: Ask['as'] = 'admin') =>
    api.ask('POST', `${data}/sobjects/Loan__c`, { as, body: { Name: 'A loan', ...body } })
  const made = async (body: object, as: Ask['as'] = 'admin'): Promise<string> => {
    const told = await create(body, as)
    if (told.status !== 201) throw new Error(told.text)
    return String(told.json['id'])
  }
  const update = (id: string, body: object, as: Ask['as'] = 'admin') =>
    api.ask('PATCH', `${data}/sobjects/Loan__c/${id}`, { as, body })
  const loan = async (id: string): Promise<Json> =>
    (await admin('GET', `${data}/sobjects/Loan__c/${id}`)).json
  const bad = 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST'

  it('are rows that queries read and that no caller writes', async () => {
    const rows = await query(
      "SELECT Id, Name, DeveloperName, IsActive FROM RecordType WHERE SobjectType = 'Loan__c' ORDER BY Name",
    )
    expect(rows).toMatchObject([
      { Name: 'Business Loan', DeveloperName: 'Business', IsActive: true },
      { Name: 'Old Loan', DeveloperName: 'Old', IsActive: false },
      { Name: 'Private Loan', DeveloperName: 'Private', IsActive: true },
    ])
    for (const row of rows) expect(String(row['Id'])).toMatch(/^012\w{15}$/)
    const answer = await admin('PATCH', `${data}/sobjects/RecordType/${typeId('Old')}`, {
      body: { Name: 'Other' },
    })
    expect([answer.status, answer.code]).toEqual([403, 'INSUFFICIENT_ACCESS_OR_READONLY'])
  })

  it('stand in the describe, the default and the available ones of the caller', async () => {
    const infos = async (as: Ask['as']) =>
      (await api.ask('GET', `${data}/sobjects/Loan__c/describe`, { as: as ?? 'admin' })).json[
        'recordTypeInfos'
      ] as unknown as Json[]
    expect(await infos('admin')).toMatchObject([
      { developerName: 'Private', available: true, defaultRecordTypeMapping: true, master: false },
      { developerName: 'Business', available: true, defaultRecordTypeMapping: false },
      { developerName: 'Old', active: false, available: false },
      { developerName: 'Master', master: true, recordTypeId: noRecordType },
    ])
    expect(await infos('rep')).toMatchObject([
      { developerName: 'Private', name: 'Private Loan', available: false },
      { developerName: 'Business', available: true, defaultRecordTypeMapping: true },
      { developerName: 'Old', available: false },
      { developerName: 'Master', available: false },
    ])
  })

  it('a new record gets the default type, its values and its default values', async () => {
    expect(await loan(await made({}))).toMatchObject({
      RecordTypeId: typeId('Private'),
      Stage__c: 'New',
      Purposes__c: 'House',
      Detail__c: null,
    })
    expect(await loan(await made({}, 'rep'))).toMatchObject({
      RecordTypeId: typeId('Business'),
      Stage__c: 'Offered',
      Purposes__c: null,
    })
    expect(await loan(await made({ RecordTypeId: typeId('Business').slice(0, 15) }))).toMatchObject(
      { RecordTypeId: typeId('Business'), Stage__c: 'Offered' },
    )
  })

  it.each([
    ['one that the caller may not use', 'Private', 'rep'],
    ['an inactive one', 'Old', 'admin'],
    ['none of the object', '012000000000001AAA', 'admin'],
  ] as const)('a new record cannot have %s', async (...[, name, as]) => {
    const answer = await create({ RecordTypeId: ids.get(name) ?? name }, as)
    expect([answer.status, answer.code]).toEqual([400, 'INVALID_CROSS_REFERENCE_KEY'])
    expect(answer.json[0]?.['fields']).toEqual(['RecordTypeId'])
  })

  it('limits values of picklists and multi-selects, of open lists too', async () => {
    const refused = async (body: object) => {
      const { status, code, json } = await create(body)
      return [status, code, json[0]?.['fields']?.[0]]
    }
    expect(await refused({ Stage__c: 'Offered' })).toEqual([400, bad, 'Stage__c'])
    expect(await refused({ Purposes__c: 'House;Machines' })).toEqual([400, bad, 'Purposes__c'])
    // An open list takes what nobody declared.
    expect(await loan(await made({ Purposes__c: 'House;Boat' }))).toMatchObject({
      Purposes__c: 'House;Boat',
    })
  })

  it('record type and controlling field hold both', async () => {
    const inType = await create({ Stage__c: 'New', Detail__c: 'Draft' })
    expect([inType.code, inType.text]).toEqual([bad, expect.stringContaining('Private Loan')])
    const controlled = await create({ Stage__c: 'New', Detail__c: 'Closed' })
    expect([controlled.code, controlled.text]).toEqual([bad, expect.stringContaining('Stage__c')])
    expect((await create({ Stage__c: 'New', Detail__c: 'Signed' })).status).toBe(201)
  })

  it('another type of a record: stored values must be of the new one', async () => {
    const id = await made({ Stage__c: 'New' })
    const business = { RecordTypeId: typeId('Business') }
    const refused = await update(id, business)
    expect([refused.status, refused.code, refused.json[0]?.['fields']]).toEqual([
      400,
      bad,
      ['Stage__c'],
    ])
    expect((await update(id, { ...business, Stage__c: 'Repaid' })).status).toBe(204)
    expect(await loan(id)).toMatchObject({ ...business, Stage__c: 'Repaid' })
    const none = await update(id, { RecordTypeId: null })
    expect([none.status, none.code]).toEqual([400, 'REQUIRED_FIELD_MISSING'])
  })

  it('a type that the caller may not use stays on the record', async () => {
    const id = await made({})
    expect((await update(id, { Amount__c: 5 }, 'rep')).status).toBe(204)
    expect((await update(id, { RecordTypeId: typeId('Private') }, 'rep')).status).toBe(204)
    expect((await update(id, { Stage__c: 'Offered' }, 'rep')).code).toBe(bad)
  })

  it('is reached as a parent in queries, filters and orders', async () => {
    const rows = await query(
      "SELECT Name, RecordType.DeveloperName, RecordType.Name FROM Loan__c WHERE RecordType.DeveloperName = 'Business' ORDER BY RecordType.Name LIMIT 1",
      'rep',
    )
    expect(rows).toMatchObject([
      { RecordType: { DeveloperName: 'Business', Name: 'Business Loan' } },
    ])
  })

  it('whoever may not read an object does not learn of its record types', async () => {
    const rows = await query('SELECT SobjectType FROM RecordType', 'rep')
    expect(new Set(rows.map((row) => row['SobjectType']))).toEqual(new Set(['Account', 'Loan__c']))
    const ofLoans = "SELECT Id FROM RecordType WHERE SobjectType = 'Loan__c'"
    await admin('PATCH', `${own}/metadata/PermissionSet/Lending`, {
      body: { objectPermissions: [], fieldPermissions: [], recordTypeVisibilities: [] },
    })
    expect(await query(ofLoans, 'rep')).toEqual([])
    const { json } = await admin('GET', `${own}/journal`)
    await admin('POST', `${own}/journal/${String(json[0]?.['number'])}/revert`, {
      body: { consent: true },
    })
    expect(await query(ofLoans, 'rep')).toHaveLength(3)
  })

  it('the screens get layout, compact layout and picklists of each type', async () => {
    const { json } = await admin('GET', `${own}/ui/objects/Loan__c`)
    expect(json).toMatchObject({
      layout: { name: 'Loan__c-Loan Layout' },
      compactLayout: ['Name', 'Stage__c', 'Amount__c'],
      recordTypes: [
        {
          id: typeId('Private'),
          name: 'Private',
          label: 'Private Loan',
          description: 'For persons.',
          available: true,
          isDefault: true,
          layout: 'Loan__c-Loan Layout',
          compactLayout: ['Name', 'Amount__c'],
          picklists: [
            { field: 'Stage__c', values: ['New', 'Paid Out'], defaults: ['New'] },
            { field: 'Purposes__c', values: ['House', 'Car'], defaults: ['House'] },
            { field: 'Detail__c', values: ['Signed', 'Closed'], defaults: [] },
          ],
        },
        { name: 'Business', isDefault: false, layout: 'Loan__c-Business Layout' },
        { name: 'Old', available: false },
      ],
    })
    const layouts = json['layouts'] as unknown as { name: string; sections: Json[] }[]
    const business = layouts.find(({ name }) => name === 'Loan__c-Business Layout')
    expect(business?.sections[0]?.['rows']).toEqual([
      [{ field: 'Name', behavior: 'Edit' }],
      [{ field: 'RecordTypeId', behavior: 'Readonly' }],
      [{ field: 'Amount__c', behavior: 'Edit' }],
    ])
  })

  it('the public layouts describe maps each record type to its layout', async () => {
    const path = `${data}/sobjects/Loan__c/describe`
    const { json } = await admin('GET', `${path}/layouts`)
    expect(json).toMatchObject({
      recordTypeSelectorRequired: [true],
      recordTypeMappings: [
        { recordTypeId: typeId('Private'), layoutId: 'Loan__c-Loan Layout' },
        { recordTypeId: typeId('Business'), layoutId: 'Loan__c-Business Layout' },
        { recordTypeId: typeId('Old'), available: false },
        { recordTypeId: noRecordType, master: true },
      ],
    })
    const picklists = json['recordTypeMappings']?.[0]?.['picklistsForRecordType']
    expect(picklists?.[0]).toMatchObject({
      picklistName: 'Stage__c',
      picklistValues: [{ value: 'New', defaultValue: true }, { value: 'Paid Out' }],
    })
    const one = await admin('GET', `${path}/layouts/${typeId('Business')}`)
    expect(one.json).toMatchObject({ id: 'Loan__c-Business Layout' })
    expect((await admin('GET', `${path}/layouts/${noRecordType.replace('AAA', '')}`)).status).toBe(
      200,
    )
    expect((await admin('GET', `${path}/layouts/012000000000009`)).status).toBe(404)
    const compact = (await admin('GET', `${path}/compactLayouts`)).json
    expect(compact).toMatchObject({
      compactLayouts: [{ name: 'Short' }, { name: 'Long' }],
      recordTypeCompactLayoutMappings: [
        { recordTypeId: typeId('Private'), compactLayoutName: 'Short' },
        { compactLayoutName: 'Long' },
        {},
        { recordTypeName: 'Master', compactLayoutName: 'Long' },
      ],
    })
  })

  it('field sets stand in the describe, without what the caller may not see', async () => {
    const sets = async (as: Ask['as'] = 'admin') =>
      (await api.ask('GET', `${data}/sobjects/Loan__c/describe`, { as })).json['fieldstone']?.[
        'fieldSets'
      ]
    expect(await sets()).toEqual([
      {
        name: 'Summary',
        label: 'Summary',
        description: 'Shown in an overview.',
        displayedFields: [
          { fieldPath: 'Name', label: 'Loan Name', type: 'string', required: true },
          { fieldPath: 'Amount__c', label: 'Amount', type: 'currency', required: false },
          { fieldPath: 'Owner.Name', label: 'Full Name', type: 'string', required: false },
        ],
        availableFields: [
          { fieldPath: 'Stage__c', label: 'Stage', type: 'picklist', required: false },
        ],
      },
    ])
  })

  describe('in metadata', () => {
    const path = (name: string) => `${own}/metadata/RecordType/Loan__c.${name}`

    it('one that records have cannot be removed; the plan says how many', async () => {
      const soql = `SELECT Id FROM Loan__c WHERE RecordTypeId = '${typeId('Business')}'`
      const count = (await query(soql)).length
      // What mentions it would be found first.
      await admin('PUT', `${own}/metadata/PermissionSet/Lending`, { body: { label: 'Lending' } })
      await admin('PATCH', `${own}/metadata/Profile/System%20Administrator`, {
        body: { recordTypeVisibilities: [], layoutAssignments: [] },
      })
      const plan = (await admin('DELETE', `${path('Business')}?dryRun=true`)).json
      expect(plan).toMatchObject({
        applicable: false,
        problems: [
          {
            component: 'Loan__c.Business',
            reason: expect.stringMatching(
              new RegExp(`^${count} of .* record type Business Loan; it cannot be removed`),
            ),
          },
        ],
      })
    })

    it('one that no record has goes, and its row with it; taking that back gives the same id', async () => {
      expect((await admin('DELETE', path('Old'))).status).toBe(200)
      const old = `SELECT Id FROM RecordType WHERE DeveloperName = 'Old'`
      expect(await query(old)).toEqual([])
      const { json } = await admin('GET', `${own}/journal`)
      await admin('POST', `${own}/journal/${String(json[0]?.['number'])}/revert`, { body: {} })
      expect(await query(old)).toMatchObject([{ Id: typeId('Old') }])
    })

    it('a renamed one keeps its id and its records', async () => {
      const plan = await admin('POST', `${own}/plans`, {
        body: {
          changes: [{ type: 'RecordType', fullName: 'Loan__c.Business', renameTo: 'Company' }],
        },
      })
      expect(plan.json['changes']).toEqual([
        {
          type: 'RecordType',
          fullName: 'Loan__c.Company',
          change: 'rename',
          from: 'Loan__c.Business',
        },
      ])
      await admin('POST', `${own}/plans/${String(plan.json['id'])}/apply`, { body: {} })
      expect(
        await query("SELECT Id, SobjectType FROM RecordType WHERE DeveloperName = 'Company'"),
      ).toMatchObject([{ Id: typeId('Business'), SobjectType: 'Loan__c' }])
      const { json } = await admin('GET', `${own}/journal`)
      await admin('POST', `${own}/journal/${String(json[0]?.['number'])}/revert`, { body: {} })
      expect(
        await query(
          "SELECT Id FROM RecordType WHERE DeveloperName = 'Business' AND SobjectType = 'Loan__c'",
        ),
      ).toMatchObject([{ Id: typeId('Business') }])
    })

    it('an inactive one stays on its records and is given to no other', async () => {
      const id = await made({ RecordTypeId: typeId('Business') })
      await admin('PATCH', path('Business'), { body: { active: false } })
      expect((await update(id, { Amount__c: 7 })).status).toBe(204)
      expect((await create({ RecordTypeId: typeId('Business') })).code).toBe(
        'INVALID_CROSS_REFERENCE_KEY',
      )
    })

    it('its values must be values of the picklist', async () => {
      const body = {
        label: 'Bad',
        picklistValues: [{ picklist: 'Stage__c', values: [{ fullName: 'Offred' }] }],
      }
      const plan = (await admin('PUT', `${path('Bad')}?dryRun=true`, { body })).json
      expect(plan['problems']).toMatchObject([
        {
          component: 'Loan__c.Bad',
          reason: 'record type Loan__c.Bad names "Offred", which Stage__c does not have',
          suggestion: 'did you mean "Offered"?',
        },
      ])
    })

    it('tables are as the model says', async () => {
      expect(await api.engine.deployer.verify()).toEqual([])
    })
  })
})
