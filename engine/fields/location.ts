/** Location: a point on the earth, made of latitude and longitude. */
import { message } from '../base/message.ts'
import type { ColumnKind } from '../sql/column-kind.ts'
import { partName, partsJson, refuseCompound } from './compound.ts'
import type { ApiValue, FieldOptions, FieldType, ValueProblem } from './field-type.ts'
import { booleanOption, optionsSchema } from './options-schema.ts'
import { problem } from './value-problem.ts'

const parts = [
  { name: 'Latitude', key: 'latitude', degreesMax: 90 },
  { name: 'Longitude', key: 'longitude', degreesMax: 180 },
] as const
const wholeDigits = 3
const scaleDefault = 15

type Part = (typeof parts)[number]

function nameOf(options: FieldOptions, part: Part): string {
  return partName(options, options.fullName, part.name)
}

function scaleOf(options: FieldOptions): number {
  return options.scale ?? scaleDefault
}

function kindOf(options: FieldOptions): ColumnKind {
  return { kind: 'decimal', precision: wholeDigits + scaleOf(options), scale: scaleOf(options) }
}

function component(options: FieldOptions, part: Part): FieldOptions {
  return {
    fullName: nameOf(options, part),
    label: `${options.label ?? options.fullName} (${part.name})`,
    type: 'Number',
    required: options.required === true,
    precision: wholeDigits + scaleOf(options),
    scale: scaleOf(options),
    minimum: -part.degreesMax,
    maximum: part.degreesMax,
  }
}

function checkComponents(
  components: Readonly<Record<string, ApiValue>>,
  options: FieldOptions,
): ValueProblem | undefined {
  const given = parts.filter((part) => (components[nameOf(options, part)] ?? null) !== null)
  if (given.length !== 1) return undefined
  return problem(
    'FIELD_INTEGRITY_EXCEPTION',
    message('Latitude and longitude must be given together.'),
  )
}

export const location: FieldType = {
  name: 'Location',
  purpose: 'A point on the earth by latitude and longitude.',
  options: optionsSchema({
    properties: {
      scale: { type: 'integer', minimum: 0, maximum: scaleDefault },
      displayLocationInDecimal: booleanOption,
    },
  }),
  operators: [],
  columns: () => ({}),
  schema: () => ({ type: 'object' }),
  check: refuseCompound,
  toColumns: () => ({}),
  readJson: (column, options, dialect) => {
    const kind = kindOf(options)
    const jsonParts = parts.map((part) => {
      const expression = column(nameOf(options, part))
      return { key: part.key, column: expression, json: dialect.json(kind, expression) }
    })
    return partsJson(jsonParts, dialect)
  },
  describe: () => ({ type: 'location', soapType: 'urn:location', editor: 'location' }),
  formulaUse: () => ({ kind: 'location' }),
  components: (options) => parts.map((part) => component(options, part)),
  checkComponents,
}
