/** What is open in a user's name, as people see and end it. */
import { message } from '../base/message.ts'
import { refuse } from '../base/refusal.ts'
import type { OAuth } from './oauth/oauth.ts'
import { hashSecret } from './secrets.ts'
import type { OpenSession, Sessions } from './sessions.ts'

export interface ListedSession extends Omit<OpenSession, 'secretHash'> {
  /** The asking person's own. */
  readonly current: boolean
}

export interface UserSessions {
  /** What is open in a user's name, newest first; `own` is the secret of whoever asks. */
  sessionsOf(userId: string, own?: string): Promise<readonly ListedSession[]>
  /** Ends one of a user's sessions or tokens; refuses as NOT_FOUND what is none of them. */
  endSession(userId: string, id: string): Promise<void>
  /** Ends all that is open in a user's name, and what programs could renew it with. */
  endSessions(userId: string): Promise<void>
}

export function createUserSessions(
  sessions: Sessions,
  oauth: Pick<OAuth, 'endGranted' | 'endAllOf'>,
): UserSessions {
  return {
    sessionsOf: async (userId, own) => {
      const ownHash = own === undefined ? undefined : hashSecret(own)
      const open = await sessions.listOf(userId)
      return open.map(({ secretHash, ...rest }) => ({ ...rest, current: secretHash === ownHash }))
    },
    endSession: async (userId, id) => {
      const one = (await sessions.listOf(userId)).find((open) => open.id === id)
      if (one === undefined) {
        throw refuse('NOT_FOUND', message('The requested resource does not exist'))
      }
      await oauth.endGranted(one.secretHash)
      await sessions.end(one.secretHash)
    },
    endSessions: async (userId) => {
      await oauth.endAllOf(userId)
      await sessions.revokeAllOf(userId)
    },
  }
}
