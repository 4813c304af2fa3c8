/**
 * An object of 800 fields: deployed, described, filled, listed; what no row of the database can hold
 * is refused in words.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openApi, type Api } from '../support/api.ts'
import { databases } from '../support/databases.ts'
import { plainValues } from '../corpus/sample-records.ts'
import { fieldName, largeObject, objectName } from './large-model.ts'

const fields = 800
const wide = objectName(0)
const path = `/services/data/v67.0/sobjects/${wide}`

describe.each(databases)('an object of 800 fields on $name', (database) => {
  let api: Api

  beforeAll(async () => {
    api = await openApi(database, {
      prepare: async (metadataDir) => {
        mkdirSync(join(metadataDir, 'objects'), { recursive: true })
        const text = JSON.stringify(largeObject(0, fields))
        writeFileSync(join(metadataDir, 'objects', `${wide}.json`), text)
      },
    })
  })
  afterAll(() => api.close())

  /** Values for all fields, or for so many that a row of PostgreSQL, which is one page, holds them. */
  const values = (fieldsMax: number): Readonly<Record<string, unknown>> => {
    const object = api.engine.deployer.store.current().object(wide)
    if (object === undefined) throw new Error('the wide object is missing')
    return Object.fromEntries(Object.entries(plainValues(object)).slice(0, fieldsMax))
  }
  const most = database.name === 'postgres' ? 400 : fields + 1

  it('is deployed with a column for each', async () => {
    expect(api.engine.deployer.problems()).toEqual([])
    expect(await api.engine.deployer.verify()).toEqual([])
    const { json } = await api.ask('GET', `${path}/describe`, { as: 'admin' })
    expect(json['fields']?.length).toBeGreaterThan(fields)
  })

  it('stores values in hundreds of fields, gives them back, and lists them', async () => {
    const body = values(most)
    expect(Object.keys(body)).toHaveLength(most)
    const made = await api.ask('POST', path, { as: 'admin', body })
    expect(made.status, made.text.slice(0, 300)).toBe(201)
    const id = String(made.json['id'])
    const { json } = await api.ask('GET', `${path}/${id}`, { as: 'admin' })
    expect(json).toMatchObject(body)
    const soql = `SELECT FIELDS(ALL) FROM ${wide} LIMIT 10`
    const query = `/services/data/v67.0/query?q=${encodeURIComponent(soql)}`
    const listed = await api.ask('GET', query, { as: 'admin' })
    expect(listed.status, listed.text.slice(0, 300)).toBe(200)
    expect(listed.json['records']?.[0]).toMatchObject(body)
  })

  it('changes one of them', async () => {
    const made = await api.ask('POST', path, { as: 'admin', body: { Name: 'Narrow' } })
    const id = String(made.json['id'])
    const body = { [fieldName(790)]: 'Changed' }
    const { status, text } = await api.ask('PATCH', `${path}/${id}`, { as: 'admin', body })
    expect(status, text).toBe(204)
    const { json } = await api.ask('GET', `${path}/${id}`, { as: 'admin' })
    expect(json[fieldName(790)]).toBe('Changed')
  })

  it('takes one more field', async () => {
    const place = `/services/fieldstone/v1/metadata/CustomField/${wide}.More__c`
    const field = { fullName: 'More__c', label: 'More', type: 'Text', length: 20 }
    const { status, text } = await api.ask('PUT', place, { as: 'admin', body: field })
    expect(status, text.slice(0, 300)).toBeLessThan(300)
    const body = { Name: 'With more', More__c: 'x' }
    expect((await api.ask('POST', path, { as: 'admin', body })).status).toBe(201)
  })

  it('stores a record with a value in every field, or says that it is too large', async () => {
    const body = values(fields + 1)
    const { status, code, json, text } = await api.ask('POST', path, { as: 'admin', body })
    if (database.name === 'sqlite') expect(status, text).toBe(201)
    else {
      expect([status, code], text).toEqual([400, 'LIMIT_EXCEEDED'])
      expect(json[0]?.['message']).toContain('larger than the database can hold')
    }
  })
})
