/** Random conditions, and what they mean: evaluated one by one in JavaScript, to hold the databases against. */
import fc from 'fast-check'
import { foldText } from '../../../engine/base/fold-text.ts'

export interface NaiveRow {
  readonly [field: string]: string | number | boolean | null
}

export interface NaiveCondition {
  readonly soql: string
  matches(row: NaiveRow): boolean
}

type Value = string | number | boolean | null
type CompareOperator = '=' | '!=' | '<' | '<=' | '>' | '>='

/** A literal of a query with its meaning. */
interface Given {
  readonly soql: string
  readonly value: Value
}

export const texts = [
  'a',
  'A',
  'ä',
  'b',
  'ab',
  'a b',
  '50%',
  'a_b',
  'ß',
  'ss',
  '10',
  '9',
  '％',
  'Ω',
]
export const numbers = ['0', '1', '-1', '2.5', '2', '3', '10', '1000000', '0.000001', '-2.5']
export const days = ['2026-01-01', '2026-02-28', '2028-02-29', '2025-12-31']
export const choices = ['Red', 'Green', 'Blue']
export const chosen = ['A', 'B', 'C', 'A;B', 'A;C', 'A;B;C']

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`
}

const textGiven = fc.constantFrom(...texts).map((value): Given => ({ soql: quoted(value), value }))
const numberGiven = fc
  .constantFrom(...numbers)
  .map((soql): Given => ({ soql, value: Number(soql) }))
const dayGiven = fc.constantFrom(...days).map((value): Given => ({ soql: value, value }))
const flagGiven = fc.boolean().map((value): Given => ({ soql: String(value), value }))
const nullGiven = fc.constant<Given>({ soql: 'null', value: null })

interface Kind {
  readonly fields: readonly string[]
  readonly given: fc.Arbitrary<Given>
  readonly operators: readonly CompareOperator[]
  /** The form in which values are compared. */
  form(value: Exclude<Value, null>): Exclude<Value, null>
}

const all: readonly CompareOperator[] = ['=', '!=', '<', '<=', '>', '>=']

const textKind: Kind = {
  fields: ['Text__c', 'Above__r.Text__c'],
  given: textGiven,
  operators: all,
  form: (value) => foldText(String(value)),
}
const kinds: readonly Kind[] = [
  textKind,
  {
    fields: ['Whole__c', 'Number__c', 'Above__r.Number__c'],
    given: numberGiven,
    operators: all,
    form: (value) => value,
  },
  { fields: ['Day__c'], given: dayGiven, operators: all, form: (value) => value },
  { fields: ['Flag__c'], given: flagGiven, operators: ['=', '!='], form: (value) => value },
]

function compareValues(left: Value, right: Value): number {
  if (typeof left === 'string' && typeof right === 'string') {
    return Buffer.compare(Buffer.from(left), Buffer.from(right))
  }
  return Number(left) - Number(right)
}

function holds(operator: CompareOperator, order: number): boolean {
  const results: Record<CompareOperator, boolean> = {
    '=': order === 0,
    '!=': order !== 0,
    '<': order < 0,
    '<=': order <= 0,
    '>': order > 0,
    '>=': order >= 0,
  }
  return results[operator]
}

/** A lookup to nothing is empty, and so is everything behind it. */
function valueOf(row: NaiveRow, field: string): Value {
  return row[field] ?? null
}

function comparison(kind: Kind): fc.Arbitrary<NaiveCondition> {
  return fc
    .record({
      field: fc.constantFrom(...kind.fields),
      operator: fc.constantFrom(...kind.operators),
      given: fc.oneof({ weight: 6, arbitrary: kind.given }, { weight: 1, arbitrary: nullGiven }),
    })
    .map(({ field, operator, given }) => ({
      soql: `${field} ${operator} ${given.soql}`,
      matches: (row) => {
        const value = valueOf(row, field)
        if (given.value === null) {
          return operator === '=' ? value === null : operator === '!=' && value !== null
        }
        if (value === null) return operator === '!='
        return holds(operator, compareValues(kind.form(value), kind.form(given.value)))
      },
    }))
}

function membership(kind: Kind): fc.Arbitrary<NaiveCondition> {
  return fc
    .record({
      field: fc.constantFrom(...kind.fields),
      negated: fc.boolean(),
      given: fc.array(fc.oneof({ weight: 5, arbitrary: kind.given }, nullGiven), {
        minLength: 1,
        maxLength: 4,
      }),
    })
    .map(({ field, negated, given }) => ({
      soql: `${field} ${negated ? 'NOT IN' : 'IN'} (${given.map((one) => one.soql).join(', ')})`,
      matches: (row) => {
        const value = valueOf(row, field)
        const isIn = given.some((one) => {
          if (one.value === null || value === null) return one.value === value
          return kind.form(one.value) === kind.form(value)
        })
        return isIn !== negated
      },
    }))
}

/** Pieces of a pattern: wildcards, escaped ones and texts, with the expression that they mean. */
const patternPiece = fc.oneof(
  fc.constant({ pattern: '%', source: '[^]*' }),
  fc.constant({ pattern: '_', source: '[^]' }),
  fc.constantFrom('%', '_').map((sign) => ({ pattern: `\\${sign}`, source: sign })),
  fc.constantFrom(...texts, ' ', 'Ä', 's').map((text) => ({
    pattern: text.replace(/[%_]/g, '\\$&'),
    source: foldText(text).replace(/[$()*+.?[\\\]^{|}]/g, '\\$&'),
  })),
)

const pattern = fc
  .record({
    field: fc.constantFrom(...textKind.fields),
    pieces: fc.array(patternPiece, { minLength: 1, maxLength: 4 }),
  })
  .map(({ field, pieces }): NaiveCondition => {
    const text = pieces.map((piece) => piece.pattern).join('')
    const expression = new RegExp(`^${pieces.map((piece) => piece.source).join('')}$`, 'u')
    return {
      soql: `${field} LIKE '${text.replace(/\\(?![%_])/g, '\\\\')}'`,
      matches: (row) => {
        const value = valueOf(row, field)
        return value !== null && expression.test(foldText(String(value)))
      },
    }
  })

const multiple = fc
  .record({
    negated: fc.boolean(),
    combinations: fc.array(fc.constantFrom(...chosen, 'C;A', 'a', 'A;Z'), {
      minLength: 1,
      maxLength: 3,
    }),
  })
  .map(({ negated, combinations }): NaiveCondition => ({
    soql: `Many__c ${negated ? 'EXCLUDES' : 'INCLUDES'} (${combinations.map(quoted).join(', ')})`,
    matches: (row) => {
      const values = String(valueOf(row, 'Many__c') ?? '')
        .toLowerCase()
        .split(';')
      const isIncluded = combinations.some((one) =>
        one
          .toLowerCase()
          .split(';')
          .every((value) => values.includes(value)),
      )
      return isIncluded !== negated
    },
  }))

const leaf = fc.oneof(
  ...kinds.map(comparison),
  ...kinds.filter((kind) => kind.operators === all).map(membership),
  pattern,
  multiple,
)

/** Trees of AND, OR and NOT, with parentheses wherever they may stand. */
export const conditions: fc.Arbitrary<NaiveCondition> = fc.letrec<{ tree: NaiveCondition }>(
  (tie) => ({
    tree: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      leaf,
      tie('tree').map((item) => ({
        soql: `NOT (${item.soql})`,
        matches: (row: NaiveRow) => !item.matches(row),
      })),
      tie('tree').map((item) => ({ ...item, soql: `(${item.soql})` })),
      fc
        .record({
          word: fc.constantFrom('AND', 'OR'),
          items: fc.array(tie('tree'), { minLength: 2, maxLength: 4 }),
        })
        .map(({ word, items }) => ({
          soql: items.map((item) => `(${item.soql})`).join(` ${word} `),
          matches: (row: NaiveRow) =>
            word === 'AND'
              ? items.every((item) => item.matches(row))
              : items.some((item) => item.matches(row)),
        })),
    ),
  }),
).tree
