/** Fields whose final value only JavaScript can give; a read without such fields passes through untouched. */
import type { ApiValue } from '../fields/field-type.ts'
import type { FieldModel } from '../model/model.ts'
import {
  everyEntry,
  ofObject,
  type Reader,
  type ShowValue,
  type StatedPlan,
} from '../query/read-plan.ts'
import { editJson, givenDigits } from './exact-json.ts'
import { finishFormula } from './finish-formula.ts'
import type { FormulaValues } from './formula-values.ts'
import type { RecordContext } from './record-parts.ts'
import type { Caller } from './records.ts'

interface Readable {
  readonly plan: Pick<StatedPlan, 'afterRead'>
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
    for (const { path, field, formula, shown } of plan.afterRead) {
      const key = path.at(-1) ?? ''
      for (const holder of holders(record, path.slice(0, -1))) {
        const stored = memberOf(holder, key)
        const value =
          formula === undefined || values === undefined
            ? // The database built this member from the field's own column.
              finishStored(field, stored as ApiValue, reader)
            : finishFormula(formula, stored, values)
        Reflect.set(holder, key, shown === undefined ? value : shownValue(value, shown, caller))
      }
    }
  }
  const finished = editJson(`[${text}]`, (records) => {
    if (!Array.isArray(records)) throw new Error('records are a list')
    records.forEach(finish)
  })
  return finished.slice(1, -1)
}

type FieldReader = Parameters<NonNullable<FieldModel['type']['afterRead']>>[2]

function finishStored(
  field: FieldModel | undefined,
  stored: ApiValue,
  reader: FieldReader,
): ApiValue {
  const { afterRead } = field?.type ?? {}
  if (field === undefined || afterRead === undefined) return stored
  return afterRead(stored, field.options, reader) ?? null
}

/** Nothing stays nothing in every language. */
function shownValue(value: ApiValue, shown: ShowValue, reader: Reader): ApiValue {
  if (typeof value === 'string') return shown(givenDigits(value) ?? value, reader)
  return typeof value === 'boolean' ? shown(value, reader) : value
}

/** The objects at the end of a path of keys: one, or as many as there are children. */
function holders(record: unknown, path: readonly string[]): readonly object[] {
  let found: readonly unknown[] = [record]
  for (const key of path) {
    if (key === everyEntry) found = found.flat()
    else if (key.startsWith(ofObject)) found = found.filter((one) => ofObject + typeOf(one) === key)
    else found = found.map((holder) => memberOf(holder, key))
  }
  return found.filter((holder) => typeof holder === 'object' && holder !== null)
}

function typeOf(record: unknown): string {
  return String(memberOf(memberOf(record, 'attributes'), 'type'))
}

function memberOf(holder: unknown, key: string): unknown {
  return typeof holder === 'object' && holder !== null ? Reflect.get(holder, key) : undefined
}
