/** A table that says that a restore has begun and not ended: such a database is not to be used. */
import type { EngineTable } from '../../storage/engine-tables.ts'

export const restoringTable: EngineTable = {
  name: 'fs_restoring',
  columns: [{ name: 'begun_at', kind: { kind: 'instant' } }],
  key: ['begun_at'],
  indexes: [],
}
