/** From nothing to the first answer on a database that is there, and the memory of a server that waits. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Bench, Section } from '../support/bench.ts'
import { runLoad, median } from '../support/load.ts'
import { createOrganization } from '../support/organization.ts'
import { residentMegabytes } from '../support/server-process.ts'
import { aimCells, below, figure, table } from '../support/table.ts'
import { accountList, queryPath } from '../shapes.ts'

const aims = { startMs: 1_500, idleMegabytes: 150 }
const settleMs = 5_000

interface Figures {
  readonly firstMs: number
  readonly startsMs: readonly number[]
  readonly idle: number
  readonly afterLoad: number
}

async function measure(bench: Bench): Promise<Figures> {
  const organization = createOrganization(bench, 'start', 'financial-services')
  bench.progress('first start')
  const first = await organization.start()
  await first.stop()
  const startsMs: number[] = []
  for (let round = 0; round < Math.max(3, bench.rounds); round++) {
    bench.progress(`start ${round + 1}`)
    const running = await organization.start()
    startsMs.push(running.server.startMs)
    await running.stop()
  }
  const running = await organization.start()
  try {
    await sleep(settleMs)
    const idle = residentMegabytes(running.server.pid)
    const { url, token } = running.client
    const requests = [{ method: 'GET' as const, path: queryPath(accountList) }]
    await runLoad({ url, token, connections: 10, seconds: bench.seconds, requests })
    await sleep(settleMs)
    const afterLoad = residentMegabytes(running.server.pid)
    return { firstMs: first.server.startMs, startsMs, idle, afterLoad }
  } finally {
    await running.stop()
  }
}

export const startSection: Section = {
  name: 'start',
  title: 'Start and memory',
  run: async (bench) => {
    const { firstMs, startsMs, idle, afterLoad } = await measure(bench)
    const start = median(startsMs)
    const rows = [
      [
        'cold start to the first answer, ms',
        figure(start),
        ...aimCells(below(start, aims.startMs, 'ms')),
      ],
      ['first start of all, with sample records, ms', figure(firstMs), '', ''],
      ['idle memory, MB', figure(idle), ...aimCells(below(idle, aims.idleMegabytes, 'MB'))],
      ['memory after a load of lists, MB', figure(afterLoad), '', ''],
    ]
    bench.print(table(['start and memory', 'reached', 'aim', ''], rows))
  },
}
