/** Whatever was thrown as an answer: refusals with their list, everything else as a number for the log. */
import type { Logger } from 'pino'
import { Refusal, errorStatus, refuse, type Problem } from '../base/refusal.ts'
import { refusalOf, StorageError } from '../storage/storage-error.ts'
import type { Headers } from './headers.ts'
import { json } from './respond.ts'

export interface ErrorContext {
  readonly log: Logger
  readonly requestId: () => string
}

export function errorAnswer(error: unknown, request: Request, context: ErrorContext): Response {
  const refusal = expected(error)
  if (refusal !== undefined) return refusalAnswer(refusal)
  // The peer is gone; nobody will read the answer.
  if (request.signal.aborted) return json([], 400)
  const id = context.requestId()
  context.log.error({ err: error, requestId: id, method: request.method }, 'request failed')
  return refusalAnswer(unknownException(id))
}

/** Refusals, and failures of the database that callers should know of. */
function expected(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error
  return error instanceof StorageError ? refusalOf(error) : undefined
}

export function refusalAnswer(refusal: Refusal, extra: Headers = {}): Response {
  const [first, ...rest] = refusal.problems
  const details = refusal.details === undefined ? {} : { details: refusal.details }
  return json([{ ...first, ...details }, ...rest], refusal.status, {
    ...extraHeaders(refusal),
    ...extra,
  })
}

function extraHeaders(refusal: Refusal): Headers {
  if (refusal.status === 503 || refusal.status === 429) return { 'Retry-After': '5' }
  return refusal.status === 401 ? { 'WWW-Authenticate': 'Bearer' } : {}
}

function unknownException(requestId: string): Refusal {
  return refuse(
    'UNKNOWN_EXCEPTION',
    `Something went wrong on the server. Quote ${requestId} when you report it.`,
  )
}

/** One entry of `errors` in the answers of collections. */
export interface SaveError {
  readonly statusCode: string
  readonly message: string
  readonly fields: readonly string[]
}

/** A failed record among others: its errors, without failing the whole answer. */
export function saveErrors(error: Error, context: ErrorContext): readonly SaveError[] {
  const problems = expected(error)?.problems ?? logged(error, context)
  return problems.map(({ errorCode, message, fields }) => ({
    statusCode: errorCode,
    message,
    fields,
  }))
}

function logged(error: Error, context: ErrorContext): readonly Problem[] {
  const id = context.requestId()
  context.log.error({ err: error, requestId: id }, 'record failed')
  return unknownException(id).problems
}

/** Every status that an answer of ours may have, for the tests. */
export const knownStatuses: ReadonlySet<number> = new Set(Object.values(errorStatus))
