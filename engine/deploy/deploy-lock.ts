/** One deploy at a time, over all nodes of a database. */
import { message } from '../base/message.ts'
import { refuse } from '../base/refusal.ts'
import type { Storage } from '../storage/storage.ts'
import { deployLock } from './system-tables.ts'

export interface DeployLock {
  hold<Result>(work: () => Promise<Result>): Promise<Result>
  /** Waits for the work that is under way; what waits for its turn is refused with SERVER_UNAVAILABLE. */
  close(): Promise<void>
}

/** `begin` comes before each work, under the lock. */
export function createDeployLock(
  storage: Pick<Storage, 'exclusive'>,
  begin: () => Promise<unknown>,
): DeployLock {
  const underWay = new Set<Promise<unknown>>()
  let closed = false
  return {
    hold: async (work) => {
      let isOver = (): void => undefined
      const over = new Promise<void>((resolve) => {
        isOver = resolve
      })
      try {
        return await storage.exclusive(deployLock, async () => {
          if (closed)
            throw refuse(
              'SERVER_UNAVAILABLE',
              message('The server is stopping. Try again shortly.'),
            )
          underWay.add(over)
          await begin()
          return work()
        })
      } finally {
        underWay.delete(over)
        isOver()
      }
    },
    close: async () => {
      closed = true
      await Promise.all(underWay)
    },
  }
}
