/** The components of a package and where each stands in its files. */
import type { Declaration, SourceProblem } from '../../model/declaration.ts'
import { membersOf } from '../../model/members.ts'
import { metadataType, memberTypeNames } from '../../model/metadata-types.ts'
import { componentName } from '../../model/source/check-component.ts'
import { isNamed, type PackageManifest } from './package-manifest.ts'

export interface PackagePart {
  readonly type: string
  readonly fullName: string
  readonly file: string
  readonly line: number
  readonly column: number
}

/** A component and its members, each with its place. */
export function partsOf(declaration: Declaration): readonly PackagePart[] {
  const { type, fullName } = declaration
  const own = { type, fullName, ...placeOf(declaration, []) }
  const lists = metadataType(type)?.members ?? []
  const counts = new Map<string, number>()
  const members = membersOf(declaration).map((member) => {
    const property = lists.find((list) => list.type === member.type)?.property ?? ''
    const index = counts.get(property) ?? 0
    counts.set(property, index + 1)
    const place = placeOf(declaration, [property, index])
    return { type: member.type, fullName: memberName(declaration, member.name), ...place }
  })
  return [own, ...members]
}

function placeOf(
  declaration: Declaration,
  pointer: readonly (string | number)[],
): Pick<PackagePart, 'file' | 'line' | 'column'> {
  const place: { line: number; column: number; file?: string } = declaration.locate?.(pointer) ?? {
    line: 1,
    column: 1,
  }
  // The part of a component may stand in a file of its own.
  return { line: place.line, column: place.column, file: place.file ?? declaration.file ?? '' }
}

/** All labels stand in one component and are named without it. */
export function memberName({ type, fullName }: Declaration, member: string): string {
  return type === 'CustomLabels' ? member : `${fullName}.${member}`
}

/** As the problems of plans and sources call a component or member. */
export function problemKey({ type, fullName }: Pick<PackagePart, 'type' | 'fullName'>): string {
  const metadata = metadataType(type)
  return metadata === undefined ? fullName : componentName(metadata.name, fullName)
}

type Located = Pick<SourceProblem, 'component'> & { readonly file?: string | undefined }

/** Finds the parts that problems are about: a package has thousands of them, and as many problems. */
export interface PartFinder {
  /** The member where it is one, else the component around it. */
  at(problem: Located): PackagePart | undefined
  hasFile(file: string): boolean
}

export function findParts(parts: readonly PackagePart[]): PartFinder {
  const byKey = firstBy(parts, problemKey)
  const byName = firstBy(parts, ({ fullName }) => fullName)
  const byFile = firstBy(parts, ({ file }) => file)
  /** Under either name, in the order of the parts. */
  const called = new Map<string, PackagePart[]>()
  for (const part of parts) {
    for (const name of new Set([problemKey(part), part.fullName])) {
      const known = called.get(name)
      if (known === undefined) called.set(name, [part])
      else known.push(part)
    }
  }
  return {
    at: ({ component = '', file }) => {
      const candidates = called.get(component) ?? []
      return (
        candidates.find((part) => part.file === file) ??
        candidates[0] ??
        byName.get(component.replace(/^\w+:/, '')) ??
        around(byKey, component) ??
        (file === undefined ? undefined : byFile.get(file))
      )
    },
    hasFile: (file) => byFile.has(file),
  }
}

function firstBy(
  parts: readonly PackagePart[],
  keyOf: (part: PackagePart) => string,
): ReadonlyMap<string, PackagePart> {
  const found = new Map<string, PackagePart>()
  for (const part of parts) if (!found.has(keyOf(part))) found.set(keyOf(part), part)
  return found
}

/** The nearest component whose name the problem's begins with. */
function around(
  byKey: ReadonlyMap<string, PackagePart>,
  component: string,
): PackagePart | undefined {
  for (let dot = component.lastIndexOf('.'); dot > 0; dot = component.lastIndexOf('.', dot - 1)) {
    const part = byKey.get(component.slice(0, dot))
    if (part !== undefined) return part
  }
  return undefined
}

/** The component, one of its members, or the whole of its type is in the manifest. */
export function isInManifest(manifest: PackageManifest, parts: readonly PackagePart[]): boolean {
  return parts.some((part) => isNamed(manifest, part.type, part.fullName))
}

/** Types that a package may name. */
export function isKnownType(type: string): boolean {
  return metadataType(type) !== undefined || memberTypeNames.includes(type)
}
