/** `sObject` elements → the records of the REST API: texts become what the fields hold. */
import { Decimal } from 'decimal.js'
import { refuse } from '../../../base/refusal.ts'
import type { XmlElement } from '../../../model/xml/xml-tree.ts'
import { child, childrenOf, isNil, localName, textOf } from '../envelope.ts'
import { answered, listOf, membersOf, type PartnerAsked } from './partner-asked.ts'

export interface ReadRecord {
  readonly type: string
  readonly id: string | undefined
  /** Without the id. */
  readonly fields: Readonly<Record<string, unknown>>
}

const recordsMax = 200

export async function readSobjects(
  asked: PartnerAsked,
  element = 'sObjects',
): Promise<readonly ReadRecord[]> {
  const found = childrenOf(asked.call.operation, element)
  if (found.length > recordsMax) {
    throw refuse('LIMIT_EXCEEDED', `A call takes at most ${recordsMax} records.`)
  }
  const read = createSobjectReader(asked)
  const records: ReadRecord[] = []
  for (const one of found) records.push(await read(one))
  return records
}

/** Reads one after the other; what is known of an object serves for all of them. */
export function createSobjectReader(
  asked: PartnerAsked,
): (element: XmlElement) => Promise<ReadRecord> {
  const kinds = createKinds(asked)
  return (element) => readRecord(kinds, element)
}

type KindOf = (object: string, field: string) => Promise<string | undefined>

/** Field types by describe, which is asked for once. */
function createKinds(asked: PartnerAsked): KindOf {
  const known = new Map<string, ReadonlyMap<string, string>>()
  return async (object, field) => {
    const types = known.get(object) ?? (await fieldTypes(asked, object))
    known.set(object, types)
    return types.get(field.toLowerCase())
  }
}

/** By lower-case names. */
export async function fieldTypes(
  asked: PartnerAsked,
  object: string,
): Promise<ReadonlyMap<string, string>> {
  const path = `/sobjects/${encodeURIComponent(object)}/describe`
  const described = membersOf(await answered(asked, { path }))
  return new Map(
    listOf(described.get('fields'))
      .map(membersOf)
      .map((field) => [String(field.get('name')).toLowerCase(), String(field.get('type'))]),
  )
}

async function readRecord(kindOf: KindOf, element: XmlElement): Promise<ReadRecord> {
  const type = textOf(element, 'type')
  if (type === undefined || type === '') {
    throw refuse('INVALID_TYPE', 'Each sObject needs its type.', { fields: ['type'] })
  }
  const fields = new Map<string, unknown>()
  for (const one of element.children) {
    const name = localName(one)
    if (name === 'type' || name === 'Id' || isNil(one)) continue
    // What is nil is left alone, as on the platform; a field is emptied by its name.
    if (name === 'fieldsToNull') fields.set(one.text.trim(), null)
    else fields.set(name, await valueOf(kindOf, { type, name, element: one }))
  }
  const id = textOf(element, 'Id')
  return { type, id: id === '' ? undefined : id, fields: Object.fromEntries(fields) }
}

interface Given {
  readonly type: string
  readonly name: string
  readonly element: XmlElement
}

/** A record within a record names a parent by a key of its own. */
async function valueOf(kindOf: KindOf, { type, name, element }: Given): Promise<unknown> {
  if (element.children.length > 0) {
    const parent = element.children.filter((one) => localName(one) !== 'type' && !isNil(one))
    if (parent.some((one) => one.children.length > 0)) {
      throw refuse('INVALID_FIELD', `${name} names a parent by a key of its own, not of another.`, {
        fields: [name],
      })
    }
    const parentType = child(element, 'type')?.text.trim()
    const attributes = parentType === undefined ? {} : { attributes: { type: parentType } }
    return {
      ...attributes,
      ...Object.fromEntries(parent.map((one) => [localName(one), one.text])),
    }
  }
  return typed(await kindOf(type, name), element.text)
}

const numbers: ReadonlySet<string> = new Set(['int', 'double', 'currency', 'percent', 'long'])

/** A text that is none of the type is refused by whoever checks values. */
function typed(kind: string | undefined, text: string): unknown {
  const trimmed = text.trim()
  if (kind === 'boolean') {
    if (trimmed === 'true' || trimmed === '1') return true
    return trimmed === 'false' || trimmed === '0' ? false : text
  }
  return kind !== undefined && numbers.has(kind) && isExact(trimmed) ? Number(trimmed) : text
}

/** A number that would be another one by now stays the text that was sent. */
function isExact(text: string): boolean {
  const number = Number(text)
  return decimal.test(text) && Number.isFinite(number) && new Decimal(number).equals(text)
}

const decimal = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/
