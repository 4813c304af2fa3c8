/** create, update, upsert, delete, undelete, emptyRecycleBin, retrieve, getUpdated and getDeleted. */
import { refuse } from '../../../base/refusal.ts'
import type { SoapRecord } from '../envelope.ts'
import {
  answered,
  headerText,
  listOf,
  membersOf,
  refusedBy,
  requiredText,
  textsOf,
  type PartnerAsked,
  type PartnerOperation,
  type RestAsked,
} from './partner-asked.ts'
import { readSobjects, type ReadRecord } from './read-sobjects.ts'
import { createSobjectWriter, inUtc } from './write-sobjects.ts'

const collection = '/composite/sobjects'

export const create: PartnerOperation = async (asked) => {
  const records = (await readSobjects(asked)).map(({ type, fields }) => ({
    attributes: { type },
    ...fields,
  }))
  return saved(asked, { method: 'POST', path: collection, records })
}

export const update: PartnerOperation = async (asked) =>
  saved(asked, {
    method: 'PATCH',
    path: collection,
    records: (await readSobjects(asked)).map(withId),
  })

export const upsert: PartnerOperation = async (asked) => {
  const field = requiredText(asked, 'externalIDFieldName')
  const records = await readSobjects(asked)
  const [type = '', ...others] = new Set(records.map((one) => one.type))
  if (others.length > 0) {
    throw refuse('INVALID_TYPE', 'The records of one upsert are of one object.', {
      fields: ['sObjects'],
    })
  }
  const path = `${collection}/${encodeURIComponent(type)}/${encodeURIComponent(field)}`
  const rows = field.toLowerCase() === 'id' ? records.map(withId) : records.map(withoutId)
  return saved(asked, { method: 'PATCH', path, records: rows })
}

function withId({ type, id, fields }: ReadRecord): object {
  return { attributes: { type }, ...fields, ...(id === undefined ? {} : { id }) }
}

function withoutId({ type, fields }: ReadRecord): object {
  return { attributes: { type }, ...fields }
}

interface Saving {
  readonly method: 'POST' | 'PATCH'
  readonly path: string
  readonly records: readonly object[]
}

async function saved(asked: PartnerAsked, { method, path, records }: Saving) {
  if (records.length === 0) return []
  const body = { allOrNone: allOrNone(asked), records }
  const request = { method, path, body, headers: assigning(asked) }
  return listOf(await answered(asked, request)).map(saveResult)
}

function allOrNone(asked: PartnerAsked): boolean {
  return headerText(asked, 'AllOrNoneHeader', 'allOrNone') === 'true'
}

/** In this API assignment rules are asked only by whoever says so. */
function assigning(asked: PartnerAsked): Readonly<Record<string, string>> {
  const header = 'AssignmentRuleHeader'
  const isAsked =
    headerText(asked, header, 'useDefaultRule') === 'true' ||
    headerText(asked, header, 'assignmentRuleId') !== undefined
  return isAsked ? {} : { 'Sforce-Auto-Assign': 'false' }
}

function saveResult(json: unknown): SoapRecord {
  const members = membersOf(json)
  const created = members.get('created')
  return {
    ...(typeof created === 'boolean' ? { created } : {}),
    errors: listOf(members.get('errors')).map(errorOf),
    id: textOrNull(members.get('id')),
    success: members.get('success') === true,
  }
}

export function errorOf(json: unknown): SoapRecord {
  const error = membersOf(json)
  return {
    fields: listOf(error.get('fields')).map(String),
    message: String(error.get('message') ?? ''),
    statusCode: String(error.get('statusCode') ?? error.get('errorCode') ?? ''),
  }
}

export function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

const idsMax = 200

function idsIn(asked: PartnerAsked): readonly string[] {
  const ids = textsOf(asked, 'ids')
  if (ids.length <= idsMax) return ids
  throw refuse('LIMIT_EXCEEDED', `A call takes at most ${idsMax} ids.`, { fields: ['ids'] })
}

export const remove: PartnerOperation = async (asked) => {
  const ids = idsIn(asked)
  if (ids.length === 0) return []
  const listed = ids.map(encodeURIComponent).join(',')
  const path = `${collection}?ids=${listed}&allOrNone=${allOrNone(asked)}`
  return listOf(await answered(asked, { method: 'DELETE', path })).map(saveResult)
}

export const undelete: PartnerOperation = (asked) =>
  each(asked, (id) => ({
    method: 'POST',
    path: `/services/fieldstone/v1/recycle-bin/${encodeURIComponent(id)}/undelete`,
  }))

export const emptyRecycleBin: PartnerOperation = (asked) =>
  each(asked, (id) => ({
    method: 'DELETE',
    path: `/services/fieldstone/v1/recycle-bin/${encodeURIComponent(id)}`,
  }))

async function each(asked: PartnerAsked, request: (id: string) => RestAsked) {
  const results: SoapRecord[] = []
  for (const id of idsIn(asked)) {
    const { status, json } = await asked.rest(request(id))
    // Who may not ask at all is told so once.
    if (status === 401 || status === 429) throw refusedBy(json)
    const errors = status < 300 ? [] : listOf(json).map(errorOf)
    results.push({ errors, id, success: errors.length === 0 })
  }
  return results
}

export const retrieve: PartnerOperation = async (asked) => {
  const type = encodeURIComponent(requiredText(asked, 'sObjectType'))
  const fields = requiredText(asked, 'fieldList')
    .split(',')
    .map((name) => name.trim())
  const ids = textsOf(asked, 'ids')
  if (ids.length === 0) return []
  const request = { method: 'POST', path: `${collection}/${type}`, body: { ids, fields } } as const
  const writer = createSobjectWriter(asked)
  const results = []
  for (const one of listOf(await answered(asked, request))) {
    results.push(one === null ? null : await writer.record('result', one))
  }
  return results
}

export const getUpdated: PartnerOperation = async (asked) => {
  const told = await changesSince(asked, 'updated')
  return [{ ids: listOf(told.get('ids')).map(String), latestDateCovered: dateIn(told) }]
}

export const getDeleted: PartnerOperation = async (asked) => {
  const told = await changesSince(asked, 'deleted')
  const deletedRecords = listOf(told.get('deletedRecords'))
    .map(membersOf)
    .map((one) => ({
      deletedDate: inUtc(String(one.get('deletedDate'))),
      id: String(one.get('id')),
    }))
  const earliestDateAvailable = inUtc(String(told.get('earliestDateAvailable')))
  return [{ deletedRecords, earliestDateAvailable, latestDateCovered: dateIn(told) }]
}

function dateIn(told: ReadonlyMap<string, unknown>): string {
  return inUtc(String(told.get('latestDateCovered')))
}

async function changesSince(asked: PartnerAsked, kind: 'updated' | 'deleted') {
  const [type, start, end] = ['sObjectType', 'startDate', 'endDate'].map((name) =>
    encodeURIComponent(requiredText(asked, name)),
  )
  const path = `/sobjects/${type}/${kind}?start=${start}&end=${end}`
  return membersOf(await answered(asked, { path }))
}
