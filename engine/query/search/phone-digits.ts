/**
 * Telephone numbers are written in many ways and mean the same: beside its words, a telephone field is indexed by its
 * digits alone, without zeros before them; an international number also without the digits that may be its country's.
 */
import { integerLiteral, joinSql, sql, textLiteral, type Sql } from '../../sql/sql.ts'

const separators = [' ', '-', '/', '.', '(', ')', '\u00a0']
/** A country has one to three of them. */
const countryDigits = [1, 2, 3]

export interface PhoneNumber {
  readonly numbers: readonly string[]
  /** More digits may follow. */
  readonly prefix: boolean
}

const digitsMin = 5
const form = /^(?:\+|00)?[\d\s()*./\u00a0-]+$/

/** The words by which a text is found that is a telephone number as a whole. */
export function phoneNumber(text: string): PhoneNumber | undefined {
  const trimmed = text.trim()
  if (trimmed.length > 40 || !form.test(trimmed)) return undefined
  const written = trimmed.replaceAll('(0)', '')
  const digits = written.replace(/\D/g, '')
  const plain = digits.replace(/^0+/, '')
  if (plain.length < digitsMin) return undefined
  const isInternational = written.startsWith('+') || digits.startsWith('00')
  const shorter = isInternational ? countryDigits.map((count) => plain.slice(count)) : []
  const numbers = new Set([plain, ...shorter.map((one) => one.replace(/^0+/, ''))])
  return { numbers: [...numbers].filter(({ length }) => length > 2), prefix: text.includes('*') }
}

/** What is indexed of a telephone field: as it is written, and its digits. */
export function phoneWords(column: Sql): Sql {
  let digits = sql`replace(${column}, '(0)', '')`
  for (const one of separators) digits = sql`replace(${digits}, ${textLiteral(one)}, '')`
  const plain = sql`ltrim(${digits}, '+0')`
  const national = joinSql(
    countryDigits.map((count) => sql`ltrim(substr(${plain}, ${integerLiteral(count + 1)}), '0')`),
    sql` || ' ' || `,
  )
  const isInternational = sql`${digits} like '+%' or ${digits} like '00%'`
  return sql`(${column} || ' ' || ${plain} || ' ' || case when ${isInternational} then ${national} else '' end)`
}
