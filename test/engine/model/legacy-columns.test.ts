/** Columns in the older spelling of list views and related lists, and the fields that they mean. */
import { expect, test } from 'vitest'
import { fieldType } from '../../../engine/fields/index.ts'
import type { CustomField } from '../../../metadata/types.ts'
import { legacyColumn } from '../../../engine/model/legacy-columns.ts'

function field(options: CustomField): Parameters<typeof legacyColumn>[1][number] {
  const type = fieldType(options.type ?? '')
  if (type === undefined) throw new Error(`no type ${options.type}`)
  return { name: options.fullName, type, options }
}

const fields = [
  field({ fullName: 'Status', type: 'Picklist' }),
  field({ fullName: 'Other__c', type: 'Lookup', referenceTo: ['Account'] }),
  field({ fullName: 'Main__c', type: 'MasterDetail', referenceTo: ['Project__c'] }),
]

function meant(text: string): string | undefined {
  return legacyColumn(text, fields, 'Name')
}

test('capitals mean the field whose name they are, with or without the object', () => {
  expect(meant('STATUS')).toBe('Status')
  expect(meant('CASES.STATUS')).toBe('Status')
  expect(meant('CREATEDBY_USER')).toBe('CreatedById')
  expect(meant('NAME')).toBe('Name')
})

test("a custom object's NAME means the lookup that points at it", () => {
  expect(meant('Project__c.NAME')).toBe('Main__c')
  expect(meant('project__c.NAME')).toBe('Main__c')
  expect(meant('Stranger__c.NAME')).toBeUndefined()
})

test('an unknown column in capitals is told from a name that is no such spelling', () => {
  expect(meant('TASK.WHO_NAME')).toBe('unknown')
  expect(meant('Main__c')).toBeUndefined()
})
