/** Requests a second on single records and lists, the engine and the hand-written server in turn. */
import {
  accountBody,
  accountChange,
  accountList,
  accountListFrom,
  accountName,
  contactList,
  dataPath,
  queryPath,
  recordPath,
} from '../shapes.ts'
import type { Bench, Section } from '../support/bench.ts'
import { startContest, type Contest, type Contestant } from '../support/contestants.ts'
import { median, runLoad, type LoadRequest } from '../support/load.ts'
import { aimCells, atLeast, figure, table } from '../support/table.ts'

interface Operation {
  readonly name: string
  readonly writes: boolean
  /** Of the hand-written server, with writes that are not durable and that are, by connections. */
  readonly aims: Readonly<Record<number, { readonly fast?: number; readonly durable?: number }>>
  requests(contestant: Contestant): readonly LoadRequest[]
}

const variants = 500

function get(path: string): LoadRequest {
  return { method: 'GET', path }
}

function many<Item>(make: (index: number) => Item): readonly Item[] {
  return Array.from({ length: variants }, (_, index) => make(index))
}

const operations: readonly Operation[] = [
  {
    name: 'read by id',
    writes: false,
    aims: { 10: { fast: 0.9 }, 50: { fast: 0.9 } },
    requests: ({ accountIds }) => accountIds.map((id) => get(recordPath('Account', id))),
  },
  {
    name: 'list 50',
    writes: false,
    aims: { 10: { fast: 1.3 }, 50: { fast: 1.3 } },
    requests: () => [get(queryPath(accountList))],
  },
  {
    name: 'list 50 with parent name',
    writes: false,
    aims: { 10: { fast: 1.6 }, 50: { fast: 1.6 } },
    requests: () => [get(queryPath(contactList))],
  },
  {
    name: 'list 50, other text each time',
    writes: false,
    aims: {},
    requests: () => many((index) => get(queryPath(accountListFrom(accountName(index))))),
  },
  {
    name: 'update',
    writes: true,
    aims: {},
    requests: ({ accountIds }) =>
      accountIds.map((id, index) => ({
        method: 'PATCH',
        path: recordPath('Account', id),
        body: accountChange(index),
      })),
  },
  {
    name: 'create',
    writes: true,
    aims: { 50: { fast: 0.9, durable: 1.5 } },
    requests: () =>
      many((index) => ({
        method: 'POST',
        path: `${dataPath}/sobjects/Account`,
        body: accountBody(1_000_000 + index),
      })),
  },
]

const connectionCounts = [10, 50] as const

interface Measured {
  readonly operation: Operation
  readonly connections: number
  /** Requests a second of every round, by contestant. */
  readonly rates: ReadonlyMap<Contestant, readonly number[]>
}

async function measure(
  bench: Bench,
  contest: Contest,
  input: { readonly operation: Operation; readonly connections: number },
): Promise<Measured> {
  const { operation, connections } = input
  const contestants = operation.writes ? contest.all : [contest.engine, contest.fast]
  const rates = new Map<Contestant, number[]>(contestants.map((one) => [one, []]))
  bench.progress(`${operation.name}, ${connections} connections`)
  for (let round = 0; round < bench.rounds; round++) {
    // Whoever comes first in one round comes last in the next.
    const order = round % 2 === 0 ? contestants : contestants.toReversed()
    for (const contestant of order) {
      const { url, token } = contestant.client
      const requests = operation.requests(contestant)
      const result = await runLoad({ url, token, connections, seconds: bench.seconds, requests })
      rates.get(contestant)?.push(result.perSecond)
    }
  }
  return { operation, connections, rates }
}

function rowOf(contest: Contest, { operation, connections, rates }: Measured): readonly string[] {
  const engine = rates.get(contest.engine) ?? []
  // Each round's own ratio: what slows the machine for a while slows both.
  const ratio = (other: Contestant): number =>
    median((rates.get(other) ?? []).map((rate, round) => (engine[round] ?? Number.NaN) / rate))
  const aims = operation.aims[connections] ?? {}
  const fast = aims.fast === undefined ? undefined : atLeast(ratio(contest.fast), aims.fast)
  const durable =
    aims.durable === undefined ? undefined : atLeast(ratio(contest.durable), aims.durable)
  return [
    `${operation.name}, ${connections} connections`,
    figure(median(engine)),
    figure(median(rates.get(contest.fast) ?? [])),
    operation.writes ? figure(median(rates.get(contest.durable) ?? [])) : '',
    figure(ratio(contest.fast)),
    ...aimCells(fast),
    operation.writes ? figure(ratio(contest.durable)) : '',
    ...aimCells(durable),
  ]
}

const head = [
  'requests a second',
  'Fieldstone',
  'by hand',
  'by hand, durable',
  'ratio',
  'aim',
  '',
  'ratio durable',
  'aim',
  '',
]

async function warmUp(contest: Contest): Promise<void> {
  for (const contestant of contest.all) {
    const { url, token } = contestant.client
    for (const operation of operations) {
      const requests = operation.requests(contestant)
      await runLoad({ url, token, connections: 10, seconds: 1, requests })
    }
  }
}

export const recordsSection: Section = {
  name: 'records',
  title: 'Single records and lists',
  run: async (bench) => {
    const contest = await startContest(bench, bench.quick ? 2_000 : 20_000)
    try {
      await warmUp(contest)
      const rows: (readonly string[])[] = []
      for (const operation of operations) {
        for (const connections of connectionCounts) {
          rows.push(rowOf(contest, await measure(bench, contest, { operation, connections })))
        }
      }
      bench.print(table(head, rows))
    } finally {
      await contest.stop()
    }
  },
}
