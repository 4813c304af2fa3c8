/** The journal of applied deploys: what was done, by whom, and what undoes it. */
import type { Declaration } from '../model/declaration.ts'
import { sql } from '../sql/sql.ts'
import type { Row, Storage, Transaction } from '../storage/storage.ts'
import type { Author, DeploySource, JournalEntry, Plan } from './plan.ts'

/** A component before and after: enough to go back, and to see what changed since. */
export interface Undo {
  readonly type: string
  readonly fullName: string
  /** The name before a rename. */
  readonly from?: string
  readonly before: string | null
  readonly after: string | null
}

export interface JournalWrite {
  readonly version: number
  readonly at: number
  readonly by: Author
  readonly source: DeploySource
  readonly plan: Pick<Plan, 'summary' | 'told' | 'changes' | 'steps'>
  readonly undo: JournalUndo
  /** The entry that this one takes back. */
  readonly reverts?: number | undefined
}

export interface JournalUndo {
  /** Hashes of bodies in `fs_body`. */
  readonly components: readonly Undo[]
  /** Old → new names of objects, and of fields as "Object.Field". */
  readonly renamedObjects: readonly (readonly [string, string])[]
  readonly renamedFields: readonly (readonly [string, string])[]
  /** Of other members, by component key; absent in entries from before they were noted. */
  readonly renamedMembers?: readonly (readonly [string, string])[]
  /** Object and field whose values were replaced, as `fs_replaced` has them. */
  readonly replaced?: readonly (readonly [string, string])[]
}

export const journalPageRows = 100

export async function writeJournal(tx: Transaction, write: JournalWrite): Promise<number> {
  const [row] = await tx.read(sql`select coalesce(max(number), 0) as n from fs_journal`)
  const number = Number(row?.['n'] ?? 0) + 1
  const { changes, steps, summary, told } = write.plan
  await tx.run(sql`insert into fs_journal
    (number, version, at, by_id, by_name, source, summary, entry, undo, reverted_by)
    values (${number}, ${write.version}, ${write.at}, ${write.by.id}, ${write.by.name}, ${write.source},
      ${summary}, ${JSON.stringify({ changes, steps, told })}, ${JSON.stringify(write.undo)}, null)`)
  if (write.reverts !== undefined) {
    await tx.run(sql`update fs_journal set reverted_by = ${number} where number = ${write.reverts}`)
  }
  return number
}

/** Newest first, those before the given number. */
export async function readJournal(
  reader: Pick<Storage, 'read'> | Pick<Transaction, 'read'>,
  before: number = Number.MAX_SAFE_INTEGER,
): Promise<readonly JournalEntry[]> {
  const rows =
    await reader.read(sql`select number, version, at, by_id, by_name, source, summary, entry, reverted_by
    from fs_journal where number < ${before} order by number desc limit ${journalPageRows}`)
  return rows.map(entryOf)
}

export async function readUndo(
  reader: Pick<Storage, 'read'>,
  number: number,
): Promise<{ readonly entry: JournalEntry; readonly undo: JournalUndo } | undefined> {
  const [row] =
    await reader.read(sql`select number, version, at, by_id, by_name, source, summary, entry, undo, reverted_by
    from fs_journal where number = ${number}`)
  if (row === undefined) return undefined
  // Only `writeJournal` writes this column.
  return { entry: entryOf(row), undo: JSON.parse(String(row['undo'])) as JournalUndo }
}

function entryOf(row: Row): JournalEntry {
  const { changes, steps, told } = JSON.parse(String(row['entry'])) as Pick<
    JournalEntry,
    'changes' | 'steps' | 'told'
  >
  const revertedBy = row['reverted_by'] ?? null
  return {
    number: Number(row['number']),
    version: Number(row['version']),
    at: new Date(Number(row['at'])).toISOString(),
    by: { id: String(row['by_id']), name: String(row['by_name']) },
    source: String(row['source']) as DeploySource,
    summary: String(row['summary']),
    ...(told && { told }),
    changes,
    steps,
    revertible: revertedBy === null,
    revertedBy: revertedBy === null ? null : Number(revertedBy),
  }
}

export function undoKey(component: Pick<Declaration, 'type' | 'fullName'>): string {
  return `${component.type} ${component.fullName}`
}
