/** Routes about one user: for whoever manages all users, and for the delegated administrators of this one. */
import { requireManaged } from '../automation/delegation/managed-users.ts'
import type { AppParts } from './app-parts.ts'
import { forManagers, type Call, type SignedInRoute } from './route.ts'

export type ManagedParts = Pick<AppParts, 'records' | 'deployer'>

/** The address names the user as `:id`. */
export function forManagersOf(parts: ManagedParts, one: SignedInRoute): SignedInRoute {
  return {
    ...forManagers(one),
    delegable: true,
    handle: async (call) => {
      await requireManagedBy(parts, call, call.param('id'))
      return one.handle(call)
    },
  }
}

/** Refuses whom the caller does not administer. */
export function requireManagedBy(
  { records, deployer }: ManagedParts,
  { caller }: Pick<Call, 'caller'>,
  id: string,
): Promise<void> {
  return requireManaged({ records, caller }, deployer.store.current(), id)
}
