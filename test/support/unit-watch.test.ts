/** What the suites of the API are watched by finds what it is there for. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { sql } from '../../engine/sql/sql.ts'
import { databases, type OpenDatabase } from './databases.ts'
import { watchUnits } from './unit-watch.ts'

let database: OpenDatabase
beforeAll(async () => {
  database = await databases[0].open()
})
afterAll(() => database.close())

it('a write from within a unit of work is refused at once; one after it is not', async () => {
  const storage = watchUnits(database.storage)
  const one = () => storage.write((tx) => tx.read(sql`select 1 as one`))
  let later = (): Promise<unknown> => Promise.reject(new Error('not set'))
  const nested = storage.write(async () => {
    later = one
    return one()
  })
  await expect(nested).rejects.toThrow('beside the unit')
  expect(await later()).toEqual([{ one: 1 }])
})
