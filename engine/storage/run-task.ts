/** Runs one task inside an open transaction, within its time. */
import { refuse } from '../base/refusal.ts'
import type { Dialect } from '../sql/dialect.ts'
import { UnitTransaction, type UnitConnection } from './unit-transaction.ts'
import type { WriteTask } from './write-unit.ts'

export interface TaskPlace {
  readonly connection: UnitConnection
  readonly dialect: Dialect
  readonly timeMs: number
  /** Ends the statement that runs now, if there is one. */
  interrupt(): void
}

export interface TaskOutcome {
  readonly results: readonly unknown[]
  readonly actions: readonly (() => void)[]
}

const interruptAgainMs = 20

/**
 * Gives the results when all statements are through; throws what went wrong, and nothing of it runs
 * any more.
 */
export async function runTask(task: WriteTask, place: TaskPlace): Promise<TaskOutcome> {
  const tx = new UnitTransaction(place.connection, place.dialect)
  let results: readonly unknown[]
  try {
    results = await withinTime(task, tx, place.timeMs)
  } catch (error) {
    await endNow(tx, place)
    throw error
  }
  const failure = await tx.end()
  if (failure !== undefined) throw failure.error
  if (results.length !== task.units.length) {
    throw new Error(`a group of ${task.units.length} writes gave ${results.length} results`)
  }
  return { results, actions: tx.actions }
}

function withinTime(
  task: WriteTask,
  tx: UnitTransaction,
  timeMs: number,
): Promise<readonly unknown[]> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      const message = 'the write took too long and was undone: try again, with less at once'
      reject(refuse('SERVER_UNAVAILABLE', message))
    }, timeMs)
    const inputs = task.units.map((unit) => unit.input)
    const [first] = task.units
    if (first === undefined) throw new Error('a task without units')
    first
      .run(tx, inputs)
      .then(resolve, reject)
      .finally(() => clearTimeout(timer))
  })
}

/** A statement may still run when the time is over or when the work failed beside it. */
async function endNow(tx: UnitTransaction, place: TaskPlace): Promise<void> {
  // An interrupt before the statement has reached its thread is lost, hence again and again.
  const again = setInterval(() => place.interrupt(), interruptAgainMs)
  try {
    await tx.end()
  } finally {
    clearInterval(again)
  }
}
