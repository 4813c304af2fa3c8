/** Components as a ZIP file in the package form of stock clients. */
import { strToU8, zipSync } from 'fflate'
import type { Declaration, MetadataTypeName } from '../../model/declaration.ts'
import { membersOf } from '../../model/members.ts'
import {
  memberTypeNames,
  metadataType,
  metadataTypes,
  splitMember,
} from '../../model/metadata-types.ts'
import type { Model } from '../../model/model.ts'
import { isRecord, listOf } from '../../model/source/canonical-body.ts'
import { folderOf, ownName, packagedName } from '../../model/emails/packaged-name.ts'
import { escapeText, writeXmlPackage } from '../../model/xml/write-xml.ts'
import { memberName } from './package-parts.ts'
import type { PackageManifest } from './package-manifest.ts'

export interface RetrieveRequest {
  readonly manifest: PackageManifest
  /** Files at the root instead of a folder of the package. */
  readonly singlePackage: boolean
  readonly apiVersion: string
  /** Packages that are asked for by name; there are none to be found. */
  readonly packageNames?: readonly string[]
}

export interface RetrievedPart {
  readonly type: string
  readonly fullName: string
  readonly fileName: string
}

export interface RetrievedPackage {
  /** Base64. */
  readonly zip: string
  readonly parts: readonly RetrievedPart[]
  readonly messages: readonly { readonly fileName: string; readonly problem: string }[]
}

const folder = 'unpackaged/'

interface Source extends RetrieveRequest {
  /** Components that are kept as records, as far as they were asked for. */
  readonly held?: readonly Declaration[]
}

type Components = Pick<Model, 'component' | 'components'>

export function retrievePackage(model: Model, request: Source, at: number): RetrievedPackage {
  const chosen = choose(withHeld(model, request.held ?? []), request.manifest)
  const prefix = request.singlePackage ? '' : folder
  const files: Record<string, Uint8Array> = {}
  const parts: RetrievedPart[] = []
  for (const one of chosen.components.values()) {
    const written = writeXmlPackage(writtenPart(one))
    for (const { path, text } of written) files[`${prefix}${path}`] = strToU8(text)
    const path = written.at(-1)?.path ?? ''
    parts.push(...partsOf(one).map((part) => ({ ...part, fileName: `${prefix}${path}` })))
  }
  const manifest = manifestText(parts, request.manifest.version ?? request.apiVersion)
  files[`${prefix}package.xml`] = strToU8(manifest)
  const zipped = zipSync(files, { mtime: Math.max(at, oldestZipTime), level: 6 })
  const problems = [
    ...chosen.missing.map(
      ({ type, name }) => `Entity of type '${type}' named '${name}' cannot be found`,
    ),
    ...(request.packageNames ?? []).map((name) => `No package named '${name}' found`),
  ]
  const messages = problems.map((problem) => ({ fileName: `${prefix}package.xml`, problem }))
  return { zip: Buffer.from(zipped).toString('base64'), parts, messages }
}

/** ZIP files know no earlier time. */
const oldestZipTime = Date.UTC(1980, 0, 2)

function withHeld(model: Model, held: readonly Declaration[]): Components {
  const isOf =
    <Name extends MetadataTypeName>(type: Name) =>
    (one: Declaration): one is Declaration<Name> =>
      one.type === type
  return {
    component: (type, fullName) =>
      held.filter(isOf(type)).find((one) => one.fullName === fullName) ??
      model.component(type, fullName),
    components: (type) => [...model.components(type), ...held.filter(isOf(type))],
  }
}

interface Chosen {
  readonly declaration: Declaration
  /** The component itself was asked for, with all its members. */
  whole: boolean
  /** Members by type that were asked for on their own. */
  readonly members: Map<string, Set<string>>
}

interface Choice {
  readonly components: ReadonlyMap<string, Chosen>
  readonly missing: readonly { readonly type: string; readonly name: string }[]
}

function choose(model: Components, manifest: PackageManifest): Choice {
  const components = new Map<string, Chosen>()
  const missing: { type: string; name: string }[] = []
  const at = (declaration: Declaration): Chosen => {
    const key = `${declaration.type} ${declaration.fullName}`
    const known = components.get(key)
    if (known !== undefined) return known
    const fresh: Chosen = { declaration, whole: false, members: new Map() }
    components.set(key, fresh)
    return fresh
  }
  for (const [type, names] of manifest.types) {
    for (const name of names) {
      const found = name === '*' ? allOf(model, type) : [lookUp(model, type, name)].filter(isThere)
      if (found.length === 0 && name !== '*' && !isFolder(model, type, name)) {
        missing.push({ type, name })
      }
      for (const { declaration, member } of found) {
        const one = at(declaration)
        if (member === undefined) one.whole = true
        else one.members.set(type, (one.members.get(type) ?? new Set()).add(member))
      }
    }
  }
  return { components, missing }
}

/** Folders are asked for as if they were templates; they come with what is in them. */
function isFolder(model: Components, type: string, name: string): boolean {
  if (type !== 'EmailTemplate') return false
  return [...model.components(type)].some((one) => folderOf(one) === name)
}

interface Found {
  readonly declaration: Declaration
  readonly member?: string
}

function isThere(found: Found | undefined): found is Found {
  return found !== undefined
}

function lookUp(model: Components, type: string, name: string): Found | undefined {
  const place = splitMember(type, name)
  if (place === undefined) {
    const metadata = metadataType(type)
    const declaration = metadata && model.component(metadata.name, ownName(type, name))
    return declaration === undefined ? undefined : { declaration }
  }
  const declaration = model.component(place.type, place.fullName)
  if (declaration === undefined) return undefined
  const isMember = membersOf(declaration).some(
    (one) => one.type === type && one.name === place.member,
  )
  return isMember ? { declaration, member: place.member } : undefined
}

/** What ships with the product is named to be had; `*` means what was made here, as on the platform. */
function isOwn(type: string, fullName: string): boolean {
  return type !== 'CustomObject' || /__\w+$/.test(fullName)
}

function allOf(model: Components, type: string): readonly Found[] {
  const metadata = metadataType(type)
  if (metadata !== undefined) {
    return [...model.components(metadata.name)]
      .filter(({ fullName }) => isOwn(type, fullName))
      .map((declaration) => ({ declaration }))
  }
  if (!memberTypeNames.includes(type)) return []
  return metadataTypes
    .filter(({ members }) => members.some((list) => list.type === type))
    .flatMap(({ name }) => [...model.components(name)])
    .flatMap((declaration) =>
      membersOf(declaration)
        .filter((one) => one.type === type)
        .filter((one) => type !== 'CustomField' || one.name.endsWith('__c'))
        .map((one) => ({ declaration, member: one.name })),
    )
}

function writtenPart({
  declaration,
  whole,
  members,
}: Chosen): Pick<Declaration, 'type' | 'fullName' | 'body'> {
  if (whole) return declaration
  const lists = metadataType(declaration.type)?.members ?? []
  const own: unknown = declaration.body
  const body: Record<string, unknown> = { fullName: declaration.fullName }
  for (const { property, type, key } of lists) {
    const names = members.get(type)
    if (names === undefined || !isRecord(own)) continue
    body[property] = listOf(own[property]).filter(
      (entry) => isRecord(entry) && names.has(String(entry[key])),
    )
  }
  // A part of a body that the schema has accepted.
  const part: object = body
  return { ...declaration, body: part as Declaration['body'] }
}

function partsOf({
  declaration,
  whole,
  members,
}: Chosen): readonly Omit<RetrievedPart, 'fileName'>[] {
  const own = whole
    ? [{ type: declaration.type as string, fullName: packagedName(declaration) }]
    : []
  const inner = [...members].flatMap(([memberType, names]) =>
    [...names].map((name) => ({ type: memberType, fullName: memberName(declaration, name) })),
  )
  return [...own, ...inner]
}

/** `package.xml` of these components. */
export function manifestText(
  parts: readonly { readonly type: string; readonly fullName: string }[],
  version: string,
): string {
  const types = new Map<string, Set<string>>()
  for (const { type, fullName } of parts) {
    types.set(type, (types.get(type) ?? new Set()).add(fullName))
  }
  const lines = [...types]
    .sort(byName)
    .flatMap(([type, names]) => [
      '    <types>',
      ...[...names].sort().map((name) => `        <members>${escapeText(name)}</members>`),
      `        <name>${type}</name>`,
      '    </types>',
    ])
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<Package xmlns="http://soap.sforce.com/2006/04/metadata">',
    ...lines,
    `    <version>${escapeText(version)}</version>`,
    '</Package>\n',
  ].join('\n')
}

function byName(a: readonly [string, unknown], b: readonly [string, unknown]): number {
  return a[0] < b[0] ? -1 : 1
}
