/** Create, update, and sets of both: the one way by which a record is saved. */
import { Refusal } from '../base/refusal.ts'
import type { Transaction } from '../storage/storage.ts'
import { again } from './again.ts'
import { createReadCurrent } from './current-row.ts'
import { computedDefaults } from './defaults/computed-defaults.ts'
import { explained } from './explain-storage-error.ts'
import { hasHooks } from './hooks/run-hooks.ts'
import { prepareNew, prepareUpdate } from './prepare-row.ts'
import type { RecordContext } from './record-parts.ts'
import type { Caller, CreateOptions, RecordBody, SaveOptions, SaveResult } from './records.ts'
import { createRowRights } from './row-rights.ts'
import {
  insertHooks,
  saveSet,
  updateHooks,
  type SaveSet,
  type SetItem,
  type SetParts,
} from './save-set.ts'
import { requireObject } from './targets.ts'
import type { RowUpdate, WriteGroups } from './write-groups.ts'

export interface SaveRecords {
  create(caller: Caller, target: CreateTarget, options?: CreateOptions): Promise<SaveResult>
  update(caller: Caller, target: UpdateTarget, options?: SaveOptions): Promise<SaveResult>
  saveSet(caller: Caller, set: SaveSet): Promise<readonly (SaveResult | Refusal)[]>
}

export interface CreateTarget {
  readonly object: string
  readonly body: RecordBody
}

export interface UpdateTarget {
  readonly object: string
  readonly id: string
  readonly body: RecordBody
}

/** Groups are shared by whoever saves into one database, so that equal shapes meet in its writer. */
export function createSaveRecords(context: RecordContext, groups: WriteGroups): SaveRecords {
  const { storage } = context
  const readCurrent = createReadCurrent(context)
  const rights = createRowRights(context)
  const parts: SetParts = { context, groups, readCurrent, rights }

  const create: SaveRecords['create'] = (caller, { object: name, body }, options = {}) =>
    again(context, async () => {
      const model = context.models.current()
      const object = requireObject(model, name, caller)
      if (hasHooks(context, object, insertHooks)) {
        return saveOne(parts, caller, { object: name, item: { body, options } })
      }
      const pending = computedDefaults({ context, caller, model, object })
      const computed = pending && (await pending)
      const row = prepareNew(context, caller, { model, object, body, computed, ...options })
      const targets = rights.demandTargets(caller, { model, object, values: row.values })
      if (targets !== undefined) await targets
      const group = groups.insert(model, object, row)
      return explained(model, () => storage.writeGrouped(group, row))
    })

  const update: SaveRecords['update'] = (caller, { object: name, id, body }, options = {}) =>
    again(context, (attempt) => {
      const model = context.models.current()
      const object = requireObject(model, name, caller)
      if (hasHooks(context, object, updateHooks)) {
        return saveOne(parts, caller, { object: name, item: { id, body, options } })
      }
      const prepare = (tx?: Transaction): Promise<RowUpdate> =>
        prepareUpdate(context, caller, {
          ...parts,
          model,
          object,
          id,
          body,
          options,
          tx,
        })
      return explained(model, async () => {
        if (attempt === 1) {
          const row = await prepare()
          return storage.writeGrouped(groups.update(model, object, row), row)
        }
        // Somebody was faster: this time nobody comes in between read and write.
        return storage.write(async (tx) => {
          const row = await prepare(tx)
          const [result] = await groups.update(model, object, row).run(tx, [row])
          if (result === undefined) throw new Error('an update gives one result')
          return result
        })
      })
    })

  return {
    create,
    update,
    saveSet: (caller, set) => saveSet(parts, caller, set),
  }
}

/** What has hooks is saved as a set of one: the only place where they run. */
async function saveOne(
  parts: SetParts,
  caller: Caller,
  { object, item }: { readonly object: string; readonly item: SetItem },
): Promise<SaveResult> {
  try {
    const [result] = await saveSet(parts, caller, { object, items: [item], partial: true })
    if (result === undefined) throw new Error('a set of one has one result')
    if (result instanceof Refusal) throw result
    return result
  } catch (error) {
    // Which one of the set it was need not be told.
    if (!(error instanceof Refusal) || error.details?.['byIndex'] === undefined) throw error
    throw new Refusal(error.problems)
  }
}
