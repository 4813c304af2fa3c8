/** What is left of the rows that were worked on: those that were refused, with the reason, or not reached. */
import type { ApiError } from '../../base/api-error.ts'
import type { RowOutcomes } from '../../base/save-rows.ts'

/** By id; undefined where the work was stopped before the row. */
export type RowsLeft = ReadonlyMap<string, ApiError | undefined>

export function rowsLeft(ids: readonly string[], told: RowOutcomes): RowsLeft {
  return new Map(
    ids.flatMap((id): [string, ApiError | undefined][] => {
      const error = told.get(id)
      return told.has(id) && error === undefined ? [] : [[id, error]]
    }),
  )
}
