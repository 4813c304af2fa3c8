/** From a caller's body to the row that is written: through the gate, checked, with the engine's own stamps. */
import { labelOfField } from '../model/labels.ts'
import { message } from '../base/message.ts'
import { refuse } from '../base/refusal.ts'
import type { Column, FieldModel, Model, ObjectModel } from '../model/model.ts'
import { planWrite, type WritePlan } from '../query/plan-write.ts'
import type { Gate } from '../query/resolve.ts'
import type { ColumnValue } from '../sql/column-kind.ts'
import type { Transaction } from '../storage/storage.ts'
import type { CurrentRow, ReadCurrent } from './current-row.ts'
import type { ComputedDefaults } from './defaults/computed-defaults.ts'
import { findConflicts } from './find-conflicts.ts'
import { readsAtOnce, runAtOnce } from './hooks/planned-rows.ts'
import { neededFields, prepareSave } from './prepare-save.ts'
import { RowMoved, type RecordContext } from './record-parts.ts'
import type { Caller, RecordBody, SaveOptions } from './records.ts'
import type { RowAsked, RowRights } from './row-rights.ts'
import { checkSave } from './rules/check-save.ts'
import { groupReads, groupRefusal } from './rules/group-rows.ts'
import { saveRules } from './rules/save-rules.ts'
import { fieldNamed, saveIndex } from './save-index.ts'
import { gateOf, requireId } from './targets.ts'
import type { RowUpdate, RowWrite } from './write-groups.ts'

export interface NewRow {
  readonly model: Model
  readonly object: ObjectModel
  readonly body: RecordBody
  /** The caller says that the record is made as the copy of another one. */
  readonly isClone?: boolean
  readonly computed?: ComputedDefaults | undefined
}

/** A body through the gate, not yet checked as a whole. */
export interface PlannedNew extends NewRow {
  readonly gate: Gate
  readonly plan: WritePlan
}

export function planNew(caller: Caller, input: NewRow): PlannedNew {
  const { model, object, body } = input
  const gate = gateOf(model, caller)
  const plan = planWrite(gate, object, { body, mode: 'create' })
  demandOwnGroup(model, plan, undefined)
  return { ...input, gate, plan }
}

/** A row to insert; nothing of it is in the database yet. */
export function finishNew(context: RecordContext, caller: Caller, planned: PlannedNew): RowWrite {
  const { object, gate, plan, computed, isClone = false } = planned
  const prepared = prepareSave({ gate, plan, services: context.services, computed })
  const values = prepared.columns
  const { stamps } = saveIndex(object)
  const { owner } = stamps
  const now = context.clock.now()
  if (owner !== undefined && (values.get(owner) ?? null) === null) values.set(owner, caller.userId)
  const inWriter = checkSave({ caller, gate, object, prepared, now, isClone })
  const id = context.ids(object.keyPrefix)
  values.set(stamps.id, id)
  values.set(stamps.isDeleted, false)
  values.set(stamps.createdDate, now)
  values.set(stamps.createdBy, caller.userId)
  stampChange(values, { object, caller, now })
  return { id, by: caller.userId, way: caller.source, values, inWriter }
}

export function prepareNew(context: RecordContext, caller: Caller, input: NewRow): RowWrite {
  return finishNew(context, caller, runAtOnce(context, caller, planNew(caller, input)))
}

export interface ChangedRow extends NewRow {
  readonly id: string
  readonly options: SaveOptions
  readonly readCurrent: ReadCurrent
  readonly rights: RowRights
  /** Inside the writer, when somebody was faster before. */
  readonly tx?: Transaction | undefined
}

/** A change through the gate, with the stored values that it is planned on. */
export interface PlannedChange {
  readonly id: string
  readonly object: ObjectModel
  readonly gate: Gate
  readonly plan: WritePlan
  readonly current: CurrentRow
}

/** `reads`: fields whose stored values somebody asks for beside the save itself. */
export async function planChange(
  caller: Caller,
  input: ChangedRow,
  reads: readonly FieldModel[],
): Promise<PlannedChange> {
  const { model, object, body, options, tx } = input
  const id = requireId(object, input.id)
  const gate = gateOf(model, caller)
  const plan = planWrite(gate, object, { body, mode: 'update' })
  const forRules = saveRules(model, object)?.reads ?? []
  const fields = neededFields(plan, [...forRules, ...reads, ...groupReads(object)])
  const asked = { model, object, id, tx }
  const demanded = input.rights.demand(caller, asked, 'edit')
  const found = demanded && (await demanded)
  const current = await input.readCurrent(model, object, { id, fields, tx })
  // What was found out of the caller's rights holds for the record as it was then.
  if (found !== undefined && found.version !== current.version) throw new RowMoved()
  findConflicts({ gate, plan, current, options })
  demandOwnGroup(model, plan, current)
  if (givesAway(caller, plan, current)) await demandTransfer(caller, input.rights, asked)
  return { id, object, gate, plan, current }
}

/** Groups of the metadata and of roles are nobody's to change as records. */
function demandOwnGroup(model: Model, plan: WritePlan, current: CurrentRow | undefined): void {
  const { object } = plan
  const refused = groupRefusal(model, object, {
    given: (name) => plan.values.get(fieldNamed(object, name)),
    previous: current && ((name) => current.values.get(name)),
  })
  if (refused !== undefined) throw refused
}

/** A row to update, planned on the version that was read. */
export function finishChange(
  context: RecordContext,
  caller: Caller,
  { id, object, gate, plan, current }: PlannedChange,
): RowUpdate {
  const { services } = context
  const previous = current.values
  const prepared = prepareSave({ gate, plan, services, previous })
  const now = context.clock.now()
  const save = { caller, gate, object, prepared, previous, now, isClone: false }
  const inWriter = checkSave(save)
  const values = prepared.columns
  stampChange(values, { object, caller, now })
  const { version } = current
  return { id, by: caller.userId, way: caller.source, values, version, inWriter }
}

export async function prepareUpdate(
  context: RecordContext,
  caller: Caller,
  input: ChangedRow,
): Promise<RowUpdate> {
  const { model, object, tx } = input
  const read = await planChange(caller, input, readsAtOnce(context, object))
  const planned = runAtOnce(context, caller, read)
  const row = finishChange(context, caller, planned)
  const previous = planned.current.values
  const asked = { model, object, values: row.values, previous, tx }
  const targets = input.rights.demandTargets(caller, asked)
  if (targets !== undefined) await targets
  return row
}

function stampChange(
  values: Map<Column, ColumnValue>,
  { object, caller, now }: { object: ObjectModel; caller: Caller; now: number },
): void {
  const { stamps } = saveIndex(object)
  values.set(stamps.modifiedDate, now)
  values.set(stamps.modstamp, now)
  values.set(stamps.modifiedBy, caller.userId)
}

/** True where somebody else's record is to get another owner. */
function givesAway(caller: Caller, plan: WritePlan, current: CurrentRow): boolean {
  const { ownerField: owner } = plan.object
  if (owner === undefined || !plan.values.has(owner)) return false
  const present = current.values.get(owner.name)
  return plan.values.get(owner) !== present && present !== caller.userId
}

/** A record is given away by its owner, by who stands above him, or by whoever may transfer or change every record. */
async function demandTransfer(caller: Caller, rights: RowRights, asked: RowAsked): Promise<void> {
  const { access } = caller
  const { object } = asked
  if (access.has('TransferAnyEntity') || access.rows(object, 'transfer') === undefined) return
  const found = await rights.find(caller, asked, ['transfer'])
  if (found?.rights.has('transfer') === true || object.ownerField === undefined) return
  throw notYours(object.ownerField)
}

function notYours(owner: FieldModel): Error {
  return refuse(
    'INSUFFICIENT_ACCESS_OR_READONLY',
    message(
      '{field}: only the owner, or whoever may transfer any record, can give the record away.',
      { field: labelOfField(owner) },
    ),
    { fields: [owner.name] },
  )
}
