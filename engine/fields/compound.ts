/**
 * What compound types share: the names and labels of their parts, and their JSON from the parts'
 * columns.
 */
import { message } from '../base/message.ts'
import { joinSql, sql, textLiteral, type Sql } from '../sql/sql.ts'
import type { Dialect } from '../sql/dialect.ts'
import type { ApiValue, FieldOptions, ValueProblem } from './field-type.ts'
import { problem } from './value-problem.ts'

const customPattern = /__c$/i

/** `Home__c` has `Home__City__s`; a shipped field puts the part after its stem. */
export function partName(options: FieldOptions, stem: string, part: string): string {
  const custom = customPattern.exec(options.fullName)
  if (custom === null) return stem + part
  return `${options.fullName.slice(0, custom.index)}__${part}__s`
}

/**
 * "Billing Address" has "Billing City"; a label without the given last word keeps all its words.
 */
export function partLabel(options: FieldOptions, lastWord: string, part: string): string {
  const label = options.label ?? options.fullName
  if (!label.endsWith(lastWord)) return `${label} (${part})`
  return `${label.slice(0, -lastWord.length)}${part}`
}

export interface JsonPart {
  readonly key: string
  readonly column: Sql
  readonly json: Sql
}

/** An object of the parts as JSON text; null when all parts are empty. */
export function partsJson(parts: readonly JsonPart[], dialect: Dialect): Sql {
  const empty = joinSql(
    parts.map((part) => sql`${part.column} is null`),
    sql` and `,
  )
  const pieces = parts.flatMap((part, index) => [
    textLiteral(`${index === 0 ? '{' : ','}${JSON.stringify(part.key)}:`),
    part.json,
  ])
  return sql`case when ${empty} then 'null' else ${dialect.concat([...pieces, sql`'}'`])} end`
}

/** Compounds are read as a whole and written by their parts. */
export function refuseCompound(_value: ApiValue): ValueProblem {
  return problem(
    'INVALID_FIELD_FOR_INSERT_UPDATE',
    message('A compound field can not be set as a whole: set its parts.'),
  )
}
