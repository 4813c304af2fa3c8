/** Delete, undelete and purge: a record and what belongs to it go and come back together. */
import { limits } from '../base/limits.ts'
import { refuse } from '../base/refusal.ts'
import type { FieldModel, Model, ObjectModel } from '../model/model.ts'
import {
  addToRecycleBin,
  dropDeadLinks,
  findChildren,
  findDeadLinks,
  forgetLinks,
  forgetRecycled,
  lookupColumn,
  markDeleted,
  markRestored,
  purgeDeleted,
  readRecycled,
  readRecycledTree,
  readUnlinked,
  readVersion,
  relinkChildren,
  rememberLinks,
  unlinkChildren,
} from '../query/compile-remove.ts'
import { readModelVersion } from '../query/compile-write.ts'
import type { Transaction } from '../storage/storage.ts'
import { explained } from './explain-storage-error.ts'
import { ModelMoved, type RecordContext } from './record-parts.ts'
import type { Caller, RecordChange, SaveOptions } from './records.ts'
import { again } from './save-records.ts'
import { notFound, requireId, requireObject } from './targets.ts'
import { fieldNamed } from './save-index.ts'

export interface RemoveRecords {
  remove(caller: Caller, target: RemoveTarget, options?: SaveOptions): Promise<void>
  undelete(caller: Caller, id: string): Promise<void>
  purge(caller: Caller, id: string): Promise<void>
}

export interface RemoveTarget {
  readonly object: string
  readonly id: string
}

/** One delete or undelete on its way through the objects it touches. */
interface Work {
  readonly context: RecordContext
  readonly tx: Transaction
  readonly model: Model
  readonly caller: Caller
  readonly now: number
  readonly root: string
  readonly changes: RecordChange[]
}

function idRows(ids: readonly string[]): string {
  return JSON.stringify(ids.map((id) => [id]))
}

export function createRemoveRecords(context: RecordContext): RemoveRecords {
  const begin = async (
    tx: Transaction,
    input: { model: Model; caller: Caller; root: string },
  ): Promise<Work> => {
    const [state] = await tx.read(readModelVersion)
    if (String(state?.['value']) !== String(input.model.version)) throw new ModelMoved()
    return { context, tx, ...input, now: context.clock.now(), changes: [] }
  }
  const commit = (work: Work): void => work.tx.afterCommit(() => context.emit(work.changes))

  const remove: RemoveRecords['remove'] = (caller, target, options = {}) =>
    again(async () => {
      const model = context.models.current()
      const object = requireObject(model, target.object, caller)
      const root = requireId(object, target.id)
      requireDelete(caller, object)
      await explained(object, () =>
        context.storage.write(async (tx) => {
          const work = await begin(tx, { model, caller, root })
          await requireLiving(work, object, options)
          await removeAll(work, object, [root])
          await refuseRestricted(work)
          commit(work)
        }),
      )
    })

  const undelete: RemoveRecords['undelete'] = (caller, givenId) =>
    again(async () => {
      const model = context.models.current()
      const object = objectOf(model, caller, givenId)
      const id = requireId(object, givenId)
      await explained(object, () =>
        context.storage.write(async (tx) => {
          const root = await rootOf(tx, id)
          const work = await begin(tx, { model, caller, root })
          await restoreAll(work)
          commit(work)
        }),
      )
    })

  const purge: RemoveRecords['purge'] = (caller, givenId) =>
    again(async () => {
      const model = context.models.current()
      const object = objectOf(model, caller, givenId)
      const id = requireId(object, givenId)
      await context.storage.write(async (tx) => {
        const work = await begin(tx, { model, caller, root: await rootOf(tx, id) })
        for (const [table, ids] of await readTree(work)) {
          await tx.run(purgeDeleted(table, tx.dialect), { ids: idRows(ids) })
        }
        await forget(work)
      })
    })

  return { remove, undelete, purge }
}

function requireDelete(caller: Caller, object: ObjectModel): void {
  if (caller.access.mayObject(object.name, 'delete')) return
  throw refuse('INSUFFICIENT_ACCESS_OR_READONLY', `You may not delete ${object.labelPlural}.`)
}

/** The object of an id; whoever may delete its records may also bring them back. */
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
    `The record was deleted together with ${root}: undelete that one.`,
  )
}

async function requireLiving(work: Work, object: ObjectModel, options: SaveOptions): Promise<void> {
  const [row] = await work.tx.read(readVersion(object), { id: work.root })
  if (row === undefined) throw notFound(work.root)
  if (row['deleted'] === true || row['deleted'] === 1) {
    throw refuse('ENTITY_IS_DELETED', 'The record is in the recycle bin already.')
  }
  if (options.ifVersion === undefined || options.ifVersion === Number(row['version'])) return
  throw refuse('ENTITY_FAILED_IFMATCH', 'The record was changed by somebody else: load it again.')
}

/** Breadth first over the cascading relations; the parent is marked before its children are looked for. */
async function removeAll(work: Work, object: ObjectModel, ids: readonly string[]): Promise<void> {
  const { tx, now } = work
  const queue: (readonly [ObjectModel, readonly string[]])[] = [[object, ids]]
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const [current, members] = next
    const holes = { ids: idRows(members) }
    await tx.run(markDeleted(current, now, tx.dialect), holes)
    await tx.run(addToRecycleBin(current, now, tx.dialect), {
      ...holes,
      root: work.root,
      by: work.caller.userId,
    })
    for (const id of members)
      work.changes.push({ object: current.name, id, change: 'delete', by: work.caller.userId })
    if (work.changes.length > limits.cascadeRecordsMax) {
      throw refuse(
        'DELETE_FAILED',
        `More than ${limits.cascadeRecordsMax} records would be deleted (cascadeRecordsMax): delete the children first.`,
      )
    }
    for (const [child, field] of childrenOf(work.model, current, 'Cascade')) {
      const found = await childIds(work, {
        child,
        field,
        ids: members,
        max: limits.cascadeRecordsMax + 1,
      })
      if (found.length > 0) queue.push([child, found])
    }
    for (const [child, field] of childrenOf(work.model, current, 'SetNull'))
      await unlink(work, { child, field, ids: members })
  }
}

function childrenOf(
  model: Model,
  object: ObjectModel,
  onDelete: 'Cascade' | 'SetNull' | 'Restrict',
): readonly (readonly [ObjectModel, FieldModel])[] {
  return (
    object.children
      .filter((child) => child.onDelete === onDelete)
      .map((child) => {
        const childObject = model.object(child.childObject)
        if (childObject === undefined) throw new Error(`no object ${child.childObject}`)
        return [childObject, fieldNamed(childObject, child.field)] as const
      })
      // Who created, changed or owns a record stays written there.
      .filter(([, field]) => !field.system || onDelete === 'Restrict')
  )
}

interface ChildLookup {
  readonly child: ObjectModel
  readonly field: FieldModel
  readonly ids: readonly string[]
}

async function childIds(
  work: Work,
  lookup: ChildLookup & { readonly max: number },
): Promise<readonly string[]> {
  const { tx } = work
  const query = findChildren(lookup.child, lookup.field, { max: lookup.max, dialect: tx.dialect })
  const rows = await tx.read(query, { ids: idRows(lookup.ids) })
  return rows.map((row) => String(row['id']))
}

async function unlink(work: Work, { child, field, ids }: ChildLookup): Promise<void> {
  const { tx, now } = work
  const holes = { ids: idRows(ids) }
  await tx.run(rememberLinks(child, field, tx.dialect), { ...holes, root: work.root })
  await tx.run(unlinkChildren(child, field, { now, dialect: tx.dialect }), holes)
}

const restrictedShown = 5

/** After all that goes has gone: whatever still refers to it forbids the delete. */
async function refuseRestricted(work: Work): Promise<void> {
  const byObject = new Map<string, string[]>()
  for (const change of work.changes)
    byObject.set(change.object, [...(byObject.get(change.object) ?? []), change.id])
  for (const [name, ids] of byObject) {
    const object = requireObject(work.model, name, work.caller)
    for (const [child, field] of childrenOf(work.model, object, 'Restrict')) {
      const found = await childIds(work, { child, field, ids, max: restrictedShown + 1 })
      if (found.length > 0) throw restricted(work, { child, field, ids: found })
    }
  }
}

function restricted(work: Work, { child, field, ids }: ChildLookup): Error {
  const mayKnow = work.caller.access.mayField(child.name, field.name, 'read')
  if (!mayKnow) return refuse('DELETE_FAILED', 'Other records refer to this one.')
  const shown = ids.slice(0, restrictedShown).join(', ')
  const more = ids.length > restrictedShown ? ' and more' : ''
  return refuse(
    'DELETE_FAILED',
    `${child.labelPlural} refer to this record by ${field.label}: ${shown}${more}. Change or delete them first.`,
    {
      details: { references: ids.slice(0, restrictedShown) },
    },
  )
}

async function readTree(work: Work): Promise<ReadonlyMap<ObjectModel, readonly string[]>> {
  const rows = await work.tx.read(readRecycledTree, { root: work.root })
  const tree = new Map<ObjectModel, string[]>()
  for (const row of rows) {
    const id = String(row['id'])
    const object = work.model.objectByKeyPrefix(id.slice(0, 3))
    if (object === undefined) continue
    const ids = tree.get(object) ?? []
    ids.push(id)
    tree.set(object, ids)
  }
  return tree
}

async function restoreAll(work: Work): Promise<void> {
  const { tx, now } = work
  const tree = await readTree(work)
  for (const [object, ids] of tree) {
    await tx.run(markRestored(object, now, tx.dialect), { ids: idRows(ids) })
    for (const id of ids)
      work.changes.push({ object: object.name, id, change: 'undelete', by: work.caller.userId })
  }
  for (const [object, ids] of tree) await repairLinks(work, object, ids)
  for (const row of await tx.read(readUnlinked, { root: work.root })) {
    const link = linkOf(work.model, String(row['table_name']), String(row['column_name']))
    if (link !== undefined)
      await tx.run(relinkChildren(link[0], link[1], { now, dialect: tx.dialect }), {
        root: work.root,
      })
  }
  await forget(work)
}

async function forget(work: Work): Promise<void> {
  await work.tx.run(forgetRecycled, { root: work.root })
  await work.tx.run(forgetLinks, { root: work.root })
}

/** The lookup field behind a physical column, unless it was deleted since. */
function linkOf(
  model: Model,
  table: string,
  column: string,
): readonly [ObjectModel, FieldModel] | undefined {
  for (const [name, binding] of model.bindings) {
    if (binding.table !== table) continue
    const object = model.object(name)
    const field = object?.fields.find(
      (field) => field.reference !== undefined && lookupColumn(field).name === column,
    )
    if (object !== undefined && field !== undefined) return [object, field]
  }
  return undefined
}

/** Links to what was deleted meanwhile: emptied where they may be empty, else the undelete is refused. */
async function repairLinks(work: Work, object: ObjectModel, ids: readonly string[]): Promise<void> {
  const { tx, model } = work
  const holes = { ids: idRows(ids) }
  for (const field of object.fields) {
    if (field.system || field.reference === undefined) continue
    for (const name of field.reference.targets) {
      const target = model.object(name)
      if (target === undefined) continue
      const mayBeEmpty = !field.required && field.reference.kind !== 'MasterDetail'
      if (mayBeEmpty)
        await tx.run(dropDeadLinks(object, field, { target, dialect: tx.dialect }), holes)
      else if (
        (await tx.read(findDeadLinks(object, field, { target, dialect: tx.dialect }), holes))
          .length > 0
      ) {
        throw refuse(
          'UNDELETE_FAILED',
          `${field.label} leads to a record in the recycle bin: undelete that one first.`,
          { fields: [field.name] },
        )
      }
    }
  }
}
