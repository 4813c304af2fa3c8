/** What a form begins with: the object as the record's type sees it, the record, its values; or the choice of a type. */
import { screens } from '../../api.ts'
import { formFacts } from '../../base/form-rules.ts'
import { cloneForm, editForm, newForm, setValue, type FormState } from '../../base/form-state.ts'
import { objectScreen } from '../../base/object-store.ts'
import { choosableTypes, recordTypeField, screenOfType } from '../../base/record-types.ts'
import type { FormFacts, ObjectScreen, RecordScreen, RecordTypeScreen } from '../../base/wire.ts'

export interface WantedForm {
  readonly object: string
  /** Empty for a new record. */
  readonly id: string
  readonly query: ReadonlyMap<string, string> | URLSearchParams
  readonly userId: string | undefined
}

export interface OpenedForm {
  readonly object: ObjectScreen
  readonly original: RecordScreen | undefined
  /** Undefined while the record type has to be chosen first. */
  readonly form: FormState | undefined
  readonly choices: readonly RecordTypeScreen[]
}

export async function openForm(wanted: WantedForm): Promise<OpenedForm> {
  const { id, query } = wanted
  const source = id || (query.get('clone') ?? '')
  const [object, record, { defaults }] = await Promise.all([
    objectScreen(wanted.object),
    source === '' ? undefined : screens.record(source),
    formFacts(wanted.object),
  ])
  const original = id === '' ? undefined : record
  const type = wantedType(object, wanted, record)
  if (type === undefined) {
    const present = original?.record[recordTypeField]
    const choices = choosableTypes(object).filter((one) => one.id !== present)
    return { object, original, form: undefined, choices }
  }
  const screen = screenOfType(object, type)
  return {
    object: screen,
    original,
    form: startForm(screen, wanted, { record, type, defaults }),
    choices: [],
  }
}

/** The object anew, as the type in the form sees it. */
export async function screenOfForm(
  object: string,
  form: FormState | undefined,
): Promise<ObjectScreen> {
  return screenOfType(await objectScreen(object), form?.values.get(recordTypeField))
}

/** For the next new record: the type of this one. */
export function sameType(form: FormState | undefined): Readonly<Record<string, string>> {
  const type = String(form?.values.get(recordTypeField) ?? '')
  return type === '' ? {} : { [recordTypeField]: type }
}

/** The id of the type; empty for none; undefined where the user has to say it. */
function wantedType(
  object: ObjectScreen,
  { id, query }: WantedForm,
  record: RecordScreen | undefined,
): string | undefined {
  const asked = query.get(recordTypeField)
  const stored = String(record?.record[recordTypeField] ?? '')
  if (id !== '') return asked === '' ? undefined : (asked ?? stored)
  const types = choosableTypes(object)
  const known = types.find((type) => type.id === (asked ?? stored))
  if (known !== undefined) return known.id
  return types.length > 1 ? undefined : (types[0]?.id ?? '')
}

interface Beginning {
  readonly record: RecordScreen | undefined
  readonly type: string
  readonly defaults: FormFacts['defaults']
}

function startForm(
  { describe }: ObjectScreen,
  { id, query, userId }: WantedForm,
  { record, type, defaults }: Beginning,
): FormState {
  const typed = (form: FormState): FormState =>
    type === '' ? form : setValue(form, { field: recordTypeField, value: type })
  if (record === undefined)
    return typed(begun(newForm(describe, new Map(query), { userId, defaults }), type))
  if (id === '') return typed(cloneForm(describe, record.record))
  return typed(editForm(describe, record.record))
}

/** A type that was chosen before the form is no input that could be lost. */
function begun(form: FormState, type: string): FormState {
  return type === '' ? form : { ...form, base: new Map(form.base).set(recordTypeField, type) }
}
