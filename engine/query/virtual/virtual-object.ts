/** Objects without a table: their rows are made of the model, for callers who may see what they tell of. */
import type { Gate } from '../resolve.ts'

export type VirtualValue = string | number | boolean | null | VirtualParent | VirtualList

/** A record reached from a row, such as `EntityDefinition.QualifiedApiName`. */
export interface VirtualParent {
  readonly object: string
  readonly row: VirtualRow
}

/** A value that is an object of the answer; nothing can be compared with it. */
export interface VirtualList {
  readonly json: unknown
}

export type VirtualRow = ReadonlyMap<string, VirtualValue>

export type ColumnType = 'id' | 'string' | 'boolean' | 'int' | 'complexvalue' | 'reference'

export interface VirtualObject {
  readonly name: string
  readonly label: string
  readonly keyPrefix: string | null
  /** System permission without which the object is not there. */
  readonly permission: string | undefined
  /** Where more than a permission decides. */
  readonly isThere?: (gate: Gate) => boolean
  /** Names in their canonical spelling, in the order of describe. */
  readonly columns: ReadonlyMap<string, ColumnType>
  /** Objects that rows lead to, by the name of the path. */
  readonly parents: ReadonlyMap<string, string>
  rows(gate: Gate): readonly VirtualRow[]
}

export function isParent(value: VirtualValue | undefined): value is VirtualParent {
  return typeof value === 'object' && value !== null && 'row' in value
}

export function isJson(value: VirtualValue | undefined): value is VirtualList {
  return typeof value === 'object' && value !== null && 'json' in value
}
