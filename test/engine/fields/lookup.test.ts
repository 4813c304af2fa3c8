import { expect, test } from 'vitest'
import { lookup } from '../../../engine/fields/lookup.ts'
import { fieldTypeContract } from '../../contract/field-type-contract.ts'
import { badIds, goodIds, id18 } from './lookup-samples.ts'

const options = {
  fullName: 'WhatId',
  label: 'Related to',
  type: 'Lookup',
  referenceTo: ['Account', 'Case'],
  relationshipName: 'Tasks',
  deleteConstraint: 'Restrict',
} as const satisfies Record<string, unknown>
const declared = { ...options, referenceTo: [...options.referenceTo] }

fieldTypeContract({
  type: lookup,
  options: declared,
  good: goodIds,
  bad: badIds,
  badOptions: [
    { referenceTo: [] },
    { referenceTo: ['Account', 'Account'] },
    { deleteConstraint: 'Ignore' },
    { required: true, deleteConstraint: 'SetNull' },
    { length: 18 },
  ],
  accepts: ['string'],
})

test('points at all its targets and does on delete what is declared', () => {
  expect(lookup.reference?.(declared)).toEqual({
    targets: ['Account', 'Case'],
    kind: 'Lookup',
    onDelete: 'Restrict',
  })
})

test('is emptied when its target goes, unless it is required', () => {
  const bare = { fullName: 'X__c', type: 'Lookup', referenceTo: ['Account'] } as const
  const plain = { ...bare, referenceTo: [...bare.referenceTo] }
  expect(lookup.reference?.(plain)?.onDelete).toBe('SetNull')
  expect(lookup.reference?.({ ...plain, required: true })?.onDelete).toBe('Restrict')
})

test('finds records by ids of 15 characters and refuses what is no id', () => {
  const comparison = lookup.comparison?.(declared)
  expect(comparison?.value(id18.slice(0, 15))).toBe(id18)
  expect(comparison?.value('nonsense')).toMatchObject({
    errorCode: 'INVALID_QUERY_FILTER_OPERATOR',
  })
})
