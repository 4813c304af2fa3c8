/** A save is planned beside the writer; when model or row moved meanwhile, it is planned once more. */
import { message } from '../base/message.ts'
import { refuse } from '../base/refusal.ts'
import { HooksInterrupted, NeedsUnit } from './hooks/record-hooks.ts'
import { ModelMoved, RowMoved, type Models, type RecordContext } from './record-parts.ts'

const attemptsMax = 5
const modelWaitMs = 1_000

/** Does it again when the model or the row moved between planning and writing. */
export async function again<Result>(
  { models, within }: Pick<RecordContext, 'models' | 'within'>,
  work: (attempt: number) => Promise<Result>,
): Promise<Result> {
  if (within === true) return work(1)
  for (let attempt = 1; ; attempt++) {
    const { version } = models.current()
    try {
      return await work(attempt)
    } catch (error) {
      if (!isWorthAnother(error)) throw error
      if (attempt >= attemptsMax) {
        throw refuse(
          'UNABLE_TO_LOCK_ROW',
          message('The record is being changed by others: try again.'),
        )
      }
      if (error instanceof ModelMoved) await modelAfter(models, version)
    }
  }
}

function isWorthAnother(error: unknown): boolean {
  return (
    error instanceof ModelMoved ||
    error instanceof RowMoved ||
    error instanceof NeedsUnit ||
    error instanceof HooksInterrupted
  )
}

/** When another node deployed, its message is on the way: planning again before would be in vain. */
function modelAfter(models: Models, version: number): Promise<void> {
  if (models.current().version !== version || models.onSwap === undefined) return Promise.resolve()
  const { onSwap } = models
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      stop()
      resolve()
    }
    const timer = setTimeout(done, modelWaitMs)
    const stop = onSwap(done)
  })
}
