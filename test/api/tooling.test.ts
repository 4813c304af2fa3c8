/** Objects and fields as rows: queries over the model itself, and what they tell to whom. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openApi, type Api, type Ask } from '../support/api.ts'
import { databases } from '../support/databases.ts'

const data = '/services/data/v60.0'

describe.each(databases)('rows made of the model on $name', (database) => {
  let api: Api
  beforeAll(async () => {
    api = await openApi(database)
  })
  afterAll(() => api.close())

  const query = async (soql: string, as: Ask['as'] = 'admin', way = 'tooling/query') => {
    const path = `${data}/${way}?q=${encodeURIComponent(soql)}`
    return api.ask('GET', path, { as: as ?? 'admin' })
  }
  const names = async (soql: string, as: Ask['as'] = 'admin') => {
    const { json, text } = await query(soql, as)
    if (json['records'] === undefined) throw new Error(text)
    return json['records'].map((record) => String(record['QualifiedApiName']))
  }

  it('EntityDefinition lists objects, in the order and number that is asked for', async () => {
    const soql =
      "SELECT QualifiedApiName, Label, IsCustomizable FROM EntityDefinition WHERE QualifiedApiName LIKE 'accountplan%' AND NOT (QualifiedApiName = 'accountplan') ORDER BY QualifiedApiName DESC LIMIT 2 OFFSET 1"
    const { status, json } = await query(soql)
    expect(status).toBe(200)
    expect(json).toMatchObject({ totalSize: 2, done: true })
    expect(json['records']?.[0]).toMatchObject({
      attributes: { type: 'EntityDefinition' },
      QualifiedApiName: 'AccountPlanObjMeasCalcDef',
      IsCustomizable: true,
    })
    const count = await query(
      "SELECT COUNT() FROM EntityDefinition WHERE KeyPrefix IN ('001', '003')",
    )
    expect(count.json).toMatchObject({ totalSize: 2, records: [] })
  })

  it('FieldDefinition lists fields with their object, in the words of the asker', async () => {
    const soql =
      "SELECT QualifiedApiName, Label, DataType, EntityDefinition.QualifiedApiName, EntityDefinition.KeyPrefix FROM FieldDefinition WHERE EntityDefinition.QualifiedApiName = 'Contact' AND QualifiedApiName IN ('AccountId', 'LastName') ORDER BY QualifiedApiName"
    const path = `${data}/query?q=${encodeURIComponent(soql)}`
    const { json } = await api.ask('GET', path, {
      as: 'admin',
      headers: { 'accept-language': 'de' },
    })
    expect(json['records']).toMatchObject([
      {
        QualifiedApiName: 'AccountId',
        DataType: 'Lookup(Account)',
        EntityDefinition: { QualifiedApiName: 'Contact', KeyPrefix: '003' },
      },
      { QualifiedApiName: 'LastName', Label: 'Nachname' },
    ])
  })

  it('values of standard picklists are rows, for whoever may read their field', async () => {
    const asked: readonly (readonly [string, readonly object[]])[] = [
      [
        'SELECT Id, MasterLabel FROM LeadStatus WHERE IsConverted = true LIMIT 1',
        [{ attributes: { type: 'LeadStatus' }, MasterLabel: 'Closed - Converted' }],
      ],
      [
        'SELECT ApiName FROM CaseStatus WHERE IsClosed = true ORDER BY SortOrder',
        [{ ApiName: 'Closed' }],
      ],
      [
        "SELECT MasterLabel, IsWon, ForecastCategoryName, SortOrder FROM OpportunityStage WHERE IsActive = true AND MasterLabel LIKE 'Closed%' ORDER BY SortOrder",
        [
          { MasterLabel: 'Closed Won', IsWon: true, ForecastCategoryName: 'Closed', SortOrder: 9 },
          { MasterLabel: 'Closed Lost', IsWon: false, ForecastCategoryName: 'Omitted' },
        ],
      ],
      ['SELECT ApiName FROM TaskPriority WHERE IsHighPriority = true', [{ ApiName: 'High' }]],
      ['SELECT ApiName FROM TaskStatus WHERE IsClosed = true', [{ ApiName: 'Completed' }]],
    ]
    for (const [soql, rows] of asked) {
      const { json, text } = await query(soql, 'admin', 'query')
      expect(json['records'], text).toMatchObject(rows)
      const name = /FROM (\w+)/.exec(soql)?.[1] ?? ''
      // As for an object that is not there.
      const hidden = await query(soql.replace(/ WHERE.*/, ''), 'rep', 'query')
      expect([hidden.status, hidden.code], name).toEqual([400, 'INVALID_TYPE'])
      const path = `${data}/sobjects/${name}/describe`
      const told = await api.ask('GET', path, { as: 'admin' })
      expect(told.json).toMatchObject({
        name,
        keyPrefix: '01J',
        urls: { sobject: `${data}/sobjects/${name}` },
      })
      expect((await api.ask('GET', path, { as: 'rep' })).status).toBe(404)
    }
  })

  it('tells the columns of such a query, as command lines ask for them', async () => {
    const soql =
      'SELECT qualifiedapiname, IsCustomizable, EntityDefinition.KeyPrefix FROM FieldDefinition'
    const of = (text: string) =>
      api.ask('GET', `${data}/tooling/query?columns=true&q=${encodeURIComponent(text)}`, {
        as: 'admin',
      })
    const wrong = await of(soql)
    expect([wrong.status, wrong.code]).toEqual([400, 'INVALID_FIELD'])
    const { status, json } = await of(soql.replace(' IsCustomizable,', ''))
    expect(status).toBe(200)
    expect(json).toMatchObject({ entityName: 'FieldDefinition', idSelected: false })
    expect(json['columnMetadata']).toMatchObject([
      { columnName: 'QualifiedApiName', textType: true, joinColumns: [] },
      {
        columnName: 'EntityDefinition',
        aggregate: false,
        joinColumns: [{ columnName: 'KeyPrefix' }],
      },
    ])
  })

  it('what is made is there at once, also as component', async () => {
    await api.ask('PUT', '/services/fieldstone/v1/metadata/CustomField/Account.Port__c', {
      as: 'admin',
      body: { label: 'Port', type: 'Text', length: 40 },
    })
    const { json } = await query(
      "SELECT Id, DeveloperName, TableEnumOrId, Length FROM CustomField WHERE DeveloperName = 'Port'",
    )
    expect(json['records']).toMatchObject([
      { DeveloperName: 'Port', TableEnumOrId: 'Account', Length: 40 },
    ])
    expect(String(json['records']?.[0]?.['Id'])).toMatch(/^00N\w{15}$/)
  })

  it('tells everybody only what he may see', async () => {
    expect(await names('SELECT QualifiedApiName FROM EntityDefinition', 'rep')).not.toContain(
      'Case',
    )
    const fields =
      "SELECT QualifiedApiName FROM FieldDefinition WHERE EntityDefinitionId = 'Account'"
    const seen = await names(fields, 'rep')
    expect(seen).toContain('Phone')
    expect(seen).not.toContain('AnnualRevenue')
    expect(await names(fields)).toContain('AnnualRevenue')
    const targets = `${fields} AND QualifiedApiName = 'ParentId'`
    expect(await names(targets, 'rep')).toEqual([])
  })

  it('components are not there for whoever may not customise', async () => {
    for (const object of ['CustomField', 'CustomObject', 'ValidationRule', 'Layout']) {
      expect((await query(`SELECT Id FROM ${object}`, 'rep')).code, object).toBe('INVALID_TYPE')
      expect((await query(`SELECT Id FROM ${object}`)).status, object).toBe(200)
      const describe = await api.ask('GET', `${data}/tooling/sobjects/${object}/describe`, {
        as: 'rep',
      })
      expect(describe.status, object).toBe(404)
    }
  })

  it.each([
    ['an unknown column', 'SELECT Id, Labl FROM EntityDefinition', 'INVALID_FIELD'],
    ['an unknown parent', 'SELECT Owner.Name FROM FieldDefinition', 'INVALID_FIELD'],
    ['a name of JavaScript', 'SELECT __proto__ FROM FieldDefinition', 'INVALID_FIELD'],
    ['groups', 'SELECT COUNT(Id) FROM EntityDefinition GROUP BY Label', 'MALFORMED_QUERY'],
    [
      'a join',
      'SELECT Id FROM EntityDefinition WHERE Id IN (SELECT Id FROM Account)',
      'MALFORMED_QUERY',
    ],
    ['source tracking', 'SELECT Id FROM SourceMember', 'INVALID_TYPE'],
    ['a development hub', 'SELECT Id FROM ScratchOrgInfo limit 1', 'INVALID_TYPE'],
  ])('%s is refused', async (_name, soql, code) => {
    const told = await query(soql)
    expect([told.status, told.code]).toEqual([400, code])
  })

  it('a pattern full of wildcards is looked at in short time', async () => {
    const soql = `SELECT Id FROM FieldDefinition WHERE Label LIKE '${'%a'.repeat(200)}'`
    const started = performance.now()
    expect((await query(soql)).json['totalSize']).toBe(0)
    expect(performance.now() - started).toBeLessThan(10_000)
  })

  it('records whose text looks like such a query stay records', async () => {
    const soql = "SELECT Name FROM Account WHERE Name = 'from EntityDefinition'"
    expect((await query(soql, 'admin', 'query')).json['totalSize']).toBe(0)
    const organisation = await query(
      'SELECT Name, InstanceName, IsSandbox, TrialExpirationDate, NamespacePrefix, OrganizationType FROM Organization',
      'admin',
      'query',
    )
    expect(organisation.json).toMatchObject({
      totalSize: 1,
      records: [{ IsSandbox: false, NamespacePrefix: null }],
    })
  })

  it('describes what can be asked', async () => {
    const all = await api.ask('GET', `${data}/tooling/sobjects`, { as: 'admin' })
    expect(all.json['sobjects']?.map((one) => one['name'])).toContain('FieldDefinition')
    const one = await api.ask('GET', `${data}/tooling/sobjects/EntityDefinition/describe`, {
      as: 'rep',
    })
    expect(one.json['fields']?.map((field) => field['name'])).toContain('QualifiedApiName')
    for (const object of ['SourceMember', 'constructor']) {
      const none = await api.ask('GET', `${data}/tooling/sobjects/${object}/describe`, {
        as: 'admin',
      })
      expect(none.status).toBe(404)
    }
    const user = await api.ask('GET', `${data}/tooling/sobjects/User/describe`, { as: 'admin' })
    expect(user.json['name']).toBe('User')
  })
})
