/** A record as it comes in: its fields, and what `attributes` says about it. */
import { refuse } from '../base/refusal.ts'
import type { RecordBody } from '../records/records.ts'

export interface RecordInput {
  readonly body: RecordBody
  /** `attributes.type`. */
  readonly type: string | undefined
  /** `attributes.base`: the values the form started from. */
  readonly base: ReadonlyMap<string, unknown> | undefined
  /** `attributes.isClone`: the record is made as the copy of another one. */
  readonly isClone: boolean
}

/** Splits off the attributes; refuses a type that is not the object of the address. */
export function recordInput(body: Map<string, unknown>, object?: string): RecordInput {
  const attributes = attributesOf(body)
  const fields = new Map(body)
  fields.delete('attributes')
  const type = attributes.get('type')
  if (type !== undefined && typeof type !== 'string') throw badAttributes()
  if (object !== undefined && type !== undefined && type.toLowerCase() !== object.toLowerCase()) {
    throw refuse(
      'INVALID_TYPE',
      `The record says it is a ${type.slice(0, 80)}, the address says ${object}.`,
    )
  }
  const base = attributes.get('base')
  const isClone = attributes.get('isClone') === true
  return { body: fields, type, base: base === undefined ? undefined : mapOf(base), isClone }
}

function attributesOf(body: ReadonlyMap<string, unknown>): ReadonlyMap<string, unknown> {
  const attributes = body.get('attributes')
  return attributes === undefined ? new Map() : mapOf(attributes)
}

function mapOf(value: unknown): ReadonlyMap<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw badAttributes()
  return new Map(Object.entries(value))
}

function badAttributes() {
  return refuse('JSON_PARSER_ERROR', '"attributes" must be an object with a "type".', {
    fields: ['attributes'],
  })
}
