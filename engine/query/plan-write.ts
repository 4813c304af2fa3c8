/** What a caller sends for a record, through the gate: names resolved, rights and values checked, all problems at once. */
import { limits } from '../base/limits.ts'
import { message, type Message } from '../base/message.ts'
import { Refusal, refuse, wording, type ErrorCode, type Problem } from '../base/refusal.ts'
import type { ApiValue, ValueProblem } from '../fields/field-type.ts'
import { labelOfField, pluralOf } from '../model/labels.ts'
import type { FieldModel, ObjectModel } from '../model/model.ts'
import { shapeProblem } from './field-shape.ts'
import { findField, noSuchColumn, unknownField, type Gate } from './resolve.ts'

export type WriteMode = 'create' | 'update'

export interface WritePlan {
  readonly object: ObjectModel
  /** In the order of the body; values passed their type's schema, not yet its other checks. */
  readonly values: ReadonlyMap<FieldModel, ApiValue>
  /** All that is wrong so far; the caller adds what only the whole record can tell, then refuses. */
  readonly problems: readonly Problem[]
}

export function planWrite(
  gate: Gate,
  object: ObjectModel,
  input: { readonly body: ReadonlyMap<string, unknown>; readonly mode: WriteMode },
): WritePlan {
  const right = input.mode === 'create' ? 'create' : 'edit'
  if (!gate.access.mayObject(object.name, right)) {
    const text =
      right === 'create' ? 'You may not create {objects}.' : 'You may not edit {objects}.'
    throw refuse('INSUFFICIENT_ACCESS_OR_READONLY', message(text, { objects: pluralOf(object) }))
  }
  if (input.body.size > limits.recordMembersMax) {
    throw refuse(
      'LIMIT_EXCEEDED',
      `A record has at most ${limits.recordMembersMax} members (recordMembersMax).`,
    )
  }
  const values = new Map<FieldModel, ApiValue>()
  const problems: Problem[] = []
  for (const [name, value] of input.body) {
    if (name === 'attributes') continue
    try {
      const field = findField(gate, object, name)
      if (field === undefined) {
        const isAdvised = problems.length < advisedMax
        throw isAdvised ? unknownField(gate, object, name) : noSuchColumn(object, name)
      }
      if (values.has(field)) throw given(field)
      values.set(field, checkedShape(gate, field, { value, mode: input.mode }))
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      problems.push(...error.problems)
    }
  }
  return { object, values, problems }
}

/** Looking for near names costs time: a body full of wrong names gets advice for the first of them. */
const advisedMax = 10

function given(field: FieldModel): Refusal {
  return refuse('INVALID_FIELD', `${field.name} was given twice.`, { fields: [field.name] })
}

const closedTexts: Readonly<Record<WriteMode, string>> = {
  create:
    'Unable to create field {field}: it is kept by the system or not open to you. Leave it out.',
  update:
    'Unable to update field {field}: it is kept by the system or not open to you. Leave it out.',
}

interface GivenValue {
  readonly value: unknown
  readonly mode: WriteMode
}

function checkedShape(gate: Gate, field: FieldModel, { value, mode }: GivenValue): ApiValue {
  const isOpen = mode === 'create' ? field.createable : field.updateable
  if (!isOpen || !gate.access.mayField(field.object, field.name, 'edit')) {
    throw refuse(
      'INVALID_FIELD_FOR_INSERT_UPDATE',
      message(closedTexts[mode], { field: field.name }),
      { fields: [field.name] },
    )
  }
  const problem = shapeProblem(field, value)
  if (problem !== undefined)
    throw new Refusal([fieldProblem(field, problem.errorCode, toldOf(problem))])
  return value as ApiValue // The shape was just checked against the type's own schema.
}

export function fieldProblem(field: FieldModel, errorCode: ErrorCode, problem: Message): Problem {
  const text = message('{field}: {problem}', { field: labelOfField(field), problem })
  return { errorCode, ...wording(text), fields: [field.name] }
}

/** What a field's type finds wrong, as a part of a message. */
export function toldOf({ message: text, told }: ValueProblem): Message {
  return told ?? message('{text}', { text })
}
