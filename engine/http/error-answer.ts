/** Whatever was thrown as an answer: refusals with their list, everything else as a number for the log. */
import type { Logger } from 'pino'
import { message, type Message } from '../base/message.ts'
import { Refusal, errorStatus, refuse, type Problem } from '../base/refusal.ts'
import type { PlanProblem } from '../deploy/plan.ts'
import { spellIn } from '../language/say.ts'
import type { Model } from '../model/model.ts'
import { isForOperators, refusalOf, StorageError } from '../storage/storage-error.ts'
import type { Headers } from './headers.ts'
import { json, jsonText } from './respond.ts'

export interface ErrorContext {
  readonly log: Logger
  readonly requestId: () => string
}

/** Who reads the answer: the model is in the language of that person. */
export interface Reader {
  readonly request: Request
  readonly model: Model
}

export function errorAnswer(error: unknown, reader: Reader, context: ErrorContext): Response {
  const { request, model } = reader
  const refusal = expected(error)
  if (error instanceof StorageError && isForOperators(error)) {
    context.log.warn({ err: error }, 'storage in trouble')
  }
  if (refusal !== undefined) return refusalAnswer(refusal, {}, model)
  // The peer is gone; nobody will read the answer.
  if (request.signal.aborted) return json([], 400)
  const id = context.requestId()
  context.log.error({ err: error, requestId: id, method: request.method }, 'request failed')
  return refusalAnswer(unknownException(id), {}, model)
}

/** What whoever asked will see of what was thrown. */
export function statusOf(error: unknown): number {
  return expected(error)?.status ?? unknownStatus
}

const unknownStatus = 500

/** Refusals, and failures of the database that callers should know of. */
function expected(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error
  return error instanceof StorageError ? refusalOf(error) : undefined
}

/** Without a model the answer is English: what nobody was asked for, such as an unknown address. */
export function refusalAnswer(refusal: Refusal, extra: Headers = {}, model?: Model): Response {
  const [first, ...rest] = refusal.problems
  const details = refusal.details === undefined ? {} : { details: refusal.details }
  const body = [{ ...first, ...details }, ...rest]
  const text = JSON.stringify(body, (_key, value: unknown) => worded(value, model))
  return jsonText(text, refusal.status, { ...extraHeaders(refusal), ...extra })
}

/** A problem as it goes on the wire: in the reader's words, without what they were made of. */
function worded(value: unknown, model: Model | undefined): unknown {
  if (typeof value !== 'object' || value === null || !('told' in value)) return value
  // Of all that is answered only problems have this member, and the parts of a plan among the details.
  const { told, toldSuggestion, toldReferences, ...rest } = value as Partial<Problem & PlanProblem>
  if (model === undefined || told === undefined) return rest
  const say = (one: Message): string => spellIn(model, one)
  const text = textMembers.find((name) => name in rest) ?? 'message'
  return {
    ...rest,
    [text]: say(told),
    ...(toldSuggestion && { suggestion: say(toldSuggestion) }),
    ...(toldReferences && { references: toldReferences.map(say) }),
  }
}

/** Where problems, and steps, problems and plans themselves have the sentence that was told. */
const textMembers = ['message', 'description', 'reason', 'summary']

function extraHeaders(refusal: Refusal): Headers {
  if (refusal.status === 503 || refusal.status === 429) return { 'Retry-After': '5' }
  return refusal.status === 401 ? { 'WWW-Authenticate': 'Bearer' } : {}
}

function unknownException(requestId: string): Refusal {
  return refuse(
    'UNKNOWN_EXCEPTION',
    message('Something went wrong on the server. Quote {id} when you report it.', {
      id: requestId,
    }),
  )
}

/** One entry of `errors` in the answers of collections. */
export interface SaveError {
  readonly statusCode: string
  readonly message: string
  readonly fields: readonly string[]
  /** In the first entry: both values of each field that somebody else changed too. */
  readonly details?: { readonly conflicts: unknown }
}

/** A failed record among others: its errors, without failing the whole answer. */
export function saveErrors(
  error: Error,
  model: Model,
  context: ErrorContext,
): readonly SaveError[] {
  const refusal = expected(error)
  const problems = refusal?.problems ?? logged(error, context)
  const conflicts = refusal?.details?.['conflicts']
  return problems.map(({ errorCode, message, told, fields }, index) => ({
    statusCode: errorCode,
    message: told === undefined ? message : spellIn(model, told),
    fields,
    ...(index === 0 && conflicts !== undefined && { details: { conflicts } }),
  }))
}

function logged(error: Error, context: ErrorContext): readonly Problem[] {
  const id = context.requestId()
  context.log.error({ err: error, requestId: id }, 'record failed')
  return unknownException(id).problems
}

/** Every status that an answer of ours may have, for the tests. */
export const knownStatuses: ReadonlySet<number> = new Set(Object.values(errorStatus))
