/** What a caller may send: valid, nearly valid, hostile. Shared by the attack suites. */
import fc from 'fast-check'
import { sampleFields } from '../engine/query/every-type.ts'

/** Texts that have broken parsers, databases or templates somewhere. */
export const hostileTexts: readonly string[] = [
  '',
  ' ',
  "'",
  '"',
  '`',
  '\\',
  "\\'",
  "''",
  "' or '1'='1",
  "x'; drop table Account; --",
  '"; drop table x; --',
  '/* */',
  '--',
  '?1',
  '$1',
  ':x',
  '@x',
  '${1}',
  '{{x}}',
  '%s',
  '%n',
  '%',
  '_',
  '[a]',
  '50%',
  'a\\b',
  '\n',
  '\r\n',
  '\t',
  '\u0001',
  '\u0000',
  'a\u0000b',
  '\ud800',
  'x\udc00y',
  '\u202e',
  '\ufeff',
  '\u2028',
  '％',
  '＇',
  'ﷺ',
  'İ',
  'ẞ',
  'é',
  'e\u0301',
  '\u{1F600}',
  '__proto__',
  'constructor',
  'toString',
  'null',
  'undefined',
  'NaN',
  'true',
  '0',
  '-0',
  '1e309',
  '9007199254740993',
  '0x10',
  '2026-02-30',
  '2026-11-22',
  '2026-11-22T09:30:00Z',
  '001000000000001AAA',
  '001000000000001',
  '=1+1',
  'javascript:alert(1)',
  '<script>alert(1)</script>',
  'a;b',
  ';',
  ';;;',
  'x'.repeat(300),
]

export const fieldNames: readonly string[] = [
  'Id',
  'IsDeleted',
  'Name',
  'OwnerId',
  'CreatedDate',
  'CreatedById',
  'SystemModstamp',
  ...sampleFields.map((field) => field.fullName),
  'Place__Latitude__s',
  'Place__Longitude__s',
  'Home__City__s',
  'Owner.Name',
  'Account__r.Name',
  'Account__r.CreditScore',
  'Above__r.Above__r.Text__c',
  'Above__r.Account__r.Parent.Name',
]

const oddNames = fc.constantFrom(
  'Nothing__c',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  'rowid',
  'oid',
  '_rowid_',
  'fs_version',
  'Name__folded',
  'sqlite_master',
  'pg_user',
  'select',
  'Account',
  'Sample__c.Name',
  'sample__C.above__R.name',
  'Above__r',
  'a'.repeat(200),
)

const caseOf = (name: string): fc.Arbitrary<string> =>
  fc.constantFrom(name, name.toLowerCase(), name.toUpperCase())

export const anyName: fc.Arbitrary<string> = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...fieldNames).chain(caseOf) },
  { weight: 1, arbitrary: oddNames },
)

export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...hostileTexts),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ maxLength: 20 }),
)

/** Values as they come out of a JSON parser, and a few that only code could make. */
export const anyValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: anyText },
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    0,
    -0,
    1,
    -1,
    0.1,
    1.005,
    1e21,
    -1e308,
    5e-324,
    2 ** 53,
    2 ** 53 + 2,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    123456789012345,
    1234567890123456,
  ),
  fc.double(),
  fc.integer(),
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom<unknown>(
    JSON.parse('{"__proto__":{"polluted":true}}'),
    JSON.parse('{"constructor":{"prototype":{"polluted":true}}}'),
    [],
    {},
    [null],
    { toString: 'x' },
    { toJSON: null },
    { valueOf: 1, then: 2 },
  ),
)

/** Values that fields do take, so that some of the bodies get through. */
const goodValues: Readonly<Record<string, readonly unknown[]>> = {
  Name: ['A', 'Ä', 'x'.repeat(80)],
  Text__c: ['a', 'B', 'ß', null],
  Number__c: [1, '2.5', -3, null, '999999999999.999999'],
  Money__c: ['0.1', 0.2, '9999999999999999.99'],
  Rate__c: [12.5, '999.99'],
  Flag__c: [true, false],
  Day__c: ['2026-11-22', '1700-01-01', '4000-12-31'],
  At__c: ['2026-11-22T09:30:00.000+0000', '2026-11-22T09:30:00Z'],
  Clock__c: ['09:30:00.000Z', '23:59'],
  Choice__c: ['Red', 'Green', null],
  Shade__c: ['Dark', null],
  Many__c: ['A;B', 'C', 'B;A;B'],
  Email__c: ['a@example.com'],
  Phone__c: ['+49 30 1234'],
  Url__c: ['https://example.com'],
  Html__c: ['<p>hello</p>', '<script>x</script>'],
  Secret__c: ['1234'],
  Place__Latitude__s: [52.5, null],
  Place__Longitude__s: [13.4, null],
  Home__City__s: ['Köln'],
}

const goodMember = fc
  .constantFrom(...Object.entries(goodValues))
  .chain(([name, values]) => fc.tuple(fc.constant(name), fc.constantFrom(...values)))

const anyMember = fc.oneof(
  { weight: 3, arbitrary: goodMember },
  { weight: 2, arbitrary: fc.tuple(anyName, anyValue) },
  { weight: 1, arbitrary: fc.tuple(anyText, anyValue) },
)

export const anyBody: fc.Arbitrary<ReadonlyMap<string, unknown>> = fc
  .array(anyMember, { maxLength: 8 })
  .map((members) => new Map<string, unknown>([['Name', 'Fuzz'], ...members]))

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`
}

const anyLiteral: fc.Arbitrary<string> = fc.oneof(
  anyText.map(quoted),
  fc.constantFrom(
    'null',
    'true',
    'FALSE',
    '0',
    '-1',
    '2.5',
    '1e5',
    '99999999999999999999',
    '.5',
    '2026-11-22',
    '2026-02-30',
    '0000-00-00',
    '2026-11-22T09:30:00Z',
    '2026-11-22T09:30:00.123456789+14:00',
    '9999-12-31T23:59:59Z',
    'TODAY',
    'last_week',
    'LAST_N_DAYS:3',
    'NEXT_N_YEARS:99999',
    'N_MONTHS_AGO:100001',
    'THIS_FISCAL_YEAR',
    "'001000000000001AAA'",
    "'09:30:00.000Z'",
  ),
)

const distance = fc
  .tuple(anyName, fc.constantFrom('1, 1', '52.5, -180', '91, 0', "'x', null"))
  .map(([name, place]) => `DISTANCE(${name}, GEOLOCATION(${place}), 'km')`)

/** A field, what is behind a lookup to several objects, or a function. */
const operand = fc.oneof(
  { weight: 6, arbitrary: anyName },
  fc.constantFrom('About__r.Type', 'About__r.Name', 'about__R.Id', 'Account__r.Owner.Name'),
  anyName.map((name) => `toLabel(${name})`),
  anyName.map((name) => `CALENDAR_YEAR(${name})`),
  distance,
)

const compare = fc
  .tuple(
    operand,
    fc.constantFrom('=', '!=', '<>', '<', '<=', '>', '>=', 'LIKE', 'like'),
    anyLiteral,
  )
  .map((parts) => parts.join(' '))
const list = fc
  .tuple(
    operand,
    fc.constantFrom('IN', 'NOT IN', 'INCLUDES', 'EXCLUDES'),
    fc.array(anyLiteral, { minLength: 1, maxLength: 5 }),
  )
  .map(([name, operator, values]) => `${name} ${operator} (${values.join(', ')})`)

const condition: fc.Arbitrary<string> = fc.letrec<{ tree: string }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5, depthSize: 'small' },
    compare,
    list,
    tie('tree').map((item) => `NOT ${item}`),
    tie('tree').map((item) => `(${item})`),
    fc
      .tuple(fc.constantFrom('AND', 'OR'), fc.array(tie('tree'), { minLength: 2, maxLength: 3 }))
      .map(([word, items]) => items.map((item) => `(${item})`).join(` ${word} `)),
  ),
})).tree

const selection = fc.oneof(
  { weight: 5, arbitrary: fc.uniqueArray(anyName, { minLength: 1, maxLength: 6 }) },
  fc.constantFrom(['COUNT()'], ['FIELDS(ALL)'], ['FIELDS(STANDARD)'], ['Id', 'FIELDS(CUSTOM)']),
  fc.uniqueArray(
    fc.oneof(
      operand,
      anyName.map((name) => `FORMAT(${name})`),
      anyName.map((name) => `toLabel(${name}) label`),
      anyName.map((name) => `FORMAT(MAX(${name})) most`),
      anyName.map((name) => `TYPEOF About__r WHEN Account THEN ${name} ELSE Name END`),
    ),
    { minLength: 1, maxLength: 4 },
  ),
)

const direction = fc.constantFrom('', ' ASC', ' DESC', ' NULLS LAST', ' DESC NULLS FIRST')
const order = fc
  .array(fc.tuple(operand, direction), { minLength: 1, maxLength: 3 })
  .map((items) => ` ORDER BY ${items.map((item) => item.join('')).join(', ')}`)
const clause = (text: fc.Arbitrary<string>): fc.Arbitrary<string> => fc.oneof(fc.constant(''), text)

/** Queries by the grammar, over names and values of every kind. */
export const grammarQuery: fc.Arbitrary<string> = fc
  .tuple(
    selection.map((names) => names.join(', ')),
    fc.oneof(
      { weight: 9, arbitrary: fc.constant('Sample__c') },
      fc.constantFrom('Account', 'Payroll__c', 'Remark__c', 'Nothing', 'sample__C'),
    ),
    clause(condition.map((text) => ` WHERE ${text}`)),
    clause(order),
    clause(fc.constantFrom(' LIMIT 5', ' LIMIT 0', ' LIMIT 200', ' LIMIT 999999999')),
    clause(fc.constantFrom(' OFFSET 2', ' OFFSET 2000', ' OFFSET 2001')),
    clause(fc.constant(' ALL ROWS')),
  )
  .map(([select, from, ...rest]) => `SELECT ${select} FROM ${from}${rest.join('')}`)

/** The same with pieces cut out, doubled, or put in from elsewhere. */
export const mutatedQuery: fc.Arbitrary<string> = fc
  .tuple(
    grammarQuery,
    fc.array(
      fc.tuple(
        fc.nat(),
        fc.nat({ max: 12 }),
        fc.oneof(
          anyText,
          fc.constantFrom(
            '(',
            ')',
            ',',
            ' AND ',
            ' OR ',
            ' NOT ',
            '.',
            "'",
            '\\',
            ' -- ',
            ';',
            ' ',
          ),
        ),
      ),
      { minLength: 1, maxLength: 4 },
    ),
  )
  .map(([query, edits]) =>
    edits.reduce((text, [at, length, insert]) => {
      const start = text.length === 0 ? 0 : at % text.length
      return text.slice(0, start) + insert + text.slice(start + length)
    }, query),
  )
