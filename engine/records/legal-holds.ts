/**
 * Legal holds: records that nobody may delete, purge or make anonymous, whatever his rights, until the last hold on them is
 * lifted. They are asked where records go, so that every way there is closed.
 */
import type { Clock } from '../base/clock.ts'
import { message } from '../base/message.ts'
import { refuse } from '../base/refusal.ts'
import { noteSetup } from '../ledger/audit.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { ObjectModel } from '../model/model.ts'
import { identifier, integerLiteral, sql } from '../sql/sql.ts'
import { idList } from '../query/compile-write.ts'
import type { Row, Storage, Transaction } from '../storage/storage.ts'
import { idRows } from './id-rows.ts'

export interface LegalHold {
  readonly id: string
  readonly recordId: string
  readonly object: string
  readonly reason: string
  readonly placedBy: string
  readonly placedAt: number
}

export interface HoldAuthor {
  readonly userId: string
  readonly source: string
}

export interface LegalHolds {
  /** The newest first; of one record where it is named. */
  list(recordId?: string): Promise<readonly LegalHold[]>
  /** On a record that is there, in the recycle bin too. */
  place(hold: Placing, by: HoldAuthor): Promise<LegalHold>
  /** Refuses as NOT_FOUND what is none. */
  lift(id: string, by: HoldAuthor): Promise<void>
}

export interface Placing {
  readonly object: ObjectModel
  readonly recordId: string
  readonly reason: string
}

export interface LegalHoldParts {
  readonly storage: Storage
  readonly clock: Clock
  readonly ids: (keyPrefix: string) => string
  readonly ledger: Ledger
}

const keyPrefix = '0Lh'
const listedMax = 2_000
const section = 'Legal Holds'
const columns = sql`id, record_id, object, reason, placed_by, placed_at`

export function createLegalHolds({ storage, clock, ids, ledger }: LegalHoldParts): LegalHolds {
  return {
    list: async (recordId) => {
      const some = recordId === undefined ? sql`` : sql` where record_id = ${recordId}`
      const rows = await storage.read(
        sql`select ${columns} from fs_legal_hold${some} order by placed_at desc, id desc limit ${integerLiteral(listedMax)}`,
      )
      return rows.map(holdOf)
    },
    place: ({ object, recordId, reason }, { userId, source }) =>
      storage.write(async (tx) => {
        const { dialect } = tx
        // Whoever deletes the record at the same moment comes before or behind, not beside.
        const [row] = await tx.read(
          sql`select ${identifier('Id')} from ${object.table} where ${identifier('Id')} = ${recordId}${dialect.lockRowsToChange}`,
        )
        if (row === undefined) throw nothing()
        const hold = { id: ids(keyPrefix), recordId, object: object.name, reason }
        const placedAt = clock.now()
        const at = dialect.bound({ kind: 'instant' }, placedAt)
        await tx.run(
          sql`insert into fs_legal_hold (${columns}) values (${hold.id}, ${recordId}, ${object.name}, ${reason}, ${userId}, ${at})`,
        )
        const display = `Placed a legal hold on ${object.name} ${recordId}: ${reason}`
        const entry = { action: 'placedLegalHold', section, display, by: userId, way: source }
        await noteSetup(ledger, tx, [entry])
        return { ...hold, placedBy: userId, placedAt }
      }),
    lift: (id, { userId, source }) =>
      storage.write(async (tx) => {
        const [row] = await tx.read(sql`select ${columns} from fs_legal_hold where id = ${id}`)
        const hold = row && holdOf(row)
        const lifted = await tx.run(sql`delete from fs_legal_hold where id = ${id}`)
        if (hold === undefined || lifted !== 1) throw nothing()
        const display = `Lifted the legal hold on ${hold.object} ${hold.recordId}: ${hold.reason}`
        const entry = { action: 'liftedLegalHold', section, display, by: userId, way: source }
        await noteSetup(ledger, tx, [entry])
      }),
  }
}

function holdOf(row: Row): LegalHold {
  return {
    id: String(row['id']),
    recordId: String(row['record_id']),
    object: String(row['object']),
    reason: String(row['reason']),
    placedBy: String(row['placed_by']),
    placedAt: Number(row['placed_at']),
  }
}

function nothing() {
  return refuse('NOT_FOUND', message('The requested resource does not exist'))
}

const shownMax = 5

/** Of these records, those on hold. */
export async function heldAmong(
  tx: Pick<Transaction, 'read' | 'dialect'>,
  recordIds: readonly string[],
  max: number,
): Promise<readonly string[]> {
  const rows = await tx.read(
    sql`select distinct record_id from fs_legal_hold where record_id in ${idList('ids', tx.dialect)} order by record_id limit ${integerLiteral(max)}`,
    { ids: idRows(recordIds) },
  )
  return rows.map((row) => String(row['record_id']))
}

/** Asked when the records have gone, within the unit: no hold can be placed on them in between. */
export async function requireUnheld(
  tx: Pick<Transaction, 'read' | 'dialect'>,
  recordIds: readonly string[],
): Promise<void> {
  const held = await heldAmong(tx, recordIds, shownMax)
  if (held.length === 0) return
  throw refuse(
    'DELETE_FAILED',
    message('A legal hold keeps {ids}: nobody may delete it until the hold is lifted.', {
      ids: held.join(', '),
    }),
  )
}
