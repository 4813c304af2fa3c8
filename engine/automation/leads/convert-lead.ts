/**
 * A lead becomes a customer: account, contact and, unless it is not wanted, opportunity come of it, the lead says so and
 * is changed no more, and what named the lead as a person names the contact. One unit of work.
 */
import { fullAccess } from '../../access/full-access.ts'
import { message } from '../../base/message.ts'
import { refuse } from '../../base/refusal.ts'
import type { Model, ObjectModel } from '../../model/model.ts'
import { groupObject, userObject } from '../../model/people-lookup.ts'
import { ownerField } from '../../model/system-fields.ts'
import { dateRange } from '../../query/date-range.ts'
import type { Caller } from '../../records/records.ts'
import { momentOf } from '../../records/targets.ts'
import type { ActionCall } from '../actions/action.ts'
import { moveRelated, relationsOf, type Relation } from '../merge/move-related.ts'
import { demandConverted, statusField } from './converted-status.ts'
import { contactObject, fieldOf, leadObject } from './lead-fields.ts'
import { accountOf, contactOf, opportunityOf, type Made, type Making } from './made-records.ts'
import { isConvertedField, readLead } from './read-lead.ts'

export interface ConversionAsked {
  readonly leadId: string
  readonly convertedStatus: string
  /** Records that are there already. */
  readonly accountId: string | undefined
  readonly contactId: string | undefined
  readonly opportunityId: string | undefined
  /** Whoever owns what is made; the owner of the lead where nobody is named. */
  readonly ownerId: string | undefined
  readonly opportunityName: string | undefined
  readonly makesOpportunity: boolean
  /** Of a contact that is there already. */
  readonly overwritesLeadSource: boolean
}

export interface Converted {
  readonly accountId: string
  readonly contactId: string
  readonly opportunityId: string | undefined
}

export async function convertLead(call: ActionCall, asked: ConversionAsked): Promise<Converted> {
  demandSense(asked)
  const lead = await readLead(call, asked.leadId)
  demandConverted(call.models.current(), lead.object, asked.convertedStatus)
  const making: Making = { call, lead, asked }
  const account = await accountOf(making)
  const contact = await contactOf(making, account)
  const opportunity = await opportunityOf(making, { account, contact })
  const converted = {
    accountId: account.id,
    contactId: contact.id,
    opportunityId: opportunity?.id,
  }
  await closeLead(making, converted)
  for (const relation of personalRelations(call.models.current(), lead.object)) {
    await moveRelated(call, relation, { to: contact.id, from: [lead.id] })
  }
  const made = [account, contact, ...(opportunity === undefined ? [] : [opportunity])]
  await handOver(
    making,
    made.filter(({ isNew }) => isNew),
  )
  return converted
}

function demandSense({ accountId, contactId, opportunityId, ...asked }: ConversionAsked): void {
  if (accountId === undefined && (contactId !== undefined || opportunityId !== undefined)) {
    throw refuse(
      'MISSING_ARGUMENT',
      message(
        'Say with a contact or opportunity that is there already which account it belongs to.',
      ),
      { fields: ['accountId'] },
    )
  }
  if (opportunityId !== undefined && !asked.makesOpportunity) {
    throw refuse(
      'INVALID_ARGUMENT',
      message('A lead is converted into an opportunity or into none: not both.'),
      { fields: ['opportunityId', 'doNotCreateOpportunity'] },
    )
  }
}

/** What conversions keep and nobody else needs the right to write. */
const keptFields: ReadonlySet<string> = new Set([
  isConvertedField,
  'ConvertedDate',
  'ConvertedAccountId',
  'ConvertedContactId',
  'ConvertedOpportunityId',
])

async function closeLead({ call, lead, asked }: Making, converted: Converted): Promise<void> {
  const { caller, records, clock } = call
  const today = dateRange({ name: 'TODAY', count: undefined }, momentOf(caller, clock.now()))
  const values: readonly (readonly [string, unknown])[] = [
    [statusField, asked.convertedStatus],
    [isConvertedField, true],
    ['ConvertedDate', today.start.toISODate()],
    ['ConvertedAccountId', converted.accountId],
    ['ConvertedContactId', converted.contactId],
    ['ConvertedOpportunityId', converted.opportunityId ?? null],
  ]
  const body = new Map(values.filter(([name]) => fieldOf(lead.object, name) !== undefined))
  await records.update(closing(caller), lead.object.name, lead.id, body)
}

/** The caller's own rights, over the record above all, and the fields that conversions keep. */
function closing(caller: Caller): Caller {
  const { access } = caller
  return {
    ...caller,
    access: {
      ...access,
      signature: `${access.signature}:converting`,
      mayField: (object, field, right) =>
        (object === leadObject && keptFields.has(field)) || access.mayField(object, field, right),
    },
  }
}

const people: ReadonlySet<string> = new Set([leadObject, contactObject, userObject])

/** Lookups to persons, whether they are customers yet or not: of tasks, events, members of campaigns. */
function personalRelations(model: Model, lead: ObjectModel): readonly Relation[] {
  return relationsOf(model, lead).filter(({ lookup }) => {
    const targets = lookup.reference?.targets ?? []
    return targets.includes(contactObject) && targets.every((name) => people.has(name))
  })
}

/** Last of all: until then whoever converts owns what he makes, and may put one below the other. */
async function handOver({ call, lead, asked }: Making, made: readonly Made[]): Promise<void> {
  const { caller, records, models } = call
  const model = models.current()
  const ownerId = asked.ownerId ?? lead.ownerId
  const queue = model.object(groupObject)?.keyPrefix
  if (made.length === 0 || ownerId === undefined || ownerId === caller.userId) return
  if (queue !== undefined && ownerId.startsWith(queue)) {
    throw refuse(
      'INVALID_ARGUMENT',
      message('The lead belongs to a queue: say which person owns what becomes of it.'),
      { fields: ['ownerId'] },
    )
  }
  const everything: Caller = { ...caller, access: fullAccess(model) }
  for (const { object, id } of made) {
    await records.update(everything, object, id, new Map([[ownerField, ownerId]]))
  }
}
