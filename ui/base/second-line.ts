/** What tells records of one name apart where there is room for a line: the first fields of the compact layout. */
import { formatValue, isEmpty } from './formats.ts'
import type { FormatContext } from './formats.ts'
import { nameFieldInfo, parentOf } from './record-names.ts'
import type { FieldInfo, ObjectScreen, WireRecord } from './wire.ts'

const fieldsMax = 3

/** Their columns are in `columnPaths`. */
export function secondLine({ compactLayout, describe }: ObjectScreen): readonly FieldInfo[] {
  const name = nameFieldInfo(describe)?.name ?? 'Name'
  return compactLayout
    .flatMap((field) => describe.fields.find((one) => one.name === field) ?? [])
    .filter((field) => field.name !== name && !['address', 'location'].includes(field.type))
    .slice(0, fieldsMax)
}

/** Empty values are left out. */
export function secondText(
  fields: readonly FieldInfo[],
  record: WireRecord,
  format: FormatContext,
): string {
  return fields
    .map((field) => fieldText(field, record, format))
    .filter((part) => part !== '')
    .join(' · ')
}

function fieldText(field: FieldInfo, record: WireRecord, format: FormatContext): string {
  if (field.type === 'reference') return parentOf(field, record)?.name ?? ''
  const value = record[field.name]
  return isEmpty(value) ? '' : formatValue(value, field, format)
}
