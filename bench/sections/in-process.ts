/** What a use case costs without HTTP, beside what the driver alone costs. */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { WayMeasured } from '../in-process/main.ts'
import type { Section } from '../support/bench.ts'
import { median } from '../support/load.ts'
import { aimCells, below, figure, table } from '../support/table.ts'

const planning = 'planning: '
const planningHead = ['planning, µs of processor time', 'more than known', 'aim', '']
const planningAims = [
  ['known shape, another text', 15],
  ['new', 100],
] as const

/** Medians of what each cost more than a query that is known. */
function planningRows(ways: readonly WayMeasured[]): readonly (readonly string[])[] {
  const costs = (name: string): number =>
    median(ways.filter((way) => way.name === planning + name).map((way) => way.cpuMicroseconds))
  return planningAims.map(([name, aim]) => {
    const more = costs(name) - costs('known')
    return [name, figure(more), ...aimCells(below(more, aim, 'µs'))]
  })
}

const alone = 'planning alone: '
const aloneHead = [
  'planning alone, µs of processor time',
  'new shape',
  'aim',
  '',
  'known',
  'aim',
  '',
]

/** Text to statement, no database: by shape and caller. */
function aloneRows(ways: readonly WayMeasured[]): readonly (readonly string[])[] {
  const costs = new Map<string, number[]>()
  for (const { name, cpuMicroseconds } of ways) {
    if (!name.startsWith(alone)) continue
    costs.set(name, [...(costs.get(name) ?? []), cpuMicroseconds])
  }
  const names = [...costs.keys()].filter((name) => name.endsWith(': new'))
  return names.map((name) => {
    const what = name.slice(alone.length, -': new'.length)
    const unseen = median(costs.get(name) ?? [])
    const known = median(costs.get(`${alone}${what}: known`) ?? [])
    return [
      what,
      figure(unseen),
      ...aimCells(below(unseen, planningAims[1][1], 'µs')),
      figure(known),
      ...aimCells(below(known, planningAims[0][1], 'µs')),
    ]
  })
}

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
    const rows = ways
      .filter(({ name }) => !name.startsWith('planning'))
      .map((way) => [way.name, figure(way.cpuMicroseconds), figure(way.wallMicroseconds)])
    bench.print(table(['microseconds', 'processor', 'elapsed'], rows))
    bench.print(`\n${table(planningHead, planningRows(ways))}`)
    bench.print(`\n${table(aloneHead, aloneRows(ways))}`)
  },
}
