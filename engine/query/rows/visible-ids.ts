/**
 * The ids of all rows that a caller may read, gathered from what opens them: the other way round from the predicate, for
 * callers who see few rows of a large table. It gives exactly the rows of the predicate.
 */
import type { ObjectSharing, SharingGrant, SharingRule } from '../../access/object-sharing.ts'
import { levelsFrom, rankOf } from '../../access/object-sharing.ts'
import { limits } from '../../base/limits.ts'
import { recordTypeObject } from '../../model/component-objects.ts'
import type { FieldModel } from '../../model/model.ts'
import { identifier, integerLiteral, joinSql, sql, textLiteral, type Sql } from '../../sql/sql.ts'
import { deletedColumn, idColumn, lookupColumn } from '../compile-write.ts'
import { principalSet } from './caller-sets.ts'
import { criteriaSql } from './criteria-sql.ts'
import { grantParts } from './grant-parts.ts'
import type { RowSubject } from './row-predicate.ts'
import { isAmong, ownersAmong, type SharingPlace } from './shared-to.ts'

type Subject = Pick<RowSubject, 'access' | 'object' | 'dialect'>

interface Gathering extends Subject {
  readonly depth: number
  /** What children open does not count: they would ask for this object again. */
  readonly ownOnly: boolean
}

/** A select of ids; undefined where all rows are open, or where rows are opened in ways that nothing leads to. */
export function visibleIds(subject: Subject): Sql | undefined {
  if (subject.object.name === recordTypeObject) return undefined
  return gather({ ...subject, depth: 0, ownOnly: false })
}

/**
 * One row: `n`, how many rows the caller may read, counted no further than `max` and one more; `rows`, how many there are, about.
 */
export function countVisible(subject: Subject, max: number): Sql | undefined {
  const ids = visibleIds(subject)
  if (ids === undefined) return undefined
  const cut = integerLiteral(max + 1)
  const counted = sql`select count(*) from (select 1 as one from (${ids}) as s_v limit ${cut}) as s_n`
  const scans = scanningRules(subject)
  const rows = sql`${subject.dialect.rowsEstimate(subject.object.table)} as ${identifier('rows')}`
  if (scans.length === 0) return sql`select (${counted}) as n, ${rows}`
  // Rows that are opened by their values are found by looking at all of them.
  return sql`select case when ${joinSql(scans, sql` or `)} then ${cut} else (${counted}) end as n, ${rows}`
}

function scanningRules({ access, object, dialect }: Subject): readonly Sql[] {
  const sharing = access.rows(object, 'read')
  if (sharing === undefined) return []
  const place = placeOf(sharing, { access, object, dialect })
  return readingRules(sharing)
    .filter(({ from }) => from.kind === 'criteria')
    .map(({ to }) => isAmong(place, to))
}

function readingRules(sharing: ObjectSharing): readonly SharingRule[] {
  return sharing.parents.length > 0 ? [] : sharing.rules.filter(({ rank }) => rank >= rankOf.read)
}

function placeOf({ model, hierarchy }: ObjectSharing, { access, dialect }: Subject): SharingPlace {
  return { model, dialect, hierarchy, outside: access.outside }
}

function gather(subject: Gathering): Sql | undefined {
  const sharing = subject.access.rows(subject.object, 'read')
  if (sharing === undefined) return undefined
  // Links lead to records of many objects: nothing gathers those.
  if (sharing.linking !== undefined || sharing.links.length > 0) return undefined
  if (sharing.parents.length > 0) return ofParent(subject, sharing)
  return ownBranches(subject, sharing)
}

/** What opens a row by itself, whatever its parents say. */
function ownBranches(subject: Gathering, sharing: ObjectSharing): Sql | undefined {
  const { object } = subject
  const place = placeOf(sharing, subject)
  const branches: Sql[] = []
  if (object.ownerField !== undefined) {
    const owner = lookupColumn(object.ownerField)
    branches.push(
      sql`select s_d.${idColumn} from ${object.table} as s_d where s_d.${owner} in (${principalSet(place)})`,
    )
  }
  for (const rule of readingRules(sharing)) branches.push(...ofRule(subject, place, rule))
  for (const grant of sharing.grants) branches.push(ofGrant(place, grant))
  for (const child of subject.ownOnly ? [] : sharing.children) {
    const { access } = subject
    const childSharing = access.rows(child.object, 'read')
    const isClosed = !access.mayObject(child.object.name, 'read')
    // As in the predicate: a child that all may see, or that its parents decide over, opens nothing.
    if (isClosed || childSharing === undefined || childSharing.parents.length > 0) continue
    const ids = gather({ ...subject, object: child.object, depth: 1, ownOnly: true })
    if (ids === undefined) return undefined
    branches.push(
      sql`select s_k.${lookupColumn(child.lookup)} from ${child.object.table} as s_k where s_k.${idColumn} in (${ids}) and not s_k.${deletedColumn}`,
    )
  }
  return branches.length === 0 ? undefined : joinSql(branches, sql` union all `)
}

/** Nothing is looked at where the rule does not reach the caller: the row without columns goes first. */
function ofRule({ object, dialect }: Gathering, place: SharingPlace, rule: SharingRule): Sql[] {
  const reached = sql`(select 1 as one where ${isAmong(place, rule.to)}) as s_r`
  const rows = sql`select s_d.${idColumn} from ${reached} cross join ${object.table} as s_d`
  if (rule.from.kind === 'criteria') {
    const alias = identifier('s_d')
    return [sql`${rows} where ${criteriaSql({ object, alias, dialect }, rule.from.rule)}`]
  }
  if (object.ownerField === undefined) return []
  const owner = sql`s_d.${lookupColumn(object.ownerField)}`
  const owners = ownersAmong(place, rule.from.of)
  return [owners === undefined ? rows : sql`${rows} where ${owner} in (${owners})`]
}

function ofGrant(place: SharingPlace, grant: SharingGrant): Sql {
  const { record, principal } = grant
  const { from, own, conditions } = grantParts(grant, {
    levels: levelsFrom(rankOf.read).map(textLiteral),
    depth: 0,
  })
  const reached = sql`${own}.${lookupColumn(principal)} in (${principalSet(place)})`
  return sql`select ${own}.${lookupColumn(record)} ${from} where ${joinSql([reached, ...conditions], sql` and `)}`
}

/** Rows of one parent that is seen; rows without one are their owner's. */
function ofParent(subject: Gathering, sharing: ObjectSharing): Sql | undefined {
  const { access, object, depth } = subject
  const [field, ...others] = sharing.parents
  if (field === undefined || others.length > 0 || depth >= limits.sharingParentDepthMax)
    return undefined
  const parent = onlyTarget(sharing, field)
  if (parent === undefined || !access.mayObject(parent.name, 'read')) return undefined
  const ids = gather({ ...subject, object: parent, depth: depth + 1 })
  if (ids === undefined) return undefined
  const column = lookupColumn(field)
  const held = sql`select s_h.${idColumn} from ${object.table} as s_h where s_h.${column} in (${ids})`
  if (field.required) return held
  const own = ownBranches(subject, { ...sharing, rules: [] })
  if (own === undefined) return held
  return sql`${held} union all select s_h.${idColumn} from ${object.table} as s_h where s_h.${column} is null and s_h.${idColumn} in (${own})`
}

function onlyTarget(
  { model }: ObjectSharing,
  { reference }: FieldModel,
): ReturnType<typeof model.object> {
  const [target = '', ...others] = reference?.targets ?? []
  return others.length > 0 ? undefined : model.object(target)
}
