/** Quick actions as they come from the server; see `wire.ts`. */

/** A quick action that a page offers. */
export interface PageAction {
  readonly name: string
  readonly label: string
  readonly type: string
  /** The object of the record that is made, or changed. */
  readonly target: string
}

/** A quick action with its form. */
export interface DescribedAction {
  readonly targetRecordTypeId: string | null
  readonly successMessage: string | null
  readonly layout: {
    readonly columns: 1 | 2
    readonly layoutRows: readonly {
      readonly layoutItems: readonly {
        readonly editableForNew: boolean
        readonly editableForUpdate: boolean
        readonly required: boolean
        /** Empty for a gap. */
        readonly layoutComponents: readonly { readonly value: string }[]
      }[]
    }[]
  }
}
