/** Waiting units of work, and how they are put together into tasks that succeed or fail as one. */
import type { GroupedWrite, Transaction } from './storage.ts'

/** One caller who waits. */
export interface WriteUnit {
  /** Units with the same group may be run in one call. */
  readonly group: object | undefined
  readonly input: unknown
  /** Runs this unit and others of its group; gives one result each. */
  readonly run: (tx: Transaction, inputs: readonly unknown[]) => Promise<readonly unknown[]>
  readonly resolve: (result: unknown) => void
  readonly reject: (error: unknown) => void
  /** Its group failed: from now on it runs by itself. */
  single: boolean
  /** Not even the transaction is shared any more. */
  alone: boolean
  restarts: number
}

/** Units that share one call. */
export interface WriteTask {
  readonly units: WriteUnit[]
}

type Settle<Result> = Pick<WriteUnit, 'reject'> & { resolve(result: Result): void }

export function unitOfWork<Result>(
  work: (tx: Transaction) => Promise<Result>,
  settle: Settle<Result>,
): WriteUnit {
  return {
    group: undefined,
    input: undefined,
    run: async (tx) => [await work(tx)],
    // The queue gives each unit the result of its own run.
    resolve: (result) => settle.resolve(result as Result),
    reject: settle.reject,
    single: true,
    alone: false,
    restarts: 0,
  }
}

export function unitOfGroup<Input, Result>(
  group: GroupedWrite<Input, Result>,
  input: Input,
  settle: Settle<Result>,
): WriteUnit {
  return {
    group,
    input,
    // Only units that carry this group's inputs are passed to it.
    run: (tx, inputs) => group.run(tx, inputs as readonly Input[]),
    resolve: (result) => settle.resolve(result as Result),
    reject: settle.reject,
    single: false,
    alone: false,
    restarts: 0,
  }
}

/** Puts units of one group together, at the place of the first of them. */
export function tasksOf(units: readonly WriteUnit[]): WriteTask[] {
  const tasks: WriteTask[] = []
  const taskOfGroup = new Map<object, WriteTask>()
  for (const unit of units) {
    const shared = unit.single || unit.group === undefined ? undefined : taskOfGroup.get(unit.group)
    if (shared !== undefined) {
      shared.units.push(unit)
      continue
    }
    const task = { units: [unit] }
    tasks.push(task)
    if (!unit.single && unit.group !== undefined) taskOfGroup.set(unit.group, task)
  }
  return tasks
}
