/**
 * Measures the engine against a hand-written server in the same run: `npm run bench -- [sections] [--quick] [--rounds=5]
 * [--seconds=4] [--rows=1000000]`. Sections: records, queries, bulk, bulk-csv, imports, action-plans, add-field, start, large-model, in-process,
 * computed, flows, formulas, rules, rows, scale, scoring, search.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { actionPlansSection } from './sections/action-plans.ts'
import { addFieldSection } from './sections/add-field.ts'
import { bulkSection } from './sections/bulk.ts'
import { bulkCsvSection } from './sections/bulk-csv.ts'
import { computedSection } from './sections/computed.ts'
import { flowsSection } from './sections/flows.ts'
import { formulasSection } from './sections/formulas.ts'
import { inProcessSection } from './sections/in-process.ts'
import { importsSection } from './sections/imports.ts'
import { largeModelSection } from './sections/large-model.ts'
import { queriesSection } from './sections/queries.ts'
import { recordsSection } from './sections/records.ts'
import { rowsSection } from './sections/rows.ts'
import { rulesSection } from './sections/rules.ts'
import { scaleSection } from './sections/scale.ts'
import { scoringSection } from './sections/scoring.ts'
import { searchSection } from './sections/search.ts'
import { startSection } from './sections/start.ts'
import type { Bench, Section } from './support/bench.ts'
import { buildPrograms } from './support/build-programs.ts'

const sections: readonly Section[] = [
  recordsSection,
  queriesSection,
  bulkSection,
  bulkCsvSection,
  importsSection,
  actionPlansSection,
  addFieldSection,
  startSection,
  largeModelSection,
  inProcessSection,
  computedSection,
  flowsSection,
  formulasSection,
  rulesSection,
  rowsSection,
  scaleSection,
  scoringSection,
  searchSection,
]

interface Wanted {
  readonly sections: readonly Section[]
  readonly quick: boolean
  readonly rounds: number
  readonly seconds: number
  readonly rows: number | undefined
}

function readArguments(args: readonly string[]): Wanted {
  const names = args.filter((arg) => !arg.startsWith('--'))
  const unknown = names.filter((name) => !sections.some((section) => section.name === name))
  const known = sections.map((section) => section.name).join(', ')
  if (unknown.length > 0) throw new Error(`no section ${unknown.join(', ')}; there are ${known}`)
  const quick = args.includes('--quick')
  const number = (name: string, preset: number): number => {
    const text = args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3)
    const given = text === undefined ? preset : Number(text)
    if (!(given >= 1)) throw new Error(`--${name} needs a number of at least 1`)
    return given
  }
  return {
    sections: names.length === 0 ? sections : sections.filter(({ name }) => names.includes(name)),
    quick,
    rounds: number('rounds', quick ? 1 : 5),
    seconds: number('seconds', quick ? 2 : 4),
    rows: args.some((arg) => arg.startsWith('--rows=')) ? number('rows', 1) : undefined,
  }
}

/** Averages over one, five and fifteen minutes: what else the machine had to do. */
function loadText(): string {
  return loadavg()
    .map((load) => load.toFixed(1))
    .join(', ')
}

async function main(): Promise<void> {
  const wanted = readArguments(process.argv.slice(2))
  const folder = mkdtempSync(join(tmpdir(), 'fieldstone-bench-'))
  const print = (text: string): void => void process.stdout.write(`${text}\n`)
  const bench: Bench = {
    folder,
    quick: wanted.quick,
    rounds: wanted.rounds,
    seconds: wanted.seconds,
    rows: wanted.rows,
    ...(await buildPrograms()),
    // As `npm start` does.
    engine: [
      '--max-semi-space-size=8',
      '--heap-growing-percent=80',
      fileURLToPath(new URL('../engine/cli/start.cjs', import.meta.url)),
    ],
    print,
    progress: (text) => void process.stderr.write(`… ${text}\n`),
  }
  const processors = cpus()
  const machine = `${processors.length} × ${processors[0]?.model.trim() ?? 'processor'}`
  print(`Node ${process.versions.node}, ${process.platform}, ${machine}`)
  print(`Median of ${bench.rounds} rounds of ${bench.seconds} s; the servers take turns.`)
  print(`Load of the machine at the beginning: ${loadText()}.`)
  // Also when it is ended from outside.
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  for (const section of wanted.sections) {
    print(`\n## ${section.title}\n`)
    // Databases of its own: what one section has written is not what the next one begins with.
    const own = join(folder, section.name)
    mkdirSync(own)
    await section.run({ ...bench, folder: own })
    rmSync(own, { recursive: true, force: true })
    print(`\nLoad of the machine at the end: ${loadText()}.`)
  }
}

await main()
