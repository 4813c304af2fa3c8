/** What is refused, where, and in which words; and that nothing large can hurt. */
import { describe, expect, it } from 'vitest'
import { analyseFormula } from '../../../engine/formula/analyse-formula.ts'
import { check, problemOf, sampleScope, valueOf } from './sample.ts'
import { leastProcessorMs, processorMs } from '../../support/processor-ms.ts'

describe('messages', () => {
  const messages: readonly (readonly [string, string])[] = [
    ['ISPICKVAL(Amount, "x")', 'ISPICKVAL needs a picklist; Amount is a currency'],
    ['LEFT(Status, 1)', 'LEFT needs a text; Status is a picklist: wrap it in TEXT()'],
    ['Name & Amount', '& needs a text; Amount is a currency: wrap it in TEXT()'],
    ['Amount + Name', '+ needs a number; Name is a text: wrap it in VALUE()'],
    ['Status = "Open"', '= cannot compare it: Status is a picklist; use ISPICKVAL()'],
    ['YEAR(Created)', 'YEAR needs a date; Created is a date/time: wrap it in DATEVALUE()'],
    ['Start - Created', '- does not fit: Start is a date, Created is a date/time'],
    ['IF(Active, 1, "a")', 'IF gives one type whatever happens: this is a number, this is a text'],
    ['IF(Amount, 1, 2)', 'IF needs a checkbox (true or false); Amount is a currency'],
    ['LEFT(Name)', 'LEFT takes 2 arguments, not 1: LEFT(text, num_chars)'],
    ['TODAY', 'TODAY is a function: write TODAY()'],
    ['ISBLNK(Name)', 'There is no function ISBLNK; did you mean ISBLANK?'],
    ['Nope', 'There is no field Nope'],
    ['Story', 'Story is a long text, which no formula can use'],
    ['CASE(1, 2, 3)', 'CASE needs a value, pairs of value and result'],
    ['ISCHANGED(Parent.Name)', 'ISCHANGED needs a field of the record itself'],
    ['REGEX(Name, "(")', 'The pattern cannot be used'],
    ['"open', 'The text that begins here has no closing "'],
    ['1 /* open', 'The comment that begins here has no closing */'],
    ['', 'The formula is empty'],
    ['1 +', 'Unexpected end of the formula'],
    ['(1', 'Unexpected end of the formula: ) was expected'],
    ['1 2', 'Unexpected 2: an operator or the end was expected'],
    ['Name # 1', 'Unexpected character #'],
  ]

  it.each(messages)('%s: %s', (formula, message) => {
    expect(problemOf(formula).slice(0, message.length)).toBe(message)
  })

  it.each(['REGEX(Name, "a")', 'ISNEW()', 'ISCHANGED(Name)', 'PRIORVALUE(Name)'])(
    '%s has no place in a formula field',
    (formula) => {
      expect(problemOf(formula, 'field')).toContain('cannot be used in a formula field')
    },
  )

  it('gives line and column', () => {
    const text = 'IF(Active,\n  Nope,\n  1)'
    const { problem } = analyseFormula({ text, scope: sampleScope, context: 'field' })
    expect([problem?.line, problem?.column]).toEqual([2, 3])
  })

  it('compares the formula with what it must give', () => {
    const source = { text: 'Amount', scope: sampleScope, context: 'field' } as const
    const { problem } = analyseFormula({ ...source, result: { type: 'Text' } })
    expect(problem?.message).toBe(
      'The formula must give a text; Amount is a currency: wrap it in TEXT()',
    )
  })
})

describe('the language', () => {
  const readings: readonly (readonly [string, string | boolean | null])[] = [
    ['1 + 2 * 3', '7'],
    ['(1 + 2) * 3', '9'],
    ['2 ^ 3 * 2', '16'],
    ['-2 ^ 2', '4'],
    ['10 - 2 - 3', '5'],
    ['8 / 4 / 2', '1'],
    ['1 = 1 && 2 != 3 || FALSE', true],
    ['1 == 1 && !(2 <> 2)', true],
    ['"a" & "b" + "c"', 'abc'],
    ['/* one */ 1 /* two */ + 1', '2'],
    [`'it\\'s' & " \\"so\\""`, `it's "so"`],
    ['"a\\nb"', 'a\nb'],
    ['"\\\\d"', '\\d'],
    ['if(true, "x", null)', 'x'],
    ['{!Name} & "x"', 'x'],
    ['.5 + 1.', '1.5'],
    ['0.1 + 0.2 = 0.3', true],
    ['1 / 3 * 3 = 1', true],
    ['Owner:User.Name & "."', '.'],
  ]

  it.each(readings)('%s is %j', (formula, value) => {
    expect(valueOf(formula)).toBe(value)
  })

  it('lists what a formula names', () => {
    const formula = check('IF(ISBLANK(Name), Owner:User.Name, name & TEXT(TODAY()))')
    expect(formula.mentions.map((mention) => mention.path)).toEqual(['Name', 'Owner:User.Name'])
    expect(formula.volatile).toBe(true)
    expect(check('Amount * 2').volatile).toBe(false)
  })
})

describe('limits', () => {
  const hostile: readonly (readonly [string, string])[] = [
    ['10,000 parentheses', '('.repeat(10_000) + '1' + ')'.repeat(10_000)],
    ['10,000 open parentheses', '('.repeat(10_000)],
    ['10,000 signs', `${'-'.repeat(10_000)}1`],
    ['10,000 differences', `1${'-1'.repeat(9_000)}`],
    ['10,000 sums', `1${'+1'.repeat(9_000)}`],
    ['nested calls', `${'ABS('.repeat(4_000)}1${')'.repeat(4_000)}`],
    ['a very long text', '1'.repeat(100_000)],
  ]

  it.each(hostile)('%s are refused at once', async (_, text) => {
    const [problem, took] = await leastProcessorMs(() => problemOf(text))
    expect(problem).toMatch(/nested|more than|chains|at most/)
    expect(took).toBeLessThan(500)
  })

  it('spends its budget and no more', () => {
    const doubling =
      'SUBSTITUTE('.repeat(20) + 'RPAD("a", 1000, Code)' + ', "a", "aaaaaaaaaa")'.repeat(20)
    const start = processorMs()
    expect(valueOf(doubling, { values: { Code: 'a' } })).toBe('#Error!')
    expect(processorMs() - start).toBeLessThan(1_000)
  })

  it('keeps numbers from growing without end', () => {
    const squared = `${'POWER('.repeat(20)}Amount${', 10)'.repeat(20)}`
    expect(valueOf(squared, { values: { Amount: 12.34 } })).toBe('#Error!')
  })

  it('matches any pattern in linear time', () => {
    const text = `${'a'.repeat(5_000)}!`
    const start = processorMs()
    expect(valueOf('REGEX(Name, "(a*)*b")', { values: { Name: text } })).toBe(false)
    expect(processorMs() - start).toBeLessThan(1_000)
  })
})
