/** The user's notifications, and the outbox of e-mails, as the server has them. */
import { data, get, own, segment, send } from './api.ts'

export interface NotificationInfo {
  readonly id: string
  readonly messageTitle: string
  readonly messageBody: string
  readonly mostRecentActivityDate: string
  readonly read: boolean
  /** The record it is about. */
  readonly target: string | null
}

export type EmailState = 'Waiting' | 'Sent' | 'Failed'

export interface OutboxEmail {
  readonly id: string
  readonly state: EmailState
  readonly to: readonly string[]
  readonly subject: string
  readonly text: string
  readonly attempts: number
  readonly createdAt: string
  readonly nextAt: string | null
  readonly answer: string
}

export interface Outbox {
  /** Whether there is a mail server to hand e-mails to. */
  readonly isConnected: boolean
  readonly emails: readonly OutboxEmail[]
}

const all = `${data}/connect/notifications`
const shownMax = 20

export const notifications = {
  async latest(): Promise<readonly NotificationInfo[]> {
    type Page = { readonly notifications: readonly NotificationInfo[] }
    return (await get<Page>(`${all}?size=${shownMax}`)).notifications
  },
  async unread(): Promise<number> {
    return (await get<{ readonly unreadCount: number }>(`${all}/status`)).unreadCount
  },
  async read(id: string): Promise<void> {
    await send('PATCH', `${all}/${segment(id)}`, { body: { read: true } })
  },
  async readAll(): Promise<void> {
    await send('PATCH', all, { body: { read: true } })
  },
}

export const outbox = {
  list: () => get<Outbox>(`${own}/emails`),
  async resend(id: string): Promise<void> {
    await send('POST', `${own}/emails/${segment(id)}/resend`)
  },
}
