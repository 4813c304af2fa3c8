/** Records a second when they come by two hundred in a request. */
import { dataPath } from '../shapes.ts'
import type { Bench, Section } from '../support/bench.ts'
import { bulkBody, startContest, type Contest, type Contestant } from '../support/contestants.ts'
import { median, runLoad, type LoadRequest } from '../support/load.ts'
import { figure, table } from '../support/table.ts'

const recordsPerRequest = 200
const bodies = 20

function requests(): readonly LoadRequest[] {
  return Array.from({ length: bodies }, (_, index) => ({
    method: 'POST',
    path: `${dataPath}/composite/sobjects`,
    body: bulkBody('Account', 2_000_000 + index * recordsPerRequest, () => ''),
  }))
}

async function measure(
  bench: Bench,
  contest: Contest,
  connections: number,
): Promise<readonly string[]> {
  const rates = new Map<Contestant, number[]>(contest.all.map((one) => [one, []]))
  for (let round = 0; round < bench.rounds; round++) {
    const order = round % 2 === 0 ? contest.all : contest.all.toReversed()
    for (const contestant of order) {
      const { url, token } = contestant.client
      const load = { url, token, connections, seconds: bench.seconds, requests: requests() }
      const { perSecond } = await runLoad(load)
      rates.get(contestant)?.push(perSecond * recordsPerRequest)
    }
  }
  const rateOf = (one: Contestant): number => median(rates.get(one) ?? [])
  return [
    `${connections} connection${connections === 1 ? '' : 's'}`,
    ...contest.all.map((one) => figure(rateOf(one))),
    figure(rateOf(contest.engine) / rateOf(contest.fast)),
    figure(rateOf(contest.engine) / rateOf(contest.durable)),
  ]
}

const head = [
  'records a second',
  'Fieldstone',
  'by hand',
  'by hand, durable',
  'ratio',
  'ratio durable',
]

export const bulkSection: Section = {
  name: 'bulk',
  title: 'Bulk insert, 200 accounts in a request',
  run: async (bench) => {
    const contest = await startContest(bench, 1_000)
    try {
      const rows: (readonly string[])[] = []
      for (const connections of [1, 4]) {
        bench.progress(`bulk insert, ${connections} connections`)
        rows.push(await measure(bench, contest, connections))
      }
      bench.print(table(head, rows))
    } finally {
      await contest.stop()
    }
  },
}
