/** Plans as the commands make and print them. */
import { own } from '../http/routes/addresses.ts'
import type { Plan } from '../deploy/plan.ts'
import { CliError } from './cli-error.ts'
import type { CommandContext } from './commands/command.ts'
import type { Connection } from './connection.ts'

/** The plan of the file that is the command's argument. */
export async function makePlan(context: CommandContext, connection: Connection): Promise<Plan> {
  const [file = '-'] = context.arguments
  const given = parsed(file, await context.read(file))
  const changes = Array.isArray(given) ? { changes: given } : given
  return connection.ask<Plan>('POST', `${own}/plans`, changes)
}

function parsed(file: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new CliError(`${file} is no JSON: ${error.message}`)
  }
}

export function showPlan({ options, say }: CommandContext, plan: Plan): void {
  if (options['json'] === true) return say(JSON.stringify(plan))
  for (const line of planLines(plan)) say(line)
}

export function planLines(plan: Plan): readonly string[] {
  const steps = plan.steps.map(
    ({ description, needsConsent }) => `  ${needsConsent ? '!' : '-'} ${description}`,
  )
  const problems = plan.problems.map(({ component, reason, suggestion }) =>
    [`  ${component}: ${reason}`, suggestion].filter((part) => part !== undefined).join('; '),
  )
  return [
    plan.summary,
    ...steps,
    ...(problems.length === 0 ? [] : ['It cannot be applied:', ...problems]),
    ...(plan.needsConsent ? ['What is marked with ! needs --consent.'] : []),
  ]
}
