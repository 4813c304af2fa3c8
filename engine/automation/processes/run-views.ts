/** What is answered about runs: those kept for later, what one offers to choose from, and what became of it. */
import type { ServiceProcessChoices } from '../../../metadata/types.ts'
import { inLanguage } from '../../language/in-language.ts'
import type { Model } from '../../model/model.ts'
import type { Caller } from '../../records/records.ts'
import type { AnswerCheck } from './check-answers.ts'
import { outputsOf, type Choice } from './choices.ts'
import type { ProcessParts } from './process-parts.ts'
import { mayRun } from './process-rights.ts'
import { readyProcess } from './ready-process.ts'
import type { ProcessRun } from './run-store.ts'
import type { RunResult } from './submit-run.ts'

export function modelFor({ models }: Pick<ProcessParts, 'models'>, caller: Caller): Model {
  return inLanguage(models.current(), caller.language)
}

/** None where the caller may not run the process any more. */
export function keptView(model: Model, caller: Caller, run: ProcessRun): readonly object[] {
  const process = readyProcess(model, run.process)
  if (process === undefined || !mayRun(model, caller, process.body)) return []
  const { processLabel: label } = process.body
  const modifiedAt = new Date(run.modifiedAt).toISOString()
  return [{ id: run.id, process: run.process, label, recordId: run.recordId ?? null, modifiedAt }]
}

/** Each with what the questions would be filled with. */
export function choicesView(
  { process, around }: AnswerCheck,
  declared: Readonly<ServiceProcessChoices>,
  offered: readonly Choice[],
): object {
  const place = { fields: process.fields, zone: around.zone }
  return {
    choices: offered.map((choice) => {
      const values = [...outputsOf(declared, choice, place)]
      return {
        id: choice.id,
        fields: Object.fromEntries(choice.fields),
        values: Object.fromEntries(values.map(([{ name }, value]) => [name, value])),
      }
    }),
  }
}

/** The records as far as the caller may see them now. */
export async function resultView(
  parts: ProcessParts,
  caller: Caller,
  result: RunResult,
): Promise<object> {
  const model = modelFor(parts, caller)
  const records = await Promise.all(
    result.records.map(async ({ object: name, id, isNew }) => {
      const object = model.object(name)
      const isSeen = object !== undefined && (await parts.records.sees(caller, object.name, id))
      return isSeen ? [{ object: object.name, label: object.label, id, isNew }] : []
    }),
  )
  const body = readyProcess(model, result.process)?.body
  return {
    id: result.run,
    state: 'Submitted',
    process: { name: result.process, label: body?.processLabel ?? result.process },
    closingMessage: body?.closingMessage ?? null,
    records: records.flat(),
  }
}
