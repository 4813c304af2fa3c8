/** Works on many rows in portions: each row for itself, none of them lost when something fails on the way. */
import { collectionMax, collections, type Outcomes } from '../collections-api.ts'
import { ApiError } from './api-error.ts'
import { rowBody, rowForm, type RowForm } from './row-forms.ts'
import type { ObjectScreen } from './wire.ts'

/** Told of after each portion; `stop` ends the work before the next. */
export interface Progress {
  at(done: number, of: number): void
  readonly isStopped: () => boolean
}

/** By id: undefined where it was done. Rows that were not reached are not in it. */
export type RowOutcomes = ReadonlyMap<string, ApiError | undefined>

/** The server takes six million bytes; letters may need several. */
const portionCharsMax = 1_500_000

export function portions<Item>(items: readonly Item[], size: (item: Item) => number): Item[][] {
  const all: Item[][] = []
  let chars = 0
  for (const item of items) {
    const own = size(item)
    const last = all.at(-1)
    if (last !== undefined && last.length < collectionMax && chars + own <= portionCharsMax) {
      last.push(item)
      chars += own
    } else {
      all.push([item])
      chars = own
    }
  }
  return all
}

export function saveRows(
  object: string,
  rows: readonly RowForm[],
  progress: Progress,
): Promise<RowOutcomes> {
  const bodies = rows.map(rowBody)
  const parts = portions(bodies, (one) => JSON.stringify(one).length)
  return workOn(parts, (part) => collections.update(object, part), progress)
}

export function removeRows(ids: readonly string[], progress: Progress): Promise<RowOutcomes> {
  const rows = ids.map((id) => ({ id }))
  const work = (part: readonly { readonly id: string }[]): Promise<Outcomes> =>
    collections.remove(part.map(({ id }) => id))
  return workOn(
    portions(rows, () => 0),
    work,
    progress,
  )
}

async function workOn<Item extends { readonly id: string }>(
  parts: readonly (readonly Item[])[],
  work: (part: readonly Item[]) => Promise<Outcomes>,
  progress: Progress,
): Promise<RowOutcomes> {
  const of = parts.reduce((sum, part) => sum + part.length, 0)
  const told = new Map<string, ApiError | undefined>()
  for (const part of parts) {
    if (progress.isStopped()) break
    const answer = await settled(() => work(part))
    part.forEach(({ id }, index) => told.set(id, Array.isArray(answer) ? answer[index] : answer))
    progress.at(told.size, of)
  }
  return told
}

/** A portion that fails as a whole is the failure of each of its rows. */
async function settled(work: () => Promise<Outcomes>): Promise<Outcomes | ApiError> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof ApiError) return error
    throw error
  }
}

/** The rows as they are now, with these fields; those that are gone are left out. */
export async function readRows(
  object: ObjectScreen,
  ids: readonly string[],
  fields: readonly string[],
): Promise<readonly RowForm[]> {
  const rows: RowForm[] = []
  for (const part of portions(ids, () => 0)) {
    const found = await collections.retrieve(object.describe.name, part, ['Id', ...fields])
    rows.push(...found.flatMap((record) => (record === null ? [] : rowForm(object, record))))
  }
  return rows
}
