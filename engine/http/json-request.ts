/** JSON bodies as routes want them. */
import { limits } from '../base/limits.ts'
import { refuse } from '../base/refusal.ts'
import { parseJson, parseJsonObject } from './parse-json.ts'
import { mediaType, readBody } from './read-body.ts'

/** The body's object; refuses other media types, malformed JSON and anything but an object. */
export async function jsonObject(
  request: Request,
  bytesMax: number = limits.requestBodyBytesMax,
): Promise<Map<string, unknown>> {
  return parseJsonObject(await jsonText(request, bytesMax))
}

/** As `jsonObject`; no body is an empty object. */
export async function optionalJsonObject(request: Request): Promise<Map<string, unknown>> {
  const text = await jsonText(request)
  return text.trim() === '' ? new Map() : parseJsonObject(text)
}

export async function jsonValue(request: Request): Promise<unknown> {
  return parseJson(await jsonText(request))
}

async function jsonText(
  request: Request,
  bytesMax: number = limits.requestBodyBytesMax,
): Promise<string> {
  const type = mediaType(request)
  if (type !== '' && type !== 'application/json') {
    throw refuse('UNSUPPORTED_MEDIA_TYPE', 'Send the body as application/json.')
  }
  return readBody(request, bytesMax)
}

/** A text member of a body; '' when it is not there. Refuses other types. */
export function textMember(body: ReadonlyMap<string, unknown>, name: string): string {
  const value = body.get(name) ?? ''
  if (typeof value !== 'string') {
    throw refuse('INVALID_ARGUMENT', `"${name}" must be a text.`, { fields: [name] })
  }
  return value
}

/** A yes or no of a body; false when it is not there. Refuses other types. */
export function booleanMember(body: ReadonlyMap<string, unknown>, name: string): boolean {
  const value = body.get(name) ?? false
  if (typeof value !== 'boolean') {
    throw refuse('INVALID_ARGUMENT', `"${name}" must be true or false.`, { fields: [name] })
  }
  return value
}

/** A yes or no of the address. */
export function booleanQuery(value: string | undefined): boolean {
  return value === 'true' || value === '1'
}
