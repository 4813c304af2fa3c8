/** Several use cases as one unit of work. */
import { storageWithin } from '../storage/storage-within.ts'
import { again } from './again.ts'
import { explained } from './explain-storage-error.ts'
import type { RecordContext } from './record-parts.ts'
import type { Records } from './records.ts'

/** The use cases of each unit are its own: nothing of a unit that ended can fall into another one. */
export function createTogether(context: RecordContext): Records['together'] {
  const { storage, models } = context
  return (work) =>
    again(context, () =>
      explained(models.current(), () =>
        storage.write((tx) =>
          work(
            context.useCasesOf({ ...context, storage: storageWithin(storage, tx), within: true }),
            tx,
          ),
        ),
      ),
    )
}
