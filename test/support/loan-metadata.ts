/** An object with record types, its layouts and who may use what, for tests of the whole engine. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

type Body = Readonly<Record<string, unknown>>

const values = (...names: readonly string[]): readonly Body[] =>
  names.map((name) => ({ fullName: name, label: name }))

const picked = (names: readonly string[], ...defaults: readonly string[]): readonly Body[] =>
  names.map((fullName) => ({ fullName, default: defaults.includes(fullName) }))

export const loanObject: Body = {
  fullName: 'Loan__c',
  label: 'Loan',
  pluralLabel: 'Loans',
  nameField: { label: 'Loan Name', type: 'Text' },
  sharingModel: 'ReadWrite',
  deploymentStatus: 'Deployed',
  fields: [
    {
      fullName: 'Stage__c',
      label: 'Stage',
      type: 'Picklist',
      valueSet: {
        restricted: true,
        valueSetDefinition: {
          sorted: false,
          value: [
            { fullName: 'New', label: 'New', default: true },
            ...values('Offered', 'Paid Out', 'Repaid'),
          ],
        },
      },
    },
    {
      fullName: 'Purposes__c',
      label: 'Purposes',
      type: 'MultiselectPicklist',
      visibleLines: 4,
      valueSet: {
        valueSetDefinition: { sorted: false, value: values('House', 'Car', 'Machines') },
      },
    },
    {
      fullName: 'Detail__c',
      label: 'Detail',
      type: 'Picklist',
      valueSet: {
        restricted: true,
        controllingField: 'Stage__c',
        valueSetDefinition: { sorted: false, value: values('Draft', 'Signed', 'Closed') },
        valueSettings: [
          { valueName: 'Draft', controllingFieldValue: ['New'] },
          { valueName: 'Signed', controllingFieldValue: ['New', 'Offered', 'Paid Out'] },
          { valueName: 'Closed', controllingFieldValue: ['Repaid'] },
        ],
      },
    },
    { fullName: 'Amount__c', label: 'Amount', type: 'Currency', precision: 18, scale: 2 },
  ],
  recordTypes: [
    {
      fullName: 'Private',
      label: 'Private Loan',
      active: true,
      description: 'For persons.',
      compactLayoutAssignment: 'Short',
      picklistValues: [
        { picklist: 'Stage__c', values: picked(['New', 'Paid Out'], 'New') },
        { picklist: 'Purposes__c', values: picked(['House', 'Car'], 'House') },
        { picklist: 'Detail__c', values: picked(['Signed', 'Closed']) },
      ],
    },
    {
      fullName: 'Business',
      label: 'Business Loan',
      active: true,
      picklistValues: [{ picklist: 'Stage__c', values: picked(['Offered', 'Repaid'], 'Offered') }],
    },
    { fullName: 'Old', label: 'Old Loan', active: false },
  ],
  compactLayouts: [
    { fullName: 'Long', label: 'Long', fields: ['Name', 'Stage__c', 'Amount__c'] },
    { fullName: 'Short', label: 'Short', fields: ['Name', 'Amount__c'] },
  ],
  compactLayoutAssignment: 'Long',
  fieldSets: [
    {
      fullName: 'Summary',
      label: 'Summary',
      description: 'Shown in an overview.',
      displayedFields: [
        { field: 'Name', isRequired: true },
        { field: 'Amount__c', isRequired: false },
        { field: 'Owner.Name', isRequired: false },
      ],
      availableFields: [{ field: 'Stage__c', isRequired: false }],
    },
  ],
}

const layout = (name: string, fields: readonly string[]): Body => ({
  fullName: `Loan__c-${name}`,
  layoutSections: [
    {
      label: name,
      style: 'OneColumn',
      layoutColumns: [{ layoutItems: fields.map((field) => ({ field, behavior: 'Edit' })) }],
    },
  ],
})

const rights: Body = {
  fullName: 'Lending',
  label: 'Lending',
  objectPermissions: [
    { object: 'Loan__c', allowRead: true, allowCreate: true, allowEdit: true, allowDelete: true },
  ],
  fieldPermissions: ['Stage__c', 'Purposes__c', 'Detail__c', 'Amount__c'].map((field) => ({
    field: `Loan__c.${field}`,
    readable: true,
    editable: true,
  })),
  recordTypeVisibilities: [{ recordType: 'Loan__c.Business', visible: true }],
}

/** Puts the object into a copy of the shipped metadata; whoever has the set Lending may use one of its types. */
export function addLoans(metadataDir: string): Promise<void> {
  const write = (file: string, body: unknown): void => {
    mkdirSync(join(metadataDir, file, '..'), { recursive: true })
    writeFileSync(join(metadataDir, file), JSON.stringify(body, null, 2))
  }
  write('objects/Loan__c.json', loanObject)
  write('layouts/Loan__c-Loan Layout.json', layout('Loan Layout', ['Name', 'Stage__c']))
  write(
    'layouts/Loan__c-Business Layout.json',
    layout('Business Layout', ['Name', 'RecordTypeId', 'Amount__c']),
  )
  write('permissionsets/Lending.json', rights)
  const profile = JSON.parse(
    readFileSync(join(metadataDir, 'profiles', 'System Administrator.json'), 'utf8'),
  ) as { readonly [attribute: string]: readonly unknown[] }
  write('profiles/System Administrator.json', {
    ...profile,
    layoutAssignments: [
      ...(profile['layoutAssignments'] ?? []),
      { layout: 'Loan__c-Loan Layout' },
      { layout: 'Loan__c-Business Layout', recordType: 'Loan__c.Business' },
    ],
    recordTypeVisibilities: [
      { recordType: 'Loan__c.Business', visible: true, default: false },
      { recordType: 'Loan__c.Private', visible: true, default: true },
    ],
  })
  return Promise.resolve()
}
