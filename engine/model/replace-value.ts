/** One value of a list put in another's place, wherever an object or value set names it; pure. */
import type {
  CustomField,
  CustomObject,
  CustomValue,
  RecordType,
  ValueSettings,
} from '../../metadata/types.ts'
import { pickedValue } from './record-types.ts'

/** `to` null: what held the value is empty afterwards. */
export interface ValueReplacement {
  readonly from: string
  readonly to: string | null
  /** The list does not have the value any more. */
  readonly remove: boolean
}

/** The list itself: a default goes over, and the value goes where that is wanted. */
export function replaceInValues(
  values: readonly CustomValue[],
  { from, to, remove }: ValueReplacement,
): readonly CustomValue[] {
  const wasDefault = values.some((one) => one.fullName === from && one.default === true)
  return values
    .filter((one) => !(remove && one.fullName === from))
    .map((one) => {
      if (one.fullName === to && wasDefault) return { ...one, default: true }
      if (one.fullName === from && one.default === true && to !== null) {
        return { ...one, default: false }
      }
      return one
    })
}

/** Everything in the object that names a value of the field, the field's own list included. */
export function replaceInObject(
  body: Readonly<CustomObject>,
  field: string,
  replacement: ValueReplacement,
): CustomObject {
  const fields = body.fields?.map((one) => inField(one, field, replacement))
  const recordTypes = body.recordTypes?.map((one) => inRecordType(one, field, replacement))
  return {
    ...body,
    ...(fields === undefined ? {} : { fields }),
    ...(recordTypes === undefined ? {} : { recordTypes }),
  }
}

function inField(field: CustomField, name: string, replacement: ValueReplacement): CustomField {
  const set = field.valueSet
  if (set === undefined) return field
  const isItself = field.fullName === name
  const isControlled = set.controllingField === name
  if (!isItself && !isControlled) return field
  const list = set.valueSetDefinition
  const settings = set.valueSettings
  const definition =
    isItself && list?.value !== undefined
      ? { valueSetDefinition: { ...list, value: [...replaceInValues(list.value, replacement)] } }
      : {}
  const valueSettings =
    settings === undefined
      ? {}
      : { valueSettings: settingsWith(settings, { isItself, isControlled }, replacement) }
  return {
    ...field,
    ...(isItself ? literalDefault(field, replacement) : {}),
    valueSet: { ...set, ...definition, ...valueSettings },
  }
}

/** A default that is just the value's text. */
function literalDefault(
  { defaultValue }: CustomField,
  { from, to }: ValueReplacement,
): Partial<CustomField> {
  if (defaultValue === undefined || to === null) return {}
  const quote = /^(["'])(.*)\1$/.exec(String(defaultValue))
  if (quote === null || quote[2] !== from) return {}
  return { defaultValue: `${quote[1] ?? ''}${to}${quote[1] ?? ''}` }
}

interface Part {
  readonly isItself: boolean
  readonly isControlled: boolean
}

/** Settings of the value itself go with it; where it controls others, the new value does. */
function settingsWith(
  settings: readonly ValueSettings[],
  { isItself, isControlled }: Part,
  { from, to, remove }: ValueReplacement,
): ValueSettings[] {
  const kept = isItself && remove ? settings.filter((one) => one.valueName !== from) : [...settings]
  if (!isControlled) return kept
  return kept.map((one) => {
    const names = one.controllingFieldValue ?? []
    if (!names.includes(from)) return one
    const added = to === null || names.includes(to) ? [] : [to]
    const rest = remove ? names.filter((name) => name !== from) : names
    return { ...one, controllingFieldValue: [...rest, ...added] }
  })
}

/** A record type that offered the value offers the new one, and begins with it if it did with the old. */
function inRecordType(type: RecordType, field: string, replacement: ValueReplacement): RecordType {
  const { from, to, remove } = replacement
  const limits = type.picklistValues?.map((limit) => {
    const values = limit.values ?? []
    const old = values.find((one) => pickedValue(one.fullName) === from || one.fullName === from)
    if (limit.picklist !== field || old === undefined) return limit
    const rest = values.filter((one) => one !== old)
    const isThere = rest.some((one) => one.fullName === to)
    const added = to === null || isThere ? [] : [{ ...old, fullName: to }]
    const moved = rest.map((one) =>
      one.fullName === to && old.default === true ? { ...one, default: true } : one,
    )
    const stays = remove ? [] : [{ ...old, ...(to === null ? {} : { default: false }) }]
    return { ...limit, values: [...moved, ...stays, ...added] }
  })
  return limits === undefined ? type : { ...type, picklistValues: limits }
}
