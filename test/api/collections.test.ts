/** Collections over REST: many records of several types in one request, each for itself or all or none. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openApi, type Api, type Ask, type Json } from '../support/api.ts'
import { databases } from '../support/databases.ts'

const data = '/services/data/v67.0'
const all = `${data}/composite/sobjects`
const reasons = `${all}/CollectionPlanReason`
const missingId = '001000000000001AAA'

describe.each(databases)('collections on $name', (database) => {
  let api: Api
  beforeAll(async () => {
    api = await openApi(database)
  })
  afterAll(() => api.close())

  const admin = (method: string, path: string, ask: Ask = {}) =>
    api.ask(method, path, { as: 'admin', ...ask })
  const account = (values: object) => ({ attributes: { type: 'Account' }, ...values })
  const contact = (values: object) => ({ attributes: { type: 'Contact' }, ...values })
  const send = async (method: string, records: readonly object[], allOrNone = false) => {
    const { status, json, text } = await admin(method, all, { body: { allOrNone, records } })
    expect(status, text).toBe(200)
    return json as unknown as Json[]
  }
  const make = async (...names: readonly string[]): Promise<string[]> => {
    const made = await send(
      'POST',
      names.map((Name) => account({ Name })),
      true,
    )
    return made.map((one) => String(one['id']))
  }
  const read = async (ids: readonly string[], fields = 'Name'): Promise<unknown> =>
    (await admin('GET', `${all}/Account?ids=${ids.join(',')}&fields=${fields}`)).json.map((one) =>
      one === null ? null : one['Name'],
    )
  const count = async (object: string, where: string): Promise<unknown> => {
    const soql = encodeURIComponent(`SELECT COUNT() FROM ${object} WHERE ${where}`)
    return (await admin('GET', `${data}/query?q=${soql}`)).json['totalSize']
  }
  const codes = (results: readonly Json[]) =>
    results.map((one) => one['errors']?.[0]?.['statusCode'] ?? 'ok')

  it('creates records of several types in one unit of work, or none of them', async () => {
    const good = await send(
      'POST',
      [account({ Name: 'Mixed' }), contact({ LastName: 'Mixed' })],
      true,
    )
    expect(codes(good)).toEqual(['ok', 'ok'])
    const bad = await send(
      'POST',
      [
        account({ Name: 'Undone' }),
        contact({ LastName: 'Undone' }),
        contact({}),
        account({ Name: 'U' }),
      ],
      true,
    )
    expect(codes(bad)).toEqual([
      'ALL_OR_NONE_OPERATION_ROLLED_BACK',
      'ALL_OR_NONE_OPERATION_ROLLED_BACK',
      'REQUIRED_FIELD_MISSING',
      'ALL_OR_NONE_OPERATION_ROLLED_BACK',
    ])
    expect(await count('Account', "Name = 'Undone'")).toBe(0)
    expect(await count('Contact', "LastName = 'Undone'")).toBe(0)
  })

  it('takes back all when only the database refuses one', async () => {
    const records = [
      contact({ LastName: 'Linked' }),
      account({ Name: 'Linked' }),
      contact({ LastName: 'Linked', AccountId: missingId }),
    ]
    expect(codes(await send('POST', records, true))).toEqual([
      'ALL_OR_NONE_OPERATION_ROLLED_BACK',
      'ALL_OR_NONE_OPERATION_ROLLED_BACK',
      'INVALID_CROSS_REFERENCE_KEY',
    ])
    expect(await count('Contact', "LastName = 'Linked'")).toBe(0)
    expect(await count('Account', "Name = 'Linked'")).toBe(0)
  })

  it('an unknown type is the problem of its own records alone', async () => {
    const results = await send('POST', [
      account({ Name: 'Known' }),
      { attributes: { type: 'Nope' }, Name: 'x' },
    ])
    expect(codes(results)).toEqual(['ok', 'NOT_FOUND'])
  })

  it('changes many, by id in either case; each answers for itself', async () => {
    const [one = '', two = ''] = await make('Old 1', 'Old 2')
    const results = await send('PATCH', [
      account({ id: one.slice(0, 15), Name: 'New 1' }),
      account({ Id: missingId, Name: 'x' }),
      account({ id: two, Name: '' }),
      account({ Name: 'without an id' }),
    ])
    expect(codes(results)).toEqual(['ok', 'NOT_FOUND', 'REQUIRED_FIELD_MISSING', 'NOT_FOUND'])
    expect(results[0]?.['id']).toBe(one)
    expect(await read([one, two])).toEqual(['New 1', 'Old 2'])
  })

  it('keeps what others changed meanwhile, and tells of what both changed, record by record', async () => {
    const [one = '', two = ''] = await make('Based 1', 'Based 2')
    const based = (id: string, base: object, values: object) => ({
      attributes: { type: 'Account', base },
      id,
      ...values,
    })
    await send('PATCH', [account({ id: one, Phone: '1' }), account({ id: two, Name: 'Theirs' })])
    const results = await send('PATCH', [
      based(one, { Name: 'Based 1' }, { Name: 'Mine' }),
      based(two, { Name: 'Based 2' }, { Name: 'Mine' }),
    ])
    expect(codes(results)).toEqual(['ok', 'ENTITY_FAILED_IFMATCH'])
    expect(results[1]?.['errors']?.[0]?.['details']?.['conflicts']).toMatchObject([
      { field: 'Name', base: 'Based 2', yours: 'Mine', theirs: 'Theirs' },
    ])
    expect(await read([one, two])).toEqual(['Mine', 'Theirs'])
    const again = based(two, { Name: 'Theirs' }, { Name: 'Mine' })
    expect(codes(await send('PATCH', [again], true))).toEqual(['ok'])
    const bad = { attributes: { type: 'Account', base: [] }, id: two, Name: 'x' }
    const refused = await admin('PATCH', all, { body: { records: [bad] } })
    expect(refused.code).toBe('JSON_PARSER_ERROR')
  })

  it('changes all or none', async () => {
    const [one = '', two = ''] = await make('Keep 1', 'Keep 2')
    const results = await send(
      'PATCH',
      [account({ id: one, Name: 'Lost' }), account({ id: two, Name: null })],
      true,
    )
    expect(codes(results)).toEqual(['ALL_OR_NONE_OPERATION_ROLLED_BACK', 'REQUIRED_FIELD_MISSING'])
    const same = [account({ id: one, Name: 'A' }), account({ id: one.slice(0, 15), Name: 'B' })]
    expect(codes(await send('PATCH', same, true))[1]).toBe('DUPLICATE_VALUE')
    expect(await read([one, two])).toEqual(['Keep 1', 'Keep 2'])
    const changed = [account({ id: one, Name: 'C 1' }), account({ id: two, Phone: '1' })]
    expect(codes(await send('PATCH', changed, true))).toEqual(['ok', 'ok'])
    expect(await read([one, two])).toEqual(['C 1', 'Keep 2'])
  })

  it('gives records in the asked order, null where there is none', async () => {
    const [one = '', two = ''] = await make('Order 1', 'Order 2')
    expect(await read([two, missingId, 'x', one])).toEqual(['Order 2', null, null, 'Order 1'])
    const posted = await admin('POST', `${all}/Account`, {
      body: { ids: [one, missingId], fields: ['Id', 'Name'] },
    })
    expect(posted.json).toMatchObject([{ Id: one, attributes: { type: 'Account' } }, null])
    expect((await admin('GET', `${all}/Nope?ids=${one}&fields=Id`)).code).toBe('NOT_FOUND')
    expect((await admin('GET', `${all}/Account?ids=${one}`)).code).toBe('MISSING_ARGUMENT')
    expect((await admin('GET', `${all}/Account?ids=${one}&fields=Nope`)).code).toBe('INVALID_FIELD')
  })

  it('deletes many, each for itself', async () => {
    const [one = '', two = ''] = await make('Gone 1', 'Gone 2')
    const { json } = await admin('DELETE', `${all}?ids=${one},${missingId},${two},${one}`)
    expect(codes(json)).toEqual(['ok', 'NOT_FOUND', 'ok', 'ENTITY_IS_DELETED'])
    expect(await read([one, two])).toEqual([null, null])
  })

  it('deletes all or none', async () => {
    const [one = ''] = await make('Stays')
    const { json } = await admin('DELETE', `${all}?ids=${one},${missingId}&allOrNone=true`)
    expect(codes(json)).toEqual(['ALL_OR_NONE_OPERATION_ROLLED_BACK', 'NOT_FOUND'])
    expect(await read([one])).toEqual(['Stays'])
  })

  describe('by external id', () => {
    const reason = (values: object) => ({
      attributes: { type: 'CollectionPlanReason' },
      ...values,
    })
    const upsert = async (records: readonly object[], allOrNone = false) =>
      (await admin('PATCH', `${reasons}/Code`, { body: { allOrNone, records } })).json

    it('creates what is not there and changes what is', async () => {
      const first = await upsert([reason({ Code: 'A', Name: 'First' })])
      expect(first).toMatchObject([{ success: true, created: true }])
      const second = await upsert([
        reason({ code: 'A', Name: 'First, again' }),
        reason({ Code: 'B', Name: 'Second' }),
        reason({ Name: 'no key' }),
        reason({ Code: 'B', Name: 'twice' }),
        reason({ Code: 'C', Name: null }),
      ])
      expect(second.map((one) => one['created'])).toEqual([false, true, true, true, true])
      expect(codes(second)).toEqual([
        'ok',
        'ok',
        'MISSING_ARGUMENT',
        'DUPLICATE_VALUE',
        'REQUIRED_FIELD_MISSING',
      ])
      expect(second[0]?.['id']).toBe(first[0]?.['id'])
      expect(await count('CollectionPlanReason', "Name = 'First, again'")).toBe(1)
    })

    it('saves all or none', async () => {
      const results = await upsert([reason({ Code: 'D', Name: 'D' }), reason({ Name: 'no' })], true)
      expect(codes(results)).toEqual(['ALL_OR_NONE_OPERATION_ROLLED_BACK', 'MISSING_ARGUMENT'])
      expect(await count('CollectionPlanReason', "Code = 'D'")).toBe(0)
    })

    it('by Id makes a record where none is given', async () => {
      const [one = ''] = await make('Upserted')
      const { json } = await admin('PATCH', `${all}/Account/Id`, {
        body: {
          records: [account({ id: one, Name: 'Upserted, again' }), account({ Name: 'New' })],
        },
      })
      expect(json.map((item) => item['created'])).toEqual([false, true])
      expect(await read([one])).toEqual(['Upserted, again'])
    })

    it('twice at once makes one record and no error', async () => {
      const records = [reason({ Code: 'RACE', Name: 'Race' })]
      const both = await Promise.all([upsert(records), upsert(records), upsert(records)])
      expect(both.flatMap((one) => codes(one))).toEqual(['ok', 'ok', 'ok'])
      expect(await count('CollectionPlanReason', "Code = 'RACE'")).toBe(1)
    })

    it('a field that is no external id is refused', async () => {
      const { status, code } = await admin('PATCH', `${reasons}/Name`, { body: { records: [] } })
      expect([status, code]).toEqual([400, 'INVALID_FIELD'])
    })
  })
})
