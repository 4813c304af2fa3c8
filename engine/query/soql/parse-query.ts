/** SOQL text → Query: a recursive descent over the tokens, bounded in size and depth. */
import { limits } from '../../base/limits.ts'
import { refuse } from '../../base/refusal.ts'
import { newBudget, readCondition, type Budget } from './parse-condition.ts'
import { readOperand } from './parse-operand.ts'
import { readSelect } from './parse-select.ts'
import type { GroupBy, Operand, OrderItem, Query } from './query.ts'
import { TokenReader } from './token-reader.ts'
import type { QueryVariables } from './variables.ts'

/** Asked of a query before anything else is looked at. */
export function requireQueryLength(text: string): void {
  if (text.length <= limits.queryTextCharsMax) return
  throw refuse(
    'LIMIT_EXCEEDED',
    `A query has at most ${limits.queryTextCharsMax} characters (queryTextCharsMax).`,
  )
}

/** Reads a query, or refuses it as MALFORMED_QUERY with line and column. */
export function parseQuery(text: string, variables?: QueryVariables): Query {
  requireQueryLength(text)
  const reader = new TokenReader(text, variables)
  const query = readQuery({ text, reader, budget: newBudget(), place: 'whole' })
  reader.expectEnd()
  return query
}

interface QueryReader {
  readonly text: string
  readonly reader: TokenReader
  readonly budget: Budget
  /** Inner queries know fewer clauses. */
  readonly place: 'whole' | 'children' | 'join'
}

function readQuery(context: QueryReader): Query {
  const { text, reader, budget, place } = context
  if (++budget.queries > limits.queryQueriesMax) {
    throw refuse(
      'LIMIT_EXCEEDED',
      `A query holds at most ${limits.queryQueriesMax} others (queryQueriesMax).`,
    )
  }
  const inner = (as: 'children' | 'join') => (): Query => {
    if (place === 'join' && as === 'join') throw reader.refusal(nestedJoin)
    return readQuery({ ...context, place: as })
  }
  const conditions = { reader, budget, readQuery: inner('join') }
  // The aliases stand behind the list that uses them.
  const around = reader.enterAliases(aliasesAhead(reader))
  reader.expectWord('select')
  const { select, count } = readSelect({ reader, readChildren: inner('children') })
  reader.expectWord('from')
  const fromOffset = reader.offset()
  const from = reader.expectPath('the name of an object')
  skipAliases(reader)
  const scope = readScope(reader)
  const where = reader.takeWord('where') ? readCondition(conditions) : undefined
  readMode(reader)
  const groupBy = reader.takeWord('group') ? readGroups(reader) : undefined
  const having = reader.takeWord('having') ? readCondition(conditions) : undefined
  const orderBy = reader.takeWord('order') ? readOrder(reader) : []
  const limit = reader.takeWord('limit') ? reader.expectCount() : undefined
  const skip = reader.takeWord('offset') ? readOffset(reader) : 0
  const viewed = place === 'whole' && readPurpose(reader)
  const allRows = place === 'whole' && reader.takeWord('all')
  if (allRows) reader.expectWord('rows')
  reader.leaveAliases(around)
  return {
    text,
    select,
    count,
    from,
    fromOffset,
    scope,
    where,
    groupBy,
    having,
    orderBy,
    limit,
    skip,
    allRows,
    viewed,
  }
}

const nestedJoin = 'a semi-join holds no other semi-join'

/** Words that may follow the name behind FROM, so that none of them is taken for an alias. */
const clauseWords: ReadonlySet<string> = new Set(
  'using where with group having order limit offset for update all'.split(' '),
)

/** `FROM Account a`, `FROM Account AS a, a.Owner o`: what each alias stands for, as a path from the object. */
function aliasesAhead(reader: TokenReader): ReadonlyMap<string, string> {
  const place = reader.skipToFrom()
  const aliases = new Map<string, string>()
  if (place !== undefined) readAliases(reader, aliases)
  if (place !== undefined) reader.goBack(place)
  return aliases
}

function readAliases(reader: TokenReader, aliases: Map<string, string>): void {
  let isFirst = true
  do {
    const [head = '', ...steps] = reader.expectName('the name of an object').split('.')
    const prefix = isFirst ? '' : [aliases.get(head.toLowerCase()) ?? head, ...steps].join('.')
    reader.takeWord('as')
    if (reader.peekName() && !clauseWords.has(reader.peekLower())) {
      aliases.set(reader.expectName('an alias').toLowerCase(), prefix.replace(/^\./, ''))
    }
    isFirst = false
  } while (reader.takeSymbol(','))
}

function skipAliases(reader: TokenReader): void {
  const isAlias = (): boolean => reader.peekName() && !clauseWords.has(reader.peekLower())
  while (isAlias() || reader.peekSymbol(',')) reader.skip(1)
}

function readScope(reader: TokenReader): string | undefined {
  if (!reader.takeWord('using')) return undefined
  reader.expectWord('scope')
  return reader.expectName('the name of a scope').toLowerCase()
}

/** Every query keeps to the rights of its user; whoever says so is right, whoever wants more is refused. */
function readMode(reader: TokenReader): void {
  if (!reader.takeWord('with')) return
  if (reader.takeWord('security_enforced') || reader.takeWord('user_mode')) return
  if (reader.peekWord('system_mode')) {
    throw reader.refusal('SYSTEM_MODE is not for queries over the API: they keep to your rights')
  }
  throw reader.refusal('WITH takes SECURITY_ENFORCED or USER_MODE')
}

/** True for records that are looked at. Rows are locked to the end of the request, and a query is a request of its own. */
function readPurpose(reader: TokenReader): boolean {
  let viewed = false
  while (reader.takeWord('for')) {
    if (reader.takeWord('view') || reader.takeWord('reference')) viewed = true
    else if (!reader.takeWord('update')) {
      throw reader.refusal('FOR takes UPDATE, VIEW or REFERENCE')
    }
  }
  return viewed
}

function readOffset(reader: TokenReader): number {
  const skip = reader.expectCount()
  if (skip <= limits.queryOffsetMax) return skip
  throw refuse(
    'LIMIT_EXCEEDED',
    `OFFSET is at most ${limits.queryOffsetMax} (queryOffsetMax); page by nextRecordsUrl instead.`,
  )
}

function readGroups(reader: TokenReader): GroupBy {
  reader.expectWord('by')
  const word = (['rollup', 'cube'] as const).find(
    (kind) => reader.peekWord(kind) && reader.peekSymbol('(', 1),
  )
  if (word === undefined) return { kind: 'plain', items: readGroupItems(reader) }
  reader.skip(2)
  const items = readGroupItems(reader)
  reader.expectSymbol(')')
  if (items.length > limits.queryGroupingSetsMax) {
    throw refuse(
      'LIMIT_EXCEEDED',
      `${word.toUpperCase()} takes at most ${limits.queryGroupingSetsMax} fields (queryGroupingSetsMax).`,
    )
  }
  return { kind: word, items }
}

function readGroupItems(reader: TokenReader): readonly Operand[] {
  const items: Operand[] = []
  do {
    if (items.length >= limits.querySortKeysMax) {
      throw refuse(
        'LIMIT_EXCEEDED',
        `A query groups by at most ${limits.querySortKeysMax} fields (querySortKeysMax).`,
      )
    }
    items.push(readOperand(reader, 'a field to group by'))
  } while (reader.takeSymbol(','))
  return items
}

export function readOrder(reader: TokenReader): readonly OrderItem[] {
  reader.expectWord('by')
  const items: OrderItem[] = []
  do {
    if (items.length >= limits.querySortKeysMax) {
      throw refuse(
        'LIMIT_EXCEEDED',
        `A query sorts by at most ${limits.querySortKeysMax} fields (querySortKeysMax).`,
      )
    }
    const operand = readOperand(reader, 'a field to sort by')
    const descending = reader.takeWord('desc')
    if (!descending) reader.takeWord('asc')
    let nulls: OrderItem['nulls'] = descending ? 'last' : 'first'
    if (reader.takeWord('nulls')) {
      nulls = reader.takeWord('last') ? 'last' : 'first'
      if (nulls === 'first') reader.expectWord('first')
    }
    items.push({ operand, offset: operand.offset, descending, nulls })
  } while (reader.takeSymbol(','))
  return items
}
