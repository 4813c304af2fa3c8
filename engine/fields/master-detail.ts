/** MasterDetail: makes the record a part of its master. */
import { keeps } from './casts.ts'
import { lookupType } from './lookup-field.ts'
import { booleanOption, optionsSchema, textOption } from './options-schema.ts'

export const masterDetail = lookupType({
  name: 'MasterDetail',
  purpose: 'Makes the record a part of another: it shares its owner and is deleted with it.',
  options: optionsSchema({
    required: ['referenceTo'],
    properties: {
      referenceTo: { type: 'array', minItems: 1, maxItems: 1, items: textOption },
      relationshipName: textOption,
      relationshipOrder: { type: 'integer', minimum: 0, maximum: 1 },
      reparentableMasterDetail: booleanOption,
      writeRequiresMasterRead: booleanOption,
      deleteConstraint: { const: 'Cascade' },
    },
  }),
  reference: (options) => ({
    targets: options.referenceTo ?? [],
    kind: 'MasterDetail',
    onDelete: 'Cascade',
  }),
  casts: keeps('same', 'Lookup', 'Text'),
})
