/** What an import did to each record, kept so that it can be taken back; and taking it back. */
import { Refusal } from '../../base/refusal.ts'
import type { FieldModel, ObjectModel } from '../../model/model.ts'
import { parseExactly } from '../../records/exact-json.ts'
import type { Caller, Records } from '../../records/records.ts'
import type { RowOutcome } from '../bulk-tables.ts'
import type { failure } from '../row-failure.ts'
import type { ImportOperation } from './import-job.ts'

/** `before` and `after`: JSON of the values of the fields that the import set; of changed records alone. */
export type JournalEntry = readonly [
  kind: string,
  id: string,
  row: string,
  before: string,
  after: string,
]

type Image = ReadonlyMap<string, unknown>

export interface ImageSource {
  readonly records: Records
  readonly caller: Caller
  readonly object: ObjectModel
}

export interface ImageWish {
  readonly fields: readonly FieldModel[]
  readonly ids: readonly string[]
}

/** The values of the fields by record, which is kept as it is until the unit ends. */
export async function imagesOf(
  { records, caller, object }: ImageSource,
  wish: ImageWish | undefined,
): Promise<ReadonlyMap<string, Image>> {
  if (wish === undefined || wish.ids.length === 0 || wish.fields.length === 0) return new Map()
  const names = wish.fields.filter(isKept).map(({ name }) => name)
  const columns = [...new Set(['Id', ...names])].join(', ')
  const soql = `SELECT ${columns} FROM ${object.name} WHERE Id IN :ids FOR UPDATE`
  const variables = new Map([['ids', [...new Set(wish.ids)]]])
  const { text } = await records.query(caller, soql, { variables })
  const answer = new Map(Object.entries(Object(parseExactly(text))))
  const rows = answer.get('records')
  return new Map((Array.isArray(rows) ? rows : []).map(imageOf))
}

function imageOf(row: unknown): readonly [string, Image] {
  const values = new Map<string, unknown>(Object.entries(Object(row)))
  const id = String(values.get('Id'))
  values.delete('attributes')
  values.delete('Id')
  return [id, values]
}

/** What is encrypted is kept nowhere in the clear, so it cannot be put back. */
export function isKept({ type }: FieldModel): boolean {
  return type.afterRead === undefined
}

export interface Journaled {
  readonly operation: ImportOperation
  readonly rowNumbers: readonly number[]
  readonly results: readonly RowOutcome[]
  readonly before: ReadonlyMap<string, Image>
  readonly after: ReadonlyMap<string, Image>
}

export function journalOf(done: Journaled): readonly JournalEntry[] {
  return done.results.flatMap(([id, created, error], index): readonly JournalEntry[] => {
    if (error !== '') return []
    const row = String(done.rowNumbers[index] ?? 0)
    if (done.operation === 'delete') return [['deleted', id, row, '', '']]
    if (created === 1) return [['created', id, row, '', '']]
    const [before, after] = [done.before.get(id), done.after.get(id)]
    return before === undefined ? [] : [['changed', id, row, json(before), json(after)]]
  })
}

function json(image: Image | undefined): string {
  return JSON.stringify(Object.fromEntries(image ?? []))
}

export interface UndoTarget extends ImageSource {
  readonly tell: typeof failure
}

/** Takes records back in this order; those that were created go together as long as they follow each other. */
export async function undoEntries(
  target: UndoTarget,
  entries: readonly (readonly string[])[],
): Promise<readonly RowOutcome[]> {
  const results: RowOutcome[] = []
  for (let at = 0; at < entries.length; at = results.length) {
    const end = entries.findIndex(([kind], index) => index >= at && kind !== 'created')
    const created = entries.slice(at, end < 0 ? entries.length : end)
    const [entry = []] = entries.slice(at, at + 1)
    if (created.length > 0) results.push(...(await removeCreated(target, created)))
    else results.push(await undoEntry(target, entry))
  }
  return results
}

async function removeCreated(
  { records, caller, object, tell }: UndoTarget,
  entries: readonly (readonly string[])[],
): Promise<readonly RowOutcome[]> {
  const ids = entries.map(([, id = '']) => id)
  const refusals = await records.removeMany(caller, object.name, ids)
  return ids.map((id, index): RowOutcome => {
    const refusal = refusals[index]
    // Somebody else has deleted it since.
    if (refusal === undefined || isGone.has(refusal.code)) return [id, 0, '']
    return tell(refusal, new Map([['Id', id]]))
  })
}

/** Takes one record back; a refusal that spoils nothing is the result. */
async function undoEntry(target: UndoTarget, entry: readonly string[]): Promise<RowOutcome> {
  const [kind = '', id = '', , before = '', after = ''] = entry
  try {
    await takeBack(target, { kind, id, before, after })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    if (!harmless.has(error.code)) throw error
    return target.tell(error, new Map([['Id', id]]))
  }
  return [id, 0, '']
}

/** These are decided before anything of the record was done. */
const isGone: ReadonlySet<string> = new Set(['NOT_FOUND', 'ENTITY_IS_DELETED'])
const harmless: ReadonlySet<string> = new Set([
  ...isGone,
  'ENTITY_FAILED_IFMATCH',
  'INSUFFICIENT_ACCESS_OR_READONLY',
  'INVALID_FIELD_FOR_INSERT_UPDATE',
])

interface Entry {
  readonly kind: string
  readonly id: string
  readonly before: string
  readonly after: string
}

async function takeBack(
  { records, caller, object }: UndoTarget,
  { kind, id, before, after }: Entry,
): Promise<void> {
  if (kind === 'deleted') return records.undelete(caller, id)
  // What was set since then by others is not overwritten: the save itself compares.
  await records.update(caller, object.name, id, imageIn(before), { base: imageIn(after) })
}

function imageIn(text: string): Image {
  return new Map(Object.entries(Object(JSON.parse(text))))
}
