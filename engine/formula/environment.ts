/** What evaluation takes from outside; everything that varies comes in here. */
import type { FieldMention } from './types.ts'
import type { ZoneTable } from './zone.ts'

/**
 * A field's value as the API or a column gives it: numbers as number or decimal text (a percent as
 * shown, 50 for 50 %), dates as `YYYY-MM-DD`, instants as milliseconds or ISO text, times of day as
 * milliseconds or `HH:MM:SS.mmmZ`, locations as an object.
 */
export type RawValue =
  | string
  | number
  | boolean
  | null
  | undefined
  | { readonly latitude: number | string | null; readonly longitude: number | string | null }

export interface Environment {
  /** The value of a field or global; parents included. */
  read(mention: FieldMention): RawValue
  /** Milliseconds since 1970. */
  readonly now: number
  /** The zone in which TODAY and DATEVALUE see the calendar. */
  readonly zone: ZoneTable
  /** Rules: the values before the save; absent for a new record. */
  readonly prior?: (mention: FieldMention) => RawValue
  /** Rules: true while the record is being created. */
  readonly isNew?: boolean
  /** Rules and flows: true when the record is made by cloning. */
  readonly isClone?: boolean
  /** VLOOKUP: the field of the one record whose other field has the value; null when there is none. */
  readonly lookUp?: (search: {
    readonly give: FieldMention
    readonly where: FieldMention
    readonly equals: string
  }) => RawValue
  /** CURRENCYRATE: units of the currency for one of the organisation's; undefined when unknown. */
  readonly currencyRate?: (isoCode: string) => string | number | undefined
}
