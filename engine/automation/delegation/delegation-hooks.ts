/**
 * Delegated administrators save users, give permission sets and put people into public groups, by whichever door, within
 * what their groups name. Asked last before the write, so that it sees what will be written.
 */
import {
  assignmentObject,
  isBound,
  isDelegateName,
  membershipObject,
  reaches,
  userObject,
} from '../../access/delegation.ts'
import { message, type Message } from '../../base/message.ts'
import type { Model } from '../../model/model.ts'
import type {
  HookCall,
  HookEvent,
  HookOutcome,
  HookRow,
  RecordHooks,
} from '../../records/hooks/record-hooks.ts'
import type { Models } from '../../records/record-parts.ts'
import { nothing } from '../combine-hooks.ts'
import { readRows, textAt, type Reading, type Row } from '../read-rows.ts'
import { reachOf, readUsers, seeingAll, type KnownUser } from './managed-users.ts'

const watched: ReadonlySet<HookEvent> = new Set([
  'beforeInsert',
  'beforeUpdate',
  'beforeDelete',
  'beforeUndelete',
])

type Judge = (world: World) => Promise<readonly HookOutcome[]>

const judges: ReadonlyMap<string, Judge> = new Map([
  [userObject, judgeUsers],
  [assignmentObject, judgeAssignments],
  [membershipObject, judgeMemberships],
])

export function createDelegationHooks(models: Models): RecordHooks {
  return {
    // Organisations without such groups pay nothing.
    has: (object, event) => judges.has(object) && watched.has(event) && hasGroups(models.current()),
    call: async (call) => {
      const judge = judges.get(call.object)
      if (judge === undefined || !isBound(call.caller.access)) return call.rows.map(() => nothing)
      const model = models.current()
      return judge({ call, model, reading: seeingAll(call, model) })
    },
  }
}

function hasGroups(model: Model): boolean {
  const [first] = model.components('DelegateGroup')
  return first !== undefined
}

interface World {
  readonly call: HookCall
  readonly model: Model
  readonly reading: Reading
}

interface Fault {
  readonly told: Message
  readonly field?: string
}

function outcome(fault: Fault | undefined): HookOutcome {
  if (fault === undefined) return nothing
  const { told, field } = fault
  const error = { errorCode: 'INSUFFICIENT_ACCESS_OR_READONLY', message: told } as const
  return { changes: new Map(), errors: [field === undefined ? error : { ...error, field }] }
}

const beyond: Fault = { told: message('Delegated administrators do not delete users.') }

async function judgeUsers(world: World): Promise<readonly HookOutcome[]> {
  const { call, model, reading } = world
  if (call.event !== 'beforeInsert' && call.event !== 'beforeUpdate') {
    return call.rows.map(() => outcome(beyond))
  }
  const before = await readUsers(reading, model, idsOf(call.rows))
  const roles = await namesOf(reading, 'UserRole', texts(call.rows, 'UserRoleId'))
  const profiles = await namesOf(reading, 'Profile', texts(call.rows, 'ProfileId'))
  return call.rows.map(({ id, values }) => {
    const known = id === undefined ? undefined : before.get(id)
    if (id !== undefined && known === undefined) return outcome(beyond)
    const wanted: KnownUser = {
      id: id ?? '',
      username: textAt(values, 'Username') ?? known?.username ?? '',
      userType: values.has('UserType') ? textAt(values, 'UserType') : known?.userType,
      role: values.has('UserRoleId') ? roles.get(textAt(values, 'UserRoleId') ?? '') : known?.role,
      profile: values.has('ProfileId')
        ? profiles.get(textAt(values, 'ProfileId') ?? '')
        : known?.profile,
      permissionSets: known?.permissionSets ?? [],
    }
    return outcome(faultOf(world, known, wanted))
  })
}

/** One group must answer for the user as he was and as he will be. */
function faultOf(
  { call, model }: World,
  known: KnownUser | undefined,
  wanted: KnownUser,
): Fault | undefined {
  const { caller } = call
  const groups = known === undefined ? caller.access.delegations : reachOf(caller, model, known)
  if ('sentence' in groups) return { told: groups }
  // Whoever took such a name would be an administrator himself.
  if (isDelegateName(model, wanted.username)) {
    return { field: 'Username', told: message('This user name is kept for an administrator.') }
  }
  if (known !== undefined && wanted.userType !== known.userType) {
    return { field: 'UserType', told: message('The kind of a user is not changed by delegation.') }
  }
  const fitting = groups.filter(({ roles }) => wanted.role !== undefined && roles.has(wanted.role))
  if (fitting.length === 0) {
    return { field: 'UserRoleId', told: message('Choose a role that is delegated to you.') }
  }
  if (fitting.some((group) => reaches(group, wanted))) return undefined
  return {
    field: 'ProfileId',
    told: message('Choose a profile that is delegated to you for users of this role.'),
  }
}

async function judgeAssignments(world: World): Promise<readonly HookOutcome[]> {
  const { call, model, reading } = world
  const users = await readUsers(reading, model, texts(call.rows, 'AssigneeId'))
  const sets = await namesOf(reading, 'PermissionSet', texts(call.rows, 'PermissionSetId'))
  // What is given to one user at once is answered for by one group, as if it came one after the other.
  const together = new Map<string, readonly string[]>()
  return call.rows.map(({ values }) => {
    const user = users.get(textAt(values, 'AssigneeId') ?? '')
    const set = sets.get(textAt(values, 'PermissionSetId') ?? '')
    // What is not there is refused in its own words.
    if (user === undefined || set === undefined || call.event === 'beforeUpdate') {
      return call.event === 'beforeInsert' ? nothing : outcome(unreachable)
    }
    const groups = reachOf(call.caller, model, user)
    if ('sentence' in groups) return outcome({ told: groups, field: 'AssigneeId' })
    const before = call.event === 'beforeInsert' ? (together.get(user.id) ?? []) : []
    const wanted = [...before, set]
    together.set(user.id, wanted)
    const isAnswered = groups.some(({ permissionSets }) =>
      wanted.every((one) => permissionSets.has(one)),
    )
    if (!isAnswered) together.set(user.id, before)
    return isAnswered ? nothing : outcome(unreachable)
  })
}

const unreachable: Fault = {
  field: 'PermissionSetId',
  told: message('This permission set is not delegated to you for users of this role.'),
}

/** The group must be one of those that are delegated for this very user. */
async function judgeMemberships(world: World): Promise<readonly HookOutcome[]> {
  const { call, model, reading } = world
  const users = await readUsers(reading, model, texts(call.rows, 'UserOrGroupId'))
  const groups = await publicGroups(reading, texts(call.rows, 'GroupId'))
  return call.rows.map(({ values }) => {
    if (call.event === 'beforeUpdate') return outcome(otherGroup)
    const user = users.get(textAt(values, 'UserOrGroupId') ?? '')
    if (user === undefined) return outcome(noUser)
    const found = reachOf(call.caller, model, user)
    if ('sentence' in found) return outcome({ told: found, field: 'UserOrGroupId' })
    const group = groups.get(textAt(values, 'GroupId') ?? '') ?? ''
    return found.some((one) => one.groups.has(group)) ? nothing : outcome(otherGroup)
  })
}

const noUser: Fault = {
  field: 'UserOrGroupId',
  told: message('Only users are put into groups by delegation.'),
}

const otherGroup: Fault = {
  field: 'GroupId',
  told: message('This group is not delegated to you for users of this role.'),
}

/** Queues and the groups of roles may have the name of a public one. */
async function publicGroups(
  reading: Reading,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await readRows(
    reading,
    "SELECT Id, Name FROM Group WHERE Id IN :ids AND Type IN ('Regular', 'Participant')",
    { ids },
  )
  return byId(rows)
}

function idsOf(rows: readonly HookRow[]): readonly string[] {
  return rows.flatMap(({ id }) => id ?? [])
}

function texts(rows: readonly HookRow[], field: string): readonly string[] {
  return [...new Set(rows.flatMap(({ values }) => textAt(values, field) ?? []))]
}

async function namesOf(
  reading: Reading,
  object: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  return byId(await readRows(reading, `SELECT Id, Name FROM ${object} WHERE Id IN :ids`, { ids }))
}

function byId(rows: readonly Row[]): ReadonlyMap<string, string> {
  return new Map(rows.map((row) => [textAt(row, 'Id') ?? '', textAt(row, 'Name') ?? '']))
}
