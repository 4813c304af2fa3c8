/** What a deploy does beside describing itself: the statements, rows and phases behind a plan. */
import type { Declaration } from '../model/declaration.ts'
import type { Renames } from '../model/renames.ts'
import type { FieldModel, Model, ObjectBinding } from '../model/model.ts'
import type { ApiValue } from '../fields/field-type.ts'
import type { ColumnBase } from './component-store.ts'
import type { TableChange } from './ddl.ts'
import type { ValueMove } from './value-moves.ts'

/** Values that must be written into existing records before the new model serves. */
export type Backfill =
  | {
      readonly kind: 'fill'
      readonly object: string
      readonly field: string
      readonly value: ApiValue
    }
  | {
      readonly kind: 'convert'
      readonly object: string
      readonly from: FieldModel
      readonly to: FieldModel
    }

export interface DeployWork {
  readonly base: number
  readonly wanted: Model
  readonly saved: readonly Declaration[]
  readonly removed: readonly Pick<Declaration, 'type' | 'fullName'>[]
  readonly bindings: ReadonlyMap<string, ObjectBinding>
  /** Bindings whose row changes, those of deleted objects among them. */
  readonly boundAnew: ReadonlyMap<string, ObjectBinding & { readonly state: 'used' | 'kept' }>
  readonly renames: Renames
  readonly tables: TableChange
  readonly bases: readonly ColumnBase[]
  readonly backfills: readonly Backfill[]
  /** Roll-up summaries to compute before the new model serves, "Object.Field". */
  readonly summaries: ReadonlySet<string>
  /** Values of picklists that give way to others when the model switches. */
  readonly valueMoves: readonly ValueMove[]
}
