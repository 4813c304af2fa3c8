/** Delete: a record goes to the recycle bin, and what belongs to it goes along. */
import { labelOfField, pluralOf } from '../model/labels.ts'
import { message } from '../base/message.ts'
import { limits } from '../base/limits.ts'
import { refuse, type Refusal } from '../base/refusal.ts'
import type { ObjectModel } from '../model/model.ts'
import {
  addToRecycleBin,
  findChildren,
  markDeleted,
  readVersion,
  rememberLinks,
  unlinkChildren,
} from '../query/compile-remove.ts'
import { keepRollUps } from '../roll-ups/keep-roll-ups.ts'
import { lockRecords } from '../roll-ups/lock-ahead.ts'
import { again } from './again.ts'
import { explained } from './explain-storage-error.ts'
import {
  deleteHooks,
  hooksListen,
  readRemovalRows,
  runRemovalHooks,
} from './hooks/removal-hooks.ts'
import { RowMoved, type RecordContext } from './record-parts.ts'
import { requireUnheld } from './legal-holds.ts'
import { occupied } from './occupied-relations.ts'
import { demandRemovable } from './rules/group-removal.ts'
import { createRowRights, type RowRights } from './row-rights.ts'
import type { Caller, SaveOptions } from './records.ts'
import { idRows } from './id-rows.ts'
import {
  beginRemoval,
  loggedRows,
  note,
  relationsTo,
  requireDelete,
  touched,
  type Removal,
} from './removal.ts'
import type { Relation } from './owned-by.ts'
import { notFound, requireId, requireObject } from './targets.ts'

export interface RemoveTarget {
  readonly object: string
  readonly id: string
}

export type RemoveRecord = (
  caller: Caller,
  target: RemoveTarget,
  options?: SaveOptions,
) => Promise<void>

export function createRemoveRecord(context: RecordContext): RemoveRecord {
  const rights = createRowRights(context)
  return (caller, target, options = {}) =>
    again(context, async () => {
      const model = context.models.current()
      const object = requireObject(model, target.object, caller)
      const root = requireId(object, target.id)
      requireDelete(caller, object)
      await explained(model, () =>
        context.storage.write(async (tx) => {
          const removal = await beginRemoval(context, tx, { model, caller, root })
          await rights.demand(caller, { model, object, id: root, tx }, 'all')
          await demandRemovable(tx, { model, object, id: root })
          await lockTree(removal, object, [root])
          await requireLiving(removal, { object, root }, options)
          await removeLiving(removal, { object, root }, rights)
        }),
      )
    })
}

/** One record that is locked, with all that goes along. */
export async function removeLiving(
  removal: Removal,
  { object, root }: { readonly object: ObjectModel; readonly root: string },
  rights: RowRights,
): Promise<void> {
  const removed = await removeTree(removal, object, root)
  await refuseRestricted(removal, removed, rights)
  await runRemovalHooks(removal, 'afterDelete', removal.removedRows)
}

/**
 * What the delete will touch is found first and locked together; what comes in between is locked when it is met. Where
 * the writer is alone there is nothing to lock.
 */
export async function lockTree(
  removal: Removal,
  object: ObjectModel,
  roots: readonly string[],
): Promise<void> {
  const { tx, model } = removal
  if (tx.dialect.name === 'sqlite') return
  const found = new Map<ObjectModel, Set<string>>([[object, new Set(roots)]])
  const queue: (readonly [ObjectModel, readonly string[]])[] = [[object, roots]]
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const [current, ids] = next
    for (const onDelete of ['Cascade', 'SetNull'] as const) {
      for (const relation of await occupied(tx, relationsTo(model, current, onDelete), ids)) {
        const search = { ids, max: limits.cascadeRecordsMax + 1 }
        const known = found.get(relation.child) ?? new Set<string>()
        found.set(relation.child, known)
        const fresh = (await childrenOf(removal, relation, search)).filter((id) => !known.has(id))
        for (const id of fresh) known.add(id)
        if (onDelete === 'Cascade' && fresh.length > 0) queue.push([relation.child, fresh])
      }
    }
  }
  await lockRecords(tx, model, new Map([...found].map(([one, ids]) => [one, [...ids]])))
}

async function requireLiving(
  { tx }: Removal,
  { object, root }: { readonly object: ObjectModel; readonly root: string },
  options: SaveOptions,
): Promise<void> {
  const [row] = await tx.read(readVersion(object, tx.dialect), { id: root })
  if (row === undefined) throw notFound(root)
  if (row['deleted'] === true || row['deleted'] === 1) {
    throw alreadyDeleted()
  }
  if (options.ifVersion === undefined || options.ifVersion === Number(row['version'])) return
  throw refuse(
    'ENTITY_FAILED_IFMATCH',
    message('The record was changed by somebody else: load it again.'),
  )
}

export function alreadyDeleted(): Refusal {
  return refuse('ENTITY_IS_DELETED', message('The record is in the recycle bin already.'))
}

/** What went, by object. */
type Removed = ReadonlyMap<ObjectModel, ReadonlySet<string>>

/** Breadth first over the cascading relations; a parent is marked before its children are looked for. */
async function removeTree(removal: Removal, object: ObjectModel, root: string): Promise<Removed> {
  const removed = new Map<ObjectModel, Set<string>>()
  const queue: (readonly [ObjectModel, readonly string[]])[] = [[object, [root]]]
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const [current, found] = next
    const gone = removed.get(current) ?? new Set<string>()
    removed.set(current, gone)
    // A detail of two masters is found from both.
    const ids = found.filter((id) => !gone.has(id))
    if (ids.length === 0) continue
    for (const id of ids) gone.add(id)
    await mark(removal, current, ids)
    const { model, tx } = removal
    for (const relation of await occupied(tx, relationsTo(model, current, 'Cascade'), ids)) {
      const children = await childrenOf(removal, relation, { ids, max: roomLeft(removal) + 1 })
      if (children.length > 0) queue.push([relation.child, children])
    }
    for (const relation of await occupied(tx, relationsTo(model, current, 'SetNull'), ids)) {
      await unlink(removal, relation, ids)
    }
  }
  return removed
}

/** The whole unit is bounded, so that nobody waits long behind it. */
function roomLeft({ changes }: Removal): number {
  return limits.cascadeRecordsMax - changes.length
}

function requireRoom(removal: Removal, count: number): void {
  if (count <= roomLeft(removal)) return
  throw refuse(
    'DELETE_FAILED',
    message(
      'More than {max} records would be deleted or unlinked (cascadeRecordsMax): delete or move the children first.',
      { max: limits.cascadeRecordsMax },
    ),
  )
}

/** Into the recycle bin, without what refers to them. */
export async function mark(
  removal: Removal,
  object: ObjectModel,
  ids: readonly string[],
): Promise<void> {
  const { tx, now, root, caller } = removal
  requireRoom(removal, ids.length)
  const holes = { ids: idRows(ids) }
  if (hooksListen(removal, object, deleteHooks)) {
    const rows = await readRemovalRows(removal, object, ids)
    await runRemovalHooks(removal, 'beforeDelete', new Map([[object, rows]]))
    removal.removedRows.set(object, [...(removal.removedRows.get(object) ?? []), ...rows])
  }
  const marked = await loggedRows(removal, { object, ids, change: 'delete' }, () =>
    keepRollUps(tx, touched(removal, object, ids), () =>
      tx.run(markDeleted(object, now, tx.dialect), holes),
    ),
  )
  if (marked !== ids.length) throw new RowMoved()
  await requireUnheld(tx, ids)
  await tx.run(addToRecycleBin(object, now, tx.dialect), { ...holes, root, by: caller.userId })
  note(removal, object, { ids, change: 'delete' })
}

interface ChildSearch {
  readonly ids: readonly string[]
  readonly max: number
}

async function childrenOf(
  { tx }: Removal,
  { child, field }: Relation,
  { ids, max }: ChildSearch,
): Promise<readonly string[]> {
  const query = findChildren(child, field, { max, dialect: tx.dialect })
  const rows = await tx.read(query, { ids: idRows(ids) })
  return rows.map((row) => String(row['id']))
}

async function unlink(removal: Removal, relation: Relation, ids: readonly string[]): Promise<void> {
  const { tx, now, root } = removal
  const { child, field } = relation
  const linked = await childrenOf(removal, relation, { ids, max: roomLeft(removal) + 1 })
  if (linked.length === 0) return
  requireRoom(removal, linked.length)
  const holes = { ids: idRows(ids) }
  await tx.run(rememberLinks(child, field, tx.dialect), { ...holes, root })
  await loggedRows(removal, { object: child, ids: linked, change: 'update' }, () =>
    keepRollUps(tx, touched(removal, child, linked), () =>
      tx.run(unlinkChildren(child, field, { now, dialect: tx.dialect }), holes),
    ),
  )
  note(removal, child, { ids: linked, change: 'update' })
}

const restrictedShown = 5

/** After all that goes has gone: whatever still refers to it forbids the delete. */
async function refuseRestricted(
  removal: Removal,
  removed: Removed,
  rights: RowRights,
): Promise<void> {
  for (const [object, gone] of removed) {
    const asked = relationsTo(removal.model, object, 'Restrict')
    for (const relation of await occupied(removal.tx, asked, [...gone])) {
      const search = { ids: [...gone], max: restrictedShown + 1 }
      const found = await childrenOf(removal, relation, search)
      if (found.length === 0) continue
      throw restricted(removal, relation, await seen(removal, relation, { ids: found, rights }))
    }
  }
}

/** Those of the children that the caller may see. */
async function seen(
  { caller, model, tx }: Removal,
  { child }: Relation,
  { ids, rights }: { readonly ids: readonly string[]; readonly rights: RowRights },
): Promise<readonly string[]> {
  if (caller.access.rows(child, 'read') === undefined) return ids
  const open: string[] = []
  for (const id of ids) {
    const found = await rights.find(caller, { model, object: child, id, tx }, ['read'])
    if (found !== undefined) open.push(id)
  }
  return open
}

const allReferences =
  '{objects} refer to this record by {field}: {ids}. Change or delete them first.'
const manyReferences =
  '{objects} refer to this record by {field}: {ids} and more. Change or delete them first.'

function restricted(
  { caller }: Removal,
  { child, field }: Relation,
  ids: readonly string[],
): Refusal {
  const mayKnow = caller.access.mayField(child.name, field.name, 'read')
  if (!mayKnow || ids.length === 0)
    return refuse('DELETE_FAILED', message('Other records refer to this one.'))
  const references = ids.slice(0, restrictedShown)
  const hasMore = ids.length > restrictedShown
  return refuse(
    'DELETE_FAILED',
    message(hasMore ? manyReferences : allReferences, {
      objects: pluralOf(child),
      field: labelOfField(field),
      ids: references.join(', '),
    }),
    { details: { references } },
  )
}
