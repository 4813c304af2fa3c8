/** `package.xml` and the lists of what is to be deleted. */
import { inEnglish } from '../../base/message.ts'
import { refuse } from '../../base/refusal.ts'
import { readXml, type XmlElement } from '../../model/xml/xml-tree.ts'

export interface PackageManifest {
  /** Members by type, `*` among them; a type that is named twice has them all. */
  readonly types: ReadonlyMap<string, ReadonlySet<string>>
  readonly version: string | undefined
}

const membersMax = 100_000

export function readManifest(path: string, text: string): PackageManifest {
  const reading = readXml(text.startsWith('\uFEFF') ? text.slice(1) : text)
  if ('fault' in reading) throw wrong(path, inEnglish(reading.fault.reason))
  if (bare(reading.root) !== 'Package') throw wrong(path, 'the outermost element is not Package')
  return manifestOf(reading.root)
}

/** Of an element that holds `types` and `version`, as requests and files have it. */
export function manifestOf(element: XmlElement): PackageManifest {
  const types = new Map<string, Set<string>>()
  let count = 0
  for (const one of element.children.filter((child) => bare(child) === 'types')) {
    const name = one.children.find((child) => bare(child) === 'name')?.text.trim() ?? ''
    const members = types.get(name) ?? new Set<string>()
    types.set(name, members)
    for (const member of one.children.filter((child) => bare(child) === 'members')) {
      members.add(member.text.trim())
      count += 1
    }
    if (count > membersMax) throw wrong('package.xml', `it names more than ${membersMax} members`)
  }
  const version = element.children.find((child) => bare(child) === 'version')?.text.trim()
  return { types, version }
}

/** The type and name stand in the manifest, or the type with `*`. */
export function isNamed(manifest: PackageManifest, type: string, fullName: string): boolean {
  const members = manifest.types.get(type)
  return members !== undefined && (members.has(fullName) || members.has('*'))
}

function bare({ name }: XmlElement): string {
  return name.slice(name.indexOf(':') + 1)
}

function wrong(path: string, reason: string) {
  return refuse('INVALID_ARGUMENT', `${path} cannot be read: ${reason}.`)
}
