/** toLabel(Status): the words that the caller's language has for a picklist's values and for record types. */
import { foldText } from '../base/fold-text.ts'
import { refuse, type Refusal } from '../base/refusal.ts'
import { foldedComparison } from '../fields/text-column.ts'
import type { Operator } from '../fields/field-type.ts'
import { inLanguage } from '../language/in-language.ts'
import { recordTypeObject } from '../model/component-objects.ts'
import type { FieldModel, Model } from '../model/model.ts'
import type { ColumnKind } from '../sql/column-kind.ts'
import type { Dialect } from '../sql/dialect.ts'
import { joinSql, sql, textLiteral, type Sql } from '../sql/sql.ts'
import { columnSql } from './compile-condition.ts'
import {
  findOperandField,
  type FoundField,
  type OperandPlace,
  type Subject,
} from './plan-operand.ts'
import type { ExpressionColumn, PlannedColumn, ShowValue } from './read-plan.ts'
import type { Gate } from './resolve.ts'
import type { CallOperand } from './soql/query.ts'

const text: ColumnKind = { kind: 'text' }
const operators: readonly Operator[] = ['=', '!=', '<', '<=', '>', '>=', 'like', 'in', 'not in']
const separator = ';'

/** The one field that toLabel is asked of. */
export function labelledPath({ name, args }: CallOperand): string {
  const [first, ...rest] = args
  if (first?.kind === 'path' && rest.length === 0) return first.path
  throw refuse('MALFORMED_QUERY', `${name} takes one field.`)
}

/** How values of a picklist are shown; undefined for the names of record types. */
export function labelsOf(gate: Gate, field: FieldModel): ShowValue | undefined {
  if (isRecordTypeName(field)) return undefined
  const labels = valueLabels(gate, field)
  const labelOf = (value: string): string => labels.get(value) ?? value
  return (value) =>
    typeof value === 'string' && isMultiple(field)
      ? value.split(separator).map(labelOf).join(separator)
      : labelOf(String(value))
}

/** By value. */
function valueLabels(gate: Gate, field: FieldModel): ReadonlyMap<string, string> {
  const words = wordsFor(gate).object(field.object)?.fieldsByName.get(field.name.toLowerCase())
  const isList = field.type.describe(field.options).type.endsWith('picklist')
  if (words === undefined || !isList) throw withoutLabels(field)
  return new Map(words.values.map(({ value, label }) => [value, label]))
}

function withoutLabels(field: FieldModel): Refusal {
  const message = `toLabel takes a picklist or the name of a record type; '${field.name}' is none.`
  return refuse('INVALID_FIELD', message, { fields: [field.name] })
}

function wordsFor({ model, language }: Gate): Model {
  return language === undefined ? model : inLanguage(model, language)
}

function isMultiple(field: FieldModel): boolean {
  return field.type.operators.includes('includes')
}

function isRecordTypeName(field: FieldModel): boolean {
  return field.object === recordTypeObject && field.isName
}

/** The label as a column: as it is written, or folded as filters compare it. */
export function labelColumn(
  place: OperandPlace,
  found: FoundField,
  form: 'written' | 'folded',
): ExpressionColumn {
  const fold = form === 'folded' ? foldText : (label: string): string => label
  const { by, labels, otherwise } = isRecordTypeName(found.field)
    ? recordTypeLabels(place, found, form)
    : pickedLabels(place, found, form)
  const cases = [...labels].filter(([value, label]) => value !== fold(label))
  const expression = (dialect: Dialect): Sql => {
    const rest = columnSql(otherwise, dialect)
    const words = cases.map(
      ([value, label]) => sql` when ${textLiteral(value)} then ${textLiteral(fold(label))}`,
    )
    if (words.length === 0) return rest
    return sql`(case ${columnSql(by, dialect)}${joinSql(words, sql``)} else ${rest} end)`
  }
  return { expression, key: `tolabel(${form} ${found.key})`, kind: text }
}

interface LabelSource {
  /** The column whose value has a label. */
  readonly by: PlannedColumn
  readonly labels: ReadonlyMap<string, string>
  /** What stands for the label where there is none. */
  readonly otherwise: PlannedColumn
}

function pickedLabels(place: OperandPlace, found: FoundField, form: string): LabelSource {
  // Refuses what has no labels, before a column is asked for that others do not have.
  const labels = valueLabels(place.gate, found.field)
  const otherwise = found.column(form === 'folded' ? 'folded' : '')
  return { by: found.column(''), labels, otherwise }
}

/** Their names are no key: two objects may each have a record type of that name. */
function recordTypeLabels({ gate }: OperandPlace, found: FoundField, form: string): LabelSource {
  const model = wordsFor(gate)
  const types = model.objectNames.flatMap((name) => model.object(name)?.recordTypes ?? [])
  return {
    by: found.beside('Id'),
    labels: new Map(types.map(({ id, label }) => [id, label])),
    otherwise: found.column(form === 'folded' ? 'folded' : ''),
  }
}

/** Sorted without case and accents, then as they are written. */
export function labelSort(place: OperandPlace, call: CallOperand): readonly PlannedColumn[] {
  const found = findOperandField(place, labelledPath(call))
  if (isMultiple(found.field)) {
    const message = `field '${found.path}' can not be sorted by its labels in a query call`
    throw refuse('INVALID_FIELD', message, { fields: [found.path] })
  }
  return [labelColumn(place, found, 'folded'), labelColumn(place, found, 'written')]
}

export function labelSubject(place: OperandPlace, call: CallOperand): Subject {
  const path = labelledPath(call)
  const found = findOperandField(place, path)
  if (isMultiple(found.field)) return chosenSubject(place, found)
  const column = labelColumn(place, found, 'folded')
  return { path, operators, comparison: foldedComparison, column }
}

/** Of several chosen values each has its label: what is asked for is turned back into values. */
function chosenSubject({ gate }: OperandPlace, { field, path, column }: FoundField): Subject {
  const comparison = field.type.comparison?.(field.options)
  if (comparison === undefined) throw withoutLabels(field)
  const values = new Map(
    [...valueLabels(gate, field)].map(([value, label]) => [foldText(label), value]),
  )
  const valueOf = (label: string): string => values.get(foldText(label.trim())) ?? label
  return {
    path,
    operators: field.type.operators,
    comparison: {
      ...comparison,
      value: (given) =>
        comparison.value(
          typeof given === 'string' ? given.split(separator).map(valueOf).join(separator) : given,
        ),
    },
    column: column(comparison.column),
  }
}
