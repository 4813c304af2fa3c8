/** The people behind what two changed at once. */
import type { Conflict } from '../base/wire.ts'
import { nameById } from './name-by-id.ts'

/** Whoever changed a field comes as an id; people know names. */
export async function namedConflicts(conflicts: readonly Conflict[]): Promise<readonly Conflict[]> {
  const ids = [...new Set(conflicts.map((conflict) => conflict.changedBy))]
  const names = await Promise.all(
    ids.map(async (id) => [id, await nameById('User', id ?? '')] as const),
  )
  const byId = new Map(names)
  return conflicts.map((conflict) => ({
    ...conflict,
    changedBy: byId.get(conflict.changedBy) ?? conflict.changedBy,
  }))
}
