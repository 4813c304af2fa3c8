/** Inputs checked against what an action says of itself, before it runs. */
import { limits } from '../../base/limits.ts'
import { nearestName } from '../../base/nearest-name.ts'
import { Refusal, type Problem } from '../../base/refusal.ts'
import { normaliseId } from '../../base/record-id.ts'
import type {
  ActionCall,
  ActionParameter,
  ActionValues,
  ActionValueType,
  InvocableAction,
} from './action.ts'

/** Runs it on all inputs, or refuses with what is wrong with which of them. */
export async function invokeAction(
  action: InvocableAction,
  call: ActionCall,
  inputs: readonly ActionValues[],
): Promise<readonly ActionValues[]> {
  const problems = inputs.flatMap((values) => inputProblems(action, values))
  if (problems.length > 0) throw new Refusal(problems)
  const outputs = await action.run(call, inputs)
  if (outputs.length !== inputs.length) throw new Error(`${action.name} answers each input once`)
  return outputs
}

export function inputProblems(action: InvocableAction, values: ActionValues): readonly Problem[] {
  const known = new Map(action.inputs.map((one) => [one.name, one]))
  const unknown = [...values.keys()]
    .filter((name) => !known.has(name))
    .map((name) => {
      const near = nearestName(name, known.keys())
      const advice = near === undefined ? 'leave it out' : `did you mean ${near}`
      return problem(name, `${action.name} has no input ${shown(name)}: ${advice}.`)
    })
  return [
    ...unknown,
    ...action.inputs.flatMap((parameter) => {
      const value = values.get(parameter.name) ?? null
      if (value !== null && value !== '') return valueProblems(action, parameter, value)
      if (parameter.required !== true) return []
      return [
        problem(
          parameter.name,
          `${action.name} needs the input ${parameter.name}.`,
          'REQUIRED_FIELD_MISSING',
        ),
      ]
    }),
  ]
}

function valueProblems(
  action: InvocableAction,
  { name, type, isList = false }: ActionParameter,
  value: unknown,
): readonly Problem[] {
  const values: readonly unknown[] = isList && Array.isArray(value) ? value : [value]
  if (values.length > limits.actionListValuesMax) {
    const most = `at most ${limits.actionListValuesMax} values (actionListValuesMax)`
    return [problem(name, `${action.name}: ${name} takes ${most}.`, 'LIMIT_EXCEEDED')]
  }
  if (values.every((one) => shapes[type].fits(one))) return []
  const many = isList ? ', or a list of such' : ''
  return [problem(name, `${action.name}: ${name} must be ${shapes[type].called}${many}.`)]
}

interface ValueShape {
  readonly called: string
  fits(value: unknown): boolean
}

const isText = (value: unknown): value is string => typeof value === 'string'

const shapes: Readonly<Record<ActionValueType, ValueShape>> = {
  BOOLEAN: { called: 'true or false', fits: (value) => typeof value === 'boolean' },
  DATE: {
    called: 'a date such as 2026-01-31',
    fits: (value) => isText(value) && /^\d{4}-\d\d-\d\d$/.test(value),
  },
  DATETIME: {
    called: 'a moment such as 2026-01-31T10:00:00Z',
    fits: (value) => isText(value) && !Number.isNaN(Date.parse(value)),
  },
  DOUBLE: { called: 'a number', fits: (value) => typeof value === 'number' },
  ID: {
    called: 'the ID of a record',
    fits: (value) => isText(value) && normaliseId(value) !== undefined,
  },
  INTEGER: { called: 'a whole number', fits: Number.isInteger },
  SOBJECT: {
    called: 'a record',
    fits: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  },
  STRING: { called: 'a text', fits: isText },
  ANY: { called: 'a value', fits: () => true },
}

const shownCharsMax = 80

function shown(name: string): string {
  return name.length > shownCharsMax ? `${name.slice(0, shownCharsMax)}…` : name
}

function problem(
  name: string,
  text: string,
  errorCode: Problem['errorCode'] = 'INVALID_ARGUMENT',
): Problem {
  return { errorCode, message: text, fields: [shown(name)] }
}
