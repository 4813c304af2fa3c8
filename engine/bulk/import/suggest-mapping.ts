/** Which field each column of a file is likely to mean, and how its dates and numbers are written. */
import type { FieldModel, Model, ObjectModel } from '../../model/model.ts'
import { inLanguage, languagesOf } from '../../language/in-language.ts'
import { isKeyField, maySee, type Gate } from '../../query/resolve.ts'
import type { Caller } from '../../records/records.ts'
import type { DateOrder, ImportSettings } from './import-job.ts'

/** A field that a column may fill. */
export interface ImportTarget {
  /** As a mapping names it: `Name`, `Account.Code__c`. */
  readonly path: string
  readonly label: string
  readonly type: string
  /** Records can be found by it. */
  readonly isKey: boolean
  readonly isRequired: boolean
}

export interface TargetInput {
  readonly gate: Gate
  readonly object: ObjectModel
  readonly caller: Caller
}

/** Everything that the caller may set, in his language; parents by what finds them. */
export function importTargets({ gate, object, caller }: TargetInput): readonly ImportTarget[] {
  const model = inLanguage(gate.model, caller.language)
  const labelled = model.object(object.name) ?? object
  return labelled.fields
    .filter((field) => maySee(gate, field) && field.components.length === 0)
    .flatMap((field) => {
      const settable = maySet(gate, field)
      if (!settable && !isKeyField(field)) return []
      return [target(field), ...(settable ? parentTargets({ ...gate, model }, field) : [])]
    })
}

function maySet(gate: Gate, field: FieldModel): boolean {
  const isSet = field.createable || field.updateable
  return isSet && gate.access.mayField(field.object, field.name, 'edit')
}

function target(field: FieldModel): ImportTarget {
  const { type } = field.type.describe(field.options)
  return {
    path: field.name,
    label: field.label,
    type,
    isKey: isKeyField(field),
    isRequired: (field.required || field.isName) && field.type.generate === undefined,
  }
}

function parentTargets(gate: Gate, lookup: FieldModel): readonly ImportTarget[] {
  const [only = '', ...more] = lookup.reference?.targets ?? []
  const parent = more.length > 0 ? undefined : gate.model.object(only)
  if (parent === undefined || !gate.access.mayObject(parent.name, 'read')) return []
  return parent.fields
    .filter((field) => isKeyField(field) && field.name !== 'Id' && maySee(gate, field))
    .map((field) => ({
      ...target(field),
      path: `${lookup.reference?.relationshipName ?? ''}.${field.name}`,
      label: `${lookup.label}: ${field.label}`,
      isKey: false,
      isRequired: false,
    }))
}

export interface FileStart {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

export function suggestSettings(input: TargetInput, file: FileStart): ImportSettings {
  const targets = importTargets(input)
  const mapping = suggestMapping(input, targets, file.columns)
  const typeAt = (index: number): string =>
    targets.find(({ path }) => path === mapping[index])?.type ?? ''
  const cells = (types: ReadonlySet<string>): readonly string[] =>
    file.rows.flatMap((row) => row.filter((_cell, index) => types.has(typeAt(index))))
  const { locale } = input.caller
  const hasId = mapping.includes('Id')
  return {
    operation: hasId ? 'update' : 'insert',
    matchField: 'Id',
    mapping,
    dates: datesIn(cells(dateTypes), locale),
    decimal: decimalIn(cells(numberTypes), locale),
    blanks: 'keep',
  }
}

const dateTypes: ReadonlySet<string> = new Set(['date', 'datetime'])
const numberTypes: ReadonlySet<string> = new Set(['double', 'int', 'currency', 'percent'])

/** Each field once, the best column first: by its API name, then by its label in any language. */
function suggestMapping(
  { gate, object }: TargetInput,
  targets: readonly ImportTarget[],
  columns: readonly string[],
): ImportSettings['mapping'] {
  const names = new Map<string, string>()
  const add = (name: string, path: string): void => {
    const key = folded(name)
    if (key !== '' && !names.has(key)) names.set(key, path)
  }
  for (const { path } of targets) add(path, path)
  for (const { label, path } of targets) add(label, path)
  const paths = new Set(targets.map(({ path }) => path))
  for (const [label, path] of labelsOf(gate.model, object)) if (paths.has(path)) add(label, path)
  const taken = new Set<string>()
  return columns.map((column) => {
    const path = names.get(folded(column)) ?? names.get(folded(nameIn(column)))
    if (path === undefined || taken.has(path)) return null
    taken.add(path)
    return path
  })
}

/** As an export tells fields of one label apart: `Number (Ext_Number__c)`. */
function nameIn(column: string): string {
  return /\(([\w.]+)\)$/.exec(column.trim())?.[1] ?? ''
}

function* labelsOf(model: Model, object: ObjectModel): Generator<readonly [string, string]> {
  for (const language of languagesOf(model)) {
    const fields = inLanguage(model, language).object(object.name)?.fields ?? []
    for (const { label, name } of fields) yield [label, name]
  }
}

function folded(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/[\u0300-\u036F]/g, '')
    .toLowerCase()
    .replace(/__[cr]\b/g, '')
    .replace(/[^\p{L}\p{N}.]/gu, '')
}

const numbered = /^(\d{1,2})([./-])\s?(\d{1,2})\2\s?\d{4}\b/

function datesIn(cells: readonly string[], locale: string): DateOrder {
  const found = cells.flatMap((cell) => {
    const match = numbered.exec(cell.trim())
    return match === null
      ? []
      : [{ first: Number(match[1]), second: Number(match[3]), mark: match[2] }]
  })
  if (found.some(({ first }) => first > 12)) return 'dmy'
  if (found.some(({ second }) => second > 12)) return 'mdy'
  if (found.some(({ mark }) => mark === '.')) return 'dmy'
  const parts = new Intl.DateTimeFormat(tagOf(locale)).formatToParts(0)
  const order = parts.map(({ type }) => type.charAt(0)).filter((char) => 'ymd'.includes(char))
  return order[0] === 'm' ? 'mdy' : order[0] === 'y' ? 'ymd' : 'dmy'
}

function decimalIn(cells: readonly string[], locale: string): '.' | ',' {
  const ends = (mark: string): number =>
    cells.filter((cell) => new RegExp(`\\d\\${mark}(?:\\d{1,2}|\\d{4,})\\D*$`).test(cell)).length
  const [points, commas] = [ends('.'), ends(',')]
  if (points !== commas) return points > commas ? '.' : ','
  return new Intl.NumberFormat(tagOf(locale)).format(1.5).includes(',') ? ',' : '.'
}

function tagOf(locale: string): string {
  const tag = locale.replaceAll('_', '-')
  try {
    return new Intl.Locale(tag).toString()
  } catch {
    // A locale that the runtime does not know is read as English.
    return 'en-US'
  }
}
