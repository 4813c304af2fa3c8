/** What search costs those who write: the same saves where somebody has searched and where nobody has, in turn. */
import { accountBody, accountChange, dataPath, recordPath } from '../shapes.ts'
import type { Bench, Section } from '../support/bench.ts'
import { median, runLoad, type LoadRequest } from '../support/load.ts'
import { createOrganization, type RunningOrganization } from '../support/organization.ts'
import { processorMs } from '../support/server-process.ts'
import { aimCells, below, figure, table } from '../support/table.ts'

const bodies = 500
const costAim = 1.15
const searchPath = `${dataPath}/search?q=${encodeURIComponent('FIND {bench} LIMIT 1')}`

const creates: readonly LoadRequest[] = Array.from({ length: bodies }, (_, index) => ({
  method: 'POST' as const,
  path: `${dataPath}/sobjects/Account`,
  body: accountBody(index),
}))

async function updatesOf({ client }: RunningOrganization): Promise<readonly LoadRequest[]> {
  const records = Array.from({ length: 200 }, (_, index) => ({
    attributes: { type: 'Account' },
    ...accountBody(index),
  }))
  const body = { allOrNone: true, records }
  const { text } = await client.ask('POST', `${dataPath}/composite/sobjects`, body)
  const answer: readonly { readonly id?: string }[] = JSON.parse(text)
  return answer.map(({ id = '' }, index) => ({
    method: 'PATCH' as const,
    path: recordPath('Account', id),
    body: accountChange(index),
  }))
}

interface Side {
  readonly running: RunningOrganization
  readonly updates: readonly LoadRequest[]
  /** What was written is taken into the index within the time that counts. */
  readonly searches: boolean
}

async function openSide(bench: Bench, searches: boolean): Promise<Side> {
  const name = searches ? 'searched' : 'never-searched'
  const running = await createOrganization(bench, name, 'none').start()
  if (searches) await running.client.ask('GET', searchPath)
  return { running, updates: await updatesOf(running), searches }
}

interface Wanted {
  readonly kind: 'create' | 'update'
  readonly connections: number
}

/** Processor time of the server for one save. */
async function spent(bench: Bench, side: Side, { kind, connections }: Wanted): Promise<number> {
  const { server, client } = side.running
  const requests = kind === 'create' ? creates : side.updates
  const { seconds } = bench
  const before = processorMs(server.pid)
  const load = { url: client.url, token: client.token, connections, seconds, requests }
  const { count } = await runLoad(load)
  if (side.searches) await client.ask('GET', searchPath)
  return (1_000 * (processorMs(server.pid) - before)) / count
}

async function measure(
  bench: Bench,
  sides: readonly [Side, Side],
  wanted: Wanted,
): Promise<readonly string[]> {
  const [without] = sides
  const rounds = { without: [] as number[], searched: [] as number[] }
  for (const side of sides) await spent(bench, side, wanted)
  for (let round = 0; round < bench.rounds; round++) {
    for (const side of round % 2 === 0 ? sides : sides.toReversed()) {
      const microseconds = await spent(bench, side, wanted)
      rounds[side === without ? 'without' : 'searched'].push(microseconds)
    }
  }
  const ratio = median(
    rounds.searched.map((microseconds, at) => microseconds / (rounds.without[at] ?? Number.NaN)),
  )
  bench.progress(`${wanted.kind}, ${wanted.connections} connections: ${figure(ratio)}`)
  return [
    `${wanted.kind}, ${wanted.connections} connections`,
    figure(median(rounds.without)),
    figure(median(rounds.searched)),
    figure(ratio),
    ...aimCells(below(ratio, costAim, '')),
  ]
}

export const searchSection: Section = {
  name: 'search',
  title: 'Saves where somebody searches',
  run: async (bench) => {
    const sides = [await openSide(bench, false), await openSide(bench, true)] as const
    const rows: (readonly string[])[] = []
    try {
      for (const kind of ['create', 'update'] as const) {
        for (const connections of [10, 50]) {
          rows.push(await measure(bench, [...sides], { kind, connections }))
        }
      }
    } finally {
      for (const { running } of sides) await running.stop()
    }
    const head = ['processor time, µs', 'never searched', 'searched', 'ratio', 'aim', '']
    bench.print(table(head, rows))
  },
}
