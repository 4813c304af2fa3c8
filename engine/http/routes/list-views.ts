/** List views of an object for programs: which there are, what they ask for, and what they find. */
import type { ObjectModel } from '../../model/model.ts'
import { componentId } from '../../model/component-id.ts'
import { limits } from '../../base/limits.ts'
import { refuse } from '../../base/refusal.ts'
import { findField, type Gate } from '../../query/resolve.ts'
import type { AppParts } from '../app-parts.ts'
import { modelFor } from '../language-of.ts'
import { noResource, readableObject } from '../readable-object.ts'
import { json } from '../respond.ts'
import type { Call } from '../route.ts'
import { listViews, type ListViewView } from '../views/list-view.ts'

type Parts = Pick<AppParts, 'deployer' | 'records'>

interface Place {
  readonly gate: Gate
  readonly object: ObjectModel
}

function placeOf(parts: Parts, call: Call): Place {
  const { name } = readableObject(parts, call, call.param('object'))
  const gate = { model: modelFor(parts, call.caller), access: call.caller.access }
  const object = gate.model.object(name)
  if (object === undefined) throw noResource()
  return { gate, object }
}

/** `…/listviews`. */
export function listViewsOfObject(parts: Parts, call: Call): Response {
  const { gate, object } = placeOf(parts, call)
  const root = `/services/data/v${call.caller.apiVersion}/sobjects/${object.name}/listviews`
  const views = listViews(gate, object).map((view) => {
    const id = idOf(object, view)
    const url = `${root}/${id}`
    const { name: developerName, label } = view
    const addresses = { describeUrl: `${url}/describe`, resultsUrl: `${url}/results`, url }
    return { id, developerName, label, soqlCompatible: true, ...addresses }
  })
  const answer = { done: true, listviews: views, nextRecordsUrl: null, size: views.length }
  return json({ ...answer, sobjectType: object.name }, 200, call.limitInfo)
}

/** `…/listviews/<id>/describe` and `…/results`. */
export function listViewResource(parts: Parts, call: Call): Response | Promise<Response> {
  const place = placeOf(parts, call)
  const view = listViews(place.gate, place.object).find(
    (one) => idOf(place.object, one) === call.param('value'),
  )
  if (view === undefined) throw noResource()
  const asked = { parts, call, place, view }
  if (call.param('recordType') === 'describe') return described(asked)
  if (call.param('recordType') === 'results') return found(asked)
  throw noResource()
}

interface Asked {
  readonly parts: Parts
  readonly call: Call
  readonly place: Place
  readonly view: ListViewView
}

function idOf(object: ObjectModel, { name }: ListViewView): string {
  return componentId('ListView', `${object.name}.${name}`)
}

function queryOf({ name }: ObjectModel, view: ListViewView): string {
  const columns = [...new Set([...view.columns, 'Id'])].join(', ')
  const scope = view.scope === null ? '' : ` USING SCOPE ${view.scope}`
  const where = view.where === null ? '' : ` WHERE ${view.where}`
  const order = view.orderBy.map(({ field, direction }) => `${field} ${direction.toUpperCase()}`)
  return `SELECT ${columns} FROM ${name}${scope}${where} ORDER BY ${order.join(', ')}`
}

/** What the list view asks for; undefined where the caller knows of none with this id. */
export function queryOfListView(parts: Parts, call: Call, id: string): string | undefined {
  const { caller } = call
  const gate = { model: modelFor(parts, caller), access: caller.access }
  for (const name of gate.model.objectNames) {
    const object = caller.access.mayObject(name, 'read') ? gate.model.object(name) : undefined
    const view = object && listViews(gate, object).find((one) => idOf(object, one) === id)
    if (object !== undefined && view !== undefined) return queryOf(object, view)
  }
  return undefined
}

function columnsOf({ gate, object }: Place, view: ListViewView): readonly unknown[] {
  return [...new Set([...view.columns, 'Id'])].map((name) => {
    const field = findField(gate, object, name)
    const order = view.orderBy.findIndex((one) => one.field === name)
    return {
      ascendingLabel: null,
      descendingLabel: null,
      fieldNameOrPath: name,
      hidden: !view.columns.includes(name),
      label: field?.label ?? name,
      searchable: false,
      selectListItem: name,
      sortable: field?.type.sortColumns !== undefined,
      sortDirection: view.orderBy[order] === undefined ? null : directionOf(view.orderBy[order]),
      sortIndex: order < 0 ? null : order,
      type: field?.type.describe(field.options).type ?? 'string',
    }
  })
}

function directionOf({ direction }: ListViewView['orderBy'][number]): string {
  return direction === 'asc' ? 'ascending' : 'descending'
}

function described({ call, place, view }: Asked): Response {
  const { object } = place
  const orderBy = view.orderBy.map((one) => ({
    fieldNameOrPath: one.field,
    nullsPosition: one.direction === 'asc' ? 'first' : 'last',
    sortDirection: directionOf(one),
  }))
  const answer = {
    columns: columnsOf(place, view),
    id: idOf(object, view),
    orderBy,
    query: queryOf(object, view),
    relatedEntityId: null,
    scope: view.scope ?? 'everything',
    scopeEntityId: null,
    sobjectType: object.name,
  }
  return json(answer, 200, call.limitInfo)
}

const rowsUsual = 25

async function found({ parts, call, place, view }: Asked): Promise<Response> {
  const { object } = place
  const max = countOf(call, 'limit', rowsUsual)
  const skip = countOf(call, 'offset', 0)
  const soql = `${queryOf(object, view)} LIMIT ${Math.min(max, limits.queryPageRows)} OFFSET ${skip}`
  const { text } = await parts.records.query(call.caller, soql)
  const { records }: { readonly records: readonly unknown[] } = JSON.parse(text)
  const names = [...new Set([...view.columns, 'Id'])]
  const rows = records.map((record) => {
    const values = new Map<string, unknown>(Object.entries(Object(record)))
    const cell = (name: string) => ({ fieldNameOrPath: name, value: textOf(values.get(name)) })
    return { columns: names.map(cell) }
  })
  const answer = {
    columns: columnsOf(place, view),
    developerName: view.name,
    done: true,
    id: idOf(object, view),
    label: view.label,
    records: rows,
    size: rows.length,
  }
  return json(answer, 200, call.limitInfo)
}

function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function countOf(call: Call, name: string, fallback: number): number {
  const text = call.query(name)
  if (text === undefined) return fallback
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw refuse('INVALID_ARGUMENT', `"${name}" must be a whole number.`, { fields: [name] })
}
