/** `fieldstone apply`: plans the changes of a file, and carries them out. */
import { own } from '../../http/routes/addresses.ts'
import type { JournalEntry } from '../../deploy/plan.ts'
import { makePlan, showPlan } from '../plans.ts'
import { exitCodes, type CliCommand } from './command.ts'
import { changesArgument } from './plan.ts'

export const applyCommand: CliCommand = {
  name: 'apply',
  summary: 'apply the changes of a file; exit code 1 when they cannot be, or need consent',
  examples: [
    ['fieldstone apply changes.json', 'carries out what loses nothing'],
    ['fieldstone apply changes.json --consent', 'also what loses values or opens rights'],
  ],
  configure: (command) => {
    command.argument(...changesArgument)
    command.option('--consent', 'also where values are lost or rights change')
  },
  run: async (context) => {
    const { options, say } = context
    const connection = await context.connect()
    const plan = await makePlan(context, connection)
    const isHeld = plan.needsConsent && options['consent'] !== true
    if (!plan.applicable || isHeld) {
      showPlan(context, plan)
      return exitCodes.found
    }
    const path = `${own}/plans/${plan.id}/apply`
    const consent = options['consent'] === true
    const entry = await connection.ask<JournalEntry>('POST', path, { consent })
    say(options['json'] === true ? JSON.stringify(entry) : `${entry.number}: ${entry.summary}`)
    return exitCodes.done
  },
}
