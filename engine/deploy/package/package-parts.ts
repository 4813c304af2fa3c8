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

/** The part that a problem is about: the member where it is one, else the component around it. */
export function partAt(
  parts: readonly PackagePart[],
  problem: Pick<SourceProblem, 'component'> & { readonly file?: string | undefined },
): PackagePart | undefined {
  const { component = '' } = problem
  const name = component.replace(/^\w+:/, '')
  const candidates = parts.filter(
    (part) => problemKey(part) === component || part.fullName === component,
  )
  return (
    candidates.find((part) => part.file === problem.file) ??
    candidates[0] ??
    parts.find((part) => part.fullName === name) ??
    parts.find((part) => component.startsWith(`${problemKey(part)}.`)) ??
    parts.find((part) => part.file === problem.file)
  )
}

/** The component, one of its members, or the whole of its type is in the manifest. */
export function isInManifest(manifest: PackageManifest, parts: readonly PackagePart[]): boolean {
  return parts.some((part) => isNamed(manifest, part.type, part.fullName))
}

/** Types that a package may name. */
export function isKnownType(type: string): boolean {
  return metadataType(type) !== undefined || memberTypeNames.includes(type)
}
