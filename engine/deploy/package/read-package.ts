/** A deployed ZIP file as what it asks for: components to be there, components to go. */
import { fileNotText } from '../../model/parse-declarations.ts'
import { isUtf8 } from 'node:buffer'
import { refuse } from '../../base/refusal.ts'
import type { SourceProblem, SourceText } from '../../model/declaration.ts'
import { readXmlPath } from '../../model/xml/xml-path.ts'
import { readManifest, type PackageManifest } from './package-manifest.ts'
import { readZip, type ZipFiles } from './read-zip.ts'

export interface Package {
  readonly manifest: PackageManifest
  readonly sources: readonly SourceText[]
  readonly problems: readonly SourceProblem[]
  /** Types and names to be deleted before and after the rest. */
  readonly deletions: Readonly<Record<'before' | 'after', PackageManifest>>
  /** What stands before the paths in the ZIP file, such as `unpackaged/`. */
  readonly folder: string
}

const none: PackageManifest = { types: new Map(), version: undefined }

export function readPackage(zip: Uint8Array): Package {
  const files = readZip(zip)
  const folder = folderOf(files)
  const manifest = manifestAt(files, `${folder}package.xml`)
  if (manifest === undefined) {
    throw refuse('INVALID_ARGUMENT', 'No package.xml found in the ZIP file.')
  }
  const pre = manifestAt(files, `${folder}destructiveChangesPre.xml`)
  const plain = manifestAt(files, `${folder}destructiveChanges.xml`)
  const post = manifestAt(files, `${folder}destructiveChangesPost.xml`)
  const { sources, problems } = sourcesOf(files, folder)
  const deletions = { before: joined(pre, plain), after: post ?? none }
  return { manifest, sources, problems, deletions, folder }
}

/** The package stands at the root, or in the one folder that there is. */
function folderOf(files: ZipFiles): string {
  if (files.has('package.xml')) return ''
  const inner = [...files.keys()].filter((path) => /^[^/]+\/package\.xml$/.test(path))
  const [only, ...more] = inner
  if (only === undefined || more.length > 0) {
    throw refuse('INVALID_ARGUMENT', 'No package.xml found in the ZIP file.')
  }
  return only.slice(0, -'package.xml'.length)
}

function manifestAt(files: ZipFiles, path: string): PackageManifest | undefined {
  const bytes = files.get(path)
  if (bytes === undefined) return undefined
  const text = textOf(bytes)
  if (text === undefined) throw refuse('INVALID_ARGUMENT', `${path} is not valid UTF-8.`)
  return readManifest(path, text)
}

function joined(
  first: PackageManifest | undefined,
  second: PackageManifest | undefined,
): PackageManifest {
  const types = new Map<string, Set<string>>()
  for (const manifest of [first, second]) {
    for (const [type, members] of manifest?.types ?? []) {
      types.set(type, new Set([...(types.get(type) ?? []), ...members]))
    }
  }
  return { types, version: undefined }
}

function sourcesOf(
  files: ZipFiles,
  folder: string,
): { sources: readonly SourceText[]; problems: readonly SourceProblem[] } {
  const sources: SourceText[] = []
  const problems: SourceProblem[] = []
  for (const [path, bytes] of files) {
    if (!path.startsWith(folder)) continue
    const { kind } = readXmlPath(path)
    if (kind !== 'component' && kind !== 'member') continue
    const text = textOf(bytes)
    if (text !== undefined) sources.push({ path, text })
    else problems.push(fileNotText(path))
  }
  return { sources, problems }
}

function textOf(bytes: Uint8Array): string | undefined {
  return isUtf8(bytes) ? Buffer.from(bytes).toString('utf8') : undefined
}
