/** Attributes of declared fields: the type's own schema, value sets, controlling fields. */
import { message, type Message } from '../base/message.ts'
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import type { FieldType } from '../fields/field-type.ts'
import { nearestName } from '../base/nearest-name.ts'
import type { SourceProblem } from './declaration.ts'
import type { FieldSketch, ObjectOutline } from './object-outline.ts'
import { picklistEntries, type ValueSetLookup } from './picklist-entries.ts'
import { didYouMean, problemAt, type Finding, type Pointer } from './source-problem.ts'

// The schemas are the field types' own and proved right by a test; compiling their schema's schema takes long.
const ajv = new Ajv({
  allErrors: true,
  strict: false,
  allowUnionTypes: true,
  meta: false,
  validateSchema: false,
})
const validators = new WeakMap<FieldType, ValidateFunction>()

function validatorOf(type: FieldType): ValidateFunction {
  const known = validators.get(type)
  if (known !== undefined) return known
  const made = ajv.compile(type.options)
  validators.set(type, made)
  return made
}

/** Compiles what the first check of a declared field would wait for. */
export function prepareFieldChecks(type: FieldType): void {
  validatorOf(type)
}

export function checkFields(
  outline: ObjectOutline,
  valueSets: ValueSetLookup,
): readonly SourceProblem[] {
  const problems: SourceProblem[] = []
  const written = new Set((outline.declaration.body.fields ?? []).map((one) => one.fullName))
  for (const field of outline.fields) {
    // What the engine itself adds to an object is as it shall be.
    if (field.origin !== 'name' && !written.has(field.name)) continue
    const context: FieldContext = { outline, field, valueSets, problems }
    checkOptions(context)
    checkValues(context)
    checkControl(context)
  }
  return problems
}

interface FieldContext {
  readonly outline: ObjectOutline
  readonly field: FieldSketch
  readonly valueSets: ValueSetLookup
  readonly problems: SourceProblem[]
}

function pointerTo({ outline, field }: FieldContext): Pointer {
  if (field.origin === 'name') return ['nameField']
  const fields = outline.declaration.body.fields ?? []
  return ['fields', fields.findIndex((one) => one.fullName === field.name)]
}

function report(context: FieldContext, pointer: Pointer, finding: Finding): void {
  const component = `${context.outline.name}.${context.field.name}`
  const place = [...pointerTo(context), ...pointer]
  context.problems.push(problemAt(context.outline.declaration, place, { component, ...finding }))
}

function checkOptions(context: FieldContext): void {
  const { field } = context
  const validate = validatorOf(field.type)
  if (validate(field.options)) return
  for (const error of validate.errors ?? []) {
    const pointer = error.instancePath.split('/').slice(1)
    const values = {
      field: `${context.outline.name}.${field.name}`,
      type: field.type.name,
      attribute: pointer.join('.'),
      problem: wording(error),
    }
    const reason =
      pointer.length === 0
        ? message('{field} ({type}): attribute {problem}', values)
        : message('{field} ({type}): attribute "{attribute}" {problem}', values)
    report(context, pointer, { reason })
  }
}

function wording({ keyword, params, message: said }: ErrorObject): Message | string {
  const words = wordings.get(keyword)
  return (
    words?.(new Map<string, unknown>(Object.entries(params))) ?? said ?? message('is not allowed')
  )
}

type Params = ReadonlyMap<string, unknown>

const limit = (params: Params): { limit: number } => ({ limit: Number(params.get('limit')) })
const names = (value: unknown): string => JSON.stringify(value)

/** By the keyword of the schema that was not met. */
const wordings: ReadonlyMap<string, (params: Params) => Message> = new Map([
  ['false schema', () => message('does not belong to this type')],
  [
    'additionalProperties',
    (params: Params) =>
      message('{name} does not belong to this type', {
        name: names(params.get('additionalProperty')),
      }),
  ],
  [
    'const',
    (params: Params) =>
      message('must be {value} for this type', { value: names(params.get('allowedValue')) }),
  ],
  [
    'enum',
    (params: Params) =>
      message('must be one of {values}', { values: names(params.get('allowedValues')) }),
  ],
  [
    'required',
    (params: Params) =>
      message('"{name}" is missing', { name: String(params.get('missingProperty')) }),
  ],
  ['minimum', (params: Params) => message('must be at least {limit}', limit(params))],
  ['maximum', (params: Params) => message('must be at most {limit}', limit(params))],
  ['maxLength', (params: Params) => message('must have at most {limit} characters', limit(params))],
  [
    'minLength',
    (params: Params) => message('must have at least {limit} characters', limit(params)),
  ],
  ['minItems', (params: Params) => message('must have at least {limit} entries', limit(params))],
  ['maxItems', (params: Params) => message('must have at most {limit} entries', limit(params))],
  [
    'pattern',
    (params: Params) =>
      message('does not have the form {form}', { form: String(params.get('pattern')) }),
  ],
])

function checkValues(context: FieldContext): void {
  const values = context.field.options.valueSet?.valueSetDefinition?.value ?? []
  const seen = new Set<string>()
  values.forEach((value, index) => {
    const folded = value.fullName.toLowerCase()
    if (seen.has(folded)) {
      const pointer = ['valueSet', 'valueSetDefinition', 'value', index]
      const reason = message('the value "{value}" stands twice in {field}', {
        value: value.fullName,
        field: context.field.name,
      })
      report(context, pointer, { reason })
    }
    seen.add(folded)
  })
}

/** A controlling field is a picklist or a checkbox, its settings name values of both, and no circle is closed. */
function checkControl(context: FieldContext): void {
  const { outline, field } = context
  const set = field.options.valueSet
  if (set?.controllingField === undefined) return
  const controller = outline.byName.get(set.controllingField.toLowerCase())
  // An unknown one is found among the mentions.
  if (controller === undefined) return
  const allowed = controllingValues(controller, context.valueSets)
  if (allowed === undefined) {
    const reason = message(
      '{controller} cannot control {field}: only a picklist or a checkbox can',
      { controller: set.controllingField, field: field.name },
    )
    report(context, ['valueSet', 'controllingField'], { reason })
    return
  }
  if (closesCircle(outline, field)) {
    const reason = message('{field} controls itself in a circle', { field: field.name })
    report(context, ['valueSet', 'controllingField'], { reason })
  }
  const own = (picklistEntries(field.options, context.valueSets) ?? []).map((entry) => entry.value)
  set.valueSettings?.forEach((setting, index) => {
    checkSetting(context, {
      own,
      allowed,
      names: [setting.valueName],
      into: own,
      pointer: ['valueSet', 'valueSettings', index, 'valueName'],
    })
    const names = setting.controllingFieldValue ?? []
    checkSetting(context, {
      own,
      allowed,
      names,
      into: allowed,
      pointer: ['valueSet', 'valueSettings', index, 'controllingFieldValue'],
    })
  })
}

interface SettingCheck {
  readonly own: readonly string[]
  readonly allowed: readonly string[]
  readonly names: readonly string[]
  readonly into: readonly string[]
  readonly pointer: Pointer
}

function checkSetting(context: FieldContext, check: SettingCheck): void {
  for (const name of check.names) {
    if (check.into.includes(name)) continue
    const values = { field: context.field.name, name }
    const reason =
      check.into === check.own
        ? message(
            'the dependent values of {field} name "{name}", which {field} does not have',
            values,
          )
        : message(
            'the dependent values of {field} name "{name}", which the controlling field does not have',
            values,
          )
    const suggestion = didYouMean(nearestName(name, check.into))
    report(context, check.pointer, { reason, suggestion })
  }
}

function controllingValues(
  controller: FieldSketch,
  valueSets: ValueSetLookup,
): readonly string[] | undefined {
  const columns = Object.values(controller.type.columns(controller.options))
  if (columns.length === 1 && columns[0]?.kind === 'boolean')
    return ['true', 'false', 'checked', 'unchecked']
  if (controller.options.valueSet === undefined) return undefined
  return (picklistEntries(controller.options, valueSets) ?? []).map((entry) => entry.value)
}

function closesCircle(outline: ObjectOutline, field: FieldSketch): boolean {
  const seen = new Set<string>()
  let current: FieldSketch | undefined = field
  while (current !== undefined && !seen.has(current.name)) {
    seen.add(current.name)
    const next: string | undefined = current.options.valueSet?.controllingField
    current = next === undefined ? undefined : outline.byName.get(next.toLowerCase())
  }
  return current === field
}
