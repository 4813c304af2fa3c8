/** Queries over a million accounts, each beside the best SQL that one can write for it by hand; pages deep in a result. */
import { join } from 'node:path'
import {
  accountList,
  childList,
  contactList,
  filteredList,
  industryTotals,
  queryPath,
} from '../shapes.ts'
import type { Bench, Section } from '../support/bench.ts'
import {
  fill,
  requireEqualAnswers,
  startEngine,
  startHandWritten,
  type Contestant,
} from '../support/contestants.ts'
import { growAccounts } from '../support/grow-table.ts'
import { median, runLoad } from '../support/load.ts'
import { processorMs } from '../support/server-process.ts'
import { aimCells, atLeast, below, figure, table } from '../support/table.ts'

const filledAccounts = 2_000
const rowsUsual = 1_000_000
const rowsQuick = 50_000
const ratioAim = 0.9
const pageRows = 200
/** A page far down may cost so much more than one at the beginning: the machine is never quiet. */
const deepAim = 1.5

interface Shape {
  readonly name: string
  readonly soql: string
  readonly connections: number
}

const shapes: readonly Shape[] = [
  { name: 'list of 50', soql: accountList, connections: 10 },
  { name: 'list of 50 with filter and sort', soql: filteredList, connections: 10 },
  { name: 'list of 50 with parent name', soql: contactList, connections: 10 },
  { name: 'list of 50 with a child subquery', soql: childList, connections: 10 },
  { name: 'totals over all, by industry', soql: industryTotals, connections: 2 },
]

interface Servers {
  readonly engine: Contestant
  readonly byHand: Contestant
}

const sides = ['engine', 'byHand'] as const

async function startBoth(bench: Bench): Promise<Servers> {
  return { engine: await startEngine(bench), byHand: await startHandWritten(bench, 'no') }
}

async function stopBoth(servers: Servers): Promise<void> {
  for (const side of sides) await servers[side].stop()
}

/** The same records in both, the same answers, and then as many accounts as are wanted. */
async function prepare(bench: Bench, rows: number): Promise<void> {
  const servers = await startBoth(bench)
  const filled: Contestant[] = []
  for (const side of sides) {
    bench.progress(`fill ${servers[side].name}`)
    const accountIds = await fill(servers[side].client, filledAccounts)
    filled.push({ ...servers[side], accountIds })
  }
  const asked = shapes.map(({ soql }) => soql)
  await requireEqualAnswers(filled, asked)
  await stopBoth(servers)
  for (const file of ['engine/fieldstone.db', 'hand-written-no.db']) {
    bench.progress(`${figure(rows)} accounts in ${file}`)
    await growAccounts(join(bench.folder, file), rows)
  }
}

interface Round {
  readonly perSecond: number
  readonly microseconds: number
}

async function oneRound(bench: Bench, { client, pid }: Contestant, shape: Shape): Promise<Round> {
  const before = processorMs(pid)
  const { perSecond, count } = await runLoad({
    url: client.url,
    token: client.token,
    connections: shape.connections,
    seconds: bench.seconds,
    requests: Array.from({ length: shape.connections }, () => ({
      method: 'GET' as const,
      path: queryPath(shape.soql),
    })),
  })
  return { perSecond, microseconds: (1_000 * (processorMs(pid) - before)) / count }
}

async function measure(bench: Bench, servers: Servers, shape: Shape): Promise<readonly string[]> {
  bench.progress(shape.name)
  const rounds = { engine: [] as Round[], byHand: [] as Round[] }
  for (const side of sides) await oneRound(bench, servers[side], shape)
  for (let round = 0; round < bench.rounds; round++) {
    for (const side of round % 2 === 0 ? sides : sides.toReversed()) {
      rounds[side].push(await oneRound(bench, servers[side], shape))
    }
  }
  const middle = (side: keyof Servers, value: keyof Round): number =>
    median(rounds[side].map((one) => one[value]))
  const ratio = median(
    rounds.engine.map(({ perSecond }, at) => perSecond / (rounds.byHand[at]?.perSecond ?? NaN)),
  )
  return [
    shape.name,
    figure(middle('engine', 'perSecond')),
    figure(middle('byHand', 'perSecond')),
    figure(ratio),
    ...aimCells(atLeast(ratio, ratioAim)),
    figure(middle('byHand', 'microseconds') / middle('engine', 'microseconds')),
  ]
}

interface PageAnswer {
  readonly nextRecordsUrl?: string
}

/** Processor time of the server for a page at the beginning and for one at the end. */
async function deepPages(bench: Bench, { client, pid }: Contestant): Promise<readonly string[]> {
  bench.progress('pages to the end')
  const headers = {
    authorization: `Bearer ${client.token}`,
    'sforce-query-options': `batchSize=${pageRows}`,
  }
  const soql = 'SELECT Id, Name, Phone FROM Account ORDER BY Name'
  const first = await fetch(client.url + queryPath(soql), { headers })
  let { nextRecordsUrl: next } = (await first.json()) as PageAnswer
  const costs: number[] = []
  while (next !== undefined) {
    const before = processorMs(pid)
    const { text } = await client.ask('GET', next)
    costs.push(processorMs(pid) - before)
    next = (JSON.parse(text) as PageAnswer).nextRecordsUrl
  }
  const part = Math.max(1, Math.floor(costs.length / 10))
  const mean = (some: readonly number[]): number =>
    some.reduce((sum, one) => sum + one, 0) / some.length
  const [early, late] = [mean(costs.slice(0, part)), mean(costs.slice(-part))]
  return [
    `the last ${part} of ${costs.length} pages, beside the first ${part}`,
    figure(late),
    figure(early),
    figure(late / early),
    ...aimCells(below(late / early, deepAim, '')),
  ]
}

export const queriesSection: Section = {
  name: 'queries',
  title: 'Queries over many accounts',
  run: async (bench) => {
    const rows = bench.rows ?? (bench.quick ? rowsQuick : rowsUsual)
    await prepare(bench, rows)
    const servers = await startBoth(bench)
    try {
      const measured: (readonly string[])[] = []
      for (const shape of shapes) measured.push(await measure(bench, servers, shape))
      const head = [
        `requests a second, ${rows} accounts`,
        ...['Fieldstone', 'by hand', 'ratio', 'aim', '', 'ratio of processor time'],
      ]
      bench.print(table(head, measured))
      const pages = await deepPages(bench, servers.engine)
      const pageHead = ['processor time, ms', 'deep', 'early', 'ratio', 'aim', '']
      bench.print(`\n${table(pageHead, [pages])}`)
    } finally {
      await stopBoth(servers)
    }
  },
}
