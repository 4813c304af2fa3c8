/** Why somebody may (not) see and change a record: every reason that the predicate of its rows is made of, asked one by one. */
import { message } from '../base/message.ts'
import { refuse } from '../base/refusal.ts'
import { normaliseId } from '../base/record-id.ts'
import type { ObjectSharing, RowRight } from '../access/object-sharing.ts'
import type { Model, ObjectModel } from '../model/model.ts'
import { idColumn, lookupColumn } from '../query/compile-write.ts'
import { callerHole } from '../query/rows/caller-sets.ts'
import { rowOpenings, rowPredicate } from '../query/rows/row-predicate.ts'
import { identifier, joinSql, sql, type Sql } from '../sql/sql.ts'
import type { RecordContext } from './record-parts.ts'
import type { Caller } from './records.ts'
import { notFound } from './targets.ts'

export interface SharingQuestion {
  readonly caller: Caller
  /** About whom it is asked. */
  readonly subject: Caller
  readonly id: string
}

/** JSON text. Of others, whoever manages users or sees all data may ask. */
export async function explainSharing(
  context: RecordContext,
  { caller, subject, id: given }: SharingQuestion,
): Promise<string> {
  const { access } = caller
  const mayAsk =
    access.has('ManageUsers') || access.has('ViewAllData') || access.has('ModifyAllData')
  if (caller.userId !== subject.userId && !mayAsk) {
    throw refuse(
      'INSUFFICIENT_ACCESS',
      message('Only whoever manages users may ask what others may see.'),
    )
  }
  const model = context.models.current()
  const id = normaliseId(given)
  const object = id === undefined ? undefined : model.objectByKeyPrefix(id.slice(0, 3))
  if (id === undefined || object === undefined) throw notFound(given)
  const found = await explainRecord({ context, model, subject, depth: 0 }, object, id)
  // What one may not see oneself is answered like what does not exist.
  const isOpen = await mayRead({ context, model, subject: caller, depth: 0 }, object, id)
  if (found === undefined || !isOpen) throw notFound(given)
  return JSON.stringify({ user: subject.userId, ...found })
}

interface Explaining {
  readonly context: RecordContext
  readonly model: Model
  readonly subject: Caller
  readonly depth: number
}

interface Reason {
  readonly kind: string
  readonly name: string
  /** What it gives: None, Read, Edit, Transfer or All. */
  readonly access: string
}

interface Explanation {
  readonly id: string
  readonly object: string
  readonly sharingModel: string
  readonly access: string
  readonly mayObject: { readonly read: boolean; readonly edit: boolean; readonly delete: boolean }
  readonly reasons: readonly Reason[]
  /** The records that decide, where the object is controlled by its parent. */
  readonly parents: readonly Explanation[]
}

const rights: readonly RowRight[] = ['read', 'edit', 'transfer', 'all']
const words: Readonly<Record<RowRight, string>> = {
  read: 'Read',
  edit: 'Edit',
  transfer: 'Transfer',
  all: 'All',
}
const alias = identifier('t0')
const parentsMax = 5

async function mayRead(asked: Explaining, object: ObjectModel, id: string): Promise<boolean> {
  if (!asked.subject.access.mayObject(object.name, 'read')) return false
  const row = await readFlags(asked, { object, id }, [
    { name: 'seen', sql: whole(asked, object, 'read') },
  ])
  return row !== undefined && Number(row['seen']) === 1
}

async function explainRecord(
  asked: Explaining,
  object: ObjectModel,
  id: string,
): Promise<Explanation | undefined> {
  const { subject } = asked
  const { access } = subject
  const openings = rights.flatMap((right) => reasonsFor(asked, object, right))
  const parents = access.rows(object, 'read')?.parents ?? access.rows(object, 'all')?.parents ?? []
  const row = await readFlags(asked, { object, id }, [
    ...rights.map((right) => ({ name: `may_${right}`, sql: whole(asked, object, right) })),
    ...openings.map(({ condition }, index) => ({ name: `o${index}`, sql: condition })),
    ...parents.map((field, index) => ({
      name: `p${index}`,
      sql: undefined,
      value: sql`${alias}.${lookupColumn(field)}`,
    })),
  ])
  if (row === undefined) return undefined
  const isSet = (name: string): boolean => Number(row[name]) === 1
  const best = new Map<string, Reason>()
  for (const { kind, name } of openings) best.set(`${kind} ${name}`, { kind, name, access: 'None' })
  openings.forEach(({ kind, name, right }, index) => {
    if (isSet(`o${index}`)) best.set(`${kind} ${name}`, { kind, name, access: words[right] })
  })
  const above = asked.depth >= parentsMax ? [] : parents
  return {
    id,
    object: object.name,
    sharingModel: object.declaration.sharingModel ?? 'ReadWrite',
    access: highest(isSet),
    mayObject: {
      read: access.mayObject(object.name, 'read'),
      edit: access.mayObject(object.name, 'edit'),
      delete: access.mayObject(object.name, 'delete'),
    },
    reasons: [...everywhere(asked, object), ...best.values()],
    parents: await parentsOf(
      asked,
      above.map((_, index) => row[`p${index}`] ?? null),
    ),
  }
}

function highest(isSet: (name: string) => boolean): string {
  const right = rights.findLast((one) => isSet(`may_${one}`))
  return right === undefined ? 'None' : words[right]
}

/** Rights that hold for all records of the object. */
function everywhere({ subject }: Explaining, object: ObjectModel): readonly Reason[] {
  const { access } = subject
  const found: Reason[] = []
  const add = (kind: string, name: string, given: string): void => {
    found.push({ kind, name, access: given })
  }
  if (access.has('ModifyAllData')) add('permission', 'ModifyAllData', 'All')
  else if (access.has('ViewAllData')) add('permission', 'ViewAllData', 'Read')
  if (access.mayObject(object.name, 'modifyAll')) add('objectPermission', 'modifyAllRecords', 'All')
  else if (access.mayObject(object.name, 'viewAll'))
    add('objectPermission', 'viewAllRecords', 'Read')
  const open = rights.findLast((right) => access.rows(object, right) === undefined)
  const given = open === undefined ? 'None' : words[open]
  if (found.length === 0)
    add('organizationWideDefault', object.declaration.sharingModel ?? 'ReadWrite', given)
  return found
}

interface AskedReason {
  readonly kind: string
  readonly name: string
  readonly right: RowRight
  readonly condition: Sql
}

function reasonsFor(
  { context, subject }: Explaining,
  object: ObjectModel,
  right: RowRight,
): readonly AskedReason[] {
  const sharing: ObjectSharing | undefined = subject.access.rows(object, right)
  if (sharing === undefined) return []
  const { dialect } = context.storage
  const place = { access: subject.access, object, alias, right, dialect }
  return rowOpenings(place, sharing).map(({ kind, name, sql: condition }) => ({
    kind,
    name,
    right,
    condition,
  }))
}

/** The condition of the right as every statement has it. */
function whole({ context, subject }: Explaining, object: ObjectModel, right: RowRight): Sql {
  const { dialect } = context.storage
  return rowPredicate({ access: subject.access, object, alias, right, dialect }) ?? sql`1 = 1`
}

interface Flag {
  readonly name: string
  readonly sql: Sql | undefined
  readonly value?: Sql
}

async function readFlags(
  { context, subject }: Explaining,
  { object, id }: { readonly object: ObjectModel; readonly id: string },
  flags: readonly Flag[],
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const columns = flags.map(({ name, sql: condition, value }) => {
    const flag =
      condition === undefined ? (value ?? sql`0`) : sql`case when (${condition}) then 1 else 0 end`
    return sql`${flag} as ${identifier(name)}`
  })
  const query = sql`select ${joinSql(columns)} from ${object.table} as ${alias} where ${alias}.${idColumn} = ${id}`
  const holes = { [callerHole]: subject.userId }
  return (await context.storage.read(query, { holes }))[0]
}

async function parentsOf(
  asked: Explaining,
  ids: readonly unknown[],
): Promise<readonly Explanation[]> {
  const found = await Promise.all(
    ids.map((id) => {
      const object =
        typeof id === 'string' ? asked.model.objectByKeyPrefix(id.slice(0, 3)) : undefined
      if (typeof id !== 'string' || object === undefined) return undefined
      return explainRecord({ ...asked, depth: asked.depth + 1 }, object, id)
    }),
  )
  return found.filter((one) => one !== undefined)
}
