/** Records that the caller looked at last, as far as they are still there to be seen. */
import { Refusal } from '../base/refusal.ts'
import type { AskedViews } from '../records/recent-views.ts'
import type { AppParts } from './app-parts.ts'
import type { Call } from './route.ts'

type Parts = Pick<AppParts, 'deployer' | 'records' | 'recent'>

/** The JSON texts of the records with Id and name. */
export async function recentItems(
  { deployer, records, recent }: Parts,
  { caller }: Call,
  asked: AskedViews,
): Promise<readonly string[]> {
  const model = deployer.store.current()
  const ids = await recent.list(caller.userId, asked)
  const items = await Promise.all(
    ids.map(async (id) => {
      const object = model.objectByKeyPrefix(id.slice(0, 3))
      if (object === undefined || !caller.access.mayObject(object.name, 'read')) return []
      const name = object.fields.find((field) => field.isName)
      const isOpen = name !== undefined && caller.access.mayField(object.name, name.name, 'read')
      const fields = isOpen ? ['Id', name.name] : ['Id']
      try {
        return [(await records.retrieve(caller, object.name, id, fields)).text]
      } catch (error) {
        if (error instanceof Refusal) return []
        throw error
      }
    }),
  )
  return items.flat()
}
