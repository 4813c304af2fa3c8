import { expect, test } from 'vitest'
import { hierarchy } from '../../../engine/fields/hierarchy.ts'
import { fieldTypeContract } from '../../contract/field-type-contract.ts'
import { badIds, goodIds } from './lookup-samples.ts'

const options = { fullName: 'ManagerId', label: 'Manager', type: 'Hierarchy' } as const

fieldTypeContract({
  type: hierarchy,
  options,
  good: goodIds,
  bad: badIds,
  badOptions: [{ referenceTo: ['User', 'Account'] }, { deleteConstraint: 'Cascade' }],
  accepts: ['string'],
})

test('points at users where nothing else is declared, and is emptied when they go', () => {
  expect(hierarchy.reference?.(options)).toEqual({
    targets: ['User'],
    kind: 'Hierarchy',
    onDelete: 'SetNull',
  })
})
