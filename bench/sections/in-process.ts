/** What a use case costs without HTTP, beside what the driver alone costs. */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { WayMeasured } from '../in-process/main.ts'
import type { Section } from '../support/bench.ts'
import { figure, table } from '../support/table.ts'

export const inProcessSection: Section = {
  name: 'in-process',
  title: 'Without HTTP: microseconds for one use case',
  run: async (bench) => {
    bench.progress('use cases in process')
    const folder = join(bench.folder, 'in-process')
    const metadata = join(folder, 'metadata')
    mkdirSync(folder, { recursive: true })
    cpSync(fileURLToPath(new URL('../../metadata', import.meta.url)), metadata, { recursive: true })
    const settings = { FOLDER: folder, METADATA_DIR: metadata, UV_THREADPOOL_SIZE: '16' }
    const done = spawnSync(process.execPath, [bench.inProcess], {
      env: { ...process.env, ...settings },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    if (done.status !== 0) throw new Error('the use cases could not be measured')
    const ways = done.stdout
      .trim()
      .split('\n')
      .map((line): WayMeasured => JSON.parse(line))
    const rows = ways.map((way) => [
      way.name,
      figure(way.cpuMicroseconds),
      figure(way.wallMicroseconds),
    ])
    bench.print(table(['microseconds', 'processor', 'elapsed'], rows))
  },
}
