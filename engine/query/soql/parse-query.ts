/** SOQL text → Query: a recursive descent over the tokens, bounded in size and depth. */
import { limits } from '../../base/limits.ts'
import { refuse } from '../../base/refusal.ts'
import type { Condition, Literal, OrderItem, Query, SelectItem } from './query.ts'
import { TokenReader } from './token-reader.ts'

const rangeName =
  /^(?:(?:LAST|NEXT)_N_[A-Z_]+:\d+|N_[A-Z_]+_AGO:\d+|TODAY|YESTERDAY|TOMORROW|(?:LAST|NEXT|THIS)_[A-Z_]+)$/i

/** Reads a query, or refuses it as MALFORMED_QUERY with line and column. */
export function parseQuery(text: string): Query {
  if (text.length > limits.queryTextCharsMax) {
    throw refuse(
      'LIMIT_EXCEEDED',
      `A query has at most ${limits.queryTextCharsMax} characters (queryTextCharsMax).`,
    )
  }
  const reader = new TokenReader(text)
  reader.expectWord('select')
  const { select, count } = readSelect(reader)
  reader.expectWord('from')
  const fromOffset = reader.offset()
  const from = reader.expectName('the name of an object')
  const where = reader.takeWord('where') ? readOr(reader, newBudget()) : undefined
  const orderBy = reader.takeWord('order') ? readOrder(reader) : []
  const limit = reader.takeWord('limit') ? reader.expectCount() : undefined
  const skip = reader.takeWord('offset') ? reader.expectCount() : 0
  const allRows = reader.takeWord('all')
  if (allRows) reader.expectWord('rows')
  reader.expectEnd()
  return { text, select, count, from, fromOffset, where, orderBy, limit, skip, allRows }
}

function readSelect(reader: TokenReader): Pick<Query, 'select' | 'count'> {
  if (reader.peekWord('count') && reader.peekSymbol('(', 1) && reader.peekSymbol(')', 2)) {
    reader.skip(3)
    return { select: [], count: true }
  }
  const select: SelectItem[] = []
  do {
    if (select.length >= limits.queryFieldsMax) {
      throw refuse(
        'LIMIT_EXCEEDED',
        `A query selects at most ${limits.queryFieldsMax} fields (queryFieldsMax).`,
      )
    }
    select.push(readSelectItem(reader))
  } while (reader.takeSymbol(','))
  return { select, count: false }
}

function readSelectItem(reader: TokenReader): SelectItem {
  const offset = reader.offset()
  if (reader.peekSymbol('(')) throw reader.refusal('child queries are not answered yet')
  const name = reader.expectName('a field')
  if (!reader.takeSymbol('(')) return { kind: 'path', path: name, offset }
  if (name.toLowerCase() !== 'fields')
    throw reader.refusal(`the function ${name} is not answered yet`)
  const which = reader.expectName('ALL, STANDARD or CUSTOM').toUpperCase()
  reader.expectSymbol(')')
  if (which !== 'ALL' && which !== 'STANDARD' && which !== 'CUSTOM') {
    throw reader.refusal('FIELDS takes ALL, STANDARD or CUSTOM')
  }
  return { kind: 'fields', which, offset }
}

interface Budget {
  conditions: number
  depth: number
  listValues: number
}

function newBudget(): Budget {
  return { conditions: 0, depth: 0, listValues: 0 }
}

function readOr(reader: TokenReader, budget: Budget): Condition {
  if (++budget.depth > limits.queryDepthMax) {
    throw refuse(
      'LIMIT_EXCEEDED',
      `Conditions nest at most ${limits.queryDepthMax} deep (queryDepthMax).`,
    )
  }
  const items = [readNot(reader, budget)]
  const kind = reader.peekWord('or') ? 'or' : 'and'
  while (reader.takeWord(kind)) items.push(readNot(reader, budget))
  // The platform refuses a mixture too: without parentheses it would be anybody's guess.
  if (reader.peekWord('and') || reader.peekWord('or')) {
    throw reader.refusal('use parentheses where AND and OR are mixed')
  }
  budget.depth--
  const [first] = items
  return items.length === 1 && first !== undefined ? first : { kind, items }
}

function readNot(reader: TokenReader, budget: Budget): Condition {
  // "NOT NOT x" is one turn each, so that a long row of them cannot exhaust the stack.
  let negated = false
  while (reader.takeWord('not')) negated = !negated
  const item = readPrimary(reader, budget)
  return negated ? { kind: 'not', item } : item
}

function readPrimary(reader: TokenReader, budget: Budget): Condition {
  if (reader.takeSymbol('(')) {
    const inner = readOr(reader, budget)
    reader.expectSymbol(')')
    return inner
  }
  if (++budget.conditions > limits.queryConditionsMax) {
    throw refuse(
      'LIMIT_EXCEEDED',
      `A query has at most ${limits.queryConditionsMax} conditions (queryConditionsMax).`,
    )
  }
  return readCondition(reader, budget)
}

function readCondition(reader: TokenReader, budget: Budget): Condition {
  const offset = reader.offset()
  const path = reader.expectName('a field')
  if (reader.peekSymbol('(')) throw reader.refusal(`the function ${path} is not answered yet`)
  const operator = reader.expectOperator()
  switch (operator) {
    case 'in':
    case 'not in':
    case 'includes':
    case 'excludes':
      return { kind: 'list', path, offset, operator, values: readList(reader, budget) }
    default:
      return { kind: 'compare', path, offset, operator, value: readLiteral(reader) }
  }
}

function readList(reader: TokenReader, budget: Budget): readonly Literal[] {
  reader.expectSymbol('(')
  if (reader.peekWord('select')) throw reader.refusal('semi-joins are not answered yet')
  const values: Literal[] = []
  do {
    if (++budget.listValues > limits.queryListValuesMax) {
      throw refuse(
        'LIMIT_EXCEEDED',
        `The lists of a query hold at most ${limits.queryListValuesMax} values (queryListValuesMax).`,
      )
    }
    values.push(readLiteral(reader))
  } while (reader.takeSymbol(','))
  reader.expectSymbol(')')
  return values
}

const words = new Map<string, Literal>([
  ['true', { kind: 'boolean', value: true }],
  ['false', { kind: 'boolean', value: false }],
  ['null', { kind: 'null' }],
])

function readLiteral(reader: TokenReader): Literal {
  const token = reader.next()
  if (token.kind === 'string') {
    return { kind: 'string', value: token.text, pattern: token.pattern ?? token.text }
  }
  if (token.kind === 'number') return { kind: 'number', text: token.text }
  if (token.kind === 'date' || token.kind === 'datetime')
    return { kind: token.kind, text: token.text }
  const word = token.kind === 'name' ? words.get(token.text.toLowerCase()) : undefined
  if (word !== undefined) return word
  if (token.kind === 'name' && rangeName.test(token.text)) {
    const [name = '', count] = token.text.toUpperCase().split(':')
    return { kind: 'range', name, count: count === undefined ? undefined : Number(count) }
  }
  throw reader.refusal('expected a value', token)
}

function readOrder(reader: TokenReader): readonly OrderItem[] {
  reader.expectWord('by')
  const items: OrderItem[] = []
  do {
    if (items.length >= limits.querySortKeysMax) {
      throw refuse(
        'LIMIT_EXCEEDED',
        `A query sorts by at most ${limits.querySortKeysMax} fields (querySortKeysMax).`,
      )
    }
    const offset = reader.offset()
    const path = reader.expectName('a field to sort by')
    const descending = reader.takeWord('desc')
    if (!descending) reader.takeWord('asc')
    let nulls: OrderItem['nulls'] = descending ? 'last' : 'first'
    if (reader.takeWord('nulls')) {
      nulls = reader.takeWord('last') ? 'last' : 'first'
      if (nulls === 'first') reader.expectWord('first')
    }
    items.push({ path, offset, descending, nulls })
  } while (reader.takeSymbol(','))
  return items
}
