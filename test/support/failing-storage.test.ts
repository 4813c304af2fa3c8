/** The failing storage fails where it is told to, and nowhere else. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from '../../engine/sql/sql.ts'
import { databases, type OpenDatabase } from './databases.ts'
import { failingStorage, type FailingStorage } from './failing-storage.ts'

let opened: OpenDatabase
let storage: FailingStorage

beforeAll(async () => {
  opened = await databases[0].open()
  storage = failingStorage(opened.storage)
  await storage.write((tx) => tx.run(sql`create table t (n integer)`))
})
afterAll(() => opened.close())

function insert(n: number): Promise<number> {
  return storage.write((tx) => tx.run(sql`insert into t values (${n})`))
}

async function holds(n: number): Promise<boolean> {
  return (await opened.storage.read(sql`select n from t where n = ${n}`)).length === 1
}

test.each([
  ['before', 'write', false],
  ['after', 'write', true],
  ['before', 'statement', false],
  ['after', 'statement', false],
  ['before', 'commit', false],
  ['after', 'commit', true],
] as const)('%s %s: saved is %s', async (when, step, saved) => {
  const n = Math.floor(performance.now() * 1_000)
  const undo = storage.failAt({ when, step, action: 'throw', times: 1 })
  await expect(insert(n)).rejects.toMatchObject({ kind: 'disconnected' })
  expect(await holds(n)).toBe(saved)
  await insert(n + 1)
  undo()
})

test('what hangs goes on when the point is taken away', async () => {
  const undo = storage.failAt({ when: 'before', step: 'read', action: 'hang' })
  const reading = storage.read(sql`select 1 as one`)
  const first = await Promise.race([reading, Promise.resolve('waiting')])
  expect(first).toBe('waiting')
  undo()
  expect(await reading).toEqual([{ one: 1 }])
})
