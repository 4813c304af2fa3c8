/** Roll-up summaries of one object: their children, source and conditions, and no circle among them. */
import { message, type Message } from '../base/message.ts'
import type { Declaration, SourceProblem } from './declaration.ts'
import { analyseField } from './formula-analysis.ts'
import { isSummary, linkSummary, type FindOutline, type Linked } from './link-summaries.ts'
import { outlineOf, type FieldSketch, type ObjectOutline } from './object-outline.ts'
import type { Scope } from './scope.ts'
import { problemAt } from './source-problem.ts'

export function checkSummaries(
  declaration: Declaration<'CustomObject'>,
  index: Scope,
): readonly SourceProblem[] {
  // All as declared: where links were looked for, those that were not found are gone.
  const declared: FindOutline = (name) => {
    const found = index.outline(name)
    return found === undefined ? undefined : outlineOf(found.declaration)
  }
  const outline = outlineOf(declaration)
  return outline.fields.filter(isSummary).flatMap((field) => {
    const linked = withOwnRows(linkSummary(outline, field, { find: declared }), index)
    if (linked.kind !== 'wrong') return []
    const position = (declaration.body.fields ?? []).findIndex((one) => one.fullName === field.name)
    const component = `${outline.name}.${field.name}`
    const reason = message('roll-up summary {field} {reason}', {
      field: component,
      reason: linked.reason,
    })
    const pointer = ['fields', position, ...linked.pointer]
    return [problemAt(declaration, pointer, { component, reason })]
  })
}

/** Only what stands in the children themselves can be kept up to date when they change. */
function withOwnRows(linked: Linked, index: Scope): Linked {
  if (linked.kind !== 'linked') return linked
  const child = index.outline(linked.link.child)
  if (child === undefined) return linked
  const { source, filters } = linked.link
  const names = [
    ...(source === undefined ? [] : [[source, ['summarizedField']] as const]),
    ...filters.map(({ field }, at) => [field, ['summaryFilterItems', at, 'field']] as const),
  ]
  for (const [name, pointer] of names) {
    const field = child.byName.get(name.toLowerCase())
    const outside = field && readsOutside(child, field, index)
    if (outside !== undefined) {
      const reason = message('cannot be kept up to date: the formula of {field} reads {outside}', {
        field: `${child.name}.${name}`,
        outside,
      })
      return { kind: 'wrong', reason, pointer }
    }
  }
  return linked
}

/** What a formula takes from other records, from the moment or from whoever looks; undefined for none of them. */
function readsOutside(
  outline: ObjectOutline,
  field: FieldSketch,
  index: Scope,
): string | Message | undefined {
  if (field.formula === undefined) return undefined
  const { formula } = analyseField(outline, field, index).analysis
  if (formula === undefined) return undefined
  if (formula.volatile) return message('the moment')
  for (const { path } of formula.mentions) {
    if (path.includes('.')) return path
    const own = outline.byName.get(path.toLowerCase())
    const outside = own && readsOutside(outline, own, index)
    if (outside !== undefined) return outside
  }
  return undefined
}
