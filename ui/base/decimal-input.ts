/** Numbers as people type them: by their locale's separators, kept exact as decimal text. */
interface Separators {
  readonly decimal: string
  readonly group: string
}

function separators(locale: string): Separators {
  const parts = new Intl.NumberFormat(locale, { useGrouping: true }).formatToParts(1234567.5)
  const find = (type: string): string => parts.find((part) => part.type === type)?.value ?? ''
  return { decimal: find('decimal') || '.', group: find('group') }
}

/** Canonical decimal text, or undefined when the input is not a number. */
export function parseDecimal(input: string, locale: string): string | undefined {
  const { decimal, group } = separators(locale)
  let text = input.trim().replace(/[\s\u00a0\u202f'’]/g, '')
  text = text.replace(/^[−–]/, '-')
  if (group !== '' && group !== decimal) text = text.replaceAll(group, '')
  if (decimal !== '.') text = text.replaceAll(decimal, '.')
  const match = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(text)
  if (!match || (!match[2] && !match[3])) return undefined
  const whole = (match[2] ?? '').replace(/^0+(?=\d)/, '') || '0'
  const fraction = match[3] ?? ''
  const sign = match[1] === '-' && /[1-9]/.test(whole + fraction) ? '-' : ''
  return `${sign}${whole}${fraction === '' ? '' : `.${fraction}`}`
}

// Any decimal of so many digits survives the way through a binary number.
const exactDigitsMax = 15

/** What is sent: a JSON number where it holds the digits exactly, decimal text where it does not. */
export function decimalValue(text: string): number | string {
  const asNumber = Number(text)
  const digits = text.replace(/^-?0*\.?0*|\./g, '').length
  if (digits > exactDigitsMax) return text
  return canonical(String(asNumber)) === canonical(text) ? asNumber : text
}

function canonical(text: string): string {
  if (!text.includes('.')) return text
  return text.replace(/0+$/, '').replace(/\.$/, '')
}

/** Digits before and after the separator. */
export function countDigits(text: string): { readonly whole: number; readonly fraction: number } {
  const [whole = '', fraction = ''] = text.replace(/^[+-]/, '').split('.')
  return { whole: whole === '0' ? 0 : whole.length, fraction: fraction.length }
}
