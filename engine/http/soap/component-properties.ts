/** Components as lists of the Metadata API name them. */
import { createHash } from 'node:crypto'
import { checksum } from '../../base/record-id.ts'
import { systemAuthor } from '../../deploy/plan.ts'
import type { SoapRecord } from './envelope.ts'

export interface NamedComponent {
  readonly type: string
  readonly fullName: string
  readonly fileName: string
}

/** Files say nothing of their authors; the journal does, change by change. */
const longAgo = '1970-01-01T00:00:00.000Z'

export function fileProperties({ type, fullName, fileName }: NamedComponent): SoapRecord {
  const { id, name } = systemAuthor
  return {
    createdById: id,
    createdByName: name,
    createdDate: longAgo,
    fileName,
    fullName,
    id: componentId(type, fullName),
    lastModifiedById: id,
    lastModifiedByName: name,
    lastModifiedDate: longAgo,
    manageableState: 'unmanaged',
    type,
  }
}

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
])

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** Always the same for the same component. */
export function componentId(type: string, fullName: string): string {
  const bytes = createHash('sha256').update(`${type} ${fullName}`).digest().subarray(0, 12)
  const tail = [...bytes].map((byte) => digits.charAt(byte % digits.length)).join('')
  const id15 = `${prefixes.get(type) ?? '0XX'}${tail}`
  return id15 + checksum(id15)
}
