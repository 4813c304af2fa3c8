/** Fields whose final value only JavaScript can give; a read without such fields passes through untouched. */
import type { ApiValue } from '../fields/field-type.ts'
import { everyEntry, type ReadPlan } from '../query/read-plan.ts'
import { editJson } from './exact-json.ts'
import { finishFormula } from './finish-formula.ts'
import type { FormulaValues } from './formula-values.ts'
import type { RecordContext } from './record-parts.ts'
import type { Caller } from './records.ts'

interface Readable {
  readonly plan: ReadPlan
  /** Records as JSON texts, joined by commas. */
  readonly text: string
  /** Present where the plan has formulas. */
  readonly values?: FormulaValues | undefined
}

export function finishRecords(
  context: RecordContext,
  caller: Caller,
  { plan, text, values }: Readable,
): string {
  if (plan.afterRead.length === 0 || text === '') return text
  const viewEncrypted = caller.access.has('ViewEncryptedData')
  const reader = { services: context.services, viewEncrypted }
  const finish = (record: unknown): void => {
    for (const { path, field, formula } of plan.afterRead) {
      const key = path.at(-1) ?? ''
      for (const holder of holders(record, path.slice(0, -1))) {
        const stored = memberOf(holder, key)
        const value =
          formula === undefined || values === undefined
            ? // The database built this member from the field's own column.
              (field.type.afterRead?.(stored as ApiValue, field.options, reader) ?? null)
            : finishFormula(formula, stored, values)
        Reflect.set(holder, key, value)
      }
    }
  }
  const finished = editJson(`[${text}]`, (records) => {
    if (!Array.isArray(records)) throw new Error('records are a list')
    records.forEach(finish)
  })
  return finished.slice(1, -1)
}

/** The objects at the end of a path of keys: one, or as many as there are children. */
function holders(record: unknown, path: readonly string[]): readonly object[] {
  let found: readonly unknown[] = [record]
  for (const key of path) {
    found = key === everyEntry ? found.flat() : found.map((holder) => memberOf(holder, key))
  }
  return found.filter((holder) => typeof holder === 'object' && holder !== null)
}

function memberOf(holder: unknown, key: string): unknown {
  return typeof holder === 'object' && holder !== null ? Reflect.get(holder, key) : undefined
}
