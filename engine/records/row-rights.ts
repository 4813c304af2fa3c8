/** What a caller may do with single records: asked before a save or delete, and of what a save refers to. */
import { message } from '../base/message.ts'
import { refuse, Refusal } from '../base/refusal.ts'
import { objectSharing, type RowRight } from '../access/object-sharing.ts'
import type { FieldModel, Model, ObjectModel } from '../model/model.ts'
import { groupObject, userObject } from '../model/people-lookup.ts'
import { callerHole } from '../query/rows/caller-sets.ts'
import { compileRowRights } from '../query/rows/compile-row-rights.ts'
import { isOwnParent, rightOnParent } from '../query/rows/row-predicate.ts'
import { render, type Statement } from '../sql/sql.ts'
import { createKeyedReads } from '../storage/keyed-reads.ts'
import type { Transaction } from '../storage/storage.ts'
import { createModelCache } from './model-cache.ts'
import { missingTarget, type ColumnValues } from './prepare-save.ts'
import type { RecordContext } from './record-parts.ts'
import type { Caller } from './records.ts'
import { idRows } from './id-rows.ts'
import { saveIndex } from './save-index.ts'
import { notFound } from './targets.ts'

export interface RowAsked {
  readonly model: Model
  readonly object: ObjectModel
  readonly id: string
  /** Inside the writer. */
  readonly tx?: Transaction | undefined
}

export interface RowRights {
  /**
   * Refuses what the caller may not do: a record that he may not see is answered like none. Undefined where all records
   * of the object are open to him, so that nobody waits for nothing.
   */
  demand(caller: Caller, asked: RowAsked, right: RowRight): Promise<RowFound> | undefined
  /** The same as an answer; undefined where there is no such record to be seen. */
  find(caller: Caller, asked: RowAsked, rights: readonly RowRight[]): Promise<RowFound | undefined>
  /** Refuses references to records that the caller may not see, or may not put children under. */
  demandTargets(caller: Caller, asked: TargetsAsked): Promise<void> | undefined
}

export interface RowFound {
  readonly version: number
  readonly isDeleted: boolean
  readonly rights: ReadonlySet<RowRight>
}

export interface TargetsAsked extends Omit<RowAsked, 'id'> {
  /** What the save sets, and what was there before. */
  readonly values: ColumnValues
  readonly previous?: ReadonlyMap<string, unknown> | undefined
}

const statementsMax = 2_000

export function createRowRights(context: RecordContext): RowRights {
  const find = createFind(context)
  return {
    find,
    demand: (caller, asked, right) => {
      const { access } = caller
      const isOpen = (one: RowRight): boolean => access.rows(asked.object, one) === undefined
      if (isOpen('read') && isOpen(right)) return undefined
      return demandOne(find, caller, { asked, right })
    },
    demandTargets: (caller, asked) => {
      const references = referencesOf(caller, asked)
      const isBounded = references.some(({ target, right }) =>
        rightsUpTo(right).some((one) => caller.access.rows(target, one) !== undefined),
      )
      return isBounded ? demandEach(find, caller, { asked, references }) : undefined
    },
  }
}

type Find = RowRights['find']

function createFind(context: RecordContext): Find {
  const reads = createKeyedReads(context.storage)
  const statements = createModelCache<Statement>({ entriesMax: statementsMax })
  const { dialect } = context.storage
  return async (caller, { model, object, id, tx }, rights) => {
    const { access } = caller
    const key = `${access.signature} ${object.name} ${rights.join()}`
    const known = statements.get(model, key)
    const statement =
      known ?? render(compileRowRights(object, { access, rights, dialect }), dialect)
    if (known === undefined) statements.set(model, key, statement)
    const holes = { [callerHole]: caller.userId }
    const row =
      tx === undefined
        ? await reads.read(statement, id, holes)
        : (await tx.read(statement, { ...holes, keys: idRows([id]) }))[0]
    if (row === undefined) return undefined
    const given = rights.filter((right) => Number(row[`may_${right}`]) === 1)
    if (rights.includes('read') && !given.includes('read')) return undefined
    return {
      version: Number(row['version']),
      isDeleted: row['deleted'] === true || row['deleted'] === 1,
      rights: new Set(given),
    }
  }
}

async function demandOne(
  find: Find,
  caller: Caller,
  { asked, right }: { readonly asked: RowAsked; readonly right: RowRight },
): Promise<RowFound> {
  const found = await find(caller, asked, rightsUpTo(right))
  if (found === undefined) throw notFound(asked.id)
  if (!found.rights.has(right)) throw insufficientAccess(asked.id)
  return found
}

function rightsUpTo(right: RowRight): readonly RowRight[] {
  return right === 'read' ? ['read'] : ['read', right]
}

export function insufficientAccess(id: string): Refusal {
  return refuse(
    'INSUFFICIENT_ACCESS_OR_READONLY',
    message('insufficient access rights on object id: {id}', { id }),
  )
}

interface AskedReference {
  readonly field: FieldModel
  readonly target: ObjectModel
  readonly id: string
  readonly right: RowRight
}

/** In the order in which the writer would find one missing. */
function referencesOf(
  { userId }: Caller,
  { model, object, values, previous }: TargetsAsked,
): AskedReference[] {
  const found: AskedReference[] = []
  for (const [column, field] of saveIndex(object).references) {
    const id = values.get(column)
    // Everybody knows of himself; what stays as it was was set by somebody who saw it.
    if (typeof id !== 'string' || id === userId || previous?.get(field.name) === id) continue
    const target = model.objectByKeyPrefix(id.slice(0, 3))
    if (target === undefined || field.reference?.targets.includes(target.name) !== true) continue
    const decides = isOwnParent(model, object, field) && !isSharedWith(model, object, target)
    const right = decides ? rightOnParent(object, field, 'edit') : 'read'
    found.push({ field, target, id, right })
  }
  return found
}

/** A link to a person or group shares with them and changes nothing of theirs. */
function isSharedWith(model: Model, object: ObjectModel, { name }: ObjectModel): boolean {
  if (name !== userObject && name !== groupObject) return false
  return objectSharing(model, object).linking !== undefined
}

async function demandEach(
  find: Find,
  caller: Caller,
  input: { readonly asked: TargetsAsked; readonly references: readonly AskedReference[] },
): Promise<void> {
  const { model, tx } = input.asked
  const answers = await Promise.all(
    input.references.map(async (one) => {
      const asked = { model, object: one.target, id: one.id, tx }
      return { one, found: await find(caller, asked, rightsUpTo(one.right)) }
    }),
  )
  const missing = answers.filter(({ found }) => found === undefined || found.isDeleted)
  if (missing.length > 0) throw new Refusal(missing.map(({ one }) => missingTarget(one.field)))
  const weak = answers.find(({ one, found }) => found?.rights.has(one.right) !== true)
  if (weak === undefined) return
  throw refuse(
    'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
    message('insufficient access rights on cross-reference id: {id}', { id: weak.one.id }),
    { fields: [weak.one.field.name] },
  )
}
