/**
 * Runs the organisation's hooks in a thread of its own, so that whatever they do stays there. Made into a program of
 * its own when it is started: only types may be imported from elsewhere.
 */
import { createRequire, SourceMap } from 'node:module'
import { basename } from 'node:path'
import { compileFunction } from 'node:vm'
import { parentPort } from 'node:worker_threads'
import type { HookError, HookEvent, HookOutcome, HookRow } from '../records/hooks/record-hooks.ts'
import type {
  Answer,
  FromWorker,
  HookModule,
  HookOperation,
  HookRights,
  RunRequest,
  ToWorker,
} from './hook-messages.ts'

type Handler = (context: object) => unknown

const events: ReadonlySet<string> = new Set<HookEvent>([
  'beforeInsert',
  'afterInsert',
  'beforeUpdate',
  'afterUpdate',
  'beforeDelete',
  'afterDelete',
  'beforeUndelete',
  'afterUndelete',
])

const handlers = new Map<string, ReadonlyMap<string, Handler>>()
const waiting = new Map<number, (answer: Answer) => void>()
let requests = 0

const say = (message: FromWorker): void => parentPort?.postMessage(message, [])

// A promise that nobody waited for is a mistake of one hook and ends no other.
process.on('uncaughtException', (error) => say({ kind: 'beside', reason: wordsOf(error) }))
process.on('unhandledRejection', (error) => say({ kind: 'beside', reason: wordsOf(error) }))

parentPort?.on('message', (message: ToWorker) => {
  if (message.kind === 'load') load(message.module)
  else if (message.kind === 'run') void run(message)
  else if (message.kind === 'ping') say({ kind: 'pong' })
  else {
    waiting.get(message.request)?.(message)
    waiting.delete(message.request)
  }
})

function load({ object, file, program }: HookModule): void {
  try {
    const found = handlersOf(programExports(file, program))
    handlers.set(object, found)
    // Only names of the list are kept.
    say({ kind: 'loaded', object, events: [...found.keys()] as HookEvent[] })
  } catch (error) {
    say({ kind: 'loaded', object, events: [], problem: wordsOf(error) })
  }
}

const maps = new Map<string, SourceMap>()

function programExports(file: string, program: string): unknown {
  const inline = /\/\/# sourceMappingURL=data:application\/json;base64,(\S+)\s*$/.exec(program)?.[1]
  if (inline !== undefined) {
    maps.set(file, new SourceMap(JSON.parse(Buffer.from(inline, 'base64').toString())))
  }
  const module: { exports: unknown } = { exports: {} }
  const body = compileFunction(program, ['module', 'exports', 'require'], { filename: file })
  body(module, module.exports, createRequire(file))
  return member(module.exports, 'default')
}

function handlersOf(given: unknown): ReadonlyMap<string, Handler> {
  if (typeof given !== 'object' || given === null) {
    throw new Error('the file has no default export with hooks: export default { beforeInsert … }')
  }
  return new Map(
    Object.entries(given).map(([name, handler]) => {
      if (!events.has(name)) {
        throw new Error(`there is no hook ${name}; hooks are ${[...events].join(', ')}`)
      }
      if (typeof handler !== 'function') throw new Error(`${name} is no function`)
      return [name, (context: object) => Reflect.apply(handler, given, [context])] as const
    }),
  )
}

function member(holder: unknown, name: string): unknown {
  return typeof holder === 'object' && holder !== null ? Reflect.get(holder, name) : undefined
}

/** One record in the hands of a hook. */
class HookRecord {
  readonly id: string | undefined
  readonly values: Record<string, unknown>
  readonly old: Readonly<Record<string, unknown>> | undefined
  readonly #given: Readonly<Record<string, unknown>>
  readonly #errors: HookError[] = []

  constructor({ id, values, old }: HookRow) {
    this.id = id
    this.#given = Object.fromEntries(values)
    this.values = structuredClone(this.#given)
    this.old = old && Object.freeze(Object.fromEntries(old))
  }

  isChanged(field: string): boolean {
    return this.old !== undefined && isOther(this.values[field], this.old[field])
  }

  addError(...words: readonly [string] | readonly [string, string]): void {
    const [first, second] = words.map((word) => String(word).slice(0, errorCharsMax))
    const message = second ?? first ?? ''
    this.#errors.push(second === undefined ? { message } : { message, field: first ?? '' })
  }

  static outcome(record: HookRecord): HookOutcome {
    const changes = Object.entries(record.values).filter(([name, value]) =>
      isOther(value, record.#given[name]),
    )
    return {
      changes: new Map(changes.map(([name, value]) => [name, plain(value)])),
      errors: record.#errors,
    }
  }
}

const errorCharsMax = 2_000

function isOther(left: unknown, right: unknown): boolean {
  return left !== right && JSON.stringify(plain(left)) !== JSON.stringify(plain(right))
}

/** As JSON would have it; what is undefined is empty. */
function plain(value: unknown): unknown {
  return value === undefined ? null : (JSON.parse(JSON.stringify(value) ?? 'null') as unknown)
}

async function run({ call, object, event, rows, caller }: RunRequest): Promise<void> {
  const records = rows.map((row) => new HookRecord(row))
  try {
    const handler = handlers.get(object)?.get(event)
    const access = { system: dataOf(call, 'system'), user: dataOf(call, 'user') }
    await handler?.({ object, event, records, caller: Object.freeze(caller), ...access })
    say({ kind: 'done', call, outcomes: records.map((record) => HookRecord.outcome(record)) })
  } catch (error) {
    say({ kind: 'failed', call, reason: wordsOf(error) })
  }
}

function dataOf(call: number, rights: HookRights) {
  const ask = (operation: HookOperation, input: unknown): Promise<unknown> =>
    question(call, { operation, rights, input: plain(input) })
  return Object.freeze({
    query: (soql: string, variables: unknown = {}) => ask('query', { soql, variables }),
    create: (object: string, records: unknown) => ask('create', { object, records }),
    update: (object: string, records: unknown) => ask('update', { object, records }),
    delete: (object: string, ids: unknown) => ask('delete', { object, ids }),
    undelete: (ids: unknown) => ask('undelete', { ids }),
  })
}

interface Asked {
  readonly operation: HookOperation
  readonly rights: HookRights
  readonly input: unknown
}

/** The failure carries the place in the hook that asked. */
async function question(call: number, asked: Asked): Promise<unknown> {
  const refusal = new Error('refused')
  requests += 1
  const request = requests
  const answer = await new Promise<Answer>((resolve) => {
    waiting.set(request, resolve)
    say({ kind: 'ask', call, request, ...asked })
  })
  if ('text' in answer) return JSON.parse(answer.text) as unknown
  refusal.message = answer.refused
  throw Object.assign(refusal, { code: answer.code })
}

/** The message and the first place in the organisation's own files. */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error).slice(0, errorCharsMax)
  const text = `${error.name}: ${error.message}`.slice(0, errorCharsMax)
  const lines = (error.stack ?? '').split('\n')
  const place = lines.map(placeOf).find((one) => one !== undefined)
  return place === undefined ? text : `${text} (${place})`
}

/** In the TypeScript that somebody wrote, by the map that came with the program. */
function placeOf(line: string): string | undefined {
  const [, file = '', row, column] = /(?:\(|at )([^()]+\.ts):(\d+):(\d+)\)?$/.exec(line) ?? []
  const entry = maps.get(file)?.findEntry(Number(row) - 1, Number(column) - 1)
  if (entry === undefined || !('originalSource' in entry)) return undefined
  return `${basename(entry.originalSource)}:${entry.originalLine + 1}`
}
