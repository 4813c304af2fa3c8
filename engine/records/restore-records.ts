/** The recycle bin: what was deleted comes back as it went, or goes for good. */
import { labelOfField } from '../model/labels.ts'
import { message } from '../base/message.ts'
import { refuse } from '../base/refusal.ts'
import type { FieldModel, Model, ObjectModel } from '../model/model.ts'
import {
  dropDeadLinks,
  findDeadLinks,
  forgetLinks,
  forgetRecycled,
  lookupColumn,
  markRestored,
  purgeDeleted,
  readRecycled,
  readRecycledTree,
  readUnlinked,
  readUnlinkedRecords,
  relinkChildren,
} from '../query/compile-remove.ts'
import { keepRollUps } from '../roll-ups/keep-roll-ups.ts'
import { lockRecords } from '../roll-ups/lock-ahead.ts'
import type { Transaction } from '../storage/storage.ts'
import { again } from './again.ts'
import { explained } from './explain-storage-error.ts'
import type { HookRow } from './hooks/record-hooks.ts'
import {
  hooksListen,
  readRemovalRows,
  runRemovalHooks,
  undeleteHooks,
  type RemovalRows,
} from './hooks/removal-hooks.ts'
import type { RecordContext } from './record-parts.ts'
import type { Caller } from './records.ts'
import { idRows } from './id-rows.ts'
import { requireUnheld } from './legal-holds.ts'
import { createRowRights } from './row-rights.ts'
import { beginRemoval, loggedRows, note, requireDelete, touched, type Removal } from './removal.ts'
import type { Relation } from './owned-by.ts'
import { notFound, requireId } from './targets.ts'

export interface RestoreRecords {
  undelete(caller: Caller, id: string): Promise<void>
  purge(caller: Caller, id: string): Promise<void>
}

export function createRestoreRecords(context: RecordContext): RestoreRecords {
  const rights = createRowRights(context)
  /** Whoever may delete a record may also bring it back, or purge it. */
  const onTree = (
    caller: Caller,
    given: string,
    work: (removal: Removal) => Promise<void>,
  ): Promise<void> =>
    again(context, async () => {
      const model = context.models.current()
      const object = objectOf(model, caller, given)
      const id = requireId(object, given)
      await explained(model, () =>
        context.storage.write(async (tx) => {
          await rights.demand(caller, { model, object, id, tx }, 'all')
          const root = await rootOf(tx, id)
          const removal = await beginRemoval(context, tx, { model, caller, root })
          await work(removal)
          await tx.run(forgetRecycled, { root })
          await tx.run(forgetLinks, { root })
        }),
      )
    })
  return {
    undelete: (caller, id) => onTree(caller, id, restoreAll),
    purge: (caller, id) => onTree(caller, id, purgeAll),
  }
}

function objectOf(model: Model, caller: Caller, id: string): ObjectModel {
  const object = model.objectByKeyPrefix(id.slice(0, 3))
  if (object === undefined || !caller.access.mayObject(object.name, 'read')) throw notFound(id)
  requireDelete(caller, object)
  return object
}

async function rootOf(tx: Transaction, id: string): Promise<string> {
  const [entry] = await tx.read(readRecycled, { id })
  if (entry === undefined) throw notFound(id)
  const root = String(entry['root'])
  if (root === id) return root
  throw refuse(
    'UNDELETE_FAILED',
    message('The record was deleted together with {id}: take that one.', { id: root }),
  )
}

type Tree = ReadonlyMap<ObjectModel, readonly string[]>

async function readTree({ tx, model, root }: Removal): Promise<Tree> {
  const rows = await tx.read(readRecycledTree, { root })
  const tree = new Map<ObjectModel, string[]>()
  for (const row of rows) {
    const id = String(row['id'])
    const object = model.objectByKeyPrefix(id.slice(0, 3))
    if (object === undefined) continue
    const ids = tree.get(object) ?? []
    ids.push(id)
    tree.set(object, ids)
  }
  return tree
}

async function purgeAll(removal: Removal): Promise<void> {
  const { tx } = removal
  for (const [object, ids] of await readTree(removal)) {
    await tx.run(purgeDeleted(object, tx.dialect), { ids: idRows(ids) })
    await requireUnheld(tx, ids)
  }
}

async function restoreAll(removal: Removal): Promise<void> {
  const { tx, now } = removal
  const tree = await readTree(removal)
  const links = await readLinks(removal)
  await lockRecords(tx, removal.model, together([...tree], links))
  const hooked = [...tree].filter(([object]) => hooksListen(removal, object, undeleteHooks))
  await runRemovalHooks(removal, 'beforeUndelete', await rowsOf(removal, hooked))
  const all = [...tree].map(([object, ids]) => touched(removal, object, ids))
  await keepRollUps(tx, all, async () => {
    for (const [object, ids] of tree) {
      await loggedRows(removal, { object, ids, change: 'undelete' }, () =>
        tx.run(markRestored(object, now, tx.dialect), { ids: idRows(ids) }),
      )
      note(removal, object, { ids, change: 'undelete' })
    }
    for (const [object, ids] of tree) await repairLinks(removal, object, ids)
  })
  for (const link of links) await relink(removal, link)
  await runRemovalHooks(removal, 'afterUndelete', await rowsOf(removal, hooked))
}

async function rowsOf(
  removal: Removal,
  tree: readonly (readonly [ObjectModel, readonly string[]])[],
): Promise<RemovalRows> {
  const rows = new Map<ObjectModel, readonly HookRow[]>()
  for (const [object, ids] of tree) rows.set(object, await readRemovalRows(removal, object, ids))
  return rows
}

interface LostLink extends Relation {
  readonly ids: readonly string[]
}

/** Links that the delete of the root took away, with the records that had them. */
async function readLinks({ tx, model, root }: Removal): Promise<readonly LostLink[]> {
  const links: LostLink[] = []
  for (const row of await tx.read(readUnlinked, { root })) {
    const place = { table: String(row['table_name']), column: String(row['column_name']) }
    const link = linkAt(model, place)
    if (link === undefined) continue
    const rows = await tx.read(readUnlinkedRecords(link.child, link.field, tx.dialect), { root })
    links.push({ ...link, ids: rows.map((one) => String(one['id'])) })
  }
  return links
}

function together(
  tree: readonly (readonly [ObjectModel, readonly string[]])[],
  links: readonly LostLink[],
): ReadonlyMap<ObjectModel, readonly string[]> {
  const all = new Map<ObjectModel, readonly string[]>(tree)
  for (const { child, ids } of links) all.set(child, [...(all.get(child) ?? []), ...ids])
  return all
}

async function relink(removal: Removal, { child, field, ids }: LostLink): Promise<void> {
  const { tx, now, root } = removal
  const query = relinkChildren(child, field, { now, dialect: tx.dialect })
  const rows = await loggedRows(removal, { object: child, ids, change: 'update' }, () =>
    keepRollUps(tx, touched(removal, child, ids), () => tx.read(query, { root })),
  )
  note(removal, child, { ids: rows.map((row) => String(row['id'])), change: 'update' })
}

interface ColumnPlace {
  readonly table: string
  readonly column: string
}

/** The lookup behind a physical column, unless it was deleted since. */
function linkAt(model: Model, { table, column }: ColumnPlace): Relation | undefined {
  for (const [name, binding] of model.bindings) {
    if (binding.table !== table) continue
    const child = model.object(name)
    const field = child?.fields.find(
      (one) => one.reference !== undefined && lookupColumn(one).name === column,
    )
    if (child !== undefined && field !== undefined) return { child, field }
  }
  return undefined
}

/** Links to what was deleted meanwhile: emptied where they may be empty, else the undelete is refused. */
async function repairLinks(
  removal: Removal,
  object: ObjectModel,
  ids: readonly string[],
): Promise<void> {
  for (const field of object.fields) {
    if (field.system || field.reference === undefined) continue
    for (const name of field.reference.targets) {
      const target = removal.model.object(name)
      if (target !== undefined) await repairLink(removal, field, { object, target, ids })
    }
  }
}

interface Restored {
  readonly object: ObjectModel
  readonly target: ObjectModel
  readonly ids: readonly string[]
}

async function repairLink(
  { tx }: Removal,
  field: FieldModel,
  { object, target, ids }: Restored,
): Promise<void> {
  const options = { target, dialect: tx.dialect }
  const holes = { ids: idRows(ids) }
  if (!field.required) {
    await tx.run(dropDeadLinks(object, field, options), holes)
    return
  }
  const dead = await tx.read(findDeadLinks(object, field, options), holes)
  if (dead.length === 0) return
  throw refuse(
    'UNDELETE_FAILED',
    message('{field} leads to a record in the recycle bin: undelete that one first.', {
      field: labelOfField(field),
    }),
    { fields: [field.name] },
  )
}
