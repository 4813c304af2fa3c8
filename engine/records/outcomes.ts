/** Many pieces of work of which some may be refused: refusals as values, and as one. */
import { Refusal } from '../base/refusal.ts'

/** The result, or the refusal as a value; a bug is thrown. */
export async function settled<Result>(
  work: () => Result | Promise<Result>,
): Promise<Result | Refusal> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

/** One refusal that tells of each bad one by its index. */
export function refuseFailed(outcomes: readonly unknown[]): void {
  const byIndex = outcomes.flatMap((one, index) =>
    one instanceof Refusal ? [{ index, problems: one.problems }] : [],
  )
  if (byIndex.length === 0) return
  throw new Refusal(
    byIndex.flatMap(({ problems }) => problems),
    { byIndex },
  )
}

/** Refusals are results. */
export function all<Item, Result>(
  items: readonly Item[],
  work: (item: Item, index: number) => Result | Promise<Result>,
): Promise<readonly (Result | Refusal)[]> {
  return Promise.all(items.map((item, index) => settled(() => work(item, index))))
}

/** At once where nothing has to be waited for. */
export function onceReady<Value, Result>(
  value: Value | Promise<Value>,
  next: (value: Value) => Result | Promise<Result>,
): Result | Promise<Result> {
  return value instanceof Promise ? value.then(next) : next(value)
}
