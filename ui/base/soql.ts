/** SOQL text from the screens' filters and lists; every value passes through one of the literals here. */
import type { FieldInfo, ObjectSummary } from './wire.ts'

/** A string literal; what could end it is escaped. */
export function textLiteral(text: string): string {
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll("'", "\\'")
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
  return `'${escaped}'`
}

/** A LIKE pattern's literal; `%` and `_` of the text stand for themselves. */
export function likeLiteral(text: string, where: 'start' | 'anywhere'): string {
  const pattern = textLiteral(text).slice(1, -1).replaceAll('%', '\\%').replaceAll('_', '\\_')
  return `'${where === 'anywhere' ? '%' : ''}${pattern}%'`
}

/** A name as the grammar allows it; anything else is a mistake of ours. */
export function fieldName(name: string): string {
  if (!/^[A-Za-z]\w*(\.[A-Za-z]\w*)*$/.test(name)) throw new Error(`Not a field path: ${name}`)
  return name
}

export interface RowsQuery {
  readonly object: string
  /** Whose records, as in USING SCOPE. */
  readonly scope?: string | null | undefined
  readonly fields: readonly string[]
  /** Complete conditions; they are joined by AND. */
  readonly where: readonly string[]
  readonly orderBy: readonly { readonly field: string; readonly direction: 'asc' | 'desc' }[]
}

export interface ListQuery extends RowsQuery {
  readonly limit: number
  readonly offset: number
}

export function listQuery(query: ListQuery): string {
  const parts = [rowsQuery(query), `LIMIT ${query.limit}`]
  if (query.offset > 0) parts.push(`OFFSET ${query.offset}`)
  return parts.join(' ')
}

/** All rows, however many there are. */
export function rowsQuery(query: RowsQuery): string {
  const fields = [...new Set(['Id', ...query.fields])].map(fieldName).join(', ')
  const parts = [`SELECT ${fields} FROM ${fieldName(query.object)}`]
  if (typeof query.scope === 'string') parts.push(`USING SCOPE ${fieldName(query.scope)}`)
  const conditions = query.where.filter((condition) => condition !== '')
  if (conditions.length === 1) parts.push(`WHERE ${conditions.join('')}`)
  if (conditions.length > 1)
    parts.push(`WHERE ${conditions.map((one) => `(${one})`).join(' AND ')}`)
  if (query.orderBy.length > 0) {
    const order = query.orderBy.map(
      ({ field, direction }) => `${fieldName(field)} ${direction.toUpperCase()} NULLS LAST`,
    )
    parts.push(`ORDER BY ${order.join(', ')}`)
  }
  return parts.join(' ')
}

/** The path that shows a column: a lookup's name comes from its parent. */
export function columnPaths(field: FieldInfo): readonly string[] {
  const hasVisibleTarget = (field.referenceTo ?? []).length > 0
  if (field.type !== 'reference' || !field.relationshipName || !hasVisibleTarget) {
    return [field.name]
  }
  return [field.name, `${field.relationshipName}.${parentNameField(field)}`]
}

/** The name field of a lookup's target; `Name` unless the target is known to call it otherwise. */
export function parentNameField(field: FieldInfo): string {
  const [target] = field.referenceTo ?? []
  return field.referenceTo?.length === 1 && target ? nameFieldOf(target) : 'Name'
}

// By object, as the shell was told; filled before any page asks.
let nameFields: ReadonlyMap<string, string> = new Map()

export function learnNameFields(objects: readonly ObjectSummary[]): void {
  nameFields = new Map(objects.map((object) => [object.name, object.nameField]))
}

export function nameFieldOf(object: string): string {
  return nameFields.get(object) ?? 'Name'
}
