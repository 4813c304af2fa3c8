/** Small describes for the tests of the screens: only what a test says differs from a plain text field. */
import type { FieldInfo, ObjectInfo, ObjectScreen } from '../../../ui/base/wire.ts'

export function field(name: string, more: Partial<FieldInfo> = {}): FieldInfo {
  return {
    name,
    label: name,
    type: 'string',
    nillable: true,
    createable: true,
    updateable: true,
    ...more,
  }
}

export function object(...fields: readonly FieldInfo[]): ObjectInfo {
  return {
    name: 'CollectionPlan',
    label: 'Collection Plan',
    labelPlural: 'Collection Plans',
    custom: false,
    createable: true,
    updateable: true,
    deletable: true,
    fields,
  }
}

/** One section, one column, every field in its own row. */
export function screenOf(...fields: readonly FieldInfo[]): ObjectScreen {
  const rows = fields
    .filter((one) => !one.compoundFieldName)
    .map((one) => [{ field: one.name, behavior: 'Edit' as const }])
  return {
    modelVersion: 1,
    describe: object(...fields),
    layout: {
      name: 'Layout',
      sections: [{ label: 'Section', columns: 1, heading: true, rows }],
      relatedLists: [],
      quickActions: [],
    },
    compactLayout: [],
    lookupColumns: [],
    searchColumns: [],
    listViews: [],
  }
}

export function picklist(
  name: string,
  values: readonly string[],
  more: Partial<FieldInfo> = {},
): FieldInfo {
  const picklistValues = values.map((value) => ({
    value,
    label: value,
    active: true,
    defaultValue: false,
  }))
  return field(name, { type: 'picklist', picklistValues, ...more })
}
