/** The rows of Fields and relationships, put together from declaration, describe and figures. */
import { t } from '../base/text.ts'
import type { FieldInfo } from '../base/wire.ts'
import type { JournalEntry, ObjectUsage } from '../base/wire-metadata.ts'
import type { FieldBody, ObjectBody } from './component-bodies.ts'
import { fieldKind } from './field-kinds.ts'

export type FieldOrigin = 'custom' | 'shipped' | 'system'

export interface FieldRow {
  readonly name: string
  readonly label: string
  readonly type: string
  readonly isRequired: boolean
  readonly isUnique: boolean
  readonly isIndexed: boolean
  readonly origin: FieldOrigin
  readonly usedBy: readonly string[]
  /** Between 0 and 1; unknown without records or figures. */
  readonly filled: number | undefined
  /** Absent for fields that no file declares. */
  readonly body: FieldBody | undefined
}

export function fieldRows(
  object: ObjectBody,
  described: readonly FieldInfo[],
  usage: ObjectUsage | undefined,
): readonly FieldRow[] {
  const declared = new Map((object.fields ?? []).map((field) => [field.fullName, field]))
  const infos = new Map(described.map((info) => [info.name, info]))
  const names = [...declared.keys(), ...described.map((info) => info.name)]
  return [...new Set(names)]
    .filter((name) => declared.has(name) || !isPart(infos.get(name), declared))
    .map((name) => rowOf({ name, body: declared.get(name), info: infos.get(name) }, usage))
    .toSorted((one, other) => one.label.localeCompare(other.label))
}

/** Parts of a declared compound are shown by the compound. */
function isPart(info: FieldInfo | undefined, declared: ReadonlyMap<string, FieldBody>): boolean {
  const compound = info?.compoundFieldName
  return compound !== undefined && compound !== null && declared.has(compound)
}

interface FieldSources {
  readonly name: string
  readonly body: FieldBody | undefined
  readonly info: FieldInfo | undefined
}

function rowOf({ name, body, info }: FieldSources, usage: ObjectUsage | undefined): FieldRow {
  const figures = usage?.fields[name]
  const records = usage?.records ?? 0
  return {
    name,
    // As whoever reads calls it; the body has the words of the files.
    label: info?.label ?? body?.label ?? name,
    type: body === undefined ? describedType(info) : declaredType(body),
    isRequired: body === undefined ? info?.nillable === false : body.required === true,
    isUnique: body?.unique ?? info?.unique ?? false,
    isIndexed: isIndexed(body, info),
    origin: originOf(name, body),
    usedBy: figures?.usedBy ?? [],
    filled: figures === undefined || records === 0 ? undefined : figures.filled / records,
    body,
  }
}

function originOf(name: string, body: FieldBody | undefined): FieldOrigin {
  if (body === undefined) return 'system'
  return name.endsWith('__c') ? 'custom' : 'shipped'
}

function isIndexed(body: FieldBody | undefined, info: FieldInfo | undefined): boolean {
  if (info?.name === 'Id' || info?.type === 'reference') return true
  if (body === undefined) return info?.externalId === true || info?.unique === true
  const isReference = body.referenceTo !== undefined && body.referenceTo.length > 0
  return isReference || body.indexed === true || body.unique === true || body.externalId === true
}

/** "Text (80)", "Lookup (Account, Contact)", "Formula (Number)". */
export function declaredType(field: FieldBody): string {
  const name = fieldKind(field.type)?.label ?? field.type ?? ''
  if (field.formula !== undefined) return t('Formula ({type})', { type: name })
  const detail = typeDetail(field)
  return detail === '' ? name : `${name} (${detail})`
}

function typeDetail(field: FieldBody): string {
  if (field.referenceTo !== undefined) return field.referenceTo.join(', ')
  if (field.precision !== undefined)
    return `${field.precision - (field.scale ?? 0)}, ${field.scale ?? 0}`
  return field.length === undefined ? (field.displayFormat ?? '') : String(field.length)
}

function describedType(info: FieldInfo | undefined): string {
  const type = info?.fieldstone?.type
  const label = fieldKind(type)?.label ?? type ?? info?.type ?? ''
  const targets = info?.referenceTo ?? []
  return targets.length === 0 ? label : `${label} (${targets.join(', ')})`
}

export interface DeletedField {
  readonly name: string
  readonly entry: JournalEntry
}

/** Fields whose deletion can be taken back, newest first. */
export function deletedFields(
  object: string,
  present: Iterable<string>,
  journal: readonly JournalEntry[],
): readonly DeletedField[] {
  const seen = new Set(present)
  const deleted: DeletedField[] = []
  for (const entry of journal)
    for (const change of entry.changes) {
      if (change.type !== 'CustomField' || !change.fullName.startsWith(`${object}.`)) continue
      const name = change.fullName.slice(object.length + 1)
      const isOpen = change.change === 'delete' && entry.revertible && entry.revertedBy === null
      if (isOpen && !seen.has(name)) deleted.push({ name, entry })
      seen.add(name)
    }
  return deleted
}
