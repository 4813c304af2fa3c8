/**
 * Which callers see few rows of an object, so that their queries gather these instead of looking at all rows in turn. A
 * hint decides how a query is run, never what it gives: it may be old.
 */
import { LRUCache } from 'lru-cache'
import { limits } from '../base/limits.ts'
import type { ObjectModel } from '../model/model.ts'
import { callerHole } from '../query/rows/caller-sets.ts'
import { countVisible } from '../query/rows/visible-ids.ts'
import type { RecordContext } from './record-parts.ts'
import type { Caller } from './records.ts'

export interface RowHints {
  /** At once where it is known, or where the caller sees all rows. */
  seesFew(caller: Caller, object: ObjectModel): boolean | Promise<boolean>
}

const entriesMax = 20_000

/**
 * Gathering looks at all that is seen; walking the order's index looks at as many rows as lie between those on the page. They cost
 * the same where what is seen is about the root of two hundred times what there is: more of many, fewer of few.
 */
function gatheredMost(rows: number): number {
  const even = Math.sqrt(rows * limits.gatheredRowsFactor)
  return Math.min(limits.gatheredRowsMax, Math.max(limits.gatheredRowsMin, even))
}

export function createRowHints({ storage, clock }: RecordContext): RowHints {
  const known = new LRUCache<string, { readonly isFew: boolean; readonly until: number }>({
    max: entriesMax,
  })
  return {
    seesFew: (caller, object) => {
      const { access, userId } = caller
      if (access.rows(object, 'read') === undefined) return false
      const key = `${userId} ${access.signature} ${object.name}`
      const hint = known.get(key)
      const now = clock.now()
      if (hint !== undefined && hint.until > now) return hint.isFew
      const { dialect } = storage
      const count = countVisible({ access, object, dialect }, limits.gatheredRowsMax)
      if (count === undefined) return false
      return storage.read(count, { holes: { [callerHole]: userId } }).then(([row]) => {
        const isFew = Number(row?.['n']) <= gatheredMost(Number(row?.['rows']))
        known.set(key, { isFew, until: now + limits.rowHintMs })
        return isFew
      })
    },
  }
}
