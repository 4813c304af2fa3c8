/** E-mail alerts of workflows: a template sent to whom the alert names, about one record. */
import { message } from '../../base/message.ts'
import { refuse } from '../../base/refusal.ts'
import { isEmailAddress } from '../../fields/email.ts'
import { alertOf, emailAlertType, type EmailAlert } from '../../model/approvals/record-actions.ts'
import { indexOf } from '../../model/compile-model.ts'
import type { ObjectModel } from '../../model/model.ts'
import { groupObject, userObject } from '../../model/people-lookup.ts'
import type { ActionSource } from '../actions/action-registry.ts'
import type { ActionCall, InvocableAction } from '../actions/action.ts'
import { readRows, textAt } from '../read-rows.ts'
import {
  addressesOf,
  emailPermission,
  ownAddress,
  putIntoOutbox,
  templateNamed,
} from './email-action.ts'
import { readAddresses } from './email-address.ts'
import type { EmailStore } from './email-store.ts'
import { recordOf } from './notify-action.ts'
import { peopleIn } from './people-in.ts'
import { renderEmail } from './render-email.ts'

/** As flows name them: `Object.Alert`. */
export function createEmailAlerts(emails: EmailStore): ActionSource {
  return {
    type: emailAlertType,
    permission: emailPermission,
    list: (model) =>
      [...model.components('Workflow')].flatMap(({ fullName, body }) => {
        const object = model.object(fullName)
        return object === undefined
          ? []
          : (body.alerts ?? []).map((alert) => actionOf(emails, object, alert))
      }),
    find: (model, name) => {
      const [objectName = '', alertName = ''] = name.split('.')
      const object = model.object(objectName)
      const alert = object && alertOf(indexOf(model), object.name, alertName)
      return object && alert && actionOf(emails, object, alert)
    },
  }
}

const recordInput = 'SObjectRowId'

function actionOf(emails: EmailStore, object: ObjectModel, alert: EmailAlert): InvocableAction {
  const name = `${object.name}.${alert.fullName}`
  const description = alert.description ?? name
  return {
    name,
    type: emailAlertType,
    label: description,
    description,
    inputs: [
      {
        name: recordInput,
        label: object.label,
        description: 'The record that it is about.',
        type: 'ID',
        required: true,
      },
    ],
    outputs: [],
    run: async (call, all) => {
      for (const values of all) {
        const id = await recordOf(call, values.get(recordInput), recordInput)
        if (id?.startsWith(object.keyPrefix) !== true) throw notOf(object)
        await sendAlert(emails, call, { object, id, alert })
      }
      return all.map(() => new Map())
    },
  }
}

function notOf({ name: object }: ObjectModel): Error {
  const told = message('The record is none of {object}.', { object })
  return refuse('INVALID_ARGUMENT', told, { fields: [recordInput] })
}

export interface AlertOn {
  readonly object: ObjectModel
  readonly id: string
  readonly alert: EmailAlert
}

/**
 * Everybody gets a message of his own: nobody reads the addresses of others, and what fails for one is tried again for
 * him alone. Where nobody has an address, nothing is sent.
 */
export async function sendAlert(
  emails: EmailStore,
  call: ActionCall,
  { object, id, alert }: AlertOn,
): Promise<void> {
  const found: string[] = []
  for (const recipient of alert.recipients ?? []) {
    found.push(...(await addressesFor(call, { object, id }, recipient)))
  }
  const addresses = eachOnce([
    ...readAddresses(found, 'recipients'),
    ...readAddresses(alert.ccEmails ?? [], 'ccEmails'),
  ])
  if (addresses.length === 0) return
  const rendered = await renderEmail(call, templateNamed(call, alert.template), id)
  const isFromUser = (alert.senderType ?? 'CurrentUser') === 'CurrentUser'
  const replyTo = isFromUser ? await ownAddress(call) : undefined
  for (const [index, address] of addresses.entries()) {
    await putIntoOutbox(emails, call, {
      content: { to: [address], cc: [], bcc: [], replyTo, ...rendered },
      relatedId: id,
      // One task tells of the alert, however many it goes to.
      isLogged: index === 0 && object.declaration.enableActivities === true,
    })
  }
}

/** Whoever is named twice, in whatever case, gets one. */
function eachOnce(addresses: readonly string[]): readonly string[] {
  const known = new Map<string, string>()
  for (const address of addresses) {
    if (!known.has(address.toLowerCase())) known.set(address.toLowerCase(), address)
  }
  return [...known.values()]
}

type Recipient = NonNullable<EmailAlert['recipients']>[number]

async function addressesFor(
  call: ActionCall,
  { object, id }: Omit<AlertOn, 'alert'>,
  { type, field, recipient = '' }: Recipient,
): Promise<readonly string[]> {
  const named = fieldsOfTypes.get(type) ?? field
  switch (type) {
    case 'email': {
      const address = await valueOf(call, { object, id }, named)
      // What people typed long ago stops no approval.
      return address !== undefined && isEmailAddress(address) ? [address] : []
    }
    case 'contactLookup':
    case 'userLookup':
    case 'owner':
    case 'creator': {
      const who = await valueOf(call, { object, id }, named)
      return who === undefined ? [] : addressesOfAll(call, [who])
    }
    case 'user':
      return addressesOfAll(
        call,
        await idsOf(call, 'SELECT Id FROM User WHERE Username = :name', recipient),
      )
    case 'group':
      return addressesOfAll(
        call,
        await idsOf(
          call,
          'SELECT Id FROM Group WHERE DeveloperName = :name OR Name = :name',
          recipient,
        ),
      )
    default:
      return []
  }
}

const fieldsOfTypes: ReadonlyMap<string, string> = new Map([
  ['owner', 'OwnerId'],
  ['creator', 'CreatedById'],
])

async function valueOf(
  call: ActionCall,
  { object, id }: Omit<AlertOn, 'alert'>,
  name: string | undefined,
): Promise<string | undefined> {
  if (name === undefined || !object.fieldsByName.has(name.toLowerCase())) return undefined
  const soql = `SELECT ${name} FROM ${object.name} WHERE Id = :id`
  const [row] = await readRows(call, soql, { id })
  return row && textAt(row, object.fieldsByName.get(name.toLowerCase())?.name ?? name)
}

async function idsOf(call: ActionCall, soql: string, name: string): Promise<readonly string[]> {
  const rows = await readRows(call, soql, { name })
  return rows.flatMap((row) => textAt(row, 'Id') ?? [])
}

/** Of contacts, leads and active users; of queues and groups those of whoever is in them. */
async function addressesOfAll(
  call: ActionCall,
  ids: readonly string[],
): Promise<readonly string[]> {
  const model = call.models.current()
  const prefixes = [userObject, groupObject].map((name) => model.object(name)?.keyPrefix)
  const inside = ids.filter((id) => prefixes.includes(id.slice(0, 3)))
  const others = ids.filter((id) => !inside.includes(id))
  // Whoever has left is told of nothing any more, though records name him still.
  return addressesOf(call, [...others, ...(await peopleIn(call.tx, model, inside))])
}
