/** Filters of flows as conditions of queries. */
import { describe, expect, it } from 'vitest'
import { soqlCondition } from '../../../../engine/automation/flows/soql-filters.ts'
import type { FilterLogic } from '../../../../engine/model/filter-logic.ts'
import { modelOf } from '../../../support/model.ts'
import { testMetadata } from '../../../support/test-objects.ts'

const model = modelOf(testMetadata)
const notEmpty = { field: 'Id', operator: 'NotEqualTo', value: undefined }

function textOf(logic: FilterLogic): string {
  const object = model.object(model.objectNames[0] ?? '')
  if (object === undefined) throw new Error('the model has no objects')
  const filters = { object: object.name, logic, items: [notEmpty] }
  return soqlCondition({ object, filters, values: [null] }).text
}

const none: FilterLogic = { kind: 'and', items: [] }
const first: FilterLogic = { kind: 'item', index: 0 }

describe('filters of flows', () => {
  it('mean all records where there are none, also beside another condition', () => {
    expect(textOf(none)).toBe('')
    expect(textOf({ kind: 'and', items: [none, first] })).toBe('(Id != null)')
    expect(textOf({ kind: 'or', items: [first, first] })).toBe('(Id != null OR Id != null)')
  })
})
