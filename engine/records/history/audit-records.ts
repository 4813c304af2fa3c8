/** Records by which an organisation is set up: every change of them stands in the audit trail. */
import { noteSetup, type SetupEntry } from '../../ledger/audit.ts'
import type { Ledger } from '../../ledger/ledger.ts'
import type { FieldModel, Model, ObjectModel } from '../../model/model.ts'
import type { Transaction } from '../../storage/storage.ts'
import { hookFields, readStoredRows } from '../hooks/hook-rows.ts'
import type { HookValues } from '../hooks/record-hooks.ts'
import type { RecordChange } from '../records.ts'
import type { HistoryRow } from './keep-history.ts'

/** Object → the part of Setup that it belongs to. */
const sections: ReadonlyMap<string, string> = new Map([
  ['User', 'Manage Users'],
  ['PermissionSetAssignment', 'Manage Users'],
  ['GroupMember', 'Manage Users'],
  ['Organization', 'Company Information'],
])

export function isAudited(object: ObjectModel): boolean {
  return sections.has(object.name)
}

export interface AuditedRows {
  readonly model: Model
  readonly object: ObjectModel
  readonly change: RecordChange['change']
  readonly rows: readonly HistoryRow[]
}

const verbs = { create: 'created', update: 'changed', delete: 'deleted', undelete: 'undeleted' }

export async function auditRecords(
  ledger: Ledger,
  tx: Transaction,
  { model, object, change, rows }: AuditedRows,
): Promise<void> {
  const names = await namesOfReferences(tx, model, { object, rows })
  const verb = verbs[change]
  const entries = rows.flatMap((row): SetupEntry[] => {
    const told =
      change === 'update' ? differences(object, row, names) : [subjectOf(object, row, names)]
    if (told.length === 0) return []
    const subject = change === 'update' ? ` ${subjectOf(object, row, names)}:` : ''
    return [
      {
        action: `${verb}${object.name}`,
        section: sections.get(object.name) ?? object.name,
        display: `${capital(verb)} ${object.label}${subject} ${told.join('; ')}`,
        by: row.by,
        way: row.way ?? 'system',
      },
    ]
  })
  await noteSetup(ledger, tx, entries)
}

function capital(word: string): string {
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`
}

/** Stamps tell nothing that the row does not say itself; of a compound its parts are told. */
function toldFields(object: ObjectModel): readonly FieldModel[] {
  const known = toldByObject.get(object)
  if (known !== undefined) return known
  const told = hookFields(object).filter(
    (field) =>
      (!field.system || field === object.ownerField) &&
      field.type.generate === undefined &&
      field.components.length === 0,
  )
  toldByObject.set(object, told)
  return told
}

/** Asked for every row. */
const toldByObject = new WeakMap<ObjectModel, readonly FieldModel[]>()

type Names = ReadonlyMap<string, string>

/** What tells a record from others: a user by the name he signs in with, a link by what it links. */
function subjectOf(object: ObjectModel, { id, before, after }: HistoryRow, names: Names): string {
  const values = after ?? before
  const username = values?.get('Username')
  if (typeof username === 'string') return username
  const linked = toldFields(object)
    .filter((field) => !field.system && field.reference !== undefined && field.required)
    .map((field) => `${field.label} ${shown(values?.get(field.name), names)}`)
  return linked.length > 0 ? linked.join(', ') : id
}

function differences(
  object: ObjectModel,
  { before, after }: HistoryRow,
  names: Names,
): readonly string[] {
  if (before === undefined || after === undefined) return []
  return toldFields(object).flatMap((field) => {
    const [old, now] = [before.get(field.name) ?? null, after.get(field.name) ?? null]
    if (old === now || JSON.stringify(old) === JSON.stringify(now)) return []
    return `${field.label} from ${shown(old, names)} to ${shown(now, names)}`
  })
}

function shown(value: unknown, names: Names): string {
  if (value === null || value === undefined) return 'nothing'
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  return names.get(text) ?? text
}

async function namesOfReferences(
  tx: Transaction,
  model: Model,
  { object, rows }: Pick<AuditedRows, 'object' | 'rows'>,
): Promise<Names> {
  const idsByTarget = new Map<ObjectModel, Set<string>>()
  const references = toldFields(object).filter((field) => field.reference !== undefined)
  const add = (values: HookValues | undefined): void => {
    for (const field of references) {
      const id = values?.get(field.name)
      const target = typeof id === 'string' ? model.objectByKeyPrefix(id.slice(0, 3)) : undefined
      if (typeof id !== 'string' || target === undefined) continue
      const ids = idsByTarget.get(target) ?? new Set()
      idsByTarget.set(target, ids.add(id))
    }
  }
  for (const { before, after } of rows) {
    add(before)
    add(after)
  }
  const names = new Map<string, string>()
  for (const [target, ids] of idsByTarget) {
    const fields = [target.nameField]
    for (const [id, values] of await readStoredRows(tx, target, { ids: [...ids], fields })) {
      const name = values.get(target.nameField.name)
      if (typeof name === 'string') names.set(id, name)
    }
  }
  return names
}
