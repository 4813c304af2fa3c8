/** Class F: names and values by which JavaScript or its drivers are tripped. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Refusal } from '../../engine/base/refusal.ts'
import { everyTypeMetadata, sampleFields } from '../engine/query/every-type.ts'
import { deskOf, problemsOf, refusal } from '../engine/records/records-support.ts'
import { databases, type OpenDatabase } from '../support/databases.ts'
import { body, openOrganisation, type Organisation } from '../support/organisation.ts'
import { metadataProblems, objectFile } from './attack-support.ts'

const traps = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
  '__defineGetter__',
]

function polluted(): unknown {
  return [Reflect.get({}, 'polluted'), Reflect.get([], 'polluted'), Reflect.get(Object, 'polluted')]
}

afterAll(() => expect(polluted()).toEqual([undefined, undefined, undefined]))

describe.each(databases)('traps on $name', ({ open }) => {
  let database: OpenDatabase
  let org: Organisation
  const desk = deskOf(() => org)

  beforeAll(async () => {
    database = await open()
    org = await openOrganisation(database.storage, everyTypeMetadata)
  })
  afterAll(() => database.close())

  it.each(traps)(
    'F1: %s is no member of a record, and what follows is answered as ever',
    async (name) => {
      const parsed: unknown = JSON.parse(`{"Name":"X","${name}":{"polluted":true}}`)
      const members = new Map(Object.entries(parsed as object))
      expect(members.has(name)).toBe(true)
      const error = await refusal(org.records.create(org.admin, 'Sample__c', members))
      expect(problemsOf(error)).toEqual([['INVALID_FIELD', name]])
      const id = await desk.create('Sample__c', { Name: 'After' })
      expect(await desk.read('Sample__c', id, ['Name'])).toEqual({ Name: 'After' })
    },
  )

  it('F1: as a value of any field it is refused, and nothing is changed by it', async () => {
    const value: unknown = JSON.parse(
      '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}',
    )
    for (const { fullName } of sampleFields) {
      const save = org.records.create(
        org.admin,
        'Sample__c',
        body({ Name: 'X', [fullName]: value }),
      )
      expect((await refusal(save)).problems[0]?.fields).toEqual([fullName])
    }
  })

  it.each(traps)('F1: %s names nothing in queries, addresses and bases', async (name) => {
    const { records, admin } = org
    const id = await desk.create('Sample__c', { Name: 'Base' })
    const works: (() => Promise<unknown>)[] = [
      () => records.query(admin, `SELECT ${name} FROM Sample__c`),
      () => records.query(admin, `SELECT Id FROM Sample__c WHERE ${name} = 1`),
      () => records.query(admin, `SELECT Id FROM Sample__c ORDER BY ${name}`),
      () => records.query(admin, `SELECT Id FROM Sample__c WHERE ${name}.Name = 'x'`),
      () => records.query(admin, `SELECT Id FROM ${name}`),
      () => records.retrieve(admin, 'Sample__c', id, [name]),
      () => records.retrieve(admin, name, id),
      () => records.retrieveByExternalId(admin, 'Sample__c', name, 'x'),
      () => records.upsert(admin, 'Sample__c', name, 'x', body({})),
      () => records.create(admin, name, body({})),
      async () => records.describe(admin, name),
    ]
    for (const work of works) expect(await refusal(work())).toBeInstanceOf(Refusal)
    const base = new Map([[name, 'x']])
    await records.update(admin, 'Sample__c', id, body({ Name: 'Changed' }), { base })
  })

  it.each(['__proto__', 'constructor', 'toString', 'then', 'null', 'undefined'])(
    'F1: %j is a text like any other',
    async (text) => {
      const id = await desk.create('Sample__c', { Name: text, Text__c: text })
      expect(await desk.read('Sample__c', id, ['Name', 'Text__c'])).toEqual({
        Name: text,
        Text__c: text,
      })
      const soql = `SELECT Id FROM Sample__c WHERE Text__c = '${text}'`
      expect(await desk.column(soql, 'Id')).toContain(id)
    },
  )

  const bent: Readonly<Record<string, unknown>> = {
    'a big integer': 2n ** 60n,
    'not a number': Number.NaN,
    infinity: Number.POSITIVE_INFINITY,
    'a date': new Date(0),
    'a buffer': Buffer.from('x'),
    'an object': { a: 1 },
    'a list': [1],
    undefined,
    'a function': () => 1,
    'a symbol': Symbol('x'),
    'half a surrogate pair': 'a\ud800b',
    'the other half': '\udc00',
    'a NUL': 'a\u0000b',
    'a map': new Map(),
  }

  it.each(Object.keys(bent))(
    'F7: %s is refused for every field and stored as nothing',
    async (what) => {
      const before = await desk.query('SELECT Id FROM Sample__c')
      for (const { fullName } of [...sampleFields, { fullName: 'Name' }, { fullName: 'OwnerId' }]) {
        const save = org.records.create(
          org.admin,
          'Sample__c',
          body({ ...(fullName === 'Name' ? {} : { Name: 'F7' }), [fullName]: bent[what] }),
        )
        expect([fullName, (await refusal(save)).problems[0]?.fields]).toEqual([
          fullName,
          [fullName],
        ])
      }
      expect(await desk.query('SELECT Id FROM Sample__c')).toEqual(before)
    },
  )

  it('F7: an emoji, combining marks and the last code point come back exactly', async () => {
    const text = '\u{1F600}e\u0301\u{10FFFF}\uFEFF\u202E'
    const id = await desk.create('Sample__c', { Name: 'X', Text__c: text })
    expect(await desk.read('Sample__c', id, ['Text__c'])).toEqual({ Text__c: text })
  })
})

describe('metadata', () => {
  const names = [
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'then',
    'toJSON',
    'valueOf',
  ]

  it.each(names)('F2: no field may be called %s', (name) => {
    const [path, file] = objectFile('Good__c', {
      fields: [{ fullName: name, label: 'F', type: 'Text', length: 10 }],
    })
    const [reason] = metadataProblems([[path, JSON.stringify(file)]])
    expect(reason).toContain('is reserved')
  })

  it.each(names)('F2: no object may be called %s', (name) => {
    const [path, file] = objectFile(name)
    const [reason] = metadataProblems([[path, JSON.stringify(file)]])
    expect(reason).toContain('is reserved')
  })

  it.each(['__proto__', 'constructor', 'prototype'])(
    'F1: the key %s is refused at every level of a file',
    (key) => {
      const trap = `"${key}":{"polluted":true}`
      const field = `{"fullName":"A__c","label":"A","type":"Text","length":5,${trap}}`
      const whole = (inside: string, fields = ''): string =>
        `{"fullName":"Good__c","label":"G","pluralLabel":"Gs","sharingModel":"ReadWrite","nameField":{"label":"N","type":"Text"}${inside},"fields":[${fields}]}`
      for (const text of [
        whole(`,${trap}`),
        whole('', field),
        whole('').replace('"type":"Text"}', `"type":"Text",${trap}}`),
      ]) {
        const [reason] = metadataProblems([['objects/Good__c.json', text]])
        expect(reason).toContain(key)
      }
    },
  )
})
