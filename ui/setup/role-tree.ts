/** Roles as a tree, and what may be done with it; pure. */
import type { RoleBody } from './component-bodies.ts'
import type { Component } from './setup-api.ts'

export interface RoleNode {
  readonly name: string
  readonly label: string
  readonly parent: string | undefined
  /** 1 at the top. */
  readonly level: number
  readonly hasChildren: boolean
  readonly position: number
  readonly siblings: number
}

type Role = Component<RoleBody>

/** In the order in which the tree shows them; a role under a closed one is left out. */
export function roleNodes(
  roles: readonly Role[],
  closed: ReadonlySet<string> = new Set(),
): readonly RoleNode[] {
  const names = new Set(roles.map(({ fullName }) => fullName))
  const childrenOf = new Map<string | undefined, Role[]>()
  for (const role of roles) {
    const { parentRole } = role.body
    // A role whose superior is missing stands at the top.
    const parent = parentRole !== undefined && names.has(parentRole) ? parentRole : undefined
    childrenOf.set(parent, [...(childrenOf.get(parent) ?? []), role])
  }
  const nodes: RoleNode[] = []
  const add = (parent: string | undefined, level: number): void => {
    const siblings = childrenOf.get(parent) ?? []
    siblings.forEach((role, index) => {
      const name = role.fullName
      const hasChildren = (childrenOf.get(name) ?? []).length > 0
      nodes.push({
        name,
        label: role.body.name ?? name,
        parent,
        level,
        hasChildren,
        position: index + 1,
        siblings: siblings.length,
      })
      if (hasChildren && !closed.has(name) && level < roles.length) add(name, level + 1)
    })
  }
  add(undefined, 1)
  return nodes
}

/** A role goes neither under itself nor under one that stands below it. */
export function mayMove(roles: readonly Role[], role: string, parent: string | undefined): boolean {
  const parentOf = new Map(roles.map(({ fullName, body }) => [fullName, body.parentRole]))
  const seen = new Set<string>()
  for (let one = parent; one !== undefined && !seen.has(one); one = parentOf.get(one)) {
    if (one === role) return false
    seen.add(one)
  }
  return parentOf.get(role) !== parent
}

export function withParent(body: RoleBody, parent: string | undefined): RoleBody {
  const { parentRole: _, ...rest } = body
  return parent === undefined ? rest : { ...rest, parentRole: parent }
}
