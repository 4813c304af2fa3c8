/** A deployed ZIP file as what it asks for: components to be there, components to go. */
import { fileNotText } from '../../model/parse-declarations.ts'
import { isUtf8 } from 'node:buffer'
import { refuse } from '../../base/refusal.ts'
import type { SourceProblem, SourceText } from '../../model/declaration.ts'
import { ownName } from '../../model/emails/packaged-name.ts'
import { readXmlPath, type XmlPath } from '../../model/xml/xml-path.ts'
import { readManifest, type PackageManifest } from './package-manifest.ts'
import { readZip, type ZipFiles } from './read-zip.ts'

export interface Package {
  readonly manifest: PackageManifest
  readonly sources: readonly SourceText[]
  readonly problems: readonly SourceProblem[]
  /** Files that nothing is made of, each component once. */
  readonly unread: readonly UnreadFile[]
  /** Types and names to be deleted before and after the rest. */
  readonly deletions: Readonly<Record<'before' | 'after', PackageManifest>>
  /** What stands before the paths in the ZIP file, such as `unpackaged/`. */
  readonly folder: string
}

export interface UnreadFile {
  readonly path: string
  /** Empty for what is no metadata at all. */
  readonly type: string
  readonly fullName: string
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
  const { sources, problems, unread } = sourcesOf(files, folder)
  const folders = emailFolders(sources)
  const own = (one: PackageManifest): PackageManifest => withOwnNames(one, folders)
  const deletions = { before: own(joined(pre, plain)), after: own(post ?? none) }
  return { manifest: own(manifest), sources, problems, unread, deletions, folder }
}

/** Folders of e-mail templates, which manifests name as if they were templates. */
function emailFolders(sources: readonly SourceText[]): ReadonlySet<string> {
  return new Set(
    sources.flatMap(({ path }) => {
      const found = readXmlPath(path)
      return found.kind === 'component' && found.folder !== undefined ? [found.folder] : []
    }),
  )
}

function withOwnNames(manifest: PackageManifest, folders: ReadonlySet<string>): PackageManifest {
  const types = [...manifest.types].map(([type, members]): [string, ReadonlySet<string>] => {
    const isTemplates = type === 'EmailTemplate'
    const named = [...members].filter((name) => !isTemplates || !folders.has(name))
    return [type, new Set(named.map((name) => ownName(type, name)))]
  })
  return { ...manifest, types: new Map(types) }
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
): Pick<Package, 'sources' | 'problems' | 'unread'> {
  const sources: SourceText[] = []
  const problems: SourceProblem[] = []
  const unread = new Map<string, UnreadFile>()
  for (const [path, bytes] of files) {
    if (manifests.has(path.slice(folder.length)) && path.startsWith(folder)) continue
    const found = path.startsWith(folder) ? readXmlPath(path) : other
    if (found.kind === 'unread' || found.kind === 'other') {
      const file = unreadFile(path, found)
      if (!unread.has(`${file.type} ${file.fullName}`)) {
        unread.set(`${file.type} ${file.fullName}`, file)
      }
      continue
    }
    const text = textOf(bytes)
    if (text !== undefined) sources.push({ path, text })
    else problems.push(fileNotText(path))
  }
  return { sources, problems, unread: [...unread.values()] }
}

const manifests: ReadonlySet<string> = new Set([
  'package.xml',
  'destructiveChanges.xml',
  'destructiveChangesPre.xml',
  'destructiveChangesPost.xml',
])
const other: XmlPath = { kind: 'other' }

function unreadFile(path: string, found: XmlPath): UnreadFile {
  if (found.kind !== 'unread') return { path, type: '', fullName: path }
  const [type = '', ...name] = found.component.split(':')
  return { path, type, fullName: name.join(':') }
}

function textOf(bytes: Uint8Array): string | undefined {
  return isUtf8(bytes) ? Buffer.from(bytes).toString('utf8') : undefined
}
