/** Reads stored values, carries them from one field to another, and counts which ones are cut or lost. */
import type { ApiValue, FieldServices } from '../fields/field-type.ts'
import { limits } from '../base/limits.ts'
import { normaliseId } from '../base/record-id.ts'
import type { FieldModel, Model, ObjectModel } from '../model/model.ts'
import { versionColumn } from '../model/system-fields.ts'
import { identifier, integerLiteral, sql, type Sql } from '../sql/sql.ts'
import type { Storage, Transaction } from '../storage/storage.ts'
import { carryValue, scaleOf, type Carried, type FieldChange } from './carry-value.ts'
import type { DeployContext } from './context.ts'
import type { Finding } from './figures.ts'

type Reader = Pick<Storage, 'read' | 'dialect'> | Pick<Transaction, 'read' | 'dialect'>

export interface StoredValue {
  readonly id: string
  readonly version: number
  readonly value: ApiValue
}

export interface CarriedValue extends StoredValue {
  readonly carried: Carried
}

/** Reads values with their record's id and version, in the order of ids. */
async function readValues(
  reader: Reader,
  what: { readonly object: ObjectModel; readonly field: FieldModel; readonly where: Sql },
): Promise<readonly StoredValue[]> {
  const { object, field, where } = what
  const [id, version] = [identifier('Id'), identifier(versionColumn)]
  const column = (part: string): Sql => columnOf(field, part)
  const json = field.type.readJson(column, field.options, reader.dialect)
  const rows =
    await reader.read(sql`select t.${id} as ${id}, t.${version} as ${version}, ${json} as ${identifier('json')}
    from ${object.table} t where ${where} order by t.${id} limit ${integerLiteral(limits.backfillBatchRows)}`)
  const isDecimal = scaleOf(field) !== undefined
  return rows.map((row) => {
    const text = String(row['json'] ?? 'null')
    // The digits as they are printed: a number of JavaScript may not hold them all.
    const value = isDecimal && text !== 'null' ? text : (JSON.parse(text) as ApiValue)
    return { id: String(row['Id']), version: Number(row[versionColumn]), value }
  })
}

function columnOf(field: FieldModel, part: string): Sql {
  const column = field.columns.get(part)
  if (column === undefined) throw new Error(`${field.name} has no column ${part}`)
  return sql`t.${column.name}`
}

/** A batch of values as the new field will have them; a reference must lead to a record that is there. */
export async function carryBatch(
  reader: Reader,
  what: FieldChange & { readonly now: Model; readonly object: ObjectModel; readonly where: Sql },
  services: FieldServices,
): Promise<readonly CarriedValue[]> {
  const { from, to, object, where } = what
  const stored = await readValues(reader, { object, field: from, where })
  const values = stored.map((one) => ({ ...one, carried: carryValue(one.value, what, services) }))
  if (to.reference === undefined) return values
  const ids = values.flatMap(({ carried }) => idOf(carried) ?? [])
  const there = await existing(reader, what, ids)
  return values.map((one) => {
    const id = idOf(one.carried)
    if (id === undefined || there.has(id)) return one
    return { ...one, carried: { value: null, outcome: 'lost' } }
  })
}

function idOf({ value }: Carried): string | undefined {
  return typeof value === 'string' ? normaliseId(value) : undefined
}

/** Of these ids the ones of living records of the field's targets. */
async function existing(
  reader: Reader,
  { to, now }: { readonly to: FieldModel; readonly now: Model },
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const there = new Set<string>()
  const id = identifier('Id')
  for (const name of to.reference?.targets ?? []) {
    const target = now.object(name)
    const wanted = ids.filter((one) => one.startsWith(target?.keyPrefix ?? ' '))
    if (target === undefined || wanted.length === 0) continue
    const list = reader.dialect.rows(sql`${JSON.stringify(wanted.map((one) => [one]))}`, [
      { name: id, kind: { kind: 'id' } },
    ])
    const rows = await reader.read(sql`select t.${id} as ${id} from ${target.table} t
      where not t.${identifier('IsDeleted')} and t.${id} in (select w.${id} from ${list} w)`)
    for (const row of rows) there.add(String(row['Id']))
  }
  return there
}

export function servicesOf(context: DeployContext): FieldServices {
  return context.services ?? missingServices
}

function missing(): never {
  throw new Error('the deployer was made without the services that encrypted and rich texts need')
}

const missingServices: FieldServices = { encrypt: missing, decrypt: missing, cleanHtml: missing }

const examplesMax = 5

/** How many values of living records are cut or lost, looked at one by one. */
export async function countUnfit(
  context: DeployContext,
  object: ObjectModel,
  change: FieldChange & { readonly total: number },
): Promise<Finding> {
  const { from, to, total } = change
  const [main] = from.columns.values()
  if (main === undefined) return { affected: 0, total, examples: [] }
  const now = context.state().model
  const found = { lost: [] as string[], cut: [] as string[] }
  const counts = { lost: 0, cut: 0 }
  for (let last: string | undefined = ''; last !== undefined;) {
    const where = sql`t.${main.name} is not null and not t.${identifier('IsDeleted')} and t.${identifier('Id')} > ${last}`
    const values: readonly CarriedValue[] = await carryBatch(
      context.storage,
      { from, to, now, object, where },
      servicesOf(context),
    )
    for (const { id, carried } of values) {
      const { outcome } = carried
      if (outcome === 'exact') continue
      counts[outcome] += 1
      if (found[outcome].length < examplesMax) found[outcome].push(id)
    }
    last = values.length < limits.backfillBatchRows ? undefined : values.at(-1)?.id
  }
  const cut = { affected: counts.cut, total, examples: found.cut }
  return { affected: counts.lost, total, examples: found.lost, cut }
}
