/** Values as people read them, by the browser's own Intl; pure, so that every page says the same. */
import type { FieldInfo, Value } from './wire.ts'

/** How this user reads values. */
export interface FormatContext {
  /** A tag such as `en-US`. */
  readonly locale: string
  readonly timeZone: string
  /** ISO code of the organisation's currency. */
  readonly currency: string
}

export const emptyMark = '—'

/** The platform writes locales as `en_US`. */
export function localeTag(locale: string | undefined): string {
  const tag = (locale ?? 'en-US').replaceAll('_', '-')
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? 'en-US'
  } catch {
    // A locale that browsers do not know must not stop a page.
    return 'en-US'
  }
}

/** True for what is shown as an em dash. */
export function isEmpty(value: Value | undefined): boolean {
  return value === undefined || value === null || value === ''
}

type Formatter = (value: Value, field: FieldInfo, context: FormatContext) => string

const byType: ReadonlyMap<string, Formatter> = new Map<string, Formatter>([
  ['boolean', (value) => (value === true ? '✓' : '')],
  ['int', formatNumber],
  ['double', formatNumber],
  ['currency', formatCurrency],
  ['percent', formatPercent],
  ['date', (value, _field, context) => formatDate(String(value), context)],
  ['datetime', (value, _field, context) => formatDateTime(String(value), context)],
  ['time', (value, _field, context) => formatTime(String(value), context)],
  ['picklist', (value, field) => picklistLabel(String(value), field)],
  ['multipicklist', (value, field) => multipicklistLabels(String(value), field).join(', ')],
  ['location', (value) => formatLocation(value)],
  ['address', (value) => addressLines(value).join(', ')],
])

/** The value as plain text; an em dash when there is none. */
export function formatValue(
  value: Value | undefined,
  field: FieldInfo,
  context: FormatContext,
): string {
  if (value === undefined || value === null || value === '') return emptyMark
  const text = byType.get(field.type)?.(value, field, context) ?? plainText(value)
  return text === '' && field.type !== 'boolean' ? emptyMark : text
}

function plainText(value: Value): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function formatNumber(value: Value, field: FieldInfo, context: FormatContext): string {
  return number(value, context.locale, digits(field))
}

function formatCurrency(value: Value, field: FieldInfo, context: FormatContext): string {
  return number(value, context.locale, {
    style: 'currency',
    currency: context.currency,
    ...digits(field),
  })
}

function formatPercent(value: Value, field: FieldInfo, context: FormatContext): string {
  return number(value, context.locale, { style: 'unit', unit: 'percent', ...digits(field) })
}

function digits(field: FieldInfo): Intl.NumberFormatOptions {
  const scale = field.scale ?? 0
  return { minimumFractionDigits: scale, maximumFractionDigits: scale }
}

const numberFormats = new Map<string, Intl.NumberFormat>()

function number(value: Value, locale: string, options: Intl.NumberFormatOptions): string {
  const key = locale + JSON.stringify(options)
  const format = numberFormats.get(key) ?? new Intl.NumberFormat(locale, options)
  numberFormats.set(key, format)
  // A decimal string is formatted exactly, digit by digit.
  return isNumeric(value) ? format.format(value) : plainText(value)
}

function isNumeric(value: Value): value is number | `${number}` {
  if (typeof value === 'number') return true
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value)
}

/** A calendar day, whatever the time zone. */
export function formatDate(text: string, context: FormatContext): string {
  const date = new Date(`${text.slice(0, 10)}T00:00:00Z`)
  if (Number.isNaN(date.getTime())) return text
  return dateFormat(context.locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(date)
}

/** An instant in the user's time zone. */
export function formatDateTime(text: string, context: FormatContext): string {
  const date = parseInstant(text)
  if (!date) return text
  const timeZone = context.timeZone
  return dateFormat(context.locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(
    date,
  )
}

export function formatTime(text: string, context: FormatContext): string {
  const date = new Date(`1970-01-01T${text.replace(/Z$/, '')}Z`)
  if (Number.isNaN(date.getTime())) return text
  return dateFormat(context.locale, { timeStyle: 'short', timeZone: 'UTC' }).format(date)
}

/** The wire writes zones as `+0000`, which not every browser reads. */
export function parseInstant(text: string): Date | undefined {
  if (!/^\d{4}-\d\d-\d\d/.test(text)) return undefined
  const date = new Date(text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'))
  return Number.isNaN(date.getTime()) ? undefined : date
}

const dateFormats = new Map<string, Intl.DateTimeFormat>()

function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options)
  const format = dateFormats.get(key) ?? new Intl.DateTimeFormat(locale, options)
  dateFormats.set(key, format)
  return format
}

export function picklistLabel(value: string, field: FieldInfo): string {
  return field.picklistValues?.find((entry) => entry.value === value)?.label ?? value
}

export function multipicklistValues(value: Value | undefined): readonly string[] {
  return typeof value === 'string' ? value.split(';').filter((part) => part !== '') : []
}

export function multipicklistLabels(value: string, field: FieldInfo): readonly string[] {
  return multipicklistValues(value).map((part) => picklistLabel(part, field))
}

function part(value: Value, ...names: readonly string[]): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return ''
  const entries = new Map(Object.entries(value))
  const found = names.map((name) => entries.get(name)).find((one) => !isEmpty(one))
  return found === undefined || found === null ? '' : String(found)
}

/** The lines of an address as they stand on an envelope. */
export function addressLines(value: Value): readonly string[] {
  const region = [part(value, 'state', 'stateCode'), part(value, 'postalCode')]
    .filter((text) => text !== '')
    .join(' ')
  const town = [part(value, 'city'), region].filter((text) => text !== '').join(', ')
  return [...part(value, 'street').split(/\r?\n/), town, part(value, 'country', 'countryCode')]
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

function formatLocation(value: Value): string {
  const latitude = part(value, 'latitude')
  const longitude = part(value, 'longitude')
  return latitude === '' && longitude === '' ? '' : `${latitude}, ${longitude}`
}

/** True for columns whose figures stand at the right. */
export function isFigure(field: FieldInfo | undefined): boolean {
  return ['int', 'double', 'currency', 'percent'].includes(field?.type ?? '')
}
