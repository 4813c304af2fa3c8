/** One deploy with everything that can be cut short: add, rename, retype, drop, index, backfill, sum up, replace a value. */
import type { ComponentChange } from '../../engine/deploy/plan.ts'
import { accountObject, sampleFiles } from '../engine/deploy/fixture.ts'

const sizes = ['Small', 'Large', 'Huge'].map((fullName) => ({ fullName, label: fullName }))

const largeOnes = (fullName: string) => ({
  fullName,
  label: 'Large ones',
  type: 'Summary',
  summaryOperation: 'count',
  summaryForeignKey: 'Account.ParentId',
  summaryFilterItems: [{ field: 'Account.Size__c', operation: 'equals', value: 'Large' }],
})

/** What is there before. */
export const filesBefore = {
  ...sampleFiles,
  'objects/Account.json': {
    ...accountObject,
    fields: [
      ...accountObject.fields,
      {
        fullName: 'Size__c',
        label: 'Size',
        type: 'Picklist',
        valueSet: { restricted: true, valueSetDefinition: { sorted: false, value: sizes } },
      },
      largeOnes('Large__c'),
    ],
  },
}

export const killedDeploy: readonly ComponentChange[] = [
  {
    type: 'CustomField',
    fullName: 'Account.Stage__c',
    body: { label: 'Stage', type: 'Text', length: 10, required: true, defaultValue: '"new"' },
  },
  { type: 'CustomField', fullName: 'Account.Rating', renameTo: 'Temperature' },
  {
    type: 'CustomField',
    fullName: 'Account.Code',
    body: { label: 'Code', type: 'Number', precision: 10, scale: 2, indexed: true },
  },
  { type: 'CustomField', fullName: 'Account.Revenue', delete: true },
  {
    type: 'CustomField',
    fullName: 'Account.Children__c',
    body: {
      ...{ label: 'Children', type: 'Summary', summaryOperation: 'count' },
      summaryForeignKey: 'Account.ParentId',
    },
  },
  {
    ...{ type: 'CustomField', fullName: 'Account.Size__c' },
    ...{ replaceValue: 'Small', by: 'Large', remove: false },
  },
]
