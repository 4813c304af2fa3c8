/** List views made elsewhere spell standard columns in capitals: NAME, CREATED_DATE, CASES.STATUS. */
import type { FieldOptions, FieldType } from '../fields/field-type.ts'

const legacyPattern = /^[A-Z][A-Z0-9_]*(\.[A-Z0-9_]+)*$/

/** Spellings that do not follow from the field's name. */
const spellings: ReadonlyMap<string, string> = new Map([
  ['createdbyuser', 'CreatedById'],
  ['createdbyalias', 'CreatedById'],
  ['updatedbyuser', 'LastModifiedById'],
  ['updatedbyalias', 'LastModifiedById'],
  ['lastupdate', 'LastModifiedDate'],
  ['lastupdatebyuser', 'LastModifiedById'],
  ['owneralias', 'OwnerId'],
  ['ownerfullname', 'OwnerId'],
  ['ownername', 'OwnerId'],
])

const nameSpellings: ReadonlySet<string> = new Set(['name', 'fullname', 'salesaccountname'])

/** The name of a parent record, by the parent's object: Project__c.NAME. */
const parentNamePattern = /^(?<parent>\w+__c)\.NAME$/

/** A field as outlines and compiled objects have it. */
interface ColumnField {
  readonly name: string
  readonly type: FieldType
  readonly options: FieldOptions
}

/**
 * The field that such a column means; 'unknown' when the spelling is of this kind but the field is not here, and
 * undefined when it is no such spelling at all.
 */
export function legacyColumn(
  text: string,
  fields: readonly ColumnField[],
  nameField: string,
): string | undefined {
  const parent = parentNamePattern.exec(text)?.groups?.['parent']
  if (parent !== undefined) return lookupTo(parent, fields)
  if (!legacyPattern.test(text)) return undefined
  const candidates = [text, text.slice(text.lastIndexOf('.') + 1)].map(squeezed)
  if (candidates.some((candidate) => nameSpellings.has(candidate))) return nameField
  const bySqueezed = new Map(fields.map((field) => [squeezed(field.name), field.name]))
  for (const candidate of candidates) {
    const field = spellings.get(candidate) ?? bySqueezed.get(candidate)
    if (field !== undefined) return field
  }
  return 'unknown'
}

/** The first field that points at the object. */
function lookupTo(object: string, fields: readonly ColumnField[]): string | undefined {
  const folded = object.toLowerCase()
  return fields.find(({ type, options }) =>
    type.reference?.(options)?.targets.some((target) => target.toLowerCase() === folded),
  )?.name
}

function squeezed(text: string): string {
  return text.toLowerCase().replaceAll(/[_.]/g, '')
}
