/**
 * Two organisations that differ only in what somebody may not read answer him alike, byte for byte, whatever he asks, by whichever
 * door: so nothing that he is told depends on it. TWIN_REQUESTS says how many requests are made on each database; with 10000 it is
 * some minutes' work.
 */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Api } from '../support/api.ts'
import { databases } from '../support/databases.ts'
import '../support/property-seed.ts'
import { twinRequests, type TwinRequest } from '../support/twin-requests.ts'
import { openTwinWorld, secretWords, type Twins } from '../support/twin-world.ts'

const wished = process.env['TWIN_REQUESTS']
const timeout = wished === undefined ? 600_000 : 7_200_000
const requestsOn = { sqlite: 250, postgres: 100 } as const

describe.each(databases)('twin worlds on $name', { timeout }, (database) => {
  let twins: Twins
  beforeAll(async () => {
    twins = await openTwinWorld(database)
  }, timeout)
  afterAll(() => twins.close())

  /** All that reaches the client. */
  const answer = async (world: Api, { method, path, ...more }: TwinRequest): Promise<string> => {
    const response = await world.send(method, path, { as: 'rep', ...more })
    const head = [...response.headers].map(([name, value]) => `${name}: ${value}`)
    return [String(response.status), ...head, await response.text()].join('\n')
  }

  it('answer him alike', async () => {
    const [one, other] = twins.worlds
    const statuses = new Map<string, number>()
    await fc.assert(
      fc.asyncProperty(twinRequests(twins.ids, one.tokens.rep), async (request) => {
        const [first, second] = [await answer(one, request), await answer(other, request)]
        expect(second, JSON.stringify(request)).toBe(first)
        const [status = ''] = first.split('\n')
        statuses.set(status, (statuses.get(status) ?? 0) + 1)
        // A fault of SOAP is a 500 as well.
        expect(first, JSON.stringify(request)).not.toContain('UNKNOWN_EXCEPTION')
      }),
      { numRuns: Number(wished ?? requestsOn[database.name]) },
    )
    // Most of the requests are ones that are answered.
    expect(statuses.get('200') ?? 0).toBeGreaterThan(30)
  })

  it('do differ, for whoever may read it', async () => {
    const path = `/services/data/v67.0/query?q=${encodeURIComponent('SELECT Name, Secret__c, Twice__c, Mark__c, Sum__c FROM Vault__c ORDER BY Id')}`
    const [one, other] = await Promise.all(
      twins.worlds.map(async (world) => (await world.ask('GET', path, { as: 'admin' })).text),
    )
    expect(one).toContain(secretWords[0][0])
    expect(other).toContain(secretWords[1][0])
    const seen = await twins.worlds[1].ask('GET', path.replace('Secret__c%2C%20', ''), {
      as: 'rep',
    })
    expect(seen.status).toBe(400)
  })
})
