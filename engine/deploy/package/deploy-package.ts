/** A package as one plan: what is wrong with each component, or all of it in one transaction. */
import { Refusal } from '../../base/refusal.ts'
import type { Declaration } from '../../model/declaration.ts'
import { isInRecords, metadataType, splitMember } from '../../model/metadata-types.ts'
import { packagedName } from '../../model/emails/packaged-name.ts'
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
import { findParts, isInManifest, isKnownType, partsOf, type PackagePart } from './package-parts.ts'
import type { Package } from './read-package.ts'
import { applyTogether, type DeployTarget } from './apply-together.ts'
import {
  ComponentsRefused,
  splitRecords,
  type ComponentProblem,
  type RecordComponentChange,
} from './record-components.ts'

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
  target: DeployTarget,
  pack: Package,
  { options, by }: { readonly options: PackageOptions; readonly by: Author },
): Promise<PackageOutcome> {
  const read = readXmlSource(pack.sources)
  const wantedOnes = read.declarations.filter((one) => isInManifest(pack.manifest, partsOf(one)))
  const skipped = read.declarations.filter((one) => !wantedOnes.includes(one))
  const found = findParts(read.declarations.flatMap(partsOf))
  const deletions = await deletionsOf(target, pack, by)
  const failures: ComponentResult[] = [
    ...[...pack.problems, ...read.problems].map((problem) => failureAt(found, problem)),
    ...skipped.flatMap((one) => notNamed(partsOf(one))),
  ]
  const told = (done: Parameters<typeof resultsOf>[0]): PackageOutcome =>
    named(read.declarations, resultsOf(done))
  const parts = wantedOnes.flatMap(partsOf)
  let wanted: Wanted = { pack, declarations: wantedOnes, parts, deletions }
  for (let round = 0; round < roundsMax; round++) {
    if (failures.length > 0 && options.rollbackOnError) break
    const tried = await tryAll(target, wanted, { options, by })
    if ('changes' in tried) return told({ ...wanted, changes: tried.changes, failures })
    failures.push(...tried.failures)
    const fewer = without(wanted, tried.failures)
    if (options.rollbackOnError || fewer === undefined) break
    wanted = fewer
  }
  return told({ ...wanted, changes: undefined, failures })
}

/** Under the names by which the package calls its components. */
function named(declarations: readonly Declaration[], outcome: PackageOutcome): PackageOutcome {
  const names = new Map(
    declarations.map((one) => [`${one.type} ${one.fullName}`, packagedName(one)]),
  )
  const results = outcome.results.map((one) => {
    const fullName = names.get(`${one.type} ${one.fullName}`) ?? one.fullName
    return { ...one, fullName }
  })
  return { ...outcome, results }
}

type Tried =
  { readonly changes: Plan['changes'] } | { readonly failures: readonly ComponentResult[] }

interface Trying {
  readonly options: PackageOptions
  readonly by: Author
}

async function tryAll(target: DeployTarget, wanted: Wanted, trying: Trying): Promise<Tried> {
  const { deployer, records } = target
  const { options, by } = trying
  const changes = changesOf(deployer, wanted)
  const kept = recordChangesOf(wanted)
  const plan = changes.length === 0 ? undefined : await deployer.plan(changes, by)
  if (plan?.applicable === false) return failuresOf(wanted, plan.problems)
  const unexpected =
    plan === undefined || options.ignoreWarnings ? [] : withoutConsent(plan, wanted.deletions)
  if (unexpected.length > 0) {
    const parts = findParts(wanted.parts)
    return { failures: unexpected.map((step) => failureOf(parts, step)) }
  }
  const model = plan && deployer.planned(plan.id).wanted
  const problems = kept.length === 0 ? [] : await records.check(kept, { by, model })
  if (problems.length > 0) return failuresOf(wanted, problems)
  try {
    const how = { by, keep: !options.checkOnly, consent: true }
    return { changes: await applyTogether(target, { plan, kept }, how) }
  } catch (error) {
    if (error instanceof ComponentsRefused) return failuresOf(wanted, error.problems)
    // Somebody else deployed meanwhile, or the data did.
    if (!(error instanceof Refusal) || error.status >= 500) throw error
    return failuresOf(wanted, [{ component: '', reason: error.message }])
  }
}

/** What cannot be deleted stands in the list that names it. */
function failuresOf(
  { parts, deletions }: Wanted,
  problems: Plan['problems'] | readonly ComponentProblem[],
) {
  const listed = deletions.map((one) => ({ ...one, line: 1, column: 1 }))
  const found = findParts([...parts, ...listed])
  return { failures: problems.map((problem) => failureAt(found, problem)) }
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
  const deletions = splitRecords(wanted.deletions).inModel
  const removed = (when: Deletion['when']): readonly ComponentChange[] =>
    deletions
      .filter((one) => one.when === when && one.exists)
      .map(({ type, fullName }) => ({ type, fullName, delete: true }))
  const gone = new Set(
    deletions
      .filter(({ when, exists }) => when === 'before' && exists)
      .map(({ type, fullName }) => `${type} ${fullName}`),
  )
  const written = splitRecords(wanted.declarations).inModel.map(
    ({ type, fullName, body }): ComponentChange => {
      const present = gone.has(`${type} ${fullName}`)
        ? undefined
        : deployer.component(type, fullName)
      return { type, fullName, body: mergeDeployed(type, present, { ...body }) }
    },
  )
  return [...removed('before'), ...written, ...removed('after')]
}

function recordChangesOf(wanted: Wanted): readonly RecordComponentChange[] {
  const deletions = splitRecords(wanted.deletions).inRecords.filter(({ exists }) => exists)
  const removed = (when: Deletion['when']): readonly RecordComponentChange[] =>
    deletions
      .filter((one) => one.when === when)
      .map(({ type, fullName }) => ({ type, fullName, delete: true }))
  const written = splitRecords(wanted.declarations).inRecords.map(({ type, fullName, body }) => ({
    type,
    fullName,
    body,
  }))
  return [...removed('before'), ...written, ...removed('after')]
}

/** What is to go; an object takes its members along, so these are not named once more. */
async function deletionsOf(
  { deployer, records }: DeployTarget,
  { deletions, folder }: Package,
  by: Author,
): Promise<readonly Deletion[]> {
  const found: Deletion[] = []
  const files = {
    before: `${folder}destructiveChanges.xml`,
    after: `${folder}destructiveChangesPost.xml`,
  }
  for (const when of ['before', 'after'] as const) {
    for (const [type, members] of deletions[when].types) {
      const kept = isInRecords(type) ? await records.read(type, by, [...members]) : []
      const inRecords = new Set(kept.map(({ fullName }) => fullName))
      for (const fullName of members) {
        const inModel = isKnownType(type) && deployer.component(type, fullName) !== undefined
        const exists = inModel || inRecords.has(fullName)
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
