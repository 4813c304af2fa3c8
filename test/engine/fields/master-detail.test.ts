import { expect, test } from 'vitest'
import { masterDetail } from '../../../engine/fields/master-detail.ts'
import type { FieldOptions } from '../../../engine/fields/field-type.ts'
import { fieldTypeContract } from '../../contract/field-type-contract.ts'
import { badIds, goodIds } from './lookup-samples.ts'

const options: FieldOptions = {
  fullName: 'Plan__c',
  label: 'Plan',
  type: 'MasterDetail',
  referenceTo: ['CollectionPlan'],
  relationshipName: 'Items',
  relationshipOrder: 0,
}

fieldTypeContract({
  type: masterDetail,
  options,
  good: goodIds,
  bad: badIds,
  badOptions: [
    { referenceTo: ['Account', 'Case'] },
    { relationshipOrder: 2 },
    { deleteConstraint: 'SetNull' },
  ],
  accepts: ['string'],
})

test('is deleted with its master', () => {
  expect(masterDetail.reference?.(options)).toEqual({
    targets: ['CollectionPlan'],
    kind: 'MasterDetail',
    onDelete: 'Cascade',
  })
})
