/** To whom items go: people and queues by id or name, and roles in the team of the record that a plan is about. */
import { message, type Message } from '../../base/message.ts'
import { normaliseId } from '../../base/record-id.ts'
import type { FieldModel, ObjectModel } from '../../model/model.ts'
import { readRows, textAt } from '../read-rows.ts'
import type { PlanUnit } from './plan-unit.ts'

/** Ids by the names that templates give; a template keeps its meaning in another organisation. */
export async function readNamedOwners(
  unit: PlanUnit,
  names: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const asked = [...new Set(names)].filter((name) => normaliseId(name) === undefined)
  if (asked.length === 0) return new Map()
  const found = new Map<string, string>()
  const take = async (soql: string, key: string): Promise<void> => {
    for (const row of await readRows(unit, soql, { names: asked })) {
      const name = textAt(row, key)?.toLowerCase()
      if (name !== undefined) found.set(name, textAt(row, 'Id') ?? '')
    }
  }
  await take(
    "SELECT Id, DeveloperName FROM Group WHERE Type = 'Queue' AND DeveloperName IN :names",
    'DeveloperName',
  )
  await take('SELECT Id, Username FROM User WHERE Username IN :names', 'Username')
  return found
}

/** The id, or what is wrong with the name. */
export function ownerNamed(owners: ReadonlyMap<string, string>, name: string): string | Message {
  return (
    normaliseId(name) ??
    owners.get(name.toLowerCase()) ??
    message('There is no user and no queue {name}.', { name })
  )
}

export interface RoleAsked {
  readonly targetId: string
  readonly role: string
}

/** Who has which role in the team of which record; the one who was there first, where several have it. */
export type TeamMembers = (asked: RoleAsked) => string | undefined

export async function readTeamMembers(
  unit: PlanUnit,
  asked: readonly RoleAsked[],
): Promise<TeamMembers> {
  const members = new Map<string, string>()
  const keyOf = ({ targetId, role }: RoleAsked): string => `${targetId} ${role.toLowerCase()}`
  for (const [target, ofObject] of byObject(unit, asked)) {
    for (const team of teamsOf(unit, target)) {
      const rows = await readRows(unit, teamQuery(team), {
        ids: [...new Set(ofObject.map(({ targetId }) => targetId))],
        roles: [...new Set(ofObject.map(({ role }) => role))],
      })
      for (const row of rows) {
        const user = textAt(row, team.user.name) ?? ''
        const key = keyOf({
          targetId: textAt(row, team.parent) ?? '',
          role: textAt(row, team.role) ?? '',
        })
        if (isUser(unit, user) && !members.has(key)) members.set(key, user)
      }
    }
  }
  return (one) => members.get(keyOf(one))
}

function byObject(
  { model }: PlanUnit,
  asked: readonly RoleAsked[],
): ReadonlyMap<ObjectModel, readonly RoleAsked[]> {
  const groups = new Map<ObjectModel, RoleAsked[]>()
  for (const one of asked) {
    const object = model.objectByKeyPrefix(one.targetId.slice(0, 3))
    if (object !== undefined) groups.set(object, [...(groups.get(object) ?? []), one])
  }
  return groups
}

function isUser({ model }: PlanUnit, id: string): boolean {
  return model.objectByKeyPrefix(id.slice(0, 3))?.name === 'User'
}

interface Team {
  readonly object: string
  readonly parent: string
  readonly user: FieldModel
  /** Path to the role's name. */
  readonly role: string
}

/** Objects under the record that name a person and a role: account, opportunity and case teams, and any made like them. */
export function teamsOf({ model }: Pick<PlanUnit, 'model'>, target: ObjectModel): readonly Team[] {
  return target.children.flatMap(({ childObject, field }) => {
    const child = model.object(childObject)
    if (child === undefined) return []
    const user = child.fieldsByName.get('userid') ?? child.fieldsByName.get('memberid')
    const role = roleOf(child)
    const isTeam = user?.reference?.targets.includes('User') === true && role !== undefined
    return isTeam ? [{ object: child.name, parent: field, user, role }] : []
  })
}

function roleOf(child: ObjectModel): string | undefined {
  const role = child.fieldsByName.get('teammemberrole')
  if (role !== undefined) return role.name
  const link = child.fieldsByName.get('teamroleid')?.reference
  return link === undefined ? undefined : `${link.relationshipName}.Name`
}

function teamQuery({ object, parent, user, role }: Team): string {
  return `SELECT ${parent}, ${user.name}, ${role} FROM ${object} WHERE ${parent} IN :ids AND ${role} IN :roles ORDER BY CreatedDate, Id`
}
