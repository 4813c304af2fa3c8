/** Collects what is selected as the tree of the answer. */
import { refuse, type Refusal } from '../base/refusal.ts'
import type { FieldModel } from '../model/model.ts'
import { personTarget, userObject } from '../model/people-lookup.ts'
import { textLiteral, type Sql } from '../sql/sql.ts'
import { mayHaveRest } from './compile-children.ts'
import { located } from './located.ts'
import { planFormula } from './plan-formula.ts'
import { planTypeof } from './plan-typeof.ts'
import type {
  ExpressionColumn,
  FinishedField,
  PlannedOutput,
  PlannedTable,
  PolymorphicAttribute,
  ReadPlan,
  ShowValue,
} from './read-plan.ts'
import { everyEntry, ofObject } from './read-plan.ts'
import {
  resolveChildren,
  resolveField,
  resolvePath,
  resolvePolymorphic,
  typeBehind,
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
  readonly key: string
  readonly resolved: ResolvedPolymorphic
  /** The table that has the lookup. */
  readonly table: PlannedTable
  readonly attributes: PolymorphicAttribute[]
  /** Where more is selected of a person than groups have as well. */
  person?: OutputNode
}

interface OutputNode {
  readonly table: PlannedTable
  /** By lower-case key, in the order of the query. */
  readonly entries: Map<string, OutputEntry>
}

type OutputEntry = PlannedOutput | ParentNode | PolymorphicNode

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

const noKeys: readonly string[] = []

export class OutputTree {
  readonly afterRead: FinishedField[] = []
  /** Child lists whose rest may have to be asked for. */
  openLists = 0
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
    this.#demandFree(this.#root, noKeys, key)
    const index = this.#tables.numberList()
    const plan = planInner(query, this.#tables.within(children.object))
    this.openLists += plan.openLists + Number(mayHaveRest(plan))
    const place = { key, alias: table.alias, lookup: children.lookup, index }
    this.#root.entries.set(key.toLowerCase(), { kind: 'children', ...place, plan })
    for (const { path, ...finished } of plan.afterRead) {
      this.afterRead.push({ path: [key, 'records', everyEntry, ...path], ...finished })
    }
  }

  addPath(path: string): void {
    if (!path.includes('.')) {
      const node = this.#root
      const field = resolveField(this.#gate, node.table.object, path)
      return this.#addField({ node, keys: noKeys, field })
    }
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
    return { ...this.#walk(parents), field }
  }

  #walk(parents: readonly FieldModel[]): Omit<ReachedField, 'field'> {
    let node = this.#root
    const keys: string[] = []
    for (const lookup of parents) {
      const key = lookup.reference?.relationshipName ?? lookup.name
      keys.push(key)
      const person = personTarget(lookup.reference?.targets ?? [])
      if (person === undefined) {
        node = this.#parentNode(node, key, this.#tables.step(node.table, lookup))
        continue
      }
      keys.push(ofObject + person)
      node = this.#personNode(node, key, lookup)
    }
    return { node, keys }
  }

  #personNode(node: OutputNode, key: string, lookup: FieldModel): OutputNode {
    const resolved = resolvePolymorphic(this.#gate, node.table.object, `${key}.Id`)
    if (resolved === undefined) throw new Error(`${key} leads to people and groups`)
    const entry = this.#polymorphicNode(node, key, resolved)
    const meant = resolved.targets.find((target) => target.name === userObject)
    entry.person ??= {
      table: this.#tables.step(node.table, lookup, { meant }),
      entries: new Map(),
    }
    return entry.person
  }

  #polymorphicNode(node: OutputNode, key: string, resolved: ResolvedPolymorphic): PolymorphicNode {
    const known = node.entries.get(key.toLowerCase())
    if (known !== undefined && 'resolved' in known) return known
    if (known !== undefined) throw duplicate([key])
    const made: PolymorphicNode = { key, resolved, table: node.table, attributes: [] }
    node.entries.set(key.toLowerCase(), made)
    return made
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
      this.#demandFree(this.#root, noKeys, key)
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
    this.#demandFree(node, keys, field.name)
    const output: PlannedOutput = { kind: 'function', key: field.name, column }
    node.entries.set(field.name.toLowerCase(), output)
  }

  #addAlias(
    path: string,
    placed: Placed,
    given: Pick<Extract<PlannedOutput, { kind: 'function' }>, 'column'> | undefined,
  ): void {
    this.#demandFree(this.#root, noKeys, placed.key)
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
    this.#demandFree(node, keys, field.name)
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
    if (field.formula !== undefined) {
      const formula = planFormula(this.#tables, table, field)
      node.entries.set(key.toLowerCase(), { kind: 'computed', key, formula })
      const unfinished = formula.inSql ? undefined : formula
      if (unfinished === undefined && shown === undefined) return
      this.afterRead.push({ path: [...keys, key], field, formula: unfinished, shown })
      return
    }
    node.entries.set(key.toLowerCase(), { kind: 'field', key, field, table })
    if (field.type.afterRead !== undefined || shown !== undefined)
      this.afterRead.push({ path: [...keys, key], field, formula: undefined, shown })
  }

  #addPolymorphic(resolved: ResolvedPolymorphic, path: string): void {
    const { lookup, attribute } = resolved
    const key = lookup.reference?.relationshipName ?? lookup.name
    const { node } = this.#walk(resolved.parents)
    const { attributes } = this.#polymorphicNode(node, key, resolved)
    if (attributes.includes(attribute)) throw duplicate([path])
    attributes.push(attribute)
  }

  #addTypeof(item: TypeofItem): void {
    const place = { gate: this.#gate, tables: this.#tables, table: this.#root.table }
    const { key, afterRead, ...planned } = planTypeof(place, item, (table) => {
      return new OutputTree(this.#gate, this.#tables, table)
    })
    this.#demandFree(this.#root, noKeys, key)
    this.#root.entries.set(key.toLowerCase(), { kind: 'typeof', key, ...planned })
    this.afterRead.push(...afterRead)
  }

  #demandFree(node: OutputNode, keys: readonly string[], key: string): void {
    if (node.entries.has(key.toLowerCase())) throw duplicate([...keys, key])
  }
}

/** One key of the answer cannot hold two things. */
function duplicate(path: readonly string[]): Refusal {
  const shown = path.filter((key) => !key.startsWith(ofObject)).join('.')
  return refuse('INVALID_FIELD', `duplicate field selected: ${shown}`, {
    fields: path.slice(-1),
  })
}

function finishNode(node: OutputNode): readonly PlannedOutput[] {
  return [...node.entries.values()].map((entry) => {
    if ('node' in entry)
      return { kind: 'parent', key: entry.key, table: entry.table, outputs: finishNode(entry.node) }
    return 'resolved' in entry ? finishPolymorphic(entry) : entry
  })
}

function finishPolymorphic({
  key,
  resolved,
  table,
  attributes,
  person,
}: PolymorphicNode): PlannedOutput {
  const { lookup, targets } = resolved
  const shared = { kind: 'polymorphic', key, lookup, alias: table.alias, attributes } as const
  if (person === undefined) return { ...shared, targets }
  const more = finishNode(person)
  const own = attributes.map((attribute) => personOutput(person.table, lookup, attribute))
  const groups = targets.filter((target) => target.name !== userObject)
  const blanks = more.map((output) => output.key)
  return {
    kind: 'typeof',
    key,
    cases: [{ table: person.table, outputs: [...own, ...more] }],
    otherwise: { ...shared, targets: groups, blanks },
  }
}

function personOutput(
  table: PlannedTable,
  lookup: FieldModel,
  attribute: PolymorphicAttribute,
): PlannedOutput {
  const { object } = table
  const field = attribute === 'Name' ? object.nameField : object.fieldsByName.get('id')
  if (attribute !== 'Type' && field !== undefined)
    return { kind: 'field', key: attribute, field, table }
  const expression = (): Sql => textLiteral(typeBehind(lookup, object))
  const column: ExpressionColumn = { expression, key: 'type', kind: { kind: 'text' } }
  return { kind: 'function', key: attribute, column }
}
