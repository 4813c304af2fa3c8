/** What was wrong with a row, as results tell it. */
import { Refusal, type Problem } from '../base/refusal.ts'
import type { RecordBody } from '../records/records.ts'
import type { RowOutcome } from './bulk-tables.ts'

/** `CODE:message:Field --`, as clients compare it. */
export function failure(refusal: Refusal, body: RecordBody | Refusal | undefined): RowOutcome {
  const id = body === undefined || body instanceof Refusal ? '' : (body.get('Id') ?? '')
  return [typeof id === 'string' ? id : '', 0, errorText(refusal.problems)]
}

function errorText(problems: readonly Problem[]): string {
  const missing = problems.filter(({ errorCode }) => errorCode === 'REQUIRED_FIELD_MISSING')
  const names = missing.flatMap(({ fields }) => fields)
  const [first] = problems.filter(({ errorCode }) => errorCode !== 'REQUIRED_FIELD_MISSING')
  if (names.length > 0) {
    return `REQUIRED_FIELD_MISSING:Required fields are missing: [${names.join(', ')}]:${names.join(' ')} --`
  }
  return first === undefined
    ? 'UNKNOWN_EXCEPTION:The row was not saved: --'
    : `${first.errorCode}:${first.message}:${first.fields.join(' ')} --`
}
