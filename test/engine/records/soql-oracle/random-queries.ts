/** Random texts of queries about the small world, each of which is right and is answered. */
import fc from 'fast-check'

const quoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`
const one = (...items: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...items)

const text = one('a', 'A', 'Ä', 'b', 'ab', '50%', 'a_b', 'ß', 'SS', '10', 'nothing').map(quoted)
const pattern = one('a%', '%b', 'A_b', 'a\\\\_b', '%\\\\%', '_', '%', 'ß%', 'row 1_', '1%').map(
  (like) => `'${like.replaceAll('\\\\', '\\')}'`,
)
const number = one('0', '1', '-1', '2.5', '10', '-7.75', '3', '1000000')
const day = one('2026-11-22', '2025-12-31', '2024-02-29', '2026-06-01')
const instant = one('2026-11-22T09:30:00Z', '2025-12-31T23:30:00Z', '2026-11-22T00:00:00+01:00')
const unit = one('DAYS', 'WEEKS', 'MONTHS', 'QUARTERS', 'YEARS')
const range = fc.oneof(
  one('TODAY', 'YESTERDAY', 'TOMORROW', 'LAST_90_DAYS', 'NEXT_90_DAYS'),
  fc
    .tuple(one('LAST', 'THIS', 'NEXT'), one('WEEK', 'MONTH', 'QUARTER', 'YEAR'))
    .map((it) => it.join('_')),
  fc
    .tuple(one('LAST', 'THIS', 'NEXT'), one('FISCAL_QUARTER', 'FISCAL_YEAR'))
    .map((it) => it.join('_')),
  fc
    .tuple(one('LAST_N_', 'NEXT_N_'), unit, fc.integer({ min: 1, max: 12 }))
    .map(([way, of, count]) => `${way}${of}:${count}`),
  fc.tuple(unit, fc.integer({ min: 1, max: 12 })).map(([of, count]) => `N_${of}_AGO:${count}`),
)

type Field = readonly [operand: string, literal: fc.Arbitrary<string>]

const wholeNumber = fc.integer({ min: 1, max: 12 }).map(String)
/** Fields and functions that can be compared by size. */
const ordered: readonly Field[] = [
  ['Text__c', text],
  ['Number__c', number],
  ['Above__r.Number__c', number],
  ['Above__r.Above__r.Text__c', text],
  ['Account__r.Revenue', number],
  ['Account__r.Parent.Name', one('Account 1', 'account 2').map(quoted)],
  ['Day__c', fc.oneof(day, range)],
  ['At__c', fc.oneof(instant, range)],
  ['Above__r.At__c', range],
  ['CALENDAR_MONTH(At__c)', wholeNumber],
  ['CALENDAR_QUARTER(Day__c)', wholeNumber],
  ['DAY_IN_WEEK(Day__c)', wholeNumber],
  ['DAY_IN_YEAR(convertTimezone(At__c))', fc.integer({ min: 1, max: 366 }).map(String)],
  ['WEEK_IN_YEAR(Day__c)', fc.integer({ min: 1, max: 53 }).map(String)],
  ['WEEK_IN_MONTH(At__c)', wholeNumber],
  ['HOUR_IN_DAY(At__c)', fc.integer({ min: 0, max: 23 }).map(String)],
  ['HOUR_IN_DAY(convertTimezone(At__c))', fc.integer({ min: 0, max: 23 }).map(String)],
  ['DAY_ONLY(convertTimezone(At__c))', fc.oneof(day, range)],
]
const label = one('The Red', 'the green', 'Red').map(quoted)
const equal: readonly Field[] = [
  ['Choice__c', one('Red', 'blue', 'Green').map(quoted)],
  ['toLabel(Choice__c)', label],
  ['Flag__c', one('true', 'false')],
]
const listed: readonly Field[] = [
  ['Text__c', text],
  ['Number__c', number],
  ['Above__r.Text__c', text],
  ['Day__c', day],
  ['At__c', instant],
  ['Choice__c', one('Red', 'blue').map(quoted)],
  ['toLabel(Choice__c)', label],
  ['CALENDAR_YEAR(Day__c)', one('2024', '2025', '2026')],
]

function comparison(fields: readonly Field[], operators: readonly string[]): fc.Arbitrary<string> {
  return fc
    .constantFrom(...fields)
    .chain(([operand, literal]) =>
      fc
        .tuple(one(...operators), fc.oneof({ weight: 6, arbitrary: literal }, one('null')))
        .map(([operator, value]) => `${operand} ${operator} ${value}`),
    )
}

const list = fc.constantFrom(...listed).chain(([operand, literal]) =>
  fc
    .tuple(
      one('IN', 'NOT IN'),
      fc.array(fc.oneof({ weight: 6, arbitrary: literal }, one('null')), {
        minLength: 1,
        maxLength: 3,
      }),
    )
    .map(([operator, values]) => `${operand} ${operator} (${values.join(', ')})`),
)
const chosen = fc
  .tuple(
    one('INCLUDES', 'EXCLUDES'),
    fc.array(one('A', 'A;B', 'c;a', 'Z'), { minLength: 1, maxLength: 2 }),
  )
  .map(([operator, values]) => `Many__c ${operator} (${values.map(quoted).join(', ')})`)
const like = fc
  .tuple(one('Text__c', 'Name', 'Above__r.Text__c', 'toLabel(Choice__c)'), pattern)
  .map(([operand, value]) => `${operand} LIKE ${value}`)
const leaf = fc.oneof(
  { weight: 4, arbitrary: comparison(ordered, ['=', '!=', '<', '<=', '>', '>=', '<>']) },
  comparison(equal, ['=', '!=']),
  list,
  chosen,
  like,
)

function joined(inner: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const negated = one('IN', 'NOT IN')
  return fc.oneof(
    fc
      .tuple(one('Account__c', 'Account__r.ParentId'), negated, one('= null', '> 0', '!= 2.5'))
      .map(
        ([path, word, rest]) => `${path} ${word} (SELECT Id FROM Account WHERE Revenue ${rest})`,
      ),
    fc
      .tuple(one('Account__c', 'Account__r.ParentId'), negated, one("'x%'", "'%y%'"))
      .map(
        ([path, word, rest]) =>
          `${path} ${word} (SELECT AccountId FROM Contact WHERE Email LIKE ${rest})`,
      ),
    fc
      .tuple(one('Id', 'Above__c'), negated, one('Above__c', 'Id', 'Above__r.Above__c'), inner)
      .map(
        ([path, word, selected, where]) =>
          `${path} ${word} (SELECT ${selected} FROM Sample__c WHERE ${where})`,
      ),
  )
}

/** Conditions about samples: with AND, OR, NOT, and joins at the top, where the language has them. */
export const conditions: fc.Arbitrary<string> = fc.letrec<{ tree: string }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    leaf,
    tie('tree').map((item) => `(NOT (${item}))`),
    fc
      .tuple(one(' AND ', ' OR '), fc.array(tie('tree'), { minLength: 2, maxLength: 3 }))
      .map(([word, items]) => `(${items.join(word)})`),
  ),
})).tree

const where = fc
  .oneof(
    conditions,
    fc.tuple(conditions, joined(conditions)).map((items) => items.join(' AND ')),
    joined(leaf),
  )
  .map((condition) => ` WHERE ${condition}`)
const maybe = (clause: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof(clause, fc.constant(''))

const sortKeys = [
  ...['Text__c', 'Number__c', 'Day__c', 'At__c', 'Flag__c', 'Above__r.Text__c', 'Account__r.Name'],
  ...['toLabel(Choice__c)', 'Name'],
]
const ways = one(
  '',
  ' ASC',
  ' DESC',
  ' NULLS LAST',
  ' DESC NULLS FIRST',
  ' ASC NULLS FIRST',
  ' DESC NULLS LAST',
)

function orderBy(keys: readonly string[]): fc.Arbitrary<string> {
  return fc
    .tuple(
      fc.uniqueArray(one(...keys), { minLength: 1, maxLength: 3 }),
      fc.array(ways, { minLength: 3, maxLength: 3 }),
    )
    .map(([some, how]) => ` ORDER BY ${some.map((key, index) => `${key}${how[index]}`).join(', ')}`)
}
const rows = fc
  .tuple(
    maybe(fc.integer({ min: 1, max: 20 }).map((n) => ` LIMIT ${n}`)),
    maybe(fc.integer({ min: 0, max: 10 }).map((n) => ` OFFSET ${n}`)),
  )
  .map((parts) => parts.join(''))

const shownPaths = [
  ...[
    'Id',
    'Name',
    'Text__c',
    'Number__c',
    'Money__c',
    'Day__c',
    'At__c',
    'Flag__c',
    'Choice__c',
    'Many__c',
  ],
  ...[
    'Account__r.Name',
    'Account__r.Parent.Revenue',
    'Above__r.Name',
    'Above__r.Above__r.At__c',
    'Above__c',
  ],
  ...[
    'toLabel(Choice__c) words',
    'toLabel(Many__c) many',
    '(SELECT Name, Above__r.Text__c FROM Below__r)',
  ],
]
const some = (items: readonly string[], maxLength: number): fc.Arbitrary<string> =>
  fc.uniqueArray(one(...items), { minLength: 1, maxLength }).map((list) => list.join(', '))

const plain = fc
  .tuple(some(shownPaths, 6), maybe(where), maybe(orderBy(sortKeys)), rows)
  .map(([paths, ...rest]) => `SELECT ${paths} FROM Sample__c${rest.join('')}`)

const withChildren = fc
  .tuple(
    some(['Name', 'Text__c', 'Account__r.Revenue', 'At__c'], 3),
    maybe(conditions.map((condition) => ` WHERE ${condition}`)),
    maybe(orderBy(sortKeys)),
    maybe(fc.integer({ min: 1, max: 4 }).map((n) => ` LIMIT ${n}`)),
    maybe(one(' WHERE Revenue != null', ' WHERE Id IN (SELECT AccountId FROM Contact)')),
  )
  .map(
    ([paths, condition, order, limit, outer]) =>
      `SELECT Name, (SELECT ${paths} FROM Samples__r${condition}${order}${limit}), (SELECT Email FROM Contacts ORDER BY Email DESC) FROM Account${outer}`,
  )

const typeOf = fc
  .tuple(
    maybe(
      some(['Name', 'Revenue', 'Parent.Name'], 2).map((paths) => ` WHEN Account THEN ${paths}`),
    ),
    some(['Email', 'Name', 'Account.Revenue'], 2),
    maybe(fc.constant(' ELSE Name')),
    maybe(
      one(
        " WHERE About__r.Type = 'Account'",
        " WHERE About__r.Name LIKE 'account%'",
        ' WHERE About__c != null',
      ),
    ),
    maybe(one(' ORDER BY About__r.Name DESC', ' ORDER BY About__r.Type NULLS LAST, Name DESC')),
  )
  .map(
    ([account, contact, otherwise, ...rest]) =>
      `SELECT Name, TYPEOF About__r${account} WHEN Contact THEN ${contact}${otherwise} END FROM Remark__c${rest.join('')}`,
  )

export const rowQueries = fc.oneof(
  { weight: 5, arbitrary: plain },
  { weight: 2, arbitrary: withChildren },
  typeOf,
)

const groupKeys = [
  ...['Choice__c', 'Flag__c', 'Day__c', 'Account__r.Name', 'CALENDAR_YEAR(Day__c)'],
  ...['HOUR_IN_DAY(convertTimezone(At__c))', 'CALENDAR_MONTH(At__c)'],
]
const computed = [
  ...[
    'COUNT(Id)',
    'COUNT(Number__c)',
    'COUNT_DISTINCT(Text__c)',
    'COUNT_DISTINCT(Account__c)',
    'SUM(Number__c)',
  ],
  ...[
    'AVG(Money__c)',
    'MIN(Day__c)',
    'MAX(At__c)',
    'MAX(Number__c)',
    'MIN(Account__r.Revenue)',
    'COUNT()',
  ],
]
const having = maybe(
  one(
    'COUNT(Id) > 3',
    'SUM(Number__c) <= 2.5',
    'MAX(Number__c) = null',
    'COUNT_DISTINCT(Text__c) IN (1, 2, 3)',
    'NOT (MIN(Day__c) > 2025-12-31 OR AVG(Money__c) < 0)',
  ).map((condition) => ` HAVING ${condition}`),
)
const functions = fc.uniqueArray(one(...computed), { minLength: 1, maxLength: 4 })

/** Sorted by all that they are grouped by, so that the order is whole. */
const grouped = fc
  .tuple(
    fc.uniqueArray(one(...groupKeys), { minLength: 1, maxLength: 3 }),
    functions,
    maybe(where),
    having,
    fc.array(ways, { minLength: 4, maxLength: 4 }),
    maybe(one('COUNT(Id)', 'SUM(Number__c)')),
    rows,
  )
  .map(([keys, values, condition, filter, how, first, cut]) => {
    const columns = [...keys, ...values].map((column, index) => `${column} c${index}`)
    const order = [...(first === '' ? [] : [first]), ...keys].map(
      (key, index) => `${key}${how[index]}`,
    )
    return `SELECT ${columns.join(', ')} FROM Sample__c${condition} GROUP BY ${keys.join(', ')}${filter} ORDER BY ${order.join(', ')}${cut}`
  })

/** Totals and empty values look alike: they have no order of their own. */
export const totalQueries = fc
  .tuple(
    fc.uniqueArray(one(...groupKeys.slice(0, 4)), { minLength: 1, maxLength: 3 }),
    one('ROLLUP', 'CUBE'),
    functions,
    maybe(where),
    having,
  )
  .map(([keys, kind, values, condition, filter]) => {
    const columns = [...keys, ...keys.map((key) => `GROUPING(${key})`), ...values]
    const shown = columns.map((column, index) => `${column} c${index}`)
    return `SELECT ${shown.join(', ')} FROM Sample__c${condition} GROUP BY ${kind}(${keys.join(', ')})${filter}`
  })

const ungrouped = fc
  .tuple(functions, maybe(where))
  .map(
    ([values, condition]) =>
      `SELECT ${values.map((value, index) => `${value} c${index}`).join(', ')} FROM Sample__c${condition}`,
  )

export const groupQueries = fc.oneof({ weight: 4, arbitrary: grouped }, ungrouped)
export const countQueries = where.map((condition) => `SELECT COUNT() FROM Sample__c${condition}`)
