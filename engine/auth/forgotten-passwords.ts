/**
 * Who has forgotten his password is sent a link. Whoever is named, the same is done and answered: whether there is such a
 * user is looked up by the outbox alone, in the moment that it sends, so that the secret of the link is kept nowhere either.
 */
import type { EmailStore, EmailWriter, EmailWriters } from '../automation/messages/email-store.ts'
import type { Clock } from '../base/clock.ts'
import { limits } from '../base/limits.ts'
import { message } from '../base/message.ts'
import { refuse } from '../base/refusal.ts'
import { inLanguage } from '../language/in-language.ts'
import { say } from '../language/say.ts'
import type { SetupEntry } from '../ledger/audit.ts'
import type { Storage } from '../storage/storage.ts'
import { createLoginLimits, type LoginAttempt, type TriesAllowed } from './login-limits.ts'
import { passwordLinkUrl, type PasswordLinks } from './password-links.ts'
import { systemCaller } from './system-caller.ts'
import type { CurrentModel, SignedInUser, Users } from './users.ts'

export interface ForgottenPasswords {
  /** There is a mail server, and an address for links that whoever asks has no say in. */
  readonly isOffered: boolean
  /** Refuses what is asked for too often, by whoever and for whomever. */
  ask(attempt: LoginAttempt): Promise<void>
  /** What the outbox writes such e-mails by. */
  readonly writers: EmailWriters
}

export interface ForgottenPasswordsParts {
  readonly storage: Storage
  readonly clock: Clock
  readonly models: CurrentModel
  readonly users: Users
  readonly passwordLinks: Pick<PasswordLinks, 'makeOwn'>
  readonly emails: Pick<EmailStore, 'add'>
  readonly linkBase: string | undefined
  readonly note: (entry: SetupEntry) => Promise<void>
}

const allowed: TriesAllowed = {
  what: 'forgotten ',
  perAccount: () => limits.forgottenPerAccountMax,
  perAddress: limits.forgottenPerAddressMax,
  refusal: (minutes) =>
    message('Too many links were asked for. Try again in at most {minutes} minutes.', { minutes }),
}

const writerName = 'forgottenPassword'

export function createForgottenPasswords(parts: ForgottenPasswordsParts): ForgottenPasswords {
  const { storage, emails, linkBase, models } = parts
  const tries = createLoginLimits(storage, parts.clock, allowed)
  return {
    isOffered: linkBase !== undefined,
    ask: async (attempt) => {
      if (linkBase === undefined) throw notOffered()
      const about = readUsername(attempt.username)
      await tries.begin(attempt)
      const content = {
        to: [],
        cc: [],
        bcc: [],
        replyTo: undefined,
        subject: 'Link to choose a password',
        text: '',
        html: undefined,
        writer: { name: writerName, about },
      }
      const createdBy = systemCaller(models.current()).userId
      await storage.write((tx) => emails.add(tx, { content, relatedId: undefined, createdBy }))
    },
    writers: new Map(linkBase === undefined ? [] : [[writerName, writing(parts, linkBase)]]),
  }
}

function readUsername(given: string): string {
  const username = given.trim()
  if (username !== '' && username.length <= limits.usernameCharsMax) return username
  const most = limits.usernameCharsMax
  throw refuse(
    'INVALID_ARGUMENT',
    message('"username" is a user name of at most {most} characters.', { most }),
    { fields: ['username'] },
  )
}

/** Nobody for whoever is not there, is inactive or frozen, has no e-mail address, or comes by an identity provider. */
function writing(parts: ForgottenPasswordsParts, linkBase: string): EmailWriter {
  const { users, models, passwordLinks } = parts
  return async (username) => {
    const id = await users.idOf(username)
    const user = id === undefined ? undefined : await users.byId(id)
    if (user === undefined || user.email === '' || user.access.has('IsSsoEnabled')) return undefined
    const { secret } = await passwordLinks.makeOwn(user.id)
    await parts.note({
      action: 'resetPassword',
      section: 'Manage Users',
      display: `Sent ${user.username} a link to choose a password, as asked for at the sign-in`,
      by: user.id,
      way: 'forgotten password',
    })
    return { to: [user.email], ...letterTo(user, models, passwordLinkUrl(linkBase, secret)) }
  }
}

function letterTo(
  { name, username, language }: SignedInUser,
  models: CurrentModel,
  url: string,
): { readonly subject: string; readonly text: string } {
  const model = inLanguage(models.current(), language)
  const minutes = limits.forgottenLinkLifetimeMs / 60_000
  const lines = [
    say(model, 'Good day {name},', { name }),
    say(model, 'a new password was asked for, for the user {username}. Choose it here:', {
      username,
    }),
    url,
    say(
      model,
      'The link works once, within {minutes} minutes. If you did not ask for it, there is nothing to do: your password stays as it is.',
      { minutes },
    ),
  ]
  return { subject: say(model, 'Choose a password'), text: lines.join('\n\n') }
}

function notOffered() {
  return refuse(
    'NOT_FOUND',
    message('No links are sent by e-mail here. Ask your administrator for one.'),
  )
}
