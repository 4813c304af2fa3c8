/** The checks a form can make by itself, so that most mistakes show before anything is sent. */
import { countDigits } from './decimal-input.ts'
import { t } from './text.ts'
import type { FieldInfo, Value } from './wire.ts'

type Check = (text: string, field: FieldInfo) => string | undefined

const checks: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['email', checkEmail],
  ['url', checkUrl],
  ['int', checkDigits],
  ['double', checkDigits],
  ['currency', checkDigits],
  ['percent', checkDigits],
])

/** What is wrong with a value, in words for the user; undefined when nothing is. */
export function checkValue(field: FieldInfo, value: Value, required: boolean): string | undefined {
  if (value === null || value === '') {
    return required ? t('A value is required.') : undefined
  }
  const text = String(value)
  const lengthMax = field.length ?? 0
  if (
    typeof value === 'string' &&
    isTextual(field) &&
    lengthMax > 0 &&
    [...text].length > lengthMax
  ) {
    return t('Shorten this to {max} characters; it has {now}.', {
      max: lengthMax,
      now: [...text].length,
    })
  }
  return checks.get(field.type)?.(text, field)
}

function isTextual(field: FieldInfo): boolean {
  const types = ['string', 'textarea', 'email', 'phone', 'url', 'encryptedstring']
  return types.includes(field.type) && field.htmlFormatted !== true
}

function checkEmail(text: string): string | undefined {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)
    ? undefined
    : t('Enter an e-mail address such as name@example.com.')
}

function checkUrl(text: string): string | undefined {
  return /^\S+$/.test(text) ? undefined : t('A web address has no spaces.')
}

function checkDigits(text: string, field: FieldInfo): string | undefined {
  const precision = field.precision ?? 0
  if (precision === 0) return undefined
  const scale = field.scale ?? 0
  const { whole } = countDigits(text)
  return whole <= precision - scale
    ? undefined
    : t('At most {count, plural, one {# digit} other {# digits}} before the decimal separator.', {
        count: precision - scale,
      })
}

/** True when the form must not be saved without a value. */
export function isRequired(field: FieldInfo, behavior: string): boolean {
  if (field.type === 'boolean') return false
  if (behavior === 'Required') return true
  return !field.nillable && field.createable && field.defaultedOnCreate !== true
}
