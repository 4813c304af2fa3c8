/** Single components: create, read, update, upsert, delete, rename, each with a verdict of its own, or all or none. */
import { limits } from '../../base/limits.ts'
import { refuse, Refusal, type ErrorCode } from '../../base/refusal.ts'
import { applyTogether } from '../../deploy/package/apply-together.ts'
import { mergeDeployed, mergeDeployedMember } from '../../deploy/package/merge-deployed.ts'
import {
  ComponentsRefused,
  isRecordChange,
  splitRecords,
  type ComponentProblem,
} from '../../deploy/package/record-components.ts'
import type { ComponentChange, Plan } from '../../deploy/plan.ts'
import {
  isInRecords,
  memberTypeNames,
  metadataType,
  splitMember,
  type MemberPlace,
} from '../../model/metadata-types.ts'
import { ownName } from '../../model/emails/packaged-name.ts'
import { isRecord } from '../../model/source/canonical-body.ts'
import { entryShape, shapeOf, type ObjectShape } from '../../model/source/shape.ts'
import { writeXmlRecord } from '../../model/xml/write-xml.ts'
import { ownPrefix, readXmlBody } from '../../model/xml/xml-body.ts'
import type { XmlElement } from '../../model/xml/xml-tree.ts'
import {
  child,
  childrenOf,
  localName,
  textOf,
  type SoapRecord,
  type SoapValue,
} from './envelope.ts'
import type { MetadataAsked, MetadataOperation } from './metadata-operation.ts'

interface Incoming {
  readonly type: string
  readonly fullName: string
  readonly body: Readonly<Record<string, unknown>>
  readonly problem: string | undefined
}

/** What is to be done, or why it is not even tried. */
type Prepared = ComponentChange | { readonly refused: SoapRecord }
type Prepare = (asked: MetadataAsked, incoming: Incoming) => Promise<Prepared>
type Preparing = () => Promise<Prepared>

export const createMetadata: MetadataOperation = (asked) =>
  each(asked, async (of, incoming) => {
    const { type, fullName } = incoming
    if (!(await isThere(of, incoming))) return writing(of, incoming)
    const why = `There is already a ${type} named ${fullName}.`
    return { refused: failed(fullName, 'DUPLICATE_DEVELOPER_NAME', why) }
  })

export const updateMetadata: MetadataOperation = (asked) =>
  each(asked, async (of, incoming) =>
    (await isThere(of, incoming)) ? writing(of, incoming) : { refused: unknown(incoming) },
  )

export const upsertMetadata: MetadataOperation = async (asked) => {
  const absent = new Set<unknown>()
  const results = await each(asked, async (of, incoming) => {
    if (!(await isThere(of, incoming))) absent.add(incoming.fullName)
    return writing(of, incoming)
  })
  return results.map((result) => ({
    created: absent.has(result['fullName']) && result['success'] === true,
    ...result,
  }))
}

export const deleteMetadata: MetadataOperation = (asked) => {
  const type = knownType(textOf(asked.call.operation, 'type') ?? '')
  const names = namesIn(asked.call.operation, 'fullNames')
  const prepared = names.map((fullName) => async (): Promise<Prepared> => {
    const one = { type, fullName }
    return (await isThere(asked, one)) ? { ...one, delete: true } : { refused: unknown(one) }
  })
  return allOf(asked, prepared, { consent: true })
}

export const renameMetadata: MetadataOperation = async (asked) => {
  const { operation } = asked.call
  const type = knownType(textOf(operation, 'type') ?? '')
  const fullName = textOf(operation, 'oldFullName') ?? ''
  const renameTo = textOf(operation, 'newFullName') ?? ''
  const one = { type, fullName }
  return (await isThere(asked, one)) ? saved(asked, [{ ...one, renameTo }]) : [unknown(one)]
}

export const readMetadata: MetadataOperation = async (asked) => {
  const { call } = asked
  const type = knownType(textOf(call.operation, 'type') ?? '')
  const names = namesIn(call.operation, 'fullNames')
  const bodies = await bodiesOf(asked, type, names)
  const records = names.map((fullName): SoapValue => {
    const body = bodies.get(fullName)
    if (!isRecord(body)) return null
    const shape = shapeOfType(type, splitMember(type, fullName))
    const named = shape.properties.has('fullName') ? { ...body, fullName } : body
    return { markup: writeXmlRecord('records', { type, shape, body: named }) }
  })
  return [{ records }]
}

async function each(asked: MetadataAsked, prepare: Prepare): Promise<readonly SoapRecord[]> {
  const elements = childrenOf(asked.call.operation, 'metadata')
  if (elements.length > limits.bulkRecordsMax) throw tooMany()
  const prepared = elements.map((element) => async (): Promise<Prepared> => {
    const incoming = readIncoming(element)
    const { fullName, problem } = incoming
    if (problem === undefined) return prepare(asked, incoming)
    return { refused: failed(fullName, 'FIELD_INTEGRITY_EXCEPTION', problem) }
  })
  return allOf(asked, prepared)
}

interface SaveOptions {
  readonly consent?: boolean
}

async function allOf(
  asked: MetadataAsked,
  prepared: readonly Preparing[],
  options: SaveOptions = {},
): Promise<readonly SoapRecord[]> {
  if (isAllOrNone(asked)) return together(asked, prepared, options)
  const results: SoapRecord[] = []
  // One after the other: a field may need the object before it.
  for (const prepare of prepared) {
    const change = await prepare()
    results.push(
      ...('refused' in change ? [change.refused] : await saved(asked, [change], options)),
    )
  }
  return results
}

function isAllOrNone({ call }: MetadataAsked): boolean {
  const header = call.header && child(call.header, 'AllOrNoneHeader')
  return header !== undefined && textOf(header, 'allOrNone') === 'true'
}

/** One plan of all, or nothing. */
async function together(
  asked: MetadataAsked,
  prepared: readonly Preparing[],
  options: SaveOptions,
): Promise<readonly SoapRecord[]> {
  const all: Prepared[] = []
  for (const prepare of prepared) all.push(await prepare())
  const changes = all.flatMap((one) => ('refused' in one ? [] : [one]))
  if (changes.length === all.length) return saved(asked, changes, options)
  return all.map((one) => ('refused' in one ? one.refused : rolledBack(one.fullName)))
}

function rolledBack(fullName: string): SoapRecord {
  const why = 'Another component of the call was refused, and all or none was asked for.'
  return failed(fullName, 'ALL_OR_NONE_OPERATION_ROLLED_BACK', why)
}

function readIncoming(element: XmlElement): Incoming {
  const written = element.attributes.get('xsi:type') ?? ''
  const type = knownType(written.slice(written.indexOf(':') + 1))
  const fullName = textOf(element, 'fullName') ?? ''
  const place = splitMember(type, fullName)
  if (place === undefined && memberTypeNames.includes(type)) {
    const problem = `${type} must be named as Object.Name, not "${fullName}".`
    return { type, fullName, body: {}, problem }
  }
  const { body, problems } = readXmlBody(unprefixed(element), shapeOfType(type, place))
  const problem = problems.length > 0 ? problems.map((one) => one.reason).join('; ') : undefined
  return { type, fullName, body, problem }
}

/** Some clients give every element a prefix; ours alone means something. */
function unprefixed(element: XmlElement): XmlElement {
  const keeps = element.name.startsWith(`${ownPrefix}:`)
  const name = keeps ? element.name : localName(element)
  return { ...element, name, children: element.children.map(unprefixed) }
}

function shapeOfType(type: string, place: MemberPlace | undefined): ObjectShape {
  if (place !== undefined) return entryShape(place.type, place.list.property)
  const metadata = metadataType(type)
  if (metadata === undefined) throw unknownType(type)
  return shapeOf(metadata.name)
}

function knownType(type: string): string {
  if (metadataType(type) === undefined && !memberTypeNames.includes(type)) throw unknownType(type)
  return type
}

function unknownType(type: string): Refusal {
  return refuse('INVALID_TYPE', `There is no metadata type "${type.slice(0, 80)}" here.`)
}

function tooMany(): Refusal {
  return refuse('LIMIT_EXCEEDED', `A call takes at most ${limits.bulkRecordsMax} components.`)
}

function namesIn(element: XmlElement, name: string): readonly string[] {
  const names = childrenOf(element, name).map((child) => child.text.trim())
  if (names.length > limits.bulkRecordsMax) throw tooMany()
  return names
}

async function isThere(
  asked: MetadataAsked,
  { type, fullName }: Pick<Incoming, 'type' | 'fullName'>,
): Promise<boolean> {
  return (await bodiesOf(asked, type, [fullName])).get(fullName) !== undefined
}

async function bodiesOf(
  { parts, by }: MetadataAsked,
  type: string,
  names: readonly string[],
): Promise<ReadonlyMap<string, unknown>> {
  if (!isInRecords(type)) {
    return new Map(names.map((name) => [name, parts.deployer.component(type, ownName(type, name))]))
  }
  const found = await parts.packages.recordComponents.read(type, by, names)
  return new Map(found.map(({ fullName, body }) => [fullName, body]))
}

function writing({ parts }: MetadataAsked, { type, fullName, body }: Incoming): ComponentChange {
  if (isInRecords(type)) return { type, fullName, body }
  const present = parts.deployer.component(type, fullName)
  const metadata = metadataType(type)
  if (metadata !== undefined) {
    return { type, fullName, body: mergeDeployed(metadata.name, present, body) }
  }
  const place = splitMember(type, fullName)
  const { fullName: _, ...own } = body
  const key = place?.list.key === 'fullName' ? { fullName: place.member } : {}
  const shape = shapeOfType(type, place)
  return { type, fullName, body: mergeDeployedMember(shape, present, { ...key, ...own }) }
}

const attemptsMax = 3

/** Plans and applies as one; another's change in between only makes it plan anew. */
async function saved(
  { parts, by }: MetadataAsked,
  changes: readonly ComponentChange[],
  { consent = false }: SaveOptions = {},
): Promise<readonly SoapRecord[]> {
  const { deployer, packages } = parts
  const records = packages.recordComponents
  const kept = changes.filter(isRecordChange)
  const inModel = splitRecords(changes).inModel
  for (let attempt = 1; ; attempt++) {
    const plan = inModel.length === 0 ? undefined : await deployer.plan(inModel, by)
    if (plan?.applicable === false) return refusedBy(plan.problems, changes)
    const model = plan && deployer.planned(plan.id).wanted
    const problems = kept.length === 0 ? [] : await records.check(kept, { by, model })
    if (problems.length > 0) return refusedBy(problems, changes)
    try {
      await applyTogether({ deployer, records }, { plan, kept }, { by, consent, keep: true })
      return changes.map(succeeded)
    } catch (error) {
      if (error instanceof ComponentsRefused) return refusedBy(error.problems, changes)
      if (!(error instanceof Refusal) || error.status >= 500) throw error
      if (error.code === 'MODEL_CHANGED' && attempt < attemptsMax) continue
      const needsConsent = error.code === 'CONSENT_REQUIRED' && plan !== undefined
      const why = needsConsent ? consentNeeded(plan) : error.message
      return changes.map(({ fullName }) => failed(fullName, error.code, why))
    }
  }
}

/** Each is told its own problems; where they are nobody's own, everybody is told. */
function refusedBy(told: Problems, changes: readonly ComponentChange[]): readonly SoapRecord[] {
  const own = changes.map(({ type, fullName }) =>
    told.filter(({ component = '' }) =>
      [fullName, `${type}:${fullName}`].some(
        (name) => component === name || component.startsWith(`${name}.`),
      ),
    ),
  )
  const isTold = changes.length > 1 && own.some((problems) => problems.length > 0)
  return changes.map(({ fullName }, index) => {
    const problems = isTold ? (own[index] ?? []) : told
    if (problems.length === 0) return rolledBack(fullName)
    return failed(fullName, 'FIELD_INTEGRITY_EXCEPTION', reasons(problems))
  })
}

type Problems = readonly (ComponentProblem & Pick<Plan['problems'][number], 'suggestion'>)[]

function reasons(problems: Problems): string {
  const all = problems.map(({ reason, suggestion }) =>
    suggestion === undefined ? reason : `${reason} (${suggestion})`,
  )
  return all.join('; ')
}

function consentNeeded(plan: Plan): string {
  const steps = plan.steps.filter((step) => step.needsConsent).map((step) => step.description)
  return `${steps.join(' ')} Deploy it with ignoreWarnings, or agree in Setup.`
}

function succeeded({ fullName }: ComponentChange): SoapRecord {
  return { fullName, success: true }
}

type FailureCode = ErrorCode | 'DUPLICATE_DEVELOPER_NAME'

function failed(fullName: string, statusCode: FailureCode, message: string): SoapRecord {
  return { errors: [{ message, statusCode }], fullName, success: false }
}

function unknown({ type, fullName }: Pick<Incoming, 'type' | 'fullName'>): SoapRecord {
  const message = `no ${type} named ${fullName} found`
  return failed(fullName, 'INVALID_CROSS_REFERENCE_KEY', message)
}
