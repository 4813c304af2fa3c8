/** Roll-up summaries of one object: their children, source and conditions, and no circle among them. */
import type { Declaration, SourceProblem } from './declaration.ts'
import { isSummary, linkSummary, type FindOutline } from './link-summaries.ts'
import { outlineOf } from './object-outline.ts'
import { problemAt } from './source-problem.ts'

export function checkSummaries(
  declaration: Declaration<'CustomObject'>,
  find: FindOutline,
): readonly SourceProblem[] {
  // All as declared: where links were looked for, those that were not found are gone.
  const declared: FindOutline = (name) => {
    const found = find(name)
    return found === undefined ? undefined : outlineOf(found.declaration)
  }
  const outline = outlineOf(declaration)
  return outline.fields.filter(isSummary).flatMap((field) => {
    const linked = linkSummary(outline, field, { find: declared })
    if (linked.kind !== 'wrong') return []
    const index = (declaration.body.fields ?? []).findIndex((one) => one.fullName === field.name)
    const component = `${outline.name}.${field.name}`
    const reason = `roll-up summary ${component} ${linked.reason}`
    return [problemAt(declaration, ['fields', index, ...linked.pointer], { component, reason })]
  })
}
