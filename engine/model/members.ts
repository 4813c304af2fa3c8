/** Members of a component that are components themselves: fields, rules, list views … of an object. */
import type { Declaration } from './declaration.ts'
import { metadataType, type MemberList } from './metadata-types.ts'

export interface Member {
  readonly type: string
  readonly name: string
  /** As components are called outside: "CollectionPlan.Status". */
  readonly fullName: string
  readonly body: Readonly<Record<string, unknown>>
}

/** All members of a component, list by list in file order. */
export function membersOf(declaration: Declaration): readonly Member[] {
  const lists = metadataType(declaration.type)?.members ?? []
  return lists.flatMap((list) => membersIn(declaration, list))
}

/** True for attributes that hold members. */
export function isMemberList(type: string, attribute: string): boolean {
  return metadataType(type)?.members.some((list) => list.property === attribute) === true
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
  return entries.map((entry) => {
    const name = String(entry[list.key])
    return { type: list.type, name, fullName: `${declaration.fullName}.${name}`, body: entry }
  })
}

/** The body of one member; undefined when there is none of that name. */
export function memberBody(declaration: Declaration, type: string, name: string): unknown {
  return membersOf(declaration).find((member) => member.type === type && member.name === name)?.body
}
