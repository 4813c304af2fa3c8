/** Deals under accounts, with formula fields of every type, for tests of formulas in records. */
import type { MetadataFile } from './test-objects.ts'

function formula(fullName: string, type: string, text: string, more: object = {}): object {
  return { fullName, label: fullName.replace('__c', ''), type, formula: text, ...more }
}

const zero = { formulaTreatBlanksAs: 'BlankAsZero' }
const nameField = { label: 'Name', type: 'Text' }

const user = {
  fullName: 'User',
  label: 'User',
  pluralLabel: 'Users',
  keyPrefix: '005',
  nameField,
  fields: [{ fullName: 'Department', label: 'Department', type: 'Text', length: 80 }],
}

const account = {
  fullName: 'Account',
  label: 'Account',
  pluralLabel: 'Accounts',
  keyPrefix: '001',
  nameField,
  fields: [
    { fullName: 'Site', label: 'Site', type: 'Text', length: 80 },
    { fullName: 'Credit__c', label: 'Credit', type: 'Currency', precision: 12, scale: 2 },
    { fullName: 'Secret__c', label: 'Secret', type: 'Number', precision: 8, scale: 0 },
    {
      fullName: 'ParentId',
      label: 'Parent',
      type: 'Lookup',
      referenceTo: ['Account'],
      relationshipName: 'Branches',
    },
    formula('Grade__c', 'Text', 'IF(Credit__c >= 1000, "high", "low")'),
    formula('Guess__c', 'Number', 'Secret__c + 1', { precision: 18, scale: 0 }),
    formula('Told__c', 'Number', 'Secret__c + 2', { precision: 18, scale: 0, discloses: true }),
  ],
}

const deal = {
  fullName: 'Deal__c',
  label: 'Deal',
  pluralLabel: 'Deals',
  keyPrefix: 'a01',
  nameField,
  fields: [
    {
      fullName: 'Account__c',
      label: 'Account',
      type: 'Lookup',
      referenceTo: ['Account'],
      relationshipName: 'Deals',
    },
    {
      fullName: 'About__c',
      label: 'About',
      type: 'Lookup',
      referenceTo: ['Account', 'User'],
      relationshipName: 'AboutDeals',
    },
    { fullName: 'Amount__c', label: 'Amount', type: 'Currency', precision: 14, scale: 2 },
    { fullName: 'Discount__c', label: 'Discount', type: 'Percent', precision: 5, scale: 2 },
    { fullName: 'Due__c', label: 'Due', type: 'Date' },
    { fullName: 'At__c', label: 'At', type: 'DateTime' },
    { fullName: 'Web__c', label: 'Web', type: 'Text', length: 200 },
    formula('Net__c', 'Currency', 'Amount__c * (1 - Discount__c)', { scale: 2, ...zero }),
    formula('Half_Net__c', 'Number', 'Net__c / 2', { scale: 3 }),
    formula('Rate__c', 'Percent', 'Discount__c / 2', { scale: 1 }),
    formula('Big__c', 'Checkbox', 'Amount__c > 100'),
    formula('Reminder__c', 'Date', 'Due__c - 7'),
    formula('Soon__c', 'DateTime', 'At__c + 0.5'),
    formula('Clock__c', 'Time', 'TIMEVALUE(At__c)'),
    formula('Day__c', 'Date', 'DATEVALUE(At__c)'),
    formula('Left__c', 'Number', 'Due__c - TODAY()', { scale: 0 }),
    formula('Title__c', 'Text', 'Account__r.Name & " / " & Account__r.Parent.Name'),
    formula('Grade__c', 'Text', 'Account__r.Grade__c'),
    formula('Loud__c', 'Text', 'UPPER(Title__c) & TEXT(Half_Net__c)'),
    formula('Louder__c', 'Text', 'Loud__c & "!"'),
    formula('Roots__c', 'Number', 'SQRT(Amount__c)', { scale: 4 }),
    formula('Who__c', 'Text', 'About__r:User.Department & About__r:Account.Site'),
    formula('Mine__c', 'Checkbox', 'OwnerId = $User.Id'),
    formula('My_Department__c', 'Text', '$User.Department'),
    formula('May__c', 'Checkbox', '$Permission.Close_Deals'),
    formula('Hello__c', 'Text', '$Label.Hello & " " & Name'),
    formula('Link__c', 'Text', 'HYPERLINK(Web__c, Name)'),
    formula('Guess__c', 'Number', 'Account__r.Guess__c * 2', { scale: 0 }),
  ],
}

const fields = (object: string, names: readonly string[]): readonly object[] =>
  names.map((name) => ({ field: `${object}.${name}`, readable: true, editable: true }))

/** Everything but the secret, which only the formulas over it would tell. */
const seller = {
  fullName: 'Seller',
  label: 'Seller',
  objectPermissions: ['Account', 'Deal__c', 'User'].map((object) => ({
    object,
    allowRead: true,
    allowCreate: true,
    allowEdit: true,
    allowDelete: false,
    viewAllRecords: true,
    modifyAllRecords: false,
  })),
  customPermissions: [{ name: 'Close_Deals', enabled: true }],
  fieldPermissions: [
    ...fields('User', ['Department']),
    ...fields(
      'Account',
      account.fields
        .map((field) => ('fullName' in field ? String(field.fullName) : ''))
        .filter((name) => name !== 'Secret__c'),
    ),
    ...fields(
      'Deal__c',
      deal.fields.map((field) => ('fullName' in field ? String(field.fullName) : '')),
    ),
  ],
}

export const formulaMetadata: readonly MetadataFile[] = [
  ['objects/User.json', user],
  ['objects/Account.json', account],
  ['objects/Deal__c.json', deal],
  ['permissionsets/Seller.json', seller],
  ['customPermissions/Close_Deals.json', { fullName: 'Close_Deals', label: 'Close deals' }],
  [
    'labels/CustomLabels.json',
    { fullName: 'CustomLabels', labels: [{ fullName: 'Hello', value: 'Good "day"' }] },
  ],
  [
    'profiles/System Administrator.json',
    {
      fullName: 'System Administrator',
      userPermissions: [{ name: 'ModifyAllData', enabled: true }],
    },
  ],
]
