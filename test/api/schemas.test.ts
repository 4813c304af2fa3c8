/** Types and the OpenAPI document: what the asker may see, and nothing of the rest. Made of the model alone. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openApi, type Api } from '../support/api.ts'
import { databases } from '../support/databases.ts'
import { openApiProblems } from '../support/open-api-problems.ts'

const own = '/services/fieldstone/v1'

describe('schemas for programs', () => {
  let api: Api
  beforeAll(async () => {
    api = await openApi(databases[0])
  })
  afterAll(() => api.close())

  it('types name fields, parents and children', async () => {
    const { status, text, headers } = await api.ask('GET', `${own}/types.d.ts`, { as: 'admin' })
    expect(status).toBe(200)
    expect(headers.get('content-type')).toBe('text/plain;charset=UTF-8')
    const contact = /export interface Contact \{[^}]*\}/.exec(text)?.[0] ?? ''
    expect(contact).toContain('readonly LastName?: string | null')
    expect(contact).toContain('readonly Account?: Account | null')
    expect(text).toMatch(/export interface ContactInput \{[^}]*\n {2}LastName: string\n/)
    expect(text).toMatch(/readonly Contacts\?: QueryResult<Contact> \| null/)
  })

  it('the document describes records, with what a new one needs', async () => {
    const { json } = await api.ask('GET', `${own}/openapi.json`, { as: 'admin' })
    expect(json['openapi']).toBe('3.1.0')
    expect(json['servers']?.[0]?.['url']).toBe('http://localhost/services/data/v67.0')
    const schemas = json['components']?.['schemas']
    expect(schemas?.['ContactCreate']?.['required']).toContain('LastName')
    expect(schemas?.['Contact']?.['properties']?.['Id']).toMatchObject({
      type: 'string',
      readOnly: true,
    })
    expect(Object.keys(json['paths'] ?? {})).toContain('/sobjects/Contact/{id}')
  })

  it('the document is whole for each asker, and has the hash of the types', async () => {
    for (const as of ['admin', 'rep'] as const) {
      const { json } = await api.ask('GET', `${own}/openapi.json`, { as })
      expect(openApiProblems(json)).toEqual([])
      const { text } = await api.ask('GET', `${own}/types.d.ts`, { as })
      expect(text).toContain(`its hash is ${String(json['info']?.['x-model-hash'])}.`)
    }
    const broken = { openapi: '3.1.0', paths: { '/a/{id}': { get: { responses: { 200: {} } } } } }
    expect(openApiProblems(broken)).toEqual([
      'get /a/{id}: no id',
      'get /a/{id}: 200 is not described',
    ])
  })

  it('both leave out what the asker may not see or do', async () => {
    const types = await api.ask('GET', `${own}/types.d.ts`, { as: 'rep' })
    expect(types.text).toContain('export interface Account {')
    expect(types.text).toContain('Phone?')
    expect(types.text).not.toMatch(/AnnualRevenue|\bCase\b/)
    const { text, json } = await api.ask('GET', `${own}/openapi.json`, { as: 'rep' })
    expect(text).not.toMatch(/AnnualRevenue|"Case"/)
    expect(json['paths']?.['/sobjects/User']).toBeUndefined()
  })

  it('carry a tag that changes with the model', async () => {
    const first = await api.ask('GET', `${own}/openapi.json`, { as: 'admin' })
    const etag = first.headers.get('etag') ?? ''
    const same = await api.ask('GET', `${own}/openapi.json`, {
      as: 'admin',
      headers: { 'if-none-match': etag },
    })
    expect(same.status).toBe(304)
    await api.ask('PUT', `${own}/metadata/CustomField/Account.Port__c`, {
      as: 'admin',
      body: { label: 'Port */ evil', type: 'Text', length: 40 },
    })
    const next = await api.ask('GET', `${own}/types.d.ts`, { as: 'admin' })
    expect(next.text).toContain('/** Port * / evil */\n  readonly Port__c?: string | null')
    const changed = await api.ask('GET', `${own}/openapi.json`, {
      as: 'admin',
      headers: { 'if-none-match': etag },
    })
    expect(changed.status).toBe(200)
  })
})
