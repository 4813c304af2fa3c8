/** To whom a record is open, as far as it can be stated: its owner, what everybody has, rules, shares, teams, participants. */
import type { SharedTo } from '../../metadata/types.ts'
import { objectSharing, type SharingGrant, type SharingRule } from '../access/object-sharing.ts'
import { normaliseId } from '../base/record-id.ts'
import type { FieldModel, Model, ObjectModel } from '../model/model.ts'
import { followedTarget } from '../model/people-lookup.ts'
import { idColumn } from '../query/compile-write.ts'
import { ruleMeets } from '../query/rows/row-predicate.ts'
import { identifier, joinSql, sql } from '../sql/sql.ts'
import type { RecordContext } from './record-parts.ts'
import type { Caller, Records } from './records.ts'
import type { RowRights } from './row-rights.ts'
import { notFound } from './targets.ts'

interface Principal {
  readonly id: string
  readonly name: string
  /** User, Queue, Group … */
  readonly type: string
}

interface ShareEntry {
  /** The record that opens it, which may be changed or deleted as such. */
  readonly id: string
  readonly object: string
  /** Manual, or the object of the record that opens it. */
  readonly cause: string
  readonly who: Principal
  readonly access: string
}

interface ShareList {
  readonly id: string
  readonly object: string
  readonly sharingModel: string
  readonly externalSharingModel: string
  readonly hierarchy: boolean
  readonly owner: Principal | null
  readonly rules: readonly {
    readonly name: string
    readonly access: string
    readonly to: SharedTo
  }[]
  readonly shares: readonly ShareEntry[]
  /** What records of shares are made of; null where there are none. */
  readonly shareObject: ShareObject | null
  /** Whether the caller may give others access by hand. */
  readonly mayShare: boolean
}

interface ShareObject {
  readonly name: string
  readonly record: string
  readonly principal: string
  readonly level: string
}

const entriesMax = 500

export interface ListParts extends Pick<Records, 'query'> {
  readonly rights: Pick<RowRights, 'find'>
}

/** JSON text; whoever may see the record may see to whom it is open, as far as he may read what opens it. */
export async function listShares(
  context: RecordContext,
  { query, rights }: ListParts,
  { caller, id: given }: { readonly caller: Caller; readonly id: string },
): Promise<string> {
  const model = context.models.current()
  const id = normaliseId(given)
  const object = id === undefined ? undefined : model.objectByKeyPrefix(id.slice(0, 3))
  if (id === undefined || object === undefined) throw notFound(given)
  if (!caller.access.mayObject(object.name, 'read')) throw notFound(given)
  const found = await rights.find(caller, { model, object, id }, ['read', 'all'])
  if (found === undefined || found.isDeleted) throw notFound(given)
  const sharing = objectSharing(model, object)
  const manual = sharing.grants.find(({ endsWithOwner }) => endsWithOwner)
  const reading = { records: { query }, caller, id }
  const shares = await Promise.all(sharing.grants.map((grant) => grantEntries(reading, grant)))
  const { declaration } = object
  const list: ShareList = {
    id,
    object: object.name,
    sharingModel: declaration.sharingModel ?? 'ReadWrite',
    externalSharingModel:
      declaration.externalSharingModel ?? declaration.sharingModel ?? 'ReadWrite',
    hierarchy: sharing.hierarchy,
    owner: await ownerOf(reading, object),
    rules: await metRules(context, model, { object, id }),
    shares: shares.flat(),
    shareObject: manual === undefined ? null : shareObject(manual),
    mayShare: manual !== undefined && found.rights.has('all'),
  }
  return JSON.stringify(list)
}

function shareObject({ holder, record, principal, level }: SharingGrant): ShareObject {
  return {
    name: holder.name,
    record: record.name,
    principal: principal.name,
    level: level.field.name,
  }
}

interface Reading {
  readonly records: Pick<Records, 'query'>
  readonly caller: Caller
  readonly id: string
}

type Row = Readonly<Record<string, unknown>>

async function rowsOf({ records, caller }: Reading, soql: string): Promise<readonly Row[]> {
  const page = JSON.parse((await records.query(caller, soql)).text) as { records: readonly Row[] }
  return page.records
}

/** Through the gate, as the caller may read it. */
async function grantEntries(
  reading: Reading,
  { holder, record, principal, level }: SharingGrant,
): Promise<readonly ShareEntry[]> {
  const { access } = reading.caller
  const needed = [
    record,
    principal,
    ...(level.over === undefined ? [level.field] : [level.over.lookup]),
  ]
  const mayRead = needed.every((field) => access.mayField(holder.name, field.name, 'read'))
  const overObject = level.over?.object.name
  const mayLevel = overObject === undefined || access.mayField(overObject, level.field.name, 'read')
  if (!mayRead || !mayLevel) return []
  const who = principal.reference?.relationshipName ?? ''
  const hasOne =
    followedTarget(principal.reference?.targets ?? []) === principal.reference?.targets[0]
  const levelPath = [level.over?.lookup.reference?.relationshipName, level.field.name]
    .filter((part) => part !== undefined)
    .join('.')
  const type = hasOne && principal.reference?.targets.length === 1 ? '' : `, ${who}.Type`
  const rows = await rowsOf(
    reading,
    `SELECT Id, ${principal.name}, ${who}.Name${type}, ${levelPath} FROM ${holder.name} WHERE ${record.name} = '${reading.id}' ORDER BY Id LIMIT ${entriesMax}`,
  )
  return rows.map((row) => ({
    id: String(row['Id']),
    object: holder.name,
    cause:
      level.over === undefined && holder.declaration.rightsFollow !== undefined
        ? 'Manual'
        : holder.name,
    who: principalOf(row, principal),
    access: textAt(row, levelPath.split('.')),
  }))
}

function principalOf(row: Row, field: FieldModel): Principal {
  const path = field.reference?.relationshipName ?? ''
  const type = textAt(row, [path, 'Type'])
  return {
    id: textAt(row, [field.name]),
    name: textAt(row, [path, 'Name']),
    type: type === '' ? (field.reference?.targets[0] ?? '') : type,
  }
}

function textAt(row: Row, path: readonly string[]): string {
  let value: unknown = row
  for (const key of path) {
    value = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
  }
  return typeof value === 'string' ? value : ''
}

async function ownerOf(reading: Reading, object: ObjectModel): Promise<Principal | null> {
  const field = object.ownerField
  const targets = field?.reference?.targets ?? []
  if (field === undefined || targets.length === 0) return null
  const type = targets.length > 1 ? ', Owner.Type' : ''
  const soql = `SELECT OwnerId, Owner.Name${type} FROM ${object.name} WHERE Id = '${reading.id}'`
  const [row] = await rowsOf(reading, soql)
  return row === undefined ? null : principalOf(row, field)
}

/** The rules that this record meets, whoever it is opened to by them. */
async function metRules(
  context: RecordContext,
  model: Model,
  { object, id }: { readonly object: ObjectModel; readonly id: string },
): Promise<ShareList['rules']> {
  const sharing = objectSharing(model, object)
  const { dialect } = context.storage
  const alias = identifier('t0')
  const conditions = sharing.rules.flatMap((rule) => {
    const condition = ruleMeets({ model, object, alias, dialect }, rule)
    return condition === undefined ? [] : [{ rule, condition }]
  })
  if (conditions.length === 0) return []
  const flags = conditions.map(
    ({ condition }, index) =>
      sql`case when ${condition} then 1 else 0 end as ${identifier(`r${index}`)}`,
  )
  const [row] = await context.storage.read(
    sql`select ${joinSql(flags)} from ${object.table} as ${alias} where ${alias}.${idColumn} = ${id}`,
  )
  return conditions
    .filter((_, index) => Number(row?.[`r${index}`]) === 1)
    .map(({ rule }) => ruleEntry(rule))
}

const rankWords = new Map([
  [1, 'Read'],
  [2, 'Edit'],
  [4, 'All'],
])

function ruleEntry({ name, rank, to }: SharingRule): ShareList['rules'][number] {
  return { name, access: rankWords.get(rank) ?? '', to }
}
