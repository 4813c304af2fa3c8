/** The columns of a query's answer, as tools ask for them to lay out a table. */
import type { FieldModel, ObjectModel } from '../model/model.ts'
import {
  resolveChildren,
  resolveObject,
  resolvePath,
  resolvePolymorphic,
  visibleFields,
  type Gate,
} from './resolve.ts'
import type { CallOperand, Query, SelectItem } from './soql/query.ts'
import { virtualSelection } from './virtual/evaluate-query.ts'
import type { VirtualObject } from './virtual/virtual-object.ts'

export interface ColumnMetadata {
  readonly columnName: string
  readonly displayName: string
  /** A list of children, or the value of a function. */
  readonly aggregate: boolean
  readonly joinColumns: readonly ColumnMetadata[]
  readonly [attribute: string]: unknown
}

export interface QueryColumns {
  readonly columnMetadata: readonly ColumnMetadata[]
  readonly entityName: string
  readonly groupBy: boolean
  readonly idSelected: boolean
  readonly keyPrefix: string
}

export function describeColumns(gate: Gate, query: Query): QueryColumns {
  const made = virtualSelection(gate, query)
  if (made !== undefined) {
    const { object, paths } = made
    return shown(query, object, merged(paths.map((path) => madeColumn(object, path))))
  }
  const object = resolveObject(gate, query.from)
  return shown(query, object, columnsOf(gate, object, query))
}

function shown(
  query: Query,
  { name, keyPrefix }: { readonly name: string; readonly keyPrefix: string | null },
  columnMetadata: readonly ColumnMetadata[],
): QueryColumns {
  return {
    columnMetadata,
    entityName: name,
    groupBy: query.groupBy !== undefined,
    idSelected: columnMetadata.some(({ columnName }) => columnName === 'Id'),
    keyPrefix: keyPrefix ?? '',
  }
}

/** Of rows that are made of the model. */
function madeColumn(object: VirtualObject, path: readonly string[]): ColumnMetadata {
  const parents = path.slice(0, -1)
  const name = path.at(-1) ?? ''
  const type = parents.length === 0 ? object.columns.get(name) : undefined
  const column: ColumnMetadata = {
    ...named(name),
    booleanType: type === 'boolean',
    numberType: type === 'int',
    textType: type === 'string' || type === 'id',
  }
  return parents.reduceRight<ColumnMetadata>(
    (inner, parent) => ({ ...named(parent), joinColumns: [inner] }),
    column,
  )
}

function columnsOf(gate: Gate, object: ObjectModel, query: Query): readonly ColumnMetadata[] {
  const unnamed = { count: 0 }
  return merged(query.select.flatMap((item) => columnOf(gate, object, { item, unnamed })))
}

interface ItemToDescribe {
  readonly item: SelectItem
  /** Functions without an alias are numbered. */
  readonly unnamed: { count: number }
}

function columnOf(
  gate: Gate,
  object: ObjectModel,
  { item, unnamed }: ItemToDescribe,
): readonly ColumnMetadata[] {
  if (item.kind === 'fields') {
    const fields = visibleFields(gate, object).filter(
      ({ custom }) => item.which === 'ALL' || custom === (item.which === 'CUSTOM'),
    )
    return fields.map((field) => fieldColumn(field, field.name))
  }
  if (item.kind === 'children') {
    const { object: child, relationshipName } = resolveChildren(gate, object, item.query.from)
    const joinColumns = columnsOf(gate, child, item.query)
    return [{ ...named(relationshipName), aggregate: true, joinColumns }]
  }
  if (item.kind === 'call') {
    const name = item.alias ?? `expr${unnamed.count++}`
    return [{ ...named(name, callText(item.call)), aggregate: true, joinColumns: [] }]
  }
  if (item.kind === 'typeof') return [named(item.path)]
  if (item.alias !== undefined) return [named(item.alias, item.path)]
  return [pathColumn(gate, object, item.path)]
}

function pathColumn(gate: Gate, object: ObjectModel, path: string): ColumnMetadata {
  const polymorphic = resolvePolymorphic(gate, object, path)
  if (polymorphic !== undefined) {
    const { parents, lookup, attribute } = polymorphic
    return within([...parents, lookup], named(attribute))
  }
  const { parents, field } = resolvePath(gate, object, path)
  return within(parents, fieldColumn(field, field.name))
}

/** A field of a parent stands among the columns of that parent. */
function within(parents: readonly FieldModel[], column: ColumnMetadata): ColumnMetadata {
  return parents.reduceRight<ColumnMetadata>(
    (inner, lookup) => ({
      ...named(lookup.reference?.relationshipName ?? lookup.name),
      joinColumns: [inner],
    }),
    column,
  )
}

/** Several fields of one parent are columns of one. */
function merged(columns: readonly ColumnMetadata[]): readonly ColumnMetadata[] {
  const byName = new Map<string, ColumnMetadata>()
  for (const column of columns) {
    const known = byName.get(column.columnName)
    const joins = [...(known?.joinColumns ?? []), ...column.joinColumns]
    byName.set(column.columnName, { ...column, joinColumns: merged(joins) })
  }
  return [...byName.values()]
}

const texts: ReadonlySet<string> = new Set(['string', 'textarea', 'email', 'phone', 'url', 'id'])
const numbers: ReadonlySet<string> = new Set(['double', 'int', 'currency', 'percent'])

function named(columnName: string, displayName = columnName): ColumnMetadata {
  return {
    aggregate: false,
    apexType: null,
    booleanType: false,
    columnName,
    custom: false,
    displayName,
    foreignKeyName: null,
    insertable: false,
    joinColumns: [],
    numberType: false,
    textType: false,
    updatable: false,
  }
}

function fieldColumn(field: FieldModel, name: string): ColumnMetadata {
  const { type } = field.type.describe(field.options)
  return {
    ...named(name),
    booleanType: type === 'boolean',
    custom: field.custom,
    foreignKeyName: field.reference?.relationshipName ?? null,
    insertable: field.createable,
    numberType: numbers.has(type),
    textType: texts.has(type),
    updatable: field.updateable,
  }
}

function callText({ name, args }: CallOperand): string {
  const inside = args.map((arg) =>
    arg.kind === 'path' ? arg.path : arg.kind === 'call' ? callText(arg) : '',
  )
  return `${name}(${inside.join(', ')})`
}
