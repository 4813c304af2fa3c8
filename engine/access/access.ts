/** What one caller may see and change; made from profile and permission sets, asked by the gate alone. */

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
  /** System permissions: CustomizeApplication, ManageUsers, ApiEnabled, ViewAllData, ModifyAllData, ViewEncryptedData … */
  has(permission: string): boolean
}
