/** Who may do what with a deal, worked out person by person, without a database. */
import type { FirmPlan } from './sharing-world.ts'

export interface DealPlan {
  readonly owner: string
  readonly kind: string
  readonly shares: readonly { readonly to: string; readonly level: string; readonly on: boolean }[]
}

const ranks = new Map([
  ['Read', 1],
  ['Edit', 2],
  ['All', 4],
])

/** 0 nothing, 1 read, 2 edit, 4 all. */
export function naiveRank(plan: FirmPlan, user: string, deal: DealPlan): number {
  const found = [0]
  if (deal.owner === user) found.push(4)
  if (plan.hierarchy && isAbove(plan, user, deal.owner)) found.push(4)
  for (const rule of plan.rules) {
    const meant =
      rule.from === undefined ? deal.kind === rule.kind : owns(plan, rule.from, deal.owner)
    if (meant && isReached(plan, user, rule.to)) found.push(ranks.get(rule.level) ?? 0)
  }
  for (const { to, level, on } of deal.shares) {
    if (on && isHolder(plan, user, to)) found.push(ranks.get(level) ?? 0)
  }
  return Math.max(...found)
}

function roleOf(plan: FirmPlan, user: string): string | undefined {
  return plan.users.get(user)
}

function isRoleAbove(plan: FirmPlan, above: string | undefined, role: string | undefined): boolean {
  if (above === undefined || role === undefined) return false
  for (let one = plan.roles.get(role); one !== undefined; one = plan.roles.get(one)) {
    if (one === above) return true
  }
  return false
}

function isAbove(plan: FirmPlan, user: string, other: string): boolean {
  return isRoleAbove(plan, roleOf(plan, user), roleOf(plan, other))
}

interface Flat {
  readonly users: ReadonlySet<string>
  readonly roles: ReadonlySet<string>
}

function branch(plan: FirmPlan, role: string): string[] {
  return [role, ...[...plan.roles.keys()].filter((one) => isRoleAbove(plan, role, one))]
}

function flat(plan: FirmPlan, name: string, seen = new Set<string>()): Flat {
  const users = new Set<string>()
  const roles = new Set<string>()
  const [kind = '', role] = name.split(':')
  if (role !== undefined) {
    for (const one of kind === 'role' ? [role] : branch(plan, role)) roles.add(one)
    return { users, roles }
  }
  if (seen.has(name)) return { users, roles }
  seen.add(name)
  for (const member of plan.groups.get(name)?.members ?? []) {
    if (plan.users.has(member)) users.add(member)
    else {
      const inner = flat(plan, member, seen)
      for (const one of inner.users) users.add(one)
      for (const one of inner.roles) roles.add(one)
    }
  }
  return { users, roles }
}

/** A user, a group or a role's group as the receiver of a share. */
function isHolder(plan: FirmPlan, user: string, to: string): boolean {
  if (plan.users.has(to)) return to === user || (plan.hierarchy && isAbove(plan, user, to))
  const { users, roles } = flat(plan, to)
  const role = roleOf(plan, user)
  if (users.has(user) || (role !== undefined && roles.has(role))) return true
  const reachesUp = plan.groups.get(to)?.bosses ?? true
  if (!plan.hierarchy || !reachesUp) return false
  return (
    [...users].some((one) => isAbove(plan, user, one)) ||
    [...roles].some((one) => isRoleAbove(plan, role, one))
  )
}

function named(to: Readonly<Record<string, unknown>>, key: string): readonly string[] {
  return (to[key] ?? []) as readonly string[]
}

function rolesIn(plan: FirmPlan, to: Readonly<Record<string, unknown>>): ReadonlySet<string> {
  return new Set([
    ...named(to, 'role'),
    ...named(to, 'roleAndSubordinates').flatMap((role) => branch(plan, role)),
  ])
}

function isReached(plan: FirmPlan, user: string, to: Readonly<Record<string, unknown>>): boolean {
  if (to['allInternalUsers'] === true) return true
  const role = roleOf(plan, user)
  const roles = rolesIn(plan, to)
  if (role !== undefined && roles.has(role)) return true
  if (plan.hierarchy && [...roles].some((one) => isRoleAbove(plan, role, one))) return true
  return named(to, 'group').some((group) => isHolder(plan, user, group))
}

function owns(plan: FirmPlan, from: Readonly<Record<string, unknown>>, owner: string): boolean {
  if (from['allInternalUsers'] === true) return true
  const role = roleOf(plan, owner)
  if (role !== undefined && rolesIn(plan, from).has(role)) return true
  return named(from, 'group').some((group) => {
    const { users, roles } = flat(plan, group)
    return users.has(owner) || (role !== undefined && roles.has(role))
  })
}
