/** The test organisation with rules, filters and defaults put on its objects. */
import { testMetadata, type MetadataFile } from '../../../support/test-objects.ts'

export interface Rule {
  readonly fullName: string
  readonly errorConditionFormula: string
  readonly errorMessage?: string
  readonly errorDisplayField?: string
  readonly active?: boolean
}

export type Patches = Readonly<Record<string, Readonly<Record<string, unknown>>>>

/** Attributes set on objects of the test organisation; lists of fields are put behind its own. */
export function patchedObjects(patches: Patches): readonly MetadataFile[] {
  return testMetadata.map(([path, body]): MetadataFile => {
    const patch = patches[String(body['fullName'])]
    if (patch === undefined || !path.startsWith('objects/')) return [path, body]
    const fields = [...listOf(body['fields']), ...listOf(patch['fields'])]
    return [path, { ...body, ...patch, fields }]
  })
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

export function ruled(rules: Readonly<Record<string, readonly Rule[]>>): readonly MetadataFile[] {
  const patches = Object.entries(rules).map(([object, validationRules]) => [
    object,
    {
      validationRules: validationRules.map((rule) => ({
        errorMessage: rule.fullName,
        active: true,
        ...rule,
      })),
    },
  ])
  return patchedObjects(Object.fromEntries(patches))
}
