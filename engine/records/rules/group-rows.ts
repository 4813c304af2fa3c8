/** Groups that people make as records stand beside those that metadata and roles make, and leave them alone. */
import { message } from '../../base/message.ts'
import { refuse, type Refusal } from '../../base/refusal.ts'
import type { ApiValue } from '../../fields/field-type.ts'
import type { FieldModel, Model, ObjectModel } from '../../model/model.ts'
import { groupObject } from '../../model/people-lookup.ts'

/** Kinds of group that people make, and the metadata type by which files make them; others are the engine's. */
const kinds: ReadonlyMap<string, 'Group' | 'Queue' | undefined> = new Map([
  ['Regular', 'Group'],
  ['Queue', 'Queue'],
  ['Participant', undefined],
])

/** By field name; undefined where a save does not set it. */
type Values = (name: string) => ApiValue | undefined

/** What must be known of the stored group before it is changed. */
export function groupReads(object: ObjectModel): readonly FieldModel[] {
  if (object.name !== groupObject) return []
  return [object.nameField, object.fieldsByName.get('type')].filter((field) => field !== undefined)
}

/** Why a group cannot be saved so; undefined for all other objects. */
export function groupRefusal(
  model: Model,
  object: ObjectModel,
  { given, previous }: { readonly given: Values; readonly previous: Values | undefined },
): Refusal | undefined {
  if (object.name !== groupObject) return undefined
  const name = object.nameField.name
  if (previous !== undefined) {
    const kept = keptGroup(model, { type: previous('Type'), name: previous(name) })
    if (kept !== undefined) return kept
    const type = given('Type')
    if (type === undefined || type === previous('Type')) return nameTaken(model, given, previous)
    return refuse('INVALID_FIELD', message('A group stays of the type it was made with.'), {
      fields: ['Type'],
    })
  }
  if (!kinds.has(textOf(given('Type')))) {
    const types = [...kinds.keys()].join(', ')
    const told = message('Groups are made with the Type {types}; others belong to roles.', {
      types,
    })
    return refuse('INVALID_FIELD', told, { fields: ['Type'] })
  }
  return nameTaken(model, given, undefined)

  function nameTaken(
    known: Model,
    values: Values,
    before: Values | undefined,
  ): Refusal | undefined {
    const wanted = values(name)
    if (wanted === undefined || wanted === before?.(name)) return undefined
    const type = values('Type') ?? before?.('Type')
    return keptGroup(known, { type, name: wanted })
  }
}

/** The refusal to change or delete a group that is not a record alone; undefined where it may be. */
export function keptGroup(
  model: Model,
  { type, name }: { readonly type: unknown; readonly name: unknown },
): Refusal | undefined {
  const kind = textOf(type)
  if (!kinds.has(kind)) {
    const told = message('This group belongs to a role and follows it: change the role instead.')
    return refuse('INSUFFICIENT_ACCESS_OR_READONLY', told)
  }
  const component = kinds.get(kind)
  const fullName = textOf(name)
  if (component === undefined || model.component(component, fullName) === undefined)
    return undefined
  const told = message('{type} {name} is declared in the metadata: change it there.', {
    type: component,
    name: fullName,
  })
  return refuse('INSUFFICIENT_ACCESS_OR_READONLY', told)
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
