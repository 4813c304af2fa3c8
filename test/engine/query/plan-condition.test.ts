/** Conditions after the gate: columns and values in the columns' own form. */
import { describe, expect, it } from 'vitest'
import type { PlannedCondition } from '../../../engine/query/read-plan.ts'
import { parseQuery } from '../../../engine/query/soql/parse-query.ts'
import { planRead } from '../../../engine/query/plan-read.ts'
import { adminGate, refusalOf, repGate } from './planning.ts'

const moment = { now: Date.parse('2026-11-22T09:30:00Z'), timeZone: 'Europe/Berlin' }

function plan(condition: string, object = 'Sample__c'): PlannedCondition | undefined {
  const query = parseQuery(`SELECT Id FROM ${object} WHERE ${condition}`)
  return planRead(adminGate, query, { moment, deletedToo: false }).where
}

function refused(condition: string, gate = adminGate, object = 'Sample__c'): string {
  const query = parseQuery(`SELECT Id FROM ${object} WHERE ${condition}`)
  const error = refusalOf(() => planRead(gate, query, { moment, deletedToo: false }))
  return `${error.code} ${error.message}`
}

describe('comparisons', () => {
  it.each([
    ["Text__c = 'Ärger'", { operator: '=', value: 'arger' }],
    ['Whole__c = 12', { operator: '=', value: '12' }],
    ['Whole__c > 2.5', { operator: '>', value: '2' }],
    ['Whole__c >= 2.5', { operator: '>', value: '2' }],
    ['Whole__c < 2.5', { operator: '<=', value: '2' }],
    ['Whole__c < -2.5', { operator: '<=', value: '-3' }],
    ['Money__c = 12.5', { operator: '=', value: '12.50' }],
    ['Flag__c = true', { operator: '=', value: true }],
    ['Day__c >= 2026-11-22', { operator: '>=', value: '2026-11-22' }],
    [
      'At__c = 2026-11-22T10:30:00+01:00',
      { operator: '=', value: Date.parse('2026-11-22T09:30:00Z') },
    ],
    ["Clock__c = '09:30:00.000Z'", { operator: '=', value: 34_200_000 }],
    ["Account__c = '001000000000001'", { operator: '=', value: '001000000000001AAA' }],
    ["Choice__c = 'RED'", { operator: '=', value: 'red' }],
  ])('%s', (condition, expected) => {
    expect(plan(condition)).toMatchObject({ kind: 'compare', ...expected })
  })

  it('with a value that no record can hold match never or always', () => {
    expect(plan('Whole__c = 2.5')).toEqual({ kind: 'never' })
    expect(plan('Whole__c != 2.5')).toEqual({ kind: 'always' })
    expect(plan('Rate__c = 1000000000')).toEqual({ kind: 'never' })
  })

  it('with null or an empty text ask whether there is a value', () => {
    expect(plan('Text__c = null')).toMatchObject({ kind: 'empty', negated: false })
    expect(plan("Text__c != ''")).toMatchObject({ kind: 'empty', negated: true })
    expect(plan('Whole__c > null')).toEqual({ kind: 'never' })
  })
})

describe('lists', () => {
  it('take values as equality does: what no record can hold is left out', () => {
    expect(plan('Whole__c IN (1, 2.5, 3)')).toMatchObject({ kind: 'oneOf', values: ['1', '3'] })
    expect(plan('Whole__c NOT IN (2.5)')).toMatchObject({
      kind: 'oneOf',
      values: [],
      negated: true,
    })
  })

  it('hold each value once', () => {
    expect(plan("Text__c IN ('a', 'A', 'ä')")).toMatchObject({ values: ['a'] })
  })

  it('with null ask for empty fields as well', () => {
    expect(plan("Text__c IN ('a', null)")).toMatchObject({
      kind: 'or',
      items: [
        { kind: 'oneOf', values: ['a'] },
        { kind: 'empty', negated: false },
      ],
    })
    expect(plan("Text__c NOT IN ('a', '')")).toMatchObject({
      kind: 'and',
      items: [
        { kind: 'oneOf', negated: true },
        { kind: 'empty', negated: true },
      ],
    })
  })

  it('of chosen values are folded value by value and in the order of the value set', () => {
    expect(plan("Many__c INCLUDES ('C;A;C', 'b')")).toMatchObject({
      kind: 'includes',
      combinations: [['a', 'c'], ['b']],
      negated: false,
    })
    expect(refused('Many__c EXCLUDES (null)')).toContain('must be a text in single quotes')
  })

  it('end at a named limit of chosen values', () => {
    const many = Array.from({ length: 201 }, (_, index) => `v${index}`).join(';')
    expect(refused(`Many__c INCLUDES ('${many}')`)).toContain('queryChosenValuesMax')
    const lists = Array.from({ length: 201 }, () => "'A'").join(',')
    expect(refused(`Many__c INCLUDES (${lists})`)).toContain('queryChosenValuesMax')
    expect(refused(`Many__c INCLUDES ('${'x'.repeat(4_001)}')`)).toContain('queryPatternCharsMax')
  })
})

describe('patterns', () => {
  it('are folded between their wildcards', () => {
    expect(plan("Text__c LIKE 'Är％%\\%_'")).toMatchObject({
      kind: 'like',
      pattern: 'ar\\%%\\%_',
    })
  })

  it('are for texts alone, and of bounded length', () => {
    expect(refused("Whole__c LIKE '1%'")).toContain('INVALID_QUERY_FILTER_OPERATOR')
    expect(refused('Text__c LIKE null')).toContain('INVALID_QUERY_FILTER_OPERATOR')
    for (const pattern of ['x'.repeat(4_001), 'ﷺ'.repeat(300)]) {
      expect(refused(`Text__c LIKE '${pattern}'`)).toContain('queryPatternCharsMax')
    }
  })
})

describe('date literals', () => {
  const day = (text: string): number => Date.parse(text)

  it('become ranges of days for dates and of instants for date-times', () => {
    expect(plan('Day__c = TODAY')).toMatchObject({
      kind: 'and',
      items: [
        { operator: '>=', value: '2026-11-22' },
        { operator: '<', value: '2026-11-23' },
      ],
    })
    expect(plan('At__c = TODAY')).toMatchObject({
      items: [{ value: day('2026-11-21T23:00:00Z') }, { value: day('2026-11-22T23:00:00Z') }],
    })
  })

  it.each([
    ['<', { operator: '<', value: '2026-11-22' }],
    ['<=', { operator: '<', value: '2026-11-23' }],
    ['>', { operator: '>=', value: '2026-11-23' }],
    ['>=', { operator: '>=', value: '2026-11-22' }],
  ])('%s compares with the ends', (operator, expected) => {
    expect(plan(`Day__c ${operator} TODAY`)).toMatchObject({ kind: 'compare', ...expected })
  })

  it('make the plan a matter of the moment', () => {
    const query = parseQuery('SELECT Id FROM Sample__c WHERE Day__c = TODAY')
    expect(planRead(adminGate, query, { moment, deletedToo: false }).momentary).toBe(true)
    const fixed = parseQuery('SELECT Id FROM Sample__c WHERE Day__c = 2026-11-22')
    expect(planRead(adminGate, fixed, { moment, deletedToo: false }).momentary).toBe(false)
  })

  it('are refused for anything but days and instants', () => {
    expect(refused('Text__c = TODAY')).toContain('INVALID_FIELD')
    expect(refused('Day__c IN (TODAY)')).toContain('INVALID_FIELD')
    expect(refused('Day__c = THIS_FISCAL_WEEK')).toContain('MALFORMED_QUERY')
  })
})

describe('refusals', () => {
  it.each([
    ["Whole__c = '12'", 'INVALID_FIELD The value for Whole__c must be a number without quotes.'],
    ['Text__c = 12', 'INVALID_FIELD The value for Text__c must be a text in single quotes.'],
    ['Flag__c = 1', 'INVALID_FIELD The value for Flag__c must be true or false without quotes.'],
    ['Day__c = 2026-11-22T00:00:00Z', 'must be a date such as'],
    ["Day__c = '2026-11-22'", 'must be a date such as'],
    ['Day__c = 2026-02-30', 'INVALID_FIELD'],
    ["Account__c = 'x'", 'INVALID_QUERY_FILTER_OPERATOR'],
    ['Whole__c = 1e5', 'INVALID_FIELD'],
    ["Long__c = 'x'", "field 'Long__c' can not be filtered"],
    ["Secret__c = 'x'", "field 'Secret__c' can not be filtered"],
    ["Home__c = 'x'", "field 'Home__c' can not be filtered"],
    ["Many__c = 'A' AND Many__c LIKE 'A'", 'INVALID_QUERY_FILTER_OPERATOR'],
    ["Text__c INCLUDES ('a')", 'INVALID_QUERY_FILTER_OPERATOR'],
    ['Flag__c > true', 'INVALID_QUERY_FILTER_OPERATOR'],
  ])('%s', (condition, message) => {
    expect(refused(condition)).toContain(message)
  })

  it('say line and column', () => {
    expect(refused("Text__c = 'a' AND Nothing__c = 1")).toContain('(line 1, column 50)')
  })

  it.each([
    (name: string) => `${name} = 700`,
    (name: string) => `${name} != null`,
    (name: string) => `${name} < 700`,
    (name: string) => `${name} LIKE 'a%'`,
    (name: string) => `${name} IN (1, 2)`,
    (name: string) => `${name} NOT IN (null)`,
    (name: string) => `${name} INCLUDES ('a')`,
    (name: string) => `${name} = TODAY`,
    (name: string) => `NOT (${name} = 1)`,
    (name: string) => `(Name = 'x' OR ${name} > 1)`,
    (name: string) => `Parent.${name} = 1`,
    (name: string) => `Account.${name} = 1`,
  ])('are the same for a hidden field and for none at all: %s', (condition) => {
    const [hidden, unknown] = ['CreditScore', 'CreditShore'].map((name) =>
      refused(condition(name), repGate, 'Account').replaceAll(name, '?'),
    )
    expect(hidden).toBe(unknown)
    expect(hidden).toContain('INVALID_FIELD')
  })
})
