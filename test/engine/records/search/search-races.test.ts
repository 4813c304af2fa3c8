/** Searches of any text, and beside deploys, undeletes and the filling of indexes, are answered or refused; none fails. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemCaller } from '../../../../engine/auth/system-caller.ts'
import { openApi, type Api } from '../../../support/api.ts'
import { databases } from '../../../support/databases.ts'

const data = '/services/data/v67.0'

const word = fc.constantFrom(
  ...[
    'moller',
    'MÖ*',
    'a?c',
    '"x y"',
    'AND',
    'OR',
    'NOT',
    '(',
    ')',
    '{',
    '}',
    '\\',
    '\\{',
    '*',
    '?',
  ],
  ...[
    "'",
    '"',
    ':',
    '&',
    '|',
    '!',
    '<->',
    ':*',
    '﷽',
    'ß',
    '\u0000',
    '\ud800',
    '😀',
    'NEAR(a b)',
    '-',
  ],
  ...['100%', '_', '٣', '½', 'a\u0301', '“x”', '^', '~2', 'a+b', '日本'],
)
const clause = fc.constantFrom(
  ...[
    'IN NAME FIELDS',
    'IN ALL FIELDS',
    'IN SIDEBAR FIELDS',
    'RETURNING Account',
    'RETURNING Account(Name)',
  ],
  ...[
    "RETURNING Account(Id WHERE Name LIKE '%' ORDER BY Name LIMIT 2)",
    'RETURNING Contact(',
    'LIMIT 0',
  ],
  ...[
    'LIMIT 99999999999',
    'LIMIT -1',
    'WITH x',
    'OFFSET 3',
    'RETURNING Account(COUNT(Id))',
    '{',
    "'",
    ';',
  ],
  ...['RETURNING Account(Id), Account(Id)', 'RETURNING Account((SELECT Id FROM Contacts))'],
)
const texts = fc
  .tuple(
    fc.array(fc.oneof(word, fc.string({ unit: 'binary', maxLength: 6 })), { maxLength: 6 }),
    fc.array(clause, { maxLength: 3 }),
  )
  .map(([words, clauses]) => ({
    q: words.join(' '),
    sosl: `FIND {${words.join(' ')}} ${clauses.join(' ')}`,
  }))

describe.each(databases)('searches on $name', (database) => {
  let api: Api
  beforeAll(async () => {
    api = await openApi(database)
  }, 300_000)
  afterAll(() => api.close())

  const search = async (sosl: string): Promise<void> => {
    const { status, text } = await api.ask('GET', `${data}/search?q=${encodeURIComponent(sosl)}`, {
      as: 'admin',
    })
    expect(status, `${sosl} ${text} ${api.log.join(' ')}`).toBe(200)
  }

  it('while indexes are made, fields come and go, and records return', async () => {
    const records = Array.from({ length: 20 }, (_, index) => ({
      attributes: { type: 'Account' },
      Name: `Race ${index}`,
    }))
    const body = { allOrNone: true, records }
    const made = await api.ask('POST', `${data}/composite/sobjects`, { as: 'admin', body })
    const id = String(made.json[0]?.['id'])
    let busy = true
    const searching = Array.from({ length: 3 }, async () => {
      while (busy) {
        await search('FIND {race}')
        await search('FIND {race*} IN NAME FIELDS RETURNING Account(Id, Name ORDER BY Name)')
      }
    })
    const changing = async (): Promise<void> => {
      const field = '/services/fieldstone/v1/metadata/CustomField/Account.Race__c'
      const declared = { fullName: 'Race__c', label: 'Race', type: 'Text', length: 40 }
      for (let round = 0; round < 2; round++) {
        expect((await api.ask('PUT', field, { as: 'admin', body: declared })).status).toBeLessThan(
          300,
        )
        await api.ask('DELETE', `${data}/sobjects/Account/${id}`, { as: 'admin' })
        await api.engine.records.undelete(systemCaller(api.engine.deployer.store.current()), id)
        expect(
          (await api.ask('DELETE', `${field}?consent=true`, { as: 'admin' })).status,
        ).toBeLessThan(300)
        await api.engine.deployer.purge('Account', 'Race__c')
        await api.engine.searchIndexes.settled()
      }
    }
    await changing().finally(() => {
      busy = false
    })
    await Promise.all(searching)
  }, 300_000)

  it('of any text', async () => {
    await fc.assert(
      fc.asyncProperty(texts, async ({ q, sosl }) => {
        const options = { as: 'admin' } as const
        // What is half a character has no form in an address.
        const address = `${data}/search?q=${encodeURIComponent(Buffer.from(sosl).toString())}`
        const posted = api.ask('POST', `${data}/parameterizedSearch`, { ...options, body: { q } })
        for (const { status, text } of [await api.ask('GET', address, options), await posted]) {
          expect(status, `${sosl} ${text} ${api.log.join(' ')}`).toBeLessThan(500)
        }
      }),
      { numRuns: 40 },
    )
  }, 300_000)
})
