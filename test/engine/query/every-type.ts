/** The test organisation and one object with a field of every type. */
import { testMetadata, type MetadataFile } from '../../support/test-objects.ts'

const picklist = (values: readonly string[]): Readonly<Record<string, unknown>> => ({
  restricted: true,
  valueSetDefinition: {
    sorted: false,
    value: values.map((name) => ({ fullName: name, label: `The ${name}` })),
  },
})

export const sampleFields = [
  { fullName: 'Text__c', label: 'Text', type: 'Text', length: 80, externalId: true },
  {
    fullName: 'Exact__c',
    label: 'Exact',
    type: 'Text',
    length: 20,
    unique: true,
    caseSensitive: true,
    externalId: true,
  },
  { fullName: 'Area__c', label: 'Area', type: 'TextArea' },
  { fullName: 'Long__c', label: 'Long', type: 'LongTextArea', length: 32000, visibleLines: 3 },
  { fullName: 'Html__c', label: 'Html', type: 'Html', length: 32000, visibleLines: 10 },
  {
    fullName: 'Secret__c',
    label: 'Secret',
    type: 'EncryptedText',
    length: 30,
    maskType: 'all',
    maskChar: 'X',
  },
  { fullName: 'Email__c', label: 'Email', type: 'Email' },
  { fullName: 'Phone__c', label: 'Phone', type: 'Phone' },
  { fullName: 'Url__c', label: 'Url', type: 'Url' },
  {
    fullName: 'Whole__c',
    label: 'Whole',
    type: 'Number',
    precision: 9,
    scale: 0,
    externalId: true,
    unique: true,
  },
  { fullName: 'Number__c', label: 'Number', type: 'Number', precision: 18, scale: 6 },
  { fullName: 'Money__c', label: 'Money', type: 'Currency', precision: 18, scale: 2 },
  { fullName: 'Rate__c', label: 'Rate', type: 'Percent', precision: 5, scale: 2 },
  { fullName: 'Flag__c', label: 'Flag', type: 'Checkbox', defaultValue: 'false' },
  { fullName: 'Day__c', label: 'Day', type: 'Date' },
  { fullName: 'At__c', label: 'At', type: 'DateTime' },
  { fullName: 'Clock__c', label: 'Clock', type: 'Time' },
  {
    fullName: 'Choice__c',
    label: 'Choice',
    type: 'Picklist',
    valueSet: picklist(['Red', 'Green', 'Blue']),
  },
  {
    fullName: 'Shade__c',
    label: 'Shade',
    type: 'Picklist',
    valueSet: {
      ...picklist(['Dark', 'Light']),
      controllingField: 'Choice__c',
      valueSettings: [{ controllingFieldValue: ['Red', 'Blue'], valueName: 'Dark' }],
    },
  },
  {
    fullName: 'Many__c',
    label: 'Many',
    type: 'MultiselectPicklist',
    visibleLines: 4,
    valueSet: picklist(['A', 'B', 'C']),
  },
  {
    fullName: 'Account__c',
    label: 'Account',
    type: 'Lookup',
    referenceTo: ['Account'],
    relationshipName: 'Samples',
    deleteConstraint: 'SetNull',
  },
  {
    fullName: 'Above__c',
    label: 'Above',
    type: 'Hierarchy',
    referenceTo: ['Sample__c'],
    relationshipName: 'Below',
  },
  { fullName: 'Serial__c', label: 'Serial', type: 'AutoNumber', displayFormat: 'S-{00000}' },
  { fullName: 'Place__c', label: 'Place', type: 'Location', scale: 6 },
  { fullName: 'Home__c', label: 'Home', type: 'Address' },
] as const

const sample = {
  fullName: 'Sample__c',
  label: 'Sample',
  pluralLabel: 'Samples',
  nameField: { label: 'Sample', type: 'Text' },
  sharingModel: 'ReadWrite',
  fields: sampleFields,
}

/** Two masters, and children of its own. */
const junction = {
  fullName: 'Junction__c',
  label: 'Junction',
  pluralLabel: 'Junctions',
  nameField: { label: 'Junction', type: 'AutoNumber', displayFormat: 'J-{0}' },
  sharingModel: 'ControlledByParent',
  fields: [
    {
      fullName: 'Left__c',
      label: 'Left',
      type: 'MasterDetail',
      referenceTo: ['Invoice'],
      relationshipName: 'Lefts',
    },
    {
      fullName: 'Right__c',
      label: 'Right',
      type: 'MasterDetail',
      referenceTo: ['Sample__c'],
      relationshipName: 'Rights',
    },
  ],
}

export const everyTypeMetadata: readonly MetadataFile[] = [
  ...testMetadata,
  ['objects/Sample__c.json', sample],
  ['objects/Junction__c.json', junction],
]
