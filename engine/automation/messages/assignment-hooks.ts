/** Whoever is given a task by somebody else is told: once for each save, however many tasks it gives. */
import { message } from '../../base/message.ts'
import type { HookRow, RecordHooks } from '../../records/hooks/record-hooks.ts'
import type { Models } from '../../records/record-parts.ts'
import { nothing } from '../combine-hooks.ts'
import { groupObject } from '../../model/people-lookup.ts'
import { textAt } from '../read-rows.ts'
import type { NewNotification, Notifications } from './notifications.ts'
import { peopleIn } from './people-in.ts'

const taskObject = 'Task'

export function createAssignmentHooks(models: Models, notifications: Notifications): RecordHooks {
  return {
    has: (object, event) =>
      object === taskObject && (event === 'afterInsert' || event === 'afterUpdate'),
    call: async ({ rows, caller, records }) => {
      const byOwner = caller.source === 'system' ? new Map() : givenAway(rows, caller.userId)
      if (byOwner.size > 0) {
        await records.together(async (_within, tx) => {
          const model = models.current()
          const group = model.object(groupObject)?.keyPrefix
          const news: NewNotification[] = []
          for (const [owner, given] of byOwner) {
            const people = await peopleIn(tx, model, [owner])
            const isQueue = group !== undefined && owner.startsWith(group)
            const told = toldOf(given, { by: caller.userName, isQueue })
            const common = { ...told, type: 'task', createdBy: caller.userId }
            for (const recipientId of people) {
              if (recipientId !== caller.userId) news.push({ ...common, recipientId })
            }
          }
          await notifications.add(tx, news)
        })
      }
      return rows.map(() => nothing)
    },
  }
}

/** By their new owner; what people take themselves tells them nothing. */
function givenAway(rows: readonly HookRow[], userId: string): ReadonlyMap<string, HookRow[]> {
  const byOwner = new Map<string, HookRow[]>()
  for (const row of rows) {
    const owner = textAt(row.values, 'OwnerId')
    const before = row.old && textAt(row.old, 'OwnerId')
    if (owner === undefined || owner === userId || owner === before) continue
    byOwner.set(owner, [...(byOwner.get(owner) ?? []), row])
  }
  return byOwner
}

function toldOf(
  rows: readonly HookRow[],
  { by, isQueue }: { readonly by: string; readonly isQueue: boolean },
): Pick<NewNotification, 'title' | 'body' | 'targetId'> {
  const [first] = rows
  const subject = (first && textAt(first.values, 'Subject')) ?? ''
  if (rows.length === 1 || first === undefined) {
    const title = isQueue
      ? message('{name} put a task into your queue', { name: by })
      : message('{name} assigned you a task', { name: by })
    return { title, body: subject, targetId: first?.id }
  }
  const values = { name: by, count: { amount: rows.length } }
  const title = isQueue
    ? message('{name} put {count} tasks into your queue', values)
    : message('{name} assigned you {count} tasks', values)
  return { title, body: subject, targetId: undefined }
}
