/** An import of a CSV as an administrator makes it: rehearsed, done, and taken back as a whole; memory meanwhile. */
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { dataPath } from '../shapes.ts'
import type { Section } from '../support/bench.ts'
import type { Client } from '../support/client.ts'
import { csvLines, watchMemory } from '../support/csv.ts'
import { createOrganization } from '../support/organization.ts'
import { aimCells, below, figure, table } from '../support/table.ts'

const rowsUsual = 100_000
const rowsQuick = 5_000
const pollMs = 50
const megabytesAim = 250
const imports = '/services/fieldstone/v1/imports'

interface ImportAnswer {
  readonly id: string
  readonly state: string
  readonly undo?: { readonly state: string } | null
}

const good: ReadonlySet<string> = new Set(['rehearsed', 'done'])
const bad: ReadonlySet<string> = new Set(['failed', 'stopped'])

/** Seconds until the step has ended. */
async function step(
  client: Client,
  id: string,
  name: 'rehearse' | 'run' | 'undo',
): Promise<number> {
  const startedAt = performance.now()
  await client.ask('POST', `${imports}/${id}/${name}`, name === 'undo' ? undefined : {})
  for (;;) {
    const answer: ImportAnswer = JSON.parse((await client.ask('GET', `${imports}/${id}`)).text)
    const { state } = name === 'undo' ? (answer.undo ?? answer) : answer
    if (bad.has(state)) throw new Error(JSON.stringify(answer))
    if (good.has(state)) return (performance.now() - startedAt) / 1_000
    await sleep(pollMs)
  }
}

async function upload({ url, token, ask }: Client, rows: number): Promise<string> {
  const made = await ask('POST', imports, { object: 'Account', fileName: 'accounts.csv' })
  const { id }: ImportAnswer = JSON.parse(made.text)
  const put = await fetch(`${url}${imports}/${id}/file`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'text/csv' },
    body: Readable.toWeb(Readable.from(csvLines(rows))) as ReadableStream,
    duplex: 'half',
  } as RequestInit)
  if (!put.ok) throw new Error(await put.text())
  return id
}

async function countOf(client: Client): Promise<number> {
  const soql = encodeURIComponent('SELECT COUNT() FROM Account')
  const { text } = await client.ask('GET', `${dataPath}/query?q=${soql}`)
  const { totalSize }: { readonly totalSize: number } = JSON.parse(text)
  return totalSize
}

export const importsSection: Section = {
  name: 'imports',
  title: 'A CSV of accounts: rehearsed, imported, taken back',
  run: async (bench) => {
    const rows = bench.rows ?? (bench.quick ? rowsQuick : rowsUsual)
    const running = await createOrganization(bench, 'imports', 'none').start()
    try {
      const { client, server } = running
      const stopWatching = watchMemory(server.pid)
      bench.progress(`${figure(rows)} rows`)
      const before = await countOf(client)
      const id = await upload(client, rows)
      const seconds: [string, number][] = []
      for (const name of ['rehearse', 'run', 'undo'] as const) {
        seconds.push([name, await step(client, id, name)])
        const expected = before + (name === 'run' ? rows : 0)
        const count = await countOf(client)
        if (count !== expected) throw new Error(`${name}: ${count} accounts, not ${expected}`)
      }
      const megabytes = stopWatching()
      const measured = seconds.map(([name, value]) => [
        `rows a second: ${name}`,
        figure(rows / value),
        '',
        '',
      ])
      const memory = aimCells(below(megabytes, megabytesAim, 'MB'))
      bench.print(
        table(
          ['import', 'reached', 'aim', ''],
          [...measured, ['memory meanwhile, MB', figure(megabytes), ...memory]],
        ),
      )
    } finally {
      await running.stop()
    }
  },
}
