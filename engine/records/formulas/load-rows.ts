/** Reads what formulas need of other records: one statement per lookup and level, however many records ask. */
import type { RawValue } from '../../formula/environment.ts'
import type { FieldModel, Model, ObjectModel } from '../../model/model.ts'
import { compileRows, type RowLock } from '../../query/compile-rows.ts'
import type { Dialect } from '../../sql/dialect.ts'
import { render, type Statement } from '../../sql/sql.ts'
import type { Holes, Query, Row, Storage } from '../../storage/storage.ts'
import { parseExactly } from '../exact-json.ts'
import { createModelCache } from '../model-cache.ts'
import { idRows } from '../id-rows.ts'
import { parentKey, type ParentNeeds, type RecordNeeds } from './formula-needs.ts'
import type { FormulaRow } from './formula-row.ts'

/** Inside a transaction, or beside the writer. */
export interface RowReader {
  readonly dialect: Dialect
  /** True where what was read must stay as it is until the commit. */
  readonly locks: boolean
  read(query: Query, holes: Holes): Promise<readonly Row[]>
}

/** Beside the writer, as of now. */
export function readBeside(storage: Storage): RowReader {
  return {
    dialect: storage.dialect,
    locks: false,
    read: (query, holes) => storage.read(query, { holes }),
  }
}

export type RowsById = ReadonlyMap<string, FormulaRow>

/** Records behind lookups, by `parentKey`, then by id. */
export type LoadedParents = ReadonlyMap<string, RowsById>

const statementsMax = 1_000
const statements = createModelCache<Statement>({ entriesMax: statementsMax })

interface LoadInput {
  readonly model: Model
  readonly needs: RecordNeeds
  readonly ids: Iterable<string>
}

/** The records that are there, with all that the needs name of them and of their parents. */
export async function loadRows(reader: RowReader, input: LoadInput): Promise<RowsById> {
  const { model, needs } = input
  const ids = [...new Set(input.ids)].sort()
  if (ids.length === 0) return new Map()
  const fields = [...needs.fields]
  const rows = await reader.read(statementFor(reader, model, needs), { ids: idRows(ids) })
  const loaded = rows.map((row) => ({
    id: String(row['id']),
    values: valuesOf(fields, String(row['body'])),
  }))
  const parents = await loadParents(
    reader,
    { model, needs },
    loaded.map(
      ({ values }) =>
        (field) =>
          values.get(field) ?? null,
    ),
  )
  return new Map(
    loaded.map(({ id, values }) => [
      id,
      formulaRow(needs.object, (field) => values.get(field) ?? null, parents),
    ]),
  )
}

function statementFor(reader: RowReader, model: Model, needs: RecordNeeds): Statement {
  const { dialect } = reader
  const lock = reader.locks ? lockOf(needs.object) : 'none'
  const names = [...needs.fields].map((field) => field.name)
  const key = `${dialect.name} ${lock} ${needs.object.name} ${names.join(' ')}`
  const known = statements.get(model, key)
  if (known !== undefined) return known
  const made = render(compileRows(needs.object, [...needs.fields], { dialect, lock }), dialect)
  statements.set(model, key, made)
  return made
}

/** Roll-ups of the record may be written by the same save: two that both hold a shared lock would block each other. */
export function lockOf(object: ObjectModel): RowLock {
  return object.fields.some((field) => field.type.name === 'Summary') ? 'change' : 'share'
}

function valuesOf(fields: readonly FieldModel[], body: string): ReadonlyMap<FieldModel, RawValue> {
  const list = parseExactly(body)
  if (!Array.isArray(list)) throw new Error('the values of a record are a list')
  // The database built the list from these fields.
  return new Map(fields.map((field, index) => [field, (list[index] ?? null) as RawValue]))
}

export type ReadField = (field: FieldModel) => RawValue

/** The parents of several records at once; `rows` read their lookups. */
export async function loadParents(
  reader: RowReader,
  { model, needs }: Pick<LoadInput, 'model' | 'needs'>,
  rows: readonly ReadField[],
): Promise<LoadedParents> {
  const loaded = new Map<string, RowsById>()
  for (const [key, parent] of needs.parents) {
    const ids = rows.flatMap((read) => targetId(read, parent) ?? [])
    loaded.set(key, await loadRows(reader, { model, needs: parent.needs, ids }))
  }
  return loaded
}

/** The id in the lookup, where it leads to the object that is meant. */
function targetId(read: ReadField, { lookup, needs }: ParentNeeds): string | undefined {
  const id = read(lookup)
  return typeof id === 'string' && id.startsWith(needs.object.keyPrefix) ? id : undefined
}

export function formulaRow(
  object: ObjectModel,
  value: ReadField,
  parents: LoadedParents,
): FormulaRow {
  return {
    object,
    value,
    parent: (lookup, target) => {
      const id = value(lookup)
      return typeof id === 'string' ? parents.get(parentKey(lookup, target))?.get(id) : undefined
    },
  }
}
