/** Custom metadata types: records declared in files, read as rows, changed through metadata alone. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openApi, type Api, type Ask, type Json } from '../support/api.ts'
import { databases } from '../support/databases.ts'

const data = '/services/data/v67.0'
const own = '/services/fieldstone/v1'

const rate = {
  fullName: 'Rate__mdt',
  label: 'Rate',
  pluralLabel: 'Rates',
  fields: [
    { fullName: 'Percent__c', label: 'Percent', type: 'Number', precision: 5, scale: 2 },
    { fullName: 'Active__c', label: 'Active', type: 'Checkbox', defaultValue: 'false' },
    { fullName: 'Note__c', label: 'Note', type: 'Text', length: 20 },
  ],
}

/** Points at a rate, an object and a field of it. */
const pricing = {
  fullName: 'Pricing__mdt',
  label: 'Pricing',
  pluralLabel: 'Pricings',
  fields: [
    { fullName: 'Rate__c', type: 'MetadataRelationship', referenceTo: ['Rate__mdt'] },
    { fullName: 'Object__c', type: 'MetadataRelationship', referenceTo: ['EntityDefinition'] },
    {
      fullName: 'Field__c',
      type: 'MetadataRelationship',
      referenceTo: ['FieldDefinition'],
      metadataRelationshipControllingField: 'Pricing__mdt.Object__c',
    },
    {
      fullName: 'Twice__c',
      type: 'Number',
      precision: 18,
      scale: 2,
      formula: 'Rate__r.Percent__c * 2',
    },
  ].map((field) => ({ label: field.fullName, ...field })),
}

const record = (label: string, values: Readonly<Record<string, unknown>>) => ({
  label,
  values: Object.entries(values).map(([field, value]) => ({ field, value })),
})

function addRates(metadataDir: string): Promise<void> {
  const write = (file: string, body: unknown): void => {
    mkdirSync(join(metadataDir, file, '..'), { recursive: true })
    writeFileSync(join(metadataDir, file), JSON.stringify(body))
  }
  write('objects/Rate__mdt.json', rate)
  const low = record('Low rate', { Percent__c: 1.5, Active__c: true, Note__c: 'a' })
  write('customMetadata/Rate.Low.json', { fullName: 'Rate.Low', ...low })
  write('objects/Pricing__mdt.json', pricing)
  const values = { Rate__c: 'Low', Object__c: 'Account', Field__c: 'Industry' }
  write('customMetadata/Pricing.House.json', {
    fullName: 'Pricing.House',
    ...record('House', values),
  })
  write('customMetadata/Rate.High.json', {
    fullName: 'Rate.High',
    ...record('High rate', { Percent__c: '12.25' }),
  })
  return Promise.resolve()
}

describe.each(databases)('custom metadata on $name', (database) => {
  let api: Api
  beforeAll(async () => {
    api = await openApi(database, { prepare: addRates })
  })
  afterAll(() => api.close())

  const admin = (method: string, path: string, ask: Ask = {}) =>
    api.ask(method, path, { as: 'admin', ...ask })
  const query = async (soql: string, as: Ask['as'] = 'admin'): Promise<readonly Json[]> => {
    const told = await api.ask('GET', `${data}/query?q=${encodeURIComponent(soql)}`, { as })
    if (told.status !== 200) throw new Error(told.text)
    return told.json['records'] as unknown as Json[]
  }
  const path = (name: string) => `${own}/metadata/CustomMetadata/Rate.${name}`
  const all =
    'SELECT Id, DeveloperName, MasterLabel, QualifiedApiName, IsProtected, Percent__c, Active__c, Note__c FROM Rate__mdt ORDER BY DeveloperName'

  it('records are rows that everybody reads', async () => {
    const high = {
      DeveloperName: 'High',
      MasterLabel: 'High rate',
      QualifiedApiName: 'High',
      IsProtected: false,
      Percent__c: 12.25,
      Active__c: false,
      Note__c: null,
    }
    const low = { DeveloperName: 'Low', Percent__c: 1.5, Active__c: true, Note__c: 'a' }
    expect(await query(all)).toMatchObject([high, low])
    expect(await query(all, 'rep')).toMatchObject([high, low])
    expect(await query('SELECT Id FROM Rate__mdt WHERE Percent__c > 10', 'rep')).toHaveLength(1)
  })

  it('nobody writes them as records', async () => {
    const [low] = await query("SELECT Id FROM Rate__mdt WHERE DeveloperName = 'Low'")
    const answer = await admin('PATCH', `${data}/sobjects/Rate__mdt/${String(low?.['Id'])}`, {
      body: { Percent__c: 2 },
    })
    expect([answer.status, answer.code]).toEqual([403, 'INSUFFICIENT_ACCESS_OR_READONLY'])
  })

  it('a relationship leads to another record, in paths and formulas; definitions are names', async () => {
    const soql =
      'SELECT Rate__c, Rate__r.Percent__c, Object__c, Field__c, Twice__c FROM Pricing__mdt WHERE Rate__r.Active__c = TRUE'
    const [low] = await query("SELECT Id FROM Rate__mdt WHERE DeveloperName = 'Low'")
    expect(await query(soql, 'rep')).toMatchObject([
      {
        Rate__c: low?.['Id'],
        Rate__r: { Percent__c: 1.5 },
        Object__c: 'Account',
        Field__c: 'Industry',
        Twice__c: 3,
      },
    ])
    const body = record('House', { Rate__c: 'Rate.High', Object__c: 'Account' })
    const house = `${own}/metadata/CustomMetadata/Pricing.House`
    expect((await admin('PUT', house, { body })).status).toBe(200)
    expect(await query('SELECT Rate__r.DeveloperName, Field__c FROM Pricing__mdt')).toMatchObject([
      { Rate__r: { DeveloperName: 'High' }, Field__c: null },
    ])
    const back = record('House', { Rate__c: 'Low', Object__c: 'Account', Field__c: 'Industry' })
    expect((await admin('PUT', house, { body: back })).status).toBe(200)
  })

  it.each([
    [{ Rate__c: 'Lo' }, 'names Rate.Lo, which is no record of Rate__mdt; did you mean Rate.Low?'],
    [{ Object__c: 'Acount' }, 'names Acount, which is no object'],
    [{ Object__c: 'Account', Field__c: 'Industri' }, 'names Account.Industri, which is no field'],
    [{ Field__c: 'Case.Subjekt' }, 'names Case.Subjekt, which is no field'],
  ])('a relationship of %j is refused', async (values, reason) => {
    const plan = await admin('PUT', `${own}/metadata/CustomMetadata/Pricing.Bad?dryRun=true`, {
      body: record('Bad', values),
    })
    expect(JSON.stringify(plan.json['problems'])).toContain(reason)
  })

  it('a record that another one names stays', async () => {
    const plan = await admin('DELETE', `${path('Low')}?dryRun=true`)
    expect([plan.json['applicable'], JSON.stringify(plan.json['problems'])]).toEqual([
      false,
      expect.stringContaining('Pricing.House'),
    ])
  })

  it('a change through metadata keeps the id; a removed record goes', async () => {
    const [before] = await query("SELECT Id FROM Rate__mdt WHERE DeveloperName = 'Low'")
    const body = record('Low rate', { Percent__c: 2.5 })
    expect((await admin('PUT', path('Low'), { body })).status).toBe(200)
    expect(
      await query("SELECT Id, Percent__c, Note__c FROM Rate__mdt WHERE DeveloperName = 'Low'"),
    ).toMatchObject([{ Id: before?.['Id'], Percent__c: 2.5, Note__c: null }])
    expect((await admin('DELETE', path('High'))).status).toBe(200)
    expect(await query('SELECT DeveloperName FROM Rate__mdt')).toMatchObject([
      { DeveloperName: 'Low' },
    ])
  })

  it.each([
    ['Wrong', { Percnt__c: 1 }, 'has no field "Percnt__c"'],
    ['Wrong', { Percent__c: 'many' }, 'Percent__c'],
    ['Wrong', { Note__c: 'x'.repeat(30) }, 'Note__c'],
  ])('%s: %j is refused', async (...[name, values, reason]) => {
    const plan = await admin('PUT', `${path(name)}?dryRun=true`, { body: record(name, values) })
    expect(plan.json['problems']?.[0]?.['reason']).toContain(reason)
  })

  it('a type that has records stays', async () => {
    const plan = await admin('DELETE', `${own}/metadata/CustomObject/Rate__mdt?dryRun=true`)
    expect(plan.json['applicable']).toBe(false)
    expect(plan.json['problems']).toContainEqual(
      expect.objectContaining({
        references: expect.arrayContaining(['CustomMetadata Rate.Low belongs to it']),
      }),
    )
    expect(await api.engine.deployer.verify()).toEqual([])
  })
})
