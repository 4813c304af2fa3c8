/** Imports over a database with the test organisation, as a start of the server has them. */
import { randomBytes } from 'node:crypto'
import { createIdSource } from '../../engine/base/record-id.ts'
import { createBulk, type Bulk } from '../../engine/bulk/bulk.ts'
import type { Storage } from '../../engine/storage/storage.ts'
import { reopenOrganisation, type Organisation } from '../support/organisation.ts'

export async function startImports(
  storage: Storage,
  now = () => Date.now(),
): Promise<{ readonly bulk: Bulk; readonly org: Organisation }> {
  const org = await reopenOrganisation(storage)
  const clock = { now }
  const bulk = await createBulk({
    storage,
    records: org.records,
    models: { current: () => org.model },
    clock,
    ids: createIdSource(clock, (count) => randomBytes(count)),
    callerOf: async () => org.admin,
    reportError: (error) => {
      throw error
    },
  })
  return { bulk, org }
}
