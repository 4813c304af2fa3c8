/** Rows a second of a CSV: a bulk job of the engine, and a loader written by hand for this one table. */
import { Readable } from 'node:stream'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parse } from 'csv-parse'
import { openStore } from '../hand-written/store.ts'
import { dataPath, type Body } from '../shapes.ts'
import type { Bench, Section } from '../support/bench.ts'
import type { Client } from '../support/client.ts'
import { csvLines, watchMemory } from '../support/csv.ts'
import { createOrganization } from '../support/organization.ts'
import { processorMs } from '../support/server-process.ts'
import { figure, table } from '../support/table.ts'

const rowsUsual = 100_000
const rowsQuick = 20_000
const rowsAtOnce = 1_000
const pollMs = 50
/** Of what the loader gives. */
const ratioAim = 0.5
const megabytesAim = 250

interface Reached {
  readonly perSecond: number
  readonly processorMs: number
  /** The most there ever was, of the upload too. */
  readonly megabytes: number
}

async function loadByJob(client: Client, pid: number, rows: number): Promise<Reached> {
  const jobs = `${dataPath}/jobs/ingest`
  const made = await client.ask('POST', jobs, { object: 'Account', operation: 'insert' })
  const { id }: { readonly id: string } = JSON.parse(made.text)
  const startedAt = performance.now()
  const before = processorMs(pid)
  const stopWatching = watchMemory(pid)
  const put = await fetch(`${client.url}${jobs}/${id}/batches`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${client.token}`, 'content-type': 'text/csv' },
    body: Readable.toWeb(Readable.from(csvLines(rows))) as ReadableStream,
    duplex: 'half',
  } as RequestInit)
  if (put.status !== 201) throw new Error(await put.text())
  await client.ask('PATCH', `${jobs}/${id}`, { state: 'UploadComplete' })
  for (;;) {
    const job: { readonly state: string; readonly numberRecordsFailed: number } = JSON.parse(
      (await client.ask('GET', `${jobs}/${id}`)).text,
    )
    if (job.state === 'JobComplete' && job.numberRecordsFailed === 0) break
    if (job.state === 'Failed' || job.numberRecordsFailed > 0) {
      const { text } = await client.ask('GET', `${jobs}/${id}/failedResults`)
      throw new Error(`${JSON.stringify(job)}\n${text.slice(0, 1_000)}`)
    }
    await sleep(pollMs)
  }
  return {
    perSecond: (rows * 1_000) / (performance.now() - startedAt),
    processorMs: processorMs(pid) - before,
    megabytes: stopWatching(),
  }
}

/** Reads the same text, and commits as many rows at once; every commit is on the disk. */
async function loadByHand(bench: Bench, rows: number): Promise<Omit<Reached, 'megabytes'>> {
  const store = await openStore(join(bench.folder, 'loader.db'), '005000000000001AAA', true)
  const startedAt = performance.now()
  const before = process.cpuUsage()
  let waiting: { table: 'Account'; body: Body }[] = []
  const parser = Readable.from(csvLines(rows)).pipe(parse({ columns: true }))
  for await (const cells of parser) {
    waiting.push({ table: 'Account', body: { ...cells, IsActive: cells.IsActive === 'true' } })
    if (waiting.length < rowsAtOnce) continue
    await store.createMany(waiting)
    waiting = []
  }
  await store.createMany(waiting)
  const { user, system } = process.cpuUsage(before)
  return {
    perSecond: (rows * 1_000) / (performance.now() - startedAt),
    processorMs: (user + system) / 1_000,
  }
}

export const bulkCsvSection: Section = {
  name: 'bulk-csv',
  title: 'Bulk API: a CSV of accounts',
  run: async (bench) => {
    const rows = bench.rows ?? (bench.quick ? rowsQuick : rowsUsual)
    const running = await createOrganization(bench, 'bulk-csv', 'none').start()
    try {
      bench.progress(`${rows} rows by a job`)
      const job = await loadByJob(running.client, running.server.pid, rows)
      bench.progress(`${rows} rows by the loader`)
      const byHand = await loadByHand(bench, rows)
      const ratio = job.perSecond / byHand.perSecond
      bench.print(
        table(
          ['bulk load', 'reached', 'aim'],
          [
            ['rows a second by a job', figure(job.perSecond), ''],
            ['rows a second by hand, durable', figure(byHand.perSecond), ''],
            ['ratio', figure(ratio), `≥ ${ratioAim}`],
            ['ratio of processor time', figure(byHand.processorMs / job.processorMs), ''],
            ['memory while loading, MB', figure(job.megabytes), `< ${megabytesAim}`],
          ],
        ),
      )
    } finally {
      await running.stop()
    }
  },
}
