/** Conditions of guided processes over the answers so far, by the engine's own formula library. */
import { analyseFormula } from '../../engine/formula/analyse-formula.ts'
import type { Environment, RawValue } from '../../engine/formula/environment.ts'
import { evaluateOrFail } from '../../engine/formula/evaluate-formula.ts'
import { add, parseRational, printRational, zero } from '../../engine/formula/rational.ts'
import { printPath } from '../../engine/formula/syntax.ts'
import type { Formula } from '../../engine/formula/tree.ts'
import type { FieldMention } from '../../engine/formula/types.ts'
import { utc } from '../../engine/formula/zone.ts'
import type { ProcessCondition, ProcessValues } from '../base/wire-processes.ts'
import type { Value } from '../base/wire.ts'

/** Undefined where the browser cannot decide. */
export function decided(
  condition: ProcessCondition,
  input: ProcessValues,
  entry?: ReadonlyMap<string, Value>,
): boolean | undefined {
  const formula = condition ? compiled(condition) : undefined
  if (formula === undefined) return undefined
  const outcome = evaluateOrFail(formula, environmentOf(input, entry))
  return outcome.kind === 'value' ? outcome.value === true : undefined
}

type Written = NonNullable<ProcessCondition>

const formulas = new WeakMap<Written, { readonly formula: Formula | undefined }>()

function compiled(condition: Written): Formula | undefined {
  const known = formulas.get(condition)
  if (known !== undefined) return known.formula
  const byPath = new Map(condition.mentions.map((one) => [one.path.toLowerCase(), one]))
  const { formula } = analyseFormula({
    text: condition.formula,
    context: 'flow',
    result: { type: 'Checkbox' },
    scope: {
      resolve: (steps) => {
        const path = printPath(steps)
        const found = byPath.get(path.toLowerCase())
        // The server sent the mention; its kinds are those of the library.
        return found === undefined
          ? { problem: { sentence: '{path} names no attribute', values: { path } } }
          : (found as FieldMention)
      },
    },
  })
  formulas.set(condition, { formula })
  return formula
}

function environmentOf(
  { process, values, entries, now }: ProcessValues,
  entry: ReadonlyMap<string, Value> | undefined,
): Environment {
  const transitions = process.zone.map(([from, offsetMs]) => ({ from, offsetMs }))
  return {
    read: ({ path }) => {
      if (path.startsWith('$')) return raw(process.globals[path])
      if (path.includes('.')) return overGroup(entries, path)
      return raw(entry?.get(path)) ?? raw(values.get(path))
    },
    now,
    zone: transitions.length === 0 ? utc : { name: 'user', transitions },
  }
}

function raw(value: Value | undefined): RawValue {
  return typeof value === 'object' ? null : value
}

/** `Group.Count`, `Group.Sum.Attribute`. */
function overGroup(entries: ProcessValues['entries'], path: string): RawValue {
  const [group = '', word, attribute = ''] = path.split('.')
  const list = entries.get(group) ?? []
  if (word === 'Count') return list.length
  const sum = list.reduce((total, values) => {
    const value = parseRational(String(values.get(attribute) ?? ''))
    return value === undefined ? total : add(total, value)
  }, zero)
  return printRational(sum)
}
