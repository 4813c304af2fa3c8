/** The organisation that the records' tests work on: small, but with every relation and right. */

/** A file of a metadata folder, as JSON. */
export type MetadataFile = readonly [path: string, body: Readonly<Record<string, unknown>>]

const user = {
  fullName: 'User',
  label: 'User',
  pluralLabel: 'Users',
  keyPrefix: '005',
  nameField: { label: 'Name', type: 'PersonName' },
  sharingModel: 'ReadWrite',
  fields: [
    {
      fullName: 'Username',
      label: 'Username',
      type: 'Text',
      length: 80,
      required: true,
      unique: true,
      externalId: true,
    },
  ],
}

const account = {
  fullName: 'Account',
  label: 'Account',
  pluralLabel: 'Accounts',
  keyPrefix: '001',
  nameField: { label: 'Account Name', type: 'Text' },
  sharingModel: 'ReadWrite',
  fields: [
    { fullName: 'Code', label: 'Code', type: 'Text', length: 20, unique: true, externalId: true },
    { fullName: 'CreditScore', label: 'Credit Score', type: 'Number', precision: 5, scale: 0 },
    { fullName: 'TaxNumber', label: 'Tax Number', type: 'Text', length: 20, unique: true },
    { fullName: 'Website', label: 'Website', type: 'Url' },
    { fullName: 'Notes', label: 'Notes', type: 'Html', length: 32000, visibleLines: 10 },
    { fullName: 'Revenue', label: 'Revenue', type: 'Currency', precision: 18, scale: 2 },
    { fullName: 'Founded', label: 'Founded', type: 'Date' },
    { fullName: 'ReviewedAt', label: 'Reviewed At', type: 'DateTime' },
    { fullName: 'IsActive', label: 'Active', type: 'Checkbox', defaultValue: 'true' },
    {
      fullName: 'ParentId',
      label: 'Parent',
      type: 'Hierarchy',
      referenceTo: ['Account'],
      relationshipName: 'Subsidiaries',
    },
    { fullName: 'BillingAddress', label: 'Billing Address', type: 'Address' },
    {
      fullName: 'Segment',
      label: 'Segment',
      type: 'Picklist',
      valueSet: {
        restricted: true,
        valueSetDefinition: {
          sorted: false,
          value: [
            { fullName: 'Retail', label: 'Retail', default: true },
            { fullName: 'Corporate', label: 'Corporate' },
            { fullName: 'Old', label: 'Old', isActive: false },
          ],
        },
      },
    },
    {
      fullName: 'Product',
      label: 'Product',
      type: 'Picklist',
      valueSet: {
        restricted: true,
        controllingField: 'Segment',
        valueSetDefinition: {
          sorted: false,
          value: [
            { fullName: 'Card', label: 'Card' },
            { fullName: 'Syndicated Loan', label: 'Syndicated Loan' },
          ],
        },
        valueSettings: [
          { controllingFieldValue: ['Retail', 'Corporate'], valueName: 'Card' },
          { controllingFieldValue: ['Corporate'], valueName: 'Syndicated Loan' },
        ],
      },
    },
    {
      fullName: 'Channels',
      label: 'Channels',
      type: 'MultiselectPicklist',
      visibleLines: 4,
      valueSet: {
        restricted: true,
        valueSetDefinition: {
          sorted: false,
          value: ['Phone', 'Mail', 'Branch'].map((name) => ({ fullName: name, label: name })),
        },
      },
    },
  ],
}

const contact = {
  fullName: 'Contact',
  label: 'Contact',
  pluralLabel: 'Contacts',
  keyPrefix: '003',
  nameField: { label: 'Name', type: 'PersonName' },
  sharingModel: 'ReadWrite',
  fields: [
    {
      fullName: 'AccountId',
      label: 'Account',
      type: 'Lookup',
      referenceTo: ['Account'],
      relationshipName: 'Contacts',
      deleteConstraint: 'SetNull',
    },
    { fullName: 'Email', label: 'Email', type: 'Email' },
  ],
}

const invoice = {
  fullName: 'Invoice',
  label: 'Invoice',
  pluralLabel: 'Invoices',
  keyPrefix: '3tt',
  nameField: { label: 'Invoice Number', type: 'AutoNumber', displayFormat: 'INV-{0000}' },
  sharingModel: 'ReadWrite',
  fields: [
    {
      fullName: 'AccountId',
      label: 'Account',
      type: 'Lookup',
      referenceTo: ['Account'],
      relationshipName: 'Invoices',
      deleteConstraint: 'Restrict',
    },
    { fullName: 'DueDate', label: 'Due Date', type: 'Date' },
  ],
}

const invoiceLine = {
  fullName: 'InvoiceLine',
  label: 'Invoice Line',
  pluralLabel: 'Invoice Lines',
  keyPrefix: '5TV',
  nameField: { label: 'Line Name', type: 'Text' },
  sharingModel: 'ControlledByParent',
  fields: [
    {
      fullName: 'InvoiceId',
      label: 'Invoice',
      type: 'MasterDetail',
      referenceTo: ['Invoice'],
      relationshipName: 'Lines',
    },
    { fullName: 'Amount', label: 'Amount', type: 'Currency', precision: 18, scale: 2 },
  ],
}

const note = {
  fullName: 'Remark__c',
  label: 'Remark',
  pluralLabel: 'Remarks',
  nameField: { label: 'Remark', type: 'Text' },
  sharingModel: 'ReadWrite',
  fields: [
    {
      fullName: 'About__c',
      label: 'About',
      type: 'Lookup',
      referenceTo: ['Account', 'Contact'],
      relationshipName: 'Remarks',
      deleteConstraint: 'SetNull',
    },
    {
      fullName: 'Secret__c',
      label: 'Secret',
      type: 'EncryptedText',
      length: 30,
      maskType: 'lastFour',
      maskChar: 'asterisk',
    },
    { fullName: 'Place__c', label: 'Place', type: 'Location', scale: 6 },
  ],
}

const payroll = {
  fullName: 'Payroll__c',
  label: 'Payroll',
  pluralLabel: 'Payrolls',
  nameField: { label: 'Payroll', type: 'Text' },
  sharingModel: 'ReadWrite',
  fields: [{ fullName: 'Salary__c', label: 'Salary', type: 'Currency', precision: 18, scale: 2 }],
}

const everything = (object: string): Readonly<Record<string, unknown>> => ({
  object,
  allowCreate: true,
  allowRead: true,
  allowEdit: true,
  allowDelete: true,
  viewAllRecords: false,
  modifyAllRecords: false,
})

/** Reps know no credit score, only read the tax number, and have never heard of payrolls. */
const rep = {
  fullName: 'Rep',
  label: 'Rep',
  objectPermissions: ['Account', 'Contact', 'Invoice', 'InvoiceLine', 'Remark__c', 'User'].map(
    everything,
  ),
  fieldPermissions: [
    ...[
      'Code',
      'Website',
      'Notes',
      'Revenue',
      'Founded',
      'ReviewedAt',
      'IsActive',
      'ParentId',
      'BillingAddress',
      'Segment',
      'Product',
      'Channels',
    ].map((field) => ({ field: `Account.${field}`, readable: true, editable: true })),
    { field: 'Account.TaxNumber', readable: true, editable: false },
    { field: 'Account.CreditScore', readable: false, editable: false },
    { field: 'Contact.AccountId', readable: true, editable: true },
    { field: 'Contact.Email', readable: true, editable: true },
    { field: 'Invoice.AccountId', readable: true, editable: true },
    { field: 'InvoiceLine.Amount', readable: true, editable: true },
    { field: 'Remark__c.About__c', readable: true, editable: true },
    { field: 'Remark__c.Secret__c', readable: true, editable: true },
  ],
}

const administrator = {
  fullName: 'System Administrator',
  userPermissions: [
    'ModifyAllData',
    'ViewAllData',
    'CustomizeApplication',
    'ManageUsers',
    'ApiEnabled',
    'ViewEncryptedData',
  ].map((name) => ({ name, enabled: true })),
}

export const testMetadata: readonly MetadataFile[] = [
  ...[user, account, contact, invoice, invoiceLine, note, payroll].map((object): MetadataFile => [
    `objects/${object.fullName}.json`,
    object,
  ]),
  ['permissionsets/Rep.json', rep],
  ['profiles/System Administrator.json', administrator],
]
