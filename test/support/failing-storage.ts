/**
 * A storage that fails on command: the real one behind it, with named points before and after each
 * step.
 */
import { StorageError } from '../../engine/storage/storage-error.ts'
import type { GroupedWrite, Storage, Transaction } from '../../engine/storage/storage.ts'

/** `commit` lies between the end of a unit's work and the answer to its caller. */
export type FailStep = 'read' | 'write' | 'statement' | 'commit'

export interface FailPoint {
  readonly step: FailStep
  readonly when: 'before' | 'after'
  /** `hang` waits until the point is taken away, `kill` ends the process as kill -9 does. */
  readonly action: 'throw' | 'hang' | 'kill'
  /** How often it acts; without it, until it is taken away. */
  readonly times?: number
  readonly error?: Error
}

export interface FailingStorage extends Storage {
  /** Sets a point; the function given takes it away again and lets what hangs go on. */
  failAt(point: FailPoint): () => void
}

interface ArmedPoint {
  readonly point: FailPoint
  readonly released: Promise<void>
  left: number
}

export function failingStorage(inner: Storage): FailingStorage {
  const armed = new Set<ArmedPoint>()
  const pass: PassPoint = (when, step) => (armed.size === 0 ? undefined : passArmed(when, step))
  const passArmed = async (when: FailPoint['when'], step: FailStep): Promise<void> => {
    for (const entry of armed) {
      const { point } = entry
      if (point.step !== step || point.when !== when || entry.left === 0) continue
      entry.left--
      await act(entry)
    }
  }
  return {
    dialect: inner.dialect,
    read: (query, options) => between(pass, 'read', () => inner.read(query, options)),
    write: (work) =>
      between(pass, 'write', async () => {
        const result = await inner.write(async (tx) => {
          const outcome = await work(watched(tx, pass))
          await pass('before', 'commit')
          return outcome
        })
        await pass('after', 'commit')
        return result
      }),
    writeGrouped: (group, input) =>
      between(pass, 'write', () => inner.writeGrouped(watchedGroup(group, pass), input)),
    runAlone: (query) => between(pass, 'statement', () => inner.runAlone(query)),
    tables: () => inner.tables(),
    tableNames: () => inner.tableNames(),
    exclusive: (name, work) => inner.exclusive(name, work),
    notify: (channel, payload) => inner.notify(channel, payload),
    listen: (channel, onMessage) => inner.listen(channel, onMessage),
    health: () => inner.health(),
    close: () => inner.close(),
    failAt: (point) => arm(armed, point),
  }
}

/**
 * Nothing to wait for while no point is set, so that everything happens in the same turn as without
 * this.
 */
type PassPoint = (when: FailPoint['when'], step: FailStep) => Promise<void> | undefined

function arm(armed: Set<ArmedPoint>, point: FailPoint): () => void {
  let release = (): void => undefined
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  const entry = { point, released, left: point.times ?? Infinity }
  armed.add(entry)
  return () => {
    armed.delete(entry)
    release()
  }
}

async function act({ point, released }: ArmedPoint): Promise<void> {
  if (point.action === 'hang') return released
  if (point.action === 'kill') process.kill(process.pid, 'SIGKILL')
  throw point.error ?? new StorageError('disconnected', `failed ${point.when} ${point.step}`)
}

async function between<Result>(
  pass: PassPoint,
  step: FailStep,
  action: () => Promise<Result>,
): Promise<Result> {
  const before = pass('before', step)
  if (before !== undefined) await before
  const result = await action()
  await pass('after', step)
  return result
}

function watched(tx: Transaction, pass: PassPoint): Transaction {
  return {
    dialect: tx.dialect,
    read: (query, holes) => between(pass, 'statement', () => tx.read(query, holes)),
    run: (query, holes) => between(pass, 'statement', () => tx.run(query, holes)),
    afterCommit: (action) => tx.afterCommit(action),
    attempt: (work) => tx.attempt(work),
  }
}

const watchedGroups = new WeakMap<object, object>()

/** The same object each time, or units of one group would no longer be run together. */
function watchedGroup<Input, Result>(
  group: GroupedWrite<Input, Result>,
  pass: PassPoint,
): GroupedWrite<Input, Result> {
  const known = watchedGroups.get(group)
  // It was made from this very group below.
  if (known !== undefined) return known as GroupedWrite<Input, Result>
  const made: GroupedWrite<Input, Result> = {
    run: async (tx, inputs) => {
      const results = await group.run(watched(tx, pass), inputs)
      await pass('before', 'commit')
      return results
    },
  }
  watchedGroups.set(group, made)
  return made
}
