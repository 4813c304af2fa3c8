/** A server that is killed while all scores are worked out goes on where it stood: each record is scored once, none is left out. */
import { afterEach, describe, expect, it, vi } from 'vitest'
import {
  call,
  startReadyServer,
  startServerProcess,
  tokenOf,
  type ServerProcess,
} from '../support/server-process.ts'

const own = '/services/fieldstone/v1'
const data = '/services/data/v67.0'
const plans = 600
const atOnce = 200

interface Rule {
  readonly ruleEntry: readonly object[]
}

let server: ServerProcess | undefined
afterEach(() => server?.remove())

describe('scoring all records', () => {
  it(
    'kill -9 in the middle of it scores nothing twice and forgets nothing',
    { timeout: 600_000 },
    async () => {
      server = await startReadyServer('none')
      let token = await tokenOf(server.url)
      const ask = async <Body>(method: string, path: string, body?: unknown): Promise<Body> => {
        const answer = await call<Body>(server?.url ?? '', token, { method, path, body })
        expect(answer.status, `${path} ${JSON.stringify(answer.body)}`).toBeLessThan(300)
        return answer.body
      }
      for (let made = 0; made < plans; made += atOnce) {
        const records = Array.from({ length: atOnce }, () => ({
          attributes: { type: 'CollectionPlan' },
          CurrentDueAmount: 1,
        }))
        await ask('POST', `${data}/composite/sobjects`, { allOrNone: true, records })
      }
      const path = `${own}/metadata/ScoringRules/CollectionPlan`
      const rules = await ask<{ readonly scoringRule: readonly Rule[] }>('GET', path)
      const scoringRule = rules.scoringRule.map((rule) => ({
        ...rule,
        ruleEntry: [...rule.ruleEntry, { label: 'Everybody', score: 1_000 }],
      }))
      // From this answer on the job may begin at any moment; wherever it stands, it is cut off.
      await ask('PUT', path, { ...rules, scoringRule })
      await server.stop('SIGKILL')
      server = await startServerProcess({ env: { SAMPLE_DATA: 'none' }, folder: server.folder })
      token = await tokenOf(server.url)
      await vi.waitFor(
        async () => {
          const jobs = await ask<
            readonly { readonly name: string; readonly lastOutcome: string }[]
          >('GET', `${own}/scheduled-jobs`)
          const job = jobs.find(({ name }) => name === 'Score CollectionPlan.Urgency')
          expect(job?.lastOutcome).toBe(`${plans} records, ${plans} changed`)
        },
        { timeout: 120_000, interval: 50 },
      )
      const soql = encodeURIComponent('SELECT Id FROM CollectionPlan WHERE PriorityScore = 1000')
      const { totalSize } = await ask<{ totalSize: number }>('GET', `${data}/query?q=${soql}`)
      expect(totalSize).toBe(plans)
    },
  )
})
