/** Text of a query → its tree: shape and size checked, nothing that is written can break the parser. */
import { describe, expect, it } from 'vitest'
import { limits } from '../../../../engine/base/limits.ts'
import { parseQuery } from '../../../../engine/query/soql/parse-query.ts'
import type { Condition } from '../../../../engine/query/soql/query.ts'
import { refusalOf } from '../planning.ts'

function where(text: string): Condition | undefined {
  return parseQuery(`SELECT Id FROM Account WHERE ${text}`).where
}

function refused(text: string): { readonly code: string; readonly message: string } {
  const { code, message } = refusalOf(() => parseQuery(text))
  return { code, message }
}

describe('a query', () => {
  it('is read with all its clauses', () => {
    const query = parseQuery(
      'SELECT Id, Account.Name FROM Contact WHERE Name != null ' +
        'ORDER BY Account.Name DESC NULLS LAST, Id LIMIT 20 OFFSET 40 ALL ROWS',
    )
    expect(query).toMatchObject({
      select: [
        { kind: 'path', path: 'Id', offset: 7 },
        { kind: 'path', path: 'Account.Name', offset: 11 },
      ],
      count: false,
      from: 'Contact',
      fromOffset: 29,
      where: {
        kind: 'compare',
        operand: { path: 'Name' },
        operator: '!=',
        value: { kind: 'null' },
      },
      orderBy: [
        { operand: { path: 'Account.Name' }, descending: true, nulls: 'last' },
        { operand: { path: 'Id' }, descending: false, nulls: 'first' },
      ],
      limit: 20,
      skip: 40,
      allRows: true,
    })
  })

  it('may be no more than a selection', () => {
    expect(parseQuery('select id from a')).toMatchObject({
      where: undefined,
      orderBy: [],
      limit: undefined,
      skip: 0,
      allRows: false,
    })
  })

  it('counts', () => {
    expect(parseQuery('SELECT COUNT() FROM Account')).toMatchObject({ count: true, select: [] })
  })

  it.each(['ALL', 'standard', 'Custom'])('selects FIELDS(%s)', (which) => {
    expect(parseQuery(`SELECT FIELDS(${which}) FROM A LIMIT 1`).select).toEqual([
      { kind: 'fields', which: which.toUpperCase(), offset: 7 },
    ])
  })

  it('sorts nulls first when ascending and last when descending, unless told otherwise', () => {
    const { orderBy } = parseQuery(
      'SELECT Id FROM A ORDER BY B, C ASC, D DESC, E NULLS LAST, F DESC NULLS FIRST',
    )
    expect(orderBy.map((item) => item.nulls)).toEqual(['first', 'first', 'last', 'last', 'first'])
  })
})

describe('functions', () => {
  it('stand in the list, in conditions, groups and orders, with aliases', () => {
    const query = parseQuery(
      'SELECT CALENDAR_YEAR(CreatedDate) y, COUNT(Id) n, MAX(Amount) FROM Opportunity ' +
        'GROUP BY ROLLUP(CALENDAR_YEAR(CreatedDate)) HAVING COUNT(Id) > 1 ORDER BY COUNT(Id) DESC',
    )
    const year = { kind: 'call', name: 'calendar_year', args: [{ path: 'CreatedDate' }] }
    expect(query).toMatchObject({
      select: [
        { kind: 'call', call: year, alias: 'y' },
        { call: { name: 'count' }, alias: 'n' },
        { call: { name: 'max' }, alias: undefined },
      ],
      groupBy: { kind: 'rollup', items: [year] },
      having: { operand: { name: 'count' }, operator: '>' },
      orderBy: [{ operand: { name: 'count' }, descending: true }],
    })
  })

  it('take other functions and values', () => {
    const text = "SELECT Id FROM A WHERE DISTANCE(Place__c, GEOLOCATION(37.7, -122.4), 'km') < 20"
    expect(parseQuery(text).where).toMatchObject({
      operand: {
        name: 'distance',
        args: [
          { path: 'Place__c' },
          { name: 'geolocation', args: [{ literal: { text: '37.7' } }, { kind: 'literal' }] },
          { literal: { value: 'km' } },
        ],
      },
    })
  })

  it('COUNT() alone asks for a number; with an alias it is an aggregate', () => {
    expect(parseQuery('SELECT COUNT() n FROM A')).toMatchObject({
      count: false,
      select: [{ call: { name: 'count', args: [] }, alias: 'n' }],
    })
  })
})

describe('queries within queries', () => {
  it('read children and semi-joins with their own clauses', () => {
    const query = parseQuery(
      'SELECT Name, (SELECT Id FROM Contacts WHERE Email != null ORDER BY Name LIMIT 2) ' +
        "FROM Account WHERE Id NOT IN (SELECT AccountId FROM Case WHERE Status = 'New') LIMIT 5",
    )
    expect(query).toMatchObject({
      select: [{ kind: 'path' }, { kind: 'children', query: { from: 'Contacts', limit: 2 } }],
      where: { kind: 'join', path: 'Id', negated: true, query: { from: 'Case' } },
      limit: 5,
    })
  })

  it('are bounded in number', () => {
    const child = '(SELECT Id FROM C)'
    const list = Array.from({ length: limits.queryQueriesMax }, () => child).join(', ')
    expect(refused(`SELECT ${list} FROM A`).message).toContain('queryQueriesMax')
  })
})

describe('aliases of objects', () => {
  it('give way to what they stand for, in outer and inner queries', () => {
    const query = parseQuery(
      "SELECT a.Name, o.Email, (SELECT c.Id FROM a.Contacts c WHERE c.Name LIKE 'x%') " +
        "FROM Account AS a, a.Owner o WHERE a.Phone = '1' AND o.IsActive = TRUE ORDER BY a.Name",
    )
    expect(query).toMatchObject({
      from: 'Account',
      select: [
        { path: 'Name' },
        { path: 'Owner.Email' },
        {
          query: {
            from: 'Contacts',
            select: [{ path: 'Id' }],
            where: { operand: { path: 'Name' } },
          },
        },
      ],
      where: { items: [{ operand: { path: 'Phone' } }, { operand: { path: 'Owner.IsActive' } }] },
      orderBy: [{ operand: { path: 'Name' } }],
    })
  })
})

describe('clauses around the conditions', () => {
  it('USING SCOPE, WITH, FOR UPDATE are read', () => {
    const text = 'SELECT Id FROM A USING SCOPE Mine WHERE B = 1 WITH USER_MODE LIMIT 1 FOR UPDATE'
    expect(parseQuery(text)).toMatchObject({ scope: 'mine', limit: 1 })
  })

  it('TYPEOF says the fields of each kind of parent', () => {
    const text = 'SELECT TYPEOF What WHEN Account THEN Phone, Name ELSE Id END FROM Task'
    expect(parseQuery(text).select).toMatchObject([
      {
        kind: 'typeof',
        path: 'What',
        cases: [{ object: 'Account', paths: [{ path: 'Phone' }, { path: 'Name' }] }],
        otherwise: [{ path: 'Id' }],
      },
    ])
  })
})

describe('literals', () => {
  it.each([
    ["A = 'x'", { kind: 'string', value: 'x' }],
    ["A = ''", { kind: 'string', value: '' }],
    ["A = '\\u0041'", { kind: 'string', value: 'A' }],
    ['A = 12.50', { kind: 'number', text: '12.50' }],
    ['A = -1', { kind: 'number', text: '-1' }],
    ['A = 1e3', { kind: 'number', text: '1e3' }],
    ['A = TRUE', { kind: 'boolean', value: true }],
    ['A = false', { kind: 'boolean', value: false }],
    ['A = Null', { kind: 'null' }],
    ['A = 2026-11-22', { kind: 'date', text: '2026-11-22' }],
    ['A = 2026-11-22T00:00:00Z', { kind: 'datetime', text: '2026-11-22T00:00:00Z' }],
    ['A = TODAY', { kind: 'range', name: 'TODAY', count: undefined }],
    ['A = LAST_90_DAYS', { kind: 'range', name: 'LAST_90_DAYS', count: undefined }],
    ['A = last_n_days:30', { kind: 'range', name: 'LAST_N_DAYS', count: 30 }],
    ['A = N_WEEKS_AGO:2', { kind: 'range', name: 'N_WEEKS_AGO', count: 2 }],
    ['A = THIS_FISCAL_QUARTER', { kind: 'range', name: 'THIS_FISCAL_QUARTER', count: undefined }],
  ])('%s', (text, value) => {
    expect(where(text)).toMatchObject({ value })
  })

  it('stand in lists', () => {
    expect(where("A NOT IN ('x', 2, null, TRUE)")).toMatchObject({
      kind: 'list',
      operator: 'not in',
      values: [{ kind: 'string' }, { kind: 'number' }, { kind: 'null' }, { kind: 'boolean' }],
    })
  })

  it.each(['A = x', 'A = ', 'A = ()', 'A = SELECT', 'A IN ()', 'A IN 5'])(
    'are expected: %s',
    (text) => {
      expect(refused(`SELECT Id FROM A WHERE ${text}`).code).toBe('MALFORMED_QUERY')
    },
  )
})

describe('conditions', () => {
  it('are joined by AND or OR, and grouped by parentheses', () => {
    expect(where('A = 1 AND (B = 2 OR NOT C = 3) AND D = 4')).toMatchObject({
      kind: 'and',
      items: [
        { operand: { path: 'A' } },
        {
          kind: 'or',
          items: [{ operand: { path: 'B' } }, { kind: 'not', item: { operand: { path: 'C' } } }],
        },
        { operand: { path: 'D' } },
      ],
    })
  })

  it.each(['A = 1 AND B = 2 OR C = 3', 'A = 1 OR B = 2 AND C = 3'])(
    'are refused where AND and OR are mixed without parentheses: %s',
    (text) => {
      expect(refused(`SELECT Id FROM A WHERE ${text}`).message).toContain('use parentheses')
    },
  )

  it('two NOTs cancel each other', () => {
    expect(where('NOT NOT A = 1')).toMatchObject({ kind: 'compare', operand: { path: 'A' } })
    expect(where('NOT NOT NOT A = 1')).toMatchObject({ kind: 'not' })
  })

  it('a field may have the name of a keyword', () => {
    expect(where('Limit = 1 AND Order = 2')).toMatchObject({
      items: [{ operand: { path: 'Limit' } }, { operand: { path: 'Order' } }],
    })
  })
})

describe('what is not a query', () => {
  it.each([
    ['', 'expected SELECT at the end (line 1, column 1)'],
    ['DELETE FROM Account', "expected SELECT near 'DELETE FROM Account' (line 1, column 1)"],
    ['SELECT FROM Account', "expected FROM near 'Account' (line 1, column 13)"],
    ['SELECT Id\nFROM\n', 'expected the name of an object at the end (line 3, column 1)'],
    ['SELECT Id, FROM Account', "expected FROM near 'Account' (line 1, column 17)"],
    ['SELECT Id FROM Account; DROP TABLE x', "near '; DROP TABLE x' (line 1, column 23)"],
    ['SELECT Id FROM A WHERE', 'expected a field at the end'],
    ['SELECT Id FROM A WHERE (B = 1', "expected ')' at the end"],
    ['SELECT Id FROM A LIMIT', 'expected a whole number at the end'],
    ['SELECT Id FROM A LIMIT -1', "expected a whole number near '-1'"],
    ['SELECT Id FROM A ORDER Name', "expected BY near 'Name'"],
    ['SELECT Id FROM A ORDER BY 1', "expected a field to sort by near '1'"],
    ['SELECT Id FROM A ORDER BY B NULLS', 'expected FIRST at the end'],
    ['SELECT FIELDS(SOME) FROM A', 'FIELDS takes ALL, STANDARD or CUSTOM'],
    [
      'SELECT Id FROM A WHERE B IN (SELECT C FROM D WHERE E IN (SELECT F FROM G))',
      'a semi-join holds no other semi-join',
    ],
    ['SELECT Id FROM A WHERE MAX(B) IN (SELECT C FROM D)', 'a semi-join compares a field'],
    ['SELECT A(B(C(D(E(F))))) FROM A', 'functions nest at most 4 deep'],
    ['SELECT Id FROM A WITH SYSTEM_MODE', 'SYSTEM_MODE is not for queries over the API'],
    ['SELECT Id FROM A FOR EVER', 'FOR takes UPDATE, VIEW or REFERENCE'],
    ['SELECT TYPEOF B ELSE C END FROM A', 'expected WHEN'],
    ['SELECT TYPEOF B WHEN C THEN D FROM A', 'expected END'],
    ["SELECT Id FROM A WHERE B 'like' 'x'", "expected an operator near ''like' 'x''"],
    ['SELECT Id FROM A WHERE B NOT 5', "expected an operator near '5'"],
  ])('%j is refused with its place', (text, message) => {
    const error = refused(text)
    expect(error.code).toBe('MALFORMED_QUERY')
    expect(error.message).toContain(message)
  })
})

describe('limits (E4)', () => {
  const chain = (count: number): string =>
    Array.from({ length: count }, (_, index) => `A = ${index}`).join(' AND ')

  it('bound the text', () => {
    const text = `SELECT Id FROM A WHERE B = '${'x'.repeat(limits.queryTextCharsMax)}'`
    expect(refused(text)).toMatchObject({ code: 'LIMIT_EXCEEDED' })
    expect(refused(text).message).toContain('queryTextCharsMax')
  })

  it('bound the conditions', () => {
    expect(where(chain(limits.queryConditionsMax))).toMatchObject({ kind: 'and' })
    expect(refused(`SELECT Id FROM A WHERE ${chain(5_000)}`).message).toContain(
      'queryConditionsMax',
    )
  })

  it('bound the depth', () => {
    const nested = (depth: number): string => '('.repeat(depth) + 'A = 1' + ')'.repeat(depth)
    expect(where(nested(limits.queryDepthMax - 1))).toMatchObject({ operand: { path: 'A' } })
    for (const depth of [limits.queryDepthMax, 500, 49_000]) {
      expect(refused(`SELECT Id FROM A WHERE ${nested(depth)}`).message).toContain('queryDepthMax')
    }
    expect(refused(`SELECT Id FROM A WHERE ${'('.repeat(99_000)}`).code).toBe('LIMIT_EXCEEDED')
  })

  it('count what stands side by side once it is closed', () => {
    const pairs = Array.from({ length: 200 }, () => '(A = 1)').join(' OR ')
    expect(where(pairs)).toMatchObject({ kind: 'or' })
  })

  it('a long row of NOTs is read without a stack', () => {
    expect(where(`${'NOT '.repeat(24_000)}A = 1`)).toMatchObject({ operand: { path: 'A' } })
    expect(refused(`SELECT Id FROM A WHERE ${'NOT '.repeat(24_000)}`).code).toBe('MALFORMED_QUERY')
  })

  it('bound the selected fields, the sort keys and the values of lists', () => {
    const many = (count: number): string => Array.from({ length: count }, () => 'B').join(',')
    expect(refused(`SELECT ${many(2_001)} FROM A`).message).toContain('queryFieldsMax')
    expect(refused(`SELECT Id FROM A ORDER BY ${many(33)}`).message).toContain('querySortKeysMax')
    const values = Array.from({ length: 20_001 }, () => '1').join(',')
    expect(refused(`SELECT Id FROM A WHERE B IN (${values})`).message).toContain(
      'queryListValuesMax',
    )
    expect(refused(`SELECT Id FROM A WHERE B IN (1) AND B IN (${values})`).message).toContain(
      'queryListValuesMax',
    )
  })
})
