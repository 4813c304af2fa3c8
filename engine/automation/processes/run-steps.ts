/** One step of a run: answers taken over, checked, and which step comes after. */
import { message } from '../../base/message.ts'
import { refuse, type Refusal } from '../../base/refusal.ts'
import type { ProcessScreen } from '../../model/processes/process-parts.ts'
import { formulaValues } from '../../records/formula-values.ts'
import { gateOf } from '../../records/targets.ts'
import type { Caller } from '../../records/records.ts'
import { answersJson, type Answers } from './answers.ts'
import {
  checkScreens,
  groupNamed,
  isShown,
  refuseProblems,
  shapeProblems,
  type AnswerCheck,
} from './check-answers.ts'
import { offeredChoices } from './choices.ts'
import type { ProcessParts } from './process-parts.ts'
import { processView } from './process-view.ts'
import type { ReadyProcess } from './ready-process.ts'
import { choicesView, modelFor } from './run-views.ts'

export interface CheckInput {
  readonly process: ReadyProcess
  readonly recordId: string | undefined
  readonly answers: Answers
}

export async function checkOf(
  parts: ProcessParts,
  caller: Caller,
  input: CheckInput,
): Promise<AnswerCheck> {
  const { models, storage, records, clock } = parts
  const asked = { context: { models, storage }, caller, now: clock.now() }
  const around = await formulaValues(asked, input.process.globals)
  return { ...input, around, records, caller, model: modelFor(parts, caller) }
}

export function firstScreen(check: AnswerCheck): string | undefined {
  return check.process.screens.find((screen) => isShown(check, screen))?.name
}

/** Attributes that are only shown keep what was filled in. */
export function merged(process: ReadyProcess, before: Answers, given: Answers): Answers {
  const isEntered = (name: string): boolean =>
    process.fields.get(name.toLowerCase())?.attribute.isReadOnly !== true
  const entered = [...given.values].filter(([name]) => isEntered(name))
  return {
    values: new Map([...before.values, ...entered]),
    entries: new Map([...before.entries, ...given.entries]),
  }
}

export function noStep(): Refusal {
  return refuse('NOT_FOUND', message('There is no such step.'), { fields: ['screen'] })
}

export interface CheckedStep {
  readonly answers: Answers
  /** Undefined behind the last step. */
  readonly next: string | undefined
}

/** Refuses with all that is wrong in the step. */
export async function checkStep(
  check: AnswerCheck,
  name: string | undefined,
): Promise<CheckedStep> {
  const screen = check.process.screens.find((one) => one.name === name)
  if (screen === undefined) throw noStep()
  const { answers, problems } = await checkScreens(check, [screen])
  const told = new Set(problems.flatMap(({ fields }) => fields))
  const elsewhere = shapeProblems(check, answers)
  refuseProblems([...problems, ...elsewhere.filter(({ fields: [at = ''] }) => !told.has(at))])
  return { answers, next: screenAfter({ ...check, answers }, screen) }
}

function screenAfter(check: AnswerCheck, { name }: ProcessScreen): string | undefined {
  const at = check.process.screens.findIndex((screen) => screen.name === name)
  return check.process.screens.slice(at + 1).find((screen) => isShown(check, screen))?.name
}

/** What an attribute or a group offers. */
export async function offeredView(check: AnswerCheck, of: string): Promise<object> {
  refuseProblems(shapeProblems(check, check.answers))
  const { process, records, caller, model, answers, recordId } = check
  const choices =
    process.fields.get(of.toLowerCase())?.attribute.choices ?? groupNamed(process, of)?.choices
  if (choices === undefined) {
    throw refuse('NOT_FOUND', message('There are no records to choose from.'), { fields: ['of'] })
  }
  const ask = { records, caller, model, choices, values: answers.values, recordId }
  return choicesView(check, choices, await offeredChoices(ask))
}

export interface ShownRun {
  readonly id: string
  readonly state: 'Open' | 'Saved'
  readonly screen: string | undefined
}

export function openView(check: AnswerCheck, { id, state, screen }: ShownRun): object {
  return {
    id,
    state,
    screen: screen ?? null,
    recordId: check.recordId ?? null,
    answers: answersJson(check.answers),
    process: processView({ ...check, gate: gateOf(check.model, check.caller) }),
  }
}
