/** Read plans: outputs, order, limits; every name through the gate. */
import type { PlannedColumn } from '../../../engine/query/read-plan.ts'
import { describe, expect, it } from 'vitest'
import type { PlannedOutput, ReadPlan } from '../../../engine/query/read-plan.ts'
import { planRead } from '../../../engine/query/plan-read.ts'
import type { Gate } from '../../../engine/query/resolve.ts'
import { parseQuery } from '../../../engine/query/soql/parse-query.ts'
import { adminGate, refusalOf, repGate } from './planning.ts'

const moment = { now: Date.parse('2026-11-22T09:30:00Z'), timeZone: 'UTC' }

function plan(soql: string, gate: Gate = adminGate, deletedToo = false): ReadPlan {
  return planRead(gate, parseQuery(soql), { moment, deletedToo })
}

function refused(soql: string, gate: Gate = adminGate): string {
  const error = refusalOf(() => plan(soql, gate))
  return `${error.code} ${error.message}`
}

function keys(outputs: readonly PlannedOutput[]): unknown {
  return outputs.map((output) =>
    output.kind === 'parent' ? { [output.key]: keys(output.outputs) } : output.key,
  )
}

describe('outputs', () => {
  it('follow the order of the query, parents as objects of their own', () => {
    const { outputs, joins } = plan(
      'SELECT Name, Account.Name, Id, Account.Parent.Name, account.ID FROM Contact',
    )
    expect(keys(outputs)).toEqual(['Name', { Account: ['Name', { Parent: ['Name'] }, 'Id'] }, 'Id'])
    expect(joins).toHaveLength(2)
  })

  it('over several targets are one entry with the asked attributes', () => {
    const { outputs } = plan('SELECT About__r.Name, Id, About__r.Type FROM Remark__c')
    expect(outputs).toMatchObject([
      { kind: 'polymorphic', key: 'About__r', attributes: ['Name', 'Type'] },
      { key: 'Id' },
    ])
  })

  it('list the fields that only JavaScript can finish, with their path', () => {
    const { afterRead } = plan('SELECT Id, Secret__c, Above__r.Secret__c FROM Sample__c')
    expect(afterRead.map((one) => one.path)).toEqual([['Secret__c'], ['Above__r', 'Secret__c']])
  })

  it.each([
    'SELECT Id, Id FROM Account',
    'SELECT Name, nAME FROM Account',
    'SELECT Account.Name, Name FROM Account',
    'SELECT Account.Name, Account.name FROM Contact',
    'SELECT About__r.Name, About__r.NAME FROM Remark__c',
    'SELECT FIELDS(STANDARD), Name FROM Account',
  ])('cannot hold the same field twice: %s (B8)', (soql) => {
    expect(refused(soql)).toContain('INVALID_FIELD duplicate field selected')
  })
})

describe('FIELDS()', () => {
  const names = (soql: string, gate: Gate = adminGate): unknown => keys(plan(soql, gate).outputs)

  it('takes all, the standard or the custom fields that the caller may see', () => {
    const all = names('SELECT FIELDS(ALL) FROM Account LIMIT 200', repGate)
    expect(all).toContain('Website')
    expect(all).not.toContain('CreditScore')
    expect(names('SELECT FIELDS(CUSTOM) FROM Remark__c LIMIT 1')).toContain('About__c')
    expect(names('SELECT FIELDS(CUSTOM) FROM Remark__c LIMIT 1')).not.toContain('Name')
    expect(names('SELECT FIELDS(STANDARD) FROM Remark__c')).toContain('Name')
    expect(names('SELECT FIELDS(STANDARD) FROM Remark__c')).not.toContain('About__c')
  })

  it.each(['ALL', 'CUSTOM'])('%s needs a limit of at most 200', (which) => {
    const soql = `SELECT FIELDS(${which}) FROM Remark__c`
    expect(refused(soql)).toContain('MALFORMED_QUERY')
    expect(refused(`${soql} LIMIT 201`)).toContain('queryAllFieldsRowsMax')
    expect(plan(`${soql} LIMIT 200`).limit).toBe(200)
  })
})

const nameOf = (column: PlannedColumn): string => ('name' in column ? column.name.name : '')

describe('order', () => {
  it('is by the folded and the exact text, ties by Id', () => {
    const { orderBy } = plan('SELECT Id FROM Account ORDER BY Name DESC')
    expect(orderBy.map((key) => [nameOf(key.column), key.descending, key.nulls])).toEqual([
      ['Name__folded', true, 'last'],
      ['Name', true, 'last'],
      ['Id', false, 'first'],
    ])
  })

  it('is by Id where nothing else is asked, and none for a count', () => {
    expect(plan('SELECT Id FROM Account').orderBy).toHaveLength(1)
    expect(plan('SELECT COUNT() FROM Account').orderBy).toEqual([])
  })

  it('does not sort by one column twice', () => {
    const { orderBy } = plan('SELECT Id FROM Account ORDER BY Name, Name DESC, Id DESC, Name')
    expect(orderBy.map((key) => nameOf(key.column))).toEqual(['Name__folded', 'Name', 'Id'])
  })

  it('is refused for fields that cannot be sorted', () => {
    expect(refused('SELECT Id FROM Sample__c ORDER BY Long__c')).toContain('can not be sorted')
    expect(refused('SELECT Id FROM Sample__c ORDER BY Secret__c')).toContain('can not be sorted')
  })
})

describe('limits', () => {
  it('OFFSET ends at a named limit', () => {
    expect(plan('SELECT Id FROM Account OFFSET 2000').skip).toBe(2_000)
    expect(refused('SELECT Id FROM Account OFFSET 2001')).toContain('queryOffsetMax')
  })
})

describe('deleted records', () => {
  it('take part where the query or the resource says so', () => {
    expect(plan('SELECT Id FROM Account').deletedToo).toBe(false)
    expect(plan('SELECT Id FROM Account ALL ROWS').deletedToo).toBe(true)
    expect(plan('SELECT Id FROM Account', adminGate, true).deletedToo).toBe(true)
  })
})

describe('hidden and unknown names', () => {
  it.each([
    (name: string) => `SELECT ${name} FROM Account`,
    (name: string) => `SELECT Id, ${name} FROM Account`,
    (name: string) => `SELECT Account.${name} FROM Account`,
    (name: string) => `SELECT Id FROM Account ORDER BY ${name}`,
    (name: string) => `SELECT Id FROM Account ORDER BY Name, ${name} DESC NULLS LAST`,
    (name: string) => `SELECT Account.${name} FROM Contact`,
    (name: string) => `SELECT Account.Parent.${name} FROM Contact`,
    (name: string) => `SELECT Id FROM Contact ORDER BY Account.${name}`,
    (name: string) => `SELECT COUNT() FROM Account WHERE ${name} = 1`,
    (name: string) => `SELECT COUNT() FROM Account ORDER BY ${name}`,
  ])('are answered alike, byte for byte: %s', (soql) => {
    const [hidden, unknown] = ['CreditScore', 'CreditShore'].map((name) =>
      refused(soql(name), repGate).replaceAll(name, '?'),
    )
    expect(hidden).toBe(unknown)
    expect(hidden).toMatch(/^INVALID_FIELD .*\(line 1, column \d+\)$/)
  })

  it('are answered alike for objects', () => {
    const [hidden, unknown] = ['Payroll__c', 'Qayrool__c'].map((name) =>
      refused(`SELECT Id FROM ${name}`, repGate).replaceAll(name, '?'),
    )
    expect(hidden).toBe(unknown)
  })
})
