/** `fieldstone plan`: what a list of changes would do to the model and to the data; nothing is changed. */
import { makePlan, showPlan } from '../plans.ts'
import { exitCodes, type CliCommand } from './command.ts'

export const changesArgument = [
  '<file>',
  'a JSON list of changes, or {"changes": […]}; "-" reads standard input',
] as const

export const planCommand: CliCommand = {
  name: 'plan',
  summary: 'say what the changes of a file would do; exit code 1 when they cannot be applied',
  examples: [
    ['fieldstone plan changes.json', 'says what the file would do to model and data'],
    [
      'echo \'[{"type":"CustomField","fullName":"Account.Note__c","delete":true}]\' | fieldstone plan -',
      'from standard input',
    ],
  ],
  configure: (command) => {
    command.argument(...changesArgument)
  },
  run: async (context) => {
    const plan = await makePlan(context, await context.connect())
    showPlan(context, plan)
    return plan.applicable ? exitCodes.done : exitCodes.found
  },
}
