/** A worker with hooks in it, as the server sees it: calls go in, questions come out, and what is stuck is ended. */
import { Worker } from 'node:worker_threads'
import { limits } from '../base/limits.ts'
import { message } from '../base/message.ts'
import { refuse, type Refusal } from '../base/refusal.ts'
import { hookFailure } from '../records/hooks/save-partly.ts'
import {
  HooksInterrupted,
  NeedsUnit,
  type HookCall,
  type HookOutcome,
} from '../records/hooks/record-hooks.ts'
import type {
  Answer,
  FromWorker,
  HookModule,
  HookQuestion,
  LoadedModule,
  ToWorker,
} from './hook-messages.ts'

export interface HookHost {
  load(module: HookModule): Promise<LoadedModule>
  call(call: HookCall): Promise<readonly HookOutcome[]>
  /** No new calls come; it ends when the running ones have. */
  retire(): void
  end(): Promise<void>
  readonly isEnded: () => boolean
}

export interface HookHostOptions {
  readonly program: string
  /** What a hook asks is answered within its unit of work. */
  readonly answer: (call: HookCall, question: HookQuestion) => Promise<string>
  readonly reportError: (error: unknown) => void
}

interface Running {
  readonly call: HookCall
  /** Questions are answered one after the other: they share a transaction. */
  tail: Promise<void>
  /** What spoilt the unit, whatever the hook makes of it. */
  spoilt: unknown
  resolve(outcomes: readonly HookOutcome[]): void
  reject(error: unknown): void
}

export function startHookHost(options: HookHostOptions): HookHost {
  const host = new Host(options)
  return {
    load: (module) => host.load(module),
    call: (call) => host.call(call),
    retire: () => host.retire(),
    end: () => host.end(),
    isEnded: () => host.isEnded,
  }
}

class Host {
  isEnded = false
  readonly #options: HookHostOptions
  readonly #worker: Worker
  readonly #running = new Map<number, Running>()
  #loading: ((loaded: LoadedModule) => void) | undefined
  #heard: (() => void) | undefined
  #calls = 0
  #retired = false
  /** Ended by us because of one call: the others did nothing wrong. */
  #isOurs = false

  constructor(options: HookHostOptions) {
    this.#options = options
    this.#worker = new Worker(options.program, {
      eval: true,
      // Hooks are the organisation's; passwords of the server are not.
      env: {},
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: limits.hookHeapMegabytesMax },
    })
    this.#worker.unref()
    this.#worker.on('message', (message: FromWorker) => this.#hear(message))
    this.#worker.on('error', (error) => options.reportError(error))
    this.#worker.on('exit', () => this.#ended())
  }

  load(module: HookModule): Promise<LoadedModule> {
    const { object } = module
    return new Promise((resolve) => {
      const done = (loaded: LoadedModule): void => {
        clearTimeout(timer)
        this.#loading = undefined
        resolve(loaded)
      }
      const stuck = (): void => {
        const problem = `it does not come to an end within ${limits.hookLoadMs} ms (hookLoadMs)`
        done({ kind: 'loaded', object, events: [], problem })
        this.end().catch(this.#options.reportError)
      }
      const timer = setTimeout(stuck, limits.hookLoadMs)
      this.#loading = done
      this.#send({ kind: 'load', module })
    })
  }

  call(call: HookCall): Promise<readonly HookOutcome[]> {
    if (this.isEnded) return Promise.reject(new HooksInterrupted())
    if (call.run.time.aborted) return Promise.reject(tooLong(call))
    const number = (this.#calls += 1)
    const { object, event, rows, caller, run } = call
    const outcome = new Promise<readonly HookOutcome[]>((resolve, reject) => {
      this.#running.set(number, {
        call,
        tail: Promise.resolve(),
        spoilt: undefined,
        resolve,
        reject,
      })
    })
    const onTime = (): void => void this.#timeIsOver(number)
    run.time.addEventListener('abort', onTime, { once: true })
    const { userId, userName, timeZone, locale, language, source } = caller
    const who = { userId, userName, timeZone, locale, language, source }
    this.#send({ kind: 'run', call: number, object, event, rows, caller: who })
    return outcome.finally(() => {
      run.time.removeEventListener('abort', onTime)
      this.#running.delete(number)
      if (this.#retired && this.#running.size === 0) this.end().catch(this.#options.reportError)
    })
  }

  retire(): void {
    this.#retired = true
    if (this.#running.size === 0) this.end().catch(this.#options.reportError)
  }

  async end(): Promise<void> {
    this.isEnded = true
    await this.#worker.terminate()
  }

  #send(message: ToWorker): void {
    this.#worker.postMessage(message, [])
  }

  #hear(heard: FromWorker): void {
    if (heard.kind === 'loaded') this.#loading?.(heard)
    else if (heard.kind === 'pong') this.#heard?.()
    else if (heard.kind === 'ask') this.#ask(heard)
    else if (heard.kind === 'beside') this.#options.reportError(new Error(`hooks: ${heard.reason}`))
    else this.#finish(heard)
  }

  #finish(heard: Finished): void {
    const running = this.#running.get(heard.call)
    if (running === undefined) return
    // What it still asks for without waiting must not run into whatever comes next.
    this.#running.delete(heard.call)
    void settle(running, heard)
  }

  #ask(question: HookQuestion): void {
    const { request } = question
    const running = this.#running.get(question.call)
    const send = (answer: Answer): void => this.#send({ kind: 'answer', request, ...answer })
    if (running === undefined) {
      send({ refused: 'The hook has ended: await what it asks for.', code: 'INVALID_ARGUMENT' })
      return
    }
    running.tail = this.#answer(running, question, send)
  }

  async #answer(
    running: Running,
    question: HookQuestion,
    send: (answer: Answer) => void,
  ): Promise<void> {
    await running.tail
    try {
      if (running.spoilt !== undefined) throw running.spoilt
      send({ text: await this.#options.answer(running.call, question) })
    } catch (error) {
      const code = refusalCode(error)
      if (code === undefined) running.spoilt = error
      send({ refused: wordsOf(error), code: code ?? 'UNKNOWN_EXCEPTION' })
    }
  }

  /** The one call is given up; a worker that says nothing any more takes its other calls along. */
  async #timeIsOver(number: number): Promise<void> {
    const running = this.#running.get(number)
    if (running === undefined) return
    this.#running.delete(number)
    running.reject(tooLong(running.call))
    const answers = await new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => resolve(false), limits.hookAnswerMs)
      this.#heard = () => {
        clearTimeout(timer)
        resolve(true)
      }
      this.#send({ kind: 'ping' })
    })
    if (answers || this.isEnded) return
    this.#isOurs = true
    await this.end()
  }

  #ended(): void {
    this.isEnded = true
    this.#loading?.({ kind: 'loaded', object: '', events: [], problem: 'it ended the program' })
    for (const { call, reject } of this.#running.values()) {
      reject(this.#isOurs ? new HooksInterrupted() : failed(call, 'the hooks ended unexpectedly'))
    }
    this.#running.clear()
  }
}

type Finished = Extract<FromWorker, { readonly kind: 'done' | 'failed' }>

/** After all that it asked for is done, and before anything else happens to the unit of work. */
async function settle(running: Running, heard: Finished): Promise<void> {
  await running.tail
  if (running.spoilt !== undefined) running.reject(running.spoilt)
  else if (heard.kind === 'done') running.resolve(heard.outcomes)
  else running.reject(failed(running.call, heard.reason))
}

/** What is refused may be caught by the hook; all else means that the unit of work cannot be saved. */
function refusalCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('problems' in error) || !('code' in error)) return undefined
  return String(error.code)
}

function wordsOf(error: unknown): string {
  if (error instanceof NeedsUnit || !(error instanceof Error)) return 'to be done once more'
  return refusalCode(error) === undefined ? 'the save cannot go on' : error.message
}

function failed({ object, event }: HookCall, reason: string): Refusal {
  const text = message('The hook {event} of {object} failed: {reason}', { event, object, reason })
  return refuse(hookFailure, text)
}

function tooLong({ object, event }: HookCall): Refusal {
  const text = message(
    'The hooks of this save took longer than {max} ms; the last one was {event} of {object}.',
    { event, object, max: limits.hookTimeMs },
  )
  return refuse(hookFailure, text)
}
