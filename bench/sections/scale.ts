/**
 * What stays quick however much there is: ten million rows, a parent with hundreds of thousands of children, and as long a mixed
 * load as `--seconds` says, with the memory before and after it.
 */
import { accountBody, dataPath, queryPath } from '../shapes.ts'
import type { Bench, Section } from '../support/bench.ts'
import type { Client } from '../support/client.ts'
import { itemBody, writeComputedObjects } from '../support/computed-objects.ts'
import { growAccounts, growTable } from '../support/grow-table.ts'
import { median, runLoad, type LoadRequest } from '../support/load.ts'
import { createOrganization, type RunningOrganization } from '../support/organization.ts'
import { residentMegabytes } from '../support/server-process.ts'
import { aimCells, below, figure, table } from '../support/table.ts'

const rowsUsual = 10_000_000
const rowsQuick = 100_000
/** Of the children, so many to one of the rows. */
const rowsPerChild = 33
const filled = 1_000
const recordsPerRequest = 200
const times = 25
const connections = 50
const aims = { readMs: 50, childMs: 100, p99Ms: 300 }
const child = 'Bench_Counted_Item__c'

async function createMany(
  client: Client,
  type: string,
  body: (index: number) => object,
): Promise<readonly string[]> {
  const ids: string[] = []
  for (let start = 0; start < filled; start += recordsPerRequest) {
    const records = Array.from({ length: recordsPerRequest }, (_, offset) => ({
      attributes: { type },
      ...body(start + offset),
    }))
    const asked = { allOrNone: true, records }
    const { text } = await client.ask('POST', `${dataPath}/composite/sobjects`, asked)
    const saved: readonly { readonly id?: string }[] = JSON.parse(text)
    ids.push(...saved.map(({ id }) => id ?? ''))
  }
  if (ids.includes('')) throw new Error(`a ${type} was refused`)
  return ids
}

async function create(client: Client, object: string, body: object): Promise<string> {
  const { text } = await client.ask('POST', `${dataPath}/sobjects/${object}`, body)
  return String((JSON.parse(text) as { readonly id?: string }).id)
}

async function medianMs(work: (index: number) => Promise<unknown>): Promise<number> {
  const taken: number[] = []
  for (let index = 0; index < times; index += 1) {
    const startedAt = performance.now()
    await work(index)
    taken.push(performance.now() - startedAt)
  }
  return median(taken)
}

type Line = readonly string[]

async function readRows(client: Client, accounts: readonly string[]): Promise<readonly Line[]> {
  const id = (index: number): string => accounts[(index * 37) % accounts.length] ?? ''
  const list = 'SELECT Id, Name, Industry, CreatedDate FROM Account'
  const line = async (name: string, path: (index: number) => string): Promise<Line> => {
    const ms = await medianMs((index) => client.ask('GET', path(index)))
    return [name, figure(ms), ...aimCells(below(ms, aims.readMs, 'ms'))]
  }
  const far = await client.attempt('GET', queryPath(`${list} ORDER BY Name LIMIT 50 OFFSET 100000`))
  return [
    await line('read by id, ms', (index) => `${dataPath}/sobjects/Account/${id(index)}`),
    await line('an indexed filter, ms', (index) =>
      queryPath(`${list} WHERE Name = 'Account ${index * 31}' LIMIT 50`),
    ),
    await line('first page by name, ms', () => queryPath(`${list} ORDER BY Name LIMIT 50`)),
    await line('a page far down, by its place, ms', () =>
      queryPath(`${list} WHERE Name > 'Account 7' ORDER BY Name LIMIT 50`),
    ),
    ['a far offset', far.status === 400 ? 'refused' : String(far.status), 'refused', ''],
  ]
}

async function addChildren(client: Client, plan: string): Promise<Line> {
  const ms = await medianMs((index) => create(client, child, itemBody(index, plan)))
  const aim = aimCells(below(ms, aims.childMs, 'ms'))
  return ['one child more, two roll-ups on its parent, ms', figure(ms), ...aim]
}

async function holdLoad(
  { client, server }: RunningOrganization,
  bench: Bench,
  accounts: readonly string[],
): Promise<readonly Line[]> {
  const list = queryPath('SELECT Id, Name FROM Account ORDER BY Name LIMIT 50')
  const requests = accounts.flatMap((id, index): readonly LoadRequest[] => [
    { method: 'GET', path: `${dataPath}/sobjects/Account/${id}` },
    { method: 'GET', path: list },
    { method: 'PATCH', path: `${dataPath}/sobjects/Account/${id}`, body: { Site: `${index}` } },
    { method: 'POST', path: `${dataPath}/sobjects/Account`, body: accountBody(index) },
  ])
  const load = { url: client.url, token: client.token, connections, requests }
  // Caches fill first: that is no growth.
  await runLoad({ ...load, seconds: Math.min(bench.seconds, 30) })
  const before = residentMegabytes(server.pid)
  const { perSecond, p99Ms } = await runLoad({ ...load, seconds: bench.seconds })
  const growth = residentMegabytes(server.pid) - before
  return [
    [`mixed requests a second, ${bench.seconds} s, none failed`, figure(perSecond), '', ''],
    ['the slowest of a hundred, ms', figure(p99Ms), ...aimCells(below(p99Ms, aims.p99Ms, 'ms'))],
    ['memory before, and growth, MB', `${figure(before)}, ${figure(growth)}`, '', ''],
  ]
}

async function measure(bench: Bench, rows: number): Promise<readonly Line[]> {
  const organization = createOrganization(bench, 'scale', 'none')
  writeComputedObjects(organization.metadataFolder)
  const first = await organization.start()
  const accounts = await createMany(first.client, 'Account', accountBody)
  const plan = await create(first.client, 'Bench_Plan__c', { Name: 'Large' })
  const items = await createMany(first.client, child, (index) => itemBody(index, plan))
  await first.stop()
  bench.progress(`${figure(rows)} accounts`)
  await growAccounts(organization.databaseFile, rows)
  const children = Math.max(filled, Math.round(rows / rowsPerChild))
  bench.progress(`${figure(children)} children of one record`)
  const keyPrefix = items[0]?.slice(0, 3) ?? ''
  await growTable(organization.databaseFile, { table: child, keyPrefix }, children)
  const running = await organization.start()
  try {
    const { client } = running
    bench.progress('reads')
    const read = await readRows(client, accounts)
    bench.progress('children')
    const added = await addChildren(client, plan)
    bench.progress(`${bench.seconds} seconds of load`)
    return [...read, added, ...(await holdLoad(running, bench, accounts))]
  } finally {
    await running.stop()
  }
}

export const scaleSection: Section = {
  name: 'scale',
  title: 'Ten million rows, a parent with 300,000 children, a long load',
  run: async (bench) => {
    const rows = bench.rows ?? (bench.quick ? rowsQuick : rowsUsual)
    bench.print(table([`${figure(rows)} rows`, 'reached', 'aim', ''], await measure(bench, rows)))
  },
}
