/** What the value of a field is made of: the fields that its formula or its roll-up reads. */
import { analyseField } from './formula-analysis.ts'
import type { FieldSketch, ObjectOutline } from './object-outline.ts'
import type { Scope } from './scope.ts'

export interface FieldSource {
  readonly outline: ObjectOutline
  readonly field: FieldSketch
}

/** Each once, lookups on the way included; none for fields that are stored as they were entered. */
export function derivedFrom(
  outline: ObjectOutline,
  field: FieldSketch,
  index: Scope,
): readonly FieldSource[] {
  const found = new Map<string, FieldSource>()
  const add = (source: FieldSource): void => {
    found.set(`${source.outline.name}.${source.field.name}`, source)
  }
  if (field.formula !== undefined) {
    const { formula } = analyseField(outline, field, index).analysis
    for (const { path } of formula?.mentions ?? []) walk(outline, path, { index, add })
  }
  for (const text of rolledUp(field)) {
    const dot = text.indexOf('.')
    const child = index.outline(text.slice(0, dot))
    const source = child?.byName.get(text.slice(dot + 1).toLowerCase())
    if (child !== undefined && source !== undefined) add({ outline: child, field: source })
  }
  return [...found.values()]
}

/** "Child.Field" texts that a roll-up reads; whoever may not see the link may not know how many follow it. */
function rolledUp({ options }: FieldSketch): readonly string[] {
  const filters = (options.summaryFilterItems ?? []).map((item) => item.field)
  const { summarizedField, summaryForeignKey } = options
  return [summarizedField, summaryForeignKey, ...filters].filter((text) => text !== undefined)
}

/** Where globals begin: their records have fields too, and rights on them. */
const globalObjects = new Map([
  ['$User', 'User'],
  ['$Profile', 'Profile'],
  ['$UserRole', 'UserRole'],
  ['$Organization', 'Organization'],
])

function walk(
  outline: ObjectOutline,
  path: string,
  { index, add }: { readonly index: Scope; readonly add: (source: FieldSource) => void },
): void {
  const steps = path.split('.')
  const global = globalObjects.get(steps[0] ?? '')
  if (path.startsWith('$') && global === undefined) return
  let current = global === undefined ? outline : index.outline(global)
  const names = global === undefined ? steps : steps.slice(1)
  for (const step of names.slice(0, -1)) {
    const [name = '', target] = step.split(':')
    const reference = current?.references.find((one) => one.path === name)
    if (current === undefined || reference === undefined) return
    add({ outline: current, field: reference.field })
    current = index.outline(target ?? reference.targets[0] ?? '')
  }
  const last = current?.byName.get((names.at(-1) ?? '').toLowerCase())
  if (current !== undefined && last !== undefined) add({ outline: current, field: last })
}
