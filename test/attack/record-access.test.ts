/** Records of others, by every door: as if they had never been; moves between masters; references; ids that say nothing. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { limits } from '../../engine/base/limits.ts'
import { checksum } from '../../engine/base/record-id.ts'
import { openApi, type Api, type Ask, type Told } from '../support/api.ts'
import { databases } from '../support/databases.ts'

const data = '/services/data/v67.0'
const own = '/services/fieldstone/v1'

const object = (fullName: string, sharingModel: string, fields: readonly object[]) => ({
  fullName,
  label: fullName.slice(0, -3),
  pluralLabel: `${fullName.slice(0, -3)}s`,
  nameField: { label: 'Name', type: 'Text' },
  sharingModel,
  enableHistory: true,
  enableSearch: true,
  fields,
})
const link = (type: string, more: object = {}) => ({
  fullName: 'Chest__c',
  label: 'Chest',
  type,
  referenceTo: ['Chest__c'],
  ...more,
})
const objects = [
  object('Chest__c', 'Private', [
    { fullName: 'Note__c', label: 'Note', type: 'Text', length: 40, trackHistory: true },
  ]),
  object('Coin__c', 'ControlledByParent', [
    link('MasterDetail', { relationshipName: 'Coins', reparentableMasterDetail: true }),
  ]),
  object('Key__c', 'ReadWrite', [link('Lookup', { relationshipName: 'Keys' })]),
]
const rights = {
  label: 'Keeper',
  objectPermissions: objects.map(({ fullName }) => ({
    object: fullName,
    allowRead: true,
    allowCreate: true,
    allowEdit: true,
    allowDelete: true,
  })),
  fieldPermissions: ['Chest__c.Note__c', 'Key__c.Chest__c'].map((field) => ({
    field,
    readable: true,
    editable: true,
  })),
}

describe.each(databases)('access to records on $name', (database) => {
  let api: Api
  let foreign = ''
  let foreignCoin = ''
  let mine = ''
  let key = ''
  let nowhere = ''
  const ask = (method: string, path: string, body?: unknown, as: Ask['as'] = 'rep') =>
    api.ask(method, path, { as, ...(body !== undefined && { body }) })
  const make = async (name: string, body: object, as: Ask['as'] = 'rep'): Promise<string> => {
    const told = await ask('POST', `${data}/sobjects/${name}`, body, as)
    expect([told.status, told.text]).toEqual([201, told.text])
    return String(told.json['id'])
  }
  const query = (soql: string): Promise<Told> =>
    ask('GET', `${data}/query?q=${encodeURIComponent(soql)}`)

  beforeAll(async () => {
    api = await openApi(database)
    const put = async (type: string, fullName: string, body: object): Promise<void> => {
      const path = `${own}/metadata/${type}/${fullName}`
      const told = await ask('PUT', path, { fullName, ...body }, 'admin')
      expect([told.status, told.text]).toEqual([200, told.text])
    }
    for (const one of objects) await put('CustomObject', one.fullName, one)
    await put('PermissionSet', 'Keeper', rights)
    const soql = encodeURIComponent("SELECT Id FROM PermissionSet WHERE Name = 'Keeper'")
    const found = await ask('GET', `${data}/query?q=${soql}`, undefined, 'admin')
    const PermissionSetId = String(found.json['records']?.[0]?.['Id'])
    await make('PermissionSetAssignment', { AssigneeId: api.repId, PermissionSetId }, 'admin')
    foreign = await make('Chest__c', { Name: 'Theirs', Note__c: 'gold' }, 'admin')
    foreignCoin = await make('Coin__c', { Name: 'Theirs', Chest__c: foreign }, 'admin')
    mine = await make('Chest__c', { Name: 'Mine' })
    key = await make('Key__c', { Name: 'Brass', Chest__c: mine })
    const id15 = `${foreign.slice(0, 10)}zzzzz`
    nowhere = id15 + checksum(id15)
  })
  afterAll(() => api?.close())

  type Door = readonly [
    method: string,
    path: (id: string) => string,
    body?: (id: string) => unknown,
  ]
  const doors: readonly Door[] = [
    ['GET', (id) => `${data}/sobjects/Chest__c/${id}`],
    ['HEAD', (id) => `${data}/sobjects/Chest__c/${id}`],
    ['GET', (id) => `${data}/sobjects/Chest__c/${id}?fields=Name`],
    ['GET', (id) => `${data}/sobjects/Chest__c/${id}/Coins__r`],
    ['GET', (id) => `${data}/sobjects/Chest__c/${id}/Owner`],
    ['PATCH', (id) => `${data}/sobjects/Chest__c/${id}`, () => ({ Name: 'x' })],
    ['POST', (id) => `${data}/sobjects/Chest__c/${id}?_HttpMethod=PATCH`, () => ({ Name: 'x' })],
    ['DELETE', (id) => `${data}/sobjects/Chest__c/${id}`],
    ['GET', (id) => `${data}/composite/sobjects/Chest__c?ids=${id}&fields=Name`],
    ['DELETE', (id) => `${data}/composite/sobjects?ids=${id}`],
    [
      'PATCH',
      () => `${data}/composite/sobjects`,
      (id) => ({ records: [{ attributes: { type: 'Chest__c' }, id, Name: 'x' }] }),
    ],
    [
      'POST',
      () => `${data}/composite`,
      (id) => ({
        compositeRequest: [
          { method: 'GET', referenceId: 'one', url: `${data}/sobjects/Chest__c/${id}` },
        ],
      }),
    ],
    [
      'POST',
      () => `${data}/composite/batch`,
      (id) => ({ batchRequests: [{ method: 'GET', url: `v67.0/sobjects/Chest__c/${id}` }] }),
    ],
    ['POST', () => `${data}/sobjects/Coin__c`, (id) => ({ Name: 'x', Chest__c: id })],
    ['POST', () => `${data}/sobjects/Key__c`, (id) => ({ Name: 'x', Chest__c: id })],
    ['POST', () => `${data}/sobjects/ContentDocumentLink`, (id) => ({ LinkedEntityId: id })],
    ['GET', (id) => soqlPath(`SELECT Name FROM Chest__c WHERE Id = '${id}'`)],
    ['GET', (id) => soqlPath(`SELECT COUNT() FROM Coin__c WHERE Chest__c = '${id}'`)],
    ['GET', (id) => soqlPath(`SELECT NewValue FROM Chest__History WHERE ParentId = '${id}'`)],
    ['GET', (id) => soqlPath(`SELECT RecordId FROM UserRecordAccess WHERE RecordId = '${id}'`)],
    [
      'GET',
      (id) =>
        `${own}/export?name=x&q=${encodeURIComponent(`SELECT Name FROM Chest__c WHERE Id = '${id}'`)}`,
    ],
    ['GET', (id) => `${own}/ui/records/${id}`],
    ['GET', (id) => `${own}/timeline/${id}`],
    ['GET', (id) => `${own}/sharing/${id}`],
    ['GET', (id) => `${own}/sharing/${id}/shares`],
    ['GET', (id) => `${own}/approvals/records/${id}`],
    ['POST', (id) => `${own}/recycle-bin/${id}/undelete`, () => ({})],
    ['DELETE', (id) => `${own}/recycle-bin/${id}`],
  ]
  const soqlPath = (soql: string): string => `${data}/query?q=${encodeURIComponent(soql)}`

  it('C1: a record of somebody else is answered at every door as one that never was', async () => {
    for (const [method, path, body] of doors) {
      const told = async (id: string) => {
        const { status, text } = await ask(method, path(id), body?.(id))
        return [method, path('ID'), status, text.replaceAll(id, 'ID')]
      }
      expect(await told(foreign)).toEqual(await told(nowhere))
    }
    const after = await ask('GET', `${data}/sobjects/Chest__c/${foreign}`, undefined, 'admin')
    expect(after.json).toMatchObject({ Name: 'Theirs', Note__c: 'gold', IsDeleted: false })
    const found = await ask('GET', `${data}/search?q=${encodeURIComponent('FIND {Theirs}')}`)
    expect(found.text).not.toContain(foreign.slice(0, 15))
    // In the recycle bin as well.
    await ask('DELETE', `${data}/sobjects/Chest__c/${foreign}`, undefined, 'admin')
    for (const [method, path] of doors.slice(-2)) {
      expect((await ask(method, path(foreign), {})).status).toBe(404)
    }
    const back = `${own}/recycle-bin/${foreign}/undelete`
    expect((await ask('POST', back, {}, 'admin')).status).toBe(204)
  })

  it('C2: lines have the rights of their master, and moves need those of both', async () => {
    const line = await make('Coin__c', { Name: 'Mine', Chest__c: mine })
    expect((await query(`SELECT Id FROM Coin__c WHERE Id = '${foreignCoin}'`)).json).toMatchObject({
      totalSize: 0,
    })
    const at = `${data}/sobjects/Coin__c`
    for (const [method, path, body] of [
      ['GET', `${at}/${foreignCoin}`, undefined],
      ['PATCH', `${at}/${foreignCoin}`, { Name: 'x' }],
      ['PATCH', `${at}/${foreignCoin}`, { Chest__c: mine }],
      ['DELETE', `${at}/${foreignCoin}`, undefined],
      ['PATCH', `${at}/${line}`, { Chest__c: foreign }],
    ] as const) {
      const told = await ask(method, path, body)
      expect([path, told.status >= 400 && told.status < 500, told.text]).toEqual([
        path,
        true,
        told.text,
      ])
    }
    const second = await make('Chest__c', { Name: 'Mine too' })
    expect((await ask('PATCH', `${at}/${line}`, { Chest__c: second })).status).toBe(204)
    const moved = await ask('GET', `${at}/${line}?fields=Chest__c`)
    expect(moved.json['Chest__c']).toBe(second)
    const theirs = await ask('GET', `${at}/${foreignCoin}`, undefined, 'admin')
    expect(theirs.json).toMatchObject({ Name: 'Theirs', Chest__c: foreign })
  })

  it('C3: a reference to what one may not see, to what was deleted and to another kind is one to nothing', async () => {
    const gone = await make('Chest__c', { Name: 'Gone' })
    await ask('DELETE', `${data}/sobjects/Chest__c/${gone}`)
    const told = async (id: string) => {
      const { status, text } = await ask('PATCH', `${data}/sobjects/Key__c/${key}`, {
        Chest__c: id,
      })
      return [status, text.replaceAll(id, 'ID')]
    }
    const none = await told(nowhere)
    expect(none[0]).toBe(400)
    for (const id of [foreign, gone]) expect(await told(id)).toEqual(none)
    expect((await told(api.repId))[0]).toBe(400)
    const kept = await ask('GET', `${data}/sobjects/Key__c/${key}?fields=Chest__c`)
    expect(kept.json['Chest__c']).toBe(mine)
  })

  it('C8: of many records a foreign one fails alone at its place, or stops all of them', async () => {
    const send = (allOrNone: boolean, Note__c: string) =>
      ask('PATCH', `${data}/composite/sobjects`, {
        allOrNone,
        records: [mine, foreign, mine].map((id, index) => ({
          attributes: { type: index === 2 ? 'Key__c' : 'Chest__c' },
          ...(index === 2 ? { id: key, Name: Note__c } : { id, Note__c }),
        })),
      })
    const some = [...(await send(false, 'some')).json].map((one) => one['success'])
    expect(some).toEqual([true, false, true])
    const none = [...(await send(true, 'none')).json].map((one) => one['success'])
    expect(none).toEqual([false, false, false])
    const { json } = await query(`SELECT Note__c FROM Chest__c WHERE Id = '${mine}'`)
    expect(json['records']?.[0]).toMatchObject({ Note__c: 'some' })
  })

  it('C5: what a rule opened is closed with the next request, be it the rule that changes or the record', async () => {
    const sees = async (): Promise<boolean> =>
      (await ask('GET', `${data}/sobjects/Chest__c/${foreign}`)).status === 200
    const put = (body: object) =>
      ask(
        'PUT',
        `${own}/metadata/SharingRules/Chest__c`,
        { fullName: 'Chest__c', ...body },
        'admin',
      )
    const rule = {
      fullName: 'Gold',
      label: 'Gold',
      accessLevel: 'Read',
      sharedTo: { allInternalUsers: true },
      criteriaItems: [{ field: 'Note__c', operation: 'equals', value: 'gold' }],
    }
    expect(await sees()).toBe(false)
    const opened = await put({ sharingCriteriaRules: [rule] })
    expect([opened.status, opened.text]).toEqual([200, opened.text])
    expect(await sees()).toBe(true)
    const change = (Note__c: string) =>
      ask('PATCH', `${data}/sobjects/Chest__c/${foreign}`, { Note__c }, 'admin')
    await change('lead')
    expect(await sees()).toBe(false)
    await change('gold')
    expect(await sees()).toBe(true)
    await put({ sharingCriteriaRules: [] })
    expect(await sees()).toBe(false)
  })

  it('C9: whoever guesses ids waits after a thousand misses, and he alone', async () => {
    const unknown = (index: number): string =>
      `${data}/sobjects/Account/001${String(index).padStart(12, '0')}`
    const minuteLater = (): void => void (api.clock.now += 61_000)
    minuteLater()
    for (let index = 0; index < limits.unknownIdsPerMinuteMax; index += 1) {
      expect((await ask('GET', unknown(index))).code).toBe('NOT_FOUND')
    }
    for (const [method, path, body] of [
      ['DELETE', unknown(1), undefined],
      ['GET', `${unknown(1)}/Owner`, undefined],
      ['GET', `${unknown(1)}/Contacts`, undefined],
      ['PATCH', `${unknown(1)}/Parent`, { Name: 'Guessed' }],
    ] as const) {
      const told = await ask(method, path, body)
      expect([path, told.status, told.code]).toEqual([path, 429, 'TOO_MANY_REQUESTS'])
    }
    expect((await ask('GET', unknown(1), undefined, 'admin')).status).toBe(404)
    minuteLater()
    expect((await ask('GET', unknown(1))).status).toBe(404)
  })

  describe('C9: many ids named at once count as one by one', () => {
    const max = limits.unknownIdsPerMinuteMax
    const unknown = (count: number): string[] => {
      const prefix = foreign.slice(0, 3)
      return Array.from({ length: count }, (_, at) => prefix + String(at).padStart(12, '0'))
    }
    const collection = `${data}/composite/sobjects`
    const record = (id: string) => ({ attributes: { type: 'Chest__c' }, id, Note__c: 'guessed' })
    const blocks = Array.from({ length: max / 200 }, () => unknown(200))
    const inQuery = (ids: readonly string[]) =>
      `SELECT Id FROM Chest__c WHERE Id IN (${ids.join(',')})`
    const escaped = (id: string) => `'\\u00${id.charCodeAt(0).toString(16)}${id.slice(1)}'`
    const asStep = (soql: string) => ({
      compositeRequest: [
        { method: 'GET', url: `${data}/query?q=${encodeURIComponent(soql)}`, referenceId: 'it' },
      ],
    })
    const doors: Readonly<Record<string, () => Promise<readonly Told[]>>> = {
      'a query with variables': async () => {
        const query = 'SELECT Id FROM Chest__c WHERE Id IN :ids'
        return [await ask('POST', `${own}/query`, { query, variables: { ids: unknown(max + 1) } })]
      },
      'a query that escapes them': async () => {
        const query = inQuery(unknown(max + 1).map(escaped))
        return [await ask('POST', `${own}/query`, { query })]
      },
      'a query that finds others besides': async () => {
        const query = `${inQuery(unknown(max + 1).map((id) => `'${id}'`))} OR Name = 'Mine'`
        return [await ask('POST', `${own}/query`, { query })]
      },
      'a query in a composite request': async () => {
        const soql = inQuery(unknown(max + 1).map((id) => `'${id}'`))
        return [await ask('POST', `${data}/composite`, asStep(soql))]
      },
      'a collection that is read': async () => [
        await ask('POST', `${collection}/Chest__c`, { ids: unknown(max), fields: ['Id'] }),
      ],
      'collections that are changed': () =>
        Promise.all(blocks.map((ids) => ask('PATCH', collection, { records: ids.map(record) }))),
      'collections that are upserted': () =>
        Promise.all(
          blocks.map((ids) =>
            ask('PATCH', `${collection}/Chest__c/Id`, { records: ids.map(record) }),
          ),
        ),
      'collections that are deleted': () =>
        Promise.all(blocks.map((ids) => ask('DELETE', `${collection}?ids=${ids.join(',')}`))),
    }

    it.each(Object.entries(doors))('%s', async (_name, door) => {
      api.clock.now += 61_000
      expect((await door()).map(({ status }) => status).every((status) => status < 300)).toBe(true)
      const told = await ask('GET', `${data}/sobjects/Chest__c/${mine}`)
      expect([told.status, told.code]).toEqual([429, 'TOO_MANY_REQUESTS'])
      expect((await query(`SELECT Id FROM Chest__c WHERE Id = '${mine}'`)).status).toBe(429)
      expect((await query('SELECT Id FROM Chest__c LIMIT 1')).status).toBe(200)
      api.clock.now += 61_000
    })
  })

  it('C9: ids say nothing of how many there are, and neighbours of one are nobody’s', async () => {
    const names = Array.from({ length: 200 }, (_, index) => `c${index}`)
    const ids: string[] = []
    for (let round = 0; round < 5; round += 1) {
      const records = names.map((Name) => ({ attributes: { type: 'Chest__c' }, Name }))
      const told = await ask('POST', `${data}/composite/sobjects`, { records }, 'admin')
      ids.push(...[...told.json].map((one) => String(one['id'])))
    }
    expect(new Set(ids).size).toBe(1000)
    // The strides between ids of one moment are by chance: no two in a row tell the third.
    const strides = ids.slice(1).map((id, index) => distance(ids[index] ?? '', id))
    expect(new Set(strides).size).toBeGreaterThan(900)
    const guesses = ids.slice(0, 100).flatMap((id) => [-1, 1, 2].map((by) => neighbour(id, by)))
    const known = new Set(ids)
    expect(guesses.filter((id) => known.has(id))).toEqual([])
    const list = guesses.map((id) => `'${id}'`).join(', ')
    const soql = encodeURIComponent(`SELECT COUNT() FROM Chest__c WHERE Id IN (${list})`)
    const told = await ask('GET', `${data}/query?q=${soql}`, undefined, 'admin')
    expect(told.json['totalSize'], told.text).toBe(0)
  })
})

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

function numberOf(id: string): bigint {
  return [...id.slice(3, 15)].reduce(
    (sum, character) => sum * 62n + BigInt(alphabet.indexOf(character)),
    0n,
  )
}

function distance(one: string, other: string): bigint {
  return numberOf(other) - numberOf(one)
}

function neighbour(id: string, by: number): string {
  let rest = numberOf(id) + BigInt(by)
  let text = ''
  for (let digit = 0; digit < 12; digit += 1) {
    text = alphabet.charAt(Number(rest % 62n)) + text
    rest /= 62n
  }
  const id15 = id.slice(0, 3) + text
  return id15 + checksum(id15)
}
