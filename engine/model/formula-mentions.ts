/** What a formula mentions, by a scan of its text: every name that could mean a field counts. */
import type { ObjectOutline } from './object-outline.ts'
import type { Scope } from './scope.ts'

const token =
  /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\/\*[\s\S]*?\*\/|[A-Za-z_][\w]*(?:\s*[.:]\s*[A-Za-z_]\w*)*/g

/** Keys of the fields that names and paths of the formula may mean. */
export function formulaMentions(
  formula: string,
  object: string | undefined,
  scope: Scope,
): readonly string[] {
  const outline = object === undefined ? undefined : scope.outline(object)
  if (outline === undefined) return []
  const keys = new Set<string>()
  for (const [text] of formula.matchAll(token)) {
    if (/^["'/]/.test(text)) continue
    walk(outline, text.split(/\s*[.:]\s*/), { scope, keys })
  }
  return [...keys]
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
