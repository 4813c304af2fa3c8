/** Fields whose final value only JavaScript can give; a read without such fields passes through untouched. */
import type { ApiValue } from '../fields/field-type.ts'
import { everyEntry, type ReadPlan } from '../query/read-plan.ts'
import { editJson } from './exact-json.ts'
import type { RecordContext } from './record-parts.ts'
import type { Caller } from './records.ts'

interface Readable {
  readonly plan: ReadPlan
  /** Records as JSON texts, joined by commas. */
  readonly text: string
}

export function finishRecords(
  context: RecordContext,
  caller: Caller,
  { plan, text }: Readable,
): string {
  if (plan.afterRead.length === 0 || text === '') return text
  const viewEncrypted = caller.access.has('ViewEncryptedData')
  const reader = { services: context.services, viewEncrypted }
  const finish = (record: unknown): void => {
    for (const { path, field } of plan.afterRead) {
      const key = path.at(-1) ?? ''
      for (const holder of holders(record, path.slice(0, -1))) {
        const stored = memberOf(holder, key) as ApiValue // The database built this member from the field's own column.
        const value = field.type.afterRead?.(stored, field.options, reader) ?? null
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
