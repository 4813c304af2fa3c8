/** Components that clients also see as records (permission sets, profiles, roles …) own one row each. */
import { identifier, sql } from '../sql/sql.ts'
import { rowObjects } from '../model/component-objects.ts'
import type { Declaration } from '../model/declaration.ts'
import type { Model, ObjectModel } from '../model/model.ts'
import type { Transaction } from '../storage/storage.ts'
import {
  insertRow,
  removeRow,
  updateRow,
  type RowContext,
  type RowFacts,
  type RowTarget,
} from './component-row.ts'
import { writeCustomMetadataRows } from './custom-metadata-rows.ts'
import { writeRecordTypeRows } from './record-type-rows.ts'
import { writeQueueRows } from './queue-rows.ts'
import { requireUnowned } from './require-unowned.ts'
import { writeRoleTree } from './role-rows.ts'

/** Brings the rows in line with the wanted model; an Id is given once and stays. */
export async function writeComponentRows(
  tx: Transaction,
  saved: readonly Declaration[],
  context: RowContext,
): Promise<void> {
  await writeRecordTypeRows(tx, context)
  await writeCustomMetadataRows(tx, saved, context)
  for (const [type, names] of rowObjects) {
    const object = objectIn(context.wanted, names)
    if (object === undefined) continue
    const isNew = objectIn(context.before, names) === undefined
    const all = [...allOfType(context.wanted, type)]
    const written = isNew ? all : saved.filter((declaration) => declaration.type === type)
    const target: RowTarget = { tx, object, context }
    for (const declaration of written) await writeRow(target, declaration)
    for (const former of allOfType(context.before, type)) {
      const isGone = !all.some((declaration) => declaration.fullName === former.fullName)
      const isRenamed = context.renames.others.has(`${type} ${former.fullName}`)
      if (isGone && !isRenamed) await removeNamed(target, former)
    }
  }
  await writeRoleTree(tx, context)
  // Queues have roles among their members.
  await writeQueueRows(tx, isNewHere(context, 'QueueSobject') ? allQueues(context) : saved, context)
}

function isNewHere({ before, wanted }: RowContext, name: string): boolean {
  return before.object(name) === undefined && wanted.object(name) !== undefined
}

function allQueues({ wanted }: RowContext): readonly Declaration[] {
  return [...wanted.components('Queue')]
}

function objectIn(model: Model, names: readonly string[]): ObjectModel | undefined {
  const name = names.find((one) => model.objectNames.includes(one))
  return name === undefined ? undefined : model.object(name)
}

/** The map's keys are names of metadata types. */
function allOfType(model: Model, type: string): Iterable<Declaration> {
  return model.components(type as Declaration['type'])
}

async function writeRow(target: RowTarget, declaration: Declaration): Promise<void> {
  const { object, context } = target
  const key = `${declaration.type} ${declaration.fullName}`
  const oldKey = [...context.renames.others].find(([, to]) => to === key)?.[0]
  const oldName = oldKey?.slice(declaration.type.length + 1) ?? declaration.fullName
  const id = await findRow(target, declaration.type, oldName)
  const facts = rowFacts(target, declaration)
  if (id === undefined) await insertRow(target, context.ids(object.keyPrefix), facts)
  else await updateRow(target, id, facts)
}

async function findRow(
  { tx, object }: RowTarget,
  type: string,
  name: string,
): Promise<string | undefined> {
  const column = object.nameField.columns.get('')
  if (column === undefined) throw new Error(`${object.name} has no name column`)
  // Groups of several kinds share one table, and may share a name.
  const kind = groupKinds.get(type)
  const kindColumn = object.fieldsByName.get('type')?.columns.get('')
  const ofKind =
    kind === undefined || kindColumn === undefined
      ? sql``
      : sql` and ${kindColumn.name} = ${tx.dialect.bound(kindColumn.kind, kind)}`
  const [row] = await tx.read(
    sql`select ${identifier('Id')} from ${object.table} where ${column.name} = ${tx.dialect.bound(column.kind, name)} and not ${identifier('IsDeleted')}${ofKind}`,
  )
  return row === undefined ? undefined : String(row['Id'])
}

/** The kind of group that a component's row is. */
const groupKinds: ReadonlyMap<string, string> = new Map([
  ['Group', 'Regular'],
  ['Queue', 'Queue'],
])

async function removeNamed(
  target: RowTarget,
  { type, fullName }: Pick<Declaration, 'type' | 'fullName'>,
): Promise<void> {
  const id = await findRow(target, type, fullName)
  if (id === undefined) return
  if (type === 'Queue') await requireUnowned(target.tx, target.context.before, { fullName, id })
  await removeRow(target, id)
}

/** The fields that say what the component is. */
function rowFacts({ object }: RowTarget, declaration: Declaration): RowFacts {
  const { body } = declaration
  const label = 'label' in body ? body.label : 'name' in body ? body.name : undefined
  const description = 'description' in body ? body.description : undefined
  return [
    [object.nameField.name, declaration.fullName],
    ['DeveloperName', declaration.fullName],
    ['Label', label ?? declaration.fullName],
    ['Description', description ?? null],
    ['Type', groupKinds.get(declaration.type) ?? 'Regular'],
    ['DoesIncludeBosses', 'doesIncludeBosses' in body && body.doesIncludeBosses === true],
  ]
}
