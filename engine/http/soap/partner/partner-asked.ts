/** What an operation of the Partner API is given: the call, and the way to what the REST API does for the same caller. */
import { refuse, type ErrorCode } from '../../../base/refusal.ts'
import { child, textOf, type SoapCall, type SoapValue } from '../envelope.ts'

export interface RestAsked {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** After `/services/data/v67.0`; with a slash and a name before it, an address of its own. */
  readonly path: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export interface RestAnswer {
  readonly status: number
  /** What the JSON says; undefined where there is none. */
  readonly json: unknown
}

export interface PartnerAsked {
  readonly call: SoapCall
  /** As it stands in the address: "67.0". */
  readonly version: string
  /** The REST API answers, by the rights of the session in the call. */
  rest(asked: RestAsked): Promise<RestAnswer>
}

/** Each value becomes one `result`. */
export type PartnerOperation = (asked: PartnerAsked) => Promise<readonly SoapValue[]>

/** The JSON of an answer; a refusal of the REST API is one of this call. */
export async function answered(asked: PartnerAsked, request: RestAsked): Promise<unknown> {
  const { status, json } = await asked.rest(request)
  if (status < 300) return json
  throw refusedBy(json)
}

export function refusedBy(json: unknown) {
  const [first] = listOf(json).map(membersOf)
  const fields = listOf(first?.get('fields')).map(String)
  // Codes of the REST API are those of this one.
  const code = String(first?.get('errorCode') ?? 'UNKNOWN_EXCEPTION') as ErrorCode
  return refuse(code, String(first?.get('message') ?? ''), { fields })
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

export function membersOf(value: unknown): ReadonlyMap<string, unknown> {
  return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : [])
}

/** What a header of the message says: `AllOrNoneHeader`, `allOrNone`. */
export function headerText({ call }: PartnerAsked, header: string, name: string) {
  const found = call.header && child(call.header, header)
  return found && textOf(found, name)
}

/** The texts of all children of a name. */
export function textsOf({ call }: PartnerAsked, name: string): readonly string[] {
  return call.operation.children
    .filter((one) => one.name.slice(one.name.indexOf(':') + 1) === name)
    .map(({ text }) => text.trim())
}

export function requiredText(asked: PartnerAsked, name: string): string {
  const text = textOf(asked.call.operation, name)
  if (text !== undefined && text !== '') return text
  throw refuse('MISSING_ARGUMENT', `"${name}" is missing.`, { fields: [name] })
}
