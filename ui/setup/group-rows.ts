/** Public groups and queues as Setup asks for them: records, of which files may say some. */
import { metadata, records } from '../api.ts'
import { t } from '../base/text.ts'
import type { WireRecord } from '../base/wire.ts'
import type { QueueBody } from './component-bodies.ts'
import type { Choice } from './form-controls.ts'
import { chosenMembers, principalChoices } from './principals.ts'
import { loadBody } from './setup-api.ts'
import { findUsers } from './user-rows.ts'

export type GroupKind = 'groups' | 'queues'

export interface GroupRow {
  readonly id: string
  readonly name: string
  readonly type: string
  readonly bosses: boolean
  readonly members: number
}

const typesOf: Readonly<Record<GroupKind, string>> = {
  groups: "'Regular', 'Participant'",
  queues: "'Queue'",
}

export function typeWord(type: string): string {
  switch (type) {
    case 'Queue':
      return t('Queue')
    case 'Participant':
      return t('Participant group')
    case 'Role':
      return t('Role')
    case 'RoleAndSubordinates':
      return t('Role with all below it')
    default:
      return t('Public group')
  }
}

export async function findGroups(kind: GroupKind): Promise<readonly GroupRow[]> {
  const [groups, counted] = await Promise.all([
    records.query(
      `SELECT Id, Name, Type, DoesIncludeBosses FROM Group WHERE Type IN (${typesOf[kind]}) ORDER BY Name, Id LIMIT 2000`,
    ),
    records.query(
      `SELECT GroupId grp, COUNT(Id) n FROM GroupMember WHERE Group.Type IN (${typesOf[kind]}) GROUP BY GroupId`,
    ),
  ])
  const members = new Map(counted.records.map((row) => [text(row, 'grp'), Number(row['n'])]))
  return groups.records.map((row) => ({
    id: text(row, 'Id'),
    name: text(row, 'Name'),
    type: text(row, 'Type'),
    bosses: row['DoesIncludeBosses'] === true,
    members: members.get(text(row, 'Id')) ?? 0,
  }))
}

/** One group with its members, and what could be added. */
export interface GroupDetail extends GroupRow {
  readonly choices: readonly Choice[]
  readonly chosen: readonly string[]
  /** Value → id of the membership, where members are records. */
  readonly memberships: ReadonlyMap<string, string>
  readonly objects: readonly string[]
  /** Object → id of the record that says so. */
  readonly enabled: ReadonlyMap<string, string>
  /** The file that says it; then it is changed through a plan. */
  readonly file: QueueBody | undefined
}

export async function findGroup(kind: GroupKind, id: string): Promise<GroupDetail | undefined> {
  if (!/^[A-Za-z0-9]{15,18}$/.test(id)) return undefined
  const row = (await findGroups(kind)).find((one) => one.id === id)
  if (row === undefined) return undefined
  const [members, enabled, file] = await Promise.all([
    records.query(
      `SELECT Id, UserOrGroupId, UserOrGroup.Name, UserOrGroup.Type FROM GroupMember WHERE GroupId = '${id}' ORDER BY Id LIMIT 2000`,
    ),
    kind === 'queues'
      ? records.query(
          `SELECT Id, SobjectType FROM QueueSobject WHERE QueueId = '${id}' ORDER BY Id`,
        )
      : undefined,
    kind === 'queues' ? queueFile(row.name) : undefined,
  ])
  const objects = new Map(
    (enabled?.records ?? []).map((one) => [text(one, 'SobjectType'), text(one, 'Id')]),
  )
  const shared = { ...row, objects: [...objects.keys()], enabled: objects, file }
  const known = members.records.map((one): Choice => {
    const who = parent(one, 'UserOrGroup')
    return { value: text(one, 'UserOrGroupId'), label: text(who, 'Name') }
  })
  if (file !== undefined) {
    const choices = (await principalChoices({ withQueues: false })).filter(
      ({ value }) => !value.startsWith('allInternalUsers'),
    )
    const chosen = chosenMembers(file.queueMembers)
    return { ...shared, choices, chosen, memberships: new Map() }
  }
  return {
    ...shared,
    choices: withNames(await groupChoices(id), known),
    chosen: known.map(({ value }) => value),
    memberships: new Map(
      members.records.map((one) => [text(one, 'UserOrGroupId'), text(one, 'Id')]),
    ),
  }
}

async function queueFile(name: string): Promise<QueueBody | undefined> {
  const files = await metadata.list('Queue')
  return files.some(({ fullName }) => fullName === name) ? loadBody('Queue', name) : undefined
}

/** Groups that can be members; a group in itself is none. */
async function groupChoices(own: string): Promise<readonly Choice[]> {
  const { records: rows } = await records.query(
    "SELECT Id, Name, Type FROM Group WHERE Type IN ('Regular', 'Participant', 'Role', 'RoleAndSubordinates') ORDER BY Type, Name, Id LIMIT 2000",
  )
  return rows
    .filter((row) => text(row, 'Id') !== own)
    .map((row) => ({
      value: text(row, 'Id'),
      label: text(row, 'Name'),
      group: typeWord(text(row, 'Type')),
    }))
}

/** Members who are no groups are users: they are named, and found by typing when more are added. */
function withNames(groups: readonly Choice[], members: readonly Choice[]): readonly Choice[] {
  const known = new Set(groups.map(({ value }) => value))
  const users = members.filter(({ value }) => !known.has(value))
  return [...groups, ...users.map((user) => ({ ...user, group: t('Users') }))]
}

export async function userChoices(words: string, byName: boolean): Promise<readonly Choice[]> {
  const rows = await findUsers(words)
  return rows
    .filter(({ isActive }) => isActive)
    .map(({ id, username, name }) => ({
      value: byName ? `user:${username}` : id,
      label: `${name} (${username})`,
    }))
}

function text(row: WireRecord, name: string): string {
  const value = row[name]
  return typeof value === 'string' ? value : ''
}

function parent(row: WireRecord, name: string): WireRecord {
  const value = row[name]
  // A parent that is there is a record of its own.
  return typeof value === 'object' && value !== null ? (value as WireRecord) : {}
}
