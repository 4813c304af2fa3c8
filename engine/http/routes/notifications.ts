/** The asker's own notifications, under the public words of the Connect API. */
import type {
  Notification,
  NotificationMark,
  NotificationStatus,
} from '../../automation/messages/notifications.ts'
import { limits } from '../../base/limits.ts'
import { refuse } from '../../base/refusal.ts'
import type { AppParts } from '../app-parts.ts'
import { booleanMember, jsonObject } from '../json-request.ts'
import { wordsFor } from '../language-of.ts'
import { json } from '../respond.ts'
import { route, type Call, type Route } from '../route.ts'
import { data } from './addresses.ts'

type Parts = Pick<AppParts, 'automation' | 'deployer' | 'organization'>

const pageRows = 10

export function notificationRoutes(parts: Parts): readonly Route[] {
  const notifications = () => parts.automation.messages.notifications
  const all = `${data}/connect/notifications`
  const status = async (call: Call) => statusView(await notifications().status(call.user.id))
  const one = async (call: Call) => {
    const found = await notifications().find(call.user.id, call.param('id'))
    if (found === undefined) throw refuse('NOT_FOUND', 'There is no such notification.')
    return found
  }
  return [
    route('GET', all, async (call) => {
      const size = sizeOf(call)
      const [before, after] = [momentOf(call, 'before'), momentOf(call, 'after')]
      const found = await notifications().list(call.user.id, { size, before, after })
      const views = found.map((notification) => notificationView(parts, call, notification))
      return json({ notifications: views })
    }),
    route('PATCH', all, async (call) => {
      await notifications().mark(call.user.id, markOf(await jsonObject(call.request)))
      return json(await status(call))
    }),
    route('GET', `${all}/:id`, async (call) =>
      json(
        call.param('id') === 'status'
          ? await status(call)
          : notificationView(parts, call, await one(call)),
      ),
    ),
    route('PATCH', `${all}/:id`, async (call) => {
      const { id } = await one(call)
      const mark = markOf(await jsonObject(call.request))
      await notifications().mark(call.user.id, { ...mark, ids: [id] })
      return json(notificationView(parts, call, await one(call)))
    }),
  ]
}

function sizeOf(call: Call): number {
  const given = call.query('size')
  if (given === undefined) return pageRows
  const size = /^\d{1,3}$/.test(given) ? Number(given) : 0
  if (size >= 1 && size <= limits.notificationsPageMax) return size
  throw refuse(
    'INVALID_ARGUMENT',
    `size is a number from 1 to ${limits.notificationsPageMax} (notificationsPageMax).`,
    { fields: ['size'] },
  )
}

function momentOf(call: Call, name: string): number | undefined {
  const given = call.query(name)
  return given === undefined ? undefined : moment(given, name)
}

function moment(given: unknown, name: string): number {
  const time = typeof given === 'string' ? Date.parse(given) : Number.NaN
  if (!Number.isNaN(time)) return time
  throw refuse('INVALID_ARGUMENT', `${name} is a moment such as 2026-01-31T10:00:00Z.`, {
    fields: [name],
  })
}

function markOf(body: ReadonlyMap<string, unknown>): NotificationMark {
  const ids = body.get('notificationIds') ?? undefined
  const isList = Array.isArray(ids) && ids.every((id) => typeof id === 'string')
  if (ids !== undefined && (!isList || ids.length > limits.notificationsPageMax)) {
    const most = `at most ${limits.notificationsPageMax} ids (notificationsPageMax)`
    throw refuse('INVALID_ARGUMENT', `"notificationIds" is a list of ${most}.`, {
      fields: ['notificationIds'],
    })
  }
  const flag = (name: string) => (body.has(name) ? booleanMember(body, name) : undefined)
  const before = body.get('before') ?? undefined
  return {
    ids: isList ? ids : undefined,
    before: before === undefined ? undefined : moment(before, 'before'),
    read: flag('read'),
    seen: flag('seen'),
  }
}

function notificationView(parts: Parts, call: Call, one: Notification): object {
  const say = wordsFor(parts, call.caller)
  const text = (told: Notification['title']) => (typeof told === 'string' ? told : say(told))
  const time = new Date(one.createdAt).toISOString()
  return {
    additionalData: null,
    communityId: 'all',
    communityNickname: null,
    count: 1,
    id: one.id,
    image: null,
    lastModified: time,
    messageBody: text(one.body),
    messageTitle: text(one.title),
    mostRecentActivityDate: time,
    organizationId: parts.organization.id,
    read: one.isRead,
    recipientId: one.recipientId,
    seen: one.isSeen,
    target: one.targetId ?? null,
    targetPageRef: null,
    type: one.type,
    url: `/services/data/v${call.caller.apiVersion}/connect/notifications/${one.id}`,
  }
}

function statusView(status: NotificationStatus): object {
  const time = (at: number | undefined) => (at === undefined ? null : new Date(at).toISOString())
  return {
    lastActivity: time(status.lastAt),
    oldestUnread: time(status.oldestUnreadAt),
    oldestUnseen: time(status.oldestUnseenAt),
    unreadCount: status.unread,
    unseenCount: status.unseen,
  }
}
