/** The invocable action that sends e-mail: checked, and put into the outbox with the unit of work that sends it. */
import { limits } from '../../base/limits.ts'
import { message } from '../../base/message.ts'
import { normaliseId } from '../../base/record-id.ts'
import { Refusal, refuse } from '../../base/refusal.ts'
import { cleanHtml } from '../../fields/clean-html.ts'
import type { EmailTemplatePlan } from '../../model/emails/email-template.ts'
import { emailTemplateOf } from '../../model/emails/ready-templates.ts'
import type {
  ActionCall,
  ActionParameter,
  ActionValues,
  InvocableAction,
} from '../actions/action.ts'
import { readRows, textAt } from '../read-rows.ts'
import { readAddresses, readHeaderLine } from './email-address.ts'
import type { EmailContent, EmailStore } from './email-store.ts'
import { demandPermission, recordOf, textOf } from './notify-action.ts'
import { plainText } from './plain-text.ts'
import { renderEmail, type RenderedEmail } from './render-email.ts'

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
    name: 'emailTemplateId',
    label: 'Template',
    description: 'Name of an EmailTemplate, in place of subject and body.',
    type: 'STRING',
  },
  {
    name: 'emailSubject',
    label: 'Subject',
    description: 'What it is about, in one line.',
    type: 'STRING',
  },
  { name: 'emailBody', label: 'Body', description: 'The text.', type: 'STRING' },
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
  const relatedId = await recordOf(call, values.get('relatedRecordId'), 'relatedRecordId')
  const emailId = await putIntoOutbox(emails, call, {
    content: {
      to,
      cc: readAddresses([values.get('ccRecipientAddressList')], 'ccRecipientAddressList'),
      bcc: readAddresses([values.get('bccRecipientAddressList')], 'bccRecipientAddressList'),
      replyTo: await ownAddress(call),
      ...(await wordsOf(call, values, relatedId)),
    },
    relatedId,
    isLogged: values.get('logEmailOnSend') === true,
  })
  return new Map([['emailId', emailId]])
}

/** From the template, or as they were given. */
async function wordsOf(
  call: ActionCall,
  values: ActionValues,
  relatedId: string | undefined,
): Promise<RenderedEmail> {
  const template = textOf(values, 'emailTemplateId', templateCharsMax)
  if (template !== '') {
    const others = ['emailSubject', 'emailBody'].filter(
      (name) => textOf(values, name, limits.emailBodyCharsMax) !== '',
    )
    if (others.length > 0) {
      const told = message('An e-mail has a template, or a subject and a body: not both.')
      throw refuse('INVALID_ARGUMENT', told, { fields: ['emailTemplateId', ...others] })
    }
    return renderEmail(call, templateNamed(call, template), relatedId)
  }
  const subject = textOf(values, 'emailSubject', limits.emailSubjectCharsMax)
  const body = textOf(values, 'emailBody', limits.emailBodyCharsMax)
  const missing = [subject === '' && 'emailSubject', body === '' && 'emailBody']
  const fields = missing.filter((name) => name !== false)
  if (fields.length > 0) {
    const told = message('An e-mail has a subject and a body, or a template.')
    throw refuse('REQUIRED_FIELD_MISSING', told, { fields })
  }
  const html = values.get('sendRichBody') === true ? cleanHtml(body) : undefined
  const text = html === undefined ? body : plainText(html)
  return { subject: readHeaderLine(subject, 'emailSubject'), text, html }
}

const templateCharsMax = 255

export function templateNamed({ models }: ActionCall, name: string): EmailTemplatePlan {
  const found = emailTemplateOf(models.current(), name)
  if (found !== undefined) return found
  const told = message('There is no e-mail template {name} that can be sent.', {
    name: name.slice(0, 80),
  })
  throw refuse('INVALID_ARGUMENT', told, { fields: ['emailTemplateId'] })
}

export interface Outgoing {
  readonly content: EmailContent
  readonly relatedId: string | undefined
  /** Kept as a completed task of the related record. */
  readonly isLogged: boolean
}

/** In the open unit of work: what comes to nothing sends nothing. */
export async function putIntoOutbox(
  emails: EmailStore,
  call: ActionCall,
  { content, relatedId, isLogged }: Outgoing,
): Promise<string> {
  const createdBy = call.caller.userId
  const emailId = await emails.add(call.tx, { content, relatedId, createdBy })
  if (isLogged && relatedId !== undefined) {
    await log(call, { subject: content.subject, text: content.text, relatedId })
  }
  return emailId
}

const people: ReadonlySet<string> = new Set(['Contact', 'Lead', 'User'])

/** By the rights of whoever runs the action. */
async function addressOf(call: ActionCall, given: unknown): Promise<string | undefined> {
  const id = await recordOf(call, given, 'recipientId')
  if (id === undefined) return undefined
  const [address] = await addressesOf(call, [id])
  if (address !== undefined) return address
  throw refuse(
    'INVALID_ARGUMENT',
    message('{id} is nobody with an e-mail address.', { id: String(given).slice(0, 40) }),
    { fields: ['recipientId'] },
  )
}

/** Of contacts, leads and users that have one. */
export async function addressesOf(
  call: ActionCall,
  ids: readonly string[],
): Promise<readonly string[]> {
  const found: string[] = []
  for (const id of ids) {
    const name = call.models.current().objectByKeyPrefix(id.slice(0, 3))?.name ?? ''
    const [row] = people.has(name)
      ? await readRows(call, `SELECT Email FROM ${name} WHERE Id = :id`, { id })
      : []
    const address = row && textAt(row, 'Email')
    if (address !== undefined) found.push(address)
  }
  return found
}

/** Where answers go. */
export async function ownAddress(call: ActionCall): Promise<string | undefined> {
  const id = normaliseId(call.caller.userId)
  if (id === undefined || !call.caller.access.mayField('User', 'Email', 'read')) return undefined
  const [row] = await readRows(call, 'SELECT Email FROM User WHERE Id = :id', { id })
  return row && textAt(row, 'Email')
}

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
