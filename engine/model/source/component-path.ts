/** Where the JSON file of a component stands in a metadata folder, and what a path says. */
import { message, type Message } from '../../base/message.ts'
import type { MetadataTypeName } from '../declaration.ts'
import { nearestName } from '../../base/nearest-name.ts'
import { quote, suggest } from './body-problem.ts'
import { metadataType, metadataTypeOfFolder, metadataTypes } from '../metadata-types.ts'
import { unreadFolders, unreadType } from './unread-types.ts'

const extension = '.json'

/** `layouts/Case-Case Layout.json`: relative to the metadata folder, with forward slashes. */
export function componentPath(type: MetadataTypeName, fullName: string): string {
  const folder = metadataType(type)?.folder ?? type
  return `${folder}/${encodeFileName(fullName)}${extension}`
}

// What file systems refuse or treat in ways of their own, and the sign of the encoding itself.
const unsafe = /[<>:"/\\|?*%\u0000-\u001F]|^\.|[. ]$/gu

/** The name as a file name that every file system takes. */
export function encodeFileName(fullName: string): string {
  return fullName.replace(
    unsafe,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  )
}

/** The name that a file name stands for; undefined when its encoding is broken. */
export function decodeFileName(fileName: string): string | undefined {
  if (/%(?![0-9A-Fa-f]{2})/.test(fileName)) return undefined
  const bytes = fileName.replace(/(?:%[0-9A-Fa-f]{2})+/g, (encoded) => decodeBytes(encoded))
  return bytes.includes('\uFFFD') ? undefined : bytes.normalize('NFC')
}

function decodeBytes(encoded: string): string {
  const bytes = encoded.split('%').slice(1)
  return new TextDecoder().decode(Uint8Array.from(bytes, (byte) => Number.parseInt(byte, 16)))
}

/** What a path in a metadata folder stands for. */
export type PathReading =
  | { readonly kind: 'component'; readonly type: MetadataTypeName; readonly fullName: string }
  /** A type that is known by name and not read yet. */
  | { readonly kind: 'unread'; readonly component: string }
  /** No metadata: the schemas themselves, notes, hidden files and backups of editors. */
  | { readonly kind: 'other' }
  | { readonly kind: 'wrong'; readonly reason: Message; readonly suggestion?: Message }

export function readComponentPath(path: string): PathReading {
  const parts = path.split('/')
  const [folder = '', ...inner] = parts
  if (isOther(parts)) return { kind: 'other' }
  if (inner.length === 0) {
    const reason = message('the file stands outside of the folders of metadata types')
    return {
      kind: 'wrong',
      reason,
      suggestion: message('move it to the folder of its type, as objects/'),
    }
  }
  const type = metadataTypeOfFolder(folder)
  if (type?.inRecords === true) {
    return { kind: 'wrong', reason: keptAsRecords(type.name), suggestion: deployIt }
  }
  if (type !== undefined) return readFileName(type.name, folder, inner)
  const unread = unreadType(folder)
  if (unread === undefined) return unknownFolder(folder)
  return { kind: 'unread', component: `${unread}:${withoutExtension(inner.join('/'))}` }
}

export function keptAsRecords(type: string): Message {
  return message('components of type {type} are kept as records, not as files', { type })
}

export const deployIt = message('deploy it in a package')

function isOther(parts: readonly string[]): boolean {
  const file = parts.at(-1) ?? ''
  return (
    parts[0] === 'schema' ||
    (parts.length === 1 && file === 'types.ts') ||
    parts.some((part) => part.startsWith('.') && part !== '..') ||
    file.endsWith('~') ||
    file.toLowerCase().endsWith('.md')
  )
}

function unknownFolder(folder: string): PathReading {
  const known = [...metadataTypes.map((type) => type.folder), ...unreadFolders]
  const suggestion = suggest(nearestName(folder, known), [])
  const reason = message('unknown folder {folder}', { folder: quote(folder) })
  return { kind: 'wrong', reason, ...(suggestion === undefined ? {} : { suggestion }) }
}

function readFileName(
  type: MetadataTypeName,
  folder: string,
  inner: readonly string[],
): PathReading {
  const [file = ''] = inner
  if (inner.length > 1) {
    const reason = message('the files of {folder} stand directly in the folder', { folder })
    return { kind: 'wrong', reason, suggestion: message('move it to {folder}/', { folder }) }
  }
  if (!file.endsWith(extension)) {
    const reason = message('{file} is not a file of metadata', { file: quote(file) })
    return {
      kind: 'wrong',
      reason,
      suggestion: message('metadata files end in {extension}', { extension }),
    }
  }
  const fullName = decodeFileName(withoutExtension(file))
  if (fullName !== undefined) return { kind: 'component', type, fullName }
  return {
    kind: 'wrong',
    reason: message('the file name {file} is not encoded rightly', { file: quote(file) }),
  }
}

function withoutExtension(file: string): string {
  return file.endsWith(extension) ? file.slice(0, -extension.length) : file
}
