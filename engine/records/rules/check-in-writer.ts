/** The part of a save's rules that looks at other records: read and decided in the transaction that writes the row. */
import { Refusal, type Problem } from '../../base/refusal.ts'
import type { Model } from '../../model/model.ts'
import type { Transaction } from '../../storage/storage.ts'
import {
  formulaRow,
  loadParents,
  type LoadedParents,
  type RowReader,
} from '../formulas/load-rows.ts'
import { createLookUps, type LookUps } from '../formulas/look-ups.ts'
import { knownOf, loadGlobals, surroundingsOf, type GlobalRows } from '../formulas/surroundings.ts'
import { failingRules, type RuleRows } from './check-rules.ts'
import { findOutside } from './check-lookup-filters.ts'
import type { WriterCheck } from './check-save.ts'

/** As rows to be written carry it. */
export interface CheckedRow {
  readonly inWriter?: WriterCheck | undefined
}

/** Refuses with all problems of all rows, `byIndex` telling whose they are. */
export async function checkInWriter(
  tx: Transaction,
  model: Model,
  rows: readonly CheckedRow[],
): Promise<void> {
  const checks = rows.flatMap(({ inWriter }, index) =>
    inWriter === undefined ? [] : [{ index, check: inWriter }],
  )
  const [first] = checks
  if (first === undefined) return
  const found = await findFailing(
    tx,
    model,
    checks.map(({ check }) => check),
  )
  const byIndex = checks.flatMap(({ index }, position) => {
    const problems = found[position] ?? []
    return problems.length === 0 ? [] : [{ index, problems }]
  })
  if (byIndex.length === 0) return
  const problems = byIndex.flatMap((entry) => entry.problems)
  throw rows.length === 1 ? new Refusal(problems) : new Refusal(problems, { byIndex })
}

/** The problems of each check; all of one object, under one model. */
async function findFailing(
  tx: Transaction,
  model: Model,
  checks: readonly WriterCheck[],
): Promise<readonly (readonly Problem[])[]> {
  const reader: RowReader = {
    dialect: tx.dialect,
    locks: true,
    read: (query, holes) => tx.read(query, holes),
  }
  const [first] = checks
  if (first === undefined) return []
  const { needs } = first.rules
  const reads = checks.flatMap(({ save }) => [save.value, save.prior ?? []].flat())
  const parents = await loadParents(reader, { model, needs: needs.record }, reads)
  const userIds = checks.map(({ caller }) => caller.userId)
  const globals = await loadGlobals(reader, { model, needs, userIds })
  const lookUps = createLookUps(reader, model)
  const problems: (readonly Problem[])[] = []
  for (const check of checks) {
    problems.push(await failingOf({ reader, model, check, parents, globals, lookUps }))
  }
  return problems
}

interface CheckInput {
  readonly reader: RowReader
  readonly model: Model
  readonly check: WriterCheck
  readonly parents: LoadedParents
  readonly globals: GlobalRows
  readonly lookUps: LookUps
}

async function failingOf(input: CheckInput): Promise<readonly Problem[]> {
  const { model, check, parents, globals, lookUps } = input
  const { rules, save, caller, now, problems } = check
  const known = { now, ...knownOf(globals, caller.userId) }
  const rows: RuleRows = {
    row: formulaRow(save.object, save.value, parents),
    prior: save.prior && formulaRow(save.object, save.prior, parents),
    surroundings: surroundingsOf(model, caller, { ...known, lookUp: lookUps.find }),
  }
  const failed = await lookUps.answered(() => failingRules(rules.inWriter, save, rows))
  const outside = await findOutside(input.reader, check, rows)
  return [...problems, ...failed, ...outside]
}
