import { expect, test } from 'vitest'
import { metadataRelationship } from '../../../engine/fields/metadata-relationship.ts'
import { fieldTypeContract } from '../../contract/field-type-contract.ts'
import { badIds, goodIds } from './lookup-samples.ts'

const options = {
  fullName: 'Tier__c',
  label: 'Tier',
  type: 'MetadataRelationship',
  referenceTo: ['Tier__mdt'],
} as const

fieldTypeContract({
  type: metadataRelationship,
  options: { ...options, referenceTo: [...options.referenceTo] },
  good: goodIds,
  bad: badIds,
  badOptions: [{ referenceTo: ['A__mdt', 'B__mdt'] }, { referenceTo: [] }],
  accepts: ['string'],
})

test('of definitions it holds a name, of records an id', () => {
  const of = (target: string) => ({ fullName: 'A__c', referenceTo: [target] })
  expect(metadataRelationship.reference?.(of('Tier__mdt'))?.targets).toEqual(['Tier__mdt'])
  expect(metadataRelationship.reference?.(of('EntityDefinition'))).toBeUndefined()
  expect(metadataRelationship.check?.('Account', of('EntityDefinition'))).toBeUndefined()
  expect(metadataRelationship.check?.('Account', of('Tier__mdt'))).toBeDefined()
})
