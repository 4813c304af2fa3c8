/** The outbox: e-mails are rows of the unit that sends them; each is taken by one server at a time, and tried again later and later. */
import type { Clock } from '../../base/clock.ts'
import { limits } from '../../base/limits.ts'
import type { ColumnKind } from '../../sql/column-kind.ts'
import { integerLiteral, sql, type Sql } from '../../sql/sql.ts'
import type { Row, Storage, Transaction } from '../../storage/storage.ts'

/** `Failed`: given up, unless somebody asks for it once more. */
export type EmailState = 'Waiting' | 'Sent' | 'Failed'

export const emailStates: readonly EmailState[] = ['Waiting', 'Sent', 'Failed']

export interface EmailContent {
  readonly to: readonly string[]
  readonly cc: readonly string[]
  readonly bcc: readonly string[]
  readonly replyTo: string | undefined
  readonly subject: string
  readonly text: string
  readonly html: string | undefined
  /** Who writes it in the moment that it is sent, and about what; to, subject and text are his. */
  readonly writer?: { readonly name: string; readonly about: string }
}

/** For what must be kept nowhere, such as secrets; undefined where there is nobody to write to. */
export type EmailWriter = (
  about: string,
) => Promise<Pick<EmailContent, 'to' | 'subject' | 'text'> | undefined>
export type EmailWriters = ReadonlyMap<string, EmailWriter>

export interface NewEmail {
  readonly content: EmailContent
  readonly relatedId: string | undefined
  readonly createdBy: string
}

export interface Email extends NewEmail {
  readonly id: string
  readonly state: EmailState
  readonly createdAt: number
  readonly attempts: number
  readonly nextAt: number
  readonly triedAt: number | undefined
  /** What the mail server said last. */
  readonly answer: string
}

export interface EmailStore {
  /** In the open unit of work. */
  add(tx: Transaction, email: NewEmail): Promise<string>
  list(state: EmailState | undefined): Promise<readonly Email[]>
  isDue(): Promise<boolean>
  /** The next that is due, this server's until the next attempt would be due. */
  take(): Promise<Email | undefined>
  note(email: Email, outcome: { readonly sent: boolean; readonly answer: string }): Promise<void>
  /** False where there is none that is given up. */
  resend(id: string): Promise<boolean>
  /** There was nobody to write to. */
  remove(id: string): Promise<void>
  removeOld(): Promise<void>
}

export interface EmailStoreParts {
  readonly storage: Storage
  readonly clock: Clock
  readonly ids: (keyPrefix: string) => string
  /** E-mails wait. */
  readonly wake: () => void
}

/** Not that of any object. */
const idPrefix = '0NE'
const instant: ColumnKind = { kind: 'instant' }
const columns = sql`id, state, content, subject, recipients, related_id, created_by, created_at, attempts, next_at, tried_at, answer`

export function createEmailStore(parts: EmailStoreParts): EmailStore {
  const { storage, clock } = parts
  const at = (time: number): Sql => storage.dialect.bound(instant, time)
  const isDue = (): Sql => sql`state = 'Waiting' and next_at <= ${at(clock.now())}`
  return {
    add: (tx, email) => insert(parts, tx, email),
    list: async (state) => {
      const which = state === undefined ? sql`` : sql` where state = ${state}`
      const rows = await storage.read(
        sql`select ${columns} from fs_email${which} order by created_at desc, id desc limit ${integerLiteral(limits.emailsShownMax)}`,
      )
      return rows.map(emailOf)
    },
    isDue: async () =>
      (await storage.read(sql`select 1 as found from fs_email where ${isDue()} limit 1`)).length >
      0,
    take: () =>
      storage.write(async (tx) => {
        const query = sql`select ${columns} from fs_email where ${isDue()} order by next_at, id limit 1`
        const [row] = await tx.read(query)
        if (row === undefined) return undefined
        const email = emailOf(row)
        const nextAt = at(clock.now() + limits.emailRetryMs * 2 ** email.attempts)
        const taken = await tx.run(
          sql`update fs_email set attempts = attempts + 1, tried_at = ${at(clock.now())}, next_at = ${nextAt} where id = ${email.id} and ${isDue()}`,
        )
        // Another node was faster; it is asked again soon.
        return taken === 1 ? { ...email, attempts: email.attempts + 1 } : undefined
      }),
    note: (email, outcome) => note(storage, email, outcome),
    resend: async (id) => {
      const changed = await storage.write((tx) =>
        tx.run(
          sql`update fs_email set state = 'Waiting', attempts = 0, next_at = ${at(clock.now())} where id = ${id} and state = 'Failed'`,
        ),
      )
      if (changed === 1) parts.wake()
      return changed === 1
    },
    remove: async (id) => {
      await storage.write((tx) => tx.run(sql`delete from fs_email where id = ${id}`))
    },
    removeOld: () =>
      storage.write(async (tx) => {
        const before = at(clock.now() - limits.emailKeptMs)
        await tx.run(sql`delete from fs_email where created_at < ${before} and state <> 'Waiting'`)
      }),
  }
}

async function insert(
  { clock, ids, wake }: EmailStoreParts,
  tx: Transaction,
  { content, relatedId, createdBy }: NewEmail,
): Promise<string> {
  const id = ids(idPrefix)
  const now = tx.dialect.bound(instant, clock.now())
  const related = relatedId === undefined ? sql`null` : sql`${relatedId}`
  const recipients = [...content.to, ...content.cc, ...content.bcc].join(', ')
  await tx.run(
    sql`insert into fs_email (${columns}) values (${id}, 'Waiting', ${JSON.stringify(content)}, ${content.subject}, ${recipients}, ${related}, ${createdBy}, ${now}, ${integerLiteral(0)}, ${now}, null, '')`,
  )
  tx.afterCommit(wake)
  return id
}

async function note(
  storage: Storage,
  { id, attempts }: Email,
  { sent, answer }: { readonly sent: boolean; readonly answer: string },
): Promise<void> {
  const isOver = attempts >= limits.emailAttemptsMax
  const state: EmailState = sent ? 'Sent' : isOver ? 'Failed' : 'Waiting'
  const told = answer.slice(0, limits.emailAnswerCharsMax)
  await storage.write(async (tx) => {
    await tx.run(sql`update fs_email set state = ${state}, answer = ${told} where id = ${id}`)
  })
}

function emailOf(row: Row): Email {
  const [related, tried] = [row['related_id'] ?? null, row['tried_at'] ?? null]
  return {
    id: String(row['id']),
    // Both are written by this file alone.
    state: String(row['state']) as EmailState,
    content: JSON.parse(String(row['content'])) as EmailContent,
    relatedId: related === null ? undefined : String(related),
    createdBy: String(row['created_by']),
    createdAt: Number(row['created_at']),
    attempts: Number(row['attempts']),
    nextAt: Number(row['next_at']),
    triedAt: tried === null ? undefined : Number(tried),
    answer: String(row['answer']),
  }
}
