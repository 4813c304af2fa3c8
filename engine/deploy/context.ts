/** What the parts of the deployer share: the database, the folder, the clock and the applied state. */
import type { Logger } from 'pino'
import type { Clock, RandomBytes } from '../base/clock.ts'
import type { FieldServices } from '../fields/field-type.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Model } from '../model/model.ts'
import type { Storage, Transaction } from '../storage/storage.ts'
import type { DeployState } from './deploy-state.ts'
import type { Failpoint } from './failpoints.ts'
import type { SwappableStore } from './model-store.ts'

export interface DeployerOptions {
  readonly storage: Storage
  readonly metadataDir: string
  readonly clock: Clock
  readonly randomBytes: RandomBytes
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>
  readonly ids: (keyPrefix: string) => string
  /** Absent where no audit trail is kept. */
  readonly ledger?: Ledger
  /** For values of encrypted and rich texts that change their type. */
  readonly services?: FieldServices
  /** Called by name between the steps of a deploy. */
  readonly failpoint?: Failpoint
  /** False where another node owns the files. */
  readonly watch?: boolean
}

/** More that becomes part of a deploy: done in its transaction, under the model that it brings. */
export type Alongside = (tx: Transaction, wanted: Model) => Promise<void>

export interface DeployContext extends Omit<DeployerOptions, 'failpoint'> {
  readonly failpoint: Failpoint
  readonly store: SwappableStore
  readonly alongside?: Alongside | undefined
  state(): DeployState
  /** After a commit: the new state serves from here on. */
  advance(state: DeployState, objects: readonly string[]): void
}
