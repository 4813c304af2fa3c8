/** Record types: what a declaration says of picklists, by the names that the fields have now. */
import { createHash } from 'node:crypto'
import type { RecordType, RecordTypePicklistValue } from '../../metadata/types.ts'
import { checksum } from '../base/record-id.ts'
import type { ObjectBinding, RecordTypeModel, RecordTypeValues } from './model.ts'
import type { ObjectOutline } from './object-outline.ts'

export const recordTypeKeyPrefix = '012'

/** Stands for "no record type" where clients want an id; no record holds it. */
export const masterRecordTypeId = '012000000000000AAA'

const ownDigits = 12
const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** The id that a record type gets first: made of its name, so that it is the same in every database. */
export function recordTypeId(object: string, name: string): string {
  const digest = createHash('sha256').update(`${object}.${name}`).digest()
  const digits = Array.from({ length: ownDigits }, (_, index) =>
    alphabet.charAt(digest.readUInt16BE(index * 2) % alphabet.length),
  )
  const id15 = recordTypeKeyPrefix + digits.join('')
  return id15 + checksum(id15)
}

export function compileRecordTypes(
  outline: ObjectOutline,
  binding: ObjectBinding,
): readonly RecordTypeModel[] {
  const declared = outline.declaration.body.recordTypes ?? []
  return Object.freeze(declared.map((one) => compileRecordType(outline, one, binding)))
}

function compileRecordType(
  outline: ObjectOutline,
  declared: RecordType,
  binding: ObjectBinding,
): RecordTypeModel {
  const picklists = new Map<string, RecordTypeValues>()
  for (const limit of declared.picklistValues ?? []) {
    const field = outline.byName.get(limit.picklist.toLowerCase())
    if (field !== undefined) picklists.set(field.name, valuesOf(limit))
  }
  return Object.freeze({
    id: binding.recordTypes?.[declared.fullName] ?? recordTypeId(outline.name, declared.fullName),
    name: declared.fullName,
    label: declared.label ?? declared.fullName,
    description: declared.description,
    active: declared.active ?? true,
    compactLayout: declared.compactLayoutAssignment,
    picklists,
  })
}

function valuesOf(limit: RecordTypePicklistValue): RecordTypeValues {
  const values = limit.values ?? []
  return {
    values: new Set(values.flatMap((one) => [one.fullName, pickedValue(one.fullName)])),
    defaults: values.filter((one) => one.default === true).map((one) => pickedValue(one.fullName)),
  }
}

/** Within record types the public files write some characters of a value in percent form. */
export function pickedValue(written: string): string {
  if (!/%[0-9A-F]{2}/i.test(written)) return written
  try {
    return decodeURIComponent(written)
  } catch (error) {
    // A value that merely looks encoded is meant as it stands.
    if (error instanceof URIError) return written
    throw error
  }
}
