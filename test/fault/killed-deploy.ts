/** One deploy with everything that can be cut short: add, rename, retype, drop, index, backfill. */
import type { ComponentChange } from '../../engine/deploy/plan.ts'

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
]
