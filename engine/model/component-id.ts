/** Ids under which clients know components that own no row. */
import { createHash } from 'node:crypto'
import { checksum } from '../base/record-id.ts'

const prefixes: ReadonlyMap<string, string> = new Map([
  ['CustomObject', '01I'],
  ['CustomField', '00N'],
  ['Layout', '00h'],
  ['ValidationRule', '03d'],
  ['RecordType', '012'],
  ['ListView', '00B'],
  ['PermissionSet', '0PS'],
  ['Profile', '00e'],
  ['CustomTab', '01r'],
  ['EntityDefinition', '4ie'],
  ['FieldDefinition', '4fe'],
  ['StandardValueSet', '0Nv'],
  ['CaseStatus', '01J'],
  ['LeadStatus', '01J'],
  ['OpportunityStage', '01J'],
  ['TaskPriority', '01J'],
  ['TaskStatus', '01J'],
])

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** Always the same for the same component. */
export function componentId(type: string, fullName: string): string {
  const bytes = createHash('sha256').update(`${type} ${fullName}`).digest().subarray(0, 12)
  const tail = [...bytes].map((byte) => digits.charAt(byte % digits.length)).join('')
  const id15 = `${prefixes.get(type) ?? '0XX'}${tail}`
  return id15 + checksum(id15)
}
