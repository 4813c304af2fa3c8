/** Relations between objects: child names, chains of masters, key prefixes. */
import { message, type Message } from '../base/message.ts'
import { limits } from '../base/limits.ts'
import type { SourceProblem } from './declaration.ts'
import type { ObjectOutline, OutlineReference } from './object-outline.ts'
import type { Scope } from './scope.ts'
import { problemAt } from './source-problem.ts'

/** Cheap enough to look at all objects every time: it reads only what the outlines hold ready. */
export function checkRelations(
  outlines: ReadonlyMap<string, ObjectOutline>,
  scope: Scope,
): readonly SourceProblem[] {
  const problems: SourceProblem[] = []
  checkChildNames(outlines, scope, problems)
  checkMasters(outlines, scope, problems)
  checkKeyPrefixes(outlines, problems)
  return problems
}

function reportAt(
  outline: ObjectOutline,
  reference: OutlineReference,
  reason: Message,
): SourceProblem {
  const fields = outline.declaration.body.fields ?? []
  const index = fields.findIndex((field) => field.fullName === reference.field.name)
  const component = `${outline.name}.${reference.field.name}`
  return problemAt(outline.declaration, ['fields', index], { reason, component })
}

function checkChildNames(
  outlines: ReadonlyMap<string, ObjectOutline>,
  scope: Scope,
  problems: SourceProblem[],
): void {
  const taken = new Map<string, string>()
  for (const outline of outlines.values()) {
    for (const reference of outline.references) {
      const name = reference.relation?.relationshipName
      if (name === undefined) continue
      for (const target of reference.targets) {
        const parent = scope.outline(target)?.name ?? target
        const key = `${parent}.${name}`.toLowerCase()
        const self = `${outline.name}.${reference.field.name}`
        const other = taken.get(key)
        if (other === undefined) taken.set(key, self)
        else {
          const reason = message(
            '{self} and {other} both call their list on {parent} "{name}"; give one another relationshipName',
            { self, other, parent, name },
          )
          problems.push(reportAt(outline, reference, reason))
        }
      }
    }
  }
}

function checkMasters(
  outlines: ReadonlyMap<string, ObjectOutline>,
  scope: Scope,
  problems: SourceProblem[],
): void {
  const masters = new Map<string, readonly string[]>()
  for (const outline of outlines.values()) {
    const references = mastersOf(outline)
    const last = references.at(-1)
    if (last === undefined) continue
    if (references.length > limits.masterDetailPerObjectMax) {
      const reason = message(
        '{object} has {count} masters; at most {most} are allowed (masterDetailPerObjectMax)',
        { object: outline.name, count: references.length, most: limits.masterDetailPerObjectMax },
      )
      problems.push(reportAt(outline, last, reason))
    }
    const targets = references.flatMap((reference) => reference.targets)
    masters.set(
      outline.name,
      targets.map((target) => scope.outline(target)?.name ?? target),
    )
  }
  for (const [name] of masters) {
    const outline = outlines.get(name.toLowerCase())
    const chain = worstChain(name, masters)
    const first = outline === undefined ? undefined : mastersOf(outline)[0]
    if (outline === undefined || first === undefined || chain === undefined) continue
    problems.push(reportAt(outline, first, chain))
  }
}

function mastersOf(outline: ObjectOutline): readonly OutlineReference[] {
  return outline.references.filter((reference) => reference.relation?.kind === 'MasterDetail')
}

/** What is wrong with the chains of masters above an object: a circle, or too many levels. */
function worstChain(
  start: string,
  masters: ReadonlyMap<string, readonly string[]>,
): Message | undefined {
  const waiting: string[][] = [[start]]
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const last = path.at(-1) ?? start
    for (const master of masters.get(last) ?? []) {
      if (master === start) {
        return message('masters form a circle: {path}', { path: [...path, start].join(' → ') })
      }
      // A circle above that does not come back here is reported at its own members.
      if (path.includes(master)) continue
      const longer = [...path, master]
      if (longer.length > limits.masterDetailLevelsMax + 1) {
        return message(
          'too many levels of masters: {path}; at most {most} are allowed (masterDetailLevelsMax)',
          { path: longer.join(' → '), most: limits.masterDetailLevelsMax },
        )
      }
      waiting.push(longer)
    }
  }
  return undefined
}

function checkKeyPrefixes(
  outlines: ReadonlyMap<string, ObjectOutline>,
  problems: SourceProblem[],
): void {
  const taken = new Map<string, string>()
  for (const outline of outlines.values()) {
    const prefix = outline.declaration.body.keyPrefix
    if (prefix === undefined) continue
    const other = taken.get(prefix)
    taken.set(prefix, outline.name)
    const wrong = /^[0-9A-Za-z]{3}$/.test(prefix)
      ? other === undefined
        ? undefined
        : message('key prefix "{prefix}" belongs to {other} already', { prefix, other })
      : message('key prefix "{prefix}" must be three letters or digits', { prefix })
    if (wrong !== undefined) {
      problems.push(problemAt(outline.declaration, ['keyPrefix'], { reason: wrong }))
    }
  }
}
