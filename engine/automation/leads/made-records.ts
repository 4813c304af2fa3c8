/** The account, contact and opportunity of a converted lead: made from it by the rights of whoever asks, or given and filled up. */
import { message } from '../../base/message.ts'
import { refuse } from '../../base/refusal.ts'
import { dateRange } from '../../query/date-range.ts'
import { parseExactly } from '../../records/exact-json.ts'
import { momentOf, requireId, requireObject } from '../../records/targets.ts'
import type { ActionCall } from '../actions/action.ts'
import { rowOf, type Row } from '../read-rows.ts'
import type { ConversionAsked } from './convert-lead.ts'
import {
  accountObject,
  contactObject,
  fieldOf,
  mappedFields,
  opportunityObject,
  type MadeObject,
  type MappedFields,
} from './lead-fields.ts'
import type { Lead } from './read-lead.ts'

export interface Making {
  readonly call: ActionCall
  readonly lead: Lead
  readonly asked: ConversionAsked
}

export interface Made {
  readonly object: MadeObject
  readonly id: string
  /** False: it was given. */
  readonly isNew: boolean
}

export async function accountOf(making: Making): Promise<Made> {
  const { lead, asked } = making
  if (asked.accountId !== undefined) {
    return fill(making, { object: accountObject, id: asked.accountId, input: 'accountId' })
  }
  if (isBlank(lead.values.get('Company'))) {
    throw refuse(
      'REQUIRED_FIELD_MISSING',
      message('The lead names no company: enter it, or say which account it belongs to.'),
      { fields: ['Company'] },
    )
  }
  return create(making, accountObject, new Map())
}

export async function contactOf(making: Making, account: Made): Promise<Made> {
  const { asked, lead } = making
  const own = new Map<string, unknown>([['AccountId', account.id]])
  if (asked.contactId === undefined) return create(making, contactObject, own)
  const source = lead.values.get('LeadSource')
  const overwritten = asked.overwritesLeadSource && !isBlank(source)
  return fill(making, {
    object: contactObject,
    id: asked.contactId,
    input: 'contactId',
    account,
    values: new Map(overwritten ? [['LeadSource', source]] : []),
  })
}

export async function opportunityOf(
  making: Making,
  { account, contact }: { readonly account: Made; readonly contact: Made },
): Promise<Made | undefined> {
  const { asked } = making
  if (asked.opportunityId !== undefined) {
    const id = asked.opportunityId
    return fill(making, { object: opportunityObject, id, input: 'opportunityId', account })
  }
  if (!asked.makesOpportunity) return undefined
  const { call } = making
  const mayName = call.caller.access.mayField(opportunityObject, 'ContactId', 'edit')
  return create(
    making,
    opportunityObject,
    new Map<string, unknown>([
      ['AccountId', account.id],
      ...(mayName ? [['ContactId', contact.id] as const] : []),
      ['Name', await opportunityName(making, account)],
      ['CloseDate', endOfQuarter(call)],
      ...firstStage(call),
    ]),
  )
}

async function create(making: Making, object: MadeObject, own: Row): Promise<Made> {
  const { call, lead } = making
  const { caller, records, models } = call
  const groups = mappedFields(models.current(), caller, object)
  const body = new Map([...groups.flatMap((group) => valuesFrom(lead, group)), ...own])
  const { id } = await records.create(caller, object, body)
  return { object, id, isNew: true }
}

function valuesFrom({ values }: Lead, group: MappedFields): (readonly [string, unknown])[] {
  return group.flatMap(({ from, to }) => {
    const value = values.get(from.name)
    return isBlank(value) ? [] : [[to.name, value] as const]
  })
}

interface Given {
  readonly object: MadeObject
  readonly id: string
  /** The input that names it. */
  readonly input: string
  /** To which it must belong. */
  readonly account?: Made
  /** What it gets in any case. */
  readonly values?: Row
}

/** What it says already stays; an update without values asks for the right to change it. */
async function fill(making: Making, given: Given): Promise<Made> {
  const { call, lead } = making
  const { caller, records, models } = call
  const model = models.current()
  const object = requireObject(model, given.object, caller)
  const id = requireId(object, given.id)
  const groups = mappedFields(model, caller, given.object)
  const readable = (name: string): boolean => caller.access.mayField(object.name, name, 'read')
  const names = ['Id', 'AccountId', ...groups.flat().map(({ to }) => to.name)].filter(
    (name) => fieldOf(object, name) !== undefined && readable(name),
  )
  const { text } = await records.retrieve(caller, object.name, id, [...new Set(names)])
  const present = rowOf(parseExactly(text))
  const body = new Map<string, unknown>()
  for (const group of groups) {
    if (group.some(({ to }) => !readable(to.name) || !isBlank(present.get(to.name)))) continue
    for (const [name, value] of valuesFrom(lead, group)) body.set(name, value)
  }
  for (const [name, value] of given.values ?? []) body.set(name, value)
  for (const [name, value] of belonging(given, present)) body.set(name, value)
  await records.update(caller, object.name, id, body)
  return { object: given.object, id, isNew: false }
}

/** One that belongs to no account yet belongs to this one now. */
function belonging({ account, input }: Given, present: Row): Row {
  const owner = present.get('AccountId')
  if (account === undefined || owner === account.id) return new Map()
  if (isBlank(owner)) return new Map([['AccountId', account.id]])
  throw refuse('INVALID_ARGUMENT', message('It belongs to another account than the one named.'), {
    fields: [input],
  })
}

/** A box that is not ticked says as little as an empty field. */
function isBlank(value: unknown): boolean {
  return value === undefined || value === null || value === '' || value === false
}

async function opportunityName({ call, lead, asked }: Making, account: Made): Promise<unknown> {
  if (asked.opportunityName !== undefined) return asked.opportunityName
  const { caller, records, models } = call
  const object = models.current().object(opportunityObject)
  const charsMax = (object && fieldOf(object, 'Name')?.options.length) ?? Infinity
  const company = lead.values.get('Company')
  if (typeof company === 'string' && company !== '') return company.slice(0, charsMax)
  const { text } = await records.retrieve(caller, accountObject, account.id, ['Name'])
  return String(rowOf(JSON.parse(text)).get('Name') ?? '').slice(0, charsMax)
}

/** The last day of the fiscal quarter, as the caller's calendar has it. */
function endOfQuarter({ caller, clock }: ActionCall): string | null {
  const quarter = { name: 'THIS_FISCAL_QUARTER', count: undefined }
  const { end } = dateRange(quarter, momentOf(caller, clock.now()))
  return end.minus({ days: 1 }).toISODate()
}

/** Where no stage is the one that new opportunities begin with: the first. */
function firstStage({ models }: ActionCall): (readonly [string, unknown])[] {
  const object = models.current().object(opportunityObject)
  const stages = (object && fieldOf(object, 'StageName')?.values) ?? []
  const first = stages.find(({ active }) => active)
  const hasDefault = stages.some(({ active, isDefault }) => active && isDefault)
  return first === undefined || hasDefault ? [] : [['StageName', first.value]]
}
