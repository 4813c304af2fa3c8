/** What the path of an XML file stands for, in the layout of a package and of a source folder. */
import type { MetadataTypeName } from '../declaration.ts'
import { metadataTypes, type MemberList } from '../metadata-types.ts'
import { decodeFileName } from '../source/component-path.ts'
import { unreadType, unreadTypeOfSuffix } from '../source/unread-types.ts'

export type XmlPath =
  /** A component, or the part of one that is not in files of its own. */
  | {
      readonly kind: 'component'
      readonly type: MetadataTypeName
      readonly fullName: string
      /** Of an e-mail template in the classic form. */
      readonly folder?: string
    }
  /** The text of an e-mail template, which stands beside the file that describes it. */
  | { readonly kind: 'content'; readonly type: 'EmailTemplate'; readonly fullName: string }
  | {
      readonly kind: 'member'
      readonly type: MetadataTypeName
      readonly fullName: string
      readonly list: MemberList
      readonly member: string
    }
  /** A type that the engine does not read yet, or has never heard of. */
  | { readonly kind: 'unread'; readonly component: string }
  /** Not metadata in XML. */
  | { readonly kind: 'other' }

const sourceEnding = '-meta.xml'
export const emailFolder = 'email'

const typesBySuffix = new Map(metadataTypes.map((type) => [type.suffix, type]))

const membersBySuffix = new Map(
  metadataTypes.flatMap((type) =>
    type.members.flatMap((list) =>
      list.suffix === undefined ? [] : [[list.suffix, { type, list }] as const],
    ),
  ),
)

export function readXmlPath(path: string): XmlPath {
  const parts = path.split('/')
  const email = readEmailPath(parts)
  if (email !== undefined) return email
  const file = parts.at(-1) ?? ''
  const isSource = file.endsWith(sourceEnding)
  const bare = isSource ? file.slice(0, -sourceEnding.length) : file
  const dot = bare.lastIndexOf('.')
  const name = decodeFileName(bare.slice(0, Math.max(dot, 0)))
  if (name === undefined || name === '') return { kind: 'other' }
  const suffix = bare.slice(dot + 1)
  const type = typesBySuffix.get(suffix)
  // Outside of source folders only the folder tells metadata from other files of that ending.
  if (type !== undefined && !isSource && !parts.includes(type.folder)) return { kind: 'other' }
  if (type !== undefined) return { kind: 'component', type: type.name, fullName: name }
  const member = membersBySuffix.get(suffix)
  if (member !== undefined) {
    const { type: parent, list } = member
    // Members lie in a folder of their list within the component's, or beside the component.
    const folder = decodeFileName(parts.at(list.folder === '' ? -2 : -3) ?? '')
    if (folder === undefined || folder === '') return { kind: 'other' }
    return { kind: 'member', type: parent.name, fullName: folder, list, member: name }
  }
  return unreadPath(parts, { name, suffix, isSource })
}

/** `email/Folder/Name.email` beside `email/Folder/Name.email-meta.xml`; `email/Folder-meta.xml` describes the folder. */
function readEmailPath(parts: readonly string[]): XmlPath | undefined {
  const at = parts.length > 2 ? parts.lastIndexOf(emailFolder, -3) : parts.indexOf(emailFolder)
  const [file, ...folders] = at < 0 ? [] : parts.slice(at + 1).reverse()
  if (file === undefined) return undefined
  const [, described, isMeta] = /^(.+)\.email(-meta\.xml)?$/.exec(file) ?? []
  if (described === undefined) {
    const folder = /^([^.]+)(?:\.emailFolder)?-meta\.xml$/.exec(file)?.[1]
    return folder === undefined ? undefined : { kind: 'unread', component: `EmailFolder:${folder}` }
  }
  const fullName = decodeFileName(described)
  if (fullName === undefined) return { kind: 'other' }
  const type = 'EmailTemplate'
  if (isMeta === undefined) return { kind: 'content', type, fullName }
  const folder = folders.reverse().join('/')
  return { kind: 'component', type, fullName, ...(folder === '' ? {} : { folder }) }
}

function unreadPath(
  parts: readonly string[],
  file: { readonly name: string; readonly suffix: string; readonly isSource: boolean },
): XmlPath {
  const folder = parts.findLast((part) => unreadType(part) !== undefined)
  const type =
    (folder === undefined ? undefined : unreadType(folder, file.suffix)) ??
    unreadTypeOfSuffix(file.suffix)
  if (type !== undefined) return { kind: 'unread', component: `${type}:${file.name}` }
  return file.isSource
    ? { kind: 'unread', component: `${file.suffix}:${file.name}` }
    : { kind: 'other' }
}
