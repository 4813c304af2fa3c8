/** The columns of an import by its mapping, resolved through the gate: cells become the body of a record. */
import { message } from '../../base/message.ts'
import { refuse, type Refusal } from '../../base/refusal.ts'
import type { FieldModel, ObjectModel } from '../../model/model.ts'
import { inLanguage } from '../../language/in-language.ts'
import { isKeyField, type Gate } from '../../query/resolve.ts'
import { timeZone } from '../../query/time-zone.ts'
import type { Caller, RecordBody } from '../../records/records.ts'
import { bodyOf, columnOf, emptied, type ResolvedColumn, type TakeCell } from '../ingest-columns.ts'
import type { ImportSettings } from './import-job.ts'
import { apiCell, type CellForm } from './local-cells.ts'

export interface ImportColumns {
  bodyOf(row: readonly string[]): RecordBody | Refusal
  /** The fields that are set, without Id and without the key where it only finds the record. */
  readonly written: readonly FieldModel[]
  /** Cells by which other rows of the file may mean the same record. */
  readonly keys: readonly KeyColumn[]
}

export interface KeyColumn {
  readonly index: number
  readonly field: FieldModel
  /** `gives`: the row's own record has the value. `needs`: it points at the record that has it. */
  readonly role: 'gives' | 'needs'
}

export interface ImportInput {
  readonly gate: Gate
  readonly object: ObjectModel
  readonly caller: Caller
  readonly settings: ImportSettings
}

interface Mapped extends ResolvedColumn {
  readonly index: number
}

export function importColumns({ gate, object, caller, settings }: ImportInput): ImportColumns {
  const mapped = settings.mapping.flatMap((path, index): readonly Mapped[] =>
    path === null ? [] : [{ ...columnOf(gate, object, path), index }],
  )
  requireOnce(mapped)
  requireMatch(object, mapped, settings)
  const form = { ...settings, zone: timeZone(caller.timeZone) }
  const labels = inLanguage(gate.model, caller.language)
  const takers = new Map(
    mapped.map((one) => {
      const said = labels.object(one.field.object)?.fieldsByName.get(one.field.name.toLowerCase())
      return [one.index, cellTaker(one, { field: said ?? one.field, form, settings })] as const
    }),
  )
  const leftOut: TakeCell = () => undefined
  const columns = settings.mapping.map((_path, index) => takers.get(index) ?? leftOut)
  return {
    bodyOf: (row) => bodyOf(columns, row),
    written: mapped.flatMap(({ key }) => writtenField(object, key, settings) ?? []),
    keys: mapped.flatMap((one) => keyColumn(object, one) ?? []),
  }
}

function requireOnce(mapped: readonly Mapped[]): void {
  const taken = new Set<string>()
  for (const { key } of mapped) {
    if (taken.has(key)) {
      throw refuse(
        'INVALID_ARGUMENT',
        message('Two columns fill {field}: leave one of them out.', { field: key }),
        { fields: ['mapping'] },
      )
    }
    taken.add(key)
  }
  if (mapped.length === 0) {
    throw refuse('INVALID_ARGUMENT', message('No column fills a field: map at least one.'), {
      fields: ['mapping'],
    })
  }
}

function requireMatch(
  object: ObjectModel,
  mapped: readonly Mapped[],
  { operation, matchField }: ImportSettings,
): void {
  const hasId = mapped.some(({ key }) => key === 'Id')
  if (operation === 'insert') {
    if (!hasId) return
    throw refuse(
      'INVALID_ARGUMENT',
      message('New records get their Id by themselves: leave it out.'),
      {
        fields: ['mapping'],
      },
    )
  }
  const field = object.fieldsByName.get(matchField.toLowerCase())
  const isGiven = mapped.some(({ key }) => key === field?.name)
  if (field !== undefined && isKeyField(field) && isGiven) {
    if (!hasId || field.name === 'Id') return
    throw refuse(
      'INVALID_ARGUMENT',
      message('Records are found by {field}: leave the Id out.', { field: field.name }),
      { fields: ['mapping'] },
    )
  }
  throw refuse(
    'INVALID_ARGUMENT',
    message('Records are found by {field}: a column must fill it.', { field: matchField }),
    { fields: ['matchField'] },
  )
}

interface CellOptions {
  /** In the language of whoever imports. */
  readonly field: FieldModel
  readonly form: CellForm
  readonly settings: ImportSettings
}

function cellTaker(
  { take, key, field: known }: Mapped,
  { field, form, settings: { blanks, operation, matchField } }: CellOptions,
): TakeCell {
  const isTruth = field.type.describe(field.options).type === 'boolean'
  const isMatch = known.name === matchField && key === matchField
  const clears =
    blanks === 'clear' && operation !== 'insert' && !isTruth && !isMatch && key !== 'Id'
  return (body, cell) => {
    if (cell === emptied) return take(body, null)
    if (cell.trim() !== '') take(body, apiCell(field, cell, form))
    else if (clears) take(body, null)
  }
}

function writtenField(
  object: ObjectModel,
  key: string,
  { operation, matchField }: ImportSettings,
): FieldModel | undefined {
  const isFinder = key === 'Id' || (operation !== 'insert' && key === matchField)
  return isFinder ? undefined : object.fieldsByName.get(key.toLowerCase())
}

function keyColumn(object: ObjectModel, { index, field, key }: Mapped): KeyColumn | undefined {
  if (!isKeyField(field) || field.object !== object.name) return undefined
  return { index, field, role: key === field.name ? 'gives' : 'needs' }
}
