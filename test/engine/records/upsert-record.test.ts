/** Saving by external id on both databases. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SaveResult } from '../../../engine/records/records.ts'
import { databases, type OpenDatabase } from '../../support/databases.ts'
import { body, openOrganisation, type Organisation } from '../../support/organisation.ts'
import { everyTypeMetadata } from '../query/every-type.ts'
import { deskOf, refusal } from './records-support.ts'

describe.each(databases)('upsert on $name', ({ open }) => {
  let database: OpenDatabase
  let org: Organisation
  const desk = deskOf(() => org)

  beforeAll(async () => {
    database = await open()
    org = await openOrganisation(database.storage, everyTypeMetadata)
  })
  afterAll(() => database.close())

  const upsert = (
    field: string,
    value: string,
    values: Record<string, unknown> = { Name: 'S' },
  ): Promise<SaveResult> => org.records.upsert(org.admin, 'Sample__c', field, value, body(values))

  it('a number as key: created once, then found in any spelling', async () => {
    const first = await upsert('Whole__c', '12')
    expect(first.created).toBe(true)
    expect(await desk.read('Sample__c', first.id, ['Whole__c'])).toEqual({ Whole__c: 12 })
    for (const value of ['12', '12.0', '012']) {
      expect(await upsert('whole__c', value)).toMatchObject({ id: first.id, created: false })
    }
  })

  it.each(['12.5', 'x', '1e3', '99999999999'])(
    'a number that the field cannot hold is refused: %s',
    async (value) => {
      const error = await refusal(upsert('Whole__c', value))
      expect(error.problems[0]?.fields).toEqual(['Whole__c'])
    },
  )

  it.each(['', ' ', '\t'])('an empty key is refused, not created: %j', async (value) => {
    expect((await refusal(upsert('Text__c', value))).code).toBe('INVALID_FIELD')
  })

  it('where case decides, two records differ by case alone', async () => {
    const upper = await upsert('Exact__c', 'KEY')
    const lower = await upsert('Exact__c', 'key')
    expect(lower.created).toBe(true)
    expect((await upsert('Exact__c', 'KEY')).id).toBe(upper.id)
    expect((await upsert('Exact__c', 'key')).id).toBe(lower.id)
  })

  it('an external id that is not unique may be held by several: none is chosen', async () => {
    const twins = [
      await desk.create('Sample__c', { Name: 'T1', Text__c: 'twin' }),
      await desk.create('Sample__c', { Name: 'T2', Text__c: 'TWIN' }),
    ]
    const error = await refusal(upsert('Text__c', 'Twin'))
    expect([error.code, error.details]).toEqual(['MULTIPLE_CHOICES', { ids: twins }])
  })

  it('by Id updates and never creates', async () => {
    const id = await desk.create('Sample__c', { Name: 'By id' })
    expect(await upsert('Id', id, { Name: 'Changed' })).toMatchObject({ id, created: false })
    expect(await upsert('id', id.slice(0, 15), {})).toMatchObject({ id, created: false })
    for (const value of ['a00000000000009AAA', 'x', '001000000000001AAA']) {
      expect((await refusal(upsert('Id', value))).code).toBe('NOT_FOUND')
    }
  })

  it('a deleted record is not found: a new one is created', async () => {
    const first = await upsert('Whole__c', '77')
    await org.records.remove(org.admin, 'Sample__c', first.id)
    expect((await upsert('Whole__c', '77')).created).toBe(true)
  })

  it('the key does not stand in the body as well, in whatever letter case', async () => {
    for (const name of ['Whole__c', 'WHOLE__C']) {
      const error = await refusal(upsert('Whole__c', '13', { Name: 'S', [name]: 14 }))
      expect([error.code, error.problems[0]?.fields]).toEqual(['INVALID_FIELD', [name]])
    }
  })

  it('what no create takes is refused by upsert with the same words (D7)', async () => {
    const bad = { Name: '', Choice__c: 'Nowhere', Nonsense: 1, Flag__c: 'true' }
    const created = await refusal(org.records.create(org.admin, 'Sample__c', body(bad)))
    const upserted = await refusal(upsert('Whole__c', '99', bad))
    expect(upserted.problems).toEqual(created.problems)
  })

  it('a field that is no external id, hidden or unknown finds nothing', async () => {
    for (const field of ['Name', 'Money__c', 'Nothing', '__proto__']) {
      expect((await refusal(upsert(field, '1'))).code).toBe('INVALID_FIELD')
    }
  })

  it('twenty at once make one record', async () => {
    const results = await Promise.all(Array.from({ length: 20 }, () => upsert('Whole__c', '2000')))
    expect(new Set(results.map((one) => one.id)).size).toBe(1)
    expect(results.filter((one) => one.created)).toHaveLength(1)
  })

  it('retrieving by external id follows the same rules', async () => {
    const { id } = await upsert('Exact__c', 'Read')
    const read = (value: string): Promise<{ text: string }> =>
      org.records.retrieveByExternalId(org.admin, 'Sample__c', 'Exact__c', value, ['Id'])
    expect((await read('Read')).text).toContain(id)
    expect((await refusal(read('READ'))).code).toBe('NOT_FOUND')
    expect((await refusal(read(''))).code).toBe('INVALID_FIELD')
  })
})
