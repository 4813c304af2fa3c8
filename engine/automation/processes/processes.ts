/** The use cases of guided processes: what there is to run, answering step by step, and submitting exactly once. */
import { message } from '../../base/message.ts'
import { refuse, type Refusal } from '../../base/refusal.ts'
import type { Caller, RecordBody } from '../../records/records.ts'
import { answersText, keptAnswers, noAnswers, parseAnswers, type Answers } from './answers.ts'
import { refuseProblems, shapeProblems } from './check-answers.ts'
import { preview, type PreviewAsk } from './preview.ts'
import type { ProcessParts } from './process-parts.ts'
import { mayRun } from './process-rights.ts'
import { readyProcess, type ReadyProcess } from './ready-process.ts'
import {
  checkOf,
  checkStep,
  firstScreen,
  merged,
  noStep,
  offeredView,
  openView,
} from './run-steps.ts'
import { createRunStore, type ProcessRun, type RunStore } from './run-store.ts'
import { keptView, modelFor, resultView } from './run-views.ts'
import { contextOf, startAnswers, startedRecord } from './start-answers.ts'
import { submitRun, type RunResult } from './submit-run.ts'

export interface ProcessSummary {
  readonly name: string
  readonly label: string
  readonly description: string | null
  readonly objects: readonly string[]
}

export interface AskedChoices {
  /** Attribute, or repeated group. */
  readonly of: string
  readonly answers: RecordBody
}

/** Answers of one step, or of where its user is. */
export interface GivenStep {
  /** Undefined: the review at the end. */
  readonly screen: string | undefined
  readonly answers: RecordBody
}

export interface Processes {
  /** What the caller may start; from a record, what belongs to records of its object. */
  list(caller: Caller, recordId?: string): readonly ProcessSummary[]
  start(caller: Caller, name: string, recordId?: string): Promise<object>
  /** Runs that the caller kept for later. */
  kept(caller: Caller): Promise<readonly object[]>
  view(caller: Caller, runId: string): Promise<object>
  /** Checks a step and keeps its answers. */
  answer(caller: Caller, runId: string, step: GivenStep): Promise<object>
  /** Keeps what is there, complete or not. */
  keep(caller: Caller, runId: string, step: GivenStep): Promise<object>
  giveUp(caller: Caller, runId: string): Promise<void>
  choices(caller: Caller, runId: string, asked: AskedChoices): Promise<object>
  /** The records of the first time, however often it is called. */
  submit(caller: Caller, runId: string): Promise<object>
  /** For whoever builds a process: nothing is kept. */
  preview(caller: Caller, ask: PreviewAsk): Promise<object>
}

/** Ids of runs begin with it; no object has it. */
const runPrefix = '0pr'

export async function createProcesses(parts: ProcessParts): Promise<Processes> {
  const store = await createRunStore(parts.storage, parts.clock)
  const within = { ...parts, store }
  return {
    list: (caller, recordId) => listProcesses(parts, caller, recordId),
    start: (caller, name, recordId) => start(within, caller, { name, recordId }),
    kept: async (caller) => {
      const model = modelFor(parts, caller)
      const runs = await store.open(caller.userId)
      return runs.flatMap((run) => keptView(model, caller, run))
    },
    view: async (caller, id) => runView(within, caller, await found(store, caller, id)),
    answer: (caller, id, step) => answer(within, caller, { id, step }),
    keep: (caller, id, step) => keep(within, caller, { id, step }),
    giveUp: async (caller, id) => {
      if (!(await store.remove(id, caller.userId))) throw noRun()
    },
    choices: (caller, id, asked) => choices(within, caller, { id, asked }),
    submit: async (caller, id) => {
      const run = await found(store, caller, id)
      const process = run.state === 'Submitted' ? undefined : runnable(parts, caller, run)
      return resultView(within, caller, await submitRun(within, caller, { run, process }))
    },
    preview: (caller, ask) => preview(parts, caller, ask),
  }
}

interface RunParts extends ProcessParts {
  readonly store: RunStore
}

function noRun(): Refusal {
  return refuse('NOT_FOUND', message('There is no such run of a process.'))
}

async function found(store: RunStore, caller: Caller, id: string): Promise<ProcessRun> {
  const run = await store.find(id, caller.userId)
  if (run === undefined) throw noRun()
  return run
}

function noProcess(): Refusal {
  return refuse('NOT_FOUND', message('There is no such process.'))
}

function listProcesses(
  parts: ProcessParts,
  caller: Caller,
  recordId: string | undefined,
): readonly ProcessSummary[] {
  const model = modelFor(parts, caller)
  return [...model.components('ServiceProcess')]
    .map(({ body }) => body)
    .filter((body) => body.status === 'Published' && mayRun(model, caller, body))
    .filter((body) => recordId === undefined || contextOf(body, model, recordId) !== undefined)
    .map((body) => ({
      name: body.fullName,
      label: body.processLabel,
      description: body.shortDescription ?? body.description ?? null,
      objects: (body.contextObjects ?? []).map(({ object }) => object),
    }))
    .sort((one, other) => one.label.localeCompare(other.label))
}

async function start(
  parts: RunParts,
  caller: Caller,
  { name, recordId: given }: { readonly name: string; readonly recordId: string | undefined },
): Promise<object> {
  const model = modelFor(parts, caller)
  const process = readyProcess(model, name)
  if (process === undefined || process.body.status !== 'Published') throw noProcess()
  if (!mayRun(model, caller, process.body)) throw noProcess()
  const recordId = startedRecord({ process, model }, given)
  const check = await checkOf(parts, caller, { process, recordId, answers: noAnswers })
  const answers = await startAnswers(check)
  const now = parts.clock.now()
  const run: ProcessRun = {
    id: parts.ids(runPrefix),
    process: process.name,
    userId: caller.userId,
    state: 'Open',
    recordId,
    screen: firstScreen({ ...check, answers }),
    answers: answersText(answers),
    result: undefined,
    createdAt: now,
    modifiedAt: now,
  }
  await parts.store.insert(run)
  return runView(parts, caller, run)
}

/** What was begun while it was published may be finished; never by somebody who may not run it any more. */
function runnable(parts: ProcessParts, caller: Caller, run: ProcessRun): ReadyProcess {
  const model = modelFor(parts, caller)
  const process = readyProcess(model, run.process)
  const isOpen = process !== undefined && (process.body.status ?? 'Draft') !== 'Draft'
  if (!isOpen || !mayRun(model, caller, process.body)) throw noProcess()
  return process
}

interface Stepped {
  readonly id: string
  readonly step: GivenStep
}

async function opened(parts: RunParts, caller: Caller, { id, step }: Stepped) {
  const run = await found(parts.store, caller, id)
  if (run.state === 'Submitted') throw submittedBefore()
  const process = runnable(parts, caller, run)
  const before = keptAnswers(process, run.answers)
  const answers = merged(process, before, parseAnswers(process, step.answers))
  const check = await checkOf(parts, caller, { process, recordId: run.recordId, answers })
  return { run, check }
}

function submittedBefore(): Refusal {
  return refuse('CONFLICT', message('This was submitted before and cannot be changed.'))
}

async function answer(parts: RunParts, caller: Caller, stepped: Stepped): Promise<object> {
  const { run, check } = await opened(parts, caller, stepped)
  const { answers, next } = await checkStep(check, stepped.step.screen)
  return saved(parts, caller, { run, screen: next, answers, state: stateOf(run) })
}

function stateOf({ state }: ProcessRun): 'Open' | 'Saved' {
  return state === 'Saved' ? 'Saved' : 'Open'
}

async function keep(parts: RunParts, caller: Caller, stepped: Stepped): Promise<object> {
  const { run, check } = await opened(parts, caller, stepped)
  refuseProblems(shapeProblems(check, check.answers))
  const { screen } = stepped.step
  const isKnown = check.process.screens.some((one) => one.name === screen)
  if (screen !== undefined && !isKnown) throw noStep()
  return saved(parts, caller, { run, screen, answers: check.answers, state: 'Saved' })
}

async function saved(
  parts: RunParts,
  caller: Caller,
  input: {
    readonly run: ProcessRun
    readonly screen: string | undefined
    readonly answers: Answers
    readonly state: 'Open' | 'Saved'
  },
): Promise<object> {
  const { run, screen, state } = input
  const answers = answersText(input.answers)
  const changed = await parts.store.change({ ...run, screen, state, answers })
  if (!changed) throw submittedBefore()
  return runView(parts, caller, { ...run, screen, state, answers })
}

async function choices(
  parts: RunParts,
  caller: Caller,
  { id, asked }: { readonly id: string; readonly asked: AskedChoices },
): Promise<object> {
  const step = { screen: undefined, answers: asked.answers }
  const { check } = await opened(parts, caller, { id, step })
  return offeredView(check, asked.of)
}

async function runView(parts: RunParts, caller: Caller, run: ProcessRun): Promise<object> {
  if (run.state === 'Submitted') {
    const result = JSON.parse(run.result ?? '{}') as RunResult
    return resultView(parts, caller, result)
  }
  const process = runnable(parts, caller, run)
  const answers = keptAnswers(process, run.answers)
  const check = await checkOf(parts, caller, { process, recordId: run.recordId, answers })
  return openView(check, { ...run, state: run.state })
}
