/** MetadataRelationship: points at a record of a custom metadata type, or names an object or a field of one. */
import type { Comparison, FieldOptions, FieldType } from './field-type.ts'
import { keeps } from './casts.ts'
import { lookupType } from './lookup-field.ts'
import { ordering } from './operators.ts'
import { optionsSchema, textOption } from './options-schema.ts'
import { textLikeType } from './text-like.ts'

/** Targets that are no objects of the model: the value is the name of an object or of a field. */
const definitions: ReadonlySet<string> = new Set([
  'EntityDefinition',
  'FieldDefinition',
  'EntityParticle',
])

export function isDefinitionTarget(target: string): boolean {
  return definitions.has(target)
}

/** What the field points at. */
export function relationshipTarget({ referenceTo }: FieldOptions): string {
  return referenceTo?.[0] ?? ''
}

const namesCharsMax = 255

const common = {
  name: 'MetadataRelationship',
  purpose: 'Links a custom metadata record to another one, or to an object or a field.',
  options: optionsSchema({
    required: ['referenceTo'],
    properties: {
      referenceTo: { type: 'array', minItems: 1, maxItems: 1, items: textOption },
      relationshipName: textOption,
      deleteConstraint: { enum: ['SetNull', 'Restrict'] },
    },
  }),
  casts: keeps('same', 'Text'),
} as const

const record = lookupType({
  ...common,
  reference: (options) => ({
    targets: options.referenceTo ?? [],
    kind: 'Lookup',
    onDelete: 'Restrict',
  }),
})

const named = textLikeType({
  ...common,
  charsMax: namesCharsMax,
  hint: { type: 'string', editor: 'text' },
})

/** The one of both that the target asks for. */
function formOf(options: FieldOptions): FieldType {
  return isDefinitionTarget(relationshipTarget(options)) ? named : record
}

export const metadataRelationship: FieldType = {
  ...common,
  operators: ordering,
  columns: (options) => formOf(options).columns(options),
  schema: (options) => formOf(options).schema(options),
  check: (value, options) => formOf(options).check?.(value, options),
  toColumns: (value, options, services) => formOf(options).toColumns(value, options, services),
  readJson: (column, options, dialect) => formOf(options).readJson(column, options, dialect),
  comparison: (options) => comparisonOf(options),
  sortColumns: (options) => formOf(options).sortColumns?.(options) ?? [],
  describe: (options) => formOf(options).describe(options),
  reference: (options) => formOf(options).reference?.(options),
  formulaUse: (options) => formOf(options).formulaUse?.(options) ?? { kind: 'unusable' },
}

function comparisonOf(options: FieldOptions): Comparison {
  const comparison = formOf(options).comparison?.(options)
  if (comparison === undefined) throw new Error('both forms can be compared')
  return comparison
}
