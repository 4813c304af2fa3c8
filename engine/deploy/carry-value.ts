/** What becomes of one stored value when its field changes its type or attributes: carried over, cut, or lost; pure. */
import { parseDecimal, roundHalfUp } from '../fields/decimal.ts'
import type { ApiValue, Conversion, FieldServices } from '../fields/field-type.ts'
import type { FieldModel } from '../model/model.ts'

/** `exact`: all of it is in the new value; `cut`: a part; `lost`: nothing fits, and the field is empty. */
export type Outcome = 'exact' | 'cut' | 'lost'

export interface Carried {
  /** What the new columns get; null where nothing fits. */
  readonly value: ApiValue
  readonly outcome: Outcome
}

export type FieldChange = { readonly from: FieldModel; readonly to: FieldModel }

const lost: Carried = { value: null, outcome: 'lost' }

/** The value in the new field, and how much of it got there. */
export function carryValue(
  value: ApiValue,
  { from, to }: FieldChange,
  services: FieldServices,
): Carried {
  if (value === null) return { value: null, outcome: 'exact' }
  const plain =
    from.type.afterRead?.(value, from.options, { services, viewEncrypted: true }) ?? value
  const via: Conversion | undefined =
    from.type === to.type ? 'same' : from.type.casts?.[to.type.name]?.via
  const carried = via === undefined ? undefined : carriers[via](plain)
  if (carried === undefined) return lost
  if (to.type.check?.(carried.value, to.options) !== undefined) return fitted(carried.value, to)
  const isWhole = carried.isWhole && keepsDigits(carried.value, to)
  return { value: carried.value, outcome: isWhole ? 'exact' : 'cut' }
}

interface Plain {
  readonly value: ApiValue
  /** The conversion itself left nothing out. */
  readonly isWhole: boolean
}

const whole = (value: ApiValue): Plain => ({ value, isWhole: true })

const carriers: Readonly<Record<Conversion, (value: ApiValue) => Plain | undefined>> = {
  same: whole,
  text: (value) => whole(typeof value === 'object' ? JSON.stringify(value) : String(value)),
  plain: (value) => {
    const text = String(value)
    const bare = withoutMarkup(text)
    return { value: bare, isWhole: bare === text }
  },
  markup: (value) => whole(withMarkup(String(value))),
  decimal: (value) => {
    const text = String(value).trim()
    return parseDecimal(text) === undefined ? undefined : whole(text)
  },
  truth: (value) => {
    const text = String(value).trim().toLowerCase()
    if (['true', '1', 'yes'].includes(text)) return whole(true)
    return ['false', '0', 'no'].includes(text) ? whole(false) : undefined
  },
  bit: (value) => whole(value === true ? '1' : '0'),
  first: (value) => {
    const [first = '', ...others] = String(value).split(';')
    return { value: first, isWhole: others.length === 0 }
  },
  day: (value) => {
    const text = String(value)
    return { value: text.slice(0, 10), isWhole: /T00:00:00(\.000)?/.test(text) }
  },
  clock: (value) => ({ value: `${String(value).slice(11, 23)}Z`, isWhole: false }),
  midnight: (value) => whole(`${String(value)}T00:00:00.000+0000`),
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
  const text = html
    .replaceAll(/<br\s*\/?>|<\/p>|<\/div>|<\/li>/gi, '\n')
    .replaceAll(/<[^<>]*>/g, '')
  return text.replaceAll(/&(?:lt|gt|quot|#39|nbsp|amp);/g, (one) => entities.get(one) ?? one).trim()
}

function withMarkup(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  return escaped.replaceAll('\n', '<br>')
}

/** A value that the new field refuses as it is: rounded or shortened where that makes it fit. */
function fitted(value: ApiValue, to: FieldModel): Carried {
  const part = roundedTo(value, to) ?? shortenedTo(value, to)
  return part === undefined ? lost : { value: part, outcome: 'cut' }
}

const plainTexts: ReadonlySet<string> = new Set([
  'Text',
  'TextArea',
  'LongTextArea',
  'EncryptedText',
])

/** The beginning of a text that is too long; never half a character. */
function shortenedTo(value: ApiValue, to: FieldModel): ApiValue | undefined {
  const { length } = to.type.describe(to.options)
  if (typeof value !== 'string' || length === undefined || value.length <= length) return undefined
  if (!plainTexts.has(to.type.name)) return undefined
  const short = value.slice(0, length).replace(/[\uD800-\uDBFF]$/, '')
  return to.type.check?.(short, to.options) === undefined ? short : undefined
}

export function scaleOf(field: FieldModel): number | undefined {
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
  const wholePart = digits.slice(0, digits.length - scale)
  const text = `${units < 0n ? '-' : ''}${wholePart}${scale === 0 ? '' : `.${digits.slice(-scale)}`}`
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
