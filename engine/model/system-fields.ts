/** The fields that every object has without declaring them. */
import type { CustomField } from '../../metadata/types.ts'
import type { ColumnKind } from '../sql/column-kind.ts'

/** The row version's column: no field, but the engine's own bookkeeping in every object table. */
export const versionColumn = 'fs_version'

export interface SystemField {
  readonly declaration: CustomField
  readonly kind: ColumnKind
  readonly settable: boolean
}

function userLookup(fullName: string, label: string, referenceTo = ['User']): CustomField {
  return { fullName, label, type: 'Lookup', referenceTo, deleteConstraint: 'Restrict' }
}

const instant: ColumnKind = { kind: 'instant' }
const reference: ColumnKind = { kind: 'id' }

function kept(declaration: CustomField, kind: ColumnKind): SystemField {
  return { declaration, kind, settable: false }
}

export const idField = 'Id'
export const ownerField = 'OwnerId'
export const recordTypeField = 'RecordTypeId'

/** In describe order; the name field stands between the first two and the others. */
export const leadingSystemFields: readonly SystemField[] = [
  // It has a type of its own that no declaration can name.
  kept({ fullName: idField, label: 'Record ID' }, { kind: 'id' }),
  kept(
    { fullName: 'IsDeleted', label: 'Deleted', type: 'Checkbox', defaultValue: 'false' },
    { kind: 'boolean' },
  ),
]

export const auditFields: readonly SystemField[] = [
  kept({ fullName: 'CreatedDate', label: 'Created Date', type: 'DateTime' }, instant),
  kept(userLookup('CreatedById', 'Created By'), reference),
  kept({ fullName: 'LastModifiedDate', label: 'Last Modified Date', type: 'DateTime' }, instant),
  kept(userLookup('LastModifiedById', 'Last Modified By'), reference),
  kept({ fullName: 'SystemModstamp', label: 'System Modstamp', type: 'DateTime' }, instant),
]

export const ownerSystemField: SystemField = {
  declaration: userLookup(ownerField, 'Owner'),
  kind: reference,
  settable: true,
}

/** The owner where queues may own records too. */
export const queueOwnerSystemField: SystemField = {
  ...ownerSystemField,
  declaration: userLookup(ownerField, 'Owner', ['Group', 'User']),
}

/** On objects that have record types; empty: the record is of none of them. */
export const recordTypeSystemField: SystemField = {
  declaration: {
    fullName: recordTypeField,
    label: 'Record Type',
    type: 'Lookup',
    referenceTo: ['RecordType'],
    deleteConstraint: 'Restrict',
  },
  kind: reference,
  settable: true,
}

/** System fields that an object has or has not, as its file says; each lies in the column of its name. */
export const optionalSystemFields: ReadonlySet<string> = new Set([ownerField, recordTypeField])

export const systemFieldNames: ReadonlySet<string> = new Set([
  ...optionalSystemFields,
  ...[...leadingSystemFields, ...auditFields].map((field) => field.declaration.fullName),
])

const folded = new Set([...systemFieldNames].map((name) => name.toLowerCase()))

export function isSystemFieldName(name: string): boolean {
  return folded.has(name.toLowerCase())
}
