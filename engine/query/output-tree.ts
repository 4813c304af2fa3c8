/** Collects what is selected as the tree of the answer. */
import { refuse, type Refusal } from '../base/refusal.ts'
import type { FieldModel } from '../model/model.ts'
import { located } from './located.ts'
import { planFormula } from './plan-formula.ts'
import { planTypeof } from './plan-typeof.ts'
import type {
  FinishedField,
  PlannedOutput,
  PlannedTable,
  PolymorphicAttribute,
  PolymorphicOutput,
  ReadPlan,
  ShowValue,
} from './read-plan.ts'
import { everyEntry } from './read-plan.ts'
import {
  resolveChildren,
  resolvePath,
  resolvePolymorphic,
  visibleFields,
  type Gate,
  type ResolvedPolymorphic,
} from './resolve.ts'
import { selectedCall } from './select-functions.ts'
import type { CallOperand, Query, SelectItem, TypeofItem } from './soql/query.ts'
import type { TableSet } from './table-set.ts'

interface ParentNode {
  readonly key: string
  readonly table: PlannedTable
  readonly node: OutputNode
}

interface PolymorphicNode {
  readonly output: PolymorphicOutput
  readonly attributes: PolymorphicAttribute[]
}

interface OutputNode {
  readonly table: PlannedTable
  /** By lower-case key, in the order of the query. */
  readonly entries: Map<string, PlannedOutput | ParentNode | PolymorphicNode>
}

interface ReachedField {
  readonly node: OutputNode
  /** From the root to the node. */
  readonly keys: readonly string[]
  readonly field: FieldModel
}

/** Where a field's value stands in the answer, and how it is shown there. */
interface Placed {
  readonly key: string
  readonly shown: ShowValue | undefined
}

export class OutputTree {
  readonly afterRead: FinishedField[] = []
  childLists = 0
  readonly #gate: Gate
  readonly #tables: TableSet
  readonly #root: OutputNode
  #unnamed = 0

  /** `table` where the tree is not the root's: the fields of one case of TYPEOF. */
  constructor(gate: Gate, tables: TableSet, table: PlannedTable = tables.root) {
    this.#gate = gate
    this.#tables = tables
    this.#root = { table, entries: new Map() }
  }

  add(item: SelectItem): void {
    if (item.kind === 'path') return this.addPath(item.path)
    if (item.kind === 'call') return this.#addCall(item.call, item.alias)
    if (item.kind === 'typeof') return this.#addTypeof(item)
    if (item.kind !== 'fields') return
    const wanted = visibleFields(this.#gate, this.#root.table.object).filter(
      (field) => item.which === 'ALL' || field.custom === (item.which === 'CUSTOM'),
    )
    for (const field of wanted) this.#addField({ node: this.#root, keys: [], field })
  }

  addChildren(query: Query, planInner: (inner: Query, from: TableSet) => ReadPlan): void {
    const { table } = this.#root
    const children = located(query, query.fromOffset, () =>
      resolveChildren(this.#gate, table.object, query.from),
    )
    const key = children.relationshipName
    if (query.count) throw refuse('MALFORMED_QUERY', 'A child query selects fields, not COUNT().')
    this.#demandFree(this.#root, [key])
    const plan = planInner(query, this.#tables.within(children.object))
    const index = this.childLists++
    const place = { key, alias: table.alias, lookup: children.lookup, index }
    this.#root.entries.set(key.toLowerCase(), { kind: 'children', ...place, plan })
    for (const { path, ...finished } of plan.afterRead) {
      this.afterRead.push({ path: [key, 'records', everyEntry, ...path], ...finished })
    }
  }

  addPath(path: string): void {
    const polymorphic = resolvePolymorphic(this.#gate, this.#root.table.object, path)
    if (polymorphic !== undefined) return this.#addPolymorphic(polymorphic, path)
    this.#addField(this.#reach(path))
  }

  finish(): readonly PlannedOutput[] {
    return finishNode(this.#root)
  }

  /** The node at the end of a path, made on the way. */
  #reach(path: string): ReachedField {
    const { parents, field } = resolvePath(this.#gate, this.#root.table.object, path)
    let node = this.#root
    const keys: string[] = []
    for (const lookup of parents) {
      const key = lookup.reference?.relationshipName ?? lookup.name
      keys.push(key)
      node = this.#parentNode(node, key, this.#tables.step(node.table, lookup))
    }
    return { node, keys, field }
  }

  #parentNode(node: OutputNode, key: string, table: PlannedTable): OutputNode {
    const known = node.entries.get(key.toLowerCase())
    if (known !== undefined && 'node' in known) return known.node
    if (known !== undefined) throw duplicate([key])
    const made: ParentNode = { key, table, node: { table, entries: new Map() } }
    node.entries.set(key.toLowerCase(), made)
    return made.node
  }

  /** A function of a field stands where the field would, unless it has an alias; others are numbered. */
  #addCall(call: CallOperand, alias: string | undefined): void {
    const place = { gate: this.#gate, tables: this.#tables }
    const found = selectedCall(place, call)
    if (found.kind === 'column') {
      const key = alias ?? `expr${this.#unnamed++}`
      this.#demandFree(this.#root, [key])
      const { column } = found
      this.#root.entries.set(key.toLowerCase(), { kind: 'function', key, column })
      return
    }
    const { shown, column } = found
    if (alias !== undefined) {
      return this.#addAlias(found.path, { key: alias, shown }, column && { column })
    }
    const reached = this.#reach(found.path)
    if (column === undefined) return this.#addField(reached, shown)
    const { node, keys, field } = reached
    this.#demandFree(node, [...keys, field.name])
    const output: PlannedOutput = { kind: 'function', key: field.name, column }
    node.entries.set(field.name.toLowerCase(), output)
  }

  #addAlias(
    path: string,
    placed: Placed,
    given: Pick<Extract<PlannedOutput, { kind: 'function' }>, 'column'> | undefined,
  ): void {
    this.#demandFree(this.#root, [placed.key])
    if (given !== undefined) {
      const output: PlannedOutput = { kind: 'function', key: placed.key, ...given }
      this.#root.entries.set(placed.key.toLowerCase(), output)
      return
    }
    const { parents, field } = resolvePath(this.#gate, this.#root.table.object, path)
    const table = parents.reduce(
      (from, lookup) => this.#tables.step(from, lookup),
      this.#root.table,
    )
    this.#put(this.#root, { keys: [], table, field, ...placed })
  }

  #addField({ node, keys, field }: ReachedField, shown?: ShowValue): void {
    this.#demandFree(node, [...keys, field.name])
    this.#put(node, { keys, table: node.table, field, key: field.name, shown })
  }

  #put(
    node: OutputNode,
    given: Placed & {
      readonly keys: readonly string[]
      readonly table: PlannedTable
      readonly field: FieldModel
    },
  ): void {
    const { key, keys, table, field, shown } = given
    const path = [...keys, key]
    if (field.formula !== undefined) {
      const formula = planFormula(this.#tables, table, field)
      node.entries.set(key.toLowerCase(), { kind: 'computed', key, formula })
      const unfinished = formula.inSql ? undefined : formula
      if (unfinished === undefined && shown === undefined) return
      this.afterRead.push({ path, field, formula: unfinished, shown })
      return
    }
    node.entries.set(key.toLowerCase(), { kind: 'field', key, field, table })
    if (field.type.afterRead !== undefined || shown !== undefined)
      this.afterRead.push({ path, field, formula: undefined, shown })
  }

  #addPolymorphic(resolved: ResolvedPolymorphic, path: string): void {
    const key = resolved.lookup.reference?.relationshipName ?? resolved.lookup.name
    const known = this.#root.entries.get(key.toLowerCase())
    if (known !== undefined && 'attributes' in known && 'output' in known) {
      if (known.attributes.includes(resolved.attribute)) throw duplicate([path])
      known.attributes.push(resolved.attribute)
      return
    }
    if (known !== undefined) throw duplicate([key])
    const attributes = [resolved.attribute]
    const { lookup, targets } = resolved
    const { alias } = this.#root.table
    const output: PolymorphicOutput = {
      kind: 'polymorphic',
      key,
      lookup,
      alias,
      targets,
      attributes,
    }
    this.#root.entries.set(key.toLowerCase(), { output, attributes })
  }

  #addTypeof(item: TypeofItem): void {
    const place = { gate: this.#gate, tables: this.#tables, table: this.#root.table }
    const { key, afterRead, ...planned } = planTypeof(place, item, (table) => {
      return new OutputTree(this.#gate, this.#tables, table)
    })
    this.#demandFree(this.#root, [key])
    this.#root.entries.set(key.toLowerCase(), { kind: 'typeof', key, ...planned })
    this.afterRead.push(...afterRead)
  }

  #demandFree(node: OutputNode, path: readonly string[]): void {
    if (node.entries.has((path.at(-1) ?? '').toLowerCase())) throw duplicate(path)
  }
}

/** One key of the answer cannot hold two things. */
function duplicate(path: readonly string[]): Refusal {
  return refuse('INVALID_FIELD', `duplicate field selected: ${path.join('.')}`, {
    fields: path.slice(-1),
  })
}

function finishNode(node: OutputNode): readonly PlannedOutput[] {
  return [...node.entries.values()].map((entry) => {
    if ('node' in entry)
      return { kind: 'parent', key: entry.key, table: entry.table, outputs: finishNode(entry.node) }
    return 'output' in entry ? entry.output : entry
  })
}
