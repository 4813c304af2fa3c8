/** convertLead and merge: actions of the REST API, in which each entry is a unit of work with a verdict of its own. */
import { convertAction } from '../../../automation/leads/convert-action.ts'
import { mergeAction } from '../../../automation/merge/merge-action.ts'
import { limits } from '../../../base/limits.ts'
import { Refusal, refuse } from '../../../base/refusal.ts'
import type { XmlElement } from '../../../model/xml/xml-tree.ts'
import { settled } from '../../../records/outcomes.ts'
import { child, childrenOf, textOf, type SoapRecord } from '../envelope.ts'
import {
  answered,
  listOf,
  membersOf,
  refusedBy,
  type PartnerAsked,
  type PartnerOperation,
} from './partner-asked.ts'
import { errorOf, textOrNull } from './partner-records.ts'
import { createSobjectReader, type ReadRecord } from './read-sobjects.ts'

type Members = ReadonlyMap<string, unknown>

interface Work {
  readonly action: string
  /** Inputs of the action. */
  read(entry: XmlElement): object | Promise<object>
  /** What the verdict says beside success and errors; without outputs where there are none. */
  tell(entry: XmlElement, outputs: Members | undefined): SoapRecord
}

export const merge: PartnerOperation = (asked) => {
  const read = createSobjectReader(asked)
  return each(asked, 'mergeRequests', {
    action: mergeAction.name,
    read: async (request) => {
      const { id, fields } = await masterOf(asked, read, request)
      const others = childrenOf(request, 'recordToMergeIds').map(({ text }) => text.trim())
      return { recordId: id, recordToMergeIds: others, values: fields }
    },
    tell: (request, outputs) => {
      const master = child(request, 'masterRecord')
      if (outputs === undefined || master === undefined) return { id: null }
      return {
        id: textOf(master, 'Id'),
        mergedRecordIds: listOf(outputs.get('mergedRecordIds')).map(String),
        updatedRelatedIds: listOf(outputs.get('updatedRelatedIds')).map(String),
      }
    },
  })
}

export const convertLead: PartnerOperation = (asked) =>
  each(asked, 'leadConverts', {
    action: convertAction.name,
    read: readConversion,
    tell: (entry, outputs) => ({
      accountId: textOrNull(outputs?.get('accountId')),
      contactId: textOrNull(outputs?.get('contactId')),
      leadId: textOrNull(textOf(entry, 'leadId')),
      opportunityId: textOrNull(outputs?.get('opportunityId')),
    }),
  })

/** Refuses a master that is no record of the object that the request names. */
async function masterOf(
  asked: PartnerAsked,
  read: (element: XmlElement) => Promise<ReadRecord>,
  request: XmlElement,
): Promise<ReadRecord> {
  const element = child(request, 'masterRecord')
  if (element === undefined) {
    throw refuse('MISSING_ARGUMENT', 'Say in "masterRecord" which record stays.', {
      fields: ['masterRecord'],
    })
  }
  const record = await read(element)
  const [type, id] = [record.type, record.id ?? ''].map(encodeURIComponent)
  if (id === '') throw refuse('MISSING_ARGUMENT', 'Id not specified', { fields: ['Id'] })
  await answered(asked, { path: `/sobjects/${type}/${id}?fields=Id` })
  return record
}

/** What is empty or nil is not asked for. */
function readConversion(entry: XmlElement): object {
  const given = convertAction.inputs.flatMap(({ name, type }) => {
    const text = textOf(entry, name) ?? ''
    if (text === '') return []
    return [[name, type === 'BOOLEAN' ? text === 'true' || text === '1' : text] as const]
  })
  return Object.fromEntries(given)
}

async function each(asked: PartnerAsked, name: string, work: Work): Promise<readonly SoapRecord[]> {
  const entries = childrenOf(asked.call.operation, name)
  if (entries.length > limits.bulkRecordsMax) {
    const most = `A call takes at most ${limits.bulkRecordsMax} entries (bulkRecordsMax).`
    throw refuse('LIMIT_EXCEEDED', most)
  }
  const results: SoapRecord[] = []
  // One after the other: what an entry does counts for the next.
  for (const entry of entries) {
    const outcome = await settled(async () => run(asked, work, entry))
    results.push(
      outcome instanceof Refusal ? refused(work.tell(entry, undefined), outcome) : outcome,
    )
  }
  return results
}

async function run(asked: PartnerAsked, work: Work, entry: XmlElement): Promise<SoapRecord> {
  const path = `/actions/standard/${work.action}`
  const inputs = [await work.read(entry)]
  const { json } = await asked.rest({ method: 'POST', path, body: { inputs } })
  const told = membersOf(listOf(json)[0])
  // Anything else is a refusal of the request itself.
  if (!told.has('isSuccess')) throw refusedBy(json)
  const success = told.get('isSuccess') === true
  const outputs = success ? membersOf(told.get('outputValues')) : undefined
  return { errors: listOf(told.get('errors')).map(errorOf), ...work.tell(entry, outputs), success }
}

function refused(told: SoapRecord, refusal: Refusal): SoapRecord {
  // Whoever may not ask at all is told so once.
  if (refusal.status === 401 || refusal.status === 429) throw refusal
  return { errors: refusal.problems.map(errorOf), ...told, success: false }
}
