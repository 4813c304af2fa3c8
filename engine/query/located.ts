/** Refusals about a query say where in its text the trouble stands. */
import { Refusal } from '../base/refusal.ts'
import type { Offset, Query } from './soql/query.ts'
import { positionAt } from './soql/tokenise.ts'

/** Runs the work; adds line and column to the refusal of what stands at the offset. */
export function located<Result>(
  query: Pick<Query, 'text'>,
  offset: Offset,
  work: () => Result,
): Result {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof Refusal) || placed.has(error)) throw error
    const { line, column } = positionAt(query.text, offset)
    const problems = error.problems.map((problem) => ({
      ...problem,
      message: `${problem.message} (line ${line}, column ${column})`,
    }))
    const refusal = new Refusal(problems, error.details)
    placed.add(refusal)
    throw refusal
  }
}

/** What stands within something else is placed once: where it stands itself. */
const placed = new WeakSet<Refusal>()
