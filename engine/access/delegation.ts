/**
 * Delegated administration: who is named by a DelegateGroup administers the users of its roles, as far as these have nothing
 * but what it names. Each group stands for itself: what one allows for its roles, another does not for its own. Pure.
 */
import type { DelegateGroup } from '../../metadata/types.ts'
import type { Model } from '../model/model.ts'
import type { Access, FieldRight, ObjectRight } from './access.ts'
import { assignedSet } from './permission-set-groups.ts'

export interface Delegation {
  readonly group: string
  /** With all roles below them. */
  readonly roles: ReadonlySet<string>
  readonly profiles: ReadonlySet<string>
  readonly permissionSets: ReadonlySet<string>
  /** Public groups into which these users are put. */
  readonly groups: ReadonlySet<string>
}

/** What decides how much somebody may do. */
export interface RightsOfUser {
  readonly role: string | undefined
  readonly profile: string | undefined
  readonly permissionSets: readonly string[]
}

export const userObject = 'User'
export const assignmentObject = 'PermissionSetAssignment'
export const membershipObject = 'GroupMember'

/** The groups that name this user as an administrator. */
export function delegationsOf(model: Model, username: string): readonly Delegation[] {
  const wanted = username.toLowerCase()
  return [...model.components('DelegateGroup')]
    .filter(({ body }) => names(body).has(wanted))
    .map(({ body }) => delegationOf(model, body))
}

/** Whoever has such a name is an administrator of some kind. */
export function isDelegateName(model: Model, username: string): boolean {
  const wanted = username.toLowerCase()
  return [...model.components('DelegateGroup')].some(({ body }) => names(body).has(wanted))
}

function names({ users = [] }: Readonly<DelegateGroup>): ReadonlySet<string> {
  return new Set(users.map((name) => name.toLowerCase()))
}

function delegationOf(model: Model, group: Readonly<DelegateGroup>): Delegation {
  const profiles = (group.profiles ?? []).filter((name) => isModest(profileOf(model, name)))
  const sets = (group.permissionSets ?? []).filter((name) => isModest(assignedSet(model, name)))
  return {
    group: group.fullName,
    roles: withSubordinates(model, group.roles ?? []),
    profiles: new Set(profiles),
    permissionSets: new Set(sets),
    groups: new Set(group.groups ?? []),
  }
}

/** A circle of roles is refused elsewhere, and does no harm here. */
function withSubordinates(model: Model, roles: readonly string[]): ReadonlySet<string> {
  const all = new Set(roles)
  for (let before = -1; before !== all.size;) {
    before = all.size
    for (const { fullName, body } of model.components('Role')) {
      if (body.parentRole !== undefined && all.has(body.parentRole)) all.add(fullName)
    }
  }
  return all
}

type Granting = Pick<NonNullable<ReturnType<typeof assignedSet>>, 'userPermissions'>

function profileOf(model: Model, name: string): Granting | undefined {
  return model.component('Profile', name)?.body
}

/** Whoever has one of these could take the rest: nobody gives them by delegation, whatever a group names. */
export const beyondDelegation: ReadonlySet<string> = new Set([
  'CustomizeApplication',
  'ManageUsers',
  'ModifyAllData',
])

/** Asked of what is so now: a profile may have got more since it was named. */
function isModest(granting: Granting | undefined): boolean {
  const given = granting?.userPermissions ?? []
  return !given.some(({ name, enabled }) => enabled && beyondDelegation.has(name))
}

/** This group answers for somebody with these rights. */
export function reaches(delegation: Delegation, rights: RightsOfUser): boolean {
  const { role, profile, permissionSets } = rights
  return (
    role !== undefined &&
    delegation.roles.has(role) &&
    profile !== undefined &&
    delegation.profiles.has(profile) &&
    permissionSets.every((name) => delegation.permissionSets.has(name))
  )
}

/** Administers some users, and not all. */
export function isBound(access: Access): boolean {
  const managesAll = access.has('ManageUsers') || access.has('ModifyAllData')
  return access.delegations.length > 0 && !managesAll
}

/** Objects by which rights are given. */
export const decidesRights: ReadonlySet<string> = new Set([
  userObject,
  assignmentObject,
  membershipObject,
])

const delegatedRights: ReadonlyMap<string, ReadonlySet<ObjectRight>> = new Map([
  [userObject, new Set<ObjectRight>(['create', 'read', 'edit'])],
  [assignmentObject, new Set<ObjectRight>(['create', 'read', 'delete'])],
  [membershipObject, new Set<ObjectRight>(['create', 'read', 'delete'])],
  ['Group', new Set<ObjectRight>(['read'])],
  ['Profile', new Set<ObjectRight>(['read'])],
  ['PermissionSet', new Set<ObjectRight>(['read'])],
  ['UserRole', new Set<ObjectRight>(['read'])],
])

/** To the object; which of its records is asked where they are saved. */
export function mayByDelegation(object: string, right: ObjectRight): boolean {
  return delegatedRights.get(object)?.has(right) === true
}

/** What an account is made of; other fields of users take a right of their own. */
const accountFields: ReadonlySet<string> = new Set([
  'Alias',
  'CommunityNickname',
  'CompanyName',
  'Department',
  'Division',
  'Email',
  'EmployeeNumber',
  'FirstName',
  'IsActive',
  'LanguageLocaleKey',
  'LastName',
  'LocaleSidKey',
  'Name',
  'ProfileId',
  'TimeZoneSidKey',
  'Title',
  'UserRoleId',
  'Username',
])

export function mayFieldByDelegation(object: string, field: string, right: FieldRight): boolean {
  if (object === userObject) return accountFields.has(field)
  if (object === assignmentObject || object === membershipObject) return true
  return right === 'read' && delegatedRights.has(object)
}
