/** `fieldstone data tree export`: the records of queries as tree files with a plan. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { printAside } from '../../records/exact-json.ts'
import { CliError } from '../cli-error.ts'
import { allRecords } from '../query-records.ts'
import { objectOf, TreeWriter } from '../record-tree.ts'
import { exitCodes, type CliCommand, type CommandContext } from './command.ts'

export const dataTreeExportCommand: CliCommand = {
  name: 'data tree export',
  summary: 'write the records of queries, with their children, as tree files and a plan',
  explanation:
    'Several queries are written in their order: lookups to records of earlier ones become references. ' +
    'A query needs the Id of records that others refer to.',
  examples: [
    [
      'fieldstone data tree export --query "SELECT Id, Name FROM Account" "SELECT LastName, AccountId FROM Contact" --output-dir data',
      'two objects that belong together',
    ],
  ],
  configure: (command) => {
    command
      .requiredOption('--query <soql...>', 'one query for each file')
      .option('--output-dir <folder>', 'where to', '.')
  },
  run: async (context) => {
    const { options, say } = context
    const queries = Array.isArray(options['query']) ? options['query'].map(String) : []
    const folder = String(options['outputDir'])
    const plan = await writeFiles(context, queries, folder)
    if (options['json'] === true) say(JSON.stringify(plan))
    else for (const { sobject, files } of plan) say(`${sobject}: ${files.join(', ')}`)
    return exitCodes.done
  },
}

interface WrittenStep {
  readonly sobject: string
  readonly saveRefs: true
  readonly resolveRefs: boolean
  readonly files: readonly string[]
}

async function writeFiles(
  { connect, progress }: CommandContext,
  queries: readonly string[],
  folder: string,
): Promise<readonly WrittenStep[]> {
  const connection = await connect()
  const writer = new TreeWriter()
  const plan: WrittenStep[] = []
  await mkdir(folder, { recursive: true })
  for (const [index, soql] of queries.entries()) {
    const found: unknown[] = []
    for await (const record of allRecords(connection, soql)) found.push(record)
    if (found.length === 0) continue
    const records = writer.tree(found, index > 0)
    const sobject = objectOf(records, soql)
    const isTaken = plan.some((step) => step.sobject === sobject)
    const file = `${sobject}s${isTaken ? `-${index + 1}` : ''}.json`
    await write(join(folder, file), { records })
    plan.push({ sobject, saveRefs: true, resolveRefs: index > 0, files: [file] })
    progress(`${file}: ${records.length} records`)
  }
  await write(join(folder, 'plan.json'), plan)
  return plan
}

async function write(file: string, value: unknown): Promise<void> {
  try {
    await writeFile(file, `${printAside(value)}\n`)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (code === '') throw error
    throw new CliError(`${file} cannot be written (${code}).`)
  }
}
