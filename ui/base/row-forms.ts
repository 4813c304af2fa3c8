/** Rows of a list as small forms: the fields that an edit may touch, and what suits all of several rows; pure. */
import { checkField } from './form-checks.ts'
import { editForm, fieldOf, isEditable, partsOf, saveBody, valueOf } from './form-state.ts'
import type { FormState } from './form-state.ts'
import { isRequired } from './check-value.ts'
import { multipicklistValues } from './formats.ts'
import { recordTypeField, screenOfType } from './record-types.ts'
import { columnPaths } from './soql.ts'
import { choosableValues } from './valid-for.ts'
import type { FieldInfo, ObjectInfo, ObjectScreen, PicklistValue, WireRecord } from './wire.ts'
import type { RowBody } from '../collections-api.ts'

export interface RowForm {
  readonly id: string
  /** As it was read, with the names of parents. */
  readonly record: WireRecord
  readonly form: FormState
  /** As the record type of the row sees it. */
  readonly screen: ObjectScreen
}

export function rowForm(object: ObjectScreen, record: WireRecord): RowForm {
  const screen = screenOfType(object, record[recordTypeField])
  return { id: record.Id ?? '', record, screen, form: editForm(screen.describe, record) }
}

/** With these fields: those that follow them, and those that decide what they may hold. */
export function fieldsAround(describe: ObjectInfo, names: readonly string[]): readonly string[] {
  const asked = new Set<string>()
  const take = (name: string): void => {
    const field = fieldOf(describe, name)
    if (field === undefined || asked.has(name)) return
    asked.add(name)
    if (field.controllerName) take(field.controllerName)
    for (const deciding of field.filteredLookupInfo?.controllingFields ?? []) take(deciding)
    for (const other of describe.fields) if (other.controllerName === name) take(other.name)
  }
  for (const name of [...names, recordTypeField]) take(name)
  return [...asked]
}

const compounds: ReadonlySet<string> = new Set(['address', 'location'])

/** Whether the field can be edited apart from its form: not what is read-only there, nor what stands for other fields. */
export function isEditableInRow(screen: ObjectScreen, field: FieldInfo): boolean {
  const { describe } = screen
  if (!describe.updateable || !isEditable(field, false)) return false
  if (compounds.has(field.type) || partsOf(describe, field.name).length > 0) return false
  // Masked values cannot be compared with what is stored.
  if (field.type === 'encryptedstring' || field.name === recordTypeField) return false
  return behaviorOf(screen, field) !== 'Readonly'
}

/** By screen: lists ask for every cell. */
const editable = new WeakMap<ObjectScreen, ReadonlySet<string>>()

/** The fields that can be edited in a row of this record type. */
export function editableNames(screen: ObjectScreen): ReadonlySet<string> {
  const known = editable.get(screen)
  if (known !== undefined) return known
  const fields = screen.describe.fields.filter((field) => isEditableInRow(screen, field))
  const names = new Set(fields.map((field) => field.name))
  editable.set(screen, names)
  return names
}

/** What is asked for, so that these fields can be edited: names of parents too. */
export function pathsAround(describe: ObjectInfo, names: readonly string[]): readonly string[] {
  const around = new Set(fieldsAround(describe, names))
  const name = describe.fields.filter((field) => field.nameField === true)
  const fields = describe.fields.filter((field) => around.has(field.name))
  return [...new Set([...name, ...fields].flatMap(columnPaths))]
}

function behaviorOf(screen: ObjectScreen, field: FieldInfo): string {
  const names = [field.name, field.compoundFieldName]
  const cells = screen.layout.sections.flatMap((section) => section.rows.flat())
  return cells.find((cell) => cell && names.includes(cell.field))?.behavior ?? 'Edit'
}

/** What one value may be given to in many rows; no two rows can share a unique one. */
export function fieldsForMany(object: ObjectScreen): readonly FieldInfo[] {
  return object.describe.fields
    .filter((field) => isEditableInRow(object, field) && field.unique !== true)
    .sort((one, other) => one.label.localeCompare(other.label))
}

export function mayBeEmpty(object: ObjectScreen, field: FieldInfo): boolean {
  return field.type !== 'boolean' && !isRequired(field, behaviorOf(object, field))
}

/** The field with those values alone that suit every row, whatever its record type and controlling value. */
export function fieldForAll(field: FieldInfo, rows: readonly RowForm[]): FieldInfo {
  if (field.picklistValues === undefined || field.picklistValues.length === 0) return field
  const allowed = new Map<string, ReadonlySet<string>>()
  for (const { screen, form } of rows) {
    const there = fieldOf(screen.describe, field.name)
    if (there === undefined) continue
    const controller = fieldOf(screen.describe, there.controllerName ?? '')
    const value = controller && valueOf(form, controller.name)
    const key = JSON.stringify([form.values.get(recordTypeField) ?? null, value ?? null])
    if (allowed.has(key)) continue
    const entries = choosableValues(there, controller && { field: controller, value })
    allowed.set(key, new Set(entries.map((entry) => entry.value)))
  }
  const sets = [...allowed.values()]
  const suits = (entry: PicklistValue): boolean => sets.every((set) => set.has(entry.value))
  const picklistValues = field.picklistValues.filter(suits)
  return { ...field, picklistValues, dependentPicklist: false, controllerName: null }
}

/** The field with the values that some row has: those that can be taken away. */
export function fieldOfPresent(field: FieldInfo, rows: readonly RowForm[]): FieldInfo {
  const present = new Set(
    rows.flatMap(({ form }) => multipicklistValues(valueOf(form, field.name))),
  )
  const known = field.picklistValues ?? []
  const picklistValues = known
    .filter((entry) => present.has(entry.value))
    .map((entry) => ({ ...entry, active: true }))
  return { ...field, picklistValues, dependentPicklist: false, controllerName: null }
}

/** Fields that decide what the lookup may point at and in which the rows differ: no record can then be offered to all. */
export function differingFields(
  field: FieldInfo,
  describe: ObjectInfo,
  rows: readonly RowForm[],
): readonly FieldInfo[] {
  const names = field.filteredLookupInfo?.controllingFields ?? []
  return names.flatMap((name) => {
    const values = new Set(rows.map(({ form }) => JSON.stringify(valueOf(form, name))))
    return values.size > 1 ? (fieldOf(describe, name) ?? []) : []
  })
}

/** The values that all rows share, as a form of all of them would hold them. */
export function sharedValues(rows: readonly RowForm[]): FormState['values'] {
  const [first, ...others] = rows
  if (first === undefined) return new Map()
  const shares = (name: string): boolean => {
    const text = JSON.stringify(valueOf(first.form, name))
    return others.every(({ form }) => JSON.stringify(valueOf(form, name)) === text)
  }
  return new Map([...first.form.values].filter(([name]) => shares(name)))
}

export function checkedRow(row: RowForm, name: string): RowForm {
  return { ...row, form: checkField(row.form, name, row.screen) }
}

export function rowBody({ id, form, screen }: RowForm): RowBody {
  return { id, body: saveBody(form, screen.describe) }
}
