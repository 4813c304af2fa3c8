/** What kind of value an attribute of a guided process holds: that of a field of an object, or of a kind of its own. */
import type {
  CustomField,
  ServiceProcess,
  ServiceProcessAttribute,
  ServiceProcessItemGroup,
} from '../../../metadata/types.ts'
import type { FieldOptions, FieldType } from '../../fields/field-type.ts'
import { fieldType } from '../../fields/index.ts'
import type { FieldMention } from '../../formula/types.ts'
import { picklistEntries, type ValueSetLookup } from '../picklist-entries.ts'

export interface AttributeField {
  /** Developer name of the attribute. */
  readonly name: string
  readonly attribute: Readonly<ServiceProcessAttribute>
  readonly type: FieldType
  readonly options: FieldOptions
  /** The field of an object whose type and values it takes. */
  readonly source: FieldName | undefined
  /** The repeated group to which it belongs. */
  readonly repeatedIn: string | undefined
}

export interface FieldName {
  readonly object: string
  readonly field: string
}

export interface SourceField extends FieldName {
  readonly type: FieldType
  readonly options: FieldOptions
}

/** Where attributes look up what they are made of: a model in the making, or one that serves. */
export interface AttributeSources {
  /** Any letter case; undefined where there is no such field. */
  field(object: string, name: string): SourceField | undefined
  readonly valueSets: ValueSetLookup
}

/** Data types of the public metadata type whose values can be entered, and the field type of each. */
const fieldTypeNames: ReadonlyMap<string, string> = new Map([
  ['Checkbox', 'Checkbox'],
  ['SingleCheckbox', 'Checkbox'],
  ['Toggle', 'Checkbox'],
  ['Currency', 'Currency'],
  ['Date', 'Date'],
  ['Datetime', 'DateTime'],
  ['Email', 'Email'],
  ['Integer', 'Number'],
  ['IPAddress', 'Text'],
  ['Lookup', 'Lookup'],
  ['MultilineText', 'LongTextArea'],
  ['MultiSelectPicklist', 'MultiselectPicklist'],
  ['Number', 'Number'],
  ['NumericScale', 'Number'],
  ['Percentage', 'Percent'],
  ['Picklist', 'Picklist'],
  ['RadioButton', 'Picklist'],
  ['SinglelineText', 'Text'],
  ['Text', 'Text'],
  ['Url', 'Url'],
])

/** Shown, never entered. */
export const displayText = 'DisplayText'

const numberDigits = 18
const textCharsMax = 255
const longTextCharsMax = 32_000
const decimals: ReadonlyMap<string, number> = new Map([
  ['Currency', 2],
  ['Number', 2],
  ['Percentage', 2],
])

/** Undefined where the attribute holds no value that can be entered; then it is kept without effect. */
export function attributeField(
  service: Readonly<ServiceProcess>,
  attribute: Readonly<ServiceProcessAttribute>,
  sources: AttributeSources,
): AttributeField | undefined {
  const group = groupOf(service, attribute)
  const repeatedIn = group?.isRepeated === true ? group.apiName : undefined
  const name = attribute.developerName
  if (attribute.objectField !== undefined) {
    const [object = '', field = ''] = attribute.objectField.split('.')
    const found = sources.field(object, field)
    if (found === undefined || found.type.formulaUse === undefined) return undefined
    const source = { object: found.object, field: found.field }
    return { name, attribute, type: found.type, options: found.options, source, repeatedIn }
  }
  const { dataType = 'Text' } = attribute
  const type = fieldType(fieldTypeNames.get(dataType) ?? '')
  if (type === undefined) return undefined
  const options = ownOptions(attribute, dataType, sources.valueSets)
  return { name, attribute, type, options, source: undefined, repeatedIn }
}

/** The attributes of a process that hold values, in the order of the file. */
export function attributeFields(
  service: Readonly<ServiceProcess>,
  sources: AttributeSources,
): readonly AttributeField[] {
  return (service.serviceProcessAttributes ?? []).flatMap(
    (attribute) => attributeField(service, attribute, sources) ?? [],
  )
}

export function groupOf(
  service: Readonly<ServiceProcess>,
  { groupApiName }: Readonly<ServiceProcessAttribute>,
): Readonly<ServiceProcessItemGroup> | undefined {
  return service.serviceProcessItemGroups?.find((one) => one.apiName === groupApiName)
}

/** As formulas see the value. */
export function mentionOfAttribute({
  name,
  attribute,
  type,
  options,
}: AttributeField): FieldMention {
  const use = type.formulaUse?.(options) ?? { kind: 'unusable' as const }
  return { ...use, path: name, label: attribute.label, ownField: true }
}

function ownOptions(
  attribute: Readonly<ServiceProcessAttribute>,
  dataType: string,
  valueSets: ValueSetLookup,
): FieldOptions {
  const { developerName: fullName, label, length, scale, referenceTo } = attribute
  const type = fieldTypeNames.get(dataType) ?? 'Text'
  const common: CustomField = { fullName, label, type: type as NonNullable<CustomField['type']> }
  switch (type) {
    case 'Text':
      return { ...common, length: length ?? textCharsMax }
    case 'LongTextArea':
      return { ...common, length: length ?? longTextCharsMax, visibleLines: 4 }
    case 'Number':
    case 'Currency':
    case 'Percent':
      return { ...common, precision: numberDigits, scale: scale ?? decimals.get(dataType) ?? 0 }
    case 'Lookup':
      return { ...common, referenceTo: [...(referenceTo ?? [])] }
    case 'Picklist':
    case 'MultiselectPicklist': {
      const declared = { ...common, valueSet: valueSetOf(attribute) }
      return { ...declared, values: picklistEntries(declared, valueSets) ?? [] }
    }
    default:
      return common
  }
}

function valueSetOf({
  valueSetName,
  values = [],
}: Readonly<ServiceProcessAttribute>): NonNullable<CustomField['valueSet']> {
  if (valueSetName !== undefined) return { restricted: true, valueSetName }
  const value = values.map((one) => ({ ...one, default: one.default === true }))
  return { restricted: true, valueSetDefinition: { sorted: false, value } }
}
