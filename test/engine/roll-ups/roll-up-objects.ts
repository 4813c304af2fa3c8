/** Regions over plans over items, with a roll-up of every kind, and plans that point at each other. */
import { testMetadata, type MetadataFile } from '../../support/test-objects.ts'

function summary(
  fullName: string,
  operation: 'count' | 'sum' | 'min' | 'max',
  more: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const label = fullName.replace('__c', '').replaceAll('_', ' ')
  return { fullName, label, type: 'Summary', summaryOperation: operation, ...more }
}

const byPlan = { summaryForeignKey: 'Item__c.Plan__c' }
const byBackup = { summaryForeignKey: 'Item__c.Backup__c' }
const open = {
  summaryFilterItems: [{ field: 'Item__c.Status__c', operation: 'equals', value: 'Open, Late' }],
}
const byRegion = { summaryForeignKey: 'Plan__c.Region__c' }
const byAbove = { summaryForeignKey: 'Plan__c.Above__c' }

export const region = {
  fullName: 'Region__c',
  label: 'Region',
  pluralLabel: 'Regions',
  keyPrefix: 'a0R',
  nameField: { label: 'Region', type: 'Text' },
  sharingModel: 'ReadWrite',
  fields: [
    summary('Plans__c', 'count', byRegion),
    summary('Grand_Total__c', 'sum', { ...byRegion, summarizedField: 'Plan__c.Total__c' }),
    summary('Open_Items__c', 'sum', { ...byRegion, summarizedField: 'Plan__c.Open_Items__c' }),
    summary('Latest_Due__c', 'max', { ...byRegion, summarizedField: 'Plan__c.Last_Due__c' }),
    summary('Busy_Plans__c', 'count', {
      ...byRegion,
      summaryFilterItems: [
        { field: 'Plan__c.Open_Items__c', operation: 'greaterThan', value: '1' },
        { field: 'Plan__c.Closed__c', operation: 'equals', value: 'False' },
      ],
    }),
  ],
}

export const plan = {
  fullName: 'Plan__c',
  label: 'Plan',
  pluralLabel: 'Plans',
  keyPrefix: 'a0P',
  nameField: { label: 'Plan', type: 'Text' },
  sharingModel: 'ReadWrite',
  fields: [
    {
      fullName: 'Region__c',
      label: 'Region',
      type: 'Lookup',
      referenceTo: ['Region__c'],
      relationshipName: 'Plans',
    },
    {
      fullName: 'Above__c',
      label: 'Above',
      type: 'Lookup',
      referenceTo: ['Plan__c'],
      relationshipName: 'Below',
    },
    { fullName: 'Closed__c', label: 'Closed', type: 'Checkbox', defaultValue: 'false' },
    summary('Items__c', 'count', byPlan),
    summary('Open_Items__c', 'count', { ...byPlan, ...open }),
    summary('Total__c', 'sum', { ...byPlan, summarizedField: 'Item__c.Amount__c' }),
    summary('Open_Total__c', 'sum', { ...byPlan, ...open, summarizedField: 'Item__c.Amount__c' }),
    summary('Smallest__c', 'min', { ...byPlan, summarizedField: 'Item__c.Amount__c' }),
    summary('Largest_Open__c', 'max', {
      ...byPlan,
      ...open,
      summarizedField: 'Item__c.Quantity__c',
    }),
    summary('First_Due__c', 'min', { ...byPlan, summarizedField: 'Item__c.Due__c' }),
    summary('Last_Due__c', 'max', { ...byPlan, summarizedField: 'Item__c.Due__c' }),
    summary('Last_Paid__c', 'max', { ...byPlan, summarizedField: 'Item__c.Paid_At__c' }),
    summary('Backed__c', 'sum', { ...byBackup, summarizedField: 'Item__c.Amount__c' }),
    summary('Below__c', 'count', byAbove),
    summary('Below_Total__c', 'sum', { ...byAbove, summarizedField: 'Plan__c.Total__c' }),
  ],
}

export const item = {
  fullName: 'Item__c',
  label: 'Item',
  pluralLabel: 'Items',
  keyPrefix: 'a0I',
  nameField: { label: 'Item', type: 'Text' },
  sharingModel: 'ControlledByParent',
  fields: [
    {
      fullName: 'Plan__c',
      label: 'Plan',
      type: 'MasterDetail',
      referenceTo: ['Plan__c'],
      relationshipName: 'Items',
      reparentableMasterDetail: true,
    },
    {
      fullName: 'Backup__c',
      label: 'Backup',
      type: 'Lookup',
      referenceTo: ['Plan__c', 'Region__c'],
      relationshipName: 'Backed_Items',
      deleteConstraint: 'SetNull',
    },
    { fullName: 'Amount__c', label: 'Amount', type: 'Currency', precision: 18, scale: 2 },
    { fullName: 'Quantity__c', label: 'Quantity', type: 'Number', precision: 8, scale: 3 },
    { fullName: 'Due__c', label: 'Due', type: 'Date' },
    { fullName: 'Key__c', label: 'Key', type: 'Text', length: 20, unique: true, externalId: true },
    { fullName: 'Paid_At__c', label: 'Paid At', type: 'DateTime' },
    {
      fullName: 'Status__c',
      label: 'Status',
      type: 'Picklist',
      valueSet: {
        restricted: true,
        valueSetDefinition: {
          sorted: false,
          value: ['Open', 'Late', 'Done'].map((name) => ({ fullName: name, label: name })),
        },
      },
    },
  ],
}

export const rollUpMetadata: readonly MetadataFile[] = [
  ...testMetadata,
  ...[region, plan, item].map((object): MetadataFile => [
    `objects/${object.fullName}.json`,
    object,
  ]),
]
