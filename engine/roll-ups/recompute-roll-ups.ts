/** Computes roll-up summaries from all their children: when they are new, when they changed, and to see whether they are right. */
import { limits } from '../base/limits.ts'
import { refuse } from '../base/refusal.ts'
import { sourcesOf } from '../model/computed-sources.ts'
import type { FieldModel, Model } from '../model/model.ts'
import {
  compileDifferences,
  compileNextParents,
  compileRecompute,
} from '../query/compile-roll-ups.ts'
import {
  affectedBy,
  rollUpsOf,
  rollUpsOver,
  summaryColumns,
  type RollUpRelation,
} from '../query/roll-ups.ts'
import type { Dialect } from '../sql/dialect.ts'
import { integerLiteral, type Sql } from '../sql/sql.ts'
import type { Storage, Transaction } from '../storage/storage.ts'
import { idRows } from './lock-ahead.ts'

/** The relations of some summaries in the order in which they must be computed: what is below comes first. */
export function inOrder(
  model: Model,
  fields: ReadonlySet<string>,
  dialect: Dialect,
): readonly RollUpRelation[] {
  const levels = new Map<number, Set<string>>()
  const objects = new Set<string>()
  for (const name of fields) {
    const [object = '', field = ''] = name.split('.')
    const found = model.object(object)?.fieldsByName.get(field.toLowerCase())
    if (found === undefined) continue
    objects.add(object)
    const level = levelOf(model, found)
    levels.set(level, (levels.get(level) ?? new Set()).add(name))
  }
  return [...levels]
    .sort(([a], [b]) => a - b)
    .flatMap(([, names]) =>
      [...objects].sort().flatMap((name) => {
        const object = model.object(name)
        const wanted = (field: FieldModel): boolean => names.has(`${field.object}.${field.name}`)
        return object === undefined ? [] : rollUpsOf(model, object, { dialect, wanted })
      }),
    )
}

/** How many summaries stand one on another below the field. */
function levelOf(model: Model, field: FieldModel): number {
  const below = sourcesOf(model, field).map((source) => {
    const found = model.object(source.object)?.fieldsByName.get(source.field.toLowerCase())
    return found === undefined ? 0 : levelOf(model, found)
  })
  return Math.max(0, ...below) + (field.type.calculated === true ? 1 : 0)
}

/** Every summary of the model, "Object.Field". */
export function allSummaries(model: Model): ReadonlySet<string> {
  const names = model.objectNames.flatMap((name) =>
    (model.component('CustomObject', name)?.body.fields ?? [])
      .filter((field) => field.type === 'Summary')
      .map((field) => `${name}.${field.fullName}`),
  )
  return new Set(names)
}

export interface NextBatch {
  /** The last id of the batch before. */
  readonly after: string
  /** Ids of children, as a query: their parents alone; all when absent. */
  readonly of?: Sql
}

/** The next parents, computed anew and kept until the commit; the last of their ids, undefined behind the last. */
export async function recomputeBatch(
  tx: Transaction,
  relation: RollUpRelation,
  { after, of }: NextBatch,
): Promise<{ readonly last: string; readonly changed: readonly string[] } | undefined> {
  const { dialect } = tx
  const max = integerLiteral(limits.rollUpBatchRows)
  const next = compileNextParents(relation, { dialect, max, lock: true, of })
  const rows = await tx.read(next, { after })
  const ids = rows.map((row) => String(row['id']))
  const last = ids.at(-1)
  if (last === undefined) return undefined
  const holes = { ids: JSON.stringify(ids.map((id) => [id])) }
  const changed = await tx.read(compileRecompute(relation, dialect), holes)
  for (const row of changed) {
    const long = relation.rollUps.find((_one, index) => row[`over${index}`] === 1)
    if (long === undefined) continue
    const { label } = long.field
    throw refuse(
      'NUMBER_OUTSIDE_VALID_RANGE',
      `${label} of ${relation.parent.label} ${String(row['id'])} has more digits than it can hold.`,
    )
  }
  return { last, changed: changed.map((row) => String(row['id'])) }
}

export interface ChangedRows {
  readonly table: string
  readonly columns: ReadonlySet<string>
  /** Ids of the rows, as a query. */
  readonly ids: Sql
}

/** After many rows of a table changed some columns at once: the summaries above them, in the same transaction. */
export async function recomputeAbove(
  tx: Transaction,
  model: Model,
  { table, columns, ids }: ChangedRows,
): Promise<void> {
  for (const relation of affectedBy(rollUpsOver(model, table, tx.dialect), columns)) {
    for (let after: string | undefined = ''; after !== undefined;) {
      const batch = await recomputeBatch(tx, relation, { after, of: ids })
      after = batch?.last
      if (batch === undefined || batch.changed.length === 0) continue
      await recomputeAbove(tx, model, {
        table: relation.parent.table.name,
        columns: summaryColumns([relation]),
        ids: idRows(batch.changed, tx.dialect),
      })
    }
  }
}

/** A summary that is not what its children make it. */
export interface WrongSummary {
  readonly object: string
  readonly field: string
  readonly id: string
  /** As the database holds them. */
  readonly stored: string | null
  readonly computed: string | null
}

/** At most `max` of them, from all records. */
export async function findWrong(
  storage: Storage,
  model: Model,
  max: number,
): Promise<readonly WrongSummary[]> {
  const { dialect } = storage
  const wrong: WrongSummary[] = []
  for (const relation of inOrder(model, allSummaries(model), dialect)) {
    for (let after: string | undefined = ''; after !== undefined && wrong.length < max;) {
      const limit = integerLiteral(limits.rollUpBatchRows)
      const next = compileNextParents(relation, { dialect, max: limit, lock: false })
      const rows = await storage.read(next, { holes: { after } })
      const ids = rows.map((row) => [row['id']])
      after = rows.length === 0 ? undefined : String(rows.at(-1)?.['id'])
      if (ids.length === 0) break
      const holes = { ids: JSON.stringify(ids) }
      for (const row of await storage.read(compileDifferences(relation, dialect), { holes })) {
        relation.rollUps.forEach(({ field }, index) => {
          const text = (value: unknown): string | null => (value === null ? null : String(value))
          const [stored, computed] = [text(row[`stored${index}`]), text(row[`share${index}`])]
          if (stored === computed) return
          wrong.push({
            object: field.object,
            field: field.name,
            id: String(row['id']),
            stored,
            computed,
          })
        })
      }
    }
  }
  return wrong.slice(0, max)
}

/** Computes every summary anew, batch by batch beside normal traffic; gives the number of records that were wrong. */
export async function repairAll(storage: Storage, models: { current(): Model }): Promise<number> {
  const repaired = new Set<string>()
  const model = models.current()
  for (const relation of inOrder(model, allSummaries(model), storage.dialect)) {
    let after: string | undefined = ''
    while (after !== undefined) {
      const from: string = after
      const batch = await storage.write((tx) => recomputeBatch(tx, relation, { after: from }))
      for (const id of batch?.changed ?? []) repaired.add(id)
      after = batch?.last
    }
  }
  return repaired.size
}
