/** The metadata folder on disk: read as a whole, written file by file without half-written states. */
import { reasoned } from '../model/source-problem.ts'
import { fileNotText, fileTooLarge } from '../model/parse-declarations.ts'
import { message } from '../base/message.ts'
import { existsSync } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { limits } from '../base/limits.ts'
import type { SourceProblem, SourceText } from '../model/declaration.ts'

export interface FolderContent {
  readonly sources: readonly SourceText[]
  readonly problems: readonly SourceProblem[]
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * Files share their threads with the statements of SQLite: one after the other, each would wait behind the readers of a
 * busy server, and the next change of the model behind them all.
 */
const readAtOnce = 100

/** All JSON files of the folders of metadata types; undefined when the folder itself is not there. */
export async function readFolder(root: string): Promise<FolderContent | undefined> {
  if (!existsSync(root)) return undefined
  const sources: SourceText[] = []
  const problems: SourceProblem[] = []
  const paths = await listFiles(root)
  for (let start = 0; start < paths.length; start += readAtOnce) {
    const portion = paths.slice(start, start + readAtOnce)
    for (const read of await Promise.all(portion.map((path) => readSource(root, path)))) {
      if (read === undefined) continue
      if (!('text' in read)) problems.push(read)
      else if (sources.length < limits.sourceFilesMax) sources.push(read)
      else {
        const told = message('the folder holds more than {most} files (sourceFilesMax)', {
          most: limits.sourceFilesMax,
        })
        problems.push({ file: read.path, line: 1, column: 1, ...reasoned(told) })
        return { sources, problems }
      }
    }
  }
  return { sources, problems }
}

async function listFiles(root: string): Promise<string[]> {
  const paths: string[] = []
  for (const entry of await readdir(root, { withFileTypes: true })) {
    // Folders that no type owns are read too, so that a misspelt one is reported.
    if (!entry.isDirectory() || entry.name === 'schema' || entry.name.startsWith('.')) continue
    for (const file of await readdir(join(root, entry.name), { withFileTypes: true })) {
      if (file.isFile() && file.name.endsWith('.json') && !file.name.startsWith('.')) {
        paths.push(`${entry.name}/${file.name}`)
      }
    }
  }
  return paths.sort()
}

async function readSource(
  root: string,
  path: string,
): Promise<SourceText | SourceProblem | undefined> {
  const bytes = await readIfThere(join(root, path))
  // A file may go away between the listing and the reading.
  if (bytes === undefined) return undefined
  if (bytes.byteLength > limits.sourceFileBytesMax) {
    return fileTooLarge(path)
  }
  try {
    return { path, text: utf8.decode(bytes) }
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    return fileNotText(path)
  }
}

async function readIfThere(file: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(file)
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}

/** Written beside its place, synced, then moved there: a reader sees the old text or the new one. */
export async function writeFileWhole(root: string, path: string, text: string): Promise<void> {
  const target = join(root, path)
  const folder = dirname(target)
  await mkdir(folder, { recursive: true })
  const temporary = join(folder, `.${basename(path)}.tmp`)
  const handle = await open(temporary, 'w')
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(temporary, target)
  await syncFolder(folder)
}

export async function removeFile(root: string, path: string): Promise<void> {
  await rm(join(root, path), { force: true })
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
