/** How long it takes to work out the scores of all collection plans by night, and what requests notice of it. */
import { setTimeout as sleep } from 'node:timers/promises'
import { dataPath } from '../shapes.ts'
import { startTraffic, type TrafficResult } from '../support/background-traffic.ts'
import type { Section } from '../support/bench.ts'
import type { Client } from '../support/client.ts'
import { growTable } from '../support/grow-table.ts'
import { createOrganization } from '../support/organization.ts'
import { aimCells, below, figure, table } from '../support/table.ts'

const plansUsual = 100_000
const plansQuick = 5_000
const aimSeconds = 30
/** Requests may take a third longer. */
const aimRatio = 4 / 3
const warmMs = 3_000
const quietMs = 5_000
const pollMs = 50
const atOnce = 200
const blocks = 5
const prepared = atOnce * blocks
const dayMs = 86_400_000
const jobs = '/services/fieldstone/v1/scheduled-jobs'
const job = 'Score CollectionPlan.Urgency'

async function create(client: Client, records: readonly object[]): Promise<readonly string[]> {
  const body = { allOrNone: true, records }
  const { text } = await client.ask('POST', `${dataPath}/composite/sobjects`, body)
  const made: readonly { readonly id: string }[] = JSON.parse(text)
  return made.map(({ id }) => id)
}

/** Accounts for the traffic, and plans that copies are made of. */
async function prepare(client: Client): Promise<readonly string[]> {
  const all = (object: string, fields: (index: number) => object): readonly object[] =>
    Array.from({ length: atOnce }, (_, index) => ({
      attributes: { type: object },
      ...fields(index),
    }))
  const accounts = await create(
    client,
    all('Account', (index) => ({ Name: `Debtor ${index}` })),
  )
  for (let block = 0; block < blocks; block++) {
    const plans = all('CollectionPlan', (index) => ({
      AccountId: accounts[index],
      CurrentDueAmount: (index + 1) * 50 + block,
      DueDate: new Date(Date.now() - (index + block) * dayMs).toISOString().slice(0, 10),
      RiskScore: index % 100,
    }))
    await create(client, plans)
  }
  return accounts
}

/** Of the last run that ended: "1000 records, 20 changed". */
async function lastOutcome(client: Client): Promise<string> {
  const { text } = await client.ask('GET', jobs)
  const all: readonly { readonly name: string; readonly lastOutcome: string | null }[] =
    JSON.parse(text)
  return all.find(({ name }) => name === job)?.lastOutcome ?? ''
}

/** Seconds from the request until the job has been over so many plans. New rules are applied at once: such a run goes first. */
async function scoreAll(client: Client, plans: number): Promise<number> {
  const path = `${jobs}/${encodeURIComponent(job)}/run`
  let startedAt = performance.now()
  for (;;) {
    const { status, text } = await client.attempt('POST', path)
    if (status < 300) break
    if (!text.includes('DUPLICATE_VALUE')) throw new Error(`the job was refused: ${text}`)
    await sleep(pollMs)
    startedAt = performance.now()
  }
  while (!(await lastOutcome(client)).startsWith(`${plans} records`)) await sleep(pollMs)
  return (performance.now() - startedAt) / 1_000
}

async function during<Result>(
  client: Client,
  accounts: readonly string[],
  work: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly traffic: TrafficResult }> {
  const traffic = startTraffic(client, accounts)
  const result = await work()
  return { result, traffic: await traffic.stop() }
}

export const scoringSection: Section = {
  name: 'scoring',
  title: 'Scores worked out by night, beside traffic',
  run: async (bench) => {
    const plans = bench.rows ?? (bench.quick ? plansQuick : plansUsual)
    const organization = createOrganization(bench, 'scoring', 'none')
    const first = await organization.start()
    const accounts = await prepare(first.client)
    await scoreAll(first.client, prepared)
    // Nothing begins before it is measured.
    await first.client.ask('POST', `${jobs}/${encodeURIComponent(job)}/pause`)
    await first.stop()
    bench.progress(`grow the table to ${figure(plans)} plans`)
    const instead = { DaysPastDue: '0', PriorityScore: '0' }
    const grown = { table: 'CollectionPlan', keyPrefix: '0cP', instead }
    await growTable(organization.databaseFile, grown, plans)
    const running = await organization.start()
    try {
      const { client } = running
      // A server that has just started is slower than it will be.
      await during(client, accounts, () => sleep(warmMs))
      const before = await during(client, accounts, () => sleep(quietMs))
      bench.progress('score them')
      const scored = await during(client, accounts, () => scoreAll(client, plans))
      // The speed of a machine that others use as well moves meanwhile.
      const after = await during(client, accounts, () => sleep(quietMs))
      const quietMeanMs = (before.traffic.meanMs + after.traffic.meanMs) / 2
      const ratio = scored.traffic.meanMs / quietMeanMs
      const failed = before.traffic.failed + scored.traffic.failed + after.traffic.failed
      if (failed > 0) throw new Error(`${failed} requests failed`)
      bench.print(
        table(
          ['scores by night', 'reached', 'aim', ''],
          [
            [
              `seconds for ${figure(plans)} plans`,
              figure(scored.result),
              ...aimCells(below(scored.result, aimSeconds, 's')),
            ],
            [
              `requests meanwhile: ${figure(quietMeanMs)} ms before and after, ${figure(scored.traffic.meanMs)} ms during`,
              figure(ratio),
              ...aimCells(below(ratio, aimRatio, '')),
            ],
          ],
        ),
      )
    } finally {
      await running.stop()
    }
  },
}
