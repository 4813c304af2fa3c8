/** Metadata over REST: components, plans, journal; what one request changes, the next one sees. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openApi, type Api, type Ask, type Json } from '../support/api.ts'
import { databases } from '../support/databases.ts'

const own = '/services/fieldstone/v1'
const data = '/services/data/v67.0'
const noSuchId = 'p_nothing'

describe.each(databases)('metadata on $name', (database) => {
  let api: Api
  beforeAll(async () => {
    api = await openApi(database)
  })
  afterAll(() => api.close())

  const admin = (method: string, path: string, ask: Ask = {}) =>
    api.ask(method, path, { as: 'admin', ...ask })
  const list = <Entry>(json: Json | undefined): readonly Entry[] => json as unknown as Entry[]
  const field = (fullName: string) => ({
    fullName,
    label: 'Hardship Reason',
    type: 'Text',
    length: 80,
  })
  const fieldPath = (name: string) => `${own}/metadata/CustomField/CollectionPlan.${name}`

  it('lists all components and members, or those of one type', async () => {
    const { json } = await admin('GET', `${own}/metadata`)
    const entries = list<{ type: string; fullName: string; label: string }>(json)
    expect(entries).toContainEqual({
      type: 'CustomObject',
      fullName: 'CollectionPlan',
      label: 'Collection Plan',
    })
    expect(entries.map(({ type, fullName }) => `${type} ${fullName}`)).toContain(
      'CustomField CollectionPlan.Status',
    )
    const profiles = await admin('GET', `${own}/metadata?type=Profile`)
    expect(list<{ type: string }>(profiles.json).every(({ type }) => type === 'Profile')).toBe(true)
  })

  it('gives the JSON of a component and of a member, with a tag', async () => {
    const { json, headers } = await admin('GET', `${own}/metadata/CustomObject/CollectionPlan`)
    expect(json).toMatchObject({ fullName: 'CollectionPlan', keyPrefix: '0cP' })
    const tag = headers.get('etag') ?? ''
    const again = await admin('GET', `${own}/metadata/CustomObject/CollectionPlan`, {
      headers: { 'if-none-match': tag },
    })
    expect(again.status).toBe(304)
    expect((await admin('GET', fieldPath('Status'))).json).toMatchObject({ type: 'Picklist' })
  })

  it.each([
    ['GET', `${own}/metadata/CustomObject/Nope`, undefined, 404, 'NOT_FOUND'],
    ['GET', `${own}/metadata/Nope/Nope`, undefined, 404, 'NOT_FOUND'],
    ['GET', `${own}/plans/${noSuchId}`, undefined, 404, 'NOT_FOUND'],
    ['POST', `${own}/plans/${noSuchId}/apply`, { consent: true }, 404, 'NOT_FOUND'],
    ['POST', `${own}/plans`, {}, 400, 'INVALID_ARGUMENT'],
    ['POST', `${own}/plans`, { changes: [{}] }, 400, 'INVALID_ARGUMENT'],
    [
      'POST',
      `${own}/plans`,
      { changes: [{ type: 'CustomField', fullName: 'A.b__c' }] },
      400,
      'INVALID_ARGUMENT',
    ],
    [
      'POST',
      `${own}/plans`,
      { changes: [{ type: 'CustomField', fullName: 'Case.Status', replaceValue: 'New' }] },
      400,
      'INVALID_ARGUMENT',
    ],
    ['GET', `${own}/journal/99999`, undefined, 404, 'NOT_FOUND'],
    ['POST', `${own}/journal/one/revert`, {}, 400, 'INVALID_ARGUMENT'],
    ['POST', `${own}/journal/99999/revert`, {}, 404, 'NOT_FOUND'],
    ['GET', `${own}/journal?before=x`, undefined, 400, 'INVALID_ARGUMENT'],
    ['GET', `${own}/usage/Nope`, undefined, 404, 'NOT_FOUND'],
  ] as const)('refuses %s %s %j', async (...[method, path, body, status, code]) => {
    const answer = await admin(method, path, body === undefined ? {} : { body })
    expect([answer.status, answer.code]).toEqual([status, code])
  })

  it('a dry run gives the plan and changes nothing', async () => {
    const { status, json } = await admin('PUT', `${fieldPath('Dry_Run__c')}?dryRun=true`, {
      body: field('Dry_Run__c'),
    })
    expect(status).toBe(200)
    expect(json).toMatchObject({ applicable: true, needsConsent: false })
    expect(list<{ class: string }>(json['steps']).map((step) => step.class)).toContain('instant')
    expect((await admin('GET', fieldPath('Dry_Run__c'))).status).toBe(404)
  })

  it('a field put in place is there with the next request: describe, save, query, file', async () => {
    const name = 'Hardship_Reason__c'
    const { status, text } = await admin('PUT', fieldPath(name), { body: field(name) })
    expect([status, text.slice(0, 1)]).toEqual([200, '{'])
    const described = await admin('GET', `${data}/sobjects/CollectionPlan/describe`)
    expect(list<{ name: string }>(described.json['fields']).map((one) => one.name)).toContain(name)

    const account = await admin('POST', `${data}/sobjects/Account`, { body: { Name: 'Behind' } })
    const reason = await admin('POST', `${data}/sobjects/CollectionPlanReason`, {
      body: { Name: 'Reason', Code: `R${Math.trunc(api.clock.now)}` },
    })
    const created = await admin('POST', `${data}/sobjects/CollectionPlan`, {
      body: {
        AccountId: account.json['id'],
        CollectionPlanReasonId: reason.json['id'],
        CurrentDueAmount: 100,
        InitialDueAmount: 100,
        [name]: 'Lost the job',
      },
    })
    expect(created.status, created.text).toBe(201)
    const soql = encodeURIComponent(`SELECT ${name} FROM CollectionPlan WHERE ${name} LIKE 'lost%'`)
    const found = await admin('GET', `${data}/query?q=${soql}`)
    expect(found.json['records']).toMatchObject([{ [name]: 'Lost the job' }])
    const file = join(api.folder, 'metadata', 'objects', 'CollectionPlan.json')
    expect(readFileSync(file, 'utf8')).toContain(name)
  })

  it('a second editor of one component is told', async () => {
    const path = fieldPath('Edited__c')
    await admin('PUT', path, { body: field('Edited__c') })
    const tag = (await admin('GET', path)).headers.get('etag') ?? ''
    const change = (label: string) =>
      admin('PATCH', path, { body: { label }, headers: { 'if-match': tag } })
    expect((await change('First')).status).toBe(200)
    const second = await change('Second')
    expect([second.status, second.code]).toEqual([412, 'ENTITY_FAILED_IFMATCH'])
    expect((await admin('GET', path)).json).toMatchObject({ label: 'First', length: 80 })
  })

  it('what cannot be is refused with the reasons, and nothing happens', async () => {
    const before = api.engine.deployer.store.current().version
    const { status, code, json } = await admin('PUT', fieldPath('Broken__c'), {
      body: { ...field('Broken__c'), type: 'Lokup' },
    })
    expect(status).toBe(400)
    expect(code).toMatch(/DEPLOY_REFUSED|INVALID/)
    expect(JSON.stringify(json)).toContain('Lookup')
    expect(api.engine.deployer.store.current().version).toBe(before)
  })

  it('a plan is made, looked at, applied, and taken back', async () => {
    const fullName = 'Pet__c'
    const pet = {
      fullName,
      label: 'Pet',
      pluralLabel: 'Pets',
      nameField: { label: 'Pet Name', type: 'Text' },
      sharingModel: 'ReadWrite',
      fields: [{ fullName: 'Legs__c', label: 'Legs', type: 'Number', precision: 3, scale: 0 }],
    }
    const made = await admin('POST', `${own}/plans`, {
      body: { changes: [{ type: 'CustomObject', fullName, body: pet }] },
    })
    expect(made.status, made.text).toBe(200)
    const planId = String(made.json['id'])
    expect((await admin('GET', `${own}/plans/${planId}`)).json['id']).toBe(planId)
    const applied = await admin('POST', `${own}/plans/${planId}/apply`, { body: {} })
    expect(applied.json, applied.text).toMatchObject({
      source: 'api',
      by: { name: 'Fieldstone Administrator' },
      revertible: true,
    })
    const record = await admin('POST', `${data}/sobjects/Pet__c`, {
      body: { Name: 'Rex', Legs__c: 4 },
    })
    expect(record.status).toBe(201)
    expect((await admin('GET', `${own}/usage/Pet__c`)).json).toMatchObject({
      records: 1,
      fields: { Legs__c: { filled: 1 } },
    })

    const journal = await admin('GET', `${own}/journal`)
    const newest = list<{ number: number }>(journal.json)[0]
    expect(newest?.number).toBe(Number(applied.json['number']))
    const entry = await admin('GET', `${own}/journal/${newest?.number}`)
    expect(entry.json, entry.text).toMatchObject({
      number: newest?.number,
      files: [
        {
          path: 'objects/Pet__c.json',
          before: null,
          after: readFileSync(join(api.folder, 'metadata', 'objects', 'Pet__c.json'), 'utf8'),
        },
      ],
    })
    const revert = `${own}/journal/${newest?.number}/revert`
    const dry = await admin('POST', revert, { body: { dryRun: true } })
    expect(dry.json).toMatchObject({ needsConsent: true })
    const refused = await admin('POST', revert, { body: {} })
    expect([refused.status, refused.code]).toEqual([409, 'CONSENT_REQUIRED'])
    const reverted = await admin('POST', revert, { body: { consent: true } })
    expect(reverted.status, reverted.text).toBe(200)
    expect((await admin('GET', `${data}/sobjects/Pet__c/describe`)).code).toBe('NOT_FOUND')
    expect(existsSync(join(api.folder, 'metadata', 'objects', 'Pet__c.json'))).toBe(false)
  })

  it('a right that is granted counts with the next request', async () => {
    const path = `${data}/sobjects/Account/describe`
    const seen = async (): Promise<boolean> => {
      const { json } = await api.ask('GET', path, { as: 'rep' })
      return list<{ name: string }>(json['fields']).some(({ name }) => name === 'Website')
    }
    expect(await seen()).toBe(false)
    const set = `${own}/metadata/PermissionSet/Rep`
    const { json } = await admin('GET', set)
    const grants = list<object>(json['fieldPermissions'])
    const granted = { field: 'Account.Website', readable: true, editable: false }
    const change = (fieldPermissions: readonly object[]) =>
      admin('PATCH', `${set}?consent=true`, { body: { fieldPermissions } })
    expect((await change([...grants, granted])).status).toBe(200)
    expect(await seen()).toBe(true)
    expect((await change(grants)).status).toBe(200)
    expect(await seen()).toBe(false)
  })

  it('files that are wrong show as problems', async () => {
    expect((await admin('GET', `${own}/problems`)).json).toEqual([])
    expect((await admin('GET', `${own}/plans/pending`)).json).toMatchObject({
      plan: null,
      problems: [],
      conflicts: [],
    })
  })

  it('a queue that owns records is not taken away; one that owns none is', async () => {
    const path = `${own}/metadata/Queue/Arrears`
    const queue = {
      fullName: 'Arrears',
      name: 'Arrears',
      queueSobject: [{ sobjectType: 'CollectionPlan' }],
    }
    expect((await admin('PUT', path, { body: queue })).status).toBeLessThan(300)
    const soql = encodeURIComponent("SELECT Id FROM Group WHERE DeveloperName = 'Arrears'")
    const { json } = await admin('GET', `${data}/query?q=${soql}`)
    const [group] = list<{ Id: string }>(json['records'])
    const made = await admin('POST', `${data}/sobjects/CollectionPlan`, {
      body: { OwnerId: group?.Id, CurrentDueAmount: 10 },
    })
    expect(made.status).toBe(201)
    const refused = await admin('DELETE', `${path}?consent=true`)
    expect([refused.status, refused.text]).toEqual([
      400,
      expect.stringContaining('owns 1 record of Collection Plan; give it another owner first'),
    ])
    expect((await admin('GET', path)).status).toBe(200)
    const plan = `${data}/sobjects/CollectionPlan/${String(made.json['id'])}`
    expect((await admin('DELETE', plan)).status).toBe(204)
    expect((await admin('DELETE', `${path}?consent=true`)).status).toBeLessThan(300)
    expect((await admin('GET', path)).status).toBe(404)
  })
})
