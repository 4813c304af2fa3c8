/** Value sets of standard fields and custom labels: values, marks and words that many places share, in the caller's language. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openApi, type Api, type Ask, type Json } from '../support/api.ts'
import { databases } from '../support/databases.ts'

const data = '/services/data/v67.0'
const own = '/services/fieldstone/v1'
const german = { 'accept-language': 'de' }

function addWords(metadataDir: string): Promise<void> {
  const write = (file: string, body: unknown): void => {
    mkdirSync(join(metadataDir, file, '..'), { recursive: true })
    writeFileSync(join(metadataDir, file), JSON.stringify(body))
  }
  write('labels/CustomLabels.json', {
    fullName: 'CustomLabels',
    labels: [
      { fullName: 'Hello', value: 'Hello', language: 'en_US' },
      { fullName: 'Plain', value: 'Plain', language: 'en_US' },
    ],
  })
  const read = (file: string) =>
    JSON.parse(readFileSync(join(metadataDir, file), 'utf8')) as Record<string, unknown[]>
  const words = read('translations/de.json')
  write('translations/de.json', { ...words, customLabels: [{ name: 'Hello', label: 'Guten Tag' }] })
  const account = read('objects/Account.json')
  const text = { type: 'Text' }
  account['fields']?.push(
    { ...text, fullName: 'Greeting__c', label: 'Greeting', formula: '$Label.Hello & " " & Name' },
    { ...text, fullName: 'Plain__c', label: 'Plain', formula: '$Label.Plain' },
    { ...text, fullName: 'First__c', label: 'First', length: 80, defaultValue: '$Label.Hello' },
  )
  account['validationRules'] = [
    ...(account['validationRules'] ?? []),
    {
      fullName: 'No_greeting',
      active: true,
      errorConditionFormula: 'Site = $Label.Hello',
      errorMessage: 'No.',
    },
  ]
  write('objects/Account.json', account)
  const kase = read('objects/Case.json')
  kase['validationRules'] = [
    ...(kase['validationRules'] ?? []),
    {
      fullName: 'Over_parent',
      active: true,
      errorConditionFormula: 'Account.First__c = "never"',
      errorMessage: 'Never.',
    },
  ]
  write('objects/Case.json', kase)
  return Promise.resolve()
}

describe.each(databases)('shared words on $name', (database) => {
  let api: Api
  beforeAll(async () => {
    api = await openApi(database, { prepare: addWords })
  })
  afterAll(() => api.close())

  const admin = (method: string, path: string, ask: Ask = {}) =>
    api.ask(method, path, { as: 'admin', ...ask })
  const query = async (soql: string, headers = {}): Promise<readonly Json[]> => {
    const told = await admin('GET', `${data}/query?q=${encodeURIComponent(soql)}`, { headers })
    if (told.status !== 200) throw new Error(told.text)
    return told.json['records'] as unknown as Json[]
  }
  const create = async (object: string, body: unknown, headers = {}) =>
    admin('POST', `${data}/sobjects/${object}`, { body, headers })
  const plan = async (method: string, component: string, body?: unknown) =>
    (
      await admin(method, `${own}/metadata/${component}?dryRun=true`, {
        ...(body === undefined ? {} : { body }),
      })
    ).json
  const change = async (component: string, edit: (body: Record<string, Json>) => unknown) => {
    const path = `${own}/metadata/${component}`
    const found = (await admin('GET', path)).json as unknown as Record<string, Json>
    const told = await admin('PUT', path, { body: edit(found) })
    expect(told.status).toBe(200)
  }

  it('labels are said in the language of whoever asks, on the server and in forms', async () => {
    await create('Account', { Name: 'A' })
    const soql = "SELECT Greeting__c, Plain__c, First__c FROM Account WHERE Name = 'A'"
    expect(await query(soql)).toMatchObject([
      { Greeting__c: 'Hello A', Plain__c: 'Plain', First__c: 'Hello' },
    ])
    expect(await query(soql, german)).toMatchObject([{ Greeting__c: 'Guten Tag A' }])
    const found = "SELECT Name FROM Account WHERE Greeting__c = 'Guten Tag A'"
    expect([(await query(found)).length, (await query(found, german)).length]).toEqual([0, 1])
    const form = async (headers: object) =>
      (await admin('GET', `${own}/ui/objects/Account/form`, { headers: { ...headers } })).json
    expect((await form(german))['globals']).toMatchObject({ '$Label.Hello': 'Guten Tag' })
    expect((await form(german))['defaults']).toMatchObject({ First__c: 'Guten Tag' })
    expect((await form({}))['globals']).toMatchObject({ '$Label.Hello': 'Hello' })
    expect((await create('Account', { Name: 'B', Site: 'Guten Tag' })).status).toBe(201)
    expect((await create('Account', { Name: 'B', Site: 'Guten Tag' }, german)).status).toBe(400)
  })

  it('a label that formulas name stays, and a translation of none is refused', async () => {
    const gone = await plan('DELETE', 'CustomLabel/Hello')
    expect([gone['applicable'], JSON.stringify(gone['problems'])]).toEqual([
      false,
      expect.stringContaining('There is no label Hello'),
    ])
    const wrong = await plan('PUT', 'Translations/es', {
      customLabels: [{ name: 'Helo', label: 'Hola' }],
    })
    expect(JSON.stringify(wrong['problems'])).toContain('there is no label \\"Helo\\"')
  })

  it('the values of a standard field come from its set, with their words', async () => {
    const values = async (headers: object) => {
      const told = await admin('GET', `${data}/sobjects/Case/describe`, { headers: { ...headers } })
      const fields = told.json['fields'] as unknown as Json[]
      const status = fields.find((one) => String(one['name']) === 'Status')
      const entries = (status?.['picklistValues'] ?? []) as unknown as Json[]
      return entries.map((one) => String(one['label']))
    }
    expect(await values({})).toContain('Escalated')
    expect(await values(german)).toContain('Eskaliert')
    await change('StandardValueSet/CaseStatus', (body) => ({
      ...body,
      standardValue: [
        ...(body['standardValue'] ?? []),
        { fullName: 'Withdrawn', label: 'Withdrawn', closed: true },
      ],
    }))
    await change('StandardValueSetTranslation/CaseStatus-de', (body) => ({
      ...body,
      valueTranslation: [
        ...(body['valueTranslation'] ?? []),
        { masterLabel: 'Withdrawn', translation: 'Zurückgezogen' },
      ],
    }))
    expect(await values({})).toContain('Withdrawn')
    expect(await values(german)).toContain('Zurückgezogen')
  })

  it('what a set marks as closed or won is closed or won', async () => {
    await create('Case', { Subject: 'W', Status: 'Withdrawn' })
    await create('Case', { Subject: 'N' })
    const closed = 'SELECT Subject, Status FROM Case WHERE IsClosed = TRUE'
    expect(await query(closed)).toMatchObject([{ Subject: 'W' }])
    expect(await query("SELECT Status FROM Case WHERE Subject = 'N'")).toMatchObject([
      { Status: 'New' },
    ])
    const CloseDate = '2030-01-01'
    await create('Opportunity', { Name: 'O', StageName: 'Closed Won', CloseDate, Amount: 5 })
    await create('Opportunity', { Name: 'P', StageName: 'Closed Lost', CloseDate })
    const stages = 'SELECT IsClosed, IsWon FROM Opportunity ORDER BY Name'
    expect(await query(stages)).toMatchObject([
      { IsClosed: true, IsWon: true },
      { IsClosed: true, IsWon: false },
    ])
  })

  it('a value of a standard set is replaced in the records that hold it', async () => {
    const told = await admin('POST', `${own}/plans`, {
      body: {
        changes: [
          {
            type: 'StandardValueSet',
            fullName: 'CaseStatus',
            replaceValue: 'Withdrawn',
            by: 'Closed',
            remove: true,
          },
        ],
      },
    })
    expect(told.json['problems']).toEqual([])
    const apply = await admin('POST', `${own}/plans/${String(told.json['id'])}/apply`, {
      body: { consent: true },
    })
    expect(apply.status).toBeLessThan(300)
    expect(await query("SELECT Status FROM Case WHERE Subject = 'W'")).toMatchObject([
      { Status: 'Closed' },
    ])
    expect(
      JSON.stringify(await admin('GET', `${own}/metadata/StandardValueSet/CaseStatus`)),
    ).toContain('\\"closed\\":true')
  })

  it.each([
    ['$ValueSet.CaseStatuss.closed', 'CaseStatus'],
    ['$ValueSet.CaseStatus.close', 'closed'],
    ['$Label.Helo', 'Hello'],
  ])('%s is refused with a name that fits', async (text, near) => {
    const body = { object: 'Case', context: 'rule', text }
    const told = await admin('POST', `${own}/formulas/check`, { body })
    expect(told.json['problem']?.['message']).toContain(`did you mean ${near}`)
  })

  it('a field that a rule reads over a lookup cannot go unnoticed, by request or by file', async () => {
    const gone = await plan('DELETE', 'CustomField/Account.First__c')
    expect(gone['applicable']).toBe(false)
    expect(JSON.stringify(gone['problems'])).toContain('ValidationRule Case.Over_parent')
    const file = join(api.folder, 'metadata', 'objects', 'Account.json')
    const before = readFileSync(file, 'utf8')
    const body = JSON.parse(before) as { fields: { fullName: string }[] }
    const fields = body.fields.filter((field) => field.fullName !== 'First__c')
    const told = await plan('PUT', 'CustomObject/Account', { ...body, fields })
    expect([told['applicable'], JSON.stringify(told['problems'])]).toEqual([
      false,
      expect.stringContaining('Over_parent'),
    ])
  })
})
