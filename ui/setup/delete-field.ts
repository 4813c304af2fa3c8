/** Deleting a field together with its mentions in layouts, lists and permission sets, in one plan. */
import type { MetadataChange } from '../base/wire-metadata.ts'
import type {
  CompactLayoutBody,
  ListViewBody,
  ObjectBody,
  PageLayoutBody,
  PermissionSetBody,
} from './component-bodies.ts'
import { asBody } from './field-changes.ts'
import { findField, removeField } from './layout-edit.ts'
import { fieldAccess, setFieldAccess } from './rights.ts'
import type { Component } from './setup-api.ts'

/** Mentions of other kinds (formulas, rules) stay: they are for people to put right. */
export function deleteFieldChanges(options: {
  readonly object: string
  readonly field: string
  readonly body: ObjectBody
  readonly layouts: readonly Component<PageLayoutBody>[]
  readonly permissionSets: readonly Component<PermissionSetBody>[]
}): readonly MetadataChange[] {
  const { object, field, body } = options
  const fullName = `${object}.${field}`
  return [
    { type: 'CustomField', fullName, delete: true },
    ...layoutChanges(options.layouts, field),
    ...(body.listViews ?? []).flatMap((view) => member('ListView', object, withoutIn(view, field))),
    ...(body.compactLayouts ?? []).flatMap((layout) =>
      member('CompactLayout', object, withoutFields(layout, field)),
    ),
    ...options.permissionSets.flatMap((set) =>
      fieldAccess(set.body, fullName) === 'none'
        ? []
        : [
            {
              type: 'PermissionSet',
              fullName: set.fullName,
              body: asBody(setFieldAccess(set.body, fullName, 'none')),
            },
          ],
    ),
  ]
}

function layoutChanges(
  layouts: readonly Component<PageLayoutBody>[],
  field: string,
): readonly MetadataChange[] {
  return layouts.flatMap((layout) =>
    findField(layout.body, field) === undefined
      ? []
      : [
          {
            type: 'Layout',
            fullName: layout.fullName,
            body: asBody(removeField(layout.body, field)),
          },
        ],
  )
}

function member(
  type: 'ListView' | 'CompactLayout',
  object: string,
  changed: ListViewBody | CompactLayoutBody | undefined,
): readonly MetadataChange[] {
  if (changed === undefined) return []
  return [{ type, fullName: `${object}.${changed.fullName}`, body: asBody(changed) }]
}

/** Undefined when the field does not stand in it. */
function withoutIn(view: ListViewBody, field: string): ListViewBody | undefined {
  const columns = (view.columns ?? []).filter((column) => column !== field)
  const filters = (view.filters ?? []).filter((filter) => filter.field !== field)
  const isSame =
    columns.length === (view.columns ?? []).length && filters.length === (view.filters ?? []).length
  if (isSame) return undefined
  return { ...view, columns, ...(view.filters === undefined ? {} : { filters }) }
}

function withoutFields(layout: CompactLayoutBody, field: string): CompactLayoutBody | undefined {
  const fields = (layout.fields ?? []).filter((name) => name !== field)
  return fields.length === (layout.fields ?? []).length ? undefined : { ...layout, fields }
}
