/** Page and compact layouts in the words of the public describe, one mapping per record type. */
import type { SignedInUser } from '../../auth/auth.ts'
import { refuse } from '../../base/refusal.ts'
import { normaliseId } from '../../base/record-id.ts'
import type { FieldModel, ObjectModel, RecordTypeModel } from '../../model/model.ts'
import { describeRecordTypes, type RecordTypeInfo } from '../../query/describe-record-types.ts'
import { maySee, type Gate } from '../../query/resolve.ts'
import { compactLayout } from './compact-layout.ts'
import { layoutView, type LayoutView } from './layout-view.ts'

export interface LayoutSubject {
  readonly gate: Gate
  readonly user: SignedInUser
  readonly object: ObjectModel
  readonly version: string
}

/** All layouts of an object, and which record type has which. */
export function describeLayouts(subject: LayoutSubject): unknown {
  const mappings = describeRecordTypes(subject.gate, subject.object, subject.version).map((info) =>
    mappingOf(subject, info),
  )
  const layouts = new Map(mappings.map(({ layout }) => [layout.name, describeLayout(layout)]))
  const open = mappings.filter(({ mapping }) => mapping.available && !mapping.master)
  return {
    layouts: [...layouts.values()],
    recordTypeMappings: mappings.map(({ mapping }) => mapping),
    recordTypeSelectorRequired: [open.length > 1],
  }
}

/** The one layout that records of a type have. */
export function describeLayoutOf(subject: LayoutSubject, recordTypeId: string): unknown {
  const wanted = normaliseId(recordTypeId)
  const info = describeRecordTypes(subject.gate, subject.object, subject.version).find(
    (one) => one.recordTypeId === wanted,
  )
  if (info === undefined) throw refuse('NOT_FOUND', 'The requested resource does not exist')
  return describeLayout(mappingOf(subject, info).layout)
}

export function describeCompactLayouts({ gate, object, version }: LayoutSubject): unknown {
  const typed = describeRecordTypes(gate, object, version).map((info) => {
    const type = typeOf(object, info)
    const assigned = type?.compactLayout ?? object.declaration.compactLayoutAssignment
    return { info, name: assigned ?? 'SYSTEM', fields: compactLayout(gate, object, type) }
  })
  const layouts = new Map(typed.map((one) => [one.name, one]))
  return {
    compactLayouts: [...layouts.values()].map(({ name, fields }) => ({
      fieldItems: fields.map((field) => itemOf(field, false)),
      label: labelOf(object, name),
      name,
      objectType: object.name,
    })),
    defaultCompactLayoutId: null,
    recordTypeCompactLayoutMappings: typed.map(({ info, name }) => ({
      available: info.available,
      compactLayoutName: name,
      recordTypeId: info.recordTypeId,
      recordTypeName: info.name,
    })),
  }
}

function labelOf(object: ObjectModel, name: string): string {
  const layouts = object.declaration.compactLayouts ?? []
  return layouts.find((one) => one.fullName === name)?.label ?? name
}

function typeOf(object: ObjectModel, info: RecordTypeInfo): RecordTypeModel | undefined {
  return object.recordTypes.find((type) => type.id === info.recordTypeId)
}

function mappingOf({ gate, user, object }: LayoutSubject, info: RecordTypeInfo) {
  const type = typeOf(object, info)
  const layout = layoutView(gate, object, { assignments: user.layouts, recordType: type?.name })
  const fields = object.fields.filter((field) => field.values.length > 0 && maySee(gate, field))
  const picklistsForRecordType = fields.map((field) => picklistOf(field, type))
  return { layout, mapping: { ...info, layoutId: layout.name, picklistsForRecordType } }
}

function picklistOf(field: FieldModel, type: RecordTypeModel | undefined): unknown {
  const limit = type?.picklists.get(field.name)
  const offered = field.values.filter((entry) => limit?.values.has(entry.value) ?? true)
  return {
    picklistName: field.name,
    picklistValues: offered.map((entry) => ({
      active: entry.active,
      defaultValue: limit?.defaults.includes(entry.value) ?? entry.isDefault,
      label: entry.label,
      validFor: null,
      value: entry.value,
    })),
  }
}

function describeLayout(layout: LayoutView): { readonly id: string } & Record<string, unknown> {
  const sections = layout.sections.map((section) => ({
    columns: section.columns,
    heading: section.label,
    layoutRows: section.rows.map((row) => ({
      layoutItems: row.map((cell) =>
        cell === null
          ? { ...itemOf('', false), placeholder: true }
          : {
              ...itemOf(cell.field, cell.behavior === 'Required'),
              editableForNew: cell.behavior !== 'Readonly',
              editableForUpdate: cell.behavior !== 'Readonly',
            },
      ),
      numItems: row.length,
    })),
    rows: section.rows.length,
    tabOrder: 'LeftToRight',
    useCollapsibleSection: false,
    useHeading: section.heading,
  }))
  return {
    detailLayoutSections: sections,
    editLayoutSections: sections,
    id: layout.name,
    relatedLists: layout.relatedLists.map((list) => ({
      columns: list.columns.map((name) => ({ fieldApiName: name, name })),
      field: list.field,
      label: list.label,
      name: list.relationshipName,
      sobject: list.object,
    })),
  }
}

function itemOf(field: string, required: boolean): Record<string, unknown> {
  const component = { displayLines: 1, tabOrder: 0, type: 'Field', value: field }
  return {
    editableForNew: false,
    editableForUpdate: false,
    label: field,
    layoutComponents: field === '' ? [] : [component],
    placeholder: false,
    required,
  }
}
