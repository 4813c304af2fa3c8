/** The records of a process, made and changed within one unit of work, with references among them. */
import type {
  ServiceProcessInputAssignment,
  ServiceProcessRecordCreate,
  ServiceProcessRecordUpdate,
} from '../../../metadata/types.ts'
import { message } from '../../base/message.ts'
import { Refusal, refuse, type Problem } from '../../base/refusal.ts'
import type { ApiValue } from '../../fields/field-type.ts'
import type { Model } from '../../model/model.ts'
import { startedFrom } from '../../model/processes/check-process-records.ts'
import { recordCreatesOf } from '../../model/processes/process-parts.ts'
import type { Caller, RecordBody, Records } from '../../records/records.ts'
import { fieldOf } from './ready-process.ts'
import { computed, holds, type EntryPlace, type Situation } from './evaluate.ts'
import { fitted } from './choices.ts'

export interface MadeRecord {
  /** Of the entry in the process. */
  readonly name: string
  readonly object: string
  readonly id: string
  readonly isNew: boolean
}

export interface MakeInput extends Situation {
  readonly caller: Caller
  readonly model: Model
  /** Of the open unit of work. */
  readonly records: Records
  readonly recordId: string | undefined
}

type RecordPart = Readonly<ServiceProcessRecordCreate> | Readonly<ServiceProcessRecordUpdate>

interface PlannedRecord {
  readonly place: EntryPlace | undefined
  /** Which entry of its group; 0 for what is made once. */
  readonly at: number
  readonly body: RecordBody
}

/** By lower-case name of the entry: id by position in its group. */
type Made = Map<string, ReadonlyMap<number, string>>

export async function makeRecords(input: MakeInput): Promise<readonly MadeRecord[]> {
  const made: Made = new Map()
  const all: MadeRecord[] = []
  for (const create of recordCreatesOf(input.process.body)) {
    const planned = planRecords(input, create, made)
    const ids = await savedIds(input, create, planned)
    made.set(create.name.toLowerCase(), ids)
    for (const id of ids.values()) {
      all.push({ name: create.name, object: create.object, id, isNew: true })
    }
  }
  for (const update of input.process.body.recordUpdates ?? []) {
    const planned = planRecords(input, update, made)
    for (const { body, ...one } of planned) {
      const id = referred(input, update.recordReference, { ...one, made })
      if (typeof id !== 'string') throw noRecord(update)
      await explained(input, update, one, () =>
        input.records.update(input.caller, update.object, id, body),
      )
      all.push({ name: update.name, object: update.object, id, isNew: false })
    }
  }
  return all
}

function noRecord({ name, label }: Readonly<ServiceProcessRecordUpdate>): Refusal {
  const told = message('{name}: there is no record to change', { name: label ?? name })
  return refuse('INVALID_CROSS_REFERENCE_KEY', told)
}

function planRecords(input: MakeInput, part: RecordPart, made: Made): readonly PlannedRecord[] {
  const { collectionReference: group } = part
  const places: readonly (EntryPlace | undefined)[] =
    group === undefined
      ? [undefined]
      : (input.answers.entries.get(group) ?? []).map((entry) => ({ group, entry }))
  return places.flatMap((place, at) => {
    if (!holds(input, part.conditionFormula, place)) return []
    return [{ place, at, body: bodyOf(input, part, { place, at, made }) }]
  })
}

interface Position {
  readonly place: EntryPlace | undefined
  readonly at: number
  readonly made: Made
}

function bodyOf(input: MakeInput, part: RecordPart, position: Position): RecordBody {
  const body = new Map<string, unknown>()
  for (const assignment of part.inputAssignments ?? []) {
    const value = valueOf(input, part, { ...position, assignment })
    // A new record takes its own default where nothing was answered.
    if (value !== null || 'recordReference' in part) body.set(assignment.field, value)
  }
  const type = 'recordType' in part ? recordTypeOf(input, part) : undefined
  if (type !== undefined) body.set('RecordTypeId', type)
  return body
}

function recordTypeOf(
  { model }: MakeInput,
  { object, recordType }: Readonly<ServiceProcessRecordCreate>,
): string | undefined {
  return model.object(object)?.recordTypes.find((one) => one.name === recordType)?.id
}

function valueOf(
  input: MakeInput,
  part: RecordPart,
  { assignment, ...position }: Position & { readonly assignment: ServiceProcessInputAssignment },
): ApiValue {
  const { value, formula, field } = assignment
  const target = fieldOf(input.model, part.object, field)
  if (formula !== undefined) {
    const result = computed(input, formula, { place: position.place })
    return target === undefined ? result : fitting(result, target.type.name, input)
  }
  const { stringValue, numberValue, booleanValue, elementReference } = value ?? {}
  if (elementReference === undefined) return stringValue ?? numberValue ?? booleanValue ?? null
  const found = referred(input, elementReference, position)
  return target === undefined ? found : fitting(found, target.type.name, input)
}

const textTypes: ReadonlySet<string> = new Set(['Text', 'TextArea', 'LongTextArea'])

/** A day of a moment, the text of a number: as far as types may differ. */
function fitting(value: ApiValue, type: string, { around }: MakeInput): ApiValue {
  if (textTypes.has(type) && (typeof value === 'number' || typeof value === 'boolean')) {
    return String(value)
  }
  if (type !== 'Date' || typeof value !== 'string' || !value.includes('T')) return value
  return fitted(value, { type: { name: 'Date' } }, around.zone)
}

/** What a name stands for: the record it was started from, an answer, or the id of a record made before. */
function referred(input: MakeInput, reference: string, { place, at, made }: Position): ApiValue {
  if (reference === startedFrom) return input.recordId ?? null
  const field = input.process.fields.get(reference.toLowerCase())
  if (field !== undefined) {
    const own = field.repeatedIn === undefined ? undefined : place?.entry.values
    return (own ?? input.answers.values).get(field.name) ?? null
  }
  const name = reference.toLowerCase()
  if (place !== undefined && place.group.toLowerCase() === name) return place.entry.id ?? null
  const ids = made.get(name)
  return ids?.get(at) ?? ids?.get(0) ?? null
}

async function savedIds(
  input: MakeInput,
  create: Readonly<ServiceProcessRecordCreate>,
  planned: readonly PlannedRecord[],
): Promise<ReadonlyMap<number, string>> {
  const ids = new Map<number, string>()
  if (planned.length === 0) return ids
  const { records, caller } = input
  if (planned.length === 1) {
    const [only] = planned
    const saved = await explained(input, create, only, () =>
      records.create(caller, create.object, only?.body ?? new Map()),
    )
    return ids.set(only?.at ?? 0, saved.id)
  }
  const bodies = planned.map(({ body }) => body)
  const results = await explained(input, create, undefined, () =>
    records.createMany(caller, create.object, bodies, { allOrNone: true }),
  )
  results.forEach((result, position) => {
    if (result instanceof Refusal) throw result
    ids.set(planned[position]?.at ?? position, result.id)
  })
  return ids
}

type Where = Pick<PlannedRecord, 'place' | 'at'> | undefined

/** A refusal of a field is told at the answer that it came from. */
async function explained<Result>(
  input: MakeInput,
  part: RecordPart,
  ...[where, save]: readonly [Where, () => Promise<Result>]
): Promise<Result> {
  try {
    return await save()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    throw new Refusal(error.problems.map((problem) => placed(input, part, { problem, where })))
  }
}

function placed(
  { process }: MakeInput,
  part: RecordPart,
  { problem, where }: { readonly problem: Problem; readonly where: Where },
): Problem {
  const fields = problem.fields.flatMap((name) => {
    const assignment = part.inputAssignments?.find(
      (one) => one.field.toLowerCase() === name.toLowerCase(),
    )
    const reference = assignment?.value?.elementReference
    const field = process.fields.get(reference?.toLowerCase() ?? '')
    if (field === undefined) return []
    const isInEntry = field.repeatedIn !== undefined && where?.place !== undefined
    return [isInEntry ? `${field.repeatedIn}[${where.at}].${field.name}` : field.name]
  })
  return { ...problem, fields }
}
