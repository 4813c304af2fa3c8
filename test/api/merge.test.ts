/** Records that turn out to be one: what stays, what moves, what lies in the recycle bin, and who may not. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openApi, type Api, type Ask, type Json } from '../support/api.ts'
import { databases } from '../support/databases.ts'

const data = '/services/data/v67.0'

describe.each(databases)('merged records on $name', (database) => {
  let api: Api
  beforeAll(async () => {
    api = await openApi(database)
  })
  afterAll(() => api.close())

  const make = async (object: string, body: object): Promise<string> => {
    const { json, text } = await api.ask('POST', `${data}/sobjects/${object}`, {
      as: 'admin',
      body,
    })
    expect(text).toContain('"success":true')
    return String(json['id'])
  }
  const rows = async (soql: string, way = 'query'): Promise<Json> => {
    const path = `${data}/${way}?q=${encodeURIComponent(soql)}`
    return (await api.ask('GET', path, { as: 'admin' })).json['records'] as Json
  }
  const merge = async (input: object, as: Ask['as'] = 'admin'): Promise<Json> => {
    const path = `${data}/actions/standard/mergeRecords`
    const { json } = await api.ask('POST', path, { as, body: { inputs: [input] } })
    return json[0] as Json
  }

  it('one stays with the chosen values and all that belonged to the others', async () => {
    const [stays, first, second] = [
      await make('Account', { Name: 'Acme', Phone: '1' }),
      await make('Account', { Name: 'ACME Inc', Phone: '2', SourceSystemIdentifier: 'm2' }),
      await make('Account', { Name: 'Acme Ltd' }),
    ]
    await api.ask('PATCH', `${data}/sobjects/Account/${stays}`, {
      ...{ as: 'admin', body: { ParentId: first } },
    })
    const below = await make('Account', { Name: 'Below', ParentId: second })
    const contacts = [
      await make('Contact', { LastName: 'A', AccountId: first }),
      await make('Contact', { LastName: 'B', AccountId: second }),
    ]
    const task = await make('Task', { Subject: 'T', WhatId: first })
    const done = await merge({
      recordId: stays,
      recordToMergeIds: [first, second],
      values: { Phone: '2', Name: 'Acme Inc' },
    })
    expect(done).toMatchObject({
      isSuccess: true,
      outputValues: { mergedRecordIds: [first, second] },
    })
    const moved = done['outputValues']?.['updatedRelatedIds'] as unknown as string[]
    expect(moved).toEqual(expect.arrayContaining([below, ...contacts, task]))
    expect(await rows(`SELECT Name, Phone, ParentId FROM Account WHERE Id = '${stays}'`)).toEqual([
      expect.objectContaining({ Name: 'Acme Inc', Phone: '2', ParentId: null }),
    ])
    const ofStays = `WHERE AccountId = '${stays}' ORDER BY LastName`
    const names = await rows(`SELECT LastName FROM Contact ${ofStays}`)
    expect(names.map((one) => String(one['LastName']))).toEqual(['A', 'B'])
    expect(await rows(`SELECT WhatId FROM Task WHERE Id = '${task}'`)).toMatchObject([
      { WhatId: stays },
    ])
    expect(await rows(`SELECT ParentId FROM Account WHERE Id = '${below}'`)).toMatchObject([
      { ParentId: stays },
    ])
    const gone = `SELECT IsDeleted FROM Account WHERE Id IN ('${first}', '${second}')`
    expect(await rows(gone)).toEqual([])
    expect(await rows(gone, 'queryAll')).toMatchObject([{ IsDeleted: true }, { IsDeleted: true }])
    // Whoever was wrong has them back.
    const back = `/services/fieldstone/v1/recycle-bin/${first}/undelete`
    expect((await api.ask('POST', back, { as: 'admin' })).status).toBe(204)
    expect(await rows(gone)).toHaveLength(1)
  })

  it('is done wholly or not at all, and refused where it makes no sense', async () => {
    const stays = await make('Contact', { LastName: 'Stays' })
    const other = await make('Contact', { LastName: 'Other', ReportsToId: stays })
    const account = await make('Account', { Name: 'No contact' })
    const refused = async (input: object) => {
      const { errors } = (await merge(input)) as unknown as {
        errors: { statusCode: string; fields: string[] }[]
      }
      return errors[0]?.statusCode
    }
    const [recordId, recordToMergeIds] = [stays, [other]]
    expect(await refused({ recordId, recordToMergeIds, values: { LastName: '' } })).toBe(
      'REQUIRED_FIELD_MISSING',
    )
    expect(await refused({ recordId, recordToMergeIds, values: { Nope: 1 } })).toBe('INVALID_FIELD')
    expect(await refused({ recordId, recordToMergeIds, values: [] })).toBe('INVALID_ARGUMENT')
    for (const wrong of [[], [stays], [other, other], [account], [other, account, stays]]) {
      expect(['INVALID_ARGUMENT', 'REQUIRED_FIELD_MISSING']).toContain(
        await refused({ recordId, recordToMergeIds: wrong }),
      )
    }
    const task = await make('Task', { Subject: 'T' })
    expect(await refused({ recordId: task, recordToMergeIds: [task] })).toBe('INVALID_TYPE')
    expect(await refused({ recordId: '001000000000001AAA', recordToMergeIds: [account] })).toBe(
      'NOT_FOUND',
    )
    expect(await rows(`SELECT Id FROM Contact WHERE Id IN ('${stays}', '${other}')`)).toHaveLength(
      2,
    )
    // The one that stays reported to nobody, the other to it: neither becomes its own superior.
    expect(await merge({ recordId: other, recordToMergeIds: [stays] })).toMatchObject({
      isSuccess: true,
    })
    expect(await rows(`SELECT ReportsToId FROM Contact WHERE Id = '${other}'`)).toMatchObject([
      { ReportsToId: null },
    ])
  })

  it('needs the rights of changing the one and deleting the others', async () => {
    const contacts = [
      await make('Contact', { LastName: 'X' }),
      await make('Contact', { LastName: 'Y' }),
    ]
    const [recordId = '', ...recordToMergeIds] = contacts
    const hidden = await merge({ recordId, recordToMergeIds }, 'rep')
    const missing = await merge({ recordId: '003000000000001AAA', recordToMergeIds }, 'rep')
    expect(hidden).toMatchObject({ isSuccess: false, errors: [{ statusCode: 'NOT_FOUND' }] })
    expect(hidden['errors']).toEqual(missing['errors'])
  })
})
