/** One deploy at a time; a server that stops lets it end. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDeployLock } from '../../../engine/deploy/deploy-lock.ts'
import { databases, type OpenDatabase } from '../../support/databases.ts'
import { pause } from '../../support/random.ts'

describe.each(databases)('the lock of deploys on $name', ({ open }) => {
  let database: OpenDatabase
  beforeAll(async () => {
    database = await open()
  })
  afterAll(() => database.close())

  it('lets the work under way end when it is closed, and refuses what waits', async () => {
    const done: string[] = []
    const lock = createDeployLock(database.storage, async () => done.push('begun'))
    let begin = (): void => undefined
    const hasBegun = new Promise<void>((resolve) => {
      begin = resolve
    })
    const first = lock.hold(async () => {
      begin()
      await pause(100)
      done.push('first')
      return 1
    })
    await hasBegun
    const second = lock.hold(async () => done.push('second'))
    const refused = expect(second).rejects.toMatchObject({ code: 'SERVER_UNAVAILABLE' })
    await lock.close()
    expect(done).toEqual(['begun', 'first'])
    expect(await first).toBe(1)
    await refused
    await expect(lock.hold(async () => 3)).rejects.toMatchObject({ code: 'SERVER_UNAVAILABLE' })
    expect(done).toEqual(['begun', 'first'])
  })

  it('does not wait for whom another server keeps waiting', async () => {
    const [here, there] = [
      createDeployLock(database.storage, async () => undefined),
      createDeployLock(database.storage, async () => undefined),
    ]
    let release = (): void => undefined
    const elsewhere = there.hold(() => new Promise<void>((resolve) => (release = resolve)))
    await pause(50)
    const waiting = here.hold(async () => 'late')
    const refused = expect(waiting).rejects.toMatchObject({ code: 'SERVER_UNAVAILABLE' })
    await here.close()
    release()
    await elsewhere
    await refused
  })

  it('goes on after work that failed', async () => {
    const lock = createDeployLock(database.storage, async () => undefined)
    await expect(lock.hold(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(await lock.hold(async () => 2)).toBe(2)
    await lock.close()
  })
})
