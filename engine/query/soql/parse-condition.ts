/** WHERE and HAVING: conditions, bounded in number and depth. */
import { limits } from '../../base/limits.ts'
import { refuse } from '../../base/refusal.ts'
import { readLiteral, readOperand, takeList } from './parse-operand.ts'
import type { Condition, JoinComparison, Literal, Operand, Query } from './query.ts'
import type { TokenReader } from './token-reader.ts'

/** What a query may spend in all its conditions, those of inner queries included. */
export interface Budget {
  conditions: number
  depth: number
  listValues: number
  /** Queries within queries. */
  queries: number
}

export interface ConditionReader {
  readonly reader: TokenReader
  readonly budget: Budget
  /** Reads the query of a semi-join; stands behind its opening parenthesis. */
  readonly readQuery: () => Query
}

export function newBudget(): Budget {
  return { conditions: 0, depth: 0, listValues: 0, queries: 0 }
}

export function readCondition(context: ConditionReader): Condition {
  const { reader, budget } = context
  if (++budget.depth > limits.queryDepthMax) {
    throw refuse(
      'LIMIT_EXCEEDED',
      `Conditions nest at most ${limits.queryDepthMax} deep (queryDepthMax).`,
    )
  }
  const items = [readNot(context)]
  const kind = reader.peekWord('or') ? 'or' : 'and'
  while (reader.takeWord(kind)) items.push(readNot(context))
  // The platform refuses a mixture too: without parentheses it would be anybody's guess.
  if (reader.peekWord('and') || reader.peekWord('or')) {
    throw reader.refusal('use parentheses where AND and OR are mixed')
  }
  budget.depth--
  const [first] = items
  return items.length === 1 && first !== undefined ? first : { kind, items }
}

function readNot(context: ConditionReader): Condition {
  // "NOT NOT x" is one turn each, so that a long row of them cannot exhaust the stack.
  let negated = false
  while (context.reader.takeWord('not')) negated = !negated
  const item = readPrimary(context)
  return negated ? { kind: 'not', item } : item
}

function readPrimary(context: ConditionReader): Condition {
  const { reader, budget } = context
  if (reader.takeSymbol('(')) {
    const inner = readCondition(context)
    reader.expectSymbol(')')
    return inner
  }
  if (++budget.conditions > limits.queryConditionsMax) {
    throw refuse(
      'LIMIT_EXCEEDED',
      `A query has at most ${limits.queryConditionsMax} conditions (queryConditionsMax).`,
    )
  }
  return readComparison(context)
}

function readComparison(context: ConditionReader): Condition {
  const { reader } = context
  const offset = reader.offset()
  const operand = readOperand(reader, 'a field')
  const operator = reader.expectOperator()
  switch (operator) {
    case 'in':
    case 'not in':
      if (reader.peekSymbol('(') && reader.peekWord('select', 1)) {
        reader.skip(1)
        return readJoin(context, operand, { offset, negated: operator === 'not in' })
      }
      return { kind: 'list', operand, offset, operator, values: readGiven(context) }
    case 'includes':
    case 'excludes':
      return { kind: 'list', operand, offset, operator, values: readGiven(context) }
    default:
      return { kind: 'compare', operand, offset, operator, value: readLiteral(reader) }
  }
}

function readJoin(
  { reader, readQuery }: ConditionReader,
  operand: Operand,
  place: Pick<JoinComparison, 'offset' | 'negated'>,
): JoinComparison {
  if (operand.kind === 'call') throw reader.refusal('a semi-join compares a field')
  const query = readQuery()
  reader.expectSymbol(')')
  return { kind: 'join', path: operand.path, ...place, query }
}

/** `(a, b, :c)`, or `:list`. */
function readGiven(context: ConditionReader): readonly Literal[] {
  if (context.reader.peekVariable()) return readValues(context)
  context.reader.expectSymbol('(')
  const values: Literal[] = []
  do for (const value of readValues(context)) values.push(value)
  while (context.reader.takeSymbol(','))
  context.reader.expectSymbol(')')
  return values
}

/** One value, or all those of a variable. */
function readValues({ reader, budget }: ConditionReader): readonly Literal[] {
  const values = takeList(reader) ?? [readLiteral(reader)]
  budget.listValues += values.length
  if (budget.listValues <= limits.queryListValuesMax) return values
  throw refuse(
    'LIMIT_EXCEEDED',
    `The lists of a query hold at most ${limits.queryListValuesMax} values (queryListValuesMax).`,
  )
}
