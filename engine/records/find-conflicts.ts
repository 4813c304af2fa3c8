/** Two people edit one record: edits that do not overlap are merged, an overlap is refused with both values. */
import { refuse } from '../base/refusal.ts'
import type { ApiValue } from '../fields/field-type.ts'
import type { FieldModel } from '../model/model.ts'
import type { WritePlan } from '../query/plan-write.ts'
import { maySee, type Gate } from '../query/resolve.ts'
import type { CurrentRow } from './current-row.ts'

export interface ConflictInput {
  readonly gate: Gate
  readonly plan: WritePlan
  readonly current: CurrentRow
  /** What the form started from, by field name; absent: no merge is asked for. */
  readonly base: ReadonlyMap<string, unknown> | undefined
}

interface Conflict {
  readonly field: string
  readonly base: unknown
  readonly yours: ApiValue
  readonly theirs: ApiValue
  readonly changedBy: string
  readonly changedAt: string
}

/** Refuses when a field that the caller sets was changed to something else since the caller's base. */
export function findConflicts(input: ConflictInput): void {
  const { base, plan, current } = input
  if (base === undefined) return
  const given = new Map([...base].map(([name, value]) => [name.toLowerCase(), value]))
  const conflicts: Conflict[] = []
  for (const [field, yours] of plan.values) {
    const key = field.name.toLowerCase()
    const theirs = current.values.get(field.name)
    if (!given.has(key) || theirs === undefined || !maySee(input.gate, field)) continue
    const started = given.get(key)
    if (same(field, started, theirs) || same(field, yours, theirs)) continue
    conflicts.push({
      field: field.name,
      base: started ?? null,
      yours,
      theirs,
      changedBy: current.changedBy,
      changedAt: new Date(current.changedAt).toISOString(),
    })
  }
  if (conflicts.length === 0) return
  const fields = conflicts.map((conflict) => conflict.field)
  throw refuse(
    'ENTITY_FAILED_IFMATCH',
    `Somebody else changed ${fields.join(', ')} meanwhile: choose which value to keep.`,
    {
      fields,
      details: { version: current.version, conflicts },
    },
  )
}

/** Equal as the field stores them: "5" and 5.00 are one number. */
function same(field: FieldModel, left: unknown, right: ApiValue): boolean {
  if (typeof left === 'string' && typeof right === 'string') return left === right
  const form = (value: unknown): unknown => {
    if (value === undefined || value === null || value === '') return null
    const comparison = field.type.comparison?.(field.options)
    const result = comparison?.value(value as ApiValue) // A value it cannot take comes back as a problem and differs.
    return typeof result === 'object' || result === undefined ? JSON.stringify(value) : result
  }
  return form(left) === form(right)
}
