/** `fieldstone verify`: whether every roll-up summary is right, and whether history and audit trail are as they were written. */
import { limits } from '../../base/limits.ts'
import type { LedgerFault, LedgerReport } from '../../ledger/verify-ledger.ts'
import type { WrongSummary } from '../../roll-ups/recompute-roll-ups.ts'
import { own } from '../../http/routes/addresses.ts'
import { exitCodes, type CliCommand } from './command.ts'

export const verifyCommand: CliCommand = {
  name: 'verify',
  summary:
    'compare every roll-up summary with its children, and every row of history and audit trail with its seal; exit code 1 when one is wrong',
  examples: [
    ['fieldstone verify', 'exit code 1 when a roll-up is wrong or a history was touched'],
    ['fieldstone verify --repair', 'puts roll-ups right, beside normal traffic'],
  ],
  configure: (command) => {
    command.option('--repair', 'compute wrong summaries anew, beside normal traffic')
  },
  run: async ({ options, connect, say }) => {
    const connection = await connect()
    const wrong = await connection.ask<readonly WrongSummary[]>('GET', `${own}/roll-ups/wrong`)
    const ledger = await connection.ask<LedgerReport>('GET', `${own}/ledger/faults`)
    const repairs = options['repair'] === true && wrong.length > 0
    const repaired = repairs
      ? (await connection.ask<{ repaired: number }>('POST', `${own}/roll-ups/repair`)).repaired
      : 0
    if (options['json'] === true) say(JSON.stringify({ wrong, repaired, ledger }))
    else {
      for (const line of linesOf(wrong, repairs ? repaired : undefined)) say(line)
      for (const line of ledgerLines(ledger)) say(line)
    }
    const isRight = (wrong.length === 0 || repairs) && ledger.faults.length === 0
    return isRight ? exitCodes.done : exitCodes.found
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

function ledgerLines({ rows, faults }: LedgerReport): readonly string[] {
  if (faults.length === 0)
    return [`History and audit trail: ${rows} rows, all as they were written.`]
  const isAll = faults.length < limits.problemsReportedMax
  return [
    ...faults.map((fault) => `${placeOf(fault)}: ${sentences[fault.kind]}${subjectOf(fault)}`),
    `${isAll ? '' : 'At least '}${faults.length} places were touched behind the engine's back.`,
  ]
}

function placeOf({ ledger, chain, number }: LedgerFault): string {
  return `${ledger} ${chain}/${number}`
}

const sentences: Readonly<Record<LedgerFault['kind'], string>> = {
  changed: 'the row was changed',
  missing: 'rows up to this one are missing',
  inserted: 'the row was put in',
  head: 'the end of the chain was changed',
}

function subjectOf({ about }: LedgerFault): string {
  const parts = ['object_key', 'record_id', 'field', 'action', 'section', 'status', 'CreatedById']
  const told = parts.flatMap((name) => about[name] ?? []).map(String)
  const at = about['CreatedDate']
  if (typeof at === 'number') told.push(new Date(at).toISOString())
  return told.length === 0 ? '.' : `: ${told.join(', ')}.`
}
