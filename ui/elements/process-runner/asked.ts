/** What a process asks at present: decided live in the browser, wrong answers found before anything is sent. */
import { checkValue } from '../../base/check-value.ts'
import { setError, valueOf, type FormState } from '../../base/form-state.ts'
import {
  isProcessField,
  type Decide,
  type ProcessAttribute,
  type ProcessField,
  type ProcessGroup,
  type ProcessInfo,
  type ProcessScreen,
  type ProcessValues,
} from '../../base/wire-processes.ts'
import { t } from '../../base/text.ts'
import type { Value } from '../../base/wire.ts'
import { withEntries, type EntryState, type RunState } from './run-state.ts'

export interface Asked {
  readonly process: ProcessInfo
  readonly state: RunState
  readonly decide: Decide
  readonly now: number
}

function valuesOf({ process, state, now }: Asked): ProcessValues {
  const entries = [...state.entries].map(([name, list]) => {
    return [name, list.map(({ form }) => form.values)] as const
  })
  return { process, values: state.form.values, entries: new Map(entries), now }
}

type Entry = ReadonlyMap<string, Value>

/** What only the server can decide is asked. */
export function isAsked(
  asked: Asked,
  part: ProcessScreen | ProcessGroup | ProcessAttribute,
  entry?: Entry,
): boolean {
  if (!part.visible) return true
  return asked.decide(part.visible, valuesOf(asked), entry) !== false
}

export function askedScreens(asked: Asked): readonly ProcessScreen[] {
  return asked.process.screens.filter(
    (screen) =>
      isAsked(asked, screen) &&
      screen.groups.some((group) => askedGroups(asked, screen).includes(group)),
  )
}

/** Those with something to show. */
export function askedGroups(asked: Asked, screen: ProcessScreen): readonly ProcessGroup[] {
  return screen.groups.filter(
    (group) =>
      isAsked(asked, group) &&
      (group.repeated || group.attributes.some((one) => isAsked(asked, one))),
  )
}

export function askedFields(
  asked: Asked,
  { attributes }: ProcessGroup,
  entry?: Entry,
): readonly ProcessField[] {
  return attributes.filter(isProcessField).filter((field) => isAsked(asked, field, entry))
}

/** The state with a message at every answer of the step that is wrong. */
export function checkedScreen(asked: Asked, screen: ProcessScreen): RunState {
  let { state } = asked
  for (const group of askedGroups(asked, screen)) {
    if (group.repeated) state = checkedEntries({ ...asked, state }, group)
    else state = { ...state, form: checkedForm(asked, group, { form: state.form }) }
  }
  return state
}

function checkedEntries(asked: Asked, group: ProcessGroup): RunState {
  const list = asked.state.entries.get(group.name) ?? []
  const checked = list.map((entry): EntryState => {
    const form = checkedForm(asked, group, { form: entry.form, entry: entry.form.values })
    return { ...entry, form }
  })
  const state = withEntries(asked.state, group.name, checked)
  const message = countMessage(group, list.length)
  if (message === undefined) return state
  return { ...state, groupErrors: new Map(state.groupErrors).set(group.name, message) }
}

function countMessage(
  { minEntries, maxEntries, choiceColumns }: ProcessGroup,
  count: number,
): string | undefined {
  if (count < minEntries) {
    return choiceColumns === null
      ? t('Add at least {count}.', { count: minEntries })
      : t('Choose at least {count}.', { count: minEntries })
  }
  if (maxEntries === null || count <= maxEntries) return undefined
  return t('At most {count} are possible.', { count: maxEntries })
}

function checkedForm(
  asked: Asked,
  group: ProcessGroup,
  { form, entry }: { readonly form: FormState; readonly entry?: Entry },
): FormState {
  return askedFields(asked, group, entry).reduce((state, field) => {
    if (!field.createable) return state
    return setError(state, field.name, messageAt(asked, field, { state, entry }))
  }, form)
}

function messageAt(
  asked: Asked,
  field: ProcessField,
  { state, entry }: { readonly state: FormState; readonly entry: Entry | undefined },
): string | undefined {
  const value = valueOf(state, field.name)
  const unreadable = state.unreadable.get(field.name)
  if (unreadable !== undefined) return unreadable
  const isMissing = !field.nillable && field.type === 'boolean' && value !== true
  if (isMissing) return t('This needs to be confirmed.')
  const found = checkValue(field, value, !field.nillable)
  if (found !== undefined) return found
  const isEmpty = value === null || value === ''
  if (isEmpty || !field.error) return undefined
  return asked.decide(field.error, valuesOf(asked), entry) === true ? field.errorMessage : undefined
}

/** How many messages stand in the step's questions. */
export function problemsIn(state: RunState, screen: ProcessScreen): number {
  const groups = new Set(screen.groups.map(({ name }) => name))
  const names = new Set(screen.groups.flatMap((group) => group.attributes.map(({ name }) => name)))
  const own = [...state.form.errors.keys()].filter((name) => names.has(name)).length
  const ofGroups = [...state.groupErrors.keys()].filter((name) => groups.has(name)).length
  const entries = [...state.entries].filter(([name]) => groups.has(name))
  const inEntries = entries.flatMap(([, list]) => list).map(({ form }) => form.errors.size)
  return own + ofGroups + inEntries.reduce((sum, count) => sum + count, 0)
}
