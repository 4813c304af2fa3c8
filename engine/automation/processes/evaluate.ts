/** Formulas over answers: what is asked, what is wrong, what records get. */
import { parseRational, printUnits, roundedUnits, type Rational } from '../../formula/rational.ts'
import { add, zero } from '../../formula/rational.ts'
import type { Environment, RawValue } from '../../formula/environment.ts'
import { computedInstant } from '../../formula/computed-instant.ts'
import { computeResult, ownResult, type FormulaResult } from '../../formula/result.ts'
import type { FieldMention, TypeKind } from '../../formula/types.ts'
import { countStep } from '../../model/processes/process-scope.ts'
import type { FormulaValues } from '../../records/formula-values.ts'
import type { Answers, AnswerValues, Entry } from './answers.ts'
import type { ReadyProcess } from './ready-process.ts'

/** Of whom and of what formulas speak. */
export interface Situation {
  readonly process: ReadyProcess
  readonly answers: Answers
  readonly around: FormulaValues
}

export interface EntryPlace {
  readonly group: string
  readonly entry: Entry
}

/** True where there is no formula, too. */
export function holds(situation: Situation, text: string | undefined, place?: EntryPlace): boolean {
  return text === undefined || computed(situation, text, { place, result: truth }) === true
}

const truth: FormulaResult = { type: 'Checkbox' }

export interface ComputeOptions {
  readonly place?: EntryPlace | undefined
  readonly result?: FormulaResult
}

/** In the form that bodies of records have; null where there is no value. */
export function computed(
  situation: Situation,
  text: string,
  { place, result }: ComputeOptions = {},
): string | number | boolean | null {
  const formula = situation.process.formula(text, place?.group)
  if (formula === undefined) return null
  const environment = environmentOf(situation, place?.entry)
  const { kind } = formula.type
  return bodyValue(computeResult(formula, environment, result ?? ownResult(kind)), kind)
}

/** The value that an attribute begins with. */
export function computedDefault(
  { process, around }: Omit<Situation, 'answers'>,
  text: string,
): string | number | boolean | null {
  const formula = process.defaultOf(text)
  if (formula === undefined) return null
  const environment = { read: globalsReader(around), now: around.now, zone: around.zone }
  const { kind } = formula.type
  return bodyValue(computeResult(formula, environment, ownResult(kind)), kind)
}

function bodyValue(
  outcome: ReturnType<typeof computeResult>,
  kind: TypeKind,
): string | number | boolean | null {
  return outcome.kind === 'failure' ? null : computedInstant(outcome.value, kind)
}

function environmentOf({ answers, around }: Situation, entry: Entry | undefined): Environment {
  const globals = globalsReader(around)
  return {
    read: (mention) => {
      if (mention.path.startsWith('$')) return globals(mention)
      if (mention.path.includes('.')) return overGroup(answers, mention)
      return raw(entry?.values, mention.path) ?? raw(answers.values, mention.path)
    },
    now: around.now,
    zone: around.zone,
  }
}

function globalsReader({ globals }: FormulaValues): Environment['read'] {
  return ({ path }) => globals.get(path)
}

function raw(values: AnswerValues | undefined, name: string): RawValue {
  const value = values?.get(name) ?? null
  return typeof value === 'object' ? null : value
}

/** `Group.Count` or `Group.Sum.Attribute`, exactly. */
function overGroup({ entries }: Answers, { path, scale = 0 }: FieldMention): RawValue {
  const [group = '', word, attribute = ''] = path.split('.')
  const list = entries.get(group) ?? []
  if (word === countStep) return list.length
  const sum = list.reduce<Rational>((total, { values }) => {
    const value = parseRational(String(values.get(attribute) ?? ''))
    return value === undefined ? total : add(total, value)
  }, zero)
  return printUnits(roundedUnits(sum, scale), scale)
}
