/** Two people edit one record: edits that do not overlap are merged, an overlap is refused with both values. */
import { labelOfField } from '../model/labels.ts'
import { message } from '../base/message.ts'
import { refuse, type Refusal } from '../base/refusal.ts'
import type { ApiValue } from '../fields/field-type.ts'
import type { FieldModel } from '../model/model.ts'
import type { WritePlan } from '../query/plan-write.ts'
import { maySee, type Gate } from '../query/resolve.ts'
import type { CurrentRow } from './current-row.ts'
import type { SaveOptions } from './records.ts'

export interface ConflictInput {
  readonly gate: Gate
  readonly plan: WritePlan
  readonly current: CurrentRow
  readonly options: SaveOptions
}

interface Conflict {
  readonly field: string
  readonly base: unknown
  readonly yours: ApiValue
  readonly theirs: ApiValue
  readonly changedBy: string
  readonly changedAt: string
}

/**
 * Refuses a save on an old version: without a base as a whole; with one only when a field that the caller sets was changed
 * to something else since then.
 */
export function findConflicts(input: ConflictInput): void {
  const { options, current } = input
  const isOld = options.ifVersion !== undefined && options.ifVersion !== current.version
  if (options.base === undefined) {
    if (isOld) throw oldVersion(current)
    return
  }
  const conflicts = conflictsWith(input, options.base, isOld)
  if (conflicts.length === 0) return
  const fields = conflicts.map((conflict) => conflict.field)
  throw refuse(
    'ENTITY_FAILED_IFMATCH',
    message('Somebody else changed {fields} meanwhile: choose which value to keep.', {
      fields: [...input.plan.values.keys()]
        .filter((field) => fields.includes(field.name))
        .map(labelOfField),
    }),
    { fields, details: { version: current.version, conflicts } },
  )
}

function oldVersion({ version }: CurrentRow): Refusal {
  return refuse(
    'ENTITY_FAILED_IFMATCH',
    message(
      'The record was changed by somebody else: it has version {version} now. Load it again.',
      {
        version,
      },
    ),
    { details: { version } },
  )
}

function conflictsWith(
  { gate, plan, current }: ConflictInput,
  base: ReadonlyMap<string, unknown>,
  isOld: boolean,
): readonly Conflict[] {
  const started = new Map<FieldModel | undefined, unknown>(
    [...base].map(([name, value]) => [plan.object.fieldsByName.get(name.toLowerCase()), value]),
  )
  const conflicts: Conflict[] = []
  for (const [field, yours] of plan.values) {
    const theirs = current.values.get(field.name)
    if (theirs === undefined || !maySee(gate, field)) continue
    const from = started.get(field)
    // A field without a base was not looked at: on an old version nobody knows what would be lost.
    const isOpen = started.has(field) ? !same(field, from, theirs) : isOld
    if (!isOpen || same(field, yours, theirs)) continue
    conflicts.push({
      field: field.name,
      base: from ?? null,
      yours,
      theirs,
      changedBy: current.changedBy,
      changedAt: new Date(current.changedAt).toISOString(),
    })
  }
  return conflicts
}

/** Equal as the field stores them: "5" and 5.00 are one number. */
function same(field: FieldModel, left: unknown, right: ApiValue): boolean {
  if (typeof left === 'string' && typeof right === 'string' && left === right) return true
  // A form in a browser holds long numbers as doubles: what it started from is as near as it could be.
  if (typeof left === 'number' && typeof right === 'string') return left === Number(right)
  return stored(field, left) === stored(field, right)
}

/** A value in a form that can be compared; one that the field cannot take differs from all that it holds. */
function stored(field: FieldModel, value: unknown): unknown {
  if (value === undefined || value === null || value === '') return null
  const comparison = field.type.comparison?.(field.options)
  // Folded texts would hide a change of case or accents.
  if (comparison === undefined || comparison.column !== '') return JSON.stringify(value)
  const result = comparison.value(value as ApiValue)
  return typeof result === 'object' ? JSON.stringify(value) : result
}
