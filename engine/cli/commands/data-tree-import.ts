/** `fieldstone data tree import`: records with their children and references, from files or a plan. */
import { dirname, join } from 'node:path'
import { newestApiVersionText } from '../../base/api-versions.ts'
import { CliError } from '../cli-error.ts'
import type { Connection } from '../connection.ts'
import {
  objectOf,
  readPlan,
  readTree,
  resolved,
  treeRequests,
  type PlanStep,
} from '../record-tree.ts'
import { exitCodes, type CliCommand, type CommandContext } from './command.ts'

export const dataTreeImportCommand: CliCommand = {
  name: 'data tree import',
  summary: 'create records from tree files, or in the order of a plan',
  explanation:
    'The files are those of "sf data import tree". Each request of up to 200 records is saved wholly or not at all.',
  examples: [
    ['fieldstone data tree import --plan data/sample-data-plan.json', 'in the order of a plan'],
    ['fieldstone data tree import data/Accounts.json', 'one file'],
  ],
  configure: (command) => {
    command
      .argument('[files...]', 'record trees')
      .option('--plan <file>', 'a plan that names files and their order')
  },
  run: async (context) => {
    const { options, say } = context
    const steps = await stepsOf(context)
    const connection = await context.connect()
    const saved: Saved[] = []
    const references = new Map<string, string>()
    for (const step of steps) {
      for (const file of step.files) {
        for (const one of await saveFile(context, connection, { step, file, references })) {
          saved.push(one)
        }
      }
    }
    if (options['json'] === true) say(JSON.stringify(saved))
    else {
      const counts = new Map<string, number>()
      for (const { type } of saved) counts.set(type, (counts.get(type) ?? 0) + 1)
      for (const [type, count] of counts) say(`${type}: ${count} created`)
    }
    return exitCodes.done
  },
}

interface Saved {
  readonly referenceId: string
  readonly id: string
  readonly type: string
}

async function stepsOf({
  options,
  arguments: files,
  read,
}: CommandContext): Promise<readonly PlanStep[]> {
  const plan = options['plan']
  if (typeof plan !== 'string' && files.length > 0) {
    return [{ sobject: '', saveRefs: false, resolveRefs: false, files }]
  }
  if (typeof plan !== 'string' || files.length > 0) {
    throw new CliError('Name either files or --plan.')
  }
  const steps = readPlan(await read(plan), plan)
  const place = dirname(plan)
  return steps.map((step) => ({ ...step, files: step.files.map((file) => join(place, file)) }))
}

interface FileOfStep {
  readonly step: PlanStep
  readonly file: string
  readonly references: Map<string, string>
}

interface TreeAnswer {
  readonly results: readonly { readonly referenceId: string; readonly id: string }[]
}

async function saveFile(
  { read, progress }: CommandContext,
  connection: Connection,
  { step, file, references }: FileOfStep,
): Promise<readonly Saved[]> {
  const given = readTree(await read(file), file)
  const records = step.resolveRefs ? given.map((one) => resolved(one, references)) : given
  const type = step.sobject === '' ? objectOf(records, file) : step.sobject
  const path = `/services/data/v${newestApiVersionText}/composite/tree/${encodeURIComponent(type)}`
  const saved: Saved[] = []
  for (const some of treeRequests(records)) {
    const { results } = await connection.ask<TreeAnswer>('POST', path, { records: some })
    for (const { referenceId, id } of results) {
      saved.push({ referenceId, id, type })
      if (step.saveRefs) references.set(referenceId, id)
    }
    progress(`${file}: ${saved.length} records`)
  }
  return saved
}
