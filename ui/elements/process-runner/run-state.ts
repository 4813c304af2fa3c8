/** What a runner holds: the answers as forms, entries of repeated groups, and where problems stand; pure. */
import type { ApiError } from '../../base/api-error.ts'
import { setError, type FormState } from '../../base/form-state.ts'
import {
  isProcessField,
  type OpenRun,
  type ProcessAnswers,
  type ProcessField,
  type ProcessGroup,
  type ProcessInfo,
  type ProcessScreen,
} from '../../base/wire-processes.ts'
import type { ObjectInfo, Value } from '../../base/wire.ts'

/** An entry of a repeated group; the key stays while others come and go. */
export interface EntryState {
  readonly key: number
  /** The chosen record. */
  readonly id: string | undefined
  readonly form: FormState
}

export interface RunState {
  readonly form: FormState
  readonly entries: ReadonlyMap<string, readonly EntryState[]>
  /** Messages about groups as a whole, by name. */
  readonly groupErrors: ReadonlyMap<string, string>
}

let keys = 0

export function formOf(values: ReadonlyMap<string, Value>): FormState {
  const nothing = { errors: new Map<string, string>(), unreadable: new Map<string, string>() }
  return { base: values, values, ...nothing, isNew: true }
}

export function newEntry(values: ReadonlyMap<string, Value>, id?: string): EntryState {
  keys += 1
  return { key: keys, id, form: formOf(values) }
}

const entryId = '$id'

export function stateOf({ process, answers }: OpenRun): RunState {
  const groups = allGroups(process).filter(({ repeated }) => repeated)
  const names = new Set(groups.map(({ name }) => name))
  const own = Object.entries(answers).filter(([name]) => !names.has(name))
  const entries = groups.map(({ name }): readonly [string, readonly EntryState[]] => {
    const given = answers[name]
    const list: readonly Value[] = Array.isArray(given) ? (given as readonly Value[]) : []
    return [name, list.map(entryOf)]
  })
  return { form: formOf(new Map(own)), entries: new Map(entries), groupErrors: new Map() }
}

function entryOf(answer: Value): EntryState {
  const members = typeof answer === 'object' && answer !== null ? Object.entries(answer) : []
  const values = new Map(members as readonly (readonly [string, Value])[])
  const id = values.get(entryId)
  values.delete(entryId)
  return newEntry(values, typeof id === 'string' ? id : undefined)
}

export function allGroups({ screens }: ProcessInfo): readonly ProcessGroup[] {
  return screens.flatMap(({ groups }) => groups)
}

/** Everything that was answered, as it is sent. */
export function answersOf({ form, entries }: RunState): ProcessAnswers {
  const lists = [...entries].map(([group, list]): readonly [string, Value] => [
    group,
    list.map(({ id, form: own }) => ({
      ...(id === undefined ? {} : { [entryId]: id }),
      ...Object.fromEntries(own.values),
    })),
  ])
  return Object.fromEntries([...form.values, ...lists])
}

/** As editors want an object: the questions are its fields, and it has no name. */
export function askedObject(fields: readonly ProcessField[]): ObjectInfo {
  return {
    name: '',
    label: '',
    labelPlural: '',
    custom: false,
    createable: true,
    updateable: true,
    deletable: false,
    fields,
  }
}

export function fieldsOf(groups: readonly ProcessGroup[]): readonly ProcessField[] {
  return groups.flatMap(({ attributes }) => attributes.filter(isProcessField))
}

export interface PlacedRun {
  readonly state: RunState
  /** What belongs to no question that is known. */
  readonly messages: readonly string[]
  /** The first step with a problem. */
  readonly screen: string | undefined
}

const inEntry = /^(\w+)\[(\d+)\](?:\.(\w+))?$/

/** Puts the server's refusal to the questions it is about. */
export function placeRefusal(state: RunState, error: ApiError, process: ProcessInfo): PlacedRun {
  let next = state
  const messages: string[] = []
  const touched = new Set<string>()
  for (const { message, fields = [] } of error.problems) {
    const places = fields.filter((field) => screenOf(process, field) !== undefined)
    if (places.length === 0) messages.push(message)
    for (const place of places) {
      touched.add(screenOf(process, place)?.name ?? '')
      next = withMessage(next, place, message)
    }
  }
  const screen = process.screens.find(({ name }) => touched.has(name))?.name
  return { state: next, messages, screen }
}

function screenOf(process: ProcessInfo, place: string): ProcessScreen | undefined {
  const name = inEntry.exec(place)?.[1] ?? place
  return process.screens.find(({ groups }) =>
    groups.some(
      (group) => group.name === name || group.attributes.some((one) => one.name === name),
    ),
  )
}

function withMessage(state: RunState, place: string, message: string): RunState {
  const found = inEntry.exec(place)
  if (found === null) {
    if (!state.entries.has(place)) return { ...state, form: setError(state.form, place, message) }
    return { ...state, groupErrors: new Map(state.groupErrors).set(place, message) }
  }
  const [, group = '', index = '', field] = found
  if (field === undefined) {
    return { ...state, groupErrors: new Map(state.groupErrors).set(group, message) }
  }
  return withEntry(state, group, Number(index), (entry) => ({
    ...entry,
    form: setError(entry.form, field, message),
  }))
}

export function withEntry(
  state: RunState,
  group: string,
  ...[index, change]: readonly [number, (entry: EntryState) => EntryState]
): RunState {
  const list = state.entries.get(group) ?? []
  const changed = list.map((entry, at) => (at === index ? change(entry) : entry))
  return { ...state, entries: new Map(state.entries).set(group, changed) }
}

export function withEntries(state: RunState, group: string, list: readonly EntryState[]): RunState {
  const groupErrors = new Map(state.groupErrors)
  groupErrors.delete(group)
  return { ...state, entries: new Map(state.entries).set(group, list), groupErrors }
}
