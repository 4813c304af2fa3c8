/** Roles, groups and queues as choices, and how the files of rules and queues name them. */
import { metadata, records } from '../api.ts'
import { t } from '../base/text.ts'
import type { QueueBody, SharingRulesBody } from './component-bodies.ts'
import type { Choice } from './form-controls.ts'

type OwnerRule = NonNullable<SharingRulesBody['sharingOwnerRules']>[number]
export type SharedToBody = NonNullable<OwnerRule['sharedTo']>

/** A choice is named by its kind and its name, `role:Head`. */
const listKinds = ['role', 'roleAndSubordinates', 'group', 'queue'] as const
const all = 'allInternalUsers:'

export async function principalChoices({
  withQueues,
}: {
  readonly withQueues: boolean
}): Promise<readonly Choice[]> {
  const [roles, groups] = await Promise.all([
    metadata.list('Role'),
    records.query(
      "SELECT Name, DeveloperName, Type FROM Group WHERE Type IN ('Regular', 'Queue') ORDER BY Name, Id LIMIT 2000",
    ),
  ])
  const named = (kind: string, group: string) => (name: string, label: string) => ({
    value: `${kind}:${name}`,
    label,
    group,
  })
  const role = named('role', t('Roles'))
  const branch = named('roleAndSubordinates', t('Roles with all below them'))
  const publicGroup = named('group', t('Public groups'))
  const queue = named('queue', t('Queues'))
  const ofType = (type: string) =>
    groups.records.filter((row) => row['Type'] === type).map((row) => String(row['Name'] ?? ''))
  return [
    { value: all, label: t('All internal users') },
    ...roles.map(({ fullName, label }) => role(fullName, label ?? fullName)),
    ...roles.map(({ fullName, label }) => branch(fullName, label ?? fullName)),
    ...ofType('Regular').map((name) => publicGroup(name, name)),
    ...(withQueues ? ofType('Queue').map((name) => queue(name, name)) : []),
  ]
}

export function chosenOf(shared: SharedToBody | undefined): readonly string[] {
  if (shared === undefined) return []
  const { roleAndSubordinatesInternal = [], roleAndSubordinates = [] } = shared
  const lists = {
    ...shared,
    roleAndSubordinates: [...roleAndSubordinates, ...roleAndSubordinatesInternal],
  }
  return [
    ...(shared.allInternalUsers === true ? [all] : []),
    ...listKinds.flatMap((kind) => (lists[kind] ?? []).map((name) => `${kind}:${name}`)),
  ]
}

export function sharedTo(chosen: readonly string[]): SharedToBody {
  const of = (kind: string): string[] =>
    chosen
      .filter((value) => value.startsWith(`${kind}:`))
      .map((value) => value.slice(kind.length + 1))
  const lists = listKinds
    .map((kind) => [kind, of(kind)] as const)
    .filter(([, names]) => names.length > 0)
  return {
    ...(chosen.includes(all) && { allInternalUsers: true }),
    ...Object.fromEntries(lists),
  }
}

type QueueMembers = NonNullable<QueueBody['queueMembers']>

/** Members of a queue by the same names; users as `user:name`. */
export function chosenMembers(members: QueueMembers = {}): readonly string[] {
  const branches = [
    ...(members.roleAndSubordinates?.roleAndSubordinate ?? []),
    ...(members.roleAndSubordinatesInternal?.roleAndSubordinateInternal ?? []),
  ]
  return [
    ...(members.users?.user ?? []).map((name) => `user:${name}`),
    ...(members.roles?.role ?? []).map((name) => `role:${name}`),
    ...branches.map((name) => `roleAndSubordinates:${name}`),
    ...(members.publicGroups?.publicGroup ?? []).map((name) => `group:${name}`),
  ]
}

export function queueMembers(chosen: readonly string[]): QueueMembers {
  const of = (kind: string): string[] =>
    chosen
      .filter((value) => value.startsWith(`${kind}:`))
      .map((value) => value.slice(kind.length + 1))
  return {
    users: { user: of('user') },
    roles: { role: of('role') },
    roleAndSubordinates: { roleAndSubordinate: of('roleAndSubordinates') },
    publicGroups: { publicGroup: of('group') },
  }
}
