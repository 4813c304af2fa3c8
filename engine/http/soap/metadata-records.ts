/** Single components: create, read, update, upsert, delete, rename, each with a verdict of its own. */
import { limits } from '../../base/limits.ts'
import { refuse, Refusal, type ErrorCode } from '../../base/refusal.ts'
import { mergeDeployed, mergeDeployedMember } from '../../deploy/package/merge-deployed.ts'
import type { ComponentChange, Plan } from '../../deploy/plan.ts'
import {
  memberTypeNames,
  metadataType,
  splitMember,
  type MemberPlace,
} from '../../model/metadata-types.ts'
import { isRecord } from '../../model/source/canonical-body.ts'
import { entryShape, shapeOf, type ObjectShape } from '../../model/source/shape.ts'
import { writeXmlRecord } from '../../model/xml/write-xml.ts'
import { ownPrefix, readXmlBody } from '../../model/xml/xml-body.ts'
import type { XmlElement } from '../../model/xml/xml-tree.ts'
import { childrenOf, localName, textOf, type SoapRecord, type SoapValue } from './envelope.ts'
import type { MetadataAsked, MetadataOperation } from './metadata-operation.ts'

interface Incoming {
  readonly type: string
  readonly fullName: string
  readonly body: Readonly<Record<string, unknown>>
  readonly problem: string | undefined
}

type Saving = (asked: MetadataAsked, incoming: Incoming) => Promise<SoapRecord>

export const createMetadata: MetadataOperation = (asked) =>
  each(asked, async (of, incoming) => {
    const { type, fullName } = incoming
    if (isThere(of, incoming)) {
      return failed(
        fullName,
        'DUPLICATE_DEVELOPER_NAME',
        `There is already a ${type} named ${fullName}.`,
      )
    }
    return saved(of, writing(of, incoming))
  })

export const updateMetadata: MetadataOperation = (asked) =>
  each(asked, async (of, incoming) => {
    if (!isThere(of, incoming)) return unknown(incoming)
    return saved(of, writing(of, incoming))
  })

export const upsertMetadata: MetadataOperation = (asked) =>
  each(asked, async (of, incoming) => {
    const created = !isThere(of, incoming)
    const result = await saved(of, writing(of, incoming))
    return { created: created && result['success'] === true, ...result }
  })

export const deleteMetadata: MetadataOperation = async (asked) => {
  const type = knownType(textOf(asked.call.operation, 'type') ?? '')
  const results: SoapRecord[] = []
  for (const fullName of namesIn(asked.call.operation, 'fullNames')) {
    const one = { type, fullName }
    results.push(
      isThere(asked, one)
        ? await saved(asked, { ...one, delete: true }, { consent: true })
        : unknown(one),
    )
  }
  return results
}

export const renameMetadata: MetadataOperation = async (asked) => {
  const { operation } = asked.call
  const type = knownType(textOf(operation, 'type') ?? '')
  const fullName = textOf(operation, 'oldFullName') ?? ''
  const renameTo = textOf(operation, 'newFullName') ?? ''
  const one = { type, fullName }
  return [isThere(asked, one) ? await saved(asked, { ...one, renameTo }) : unknown(one)]
}

export const readMetadata: MetadataOperation = ({ parts, call }) => {
  const type = knownType(textOf(call.operation, 'type') ?? '')
  const records = namesIn(call.operation, 'fullNames').map((fullName): SoapValue => {
    const body = parts.deployer.component(type, fullName)
    if (!isRecord(body)) return null
    const shape = shapeOfType(type, splitMember(type, fullName))
    const named = shape.properties.has('fullName') ? { ...body, fullName } : body
    return { markup: writeXmlRecord('records', { type, shape, body: named }) }
  })
  return [{ records }]
}

async function each(asked: MetadataAsked, save: Saving): Promise<readonly SoapRecord[]> {
  const elements = childrenOf(asked.call.operation, 'metadata')
  if (elements.length > limits.bulkRecordsMax) throw tooMany()
  const results: SoapRecord[] = []
  // One after the other: a field may need the object before it.
  for (const element of elements) {
    const incoming = readIncoming(element)
    const { fullName, problem } = incoming
    results.push(
      problem === undefined
        ? await save(asked, incoming)
        : failed(fullName, 'FIELD_INTEGRITY_EXCEPTION', problem),
    )
  }
  return results
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

function isThere(
  { parts }: MetadataAsked,
  { type, fullName }: Pick<Incoming, 'type' | 'fullName'>,
): boolean {
  return parts.deployer.component(type, fullName) !== undefined
}

function writing({ parts }: MetadataAsked, { type, fullName, body }: Incoming): ComponentChange {
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

/** Plans and applies; another's change in between only makes it plan anew. */
async function saved(
  { parts, by }: MetadataAsked,
  change: ComponentChange,
  { consent = false } = {},
): Promise<SoapRecord> {
  const { fullName } = change
  for (let attempt = 1; ; attempt++) {
    const plan = await parts.deployer.plan([change], by)
    if (!plan.applicable) return failed(fullName, 'FIELD_INTEGRITY_EXCEPTION', reasons(plan))
    if (plan.changes.length === 0) return succeeded(fullName)
    try {
      await parts.deployer.apply(plan.id, { consent, by, source: 'api' })
      return succeeded(fullName)
    } catch (error) {
      if (!(error instanceof Refusal) || error.status >= 500) throw error
      if (error.code === 'MODEL_CHANGED' && attempt < attemptsMax) continue
      const why = error.code === 'CONSENT_REQUIRED' ? consentNeeded(plan) : error.message
      return failed(fullName, error.code, why)
    }
  }
}

function reasons(plan: Plan): string {
  const all = plan.problems.map(({ reason, suggestion }) =>
    suggestion === undefined ? reason : `${reason} (${suggestion})`,
  )
  return all.join('; ')
}

function consentNeeded(plan: Plan): string {
  const steps = plan.steps.filter((step) => step.needsConsent).map((step) => step.description)
  return `${steps.join(' ')} Deploy it with ignoreWarnings, or agree in Setup.`
}

function succeeded(fullName: string): SoapRecord {
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
