/** Finds what roll-up summaries are made of in other objects, or tells why they cannot be computed. */
import { message, type Message } from '../base/message.ts'
import type { SummaryFilter, SummaryLink, SummaryOperation } from '../fields/field-type.ts'
import { resultColumn } from '../formula/compile-formula.ts'
import { summableTypes } from '../fields/summary-holder.ts'
import {
  indexFields,
  isComputed,
  type FieldSketch,
  type KeptField,
  type ObjectOutline,
} from './object-outline.ts'
import type { Pointer } from './source-problem.ts'
import { readSummaryFilter } from './summary-filter.ts'

/** Any letter case; previous names too. */
export type FindOutline = (object: string) => ObjectOutline | undefined

/** `kept`: something it is made of is not in this model or not acted on; `wrong`: it can never be computed. */
export type Linked =
  | { readonly kind: 'linked'; readonly link: SummaryLink }
  | { readonly kind: 'kept'; readonly reason: Message }
  | { readonly kind: 'wrong'; readonly reason: Message; readonly pointer: Pointer }

export function isSummary(field: FieldSketch): boolean {
  return field.type.name === 'Summary'
}

/** The outlines with every summary linked, or kept without effect; objects without summaries stay as they are. */
export function linkSummaries(
  outlines: ReadonlyMap<string, ObjectOutline>,
  find: FindOutline,
): ReadonlyMap<string, ObjectOutline> {
  const concerned = [...outlines].filter(([, outline]) => outline.fields.some(isSummary))
  if (concerned.length === 0) return outlines
  const linked = new Map(outlines)
  for (const [name, outline] of concerned) linked.set(name, linkOutline(outline, find))
  return linked
}

/** By what the links say: an outline stays the same object as long as they do. */
const known = new WeakMap<ObjectOutline, Map<string, ObjectOutline>>()

function linkOutline(outline: ObjectOutline, find: FindOutline): ObjectOutline {
  const links = new Map<FieldSketch, SummaryLink>()
  const kept = new Map<string, KeptField>(outline.kept)
  for (const field of outline.fields.filter(isSummary)) {
    const result = linkSummary(outline, field, { find })
    if (result.kind === 'linked') links.set(field, result.link)
    else kept.set(field.name.toLowerCase(), { name: field.name, reason: result.reason })
  }
  const key = JSON.stringify([[...links.values()], [...kept.values()]])
  const versions = known.get(outline) ?? new Map<string, ObjectOutline>()
  known.set(outline, versions)
  const same = versions.get(key)
  if (same !== undefined) return same
  const fields = outline.fields.flatMap((field) => {
    const summary = links.get(field)
    if (summary !== undefined) {
      return [{ ...field, options: Object.freeze({ ...field.options, summary }) }]
    }
    return isSummary(field) ? [] : [field]
  })
  const byName = indexFields(fields)
  const computed = fields.filter(isComputed)
  const made: ObjectOutline = { ...outline, fields, kept, byName, computed }
  versions.set(key, made)
  return made
}

export interface LinkOptions {
  readonly find: FindOutline
  /** The summaries that this one is computed for, "Object.Field", the first at the top. */
  readonly above?: readonly string[]
}

export function linkSummary(
  outline: ObjectOutline,
  field: FieldSketch,
  { find, above = [] }: LinkOptions,
): Linked {
  const { summaryOperation: operation, summaryForeignKey: foreignKey = '' } = field.options
  const self = `${outline.name}.${field.name}`
  if (operation === undefined) return wrong(message('has no summaryOperation'), [])
  if (above.includes(self)) {
    const path = [...above.slice(above.indexOf(self)), self].join(' → ')
    return wrong(message('sums itself up: {path}', { path }), ['summarizedField'])
  }
  const children = foundField(find, foreignKey)
  if ('reason' in children) return kept(children.reason)
  const relation = checkForeignKey(outline, children, find)
  if (relation !== undefined) return wrong(relation, ['summaryForeignKey'])
  const base = { operation, child: children.outline.name, foreignKey: children.field.name }
  const path = [...above, self]
  const shape = shapeOf(field, { children, operation, find, path })
  if ('kind' in shape) return shape
  const filters = filtersOf(field, { children, find, path })
  if ('kind' in filters) return filters
  return { kind: 'linked', link: { ...base, ...shape, filters: filters.filters } }
}

function wrong(reason: Message, pointer: Pointer): Linked & { kind: 'wrong' } {
  return { kind: 'wrong', reason, pointer }
}

function kept(reason: Message): Linked & { kind: 'kept' } {
  return { kind: 'kept', reason: message('sums up {reason}', { reason }) }
}

const notHere = message('is not in this model')

interface FoundField {
  readonly outline: ObjectOutline
  readonly field: FieldSketch
}

/** "Object.Field"; a reason where the model has it not, or without effect. */
function foundField(find: FindOutline, qualified: string): FoundField | { reason: Message } {
  const dot = qualified.indexOf('.')
  const outline = find(qualified.slice(0, dot))
  if (outline === undefined)
    return { reason: message('{name}, which {reason}', { name: qualified, reason: notHere }) }
  const folded = qualified.slice(dot + 1).toLowerCase()
  const field = outline.byName.get(folded)
  if (field !== undefined) return { outline, field }
  const reason = outline.kept.get(folded)?.reason ?? notHere
  return { reason: message('{name}, which {reason}', { name: qualified, reason }) }
}

function checkForeignKey(
  parent: ObjectOutline,
  { outline: child, field }: FoundField,
  find: FindOutline,
): Message | undefined {
  const qualified = `${child.name}.${field.name}`
  const targets = field.type.reference?.(field.options)?.targets ?? []
  if (field.origin === 'system' || !targets.some((target) => find(target)?.name === parent.name)) {
    const values = { field: qualified, child: child.name, parent: parent.name }
    return message('{field} is no lookup of {child} that points at {parent}', values)
  }
  return undefined
}

interface SourceContext {
  readonly children: FoundField
  readonly find: FindOutline
  readonly path: readonly string[]
}

type SourceShape = Pick<SummaryLink, 'source' | 'type' | 'scale'>

function shapeOf(
  field: FieldSketch,
  context: SourceContext & { readonly operation: SummaryOperation },
): SourceShape | (Linked & { kind: 'kept' | 'wrong' }) {
  const { children, operation, find } = context
  if (operation === 'count') return { source: undefined, type: 'Number', scale: 0 }
  const { summarizedField } = field.options
  const allowed = summableTypes(operation)
  if (summarizedField === undefined) {
    return wrong(message('needs a summarizedField: the field to {operation}', { operation }), [])
  }
  const found = foundField(find, summarizedField)
  if ('reason' in found) return kept(found.reason)
  if (found.outline.name !== children.outline.name) {
    const reason = message('sums up {field}, but its children are {child} records', {
      field: summarizedField,
      child: children.outline.name,
    })
    return wrong(reason, ['summarizedField'])
  }
  const shape = valueShape(found, context)
  if ('kind' in shape) return shape
  if (!allowed.includes(shape.type)) {
    const reason = message('cannot {operation} {field} ({type}); that takes {types}', {
      operation,
      field: summarizedField,
      type: shape.type,
      types: allowed.join(', '),
    })
    return wrong(reason, ['summarizedField'])
  }
  return { source: found.field.name, ...shape }
}

function valueShape(
  { outline, field }: FoundField,
  { find, path }: SourceContext,
): Pick<SummaryLink, 'type' | 'scale'> | (Linked & { kind: 'kept' | 'wrong' }) {
  if (isSummary(field)) {
    const below = linkSummary(outline, field, { find, above: path })
    if (below.kind !== 'linked') return carried(below, `${outline.name}.${field.name}`)
    const { type, scale } = below.link
    return { type, ...(scale === undefined ? {} : { scale }) }
  }
  const kind =
    field.formula === undefined
      ? field.type.columns(field.options)['']
      : resultColumn(field.formula.result)
  const scale = kind?.kind === 'decimal' ? { scale: kind.scale } : {}
  return { type: field.type.name, ...scale }
}

/** What is wrong below is told below, except for a circle, which each of its members tells. */
function carried(
  below: Linked & { kind: 'kept' | 'wrong' },
  name: string,
): Linked & { kind: 'kept' | 'wrong' } {
  if (below.kind === 'wrong' && below.reason.sentence.startsWith('sums itself up')) return below
  return {
    kind: 'kept',
    reason: message('sums up {name}, which {reason}', { name, reason: below.reason }),
  }
}

function filtersOf(
  field: FieldSketch,
  { children, find, path }: SourceContext,
): { filters: readonly SummaryFilter[] } | (Linked & { kind: 'kept' | 'wrong' }) {
  const filters: SummaryFilter[] = []
  for (const [index, item] of (field.options.summaryFilterItems ?? []).entries()) {
    const pointer = ['summaryFilterItems', index]
    const found = foundField(find, item.field)
    if ('reason' in found) return kept(found.reason)
    const { outline } = found
    if (outline.name !== children.outline.name) {
      const reason = message('filters by {field}, but its children are {child} records', {
        field: item.field,
        child: children.outline.name,
      })
      return wrong(reason, [...pointer, 'field'])
    }
    const compared = linkedField(found, find, path)
    if ('kind' in compared) return compared
    const read = readSummaryFilter(compared, item)
    if ('reason' in read) return wrong(read.reason, pointer)
    filters.push(read)
  }
  return { filters }
}

/** A summary among the filter fields is compared as what it holds. */
function linkedField(
  { outline, field }: FoundField,
  find: FindOutline,
  path: readonly string[],
): FieldSketch | (Linked & { kind: 'kept' | 'wrong' }) {
  if (!isSummary(field)) return field
  const below = linkSummary(outline, field, { find, above: path })
  if (below.kind !== 'linked') return carried(below, `${outline.name}.${field.name}`)
  return { ...field, options: { ...field.options, summary: below.link } }
}
