/** What differs between two models, component by component. */
import { sameJson } from '../base/same-json.ts'
import type { Declaration } from './declaration.ts'
import { isMemberList, membersOf, type Member } from './members.ts'
import type { Model } from './model.ts'
import { indexOf } from './compile-model.ts'
import { isObject, type ModelIndex } from './model-index.ts'
import { componentKey } from './resolve-mention.ts'
import { inverse, type Renames } from './renames.ts'

export interface ModelChange {
  readonly type: string
  readonly fullName: string
  readonly change: 'create' | 'update' | 'delete' | 'rename'
  /** The name before a rename. */
  readonly from?: string
}

export function compareModels(now: Model, wanted: Model, renames: Renames): readonly ModelChange[] {
  return compareIndexes(indexOf(now), indexOf(wanted), renames)
}

function compareIndexes(now: ModelIndex, wanted: ModelIndex, renames: Renames): ModelChange[] {
  const changes: ModelChange[] = []
  const oldNames = inverse(renames.objects)
  for (const [type, ofType] of wanted.components) {
    for (const declaration of ofType.values()) {
      const oldName = oldNameOf(declaration, oldNames, renames)
      const former = now.components.get(type)?.get(oldName ?? declaration.fullName)
      changes.push(...compareComponents(former, declaration, renames))
    }
  }
  for (const [type, ofType] of now.components) {
    for (const { fullName } of ofType.values()) {
      if (wanted.components.get(type)?.has(fullName) === true) continue
      if (isRenamed(type, fullName, renames)) continue
      changes.push({ type, fullName, change: 'delete' })
    }
  }
  return changes
}

function oldNameOf(
  declaration: Declaration,
  oldObjects: ReadonlyMap<string, string>,
  renames: Renames,
): string | undefined {
  if (declaration.type === 'CustomObject') return oldObjects.get(declaration.fullName)
  const key = componentKey(declaration.type, declaration.fullName)
  return inverse(renames.others)
    .get(key)
    ?.slice(declaration.type.length + 1)
}

function isRenamed(type: string, fullName: string, renames: Renames): boolean {
  if (type === 'CustomObject') return renames.objects.has(fullName)
  return renames.others.has(componentKey(type, fullName))
}

function compareComponents(
  former: Declaration | undefined,
  wanted: Declaration,
  renames: Renames,
): ModelChange[] {
  const { type, fullName } = wanted
  if (former === undefined) return [{ type, fullName, change: 'create' }]
  const changes: ModelChange[] = []
  if (former.fullName !== fullName) {
    changes.push({ type, fullName, change: 'rename', from: former.fullName })
  } else if (former.body === wanted.body) return []
  if (!isObject(wanted)) {
    return sameJson(former.body, wanted.body)
      ? changes
      : [...changes, { type, fullName, change: 'update' }]
  }
  if (!sameJson(withoutMembers(former), withoutMembers(wanted))) {
    changes.push({ type, fullName, change: 'update' })
  }
  return [...changes, ...compareMembers(former, wanted, renames)]
}

function compareMembers(former: Declaration, wanted: Declaration, renames: Renames): ModelChange[] {
  const changes: ModelChange[] = []
  const oldNames = oldMemberNames(former, renames)
  const before = new Map(membersOf(former).map((member) => [keyOf(member), member]))
  const seen = new Set<string>()
  for (const member of membersOf(wanted)) {
    const renamedFrom = oldNames.get(`${member.type} ${member.name}`)
    const key = `${member.type} ${renamedFrom ?? member.name}`
    const old = before.get(key)
    seen.add(key)
    const fullName = `${wanted.fullName}.${member.name}`
    const { type } = member
    if (renamedFrom !== undefined) {
      changes.push({ type, fullName, change: 'rename', from: `${former.fullName}.${renamedFrom}` })
    }
    if (old === undefined) changes.push({ type, fullName, change: 'create' })
    else if (!sameJson(unnamed(old, renamedFrom), unnamed(member, renamedFrom))) {
      changes.push({ type, fullName, change: 'update' })
    }
  }
  for (const [key, member] of before) {
    if (seen.has(key)) continue
    changes.push({
      type: member.type,
      fullName: `${wanted.fullName}.${member.name}`,
      change: 'delete',
    })
  }
  return changes
}

/** By "Type NewName": fields say it themselves, other members were renamed outright. */
function oldMemberNames(former: Declaration, renames: Renames): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  for (const [from, to] of renames.fields.get(former.fullName) ?? []) {
    names.set(`CustomField ${to}`, from)
  }
  for (const member of membersOf(former)) {
    const to = renames.others.get(componentKey(member.type, member.fullName))
    const name = to?.slice(to.indexOf('.') + 1)
    if (name !== undefined) names.set(`${member.type} ${name}`, member.name)
  }
  return names
}

/** A rename alone changes the name and the list of previous names; anything else is an update too. */
function unnamed(member: Member, renamedFrom: string | undefined): unknown {
  if (renamedFrom === undefined) return member.body
  return { ...member.body, fullName: undefined, previousNames: undefined }
}

function keyOf(member: Member): string {
  return `${member.type} ${member.name}`
}

/** The object's own attributes: everything but its members. */
export function withoutMembers(declaration: Declaration): Readonly<Record<string, unknown>> {
  const entries = Object.entries(declaration.body).filter(
    ([attribute]) => !isMemberList(declaration.type, attribute) && attribute !== 'fullName',
  )
  return Object.fromEntries(entries)
}
