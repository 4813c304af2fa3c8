/** The kinds of records that items of plans can be, and how far each is by its own fields. A new kind is one entry here. */
import type { Model, ObjectModel } from '../../model/model.ts'
import { textAt, type Row } from '../read-rows.ts'

export type ItemState = 'Pending' | 'InProgress' | 'Completed' | 'Canceled' | 'Deleted'

export interface ItemKind {
  readonly object: string
  /** The field that says how far it is; undefined where a person says it on the item. */
  readonly statusField: string | undefined
  /** What `stateOf` looks at. */
  readonly fields: readonly string[]
  stateOf(row: Row, object: ObjectModel): ItemState
  /** Lookups to the record that the plan is about; the first that may refer to it is filled. */
  readonly targetFields: readonly string[]
  /** What the template need not say. */
  readonly initial: Readonly<Record<string, unknown>>
  /** Takes "required" from the item. */
  readonly requiredField: string | undefined
  /** The field of the deadline. */
  readonly dueField: string | undefined
}

const task: ItemKind = {
  object: 'Task',
  statusField: 'Status',
  fields: ['Status', 'IsClosed'],
  stateOf: (row, object) => {
    if (row.get('IsClosed') === true) return 'Completed'
    const status = textAt(row, 'Status')
    return status === undefined || status === firstValue(object, 'Status')
      ? 'Pending'
      : 'InProgress'
  },
  targetFields: ['WhatId', 'WhoId'],
  initial: {},
  requiredField: undefined,
  dueField: 'ActivityDate',
}

const documentStates: ReadonlyMap<string, ItemState> = new Map([
  ['New', 'Pending'],
  ['Accepted', 'Completed'],
  ['Waived', 'Completed'],
])

const document: ItemKind = {
  object: 'DocumentChecklistItem',
  statusField: 'Status',
  fields: ['Status'],
  stateOf: (row) => documentStates.get(textAt(row, 'Status') ?? 'New') ?? 'InProgress',
  targetFields: ['ParentRecordId'],
  initial: { Status: 'New' },
  requiredField: 'IsRequired',
  dueField: undefined,
}

const event: ItemKind = {
  object: 'Event',
  statusField: undefined,
  fields: [],
  stateOf: () => 'Pending',
  targetFields: ['WhatId', 'WhoId'],
  initial: {},
  requiredField: undefined,
  dueField: 'StartDateTime',
}

const kinds: ReadonlyMap<string, ItemKind> = new Map(
  [task, document, event].map((kind) => [kind.object, kind]),
)

/** Undefined for what nobody can make: an object that is not there, or a kind that has no records. */
export function itemKind(model: Model, name: string): ItemKind | undefined {
  return model.object(name) === undefined ? undefined : kinds.get(name)
}

export const itemObjects: readonly string[] = [...kinds.keys()]

/** What a new record has, if nobody says otherwise. */
function firstValue(object: ObjectModel, name: string): string | undefined {
  const values = object.fieldsByName.get(name.toLowerCase())?.values ?? []
  return (values.find(({ isDefault }) => isDefault) ?? values[0])?.value
}

/** The field by which a record of the kind is tied to a record of the object, if there is one. */
export function targetField(model: Model, kind: ItemKind, target: string): string | undefined {
  const object = model.object(kind.object)
  return kind.targetFields.find((name) =>
    object?.fieldsByName.get(name.toLowerCase())?.reference?.targets.includes(target),
  )
}
