/** A small object for formula tests, with values, and the shortest way to a result. */
import { message } from '../../../engine/base/message.ts'
import { analyseFormula } from '../../../engine/formula/analyse-formula.ts'
import type { Environment, RawValue } from '../../../engine/formula/environment.ts'
import { evaluateOrFail } from '../../../engine/formula/evaluate-formula.ts'
import { printDay, printInstant, printTime } from '../../../engine/formula/calendar.ts'
import { printNumber } from '../../../engine/formula/functions/powers.ts'
import type { Formula } from '../../../engine/formula/tree.ts'
import type { Rational } from '../../../engine/formula/rational.ts'
import type {
  BlankHandling,
  FieldMention,
  FormulaContext,
  Scope,
} from '../../../engine/formula/types.ts'
import { utc } from '../../../engine/formula/zone.ts'

const mentions: readonly FieldMention[] = [
  { kind: 'text', path: 'Name' },
  { kind: 'text', path: 'Code' },
  { kind: 'id', path: 'Id' },
  { kind: 'number', path: 'Count', precision: 18, scale: 0 },
  { kind: 'number', path: 'Ratio', precision: 18, scale: 6 },
  { kind: 'currency', path: 'Amount', precision: 18, scale: 2 },
  { kind: 'currency', path: 'Small', precision: 8, scale: 2 },
  { kind: 'percent', path: 'Share', precision: 5, scale: 2 },
  { kind: 'boolean', path: 'Active' },
  { kind: 'date', path: 'Start' },
  { kind: 'date', path: 'Finish' },
  { kind: 'datetime', path: 'Created' },
  { kind: 'datetime', path: 'Closed' },
  { kind: 'time', path: 'Opens' },
  { kind: 'time', path: 'Closes' },
  { kind: 'picklist', path: 'Status', values: ['Open', 'Won', 'Lost'] },
  { kind: 'multipicklist', path: 'Colours' },
  { kind: 'location', path: 'Place' },
  { kind: 'unusable', path: 'Story', kindLabel: message('a long text') },
  { kind: 'text', path: 'Owner:User.Name', ownField: false },
  { kind: 'text', path: 'Parent.Name', ownField: false },
  { kind: 'text', path: '$User.Id', ownField: false, volatile: true },
  {
    kind: 'text',
    path: '$ObjectType.Zip__c.Fields.City__c',
    fieldOf: { object: 'Zip__c', field: 'City__c' },
  },
  {
    kind: 'text',
    path: '$ObjectType.Zip__c.Fields.Name',
    fieldOf: { object: 'Zip__c', field: 'Name' },
  },
]

export const sampleMentions: ReadonlyMap<string, FieldMention> = new Map(
  mentions.map((mention) => [mention.path.toLowerCase(), { ownField: true, ...mention }]),
)

export const sampleScope: Scope = {
  resolve(path) {
    const written = path
      .map((step) => (step.target === undefined ? step.name : `${step.name}:${step.target}`))
      .join('.')
    const problem = message('There is no field {written}', { written })
    return sampleMentions.get(written.toLowerCase()) ?? { problem }
  },
}

export type Values = Readonly<Record<string, RawValue>>

export interface SampleOptions {
  readonly values?: Values
  readonly context?: FormulaContext
  readonly blanks?: BlankHandling
  readonly environment?: Partial<Environment>
}

export function check(text: string, options: SampleOptions = {}): Formula {
  const { context = 'rule', blanks = 'blank' } = options
  const { formula, problem } = analyseFormula({ text, scope: sampleScope, context, blanks })
  if (formula === undefined)
    throw new Error(`${problem.message} (${problem.line}:${problem.column})`)
  return formula
}

export function problemOf(text: string, context: FormulaContext = 'rule'): string {
  const { problem } = analyseFormula({ text, scope: sampleScope, context })
  return problem === undefined ? 'no problem' : problem.message
}

/** 2026-11-22 09:30:00 UTC, a Sunday. */
export const sampleNow = Date.UTC(2026, 10, 22, 9, 30)

export function sampleEnvironment(options: SampleOptions = {}): Environment {
  const { values = {} } = options
  return {
    read: (mention) => values[mention.path] ?? null,
    now: sampleNow,
    zone: utc,
    ...options.environment,
  }
}

/** The value in a readable form: "12.5", true, null, "2026-11-22"; "#Error!" for a failure. */
export function valueOf(text: string, options: SampleOptions = {}): string | boolean | null {
  const formula = check(text, options)
  const outcome = evaluateOrFail(formula, sampleEnvironment(options))
  if (outcome.kind === 'failure') return '#Error!'
  const { value } = outcome
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value
  const { kind } = formula.type
  if (kind === 'date') return printDay(Number(value))
  if (kind === 'datetime') return printInstant(Number(value))
  if (kind === 'time') return printTime(Number(value))
  if (kind === 'location') return JSON.stringify(value)
  return printNumber(value as Rational, formula.type.endless === true)
}
