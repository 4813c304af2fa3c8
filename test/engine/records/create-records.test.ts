/** The use cases put together: listeners come and go, and their failures are not the saver's. */
import { expect, it } from 'vitest'
import { createRecords } from '../../../engine/records/create-records.ts'
import { createIdSource } from '../../../engine/base/record-id.ts'
import { testServices } from '../../contract/field-services.ts'
import { databases } from '../../support/databases.ts'
import { body, openOrganisation } from '../../support/organisation.ts'

it('a listener that throws is reported, the others hear, and the save stands', async () => {
  const database = await databases[0].open()
  const org = await openOrganisation(database.storage)
  const reported: unknown[] = []
  const records = await createRecords({
    storage: database.storage,
    models: { current: () => org.model },
    clock: { now: () => org.clock.now },
    ids: createIdSource({ now: () => Date.now() }, (count) => new Uint8Array(count).fill(7)),
    services: testServices,
    reportError: (error) => reported.push(error),
  })
  const heard: string[] = []
  const bug = new Error('a bug in a listener')
  records.onChange(() => {
    throw bug
  })
  const stop = records.onChange((change) => heard.push(change.id))
  const { id } = await records.create(org.admin, 'Account', body({ Name: 'Heard' }))
  expect([reported, heard]).toEqual([[bug], [id]])
  stop()
  await records.update(org.admin, 'Account', id, body({ Name: 'Unheard' }))
  expect([reported.length, heard]).toEqual([2, [id]])
  await database.close()
})
