/** Create, update and upsert: the one way by which a record is saved. */
import { limits } from '../base/limits.ts'
import { refuse, Refusal } from '../base/refusal.ts'
import type { ApiValue } from '../fields/field-type.ts'
import type { Column, FieldModel, Model, ObjectModel } from '../model/model.ts'
import { planWrite } from '../query/plan-write.ts'
import type { ColumnValue } from '../sql/column-kind.ts'
import type { Transaction } from '../storage/storage.ts'
import { bindRead } from './current-row.ts'
import { explained } from './explain-storage-error.ts'
import { findConflicts } from './find-conflicts.ts'
import { neededFields, prepareSave, type ColumnValues } from './prepare-save.ts'
import { gateOf, requireId, requireObject } from './targets.ts'
import { ModelMoved, RowMoved, type RecordContext } from './record-parts.ts'
import type { Caller, RecordBody, SaveOptions, SaveResult } from './records.ts'
import { fieldNamed } from './save-index.ts'
import { createWriteGroups, type RowUpdate, type RowWrite } from './write-groups.ts'

export interface SaveRecords {
  create(caller: Caller, objectName: string, body: RecordBody): Promise<SaveResult>
  update(caller: Caller, target: UpdateTarget, options?: SaveOptions): Promise<SaveResult>
  createMany(caller: Caller, input: CreateMany): Promise<readonly (SaveResult | Error)[]>
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

/** Does it again when the model or the row moved between planning and writing. */
export async function again<Result>(work: (attempt: number) => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work(attempt)
    } catch (error) {
      const moved = error instanceof ModelMoved || error instanceof RowMoved
      if (!moved) throw error
      if (attempt >= attemptsMax) {
        throw refuse('UNABLE_TO_LOCK_ROW', 'The record is being changed by others: try again.')
      }
    }
  }
}

export function createSaveRecords(context: RecordContext): SaveRecords {
  const groups = createWriteGroups(context)
  const readCurrent = bindRead(context)

  const prepareNew = (
    caller: Caller,
    model: Model,
    input: { object: ObjectModel; body: RecordBody },
  ): RowWrite => {
    const { object, body } = input
    const plan = planWrite(gateOf(model, caller), object, { body, mode: 'create' })
    const values = prepareSave({ model, plan, services: context.services })
    const id = context.ids(object.keyPrefix)
    return { id, by: caller.userId, values: withAudit(context, caller, { object, id, values }) }
  }

  const create: SaveRecords['create'] = (caller, objectName, body) =>
    again(() => {
      const model = context.models.current()
      const object = requireObject(model, objectName, caller)
      const row = prepareNew(caller, model, { object, body })
      const group = groups.insert(model, object, row)
      return explained(object, () => context.storage.writeGrouped(group, row))
    })

  const prepareUpdate = async (
    caller: Caller,
    model: Model,
    input: { object: ObjectModel; target: UpdateTarget; options: SaveOptions; tx?: Transaction },
  ): Promise<RowUpdate> => {
    const { object, target, options, tx } = input
    const id = requireId(object, target.id)
    const gate = gateOf(model, caller)
    const plan = planWrite(gate, object, { body: target.body, mode: 'update' })
    const current = await readCurrent(model, object, { id, fields: neededFields(plan), tx })
    checkVersion(options, current.version)
    findConflicts({ gate, plan, current, base: options.base })
    const values = prepareSave({
      model,
      plan,
      services: context.services,
      previous: current.values,
    })
    const stamped = withChange(context, caller, { object, values })
    return { id, by: caller.userId, values: stamped, version: current.version }
  }

  const update: SaveRecords['update'] = (caller, target, options = {}) =>
    again((attempt) => {
      const model = context.models.current()
      const object = requireObject(model, target.object, caller)
      const input = { object, target, options }
      const { storage } = context
      return explained(object, async () => {
        if (attempt === 1) {
          const row = await prepareUpdate(caller, model, input)
          return storage.writeGrouped(groups.update(model, object, row), row)
        }
        // Somebody was faster: this time nobody comes in between read and write.
        return storage.write(async (tx) => {
          const row = await prepareUpdate(caller, model, { ...input, tx })
          const [result] = await groups.update(model, object, row).run(tx, [row])
          if (result === undefined) throw new Error('an update gives one result')
          return result
        })
      })
    })

  const createAll = (caller: Caller, input: CreateMany): Promise<readonly SaveResult[]> =>
    again(() => {
      const model = context.models.current()
      const object = requireObject(model, input.object, caller)
      const rows = prepareAll(input.bodies, (body) => prepareNew(caller, model, { object, body }))
      const byShape = groupRows(rows, (row) => groups.insert(model, object, row))
      return explained(object, () =>
        context.storage.write(async (tx) => {
          const results = new Array<SaveResult>(rows.length)
          for (const [group, entries] of byShape) {
            const made = await group.run(
              tx,
              entries.map(([, row]) => row),
            )
            entries.forEach(([index], position) => {
              const result = made[position]
              if (result !== undefined) results[index] = result
            })
          }
          return results
        }),
      )
    })

  return {
    create,
    update,
    createMany: (caller, input) => {
      if (input.bodies.length > limits.bulkRecordsMax) {
        throw refuse(
          'LIMIT_EXCEEDED',
          `At most ${limits.bulkRecordsMax} records at a time (bulkRecordsMax).`,
        )
      }
      if (input.allOrNone) return createAll(caller, input)
      return Promise.all(
        input.bodies.map((body) => settled(() => create(caller, input.object, body))),
      )
    },
  }
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

function checkVersion(options: SaveOptions, version: number): void {
  if (options.ifVersion === undefined || options.ifVersion === version) return
  throw refuse(
    'ENTITY_FAILED_IFMATCH',
    `The record was changed by somebody else: it has version ${version} now. Load it again.`,
    {
      details: { version },
    },
  )
}

interface Stamped {
  readonly object: ObjectModel
  readonly values: ColumnValues
}

function setField(
  values: Map<Column, ColumnValue>,
  field: FieldModel,
  value: ApiValue & ColumnValue,
): void {
  const column = field.columns.get('')
  if (column !== undefined) values.set(column, value)
}

function withChange(
  context: RecordContext,
  caller: Caller,
  { object, values }: Stamped,
): ColumnValues {
  const stamped = new Map(values)
  const now = context.clock.now()
  setField(stamped, fieldNamed(object, 'LastModifiedDate'), now)
  setField(stamped, fieldNamed(object, 'SystemModstamp'), now)
  setField(stamped, fieldNamed(object, 'LastModifiedById'), caller.userId)
  return stamped
}

function withAudit(
  context: RecordContext,
  caller: Caller,
  input: Stamped & { readonly id: string },
): ColumnValues {
  const stamped = new Map(withChange(context, caller, input))
  const { object } = input
  setField(stamped, fieldNamed(object, 'Id'), input.id)
  setField(stamped, fieldNamed(object, 'IsDeleted'), false)
  setField(stamped, fieldNamed(object, 'CreatedDate'), context.clock.now())
  setField(stamped, fieldNamed(object, 'CreatedById'), caller.userId)
  const owner = object.ownerField
  const ownerColumn = owner?.columns.get('')
  if (
    owner !== undefined &&
    ownerColumn !== undefined &&
    (stamped.get(ownerColumn) ?? null) === null
  ) {
    setField(stamped, owner, caller.userId)
  }
  return stamped
}
