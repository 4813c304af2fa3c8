/** Names of those who began something, by their ids. */
import type { AppParts } from '../app-parts.ts'

const userPrefix = '005'

/** Nobody is behind what the clock began. */
export async function userNames(
  auth: AppParts['auth'],
  ids: ReadonlySet<string>,
): Promise<ReadonlyMap<string, string>> {
  const people = [...ids].filter((id) => id.startsWith(userPrefix))
  const users = await Promise.all(people.map((id) => auth.userById(id)))
  return new Map(users.flatMap((user) => (user === undefined ? [] : [[user.id, user.name]])))
}
