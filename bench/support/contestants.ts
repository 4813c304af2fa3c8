/** The servers that are compared: the engine, and the hand-written one in two settings; the same records in each. */
import { join } from 'node:path'
import {
  accountBody,
  accountList,
  accountListFrom,
  accountName,
  contactBody,
  contactList,
  dataPath,
  queryPath,
  recordPath,
} from '../shapes.ts'
import type { Bench } from './bench.ts'
import { createClient, type Client } from './client.ts'
import { createOrganization } from './organization.ts'
import { freePort, startServer } from './server-process.ts'

export interface Contestant {
  readonly name: string
  readonly client: Client
  readonly pid: number
  readonly accountIds: readonly string[]
  stop(): Promise<void>
}

export interface Contest {
  readonly engine: Contestant
  /** Hand-written; a write may be lost when the power fails. */
  readonly fast: Contestant
  /** Hand-written; a write is on the disk before it is answered, as with the engine. */
  readonly durable: Contestant
  readonly all: readonly Contestant[]
  stop(): Promise<void>
}

const bulkRecords = 200
/** So many distinct records are asked for. */
const idsKept = 500

export async function startContest(bench: Bench, accounts: number): Promise<Contest> {
  const engine = await startEngine(bench)
  const fast = await startHandWritten(bench, 'no')
  const durable = await startHandWritten(bench, 'yes')
  const filled: Contestant[] = []
  for (const contestant of [engine, fast, durable]) {
    bench.progress(`fill ${contestant.name}`)
    filled.push({ ...contestant, accountIds: await fill(contestant.client, accounts) })
  }
  await requireEqualAnswers(filled)
  const [first, second, third] = filled
  if (first === undefined || second === undefined || third === undefined) {
    throw new Error('three servers are compared')
  }
  return {
    engine: first,
    fast: second,
    durable: third,
    all: filled,
    stop: async () => {
      for (const contestant of filled) await contestant.stop()
    },
  }
}

export async function startEngine(bench: Bench): Promise<Contestant> {
  const running = await createOrganization(bench, 'engine', 'none').start()
  const { client, server } = running
  return { name: 'Fieldstone', client, pid: server.pid, accountIds: [], stop: running.stop }
}

export async function startHandWritten(bench: Bench, durable: 'yes' | 'no'): Promise<Contestant> {
  const port = await freePort()
  const token = 'hand-written-token'
  const file = join(bench.folder, `hand-written-${durable}.db`)
  const server = await startServer({
    args: [bench.baseline],
    settings: { PORT: String(port), DATABASE: file, DURABLE: durable, TOKEN: token },
    log: `${file}.log`,
    port,
  })
  const client = createClient(server.url, token)
  const stop = async (): Promise<void> => {
    client.close()
    await server.stop()
  }
  const name = durable === 'yes' ? 'by hand, durable' : 'by hand'
  return { name, client, pid: server.pid, accountIds: [], stop }
}

/** Accounts and as many contacts; gives ids of accounts, evenly chosen. */
export async function fill(client: Client, accounts: number): Promise<readonly string[]> {
  const ids: string[] = []
  for (let index = 0; index < accounts; index += bulkRecords) {
    ids.push(...(await createBulk(client, 'Account', index, () => '')))
  }
  for (let index = 0; index < accounts; index += bulkRecords) {
    await createBulk(client, 'Contact', index, (contact) => ids[contact % ids.length] ?? '')
  }
  const stride = Math.max(1, Math.floor(ids.length / idsKept))
  return ids.filter((_, index) => index % stride === 0)
}

async function createBulk(
  client: Client,
  type: 'Account' | 'Contact',
  start: number,
  accountOf: (index: number) => string,
): Promise<readonly string[]> {
  const body = bulkBody(type, start, accountOf)
  const { text } = await client.ask('POST', `${dataPath}/composite/sobjects`, body)
  const answer: readonly { readonly id?: string; readonly success: boolean }[] = JSON.parse(text)
  return answer.map(({ id, success }) => {
    if (!success || id === undefined) throw new Error(`a record was refused: ${text.slice(0, 500)}`)
    return id
  })
}

export function bulkBody(
  type: 'Account' | 'Contact',
  start: number,
  accountOf: (index: number) => string,
): unknown {
  const records = Array.from({ length: bulkRecords }, (_, offset) => {
    const index = start + offset
    const body = type === 'Account' ? accountBody(index) : contactBody(index, accountOf(index))
    return { attributes: { type }, ...body }
  })
  return { allOrNone: true, records }
}

/** Servers that answer differently cannot be compared: ids and times apart, every byte must be the same. */
export async function requireEqualAnswers(
  contestants: readonly Contestant[],
  lists: readonly string[] = [accountList, contactList, accountListFrom(accountName(3))],
): Promise<void> {
  const listPaths = lists.map(queryPath)
  const [reference, ...others] = await Promise.all(
    contestants.map(async ({ client, accountIds }) => {
      const paths = [recordPath('Account', accountIds[0] ?? ''), ...listPaths]
      const answers = await Promise.all(paths.map((path) => client.ask('GET', path)))
      return answers.map((answer) => JSON.stringify(JSON.parse(answer.text), neutral))
    }),
  )
  for (const other of others) {
    other.forEach((text, index) => {
      if (text === reference?.[index]) return
      throw new Error(
        `the servers answer differently:\n${firstDifference(reference?.[index] ?? '', text)}`,
      )
    })
  }
}

function firstDifference(left: string, right: string): string {
  let index = 0
  while (index < left.length && left[index] === right[index]) index++
  const around = (text: string): string => text.slice(Math.max(0, index - 80), index + 80)
  return `… ${around(left)} …\n… ${around(right)} …`
}

/** What differs by nature is replaced. */
function neutral(key: string, value: unknown): unknown {
  const differs = key === 'url' || /(?:Id|ById|Date|Modstamp)$/.test(key)
  return differs && typeof value === 'string' ? '*' : value
}
