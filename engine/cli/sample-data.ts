/** Sample records of a new organisation: all of them or none, whenever the process ends. */
import { join } from 'node:path'
import { sql } from '../sql/sql.ts'
import type { Storage } from '../storage/storage.ts'
import { loadTemplate, unloadTemplate, type TemplateTarget } from './load-template.ts'

export interface SampleDataOptions {
  readonly storage: Storage
  readonly target: TemplateTarget
  readonly templatesFolder: string
  /** Undefined for none. */
  readonly template: string | undefined
  /** The database was created by this start. */
  readonly isNew: boolean
}

const stateKey = 'sample_data'

/** Runs before the first request is served, so that an unfinished load can be taken away whole. */
export async function ensureSampleData(options: SampleDataOptions): Promise<void> {
  const state = await readState(options.storage)
  const unfinished = loadingPattern.exec(state ?? '')?.[1]
  const template = unfinished ?? (options.isNew ? options.template : undefined)
  if (template === undefined) return
  const folder = join(options.templatesFolder, template)
  const { target } = options
  if (unfinished === undefined) await writeState(options.storage, `loading ${template}`)
  else await unloadTemplate(folder, target, new Set([target.caller.userId]))
  await loadTemplate(folder, target)
  await writeState(options.storage, `loaded ${template}`)
}

const loadingPattern = /^loading ([a-z-]+)$/

async function readState(storage: Storage): Promise<string | undefined> {
  const key = storage.dialect.bound({ kind: 'text' }, stateKey)
  const [row] = await storage.read(sql`select value from fs_state where key = ${key}`)
  return row === undefined ? undefined : String(row['value'])
}

async function writeState(storage: Storage, value: string): Promise<void> {
  const text = (one: string) => storage.dialect.bound({ kind: 'text' }, one)
  await storage.write((tx) =>
    tx.run(sql`insert into fs_state (key, value) values (${text(stateKey)}, ${text(value)})
      on conflict (key) do update set value = excluded.value`),
  )
}
