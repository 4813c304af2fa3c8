/**
 * Microseconds of processor time per use case, without HTTP: the driver alone beside the engine's records on the same
 * table. Built and started by the section "in-process"; prints one JSON object per measured way.
 *
 * Settings: FOLDER, METADATA_DIR, PROFILE (a folder: a CPU profile of each way is written there).
 */
import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { Session } from 'node:inspector/promises'
import { join } from 'node:path'
import { pino } from 'pino'
import sqlite3 from 'sqlite3'
import { systemCaller } from '../../engine/auth/system-caller.ts'
import { assemble } from '../../engine/cli/assemble.ts'
import type { Caller, RecordBody, Records } from '../../engine/records/records.ts'
import type { Model } from '../../engine/model/model.ts'
import { readSettings } from '../../engine/settings.ts'
import type { Dialect } from '../../engine/sql/dialect.ts'
import { openStorage } from '../../engine/storage/open-storage.ts'
import {
  accountBody,
  accountChange,
  accountList,
  accountListFields,
  accountListFrom,
  accountName,
  contactBody,
  contactList,
  emptyList,
  listRows,
  type Body,
} from '../shapes.ts'
import { planningWays } from './planning.ts'

export interface WayMeasured {
  readonly name: string
  readonly cpuMicroseconds: number
  readonly wallMicroseconds: number
}

interface Way {
  readonly name: string
  readonly count: number
  readonly callers: number
  run(index: number): Promise<unknown>
}

const recordsLoaded = 10_000
const batchRecords = 200
const planningRounds = 9

function bodyOf(body: Body): RecordBody {
  return new Map(Object.entries(body))
}

async function load(records: Records, caller: Caller): Promise<readonly string[]> {
  const ids: string[] = []
  const loadBatch = async (object: string, bodies: readonly Body[]): Promise<void> => {
    const options = { allOrNone: true }
    const made = await records.createMany(caller, object, bodies.map(bodyOf), options)
    for (const one of made) {
      if (one instanceof Error) throw one
      if (object === 'Account') ids.push(one.id)
    }
  }
  const batch = (make: (index: number) => Body, start: number): readonly Body[] =>
    Array.from({ length: batchRecords }, (_, offset) => make(start + offset))
  for (let start = 0; start < recordsLoaded; start += batchRecords) {
    await loadBatch('Account', batch(accountBody, start))
  }
  for (let start = 0; start < recordsLoaded; start += batchRecords) {
    const contact = (index: number): Body => contactBody(index, ids[index] ?? '')
    await loadBatch('Contact', batch(contact, start))
  }
  return ids
}

type Driver = (values: readonly string[]) => Promise<unknown>

/** What the driver costs when it is asked for rows, with nothing around it. */
function driverWays(file: string, ids: readonly string[]): readonly Way[] {
  const database = new sqlite3.Database(file, sqlite3.OPEN_READONLY)
  const prepared = (text: string): Driver => {
    const statement = database.prepare(text)
    return (values) =>
      new Promise((resolve, reject) => {
        statement.all(values, (error, rows) => (error === null ? resolve(rows) : reject(error)))
      })
  }
  const nothing = prepared('select 1 as one')
  const byId = prepared('select * from Account where Id = ?')
  const list = prepared(
    `select ${accountListFields.join(', ')} from Account where not IsDeleted order by Name__folded, Name, Id limit ${listRows}`,
  )
  const way = { callers: 10 }
  return [
    { ...way, name: 'driver: select 1', count: 20_000, run: () => nothing([]) },
    {
      ...way,
      name: 'driver: a row of all columns by id',
      count: 10_000,
      run: (index) => byId([ids[index % ids.length] ?? '']),
    },
    { ...way, name: 'driver: 50 rows of 12 columns', count: 3_000, run: () => list([]) },
  ]
}

function recordWays(records: Records, caller: Caller, ids: readonly string[]): readonly Way[] {
  const idAt = (index: number): string => ids[index % ids.length] ?? ''
  const create = (index: number): Promise<unknown> =>
    records.create(caller, 'Account', bodyOf(accountBody(index)))
  const bulk = Array.from({ length: batchRecords }, (_, index) => bodyOf(accountBody(index)))
  const way = { callers: 10 }
  return [
    {
      ...way,
      name: 'records: read by id',
      count: 10_000,
      run: (index) => records.retrieve(caller, 'Account', idAt(index)),
    },
    {
      ...way,
      name: 'records: list 50',
      count: 3_000,
      run: () => records.query(caller, accountList),
    },
    {
      ...way,
      name: 'records: list 50 with parent name',
      count: 3_000,
      run: () => records.query(caller, contactList),
    },
    {
      ...way,
      name: 'records: list 50, other text each time',
      count: 3_000,
      run: (index) => records.query(caller, accountListFrom(accountName(index))),
    },
    {
      ...way,
      name: 'records: update',
      count: 3_000,
      run: (index) => records.update(caller, 'Account', idAt(index), bodyOf(accountChange(index))),
    },
    { name: 'records: create, 10 callers', count: 3_000, callers: 10, run: create },
    { name: 'records: create, 50 callers', count: 10_000, callers: 50, run: create },
    {
      name: 'records: create 200 at once',
      count: 50,
      callers: 1,
      run: () => records.createMany(caller, 'Account', bulk, { allOrNone: true }),
    },
  ]
}

/** The same query, one that differs in its text alone, and one that was never planned. */
function queryWays(records: Records, caller: Caller): readonly Way[] {
  const way = { count: 2_000, callers: 4 }
  let next = 0
  return [
    { ...way, name: 'planning: known', run: () => records.query(caller, emptyList('known')) },
    {
      ...way,
      name: 'planning: known shape, another text',
      run: () => records.query(caller, emptyList(String(next++))),
    },
    {
      ...way,
      name: 'planning: new',
      run: () => records.query(caller, emptyList('known', next++)),
    },
  ]
}

/** The same without asking the database: what is planned is thrown away. */
function planningAloneWays(model: Model, dialect: Dialect, caller: Caller): readonly Way[] {
  return planningWays(model, dialect, caller).flatMap(({ shape, caller: who, plan }) =>
    ['new', 'known'].map((kind) => ({
      name: `planning alone: ${shape}, ${who}: ${kind}`,
      count: 400,
      callers: 1,
      run: async () => plan(nextPlanned++, kind === 'new'),
    })),
  )
}

/** No two of all that are planned are the same. */
let nextPlanned = 1

async function repeat(way: Way, count: number): Promise<void> {
  let next = 0
  const caller = async (): Promise<void> => {
    while (next < count) await way.run(next++)
  }
  await Promise.all(Array.from({ length: way.callers }, caller))
}

async function measure(way: Way, profiles: string | undefined): Promise<WayMeasured> {
  await repeat(way, Math.ceil(way.count / 10))
  const session = new Session()
  if (profiles !== undefined) {
    session.connect()
    await session.post('Profiler.enable')
    await session.post('Profiler.start')
  }
  const before = process.cpuUsage()
  const startedAt = performance.now()
  await repeat(way, way.count)
  const wall = (performance.now() - startedAt) * 1_000
  const { user, system } = process.cpuUsage(before)
  if (profiles !== undefined) {
    const { profile } = await session.post('Profiler.stop')
    const file = `${way.name.replaceAll(/\W+/g, '-')}.cpuprofile`
    writeFileSync(join(profiles, file), JSON.stringify(profile))
  }
  return {
    name: way.name,
    cpuMicroseconds: (user + system) / way.count,
    wallMicroseconds: wall / way.count,
  }
}

async function main(): Promise<void> {
  const { FOLDER = '', METADATA_DIR = '', PROFILE } = process.env
  const file = join(FOLDER, 'in-process.db')
  const settings = readSettings(
    {
      METADATA_DIR,
      DATABASE_URL: `sqlite:${file}`,
      ENCRYPTION_KEY_FILE: join(FOLDER, 'encryption.key'),
      SAMPLE_DATA: 'none',
      ADMIN_PASSWORD: 'a password for the bench',
    },
    FOLDER,
  )
  const storage = await openStorage(settings.databaseUrl, { create: true })
  const engine = await assemble({
    settings,
    storage,
    home: FOLDER,
    clock: { now: () => Date.now() },
    randomBytes: (count) => randomBytes(count),
    log: pino({ level: 'silent' }),
  })
  const { records } = engine
  const caller = await administrator(engine.deployer.store.current(), records)
  const ids = await load(records, caller)
  const ways = [...driverWays(file, ids), ...recordWays(records, caller, ids)]
  // In turns: what slows the machine for a while slows all of them.
  const alone = planningAloneWays(engine.deployer.store.current(), storage.dialect, caller)
  for (let round = 0; round < planningRounds; round++) {
    ways.push(...queryWays(records, caller), ...alone)
  }
  for (const way of ways) {
    process.stdout.write(`${JSON.stringify(await measure(way, PROFILE))}\n`)
  }
  await engine.close()
  process.exit(0)
}

/** The engine's own rights under the name of a user who exists. */
async function administrator(
  model: Parameters<typeof systemCaller>[0],
  records: Records,
): Promise<Caller> {
  const system = systemCaller(model)
  const { text } = await records.query(system, 'SELECT Id FROM User LIMIT 1')
  const found: { readonly records: readonly { readonly Id: string }[] } = JSON.parse(text)
  return { ...system, userId: found.records[0]?.Id ?? system.userId }
}

await main()
