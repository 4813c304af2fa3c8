/** Who may do what has changed, or a session has ended: told to the other nodes and to open streams. */
import type { Records } from '../records/records.ts'
import type { Storage } from '../storage/storage.ts'
import type { Ended, Sessions } from './sessions.ts'
import type { Users } from './users.ts'

const channel = 'fs_auth'

/** Tells the other nodes and the open streams; hears from the other nodes and from changed records. */
export function createAnnouncer(
  storage: Storage,
  users: Users,
  reportError: (error: unknown) => void,
) {
  const listeners = new Set<() => void>()
  const tell = (): void => {
    for (const listener of listeners) listener()
  }
  const announce = (message: Announcement): void => {
    tell()
    storage.notify(channel, JSON.stringify(message)).catch(reportError)
  }
  // One save may change a thousand users: they are forgotten here at once, and told of together.
  const changed = new Set<string>()
  const announceChanged = (): void => {
    const [first = everybody] = changed
    const rights = changed.size === 1 ? first : everybody
    changed.clear()
    announce({ rights })
  }
  const rightsChanged = (userId: string | undefined): void => {
    users.forget(userId)
    if (changed.size === 0) queueMicrotask(announceChanged)
    changed.add(userId ?? everybody)
  }
  return {
    ended: (ended: Ended) => announce({ ended }),
    rightsChanged,
    onChange: (listener: () => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    follow: (sessions: Sessions, records: Records) => {
      records.onChange(({ object, id }) => {
        if (object === 'User') rightsChanged(id)
        else if (decidesRights.has(object)) rightsChanged(undefined)
      })
      storage.listen(channel, (payload) => {
        const message: Announcement = JSON.parse(payload)
        if ('ended' in message) sessions.forget(message.ended)
        else users.forget(message.rights === everybody ? undefined : message.rights)
        tell()
      })
    },
  }
}

const everybody = '*'

type Announcement = { readonly ended: Ended } | { readonly rights: string }

/** Users are remembered with their rights, and with the calendar of the organisation. */
const decidesRights: ReadonlySet<string> = new Set([
  'Organization',
  'PermissionSetAssignment',
  'PermissionSet',
  'Profile',
])
