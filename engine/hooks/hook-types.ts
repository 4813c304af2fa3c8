/** The types that hooks are written with: those of the whole model, and what a hook is given. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fullAccess } from '../access/full-access.ts'
import { isMissing } from '../deploy/folder.ts'
import type { Model } from '../model/model.ts'
import { typesText } from '../query/schema/types-text.ts'
import { visibleSchema } from '../query/schema/visible-schema.ts'

/** Written beside the hooks, where editors find it; left alone while it says the same. */
export async function writeHookTypes(folder: string, model: Model): Promise<void> {
  const file = join(folder, 'types.d.ts')
  const text = hookTypes(model)
  if ((await textOf(file)) !== text) await writeFile(file, text)
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

export function hookTypes(model: Model): string {
  const objects = visibleSchema({ model, access: fullAccess(model) })
  return `/** Written by the server from the model, for the hooks in this folder. Changes to this file are lost. */\n${typesText(objects)}\n${hookText}`
}

const hookText = `/** The values of a record, those that are read alone and those that may be set. */
export type Values<Name extends keyof Records> = {
  -readonly [Field in Exclude<keyof Records[Name], 'attributes'>]: Records[Name][Field]
}

export interface HookRecord<Name extends keyof Records> {
  /** Undefined before an insert. */
  readonly id: string | undefined
  /** What the record will hold; set values before inserts and updates. Of a deleted record, what it held. */
  readonly values: Values<Name>
  /** What it held before an update. */
  readonly old: Readonly<Values<Name>> | undefined
  isChanged(field: keyof Values<Name>): boolean
  /** Refuses this record. */
  addError(message: string): void
  addError(field: keyof Values<Name>, message: string): void
}

/** Queries and writes in the transaction of the save; what is refused is thrown. */
export interface HookData {
  query<Row = Record<string, unknown>>(
    soql: string,
    variables?: Readonly<Record<string, unknown>>,
  ): Promise<Row[]>
  /** The ids, in order. */
  create<Name extends keyof RecordInputs>(
    object: Name,
    records: RecordInputs[Name] | readonly RecordInputs[Name][],
  ): Promise<string[]>
  update<Name extends keyof Records>(
    object: Name,
    records: ChangedValues<Name> | readonly ChangedValues<Name>[],
  ): Promise<void>
  delete(object: keyof Records, ids: string | readonly string[]): Promise<void>
  undelete(ids: string | readonly string[]): Promise<void>
}

export type ChangedValues<Name extends keyof Records> = Values<Name> & { readonly Id: string }

export interface HookContext<Name extends keyof Records> {
  readonly object: Name
  readonly event: keyof Hooks<Name>
  /** Up to 200 records of one save. */
  readonly records: readonly HookRecord<Name>[]
  /** Who saves. */
  readonly caller: {
    readonly userId: string
    readonly userName: string
    readonly timeZone: string
    readonly locale: string
    readonly language: string
    readonly source: string
  }
  /** With the rights of the engine: everything. */
  readonly system: HookData
  /** With the rights of whoever saves. */
  readonly user: HookData
}

type Hook<Name extends keyof Records> = (context: HookContext<Name>) => void | Promise<void>

/** What a file of hooks exports by default. */
export interface Hooks<Name extends keyof Records> {
  beforeInsert?: Hook<Name>
  afterInsert?: Hook<Name>
  beforeUpdate?: Hook<Name>
  afterUpdate?: Hook<Name>
  beforeDelete?: Hook<Name>
  afterDelete?: Hook<Name>
  beforeUndelete?: Hook<Name>
  afterUndelete?: Hook<Name>
}
`
