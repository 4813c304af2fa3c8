/** Deliveries of webhooks as rows: what waits, what was taken and what was given up; one server at a time works on each webhook. */
import type { Clock } from '../base/clock.ts'
import { limits } from '../base/limits.ts'
import type { ColumnKind } from '../sql/column-kind.ts'
import { integerLiteral, sql, type Sql } from '../sql/sql.ts'
import { ensureTables, type EngineTable } from '../storage/engine-tables.ts'
import type { Row, Storage, Transaction } from '../storage/storage.ts'

/** `Dead`: tried so often that nobody tries any more, unless somebody asks for it. */
export type DeliveryState = 'Waiting' | 'Delivered' | 'Dead'

export const deliveryStates: readonly DeliveryState[] = ['Waiting', 'Delivered', 'Dead']

export interface Delivery {
  readonly id: string
  readonly webhook: string
  /** The place of its event. */
  readonly number: number
  readonly recordId: string
  readonly state: DeliveryState
  readonly attempts: number
  readonly createdAt: number
  readonly triedAt: number | undefined
  /** When it is tried next, while it waits. */
  readonly nextAt: number
  /** What the last attempt was answered. */
  readonly answer: string
  readonly body: string
}

export interface Attempt {
  readonly id: string
  readonly state: DeliveryState
  readonly attempts: number
  readonly nextAt: number
  readonly answer: string
}

export interface DeliveryStore {
  /** The place of the last event taken up for a webhook; undefined while another server works on it. */
  claim(webhook: string, startAt: () => Promise<number>): Promise<number | undefined>
  /** Writes down what is to be sent and how far the events were read, if the webhook is still ours. */
  take(webhook: string, to: number, deliveries: readonly Delivery[]): Promise<boolean>
  /** The oldest of each record, as far as they are due. */
  due(webhook: string): Promise<readonly Delivery[]>
  note(attempt: Attempt): Promise<void>
  /** Undefined where nothing waits. */
  nextAt(): Promise<number | undefined>
  list(filter: DeliveryFilter): Promise<readonly Delivery[]>
  counts(): Promise<readonly DeliveryCount[]>
  /** False when there is none of this id that could be sent again. */
  resend(id: string): Promise<boolean>
  removeOld(): Promise<void>
  saveSecret(name: string, sealed: string): Promise<void>
  secret(name: string): Promise<string | undefined>
}

export interface DeliveryFilter {
  readonly webhook: string | undefined
  readonly state: DeliveryState | undefined
}

export interface DeliveryCount {
  readonly webhook: string
  readonly state: DeliveryState
  readonly count: number
}

const text: ColumnKind = { kind: 'text' }
const id: ColumnKind = { kind: 'id' }
const integer: ColumnKind = { kind: 'integer' }
const instant: ColumnKind = { kind: 'instant' }

export const webhookTables: readonly EngineTable[] = [
  {
    name: 'fs_webhook',
    columns: [
      { name: 'name', kind: text },
      { name: 'number', kind: integer },
      { name: 'claimed_by', kind: text, nullable: true },
      { name: 'claimed_until', kind: instant, nullable: true },
    ],
    key: ['name'],
    indexes: [],
  },
  {
    name: 'fs_webhook_delivery',
    columns: [
      { name: 'id', kind: text },
      { name: 'webhook', kind: text },
      { name: 'number', kind: integer },
      { name: 'record_id', kind: id },
      { name: 'state', kind: text },
      { name: 'attempts', kind: integer },
      { name: 'created_at', kind: instant },
      { name: 'tried_at', kind: instant, nullable: true },
      { name: 'next_at', kind: instant },
      { name: 'answer', kind: text },
      { name: 'body', kind: text },
    ],
    key: ['id'],
    indexes: [
      ['webhook', 'state', 'number'],
      ['webhook', 'record_id', 'state'],
      ['state', 'created_at'],
    ],
  },
  {
    name: 'fs_webhook_secret',
    columns: [
      { name: 'name', kind: text },
      { name: 'sealed', kind: text },
    ],
    key: ['name'],
    indexes: [],
  },
]

const columns = sql`id, webhook, number, record_id, state, attempts, created_at, tried_at, next_at, answer, body`

export interface DeliveryStoreParts {
  readonly storage: Storage
  readonly clock: Clock
  /** Not any other server's. */
  readonly server: string
}

export async function createDeliveryStore(parts: DeliveryStoreParts): Promise<DeliveryStore> {
  const { storage } = parts
  await ensureTables(storage, webhookTables)
  // One server per file: whoever held a webhook there is gone.
  if (storage.dialect.name === 'sqlite') {
    await storage.write(
      async (tx) => void (await tx.run(sql`update fs_webhook set claimed_by = null`)),
    )
  }
  return { ...claiming(parts), ...sending(parts), ...looking(parts), ...secrets(storage) }
}

const at = ({ dialect }: Storage, time: number): Sql => dialect.bound(instant, time)

function claiming({
  storage,
  clock,
  server,
}: DeliveryStoreParts): Pick<DeliveryStore, 'claim' | 'take'> {
  const isOurs = (name: string): Sql => sql`name = ${name} and claimed_by = ${server}`
  const until = (): Sql => at(storage, clock.now() + limits.webhookLeaseMs)
  return {
    claim: async (webhook, startAt) => {
      const [known] = await storage.read(sql`select number from fs_webhook where name = ${webhook}`)
      const first = known === undefined ? await startAt() : 0
      return storage.write(async (tx) => {
        if (known === undefined) {
          await tx.run(
            sql`insert into fs_webhook (name, number) values (${webhook}, ${integerLiteral(first)}) on conflict (name) do nothing`,
          )
        }
        const free = sql`(claimed_by is null or claimed_by = ${server} or claimed_until < ${at(storage, clock.now())})`
        const taken = await tx.run(
          sql`update fs_webhook set claimed_by = ${server}, claimed_until = ${until()} where name = ${webhook} and ${free}`,
        )
        if (taken === 0) return undefined
        const [row] = await tx.read(sql`select number from fs_webhook where name = ${webhook}`)
        return Number(row?.['number'])
      })
    },
    take: (webhook, to, deliveries) =>
      storage.write(async (tx) => {
        const ours = await tx.run(
          sql`update fs_webhook set number = ${integerLiteral(to)}, claimed_until = ${until()} where ${isOurs(webhook)}`,
        )
        if (ours === 0) return false
        for (const one of deliveries) await insert(tx, storage, one)
        return true
      }),
  }
}

async function insert(tx: Transaction, storage: Storage, one: Delivery): Promise<void> {
  await tx.run(
    sql`insert into fs_webhook_delivery (${columns}) values (${one.id}, ${one.webhook}, ${integerLiteral(one.number)}, ${one.recordId}, ${one.state}, ${integerLiteral(one.attempts)}, ${at(storage, one.createdAt)}, null, ${at(storage, one.nextAt)}, ${one.answer}, ${one.body})`,
  )
}

type Sending = Pick<DeliveryStore, 'due' | 'note' | 'nextAt' | 'resend' | 'removeOld'>

function sending({ storage, clock }: DeliveryStoreParts): Sending {
  const now = (): Sql => at(storage, clock.now())
  return {
    due: async (webhook) => {
      const earlier = sql`select 1 from fs_webhook_delivery e where e.webhook = d.webhook and e.record_id = d.record_id and e.state = 'Waiting' and e.number < d.number`
      const rows = await storage.read(
        sql`select ${columns} from fs_webhook_delivery d where d.webhook = ${webhook} and d.state = 'Waiting' and d.next_at <= ${now()} and not exists (${earlier}) order by d.number limit ${integerLiteral(limits.webhookAtOnceMax)}`,
      )
      return rows.map(deliveryOf)
    },
    note: (attempt) =>
      storage.write(async (tx) => {
        await tx.run(
          sql`update fs_webhook_delivery set state = ${attempt.state}, attempts = ${integerLiteral(attempt.attempts)}, tried_at = ${now()}, next_at = ${at(storage, attempt.nextAt)}, answer = ${attempt.answer} where id = ${attempt.id}`,
        )
      }),
    nextAt: async () => {
      const [row] = await storage.read(
        sql`select min(next_at) as next_at from fs_webhook_delivery where state = 'Waiting'`,
      )
      const time = row?.['next_at'] ?? null
      return time === null ? undefined : Number(time)
    },
    resend: (id) =>
      storage.write(async (tx) => {
        const changed = await tx.run(
          sql`update fs_webhook_delivery set state = 'Waiting', attempts = 0, next_at = ${now()} where id = ${id}`,
        )
        return changed === 1
      }),
    removeOld: () =>
      storage.write(async (tx) => {
        const kept = { Delivered: limits.webhookDeliveredKeptMs, Dead: limits.webhookDeadKeptMs }
        for (const [state, ms] of Object.entries(kept)) {
          await tx.run(
            sql`delete from fs_webhook_delivery where state = ${state} and created_at < ${at(storage, clock.now() - ms)}`,
          )
        }
      }),
  }
}

function looking({ storage }: DeliveryStoreParts): Pick<DeliveryStore, 'list' | 'counts'> {
  return {
    list: async ({ webhook, state }) => {
      const ofWebhook = webhook === undefined ? sql`` : sql` and webhook = ${webhook}`
      const inState = state === undefined ? sql`` : sql` and state = ${state}`
      const rows = await storage.read(
        sql`select ${columns} from fs_webhook_delivery where 1 = 1${ofWebhook}${inState} order by number desc, id limit ${integerLiteral(limits.webhookDeliveriesShownMax)}`,
      )
      return rows.map(deliveryOf)
    },
    counts: async () => {
      const rows = await storage.read(
        sql`select webhook, state, count(*) as n from fs_webhook_delivery group by webhook, state`,
      )
      return rows.map((row) => ({
        webhook: String(row['webhook']),
        // Written by this file alone.
        state: String(row['state']) as DeliveryState,
        count: Number(row['n']),
      }))
    },
  }
}

function secrets(storage: Storage): Pick<DeliveryStore, 'saveSecret' | 'secret'> {
  return {
    saveSecret: (name, sealed) =>
      storage.write(async (tx) => {
        await tx.run(
          sql`insert into fs_webhook_secret (name, sealed) values (${name}, ${sealed}) on conflict (name) do update set sealed = excluded.sealed`,
        )
      }),
    secret: async (name) => {
      const [row] = await storage.read(
        sql`select sealed from fs_webhook_secret where name = ${name}`,
      )
      return row === undefined ? undefined : String(row['sealed'])
    },
  }
}

function deliveryOf(row: Row): Delivery {
  const tried = row['tried_at'] ?? null
  return {
    id: String(row['id']),
    webhook: String(row['webhook']),
    number: Number(row['number']),
    recordId: String(row['record_id']),
    // Written by this file alone.
    state: String(row['state']) as DeliveryState,
    attempts: Number(row['attempts']),
    createdAt: Number(row['created_at']),
    triedAt: tried === null ? undefined : Number(tried),
    nextAt: Number(row['next_at']),
    answer: String(row['answer']),
    body: String(row['body']),
  }
}
