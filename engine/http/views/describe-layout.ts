/** One page layout in the words of the public describe, as far as the caller sees what stands on it. */
import type { ObjectModel } from '../../model/model.ts'
import { visibleField } from './visible-field.ts'
import type { Gate } from '../../query/resolve.ts'
import type { LayoutView } from './layout-view.ts'
import type { PageAction } from './page-actions.ts'

export interface DescribedObject {
  readonly gate: Gate
  readonly object: ObjectModel
  /** What the describe of the object says of each field that the caller sees, by name. */
  readonly details: ReadonlyMap<string, FieldDetails>
}

type FieldDetails = Readonly<Record<string, unknown>>

type Section = LayoutView['sections'][number]
type Cell = Section['rows'][number][number]
type RelatedList = LayoutView['relatedLists'][number]

export function describeLayout(subject: DescribedObject, layout: LayoutView) {
  const sections = layout.sections.map((section, index) => sectionOf(subject, section, index))
  return {
    buttonLayoutSection: { detailButtons: buttonsOf(subject) },
    detailLayoutSections: sections,
    editLayoutSections: sections,
    feedView: null,
    highlightsPanelLayoutSection: null,
    id: layout.name,
    multirowEditLayoutSections: [],
    offlineLinks: [],
    quickActionList: { quickActionListItems: layout.quickActions.map(actionItem) },
    relatedContent: null,
    relatedLists: layout.relatedLists.map((list) => relatedListOf(subject.gate, list)),
    saveOptions: [],
  }
}

export function sectionOf(subject: DescribedObject, section: Section, index: number) {
  return {
    collapsed: false,
    columns: section.columns,
    heading: section.label,
    layoutRows: section.rows.map((row) => ({
      layoutItems: row.map((cell) => itemOf(subject, cell)),
      numItems: row.length,
    })),
    layoutSectionId: String(index),
    rows: section.rows.length,
    tabOrder: 'LeftToRight',
    useCollapsibleSection: false,
    useHeading: section.heading,
  }
}

/** `null` is a gap. */
function itemOf(subject: DescribedObject, cell: Cell) {
  if (cell === null) return gap
  const item = fieldItem(subject, cell.field)
  const [first] = item.layoutComponents
  const isOpen = cell.behavior !== 'Readonly'
  return {
    ...item,
    editableForNew: isOpen && first?.details['createable'] === true,
    editableForUpdate: isOpen && first?.details['updateable'] === true,
    required: cell.behavior === 'Required',
  }
}

const gap = {
  editableForNew: false,
  editableForUpdate: false,
  label: '',
  layoutComponents: [],
  placeholder: true,
  required: false,
}

/** A field where it is only shown. */
export function fieldItem({ details }: DescribedObject, field: string) {
  const told = details.get(field) ?? {}
  const component = {
    components: [],
    details: told,
    displayLines: 1,
    tabOrder: 0,
    type: 'Field',
    value: field,
  }
  return {
    editableForNew: false,
    editableForUpdate: false,
    label: String(told['label'] ?? field),
    layoutComponents: [component],
    placeholder: false,
    required: false,
  }
}

function actionItem({ name, label, type, target }: PageAction) {
  return {
    accessLevelRequired: null,
    colors: [],
    iconUrl: null,
    icons: [],
    label,
    miniIconUrl: null,
    quickActionName: name,
    targetSobjectType: target,
    type,
    urls: {},
  }
}

function relatedListOf(gate: Gate, list: RelatedList) {
  const child = gate.model.object(list.object)
  return {
    accessLevelRequiredForCreate: null,
    buttons: [],
    columns: list.columns.map((name) => columnOf(gate, child, name)),
    custom: child?.custom ?? false,
    field: list.field,
    label: list.label,
    limitRows: 0,
    name: list.relationshipName,
    sobject: list.object,
    sort: [],
  }
}

function columnOf(gate: Gate, child: ObjectModel | undefined, name: string) {
  const field = child && visibleField(gate, child, name)
  return {
    field: `${child?.name ?? ''}.${name}`,
    fieldApiName: name,
    format: null,
    label: field?.label ?? name,
    lookupId: field?.isName === true ? 'Id' : null,
    name,
    sortable: true,
  }
}

/** What can be done with a record of the object, as far as the caller may. */
function buttonsOf({ gate, object }: DescribedObject) {
  const may = [
    ['Edit', gate.access.mayObject(object.name, 'edit')],
    ['Delete', gate.access.mayObject(object.name, 'delete')],
    ['Clone', gate.access.mayObject(object.name, 'create')],
  ] as const
  return may
    .filter(([, isOpen]) => isOpen)
    .map(([name]) => ({ custom: false, label: name, menubar: false, name, overridden: false }))
}
