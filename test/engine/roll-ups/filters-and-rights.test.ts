/** Which children a roll-up counts, for every operation of its filters; and who may read what it tells of them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compileAccess } from '../../../engine/access/compile-access.ts'
import type { Caller } from '../../../engine/records/records.ts'
import { findWrong } from '../../../engine/roll-ups/recompute-roll-ups.ts'
import { answerOf } from '../../attack/attack-support.ts'
import { databases, type OpenDatabase } from '../../support/databases.ts'
import { body, openOrganisation, type Organisation } from '../../support/organisation.ts'
import { testMetadata, type MetadataFile } from '../../support/test-objects.ts'
import { deskOf, type Json } from '../records/records-support.ts'

const list = (...names: readonly string[]): object => ({
  valueSet: {
    valueSetDefinition: {
      sorted: false,
      value: names.map((fullName) => ({ fullName, label: fullName })),
    },
  },
})

/** Values of five children, the last one empty. */
const children: readonly Json[] = [
  { Code__c: 'Alpha-1', Size__c: 1, Day__c: '2026-01-31', Kind__c: 'Red', Tags__c: 'a;b' },
  { Code__c: 'alpha_2', Size__c: 2.5, Day__c: '2026-11-22', Kind__c: 'Blue', Tags__c: 'b' },
  { Code__c: 'Größe 100%', Size__c: -3, Day__c: '2027-02-28', Kind__c: 'Red', Tags__c: 'c' },
  { Code__c: 'B', Size__c: 2.5, Day__c: '2026-11-22', Kind__c: 'Green', Tags__c: 'a;c' },
  {},
]

interface Filter {
  readonly field: string
  readonly operation: string
  readonly value: string
  /** Which of the children count, by their number. */
  readonly counts: readonly number[]
}

const filter = (
  [field, operation, value]: readonly [string, string, string],
  ...counts: readonly number[]
): Filter => ({ field, operation, value, counts })

const filters: readonly Filter[] = [
  filter(['Size__c', 'equals', '2.5'], 1, 3),
  filter(['Size__c', 'notEqual', '2.5'], 0, 2, 4),
  filter(['Size__c', 'lessThan', '2.5'], 0, 2),
  filter(['Size__c', 'lessOrEqual', '2.5'], 0, 1, 2, 3),
  filter(['Size__c', 'greaterThan', '1'], 1, 3),
  filter(['Size__c', 'greaterOrEqual', '1'], 0, 1, 3),
  filter(['Day__c', 'equals', '2026-11-22'], 1, 3),
  filter(['Day__c', 'greaterThan', '2026-11-22'], 2),
  filter(['Day__c', 'lessOrEqual', '2026-11-22'], 0, 1, 3),
  filter(['Code__c', 'equals', 'ALPHA-1'], 0),
  filter(['Code__c', 'startsWith', 'alpha'], 0, 1),
  filter(['Code__c', 'contains', '_'], 1),
  filter(['Code__c', 'contains', '%'], 2),
  filter(['Code__c', 'contains', 'GRÖSSE'], 2),
  filter(['Code__c', 'contains', 'GRÖß'], 2),
  filter(['Code__c', 'notContain', 'alpha'], 2, 3, 4),
  filter(['Kind__c', 'equals', 'Red'], 0, 2),
  filter(['Kind__c', 'equals', 'Red, Green'], 0, 2, 3),
  filter(['Kind__c', 'notEqual', 'Red'], 1, 3, 4),
  filter(['Tags__c', 'includes', 'a'], 0, 3),
  filter(['Tags__c', 'includes', 'b, c'], 0, 1, 2, 3),
  filter(['Tags__c', 'excludes', 'a'], 1, 2, 4),
]

const counted = ({ field, operation, value }: Filter, index: number): object => ({
  fullName: `Count_${index}__c`,
  label: `Count ${index}`,
  ...{ type: 'Summary', summaryOperation: 'count', summaryForeignKey: 'Filtered__c.Box__c' },
  summaryFilterItems: [{ field: `Filtered__c.${field}`, operation, value }],
})

const summary = (fullName: string, more: object): object => ({
  ...{ fullName, label: fullName.replace('__c', ''), type: 'Summary' },
  ...{ summaryForeignKey: 'Filtered__c.Box__c', ...more },
})

const sized = { summaryOperation: 'sum', summarizedField: 'Filtered__c.Size__c' }

const box = {
  ...{ fullName: 'Box__c', label: 'Box', pluralLabel: 'Boxes', keyPrefix: 'a0X' },
  nameField: { label: 'Box', type: 'Text' },
  sharingModel: 'ReadWrite',
  fields: [
    ...filters.map(counted),
    summary('All__c', { summaryOperation: 'count' }),
    summary('Size__c', sized),
    summary('Told_Size__c', { ...sized, discloses: true }),
    { fullName: 'Half__c', label: 'Half', type: 'Number', scale: 2, formula: 'Size__c / 2' },
  ],
}

const filtered = {
  ...{ fullName: 'Filtered__c', label: 'Filtered', pluralLabel: 'Filtered', keyPrefix: 'a0F' },
  nameField: { label: 'Filtered', type: 'Text' },
  sharingModel: 'ReadWrite',
  fields: [
    {
      ...{ fullName: 'Box__c', label: 'Box', type: 'Lookup', referenceTo: ['Box__c'] },
      relationshipName: 'Contents',
    },
    { fullName: 'Code__c', label: 'Code', type: 'Text', length: 40 },
    { fullName: 'Size__c', label: 'Size', type: 'Number', precision: 9, scale: 2 },
    { fullName: 'Day__c', label: 'Day', type: 'Date' },
    { fullName: 'Kind__c', label: 'Kind', type: 'Picklist', ...list('Red', 'Blue', 'Green') },
    {
      ...{ fullName: 'Tags__c', label: 'Tags', type: 'MultiselectPicklist', visibleLines: 3 },
      ...list('a', 'b', 'c'),
    },
  ],
}

const files: readonly MetadataFile[] = [
  ...testMetadata,
  ['objects/Box__c.json', box],
  ['objects/Filtered__c.json', filtered],
]

describe.each(databases)('roll-ups on $name', ({ open }) => {
  let database: OpenDatabase
  let org: Organisation
  let id: string
  const ids: string[] = []
  const desk = deskOf(() => org)

  beforeAll(async () => {
    database = await open()
    org = await openOrganisation(database.storage, files)
    id = await desk.create('Box__c', { Name: 'box' })
    for (const values of children) {
      ids.push(await desk.create('Filtered__c', { Name: 'x', Box__c: id, ...values }))
    }
  })
  afterAll(() => database.close())

  const counts = async (): Promise<readonly unknown[]> => {
    const values = await desk.read('Box__c', id)
    return filters.map((_, index) => values[`Count_${index}__c`])
  }

  it.each(filters.map((one, index) => ({ ...one, index })))(
    'count the children whose $field is $operation $value',
    async ({ index, counts: chosen }) => {
      expect((await counts())[index]).toBe(chosen.length)
    },
  )

  it('follow a child that leaves, comes back and changes, for every filter', async () => {
    for (const [number, child] of ids.entries()) {
      const without = filters.map(({ counts: all }) => all.filter((one) => one !== number).length)
      await org.records.remove(org.admin, 'Filtered__c', child)
      expect(await counts(), `without ${number}`).toEqual(without)
      await org.records.undelete(org.admin, child)
    }
    const [first = ''] = ids
    const { Code__c, Size__c, Day__c, Kind__c, Tags__c } = children[3] ?? {}
    const values = { Code__c, Size__c, Day__c, Kind__c, Tags__c }
    await org.records.update(org.admin, 'Filtered__c', first, body(values))
    const changed = filters.map(
      ({ counts: all }) => all.filter((one) => one !== 0).length + (all.includes(3) ? 1 : 0),
    )
    expect(await counts()).toEqual(changed)
    expect(await findWrong(database.storage, org.model, 10)).toEqual([])
    await org.records.update(org.admin, 'Filtered__c', first, body(children[0] ?? {}))
  })

  const access = (...hidden: readonly string[]): Caller => {
    const may = { allowRead: true, allowCreate: false, allowEdit: false, allowDelete: false }
    const all = { viewAllRecords: true, modifyAllRecords: false }
    const fields = (object: string, names: readonly string[]): readonly object[] =>
      names.flatMap((name) =>
        hidden.includes(`${object}.${name}`)
          ? []
          : [{ field: `${object}.${name}`, readable: true, editable: false }],
      )
    const named = ({ fields: some }: { fields: readonly object[] }): readonly string[] =>
      some.flatMap((field) => ('fullName' in field ? String(field.fullName) : []))
    const set = {
      ...{ fullName: 'Reader', label: 'Reader' },
      objectPermissions: ['Box__c', 'Filtered__c'].map((object) => ({ object, ...may, ...all })),
      fieldPermissions: [
        ...fields('Box__c', named(box)),
        ...fields('Filtered__c', named(filtered)),
      ],
    }
    const grants = { profile: undefined, permissionSets: [{ fullName: 'Reader', body: set }] }
    const { model } = org
    return org.as(compileAccess({ model, userId: org.rep.userId, grants } as never))
  }

  /** Suggestions apart: they are made of names that the caller may see. */
  const asked = async (caller: Caller, soql: string): Promise<string> => {
    const answer = await answerOf(() => org.records.query(caller, soql))
    return answer.replace(/Did you mean '\w+'\?|Check the name[^.]+\./, '')
  }

  it('R10: hide what they are made of from whoever may not read it, as if there were none', async () => {
    const blind = access('Filtered__c.Size__c')
    const shapes = [
      (name: string) => `SELECT ${name} FROM Box__c`,
      (name: string) => `SELECT Id FROM Box__c WHERE ${name} > 1`,
      (name: string) => `SELECT Id FROM Box__c ORDER BY ${name}`,
      (name: string) => `SELECT MAX(${name}) FROM Box__c`,
      (name: string) => `SELECT Box__r.${name} FROM Filtered__c`,
    ]
    const sizes = filters.flatMap(({ field }, index) =>
      field === 'Size__c' ? [`Count_${index}__c`] : [],
    )
    for (const name of ['Size__c', 'Half__c', ...sizes]) {
      for (const shape of shapes) {
        const [hidden, none] = await Promise.all([
          asked(blind, shape(name)),
          asked(blind, shape('Nothing__c')),
        ])
        expect(hidden.replaceAll(name, '?'), shape(name)).toBe(none.replaceAll('Nothing__c', '?'))
      }
    }
    const described = org.records.describe(blind, 'Box__c')
    expect(described).not.toMatch(/"Size__c"|"Half__c"/)
    expect(described).toContain('"All__c"')
  })

  it('tell their value where they disclose it, and to whoever may read the children', async () => {
    const blind = access('Filtered__c.Size__c')
    expect(await desk.query('SELECT Told_Size__c, All__c FROM Box__c', blind)).toEqual([
      { Told_Size__c: 3, All__c: 5 },
    ])
    expect(await desk.query('SELECT Size__c, Half__c FROM Box__c', access())).toEqual([
      { Size__c: 3, Half__c: 1.5 },
    ])
  })
})
