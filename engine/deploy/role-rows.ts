/** What roles bring beside their own rows: the tree of all roles below each, who is above whom, and a group for each role. */
import type { Model, ObjectModel } from '../model/model.ts'
import { lookupColumn } from '../query/compile-write.ts'
import { identifier, joinSql, sql } from '../sql/sql.ts'
import type { EngineTable } from '../storage/engine-tables.ts'
import type { Transaction } from '../storage/storage.ts'
import { insertRow, removeRow, updateRow, type RowContext, type RowFacts } from './component-row.ts'

/** Who stands below whom, over all levels; read by the predicates of rows. */
export const roleTreeTable: EngineTable = {
  name: 'fs_role_tree',
  columns: [
    { name: 'role_id', kind: { kind: 'id' } },
    { name: 'below_id', kind: { kind: 'id' } },
  ],
  key: ['role_id', 'below_id'],
  indexes: [['below_id', 'role_id']],
}

const groupTypes = ['Role', 'RoleAndSubordinates'] as const

/** Nothing to do where no role came, went or moved. */
export async function writeRoleTree(tx: Transaction, context: RowContext): Promise<void> {
  const roles = context.wanted.object('UserRole')
  if (roles === undefined) return
  const isNew = context.before.object('UserRole') === undefined
  if (!isNew && sameRoles(context.before, context.wanted)) return
  await makeRoleTree(tx, roles, context)
}

/** Whatever stood there before; a database of an older version has roles and no tree. */
export async function makeRoleTree(
  tx: Transaction,
  roles: ObjectModel,
  context: RowContext,
): Promise<void> {
  const idByName = await idsByName(tx, roles)
  const parentOf = new Map<string, string>()
  for (const { fullName, body } of context.wanted.components('Role')) {
    const id = idByName.get(fullName)
    const parent = body.parentRole === undefined ? undefined : idByName.get(body.parentRole)
    if (id === undefined) continue
    if (parent !== undefined) parentOf.set(id, parent)
    const target = { tx, object: roles, context }
    await updateRow(target, id, [['ParentRoleId', parent ?? null]])
  }
  await writePairs(tx, pairsOf(idByName.values(), parentOf))
  await writeRoleGroups(tx, context, idByName)
}

function sameRoles(before: Model, wanted: Model): boolean {
  const text = (model: Model): string =>
    JSON.stringify(
      [...model.components('Role')].map(({ fullName, body }) => [fullName, body.parentRole]),
    )
  return text(before) === text(wanted)
}

/**
 * Who would stand below whom with the wanted roles, by id; undefined where none moves. A role that is not there yet has
 * nobody in it, and passes on what stands below it.
 */
export async function plannedRolePairs(
  storage: Pick<Transaction, 'read'>,
  { before, wanted }: { readonly before: Model; readonly wanted: Model },
): Promise<readonly Pair[] | undefined> {
  const roles = before.object('UserRole')
  if (roles === undefined || sameRoles(before, wanted)) return undefined
  const idByName = await idsByName(storage, roles)
  const parentOf = new Map<string, string>()
  const names: string[] = []
  for (const { fullName, body } of wanted.components('Role')) {
    names.push(fullName)
    if (body.parentRole !== undefined) parentOf.set(fullName, body.parentRole)
  }
  return pairsOf(names, parentOf).flatMap(([above, below]): Pair[] => {
    const pair = [idByName.get(above), idByName.get(below)] as const
    return pair[0] === undefined || pair[1] === undefined ? [] : [[pair[0], pair[1]]]
  })
}

async function idsByName(
  tx: Pick<Transaction, 'read'>,
  roles: ObjectModel,
): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.read(
    sql`select ${identifier('Id')} as id, ${lookupColumn(roles.nameField)} as name from ${roles.table} where not ${identifier('IsDeleted')}`,
  )
  return new Map(rows.map((row) => [String(row['name']), String(row['id'])]))
}

type Pair = readonly [above: string, below: string]

/** Every role with each of its ancestors; a circle ends where it closes. */
function pairsOf(ids: Iterable<string>, parentOf: ReadonlyMap<string, string>): readonly Pair[] {
  const pairs: Pair[] = []
  for (const id of ids) {
    const seen = new Set([id])
    for (let above = parentOf.get(id); above !== undefined; above = parentOf.get(above)) {
      if (seen.has(above)) break
      seen.add(above)
      pairs.push([above, id])
    }
  }
  return pairs
}

const pairsAtOnce = 5_000

async function writePairs(tx: Transaction, pairs: readonly Pair[]): Promise<void> {
  await tx.run(sql`delete from fs_role_tree`)
  const columns = [
    { name: identifier('role_id'), kind: { kind: 'id' } },
    { name: identifier('below_id'), kind: { kind: 'id' } },
  ] as const
  for (let start = 0; start < pairs.length; start += pairsAtOnce) {
    const text = JSON.stringify(pairs.slice(start, start + pairsAtOnce))
    await tx.run(
      sql`insert into fs_role_tree (role_id, below_id) select r.role_id, r.below_id from ${tx.dialect.rows(sql`${text}`, columns)} as r`,
    )
  }
}

/** Each role has two groups, as shares and other groups name roles by them. */
async function writeRoleGroups(
  tx: Transaction,
  context: RowContext,
  idByName: ReadonlyMap<string, string>,
): Promise<void> {
  const groups = context.wanted.object('Group')
  const related = groups?.fieldsByName.get('relatedid')
  const type = groups?.fieldsByName.get('type')
  if (groups === undefined || related === undefined || type === undefined) return
  const target = { tx, object: groups, context }
  const rows = await tx.read(
    sql`select ${identifier('Id')} as id, ${lookupColumn(related)} as role, ${lookupColumn(type)} as type from ${groups.table} where ${lookupColumn(type)} in (${joinSql(groupTypes.map((one) => sql`${one}`))}) and not ${identifier('IsDeleted')}`,
  )
  const known = new Map(rows.map((row) => [`${String(row['type'])} ${String(row['role'])}`, row]))
  const nameOf = new Map([...idByName].map(([name, id]) => [id, name]))
  for (const id of idByName.values()) {
    for (const one of groupTypes) {
      const key = `${one} ${id}`
      const name = nameOf.get(id) ?? id
      const facts: RowFacts = [
        [groups.nameField.name, name.slice(0, 40)],
        ['DeveloperName', name],
        ['Type', one],
        ['RelatedId', id],
        ['DoesIncludeBosses', true],
      ]
      const row = known.get(key)
      known.delete(key)
      if (row === undefined) await insertRow(target, context.ids(groups.keyPrefix), facts)
    }
  }
  for (const row of known.values()) await removeRow(target, String(row['id']))
}
