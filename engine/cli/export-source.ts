/** Writes the model as Salesforce source: taken apart as in a project, or as the package of stock clients. */
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { newestApiVersionText } from '../base/api-versions.ts'
import { packagedName } from '../model/emails/packaged-name.ts'
import { manifestText } from '../deploy/package/retrieve-package.ts'
import type { Declaration, SourceText } from '../model/declaration.ts'
import { writeXmlPackage, writeXmlSource } from '../model/xml/write-xml.ts'

export interface ExportOptions {
  readonly components: readonly Declaration[]
  readonly folder: string
  readonly form: 'source' | 'package'
  /** Files that say something else are written over. */
  readonly force: boolean
}

export interface ExportReport {
  readonly components: number
  readonly written: readonly string[]
  /** Files that are just so already. */
  readonly unchanged: number
  /** Files that say something else; then nothing is written. */
  readonly conflicts: readonly string[]
}

/** Writes all files or none. */
export async function exportSource(options: ExportOptions): Promise<ExportReport> {
  const { components, folder, force } = options
  const wanted = filesOf(options)
  const changed: SourceText[] = []
  const conflicts: string[] = []
  for (const file of wanted) {
    const place = join(folder, file.path)
    const present = existsSync(place) ? await readFile(place, 'utf8') : undefined
    if (present === file.text) continue
    if (present !== undefined && !force) conflicts.push(file.path)
    changed.push(file)
  }
  const isRefused = conflicts.length > 0
  if (!isRefused) await writeAll(folder, changed)
  return {
    components: components.length,
    written: isRefused ? [] : changed.map(({ path }) => path),
    unchanged: wanted.length - changed.length,
    conflicts,
  }
}

/** Thousands of small files that can be made again at any time: nothing waits for the disk. */
async function writeAll(folder: string, files: readonly SourceText[]): Promise<void> {
  for (const inner of new Set(files.map(({ path }) => dirname(path)))) {
    await mkdir(join(folder, inner), { recursive: true })
  }
  for (const { path, text } of files) await writeFile(join(folder, path), text)
}

function filesOf({ components, form }: ExportOptions): readonly SourceText[] {
  if (form === 'source') return components.flatMap((one) => writeXmlSource(one))
  const named = components.map((one) => ({ type: one.type, fullName: packagedName(one) }))
  const text = manifestText(named, newestApiVersionText)
  return [...components.flatMap(writeXmlPackage), { path: 'package.xml', text }]
}
