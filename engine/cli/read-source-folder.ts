/** A folder of Salesforce source on disk as texts: metadata in XML is read, the rest is listed. */
import { fileNotText, fileTooLarge } from '../model/parse-declarations.ts'
import { readdir, readFile, stat } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { limits } from '../base/limits.ts'
import type { SourceProblem, SourceText } from '../model/declaration.ts'
import { readZip } from '../deploy/package/read-zip.ts'
import { readXmlPath } from '../model/xml/xml-path.ts'

export interface SourceFolder {
  readonly sources: readonly SourceText[]
  readonly problems: readonly SourceProblem[]
  /** Files that are no metadata and belong to nothing that is listed. */
  readonly others: readonly string[]
}

const utf8 = new TextDecoder('utf-8', { fatal: true })
const skippedFolders: ReadonlySet<string> = new Set(['node_modules'])

export async function readSourceFolder(root: string): Promise<SourceFolder> {
  return sorted(await listFiles(root), (path) => readText(root, path))
}

/** A package as stock clients send and retrieve it: the same files in a ZIP. */
export async function readSourceZip(file: string): Promise<SourceFolder> {
  const files = readZip(await readFile(file))
  return sorted([...files.keys()].sort(), async (path) => decoded(path, files.get(path)))
}

async function sorted(
  paths: readonly string[],
  read: (path: string) => Promise<SourceText | SourceProblem>,
): Promise<SourceFolder> {
  const sources: SourceText[] = []
  const problems: SourceProblem[] = []
  const others: string[] = []
  const listed = foldersOfBundles(paths)
  for (const path of paths) {
    const { kind } = readXmlPath(path)
    // Files of types that are not read are listed by their path alone.
    if (kind === 'unread') sources.push({ path, text: '' })
    else if (kind === 'other') {
      if (!belongsTo(path, listed)) others.push(path)
    } else {
      const text = await read(path)
      if ('text' in text) sources.push(text)
      else problems.push(text)
    }
  }
  return { sources, problems, others }
}

/** What stands beside a description: the code of a class, the files of a bundle or a resource. */
function foldersOfBundles(paths: readonly string[]): ReadonlySet<string> {
  const ending = '-meta.xml'
  const described = paths.filter((path) => path.endsWith(ending))
  return new Set(
    described.flatMap((path) => {
      const bare = path.slice(0, -ending.length)
      const dot = bare.lastIndexOf('.')
      const isBundle = /(?:^|\/)(?:lwc|aura|experiences|staticresources)\//.test(path)
      return [bare, ...(isBundle ? [dirname(path), bare.slice(0, dot)] : [])]
    }),
  )
}

function belongsTo(path: string, listed: ReadonlySet<string>): boolean {
  if (listed.has(path)) return true
  const above = dirname(path)
  if (above === '.' || above === path) return false
  // Directly in the folder of static resources every file needs a description of its own.
  const isShared = /(?:^|\/)(?:lwc|aura|experiences|staticresources)$/.test(above)
  return !isShared && (listed.has(above) || belongsTo(above, listed))
}

async function readText(root: string, path: string): Promise<SourceText | SourceProblem> {
  const file = join(root, path)
  if ((await stat(file)).size > limits.sourceFileBytesMax) {
    return fileTooLarge(path)
  }
  return decoded(path, await readFile(file))
}

function decoded(path: string, bytes: Uint8Array | undefined): SourceText | SourceProblem {
  try {
    return { path, text: utf8.decode(bytes) }
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    return fileNotText(path)
  }
}

/** All files below the folder, hidden ones left out, with forward slashes, sorted. */
async function listFiles(root: string): Promise<readonly string[]> {
  const found: string[] = []
  const waiting = [root]
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (entry.name.startsWith('.')) continue
      const place = join(folder, entry.name)
      if (entry.isDirectory() && !skippedFolders.has(entry.name)) waiting.push(place)
      // Links are not followed: they may lead out of the folder.
      if (entry.isFile()) found.push(relative(root, place).split(sep).join('/'))
    }
  }
  return found.sort()
}
