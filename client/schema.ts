/** What the types of an organisation look like to the client: `fieldstone types` writes them as `Schema`. */

/** Four lists by the name of the object: records, what new ones are made of, what changes them, their keys. */
export interface AnySchema {
  readonly records: object
  readonly inputs: object
  readonly updates: object
  readonly keys: object
}

export type Values = Readonly<Record<string, unknown>>

/** Without types of an organisation every name is taken, and every value may be anything. */
export interface Untyped {
  readonly records: Readonly<Record<string, Values>>
  readonly inputs: Readonly<Record<string, Values>>
  readonly updates: Readonly<Record<string, Values>>
  readonly keys: Readonly<Record<string, string>>
}

export type ObjectName<Schema extends AnySchema> = keyof Schema['records'] & string

type Entry<List, Name> = Name extends keyof List ? List[Name] : never

export type RecordOf<Schema extends AnySchema, Name> = Entry<Schema['records'], Name>
/** Nothing fits where the caller may not make records of the object. */
export type InputOf<Schema extends AnySchema, Name> = Entry<Schema['inputs'], Name>
export type UpdateOf<Schema extends AnySchema, Name> = Entry<Schema['updates'], Name>
export type KeyOf<Schema extends AnySchema, Name> = Entry<Schema['keys'], Name> & string

/** Names of fields: neither the attributes, nor parents, nor lists of children. */
export type FieldOf<Row> = {
  [Key in keyof Row & string]-?: Key extends 'attributes'
    ? never
    : NonNullable<Row[Key]> extends { readonly attributes: unknown } | { readonly records: unknown }
      ? never
      : Key
}[keyof Row & string]

/** A record with the fields that were asked for: they are there, whatever else is not. */
export type Selected<Row, Field extends keyof Row> = {
  readonly [Key in Field]-?: Row[Key]
}
