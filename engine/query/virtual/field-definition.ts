/** FieldDefinition: the fields that the caller may see. */
import { componentId } from '../../model/component-id.ts'
import type { FieldModel, ObjectModel } from '../../model/model.ts'
import { visibleFields, type Gate } from '../resolve.ts'
import { developerName, entityRow, visibleObjects } from './entity-definition.ts'
import type { ColumnType, VirtualObject, VirtualRow, VirtualValue } from './virtual-object.ts'

export const fieldDefinition: VirtualObject = {
  name: 'FieldDefinition',
  label: 'Field definition',
  keyPrefix: '4fe',
  permission: undefined,
  columns: new Map<string, ColumnType>([
    ['Id', 'id'],
    ['DurableId', 'string'],
    ['QualifiedApiName', 'string'],
    ['DeveloperName', 'string'],
    ['MasterLabel', 'string'],
    ['Label', 'string'],
    ['NamespacePrefix', 'string'],
    ['PublisherId', 'string'],
    ['EntityDefinitionId', 'reference'],
    ['DataType', 'string'],
    ['ValueTypeId', 'string'],
    ['ExtraTypeInfo', 'string'],
    ['Description', 'string'],
    ['RelationshipName', 'string'],
    ['ReferenceTo', 'complexvalue'],
    ['ControllingFieldDefinitionId', 'string'],
    ['Length', 'int'],
    ['Precision', 'int'],
    ['Scale', 'int'],
    ['IsApiFilterable', 'boolean'],
    ['IsApiGroupable', 'boolean'],
    ['IsApiSortable', 'boolean'],
    ['IsCalculated', 'boolean'],
    ['IsCompound', 'boolean'],
    ['IsHighScaleNumber', 'boolean'],
    ['IsHtmlFormatted', 'boolean'],
    ['IsIndexed', 'boolean'],
    ['IsNameField', 'boolean'],
    ['IsNillable', 'boolean'],
    ['IsPolymorphicForeignKey', 'boolean'],
  ]),
  parents: new Map([['EntityDefinition', 'EntityDefinition']]),
  rows: (gate) =>
    visibleObjects(gate).flatMap((object) => {
      const parent = { object: 'EntityDefinition', row: entityRow(gate, object) }
      return visibleFields(gate, object).map((field) => {
        const row = new Map(fieldRow(gate, object, field))
        return row.set('EntityDefinition', parent)
      })
    }),
}

function fieldRow(gate: Gate, object: ObjectModel, field: FieldModel): VirtualRow {
  const hint = field.type.describe(field.options)
  const targets = (field.reference?.targets ?? []).filter((target) =>
    gate.access.mayObject(target, 'read'),
  )
  return new Map<string, VirtualValue>([
    ['Id', componentId('FieldDefinition', `${object.name}.${field.name}`)],
    ['DurableId', `${object.name}.${field.name}`],
    ['QualifiedApiName', field.name],
    ['DeveloperName', developerName(field.name)],
    ['MasterLabel', field.label],
    ['Label', field.label],
    ['NamespacePrefix', null],
    ['PublisherId', field.custom ? '<local>' : 'System'],
    ['EntityDefinitionId', object.name],
    ['DataType', dataType(field, targets)],
    ['ValueTypeId', hint.type],
    ['ExtraTypeInfo', hint.extraTypeInfo ?? null],
    ['Description', null],
    ['RelationshipName', field.reference?.relationshipName ?? null],
    ['ReferenceTo', { json: { referenceTo: targets.length === 0 ? null : targets } }],
    ['ControllingFieldDefinitionId', null],
    ['Length', hint.length ?? 0],
    ['Precision', hint.precision ?? 0],
    ['Scale', hint.scale ?? 0],
    ...flagsOf(field, { isHtml: hint.htmlFormatted === true, isFlag: hint.type === 'boolean' }),
  ])
}

function flagsOf(
  field: FieldModel,
  { isHtml, isFlag }: { readonly isHtml: boolean; readonly isFlag: boolean },
): readonly (readonly [string, boolean])[] {
  const isCompound = field.components.length > 0
  const plain = !isCompound && !isHtml
  return [
    ['IsApiFilterable', plain],
    ['IsApiGroupable', plain && field.formula === undefined],
    ['IsApiSortable', plain],
    ['IsCalculated', field.formula !== undefined || field.type.calculated === true],
    ['IsCompound', isCompound],
    ['IsHighScaleNumber', false],
    ['IsHtmlFormatted', isHtml],
    ['IsIndexed', field.name === 'Id' || field.unique || field.externalId || field.isName],
    ['IsNameField', field.isName],
    ['IsNillable', !field.required && !field.isName && !isFlag],
    ['IsPolymorphicForeignKey', (field.reference?.targets.length ?? 0) > 1],
  ]
}

/** As administrators read it: "Text(80)", "Lookup(Account)", "Number(16, 2)". */
function dataType(field: FieldModel, targets: readonly string[]): string {
  const { type, length, precision = 0, scale = 0 } = field.type.describe(field.options)
  if (field.formula !== undefined) return `Formula (${type})`
  if (field.reference !== undefined) {
    const kind = field.reference.kind === 'MasterDetail' ? 'Master-Detail' : field.reference.kind
    return `${kind}(${targets.join(',')})`
  }
  const name = dataTypes.get(type) ?? type
  if (type === 'double' || type === 'currency' || type === 'percent') {
    return `${name}(${precision - scale}, ${scale})`
  }
  return sized.has(type) && length !== undefined ? `${name}(${length})` : name
}

const sized: ReadonlySet<string> = new Set(['string', 'textarea', 'encryptedstring'])

const dataTypes: ReadonlyMap<string, string> = new Map([
  ['string', 'Text'],
  ['textarea', 'Text Area'],
  ['double', 'Number'],
  ['currency', 'Currency'],
  ['percent', 'Percent'],
  ['boolean', 'Checkbox'],
  ['date', 'Date'],
  ['datetime', 'Date/Time'],
  ['time', 'Time'],
  ['picklist', 'Picklist'],
  ['multipicklist', 'Picklist (Multi-Select)'],
  ['email', 'Email'],
  ['phone', 'Phone'],
  ['url', 'URL'],
  ['id', 'Record ID'],
  ['encryptedstring', 'Text (Encrypted)'],
])
