/** The one way to say "no": a Refusal carries the platform's error codes to the caller. */

import { inEnglish, type Message } from './message.ts'

/** Error codes of the public REST API, plus those of our own extension path; the HTTP status of each. */
export const errorStatus = {
  REQUIRED_FIELD_MISSING: 400,
  INVALID_FIELD: 400,
  INVALID_TYPE: 400,
  INVALID_TYPE_ON_FIELD_IN_RECORD: 400,
  MISSING_ARGUMENT: 400,
  MALFORMED_ID: 400,
  MALFORMED_QUERY: 400,
  MALFORMED_SEARCH: 400,
  INVALID_QUERY_FILTER_OPERATOR: 400,
  INVALID_QUERY_LOCATOR: 400,
  QUERY_TOO_COMPLICATED: 400,
  NUMBER_OUTSIDE_VALID_RANGE: 400,
  STRING_TOO_LONG: 400,
  INVALID_EMAIL_ADDRESS: 400,
  INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST: 400,
  FIELD_INTEGRITY_EXCEPTION: 400,
  FIELD_CUSTOM_VALIDATION_EXCEPTION: 400,
  FIELD_FILTER_VALIDATION_EXCEPTION: 400,
  INVALID_FIELD_FOR_INSERT_UPDATE: 400,
  INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: 400,
  INVALID_CROSS_REFERENCE_KEY: 400,
  DUPLICATE_VALUE: 400,
  ALL_OR_NONE_OPERATION_ROLLED_BACK: 400,
  PROCESSING_HALTED: 400,
  DELETE_FAILED: 400,
  CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY: 400,
  CANNOT_EXECUTE_FLOW_TRIGGER: 400,
  CANNOT_UPDATE_CONVERTED_LEAD: 400,
  INVALID_STATUS: 400,
  UNDELETE_FAILED: 400,
  JSON_PARSER_ERROR: 400,
  LIMIT_EXCEEDED: 400,
  ENTITY_IS_LOCKED: 400,
  ALREADY_IN_PROCESS: 400,
  NO_APPLICABLE_PROCESS: 400,
  MANAGER_NOT_DEFINED: 400,
  INVALID_ARGUMENT: 400,
  INVALIDJOBSTATE: 400,
  DEPLOY_REFUSED: 400,
  CONSENT_REQUIRED: 409,
  MODEL_CHANGED: 409,
  CONFLICT: 409,
  MULTIPLE_CHOICES: 300,
  INVALID_SESSION_ID: 401,
  INVALID_LOGIN: 401,
  INSUFFICIENT_ACCESS_OR_READONLY: 403,
  INSUFFICIENT_ACCESS: 403,
  API_DISABLED_FOR_ORG: 403,
  SECOND_FACTOR_REQUIRED: 403,
  REQUEST_LIMIT_EXCEEDED: 403,
  NOT_FOUND: 404,
  ENTITY_IS_DELETED: 404,
  METHOD_NOT_ALLOWED: 405,
  ENTITY_FAILED_IFMATCH: 412,
  ENTITY_TOO_LARGE: 413,
  URI_TOO_LONG: 414,
  UNSUPPORTED_MEDIA_TYPE: 415,
  TOO_MANY_REQUESTS: 429,
  UNABLE_TO_LOCK_ROW: 409,
  UNKNOWN_EXCEPTION: 500,
  SERVER_UNAVAILABLE: 503,
  QUERY_TIMEOUT: 503,
  STORAGE_READ_ONLY: 503,
  STORAGE_LIMIT_EXCEEDED: 507,
} as const

export type ErrorCode = keyof typeof errorStatus

/** One entry of an error answer, as it stands on the wire. */
export interface Problem {
  readonly message: string
  readonly errorCode: ErrorCode
  readonly fields: readonly string[]
  /** What the message is made of, for readers of other languages; never on the wire. */
  readonly told?: Message
}

/** An expected "no". Everything else that is thrown is a bug. */
export class Refusal extends Error {
  readonly problems: readonly Problem[]
  /** Extra members of the answer for our own extension routes, such as both values of a conflict. */
  readonly details: Readonly<Record<string, unknown>> | undefined

  constructor(problems: readonly Problem[], details?: Readonly<Record<string, unknown>>) {
    super(problems.map((problem) => problem.message).join('; '))
    this.name = 'Refusal'
    this.problems = problems
    this.details = details
  }

  get code(): ErrorCode {
    return this.problems[0]?.errorCode ?? 'UNKNOWN_EXCEPTION'
  }

  get status(): number {
    return errorStatus[this.code]
  }
}

/** What a refusal may say beside its code and message. */
export interface RefusalOptions {
  readonly fields?: readonly string[]
  readonly details?: Readonly<Record<string, unknown>>
}

/** Makes a refusal with one problem; the caller throws it. */
export function refuse(
  errorCode: ErrorCode,
  text: string | Message,
  options: RefusalOptions = {},
): Refusal {
  const problem = { ...wording(text), errorCode, fields: options.fields ?? [] }
  return new Refusal([problem], options.details)
}

/** The members of a problem that say what is wrong; a plain text is for developers and stays English. */
export function wording(text: string | Message): Pick<Problem, 'message' | 'told'> {
  return typeof text === 'string' ? { message: text } : { message: inEnglish(text), told: text }
}
