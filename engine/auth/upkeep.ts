/** What is done to the accounts of others: passwords set, people frozen; written down with it or not at all. */
import { noteSetup, type SetupEntry } from '../ledger/audit.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Storage } from '../storage/storage.ts'
import type { Credentials } from './credentials.ts'
import type { FrozenUsers } from './frozen-users.ts'
import type { Changer } from './security-settings.ts'
import type { UserSessions } from './user-sessions.ts'

export interface Upkeep {
  /** Sets the password and ends every session and token of the user. */
  setPassword(userId: string, password: string, by?: Changer): Promise<void>
  /** Keeps a user out until he is let in again; whatever is open in his name ends. */
  freeze(userId: string, isFrozen: boolean, by: Changer): Promise<void>
  /** Writes down what was done to somebody's way to sign in. */
  note(entry: SetupEntry): Promise<void>
}

export function setting(parts: {
  readonly credentials: Credentials
  readonly ledger: Ledger
  readonly userSessions: UserSessions
  readonly storage: Storage
}): Pick<Upkeep, 'setPassword' | 'note'> {
  const { credentials, ledger, userSessions, storage } = parts
  return {
    setPassword: async (userId, password, by = { userId, way: 'system' }) => {
      const entry = passwordEntry(userId, by)
      await credentials.set(userId, password, (tx) => noteSetup(ledger, tx, [entry]))
      await userSessions.endSessions(userId)
    },
    note: (entry) => storage.write((tx) => noteSetup(ledger, tx, [entry])),
  }
}

export function freezing(parts: {
  readonly frozen: FrozenUsers
  readonly ledger: Ledger
  readonly userSessions: UserSessions
  readonly storage: Storage
  readonly rightsChanged: (userId: string) => void
}): Upkeep['freeze'] {
  const { frozen, ledger, userSessions, storage, rightsChanged } = parts
  return async (userId, isFrozen, { userId: by, way }) => {
    const display = `${isFrozen ? 'Froze' : 'Unfroze'} ${userId}`
    const action = isFrozen ? 'frozeUser' : 'unfrozeUser'
    await storage.write(async (tx) => {
      const changed = await frozen.set(tx, userId, isFrozen)
      if (changed)
        await noteSetup(ledger, tx, [{ action, section: 'Manage Users', display, by, way }])
    })
    rightsChanged(userId)
    if (isFrozen) await userSessions.endSessions(userId)
  }
}

function passwordEntry(userId: string, { userId: by, way }: Changer): SetupEntry {
  const display = `Changed the password of ${userId}`
  return { action: 'changedPassword', section: 'Manage Users', display, by, way }
}
