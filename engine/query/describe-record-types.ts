/** The record types of an object in the words of the public describe. */
import { masterRecordTypeId } from '../model/record-types.ts'
import type { ObjectModel } from '../model/model.ts'
import type { Gate } from './resolve.ts'

export interface RecordTypeInfo {
  readonly active: boolean
  readonly available: boolean
  readonly defaultRecordTypeMapping: boolean
  readonly developerName: string
  readonly master: boolean
  readonly name: string
  readonly recordTypeId: string
  readonly urls: Readonly<Record<string, string>>
}

/** Those of the file in its order; the last one stands for records without a record type. */
export function describeRecordTypes(
  gate: Gate,
  object: ObjectModel,
  version: string,
): readonly RecordTypeInfo[] {
  const open = new Set(gate.access.recordTypes(object))
  const fallback = gate.access.defaultRecordType(object)
  const layouts = `/services/data/v${version}/sobjects/${object.name}/describe/layouts`
  const types = object.recordTypes.map((type) => ({
    active: type.active,
    available: open.has(type),
    defaultRecordTypeMapping: type === fallback,
    developerName: type.name,
    master: false,
    name: type.label,
    recordTypeId: type.id,
    urls: { layout: `${layouts}/${type.id}` },
  }))
  const master = {
    active: true,
    available: fallback === undefined,
    defaultRecordTypeMapping: fallback === undefined,
    developerName: 'Master',
    master: true,
    name: 'Master',
    recordTypeId: masterRecordTypeId,
    urls: { layout: `${layouts}/${masterRecordTypeId}` },
  }
  return [...types, master]
}
