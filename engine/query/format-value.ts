/** FORMAT(Amount): numbers, amounts, dates and times as the caller's locale writes them. */
import { plainCompany } from '../base/company.ts'
import type { FieldModel } from '../model/model.ts'
import type { Reader, ShowValue } from './read-plan.ts'

type Format = (value: string, scale: number, reader: Reader) => string

/** By the type that describe names. */
const formats: ReadonlyMap<string, Format> = new Map<string, Format>([
  ['int', formatNumber],
  ['double', formatNumber],
  ['currency', (value, scale, reader) => amount(value, scale, reader)],
  ['percent', (value, scale, reader) => percentage(value, scale, reader)],
  ['date', (value, _scale, { locale }) => dayFormat(locale).format(new Date(value))],
  ['datetime', (value, _scale, reader) => instantFormat(reader).format(instantOf(value))],
  ['time', (value, _scale, { locale }) => timeFormat(locale).format(timeOf(value))],
])

/** Undefined where the field's values have no form of their own in any locale. */
export function formatOf(field: FieldModel): ShowValue | undefined {
  const { type, scale = 0 } = field.type.describe(field.options)
  return formatBy(type, scale)
}

export function formatBy(type: string, scale: number): ShowValue | undefined {
  const format = formats.get(type)
  if (format === undefined) return undefined
  return (value, reader) => format(String(value), scale, reader)
}

function digits(scale: number): Intl.NumberFormatOptions {
  return { minimumFractionDigits: scale, maximumFractionDigits: scale }
}

function formatNumber(value: string, scale: number, { locale }: Reader): string {
  return decimal(value, locale, digits(scale))
}

function amount(value: string, scale: number, { locale, company }: Reader): string {
  const { currency } = company ?? plainCompany
  return decimal(value, locale, { style: 'currency', currency, ...digits(scale) })
}

/** 12.5 is 12.5 %. */
function percentage(value: string, scale: number, { locale }: Reader): string {
  return decimal(value, locale, { style: 'unit', unit: 'percent', ...digits(scale) })
}

function decimal(value: string, locale: string, options: Intl.NumberFormatOptions): string {
  const key = `${locale} ${options.style ?? ''} ${options.currency ?? ''} ${options.minimumFractionDigits}`
  const format = kept(numberFormats, key, () => new Intl.NumberFormat(tagOf(locale), options))
  // The database printed it: a decimal of digits alone, formatted without passing through a double.
  return format.format(value as `${number}`)
}

function dayFormat(locale: string): Intl.DateTimeFormat {
  return dateFormat(locale, { year: 'numeric', month: 'numeric', day: 'numeric', timeZone: 'UTC' })
}

function instantFormat({ locale, timeZone }: Reader): Intl.DateTimeFormat {
  const day = { year: 'numeric', month: 'numeric', day: 'numeric' } as const
  return dateFormat(locale, { ...day, ...clock(locale), timeZone })
}

function timeFormat(locale: string): Intl.DateTimeFormat {
  return dateFormat(locale, { ...clock(locale), timeZone: 'UTC' })
}

/** Where the day has 24 hours, all of them are written with two digits. */
function clock(locale: string): Intl.DateTimeFormatOptions {
  const { hourCycle } = dateFormat(locale, { hour: 'numeric' }).resolvedOptions()
  return { hour: hourCycle === 'h23' ? '2-digit' : 'numeric', minute: '2-digit' }
}

/** The API writes the zone as `+0000`. */
function instantOf(value: string): Date {
  return new Date(value.replace(/\+0000$/, 'Z'))
}

function timeOf(value: string): Date {
  return new Date(`1970-01-01T${value}`)
}

/** The platform writes locales as `en_US`; one that is unknown here must not stop a query. */
function tagOf(locale: string): string {
  const tag = locale.replaceAll('_', '-')
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? 'en-US'
  } catch {
    return 'en-US'
  }
}

const formatsMax = 200
const numberFormats = new Map<string, Intl.NumberFormat>()
const dateFormats = new Map<string, Intl.DateTimeFormat>()

function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options)
  return kept(dateFormats, key, () => new Intl.DateTimeFormat(tagOf(locale), options))
}

/** Making a format takes far longer than using it. */
function kept<Value>(known: Map<string, Value>, key: string, make: () => Value): Value {
  const found = known.get(key)
  if (found !== undefined) return found
  if (known.size >= formatsMax) known.clear()
  const made = make()
  known.set(key, made)
  return made
}
