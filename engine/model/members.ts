/** Members of a component that are components themselves: fields, rules, list views … of an object. */
import type { Declaration } from './declaration.ts'
import { metadataType, type MemberList } from './metadata-types.ts'

export interface Member {
  readonly type: string
  readonly name: string
  readonly body: Readonly<Record<string, unknown>>
}

/** All members of a component, list by list in file order. */
export function membersOf(declaration: Declaration): readonly Member[] {
  const lists = metadataType(declaration.type)?.members ?? []
  return lists.flatMap((list) => membersIn(declaration, list))
}

/** Names of the members of one type. */
export function memberNames(declaration: Declaration, type: string): readonly string[] {
  const list = metadataType(declaration.type)?.members.find((one) => one.type === type)
  return list === undefined ? [] : membersIn(declaration, list).map((member) => member.name)
}

function membersIn(declaration: Declaration, list: MemberList): readonly Member[] {
  // The schema says that a list of members holds objects which carry the naming attribute.
  const body = declaration.body as unknown as Readonly<Record<string, unknown>>
  const entries = (body[list.property] ?? []) as readonly Readonly<Record<string, unknown>>[]
  return entries.map((entry) => ({ type: list.type, name: String(entry[list.key]), body: entry }))
}
