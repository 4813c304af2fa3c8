/** Formulas while they are written: what may stand in them, and what is wrong with one. */
import { message } from '../../base/message.ts'
import type { Say } from '../../deploy/plan-in-words.ts'
import { say } from '../../language/say.ts'
import { modelFor, wordsFor } from '../language-of.ts'
import { refuse, type Refusal } from '../../base/refusal.ts'
import { analyseFormula, type Analysis } from '../../formula/analyse-formula.ts'
import { signature } from '../../formula/function-entry.ts'
import { formulaFunctions } from '../../formula/functions/index.ts'
import { ownResult, type FormulaResult } from '../../formula/result.ts'
import type { BlankHandling, FormulaContext } from '../../formula/types.ts'
import { indexOf } from '../../model/compile-model.ts'
import { defaultScope } from '../../model/default-value.ts'
import { circleThrough } from '../../model/formula-circle.ts'
import { formulaGlobals } from '../../model/formula-globals.ts'
import { recordScope } from '../../model/formula-scope.ts'
import type { Model, ObjectModel } from '../../model/model.ts'
import { computesInSql } from '../../query/plan-formula.ts'
import type { FormulaSample } from '../../records/formulas/sample-value.ts'
import type { AppParts } from '../app-parts.ts'
import { jsonObject, textMember } from '../json-request.ts'
import { json } from '../respond.ts'
import { setupRoute, type Call, type Route } from '../route.ts'
import { own } from './addresses.ts'

type Parts = Pick<AppParts, 'deployer' | 'records'>

export function formulaRoutes(parts: Parts): readonly Route[] {
  return [
    setupRoute('GET', `${own}/formulas/language`, (call) =>
      json(language(modelFor(parts, call.caller))),
    ),
    setupRoute('POST', `${own}/formulas/check`, (call) => check(parts, call)),
  ]
}

/** The registries of functions and globals, as editors list and explain them. */
function language(model: Model): unknown {
  return {
    functions: [...formulaFunctions.values()].map((entry) => ({
      name: entry.name,
      signature: signature(entry),
      group: entry.group,
      doc: say(model, entry.doc),
      contexts: entry.contexts ?? contexts,
    })),
    globals: formulaGlobals.map(({ name, purpose }) => ({ name, purpose: say(model, purpose) })),
  }
}

async function check(parts: Parts, call: Call): Promise<Response> {
  const body = await jsonObject(call.request)
  const model = parts.deployer.store.current()
  const object = model.object(textMember(body, 'object'))
  if (object === undefined) throw refuse('NOT_FOUND', message('There is no such object.'))
  const result = readResult(body.get('result'))
  const context = oneOf(body, 'context', contexts)
  const analysis = analyseFormula({
    text: textMember(body, 'text'),
    scope:
      context === 'default'
        ? defaultScope(object.name, indexOf(model))
        : recordScope(model, object),
    context,
    blanks: body.has('blanks') ? oneOf(body, 'blanks', blankHandlings) : 'blank',
    ...(result === undefined ? {} : { result }),
  })
  const field = textMember(body, 'field')
  const circle =
    field === '' || analysis.formula === undefined
      ? undefined
      : circleThrough(model, { object, field, formula: analysis.formula })
  const words = wordsFor(parts, call.caller)
  if (circle !== undefined) {
    const told = message('The value would depend on itself, by {field}', { field: circle })
    return json({ problem: wholeText(body, words(told)) })
  }
  const id = textMember(body, 'recordId') || undefined
  const { formula } = analysis
  const isTried = formula !== undefined && (id !== undefined || context === 'default')
  const sample = isTried
    ? { sample: await sampled(parts, call, { object, id, formula, result }) }
    : {}
  return json({
    ...view(analysis, words),
    ...inSql(model, { object, analysis, result }),
    ...sample,
  })
}

interface Draft {
  readonly object: ObjectModel
  readonly analysis: Analysis
  readonly result: FormulaResult | undefined
}

/** Only fields stand in queries: whether lists can be filtered and sorted by this one. */
function inSql(model: Model, { object, analysis, result }: Draft): object {
  const { formula } = analysis
  if (formula?.context !== 'field') return {}
  const given = result ?? ownResult(formula.type.kind)
  return { computedInSql: computesInSql(model, object, { formula, result: given }) }
}

function wholeText(body: ReadonlyMap<string, unknown>, message: string): object {
  return { message, line: 1, column: 1, start: 0, end: textMember(body, 'text').length }
}

async function sampled(parts: Parts, call: Call, sample: FormulaSample): Promise<object> {
  const outcome = await parts.records.sampleFormula(call.caller, sample)
  if (outcome.kind === 'failure') return { failure: wordsFor(parts, call.caller)(outcome.told) }
  const { value } = outcome
  // Instants and times of day come as milliseconds.
  return { value: typeof value === 'number' ? new Date(value).toISOString() : value }
}

function view({ formula, problem }: Analysis, words: Say): object {
  if (formula === undefined) {
    const { told, line, column, span } = problem
    return { problem: { message: words(told), line, column, start: span.start, end: span.end } }
  }
  return {
    problem: null,
    type: formula.type.kind,
    mentions: formula.mentions.map((mention) => mention.path),
    functions: formula.functions,
    volatile: formula.volatile,
  }
}

const contexts: readonly FormulaContext[] = ['field', 'rule', 'default', 'flow']
const blankHandlings: readonly BlankHandling[] = ['zero', 'blank']

function oneOf<Word extends string>(
  body: ReadonlyMap<string, unknown>,
  name: string,
  words: readonly Word[],
): Word {
  const found = words.find((word) => word === body.get(name))
  if (found === undefined) throw bad(name, `one of ${words.join(', ')}`)
  return found
}

const plainTypes = ['Text', 'Checkbox', 'Date', 'DateTime', 'Time'] as const
const numberTypes = ['Number', 'Currency', 'Percent'] as const

/** `{ "type": "Number", "scale": 2 }`; undefined where any type will do. */
function readResult(value: unknown): FormulaResult | undefined {
  if (value === undefined || value === null) return undefined
  const given = new Map(Object.entries(value))
  const type = given.get('type')
  const plain = plainTypes.find((one) => one === type)
  if (plain !== undefined) return { type: plain }
  const number = numberTypes.find((one) => one === type)
  const scale = given.get('scale') ?? 0
  const isScale =
    typeof scale === 'number' && Number.isInteger(scale) && scale >= 0 && scale <= scaleMax
  if (number === undefined || !isScale) {
    throw bad('result', `a type such as Text or Number, and a scale up to ${scaleMax}`)
  }
  return { type: number, scale }
}

const scaleMax = 18

function bad(name: string, wanted: string): Refusal {
  return refuse('INVALID_ARGUMENT', `"${name}" must be ${wanted}.`, { fields: [name] })
}
