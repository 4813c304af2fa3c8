/** All a page needs to know of one object, as far as the user may see it. */
import type { SignedInUser } from '../../auth/auth.ts'
import type { ObjectModel } from '../../model/model.ts'
import type { Gate } from '../../query/resolve.ts'
import { layoutView } from './layout-view.ts'
import { listViews } from './list-view.ts'
import { columnNames } from './visible-field.ts'

/** JSON text; `describe` is ready text and goes in as it is. */
export function objectView(
  gate: Gate,
  user: SignedInUser,
  subject: { readonly object: ObjectModel; readonly describe: string },
): string {
  const { object, describe } = subject
  const view = {
    modelVersion: gate.model.version,
    layout: layoutView(gate, object, user.layouts),
    compactLayout: compactLayout(gate, object),
    lookupColumns: lookupColumns(gate, object),
    listViews: listViews(gate, object),
  }
  return `{"describe":${describe},${JSON.stringify(view).slice(1)}`
}

const madeCompactFieldsMax = 4

function compactLayout(gate: Gate, object: ObjectModel): readonly string[] {
  const { compactLayouts, compactLayoutAssignment } = object.declaration
  const layout =
    compactLayouts?.find((one) => one.fullName === compactLayoutAssignment) ?? compactLayouts?.[0]
  const declared = columnNames(gate, object, layout?.fields ?? [])
  if (declared.length > 0) return declared
  const own = object.fields.filter((field) => !field.system && field.compound === undefined)
  const names = [object.nameField.name, ...own.map((field) => field.name)]
  return columnNames(gate, object, names).slice(0, madeCompactFieldsMax)
}

/** As the search layouts say; the name is always there to choose by. */
function lookupColumns(gate: Gate, object: ObjectModel): readonly string[] {
  const { lookupDialogsAdditionalFields: own = [], searchResultsAdditionalFields: found = [] } =
    object.declaration.searchLayouts ?? {}
  const declared = [own, found].find((names) => names.length > 0)
  const names = declared ?? compactLayout(gate, object)
  return columnNames(gate, object, [object.nameField.name, ...names])
}
