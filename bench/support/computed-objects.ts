/** Objects of the section "computed": orders of accounts with formula fields, two kinds of items that differ in roll-ups alone. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Body } from '../shapes.ts'

const field = (fullName: string, type: string, more: object = {}): object => ({
  fullName,
  label: fullName.replace('__c', '').replaceAll('_', ' '),
  type,
  ...more,
})

const money = { precision: 18, scale: 2 }

const formula = (fullName: string, type: string, text: string, more: object = {}): object =>
  field(fullName, type, { formula: text, ...more })

function object(fullName: string, fields: readonly object[], isChild = false): object {
  const label = fullName.replace('__c', '').replaceAll('_', ' ')
  return {
    fullName,
    label,
    pluralLabel: `${label}s`,
    nameField: { label: 'Name', type: 'Text' },
    sharingModel: isChild ? 'ControlledByParent' : 'ReadWrite',
    fields,
  }
}

const stages = ['Open', 'Sent', 'Paid'].map((value) => ({
  fullName: value,
  label: value,
  default: false,
}))

const order = object('Bench_Order__c', [
  field('Account__c', 'Lookup', { referenceTo: ['Account'], relationshipName: 'BenchOrders' }),
  field('Code__c', 'Text', { length: 40 }),
  field('Stage__c', 'Picklist', { valueSet: { valueSetDefinition: { value: stages } } }),
  field('Amount__c', 'Currency', money),
  field('Share__c', 'Percent', { precision: 5, scale: 2 }),
  field('Due__c', 'Date'),
  field('Paid__c', 'Checkbox', { defaultValue: 'false' }),
  field('Phone__c', 'Phone'),
  formula('Expected__c', 'Currency', 'Amount__c * Share__c', money),
  formula('Days_Left__c', 'Number', 'Due__c - TODAY()', { precision: 18, scale: 0 }),
  formula(
    'Size__c',
    'Text',
    'IF(Amount__c >= 100000, "Large", IF(Amount__c >= 10000, "Medium", "Small"))',
  ),
  formula('Customer__c', 'Text', 'Account__r.Name & " (" & TEXT(Account__r.Industry) & ")"'),
  formula('In_Charge__c', 'Text', 'Account__r.Owner.Name'),
])

const plan = object('Bench_Plan__c', [
  field('Items__c', 'Summary', {
    summaryOperation: 'count',
    summaryForeignKey: 'Bench_Counted_Item__c.Plan__c',
  }),
  field('Total__c', 'Summary', {
    summaryOperation: 'sum',
    summarizedField: 'Bench_Counted_Item__c.Amount__c',
    summaryForeignKey: 'Bench_Counted_Item__c.Plan__c',
  }),
])

const item = (fullName: string, relationshipName: string): object =>
  object(
    fullName,
    [
      field('Plan__c', 'MasterDetail', { referenceTo: ['Bench_Plan__c'], relationshipName }),
      field('Code__c', 'Text', { length: 40 }),
      field('Stage__c', 'Picklist', { valueSet: { valueSetDefinition: { value: stages } } }),
      field('Amount__c', 'Currency', money),
      field('Quantity__c', 'Number', { precision: 9, scale: 0 }),
      field('Due__c', 'Date'),
      field('Paid__c', 'Checkbox', { defaultValue: 'false' }),
    ],
    true,
  )

/** Beside the shipped objects in a metadata folder. */
export function writeComputedObjects(metadata: string): void {
  const objects = new Map([
    ['Bench_Order__c', order],
    ['Bench_Plan__c', plan],
    ['Bench_Counted_Item__c', item('Bench_Counted_Item__c', 'CountedItems')],
    ['Bench_Plain_Item__c', item('Bench_Plain_Item__c', 'PlainItems')],
  ])
  mkdirSync(join(metadata, 'objects'), { recursive: true })
  for (const [name, body] of objects) {
    writeFileSync(join(metadata, 'objects', `${name}.json`), JSON.stringify(body, undefined, 2))
  }
}

export const orderFields =
  'Id, Name, Account__c, Code__c, Stage__c, Amount__c, Share__c, Due__c, Paid__c, Phone__c, CreatedDate, LastModifiedDate'

export const orderFormulas = 'Expected__c, Days_Left__c, Size__c, Customer__c, In_Charge__c'

const day = (index: number): string => String(1 + (index % 28)).padStart(2, '0')

const stage = (index: number): string => ['Open', 'Sent', 'Paid'][index % 3] ?? 'Open'

export function orderBody(index: number, account: string): Body {
  return {
    Name: `Order ${String((index * 7919) % 1_000_000).padStart(7, '0')}`,
    Account__c: account,
    Code__c: `C-${index}`,
    Stage__c: stage(index),
    Amount__c: 100.25 + (index % 2_000) * 117.5,
    Share__c: (index % 100) + 0.5,
    Due__c: `2027-03-${day(index)}`,
    Paid__c: index % 3 === 2,
    Phone__c: `+49 30 555${String(index % 10_000).padStart(4, '0')}`,
  }
}

export function itemBody(index: number, parent: string): Body {
  return {
    Name: `Item ${index}`,
    Plan__c: parent,
    Code__c: `C-${index}`,
    Stage__c: stage(index),
    Amount__c: 10.25 + (index % 900),
    Quantity__c: 1 + (index % 90),
    Due__c: `2027-04-${day(index)}`,
    Paid__c: index % 3 === 2,
  }
}
