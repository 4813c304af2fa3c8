/** Every pair of field types over stored values: what the plan says is carried over, cut or lost, and what is refused. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Deployer } from '../../../engine/deploy/deployer.ts'
import type { Plan } from '../../../engine/deploy/plan.ts'
import type { ApiValue } from '../../../engine/fields/field-type.ts'
import { databases, type OpenDatabase } from '../../support/databases.ts'
import {
  accountObject,
  deploy,
  insertRecord,
  makeDeployer,
  makeFolder,
  userObject,
  valuesOf,
  author,
  type Folder,
} from './fixture.ts'

const list = (...names: readonly string[]) => ({
  restricted: true,
  valueSetDefinition: {
    sorted: false,
    value: names.map((fullName) => ({ fullName, label: fullName })),
  },
})
const toAccount = { referenceTo: ['Account'], relationshipName: 'Samples' }

/** The attributes of each type; small, so that something has to give. */
const types: Readonly<Record<string, object>> = {
  Text: { length: 12 },
  TextArea: {},
  LongTextArea: { length: 1000, visibleLines: 3 },
  Html: { length: 1000, visibleLines: 3 },
  EncryptedText: { length: 12, maskType: 'all', maskChar: 'X' },
  Email: {},
  Phone: {},
  Url: {},
  Number: { precision: 4, scale: 0 },
  Currency: { precision: 6, scale: 2 },
  Percent: { precision: 4, scale: 1 },
  Checkbox: { defaultValue: 'false' },
  Date: {},
  DateTime: {},
  Time: {},
  Picklist: { valueSet: list('A', 'B') },
  MultiselectPicklist: { valueSet: list('A', 'B'), visibleLines: 3 },
  Lookup: toAccount,
  MasterDetail: toAccount,
  AutoNumber: { displayFormat: 'N-{0000}' },
  Location: { scale: 4 },
  Address: {},
}

/** Three values of each type; `@` is the id of a record that is there. */
const stored: Readonly<Record<string, readonly ApiValue[]>> = {
  Text: ['12', 'A', 'twelve chars'],
  TextArea: ['1', 'B', 'two lines,\nof many chars'],
  LongTextArea: ['true', '2026-11-22', 'x'.repeat(300)],
  Html: ['plain', '<b>bold</b>', '<p>a &lt; b</p>'],
  EncryptedText: ['a', 'b', 'c'],
  Email: ['a@b.de', 'long.name@example.com', 'c@d.de'],
  Phone: ['12', '+49 30 123456', '+49 30 1234567890'],
  Url: ['a.de', 'https://example.com', 'b.de'],
  Number: ['1', '0', '9999'],
  Currency: ['1.00', '0.50', '9999.99'],
  Percent: ['1.0', '0.5', '999.9'],
  Checkbox: [true, true, true],
  Date: ['2026-11-22', '2026-01-01', '1999-12-31'],
  DateTime: [
    '2026-11-22T00:00:00.000+0000',
    '2026-11-22T09:30:00.000+0000',
    '1999-12-31T23:59:59.000+0000',
  ],
  Time: ['09:30:00.000Z', '00:00:00.000Z', '23:59:59.000Z'],
  Picklist: ['A', 'B', 'A'],
  MultiselectPicklist: ['A', 'A;B', 'B'],
  Lookup: ['@', '@', '@'],
  AutoNumber: ['N-0001', 'N-0002', 'N-0003'],
}

/** From → how many of the three are lost and cut → to. What does not stand here is refused. */
const expected: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  Text: {
    '0 lost, 0 cut': ['TextArea', 'LongTextArea', 'Html', 'EncryptedText', 'Phone', 'AutoNumber'],
    '3 lost, 0 cut': ['Email', 'Url', 'Checkbox', 'Date', 'DateTime', 'Time', 'Lookup'],
    '2 lost, 0 cut': ['Number', 'Currency', 'Percent', 'Picklist', 'MultiselectPicklist'],
  },
  TextArea: {
    '0 lost, 1 cut': ['Text', 'EncryptedText'],
    '0 lost, 0 cut': ['LongTextArea', 'Html'],
    '3 lost, 0 cut': ['Email', 'Url', 'Date', 'DateTime', 'Time'],
    '1 lost, 0 cut': ['Phone'],
    '2 lost, 0 cut': [
      'Number',
      'Currency',
      'Percent',
      'Checkbox',
      'Picklist',
      'MultiselectPicklist',
    ],
  },
  LongTextArea: {
    '0 lost, 1 cut': ['Text', 'TextArea', 'EncryptedText'],
    '0 lost, 0 cut': ['Html'],
    '3 lost, 0 cut': [
      'Email',
      'Url',
      'Number',
      'Currency',
      'Percent',
      'DateTime',
      'Time',
      'Picklist',
      'MultiselectPicklist',
    ],
    '1 lost, 0 cut': ['Phone'],
    '2 lost, 0 cut': ['Checkbox', 'Date'],
  },
  Html: {
    '0 lost, 2 cut': ['Text', 'TextArea', 'LongTextArea', 'EncryptedText'],
  },
  EncryptedText: {},
  Email: {
    '0 lost, 1 cut': ['Text', 'EncryptedText'],
    '0 lost, 0 cut': ['TextArea', 'LongTextArea', 'Html', 'Phone'],
    '3 lost, 0 cut': ['Url', 'Picklist'],
  },
  Phone: {
    '0 lost, 2 cut': ['Text', 'EncryptedText'],
    '0 lost, 0 cut': ['TextArea', 'LongTextArea', 'Html'],
    '3 lost, 0 cut': ['Email', 'Url', 'Picklist'],
  },
  Url: {
    '0 lost, 1 cut': ['Text', 'EncryptedText'],
    '0 lost, 0 cut': ['TextArea', 'LongTextArea', 'Html', 'Phone'],
    '3 lost, 0 cut': ['Email', 'Picklist'],
  },
  Number: {
    '0 lost, 0 cut': ['Text', 'TextArea', 'LongTextArea', 'Currency', 'AutoNumber'],
    '1 lost, 0 cut': ['Percent', 'Checkbox'],
    '3 lost, 0 cut': ['Picklist'],
  },
  Currency: {
    '0 lost, 0 cut': ['Text', 'TextArea', 'LongTextArea'],
    '1 lost, 1 cut': ['Number'],
    '1 lost, 0 cut': ['Percent'],
  },
  Percent: {
    '0 lost, 0 cut': ['Text', 'TextArea', 'LongTextArea', 'Currency'],
    '0 lost, 2 cut': ['Number'],
  },
  Checkbox: {
    '0 lost, 0 cut': ['Text', 'TextArea', 'LongTextArea', 'Number', 'Currency', 'Percent'],
    '3 lost, 0 cut': ['Picklist'],
  },
  Date: {
    '0 lost, 0 cut': ['Text', 'TextArea', 'LongTextArea', 'DateTime'],
  },
  DateTime: {
    '0 lost, 3 cut': ['Text', 'Time'],
    '0 lost, 0 cut': ['TextArea', 'LongTextArea'],
    '0 lost, 2 cut': ['Date'],
  },
  Time: {
    '0 lost, 3 cut': ['Text'],
    '0 lost, 0 cut': ['TextArea', 'LongTextArea'],
  },
  Picklist: {
    '0 lost, 0 cut': [
      'Text',
      'TextArea',
      'LongTextArea',
      'Html',
      'EncryptedText',
      'Phone',
      'MultiselectPicklist',
    ],
    '3 lost, 0 cut': ['Email', 'Url', 'Number', 'Currency', 'Percent', 'Checkbox', 'Lookup'],
  },
  MultiselectPicklist: {
    '0 lost, 0 cut': ['Text', 'TextArea', 'LongTextArea', 'Html'],
    '0 lost, 1 cut': ['Picklist'],
  },
  Lookup: {
    '0 lost, 3 cut': ['Text'],
    '0 lost, 0 cut': ['MasterDetail'],
  },
  AutoNumber: {
    '0 lost, 0 cut': ['Text', 'TextArea', 'LongTextArea'],
  },
}

describe.each(databases)('type changes on $name', ({ open }) => {
  let database: OpenDatabase
  let folder: Folder
  let deployer: Deployer
  const names = Object.keys(types)
  const nameOf = (type: string): string => `${type}__c`

  beforeAll(async () => {
    database = await open()
    folder = makeFolder({
      'objects/User.json': userObject,
      'objects/Account.json': accountObject,
      'objects/Sample__c.json': {
        fullName: 'Sample__c',
        label: 'Sample',
        pluralLabel: 'Samples',
        nameField: { label: 'Name', type: 'Text' },
        sharingModel: 'ReadWrite',
        fields: Object.entries(types)
          .filter(([type]) => type in stored)
          .map(([type, options]) => ({
            fullName: nameOf(type),
            label: type,
            type,
            ...options,
          })),
      },
    })
    deployer = await makeDeployer(database.storage, folder.path)
    await deployer.boot()
    expect(deployer.problems()).toEqual([])
    const account = await insertRecord(deployer, database.storage, 'Account', { Name: 'Acme' })
    for (const index of [0, 1, 2]) {
      const values = Object.entries(stored).map(([type, three]) => [
        nameOf(type),
        three[index] === '@' ? account : (three[index] ?? null),
      ])
      await insertRecord(deployer, database.storage, 'Sample__c', {
        Name: 'S',
        ...(Object.fromEntries(values) as Record<string, ApiValue>),
      })
    }
  })
  afterAll(async () => {
    await deployer.close()
    await database.close()
    folder.delete()
  })

  // A list of children has one name, and the lookup that is there keeps its own.
  const relation = (from: string, to: string): object =>
    to === 'Lookup' || to === 'MasterDetail' ? { ...toAccount, relationshipName: `Of${from}` } : {}

  const planOf = (from: string, to: string): Promise<Plan> =>
    deployer.plan(
      [
        {
          type: 'CustomField',
          fullName: `Sample__c.${nameOf(from)}`,
          body: { label: from, type: to, ...types[to], ...relation(from, to) },
        },
      ],
      author,
    )

  const outcome = (plan: Plan): string => {
    if (!plan.applicable) return 'refused'
    const of = (words: string): number =>
      plan.steps.find((step) => step.class === 'losesData' && step.description.includes(words))
        ?.affected ?? 0
    return `${of('becomes empty')} lost, ${of('a part is left')} cut`
  }

  it.each(Object.keys(stored))('from %s', async (from) => {
    const found: Record<string, string[]> = {}
    for (const to of names.filter((name) => name !== from)) {
      const plan = await planOf(from, to)
      const said = outcome(plan)
      if (said === 'refused') {
        expect([to, plan.problems[0]?.reason]).toEqual([
          to,
          `${from} cannot become ${to}; 3 of 3 records have a value.`,
        ])
        continue
      }
      found[said] = [...(found[said] ?? []), to]
      expect(plan.needsConsent).toBe(said !== '0 lost, 0 cut')
      expect(plan.steps.find((step) => step.class === 'rewrites')?.affected).toBe(3)
    }
    expect(found).toEqual(expected[from] ?? {})
  })

  const change = (fullName: string, body: object) => ({ type: 'CustomField', fullName, body })
  const addField = (name: string, body: object) =>
    deploy(deployer, change(`Account.${name}`, { label: name, ...body }))
  const fill = (name: string, ...values: readonly ApiValue[]) =>
    Promise.all(
      values.map((value) =>
        insertRecord(deployer, database.storage, 'Account', { Name: 'B', [name]: value }),
      ),
    )
  const filled = async (name: string): Promise<readonly unknown[]> => {
    const all = await valuesOf(deployer, database.storage, `Account.${name}`)
    return all.filter((one) => one !== null && one !== false).sort()
  }

  it('an id in a text becomes a lookup where its record is there, and is lost elsewhere', async () => {
    await addField('Ref__c', { type: 'Text', length: 18 })
    const [there = ''] = await fill('Ref__c', 'no id')
    await fill('Ref__c', there, '001000000000000AAA', '005000000000001AAA')
    const plan = await deployer.plan(
      [
        change('Account.Ref__c', {
          label: 'Ref',
          type: 'Lookup',
          referenceTo: ['Account'],
          relationshipName: 'Refs',
        }),
      ],
      author,
    )
    expect(outcome(plan)).toBe('3 lost, 0 cut')
    await deployer.apply(plan.id, { consent: true, by: author, source: 'api' })
    expect(await filled('Ref__c')).toEqual([there])
  })

  it.each([
    [
      'Note__c',
      { type: 'LongTextArea', length: 900, visibleLines: 3 },
      ['abcdef', 'ab'],
      { type: 'Text', length: 3 },
      ['ab', 'abc'],
    ],
    [
      'Rich__c',
      { type: 'Text', length: 30 },
      ['a < b & c'],
      { type: 'Html', length: 100, visibleLines: 3 },
      ['a &lt; b &amp; c'],
    ],
    [
      'Moment__c',
      { type: 'DateTime' },
      ['2026-11-22T09:30:15.250+0000'],
      { type: 'Time' },
      ['09:30:15.250Z'],
    ],
    [
      'Flag__c',
      { type: 'Checkbox', defaultValue: 'false' },
      [true],
      { type: 'Number', precision: 3, scale: 0 },
      [0, 0, 0, 1],
    ],
    [
      'Part__c',
      { type: 'Number', precision: 8, scale: 3 },
      ['1.255', '1.5'],
      { type: 'Number', precision: 8, scale: 2 },
      [1.26, 1.5],
    ],
    [
      'Code__c',
      { type: 'Text', length: 9 },
      ['K-7'],
      { type: 'AutoNumber', displayFormat: 'K-{0}' },
      ['K-7'],
    ],
    [
      'Key__c',
      { type: 'Text', length: 9 },
      ['abc'],
      { type: 'EncryptedText', length: 9, maskType: 'all', maskChar: 'X' },
      ['sealed abc'],
    ],
  ] as const)('%s is carried over as the plan says', async (...[name, from, values, to, after]) => {
    await addField(name, from)
    await fill(name, ...values)
    await deploy(deployer, change(`Account.${name}`, { label: name, ...to }))
    const all = (await valuesOf(deployer, database.storage, `Account.${name}`)).filter(
      (one) => one !== null,
    )
    expect(all.sort().slice(-after.length)).toEqual(after)
  })

  it('what a shorter secret cannot hold is counted without being shown', async () => {
    await addField('Pin__c', { type: 'EncryptedText', length: 9, maskType: 'all', maskChar: 'X' })
    await fill('Pin__c', 'long1', 'x')
    const plan = await deployer.plan(
      [
        change('Account.Pin__c', {
          label: 'Pin',
          type: 'EncryptedText',
          length: 3,
          maskType: 'all',
          maskChar: 'X',
        }),
      ],
      author,
    )
    expect(plan.steps[0]?.description).toMatch(/^1 of \d+ records .* does not fit any more/)
    expect(JSON.stringify(plan)).not.toContain('long1')
  })

  it('a lookup that loses a target counts the records that point there', async () => {
    const owner = '005000000000009AAA'
    await addField('Who__c', {
      type: 'Lookup',
      referenceTo: ['Account', 'User'],
      relationshipName: 'Whos',
    })
    await fill('Who__c', owner)
    const plan = await deployer.plan(
      [
        change('Account.Who__c', {
          label: 'Who',
          type: 'Lookup',
          referenceTo: ['Account'],
          relationshipName: 'Whos',
        }),
      ],
      author,
    )
    expect(plan).toMatchObject({ needsConsent: true, steps: [{ affected: 1 }] })
  })

  it('a stored field that becomes a formula loses what it stored, with consent', async () => {
    await addField('Sum__c', { type: 'Number', precision: 8, scale: 2 })
    await fill('Sum__c', '5')
    const plan = await deployer.plan(
      [
        change('Account.Sum__c', {
          label: 'Sum',
          type: 'Number',
          precision: 8,
          scale: 2,
          formula: 'Revenue * 2',
        }),
      ],
      author,
    )
    expect(plan.needsConsent).toBe(true)
    expect(plan.steps).toContainEqual(expect.objectContaining({ class: 'losesData', affected: 1 }))
  })

  it('parts of a compound are not dropped with it', async () => {
    await addField('Spot__c', { type: 'Location', scale: 4 })
    await fill('Spot__Latitude__s', 52.5).catch(() => fill('Spot__c__Latitude', 52.5))
    const plan = await deployer.plan(
      [change('Account.Spot__c', { label: 'Spot', type: 'Text', length: 20 })],
      author,
    )
    expect(plan.problems).toMatchObject([
      { reason: expect.stringMatching(/^Location cannot become Text; 1 of/) },
    ])
  })

  it('the name of an object is a field like any other', async () => {
    const body = {
      ...accountObject,
      nameField: { label: 'Number', type: 'AutoNumber', displayFormat: 'A-{0}' },
    }
    const plan = await deployer.plan(
      [{ type: 'CustomObject', fullName: 'Account', patch: { nameField: body.nameField } }],
      author,
    )
    expect(plan.steps).toContainEqual(
      expect.objectContaining({ class: 'rewrites', field: 'Name', affected: expect.any(Number) }),
    )
    const wrong = await deployer.plan(
      [
        {
          type: 'CustomObject',
          fullName: 'Account',
          patch: { nameField: { label: 'N', type: 'Text', length: 3 } },
        },
      ],
      author,
    )
    expect(wrong.steps).toContainEqual(
      expect.objectContaining({ needsConsent: true, field: 'Name' }),
    )
  })
})
