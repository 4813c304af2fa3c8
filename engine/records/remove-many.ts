/**
 * Many deletes as one: what nothing refers to goes together by a few statements, whatever else one after the other with
 * what belongs to it.
 */
import { Refusal } from '../base/refusal.ts'
import type { ObjectModel } from '../model/model.ts'
import { readDeleted } from '../query/compile-remove.ts'
import { again } from './again.ts'
import { explained } from './explain-storage-error.ts'
import { runRemovalHooks } from './hooks/removal-hooks.ts'
import { idRows } from './id-rows.ts'
import { parentsAmong } from './occupied-relations.ts'
import type { RecordContext } from './record-parts.ts'
import type { Caller } from './records.ts'
import { beginRemoval, relationsTo, requireDelete, type Removal } from './removal.ts'
import { alreadyDeleted, lockTree, mark, removeLiving } from './remove-record.ts'
import { createRowRights, type RowRights } from './row-rights.ts'
import { demandRemovable } from './rules/group-removal.ts'
import { notFound, requireId, requireObject } from './targets.ts'

export interface RemoveManyTarget {
  readonly object: string
  readonly ids: readonly string[]
}

/**
 * In one unit of work. A record that is not there or that the caller may not delete is refused in its place; any other
 * refusal is of all.
 */
export type RemoveMany = (
  caller: Caller,
  target: RemoveManyTarget,
) => Promise<readonly (Refusal | undefined)[]>

export function createRemoveMany(context: RecordContext): RemoveMany {
  const rights = createRowRights(context)
  return (caller, target) =>
    again(context, () => {
      const model = context.models.current()
      const object = requireObject(model, target.object, caller)
      requireDelete(caller, object)
      return explained(model, () =>
        context.storage.write(async (tx) => {
          const begin = (root: string | null): Promise<Removal> =>
            beginRemoval(context, tx, { model, caller, root })
          const removal = await begin(null)
          const outcomes = await takeIn(removal, object, { ids: target.ids, rights })
          const going = outcomes.filter((one): one is string => typeof one === 'string')
          const kept = await parentsIn(removal, object, going)
          await removeAlone(
            removal,
            object,
            going.filter((id) => !kept.has(id)),
          )
          const late = new Map<string, Refusal>()
          for (const root of going) {
            if (!kept.has(root)) continue
            // One of those before may have taken it along.
            const [row] = await tx.read(readDeleted(object, tx.dialect), { ids: idRows([root]) })
            if (isDeleted(row)) late.set(root, alreadyDeleted())
            else await removeLiving(await begin(root), { object, root }, rights)
          }
          return outcomes.map((one) => (typeof one === 'string' ? late.get(one) : one))
        }),
      )
    })
}

/** The ids of those that can go, locked; for each of the others why not. */
async function takeIn(
  removal: Removal,
  object: ObjectModel,
  { ids, rights }: { readonly ids: readonly string[]; readonly rights: RowRights },
): Promise<readonly (string | Refusal)[]> {
  const { tx, model, caller } = removal
  const seen = new Set<string>()
  const allowed: (string | Refusal)[] = []
  for (const given of ids) {
    const one = await unlessRefused(async () => {
      const id = requireId(object, given)
      await rights.demand(caller, { model, object, id, tx }, 'all')
      await demandRemovable(tx, { model, object, id })
      return id
    })
    const isTwice = typeof one === 'string' && seen.has(one)
    if (typeof one === 'string') seen.add(one)
    allowed.push(isTwice ? alreadyDeleted() : one)
  }
  await lockTree(removal, object, [...seen])
  const rows = await tx.read(readDeleted(object, tx.dialect), { ids: idRows([...seen]) })
  const there = new Map(rows.map((row) => [String(row['id']), row]))
  return allowed.map((one) => {
    if (typeof one !== 'string') return one
    const row = there.get(one)
    if (row === undefined) return notFound(one)
    return isDeleted(row) ? alreadyDeleted() : one
  })
}

function isDeleted(row: Readonly<Record<string, unknown>> | undefined): boolean {
  return row?.['deleted'] === true || row?.['deleted'] === 1
}

/** Decided before anything was done. */
async function unlessRefused(work: () => Promise<string>): Promise<string | Refusal> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Refusal && error.status < 500) return error
    throw error
  }
}

async function parentsIn(
  { tx, model }: Removal,
  object: ObjectModel,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const found = new Set<string>()
  if (ids.length === 0) return found
  for (const onDelete of ['Cascade', 'SetNull', 'Restrict'] as const) {
    const parents = await parentsAmong(tx, relationsTo(model, object, onDelete), ids)
    for (const id of parents) found.add(id)
  }
  return found
}

async function removeAlone(
  removal: Removal,
  object: ObjectModel,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return
  await mark(removal, object, ids)
  await runRemovalHooks(removal, 'afterDelete', removal.removedRows)
}
