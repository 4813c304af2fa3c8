/** TYPEOF: which fields are shown of the record behind a lookup, by the object it is of. */
import { refuse } from '../base/refusal.ts'
import type { ObjectModel } from '../model/model.ts'
import {
  ofObject,
  type FinishedField,
  type PlannedOutput,
  type PlannedTable,
  type PolymorphicAttribute,
  type PolymorphicOutput,
  type TypeofCase,
} from './read-plan.ts'
import {
  noteObjectName,
  polymorphicAttributeOf,
  resolvePolymorphic,
  unknownTarget,
  type Gate,
  type ResolvedPolymorphic,
} from './resolve.ts'
import type { PathOperand, TypeofItem } from './soql/query.ts'
import type { TableSet } from './table-set.ts'

interface TypeofPlace {
  readonly gate: Gate
  readonly tables: TableSet
  /** Whose lookup it is. */
  readonly table: PlannedTable
}

/** Collects the fields of one case. */
interface CaseTree {
  addPath(path: string): void
  finish(): readonly PlannedOutput[]
  readonly afterRead: readonly FinishedField[]
}

export interface PlannedTypeof {
  readonly key: string
  readonly cases: readonly TypeofCase[]
  readonly otherwise: PolymorphicOutput | undefined
  readonly afterRead: readonly FinishedField[]
}

export function planTypeof(
  place: TypeofPlace,
  item: TypeofItem,
  treeOf: (table: PlannedTable) => CaseTree,
): PlannedTypeof {
  const { gate, tables, table } = place
  const resolved = resolvePolymorphic(gate, table.object, `${item.path}.Id`)
  if (resolved === undefined) {
    const message = `TYPEOF takes a lookup that leads to several objects; '${item.path}' is none.`
    throw refuse('INVALID_FIELD', message, { fields: [item.path] })
  }
  const { lookup } = resolved
  const key = lookup.reference?.relationshipName ?? lookup.name
  const afterRead: FinishedField[] = []
  const cases = item.cases.map(({ object, paths }): TypeofCase => {
    const target = targetNamed(gate, resolved, object)
    const joined = tables.step(table, lookup, { meant: target })
    const tree = treeOf(joined)
    for (const { path } of paths) tree.addPath(path)
    for (const { path, ...finished } of tree.afterRead) {
      afterRead.push({ ...finished, path: [key, ofObject + target.name, ...path] })
    }
    return { table: joined, outputs: tree.finish() }
  })
  const named = new Set(cases.map((one) => one.table.object.name))
  if (named.size < cases.length) throw refuse('MALFORMED_QUERY', 'WHEN names an object twice.')
  return { key, cases, afterRead, otherwise: othersOf(place, resolved, { item, named }) }
}

function targetNamed(
  gate: Gate,
  { lookup, targets }: ResolvedPolymorphic,
  name: string,
): ObjectModel {
  const object = gate.model.object(name)
  const found = targets.find((target) => target.name === object?.name)
  if (found === undefined) throw unknownTarget(lookup, name, targets)
  noteObjectName(gate, found, name)
  return found
}

/** ELSE knows what all objects have. */
function othersOf(
  { table }: TypeofPlace,
  { lookup, targets }: ResolvedPolymorphic,
  { item, named }: { readonly item: TypeofItem; readonly named: ReadonlySet<string> },
): PolymorphicOutput | undefined {
  if (item.otherwise.length === 0) return undefined
  return {
    kind: 'polymorphic',
    key: lookup.name,
    lookup,
    alias: table.alias,
    targets: targets.filter((target) => !named.has(target.name)),
    attributes: [...new Set(item.otherwise.map(commonAttribute))],
  }
}

function commonAttribute({ path }: PathOperand): PolymorphicAttribute {
  const attribute = polymorphicAttributeOf(path)
  if (attribute !== undefined) return attribute
  throw refuse('INVALID_FIELD', `ELSE shows Id, Name and Type alone; '${path}' is none of them.`, {
    fields: [path],
  })
}
