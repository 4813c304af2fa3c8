/** What the server and the worker that runs the hooks say to each other. */
import type { HookEvent, HookOutcome, HookRow } from '../records/hooks/record-hooks.ts'

/** The hooks of one object as one program; `file` is how problems name it. */
export interface HookModule {
  readonly object: string
  readonly file: string
  readonly program: string
}

/** Who saves, as hooks are told. */
export interface HookCaller {
  readonly userId: string
  readonly userName: string
  readonly timeZone: string
  readonly locale: string
  readonly language: string
  /** "screen", "api", "bulk" … */
  readonly source: string
}

export interface RunRequest {
  readonly kind: 'run'
  readonly call: number
  readonly object: string
  readonly event: HookEvent
  readonly rows: readonly HookRow[]
  readonly caller: HookCaller
}

export type ToWorker =
  | { readonly kind: 'load'; readonly module: HookModule }
  | RunRequest
  | ({ readonly kind: 'answer'; readonly request: number } & Answer)
  | { readonly kind: 'ping' }

/** JSON text, so that long numbers come as they are. */
export type Answer = { readonly text: string } | { readonly refused: string; readonly code: string }

export type HookOperation = 'query' | 'create' | 'update' | 'delete' | 'undelete'

/** With whose rights: those of the engine, or those of whoever saves. */
export type HookRights = 'system' | 'user'

/** What a running hook asks of the server. */
export interface HookQuestion {
  readonly kind: 'ask'
  readonly call: number
  readonly request: number
  readonly operation: HookOperation
  readonly rights: HookRights
  readonly input: unknown
}

export interface LoadedModule {
  readonly kind: 'loaded'
  readonly object: string
  readonly events: readonly HookEvent[]
  /** What is wrong with the file; then there are no events. */
  readonly problem?: string
}

export type FromWorker =
  | LoadedModule
  | HookQuestion
  | { readonly kind: 'done'; readonly call: number; readonly outcomes: readonly HookOutcome[] }
  | { readonly kind: 'failed'; readonly call: number; readonly reason: string }
  | { readonly kind: 'beside'; readonly reason: string }
  | { readonly kind: 'pong' }
