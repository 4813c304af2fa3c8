/** Whom a delegated administrator administers: users whose role, profile and permission sets are all of a group that names him. */
import { fullAccess } from '../../access/full-access.ts'
import type { Access } from '../../access/access.ts'
import { isBound, isDelegateName, reaches, type Delegation } from '../../access/delegation.ts'
import { message, type Message } from '../../base/message.ts'
import { normaliseId } from '../../base/record-id.ts'
import { refuse } from '../../base/refusal.ts'
import type { Model } from '../../model/model.ts'
import type { Caller } from '../../records/records.ts'
import { readRows, textAt, type Reading, type Row } from '../read-rows.ts'

export interface KnownUser {
  readonly id: string
  readonly username: string
  readonly userType: string | undefined
  readonly role: string | undefined
  readonly profile: string | undefined
  readonly permissionSets: readonly string[]
}

export const mayAdministerSome = (access: Access): boolean =>
  access.has('ManageUsers') || access.delegations.length > 0

/** What somebody holds is asked with the engine's own rights: nothing may be left out of it. */
export function seeingAll({ records, caller }: Reading, model: Model): Reading {
  return { records, caller: { ...caller, access: fullAccess(model) } }
}

/** `reading` sees all. */
export async function readUsers(
  reading: Reading,
  model: Model,
  ids: readonly string[],
): Promise<ReadonlyMap<string, KnownUser>> {
  const hasType = model.object('User')?.fieldsByName.has('usertype') === true
  const rows = await readRows(
    reading,
    `SELECT Id, Username, UserRole.Name, Profile.Name${hasType ? ', UserType' : ''} FROM User WHERE Id IN :ids`,
    { ids },
  )
  const given = await readRows(
    reading,
    'SELECT AssigneeId, PermissionSet.Name FROM PermissionSetAssignment WHERE AssigneeId IN :ids',
    { ids },
  )
  return new Map(rows.map((row) => [textAt(row, 'Id') ?? '', knownUser(row, given)]))
}

function knownUser(row: Row, given: readonly Row[]): KnownUser {
  const id = textAt(row, 'Id') ?? ''
  return {
    id,
    username: textAt(row, 'Username') ?? '',
    userType: textAt(row, 'UserType'),
    role: textAt(row, 'UserRole.Name'),
    profile: textAt(row, 'Profile.Name'),
    permissionSets: given
      .filter((one) => textAt(one, 'AssigneeId') === id)
      .map((one) => textAt(one, 'PermissionSet.Name') ?? ''),
  }
}

/** The groups by which the caller administers this user; why there are none. */
export function reachOf(
  { access, userId }: Caller,
  model: Model,
  user: KnownUser,
): readonly Delegation[] | Message {
  if (user.id === userId) return message('Nobody administers himself by delegation.')
  const found = access.delegations.filter((one) => reaches(one, user))
  if (found.length > 0 && !isDelegateName(model, user.username)) return found
  return message(
    'Your delegated administration does not reach this user: his role, his profile or one of his permission sets is beyond it.',
  )
}

/** Refuses whom the caller may not administer; as not there who is not. */
export async function requireManaged(
  reading: Reading,
  model: Model,
  givenId: string,
): Promise<void> {
  const { access } = reading.caller
  if (!isBound(access)) {
    if (mayAdministerSome(access)) return
    throw refuse(
      'INSUFFICIENT_ACCESS',
      message('This needs the permission {permission}.', { permission: 'ManageUsers' }),
    )
  }
  const id = normaliseId(givenId)
  const known = id && (await readUsers(seeingAll(reading, model), model, [id])).get(id)
  if (!known) throw refuse('NOT_FOUND', message('The requested resource does not exist'))
  const reach = reachOf(reading.caller, model, known)
  if ('sentence' in reach) throw refuse('INSUFFICIENT_ACCESS', reach)
}
