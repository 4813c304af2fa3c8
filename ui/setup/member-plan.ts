/** Plans for the members of an object: rules, record types, compact layouts and list views. */
import { metadata } from '../api.ts'
import type { Plan } from '../base/wire-metadata.ts'
import { asBody } from './field-changes.ts'

type MemberType = 'CompactLayout' | 'ListView' | 'RecordType' | 'ValidationRule'

interface Member {
  readonly fullName: string
}

/** Adds or replaces the member. */
export function planMember(object: string, type: MemberType, member: Member): Promise<Plan> {
  const fullName = `${object}.${member.fullName}`
  return metadata.plan([{ type, fullName, body: asBody(member) }])
}

export function planMemberDelete(object: string, type: MemberType, name: string): Promise<Plan> {
  return metadata.plan([{ type, fullName: `${object}.${name}`, delete: true }])
}
