/** What a deployed package came to, component by component. */
import { memberTypeNames, splitMember } from '../../model/metadata-types.ts'
import type { Plan, PlanStep } from '../plan.ts'
import { isNamed } from './package-manifest.ts'
import { isKnownType, problemKey, type PackagePart, type PartFinder } from './package-parts.ts'
import type { Package, UnreadFile } from './read-package.ts'

export interface ComponentResult {
  readonly type: string
  readonly fullName: string
  readonly fileName: string
  readonly success: boolean
  readonly created: boolean
  readonly changed: boolean
  readonly deleted: boolean
  readonly problem?: string
  readonly problemType?: 'Error' | 'Warning'
  readonly line?: number
  readonly column?: number
}

export interface Deletion {
  readonly type: string
  readonly fullName: string
  readonly when: 'before' | 'after'
  readonly exists: boolean
  /** The list that names it. */
  readonly file: string
}

interface Done {
  readonly pack: Package
  readonly parts: readonly PackagePart[]
  readonly deletions: readonly Deletion[]
  /** Undefined when nothing was done. */
  readonly changes: Plan['changes'] | undefined
  readonly failures: readonly ComponentResult[]
}

const unchanged = { success: true, created: false, changed: false, deleted: false } as const
const failed = { ...unchanged, success: false, problemType: 'Error' } as const

export function resultsOf(done: Done): {
  readonly results: readonly ComponentResult[]
  readonly total: number
} {
  const { pack, parts, deletions, changes, failures } = done
  const named = parts.filter((part) => isNamed(pack.manifest, part.type, part.fullName))
  const missing = missingParts(pack, parts, failures)
  const unread = unreadParts(pack)
  const all = [...failures, ...missing]
  const total = new Set([...named, ...deletions, ...unread, ...all].map(keyOf)).size
  if (changes === undefined) return { results: all, total }
  const kinds = new Map(changes.map((change) => [keyOf(change), change.change]))
  const results = named.map((part): ComponentResult => {
    const place = splitMember(part.type, part.fullName)
    const around = place && kinds.get(`${place.type} ${place.fullName}`)
    // The members of a new component are not told apart from it.
    const change = kinds.get(keyOf(part)) ?? (around === 'create' ? around : undefined)
    const created = change === 'create'
    return {
      ...unchanged,
      type: part.type,
      fullName: part.fullName,
      fileName: part.file,
      created,
      changed: change !== undefined && !created,
    }
  })
  const manifest: ComponentResult = {
    ...unchanged,
    type: '',
    fullName: 'package.xml',
    fileName: `${pack.folder}package.xml`,
  }
  return {
    results: [manifest, ...results, ...deletions.map(deletionResult), ...unread, ...all],
    total,
  }
}

function keyOf({ type, fullName }: { readonly type: string; readonly fullName: string }): string {
  return `${type} ${fullName}`
}

function deletionResult({ type, fullName, exists, file }: Deletion): ComponentResult {
  const result = { ...unchanged, type, fullName, fileName: file, deleted: exists }
  if (exists) return result
  const problem = `No ${type} named: ${fullName} found`
  return { ...result, problem, problemType: 'Warning' }
}

/** Named in package.xml, but in no file; members may be there already in a component that is. */
function missingParts(
  pack: Package,
  parts: readonly PackagePart[],
  failures: readonly ComponentResult[],
): readonly ComponentResult[] {
  const known = new Set([...parts, ...failures].map(keyOf))
  const files = new Set([...parts, ...failures].map(({ fullName }) => fullName))
  return [...pack.manifest.types].flatMap(([type, members]) => {
    if (!isKnownType(type) || type === 'CustomLabels') return []
    const absent = [...members].filter((name) => name !== '*' && !known.has(`${type} ${name}`))
    return absent
      .filter((name) => !isWithin(type, name, files))
      .map((fullName) => ({
        ...failed,
        type,
        fullName,
        fileName: `${pack.folder}package.xml`,
        problem: `An object '${fullName}' of type ${type} was named in package.xml, but was not found in zipped directory`,
      }))
  })
}

/** A standard object is named for its members, and a failed file says nothing of them. */
function isWithin(type: string, name: string, files: ReadonlySet<string>): boolean {
  const place = splitMember(type, name)
  if (memberTypeNames.includes(type)) return place !== undefined && files.has(place.fullName)
  return [...files].some((file) => file.startsWith(`${name}.`))
}

/** What is not understood, named or only in the ZIP file: said, and not counted as wrong. */
function unreadParts({ manifest, folder, unread }: Package): readonly ComponentResult[] {
  const files = new Map(unread.map((file) => [keyOf(file), file]))
  const named = [...manifest.types].flatMap(([type, members]) =>
    isKnownType(type)
      ? []
      : [...members]
          .filter((name) => name !== '*')
          .map((fullName) => {
            const path = files.get(keyOf({ type, fullName }))?.path ?? `${folder}package.xml`
            files.delete(keyOf({ type, fullName }))
            return notTaken({ type, fullName, path })
          }),
  )
  return [...named, ...[...files.values()].map(notTaken)]
}

function notTaken({ type, fullName, path }: UnreadFile): ComponentResult {
  const what =
    type === '' ? `${fullName} is no metadata` : `Components of type ${type} are not understood`
  const problem = `${what} here: nothing was stored.`
  return { ...unchanged, type, fullName, fileName: path, problem, problemType: 'Warning' }
}

interface Wrong {
  readonly component?: string
  readonly reason: string
  readonly suggestion?: string
  readonly file?: string
  readonly line?: number
  readonly column?: number
}

/** A problem at the component it is about; with the line of its own file where that is known. */
export function failureAt(parts: PartFinder, wrong: Wrong): ComponentResult {
  const part = parts.at(wrong)
  const isOwnLine = wrong.file !== undefined && parts.hasFile(wrong.file)
  const { reason, suggestion, component = '' } = wrong
  const place = isOwnLine || part === undefined ? wrong : part
  return {
    ...failed,
    type: part?.type ?? '',
    fullName: part?.fullName ?? (component === '' ? (wrong.file ?? 'package.xml') : component),
    fileName: part?.file ?? wrong.file ?? '',
    problem: suggestion === undefined ? reason : `${reason} (${suggestion})`,
    ...(place.line === undefined ? {} : { line: place.line }),
    ...(place.column === undefined ? {} : { column: place.column }),
  }
}

/** A step that nobody has agreed to. */
export function failureOf(
  parts: PartFinder,
  { object = '', field, description }: PlanStep,
): ComponentResult {
  const component = field === undefined ? object : `${object}.${field}`
  const suggestion = 'agree to it with ignoreWarnings'
  return failureAt(parts, { component, reason: description, suggestion })
}

/** In the ZIP file, but neither the component nor a part of it is named. */
export function notNamed(parts: readonly PackagePart[]): readonly ComponentResult[] {
  return parts.slice(0, 1).map((part) => ({
    ...failed,
    type: part.type,
    fullName: part.fullName,
    fileName: part.file,
    problem: `${problemKey(part)} is in the ZIP file, but was not named in package.xml`,
  }))
}
