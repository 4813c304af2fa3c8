/**
 * The validation rules of a form, evaluated by the engine's own formula library. Loaded when a form has rules; the
 * only place of the screens that runs code of the engine (decision 0009).
 */
import { analyseFormula } from '../../engine/formula/analyse-formula.ts'
import type { Environment, RawValue } from '../../engine/formula/environment.ts'
import { evaluateOrFail } from '../../engine/formula/evaluate-formula.ts'
import { parseRational, printUnits, roundedUnits } from '../../engine/formula/rational.ts'
import { printPath } from '../../engine/formula/syntax.ts'
import type { Formula } from '../../engine/formula/tree.ts'
import type { FieldMention, Scope } from '../../engine/formula/types.ts'
import { utc, type ZoneTable } from '../../engine/formula/zone.ts'
import { fieldOf, partsOf } from '../base/form-state.ts'
import type { FormState } from '../base/form-state.ts'
import { multipicklistValues } from '../base/formats.ts'
import type {
  FieldInfo,
  FormFacts,
  ObjectInfo,
  RuleInfo,
  Value,
  WireProblem,
} from '../base/wire.ts'

export interface RuledForm {
  readonly form: FormState
  readonly describe: ObjectInfo
  /** Milliseconds since 1970, by the clock of the server. */
  readonly now: number
}

/** What the server would refuse, in its words; rules that the browser cannot decide are left out. */
export function failingRules(facts: FormFacts, ruled: RuledForm): readonly WireProblem[] {
  const environment = environmentOf(facts, ruled)
  return facts.rules.flatMap((rule) => {
    const formula = compiled(rule)
    if (formula === undefined || isDecidedByServer(formula, ruled.form)) return []
    const outcome = evaluateOrFail(formula, environment)
    if (outcome.kind !== 'value' || outcome.value !== true) return []
    const fields = rule.field === null ? [] : [rule.field]
    return [{ errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: rule.message, fields }]
  })
}

const formulas = new WeakMap<RuleInfo, { readonly formula: Formula | undefined }>()

function compiled(rule: RuleInfo): Formula | undefined {
  const known = formulas.get(rule)
  if (known !== undefined) return known.formula
  const { formula } = analyseFormula({
    text: rule.formula,
    scope: scopeOf(rule),
    context: 'rule',
    result: { type: 'Checkbox' },
  })
  formulas.set(rule, { formula })
  return formula
}

/** The names as the server resolved them. */
function scopeOf({ mentions }: RuleInfo): Scope {
  const byPath = new Map(mentions.map((mention) => [mention.path.toLowerCase(), mention]))
  return {
    resolve: (steps) => {
      const path = printPath(steps)
      const found = byPath.get(path.toLowerCase())
      // The server sent the mention; its kinds are those of the library.
      return found === undefined
        ? { problem: { sentence: '{path} names no field', values: { path } } }
        : (found as FieldMention)
    },
  }
}

/** What the server fills in where the form says nothing. */
const filledByServer: ReadonlySet<string> = new Set(['OwnerId', 'RecordTypeId'])

function isDecidedByServer({ mentions }: Formula, { isNew, values }: FormState): boolean {
  return isNew && mentions.some(({ path }) => filledByServer.has(path) && !values.get(path))
}

function environmentOf(facts: FormFacts, { form, describe, now }: RuledForm): Environment {
  const read =
    (values: ReadonlyMap<string, Value>) =>
    ({ path }: FieldMention): RawValue => {
      if (path.startsWith('$')) return rawGlobal(facts.globals[path])
      const field = fieldOf(describe, path)
      return field === undefined ? null : storedForm(field, values, describe)
    }
  return {
    read: read(form.values),
    now,
    zone: zoneOf(facts),
    isNew: form.isNew,
    isClone: form.isClone === true,
    ...(form.isNew ? {} : { prior: read(form.base) }),
  }
}

function rawGlobal(value: Value | undefined): RawValue {
  return typeof value === 'object' ? null : value
}

const zones = new WeakMap<FormFacts, ZoneTable>()

function zoneOf(facts: FormFacts): ZoneTable {
  const known = zones.get(facts)
  if (known !== undefined) return known
  const transitions = facts.zone.map(([from, offsetMs]) => ({ from, offsetMs }))
  const made = transitions.length === 0 ? utc : { name: 'user', transitions }
  zones.set(facts, made)
  return made
}

/** The value as it will be stored: rules judge what is there after the save. */
function storedForm(
  field: FieldInfo,
  values: ReadonlyMap<string, Value>,
  describe: ObjectInfo,
): RawValue {
  if (field.type === 'location') return locationOf(field, values, describe)
  const value = values.get(field.name) ?? null
  if (value === null || value === '') return null
  if (field.type === 'multipicklist') return inDeclaredOrder(field, value)
  const isDecimal = ['double', 'currency', 'percent', 'int'].includes(field.type)
  if (isDecimal) return rounded(field, value)
  return typeof value === 'object' ? null : value
}

function rounded({ scale = 0 }: FieldInfo, value: Value): RawValue {
  const exact = parseRational(String(value))
  return exact === undefined ? null : printUnits(roundedUnits(exact, scale), scale)
}

function inDeclaredOrder({ picklistValues = [] }: FieldInfo, value: Value): string {
  const rank = new Map(picklistValues.map((entry, index) => [entry.value, index]))
  const rankOf = (one: string): number => rank.get(one) ?? Number.POSITIVE_INFINITY
  const chosen = [...new Set(multipicklistValues(value))]
  const order = (one: string, other: string): number =>
    rankOf(one) === rankOf(other) ? (one < other ? -1 : 1) : rankOf(one) - rankOf(other)
  return chosen.sort(order).join(';')
}

function locationOf(
  field: FieldInfo,
  values: ReadonlyMap<string, Value>,
  describe: ObjectInfo,
): RawValue {
  const [latitude = null, longitude = null] = partsOf(describe, field.name).map((part) => {
    const value = values.get(part.name) ?? null
    return typeof value === 'number' || typeof value === 'string' ? value : null
  })
  return { latitude, longitude }
}
