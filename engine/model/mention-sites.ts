/** Every place of the metadata language where one component mentions another, as data. */
import type { MetadataTypeName } from './declaration.ts'

/**
 * What a text at a site means: `field` of the site's object, `column` of a list view (also in the platform's older
 * spelling), `fieldPath` across relations, `qualified` "Object.Field", `filterField` the same or "$Source.Field" of the
 * component's own object, `relatedList` "Child.LookupField",
 * `valueSet` a value set of either type, `label` a custom label,
 * `object` an object's name, `tab` an object's or a tab's, `component` a component of `type`, `member` "Object.Name"
 * of `type`, `formula` a text that may hold any of them, `flowPath` a path behind a resource of a flow.
 */
export type MentionKind =
  | 'field'
  | 'column'
  | 'fieldPath'
  | 'qualified'
  | 'filterField'
  | 'relatedList'
  | 'object'
  | 'tab'
  | 'component'
  | 'valueSet'
  | 'label'
  | 'member'
  | 'ownMember'
  | 'formula'
  | 'flowPath'

/**
 * Whose fields a site's names are: those of the component's own object, of the child object of its related list, or of
 * the object that the nearest entry around it names.
 */
export type FieldScope = 'own' | 'relatedList' | 'entry'

export interface MentionSite {
  /** Attribute names from the body inwards; `*` stands for every entry of a list. */
  readonly path: readonly string[]
  readonly kind: MentionKind
  readonly scope?: FieldScope
  /** For `component` and `member`: the type of what is mentioned. */
  readonly type?: string
  /** As people call the place in a list of references. */
  readonly says: string
}

function site(
  path: string,
  kind: MentionKind,
  says: string,
  more: Partial<MentionSite> = {},
): MentionSite {
  return { path: path.split('.'), kind, says, ...more }
}

function offers(path: string): MentionSite {
  return site(path, 'component', 'offers it', { type: 'QuickAction' })
}

/** Said of every mention by a translation: these go with what they translate. */
export const translates = 'translates it'

const quickColumns = 'quickActionLayout.quickActionLayoutColumns'

const searchLayoutLists = [
  'customTabListAdditionalFields',
  'lookupDialogsAdditionalFields',
  'lookupFilterFields',
  'lookupPhoneDialogsAdditionalFields',
  'searchFilterFields',
  'searchResultsAdditionalFields',
]

const objectSites: readonly MentionSite[] = [
  site('fields.*.referenceTo.*', 'object', 'points at it'),
  site('fields.*.valueSet.controllingField', 'field', 'is controlled by it'),
  site('fields.*.valueSet.valueSetName', 'valueSet', 'takes its values'),
  site('fields.*.summarizedField', 'qualified', 'sums it up'),
  site('fields.*.summaryForeignKey', 'qualified', 'sums up by it'),
  site('fields.*.summaryFilterItems.*.field', 'qualified', 'filters by it'),
  site('fields.*.lookupFilter.filterItems.*.field', 'filterField', 'filters its lookup by it'),
  site('fields.*.lookupFilter.filterItems.*.valueField', 'filterField', 'filters its lookup by it'),
  site('fields.*.formula', 'formula', 'has it in its formula'),
  site('fields.*.defaultValue', 'formula', 'has it in its default value'),
  site('validationRules.*.errorConditionFormula', 'formula', 'has it in its condition'),
  site('validationRules.*.errorDisplayField', 'field', 'shows its error at it'),
  site('listViews.*.columns.*', 'column', 'shows it as a column'),
  site('listViews.*.filters.*.field', 'column', 'filters by it'),
  site('listViews.*.queue', 'component', 'shows its records', { type: 'Queue' }),
  site('compactLayouts.*.fields.*', 'field', 'shows it'),
  site('fieldSets.*.availableFields.*.field', 'fieldPath', 'holds it'),
  site('fieldSets.*.displayedFields.*.field', 'fieldPath', 'holds it'),
  site('recordTypes.*.picklistValues.*.picklist', 'field', 'chooses its values'),
  site('recordTypes.*.compactLayoutAssignment', 'ownMember', 'uses it', { type: 'CompactLayout' }),
  site('compactLayoutAssignment', 'ownMember', 'is shown by it', { type: 'CompactLayout' }),
  site('indexes.*.fields.*.name', 'field', 'indexes it'),
  site('retentionRules.*.dateField', 'field', 'counts the age of its records from it'),
  site('retentionRules.*.criteriaItems.*.field', 'field', 'ends records by it'),
  site('retentionRules.*.anonymizedFields.*', 'field', 'makes it anonymous'),
  site('rightsFollow', 'object', 'has its rights'),
  site('sharingParents.*', 'field', 'is shared by it'),
  site('sharingGrants.*.record', 'field', 'shares by it'),
  site('sharingGrants.*.principal', 'field', 'shares by it'),
  site('sharedByChildren.*', 'qualified', 'is shared by it'),
  site('sharedByLinks.*.link', 'qualified', 'is shared by it'),
  site('sharedByLinks.*.privacy', 'field', 'is shared by it'),
  ...searchLayoutLists.map((list) =>
    site(`searchLayouts.${list}.*`, 'column', 'shows it in search'),
  ),
]

const rightSites: readonly MentionSite[] = [
  site('fieldPermissions.*.field', 'qualified', 'grants rights on it'),
  site('objectPermissions.*.object', 'object', 'grants rights on it'),
  site('tabSettings.*.tab', 'tab', 'shows its tab'),
  site('tabVisibilities.*.tab', 'tab', 'shows its tab'),
  site('recordTypeVisibilities.*.recordType', 'member', 'makes it available', {
    type: 'RecordType',
  }),
  site('applicationVisibilities.*.application', 'component', 'makes it visible', {
    type: 'CustomApplication',
  }),
  site('layoutAssignments.*.layout', 'component', 'assigns it', { type: 'Layout' }),
  site('layoutAssignments.*.recordType', 'member', 'assigns a layout to it', {
    type: 'RecordType',
  }),
  site('customSettingAccesses.*.name', 'object', 'grants rights on it'),
  site('customPermissions.*.name', 'component', 'grants it', { type: 'CustomPermission' }),
]

/** The people that a sharing rule names. */
function sharedWith(place: string): readonly MentionSite[] {
  const says = 'shares with it'
  return [
    site(`${place}.role.*`, 'component', says, { type: 'Role' }),
    site(`${place}.roleAndSubordinates.*`, 'component', says, { type: 'Role' }),
    site(`${place}.roleAndSubordinatesInternal.*`, 'component', says, { type: 'Role' }),
    site(`${place}.group.*`, 'component', says, { type: 'Group' }),
    site(`${place}.queue.*`, 'component', says, { type: 'Queue' }),
  ]
}

/** Elements of flows that name an object and its fields. */
function recordElement(list: string, ...fields: readonly string[]): readonly MentionSite[] {
  return [
    site(`${list}.*.object`, 'object', 'works with its records'),
    ...fields.map((path) =>
      site(`${list}.*.${path}`, 'field', 'works with it', { scope: 'entry' }),
    ),
  ]
}

const flowSites: readonly MentionSite[] = [
  site('start.object', 'object', 'is started by its records'),
  site('start.filters.*.field', 'field', 'is started by it'),
  site('start.scheduledPaths.*.recordField', 'field', 'counts from it'),
  ...recordElement(
    'recordLookups',
    'filters.*.field',
    'queriedFields.*',
    'outputAssignments.*.field',
    'sortField',
  ),
  ...recordElement('recordCreates', 'inputAssignments.*.field'),
  ...recordElement('recordUpdates', 'filters.*.field', 'inputAssignments.*.field'),
  ...recordElement('recordDeletes', 'filters.*.field'),
  ...recordElement(
    'dynamicChoiceSets',
    'filters.*.field',
    'displayField',
    'sortField',
    'valueField',
    'outputAssignments.*.field',
  ),
  site('variables.*.objectType', 'object', 'remembers its records'),
]

/** Wherever it stands in a flow: `flows/flow-paths.ts` finds it. */
export const flowPathSite: MentionSite = site('', 'flowPath', 'works with it')

const entry = { scope: 'entry' } as const

/** A list of records to choose from. */
function choicesAt(place: string): readonly MentionSite[] {
  return [
    site(`${place}.object`, 'object', 'offers its records'),
    site(`${place}.valueField`, 'fieldPath', 'keeps its value', entry),
    site(`${place}.displayFields.*`, 'fieldPath', 'shows it', entry),
    site(`${place}.filters.*.field`, 'fieldPath', 'filters by it', entry),
    site(`${place}.sortField`, 'fieldPath', 'sorts by it', entry),
    site(`${place}.outputAssignments.*.field`, 'fieldPath', 'takes its value', entry),
  ]
}

const processSites: readonly MentionSite[] = [
  site('customPermission', 'component', 'asks for it', { type: 'CustomPermission' }),
  site('contextObjects.*.object', 'object', 'starts from its records'),
  site('contextObjects.*.prefills.*.field', 'fieldPath', 'takes its value', entry),
  site('serviceProcessAttributes.*.objectField', 'qualified', 'asks for it'),
  site('serviceProcessAttributes.*.referenceTo.*', 'object', 'offers its records'),
  site('serviceProcessAttributes.*.valueSetName', 'valueSet', 'takes its values'),
  ...choicesAt('serviceProcessAttributes.*.choices'),
  ...choicesAt('serviceProcessItemGroups.*.choices'),
  ...['recordCreates', 'recordUpdates'].flatMap((list) => [
    site(`${list}.*.object`, 'object', 'saves its records'),
    site(`${list}.*.inputAssignments.*.field`, 'field', 'sets it', entry),
  ]),
  site('recordCreates.*.recordType', 'ownMember', 'makes records of it', {
    type: 'RecordType',
    scope: 'entry',
  }),
]

const approvalSites: readonly MentionSite[] = [
  ...['entryCriteria', 'approvalStep.*.entryCriteria'].flatMap((place) => [
    site(`${place}.criteriaItems.*.field`, 'qualified', 'asks for it'),
    site(`${place}.formula`, 'formula', 'has it in its criteria'),
  ]),
  site('approvalPageFields.field.*', 'field', 'shows it to approvers'),
]

const entitlementSites: readonly MentionSite[] = [
  site('SObjectType', 'object', 'keeps deadlines of its records'),
  site('entryCriteriaFormula', 'formula', 'has it in its criteria'),
  site('entryStartDateField', 'qualified', 'counts from it'),
  site('exitCriteriaFormula', 'formula', 'has it in its criteria'),
  site('exitCriteriaFilterItems.*.field', 'qualified', 'asks for it'),
  site('stopCriteriaFormula', 'formula', 'has it in its criteria'),
  site('milestones.*.milestoneCriteriaFormula', 'formula', 'has it in its criteria'),
  site('milestones.*.milestoneCriteriaFilterItems.*.field', 'qualified', 'asks for it'),
  site('milestones.*.completionFormula', 'formula', 'has it in its criteria'),
]

/** By component type. */
export const mentionSites: Partial<Readonly<Record<MetadataTypeName, readonly MentionSite[]>>> = {
  CustomObject: objectSites,
  Layout: [
    site('layoutSections.*.layoutColumns.*.layoutItems.*.field', 'field', 'shows it'),
    site('relatedLists.*.relatedList', 'relatedList', 'lists its records'),
    site('relatedLists.*.fields.*', 'column', 'shows it in a related list', {
      scope: 'relatedList',
    }),
    site('relatedLists.*.sortField', 'column', 'sorts a related list by it', {
      scope: 'relatedList',
    }),
    site('miniLayout.fields.*', 'field', 'shows it'),
    site('multilineLayoutFields.*', 'field', 'shows it'),
    site('relatedObjects.*', 'field', 'shows it'),
    offers('quickActionList.quickActionListItems.*.quickActionName'),
  ],
  PermissionSet: rightSites,
  Profile: rightSites,
  AuthProvider: [
    site('justInTimeProfile', 'component', 'makes its users with it', { type: 'Profile' }),
  ],
  ConnectedApp: [
    site('restrictingPermissionSets.*', 'component', 'is limited by it', { type: 'PermissionSet' }),
  ],
  PermissionSetGroup: [
    site('permissionSets.*', 'component', 'contains it', { type: 'PermissionSet' }),
    site('mutingPermissionSets.*', 'component', 'mutes by it', { type: 'PermissionSet' }),
  ],
  CustomApplication: [
    site('tabs.*', 'tab', 'has it as a tab'),
    site('defaultLandingTab', 'tab', 'opens with its tab'),
  ],
  CustomObjectTranslation: [
    site('fields.*.name', 'field', translates),
    site('standardFields.*.name', 'field', translates),
    site('validationRules.*.name', 'ownMember', translates, { type: 'ValidationRule' }),
    site('recordTypes.*.name', 'ownMember', translates, { type: 'RecordType' }),
    site('fieldSets.*.name', 'ownMember', translates, { type: 'FieldSet' }),
    site('listViews.*.name', 'ownMember', translates, { type: 'ListView' }),
  ],
  Translations: [
    site('customApplications.*.name', 'component', translates, { type: 'CustomApplication' }),
    site('customTabs.*.name', 'tab', translates),
    site('customLabels.*.name', 'label', translates),
    site('globalPicklists.*.name', 'component', translates, { type: 'GlobalValueSet' }),
    site('serviceProcesses.*.name', 'component', translates, { type: 'ServiceProcess' }),
  ],
  CustomMetadata: [site('values.*.field', 'field', 'has a value of it')],
  DelegateGroup: [
    site('roles.*', 'component', 'delegates its users', { type: 'Role' }),
    site('profiles.*', 'component', 'lets it be given', { type: 'Profile' }),
    site('permissionSets.*', 'component', 'lets it be given', { type: 'PermissionSet' }),
  ],
  Role: [site('parentRole', 'component', 'is below it', { type: 'Role' })],
  Queue: [site('queueSobject.*.sobjectType', 'object', 'holds its records')],
  PathAssistant: [
    site('entityName', 'object', 'guides through it'),
    site('fieldName', 'field', 'follows it'),
    site('pathAssistantSteps.*.fieldNames.*', 'field', 'shows it'),
  ],
  QuickAction: [
    site('targetObject', 'object', 'creates its records'),
    site('fieldOverrides.*.field', 'field', 'sets it'),
    site(`${quickColumns}.*.quickActionLayoutItems.*.field`, 'field', 'asks for it'),
  ],
  Webhook: [
    site('object', 'object', 'tells of its changes'),
    site('sentFields.*', 'field', 'sends it'),
    site('condition', 'formula', 'has it in its condition'),
  ],
  Flow: flowSites,
  ApprovalProcess: approvalSites,
  EntitlementProcess: entitlementSites,
  Workflow: [
    site('fieldUpdates.*.field', 'field', 'sets it'),
    site('fieldUpdates.*.formula', 'formula', 'has it in its formula'),
    site('flowActions.*.flow', 'component', 'starts it', { type: 'Flow' }),
    site('alerts.*.recipients.*.field', 'field', 'writes to it'),
  ],
  EmailTemplate: [
    site('relatedEntityType', 'object', 'writes about its records'),
    site('languageField', 'fieldPath', 'is written in its language'),
  ],
  ServiceProcess: processSites,
  AssignmentRules: [
    site('assignmentRule.*.ruleEntry.*.criteriaItems.*.field', 'field', 'assigns by it'),
    site('assignmentRule.*.ruleEntry.*.formula', 'formula', 'assigns by it'),
    site('assignmentRule.*.ruleEntry.*.workloadFilter', 'formula', 'counts open records by it'),
  ],
  ScoringRules: [
    site('scoringRule.*.scoreField', 'field', 'keeps a score in it'),
    site('scoringRule.*.fieldUpdates.*.field', 'field', 'keeps it'),
    site('scoringRule.*.fieldUpdates.*.formula', 'formula', 'keeps a field by it'),
    site('scoringRule.*.criteriaItems.*.field', 'field', 'scores by it'),
    site('scoringRule.*.formula', 'formula', 'scores by it'),
    site('scoringRule.*.ruleEntry.*.criteriaItems.*.field', 'field', 'scores by it'),
    site('scoringRule.*.ruleEntry.*.formula', 'formula', 'scores by it'),
    site('scoringRule.*.ruleEntry.*.scoreFormula', 'formula', 'scores by it'),
  ],
  SharingRules: [
    site('sharingCriteriaRules.*.criteriaItems.*.field', 'field', 'shares by it'),
    ...sharedWith('sharingCriteriaRules.*.sharedTo'),
    ...sharedWith('sharingOwnerRules.*.sharedTo'),
    ...sharedWith('sharingOwnerRules.*.sharedFrom'),
  ],
}
