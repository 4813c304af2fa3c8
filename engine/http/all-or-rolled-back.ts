/** Saves of which all or none are kept, told one by one: those at fault with their problems, all others as rolled back. */
import { message } from '../base/message.ts'
import { Refusal, refuse, type Problem } from '../base/refusal.ts'

interface FailedRecord {
  /** Its place among all of the request. */
  readonly index: number
  readonly problems: readonly Problem[]
}

export async function allOrRolledBack<Result>(
  count: number,
  work: () => Promise<readonly (Result | Refusal)[]>,
): Promise<readonly (Result | Refusal)[]> {
  try {
    return await work()
  } catch (error) {
    const failed = error instanceof Refusal ? failedRecords(error) : undefined
    if (failed === undefined) throw error
    const byIndex = new Map(failed.map(({ index, problems }) => [index, problems] as const))
    return Array.from({ length: count }, (_, index) => {
      const problems = byIndex.get(index)
      return problems === undefined ? rolledBack() : new Refusal(problems)
    })
  }
}

function failedRecords(refusal: Refusal): readonly FailedRecord[] | undefined {
  const entries = refusal.details?.['byIndex']
  return Array.isArray(entries) ? entries : undefined
}

/** The refusal of some of the records, with their places in the whole request. */
export function moved(
  refusal: Refusal,
  { start, count }: { readonly start: number; readonly count: number },
): Refusal {
  const byIndex = failedRecords(refusal)
  const failed =
    byIndex?.map(({ index, problems }) => ({ index: index + start, problems })) ??
    Array.from({ length: count }, (_, index) => ({
      index: index + start,
      problems: refusal.problems,
    }))
  return new Refusal(refusal.problems, { byIndex: failed })
}

function rolledBack(): Refusal {
  return refuse(
    'ALL_OR_NONE_OPERATION_ROLLED_BACK',
    message(
      'Record rolled back because not all records were valid and the request was using AllOrNone header',
    ),
  )
}
