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

/** So often a folder is read that changes meanwhile. */
const readingsMax = 10

/** All JSON files of the folders of metadata types, as they were together; undefined when the folder itself is not there. */
export async function readFolder(root: string): Promise<FolderContent | undefined> {
  for (let reading = 1; reading <= readingsMax; reading++) {
    if (!existsSync(root)) return undefined
    const content = await readOnce(root)
    if (content !== undefined) return content
  }
  const told = message('the folder changes while it is read; it is read again with the next change')
  return { sources: [], problems: [{ file: '', line: 1, column: 1, ...reasoned(told) }] }
}

/** Undefined when something of it went away meanwhile: a folder on its way elsewhere must not look like one with fewer files. */
async function readOnce(root: string): Promise<FolderContent | undefined> {
  const sources: SourceText[] = []
  const problems: SourceProblem[] = []
  const paths = await listFiles(root)
  if (paths === undefined) return undefined
  for (let start = 0; start < paths.length; start += readAtOnce) {
    const portion = paths.slice(start, start + readAtOnce)
    for (const read of await Promise.all(portion.map((path) => readSource(root, path)))) {
      if (read === undefined) return undefined
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

async function listFiles(root: string): Promise<string[] | undefined> {
  try {
    return await pathsIn(root)
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

async function pathsIn(root: string): Promise<string[]> {
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

/** Undefined when it went away since it was listed. */
async function readSource(
  root: string,
  path: string,
): Promise<SourceText | SourceProblem | undefined> {
  const bytes = await readIfThere(join(root, path))
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

/**
 * Written beside its place, synced, then moved there: a reader sees the old text or the new one. The root must be there: one that
 * was moved away must not be begun anew in its place.
 */
export async function writeFileWhole(root: string, path: string, text: string): Promise<void> {
  const target = join(root, path)
  const folder = dirname(target)
  await makeFolders(root, path)
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

async function makeFolders(root: string, path: string): Promise<void> {
  let folder = root
  for (const part of path.split('/').slice(0, -1)) {
    folder = join(folder, part)
    try {
      await mkdir(folder)
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    }
  }
}

/** Nothing is written where the root is away; whoever compares writes it when it is back. */
export async function whileThere(root: string, write: () => Promise<void>): Promise<void> {
  if (!existsSync(root)) return
  try {
    await write()
  } catch (error) {
    if (!isMissing(error) || existsSync(root)) throw error
  }
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
