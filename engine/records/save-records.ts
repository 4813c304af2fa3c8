/** Create, update and many at once: the one way by which a record is saved. */
import { message } from '../base/message.ts'
import { limits } from '../base/limits.ts'
import { refuse, Refusal } from '../base/refusal.ts'
import { lockTargets } from '../roll-ups/lock-ahead.ts'
import type { Transaction } from '../storage/storage.ts'
import { createReadCurrent } from './current-row.ts'
import { computedDefaults } from './defaults/computed-defaults.ts'
import { explained } from './explain-storage-error.ts'
import { prepareNew, prepareUpdate } from './prepare-row.ts'
import { ModelMoved, RowMoved, type Models, type RecordContext } from './record-parts.ts'
import type { Caller, CreateOptions, RecordBody, SaveOptions, SaveResult } from './records.ts'
import { checkInWriter } from './rules/check-in-writer.ts'
import { requireObject } from './targets.ts'
import {
  createWriteGroups,
  type RowUpdate,
  type RowWrite,
  type WriteGroups,
} from './write-groups.ts'

export interface SaveRecords {
  create(caller: Caller, target: CreateTarget, options?: CreateOptions): Promise<SaveResult>
  update(caller: Caller, target: UpdateTarget, options?: SaveOptions): Promise<SaveResult>
  createMany(caller: Caller, input: CreateMany): Promise<readonly (SaveResult | Error)[]>
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

export interface CreateMany {
  readonly object: string
  readonly bodies: readonly RecordBody[]
  readonly allOrNone: boolean
}

const attemptsMax = 5
const modelWaitMs = 1_000

/** Does it again when the model or the row moved between planning and writing. */
export async function again<Result>(
  models: Models,
  work: (attempt: number) => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    const { version } = models.current()
    try {
      return await work(attempt)
    } catch (error) {
      const moved = error instanceof ModelMoved || error instanceof RowMoved
      if (!moved) throw error
      if (attempt >= attemptsMax) {
        throw refuse(
          'UNABLE_TO_LOCK_ROW',
          message('The record is being changed by others: try again.'),
        )
      }
      if (error instanceof ModelMoved) await modelAfter(models, version)
    }
  }
}

/** When another node deployed, its message is on the way: planning again before would be in vain. */
function modelAfter(models: Models, version: number): Promise<void> {
  if (models.current().version !== version || models.onSwap === undefined) return Promise.resolve()
  const { onSwap } = models
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      stop()
      resolve()
    }
    const timer = setTimeout(done, modelWaitMs)
    const stop = onSwap(done)
  })
}

export function createSaveRecords(context: RecordContext): SaveRecords {
  const { storage } = context
  const groups = createWriteGroups(context)
  const readCurrent = createReadCurrent(context)

  const create: SaveRecords['create'] = (caller, { object: name, body }, options = {}) =>
    again(context.models, async () => {
      const model = context.models.current()
      const object = requireObject(model, name, caller)
      const pending = computedDefaults({ context, caller, model, object })
      const computed = pending && (await pending)
      const row = prepareNew(context, caller, { model, object, body, computed, ...options })
      const group = groups.insert(model, object, row)
      return explained(model, () => storage.writeGrouped(group, row))
    })

  const update: SaveRecords['update'] = (caller, { object: name, id, body }, options = {}) =>
    again(context.models, (attempt) => {
      const model = context.models.current()
      const object = requireObject(model, name, caller)
      const prepare = (tx?: Transaction): Promise<RowUpdate> =>
        prepareUpdate(context, caller, { model, object, id, body, options, readCurrent, tx })
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
    createMany: async (caller, input) => {
      if (input.bodies.length > limits.bulkRecordsMax) {
        throw refuse(
          'LIMIT_EXCEEDED',
          `At most ${limits.bulkRecordsMax} records at a time (bulkRecordsMax).`,
        )
      }
      if (input.allOrNone) return createAll({ context, groups }, caller, input)
      return Promise.all(
        input.bodies.map((body) => settled(() => create(caller, { object: input.object, body }))),
      )
    },
  }
}

interface SaveParts {
  readonly context: RecordContext
  readonly groups: WriteGroups
}

/** All in one transaction, however many shapes they have. */
function createAll(
  { context, groups }: SaveParts,
  caller: Caller,
  input: CreateMany,
): Promise<readonly SaveResult[]> {
  return again(context.models, async () => {
    const model = context.models.current()
    const object = requireObject(model, input.object, caller)
    const computed = await computedDefaults({ context, caller, model, object })
    const rows = prepareAll(input.bodies, (body) =>
      prepareNew(context, caller, { model, object, body, computed }),
    )
    const byShape = groupRows(rows, (row) => groups.insert(model, object, row))
    return explained(model, () =>
      context.storage.write(async (tx) => {
        await checkInWriter(tx, model, rows)
        const results: SaveResult[] = []
        const values = rows.map((row) => row.values)
        if (byShape.size > 1) await lockTargets(tx, { model, object }, values)
        for (const [group, entries] of byShape) {
          const written = entries.map(([, row]) => ({ ...row, inWriter: undefined }))
          const made = await group.run(tx, written)
          entries.forEach(([index], position) => {
            const result = made[position]
            if (result !== undefined) results[index] = result
          })
        }
        return results
      }),
    )
  })
}

/** Rows with their positions, by the group that writes them. */
function groupRows<Group>(
  rows: readonly RowWrite[],
  groupOf: (row: RowWrite) => Group,
): ReadonlyMap<Group, readonly (readonly [number, RowWrite])[]> {
  const groups = new Map<Group, (readonly [number, RowWrite])[]>()
  rows.forEach((row, index) => {
    const group = groupOf(row)
    const members = groups.get(group) ?? []
    members.push([index, row])
    groups.set(group, members)
  })
  return groups
}

/** The result, or the refusal as a value; a bug is thrown. */
async function settled(work: () => Promise<SaveResult>): Promise<SaveResult | Error> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

/** All rows, or one refusal that tells of each bad one by its index. */
function prepareAll(
  bodies: readonly RecordBody[],
  prepare: (body: RecordBody) => RowWrite,
): readonly RowWrite[] {
  const refusals = new Map<number, Refusal>()
  const rows: RowWrite[] = []
  bodies.forEach((body, index) => {
    try {
      rows.push(prepare(body))
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      refusals.set(index, error)
    }
  })
  if (refusals.size === 0) return rows
  const problems = [...refusals].flatMap(([, refusal]) => refusal.problems)
  throw new Refusal(problems, {
    byIndex: [...refusals].map(([index, refusal]) => ({ index, problems: refusal.problems })),
  })
}
