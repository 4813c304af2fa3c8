/** Tables hold so many columns and no more: what would need more is refused before anything is done. */
import { reasoned } from '../model/source-problem.ts'
import { message, type Message } from '../base/message.ts'
import type { Dialect } from '../sql/dialect.ts'
import { columnsOfBase } from './column-bases.ts'
import { withBases } from './component-store.ts'
import type { DeployState } from './deploy-state.ts'
import type { DeployWork } from './deploy-work.ts'
import type { PlanProblem } from './plan.ts'
import { tableSpec } from './table-specs.ts'

/** Objects of the plan whose table would need more columns than the database has. */
export function columnProblems(
  state: DeployState,
  work: DeployWork,
  dialect: Pick<Dialect, 'columnsMax'>,
): readonly PlanProblem[] {
  const bases = withBases(state.bases, work.bases)
  return work.saved.flatMap(({ type, fullName }) => {
    const object = type === 'CustomObject' ? work.wanted.object(fullName) : undefined
    if (object === undefined) return []
    const spec = tableSpec(object)
    const kept = (bases.get(spec.name) ?? [])
      .filter(({ state: use }) => use === 'kept' || use === 'replaced')
      .flatMap(columnsOfBase)
    const needed = spec.columns.length + kept.length
    if (needed <= dialect.columnsMax) return []
    const reason = message(
      '{fullName} needs {needed} columns; a table of this database has at most {most}',
      { fullName, needed, most: dialect.columnsMax },
    )
    return [{ component: fullName, ...reasoned(reason, suggestionFor(kept.length)) }]
  })
}

function suggestionFor(kept: number): Message {
  const move = message('remove fields, or move some of them to another object')
  if (kept === 0) return move
  return message('purge the kept data of deleted fields ({kept} columns), {move}', { kept, move })
}
