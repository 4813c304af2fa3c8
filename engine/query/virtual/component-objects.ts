/** Components as rows, as tools of developers ask for them: what was made here, for whoever may customise. */
import type { MetadataTypeName } from '../../model/declaration.ts'
import { componentId } from '../../model/component-id.ts'
import { membersOf } from '../../model/members.ts'
import { visibleFields, type Gate } from '../resolve.ts'
import { developerName, visibleObjects } from './entity-definition.ts'
import type { ColumnType, VirtualObject, VirtualRow, VirtualValue } from './virtual-object.ts'

type Columns = Readonly<Record<string, ColumnType>>

function componentObject(
  name: string,
  columns: Columns,
  rows: (gate: Gate) => readonly VirtualRow[],
): VirtualObject {
  const all = {
    Id: 'id',
    ...columns,
    NamespacePrefix: 'string',
    ManageableState: 'string',
  } as const
  return {
    name,
    label: name.replace(/(?<=[a-z])(?=[A-Z])/g, ' '),
    keyPrefix: null,
    permission: 'CustomizeApplication',
    columns: new Map<string, ColumnType>(Object.entries(all)),
    parents: new Map(),
    rows,
  }
}

function row(type: string, fullName: string, values: Readonly<Record<string, VirtualValue>>) {
  return new Map<string, VirtualValue>([
    ['Id', componentId(type, fullName)],
    ['NamespacePrefix', null],
    ['ManageableState', 'unmanaged'],
    ...Object.entries(values),
  ])
}

const customObject = componentObject(
  'CustomObject',
  { DeveloperName: 'string', Description: 'string', SharingModel: 'string', Language: 'string' },
  (gate) =>
    visibleObjects(gate)
      .filter((object) => object.custom)
      .map(({ name, declaration }) =>
        row('CustomObject', name, {
          DeveloperName: developerName(name),
          Description: declaration.description ?? null,
          SharingModel: declaration.sharingModel ?? 'ReadWrite',
          Language: 'en_US',
        }),
      ),
)

const customField = componentObject(
  'CustomField',
  {
    DeveloperName: 'string',
    TableEnumOrId: 'string',
    EntityDefinitionId: 'string',
    FullName: 'string',
    InlineHelpText: 'string',
    Length: 'int',
    Precision: 'int',
    Scale: 'int',
  },
  (gate) =>
    visibleObjects(gate).flatMap((object) =>
      visibleFields(gate, object)
        .filter((field) => field.custom)
        .map((field) => {
          const { length, precision, scale } = field.type.describe(field.options)
          const fullName = `${object.name}.${field.name}`
          return row('CustomField', fullName, {
            DeveloperName: developerName(field.name),
            TableEnumOrId: object.custom ? componentId('CustomObject', object.name) : object.name,
            EntityDefinitionId: object.custom
              ? componentId('CustomObject', object.name)
              : object.name,
            FullName: fullName,
            InlineHelpText: field.options.inlineHelpText ?? null,
            Length: length ?? null,
            Precision: precision ?? null,
            Scale: scale ?? null,
          })
        }),
    ),
)

const validationRule = componentObject(
  'ValidationRule',
  {
    ValidationName: 'string',
    EntityDefinitionId: 'string',
    FullName: 'string',
    Active: 'boolean',
    Description: 'string',
    ErrorMessage: 'string',
  },
  (gate) =>
    visibleObjects(gate).flatMap((object) =>
      (object.declaration.validationRules ?? []).map((rule) => {
        const fullName = `${object.name}.${rule.fullName}`
        return row('ValidationRule', fullName, {
          ValidationName: rule.fullName,
          EntityDefinitionId: object.name,
          FullName: fullName,
          Active: rule.active === true,
          Description: rule.description ?? null,
          ErrorMessage: rule.errorMessage ?? null,
        })
      }),
    ),
)

const layout = componentObject(
  'Layout',
  { Name: 'string', EntityDefinitionId: 'string', FullName: 'string', TableEnumOrId: 'string' },
  (gate) =>
    [...gate.model.components('Layout')].map(({ fullName }) => {
      const dash = fullName.indexOf('-')
      const object = fullName.slice(0, Math.max(dash, 0))
      return row('Layout', fullName, {
        Name: fullName.slice(dash + 1),
        EntityDefinitionId: object,
        FullName: fullName,
        TableEnumOrId: object,
      })
    }),
)

/** Types of which a name and a label is all that is asked for. */
function namedObject(name: string, type: MetadataTypeName): VirtualObject {
  const columns = { DeveloperName: 'string', MasterLabel: 'string', FullName: 'string' } as const
  return componentObject(name, columns, (gate) =>
    [...gate.model.components(type)].map(({ fullName, body }) =>
      row(name, fullName, {
        DeveloperName: fullName,
        MasterLabel: labelOf(body) ?? fullName,
        FullName: fullName,
      }),
    ),
  )
}

function labelOf(body: object): string | undefined {
  if ('masterLabel' in body && typeof body.masterLabel === 'string') return body.masterLabel
  return 'label' in body && typeof body.label === 'string' ? body.label : undefined
}

const listView = componentObject(
  'ListView',
  { DeveloperName: 'string', Name: 'string', SobjectType: 'string', FullName: 'string' },
  (gate) =>
    visibleObjects(gate).flatMap((object) => {
      const declaration = gate.model.component('CustomObject', object.name)
      const members = declaration === undefined ? [] : membersOf(declaration)
      return members
        .filter((member) => member.type === 'ListView')
        .map((member) =>
          row('ListView', member.fullName, {
            DeveloperName: member.name,
            Name: labelOf(member.body) ?? member.name,
            SobjectType: object.name,
            FullName: member.fullName,
          }),
        )
    }),
)

export const componentObjects: readonly VirtualObject[] = [
  customObject,
  customField,
  validationRule,
  layout,
  listView,
  namedObject('CustomTab', 'CustomTab'),
  namedObject('CustomApplication', 'CustomApplication'),
  namedObject('GlobalValueSet', 'GlobalValueSet'),
  namedObject('StandardValueSet', 'StandardValueSet'),
]
