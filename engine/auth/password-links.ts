/** Links by which people choose a password of their own: known to nobody but who gets them, good once and for a while. */
import type { Clock, RandomBytes } from '../base/clock.ts'
import { limits } from '../base/limits.ts'
import { message } from '../base/message.ts'
import { refuse } from '../base/refusal.ts'
import type { SetupEntry } from '../ledger/audit.ts'
import type { Credentials } from './credentials.ts'
import type { Grants } from './oauth/grants.ts'
import { newSessionSecret } from './secrets.ts'
import type { Changer } from './security-settings.ts'
import type { Users } from './users.ts'

export interface PasswordLink {
  readonly secret: string
  readonly expiresAt: number
}

export interface PasswordLinks {
  /** Of an administrator, for a user who is there and active; every earlier link of the user ends. */
  make(userId: string, by: Changer): Promise<PasswordLink>
  /** For somebody who asked for it himself; links that others made for him stay. */
  makeOwn(userId: string): Promise<PasswordLink>
  /** Sets the password; refuses a link that was used or has ended, and what is no password without using it up. */
  redeem(secret: string, password: string): Promise<void>
}

export interface PasswordLinksParts {
  readonly grants: Grants
  readonly credentials: Credentials
  readonly users: Users
  readonly clock: Clock
  readonly randomBytes: RandomBytes
  readonly note: (entry: SetupEntry) => Promise<void>
  readonly setPassword: (userId: string, password: string, by: Changer) => Promise<void>
}

export function createPasswordLinks(parts: PasswordLinksParts): PasswordLinks {
  const { grants, credentials, users, clock } = parts
  const make = async (userId: string, lifetimeMs: number): Promise<PasswordLink> => {
    const secret = newSessionSecret(parts.randomBytes)
    const expiresAt = clock.now() + lifetimeMs
    const details = { scope: '' }
    const grant = { kind: 'password', userId, client: '', details, expiresAt } as const
    await grants.add(secret, { ...grant, family: newSessionSecret(parts.randomBytes) })
    return { secret, expiresAt }
  }
  return {
    make: async (userId, { userId: by, way }) => {
      const user = await users.byId(userId)
      if (user === undefined) {
        throw refuse('NOT_FOUND', message('The requested resource does not exist'))
      }
      const display = `Made a link for ${user.username} to choose a password`
      await parts.note({ action: 'resetPassword', section: 'Manage Users', display, by, way })
      await grants.endAllOf(userId, 'password')
      return make(userId, limits.passwordLinkLifetimeMs)
    },
    makeOwn: (userId) => make(userId, limits.forgottenLinkLifetimeMs),
    redeem: async (secret, password) => {
      const grant = await grants.find('password', secret)
      const user = grant && (await users.byId(grant.userId))
      if (user === undefined) throw deadLink()
      await credentials.check(user.id, password)
      const taken = await grants.take('password', secret)
      if (taken.outcome !== 'taken') throw deadLink()
      await parts.setPassword(user.id, password, { userId: user.id, way: 'password link' })
    },
  }
}

function deadLink() {
  return refuse(
    'INVALID_LOGIN',
    message('This link was used or has ended. Ask your administrator for a new one.'),
  )
}

/** The secret stands behind the `#`, so that no server, log or other site ever sees it. */
export function passwordLinkUrl(base: string, secret: string): string {
  return `${base}/login#password-link=${secret}`
}
