/** What guided processes are made of; `assemble` fills it. */
import type { Clock } from '../../base/clock.ts'
import type { Models } from '../../records/record-parts.ts'
import type { Records } from '../../records/records.ts'
import type { ActionRegistry } from '../actions/action-registry.ts'
import type { Storage } from '../../storage/storage.ts'

export interface ProcessParts {
  readonly storage: Storage
  readonly records: Records
  readonly models: Models
  readonly clock: Clock
  /** What flows are called by. */
  readonly actions: ActionRegistry
  readonly ids: (keyPrefix: string) => string
}
