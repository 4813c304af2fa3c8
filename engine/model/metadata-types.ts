/**
 * The registry of metadata types: for each its folder, its name in XML files, how it may be named
 * and which of its lists hold components of their own.
 */
import type { MetadataTypeName } from './declaration.ts'

/** How a component may be named: like an object or field, like other components, or freely. */
export type Naming = 'object' | 'field' | 'developer' | 'text'

/** A list of a component whose entries are components themselves, as fields are of an object. */
export interface MemberList {
  /** The key of the list in its component. */
  readonly property: string
  /** The public name of the entries' type. */
  readonly type: string
  /** The attribute that names an entry. */
  readonly key: 'fullName' | 'name'
  readonly naming: Naming
  /** Folder and file suffix of an entry's own XML file, for types that are taken apart in files. */
  readonly folder?: string
  readonly suffix?: string
}

export interface MetadataType {
  readonly name: MetadataTypeName
  readonly folder: string
  /** The suffix of XML files: `Account.object`, `Account.object-meta.xml`. */
  readonly suffix: string
  readonly naming: Naming
  readonly members: readonly MemberList[]
  /** Its components are kept as records and are no part of the model: packages carry them, folders of metadata do not. */
  readonly inRecords?: boolean
}

/** Where a member stands: in which list of which component, under which name. */
export interface MemberPlace {
  readonly type: MetadataTypeName
  readonly fullName: string
  readonly list: MemberList
  readonly member: string
}

function ownFile(property: string, type: string, naming: Naming = 'developer'): MemberList {
  const suffix = type === 'CustomField' ? 'field' : type.charAt(0).toLowerCase() + type.slice(1)
  return { property, type, key: 'fullName', naming, folder: property, suffix }
}

function inline(property: string, type: string, naming: Naming = 'developer'): MemberList {
  return { property, type, key: 'fullName', naming }
}

const objectMembers: readonly MemberList[] = [
  ownFile('fields', 'CustomField', 'field'),
  ownFile('indexes', 'Index'),
  ownFile('validationRules', 'ValidationRule'),
  ownFile('recordTypes', 'RecordType'),
  ownFile('businessProcesses', 'BusinessProcess', 'text'),
  ownFile('listViews', 'ListView'),
  ownFile('compactLayouts', 'CompactLayout'),
  ownFile('fieldSets', 'FieldSet'),
  ownFile('sharingReasons', 'SharingReason'),
  ownFile('webLinks', 'WebLink'),
]

const translationMembers: readonly MemberList[] = [
  {
    property: 'fields',
    type: 'CustomFieldTranslation',
    key: 'name',
    naming: 'text',
    folder: '',
    suffix: 'fieldTranslation',
  },
]

const sharingMembers: readonly MemberList[] = [
  inline('sharingCriteriaRules', 'SharingCriteriaRule'),
  inline('sharingGuestRules', 'SharingGuestRule'),
  inline('sharingOwnerRules', 'SharingOwnerRule'),
  inline('sharingTerritoryRules', 'SharingTerritoryRule'),
]

const table: Readonly<Record<MetadataTypeName, Omit<MetadataType, 'name'>>> = {
  CustomObject: {
    folder: 'objects',
    suffix: 'object',
    naming: 'object',
    members: objectMembers,
  },
  Layout: simple('layouts', 'layout', 'text'),
  GlobalValueSet: simple('globalValueSets', 'globalValueSet'),
  StandardValueSet: simple('standardValueSets', 'standardValueSet'),
  CustomObjectTranslation: {
    folder: 'objectTranslations',
    suffix: 'objectTranslation',
    naming: 'text',
    members: translationMembers,
  },
  GlobalValueSetTranslation: simple(
    'globalValueSetTranslations',
    'globalValueSetTranslation',
    'text',
  ),
  StandardValueSetTranslation: simple(
    'standardValueSetTranslations',
    'standardValueSetTranslation',
    'text',
  ),
  CustomLabels: {
    folder: 'labels',
    suffix: 'labels',
    naming: 'developer',
    members: [inline('labels', 'CustomLabel')],
  },
  Translations: simple('translations', 'translation'),
  CustomTab: simple('tabs', 'tab', 'text'),
  CustomApplication: simple('applications', 'app'),
  PermissionSet: simple('permissionsets', 'permissionset'),
  PermissionSetGroup: simple('permissionsetgroups', 'permissionsetgroup'),
  CustomPermission: simple('customPermissions', 'customPermission'),
  Profile: simple('profiles', 'profile', 'text'),
  Role: simple('roles', 'role'),
  Group: simple('groups', 'group'),
  Queue: simple('queues', 'queue'),
  DelegateGroup: simple('delegateGroups', 'delegateGroup'),
  SharingRules: {
    folder: 'sharingRules',
    suffix: 'sharingRules',
    naming: 'object',
    members: sharingMembers,
  },
  AssignmentRules: {
    folder: 'assignmentRules',
    suffix: 'assignmentRules',
    naming: 'object',
    members: [inline('assignmentRule', 'AssignmentRule')],
  },
  ScoringRules: {
    folder: 'scoringRules',
    suffix: 'scoringRules',
    naming: 'object',
    members: [inline('scoringRule', 'ScoringRule')],
  },
  QuickAction: simple('quickActions', 'quickAction', 'text'),
  PathAssistant: simple('pathAssistants', 'pathAssistant'),
  CustomMetadata: simple('customMetadata', 'md', 'text'),
  ReportType: simple('reportTypes', 'reportType'),
  ConnectedApp: simple('connectedApps', 'connectedApp'),
  AuthProvider: simple('authproviders', 'authprovider'),
  Webhook: simple('webhooks', 'webhook'),
  Flow: simple('flows', 'flow'),
  Workflow: simple('workflows', 'workflow', 'object'),
  ApprovalProcess: simple('approvalProcesses', 'approvalProcess', 'text'),
  EntitlementProcess: simple('entitlementProcesses', 'entitlementProcess', 'text'),
  EmailTemplate: simple('emailTemplates', 'emailTemplate'),
  ServiceProcess: simple('serviceProcesses', 'serviceProcess'),
  ActionPlanTemplate: { ...simple('actionPlanTemplates', 'apt', 'text'), inRecords: true },
}

function simple(
  folder: string,
  suffix: string,
  naming: Naming = 'developer',
): Omit<MetadataType, 'name'> {
  return { folder, suffix, naming, members: [] }
}

function isTypeName(name: string): name is MetadataTypeName {
  return Object.hasOwn(table, name)
}

/** All types that the engine can read, in the order in which they build on each other. */
export const metadataTypes: readonly MetadataType[] = Object.keys(table)
  .filter(isTypeName)
  .map((name) => ({ name, ...table[name] }))

const byName: ReadonlyMap<string, MetadataType> = new Map(
  metadataTypes.map((type) => [type.name, type]),
)
const byFolder: ReadonlyMap<string, MetadataType> = new Map(
  metadataTypes.map((type) => [type.folder, type]),
)

/** The type of exactly this name, or undefined. */
export function metadataType(name: string): MetadataType | undefined {
  return byName.get(name)
}

/** Types whose components are records. */
export function isInRecords(name: string): boolean {
  return byName.get(name)?.inRecords === true
}

export function metadataTypeOfFolder(folder: string): MetadataType | undefined {
  return byFolder.get(folder)
}

const memberLists: ReadonlyMap<
  string,
  { readonly parent: MetadataType; readonly list: MemberList }
> = new Map(
  metadataTypes.flatMap((parent) => parent.members.map((list) => [list.type, { parent, list }])),
)

/** Names of all types whose components stand inside another's file, such as CustomField. */
export const memberTypeNames: readonly string[] = [...memberLists.keys()]

/**
 * Where a component stands that is part of another: `CustomField` `CollectionPlan.Status` is
 * `Status` in `fields` of `CollectionPlan`. Undefined for types with files of their own, and for
 * names without the parent's part.
 */
export function splitMember(type: string, fullName: string): MemberPlace | undefined {
  const found = memberLists.get(type)
  if (found === undefined) return undefined
  const { parent, list } = found
  // All labels stand in one file, so they are named without it.
  if (parent.name === 'CustomLabels') {
    return { type: parent.name, fullName: 'CustomLabels', list, member: fullName }
  }
  const dot = fullName.indexOf('.')
  if (dot <= 0 || dot === fullName.length - 1) return undefined
  return {
    type: parent.name,
    fullName: fullName.slice(0, dot),
    list,
    member: fullName.slice(dot + 1),
  }
}
