/** Carries stored values from one field type to another, and tells which ones lose something. */
import { parseDecimal, roundHalfUp } from '../fields/decimal.ts'
import type { ApiValue, Conversion, FieldServices } from '../fields/field-type.ts'
import { limits } from '../base/limits.ts'
import type { FieldModel, ObjectModel } from '../model/model.ts'
import { versionColumn } from '../model/system-fields.ts'
import { identifier, integerLiteral, sql, type Sql } from '../sql/sql.ts'
import type { Storage, Transaction } from '../storage/storage.ts'
import type { DeployContext } from './context.ts'
import type { Finding } from './figures.ts'

export interface Carried {
  /** What the new columns get; null where nothing fits. */
  readonly value: ApiValue
  readonly isExact: boolean
}

export interface StoredValue {
  readonly id: string
  readonly version: number
  readonly value: ApiValue
}

const examplesMax = 5

type FieldChange = { readonly from: FieldModel; readonly to: FieldModel }

/** The value in the new field, and whether all of it got there. */
export function carryValue(
  value: ApiValue,
  { from, to }: FieldChange,
  services: FieldServices,
): Carried {
  if (value === null) return { value: null, isExact: true }
  const plain =
    from.type.afterRead?.(value, from.options, { services, viewEncrypted: true }) ?? value
  const via: Conversion | undefined =
    from.type === to.type ? 'same' : from.type.casts?.[to.type.name]?.via
  if (via === undefined) return { value: null, isExact: false }
  const carried = carriers[via](plain)
  if (carried === undefined) return { value: null, isExact: false }
  const fits = to.type.check?.(carried.value, to.options) === undefined
  if (!fits) {
    const rounded = roundedTo(carried.value, to)
    return { value: rounded ?? null, isExact: false }
  }
  return { value: carried.value, isExact: carried.isExact && keepsDigits(carried.value, to) }
}

const same = (value: ApiValue): Carried => ({ value, isExact: true })

const carriers: Readonly<Record<Conversion, (value: ApiValue) => Carried | undefined>> = {
  same,
  text: (value) => same(typeof value === 'object' ? JSON.stringify(value) : String(value)),
  plain: (value) => {
    const text = String(value)
    const bare = withoutMarkup(text)
    return { value: bare, isExact: bare === text }
  },
  decimal: (value) => {
    const text = String(value).trim()
    return parseDecimal(text) === undefined ? undefined : same(text)
  },
  truth: (value) => {
    const text = String(value).trim().toLowerCase()
    if (['true', '1', 'yes'].includes(text)) return same(true)
    return ['false', '0', 'no'].includes(text) ? same(false) : undefined
  },
  first: (value) => {
    const [first = '', ...others] = String(value).split(';')
    return { value: first, isExact: others.length === 0 }
  },
  day: (value) => {
    const text = String(value)
    return { value: text.slice(0, 10), isExact: /T00:00:00(\.000)?/.test(text) }
  },
  midnight: (value) => same(`${String(value)}T00:00:00.000+0000`),
}

const entities: ReadonlyMap<string, string> = new Map([
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&#39;', "'"],
  ['&nbsp;', ' '],
  ['&amp;', '&'],
])

function withoutMarkup(html: string): string {
  const text = html.replaceAll(/<br\s*\/?>|<\/p>|<\/div>|<\/li>/gi, '\n').replaceAll(/<[^>]*>/g, '')
  return text.replaceAll(/&(?:lt|gt|quot|#39|nbsp|amp);/g, (one) => entities.get(one) ?? one).trim()
}

function scaleOf(field: FieldModel): number | undefined {
  const kind = field.columns.get('')?.kind
  return kind?.kind === 'decimal' ? kind.scale : undefined
}

/** A decimal that only has too many digits after the point is rounded rather than lost. */
function roundedTo(value: ApiValue, to: FieldModel): ApiValue | undefined {
  const scale = scaleOf(to)
  const decimal = scale === undefined ? undefined : parseDecimal(String(value))
  if (scale === undefined || decimal === undefined) return undefined
  const { units } = roundHalfUp(decimal, scale)
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0')
  const whole = digits.slice(0, digits.length - scale)
  const text = `${units < 0n ? '-' : ''}${whole}${scale === 0 ? '' : `.${digits.slice(-scale)}`}`
  return to.type.check?.(text, to.options) === undefined ? text : undefined
}

function keepsDigits(value: ApiValue, to: FieldModel): boolean {
  const scale = scaleOf(to)
  if (scale === undefined) return true
  const decimal = parseDecimal(String(value))
  if (decimal === undefined) return false
  const rounded = roundHalfUp(decimal, scale)
  const widest = Math.max(scale, decimal.scale)
  return roundHalfUp(decimal, widest).units === roundHalfUp(rounded, widest).units
}

/** Reads values with their record's id and version, in the order of ids. */
export async function readValues(
  reader: Pick<Storage, 'read'> | Pick<Transaction, 'read'>,
  what: { readonly object: ObjectModel; readonly field: FieldModel; readonly where: Sql },
  dialect: Storage['dialect'],
): Promise<readonly StoredValue[]> {
  const { object, field, where } = what
  const [id, version] = [identifier('Id'), identifier(versionColumn)]
  const json = field.type.readJson((part) => columnOf(field, part), field.options, dialect)
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

export function servicesOf(context: DeployContext): FieldServices {
  return context.services ?? missingServices
}

function missing(): never {
  throw new Error('the deployer was made without the services that encrypted and rich texts need')
}

const missingServices: FieldServices = { encrypt: missing, decrypt: missing, cleanHtml: missing }

/** How many values of living records lose something, looked at one by one. */
export async function countUnfit(
  context: DeployContext,
  object: ObjectModel,
  change: FieldChange & { readonly total: number },
): Promise<Finding> {
  const { from, total } = change
  const [main] = from.columns.values()
  if (main === undefined) return { affected: 0, total, examples: [] }
  const examples: string[] = []
  let affected = 0
  let last = ''
  for (;;) {
    const where = sql`t.${main.name} is not null and not t.${identifier('IsDeleted')} and t.${identifier('Id')} > ${last}`
    const values = await readValues(
      context.storage,
      { object, field: from, where },
      context.storage.dialect,
    )
    for (const { id, value } of values) {
      if (carryValue(value, change, servicesOf(context)).isExact) continue
      affected += 1
      if (examples.length < examplesMax) examples.push(id)
    }
    last = values.at(-1)?.id ?? ''
    if (values.length < limits.backfillBatchRows) return { affected, total, examples }
  }
}
