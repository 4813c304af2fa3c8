/** A page layout as the screens draw it: cells in rows, hidden fields left out without a trace. */
import type {
  Layout,
  LayoutItem,
  LayoutSection,
  ProfileLayoutAssignment,
  RelatedListItem,
} from '../../../metadata/types.ts'
import type { FieldModel, ObjectModel } from '../../model/model.ts'
import { recordTypeField } from '../../model/system-fields.ts'
import { visibleFields, type Gate } from '../../query/resolve.ts'
import { layoutActions, type PageAction } from './page-actions.ts'
import { columnNames, visibleField } from './visible-field.ts'

export interface LayoutView {
  readonly name: string
  readonly sections: readonly SectionView[]
  readonly relatedLists: readonly RelatedListView[]
  readonly quickActions: readonly PageAction[]
}

interface SectionView {
  readonly label: string
  readonly columns: 1 | 2
  readonly heading: boolean
  readonly rows: readonly (readonly (Cell | null)[])[]
}

interface Cell {
  readonly field: string
  readonly behavior: 'Edit' | 'Required' | 'Readonly'
}

interface RelatedListView {
  readonly object: string
  readonly field: string
  readonly relationshipName: string
  readonly label: string
  readonly columns: readonly string[]
}

/** What the user's profile assigns, and the record type in question; undefined for records of none. */
export interface LayoutChoice {
  readonly assignments: readonly ProfileLayoutAssignment[]
  readonly recordType: string | undefined
}

/**
 * The layout that is assigned to the record type, or to all others, or the object's first one, or one made of all
 * fields.
 */
export function layoutView(gate: Gate, object: ObjectModel, choice: LayoutChoice): LayoutView {
  const layout = assignedLayout(gate.model.layoutsOf(object.name), object, choice)
  return layout === undefined ? madeLayout(gate, object) : declaredLayout(gate, object, layout)
}

export function assignedLayout(
  layouts: readonly Readonly<Layout>[],
  object: ObjectModel,
  { assignments, recordType }: LayoutChoice,
): Readonly<Layout> | undefined {
  const among = (wanted: string | undefined): Readonly<Layout> | undefined => {
    const names = new Set(
      assignments.filter((one) => one.recordType === wanted).map((one) => one.layout),
    )
    return layouts.find((one) => names.has(one.fullName))
  }
  const ofType = recordType === undefined ? undefined : among(`${object.name}.${recordType}`)
  return ofType ?? among(undefined) ?? layouts[0]
}

function declaredLayout(gate: Gate, object: ObjectModel, layout: Readonly<Layout>): LayoutView {
  return {
    name: layout.fullName,
    sections: (layout.layoutSections ?? [])
      .map((section) => sectionView(gate, object, section))
      .filter((section) => section.rows.length > 0),
    relatedLists: (layout.relatedLists ?? []).flatMap((list) => relatedList(gate, object, list)),
    quickActions: layoutActions(gate, object, layout),
  }
}

export function sectionView(gate: Gate, object: ObjectModel, section: LayoutSection): SectionView {
  const columns = (section.layoutColumns ?? [])
    .map((column) => (column.layoutItems ?? []).flatMap((item) => cellsOf(gate, object, item)))
    .slice(0, 2)
  const wide = section.style !== 'OneColumn' && columns.length > 1
  const height = Math.max(0, ...columns.map((column) => column.length))
  const rows = Array.from({ length: height }, (_, index) =>
    columns.map((column) => column[index] ?? null),
  )
  const filled = rows.some((row) => row.some((cell) => cell !== null))
  return {
    label: section.label ?? '',
    columns: wide ? 2 : 1,
    heading: section.detailHeading !== false,
    rows: !filled ? [] : wide ? rows : columns.flat().map((cell) => [cell]),
  }
}

/** One cell, an empty one where the layout wants a gap, none where the field is hidden or gone. */
function cellsOf(gate: Gate, object: ObjectModel, item: LayoutItem): readonly (Cell | null)[] {
  if (item.emptySpace === true) return [null]
  const field = item.field === undefined ? undefined : visibleField(gate, object, item.field)
  return field === undefined ? [] : [cell(gate, field, item.behavior ?? 'Edit')]
}

function cell(gate: Gate, field: FieldModel, behavior: Cell['behavior']): Cell {
  const parts = field.components.flatMap(
    (name) => visibleField(gate, gateObject(gate, field), name) ?? [],
  )
  const writable = [field, ...parts].some((one) => one.createable || one.updateable)
  const mayEdit = gate.access.mayField(field.object, field.name, 'edit')
  // A record type decides over the form itself, so it is chosen before the form.
  const isOpen = writable && mayEdit && field.name !== recordTypeField
  return { field: field.name, behavior: isOpen ? behavior : 'Readonly' }
}

function gateObject(gate: Gate, field: FieldModel): ObjectModel {
  const object = gate.model.object(field.object)
  if (object === undefined) throw new Error(`no object ${field.object} for a field of it`)
  return object
}

function relatedList(
  gate: Gate,
  parent: ObjectModel,
  item: RelatedListItem,
): readonly RelatedListView[] {
  const relation = parent.children.find(
    (child) =>
      `${child.childObject}.${child.field}` === item.relatedList ||
      child.relationshipName === item.relatedList,
  )
  const child = relation === undefined ? undefined : gate.model.object(relation.childObject)
  if (relation === undefined || child === undefined) return []
  if (!gate.access.mayField(child.name, relation.field, 'read')) return []
  const columns = columnNames(gate, child, item.fields ?? [])
  return [
    {
      object: child.name,
      field: relation.field,
      relationshipName: relation.relationshipName ?? `${child.name}.${relation.field}`,
      label: listLabel(child, relation.field),
      columns: columns.length > 0 ? columns : [child.nameField.name],
    },
  ]
}

/** The field that leads to the parent may have a name of its own for the list of children. */
function listLabel(child: ObjectModel, field: string): string {
  const lookup = child.fieldsByName.get(field.toLowerCase())
  return lookup?.options.relationshipLabel ?? child.labelPlural
}

const madeSystemFields: ReadonlySet<string> = new Set([
  'CreatedById',
  'LastModifiedById',
  'OwnerId',
])

/** For objects without a layout: every field the user may see, two in a row. */
function madeLayout(gate: Gate, object: ObjectModel): LayoutView {
  const shown = visibleFields(gate, object).filter(
    (field) => field.compound === undefined && (!field.system || madeSystemFields.has(field.name)),
  )
  const cells = shown.map((field) => cell(gate, field, field.required ? 'Required' : 'Edit'))
  const rows: (Cell | null)[][] = []
  for (let index = 0; index < cells.length; index += 2) {
    rows.push([cells[index] ?? null, cells[index + 1] ?? null])
  }
  return {
    name: object.label,
    sections: [{ label: object.label, columns: 2, heading: true, rows }],
    relatedLists: object.children
      // The history of a record has a place of its own.
      .filter((child) => child.onDelete !== 'Keep')
      .flatMap((child) =>
        relatedList(gate, object, { relatedList: `${child.childObject}.${child.field}` }),
      ),
    quickActions: layoutActions(gate, object, undefined),
  }
}
