/** `fieldstone diff`: what the files of the metadata folder would change, and what is wrong in them. */
import { own } from '../../http/routes/addresses.ts'
import type { Plan, PlanProblem } from '../../deploy/plan.ts'
import { planLines } from '../plans.ts'
import { exitCodes, type CliCommand } from './command.ts'

interface Pending {
  readonly plan: Plan | null
}

export const diffCommand: CliCommand = {
  name: 'diff',
  summary: 'compare the metadata folder with the model in force; exit code 1 when they differ',
  examples: [['fieldstone diff', 'before a commit: what the files would change']],
  run: async ({ options, connect, say }) => {
    const connection = await connect()
    const { plan } = await connection.ask<Pending>('GET', `${own}/plans/pending`)
    const problems = await connection.ask<readonly PlanProblem[]>('GET', `${own}/problems`)
    if (options['json'] === true) say(JSON.stringify({ plan, problems }))
    else {
      const wrong = problems.map(
        ({ component, reason, file, line }) =>
          `${file === undefined ? component : `${file}:${line ?? 1}`}: ${reason}`,
      )
      const lines = plan === null ? [] : planLines(plan)
      const all = [...wrong, ...lines]
      for (const line of all.length === 0 ? ['Folder and model are the same.'] : all) say(line)
    }
    return plan === null && problems.length === 0 ? exitCodes.done : exitCodes.found
  },
}
