/** What a formula mentions, by a scan of its text: every name that could mean a field counts. */
import type { ObjectOutline } from './object-outline.ts'
import type { Scope } from './scope.ts'

/** A text, a comment, or a name with its path; `$` begins a global. */
export const formulaToken =
  /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\/\*[\s\S]*?\*\/|\$?[A-Za-z_][\w]*(?:\s*[.:]\s*[A-Za-z_]\w*)*/g

/** Where the fields of a global's path begin: behind its own name, or behind that of an object. */
const globalObjects = new Map([
  ['$user', 'User'],
  ['$profile', 'Profile'],
  ['$userrole', 'UserRole'],
  ['$organization', 'Organization'],
])
const fieldsBehind = new Map([
  ['$objecttype', 3],
  ['$setup', 2],
  ['$custommetadata', 3],
])

/** The object whose fields a global's path names, and how many steps come before them. */
export function globalPlace(
  steps: readonly string[],
): { readonly object: string; readonly before: number; readonly isNamed: boolean } | undefined {
  const [first = '', second] = steps
  const object = globalObjects.get(first.toLowerCase())
  if (object !== undefined) return { object, before: 1, isNamed: false }
  const before = fieldsBehind.get(first.toLowerCase())
  if (before === undefined || second === undefined) return undefined
  return { object: second, before, isNamed: true }
}

/** Keys of the fields that names and paths of the formula may mean. */
export function formulaMentions(
  formula: string,
  object: string | undefined,
  scope: Scope,
): readonly string[] {
  const outline = object === undefined ? undefined : scope.outline(object)
  if (outline === undefined) return []
  const keys = new Set<string>()
  for (const [text] of formula.matchAll(formulaToken)) {
    if (/^["'/]/.test(text)) continue
    const steps = text.split(/\s*[.:]\s*/)
    if (!text.startsWith('$')) walk(outline, steps, { scope, keys })
    else walkGlobal(steps, { scope, keys })
  }
  return [...keys]
}

/** Lower-case full names of the components that a formula reaches: objects along its paths, and what stands behind globals. */
export function formulaComponents(
  formula: string,
  object: string | undefined,
  scope: Scope,
): readonly string[] {
  const names = new Set<string>()
  for (const key of formulaMentions(formula, object, scope)) {
    const name = key.slice(key.indexOf(' ') + 1)
    names.add((name.split('.', 1)[0] ?? name).toLowerCase())
  }
  if (!formula.includes('$')) return [...names]
  for (const [text] of formula.matchAll(formulaToken)) {
    const [first = '', second = '', third = ''] = text.toLowerCase().split(/\s*\.\s*/)
    names.add(behindGlobal.get(first)?.(second, third) ?? first)
  }
  return [...names]
}

/** Globals that mean components other than objects: lower-case names as files have them. */
const behindGlobal: ReadonlyMap<string, (second: string, third: string) => string> = new Map([
  ['$label', () => 'customlabels'],
  ['$permission', (name: string) => name],
  ['$valueset', (name: string) => name],
  ['$custommetadata', (type: string, record: string) => `${type.replace(/__mdt$/, '')}.${record}`],
])

function walkGlobal(
  steps: readonly string[],
  context: { readonly scope: Scope; readonly keys: Set<string> },
): void {
  const place = globalPlace(steps)
  const outline = place && context.scope.outline(place.object)
  if (place === undefined || outline === undefined) return
  if (place.isNamed) context.keys.add(`CustomObject ${outline.name}`)
  walk(outline, steps.slice(place.before), context)
}

function walk(
  outline: ObjectOutline,
  path: readonly string[],
  context: { readonly scope: Scope; readonly keys: Set<string> },
): void {
  const [first, ...rest] = path
  if (first === undefined) return
  const folded = first.toLowerCase()
  const own = outline.byName.get(folded) ?? outline.kept.get(folded)
  if (own !== undefined) context.keys.add(`CustomField ${outline.name}.${own.name}`)
  for (const reference of outline.references) {
    if (reference.path.toLowerCase() !== folded) continue
    context.keys.add(`CustomField ${outline.name}.${reference.field.name}`)
    for (const target of reference.targets) {
      const next = context.scope.outline(target)
      // A step such as "User" in "Owner:User.Name" names the target itself.
      const steps = rest[0]?.toLowerCase() === target.toLowerCase() ? rest.slice(1) : rest
      if (next !== undefined) walk(next, steps, context)
    }
  }
}
