/** Class A: names and values that might become SQL. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { foldText } from '../../engine/base/fold-text.ts'
import { Refusal } from '../../engine/base/refusal.ts'
import { everyTypeMetadata, sampleFields } from '../engine/query/every-type.ts'
import { conditions } from '../engine/query/naive-conditions.ts'
import { deskOf, problemsOf, refusal } from '../engine/records/records-support.ts'
import { databases, type OpenDatabase } from '../support/databases.ts'
import { openOrganisation, type Organisation } from '../support/organisation.ts'
import {
  logStatements,
  metadataProblems,
  objectFile,
  quoted,
  type StatementLog,
} from './attack-support.ts'
import { hostileTexts } from './hostile.ts'

/** Those that a text of 80 characters can hold, as they are stored. */
const storable = hostileTexts.filter(
  (text) => text.trim() !== '' && text.length <= 80 && !/[\0\p{Surrogate}]/u.test(text),
)

describe.each(databases)('injection on $name', ({ open }) => {
  let database: OpenDatabase
  let storage: StatementLog
  let org: Organisation
  const desk = deskOf(() => org)

  beforeAll(async () => {
    database = await open()
    storage = logStatements(database.storage)
    org = await openOrganisation(storage, everyTypeMetadata)
    for (const text of storable) await desk.create('Sample__c', { Name: 'A1', Text__c: text })
  })
  afterAll(() => database.close())

  const shape = async (): Promise<unknown> => {
    const tables = await database.storage.tables()
    const count = await desk.query('SELECT Id FROM Sample__c')
    return [tables, count.length]
  }

  it('A1: hostile texts come back as they were written', async () => {
    const stored = await desk.column("SELECT Text__c FROM Sample__c WHERE Name = 'A1'", 'Text__c')
    expect(stored).toEqual(storable)
  })

  it('A1: a hostile value finds exactly the rows that match it literally', async () => {
    const before = await shape()
    for (const text of storable) {
      const equal = storable.filter((one) => foldText(one) === foldText(text))
      const value = quoted(text)
      const pattern = quoted(text.replace(/[\\%_]/g, '\\$&')).replaceAll('\\\\\\\\', '\\\\')
      for (const condition of [
        `Text__c = ${value}`,
        `Text__c IN (${value}, 'no such')`,
        `NOT (Text__c != ${value})`,
        ...(text.includes('\\') ? [] : [`Text__c LIKE ${pattern.replaceAll('\\\\', '\\')}`]),
      ]) {
        const found = await desk.column(
          `SELECT Text__c FROM Sample__c WHERE Name = 'A1' AND ${condition}`,
          'Text__c',
        )
        expect([condition, found]).toEqual([condition, equal])
      }
    }
    expect(await shape()).toEqual(before)
  })

  it('A1: on every operator and type a hostile value is compared or refused, never run', async () => {
    const before = await shape()
    const operators = [
      '=',
      '!=',
      '<',
      '<=',
      '>',
      '>=',
      'LIKE',
      'IN',
      'NOT IN',
      'INCLUDES',
      'EXCLUDES',
    ]
    const values = hostileTexts.filter((text) => text.length < 80).map(quoted)
    for (const { fullName } of sampleFields) {
      for (const operator of operators) {
        const isList = /IN|CLUDES/.test(operator)
        for (const value of values) {
          const condition = `${fullName} ${operator} ${isList ? `(${value})` : value}`
          try {
            await org.records.query(
              org.admin,
              `SELECT Id FROM Sample__c WHERE ${condition} LIMIT 1`,
            )
          } catch (error) {
            if (!(error instanceof Refusal)) throw new Error(condition, { cause: error })
          }
        }
      }
    }
    expect(await shape()).toEqual(before)
  })

  const notNames = [
    '1',
    'Name desc; drop table Account',
    'Name--',
    'Name /* x */',
    "(select 'x')",
    'rowid',
    'oid',
    'ctid',
    '_rowid_',
    'fs_version',
    'Name__folded',
    't0.Name',
    'lower(Name)',
    'Name || Id',
    'Name collate nocase',
    '`Name`',
    '"Name"',
    '[Name]',
    '?1',
    '$1',
    'case when 1=1 then Name end',
    'Name desc desc',
    'Name, 1',
    'random()',
    '*',
    '**',
    'Account.*',
  ]

  it.each(notNames)('A2: %j neither selects nor sorts, and no statement is sent', async (text) => {
    storage.take()
    for (const soql of [
      `SELECT ${text} FROM Account`,
      `SELECT Id FROM Account ORDER BY ${text}`,
      `SELECT Id, ${text} FROM Account ORDER BY Name`,
    ]) {
      const error = await refusal(org.records.query(org.admin, soql))
      expect(['INVALID_FIELD', 'MALFORMED_QUERY']).toContain(error.code)
    }
    const error = await refusal(
      org.records.retrieve(org.admin, 'Account', '001000000000001AAA', [text]),
    )
    expect(error.code).toBe('INVALID_FIELD')
    expect(storage.take()).toBe(0)
  })

  it('A9: contains and starts with take their text literally', async () => {
    const texts = ['50%', '50 percent', 'a_b', 'axb', 'c[a]d', 'cad', 'e\\f', 'ef', '100％']
    for (const text of texts) await desk.create('Sample__c', { Name: 'A9', Text__c: text })
    const found = (condition: string): Promise<unknown[]> =>
      desk.column(`SELECT Text__c FROM Sample__c WHERE Name = 'A9' AND ${condition}`, 'Text__c')
    expect(await found("Text__c LIKE '50\\%'")).toEqual(['50%'])
    expect(await found("Text__c LIKE '50%'")).toEqual(['50%', '50 percent'])
    expect(await found("Text__c LIKE '%\\%%'")).toEqual(['50%', '100％'])
    expect(await found("Text__c LIKE '%％%'")).toEqual(['50%', '100％'])
    expect(await found("Text__c LIKE 'a\\_%'")).toEqual(['a_b'])
    expect(await found("Text__c LIKE 'a_b'")).toEqual(['a_b', 'axb'])
    expect(await found("Text__c LIKE 'c[a]%'")).toEqual(['c[a]d'])
    expect(await found("Text__c LIKE '%\\\\%'")).toEqual(['e\\f'])
  })

  it('A11: no tree of conditions gets around what every query adds', async () => {
    const binned = await desk.create('Sample__c', {
      Name: 'A11 deleted',
      Text__c: 'a',
      Flag__c: true,
    })
    await org.records.remove(org.admin, 'Sample__c', binned)
    await fc.assert(
      fc.asyncProperty(conditions, async (condition) => {
        const soql = `SELECT Id FROM Sample__c WHERE ${condition.soql}`
        expect(await desk.column(soql, 'Id')).not.toContain(binned)
      }),
      { numRuns: 100 },
    )
    const odd = [
      ') OR (1=1',
      '1=1',
      'Name != null) OR (IsDeleted = true',
      '(Name != null',
      'Name != null)',
    ]
    for (const text of odd) {
      const error = await refusal(
        org.records.query(org.admin, `SELECT Id FROM Sample__c WHERE ${text}`),
      )
      expect(error.code).toBe('MALFORMED_QUERY')
    }
  })

  it.each([
    ['Account..Name', 'MALFORMED_QUERY'],
    ['.Name', 'MALFORMED_QUERY'],
    ['Account.', 'MALFORMED_QUERY'],
    ['Account.Nothing.Name', 'INVALID_FIELD'],
    ['Nothing.Name', 'INVALID_FIELD'],
    ['Contacts.Name', 'INVALID_FIELD'],
    ['Account.Contacts.Name', 'INVALID_FIELD'],
    ['Account.Parent', 'INVALID_FIELD'],
    [`Account.${'Parent.'.repeat(60)}Name`, 'LIMIT_EXCEEDED'],
    [`Account.Owner.${'Manager.'.repeat(60)}Name`, 'LIMIT_EXCEEDED'],
  ])('A13: the path %s is refused', async (path, code) => {
    storage.take()
    for (const soql of [
      `SELECT ${path} FROM Contact`,
      `SELECT Id FROM Contact WHERE ${path} = 'x'`,
      `SELECT Id FROM Contact ORDER BY ${path}`,
    ]) {
      const error = await refusal(org.records.query(org.admin, soql))
      expect(error.code).toBe(code)
      if (code === 'LIMIT_EXCEEDED') expect(error.message).toContain('parentPathDepthMax')
    }
    expect(storage.take()).toBe(0)
  })
})

const badNames = [
  'x"; drop table y; --',
  'a b',
  'id',
  'rowid',
  'oid',
  'sqlite_x',
  'pg_x',
  'x'.repeat(300),
  '\u{1F600}',
  'a.b',
  "a'b",
  'a`b',
  'ä',
  '1a__c',
  'a___c',
  '_a__c',
]

describe('names of objects and fields', () => {
  it.each([...badNames, ''])('A5: %j is no name of a field', (name) => {
    const [path, body] = objectFile('Good__c', {
      fields: [{ fullName: name, label: 'F', type: 'Text', length: 10 }],
    })
    expect(metadataProblems([[path, JSON.stringify(body)]])).not.toEqual([])
  })

  it.each(badNames)('A5: %j is no name of an object', (name) => {
    const [, body] = objectFile(name)
    expect(metadataProblems([['objects/Good__c.json', JSON.stringify(body)]])).not.toEqual([])
    const [path] = objectFile(name)
    expect(metadataProblems([[path, JSON.stringify(body)]])).not.toEqual([])
  })
})

/** Words of SQL are ordinary API names: every name is quoted. */
const keywords = [
  'Select',
  'From',
  'Where',
  'Order',
  'Group',
  'Table',
  'Index',
  'Limit',
  'User__c',
  'All',
]
const quotes = `' " \` \\ %s {{x}} \${y} <b> -- /* */ ; \u{1F600} ä`

describe.each(databases)('names and labels on $name', ({ open }) => {
  let database: OpenDatabase
  let org: Organisation
  const desk = deskOf(() => org)
  const wordObject = objectFile('Select__c', {
    label: quotes,
    description: quotes,
    fields: [
      ...keywords.map((word) => ({
        fullName: word.endsWith('__c') ? word : `${word}__c`,
        label: `${quotes} ${word}`,
        inlineHelpText: `${quotes}\nsecond line`,
        type: 'Text',
        length: 100,
      })),
      {
        fullName: 'Default__c',
        label: 'Default',
        type: 'Text',
        length: 100,
        defaultValue: `"' \` %s {{x}} \${y} -- ; ä"`,
      },
      {
        fullName: 'Choice__c',
        label: 'Choice',
        type: 'Picklist',
        valueSet: {
          restricted: true,
          valueSetDefinition: {
            sorted: false,
            value: [
              { fullName: quotes, label: quotes },
              { fullName: "o'k", label: '"' },
            ],
          },
        },
      },
    ],
  })

  beforeAll(async () => {
    database = await open()
    org = await openOrganisation(database.storage, [...everyTypeMetadata, wordObject])
  })
  afterAll(() => database.close())

  it('A5: words of SQL as names work like any other', async () => {
    const fields = [
      ...new Set(keywords.map((word) => (word.endsWith('__c') ? word : `${word}__c`))),
    ]
    const values = Object.fromEntries(fields.map((name) => [name, name]))
    const id = await desk.create('Select__c', { Name: 'N', ...values })
    expect(await desk.read('Select__c', id, fields)).toEqual(values)
    for (const name of fields) {
      const soql = `SELECT ${name} FROM Select__c WHERE ${name} = '${name}' ORDER BY ${name}`
      expect(await desk.column(soql, name)).toEqual([name])
    }
  })

  it('A6: labels, help, defaults and picklist values with every quote are text', async () => {
    const described = JSON.parse(org.records.describe(org.admin, 'Select__c')) as {
      readonly label: string
      readonly fields: readonly Readonly<Record<string, unknown>>[]
    }
    expect(described.label).toBe(quotes)
    const field = described.fields.find((one) => one['name'] === 'Where__c')
    expect([field?.['label'], field?.['inlineHelpText']]).toEqual([
      `${quotes} Where`,
      `${quotes}\nsecond line`,
    ])
    const id = await desk.create('Select__c', { Name: 'Quotes', Choice__c: quotes })
    expect(await desk.read('Select__c', id, ['Choice__c', 'Default__c'])).toEqual({
      Choice__c: quotes,
      Default__c: "' ` %s {{x}} ${y} -- ; ä",
    })
    const soql = `SELECT Name FROM Select__c WHERE Choice__c = ${quoted(quotes)}`
    expect(await desk.column(soql)).toEqual(['Quotes'])
  })

  it('A6: a message that quotes a label quotes it as it is', async () => {
    const error = await refusal(desk.create('Select__c', { Name: 'N', Where__c: 'x'.repeat(101) }))
    expect(problemsOf(error)).toEqual([['STRING_TOO_LONG', 'Where__c']])
    expect(error.message).toContain(quotes)
  })
})
