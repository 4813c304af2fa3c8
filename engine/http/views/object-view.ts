/** All a page needs to know of one object, as far as the user may see it. */
import type { SignedInUser } from '../../auth/auth.ts'
import type { ObjectModel, RecordTypeModel } from '../../model/model.ts'
import { maySee, type Gate } from '../../query/resolve.ts'
import { compactLayout } from './compact-layout.ts'
import { deadlineSources } from './deadline-sources.ts'
import { participantsOf, recordCards } from './record-cards.ts'
import { layoutView, type LayoutView } from './layout-view.ts'
import { listViews } from './list-view.ts'
import { columnNames } from './visible-field.ts'

/** JSON text; `describe` is ready text and goes in as it is. */
export function objectView(
  gate: Gate,
  user: SignedInUser,
  subject: { readonly object: ObjectModel; readonly describe: string },
): string {
  const { object, describe } = subject
  const layoutOf = (type?: RecordTypeModel): LayoutView =>
    layoutView(gate, object, { assignments: user.layouts, recordType: type?.name })
  const typed = object.recordTypes.map((type) => ({ type, layout: layoutOf(type) }))
  const layouts = new Map(typed.map(({ layout }) => [layout.name, layout]))
  const view = {
    modelVersion: gate.model.version,
    layout: layoutOf(),
    compactLayout: compactLayout(gate, object),
    lookupColumns: layoutColumns(gate, object, 'lookup'),
    searchColumns: layoutColumns(gate, object, 'search'),
    layouts: [...layouts.values()],
    recordTypes: typed.map(({ type, layout }) => ({
      ...recordTypeView(gate, object, type),
      layout: layout.name,
      compactLayout: compactLayout(gate, object, type),
    })),
    listViews: listViews(gate, object),
    ...automationView(gate, object),
    cards: recordCards(gate, object),
  }
  return `{"describe":${describe},${JSON.stringify(view).slice(1)}`
}

/** Which panels a record's page may have beside its details. */
function automationView(gate: Gate, object: ObjectModel): object {
  const { model } = gate
  const hasApprovals = [...model.components('ApprovalProcess')].some(
    ({ fullName, body }) => body.active === true && fullName.startsWith(`${object.name}.`),
  )
  const deadlines = deadlineSources(gate, object)
  const participants = participantsOf(gate, object)
  return {
    ...(participants === undefined ? {} : { participants }),
    ...(hasApprovals ? { hasApprovals } : {}),
    ...(deadlines.length > 0 ? { deadlines } : {}),
  }
}

function recordTypeView(gate: Gate, object: ObjectModel, type: RecordTypeModel): object {
  const picklists = [...type.picklists].flatMap(([name, limit]) => {
    const field = object.fieldsByName.get(name.toLowerCase())
    if (field === undefined || !maySee(gate, field)) return []
    const values = field.values.map((entry) => entry.value).filter((one) => limit.values.has(one))
    return [{ field: field.name, values, defaults: limit.defaults }]
  })
  return {
    id: type.id,
    name: type.name,
    label: type.label,
    description: type.description ?? null,
    available: gate.access.recordTypes(object).includes(type),
    isDefault: gate.access.defaultRecordType(object) === type,
    picklists,
  }
}

/** As the search layouts say, those of the other use where there are none of this; the name is always there to choose by. */
function layoutColumns(
  gate: Gate,
  object: ObjectModel,
  use: 'lookup' | 'search',
): readonly string[] {
  const { lookupDialogsAdditionalFields: own = [], searchResultsAdditionalFields: found = [] } =
    object.declaration.searchLayouts ?? {}
  const wanted = use === 'lookup' ? [own, found] : [found, own]
  const declared = wanted.find((names) => names.length > 0)
  const names = declared ?? compactLayout(gate, object)
  return columnNames(gate, object, [object.nameField.name, ...names])
}
