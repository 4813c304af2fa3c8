/** The ordinary type that holds the value of a roll-up summary: that of what is summed up. */
import { currency } from './currency.ts'
import { date } from './date.ts'
import { dateTime } from './date-time.ts'
import type { FieldOptions, FieldType, SummaryOperation } from './field-type.ts'
import { number } from './number.ts'
import { percent } from './percent.ts'
import { time } from './time.ts'

const numeric: readonly FieldType[] = [number, currency, percent]
const ordered: readonly FieldType[] = [...numeric, date, dateTime, time]

const typesByOperation: Readonly<Record<SummaryOperation, readonly FieldType[]>> = {
  count: [],
  sum: numeric,
  min: ordered,
  max: ordered,
}

/** Names of the types that an operation can sum up. */
export function summableTypes(operation: SummaryOperation): readonly string[] {
  return typesByOperation[operation].map((type) => type.name)
}

export interface SummaryHolder {
  readonly type: FieldType
  readonly options: FieldOptions
}

/** As wide as decimals get: the sum of many is longer than each. */
const precision = 18

/** Undefined as long as the declaration is not linked to what it sums up. */
export function findHolder(options: FieldOptions): SummaryHolder | undefined {
  const { summary, fullName, label } = options
  if (summary === undefined) return undefined
  const type =
    summary.operation === 'count'
      ? number
      : typesByOperation[summary.operation].find((one) => one.name === summary.type)
  if (type === undefined) throw new Error(`${fullName} cannot ${summary.operation} ${summary.type}`)
  const named = { fullName, ...(label === undefined ? {} : { label }) }
  if (!numeric.includes(type)) return { type, options: named }
  return { type, options: { ...named, precision, scale: summary.scale ?? 0 } }
}

export function holderOf(options: FieldOptions): SummaryHolder {
  const found = findHolder(options)
  if (found === undefined) throw new Error(`${options.fullName} is not linked to what it sums up`)
  return found
}
