/** Queries that differ in values alone have one shape. */
import { describe, expect, it } from 'vitest'
import { literalOf, queryShape } from '../../../../engine/query/soql/query-shape.ts'
import { parseQuery } from '../../../../engine/query/soql/parse-query.ts'
import { leastProcessorMs } from '../../../support/processor-ms.ts'

const valuesIn = (soql: string): readonly string[] =>
  queryShape(soql).literals.map(({ written }) => written)

describe('the shape of a query', () => {
  it('is the query without its values', () => {
    const [one, other] = ['Alpha', "O\\'Brien \\\\"].map(
      (name) => `SELECT Id FROM Account WHERE Name = '${name}' AND Code != 'x' LIMIT 5`,
    )
    expect(queryShape(one ?? '').text).toBe(queryShape(other ?? '').text)
    expect(valuesIn(other ?? '')).toEqual(["'O\\'Brien \\\\'", "'x'", '5'])
  })

  it('tells apart what differs in more than a value', () => {
    const texts = [
      `SELECT Id FROM Account WHERE Name = 'a'`,
      `SELECT Id FROM Account WHERE Name = ''`,
      `SELECT Id FROM Account WHERE Name = 'a' LIMIT 1`,
      'SELECT Id FROM Account WHERE Name = 1',
      'SELECT Id FROM Account WHERE Name = 2026-01-01',
      'SELECT Id FROM Account WHERE Name = 2026-01-01T00:00:00Z',
      'SELECT Id FROM Account WHERE Name = LAST_N_DAYS:1',
      'SELECT Id FROM Account WHERE Name = LAST_N_DAYS:2',
      'SELECT Id FROM Account WHERE Field_1__c = 1',
      'SELECT Id FROM Account WHERE Field_2__c = 1',
      `SELECT Id FROM Account WHERE Name != 'a'`,
      `SELECT Id FROM Account WHERE Name = '?' OR Name = '?'`,
      `SELECT Id FROM Account WHERE Name IN ('a', 'b')`,
      `SELECT Id FROM Account WHERE Name IN ('a,b')`,
      `SELECT Id FROM Account WHERE Name = 'a`,
    ]
    expect(new Set(texts.map((text) => queryShape(text).text)).size).toBe(texts.length)
  })

  it('gives the place and the value of each literal as the parser does', () => {
    const texts = ["'it\\'s'", "'\\u0041b\\\\'", "'\\\\\\''", "'50\\%\\_'", "'¿qué?'"]
    const others = ['1', '-.5', '+1.25e3', '2026-01-31', '2026-01-31T10:00:00.5Z']
    for (const written of [...texts, ...others, '2026-01-31T10:00:00+01:00']) {
      const soql = `SELECT Id FROM Account WHERE Name ${written.startsWith("'") ? 'LIKE' : '='} ${written}`
      const { where } = parseQuery(soql)
      const [found] = queryShape(soql).literals
      if (where?.kind !== 'compare' || found === undefined) throw new Error(soql)
      expect(literalOf(found)).toEqual({ ...where.value, at: soql.indexOf(written) })
    }
  })

  it('is found in a moment, however long a number that is none', async () => {
    const digits = '1'.repeat(90_000)
    const work = (): void => {
      for (const none of [`${digits}a`, `1.${digits}a`, `1e${digits}a`]) {
        const soql = `SELECT Id FROM Account WHERE CreditScore = ${none}`
        expect(queryShape(soql).text.length).toBeGreaterThan(digits.length)
        expect(() => parseQuery(soql)).toThrow(/near/)
      }
    }
    const [, ms] = await leastProcessorMs(work)
    expect(ms).toBeLessThan(1_000)
  })
})
