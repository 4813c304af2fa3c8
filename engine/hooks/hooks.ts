/** The organisation's hooks: read at the start and after every change, served by the last good ones meanwhile. */
import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { nearestName } from '../base/nearest-name.ts'
import { refuse } from '../base/refusal.ts'
import { watchFolder } from '../deploy/watch-folder.ts'
import type { SourceProblem } from '../model/declaration.ts'
import type { Model } from '../model/model.ts'
import {
  HooksInterrupted,
  type HookEvent,
  type HookCall,
  type RecordHooks,
} from '../records/hooks/record-hooks.ts'
import { hookFailure } from '../records/hooks/save-partly.ts'
import { answerHook } from './answer-hook.ts'
import { startHookHost, type HookHost } from './hook-host.ts'
import type { HookModule } from './hook-messages.ts'
import { writeHookTypes } from './hook-types.ts'
import { compileFile, readHooks, shownFile, type HookProblem } from './read-hooks.ts'

export interface Hooks extends RecordHooks {
  problems(): readonly SourceProblem[]
  /** Reads the files now, without waiting for the watcher. */
  reload(): Promise<void>
  close(): Promise<void>
}

export interface HooksOptions {
  readonly folder: string
  /** The source of the worker's own program. */
  readonly workerFile: string
  readonly models: { current(): Model; onSwap(listener: () => void): () => void }
  readonly log: { error(about: object, text: string): void }
}

export async function createHooks(options: HooksOptions): Promise<Hooks> {
  const hooks = new FolderHooks(options)
  await hooks.reload()
  const { folder, log, models } = options
  const onError = (error: unknown): void => log.error({ err: error }, 'the hooks cannot be read')
  const reload = (): void => void hooks.reload().catch(onError)
  const watching = watchFolder(folder, reload, onError)
  const stop = models.onSwap(() => void hooks.renewTypes().catch(onError))
  return {
    has: (object, event) => hooks.has(object, event),
    call: (call) => hooks.call(call),
    problems: () => hooks.problems(),
    reload: () => hooks.reload(),
    close: async () => {
      stop()
      watching.close()
      await hooks.close()
    },
  }
}

type EventsOfFiles = ReadonlyMap<string, ReadonlySet<HookEvent>>

class FolderHooks {
  readonly #options: HooksOptions
  /** By name of the file. */
  #good: ReadonlyMap<string, HookModule> = new Map()
  #events: EventsOfFiles = new Map()
  #problems: readonly HookProblem[] = []
  #host: HookHost | undefined
  #starting: Promise<void> = Promise.resolve()
  #closed = false
  /** Names of files by canonical object name, under one model. */
  #known: { readonly model: Model | undefined; readonly files: ReadonlyMap<string, string> } = {
    model: undefined,
    files: new Map(),
  }

  constructor(options: HooksOptions) {
    this.#options = options
  }

  has(object: string, event: HookEvent): boolean {
    const file = this.#fileOf(object)
    if (file === undefined) return false
    return this.#events.get(file)?.has(event) ?? true
  }

  async call(call: HookCall) {
    const file = this.#fileOf(call.object)
    if (file === undefined) return call.rows.map(() => ({ changes: new Map(), errors: [] }))
    if (!this.#good.has(file)) throw neverLoaded(file)
    if (this.#host === undefined || this.#host.isEnded()) await this.#restart()
    if (this.#host === undefined) throw new HooksInterrupted()
    return this.#host.call({ ...call, object: file })
  }

  problems(): readonly SourceProblem[] {
    const model = this.#options.models.current()
    const unknown = [...this.#good.keys()].flatMap((name) => unknownObject(model, name) ?? [])
    return [...this.#problems.map(({ object: _object, ...problem }) => problem), ...unknown]
  }

  /** One after the other: the newest files win. */
  reload(): Promise<void> {
    this.#starting = this.#starting.then(
      () => this.#read(),
      () => this.#read(),
    )
    return this.#starting
  }

  async renewTypes(): Promise<void> {
    if (this.#good.size > 0)
      await writeHookTypes(this.#options.folder, this.#options.models.current())
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.#starting
    await this.#host?.end()
  }

  #fileOf(object: string): string | undefined {
    if (this.#events.size === 0 && this.#problems.length === 0) return undefined
    const model = this.#options.models.current()
    if (this.#known.model !== model) {
      const names = new Set([...this.#good.keys(), ...this.#problems.map((one) => one.object)])
      const files = new Map([...names].map((file) => [model.object(file)?.name ?? file, file]))
      this.#known = { model, files }
    }
    return this.#known.files.get(object)
  }

  async #read(): Promise<void> {
    if (this.#closed || !existsSync(this.#options.folder)) return this.#take(new Map(), [])
    const { modules, problems } = await readHooks(this.#options.folder)
    // What is broken now goes on as it was when it was last good.
    const kept = problems.flatMap(({ object }) => this.#good.get(object) ?? [])
    await this.#serve([...modules, ...kept], problems)
    await this.renewTypes()
  }

  async #serve(modules: readonly HookModule[], problems: readonly HookProblem[]): Promise<void> {
    const isSame =
      modules.length === this.#good.size &&
      modules.every((one) => this.#good.get(one.object)?.program === one.program)
    if (isSame && this.#host?.isEnded() !== true) return this.#note(problems)
    if (modules.length === 0) return this.#take(new Map(), problems)
    const { events, failed, host } = await this.#start(modules)
    if (failed === undefined) {
      this.#take(new Map(modules.map((one) => [one.object, one])), problems, { events, host })
      return
    }
    await host.end()
    const before = this.#good.get(failed.object)
    const others = modules.filter(({ object }) => object !== failed.object)
    const isNew = before !== undefined && !modules.includes(before)
    await this.#serve(isNew ? [...others, before] : others, [...problems, failed])
  }

  async #start(modules: readonly HookModule[]) {
    const { workerFile, log, models } = this.#options
    const host = startHookHost({
      program: await compileFile(workerFile, dirname(workerFile)),
      answer: (call, question) => answerHook(models.current(), call, question),
      reportError: (error) => log.error({ err: error }, 'a hook'),
    })
    const events = new Map<string, ReadonlySet<HookEvent>>()
    for (const module of modules) {
      const loaded = await host.load(module)
      const { object } = module
      if (loaded.problem !== undefined) {
        const place = { file: shownFile(object), line: placeIn(loaded.problem), column: 1 }
        return { host, events, failed: { object, ...place, reason: loaded.problem } }
      }
      events.set(object, new Set(loaded.events))
    }
    return { host, events, failed: undefined }
  }

  #take(
    good: ReadonlyMap<string, HookModule>,
    problems: readonly HookProblem[],
    served?: { readonly events: EventsOfFiles; readonly host: HookHost },
  ): void {
    const before = this.#host
    this.#good = good
    this.#events = served?.events ?? new Map()
    this.#host = served?.host
    before?.retire()
    this.#note(problems)
  }

  #note(problems: readonly HookProblem[]): void {
    this.#problems = problems
    this.#known = { model: undefined, files: new Map() }
    for (const { file, line, reason } of problems) {
      this.#options.log.error({ file, line, reason }, 'a file of hooks is broken')
    }
  }

  /** After a worker was ended; whoever comes meanwhile waits for the same start. */
  #restart(): Promise<void> {
    const again = async (): Promise<void> => {
      if (this.#closed || this.#host?.isEnded() === false) return
      await this.#serve([...this.#good.values()], this.#problems)
    }
    this.#starting = this.#starting.then(again, again)
    return this.#starting
  }
}

function placeIn(problem: string): number {
  return Number(/\.ts:(\d+)\)/.exec(problem)?.[1] ?? 1)
}

function unknownObject(model: Model, name: string): SourceProblem | undefined {
  if (model.object(name) !== undefined) return undefined
  const near = nearestName(name, model.objectNames)
  return {
    file: shownFile(name),
    line: 1,
    column: 1,
    reason: `there is no object ${name}`,
    ...(near === undefined ? {} : { suggestion: near }),
  }
}

/** Rules that nobody can read must not be passed over in silence. */
function neverLoaded(file: string) {
  return refuse(
    hookFailure,
    `The hooks in ${shownFile(file)} cannot be loaded, so that nothing is saved without them: see the problems of the files.`,
  )
}
