/** Submitting a run: all records, the request and the mark that it is done are one unit of work. */
import { message } from '../../base/message.ts'
import { refuse, type Refusal } from '../../base/refusal.ts'
import { inLanguage } from '../../language/in-language.ts'
import { formulaValues } from '../../records/formula-values.ts'
import type { Caller } from '../../records/records.ts'
import { keptAnswers } from './answers.ts'
import { askedAnswers, checkScreens, refuseProblems, type AnswerCheck } from './check-answers.ts'
import { definitionRows } from './definition-rows.ts'
import { makeRecords } from './make-records.ts'
import { makeRequest } from './make-request.ts'
import type { ProcessParts } from './process-parts.ts'
import { readyProcess, type ReadyProcess } from './ready-process.ts'
import type { ProcessRun, RunStore } from './run-store.ts'
import { startFulfilment } from './start-fulfilment.ts'

export interface RunResult {
  readonly run: string
  readonly process: string
  readonly records: readonly {
    readonly name: string
    readonly object: string
    readonly id: string
    readonly isNew: boolean
  }[]
}

export interface SubmitInput {
  readonly run: ProcessRun
  /** Undefined where it was submitted before. */
  readonly process: ReadyProcess | undefined
}

export async function submitRun(
  parts: ProcessParts & { readonly store: RunStore },
  caller: Caller,
  { run, process }: SubmitInput,
): Promise<RunResult> {
  if (process === undefined) return resultOf(run)
  const { records, store, models, storage, clock } = parts
  const model = inLanguage(models.current(), caller.language)
  // The catalogue is kept in the base language, whoever asks.
  const own = readyProcess(models.current(), process.name) ?? process
  const rows = await definitionRows(parts, caller, { model, process: own })
  const asked = { context: { models, storage }, caller, now: clock.now() }
  const around = await formulaValues(asked, process.globals)
  const { recordId } = run
  const given: Omit<AnswerCheck, 'answers' | 'records'> = {
    process,
    around,
    caller,
    model,
    recordId,
  }
  // Choices are looked up beside the writer: what is saved is checked once more by the save itself.
  const kept = keptAnswers(process, run.answers)
  const { answers, problems } = await checkScreens(
    { ...given, records, answers: kept },
    process.screens,
  )
  refuseProblems(problems)
  const situation = { ...given, answers: askedAnswers({ process, around, answers }) }
  const done = await records.together(async (within, tx) => {
    if (!(await store.claim(tx, run))) return undefined
    const input = { ...situation, records: within }
    const made = await makeRecords(input)
    const request = await makeRequest(input, rows, made)
    await startFulfilment(parts, { input, tx, made, request })
    const all = request === undefined ? made : [...made, request]
    const result: RunResult = { run: run.id, process: process.name, records: all }
    await store.finish(tx, run.id, JSON.stringify(result))
    return result
  })
  if (done !== undefined) return done
  // Somebody was faster: another tab, a second click, or this very request before a crash.
  const now = await store.find(run.id, caller.userId)
  if (now === undefined) throw gone()
  return resultOf(now)
}

function gone(): Refusal {
  return refuse('NOT_FOUND', message('There is no such run of a process.'))
}

function resultOf({ result }: ProcessRun): RunResult {
  if (result === undefined) throw gone()
  // Written by this file alone.
  return JSON.parse(result) as RunResult
}
