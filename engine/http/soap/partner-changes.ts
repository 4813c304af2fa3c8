/** Operations of the partner that change several records at once: each entry is done wholly or not at all, and has a verdict of its own. */
import { convertAction } from '../../automation/leads/convert-action.ts'
import { mergeAction } from '../../automation/merge/merge-action.ts'
import type { ActionValues, InvocableAction } from '../../automation/actions/action.ts'
import { limits } from '../../base/limits.ts'
import { message } from '../../base/message.ts'
import { Refusal, refuse } from '../../base/refusal.ts'
import { typedCell } from '../../bulk/ingest-columns.ts'
import type { XmlElement } from '../../model/xml/xml-tree.ts'
import { findField } from '../../query/resolve.ts'
import { settled } from '../../records/outcomes.ts'
import type { Caller } from '../../records/records.ts'
import { gateOf, requireId, requireObject } from '../../records/targets.ts'
import type { AppParts } from '../app-parts.ts'
import { saveErrors } from '../error-answer.ts'
import { modelFor } from '../language-of.ts'
import { child, childrenOf, isNil, localName, textOf, type SoapRecord } from './envelope.ts'

export interface PartnerAsked {
  readonly parts: Pick<AppParts, 'automation' | 'deployer' | 'log' | 'requestId'>
  readonly operation: XmlElement
  readonly caller: Caller
}

/** Each of what it gives becomes one `result`. */
export type PartnerChange = (asked: PartnerAsked) => Promise<readonly SoapRecord[]>

export const merge: PartnerChange = (asked) =>
  each(asked, 'mergeRequests', {
    action: mergeAction,
    read: (request) => readMerge(asked, request),
    tell: (outputs, { input }) => ({
      id: text(input, 'recordId'),
      mergedRecordIds: texts(outputs, 'mergedRecordIds'),
      success: true,
      updatedRelatedIds: texts(outputs, 'updatedRelatedIds'),
    }),
    told: () => ({ id: null }),
  })

export const convertLead: PartnerChange = (asked) =>
  each(asked, 'leadConverts', {
    action: convertAction,
    read: readConversion,
    tell: (outputs, { input }) => ({
      accountId: text(outputs, 'accountId'),
      contactId: text(outputs, 'contactId'),
      leadId: text(input, 'leadId'),
      opportunityId: text(outputs, 'opportunityId'),
      success: true,
    }),
    told: (entry) => ({ leadId: textOf(entry, 'leadId') ?? null }),
  })

interface Work {
  readonly action: InvocableAction
  /** Inputs of the action, from what the entry says. */
  read(entry: XmlElement): ActionValues
  tell(outputs: ActionValues, asked: { readonly input: ActionValues }): SoapRecord
  /** What the verdict on an entry that was refused says beside its errors. */
  told(entry: XmlElement): SoapRecord
}

/** One after the other: what an entry does counts for the next. */
async function each(asked: PartnerAsked, name: string, work: Work): Promise<readonly SoapRecord[]> {
  const { parts, operation, caller } = asked
  const entries = childrenOf(operation, name)
  if (entries.length > limits.bulkRecordsMax) {
    const most = `A call takes at most ${limits.bulkRecordsMax} entries (bulkRecordsMax).`
    throw refuse('LIMIT_EXCEEDED', most)
  }
  const results: SoapRecord[] = []
  for (const entry of entries) {
    const outcome = await settled(async () => {
      const input = work.read(entry)
      return work.tell(await parts.automation.invoke(caller, work.action, input), { input })
    })
    results.push(outcome instanceof Refusal ? refused(asked, work.told(entry), outcome) : outcome)
  }
  return results
}

function refused({ parts, caller }: PartnerAsked, told: SoapRecord, refusal: Refusal): SoapRecord {
  const errors = saveErrors(refusal, modelFor(parts, caller), parts)
  return {
    errors: errors.map(({ fields, message: said, statusCode }) => ({
      fields,
      message: said,
      statusCode,
    })),
    ...told,
    success: false,
  }
}

/** What is empty or nil is not asked for. */
function readConversion(entry: XmlElement): ActionValues {
  return new Map<string, unknown>(
    convertAction.inputs.flatMap(({ name, type }) => {
      const given = textOf(entry, name) ?? ''
      if (given === '') return []
      return [[name, type === 'BOOLEAN' ? given === 'true' || given === '1' : given] as const]
    }),
  )
}

function readMerge(asked: PartnerAsked, request: XmlElement): ActionValues {
  const record = child(request, 'masterRecord')
  if (record === undefined) {
    throw refuse('MISSING_ARGUMENT', 'Say in "masterRecord" which record stays.', {
      fields: ['masterRecord'],
    })
  }
  const { id, values } = readRecord(asked, record)
  return new Map<string, unknown>([
    ['recordId', id],
    ['recordToMergeIds', childrenOf(request, 'recordToMergeIds').map((one) => one.text.trim())],
    ['values', values],
  ])
}

interface GivenRecord {
  readonly id: string
  readonly values: object
}

/** What elements of a record are, beside its fields. */
const beside: ReadonlySet<string> = new Set(['type', 'id', 'fieldstonull', 'attributes'])

/** Texts as the fields take them; names that the caller may not know of are left to whoever refuses them. */
function readRecord({ parts, caller }: PartnerAsked, record: XmlElement): GivenRecord {
  const model = parts.deployer.store.current()
  const object = requireObject(model, typeOf(record), caller)
  const id = requireId(object, textOf(record, 'Id') ?? '')
  const gate = gateOf(model, caller)
  const values = new Map<string, unknown>()
  for (const element of record.children) {
    const name = localName(element)
    if (beside.has(name.toLowerCase())) continue
    if (element.children.length > 0) throw noRecord(name)
    const given = isNil(element) ? null : element.text
    const field = findField(gate, object, name)
    values.set(name, field === undefined ? given : typedCell(field, given))
  }
  for (const { text: name } of childrenOf(record, 'fieldsToNull')) values.set(name.trim(), null)
  return { id, values: Object.fromEntries(values) }
}

/** The element says it, or its schema type where the client is made of a WSDL of its own. */
function typeOf(record: XmlElement): string {
  const written = record.attributes.get('xsi:type') ?? ''
  return textOf(record, 'type') ?? written.slice(written.indexOf(':') + 1)
}

function noRecord(name: string): Refusal {
  return refuse(
    'INVALID_FIELD',
    message('{field} holds a value here, no record.', { field: name.slice(0, 80) }),
    { fields: [name.slice(0, 80)] },
  )
}

function text(values: ActionValues, name: string): string | null {
  const value = values.get(name)
  return typeof value === 'string' ? value : null
}

function texts(values: ActionValues, name: string): readonly string[] {
  const value = values.get(name)
  return Array.isArray(value) ? value.map(String) : []
}
