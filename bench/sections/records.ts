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
import { processorMs } from '../support/server-process.ts'
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
  readonly rounds: ReadonlyMap<Contestant, readonly Round[]>
}

interface Round {
  readonly perSecond: number
  /** Processor time of the server for one request. */
  readonly microseconds: number
}

async function runRound(
  bench: Bench,
  contestant: Contestant,
  input: { readonly operation: Operation; readonly connections: number },
): Promise<Round> {
  const { client, pid } = contestant
  const requests = input.operation.requests(contestant)
  const before = processorMs(pid)
  const { perSecond, count } = await runLoad({
    url: client.url,
    token: client.token,
    connections: input.connections,
    seconds: bench.seconds,
    requests,
  })
  return { perSecond, microseconds: (1_000 * (processorMs(pid) - before)) / count }
}

async function measure(
  bench: Bench,
  contest: Contest,
  input: { readonly operation: Operation; readonly connections: number },
): Promise<Measured> {
  const { operation, connections } = input
  const contestants = operation.writes ? contest.all : [contest.engine, contest.fast]
  const rounds = new Map<Contestant, Round[]>(contestants.map((one) => [one, []]))
  bench.progress(`${operation.name}, ${connections} connections`)
  // One round each that does not count: what is measured is a server at work, not its compiler.
  for (const contestant of contestants) await runRound(bench, contestant, input)
  for (let round = 0; round < bench.rounds; round++) {
    // Whoever comes first in one round comes last in the next.
    const order = round % 2 === 0 ? contestants : contestants.toReversed()
    for (const contestant of order) {
      rounds.get(contestant)?.push(await runRound(bench, contestant, input))
    }
  }
  return { operation, connections, rounds }
}

function valuesOf(
  measured: Measured,
  contestant: Contestant,
  value: keyof Round,
): readonly number[] {
  return (measured.rounds.get(contestant) ?? []).map((round) => round[value])
}

/** Of each round's own ratio: what slows the machine for a while slows both. */
function ratioOf(measured: Measured, contest: Contest, other: Contestant): number {
  const engine = valuesOf(measured, contest.engine, 'perSecond')
  const rates = valuesOf(measured, other, 'perSecond')
  return median(rates.map((rate, round) => (engine[round] ?? Number.NaN) / rate))
}

function nameOf({ operation, connections }: Measured): string {
  return `${operation.name}, ${connections} connections`
}

function rateRow(contest: Contest, measured: Measured): readonly string[] {
  const { operation, connections } = measured
  const rate = (one: Contestant): string => figure(median(valuesOf(measured, one, 'perSecond')))
  const aims = operation.aims[connections] ?? {}
  const ratio = ratioOf(measured, contest, contest.fast)
  const fast = [
    figure(ratio),
    ...aimCells(aims.fast === undefined ? undefined : atLeast(ratio, aims.fast)),
  ]
  const start = [nameOf(measured), rate(contest.engine), rate(contest.fast)]
  if (!operation.writes) return [...start, '', ...fast]
  const durable = ratioOf(measured, contest, contest.durable)
  return [
    ...start,
    rate(contest.durable),
    ...fast,
    figure(durable),
    ...aimCells(aims.durable === undefined ? undefined : atLeast(durable, aims.durable)),
  ]
}

function processorRow(contest: Contest, measured: Measured): readonly string[] {
  const time = (one: Contestant): number => median(valuesOf(measured, one, 'microseconds'))
  const engine = time(contest.engine)
  return [
    nameOf(measured),
    figure(engine),
    figure(time(contest.fast)),
    figure(time(contest.fast) / engine),
  ]
}

const processorHead = ['processor time for a request, µs', 'Fieldstone', 'by hand', 'ratio']

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

/** Until the compiler of JavaScript has done its work in every server. */
async function warmUp(bench: Bench, contest: Contest): Promise<void> {
  for (const contestant of contest.all) {
    const { url, token } = contestant.client
    for (const operation of operations) {
      const requests = operation.requests(contestant)
      await runLoad({ url, token, connections: 50, seconds: bench.seconds, requests })
    }
  }
}

export const recordsSection: Section = {
  name: 'records',
  title: 'Single records and lists',
  run: async (bench) => {
    const contest = await startContest(bench, bench.quick ? 2_000 : 20_000)
    try {
      await warmUp(bench, contest)
      const all: Measured[] = []
      for (const operation of operations) {
        for (const connections of connectionCounts) {
          const measured = await measure(bench, contest, { operation, connections })
          all.push(measured)
          bench.progress(processorRow(contest, measured).join(' | '))
        }
      }
      bench.print(
        table(
          head,
          all.map((measured) => rateRow(contest, measured)),
        ),
      )
      const processor = all.map((measured) => processorRow(contest, measured))
      bench.print(`\n${table(processorHead, processor)}`)
    } finally {
      await contest.stop()
    }
  },
}
