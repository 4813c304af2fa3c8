/** What formula fields cost a list, and roll-ups a create: the same requests with and without them, in turn. */
import { accountBody, dataPath, queryPath, type Body } from '../shapes.ts'
import type { Bench, Section } from '../support/bench.ts'
import type { Client } from '../support/client.ts'
import {
  itemBody,
  orderBody,
  orderFields,
  orderFormulas,
  writeComputedObjects,
} from '../support/computed-objects.ts'
import { median, runLoad, type LoadRequest } from '../support/load.ts'
import { createOrganization, type RunningOrganization } from '../support/organization.ts'
import { processorMs } from '../support/server-process.ts'
import { aimCells, atLeast, figure, table } from '../support/table.ts'

interface Comparison {
  readonly name: string
  readonly aim: number
  readonly without: readonly LoadRequest[]
  readonly with: readonly LoadRequest[]
}

const recordsPerRequest = 200
const bodies = 500

/** Creates so many records and gives their ids. */
async function fill(
  client: Client,
  object: string,
  wanted: { readonly count: number; readonly body: (index: number) => Body },
): Promise<readonly string[]> {
  const ids: string[] = []
  for (let start = 0; start < wanted.count; start += recordsPerRequest) {
    const records = Array.from({ length: recordsPerRequest }, (_, offset) => ({
      attributes: { type: object },
      ...wanted.body(start + offset),
    }))
    const body = { allOrNone: true, records }
    const { text } = await client.ask('POST', `${dataPath}/composite/sobjects`, body)
    const answer: readonly { readonly id?: string }[] = JSON.parse(text)
    for (const { id } of answer) {
      if (id === undefined) throw new Error(`a record was refused: ${text.slice(0, 500)}`)
      ids.push(id)
    }
  }
  return ids
}

function list(fields: string): readonly LoadRequest[] {
  const soql = `SELECT ${fields} FROM Bench_Order__c ORDER BY Name LIMIT 50`
  return [{ method: 'GET', path: queryPath(soql) }]
}

function creates(object: string, plans: readonly string[]): readonly LoadRequest[] {
  return Array.from({ length: bodies }, (_, index) => ({
    method: 'POST' as const,
    path: `${dataPath}/sobjects/${object}`,
    body: itemBody(index, plans[(index * 17) % plans.length] ?? ''),
  }))
}

async function comparisonsOf(client: Client): Promise<readonly Comparison[]> {
  const accounts = await fill(client, 'Account', { count: 1_000, body: accountBody })
  await fill(client, 'Bench_Order__c', {
    count: 5_000,
    body: (index) => orderBody(index, accounts[index % accounts.length] ?? ''),
  })
  const plans = await fill(client, 'Bench_Plan__c', {
    count: 1_000,
    body: (index) => ({ Name: `Plan ${index}` }),
  })
  return [
    {
      name: 'list of 50, five formula fields, two over parents',
      aim: 0.7,
      without: list(orderFields),
      with: list(`${orderFields}, ${orderFormulas}`),
    },
    {
      name: 'create of a child, two roll-ups on its parent',
      aim: 0.6,
      without: creates('Bench_Plain_Item__c', plans),
      with: creates('Bench_Counted_Item__c', plans),
    },
  ]
}

interface Round {
  readonly perSecond: number
  /** Processor time of the server for one request. */
  readonly microseconds: number
}

interface Load {
  readonly connections: number
  readonly seconds: number
  readonly requests: readonly LoadRequest[]
}

async function runRound({ client, server }: RunningOrganization, load: Load): Promise<Round> {
  const before = processorMs(server.pid)
  const { perSecond, count } = await runLoad({ url: client.url, token: client.token, ...load })
  return { perSecond, microseconds: (1_000 * (processorMs(server.pid) - before)) / count }
}

async function measure(
  bench: Bench,
  running: RunningOrganization,
  input: { readonly comparison: Comparison; readonly connections: number },
): Promise<readonly string[]> {
  const { comparison, connections } = input
  const rounds = { without: [] as Round[], with: [] as Round[] }
  const sides = ['without', 'with'] as const
  const load = (side: (typeof sides)[number], seconds: number): Load => ({
    ...{ connections, seconds, requests: comparison[side] },
  })
  for (const side of sides) await runRound(running, load(side, 1))
  for (let round = 0; round < bench.rounds; round++) {
    for (const side of round % 2 === 0 ? sides : sides.toReversed()) {
      rounds[side].push(await runRound(running, load(side, bench.seconds)))
    }
  }
  // Of each round's own ratio: what slows the machine for a while slows both.
  const rates = median(rounds.with.map((one, at) => one.perSecond / rate(rounds.without, at)))
  const [without, withThem] = [spent(rounds.without), spent(rounds.with)]
  const processor = median(
    rounds.with.map((one, at) => spentAt(rounds.without, at) / one.microseconds),
  )
  return [
    `${comparison.name}, ${connections} connections`,
    figure(without),
    figure(withThem),
    figure(processor),
    figure(rates),
    ...aimCells(atLeast(processor, comparison.aim)),
  ]
}

function rate(rounds: readonly Round[], at: number): number {
  return rounds[at]?.perSecond ?? Number.NaN
}

function spentAt(rounds: readonly Round[], at: number): number {
  return rounds[at]?.microseconds ?? Number.NaN
}

function spent(rounds: readonly Round[]): number {
  return median(rounds.map(({ microseconds }) => microseconds))
}

const head = [
  'processor time for a request, µs',
  'without',
  'with',
  'ratio',
  'ratio of requests a second',
  'aim',
  '',
]

export const computedSection: Section = {
  name: 'computed',
  title: 'Formula fields and roll-ups, beside the same without them',
  run: async (bench) => {
    const organization = createOrganization(bench, 'computed', 'none')
    writeComputedObjects(organization.metadataFolder)
    const running = await organization.start()
    try {
      const rows: (readonly string[])[] = []
      for (const comparison of await comparisonsOf(running.client)) {
        for (const connections of [10, 50]) {
          bench.progress(`${comparison.name}, ${connections} connections`)
          rows.push(await measure(bench, running, { comparison, connections }))
        }
      }
      bench.print(table(head, rows))
    } finally {
      await running.stop()
    }
  },
}
