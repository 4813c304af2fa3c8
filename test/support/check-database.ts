/** What must hold in any database at any time: whole pages, living references, the model's tables. */
import { loadApplied } from '../../engine/deploy/component-store.ts'
import { stateOf } from '../../engine/deploy/deploy-state.ts'
import { verifyTables } from '../../engine/deploy/verify-tables.ts'
import type { FieldModel, Model, ObjectModel } from '../../engine/model/model.ts'
import { identifier, sql } from '../../engine/sql/sql.ts'
import type { Storage } from '../../engine/storage/storage.ts'

/** In words; empty when all is well. */
export async function faultsOf(storage: Storage): Promise<readonly string[]> {
  const state = stateOf(await loadApplied(storage))
  return [
    ...(await pageFaults(storage)),
    ...(await verifyTables(storage, state)),
    ...(await danglingReferences(storage, state.model)),
    ...(await repeatedValues(storage, state.model)),
  ]
}

async function pageFaults(storage: Storage): Promise<readonly string[]> {
  if (storage.dialect.name !== 'sqlite') return []
  const rows = [
    ...(await storage.read(sql`pragma integrity_check`)),
    ...(await storage.read(sql`pragma foreign_key_check`)),
  ]
  return rows.map((row) => Object.values(row).join(' ')).filter((text) => text !== 'ok')
}

function objectsOf(model: Model): readonly ObjectModel[] {
  return model.objectNames.flatMap((name) => model.object(name) ?? [])
}

async function danglingReferences(storage: Storage, model: Model): Promise<readonly string[]> {
  const faults: string[] = []
  for (const object of objectsOf(model)) {
    for (const field of object.fields) {
      const count = await countDangling(storage, model, { object, field })
      if (count > 0) faults.push(`${object.name}.${field.name} leads nowhere ${count} times`)
    }
  }
  return faults
}

interface Place {
  readonly object: ObjectModel
  readonly field: FieldModel
}

/** Living records that refer to none: a deleted target was unlinked, or took them with it. */
async function countDangling(
  storage: Storage,
  model: Model,
  { object, field }: Place,
): Promise<number> {
  const column = field.columns.get('')
  // What the engine itself made before the first user has no author that is a record.
  if (field.system || field.reference === undefined || column === undefined) return 0
  const targets = field.reference.targets.flatMap((name) => model.object(name) ?? [])
  const deleted = identifier('IsDeleted')
  const found = targets.map(
    (target) =>
      sql`exists (select 1 from ${target.table} t where t.${identifier('Id')} = s.${column.name} and not t.${deleted})`,
  )
  const somewhere = found.reduce((left, right) => sql`${left} or ${right}`)
  const [row] = await storage.read(
    sql`select count(*) as n from ${object.table} s where not s.${deleted} and s.${column.name} is not null and not (${somewhere})`,
  )
  return Number(row?.['n'])
}

async function repeatedValues(storage: Storage, model: Model): Promise<readonly string[]> {
  const faults: string[] = []
  for (const object of objectsOf(model)) {
    for (const field of object.fields) {
      const column = field.columns.get('')
      if (!field.unique || column === undefined) continue
      const [row] = await storage.read(
        sql`select count(*) - count(distinct ${column.name}) as n from ${object.table} where ${column.name} is not null and not ${identifier('IsDeleted')}`,
      )
      if (Number(row?.['n']) > 0) faults.push(`${object.name}.${field.name} repeats a value`)
    }
  }
  return faults
}
