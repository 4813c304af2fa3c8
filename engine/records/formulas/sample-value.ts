/** The value that a formula gives on one record, for whoever writes it: nothing is shown that the caller may not see. */
import { message } from '../../base/message.ts'
import { refuse } from '../../base/refusal.ts'
import {
  computeResult,
  ownResult,
  type FormulaResult,
  type ResultOutcome,
} from '../../formula/result.ts'
import type { Formula } from '../../formula/tree.ts'
import { resolveMentionPath } from '../../model/formula-scope.ts'
import type { Model, ObjectModel } from '../../model/model.ts'
import { maySee } from '../../query/resolve.ts'
import type { RecordContext } from '../record-parts.ts'
import type { Caller } from '../records.ts'
import { gateOf, notFound, requireId } from '../targets.ts'
import { formulaNeeds, type RecordNeeds } from './formula-needs.ts'
import { environmentOf, readerOf, type FormulaRow } from './formula-row.ts'
import { formulaRow, loadRows, type RowReader } from './load-rows.ts'
import { createLookUps } from './look-ups.ts'
import { knownOf, loadGlobals, surroundingsOf } from './surroundings.ts'

export interface FormulaSample {
  readonly object: ObjectModel
  /** Undefined for what stands before any record, such as a default. */
  readonly id: string | undefined
  readonly formula: Formula
  /** What the formula shall give; what it gives by itself when absent. */
  readonly result: FormulaResult | undefined
}

export async function sampleValue(
  context: RecordContext,
  caller: Caller,
  sample: FormulaSample,
): Promise<ResultOutcome> {
  const { object, formula, result } = sample
  const model = context.models.current()
  const hidden = hiddenMention(model, caller, sample)
  if (hidden !== undefined) {
    return {
      kind: 'failure',
      told: message('you may not see {field}', { field: hidden }),
      beyondLimit: false,
    }
  }
  const reader: RowReader = {
    dialect: context.storage.dialect,
    locks: false,
    read: (query, holes) => context.storage.read(query, { holes }),
  }
  const needs = formulaNeeds(model, object, { formulas: [formula] })
  const row =
    sample.id === undefined
      ? formulaRow(object, () => null, new Map())
      : await storedRow(reader, { model, needs: needs.record, id: requireId(object, sample.id) })
  const globals = await loadGlobals(reader, { model, needs, userIds: [caller.userId] })
  const lookUps = createLookUps(reader, model)
  const surroundings = surroundingsOf(model, caller, {
    now: context.clock.now(),
    ...knownOf(globals, caller.userId),
    lookUp: lookUps.find,
  })
  // As a save that changes nothing.
  const environment = {
    ...environmentOf(row, surroundings),
    isNew: sample.id === undefined,
    prior: readerOf(row, surroundings),
  }
  const form = result ?? ownResult(formula.type.kind)
  return lookUps.answered(() => computeResult(formula, environment, form))
}

interface StoredRow {
  readonly model: Model
  readonly needs: RecordNeeds
  readonly id: string
}

async function storedRow(reader: RowReader, { model, needs, id }: StoredRow): Promise<FormulaRow> {
  const row = (await loadRows(reader, { model, needs, ids: [id] })).get(id)
  if (row === undefined) throw notFound(id)
  return row
}

/** The first mention that the caller may not see, as it is written. */
function hiddenMention(
  model: Model,
  caller: Caller,
  { object, id, formula }: FormulaSample,
): string | undefined {
  const gate = gateOf(model, caller)
  if (id !== undefined && !gate.access.mayObject(object.name, 'read')) {
    throw refuse('NOT_FOUND', 'The requested resource does not exist')
  }
  return formula.mentions.find(({ path }) => {
    const found = resolveMentionPath(model, object, path)
    if (found.global !== undefined) return false
    const isOpen = found.objects.every((parent) => gate.access.mayObject(parent.name, 'read'))
    return !isOpen || ![...found.parents, found.field].every((field) => maySee(gate, field))
  })?.path
}
