/**
 * Records by the names of relationships: `Account/<id>/Contacts` answers like a query, `Contact/<id>/Account` like the parent's own
 * address. What may not be known of is answered like what does not exist.
 */
import { message } from '../../base/message.ts'
import { normaliseId } from '../../base/record-id.ts'
import { Refusal, refuse } from '../../base/refusal.ts'
import type { ObjectModel } from '../../model/model.ts'
import {
  findField,
  resolveChildren,
  resolveField,
  visibleFields,
  type Gate,
  type ResolvedChildren,
} from '../../query/resolve.ts'
import { queryRows, soqlText, textAt } from '../../records/answer-rows.ts'
import { gateOf } from '../../records/targets.ts'
import type { AppParts } from '../app-parts.ts'
import { modelFor } from '../language-of.ts'
import { readableObject } from '../readable-object.ts'
import { jsonText } from '../respond.ts'
import type { Call } from '../route.ts'

type Parts = Pick<AppParts, 'deployer' | 'records'>

export interface RecordPlace {
  readonly object: string
  readonly id: string
}

interface ListPlace extends RecordPlace {
  /** Those that were asked for; undefined for all. */
  readonly fields: readonly string[] | undefined
}

/** Where an address begins that goes on from a record; undefined where it means something else. */
export function startOf(parts: Parts, call: Call): RecordPlace | undefined {
  const id = normaliseId(call.param('field'))
  if (id === undefined) return undefined
  const object = readableObject(parts, call, call.param('object'))
  return id.startsWith(object.keyPrefix) ? { object: object.name, id } : undefined
}

/** The parent behind a relationship; undefined where the name means none. Refuses where no record stands there. */
export async function parentOf(
  parts: Parts,
  call: Call,
  { object: name, id }: RecordPlace,
): Promise<RecordPlace | undefined> {
  const object = readableObject(parts, call, name)
  const lookup = object.parents.get(call.param('value').toLowerCase())
  const gate = gateOf(modelFor(parts, call.caller), call.caller)
  if (lookup === undefined || findField(gate, object, lookup.name) === undefined) return undefined
  const soql = `SELECT ${lookup.name} FROM ${object.name} WHERE Id = ${soqlText(id)}`
  const [row] = await queryRows(parts.records, call.caller, soql)
  const parentId = row && textAt(row, lookup.name)
  const parent = gate.model.objectByKeyPrefix(parentId?.slice(0, 3) ?? '')
  if (parentId === undefined || parent === undefined) throw nothingThere()
  return { object: parent.name, id: parentId }
}

/** The children of a record by the name of their list, like a query of them. */
export async function childrenOf(
  parts: Parts,
  call: Call,
  { object: name, id, fields: asked }: ListPlace,
): Promise<Response> {
  const parent = readableObject(parts, call, name)
  const gate = gateOf(modelFor(parts, call.caller), call.caller)
  const { object, lookup } = childrenNamed(gate, parent, call.param('value'))
  const fields =
    asked?.map((one) => resolveField(gate, object, one)) ??
    visibleFields(gate, object).filter((field) => field.components.length === 0)
  // Of a record that the caller may not see there are no children either.
  await parts.records.retrieve(call.caller, parent.name, id, ['Id'])
  const names = [...new Set(fields.map((field) => field.name))].join(', ')
  const soql = `SELECT ${names} FROM ${object.name} WHERE ${lookup.name} = ${soqlText(id)}`
  const { body } = await parts.records.query(call.caller, soql)
  return jsonText(body, 200, call.limitInfo)
}

function childrenNamed(gate: Gate, parent: ObjectModel, name: string): ResolvedChildren {
  try {
    return resolveChildren(gate, parent, name)
  } catch (error) {
    if (error instanceof Refusal) throw nothingThere()
    throw error
  }
}

function nothingThere(): Refusal {
  return refuse('NOT_FOUND', message('The requested resource does not exist'))
}
