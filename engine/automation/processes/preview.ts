/** A process that is being built, run without keeping anything: what is submitted is made and taken back. */
import { message } from '../../base/message.ts'
import { Refusal, refuse } from '../../base/refusal.ts'
import { indexOf } from '../../model/compile-model.ts'
import type { Declaration } from '../../model/declaration.ts'
import type { Model } from '../../model/model.ts'
import { parseDeclarations } from '../../model/parse-declarations.ts'
import { checkServiceProcess, isProcess } from '../../model/processes/check-process-file.ts'
import type { Caller, RecordBody } from '../../records/records.ts'
import { noAnswers, parseAnswers } from './answers.ts'
import { askedAnswers, checkScreens, refuseProblems } from './check-answers.ts'
import { makeRecords, type MadeRecord } from './make-records.ts'
import type { ProcessParts } from './process-parts.ts'
import { mayRun } from './process-rights.ts'
import { makeReady, type ReadyProcess } from './ready-process.ts'
import { checkOf, checkStep, firstScreen, merged, offeredView, openView } from './run-steps.ts'
import { modelFor } from './run-views.ts'
import { startAnswers, startedRecord } from './start-answers.ts'

export interface PreviewAsk {
  /** JSON of the process as it is now. */
  readonly body: string
  readonly recordId: string | undefined
  readonly action: 'start' | 'answer' | 'choices' | 'submit'
  /** The step that is answered, or what is chosen. */
  readonly of: string | undefined
  readonly answers: RecordBody
}

/** Refuses a process that could not be saved, and one that whoever looks at it could not run. */
export async function preview(
  parts: ProcessParts,
  caller: Caller,
  ask: PreviewAsk,
): Promise<object> {
  const model = modelFor(parts, caller)
  const process = readyDraft(model, ask.body)
  if (!mayRun(model, caller, process.body)) {
    const told = message(
      'You may not run this process yourself: it makes or asks for something that is not open to you.',
    )
    throw refuse('INSUFFICIENT_ACCESS_OR_READONLY', told)
  }
  const recordId = startedRecord({ process, model }, ask.recordId)
  const check = await checkOf(parts, caller, { process, recordId, answers: noAnswers })
  const begun = await startAnswers(check)
  const shown = { id: '', state: 'Open' } as const
  if (ask.action === 'start') {
    const started = { ...check, answers: begun }
    return openView(started, { ...shown, screen: firstScreen(started) })
  }
  const answers = merged(process, begun, parseAnswers(process, ask.answers))
  const given = { ...check, answers }
  if (ask.action === 'choices') return offeredView(given, ask.of ?? '')
  if (ask.action === 'answer') {
    const step = await checkStep(given, ask.of)
    return openView({ ...check, answers: step.answers }, { ...shown, screen: step.next })
  }
  const checked = await checkScreens(given, process.screens)
  refuseProblems(checked.problems)
  const situation = { ...given, answers: checked.answers }
  const made = await rehearsed(parts, { ...situation, answers: askedAnswers(situation) })
  return {
    id: '',
    state: 'Submitted',
    process: { name: process.name, label: process.body.processLabel },
    closingMessage: process.body.closingMessage ?? null,
    records: made.map(({ object, id, isNew }) => {
      return { object, label: model.object(object)?.label ?? object, id, isNew }
    }),
  }
}

function readyDraft(model: Model, text: string): ReadyProcess {
  const path = `serviceProcesses/${nameIn(text)}.json`
  const { declarations, problems } = parseDeclarations([{ path, text }])
  const found: Declaration | undefined = declarations[0]
  const declaration = found !== undefined && isProcess(found) ? found : undefined
  const all =
    declaration === undefined
      ? problems
      : [...problems, ...checkServiceProcess(declaration, indexOf(model)).problems]
  const [first] = all
  if (first !== undefined) {
    throw new Refusal(
      all.map(({ reason, told }) => ({
        message: reason,
        errorCode: 'INVALID_ARGUMENT' as const,
        fields: [],
        ...(told === undefined ? {} : { told }),
      })),
    )
  }
  if (declaration === undefined)
    throw refuse('INVALID_ARGUMENT', '"body" must be a ServiceProcess.')
  return makeReady(model, declaration.body)
}

/** Files are named like what is in them. */
function nameIn(text: string): string {
  const body: unknown = JSON.parse(text)
  const named = typeof body === 'object' && body !== null && 'fullName' in body ? body.fullName : ''
  return typeof named === 'string' && /^[A-Za-z]\w{0,79}$/.test(named) ? named : 'Preview'
}

/** Ends the unit of work, so that nothing of it stays. */
class TakenBack extends Error {
  readonly made: readonly MadeRecord[]
  constructor(made: readonly MadeRecord[]) {
    super('a preview keeps nothing')
    this.made = made
  }
}

async function rehearsed(
  { records }: ProcessParts,
  input: Omit<Parameters<typeof makeRecords>[0], 'records'>,
): Promise<readonly MadeRecord[]> {
  try {
    await records.together(async (within) => {
      throw new TakenBack(await makeRecords({ ...input, records: within }))
    })
  } catch (error) {
    if (error instanceof TakenBack) return error.made
    throw error
  }
  return []
}
