/** Takes a folder or a package of Salesforce source into the metadata folder: XML in, our JSON out. */
import { mkdir } from 'node:fs/promises'
import { statSync } from 'node:fs'
import { readFolder, writeFileWhole } from '../deploy/folder.ts'
import { compileModel } from '../model/compile-model.ts'
import type { Declaration, SourceProblem } from '../model/declaration.ts'
import { isInRecords } from '../model/metadata-types.ts'
import type { MergeConflict } from '../model/merge-bodies.ts'
import { notUnderstood, type NotUnderstood } from '../model/not-understood.ts'
import { parseDeclarations } from '../model/parse-declarations.ts'
import { takeOver } from '../model/take-over.ts'
import { writeDeclaration } from '../model/write-declaration.ts'
import { readXmlSource } from '../model/xml/read-xml.ts'
import { CliError } from './cli-error.ts'
import { readSourceFolder, readSourceZip, type SourceFolder } from './read-source-folder.ts'

export interface ImportOptions {
  /** The folder or ZIP file that is read. */
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
  /** Components that are no part of the model, but records: a server takes them out of a package. */
  readonly asRecords: readonly Declaration[]
  /** Files that are no metadata. */
  readonly others: readonly string[]
  readonly conflicts: readonly MergeConflict[]
  readonly problems: readonly SourceProblem[]
  /** Paths of the files written, relative to the metadata folder. */
  readonly written: readonly string[]
}

/** Writes all files or none of them: a folder is never left with half of an import in it. */
export async function importSource(options: ImportOptions): Promise<ImportReport> {
  const folder = await readSource(options.source)
  const xml = readXmlSource(folder.sources)
  const present = await readFolder(options.into)
  const known = parseDeclarations(present?.sources ?? [])
  const asRecords = xml.declarations.filter(({ type }) => isInRecords(type))
  const ofModel = xml.declarations.filter((one) => !asRecords.includes(one))
  const taken = takeOver(known.declarations, ofModel, { force: options.force === true })
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
    await mkdir(options.into, { recursive: true })
    for (const { path, text } of wanted) await writeFileWhole(options.into, path, text)
  }
  return {
    created,
    changed,
    unchanged,
    notUnderstood: compiled.model === undefined ? [] : notUnderstood(xml, compiled.model),
    asRecords,
    others: folder.others,
    conflicts,
    problems: compiled.problems,
    written: isRefused || options.check === true ? [] : wanted.map(({ path }) => path),
  }
}

function readSource(source: string): Promise<SourceFolder> {
  const entry = statSync(source, { throwIfNoEntry: false })
  if (entry === undefined) throw new CliError(`There is no folder or file ${source}.`)
  return entry.isDirectory() ? readSourceFolder(source) : readSourceZip(source)
}
