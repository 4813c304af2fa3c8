/** Contents of files within the routes of records: sent with a new one, read at the address that its field tells. */
import { collected, malformed, readParts } from '../multipart.ts'
import { fileAnswer } from '../file-answer.ts'
import { contentField, contentFields, type ContentField } from '../../model/content-fields.ts'
import { limits } from '../../base/limits.ts'
import { message } from '../../base/message.ts'
import { refuse } from '../../base/refusal.ts'
import { referenceColumn } from '../../query/content-column.ts'
import type { Records } from '../../records/records.ts'
import { requireId } from '../../records/targets.ts'
import { jsonObject } from '../json-request.ts'
import { parseJsonObject } from '../parse-json.ts'
import { mediaType } from '../read-body.ts'
import type { Call } from '../route.ts'
import { withContents, type ContentParts } from '../take-content.ts'

/** The body of a new record, with what came beside it taken in. */
export async function newRecord(parts: ContentParts, call: Call): Promise<Map<string, unknown>> {
  const model = parts.deployer.store.current()
  const name = call.param('object').toLowerCase()
  const holding = contentFields(model).find(({ object }) => object.name.toLowerCase() === name)
  if (holding === undefined) return withContents(parts, call, await jsonObject(call.request))
  // Whoever may make none need not send it.
  if (!call.caller.access.mayObject(holding.object.name, 'create')) {
    throw refuse(
      'INSUFFICIENT_ACCESS_OR_READONLY',
      message('You may not create {object}.', { object: holding.object.name }),
    )
  }
  call.takeTime()
  if (mediaType(call.request) !== 'multipart/form-data') {
    const body = await jsonObject(call.request, limits.fileJsonBytesMax)
    return withContents(parts, call, body)
  }
  return fromParts(parts, call.request, holding.field.name)
}

/** The record first, then one content; the part of the record is named as clients like. */
async function fromParts(
  { contents }: ContentParts,
  request: Request,
  field: string,
): Promise<Map<string, unknown>> {
  let body: Map<string, unknown> | undefined
  let reference: string | undefined
  for await (const part of readParts(request)) {
    if (part.name.toLowerCase() === field.toLowerCase()) {
      if (reference !== undefined) throw malformed()
      reference = await contents.take(part.body)
      if (part.fileName !== undefined && body !== undefined) setPath(body, part.fileName)
    } else if (body === undefined) {
      const text = await collected(part.body, limits.requestBodyBytesMax)
      body = parseJsonObject(text.toString('utf8'))
    } else throw malformed()
  }
  if (body === undefined || reference === undefined) throw malformed()
  body.set(field, reference)
  return body
}

/** What the record itself says comes first, in whatever case clients write the name. */
function setPath(body: Map<string, unknown>, fileName: string): void {
  const wanted = pathField.toLowerCase()
  if ([...body.keys()].some((name) => name.toLowerCase() === wanted)) return
  body.set(pathField, fileName)
}

type ReadingParts = ContentParts & { readonly records: Records }

/** Undefined for an address that is none of a content. */
export function retrieveContent(parts: ReadingParts, call: Call): Promise<Response> | undefined {
  const object = parts.deployer.store.current().object(call.param('object'))
  const field = object && contentField(object, call.param('value'))
  if (object === undefined || field === undefined) return undefined
  return content(parts, call, { object, field })
}

/** Whoever may read the record's field reads the content; the reference itself is told to nobody. */
async function content(
  { records, contents }: ReadingParts,
  call: Call,
  { object, field }: ContentField,
): Promise<Response> {
  const id = requireId(object, call.param('field'))
  const names = [field.name, object.nameField.name]
  if (object.fieldsByName.has(pathField.toLowerCase())) names.push(pathField)
  const { text } = await records.retrieve(call.caller, object.name, id, names)
  const record = new Map<string, unknown>(Object.entries(JSON.parse(text) as object))
  const reference = await contents.referenceOf(referenceColumn({ object, field }), id)
  if (typeof record.get(field.name) !== 'string' || reference === undefined) {
    throw refuse('NOT_FOUND', message('The record has no content.'))
  }
  return fileAnswer(contents, {
    request: call.request,
    reference,
    fileName: nameOf(String(record.get(object.nameField.name)), record.get(pathField)),
    isPreview: call.query('preview') === 'true',
  })
}

const pathField = 'PathOnClient'

function nameOf(title: string, path: unknown): string {
  const extension = typeof path === 'string' ? /\.[A-Za-z0-9]{1,40}$/.exec(path)?.[0] : undefined
  if (extension === undefined || title.toLowerCase().endsWith(extension.toLowerCase())) return title
  return `${title}${extension}`
}
