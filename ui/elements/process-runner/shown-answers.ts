/** Answers in words, for the review and for lists of entries. */
import { formatValue, isEmpty, emptyMark } from '../../base/formats.ts'
import type { FormatContext } from '../../base/formats.ts'
import { t } from '../../base/text.ts'
import type { ChoiceColumn, ProcessChoice, ProcessField } from '../../base/wire-processes.ts'
import type { FieldInfo, Value } from '../../base/wire.ts'

/** A column of records to choose from, as formats want a field. */
export function columnField(column: ChoiceColumn): FieldInfo {
  const { name, label, type, scale, picklistValues } = column
  return {
    name,
    label,
    type,
    scale,
    nillable: true,
    createable: false,
    updateable: false,
    picklistValues: picklistValues.map((one) => ({ ...one, active: true, defaultValue: false })),
  }
}

/** What tells a record to choose from the others. */
export function choiceLabel(
  { id, fields }: ProcessChoice,
  columns: readonly ChoiceColumn[],
  format: FormatContext,
): string {
  const parts = columns.flatMap((column) => {
    const value = fields[column.name] ?? null
    return isEmpty(value) ? [] : [formatValue(value, columnField(column), format)]
  })
  return parts.length === 0 ? id : parts.join(' · ')
}

/** `names` are those of records, by id. */
export function answerText(
  field: ProcessField,
  value: Value,
  {
    format,
    names,
  }: { readonly format: FormatContext; readonly names: ReadonlyMap<string, string> },
): string {
  if (field.type === 'boolean') return value === true ? t('Yes') : t('No')
  if (isEmpty(value)) return emptyMark
  if (field.type === 'reference') return names.get(String(value)) ?? String(value)
  return formatValue(value, field, format)
}

/** A lookup that offers certain records is chosen like a value. */
export function asChoice(
  field: ProcessField,
  offered: readonly ProcessChoice[],
  format: FormatContext,
): FieldInfo {
  const columns = field.choiceColumns ?? []
  return {
    ...field,
    type: 'picklist',
    restrictedPicklist: true,
    picklistValues: offered.map((choice) => ({
      value: choice.id,
      label: choiceLabel(choice, columns, format),
      active: true,
      defaultValue: false,
    })),
    fieldstone: { editor: 'picklist', type: 'Picklist' },
  }
}
