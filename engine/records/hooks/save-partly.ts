/** Records that hooks see together, each of which may be refused alone: a unit of work holds those that are left. */
import { Refusal } from '../../base/refusal.ts'
import type { SaveResult } from '../records.ts'
import type { SetItem } from '../save-set.ts'

type Outcome = SaveResult | Refusal
type SaveItems = (items: readonly SetItem[]) => Promise<readonly Outcome[]>

/** What hooks themselves did not survive is no record's fault: looking for one would only run them again and again. */
export const hookFailure = 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY'

export async function savePartly(
  save: SaveItems,
  items: readonly SetItem[],
): Promise<readonly Outcome[]> {
  try {
    return await save(items)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const failed = failedRecords(error)
    if (failed.size > 0) return saveOthers(save, items, failed)
    const isOfAll = items.length === 1 || error.code === hookFailure || error.status >= 500
    if (isOfAll) return items.map(() => error)
    const middle = Math.ceil(items.length / 2)
    const first = await savePartly(save, items.slice(0, middle))
    return [...first, ...(await savePartly(save, items.slice(middle)))]
  }
}

/** Which ones were at fault, where that is known. */
function failedRecords({ details }: Refusal): ReadonlyMap<number, Refusal> {
  const told = details?.['byIndex']
  if (!Array.isArray(told)) return new Map()
  return new Map(told.map(({ index, problems }) => [Number(index), new Refusal(problems)] as const))
}

async function saveOthers(
  save: SaveItems,
  items: readonly SetItem[],
  failed: ReadonlyMap<number, Refusal>,
): Promise<readonly Outcome[]> {
  const rest = items.filter((_item, index) => !failed.has(index))
  const saved = rest.length === 0 ? [] : await savePartly(save, rest)
  const next = saved.values()
  return items.map((_item, index) => {
    const outcome = failed.get(index) ?? next.next().value
    if (outcome === undefined) throw new Error('every record has a result')
    return outcome
  })
}
