/** Declarations as the XML of the public Metadata API; the same values give the same bytes. */
import type { Declaration, SourceText } from '../declaration.ts'
import { metadataType, type MemberList, type MetadataType } from '../metadata-types.ts'
import { isRecord, listOf } from '../source/canonical-body.ts'
import { encodeFileName } from '../source/component-path.ts'
import { entryShape, shapeOf, type ObjectShape, type Shape } from '../source/shape.ts'
import { ownPrefix } from './xml-body.ts'
import { emailFolder } from './xml-path.ts'

type Written = Pick<Declaration, 'type' | 'fullName' | 'body'>

const namespaces = {
  metadata: 'http://soap.sforce.com/2006/04/metadata',
  own: 'urn:fieldstone:metadata',
  instance: 'http://www.w3.org/2001/XMLSchema-instance',
  types: 'http://www.w3.org/2001/XMLSchema',
}

/** The component in one file, as it stands in a package: `objects/Account.object`. */
export function writeXml(declaration: Written): SourceText {
  const type = typeOf(declaration)
  const { fullName: _, ...body } = bodyOf(declaration)
  const path = `${type.folder}/${encodeFileName(declaration.fullName)}.${type.suffix}`
  return { path, text: writeFile(type.name, shapeOf(type.name), body) }
}

/** All files of the component in a package: e-mail templates of the classic form have their text in one of its own. */
export function writeXmlPackage(declaration: Written): readonly SourceText[] {
  return writeClassicTemplate(declaration) ?? [writeXml(declaration)]
}

/** `email/Folder/Name.email-meta.xml`, and `Name.email` with the text alone. */
function writeClassicTemplate(declaration: Written): readonly SourceText[] | undefined {
  const { fullName: _, folder, content, ...body } = bodyOf(declaration)
  if (declaration.type !== 'EmailTemplate' || typeof folder !== 'string') return undefined
  const path = `${emailFolder}/${folder}/${encodeFileName(declaration.fullName)}.email`
  const text = writeFile(declaration.type, shapeOf(declaration.type), body)
  return [
    { path: `${path}-meta.xml`, text },
    { path, text: String(content) },
  ]
}

/** The component taken apart as in a source folder: `objects/Account/fields/X.field-meta.xml`. */
export function writeXmlSource(declaration: Written): readonly SourceText[] {
  const classic = writeClassicTemplate(declaration)
  if (classic !== undefined) return classic
  const type = typeOf(declaration)
  const lists = type.members.filter((list) => list.suffix !== undefined)
  const { fullName: _, ...body } = bodyOf(declaration)
  const apart = new Set(lists.map((list) => list.property))
  const own = Object.fromEntries(Object.entries(body).filter(([key]) => !apart.has(key)))
  const name = encodeFileName(declaration.fullName)
  const folder = lists.length > 0 ? `${type.folder}/${name}` : type.folder
  const main = {
    path: `${folder}/${name}.${type.suffix}-meta.xml`,
    text: writeFile(type.name, shapeOf(type.name), own),
  }
  const members = lists.flatMap((list) =>
    listOf(body[list.property]).map((entry) => writeMember(type, { folder, list, entry })),
  )
  // A part of a standard object may have members only.
  const mainIsEmpty = Object.keys(own).length === 0 && members.length > 0
  return mainIsEmpty ? members : [main, ...members]
}

function writeMember(
  type: MetadataType,
  of: { readonly folder: string; readonly list: MemberList; readonly entry: unknown },
): SourceText {
  const { folder, list, entry } = of
  const body = isRecord(entry) ? entry : {}
  const inner = list.folder === '' ? folder : `${folder}/${list.folder}`
  const name = encodeFileName(String(body[list.key]))
  const path = `${inner}/${name}.${list.suffix}-meta.xml`
  return { path, text: writeFile(list.type, entryShape(type.name, list.property), body) }
}

/** A component or member as one element of an answer; its type stands as attribute. */
export function writeXmlRecord(tag: string, record: XmlRecord): string {
  const { type, shape, body } = record
  return `<${tag} xsi:type="${type}">\n${writeMembers(shape, body, 1)}</${tag}>\n`
}

export interface XmlRecord {
  readonly type: string
  readonly shape: ObjectShape
  readonly body: Readonly<Record<string, unknown>>
}

function typeOf(declaration: Written): MetadataType {
  const type = metadataType(declaration.type)
  if (type === undefined) throw new Error(`no metadata type ${declaration.type}`)
  return type
}

function bodyOf(declaration: Written): Readonly<Record<string, unknown>> {
  const body: unknown = declaration.body
  return isRecord(body) ? body : {}
}

function writeFile(
  root: string,
  shape: ObjectShape,
  body: Readonly<Record<string, unknown>>,
): string {
  const inner = writeMembers(shape, body, 1)
  const extra = [
    inner.includes(`<${ownPrefix}:`) ? ` xmlns:${ownPrefix}="${namespaces.own}"` : '',
    inner.includes(' xsi:') ? ` xmlns:xsi="${namespaces.instance}"` : '',
    inner.includes(' xsi:type="xsd:') ? ` xmlns:xsd="${namespaces.types}"` : '',
  ].join('')
  const head = '<?xml version="1.0" encoding="UTF-8"?>'
  const open = `<${root} xmlns="${namespaces.metadata}"${extra}`
  return inner === '' ? `${head}\n${open}/>\n` : `${head}\n${open}>\n${inner}</${root}>\n`
}

/** Names first and then by the alphabet, as the platform's own tools write. */
function writeMembers(
  shape: ObjectShape,
  body: Readonly<Record<string, unknown>>,
  level: number,
): string {
  const keys = Object.keys(body).sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
  return keys
    .map((key) => {
      const property = shape.properties.get(key)
      if (property === undefined) throw new Error(`${shape.name} has no ${key}`)
      if (isTypeOfAny(shape, key)) return ''
      const tag = property.own ? `${ownPrefix}:${key}` : key
      const entries = property.shape.kind === 'list' ? listOf(body[key]) : [body[key]]
      const item = property.shape.kind === 'list' ? property.shape.item : property.shape
      const type = item.kind === 'any' ? anyType(body[`${key}Type`], body[key]) : ''
      return entries.map((entry) => writeElement({ tag, type, level }, item, entry)).join('')
    })
    .join('')
}

function rank(key: string): number {
  return key === 'fullName' ? 0 : 1
}

/** `valueType` beside a `value` of any kind is written as the type of its element. */
function isTypeOfAny(shape: ObjectShape, key: string): boolean {
  if (!key.endsWith('Type')) return false
  return shape.properties.get(key.slice(0, -'Type'.length))?.shape.kind === 'any'
}

function anyType(type: unknown, value: unknown): string {
  if (value === null) return ' xsi:nil="true"'
  const kinds = new Map([
    ['boolean', 'xsd:boolean'],
    ['number', 'xsd:double'],
  ])
  const written = typeof type === 'string' ? type : (kinds.get(typeof value) ?? 'xsd:string')
  return ` xsi:type="${escapeText(written)}"`
}

function writeElement(
  head: { readonly tag: string; readonly type: string; readonly level: number },
  shape: Shape,
  value: unknown,
): string {
  const { tag, type, level } = head
  const indent = '    '.repeat(level)
  if (value === null) return `${indent}<${tag}${type}/>\n`
  if (shape.kind !== 'object') {
    return `${indent}<${tag}${type}>${escapeText(String(value))}</${tag}>\n`
  }
  const inner = isRecord(value) ? writeMembers(shape, value, level + 1) : ''
  return inner === '' ? `${indent}<${tag}/>\n` : `${indent}<${tag}>\n${inner}${indent}</${tag}>\n`
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&apos;'],
  // A reader of XML would take a bare carriage return for a line end.
  ['\r', '&#13;'],
])

export function escapeText(text: string): string {
  return text.replace(/[&<>"'\r]/g, (character) => escapes.get(character) ?? character)
}
