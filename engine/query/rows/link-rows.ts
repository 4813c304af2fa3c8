/** Rows that are opened by links to other records, to people and groups, and the rows of such links themselves. */
import type { ObjectSharing, RowRight, SharingLink } from '../../access/object-sharing.ts'
import { limits } from '../../base/limits.ts'
import { groupObject, userObject } from '../../model/people-lookup.ts'
import { identifier, joinSql, sql, textLiteral, type Identifier, type Sql } from '../../sql/sql.ts'
import { deletedColumn, idColumn, lookupColumn } from '../compile-write.ts'
import { callerId, isPrincipal, withCallerSets } from './caller-sets.ts'
import type { Mention } from './row-predicate.ts'

/** Undefined where all rows are open. */
type PredicateAt = (mention: Mention) => Sql | undefined

export interface LinkMention {
  readonly mention: Mention
  readonly link: SharingLink
  readonly sharing: ObjectSharing
}

const closed = sql`1 = 0`

/** The sharing of many objects meets in one statement: whom the caller counts as is found out once in it. */
function within(linked: LinkMention): { readonly start: Sql; readonly linked: LinkMention } {
  const { mention, sharing } = linked
  if (mention.sets !== undefined) return { start: sql``, linked }
  const { dialect, access } = mention
  const place = { dialect, model: sharing.model, outside: access.outside, hierarchy: true }
  const { start, sets } = withCallerSets(place)
  return { start, linked: { ...linked, mention: { ...mention, sets } } }
}

/** True where a link opens the row; undefined where none can. */
export function openByLink(asked: LinkMention, predicateAt: PredicateAt): Sql | undefined {
  const { start, linked } = within(asked)
  const { mention, link } = linked
  const { alias, right, depth } = mention
  if (right === 'all' || depth >= limits.sharingParentDepthMax) return undefined
  const held = identifier(`s_x${depth}`)
  const opened =
    right === 'read' ? byRead(linked, held, predicateAt) : byLevel(linked, held, predicateAt)
  const { privacy } = link
  const shown = withPrivacy(opened, privacy && sql`${alias}.${lookupColumn(privacy)}`)
  return sql`exists (${start}select 1 from ${link.holder.table} as ${held} where ${held}.${lookupColumn(link.lookup)} = ${alias}.${idColumn} and not ${held}.${deletedColumn} and ${shown})`
}

interface Opened {
  /** For the people who are linked themselves. */
  readonly people: Sql
  /** For whoever has access to the linked record. */
  readonly records: Sql
}

function withPrivacy({ people, records }: Opened, privacy: Sql | undefined): Sql {
  if (privacy === undefined) return sql`(${people} or ${records})`
  return sql`(${people} or (coalesce(${privacy}, 'N') <> 'P' and ${records}))`
}

function byRead(linked: LinkMention, held: Identifier, predicateAt: PredicateAt): Opened {
  return {
    people: isPerson(linked, held),
    records: recordOpen(linked, { held, right: 'read' }, predicateAt),
  }
}

/** C: whoever sees the linked record may edit; I: whoever may edit it. */
function byLevel(linked: LinkMention, held: Identifier, predicateAt: PredicateAt): Opened {
  const level = sql`${held}.${lookupColumn(linked.link.level)}`
  const seen = recordOpen(linked, { held, right: 'read' }, predicateAt)
  const edited = recordOpen(linked, { held, right: 'edit' }, predicateAt)
  return {
    people: sql`(${level} = 'C' and ${isPerson(linked, held)})`,
    records: sql`((${level} = 'C' and ${seen}) or (${level} = 'I' and ${edited}))`,
  }
}

function isPerson({ mention, link, sharing }: LinkMention, held: Identifier): Sql {
  const { access, dialect, sets } = mention
  const { model } = sharing
  const id = sql`${held}.${lookupColumn(link.record)}`
  const place = { model, dialect, hierarchy: false, outside: access.outside, sets }
  const hasGroups = link.record.reference?.targets.includes(groupObject) === true
  return hasGroups ? isPrincipal(place, id) : sql`${id} = ${callerId(place)}`
}

const people: ReadonlySet<string> = new Set([userObject, groupObject])

/** True where the record behind the link is open to the caller. */
function recordOpen(
  { mention, link, sharing }: LinkMention,
  { held, right }: { readonly held: Identifier; readonly right: RowRight },
  predicateAt: PredicateAt,
): Sql {
  const { access, dialect, depth, sets } = mention
  const column = sql`${held}.${lookupColumn(link.record)}`
  const branches = (link.record.reference?.targets ?? []).flatMap((name) => {
    const object = sharing.model.object(name)
    if (object === undefined || people.has(name) || !access.mayObject(name, 'read')) return []
    const alias = identifier(`s_y${depth}`)
    const place = { access, object, dialect, alias, right, depth: depth + 1, ownOnly: false, sets }
    const open = predicateAt(place)
    const demand =
      open === undefined
        ? sql`1 = 1`
        : sql`exists (select 1 from ${object.table} as ${alias} where ${alias}.${idColumn} = ${column} and (${open}))`
    return [sql` when ${textLiteral(object.keyPrefix)} then ${demand}`]
  })
  if (branches.length === 0) return closed
  const found = sql`(case substr(${column}, 1, 3)${joinSql(branches, sql``)} else 1 = 0 end)`
  if (!access.outside || link.visibility === undefined) return found
  return sql`(coalesce(${held}.${lookupColumn(link.visibility)}, '') <> 'InternalUsers' and ${found})`
}

/**
 * A link is seen by whoever sees what it links by it, and by whoever has access to that beside links; it is changed by
 * whoever may edit the linked record, or what it links.
 */
export function linkRow(asked: LinkMention, predicateAt: PredicateAt): Sql {
  const { start, linked } = within(asked)
  const { mention, link } = linked
  const { access, alias, depth, dialect, sets } = mention
  if (depth >= limits.sharingParentDepthMax) return closed
  const right = mention.right === 'read' ? 'read' : 'edit'
  const object = link.object
  const own = identifier(`s_z${depth}`)
  const place = {
    access,
    object,
    dialect,
    alias: own,
    right,
    depth: depth + 1,
    ownOnly: true,
    sets,
  } as const
  const opened: Opened =
    right === 'read'
      ? byRead(linked, alias, predicateAt)
      : { people: closed, records: recordOpen(linked, { held: alias, right }, predicateAt) }
  const shown = withPrivacy(opened, link.privacy && sql`${own}.${lookupColumn(link.privacy)}`)
  const beside = predicateAt(place) ?? sql`1 = 1`
  return sql`exists (${start}select 1 from ${object.table} as ${own} where ${own}.${idColumn} = ${alias}.${lookupColumn(link.lookup)} and (${beside} or ${shown}))`
}
