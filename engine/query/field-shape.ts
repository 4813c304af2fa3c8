/** JSON shapes of values, checked by validators that are compiled from the field types on first use. */
import { Ajv, type ValidateFunction } from 'ajv'
import type { ValueProblem } from '../fields/field-type.ts'
import type { FieldModel } from '../model/model.ts'

/** What values are checked against: of a field, or of what is asked like one. */
type ShapedField = Pick<FieldModel, 'type' | 'options'>

// Coercion would turn null into 0, false and ''.
// The schemas are the field types' own and proved right by a test.
const ajv = new Ajv({
  coerceTypes: false,
  strict: false,
  ownProperties: true,
  meta: false,
  validateSchema: false,
})
// Fields with equal schemas share one validator: an object of 800 fields compiles a handful.
const bySchema = new Map<string, ValidateFunction>()
const byField = new WeakMap<ShapedField, ValidateFunction>()
const validatorsMax = 5_000

function validatorOf(field: ShapedField): ValidateFunction {
  const known = byField.get(field)
  if (known !== undefined) return known
  const schema = field.type.schema(field.options)
  const key = JSON.stringify(schema)
  const validator = bySchema.get(key) ?? ajv.compile({ ...schema })
  if (bySchema.size >= validatorsMax) bySchema.clear()
  bySchema.set(key, validator)
  byField.set(field, validator)
  return validator
}

/** Undefined when the value has the shape that the field's type accepts; null empties any field. */
export function shapeProblem(field: ShapedField, value: unknown): ValueProblem | undefined {
  if (value === null) return undefined
  const validate = validatorOf(field)
  if (validate(value)) return undefined
  const [error] = validate.errors ?? []
  const expected = error?.keyword === 'type' ? wanted(error.params['type']) : 'another value'
  return {
    errorCode: 'INVALID_TYPE_ON_FIELD_IN_RECORD',
    message: `expected ${expected}, got ${typeName(value)}`,
  }
}

function wanted(type: unknown): string {
  return Array.isArray(type) ? type.join(' or ') : String(type)
}

const shownCharsMax = 40

function typeName(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'an object'
  if (typeof value === 'string')
    return `the string ${JSON.stringify(value.slice(0, shownCharsMax))}`
  if (typeof value === 'number' || typeof value === 'boolean') return `the ${typeof value} ${value}`
  // No JSON holds such a value; only code could send it.
  return `a value of type ${typeof value}`
}
