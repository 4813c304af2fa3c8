/** The outbox for those who look after it: what waits, what was sent, what was given up. */
import { emailStates, type Email, type EmailState } from '../../automation/messages/email-store.ts'
import { refuse } from '../../base/refusal.ts'
import type { AppParts } from '../app-parts.ts'
import { json, noContent } from '../respond.ts'
import { setupRoute, type Call, type Route } from '../route.ts'
import { own } from './addresses.ts'

type Parts = Pick<AppParts, 'automation'>

export function emailRoutes(parts: Parts): readonly Route[] {
  const emails = () => parts.automation.messages.emails
  return [
    setupRoute('GET', `${own}/emails`, async (call) =>
      json({
        isConnected: parts.automation.hasMailer,
        emails: (await emails().list(stateOf(call))).map(emailView),
      }),
    ),
    setupRoute('POST', `${own}/emails/:id/resend`, async (call) => {
      if (await emails().resend(call.param('id'))) return noContent()
      throw refuse('NOT_FOUND', 'There is no such e-mail that was given up.')
    }),
  ]
}

function stateOf(call: Call): EmailState | undefined {
  const given = call.query('state')
  if (given === undefined) return undefined
  const state = emailStates.find((one) => one === given)
  if (state !== undefined) return state
  throw refuse('INVALID_ARGUMENT', `state is one of ${emailStates.join(', ')}.`, {
    fields: ['state'],
  })
}

function emailView({ content, relatedId, createdAt, triedAt, nextAt, ...rest }: Email): object {
  const time = (at: number): string => new Date(at).toISOString()
  const { replyTo, html, writer, ...plain } = content
  return {
    ...rest,
    ...plain,
    ...(writer === undefined ? {} : { text: writer.about }),
    replyTo: replyTo ?? null,
    isRich: html !== undefined,
    relatedId: relatedId ?? null,
    createdAt: time(createdAt),
    triedAt: triedAt === undefined ? null : time(triedAt),
    nextAt: rest.state === 'Waiting' ? time(nextAt) : null,
  }
}
