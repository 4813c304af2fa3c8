/** Every function by examples, as the public documentation describes them. */
import { describe, expect, it } from 'vitest'
import { formulaFunctions } from '../../../engine/formula/functions/index.ts'
import { valueOf, type SampleOptions } from './sample.ts'

type Example = readonly [formula: string, value: string | boolean | null, options?: SampleOptions]

const examples: Readonly<Record<string, readonly Example[]>> = {
  AND: [
    ['AND(TRUE, 1 < 2)', true],
    ['AND(TRUE, FALSE, TRUE)', false],
    ['AND(FALSE, 1 / 0 > 1)', false],
    ['AND(TRUE, Amount > 5)', false],
  ],
  OR: [
    ['OR(FALSE, 1 < 2)', true],
    ['OR(FALSE, FALSE)', false],
    ['OR(TRUE, 1 / 0 > 1)', true],
    ['Amount > 5 || Count > 1', false],
  ],
  NOT: [
    ['NOT(FALSE)', true],
    ['!TRUE', false],
    ['NOT(Amount > 5)', null],
  ],
  IF: [
    ['IF(2 > 1, "yes", "no")', 'yes'],
    ['IF(Amount > 1, "yes", "no")', 'no'],
    ['IF(TRUE, 1, 1 / 0)', '1'],
    ['IF(FALSE, 1, NULL)', null],
    ['IF(FALSE, "a", NULL)', ''],
  ],
  CASE: [
    ['CASE(2, 1, "one", 2, "two", "many")', 'two'],
    ['CASE(7, 1, "one", 2, "two", "many")', 'many'],
    ['CASE(Status, "Open", 1, "Won", 2, 0)', '2', { values: { Status: 'Won' } }],
    ['CASE(Status, "", "none", "some")', 'none'],
    ['CASE(Start, DATE(2026, 1, 1), "new year", "another day")', 'another day'],
    ['CASE(Amount, 1, "one", "else")', 'else'],
    ['CASE(1, 1, 1 / 4, 2)', '0.25'],
  ],
  ISBLANK: [
    ['ISBLANK(Name)', true],
    ['ISBLANK(Name)', false, { values: { Name: ' ' } }],
    ['ISBLANK(Amount)', true],
    ['ISBLANK(Amount)', false, { blanks: 'zero' }],
    ['ISBLANK(Start)', true, { blanks: 'zero' }],
    ['ISBLANK(Status)', true],
    ['ISBLANK(NULL)', true],
  ],
  ISNULL: [
    ['ISNULL(Amount)', true],
    ['ISNULL(Name)', false],
    ['ISNULL(Start)', false, { values: { Start: '2026-01-01' } }],
  ],
  BLANKVALUE: [
    ['BLANKVALUE(Name, "nobody")', 'nobody'],
    ['BLANKVALUE(Amount, 7)', '7'],
    ['BLANKVALUE(Amount, 7)', '0', { blanks: 'zero' }],
    ['BLANKVALUE(Amount, 1 / 0)', '3', { values: { Amount: 3 } }],
  ],
  NULLVALUE: [
    ['NULLVALUE(Amount, 7)', '7'],
    ['NULLVALUE(Name, "nobody")', ''],
  ],
  ISPICKVAL: [
    ['ISPICKVAL(Status, "Open")', true, { values: { Status: 'Open' } }],
    ['ISPICKVAL(Status, "")', true],
    ['ISPICKVAL(Status, "open")', false, { values: { Status: 'Open' } }],
  ],
  INCLUDES: [
    ['INCLUDES(Colours, "red")', true, { values: { Colours: 'blue;red' } }],
    ['INCLUDES(Colours, "re")', false, { values: { Colours: 'blue;red' } }],
    ['INCLUDES(Colours, "red")', false],
  ],
  ISNUMBER: [
    ['ISNUMBER("12.50")', true],
    ['ISNUMBER("-3")', true],
    ['ISNUMBER("1,000")', false],
    ['ISNUMBER("")', false],
    ['ISNUMBER("12a")', false],
  ],
  ISNEW: [
    ['ISNEW()', true, { environment: { isNew: true } }],
    ['ISNEW()', false],
  ],
  ISCLONE: [['ISCLONE()', false]],
  ISCHANGED: [
    ['ISCHANGED(Amount)', true, { values: { Amount: 2 }, environment: { prior: () => 1 } }],
    ['ISCHANGED(Amount)', false, { values: { Amount: 1 }, environment: { prior: () => '1.00' } }],
    ['ISCHANGED(Name)', true, { values: { Name: 'x' }, environment: { prior: () => null } }],
    ['ISCHANGED(Name)', false, { values: { Name: 'x' }, environment: { isNew: true } }],
  ],
  PRIORVALUE: [
    ['PRIORVALUE(Amount)', '1', { values: { Amount: 2 }, environment: { prior: () => 1 } }],
    ['ISPICKVAL(PRIORVALUE(Status), "Open")', true, { environment: { prior: () => 'Open' } }],
    ['PRIORVALUE(Name)', '', { values: { Name: 'x' }, environment: { isNew: true } }],
  ],
  BEGINS: [
    ['BEGINS("Fieldstone", "Field")', true],
    ['BEGINS("Fieldstone", "field")', false],
  ],
  CONTAINS: [
    ['CONTAINS("Fieldstone", "dst")', true],
    ['CONTAINS("Fieldstone", "DST")', false],
    ['CONTAINS("Fieldstone", "")', true],
  ],
  FIND: [
    ['FIND("d", "Fieldstone")', '5'],
    ['FIND("e", "Fieldstone", 4)', '10'],
    ['FIND("x", "Fieldstone")', '0'],
    ['FIND("", "Fieldstone")', '0'],
    ['FIND("b", "😀ab")', '3'],
  ],
  LEFT: [
    ['LEFT("Fieldstone", 5)', 'Field'],
    ['LEFT("ab", 5)', 'ab'],
    ['LEFT("ab", -1)', ''],
    ['LEFT("😀ab", 2)', '😀a'],
    ['LEFT("ab", Amount)', ''],
  ],
  RIGHT: [
    ['RIGHT("Fieldstone", 5)', 'stone'],
    ['RIGHT("ab", 5)', 'ab'],
    ['RIGHT("ab", 0)', ''],
  ],
  MID: [
    ['MID("Fieldstone", 6, 3)', 'sto'],
    ['MID("ab", 0, 1)', 'a'],
    ['MID("ab", 5, 1)', ''],
  ],
  LEN: [
    ['LEN("Fieldstone")', '10'],
    ['LEN(Name)', '0'],
    ['LEN("😀")', '1'],
  ],
  LOWER: [['LOWER("ÄBC")', 'äbc']],
  UPPER: [['UPPER("äbc")', 'ÄBC']],
  INITCAP: [['INITCAP("hello big-world")', 'Hello Big-World']],
  LPAD: [
    ['LPAD("7", 3, "0")', '007'],
    ['LPAD("abcd", 2, "0")', 'ab'],
    ['LPAD("a", 4, "xy")', 'xyxa'],
    ['LPAD("a", 3)', '  a'],
    ['LPAD("a", 3, "")', 'a'],
  ],
  RPAD: [
    ['RPAD("7", 3, "0")', '700'],
    ['RPAD("abcd", 2, "0")', 'ab'],
    ['RPAD("a", 4, "xy")', 'axyx'],
  ],
  REVERSE: [['REVERSE("abc")', 'cba']],
  CHR: [['CHR(65)', 'A']],
  ASCII: [['ASCII("A")', '65']],
  TRIM: [['TRIM("  a b ")', 'a b']],
  SUBSTITUTE: [
    ['SUBSTITUTE("a-b-c", "-", "+")', 'a+b+c'],
    ['SUBSTITUTE("abc", "", "x")', 'abc'],
  ],
  CASESAFEID: [['CASESAFEID("001000000000001")', '001000000000001AAA']],
  HTMLENCODE: [[`HTMLENCODE("<a href='x'>&")`, '&lt;a href=&#39;x&#39;&gt;&amp;']],
  JSENCODE: [[`JSENCODE("it's")`, "it\\'s"]],
  JSINHTMLENCODE: [['JSINHTMLENCODE("<b>")', '&lt;b&gt;']],
  URLENCODE: [['URLENCODE("a b&c=ü")', 'a+b%26c%3D%C3%BC']],
  TEXT: [
    ['TEXT(12.50)', '12.5'],
    ['TEXT(100 / 3)', '33.3333333333'],
    ['TEXT(Amount)', ''],
    ['TEXT(DATE(2026, 1, 9))', '2026-01-09'],
    ['TEXT(DATETIMEVALUE("2026-01-09 08:07:06"))', '2026-01-09 08:07:06Z'],
    ['TEXT(TIMEVALUE("08:07:06.005"))', '08:07:06.005'],
    ['TEXT(Status)', 'Open', { values: { Status: 'Open' } }],
  ],
  VALUE: [
    ['VALUE("12.50") * 2', '25'],
    ['VALUE(" -3 ")', '-3'],
    ['VALUE("")', null],
    ['VALUE("12 EUR")', '#Error!'],
  ],
  ROUND: [
    ['ROUND(1.5, 0)', '2'],
    ['ROUND(1.2345, 0)', '1'],
    ['ROUND(-1.5, 0)', '-2'],
    ['ROUND(225.49823, 2)', '225.5'],
    ['ROUND(149, -2)', '100'],
    ['ROUND(150, -2)', '200'],
    ['ROUND(2 / 3, 2)', '0.67'],
    ['ROUND(1.005, 2)', '1.01'],
  ],
  TRUNC: [
    ['TRUNC(8.9)', '8'],
    ['TRUNC(-8.99, 1)', '-8.9'],
  ],
  CEILING: [
    ['CEILING(2.5)', '3'],
    ['CEILING(-2.5)', '-3'],
    ['CEILING(2)', '2'],
  ],
  FLOOR: [
    ['FLOOR(2.5)', '2'],
    ['FLOOR(-2.5)', '-2'],
  ],
  MCEILING: [
    ['MCEILING(2.5)', '3'],
    ['MCEILING(-2.5)', '-2'],
  ],
  MFLOOR: [
    ['MFLOOR(2.5)', '2'],
    ['MFLOOR(-2.5)', '-3'],
  ],
  ABS: [['ABS(-3.5)', '3.5']],
  MOD: [
    ['MOD(10, 3)', '1'],
    ['MOD(-10, 3)', '-1'],
    ['MOD(10, -3)', '1'],
    ['MOD(5.5, 2)', '1.5'],
    ['MOD(1, 0)', '#Error!'],
  ],
  MAX: [
    ['MAX(1, 3, 2)', '3'],
    ['MAX(1, Amount)', null],
  ],
  MIN: [['MIN(4, 3, 5)', '3']],
  SQRT: [
    ['SQRT(16)', '4'],
    ['SQRT(-1)', '#Error!'],
  ],
  EXP: [['ROUND(EXP(1), 6)', '2.718282']],
  LN: [['ROUND(LN(10), 6)', '2.302585']],
  LOG: [['LOG(1000)', '3']],
  POWER: [
    ['POWER(2, 10)', '1024'],
    ['2 ^ 0.5 > 1.414', true],
    ['2 ^ -2', '0.25'],
    ['10 ^ 100000', '#Error!'],
  ],
  PI: [['ROUND(PI(), 4)', '3.1416']],
  TODAY: [
    ['TODAY()', '2026-11-22'],
    ['TODAY() + 1.9', '2026-11-23'],
    ['TODAY() - DATE(2026, 11, 1)', '21'],
  ],
  NOW: [['NOW()', '2026-11-22 09:30:00Z']],
  TIMENOW: [['TIMENOW()', '09:30:00.000']],
  DATE: [
    ['DATE(2024, 2, 29)', '2024-02-29'],
    ['DATE(2023, 2, 29)', '#Error!'],
  ],
  YEAR: [['YEAR(DATE(2026, 11, 22))', '2026']],
  MONTH: [['MONTH(DATE(2026, 11, 22))', '11']],
  DAY: [['DAY(DATE(2026, 11, 22))', '22']],
  WEEKDAY: [
    ['WEEKDAY(DATE(2026, 11, 22))', '1'],
    ['WEEKDAY(DATE(2026, 11, 21))', '7'],
    ['WEEKDAY(DATE(1960, 1, 1))', '6'],
  ],
  DAYOFYEAR: [['DAYOFYEAR(DATE(2024, 12, 31))', '366']],
  ISOWEEK: [
    ['ISOWEEK(DATE(2021, 1, 1))', '53'],
    ['ISOWEEK(DATE(2026, 1, 5))', '2'],
  ],
  ISOYEAR: [['ISOYEAR(DATE(2021, 1, 1))', '2020']],
  HOUR: [['HOUR(TIMEVALUE("17:30:45.125"))', '17']],
  MINUTE: [['MINUTE(TIMEVALUE("17:30:45.125"))', '30']],
  SECOND: [['SECOND(TIMEVALUE("17:30:45.125"))', '45']],
  MILLISECOND: [['MILLISECOND(TIMEVALUE("17:30:45.125"))', '125']],
  ADDMONTHS: [
    ['ADDMONTHS(DATE(2026, 1, 31), 1)', '2026-02-28'],
    ['ADDMONTHS(DATE(2026, 2, 28), 1)', '2026-03-31'],
    ['ADDMONTHS(DATE(2024, 2, 28), 12)', '2025-02-28'],
    ['ADDMONTHS(DATE(2026, 3, 15), -3)', '2025-12-15'],
    ['ADDMONTHS(DATETIMEVALUE("2026-01-31 10:00:00"), 1)', '2026-02-28 10:00:00Z'],
  ],
  DATEVALUE: [
    ['DATEVALUE("2005-11-15")', '2005-11-15'],
    ['DATEVALUE(NOW())', '2026-11-22'],
    ['DATEVALUE("15.11.2005")', '#Error!'],
    ['DATEVALUE(Name)', null],
  ],
  DATETIMEVALUE: [
    ['DATETIMEVALUE("2005-11-15 17:00:00")', '2005-11-15 17:00:00Z'],
    ['DATETIMEVALUE(DATE(2005, 11, 15))', '2005-11-15 00:00:00Z'],
    ['DATETIMEVALUE("2026-01-02 12:00:00") - DATETIMEVALUE("2026-01-01 00:00:00")', '1.5'],
    ['DATETIMEVALUE("2026-01-01 00:00:00") + 0.25', '2026-01-01 06:00:00Z'],
  ],
  TIMEVALUE: [
    ['TIMEVALUE("17:30:45.125")', '17:30:45.125'],
    ['TIMEVALUE("17:00:00") + 1000', '17:00:01.000'],
    ['TIMEVALUE("23:00:00") + 7200000', '01:00:00.000'],
    ['TIMEVALUE("17:00:00") - TIMEVALUE("16:59:00")', '60000'],
  ],
  UNIXTIMESTAMP: [
    ['UNIXTIMESTAMP(DATETIMEVALUE("1970-01-02 00:00:01"))', '86401'],
    ['UNIXTIMESTAMP(DATE(1970, 1, 2))', '86400'],
  ],
  FROMUNIXTIME: [['FROMUNIXTIME(86401)', '1970-01-02 00:00:01Z']],
  FORMATDURATION: [
    ['FORMATDURATION(3661)', '01:01:01'],
    ['FORMATDURATION(90061, TRUE)', '1:01:01:01'],
  ],
  HYPERLINK: [
    [
      'HYPERLINK("https://example.com/?a=1&b=2", "A & B")',
      '<a href="https://example.com/?a=1&amp;b=2" target="_blank">A &amp; B</a>',
      { context: 'field' },
    ],
    [
      'HYPERLINK("/x", "here", "_self")',
      '<a href="/x" target="_self">here</a>',
      { context: 'field' },
    ],
    ['HYPERLINK("javascript:alert(1)", "<x>")', '&lt;x&gt;', { context: 'field' }],
    ['HYPERLINK(" java\\tscript:alert(1)", "x")', 'x', { context: 'field' }],
  ],
  IMAGE: [
    [
      'IMAGE("/a.png", "An \\"image\\"", 10, 20.5)',
      '<img src="/a.png" alt="An &quot;image&quot;" height="10" width="20.5" border="0"/>',
      { context: 'field' },
    ],
    [
      'IMAGE("/a.png", "a") & " <b> " & TEXT(1)',
      '<img src="/a.png" alt="a" border="0"/> &lt;b&gt; 1',
      { context: 'field' },
    ],
    ['IMAGE("data:text/html,x", "a")', 'a', { context: 'field' }],
  ],
  BR: [['"a<" & BR() & "b"', 'a&lt;<br>b']],
  REGEX: [
    ['REGEX("FY26", "^FY\\\\d{2}$")', true],
    ['REGEX("xFY26", "FY\\\\d{2}")', false],
    ['REGEX("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "(a+)+")', false],
  ],
  VLOOKUP: [
    [
      'VLOOKUP($ObjectType.Zip__c.Fields.City__c, $ObjectType.Zip__c.Fields.Name, "20095")',
      'Hamburg',
      { environment: { lookUp: ({ equals }) => (equals === '20095' ? 'Hamburg' : null) } },
    ],
  ],
  GEOLOCATION: [['GEOLOCATION(91, 0)', '#Error!']],
  DISTANCE: [
    ['ROUND(DISTANCE(GEOLOCATION(52.52, 13.405), GEOLOCATION(48.137, 11.575), "km"), 0)', '504'],
    ['DISTANCE(Place, GEOLOCATION(0, 0), "mi")', null],
  ],
  CURRENCYRATE: [['CURRENCYRATE("EUR")', '0.9', { environment: { currencyRate: () => '0.9' } }]],
}

describe('formula functions', () => {
  it.each([...formulaFunctions.keys()])('%s has examples', (name) => {
    expect(examples[name], name).toBeDefined()
  })

  const rows = Object.values(examples).flat()
  it.each(rows)('%s gives %j', (formula, value, options) => {
    expect(valueOf(formula, options)).toBe(value)
  })
})
