/** Users as the programs that act for them see them: with all their rights, or within those that the program is limited to. */
import { limitAccess } from '../access/limit-access.ts'
import { clientOf } from './oauth/clients.ts'
import { actingAs, type CurrentModel, type SignedInUser } from './users.ts'

export interface Programs {
  /** The same object each time; undefined when there is no such program any more. */
  as(user: SignedInUser, client: string): SignedInUser | undefined
}

/** Whoever signs in by name and password over SOAP names no program. */
const nameless: ReadonlySet<string> = new Set(['', 'SOAP'])

export function createPrograms(models: CurrentModel): Programs {
  const known = new WeakMap<SignedInUser, Map<string, SignedInUser | undefined>>()
  return {
    as: (user, client) => {
      if (nameless.has(client)) return user
      const ofUser = known.get(user) ?? new Map<string, SignedInUser | undefined>()
      known.set(user, ofUser)
      if (!ofUser.has(client)) ofUser.set(client, limited(models, user, client))
      return ofUser.get(client)
    },
  }
}

function limited(models: CurrentModel, user: SignedInUser, id: string): SignedInUser | undefined {
  const model = models.current()
  const client = clientOf(model, id)
  const names = client?.restrictingPermissionSets
  if (client === undefined || names === undefined) return client && user
  // A set that is not there grants nothing.
  const sets = names.flatMap((name) => model.component('PermissionSet', name)?.body ?? [])
  return actingAs(user, { access: limitAccess(model, user.access, sets), limitedTo: id })
}
