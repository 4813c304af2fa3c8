/** A package as one plan: what is wrong with each component, or all of it in one transaction. */
import { Refusal } from '../../base/refusal.ts'
import type { Declaration } from '../../model/declaration.ts'
import { metadataType, splitMember } from '../../model/metadata-types.ts'
import { readXmlSource } from '../../model/xml/read-xml.ts'
import type { Deployer } from '../deployer.ts'
import type { Author, ComponentChange, Plan } from '../plan.ts'
import { mergeDeployed } from './merge-deployed.ts'
import {
  failureAt,
  failureOf,
  notNamed,
  resultsOf,
  type ComponentResult,
  type Deletion,
} from './package-results.ts'
import { isInManifest, isKnownType, partsOf, type PackagePart } from './package-parts.ts'
import type { Package } from './read-package.ts'

export interface PackageOptions {
  readonly checkOnly: boolean
  readonly rollbackOnError: boolean
  /** Agrees to what the plan would otherwise ask about. */
  readonly ignoreWarnings: boolean
}

export interface PackageOutcome {
  readonly results: readonly ComponentResult[]
  readonly total: number
}

interface Wanted {
  readonly pack: Package
  readonly declarations: readonly Declaration[]
  readonly parts: readonly PackagePart[]
  readonly deletions: readonly Deletion[]
}

/** A package of which parts are left out is planned anew so many times. */
const roundsMax = 20

export async function deployPackage(
  deployer: Deployer,
  pack: Package,
  { options, by }: { readonly options: PackageOptions; readonly by: Author },
): Promise<PackageOutcome> {
  const read = readXmlSource(pack.sources)
  const named = read.declarations.filter((one) => isInManifest(pack.manifest, partsOf(one)))
  const skipped = read.declarations.filter((one) => !named.includes(one))
  const allParts = read.declarations.flatMap(partsOf)
  const deletions = deletionsOf(deployer, pack)
  const failures: ComponentResult[] = [
    ...[...pack.problems, ...read.problems].map((problem) => failureAt(allParts, problem)),
    ...skipped.flatMap((one) => notNamed(partsOf(one))),
  ]
  let wanted: Wanted = { pack, declarations: named, parts: named.flatMap(partsOf), deletions }
  for (let round = 0; round < roundsMax; round++) {
    if (failures.length > 0 && options.rollbackOnError) break
    const tried = await tryAll(deployer, wanted, { options, by })
    if ('changes' in tried) return resultsOf({ ...wanted, changes: tried.changes, failures })
    failures.push(...tried.failures)
    const fewer = without(wanted, tried.failures)
    if (options.rollbackOnError || fewer === undefined) break
    wanted = fewer
  }
  return resultsOf({ ...wanted, changes: undefined, failures })
}

type Tried =
  { readonly changes: Plan['changes'] } | { readonly failures: readonly ComponentResult[] }

async function tryAll(
  deployer: Deployer,
  wanted: Wanted,
  { options, by }: { readonly options: PackageOptions; readonly by: Author },
): Promise<Tried> {
  const changes = changesOf(deployer, wanted)
  if (changes.length === 0) return { changes: [] }
  const plan = await deployer.plan(changes, by)
  if (!plan.applicable) {
    return { failures: plan.problems.map((problem) => failureAt(wanted.parts, problem)) }
  }
  const unexpected = options.ignoreWarnings ? [] : withoutConsent(plan, wanted.deletions)
  if (unexpected.length > 0) return { failures: unexpected.map((step) => failureOf(wanted, step)) }
  if (options.checkOnly || plan.changes.length === 0) return { changes: plan.changes }
  try {
    await deployer.apply(plan.id, { consent: true, by, source: 'api' })
  } catch (error) {
    // Somebody else deployed meanwhile, or the data did.
    if (!(error instanceof Refusal) || error.status >= 500) throw error
    const problem = { component: '', reason: error.message }
    return { failures: [failureAt(wanted.parts, problem)] }
  }
  return { changes: plan.changes }
}

/** What loses data or opens it, and is not what the package asks for outright. */
function withoutConsent(plan: Plan, deletions: readonly Deletion[]): Plan['steps'] {
  const expected = new Set(deletions.map(({ fullName }) => fullName))
  return plan.steps.filter(({ needsConsent, object = '', field }) => {
    const name = field === undefined ? object : `${object}.${field}`
    return needsConsent && !expected.has(object) && !expected.has(name)
  })
}

function changesOf(deployer: Deployer, wanted: Wanted): readonly ComponentChange[] {
  const removed = (when: Deletion['when']): readonly ComponentChange[] =>
    wanted.deletions
      .filter((one) => one.when === when && one.exists)
      .map(({ type, fullName }) => ({ type, fullName, delete: true }))
  const gone = new Set(
    wanted.deletions
      .filter(({ when, exists }) => when === 'before' && exists)
      .map(({ type, fullName }) => `${type} ${fullName}`),
  )
  const written = wanted.declarations.map(({ type, fullName, body }): ComponentChange => {
    const present = gone.has(`${type} ${fullName}`) ? undefined : deployer.component(type, fullName)
    return { type, fullName, body: mergeDeployed(type, present, { ...body }) }
  })
  return [...removed('before'), ...written, ...removed('after')]
}

/** What is to go; an object takes its members along, so these are not named once more. */
function deletionsOf(deployer: Deployer, { deletions, folder }: Package): readonly Deletion[] {
  const found: Deletion[] = []
  const files = {
    before: `${folder}destructiveChanges.xml`,
    after: `${folder}destructiveChangesPost.xml`,
  }
  for (const when of ['before', 'after'] as const) {
    for (const [type, members] of deletions[when].types) {
      for (const fullName of members) {
        const exists = isKnownType(type) && deployer.component(type, fullName) !== undefined
        found.push({ type, fullName, when, exists, file: files[when] })
      }
    }
  }
  const whole = new Set(found.filter(({ type }) => metadataType(type)).map(keyOf))
  return found.filter((one) => {
    const place = splitMember(one.type, one.fullName)
    return place === undefined || !whole.has(`${place.type} ${place.fullName}`)
  })
}

function keyOf({ type, fullName }: Deletion): string {
  return `${type} ${fullName}`
}

/** The package without the components that failed; undefined when nothing would change by that. */
function without(wanted: Wanted, failures: readonly ComponentResult[]): Wanted | undefined {
  const failed = new Set(failures.map(({ type, fullName }) => `${type} ${fullName}`))
  const declarations = wanted.declarations.filter(
    (one) => !partsOf(one).some(({ type, fullName }) => failed.has(`${type} ${fullName}`)),
  )
  const deletions = wanted.deletions.filter((one) => !failed.has(keyOf(one)))
  const fewer =
    declarations.length < wanted.declarations.length || deletions.length < wanted.deletions.length
  const parts = declarations.flatMap(partsOf)
  return fewer ? { ...wanted, declarations, parts, deletions } : undefined
}
