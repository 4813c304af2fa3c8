/** The steps of a composite as they come in. */
import { limits } from '../base/limits.ts'
import { refuse } from '../base/refusal.ts'

export interface Step {
  readonly referenceId: string
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: unknown
}

type Members = ReadonlyMap<string, unknown>

export function listMember(body: Members, name: string, max: number): readonly Members[] {
  const list = body.get(name)
  if (!Array.isArray(list)) throw malformed(`"${name}" must be a list.`, name)
  if (list.length > max) {
    throw refuse('LIMIT_EXCEEDED', `"${name}" may have at most ${max} entries.`, { fields: [name] })
  }
  return list.map((one: unknown) => membersOf(one, name))
}

export function membersOf(value: unknown, name: string): Members {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw malformed(`Each entry of "${name}" must be an object.`, name)
  }
  return new Map(Object.entries(value))
}

function malformed(text: string, name: string) {
  return refuse('JSON_PARSER_ERROR', text, { fields: [name] })
}

const referencePattern = /^[A-Za-z0-9][A-Za-z0-9_]{0,79}$/

/** `compositeRequest`: each step with a reference of its own. */
export function readSteps(body: Members): readonly Step[] {
  const steps = listMember(body, 'compositeRequest', limits.compositeStepsMax).map((one) => ({
    ...readRequest(one),
    referenceId: readReference(one.get('referenceId')),
  }))
  const known = new Set<string>()
  for (const { referenceId } of steps) {
    if (known.has(referenceId)) {
      throw refuse('INVALID_ARGUMENT', `The referenceId ${referenceId} stands twice.`)
    }
    known.add(referenceId)
  }
  return steps
}

export function readReference(value: unknown): string {
  if (typeof value === 'string' && referencePattern.test(value)) return value
  throw refuse(
    'INVALID_ARGUMENT',
    'Every entry needs a "referenceId": a letter or digit, then letters, digits and underscores.',
    { fields: ['referenceId'] },
  )
}

const methods: ReadonlySet<string> = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])
const addressPattern = /^\/services\/data\/[^\s]/

/** One request of a composite or a batch. */
export function readRequest(one: Members): Omit<Step, 'referenceId'> {
  const method = String(one.get('method')).toUpperCase()
  const url = one.get('url')
  if (!methods.has(method))
    throw malformed('"method" must be GET, POST, PATCH or DELETE.', 'method')
  if (typeof url !== 'string') throw malformed('"url" must be a text.', 'url')
  const address = url.startsWith('/') ? url : `/services/data/${url}`
  if (
    !addressPattern.test(address) ||
    address.includes('/../') ||
    address.length > limits.requestUrlBytesMax
  ) {
    throw malformed('"url" must be an address like /services/data/v60.0/sobjects/Account.', 'url')
  }
  const body = one.get('body') ?? one.get('richInput')
  const isRead = method === 'GET' || method === 'DELETE'
  return {
    method,
    url: address,
    headers: readHeaders(one.get('httpHeaders')),
    body: isRead ? undefined : body,
  }
}

/** What a step may say of itself; who asks and how it is sent is the outer request's matter. */
const headerNames: ReadonlySet<string> = new Set([
  'if-match',
  'if-none-match',
  'if-modified-since',
  'if-unmodified-since',
  'sforce-query-options',
  'sforce-call-options',
])

const headerValue = /^[\x20-\x7e]{0,1000}$/

function readHeaders(value: unknown): Readonly<Record<string, string>> {
  if (value === undefined || value === null) return {}
  const headers: Record<string, string> = {}
  for (const [name, text] of membersOf(value, 'httpHeaders')) {
    if (!headerNames.has(name.toLowerCase())) continue
    if (typeof text !== 'string' || !headerValue.test(text)) {
      throw malformed(`The header ${name} is malformed.`, 'httpHeaders')
    }
    headers[name.toLowerCase()] = text
  }
  return headers
}
