/**
 * Takes a folder of Salesforce source into the metadata folder: XML in, our JSON out.
 * `npm run import -- <folder> [--into metadata] [--check] [--force]`
 */
import { existsSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { readFolder, writeFileWhole } from '../deploy/folder.ts'
import { compileModel } from '../model/compile-model.ts'
import type { Declaration, SourceProblem } from '../model/declaration.ts'
import type { MergeConflict } from '../model/merge-bodies.ts'
import { notUnderstood, type NotUnderstood } from '../model/not-understood.ts'
import { parseDeclarations } from '../model/parse-declarations.ts'
import { takeOver } from '../model/take-over.ts'
import { writeDeclaration } from '../model/write-declaration.ts'
import { readXmlSource } from '../model/xml/read-xml.ts'
import { importLines } from './import-lines.ts'
import { readSourceFolder } from './read-source-folder.ts'

export interface ImportOptions {
  /** The folder that is read. */
  readonly source: string
  /** The metadata folder that grows. */
  readonly into: string
  /** Only says what would happen. */
  readonly check?: boolean
  /** Values of the source replace those that are there. */
  readonly force?: boolean
}

export interface ImportReport {
  readonly created: readonly Declaration[]
  readonly changed: readonly Declaration[]
  readonly unchanged: readonly Declaration[]
  readonly notUnderstood: readonly NotUnderstood[]
  /** Files that are no metadata. */
  readonly others: readonly string[]
  readonly conflicts: readonly MergeConflict[]
  readonly problems: readonly SourceProblem[]
  /** Paths of the files written, relative to the metadata folder. */
  readonly written: readonly string[]
}

/** Writes all files or none of them: a folder is never left with half of an import in it. */
export async function importSource(options: ImportOptions): Promise<ImportReport> {
  const folder = await readSourceFolder(options.source)
  const xml = readXmlSource(folder.sources)
  const present = await readFolder(options.into)
  const known = parseDeclarations(present?.sources ?? [])
  const taken = takeOver(known.declarations, xml.declarations, { force: options.force === true })
  const faults = [
    ...folder.problems,
    ...xml.problems,
    ...(present?.problems ?? []),
    ...known.problems,
    ...taken.problems,
  ]
  const { declarations } = taken
  const compiled =
    faults.length > 0
      ? { model: undefined, problems: faults }
      : compileModel({ declarations, bindings: new Map(), version: 0 })
  const { created, changed, unchanged, conflicts } = taken
  const wanted = [...created, ...changed].map(writeDeclaration)
  const isRefused = compiled.problems.length > 0 || conflicts.length > 0
  if (!isRefused && options.check !== true) {
    for (const { path, text } of wanted) await writeFileWhole(options.into, path, text)
  }
  return {
    created,
    changed,
    unchanged,
    notUnderstood: compiled.model === undefined ? [] : notUnderstood(xml, compiled.model),
    others: folder.others,
    conflicts,
    problems: compiled.problems,
    written: isRefused || options.check === true ? [] : wanted.map(({ path }) => path),
  }
}

const usage = 'Usage: npm run import -- <folder> [--into metadata] [--check] [--force]\n'

async function run(): Promise<void> {
  const options = readArguments(process.argv.slice(2))
  if (options === undefined) {
    process.stderr.write(usage)
    process.exitCode = 1
    return
  }
  const report = await importSource(options)
  process.stdout.write(`${importLines(report, options).join('\n')}\n`)
  if (report.problems.length > 0 || report.conflicts.length > 0) process.exitCode = 1
}

/** Undefined when they cannot be understood; what is wrong was said. */
function readArguments(args: readonly string[]): ImportOptions | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        into: { type: 'string', default: 'metadata' },
        check: { type: 'boolean', default: false },
        force: { type: 'boolean', default: false },
      },
    })
    const [folder, ...more] = positionals
    if (folder === undefined || more.length > 0) return undefined
    const source = resolve(folder)
    if (existsSync(source) && statSync(source).isDirectory()) {
      return { ...values, source, into: resolve(values.into) }
    }
    process.stderr.write(`There is no folder ${folder}.\n`)
  } catch (error) {
    // An unknown option is the user's slip; its message says which.
    if (!(error instanceof TypeError)) throw error
    process.stderr.write(`${error.message}\n`)
  }
  return undefined
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await run()
