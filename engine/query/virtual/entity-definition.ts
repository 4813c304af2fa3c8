/** EntityDefinition: the objects that the caller may read. */
import { componentId } from '../../model/component-id.ts'
import type { ObjectModel } from '../../model/model.ts'
import type { Gate } from '../resolve.ts'
import type { ColumnType, VirtualObject, VirtualRow, VirtualValue } from './virtual-object.ts'

const flags = [
  'IsApexTriggerable',
  'IsCompactLayoutable',
  'IsCustomSetting',
  'IsCustomizable',
  'IsDeprecatedAndHidden',
  'IsEverCreatable',
  'IsEverDeletable',
  'IsEverUpdatable',
  'IsFeedEnabled',
  'IsIdEnabled',
  'IsLayoutable',
  'IsProcessEnabled',
  'IsQueryable',
  'IsReplicateable',
  'IsRetrieveable',
  'IsSearchLayoutable',
  'IsSearchable',
  'IsTriggerable',
  'IsWorkflowEnabled',
] as const

const texts = [
  'DurableId',
  'QualifiedApiName',
  'DeveloperName',
  'MasterLabel',
  'Label',
  'PluralLabel',
  'NamespacePrefix',
  'KeyPrefix',
  'PublisherId',
  'InternalSharingModel',
  'ExternalSharingModel',
  'DeploymentStatus',
  'Description',
] as const

export const entityDefinition: VirtualObject = {
  name: 'EntityDefinition',
  label: 'Entity definition',
  keyPrefix: '4ie',
  permission: undefined,
  columns: new Map<string, ColumnType>([
    ['Id', 'id'],
    ...texts.map((name) => [name, 'string'] as const),
    ...flags.map((name) => [name, 'boolean'] as const),
  ]),
  parents: new Map(),
  rows: (gate) => visibleObjects(gate).map((object) => entityRow(gate, object)),
}

export function visibleObjects(gate: Gate): readonly ObjectModel[] {
  return gate.model.objectNames
    .filter((name) => gate.access.mayObject(name, 'read'))
    .map((name) => gate.model.object(name))
    .filter((object) => object !== undefined)
}

export function entityRow(gate: Gate, object: ObjectModel): VirtualRow {
  const { name, declaration } = object
  const may = (right: 'create' | 'edit' | 'delete') => gate.access.mayObject(name, right)
  return new Map<string, VirtualValue>([
    ['Id', componentId('EntityDefinition', name)],
    ['DurableId', name],
    ['QualifiedApiName', name],
    ['DeveloperName', developerName(name)],
    ['MasterLabel', object.label],
    ['Label', object.label],
    ['PluralLabel', object.labelPlural],
    ['NamespacePrefix', null],
    ['KeyPrefix', object.keyPrefix],
    ['PublisherId', object.custom ? '<local>' : 'System'],
    ['InternalSharingModel', declaration.sharingModel ?? 'ReadWrite'],
    ['ExternalSharingModel', 'Private'],
    ['DeploymentStatus', declaration.deploymentStatus ?? 'Deployed'],
    ['Description', declaration.description ?? null],
    ...flags.map((flag) => [flag, alwaysTrue.has(flag)] as const),
    ['IsEverCreatable', may('create')],
    ['IsEverDeletable', may('delete')],
    ['IsEverUpdatable', may('edit')],
    ['IsFeedEnabled', declaration.enableFeeds === true],
  ])
}

const alwaysTrue: ReadonlySet<string> = new Set([
  'IsCompactLayoutable',
  'IsCustomizable',
  'IsIdEnabled',
  'IsLayoutable',
  'IsQueryable',
  'IsReplicateable',
  'IsRetrieveable',
  'IsSearchLayoutable',
])

/** The name without the ending of what was made here. */
export function developerName(name: string): string {
  return name.replace(/__\w+$/, '')
}
