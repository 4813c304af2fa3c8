/** Imports, as the screens read and ask for them. */

export type ImportState =
  'empty' | 'mapping' | 'rehearsing' | 'rehearsed' | 'running' | 'done' | 'stopped' | 'failed'

export type ImportOperation = 'insert' | 'update' | 'upsert' | 'delete'

export interface ImportSettings {
  readonly operation: ImportOperation
  readonly matchField: string
  readonly mapping: readonly (string | null)[]
  readonly dates: 'ymd' | 'dmy' | 'mdy'
  readonly decimal: '.' | ','
  readonly blanks: 'keep' | 'clear'
}

export interface ImportCounts {
  readonly rows: number
  readonly processed: number
  readonly refused: number
  readonly error: string
}

export interface ImportInfo extends ImportCounts {
  readonly id: string
  readonly object: string
  readonly fileName: string
  readonly state: ImportState
  readonly createdDate: string
  readonly encoding: string
  readonly delimiter: string
  readonly columns: readonly string[]
  readonly settings: ImportSettings | null
  readonly created: number
  readonly changed: number
  readonly undoable: boolean
  readonly keptUntil: string
  readonly undo:
    (ImportCounts & { readonly state: 'running' | 'done' | 'stopped' | 'failed' }) | null
}

export interface ImportTarget {
  readonly path: string
  readonly label: string
  readonly type: string
  readonly isKey: boolean
  readonly isRequired: boolean
}

export interface ImportSample {
  readonly rows: readonly (readonly string[])[]
  readonly targets: readonly ImportTarget[]
}

export type RowVerdict = 'created' | 'changed' | 'refused'

export interface ImportRow {
  readonly row: number
  readonly verdict: RowVerdict
  readonly id: string
  readonly problems: readonly {
    readonly errorCode: string
    readonly message: string
    readonly fields: readonly string[]
  }[]
  readonly cells: readonly string[]
}

export interface ImportRows {
  readonly rows: readonly ImportRow[]
  readonly next: number | null
}

export interface RowWish {
  readonly verdict: RowVerdict | ''
  readonly from: number
  readonly of: 'import' | 'undo'
}
