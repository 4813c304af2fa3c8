/** `fieldstone verify`: whether every roll-up summary is what its children make it, and putting wrong ones right. */
import { limits } from '../../base/limits.ts'
import type { WrongSummary } from '../../roll-ups/recompute-roll-ups.ts'
import { own } from '../../http/routes/addresses.ts'
import { exitCodes, type CliCommand } from './command.ts'

export const verifyCommand: CliCommand = {
  name: 'verify',
  summary: 'compare every roll-up summary with its children; exit code 1 when one is wrong',
  examples: [
    ['fieldstone verify', 'exit code 1 when a roll-up is wrong'],
    ['fieldstone verify --repair', 'puts them right, beside normal traffic'],
  ],
  configure: (command) => {
    command.option('--repair', 'compute wrong summaries anew, beside normal traffic')
  },
  run: async ({ options, connect, say }) => {
    const connection = await connect()
    const wrong = await connection.ask<readonly WrongSummary[]>('GET', `${own}/roll-ups/wrong`)
    const repairs = options['repair'] === true && wrong.length > 0
    const repaired = repairs
      ? (await connection.ask<{ repaired: number }>('POST', `${own}/roll-ups/repair`)).repaired
      : 0
    if (options['json'] === true) say(JSON.stringify({ wrong, repaired }))
    else for (const line of linesOf(wrong, repairs ? repaired : undefined)) say(line)
    return wrong.length === 0 || repairs ? exitCodes.done : exitCodes.found
  },
}

function linesOf(wrong: readonly WrongSummary[], repaired: number | undefined): readonly string[] {
  if (wrong.length === 0) return ['Every roll-up summary is right.']
  const shown = wrong.map(
    ({ object, field, id, stored, computed }) =>
      `${object}.${field} of ${id}: ${stored ?? 'empty'} is stored, its children make ${computed ?? 'nothing'}.`,
  )
  const isAll = wrong.length < limits.problemsReportedMax
  const count = `${isAll ? '' : 'At least '}${wrong.length} wrong.`
  return repaired === undefined
    ? [...shown, `${count} Put them right with --repair.`]
    : [...shown, `${count} Repaired: ${repaired} records.`]
}
