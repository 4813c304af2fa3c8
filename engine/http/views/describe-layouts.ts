/** Page and compact layouts in the words of the public describe, one mapping per record type. */
import type { SignedInUser } from '../../auth/auth.ts'
import { refuse } from '../../base/refusal.ts'
import { normaliseId } from '../../base/record-id.ts'
import type { FieldModel, ObjectModel, RecordTypeModel } from '../../model/model.ts'
import { describeRecordTypes, type RecordTypeInfo } from '../../query/describe-record-types.ts'
import { maySee } from '../../query/resolve.ts'
import { compactLayout } from './compact-layout.ts'
import { describeLayout, fieldItem, type DescribedObject } from './describe-layout.ts'
import { layoutView } from './layout-view.ts'
import { columnNames } from './visible-field.ts'

export interface LayoutSubject extends DescribedObject {
  readonly user: SignedInUser
  readonly version: string
}

/** All layouts of an object, and which record type has which. */
export function describeLayouts(subject: LayoutSubject): unknown {
  const mappings = describeRecordTypes(subject.gate, subject.object, subject.version).map((info) =>
    mappingOf(subject, info),
  )
  const layouts = new Map(
    mappings.map(({ layout }) => [layout.name, describeLayout(subject, layout)]),
  )
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
  return describeLayout(subject, mappingOf(subject, info).layout)
}

/** Those of the layouts that are asked for by name; an organisation has no others than its page layouts. */
export function describeNamedLayouts(subject: LayoutSubject, name: string): unknown {
  const { object, gate } = subject
  const wanted = name.toLowerCase()
  const isKnown = gate.model
    .layoutsOf(object.name)
    .some(({ fullName }) =>
      [fullName, fullName.slice(object.name.length + 1)].some(
        (one) => one.toLowerCase() === wanted,
      ),
    )
  // The platform's second layout of users, which every organisation has.
  if (!isKnown && !(object.name === 'User' && wanted === 'useralt')) {
    throw refuse('NOT_FOUND', 'The requested resource does not exist')
  }
  return describeLayouts(subject)
}

/** What approvers are shown, by approval process. */
export function describeApprovalLayouts(subject: LayoutSubject): unknown {
  const { gate, object } = subject
  const processes = [...gate.model.components('ApprovalProcess')].filter(
    ({ fullName, body }) => body.active === true && fullName.startsWith(`${object.name}.`),
  )
  return {
    approvalLayouts: processes.map(({ fullName, body }) => ({
      id: null,
      label: body.label,
      layoutItems: columnNames(gate, object, body.approvalPageFields?.field ?? []).map((field) =>
        fieldItem(subject, field),
      ),
      name: fullName.slice(object.name.length + 1),
    })),
  }
}

export function describeCompactLayouts(subject: LayoutSubject): unknown {
  const { gate, object, version } = subject
  const typed = describeRecordTypes(gate, object, version).map((info) => {
    const type = typeOf(object, info)
    const assigned = type?.compactLayout ?? object.declaration.compactLayoutAssignment
    return { info, name: assigned ?? 'SYSTEM', fields: compactLayout(gate, object, type) }
  })
  const layouts = new Map(typed.map((one) => [one.name, one]))
  return {
    compactLayouts: [...layouts.values()].map(({ name, fields }) => ({
      actions: [],
      fieldItems: fields.map((field) => fieldItem(subject, field)),
      id: null,
      imageItems: [],
      label: labelOf(object, name),
      name,
      objectType: object.name,
    })),
    defaultCompactLayoutId: null,
    recordTypeCompactLayoutMappings: typed.map(({ info, name }) => ({
      available: info.available,
      compactLayoutId: null,
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
