/** Lookup: points at a record of one of several objects. */
import { keeps, mayLose } from './casts.ts'
import type { FieldOptions, Reference } from './field-type.ts'
import { lookupType } from './lookup-field.ts'
import { optionsSchema, textOption } from './options-schema.ts'

/** A required lookup cannot be emptied when its target goes, so it holds the target instead. */
function onDelete(options: FieldOptions): Reference['onDelete'] {
  return options.deleteConstraint ?? (options.required === true ? 'Restrict' : 'SetNull')
}

export const lookup = lookupType({
  name: 'Lookup',
  purpose: 'Links to a record of another object. Both live on their own.',
  options: optionsSchema({
    required: ['referenceTo'],
    properties: {
      referenceTo: { type: 'array', minItems: 1, items: textOption, uniqueItems: true },
      relationshipName: textOption,
      deleteConstraint: { enum: ['SetNull', 'Restrict', 'Cascade'] },
    },
    // A required reference that empties itself would break its own promise.
    not: {
      required: ['required', 'deleteConstraint'],
      properties: { required: { const: true }, deleteConstraint: { const: 'SetNull' } },
    },
  }),
  reference: (options) => ({
    targets: options.referenceTo ?? [],
    kind: 'Lookup',
    onDelete: onDelete(options),
  }),
  casts: { ...mayLose('same', 'MasterDetail', 'Hierarchy'), ...keeps('same', 'Text') },
})
