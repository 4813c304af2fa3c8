/** Tables of one statement: joined once, at most so many. */
import { describe, expect, it } from 'vitest'
import { limits } from '../../../engine/base/limits.ts'
import { modelOf } from '../../support/model.ts'
import type { MetadataFile } from '../../support/test-objects.ts'
import { plannedColumn } from '../../../engine/query/planned-column.ts'
import type { PlannedColumn } from '../../../engine/query/read-plan.ts'
import { TableSet } from '../../../engine/query/table-set.ts'
import { accountObject, fieldNamed, model, objectNamed, refusalOf } from './planning.ts'

const contact = objectNamed('Contact')
const account = fieldNamed(contact, 'AccountId')
const parent = fieldNamed(accountObject, 'ParentId')

describe('TableSet', () => {
  it('joins a parent once, however often it is mentioned', () => {
    const tables = new TableSet(model, contact)
    const one = tables.reach([account, parent])
    expect(tables.reach([account, parent])).toBe(one)
    expect(tables.reach([account]).alias.name).toBe('t1')
    expect(tables.joins.map((table) => [table.alias.name, table.via?.from.name])).toEqual([
      ['t1', 't0'],
      ['t2', 't1'],
    ])
  })

  it('gives the root for no lookups at all', () => {
    const tables = new TableSet(model, contact)
    expect(tables.reach([])).toBe(tables.root)
    expect(tables.joins).toEqual([])
  })

  it('ends at a named limit', () => {
    const lookups = Array.from({ length: limits.joinsMax + 1 }, (_, index) => ({
      fullName: `L${index}__c`,
      label: `L${index}`,
      type: 'Lookup',
      referenceTo: ['Wide__c'],
      relationshipName: `R${index}`,
    }))
    const files: readonly MetadataFile[] = [
      [
        'objects/Wide__c.json',
        {
          fullName: 'Wide__c',
          label: 'Wide',
          pluralLabel: 'Wides',
          nameField: { label: 'Name', type: 'Text' },
          sharingModel: 'ReadWrite',
          fields: lookups,
        },
      ],
    ]
    const wideModel = modelOf(files)
    const wide = objectNamed('Wide__c', wideModel)
    const tables = new TableSet(wideModel, wide)
    const error = refusalOf(() => {
      for (const lookup of lookups) tables.reach([fieldNamed(wide, lookup.fullName)])
    })
    expect([error.code, error.message.includes('joinsMax')]).toEqual(['LIMIT_EXCEEDED', true])
    expect(tables.joins).toHaveLength(limits.joinsMax)
  })
})

describe('plannedColumn', () => {
  it('names the column of a part in a table', () => {
    const tables = new TableSet(model, accountObject)
    const column = (part: string): PlannedColumn =>
      plannedColumn(tables, tables.root, { field: accountObject.nameField, part })
    expect(column('folded')).toMatchObject({ alias: { name: 't0' }, kind: { kind: 'text' } })
    expect(() => column('nothing')).toThrow(/no column/)
  })
})
