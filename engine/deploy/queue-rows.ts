/** What a queue's file says beside its own row: whose records it may own, and who works from it. */
import type { Queue } from '../../metadata/types.ts'
import type { Declaration } from '../model/declaration.ts'
import type { Model, ObjectModel } from '../model/model.ts'
import { lookupColumn } from '../query/compile-write.ts'
import { takeNumbers } from '../query/take-numbers.ts'
import { identifier, joinSql, sql, type Sql } from '../sql/sql.ts'
import type { Transaction } from '../storage/storage.ts'
import {
  insertRow,
  removeRow,
  type RowContext,
  type RowFacts,
  type RowTarget,
} from './component-row.ts'

type Body = Readonly<Queue>

/** A part that the file does not have is left as it is; users and groups that are not there yet are left out. */
export async function writeQueueRows(
  tx: Transaction,
  saved: readonly Declaration[],
  context: RowContext,
): Promise<void> {
  const { wanted } = context
  const groups = wanted.object('Group')
  const enabled = wanted.object('QueueSobject')
  const members = wanted.object('GroupMember')
  if (groups === undefined) return
  for (const { type, fullName, body } of saved) {
    if (type !== 'Queue') continue
    const queue: Body = body
    const [id] = await groupIds(tx, groups, { names: [fullName], types: ['Queue'] })
    if (id === undefined) continue
    if (enabled !== undefined && queue.queueSobject !== undefined) {
      const names = queue.queueSobject.map(({ sobjectType }) => sobjectType)
      const list = { parent: 'QueueId', item: 'SobjectType' }
      await keepRows({ tx, object: enabled, context }, { ...list, id, items: names })
    }
    if (members !== undefined && queue.queueMembers !== undefined) {
      const items = await principals(tx, context, queue.queueMembers)
      const list = { parent: 'GroupId', item: 'UserOrGroupId' }
      await keepRows({ tx, object: members, context }, { ...list, id, items })
    }
  }
}

type Reader = Pick<Transaction, 'read'>

/** The memberships that the wanted queues would begin and end; queues that are not there yet own nothing. */
export async function plannedQueueMembers(
  tx: Reader,
  wanted: Model,
  saved: readonly Declaration[],
): Promise<{ readonly add: (readonly [string, string])[]; readonly remove: string[] }> {
  const groups = wanted.object('Group')
  const members = wanted.object('GroupMember')
  const planned = { add: [] as (readonly [string, string])[], remove: [] as string[] }
  if (groups === undefined || members === undefined) return planned
  for (const { type, fullName, body } of saved) {
    if (type !== 'Queue') continue
    const queue: Body = body
    if (queue.queueMembers === undefined) continue
    const [id] = await groupIds(tx, groups, { names: [fullName], types: ['Queue'] })
    if (id === undefined) continue
    const missing = new Set(await principals(tx, { wanted }, queue.queueMembers))
    const list = { parent: 'GroupId', item: 'UserOrGroupId', id }
    for (const row of await presentRows(tx, members, list)) {
      if (!missing.delete(String(row['item']))) planned.remove.push(String(row['id']))
    }
    planned.add.push(...[...missing].map((one) => [id, one] as const))
  }
  return planned
}

interface WantedRows {
  readonly parent: string
  readonly id: string
  readonly item: string
  readonly items: readonly string[]
}

/** Of one parent there are rows for these items and no others. */
async function keepRows(target: RowTarget, wanted: WantedRows): Promise<void> {
  const { tx, object, context } = target
  const rows = await presentRows(tx, object, wanted)
  const missing = new Set(wanted.items)
  for (const row of rows) {
    // The first of two equal rows stands.
    if (!missing.delete(String(row['item']))) await removeRow(target, String(row['id']))
  }
  for (const one of missing) {
    const facts: RowFacts = [
      ...(await numbered(tx, object, context)),
      [wanted.parent, wanted.id],
      [wanted.item, one],
    ]
    await insertRow(target, context.ids(object.keyPrefix), facts)
  }
}

function presentRows(
  tx: Reader,
  object: ObjectModel,
  wanted: Omit<WantedRows, 'items'>,
): ReturnType<Reader['read']> {
  const parent = columnOf(object, wanted.parent)
  const item = columnOf(object, wanted.item)
  return tx.read(
    sql`select ${identifier('Id')} as id, ${item} as item from ${object.table} where ${parent} = ${wanted.id} and not ${identifier('IsDeleted')}`,
  )
}

async function numbered(
  tx: Transaction,
  object: ObjectModel,
  context: RowContext,
): Promise<RowFacts> {
  const { nameField } = object
  const column = nameField.columns.get('')
  if (column === undefined || nameField.type.generate === undefined) return []
  const { options } = nameField
  const range = { start: options.startingNumber ?? 1, count: 1 }
  const [row] = await tx.read(takeNumbers(object, column, range))
  const today = new Date(context.at).toISOString().slice(0, 10)
  return [[nameField.name, nameField.type.generate(options, Number(row?.['first']), today)]]
}

async function principals(
  tx: Reader,
  { wanted }: Pick<RowContext, 'wanted'>,
  members: NonNullable<Body['queueMembers']>,
): Promise<readonly string[]> {
  const groups = wanted.object('Group')
  const users = wanted.object('User')
  const roles = wanted.object('UserRole')
  if (groups === undefined || users === undefined) return []
  const branches = [
    ...(members.roleAndSubordinates?.roleAndSubordinate ?? []),
    ...(members.roleAndSubordinatesInternal?.roleAndSubordinateInternal ?? []),
  ]
  const found = [
    await userIds(tx, users, members.users?.user ?? []),
    await groupIds(tx, groups, {
      names: members.publicGroups?.publicGroup ?? [],
      types: ['Regular'],
    }),
  ]
  if (roles !== undefined) {
    const own = members.roles?.role ?? []
    found.push(await roleGroupIds(tx, { groups, roles }, { names: own, type: 'Role' }))
    const below = { names: branches, type: 'RoleAndSubordinates' }
    found.push(await roleGroupIds(tx, { groups, roles }, below))
  }
  return [...new Set(found.flat())]
}

/** User names are compared without case, as at sign-in. */
async function userIds(
  tx: Reader,
  users: ObjectModel,
  names: readonly string[],
): Promise<readonly string[]> {
  const username = users.fieldsByName.get('username')
  if (username === undefined || names.length === 0) return []
  const given = joinSql(names.map((name) => sql`${name.toLowerCase()}`))
  return ids(
    tx,
    sql`select ${identifier('Id')} as id from ${users.table} where lower(${lookupColumn(username)}) in (${given}) and not ${identifier('IsDeleted')}`,
  )
}

async function groupIds(
  tx: Reader,
  groups: ObjectModel,
  wanted: { readonly names: readonly string[]; readonly types: readonly string[] },
): Promise<readonly string[]> {
  if (wanted.names.length === 0) return []
  return ids(
    tx,
    sql`select ${identifier('Id')} as id from ${groups.table} where ${columnOf(groups, groups.nameField.name)} in (${texts(wanted.names)}) and ${columnOf(groups, 'Type')} in (${texts(wanted.types)}) and not ${identifier('IsDeleted')}`,
  )
}

async function roleGroupIds(
  tx: Reader,
  { groups, roles }: { readonly groups: ObjectModel; readonly roles: ObjectModel },
  { names, type }: { readonly names: readonly string[]; readonly type: string },
): Promise<readonly string[]> {
  if (names.length === 0) return []
  const named = sql`select ${identifier('Id')} from ${roles.table} where ${columnOf(roles, roles.nameField.name)} in (${texts(names)}) and not ${identifier('IsDeleted')}`
  return ids(
    tx,
    sql`select ${identifier('Id')} as id from ${groups.table} where ${columnOf(groups, 'RelatedId')} in (${named}) and ${columnOf(groups, 'Type')} = ${type} and not ${identifier('IsDeleted')}`,
  )
}

function texts(values: readonly string[]): Sql {
  return joinSql(values.map((value) => sql`${value}`))
}

async function ids(tx: Reader, query: Sql): Promise<readonly string[]> {
  return (await tx.read(query)).map((row) => String(row['id']))
}

function columnOf(object: ObjectModel, name: string): ReturnType<typeof lookupColumn> {
  const field = object.fieldsByName.get(name.toLowerCase())
  if (field === undefined) throw new Error(`${object.name} has no field ${name}`)
  return lookupColumn(field)
}
