/** JSON Schemas of declarations: each type says which of the shaping attributes it has. */
import { limits } from '../base/limits.ts'
import type { JsonSchema } from './field-type.ts'

/** Attributes that shape values. A type that does not name one of them refuses it. */
const shapingAttributes = [
  'length',
  'precision',
  'scale',
  'visibleLines',
  'displayFormat',
  'startingNumber',
  'maskType',
  'maskChar',
  'valueSet',
  'referenceTo',
  'relationshipName',
  'relationshipOrder',
  'deleteConstraint',
  'reparentableMasterDetail',
  'writeRequiresMasterRead',
  'displayLocationInDecimal',
] as const

/** Marks that many exports carry as `false` on every field; true only where the type has them. */
const marks = ['unique', 'externalId', 'caseSensitive'] as const

export interface OwnOptions {
  readonly required?: readonly string[]
  readonly properties?: Readonly<Record<string, JsonSchema>>
  /** A combination that is refused. */
  readonly not?: JsonSchema
}

/** The schema of a declaration: own attributes, and `false` for the shaping ones of other types. */
export function optionsSchema(own: OwnOptions): JsonSchema {
  const properties: Record<string, unknown> = {}
  for (const name of shapingAttributes) properties[name] = false
  for (const name of marks) properties[name] = { const: false }
  Object.assign(properties, own.properties)
  const schema = { type: 'object', required: own.required ?? [], properties }
  return own.not === undefined ? schema : { ...schema, not: own.not }
}

export function lengthOption(minimum: number, maximum: number): JsonSchema {
  return { type: 'integer', minimum, maximum }
}

export const booleanOption: JsonSchema = { type: 'boolean' }
export const textOption: JsonSchema = { type: 'string', minLength: 1 }
export const visibleLinesOption: JsonSchema = { type: 'integer', minimum: 1, maximum: 50 }

export const uniqueOptions = {
  unique: booleanOption,
  externalId: booleanOption,
  caseSensitive: booleanOption,
} as const

/** A value set: own values or the name of a global set, one of the two. */
export const valueSetOption: JsonSchema = {
  type: 'object',
  oneOf: [{ required: ['valueSetDefinition'] }, { required: ['valueSetName'] }],
  properties: {
    valueSetDefinition: {
      type: 'object',
      properties: { value: { type: 'array', maxItems: limits.picklistValuesMax } },
    },
  },
}
