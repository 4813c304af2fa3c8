/** Hierarchy: points at a user above another, such as a manager. */
import { keeps } from './casts.ts'
import { lookupType } from './lookup-field.ts'
import { optionsSchema, textOption } from './options-schema.ts'

/** The platform knows hierarchies of users alone. */
const hierarchyTargets = ['User'] as const

export const hierarchy = lookupType({
  name: 'Hierarchy',
  purpose: 'Links a user to another user above, such as a manager.',
  options: optionsSchema({
    properties: {
      referenceTo: { type: 'array', minItems: 1, maxItems: 1, items: textOption },
      relationshipName: textOption,
      deleteConstraint: { const: 'SetNull' },
    },
  }),
  reference: (options) => ({
    targets: options.referenceTo ?? hierarchyTargets,
    kind: 'Hierarchy',
    onDelete: 'SetNull',
  }),
  casts: keeps('same', 'Lookup', 'Text'),
})
