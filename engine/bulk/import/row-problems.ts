/** What was wrong with a row of an import, in the words of whoever imports it. */
import type { Problem, Refusal } from '../../base/refusal.ts'
import { message } from '../../base/message.ts'
import { inLanguage } from '../../language/in-language.ts'
import { spellIn } from '../../language/say.ts'
import type { Model } from '../../model/model.ts'
import type { failure } from '../row-failure.ts'

export interface RowProblem {
  readonly errorCode: string
  readonly message: string
  readonly fields: readonly string[]
}

/** The text of an outcome: a JSON list of problems. */
export function problemTeller(model: Model, language: string): typeof failure {
  const own = inLanguage(model, language)
  return (refusal, body) => {
    const id = body instanceof Map ? body.get('Id') : undefined
    return [typeof id === 'string' ? id : '', 0, problemsText(own, refusal)]
  }
}

function problemsText(model: Model, refusal: Refusal): string {
  return JSON.stringify(refusal.problems.map((problem) => worded(model, problem)))
}

function worded(model: Model, { errorCode, message: text, fields, told }: Problem): RowProblem {
  return { errorCode, message: told === undefined ? text : spellIn(model, told), fields }
}

/** Written by this file alone. */
export function problemsIn(error: string): readonly RowProblem[] {
  return error === '' ? [] : (JSON.parse(error) as readonly RowProblem[])
}

/** Says that the rehearsal could not take along all that a refused row depends on. */
export function withDoubt(model: Model, language: string, error: string): string {
  if (error === '') return ''
  const text = spellIn(
    inLanguage(model, language),
    message('It depends on more rows of the file than the rehearsal takes along.'),
  )
  const [first, ...rest] = problemsIn(error)
  if (first === undefined) return error
  return JSON.stringify([{ ...first, message: `${first.message} ${text}` }, ...rest])
}
