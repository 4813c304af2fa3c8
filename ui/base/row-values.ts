/** Rows of a query and their values by type; what is missing or of another type is undefined. */
import { records } from '../api.ts'
import type { WireRecord } from './wire.ts'

export async function readRows(soql: string): Promise<readonly WireRecord[]> {
  return (await records.query(soql)).records
}

/** None where the user may not read such records, or a field of them. */
export async function rowsOrNone(soql: string): Promise<readonly WireRecord[]> {
  const [found] = await Promise.allSettled([readRows(soql)])
  return found.status === 'fulfilled' ? found.value : []
}

export function textAt(row: WireRecord, name: string): string | undefined {
  const value = row[name]
  return typeof value === 'string' ? value : undefined
}

export function numberAt(row: WireRecord, name: string): number | undefined {
  const value = row[name]
  return typeof value === 'number' ? value : undefined
}

/** Of the parent that came along under this name. */
export function parentText(row: WireRecord, parent: string, name: string): string | undefined {
  const value: unknown = row[parent]
  if (typeof value !== 'object' || value === null) return undefined
  const found: unknown = Reflect.get(value, name)
  return typeof found === 'string' ? found : undefined
}
