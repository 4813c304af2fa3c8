/** The records of one object: single ones, and many in requests of 200. */
import { Query, type QueryOptions } from './query.ts'
import type { AnySchema, FieldOf, InputOf, KeyOf, RecordOf, Selected, UpdateOf } from './schema.ts'
import type { Transport } from './transport.ts'

export interface SaveResult {
  readonly id: string | null
  readonly success: boolean
  readonly errors: readonly {
    readonly statusCode: string
    readonly message: string
    readonly fields: readonly string[]
  }[]
  /** With upserts: whether the record is new. */
  readonly created?: boolean
}

export interface UpdateOptions<Update> {
  /** The values that the changes started from: what others changed elsewhere in the record is kept. */
  readonly base?: Partial<Update>
  /** As `readVersioned` gave it: refused when the record was changed since. */
  readonly version?: string
}

export interface ManyOptions {
  /** All are saved or none is; at most 200 then. */
  readonly allOrNone?: boolean
}

export interface FindOptions<Field extends string> extends QueryOptions {
  readonly fields: readonly Field[]
  /** A condition of SOQL, such as `Name LIKE :start`. */
  readonly where?: string
  /** Such as `Name DESC NULLS LAST`. */
  readonly orderBy?: string
  readonly limit?: number
}

export interface ObjectDescribe {
  readonly name: string
  readonly label: string
  readonly labelPlural: string
  readonly keyPrefix: string | null
  readonly createable: boolean
  readonly updateable: boolean
  readonly deletable: boolean
  readonly fields: readonly FieldDescribe[]
  readonly [more: string]: unknown
}

export interface FieldDescribe {
  readonly name: string
  readonly label: string
  readonly type: string
  readonly createable: boolean
  readonly updateable: boolean
  readonly nillable: boolean
  readonly referenceTo: readonly string[]
  readonly [more: string]: unknown
}

const manyMax = 200

type Row<Schema extends AnySchema, Name> = RecordOf<Schema, Name>
type Field<Schema extends AnySchema, Name> = FieldOf<Row<Schema, Name>>
type Some<Schema extends AnySchema, Name, F extends Field<Schema, Name>> = Selected<
  Row<Schema, Name>,
  F
>

export class Records<Schema extends AnySchema, Name extends string> {
  readonly #transport: Transport
  readonly #name: string
  readonly #path: string

  constructor(transport: Transport, name: Name) {
    this.#transport = transport
    this.#name = name
    this.#path = `${transport.data}/sobjects/${encodeURIComponent(name)}`
  }

  /** Gives the id. */
  async create(record: InputOf<Schema, Name>): Promise<string> {
    const { body } = await this.#transport.send('POST', this.#path, { body: record })
    return (body as { readonly id: string }).id
  }

  async read<F extends Field<Schema, Name>>(
    id: string,
    fields?: readonly F[],
  ): Promise<Some<Schema, Name, F>> {
    return (await this.readVersioned(id, fields)).record
  }

  /** The version goes into `update`, which then refuses when somebody was faster. */
  async readVersioned<F extends Field<Schema, Name>>(
    id: string,
    fields?: readonly F[],
  ): Promise<{ readonly record: Some<Schema, Name, F>; readonly version: string }> {
    const asked = fields === undefined ? '' : `?fields=${encodeURIComponent(fields.join(','))}`
    const { body, headers } = await this.#transport.send('GET', `${this.#of(id)}${asked}`)
    return { record: body as Some<Schema, Name, F>, version: headers.get('etag') ?? '' }
  }

  async update(
    id: string,
    changes: UpdateOf<Schema, Name>,
    { base, version }: UpdateOptions<UpdateOf<Schema, Name>> = {},
  ): Promise<void> {
    const body = base === undefined ? changes : { ...(changes as object), attributes: { base } }
    const headers: Record<string, string> = version === undefined ? {} : { 'If-Match': version }
    await this.#transport.send('PATCH', this.#of(id), { body, headers })
  }

  /** Changes the record that the key names, or makes it. */
  async upsert(
    key: KeyOf<Schema, Name>,
    value: string,
    record: UpdateOf<Schema, Name> | Partial<InputOf<Schema, Name>>,
  ): Promise<{ readonly id: string; readonly created: boolean }> {
    const path = `${this.#path}/${encodeURIComponent(key)}/${encodeURIComponent(value)}`
    const { body } = await this.#transport.send('PATCH', path, { body: record })
    return body as { readonly id: string; readonly created: boolean }
  }

  async delete(id: string): Promise<void> {
    await this.#transport.send('DELETE', this.#of(id))
  }

  find<F extends Field<Schema, Name>>(options: FindOptions<F>): Query<Some<Schema, Name, F>> {
    const { fields, where, orderBy, limit, ...rest } = options
    const soql = [
      `SELECT ${fields.join(', ')} FROM ${this.#name}`,
      ...(where === undefined ? [] : [`WHERE ${where}`]),
      ...(orderBy === undefined ? [] : [`ORDER BY ${orderBy}`]),
      ...(limit === undefined ? [] : [`LIMIT ${limit}`]),
    ].join(' ')
    return new Query(this.#transport, soql, rest)
  }

  async describe(): Promise<ObjectDescribe> {
    const { body } = await this.#transport.send('GET', `${this.#path}/describe`)
    return body as ObjectDescribe
  }

  /** One result for each record, in their order; what is refused does not throw. */
  createMany(
    records: readonly InputOf<Schema, Name>[],
    options: ManyOptions = {},
  ): Promise<SaveResult[]> {
    return this.#saveMany({ method: 'POST', path: '', options }, records)
  }

  updateMany(
    records: readonly (UpdateOf<Schema, Name> & { readonly Id: string })[],
    options: ManyOptions = {},
  ): Promise<SaveResult[]> {
    return this.#saveMany({ method: 'PATCH', path: '', options }, records)
  }

  upsertMany(
    key: KeyOf<Schema, Name>,
    records: readonly (UpdateOf<Schema, Name> | Partial<InputOf<Schema, Name>>)[],
    options: ManyOptions = {},
  ): Promise<SaveResult[]> {
    const path = `/${encodeURIComponent(this.#name)}/${encodeURIComponent(key)}`
    return this.#saveMany({ method: 'PATCH', path, options }, records)
  }

  async deleteMany(
    ids: readonly string[],
    { allOrNone = false }: ManyOptions = {},
  ): Promise<SaveResult[]> {
    return this.#inPortions(ids, allOrNone, async (some) => {
      const asked = `?ids=${encodeURIComponent(some.join(','))}&allOrNone=${allOrNone}`
      const path = `${this.#transport.data}/composite/sobjects${asked}`
      return (await this.#transport.send('DELETE', path)).body as SaveResult[]
    })
  }

  /** In the order of the ids; null for what is not there. */
  async readMany<F extends Field<Schema, Name>>(
    ids: readonly string[],
    fields: readonly F[],
  ): Promise<(Some<Schema, Name, F> | null)[]> {
    const path = `${this.#transport.data}/composite/sobjects/${encodeURIComponent(this.#name)}`
    return this.#inPortions(ids, false, async (some) => {
      const { body } = await this.#transport.send('POST', path, { body: { ids: some, fields } })
      return body as (Some<Schema, Name, F> | null)[]
    })
  }

  #of(id: string): string {
    return `${this.#path}/${encodeURIComponent(id)}`
  }

  #saveMany(
    to: { readonly method: string; readonly path: string; readonly options: ManyOptions },
    records: readonly unknown[],
  ): Promise<SaveResult[]> {
    const allOrNone = to.options.allOrNone === true
    const attributes = { type: this.#name }
    return this.#inPortions(records, allOrNone, async (some) => {
      const typed = some.map((record) => ({ attributes, ...(record as object) }))
      const path = `${this.#transport.data}/composite/sobjects${to.path}`
      const body = { allOrNone, records: typed }
      return (await this.#transport.send(to.method, path, { body })).body as SaveResult[]
    })
  }

  async #inPortions<Item, Result>(
    items: readonly Item[],
    allOrNone: boolean,
    work: (some: readonly Item[]) => Promise<readonly Result[]>,
  ): Promise<Result[]> {
    if (allOrNone && items.length > manyMax) {
      throw new RangeError(`all or none takes at most ${manyMax} records, not ${items.length}`)
    }
    const results: Result[] = []
    for (let start = 0; start < items.length; start += manyMax) {
      results.push(...(await work(items.slice(start, start + manyMax))))
    }
    return results
  }
}
