/** How much room the database takes, as it says itself. */
import { sql } from '../sql/sql.ts'
import type { Storage } from './storage.ts'

export async function databaseBytes(storage: Pick<Storage, 'dialect' | 'read'>): Promise<number> {
  const [row] = await storage.read(sql`select ${storage.dialect.databaseBytes} as bytes`)
  return Number(row?.['bytes'] ?? 0)
}
