/** `fieldstone revert`: takes an entry of the journal back; what came later stays. */
import { own } from '../../http/routes/addresses.ts'
import type { JournalEntry, Plan } from '../../deploy/plan.ts'
import { showPlan } from '../plans.ts'
import { exitCodes, type CliCommand } from './command.ts'

export const revertCommand: CliCommand = {
  name: 'revert',
  summary: 'take an entry of the journal back',
  examples: [
    ['fieldstone revert 12 --dry-run', 'says what taking entry 12 back would do'],
    ['fieldstone revert 12', 'takes it back; what came later stays'],
  ],
  configure: (command) => {
    command.argument('<number>', 'the number of the entry')
    command.option('--dry-run', 'say what it would do, and change nothing')
    command.option('--consent', 'also where values are lost or rights change')
  },
  run: async (context) => {
    const { options, say } = context
    const connection = await context.connect()
    const path = `${own}/journal/${encodeURIComponent(context.arguments[0] ?? '')}/revert`
    const consent = options['consent'] === true
    if (options['dryRun'] === true) {
      const plan = await connection.ask<Plan>('POST', path, { consent, dryRun: true })
      showPlan(context, plan)
      return plan.applicable ? exitCodes.done : exitCodes.found
    }
    const entry = await connection.ask<JournalEntry>('POST', path, { consent })
    say(options['json'] === true ? JSON.stringify(entry) : `${entry.number}: ${entry.summary}`)
    return exitCodes.done
  },
}
