/** What a form does with an edit and which of its fields have problems; pure. */
import type { FieldProblem } from '../elements/error-summary/error-summary.ts'
import type { ApiError } from './api-error.ts'
import { checkValue, isRequired } from './check-value.ts'
import { fieldOf, isEditable, partsOf, setError, setValue, valueOf } from './form-state.ts'
import type { Edit, FormState } from './form-state.ts'
import { choosableValues } from './valid-for.ts'
import { multipicklistValues } from './formats.ts'
import { placeProblems } from './place-problems.ts'
import type { FieldInfo, LayoutCell, ObjectInfo, ObjectScreen } from './wire.ts'

/** Takes an edit; dependent picklists lose a value that the new controlling value does not allow. */
export function applyEdit(state: FormState, edit: Edit, describe: ObjectInfo): FormState {
  let next = setValue(state, edit)
  for (const field of describe.fields) {
    if (field.controllerName !== edit.field || field.name === edit.field) continue
    next = dropForbidden(next, field, describe)
  }
  return next
}

function dropForbidden(state: FormState, field: FieldInfo, describe: ObjectInfo): FormState {
  const chosen = multipicklistValues(valueOf(state, field.name))
  if (chosen.length === 0) return state
  const controller = fieldOf(describe, field.controllerName ?? '')
  const controlling = controller && {
    field: controller,
    value: valueOf(state, controller.name),
  }
  const allowed = new Set(choosableValues(field, controlling).map((entry) => entry.value))
  const kept = chosen.filter((one) => allowed.has(one))
  if (kept.length === chosen.length) return state
  const emptied = setValue(state, { field: field.name, value: kept.join(';') || null })
  return applyEdit(emptied, { field: field.name, value: kept.join(';') || null }, describe)
}

function cellsOf(screen: ObjectScreen): readonly LayoutCell[] {
  return screen.layout.sections.flatMap((section) =>
    section.rows.flatMap((row) => row.filter((cell) => cell !== null)),
  )
}

/** The fields a user can enter on this layout, parts of compounds included. */
export function shownFields(state: FormState, screen: ObjectScreen): readonly string[] {
  return cellsOf(screen)
    .filter((cell) => cell.behavior !== 'Readonly')
    .flatMap((cell) => {
      const parts = partsOf(screen.describe, cell.field).map((part) => part.name)
      return parts.length > 0 ? parts : [cell.field]
    })
    .filter((name) => {
      const field = fieldOf(screen.describe, name)
      return field !== undefined && isEditable(field, state.isNew)
    })
}

/** Checks one field and notes or clears its message. */
export function checkField(state: FormState, name: string, screen: ObjectScreen): FormState {
  const field = fieldOf(screen.describe, name)
  if (!field) return state
  const cell = cellsOf(screen).find((one) => one.field === name)
  const required = isRequired(field, cell?.behavior ?? 'Edit')
  const unreadable = state.unreadable.get(name)
  return setError(state, name, unreadable ?? checkValue(field, valueOf(state, name), required))
}

/** All fields with a message, in describe order. */
export function layoutProblems(state: FormState, describe: ObjectInfo): readonly FieldProblem[] {
  const messages = new Map([...state.unreadable, ...state.errors])
  return describe.fields.flatMap((field) => {
    const message = messages.get(field.name)
    return message === undefined ? [] : [{ field: field.name, label: field.label, message }]
  })
}

/** Checks all that can be entered on the layout, as before a save. */
export function checkAll(state: FormState, screen: ObjectScreen): FormState {
  return shownFields(state, screen).reduce((form, field) => checkField(form, field, screen), state)
}

/** Notes the server's refusal in the form; what belongs to no shown field comes back as messages. */
export function noteRefusal(
  state: FormState,
  error: ApiError,
  screen: ObjectScreen,
): { readonly form: FormState; readonly messages: readonly string[] } {
  const shown = new Set(shownFields(state, screen))
  const placed = placeProblems(error, screen.describe, shown)
  const form = { ...state, errors: new Map([...state.errors, ...placed.fields]) }
  return { form, messages: placed.form }
}
