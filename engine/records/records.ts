/** The use cases of records, as the edge calls them. Texts are ready JSON, passed through untouched. */
import type { Access } from '../access/access.ts'
import type { Company } from '../base/company.ts'
import type { Refusal } from '../base/refusal.ts'
import type { ResultOutcome } from '../formula/result.ts'
import type { Model } from '../model/model.ts'
import type { FormerName } from '../query/resolve.ts'
import type { Transaction } from '../storage/storage.ts'
import type { SearchMarks } from '../query/search/parse-sosl.ts'
import type { SearchGroup } from '../query/search/searchable-fields.ts'
import type { QueryVariables } from '../query/soql/variables.ts'
import type { FormulaSample } from './formulas/sample-value.ts'

/** Who asks, and by which way; made by sign-in for every request. */
export interface Caller {
  readonly access: Access
  readonly userId: string
  readonly userName: string
  /** The user's zone, IANA name. */
  readonly timeZone: string
  /** Fiscal year and currency; absent: `plainCompany`. */
  readonly company?: Company
  /** By which FORMAT writes numbers and dates: "de_DE". */
  readonly locale: string
  /** In which labels and messages are answered: "de", "en_US". */
  readonly language: string
  /** Shown in history and events: "screen", "api", "import" … */
  readonly source: string
  /** As it stands in the address, "67.0": part of the `url` attributes of answers. */
  readonly apiVersion: string
  /** The program whose limits hold, where the rights are not all of the user's. */
  readonly limitedTo?: string
  /** False: assignment rules are not asked (`Sforce-Auto-Assign`). */
  readonly autoAssign?: boolean
  /** Told of every name in the request that was replaced by another. */
  readonly onFormerName?: (former: FormerName) => void
}

export type RecordBody = ReadonlyMap<string, unknown>

export interface SaveOptions {
  /** Row version that the caller's copy has (`If-Match`). */
  readonly ifVersion?: number
  /** `attributes.base`: what the form started from. */
  readonly base?: ReadonlyMap<string, unknown>
}

export interface CreateOptions {
  /** `attributes.isClone`: the record is made as the copy of another one; rules may ask. */
  readonly isClone?: boolean
}

export interface Retrieved {
  /** JSON text of the record. */
  readonly text: string
  readonly version: number
  readonly lastModified: number
}

export interface SaveResult {
  readonly id: string
  readonly created: boolean
  readonly version: number
}

export interface RecordUpdate {
  readonly id: string
  readonly body: RecordBody
  readonly options?: SaveOptions
}

export interface UpsertOutcome {
  readonly result: SaveResult | Refusal
  /** Told of a refused record too: whether it would have been new. */
  readonly created: boolean
}

export interface QueryPage {
  /** JSON of the whole answer: totalSize, done, records, nextRecordsUrl; as text or in UTF-8, as it came. */
  readonly body: string | Uint8Array<ArrayBuffer>
  /** The same as text. */
  readonly text: string
  /** Ids of records that now count as looked at by whoever asked. */
  readonly viewed?: readonly string[]
}

export interface QueryOptions {
  readonly deletedToo?: boolean
  readonly pageRows?: number
  /** Values for the `:names` of the query. */
  readonly variables?: QueryVariables
}

/** What is searched, as JSON bodies and addresses say it. */
export interface ParameterizedSearch {
  readonly q: string
  readonly group: SearchGroup
  /** None: all objects that can be searched, by Id and name. */
  readonly objects: readonly SearchedObject[]
  /** Objects without fields are given by Id and name too, not by Id alone. */
  readonly named?: boolean
  /** Of each object. */
  readonly rowsEach: number
  readonly rowsMax: number
  /** Words that nothing is found by may be corrected. */
  readonly corrects: boolean
  readonly marks: SearchMarks | undefined
}

export interface SearchAnswer {
  /** JSON texts of records, joined by commas. */
  readonly body: string
  readonly rows: number
  /** How what was asked for would be spelled, where nothing was found by it. */
  readonly corrected: string | undefined
}

export interface SearchedObject {
  readonly name: string
  readonly fields: readonly string[]
  /** As behind WHERE. */
  readonly where?: string
  readonly limit?: number
}

export interface LookupSearch {
  readonly object: string
  readonly field: string
  /** Over a target of the lookup, with a LIMIT. */
  readonly soql: string
  /** As behind FIND: the records have these words, the best first. */
  readonly words?: string
  /** What the form holds now, saved or not; the filter may depend on it. */
  readonly values: RecordBody
  /** The record that is edited; undefined for a new one. */
  readonly id: string | undefined
  /** Leaves the filter aside, where it is optional. */
  readonly all: boolean
}

export interface RecordChange {
  readonly object: string
  readonly id: string
  readonly change: 'create' | 'update' | 'delete' | 'undelete'
  readonly by: string
}

export interface Records {
  globalDescribe(caller: Caller): string
  describe(caller: Caller, object: string): string
  /** JSON text about the columns that a query's answer has. */
  describeColumns(caller: Caller, soql: string): string
  retrieve(
    caller: Caller,
    object: string,
    id: string,
    fields?: readonly string[],
  ): Promise<Retrieved>
  retrieveByExternalId(
    caller: Caller,
    object: string,
    field: string,
    value: string,
    fields?: readonly string[],
  ): Promise<Retrieved>
  create(
    caller: Caller,
    object: string,
    body: RecordBody,
    options?: CreateOptions,
  ): Promise<SaveResult>
  update(
    caller: Caller,
    object: string,
    id: string,
    body: RecordBody,
    options?: SaveOptions,
  ): Promise<SaveResult>
  upsert(
    caller: Caller,
    object: string,
    field: string,
    value: string,
    body: RecordBody,
  ): Promise<SaveResult>
  /** To the recycle bin, with what the relations cascade to. */
  remove(caller: Caller, object: string, id: string, options?: SaveOptions): Promise<void>
  /** In one unit of work; what is not there or not allowed is refused in its place, anything else refuses all. */
  removeMany(
    caller: Caller,
    object: string,
    ids: readonly string[],
  ): Promise<readonly (Refusal | undefined)[]>
  undelete(caller: Caller, id: string): Promise<void>
  /** Purges from the recycle bin for good. */
  purge(caller: Caller, id: string): Promise<void>
  /** `deletedToo`: the recycle bin as well (queryAll). */
  query(caller: Caller, soql: string, options?: QueryOptions): Promise<QueryPage>
  /** By SOSL; JSON text of `{"searchRecords":[…]}`. */
  search(caller: Caller, sosl: string): Promise<string>
  searchBy(caller: Caller, search: ParameterizedSearch): Promise<SearchAnswer>
  /** How the database would run a query, as JSON text. */
  explain(caller: Caller, soql: string): Promise<string>
  /** Records that a lookup may lead to: a query over its target, within the filter of the lookup. */
  lookUp(caller: Caller, search: LookupSearch): Promise<QueryPage>
  /** What a form of the object needs beside its layout, as JSON text. */
  formFacts(caller: Caller, object: string): Promise<string>
  /** The next page of a query, by the locator of its address. */
  queryMore(caller: Caller, locator: string): Promise<QueryPage>
  /** Many records of one save, as the collections resource sends them; results in order. */
  createMany(
    caller: Caller,
    object: string,
    bodies: readonly RecordBody[],
    options: { readonly allOrNone: boolean },
  ): Promise<readonly (SaveResult | Refusal)[]>
  updateMany(
    caller: Caller,
    object: string,
    changes: readonly RecordUpdate[],
    options: { readonly allOrNone: boolean },
  ): Promise<readonly (SaveResult | Refusal)[]>
  /** The bodies hold the key; by Id, a body without one makes a record. */
  upsertMany(
    caller: Caller,
    object: string,
    bodies: readonly RecordBody[],
    options: { readonly field: string; readonly allOrNone: boolean },
  ): Promise<readonly UpsertOutcome[]>
  /** For each value of a key field the id of the record that has it; undefined where there is none. */
  findMany(
    caller: Caller,
    object: string,
    field: string,
    values: readonly string[],
  ): Promise<readonly (string | undefined | Refusal)[]>
  /**
   * One unit of work: what is done through the records given to `work` is saved wholly or not at all, and read by it at
   * once. It waits for nothing else, and may be run again from its beginning.
   */
  together<Result>(work: (records: Records, tx: Transaction) => Promise<Result>): Promise<Result>
  /** The use cases within a unit of work that somebody else has opened, under the model that this unit brings. */
  within(tx: Transaction, model: Model): Records
  /** The value of a formula on one record, for whoever writes it. */
  sampleFormula(caller: Caller, sample: FormulaSample): Promise<ResultOutcome>
  onChange(listener: (change: RecordChange) => void): () => void
  /** Whether the record is one that the caller may see, deleted or not; at once where all of the object are. */
  sees(caller: Caller, object: string, id: string): boolean | Promise<boolean>
  /** Why somebody may (not) see and change a record, as JSON text. */
  explainSharing(caller: Caller, subject: Caller, id: string): Promise<string>
  /** To whom a record is open, as far as it can be stated, as JSON text. */
  listShares(caller: Caller, id: string): Promise<string>
}
