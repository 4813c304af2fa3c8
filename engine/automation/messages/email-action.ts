/** The invocable action that sends e-mail: checked, and put into the outbox with the unit of work that sends it. */
import { limits } from '../../base/limits.ts'
import { message } from '../../base/message.ts'
import { normaliseId } from '../../base/record-id.ts'
import { Refusal, refuse } from '../../base/refusal.ts'
import { cleanHtml } from '../../fields/clean-html.ts'
import type {
  ActionCall,
  ActionParameter,
  ActionValues,
  InvocableAction,
} from '../actions/action.ts'
import { readRows, textAt } from '../read-rows.ts'
import { readAddresses, readHeaderLine } from './email-address.ts'
import type { EmailStore } from './email-store.ts'
import { demandPermission, recordOf, textOf } from './notify-action.ts'

/** What programs and people need beside the right to use the API; flows of the system have it. */
export const emailPermission = 'EmailSingle'

const inputs: readonly ActionParameter[] = [
  {
    name: 'emailAddresses',
    label: 'Recipients',
    description: 'Addresses, separated by commas.',
    type: 'STRING',
  },
  {
    name: 'emailAddressesArray',
    label: 'List of recipients',
    description: 'Addresses as a list.',
    type: 'STRING',
    isList: true,
  },
  {
    name: 'recipientId',
    label: 'Recipient',
    description: 'A contact, lead or user with an e-mail address.',
    type: 'ID',
  },
  { name: 'ccRecipientAddressList', label: 'Cc', description: 'Copies.', type: 'STRING' },
  { name: 'bccRecipientAddressList', label: 'Bcc', description: 'Blind copies.', type: 'STRING' },
  {
    name: 'emailSubject',
    label: 'Subject',
    description: 'What it is about, in one line.',
    type: 'STRING',
    required: true,
  },
  { name: 'emailBody', label: 'Body', description: 'The text.', type: 'STRING', required: true },
  {
    name: 'sendRichBody',
    label: 'Rich text',
    description: 'The body is HTML.',
    type: 'BOOLEAN',
  },
  {
    name: 'relatedRecordId',
    label: 'Related record',
    description: 'The record it is about.',
    type: 'ID',
  },
  {
    name: 'logEmailOnSend',
    label: 'Log',
    description: 'Keeps it as a completed task of the related record.',
    type: 'BOOLEAN',
  },
  {
    name: 'senderType',
    label: 'Sender type',
    description: 'Kept for flows that name one; answers go to whoever runs the action.',
    type: 'STRING',
  },
  {
    name: 'senderAddress',
    label: 'Sender address',
    description: 'Kept for flows that name one; the sender is that of the settings.',
    type: 'STRING',
  },
]

export function emailAction(emails: EmailStore): InvocableAction {
  return {
    name: 'emailSimple',
    type: 'emailSimple',
    label: 'Send e-mail',
    description: 'Puts an e-mail into the outbox, from where it is sent.',
    inputs,
    outputs: [
      { name: 'emailId', label: 'E-mail', description: 'Its place in the outbox.', type: 'STRING' },
    ],
    run: async (call, all) => {
      demandPermission(call, emailPermission)
      const outputs: ActionValues[] = []
      for (const values of all) outputs.push(await send(emails, call, values))
      return outputs
    },
  }
}

async function send(
  emails: EmailStore,
  call: ActionCall,
  values: ActionValues,
): Promise<ActionValues> {
  const { caller, tx } = call
  const list = values.get('emailAddressesArray')
  const given = [values.get('emailAddresses'), ...(Array.isArray(list) ? list : [list])]
  const to = readAddresses(
    [...given, await addressOf(call, values.get('recipientId'))],
    'emailAddresses',
  )
  if (to.length === 0) {
    throw refuse('REQUIRED_FIELD_MISSING', message('The e-mail has no recipient.'), {
      fields: ['emailAddresses'],
    })
  }
  const subject = textOf(values, 'emailSubject', limits.emailSubjectCharsMax)
  const body = textOf(values, 'emailBody', limits.emailBodyCharsMax)
  const isRich = values.get('sendRichBody') === true
  const html = isRich ? cleanHtml(body) : undefined
  const relatedId = await recordOf(call, values.get('relatedRecordId'), 'relatedRecordId')
  const content = {
    to,
    cc: readAddresses([values.get('ccRecipientAddressList')], 'ccRecipientAddressList'),
    bcc: readAddresses([values.get('bccRecipientAddressList')], 'bccRecipientAddressList'),
    replyTo: await ownAddress(call),
    subject: readHeaderLine(subject, 'emailSubject'),
    text: html === undefined ? body : plainText(html),
    html,
  }
  const emailId = await emails.add(tx, { content, relatedId, createdBy: caller.userId })
  if (values.get('logEmailOnSend') === true && relatedId !== undefined) {
    await log(call, { subject: content.subject, text: content.text, relatedId })
  }
  return new Map([['emailId', emailId]])
}

const people: ReadonlySet<string> = new Set(['Contact', 'Lead', 'User'])

/** By the rights of whoever runs the action. */
async function addressOf(call: ActionCall, given: unknown): Promise<string | undefined> {
  const id = await recordOf(call, given, 'recipientId')
  if (id === undefined) return undefined
  const object = call.models.current().objectByKeyPrefix(id.slice(0, 3))
  const name = object?.name ?? ''
  const [row] = people.has(name)
    ? await readRows(call, `SELECT Email FROM ${name} WHERE Id = :id`, { id })
    : []
  const address = row && textAt(row, 'Email')
  if (address !== undefined) return address
  throw refuse(
    'INVALID_ARGUMENT',
    message('{id} is nobody with an e-mail address.', { id: String(given).slice(0, 40) }),
    { fields: ['recipientId'] },
  )
}

/** Where answers go. */
async function ownAddress(call: ActionCall): Promise<string | undefined> {
  const id = normaliseId(call.caller.userId)
  if (id === undefined || !call.caller.access.mayField('User', 'Email', 'read')) return undefined
  const [row] = await readRows(call, 'SELECT Email FROM User WHERE Id = :id', { id })
  return row && textAt(row, 'Email')
}

/** For readers without HTML: the words, a line for each block. */
function plainText(html: string): string {
  return html
    .replace(/<br\s*\/?>|<\/(?:p|div|li|h\d|tr|blockquote)>/gi, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(lt|gt|quot|amp|nbsp|#39);/g, (_all, name: string) => entities.get(name) ?? '')
    .trim()
}

const entities: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['amp', '&'],
  ['nbsp', ' '],
  ['#39', "'"],
])

interface Logged {
  readonly subject: string
  readonly text: string
  readonly relatedId: string
}

async function log(
  { caller, records }: ActionCall,
  { subject, text, relatedId }: Logged,
): Promise<void> {
  const body = new Map<string, unknown>([
    ['Subject', `Email: ${subject}`.slice(0, subjectCharsMax)],
    ['Description', text.slice(0, descriptionCharsMax)],
    ['WhatId', relatedId],
    ['TaskSubtype', 'Email'],
    ['Status', 'Completed'],
  ])
  const [result] = await records.createMany(caller, 'Task', [body], { allOrNone: true })
  if (result instanceof Refusal) throw result
}

const [subjectCharsMax, descriptionCharsMax] = [255, 32_000]
