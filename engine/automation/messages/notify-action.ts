/** The invocable action that notifies people: users, or whoever is in groups and queues. */
import { limits } from '../../base/limits.ts'
import { message } from '../../base/message.ts'
import { normaliseId } from '../../base/record-id.ts'
import { refuse } from '../../base/refusal.ts'
import type { ActionCall, ActionValues, InvocableAction } from '../actions/action.ts'
import { readRows } from '../read-rows.ts'
import type { Notifications } from './notifications.ts'
import { peopleIn } from './people-in.ts'

/** What programs and people need beside the right to use the API; flows of the system have it. */
export const notifyPermission = 'SendCustomNotifications'

export function notifyAction(notifications: Notifications): InvocableAction {
  return {
    name: 'customNotificationAction',
    type: 'customNotificationAction',
    label: 'Send custom notification',
    description: 'Tells people something in the product, with a link to a record.',
    inputs: [
      {
        name: 'customNotifTypeId',
        label: 'Notification type',
        description: 'A word for the kind of notification.',
        type: 'STRING',
      },
      {
        name: 'recipientIds',
        label: 'Recipients',
        description: 'Users, groups and queues.',
        type: 'ID',
        required: true,
        isList: true,
      },
      {
        name: 'title',
        label: 'Title',
        description: 'What it is about, in one line.',
        type: 'STRING',
      },
      {
        name: 'body',
        label: 'Text',
        description: 'What there is to say.',
        type: 'STRING',
        required: true,
      },
      {
        name: 'targetId',
        label: 'Record',
        description: 'The record that opens from it.',
        type: 'ID',
      },
      {
        name: 'senderId',
        label: 'Sender',
        description: 'Kept for flows that name one; the sender is whoever runs the action.',
        type: 'ID',
      },
    ],
    outputs: [],
    run: async (call, all) => {
      demandPermission(call, notifyPermission)
      for (const values of all) await notify(notifications, call, values)
      return all.map(() => new Map())
    },
  }
}

export function demandPermission({ caller }: ActionCall, permission: string): void {
  if (caller.access.has(permission)) return
  throw refuse(
    'INSUFFICIENT_ACCESS',
    message('This needs the permission {permission}.', { permission }),
  )
}

async function notify(
  notifications: Notifications,
  call: ActionCall,
  values: ActionValues,
): Promise<void> {
  const { caller, tx, models } = call
  const title = textOf(values, 'title', limits.notificationTitleCharsMax)
  const body = textOf(values, 'body', limits.notificationBodyCharsMax)
  const targetId = await recordOf(call, values.get('targetId'), 'targetId')
  const given = values.get('recipientIds')
  const ids = (Array.isArray(given) ? given : [given]).flatMap((id) =>
    typeof id === 'string' ? (normaliseId(id) ?? []) : [],
  )
  const people = await peopleIn(tx, models.current(), ids)
  if (people.length > limits.notificationRecipientsMax) {
    const max = limits.notificationRecipientsMax
    throw refuse(
      'LIMIT_EXCEEDED',
      message('A notification goes to at most {max} people (notificationRecipientsMax).', { max }),
      { fields: ['recipientIds'] },
    )
  }
  const type = textOf(values, 'customNotifTypeId', typeCharsMax)
  await notifications.add(
    tx,
    people.map((recipientId) => ({
      recipientId,
      type: type === '' ? 'custom' : type,
      title,
      body,
      targetId,
      createdBy: caller.userId,
    })),
  )
}

const typeCharsMax = 80

export function textOf(values: ActionValues, name: string, charsMax: number): string {
  const value = values.get(name) ?? ''
  const text = typeof value === 'string' ? value : ''
  if (text.length <= charsMax) return text
  throw refuse(
    'STRING_TOO_LONG',
    message('{name} has at most {max} characters.', { name, max: charsMax }),
    { fields: [name] },
  )
}

/** The id of a record that whoever runs the action can see; refuses any other. */
export async function recordOf(
  call: ActionCall,
  given: unknown,
  input: string,
): Promise<string | undefined> {
  if (typeof given !== 'string' || given === '') return undefined
  const id = normaliseId(given)
  const object =
    id === undefined ? undefined : call.models.current().objectByKeyPrefix(id.slice(0, 3))
  if (
    id !== undefined &&
    object !== undefined &&
    call.caller.access.mayObject(object.name, 'read')
  ) {
    const found = await readRows(call, `SELECT Id FROM ${object.name} WHERE Id = :id`, { id })
    if (found.length > 0) return id
  }
  throw refuse(
    'INVALID_CROSS_REFERENCE_KEY',
    message('{id} is no id of a record.', { id: given.slice(0, 40) }),
    { fields: [input] },
  )
}
