/** Records and results of queries in JSON → the elements of the Partner API. */
import { escapeXml, type Markup } from '../envelope.ts'
import { listOf, membersOf, type PartnerAsked } from './partner-asked.ts'
import { fieldTypes } from './read-sobjects.ts'

type Members = ReadonlyMap<string, unknown>

/** Writes records, and knows which of their texts are moments. */
export interface SobjectWriter {
  record(tag: string, record: unknown): Promise<Markup>
  /** The members of a QueryResult: done, locator, records, size. */
  result(json: unknown): Promise<string>
}

export function createSobjectWriter(asked: PartnerAsked): SobjectWriter {
  const known = new Map<string, ReadonlyMap<string, string>>()
  const typesOf = async (object: string): Promise<ReadonlyMap<string, string>> => {
    const types =
      known.get(object) ??
      (object === 'AggregateResult' ? new Map<string, string>() : await fieldTypes(asked, object))
    known.set(object, types)
    return types
  }

  const record = async (tag: string, json: unknown): Promise<string> => {
    const members = membersOf(json)
    const type = String(membersOf(members.get('attributes')).get('type') ?? '')
    const id = members.get('Id')
    const parts = [`<sf:type>${escapeXml(type)}</sf:type>`, element('sf:Id', id ?? null)]
    for (const [name, value] of members) {
      if (name === 'attributes') continue
      parts.push(await field({ type, name: `sf:${name}` }, value))
    }
    return `<${tag} xsi:type="sf:sObject">${parts.join('')}</${tag}>`
  }

  const field = async (at: { type: string; name: string }, value: unknown): Promise<string> => {
    const { type, name } = at
    if (typeof value === 'object' && value !== null) return inner(name, value)
    if (type === 'AggregateResult') return typedElement(name, value)
    if (typeof value !== 'string' || !moment.test(value)) return element(name, value)
    const isMoment = (await typesOf(type)).get(name.slice(3).toLowerCase()) === 'datetime'
    return element(name, isMoment ? inUtc(value) : value)
  }

  const inner = async (name: string, value: object): Promise<string> => {
    const members = membersOf(value)
    if (members.has('records')) {
      return `<${name} xsi:type="QueryResult">${await result(value)}</${name}>`
    }
    if (members.has('attributes')) return record(name, value)
    const parts = [...members].map(([part, one]) => element(part, one))
    return `<${name} xsi:type="${compoundType(members)}">${parts.join('')}</${name}>`
  }

  const result = async (json: unknown): Promise<string> => {
    const members = membersOf(json)
    const next = members.get('nextRecordsUrl')
    const locator = typeof next === 'string' ? (next.split('/').at(-1) ?? null) : null
    const records: string[] = []
    for (const one of listOf(members.get('records'))) records.push(await record('records', one))
    return [
      element('done', members.get('done')),
      element('queryLocator', locator),
      ...records,
      element('size', members.get('totalSize')),
    ].join('')
  }

  return { record: async (tag, json) => ({ markup: await record(tag, json) }), result }
}

const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$/

export function inUtc(text: string): string {
  return text.replace(/\+0000$/, 'Z')
}

function compoundType(members: Members): string {
  return members.has('city') || members.has('street') ? 'address' : 'location'
}

function element(name: string, value: unknown): string {
  if (value === null || value === undefined) return `<${name} xsi:nil="true"/>`
  return `<${name}>${escapeXml(String(value))}</${name}>`
}

/** Results of functions have no field that would say of what type they are. */
function typedElement(name: string, value: unknown): string {
  if (typeof value !== 'number') return element(name, value)
  const type = Number.isInteger(value) ? 'xsd:int' : 'xsd:double'
  return `<${name} xsi:type="${type}">${value}</${name}>`
}
