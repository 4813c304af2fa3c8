/**
 * Objects that the engine itself writes, for good: the history of fields, what was set up, who signed in. No file declares
 * them; they lie in the engine's own tables and are read like any other object.
 */
import { approvalShapes } from './approval-objects.ts'
import { anyValueType, sentenceType } from './ledger-fields.ts'
import { jobObjects } from './job-objects.ts'
import {
  authored,
  common,
  filled,
  id,
  leading,
  lookupTo,
  modelOf,
  optional,
  plain,
  word,
  type LedgerShape,
  type LedgerTable,
} from './ledger-shape.ts'
import type { ChildRelationship, LedgerReaders, ObjectModel } from './model.ts'

export const fieldHistoryTable: LedgerTable = {
  name: 'fs_field_history',
  keyPrefix: '017',
  columns: [
    ...common,
    // The table of the object and the column of the field: names for good, see `historyKey`.
    filled('object_key'),
    { name: 'record_id', kind: id },
    filled('field_key'),
    filled('field'),
    filled('data_type'),
    optional('old_value'),
    optional('new_value'),
    filled('way'),
  ],
  indexes: [['record_id'], ['CreatedDate']],
}

export const setupAuditTable: LedgerTable = {
  name: 'fs_setup_audit',
  keyPrefix: '0Ym',
  columns: [
    ...common,
    filled('action'),
    filled('section'),
    filled('display'),
    filled('display__folded'),
    filled('way'),
  ],
  indexes: [['CreatedDate']],
}

export const signInTable: LedgerTable = {
  name: 'fs_sign_in',
  keyPrefix: '0Ya',
  columns: [
    ...common,
    filled('login_type'),
    filled('status'),
    optional('source_ip'),
    optional('application'),
  ],
  indexes: [['CreatedDate'], ['CreatedById']],
}

export const recordViewTable: LedgerTable = {
  name: 'fs_record_view',
  keyPrefix: '0Yv',
  columns: [...common, filled('object'), filled('record_id'), filled('way')],
  indexes: [['CreatedDate'], ['record_id']],
}

/** Those whose rows are sealed. */
export const ledgerTables: readonly LedgerTable[] = [
  fieldHistoryTable,
  setupAuditTable,
  signInTable,
  recordViewTable,
]

function historyShape(object: ObjectModel): LedgerShape {
  const parent = object.custom ? 'ParentId' : `${object.name}Id`
  return {
    name: historyName(object.name),
    label: `${object.label} History`,
    plural: `${object.label} History`,
    table: fieldHistoryTable,
    nameField: 'Field',
    fields: [
      ...leading,
      lookupTo(object.name, { name: parent, label: object.label, column: 'record_id' }),
      ...authored,
      word('Field', 'Changed Field', 'field'),
      word('DataType', 'Datatype', 'data_type'),
      { name: 'OldValue', label: 'Old Value', type: anyValueType, column: 'old_value' },
      { name: 'NewValue', label: 'New Value', type: anyValueType, column: 'new_value' },
      word('ChangedBy', 'Changed by way of', 'way'),
    ],
    readers: { kind: 'readers of', object },
  }
}

const setupAudit: LedgerShape = {
  name: 'SetupAuditTrail',
  label: 'Setup Audit Trail Entry',
  plural: 'Setup Audit Trail',
  table: setupAuditTable,
  nameField: 'Action',
  fields: [
    ...leading,
    ...authored,
    word('Action', 'Action', 'action'),
    word('Section', 'Section', 'section'),
    { name: 'Display', label: 'Display', type: sentenceType, column: 'display' },
    word('CreatedByContext', 'Context', 'way'),
  ],
  readers: { kind: 'permission', permission: 'ViewSetup' },
}

const signIns: LedgerShape = {
  name: 'LoginHistory',
  label: 'Login History',
  plural: 'Login History',
  table: signInTable,
  nameField: 'Status',
  fields: [
    ...leading,
    lookupTo('User', { name: 'UserId', label: 'User', column: 'CreatedById' }),
    plain('DateTime', { name: 'LoginTime', label: 'Login Time', column: 'CreatedDate' }),
    word('LoginType', 'Login Type', 'login_type'),
    word('Status', 'Status', 'status'),
    word('SourceIp', 'Source IP', 'source_ip'),
    word('Application', 'Application', 'application'),
  ],
  readers: { kind: 'permission', permission: 'ManageUsers', own: 'UserId' },
}

/** Of objects that say `logViews`; ours, the platform has no such object in its queries. */
const recordViews: LedgerShape = {
  name: 'RecordViewLog',
  label: 'Record View',
  plural: 'Record Views',
  table: recordViewTable,
  nameField: 'ObjectName',
  fields: [
    ...leading,
    lookupTo('User', { name: 'UserId', label: 'User', column: 'CreatedById' }),
    plain('DateTime', { name: 'ViewedDate', label: 'Viewed Date', column: 'CreatedDate' }),
    word('ObjectName', 'Object', 'object'),
    word('RecordId', 'Record ID', 'record_id'),
    word('ViewedBy', 'Viewed by way of', 'way'),
  ],
  readers: { kind: 'permission', permission: 'ViewSetup' },
}

const general: readonly LedgerShape[] = [
  setupAudit,
  signIns,
  recordViews,
  ...jobObjects,
  ...approvalShapes,
]

const generalByName = new Map(general.map((shape) => [shape.name.toLowerCase(), shape]))

/** By which permission an object of the engine's own is read that belongs to no other; undefined for all others. */
export function ledgerReaders(name: string): LedgerReaders | undefined {
  return generalByName.get(name.toLowerCase())?.readers
}

export const generalLedgerNames: readonly string[] = general.map(({ name }) => name)

/** "AccountHistory", "Loan__History"; that of opportunities has a name of its own, as on the platform. */
export function historyName(object: string): string {
  if (object === 'Opportunity') return 'OpportunityFieldHistory'
  return /__c$/i.test(object) ? object.replace(/__c$/i, '__History') : `${object}History`
}

/** The object whose history this would be, by its name alone. */
export function historyOwner(name: string): string | undefined {
  if (!/history$/i.test(name)) return undefined
  if (/^opportunityfieldhistory$/i.test(name)) return 'Opportunity'
  if (/__history$/i.test(name)) return name.replace(/__history$/i, '__c')
  return name.slice(0, -'History'.length)
}

export const historiesRelation = 'Histories'

/** How an object that keeps history lists it. */
export function historyChild(object: string, custom: boolean): ChildRelationship {
  return Object.freeze({
    childObject: historyName(object),
    field: custom ? 'ParentId' : `${object}Id`,
    relationshipName: historiesRelation,
    onDelete: 'Keep',
    kind: 'Lookup',
  })
}

const histories = new WeakMap<ObjectModel, ObjectModel>()

/** The history of an object; each object has one for as long as it stays as it is. */
export function historyObject(object: ObjectModel): ObjectModel {
  const known = histories.get(object)
  if (known !== undefined) return known
  const made = modelOf(historyShape(object))
  histories.set(object, made)
  return made
}

const generals = new Map<LedgerShape, ObjectModel>()

/** An object of the engine's own that belongs to no other. */
export function generalLedgerObject(name: string): ObjectModel | undefined {
  const shape = generalByName.get(name.toLowerCase())
  if (shape === undefined) return undefined
  const known = generals.get(shape)
  if (known !== undefined) return known
  const made = modelOf(shape)
  generals.set(shape, made)
  return made
}
