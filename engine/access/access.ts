/** What one caller may see and change; made from profile and permission sets, asked by the gate alone. */
import type { ObjectModel, RecordTypeModel } from '../model/model.ts'
import type { Delegation } from './delegation.ts'
import type { ObjectSharing, RowRight } from './object-sharing.ts'

export type ObjectRight = 'create' | 'read' | 'edit' | 'delete' | 'viewAll' | 'modifyAll'
export type FieldRight = 'read' | 'edit'

export interface Access {
  readonly userId: string
  /** Equal for callers with equal rights under one model version; a key for caches. */
  readonly signature: string
  readonly modelVersion: number
  mayObject(object: string, right: ObjectRight): boolean
  /** Canonical object and field names. Read of a field implies read of its object. */
  mayField(object: string, field: string, right: FieldRight): boolean
  /**
   * What decides over the records of an object for this right; undefined where all of them are open. It says nothing of
   * the right to the object itself.
   */
  rows(object: ObjectModel, right: RowRight): ObjectSharing | undefined
  /** Comes from outside the organisation: a customer or a partner. */
  readonly outside: boolean
  /** The record types that the caller may give to records of an object: active and granted to him. */
  recordTypes(object: ObjectModel): readonly RecordTypeModel[]
  /** Objects that have record types and that the caller may read. */
  objectsWithRecordTypes(): readonly string[]
  /** The one that new records get unless another is asked for; undefined where they get none. */
  defaultRecordType(object: ObjectModel): RecordTypeModel | undefined
  /** System permissions: CustomizeApplication, ManageUsers, ApiEnabled, ViewAllData, ModifyAllData, ViewEncryptedData … */
  has(permission: string): boolean
  /** By which the caller administers some users without managing all; none for most. */
  readonly delegations: readonly Delegation[]
  /** Custom permissions, as rules and formulas ask for them. */
  hasCustom(permission: string): boolean
}
