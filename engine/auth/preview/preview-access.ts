/**
 * Who gains and loses what by a change that nobody has made yet: a plan of metadata, members who would join or leave a group,
 * users who would get another role. Nothing is written; the same predicates are asked over the tables as they would be.
 */
import { compileAccess } from '../../access/compile-access.ts'
import { objectSharing } from '../../access/object-sharing.ts'
import { limits } from '../../base/limits.ts'
import type { Deployer, Planned } from '../../deploy/deployer.ts'
import { plannedQueueMembers } from '../../deploy/queue-rows.ts'
import { plannedRolePairs } from '../../deploy/role-rows.ts'
import type { Model, ObjectModel } from '../../model/model.ts'
import { deletedColumn } from '../../query/compile-write.ts'
import { callerHole } from '../../query/rows/caller-sets.ts'
import { plannedPeople, type PeopleChange } from '../../query/rows/planned-people.ts'
import { queryRows, soqlText, textAt } from '../../records/answer-rows.ts'
import type { Records } from '../../records/records.ts'
import { render, sql, type Sql, type Statement } from '../../sql/sql.ts'
import type { Storage } from '../../storage/storage.ts'
import { systemCaller } from '../system-caller.ts'
import { grantsOf, isOutside } from '../users.ts'
import { affectedObjects, withFollowers } from './affected-objects.ts'
import { differentRights, type HeldAccess } from './compare-rights.ts'
import {
  countStatement,
  movedStatement,
  readCounts,
  touchedStatement,
  type MoveInput,
  type RecordChanges,
} from './count-changes.ts'

export interface PreviewParts {
  readonly storage: Storage
  readonly records: Records
  readonly deployer: Deployer
}

export interface PreviewInput {
  /** The plan's id; absent where no metadata changes. */
  readonly plan?: string
  readonly people?: Pick<PeopleChange, 'members' | 'roles'>
}

export interface AccessPreview {
  /** Active users, and how many of them were looked at. */
  readonly users: { readonly active: number; readonly looked: number }
  readonly rights: readonly RightChange[]
  readonly objects: readonly ObjectPreview[]
  /** Objects whose records cannot be counted: the same plan gives their tables another shape. */
  readonly uncounted: readonly string[]
}

export interface RightChange {
  readonly on: string
  readonly right: string
  readonly gained: boolean
  readonly users: number
  /** Some of them by name. */
  readonly who: readonly string[]
}

export interface ObjectPreview {
  readonly object: string
  /** Records there are, and how many of them, the newest, were looked at. */
  readonly records: number
  readonly looked: number
  readonly changes: readonly UserChange[]
}

export interface UserChange extends RecordChanges {
  readonly user: { readonly id: string; readonly name: string }
}

interface Person {
  readonly id: string
  readonly name: string
  readonly before: HeldAccess
  readonly after: HeldAccess
}

export async function previewAccess(
  parts: PreviewParts,
  { plan, people = {} }: PreviewInput,
): Promise<AccessPreview> {
  const now = parts.deployer.store.current()
  const planned = plan === undefined ? undefined : parts.deployer.planned(plan)
  const wanted = planned?.wanted ?? now
  const change = await peopleChange(parts.storage, planned, people)
  const { model, prefix } = plannedPeople(wanted, parts.storage.dialect, change)
  const found = await findPeople(parts, now, model)
  const peopleMove = model !== wanted
  const rights = rightChanges(found.people)
  const affected = affectedObjects({ now, wanted, peopleMove })
  const moving = { now, wanted: model, prefix }
  const moved = peopleMove ? await findMoved(parts.storage, found.people, moving) : nobodyMoves
  const forMoved = await touchedBy(parts.storage, model, { moved, names: affected.byPeople })
  const isAsked = (name: string, person: Person): boolean =>
    affected.forAll.has(name) ||
    (forMoved.has(name) && moved.people.has(person.id)) ||
    rights.some(({ on, id }) => id === person.id && on.split('.')[0] === name)
  const names = now.objectNames.filter(
    (name) =>
      wanted.object(name) !== undefined && found.people.some((person) => isAsked(name, person)),
  )
  const reshaped = reshapedObjects(now, wanted, planned)
  const counting = { ...parts, now, model, prefix, people: found.people, isAsked }
  return {
    users: { active: found.active, looked: found.people.length },
    rights: grouped(rights),
    objects: await countObjects(
      counting,
      names.filter((name) => !reshaped.has(name)),
    ),
    uncounted: names.filter((name) => reshaped.has(name)),
  }
}

interface Moved {
  readonly people: ReadonlySet<string>
  /** The users and groups that one of them would count as and does not now, or the other way. */
  readonly ids: ReadonlySet<string>
}

const nobodyMoves: Moved = { people: new Set(), ids: new Set() }

/** Who would count as other people and groups than now, by himself or by those below him. */
async function findMoved(
  storage: Storage,
  people: readonly Person[],
  moving: Omit<MoveInput, 'outside' | 'dialect'>,
): Promise<Moved> {
  const { dialect } = storage
  const [inside, outside] = [false, true].map((one) =>
    render(movedStatement({ ...moving, outside: one, dialect }), dialect),
  )
  const moved = { people: new Set<string>(), ids: new Set<string>() }
  for (const { id, before } of people) {
    const statement = before.access.outside ? outside : inside
    if (statement === undefined) continue
    const rows = await storage.read(statement, { holes: { [callerHole]: id } })
    if (rows.length > 0) moved.people.add(id)
    for (const row of rows) moved.ids.add(String(row['id']))
  }
  return moved
}

/** Objects with rules, and those of which something belongs or is opened to whom somebody would count as; and what follows them. */
async function touchedBy(
  storage: Storage,
  model: Model,
  { moved, names }: { readonly moved: Moved; readonly names: readonly string[] },
): Promise<ReadonlySet<string>> {
  const ids = [...moved.ids]
  const touched: string[] = []
  for (const name of ids.length === 0 ? [] : names) {
    const object = model.object(name)
    if (object === undefined) continue
    const hasRules = objectSharing(model, object).rules.length > 0
    const asked = hasRules ? undefined : touchedStatement({ model, object }, ids, storage.dialect)
    const [row] = asked === undefined ? [] : await storage.read(asked)
    if (hasRules || Number(row?.['touched']) === 1) touched.push(name)
  }
  return withFollowers(model, touched)
}

async function peopleChange(
  storage: Storage,
  planned: Planned | undefined,
  people: Pick<PeopleChange, 'members' | 'roles'>,
): Promise<PeopleChange> {
  if (planned === undefined) return people
  const { now, wanted, saved } = planned
  const queues = await plannedQueueMembers(storage, wanted, saved)
  const { add = [], remove = [] } = people.members ?? {}
  const members = { add: [...add, ...queues.add], remove: [...remove, ...queues.remove] }
  const hasMembers = members.add.length + members.remove.length > 0
  return {
    rolePairs: await plannedRolePairs(storage, { before: now, wanted }),
    ...(people.roles !== undefined && { roles: people.roles }),
    ...(hasMembers && { members }),
  }
}

/** Every active user up to a bound, with what he holds before and after. */
async function findPeople(
  { records }: PreviewParts,
  now: Model,
  wanted: Model,
): Promise<{ readonly active: number; readonly people: readonly Person[] }> {
  const caller = systemCaller(now)
  const hasType = now.object('User')?.fieldsByName.has('usertype') === true
  const { text } = await records.query(caller, 'SELECT COUNT() FROM User WHERE IsActive = true')
  const rows = await queryRows(
    records,
    caller,
    `SELECT Id, Name, Profile.Name${hasType ? ', UserType' : ''} FROM User WHERE IsActive = true ORDER BY Name LIMIT ${limits.previewUsersMax}`,
  )
  const ids = rows.map((row) => soqlText(textAt(row, 'Id') ?? ''))
  const sets = new Map<string, string[]>()
  if (ids.length > 0) {
    const assigned = `SELECT AssigneeId, PermissionSet.Name FROM PermissionSetAssignment WHERE AssigneeId IN (${ids.join()})`
    for (const row of await queryRows(records, caller, assigned)) {
      const who = textAt(row, 'AssigneeId') ?? ''
      sets.set(who, [...(sets.get(who) ?? []), textAt(row, 'PermissionSet.Name') ?? ''])
    }
  }
  const people = rows.map((row): Person => {
    const id = textAt(row, 'Id') ?? ''
    const outside = isOutside(textAt(row, 'UserType'))
    const held = (model: Model): HeldAccess => {
      const grants = grantsOf(model, textAt(row, 'Profile.Name'), sets.get(id) ?? [])
      return { grants, access: compileAccess({ model, userId: id, grants, outside }) }
    }
    return { id, name: textAt(row, 'Name') ?? id, before: held(now), after: held(wanted) }
  })
  return { active: Number((JSON.parse(text) as { totalSize: number }).totalSize), people }
}

type OwnRight = Omit<RightChange, 'users' | 'who'> & Pick<Person, 'id' | 'name'>

function rightChanges(people: readonly Person[]): readonly OwnRight[] {
  return people.flatMap(({ id, name, before, after }) =>
    differentRights(before, after).map((one) => ({ ...one, id, name })),
  )
}

const namedMax = 5

function grouped(rights: readonly OwnRight[]): readonly RightChange[] {
  const byRight = new Map<string, { readonly first: OwnRight; readonly who: string[] }>()
  for (const right of rights) {
    const key = `${right.on} ${right.right} ${String(right.gained)}`
    const known = byRight.get(key) ?? { first: right, who: [] }
    known.who.push(right.name)
    byRight.set(key, known)
  }
  return [...byRight.values()].map(({ first: { on, right, gained }, who }) => ({
    on,
    right,
    gained,
    users: who.length,
    who: who.slice(0, namedMax),
  }))
}

/** Their tables, or those of what opens them, get columns that the new predicate may ask for and that are not there yet. */
function reshapedObjects(
  now: Model,
  wanted: Model,
  planned: Planned | undefined,
): ReadonlySet<string> {
  const { create = [], add = [] } = planned?.tables ?? {}
  const tables = new Set([...create.map(({ name }) => name), ...add.map(({ table }) => table)])
  if (tables.size === 0) return new Set()
  const isNew = (object: ObjectModel | undefined): boolean =>
    object !== undefined && tables.has(object.table.name)
  const first = now.objectNames.filter((name) => {
    const object = wanted.object(name)
    if (object === undefined) return false
    const { grants } = objectSharing(wanted, object)
    return isNew(object) || grants.some(({ holder }) => isNew(holder))
  })
  return withFollowers(wanted, first)
}

interface Counting extends PreviewParts {
  readonly now: Model
  readonly model: Model
  readonly prefix: Sql
  readonly people: readonly Person[]
  isAsked(object: string, person: Person): boolean
}

async function countObjects(
  counting: Counting,
  names: readonly string[],
): Promise<readonly ObjectPreview[]> {
  const found: ObjectPreview[] = []
  let left: number = limits.previewStatementsMax
  for (const name of names) {
    const records = await countRecords(counting, name)
    if (records === 0) continue
    const looked = Math.min(records, limits.previewRecordsMax)
    const newest = looked < records ? looked : undefined
    const changes: UserChange[] = []
    const statements = new Map<string, Statement | undefined>()
    for (const person of counting.people) {
      if (left === 0) break
      if (!counting.isAsked(name, person)) continue
      const statement = statementFor(counting, { name, newest, person, statements })
      if (statement === undefined) continue
      left -= 1
      const holes = { [callerHole]: person.id }
      const [row] = await counting.storage.read(statement, {
        holes,
        deadlineMs: limits.queryDeadlineMs,
      })
      const counts = readCounts(row)
      const { read, edit } = counts
      if (read.gained + read.lost + edit.gained + edit.lost === 0) continue
      changes.push({ user: { id: person.id, name: person.name }, ...counts })
    }
    if (changes.length > 0) found.push({ object: name, records, looked, changes })
  }
  return found
}

async function countRecords({ storage, now }: Counting, name: string): Promise<number> {
  const table = now.object(name)?.table
  if (table === undefined) return 0
  const [row] = await storage.read(
    sql`select count(*) as n from ${table} where not ${deletedColumn}`,
  )
  return Number(row?.['n'] ?? 0)
}

/** People with equal rights on both sides share a statement. */
function statementFor(
  { storage, now, model, prefix }: Counting,
  {
    name,
    newest,
    person,
    statements,
  }: {
    readonly name: string
    readonly newest: number | undefined
    readonly person: Person
    readonly statements: Map<string, Statement | undefined>
  },
): Statement | undefined {
  const { before, after } = person
  const key = `${before.access.signature} ${after.access.signature}`
  if (statements.has(key)) return statements.get(key)
  const [object, other] = [now.object(name), model.object(name)]
  if (object === undefined || other === undefined) return undefined
  const { dialect } = storage
  const made = countStatement({
    before: { access: before.access, object },
    after: { access: after.access, object: other },
    dialect,
    prefix,
    newest,
  })
  const statement = made && render(made, dialect)
  statements.set(key, statement)
  return statement
}
