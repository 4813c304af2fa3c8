/** Refuses to remove what something still uses, with the full list of users. */
import { reasoned } from '../model/source-problem.ts'
import { inEnglish, message, type Message } from '../base/message.ts'
import { indexOf } from '../model/compile-model.ts'
import type { Declaration } from '../model/declaration.ts'
import { membersOf } from '../model/members.ts'
import { collectReferences, describeReference, type Reference } from '../model/references.ts'
import type { Renames } from '../model/renames.ts'
import { componentKey } from '../model/resolve-mention.ts'
import type { DeployState } from './deploy-state.ts'
import type { PlanProblem } from './plan.ts'

/** Uses of removed components that the wanted declarations still hold. */
export function usedRemovals(
  state: DeployState,
  wanted: readonly Declaration[],
  renames: Renames,
): readonly PlanProblem[] {
  const removed = removedKeys(state, wanted, renames)
  if (removed.size === 0) return []
  const uses = new Map<string, Reference[]>()
  const index = indexOf(state.model)
  for (const declaration of wanted) {
    for (const [key, references] of collectReferences(declaration, index)) {
      if (removed.has(key)) uses.set(key, [...(uses.get(key) ?? []), ...references])
    }
  }
  return [...uses].map(([key, references]) =>
    removalProblem(key.slice(key.indexOf(' ') + 1), references.map(describeReference)),
  )
}

export function removalProblem(name: string, users: readonly Message[]): PlanProblem {
  return {
    component: name,
    ...reasoned(
      message(
        users.length === 1
          ? '{name} cannot be removed: it is used in {count} place.'
          : '{name} cannot be removed: it is used in {count} places.',
        { name, count: users.length },
      ),
      message('take it out of the components listed, in the same plan or before'),
    ),
    ...listed(users),
  }
}

function listed(users: readonly Message[]): Pick<PlanProblem, 'references' | 'toldReferences'> {
  const told = users.toSorted((a, b) => (inEnglish(a) < inEnglish(b) ? -1 : 1))
  return { references: told.map(inEnglish), toldReferences: told }
}

/** Keys of the components and members that the wanted declarations no longer have. */
export function removedKeys(
  state: DeployState,
  wanted: readonly Declaration[],
  renames: Renames,
): ReadonlySet<string> {
  const present = new Set<string>()
  const changed: Declaration[] = []
  for (const declaration of wanted) {
    const key = componentKey(declaration.type, declaration.fullName)
    present.add(key)
    if (state.declarations.get(key)?.body !== declaration.body) changed.push(declaration)
  }
  const removed = new Set<string>()
  for (const [key, former] of state.declarations) {
    const isRenamed =
      former.type === 'CustomObject'
        ? renames.objects.has(former.fullName)
        : renames.others.has(key)
    if (present.has(key) || isRenamed) continue
    removed.add(key)
    for (const member of membersOf(former)) removed.add(componentKey(member.type, member.fullName))
  }
  for (const declaration of changed) addRemovedMembers(removed, declaration, { state, renames })
  return removed
}

function addRemovedMembers(
  removed: Set<string>,
  declaration: Declaration,
  { state, renames }: { readonly state: DeployState; readonly renames: Renames },
): void {
  const former = state.declarations.get(componentKey(declaration.type, declaration.fullName))
  if (former === undefined) return
  const kept = new Set(membersOf(declaration).map((one) => componentKey(one.type, one.fullName)))
  const fields = renames.fields.get(former.fullName)
  for (const member of membersOf(former)) {
    const key = componentKey(member.type, member.fullName)
    const isRenamed =
      (member.type === 'CustomField' && fields?.has(member.name) === true) ||
      renames.others.has(key)
    if (!kept.has(key) && !isRenamed) removed.add(key)
  }
}
