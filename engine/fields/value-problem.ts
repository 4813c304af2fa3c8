/** The problems that several field types report in the same words. */
import { message, type Message } from '../base/message.ts'
import { wording, type ErrorCode } from '../base/refusal.ts'
import type { ApiValue, ValueProblem } from './field-type.ts'

export function problem(errorCode: ErrorCode, text: Message): ValueProblem {
  return { errorCode, ...wording(text) }
}

/** A value of the wrong JSON type or form; nothing is converted silently. */
export function wrongType(expected: string): ValueProblem {
  const text = message('Not a valid value: expected {expected}.', { expected: message(expected) })
  return problem('INVALID_TYPE_ON_FIELD_IN_RECORD', text)
}

/** A filter value that the field can not be compared with. */
export function wrongFilter(expected: Message): ValueProblem {
  const text = message('Value of filter criterion must be {expected}.', { expected })
  return problem('INVALID_FIELD', text)
}

/** Tells a problem from a parsed or column value. */
export function isProblem(value: unknown): value is ValueProblem {
  return typeof value === 'object' && value !== null && 'errorCode' in value
}

/** The text of a value that passed its check; anything else is a bug of the caller. */
export function checkedText(value: ApiValue): string | null {
  if (value === null || value === '') return null
  if (typeof value !== 'string') throw new Error('a text field was given an unchecked value')
  return value
}
