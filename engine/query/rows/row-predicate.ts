/** Which rows a caller may see or change, as one SQL predicate for every mention of an object in a statement. */
import type { Access } from '../../access/access.ts'
import {
  levelsFrom,
  objectSharing,
  rankOf,
  type ObjectSharing,
  type RowRight,
  type SharingChild,
  type SharingGrant,
  type SharingRule,
} from '../../access/object-sharing.ts'
import { limits } from '../../base/limits.ts'
import { recordTypeObject } from '../../model/component-objects.ts'
import type { FieldModel, Model, ObjectModel } from '../../model/model.ts'
import type { Dialect } from '../../sql/dialect.ts'
import {
  filledIn,
  identifier,
  joinSql,
  settled,
  sql,
  textLiteral,
  type Identifier,
  type Sql,
} from '../../sql/sql.ts'
import { deletedColumn, idColumn, lookupColumn } from '../compile-write.ts'
import {
  callerId,
  isPrincipal,
  isPrincipalBelow,
  isUserBelow,
  peopleOf,
  type CallerSets,
} from './caller-sets.ts'
import { criteriaSql } from './criteria-sql.ts'
import { grantParts } from './grant-parts.ts'
import { ledgerRows } from './ledger-rows.ts'
import { linkRow, openByLink } from './link-rows.ts'
import { isAmong, isOwnerAmong, type SharingPlace } from './shared-to.ts'

export interface RowSubject {
  readonly access: Access
  readonly object: ObjectModel
  /** The alias under which the object's table stands in the statement. */
  readonly alias: Identifier
  readonly right: RowRight
  readonly dialect: Dialect
}

/**
 * The predicate, or undefined where all rows are open.
 *
 * Statements are kept by `access.signature`, which callers with equal rights share: whatever depends on the user himself
 * stands in the predicate as the hole `caller`, never as a value.
 */
export function rowPredicate(subject: RowSubject): Sql | undefined {
  const { access, object, alias } = subject
  if (object.ledger !== undefined) return ledgerRows(subject, object.ledger, rowPredicate)
  if (object.name === recordTypeObject && !access.has('ModifyAllData')) {
    return knownRecordTypes(access, object, alias)
  }
  return keptPredicate(subject)
}

/** In the place of the table's alias, in what is kept. */
const anyRow = identifier('fs_row')
const keptMax = 2_000
const kept = new WeakMap<Model, Map<string, { readonly predicate: Sql | undefined }>>()

/** By the same signature as the statements that it stands in, and as long as the model. */
function keptPredicate(subject: RowSubject): Sql | undefined {
  const { access, object, alias, right, dialect } = subject
  const sharing = access.rows(object, right)
  if (sharing === undefined) return undefined
  const ofModel = kept.get(sharing.model) ?? new Map<string, { predicate: Sql | undefined }>()
  kept.set(sharing.model, ofModel)
  const key = `${dialect.name} ${right} ${object.name} ${access.signature}`
  const known = ofModel.get(key)
  if (known !== undefined) return known.predicate && filledIn(known.predicate, anyRow, alias)
  const made = predicateAt({ ...subject, alias: anyRow, depth: 0, ownOnly: false })
  const predicate = made && settled(made, dialect, anyRow)
  if (ofModel.size >= keptMax) ofModel.clear()
  ofModel.set(key, { predicate })
  return predicate && filledIn(predicate, anyRow, alias)
}

/** A record type gives away the name of its object. */
function knownRecordTypes(access: Access, object: ObjectModel, alias: Identifier): Sql | undefined {
  const column = object.fieldsByName.get('sobjecttype')?.columns.get('')
  if (column === undefined) return undefined
  const names = access.objectsWithRecordTypes()
  if (names.length === 0) return sql`1 = 0`
  return sql`${alias}.${column.name} in (${joinSql(names.map(textLiteral))})`
}

export interface Mention extends RowSubject {
  /** How many records lie between this one and the one that is asked for. */
  readonly depth: number
  /** What children and links open does not count: they would ask for this one again. */
  readonly ownOnly: boolean
  /** Set within statements that ask very often whom the caller counts as. */
  readonly sets?: CallerSets | undefined
}

const closed = sql`1 = 0`

function predicateAt(mention: Mention): Sql | undefined {
  const sharing = mention.access.rows(mention.object, mention.right)
  if (sharing === undefined) return undefined
  const { linking } = sharing
  if (linking !== undefined) return linkRow({ mention, link: linking, sharing }, predicateAt)
  const parts = [...openings(mention, sharing)]
  if (sharing.parents.length === 0) return anyOf(parts.map(({ sql: one }) => one))
  return byParents(
    mention,
    sharing,
    parts.map(({ sql: one }) => one),
  )
}

function anyOf(parts: readonly Sql[]): Sql {
  return parts.length === 0 ? closed : sql`(${joinSql(parts, sql` or `)})`
}

/** One reason for which a record is open, and its condition. */
export interface Opening {
  readonly kind: 'owner' | 'hierarchy' | 'rule' | 'grant' | 'child' | 'link'
  /** The rule, or the object whose record grants it. */
  readonly name: string
  readonly sql: Sql
}

/** All reasons beside the parents', each with its condition: the predicate is made of them, and so is its explanation. */
function openings(mention: Mention, sharing: ObjectSharing): readonly Opening[] {
  const { access, dialect, alias, right, object, sets } = mention
  const { model, hierarchy } = sharing
  const place: SharingPlace = { model, dialect, hierarchy, outside: access.outside, sets }
  const owner = object.ownerField && sql`${alias}.${lookupColumn(object.ownerField)}`
  const rank = rankOf[right]
  // A record that its parents decide over is its owner's only while it has none.
  const isFree = sharing.parents.length === 0
  const rules = isFree ? sharing.rules.filter((rule) => rule.rank >= rank) : []
  return [
    ...(owner === undefined ? [] : ownerOpenings(place, object, owner)),
    ...rules.flatMap((rule) => {
      const found = ruleSql({ place, mention, owner }, rule)
      return found === undefined ? [] : [{ kind: 'rule' as const, name: rule.name, sql: found }]
    }),
    ...sharing.grants.map((grant) => ({
      kind: 'grant' as const,
      name: grant.holder.name,
      sql: grantSql(place, mention, grant),
    })),
    ...(right === 'read' && !mention.ownOnly ? sharing.children : []).flatMap((child) => {
      const found = childSql(mention, child)
      return found === undefined
        ? []
        : [{ kind: 'child' as const, name: child.object.name, sql: found }]
    }),
    ...(mention.ownOnly ? [] : sharing.links).flatMap((link) => {
      const found = openByLink({ mention, link, sharing }, predicateAt)
      return found === undefined
        ? []
        : [{ kind: 'link' as const, name: link.holder.name, sql: found }]
    }),
  ]
}

function ownerOpenings(place: SharingPlace, object: ObjectModel, owner: Sql): readonly Opening[] {
  const people = peopleOf(place.model)
  const mayBeGroup = object.ownerField?.reference?.targets.includes('Group') === true
  const own = mayBeGroup
    ? isPrincipal({ ...place, hierarchy: false }, owner)
    : sql`${owner} = ${callerId(place)}`
  const opened: Opening[] = [{ kind: 'owner', name: '', sql: own }]
  if (place.hierarchy && people !== undefined) {
    const above = mayBeGroup
      ? isPrincipalBelow(place, people, owner)
      : isUserBelow(place, people, owner)
    opened.push({ kind: 'hierarchy', name: '', sql: above })
  }
  return opened
}

interface RuleParts {
  readonly place: SharingPlace
  readonly mention: Mention
  readonly owner: Sql | undefined
}

function ruleSql({ place, mention, owner }: RuleParts, rule: SharingRule): Sql | undefined {
  const { object, alias, dialect } = mention
  const to = isAmong(place, rule.to)
  if (rule.from.kind === 'criteria') {
    return sql`(${to} and ${criteriaSql({ object, alias, dialect }, rule.from.rule)})`
  }
  return owner && sql`(${to} and ${isOwnerAmong(place, rule.from.of, owner)})`
}

/** True for a row that the rule is about, whoever it opens it to; undefined where it can be about none. */
export function ruleMeets(
  subject: Pick<RowSubject, 'object' | 'alias' | 'dialect'> & { readonly model: Model },
  { from }: SharingRule,
): Sql | undefined {
  const { model, object, alias, dialect } = subject
  if (from.kind === 'criteria') return criteriaSql({ object, alias, dialect }, from.rule)
  const owner = object.ownerField && sql`${alias}.${lookupColumn(object.ownerField)}`
  const place: SharingPlace = { model, dialect, hierarchy: false, outside: false }
  return owner && isOwnerAmong(place, from.of, owner)
}

/** True where a record of the holder opens the row to the caller. */
function grantSql(place: SharingPlace, { alias, right, depth }: Mention, grant: SharingGrant): Sql {
  const { record, principal } = grant
  const levels = levelsFrom(rankOf[right]).map(textLiteral)
  const { own, from, conditions } = grantParts(grant, { levels, depth })
  const all = [
    sql`${own}.${lookupColumn(record)} = ${alias}.${idColumn}`,
    ...conditions,
    isPrincipal(place, sql`${own}.${lookupColumn(principal)}`),
  ]
  return sql`exists (select 1 ${from} where ${joinSql(all, sql` and `)})`
}

/** True where the caller sees a child by the child's own sharing; a child that all may see opens nothing. */
function childSql(mention: Mention, { object, lookup }: SharingChild): Sql | undefined {
  const { access, alias, depth, dialect } = mention
  const child = identifier(`s_k${depth}`)
  if (depth >= limits.sharingParentDepthMax || !access.mayObject(object.name, 'read'))
    return undefined
  const sharing = access.rows(object, 'read')
  if (sharing === undefined || sharing.parents.length > 0) return undefined
  const seen = predicateAt({
    access,
    object,
    dialect,
    alias: child,
    right: 'read',
    depth: depth + 1,
    ownOnly: true,
    sets: mention.sets,
  })
  return sql`exists (select 1 from ${object.table} as ${child} where ${child}.${lookupColumn(lookup)} = ${alias}.${idColumn} and not ${child}.${deletedColumn} and (${seen ?? closed}))`
}

/**
 * All parents that there are must be open; a record without any is its owner's. Whoever may not read the object of a
 * parent sees none of its children.
 */
function byParents(
  mention: Mention,
  { parents }: ObjectSharing,
  own: readonly Sql[],
): Sql | undefined {
  const { alias } = mention
  const demands = parents.flatMap((field) => parentOpen(mention, field) ?? [])
  if (demands.length === 0) return undefined
  const columns = parents.map((field) => sql`${alias}.${lookupColumn(field)}`)
  const none = joinSql(
    columns.map((column) => sql`${column} is null`),
    sql` and `,
  )
  const open = joinSql(demands, sql` and `)
  if (parents.every((field) => field.required)) return open
  return sql`case when ${none} then (${anyOf(own)}) else (${open}) end`
}

/** True where this parent is open or missing; undefined where it always is. */
function parentOpen(mention: Mention, field: FieldModel): Sql | undefined {
  const { access, alias, right, depth, dialect } = mention
  const column = sql`${alias}.${lookupColumn(field)}`
  const targets = field.reference?.targets ?? []
  if (depth >= limits.sharingParentDepthMax) return closed
  const needed = rightOnParent(mention.object, field, right)
  const cases = targets.map((name) => {
    const object = access.rows(mention.object, right)?.model.object(name)
    if (object === undefined || !access.mayObject(name, 'read'))
      return { name: object, demand: closed }
    const parent = identifier(`s_v${depth}`)
    const place = { access, object, dialect, alias: parent, right: needed, depth: depth + 1 }
    const { ownOnly, sets } = mention
    const open = predicateAt({ ...place, ownOnly, sets })
    const demand =
      open &&
      sql`exists (select 1 from ${object.table} as ${parent} where ${parent}.${idColumn} = ${column} and (${open}))`
    return { name: object, demand }
  })
  if (cases.every(({ demand }) => demand === undefined)) return undefined
  const missing = field.required ? sql`` : sql`${column} is null or `
  const [only, ...others] = cases
  if (only !== undefined && others.length === 0)
    return sql`(${missing}${only.demand ?? sql`1 = 1`})`
  const branches = cases.flatMap(({ name, demand }) =>
    name === undefined
      ? []
      : [sql` when ${textLiteral(name.keyPrefix)} then ${demand ?? sql`1 = 1`}`],
  )
  return sql`(${missing}case substr(${column}, 1, 3)${joinSql(branches, sql``)} else 1 = 0 end)`
}

/** The reasons for which a record may be open to the caller, beside its parents. */
export function rowOpenings(subject: RowSubject, sharing: ObjectSharing): readonly Opening[] {
  return openings({ ...subject, depth: 0, ownOnly: false }, sharing)
}

/** True for a lookup whose record decides over the records of the object. */
export function isOwnParent(model: Model, object: ObjectModel, field: FieldModel): boolean {
  return objectSharing(model, object).parents.includes(field)
}

/**
 * To change a detail one must change its master, unless reading it is said to be enough. Who gives others access must
 * have all of it, or whoever may edit a record would give himself the right to delete it.
 */
export function rightOnParent(object: ObjectModel, field: FieldModel, right: RowRight): RowRight {
  if (right === 'read') return 'read'
  const gives = object.declaration.sharingGrants?.some(
    ({ record }) => record.toLowerCase() === field.name.toLowerCase(),
  )
  if (gives === true) return 'all'
  return field.options.writeRequiresMasterRead === true ? 'read' : 'edit'
}
