/**
 * What metadata files hold, as TypeScript types.
 * Written from `metadata/schema/` by `npm run types`; a change by hand is lost.
 */

/**
 * How a condition compares.
 */
export type FilterOperation =
  | 'equals'
  | 'notEqual'
  | 'lessThan'
  | 'greaterThan'
  | 'lessOrEqual'
  | 'greaterOrEqual'
  | 'contains'
  | 'notContain'
  | 'startsWith'
  | 'includes'
  | 'excludes'
  | 'within'
/**
 * Grammatical gender.
 */
export type Gender =
  | 'Neuter'
  | 'Masculine'
  | 'Feminine'
  | 'AnimateMasculine'
  | 'ClassI'
  | 'ClassIII'
  | 'ClassV'
  | 'ClassVII'
  | 'ClassIX'
  | 'ClassXI'
  | 'ClassXIV'
  | 'ClassXV'
  | 'ClassXVI'
  | 'ClassXVII'
  | 'ClassXVIII'
/**
 * Sound that a word starts with.
 */
export type StartsWith = 'Consonant' | 'Vowel' | 'Special'

/**
 * Every kind of metadata file by its name.
 */
export interface MetadataTypes {
  ActionPlanTemplate: ActionPlanTemplate
  ApprovalProcess: ApprovalProcess
  AssignmentRules: AssignmentRules
  AuthProvider: AuthProvider
  ConnectedApp: ConnectedApp
  CustomApplication: CustomApplication
  CustomLabels: CustomLabels
  CustomMetadata: CustomMetadata
  CustomObject: CustomObject
  CustomObjectTranslation: CustomObjectTranslation
  CustomPermission: CustomPermission
  CustomTab: CustomTab
  DelegateGroup: DelegateGroup
  EmailTemplate: EmailTemplate
  EntitlementProcess: EntitlementProcess
  Flow: Flow
  GlobalValueSet: GlobalValueSet
  GlobalValueSetTranslation: GlobalValueSetTranslation
  Group: Group
  Layout: Layout
  PathAssistant: PathAssistant
  PermissionSet: PermissionSet
  PermissionSetGroup: PermissionSetGroup
  Profile: Profile
  Queue: Queue
  QuickAction: QuickAction
  ReportType: ReportType
  Role: Role
  ScoringRules: ScoringRules
  ServiceProcess: ServiceProcess
  SharingRules: SharingRules
  StandardValueSet: StandardValueSet
  StandardValueSetTranslation: StandardValueSetTranslation
  Translations: Translations
  Webhook: Webhook
  Workflow: Workflow
}
/**
 * Recipe for a piece of work, as packages carry it. It is kept in records: its files come and go by deploys, not in the metadata folder.
 */
export interface ActionPlanTemplate {
  /**
   * API name; the unique name of the template.
   */
  fullName: string
  /**
   * Label in the user interface.
   */
  name: string
  /**
   * Unique name of the template; equal to its full name.
   */
  uniqueName: string
  /**
   * What the template is for.
   */
  description?: string
  /**
   * Object whose records plans are made for.
   */
  targetEntityType: string
  /**
   * Line of work that the plans are for.
   */
  actionPlanType?: string
  /**
   * Occasion on which the template is used.
   */
  category?: string
  /**
   * Occasion, in more detail.
   */
  subcategory?: string
  /**
   * Days that a plan usually takes.
   */
  estimatedCompletionDays?: number
  /**
   * Plans may get items that the template does not have.
   */
  isAdHocItemCreationEnabled?: boolean
  /**
   * Where the template was made.
   */
  sourceType?: string
  /**
   * File from which the template was made.
   */
  fileBasedTemplatePath?: string
  /**
   * State of the version that is described; a deploy without it leaves a draft.
   */
  status?: 'Draft' | 'Final' | 'Obsolete'
  /**
   * What each plan gets.
   */
  actionPlanTemplateItem?: ActionPlanTemplateItem[]
  /**
   * Which item waits for which.
   */
  actionPlanTemplateItemDependencies?: ActionPlanTemplateItemDependency[]
}
/**
 * One task, document or meeting that each plan gets.
 */
export interface ActionPlanTemplateItem {
  /**
   * Unique name of the item, the same in all versions of the template.
   */
  uniqueName: string
  /**
   * Label of the item.
   */
  name?: string
  /**
   * Object of the record that is made; Task when absent.
   */
  itemEntityType?: string
  /**
   * Place of the item in the plan.
   */
  displayOrder?: number
  /**
   * The plan is not done without this item.
   */
  isRequired?: boolean
  /**
   * Values of fields of the record that is made.
   */
  actionPlanTemplateItemValue?: ActionPlanTemplateItemValue[]
}
/**
 * Value of one field, fixed or by formula.
 */
export interface ActionPlanTemplateItemValue {
  /**
   * API name of the field.
   */
  name: string
  /**
   * Object that the field belongs to; that of the item when absent.
   */
  itemEntityType?: string
  /**
   * The same value in every plan.
   */
  valueLiteral?: string
  /**
   * Formula of the value: StartDate + 3.
   */
  valueFormula?: string
}
/**
 * One item waits for another.
 */
export interface ActionPlanTemplateItemDependency {
  /**
   * Label of the dependency.
   */
  name?: string
  /**
   * When the waiting item is made; when the other one is complete, if absent.
   */
  creationType?: 'OnPreviousItemCompleted' | 'OnPreviousItemCreated'
  /**
   * Item that comes first; its unique name counts.
   */
  previousTemplateItem: ActionPlanTemplateItem
  /**
   * Item that waits; its unique name counts.
   */
  templateItem: ActionPlanTemplateItem
}
/**
 * How records are approved: who may submit which, who decides in which order, and what follows.
 */
export interface ApprovalProcess {
  /**
   * Object and name: Dispute.Provisional_Credit.
   */
  fullName: string
  /**
   * Records can be submitted.
   */
  active?: boolean
  /**
   * Whoever submitted a record may take it back.
   */
  allowRecall?: boolean
  /**
   * Who may submit; absent: the owner of the record.
   */
  allowedSubmitters?: ApprovalSubmitter[]
  /**
   * Fields that approvers are shown.
   */
  approvalPageFields?: ApprovalPageField
  /**
   * Steps in their order.
   */
  approvalStep?: ApprovalStep[]
  /**
   * What the process is for.
   */
  description?: string
  /**
   * Template of the e-mail to approvers.
   */
  emailTemplate?: string
  /**
   * Approvers may answer without a sign-in.
   */
  enableMobileDeviceAccess?: boolean
  /**
   * Which records can be submitted; absent: all.
   */
  entryCriteria?: ApprovalEntryCriteria
  /**
   * What follows the last approval.
   */
  finalApprovalActions?: ApprovalAction
  /**
   * An approved record stays locked.
   */
  finalApprovalRecordLock?: boolean
  /**
   * What follows a rejection.
   */
  finalRejectionActions?: ApprovalAction
  /**
   * A rejected record stays locked.
   */
  finalRejectionRecordLock?: boolean
  /**
   * What follows a submission.
   */
  initialSubmissionActions?: ApprovalAction
  /**
   * Label in the user interface.
   */
  label?: string
  /**
   * Whose superior decides.
   */
  nextAutomatedApprover?: NextAutomatedApprover
  /**
   * Template of posts.
   */
  postTemplate?: string
  /**
   * Of several processes that a record fits the lowest is taken.
   */
  processOrder?: number
  /**
   * What follows a recall.
   */
  recallActions?: ApprovalAction
  /**
   * Who may change a record that waits.
   */
  recordEditability?: 'AdminOnly' | 'AdminOrCurrentApprover'
  /**
   * The record shows how it was decided.
   */
  showApprovalHistory?: boolean
}
/**
 * Somebody who may submit.
 */
export interface ApprovalSubmitter {
  /**
   * Name of the user, group, role or queue.
   */
  submitter?: string
  /**
   * What the name stands for.
   */
  type:
    | 'user'
    | 'group'
    | 'role'
    | 'roleSubordinates'
    | 'roleSubordinatesInternal'
    | 'owner'
    | 'creator'
    | 'queue'
    | 'allInternalUsers'
    | 'partnerUser'
    | 'customerPortalUser'
    | 'portalRole'
    | 'portalRoleSubordinates'
    | 'communityMember'
}
/**
 * Fields that approvers are shown.
 */
export interface ApprovalPageField {
  /**
   * API names.
   */
  field?: string[]
}
/**
 * One step.
 */
export interface ApprovalStep {
  /**
   * Name of the step.
   */
  name: string
  /**
   * Label in the user interface.
   */
  label?: string
  /**
   * What is decided.
   */
  description?: string
  /**
   * The delegate of the approver may decide as well.
   */
  allowDelegate?: boolean
  /**
   * What follows an approval of the step.
   */
  approvalActions?: ApprovalAction
  /**
   * Who decides.
   */
  assignedApprover?: ApprovalStepApprover
  /**
   * Which records take the step; absent: all.
   */
  entryCriteria?: ApprovalEntryCriteria
  /**
   * What becomes of other records.
   */
  ifCriteriaNotMet?: 'ApproveRecord' | 'RejectRecord' | 'GotoNextStep'
  /**
   * What a rejection does.
   */
  rejectBehavior?: ApprovalStepRejectBehavior
  /**
   * What follows a rejection of the step.
   */
  rejectionActions?: ApprovalAction
}
/**
 * What is done.
 */
export interface ApprovalAction {
  /**
   * Actions in their order.
   */
  action?: ApprovalActionReference[]
}
/**
 * An action of the object's Workflow, or a flow.
 */
export interface ApprovalActionReference {
  /**
   * Name of the action; of a flow its API name.
   */
  name: string
  /**
   * Kind of action.
   */
  type:
    | 'FieldUpdate'
    | 'FlowAction'
    | 'Alert'
    | 'Task'
    | 'OutboundMessage'
    | 'KnowledgePublish'
    | 'Send'
}
/**
 * Who decides a step.
 */
export interface ApprovalStepApprover {
  /**
   * People and queues.
   */
  approver?: Approver[]
  /**
   * Whether one answer is enough.
   */
  whenMultipleApprovers?: 'FirstResponse' | 'Unanimous'
}
/**
 * Somebody who decides.
 */
export interface Approver {
  /**
   * User name of a user, name of a queue, or the field that leads to a user.
   */
  name?: string
  /**
   * What the name stands for; adhoc: whoever submits chooses.
   */
  type: 'adhoc' | 'user' | 'userHierarchyField' | 'relatedUserField' | 'queue'
}
/**
 * Conditions as filters, or as one formula.
 */
export interface ApprovalEntryCriteria {
  /**
   * How the conditions combine: 1 AND (2 OR 3).
   */
  booleanFilter?: string
  /**
   * Conditions.
   */
  criteriaItems?: ApprovalFilterItem[]
  /**
   * Formula that is true for the record.
   */
  formula?: string
}
/**
 * One condition on a field.
 */
export interface ApprovalFilterItem {
  /**
   * Field as Object.Field, or over lookups as Object.Lookup.Field.
   */
  field: string
  /**
   * How the field is compared.
   */
  operation:
    | 'equals'
    | 'notEqual'
    | 'lessThan'
    | 'greaterThan'
    | 'lessOrEqual'
    | 'greaterOrEqual'
    | 'contains'
    | 'notContain'
    | 'startsWith'
    | 'includes'
    | 'excludes'
    | 'within'
  /**
   * What it is compared with; several values are separated by commas.
   */
  value?: string
  /**
   * Field that it is compared with.
   */
  valueField?: string
}
/**
 * What a rejection does.
 */
export interface ApprovalStepRejectBehavior {
  /**
   * Ends the process, or goes back a step.
   */
  type?: 'RejectRequest' | 'BackToPrevious'
}
/**
 * Whose superior decides.
 */
export interface NextAutomatedApprover {
  /**
   * That of the owner of the record, not of whoever submits.
   */
  useApproverFieldOfRecordOwner?: boolean
  /**
   * Field of the user that leads to the superior: Manager.
   */
  userHierarchyField?: string
}
/**
 * Rules that give new records of an object to a person or a queue.
 */
export interface AssignmentRules {
  /**
   * API name of the object.
   */
  fullName: string
  /**
   * Rules; one of them is active.
   */
  assignmentRule?: AssignmentRule[]
}
/**
 * Who gets which records.
 */
export interface AssignmentRule {
  /**
   * Name of the rule.
   */
  fullName: string
  /**
   * The rule is in force; one for each object is.
   */
  active?: boolean
  /**
   * Entries in their order; the first that fits decides.
   */
  ruleEntry?: RuleEntry[]
}
/**
 * Who gets the records that fit.
 */
export interface RuleEntry {
  /**
   * User name of the person, or name of the queue; empty: the owner stays.
   */
  assignedTo?: string
  /**
   * What is named.
   */
  assignedToType?: 'User' | 'Queue'
  /**
   * Gives the record to a member of the queue: in turns, or to whom the fewest open records belong. Without it the queue itself gets the record.
   */
  distribution?: 'RoundRobin' | 'LeastLoaded'
  /**
   * Whoever owns so many open records of the object gets no more; what nobody can take stays in the queue.
   */
  workloadMax?: number
  /**
   * Formula that is true for records that count as open; all count where it is empty.
   */
  workloadFilter?: string
  /**
   * Conditions that the record meets.
   */
  criteriaItems?: FilterItem[]
  /**
   * How the conditions combine.
   */
  booleanFilter?: string
  /**
   * Formula that is true for the record, in place of conditions.
   */
  formula?: string
  /**
   * People in copy are told too.
   */
  notifyCcRecipients?: boolean
  /**
   * Teams of the record are replaced.
   */
  overrideExistingTeams?: boolean
  /**
   * Teams that work on the record.
   */
  team?: string[]
  /**
   * Template of the message to the new owner.
   */
  template?: string
}
/**
 * One condition.
 */
export interface FilterItem {
  /**
   * Field that is compared.
   */
  field: string
  /**
   * How it is compared.
   */
  operation: FilterOperation
  /**
   * What it is compared with.
   */
  value?: string
  /**
   * Field that it is compared with.
   */
  valueField?: string
}
/**
 * Identity provider by which people sign in. Its secret is given in Setup, kept encrypted, and never part of a file.
 */
export interface AuthProvider {
  /**
   * Name of the provider, part of its addresses.
   */
  fullName: string
  /**
   * Name on the button of the sign-in page.
   */
  friendlyName: string
  /**
   * Kind of provider; people sign in by OpenIdConnect alone.
   */
  providerType:
    | 'Apple'
    | 'Custom'
    | 'Facebook'
    | 'GitHub'
    | 'Google'
    | 'Janrain'
    | 'LinkedIn'
    | 'Microsoft'
    | 'MicrosoftACS'
    | 'OpenIdConnect'
    | 'Salesforce'
    | 'Slack'
    | 'Twitter'
  /**
   * Client id under which the server is registered at the provider.
   */
  consumerKey?: string
  /**
   * Address of the provider, as it names itself in its tokens; all others are found from it.
   */
  idTokenIssuer?: string
  /**
   * What is asked for, with blanks between; openid email profile where it is left out.
   */
  defaultScopes?: string
  /**
   * Claim that says who somebody is at the first sign-in; email where it is left out, and then only one that the provider has verified.
   */
  userClaim?: string
  /**
   * Field of User that the claim is compared with; Username where it is left out.
   */
  userField?: 'Email' | 'EmployeeNumber' | 'Username'
  /**
   * Profile of users who are made when they come for the first time; nobody is made where it is left out.
   */
  justInTimeProfile?: string
  /**
   * Team of an Apple provider.
   */
  appleTeam?: string
  /**
   * Address of the sign-in page, for providers that are not found by their issuer.
   */
  authorizeUrl?: string
  /**
   * Settings of a custom provider.
   */
  customMetadataTypeRecord?: string
  /**
   * Name for programs.
   */
  developerName?: string
  /**
   * Name of a key of an Apple provider.
   */
  ecKey?: string
  /**
   * Page that is shown when signing in fails.
   */
  errorUrl?: string
  /**
   * User as whom a registration handler runs.
   */
  executionUser?: string
  /**
   * Address of an icon for the button.
   */
  iconUrl?: string
  /**
   * Identifiers carry the organisation.
   */
  includeOrgIdInIdentifier?: boolean
  /**
   * Codes are asked for with a challenge; here they always are.
   */
  isPkceEnabled?: boolean
  /**
   * Address that links a user.
   */
  linkKickoffUrl?: string
  /**
   * Address for signing out of the provider.
   */
  logoutUrl?: string
  /**
   * Address that gets a token.
   */
  oauthKickoffUrl?: string
  /**
   * Code of a custom provider.
   */
  plugin?: string
  /**
   * Portal that the provider is for.
   */
  portal?: string
  /**
   * Code that makes users.
   */
  registrationHandler?: string
  /**
   * The access token goes in the header.
   */
  sendAccessTokenInHeader?: boolean
  /**
   * The client's secret goes in the header, not in the body.
   */
  sendClientCredentialsInHeader?: boolean
  /**
   * The secret is part of answers.
   */
  sendSecretInApis?: boolean
  /**
   * Address that begins a sign-in.
   */
  ssoKickoffUrl?: string
  /**
   * Address that exchanges codes, for providers that are not found by their issuer.
   */
  tokenUrl?: string
  /**
   * Address that tells who somebody is, for providers that are not found by their issuer.
   */
  userInfoUrl?: string
}
/**
 * Program that may ask for tokens of users. Its secret is made by the server and is never part of a file.
 */
export interface ConnectedApp {
  /**
   * Name of the program.
   */
  fullName: string
  /**
   * Label in the user interface, shown to whoever is asked to agree.
   */
  label?: string
  /**
   * What the program is for.
   */
  description?: string
  /**
   * Address of whoever looks after the program.
   */
  contactEmail?: string
  /**
   * Telephone of whoever looks after the program.
   */
  contactPhone?: string
  /**
   * Address of the program.
   */
  startUrl?: string
  /**
   * Address of a page about the program.
   */
  infoUrl?: string
  /**
   * Address of its icon.
   */
  iconUrl?: string
  /**
   * Address of its logo.
   */
  logoUrl?: string
  /**
   * Address of the program on telephones.
   */
  mobileStartUrl?: string
  /**
   * Permission sets whose users may use the program.
   */
  permissionSetName?: string[]
  /**
   * Profiles whose users may use the program.
   */
  profileName?: string[]
  /**
   * Permission sets beyond which the program has no right, whoever it acts for; all rights of the user where it is left out.
   *
   * @minItems 1
   */
  restrictingPermissionSets?: [string, ...string[]]
  /**
   * How the program gets tokens.
   */
  oauthConfig?: ConnectedAppOauthConfig
  /**
   * Under which conditions tokens are given.
   */
  oauthPolicy?: ConnectedAppOauthPolicy
}
/**
 * How the program gets tokens.
 */
export interface ConnectedAppOauthConfig {
  /**
   * Addresses to which codes may be sent, one per line.
   */
  callbackUrl?: string
  /**
   * Name under which the program asks; the full name where it is left out.
   */
  consumerKey?: string
  /**
   * Certificate or public key (PEM) by which assertions of the program are checked.
   */
  certificate?: string
  /**
   * An administrator agrees for all users.
   */
  isAdminApproved?: boolean
  /**
   * The program may act as a user of its own.
   */
  isClientCredentialEnabled?: boolean
  /**
   * Name of the user whom the program acts as for itself.
   */
  oauthClientCredentialUser?: string
  /**
   * The program cannot keep a secret and proves itself by code challenges.
   */
  isConsumerSecretOptional?: boolean
  /**
   * Codes are only given for a code challenge.
   */
  isPkceRequired?: boolean
  /**
   * Every refresh gives a new refresh token and ends the old one.
   */
  isRefreshTokenRotationEnabled?: boolean
  /**
   * The program may send names and passwords for codes.
   */
  isCodeCredentialEnabled?: boolean
  /**
   * Names and passwords come in the body alone.
   */
  isCodeCredentialPostOnly?: boolean
  /**
   * Identity tokens are given.
   */
  isIdTokenEnabled?: boolean
  /**
   * The program may ask about all tokens.
   */
  isIntrospectAllTokens?: boolean
  /**
   * Access tokens are signed.
   */
  isNamedUserJwtEnabled?: boolean
  /**
   * Refreshing needs the secret.
   */
  isSecretRequiredForRefreshToken?: boolean
  /**
   * Exchanging needs the secret.
   */
  isSecretRequiredForTokenExchange?: boolean
  /**
   * Tokens may be exchanged.
   */
  isTokenExchangeEnabled?: boolean
  /**
   * Address that is told of sign-outs.
   */
  singleLogoutUrl?: string
  /**
   * For whom asset tokens are made.
   */
  assetTokenAudiences?: string
  /**
   * How long asset tokens last.
   */
  assetTokenValidity?: string
  /**
   * For whom identity tokens are made.
   */
  idTokenAudience?: string
  /**
   * What the program may ask for, such as Api, Basic, Web, RefreshToken or Full; everything where it is left out.
   */
  scopes?: string[]
}
/**
 * Under which conditions tokens are given.
 */
export interface ConnectedAppOauthPolicy {
  /**
   * Whether addresses of callers matter.
   */
  ipRelaxation?: string
  /**
   * How long refresh tokens last.
   */
  refreshTokenPolicy?: string
  /**
   * Tokens may be exchanged.
   */
  isTokenExchangeFlowEnabled?: boolean
  /**
   * Address that is told of sign-outs.
   */
  singleLogoutUrl?: string
}
/**
 * Application: a named set of tabs in the app launcher.
 */
export interface CustomApplication {
  /**
   * Name of the application.
   */
  fullName: string
  /**
   * Label in the app launcher.
   */
  label?: string
  /**
   * What the application is for.
   */
  description?: string
  /**
   * Tabs in order: objects or custom tabs.
   */
  tabs?: string[]
  /**
   * Tab that opens first.
   */
  defaultLandingTab?: string
  /**
   * Colour and logo.
   */
  brand?: AppBrand
  /**
   * Sizes of screen it is meant for.
   */
  formFactors?: ('Small' | 'Medium' | 'Large')[]
  /**
   * Kind of navigation.
   */
  navType?: 'Standard' | 'Console'
  /**
   * Generation of user interface.
   */
  uiType?: 'Aloha' | 'Lightning'
  /**
   * Document with the logo.
   */
  logo?: string
  /**
   * Utility bar at the bottom.
   */
  utilityBar?: string
  /**
   * Which setup pages belong to it.
   */
  setupExperience?: 'all' | 'service'
  /**
   * Pages that take the place of standard actions.
   */
  actionOverrides?: ActionOverride[]
  /**
   * The same for single profiles.
   */
  profileActionOverrides?: ProfileActionOverride[]
  /**
   * Settings of the classic console.
   */
  consoleConfig?: ServiceCloudConsoleConfig
  /**
   * How records open in console tabs.
   */
  workspaceConfig?: AppWorkspaceConfig
  /**
   * Preferences of the console.
   */
  preferences?: AppPreferences
  /**
   * The application is a classic console.
   */
  isServiceCloudConsole?: boolean
  /**
   * Opened records do not become temporary tabs.
   */
  isNavAutoTempTabsDisabled?: boolean
  /**
   * Users cannot change the tabs.
   */
  isNavPersonalizationDisabled?: boolean
  /**
   * Tabs are forgotten after sign-out.
   */
  isNavTabPersistenceDisabled?: boolean
  /**
   * The routing panel stays open.
   */
  isOmniPinnedViewEnabled?: boolean
}
/**
 * Colour and logo of an application.
 */
export interface AppBrand {
  /**
   * Colour of the footer, as #RRGGBB.
   */
  footerColor?: string
  /**
   * Colour of the header, as #RRGGBB.
   */
  headerColor?: string
  /**
   * Image with the logo.
   */
  logo?: string
  /**
   * Version of the logo.
   */
  logoVersion?: number
  /**
   * The colour takes the place of the organisation's theme.
   */
  shouldOverrideOrgTheme?: boolean
}
/**
 * Page that takes the place of a standard action.
 */
export interface ActionOverride {
  /**
   * The standard action, such as View or New.
   */
  actionName: string
  /**
   * Why it was replaced.
   */
  comment?: string
  /**
   * The page or component.
   */
  content?: string
  /**
   * Size of screen it is meant for.
   */
  formFactor?: 'Small' | 'Medium' | 'Large'
  /**
   * Object or page type it applies to.
   */
  pageOrSobjectType?: string
  /**
   * Record types are not asked for first.
   */
  skipRecordTypeSelect?: boolean
  /**
   * Kind of content.
   */
  type?: 'Default' | 'Standard' | 'Scontrol' | 'Visualforce' | 'Flexipage' | 'LightningComponent'
}
/**
 * Page that takes the place of a standard action for one profile.
 */
export interface ProfileActionOverride {
  /**
   * The standard action.
   */
  actionName: string
  /**
   * The page or component.
   */
  content?: string
  /**
   * Size of screen it is meant for.
   */
  formFactor?: 'Small' | 'Medium' | 'Large'
  /**
   * Object or page type it applies to.
   */
  pageOrSobjectType?: string
  /**
   * The profile, where it is not clear from the file.
   */
  profile?: string
  /**
   * Record type it applies to.
   */
  recordType?: string
  /**
   * Kind of content.
   */
  type?: 'Default' | 'Standard' | 'Scontrol' | 'Visualforce' | 'Flexipage' | 'LightningComponent'
}
/**
 * Settings of the classic console.
 */
export interface ServiceCloudConsoleConfig {
  /**
   * Components of the footer.
   */
  componentList?: AppComponentList
  /**
   * When pages are loaded anew.
   */
  detailPageRefreshMethod?: string
  /**
   * Colour of the footer.
   */
  footerColor?: string
  /**
   * Colour of the header.
   */
  headerColor?: string
  /**
   * Keyboard shortcuts.
   */
  keyboardShortcuts?: KeyboardShortcuts
  /**
   * Where lists stand.
   */
  listPlacement?: ListPlacement
  /**
   * When lists are loaded anew.
   */
  listRefreshMethod?: string
  /**
   * Settings of the chat.
   */
  liveAgentConfig?: LiveAgentConfig
  /**
   * Colour of primary tabs.
   */
  primaryTabColor?: string
  /**
   * Changes that are reported at once.
   */
  pushNotifications?: PushNotification[]
  /**
   * Most tabs.
   */
  tabLimitConfig?: TabLimitConfig
  /**
   * Domains that may be opened.
   */
  whitelistedDomains?: string[]
}
/**
 * Components of the footer.
 */
export interface AppComponentList {
  /**
   * Side on which they stand.
   */
  alignment?: string
  /**
   * The components in order.
   */
  components?: string[]
}
/**
 * Keyboard shortcuts of the console.
 */
export interface KeyboardShortcuts {
  /**
   * Own shortcuts.
   */
  customShortcuts?: CustomShortcut[]
  /**
   * Standard shortcuts.
   */
  defaultShortcuts?: DefaultShortcut[]
}
/**
 * Own shortcut.
 */
export interface CustomShortcut {
  /**
   * What it does.
   */
  action: string
  /**
   * Whether it works.
   */
  active: boolean
  /**
   * What it is for.
   */
  description?: string
  /**
   * Event that it sends.
   */
  eventName: string
  /**
   * Keys to press.
   */
  keyCommand: string
}
/**
 * Standard shortcut.
 */
export interface DefaultShortcut {
  /**
   * What it does.
   */
  action: string
  /**
   * Whether it works.
   */
  active: boolean
  /**
   * Keys to press.
   */
  keyCommand: string
}
/**
 * Where lists of the console stand.
 */
export interface ListPlacement {
  /**
   * Height in the given unit.
   */
  height?: number
  /**
   * Where they stand.
   */
  location: string
  /**
   * Unit of the sizes.
   */
  units?: string
  /**
   * Width in the given unit.
   */
  width?: number
}
/**
 * Settings of the chat.
 */
export interface LiveAgentConfig {
  /**
   * The chat is on.
   */
  enableLiveChat?: boolean
  /**
   * A new account opens in a subtab.
   */
  openNewAccountSubtab?: boolean
  /**
   * A new case opens in a subtab.
   */
  openNewCaseSubtab?: boolean
  /**
   * A new contact opens in a subtab.
   */
  openNewContactSubtab?: boolean
  /**
   * A new lead opens in a subtab.
   */
  openNewLeadSubtab?: boolean
  /**
   * A page opens in a subtab.
   */
  openNewVFPageSubtab?: boolean
  /**
   * Pages that open.
   */
  pageNamesToOpen?: string[]
  /**
   * Articles are shown.
   */
  showKnowledgeArticles?: boolean
}
/**
 * Changes that are reported at once.
 */
export interface PushNotification {
  /**
   * Fields watched.
   */
  fieldNames?: string[]
  /**
   * Object watched.
   */
  objectName: string
}
/**
 * Most tabs of the console.
 */
export interface TabLimitConfig {
  /**
   * Most primary tabs.
   */
  maxNumberOfPrimaryTabs?: string
  /**
   * Most subtabs.
   */
  maxNumberOfSubTabs?: string
}
/**
 * How records open in console tabs.
 */
export interface AppWorkspaceConfig {
  /**
   * Rule of each tab.
   */
  mappings?: WorkspaceMapping[]
}
/**
 * How records of a tab open.
 */
export interface WorkspaceMapping {
  /**
   * Lookup whose record becomes the primary tab.
   */
  fieldName?: string
  /**
   * The tab.
   */
  tab: string
}
/**
 * Preferences of a console application.
 */
export interface AppPreferences {
  /**
   * Users choose their tabs.
   */
  enableCustomizeMyTabs?: boolean
  /**
   * Keyboard shortcuts are on.
   */
  enableKeyboardShortcuts?: boolean
  /**
   * Details show over list views.
   */
  enableListViewHover?: boolean
  /**
   * List views have the newer look.
   */
  enableListViewReskin?: boolean
  /**
   * Components can go to another screen.
   */
  enableMultiMonitorComponents?: boolean
  /**
   * Tabs can be pinned.
   */
  enablePinTabs?: boolean
  /**
   * Details show over tabs.
   */
  enableTabHover?: boolean
  /**
   * The number of tabs is limited.
   */
  enableTabLimits?: boolean
  /**
   * Tabs are opened again after sign-in.
   */
  saveUserSessions?: boolean
}
/**
 * Texts that formulas and pages use by name.
 */
export interface CustomLabels {
  /**
   * Name of the collection: CustomLabels.
   */
  fullName: string
  /**
   * The texts.
   */
  labels?: CustomLabel[]
}
/**
 * Text with a name.
 */
export interface CustomLabel {
  /**
   * Name of the label.
   */
  fullName: string
  /**
   * Categories, separated by commas.
   */
  categories?: string
  /**
   * Language of the text.
   */
  language?: string
  /**
   * Only the package it came with may use it.
   */
  protected?: boolean
  /**
   * What the text is for.
   */
  shortDescription?: string
  /**
   * The text.
   */
  value?: string
}
/**
 * Record of a custom metadata type.
 */
export interface CustomMetadata {
  /**
   * Type without suffix and name of the record, joined by a dot.
   */
  fullName: string
  /**
   * Label of the record.
   */
  label?: string
  /**
   * What the record is for.
   */
  description?: string
  /**
   * Only the package it came with may use it.
   */
  protected?: boolean
  /**
   * Values of its fields.
   */
  values?: CustomMetadataValue[]
}
/**
 * Value of one field.
 */
export interface CustomMetadataValue {
  /**
   * API name of the field.
   */
  field: string
  /**
   * The value.
   */
  value?: string | number | boolean | null
  /**
   * XML Schema type of the value, such as xsd:string.
   */
  valueType?: string
}
/**
 * An object: its names, features, fields and all that hangs on them. May hold only a part of a standard object, such as the fields an administrator added.
 */
export interface CustomObject {
  /**
   * API name of the object; the file is called like it.
   */
  fullName: string
  /**
   * Name of one record in the user interface.
   */
  label?: string
  /**
   * Name of several records in the user interface.
   */
  pluralLabel?: string
  /**
   * What the object is for, for administrators.
   */
  description?: string
  /**
   * First three characters of the ids of its records; given once and never changed.
   */
  keyPrefix?: string
  /**
   * Former API names of the object. A rename keeps table and data because the old name stands here.
   */
  previousNames?: string[]
  /**
   * The field that names a record.
   */
  nameField?: NameField
  /**
   * What users inside the organisation may do with records they do not own.
   */
  sharingModel?:
    | 'Private'
    | 'Read'
    | 'ReadWrite'
    | 'ReadWriteTransfer'
    | 'FullAccess'
    | 'ControlledByParent'
    | 'ControlledByCampaign'
    | 'ControlledByLeadOrContact'
  /**
   * The same for users from outside the organisation.
   */
  externalSharingModel?:
    | 'Private'
    | 'Read'
    | 'ReadWrite'
    | 'ReadWriteTransfer'
    | 'FullAccess'
    | 'ControlledByParent'
    | 'ControlledByCampaign'
    | 'ControlledByLeadOrContact'
  /**
   * Queues can own its records. Custom objects: true unless said otherwise; others: false.
   */
  enableQueues?: boolean
  /**
   * Whoever stands above somebody in the role hierarchy has that user's access to records. True unless said otherwise.
   */
  sharingHierarchy?: boolean
  /**
   * Lookups whose records decide, where the sharing model is ControlledByParent. Absent: the masters, else the required lookups with which a record is deleted, else the first lookup.
   */
  sharingParents?: string[]
  /**
   * Views of its records are written down: who saw which record, when and by which way.
   */
  logViews?: boolean
  /**
   * When its records are deleted or made anonymous.
   */
  retentionRules?: RetentionRule[]
  /**
   * Whoever sees such a child by the child's own sharing may read the record: lookups as Object.Field.
   */
  sharedByChildren?: string[]
  /**
   * Records of another object that link a record of this one to any record or person: whoever sees the linked record, or is that person, may read it.
   */
  sharedByLinks?: SharingLink[]
  /**
   * Object whose rights hold here too: whoever may read its records may work with these, as far as the records themselves are open.
   */
  rightsFollow?: string
  /**
   * A record of this object opens another record to somebody: shares, members of teams, participants.
   */
  sharingGrants?: SharingGrant[]
  /**
   * Whether the object is shown to others than administrators.
   */
  deploymentStatus?: 'InDevelopment' | 'Deployed'
  /**
   * Of a custom setting: values of protected ones are never sent to a browser.
   */
  visibility?: 'Public' | 'Protected' | 'PackageProtected'
  /**
   * Tasks and events may be related to its records.
   */
  enableActivities?: boolean
  /**
   * Changes of tracked fields are recorded.
   */
  enableHistory?: boolean
  /**
   * Reports may use the object.
   */
  enableReports?: boolean
  /**
   * Global search finds its records.
   */
  enableSearch?: boolean
  /**
   * Records have a feed of posts.
   */
  enableFeeds?: boolean
  /**
   * The bulk API may load its records.
   */
  enableBulkApi?: boolean
  /**
   * Sharing rules and manual shares apply to it.
   */
  enableSharing?: boolean
  /**
   * Changes may be subscribed to by the streaming API.
   */
  enableStreamingApi?: boolean
  /**
   * Each change is published as a change event.
   */
  enableChangeDataCapture?: boolean
  /**
   * Texts in records may be translated.
   */
  enableDataTranslation?: boolean
  /**
   * Records belong to divisions.
   */
  enableDivisions?: boolean
  /**
   * Lookup dialogs search with filters.
   */
  enableEnhancedLookup?: boolean
  /**
   * Access depends on an assigned licence.
   */
  enableLicensing?: boolean
  /**
   * Lookups to the object may be filtered.
   */
  enableLookupFilters?: boolean
  /**
   * Records may be added to groups.
   */
  allowInChatterGroups?: boolean
  /**
   * Changes of the record type are recorded in the history.
   */
  recordTypeTrackHistory?: boolean
  /**
   * Changes of the record type are posted to the feed.
   */
  recordTypeTrackFeedHistory?: boolean
  /**
   * Makes the object a custom setting of this kind.
   */
  customSettingsType?: 'List' | 'Hierarchy'
  /**
   * Makes the object a platform event of this volume.
   */
  eventType?: 'HighVolume' | 'StandardVolume'
  /**
   * When a platform event is published.
   */
  publishBehavior?: 'PublishAfterCommit' | 'PublishImmediately'
  /**
   * Data source of an external object.
   */
  externalDataSource?: string
  /**
   * Name of the external object's table at its source.
   */
  externalName?: string
  /**
   * Repository of external files.
   */
  externalRepository?: string
  /**
   * Whether the external source keeps an index.
   */
  externalIndexAvailable?: boolean
  /**
   * The object is no longer to be used.
   */
  deprecated?: boolean
  /**
   * Grammatical gender of the label.
   */
  gender?: Gender
  /**
   * Sound that the label starts with.
   */
  startsWith?: StartsWith
  /**
   * The object stands for relationship groups of households.
   */
  household?: boolean
  /**
   * How articles of the type are shown in each channel.
   */
  articleTypeChannelDisplay?: ArticleTypeChannelDisplay
  /**
   * Control with the object's own help.
   */
  customHelp?: string
  /**
   * Page with the object's own help.
   */
  customHelpPage?: string
  /**
   * Group that answers for the data's quality.
   */
  dataStewardGroup?: string
  /**
   * User who answers for the data's quality.
   */
  dataStewardUser?: string
  /**
   * Attributes of a data lake object.
   */
  mktDataLakeAttributes?: MktDataLakeAttributes
  /**
   * Attributes of a data model object.
   */
  mktDataModelAttributes?: MktDataModelAttributes
  /**
   * Compact layout shown in a record's highlights; SYSTEM for the built-in one.
   */
  compactLayoutAssignment?: string
  /**
   * The fields.
   */
  fields?: CustomField[]
  /**
   * Indexes over several fields of a big object.
   */
  indexes?: Index[]
  /**
   * Rules that every save must pass.
   */
  validationRules?: ValidationRule[]
  /**
   * Kinds of record with their own picklist values, processes and layouts.
   */
  recordTypes?: RecordType[]
  /**
   * Sets of stages for record types to choose.
   */
  businessProcesses?: BusinessProcess[]
  /**
   * Named lists of records.
   */
  listViews?: ListView[]
  /**
   * Short sets of fields for highlights and cards.
   */
  compactLayouts?: CompactLayout[]
  /**
   * Named groups of fields for pages to show.
   */
  fieldSets?: FieldSet[]
  /**
   * Fields and buttons of search results and lookup dialogs.
   */
  searchLayouts?: SearchLayouts
  /**
   * Search result columns of single profiles.
   */
  profileSearchLayouts?: ProfileSearchLayouts[]
  /**
   * Reasons for which code may share records.
   */
  sharingReasons?: SharingReason[]
  /**
   * Classes that work out shares anew.
   */
  sharingRecalculations?: SharingRecalculation[]
  /**
   * How long field history is kept.
   */
  historyRetentionPolicy?: HistoryRetentionPolicy
  /**
   * Buttons and links of the object.
   */
  webLinks?: WebLink[]
  /**
   * Pages that take the place of standard actions.
   */
  actionOverrides?: ActionOverride[]
}
/**
 * The field that names a record.
 */
export interface NameField {
  /**
   * API name, when it is not Name.
   */
  fullName?: string
  /**
   * Label of the field.
   */
  label?: string
  /**
   * Kind of name: typed in, numbered, or made of a person's names.
   */
  type?: 'Text' | 'AutoNumber' | 'PersonName'
  /**
   * Most characters of a Text name.
   */
  length?: number
  /**
   * Pattern of an AutoNumber name, such as CP-{000000}.
   */
  displayFormat?: string
  /**
   * First number of an AutoNumber name.
   */
  startingNumber?: number
  /**
   * What the name is for, for administrators.
   */
  description?: string
  /**
   * Help shown beside the field.
   */
  inlineHelpText?: string
  /**
   * Former API names of the field.
   */
  previousNames?: string[]
  /**
   * Changes of the name are recorded in the history.
   */
  trackHistory?: boolean
  /**
   * Changes of the name are posted to the feed.
   */
  trackFeedHistory?: boolean
  /**
   * Historical values are kept for trend reports.
   */
  trackTrending?: boolean
  /**
   * The name is an id of another system.
   */
  externalId?: boolean
  /**
   * No two records may have the same name.
   */
  unique?: boolean
  /**
   * Upper and lower case differ when names are compared for uniqueness.
   */
  caseSensitive?: boolean
  /**
   * The name must be filled in.
   */
  required?: boolean
}
/**
 * Which records of an age are due to be deleted or made anonymous; never those under a legal hold.
 */
export interface RetentionRule {
  /**
   * Name of the rule.
   */
  fullName: string
  /**
   * What the rule is for, such as the law that asks for it.
   */
  description?: string
  /**
   * Whether the rule is in force.
   */
  active: boolean
  /**
   * Delete: into the recycle bin, and from there for good; Anonymize: the named fields are emptied.
   */
  action: 'Anonymize' | 'Delete'
  /**
   * Records whose date is so many days ago or more.
   */
  ageInDays: number
  /**
   * Date or moment that the age is counted from; LastModifiedDate where it is left out.
   */
  dateField?: string
  /**
   * Further conditions; all must hold.
   */
  criteriaItems?: RetentionCriterion[]
  /**
   * Fields that are emptied; required texts get a dash.
   *
   * @minItems 1
   */
  anonymizedFields?: [string, ...string[]]
}
/**
 * Condition on one field.
 */
export interface RetentionCriterion {
  /**
   * The field.
   */
  field: string
  /**
   * How it is compared.
   */
  operation: 'equals' | 'greaterOrEqual' | 'greaterThan' | 'lessOrEqual' | 'lessThan' | 'notEqual'
  /**
   * What with; nothing where it is left out.
   */
  value?: string
}
/**
 * How records of another object link a record of this one to others.
 */
export interface SharingLink {
  /**
   * Lookup of the linking object that leads to the record, as Object.Field.
   */
  link: string
  /**
   * Lookup of the linking object that leads to the linked record; a user or group that it leads to is the one who gets access.
   */
  record: string
  /**
   * Field of the linking object that holds V (read), C (edit) or I (as the linked record itself).
   */
  accessLevel: string
  /**
   * Field of the linking object that holds InternalUsers where nobody from outside gets access by it.
   */
  visibility?: string
  /**
   * Field of the record that holds P where links to records open nothing.
   */
  privacy?: string
}
/**
 * How a record of the object opens another record.
 */
export interface SharingGrant {
  /**
   * Lookup that leads to the record that is opened.
   */
  record: string
  /**
   * Lookup that leads to the user or group to whom it is opened.
   */
  principal: string
  /**
   * Field that holds Read, Edit or All; over one lookup as Lookup.Field.
   */
  accessLevel: string
  /**
   * The record goes when the record that it opens gets another owner.
   */
  endsWithOwner?: boolean
  /**
   * Checkboxes that must be set for the grant to count; over one lookup as Lookup.Field.
   */
  active?: string[]
}
/**
 * How articles are shown.
 */
export interface ArticleTypeChannelDisplay {
  /**
   * Template of each channel.
   */
  articleTypeTemplates?: ArticleTypeTemplate[]
}
/**
 * Template of one channel.
 */
export interface ArticleTypeTemplate {
  /**
   * The channel.
   */
  channel: string
  /**
   * Page that shows the article.
   */
  page?: string
  /**
   * Kind of template.
   */
  template: string
}
/**
 * Attributes of a data lake object.
 */
export interface MktDataLakeAttributes {
  /**
   * How the object was made.
   */
  creationType?: string
  /**
   * Whether the object is in use.
   */
  isEnabled?: boolean
  /**
   * Category of the data.
   */
  objectCategory?: string
}
/**
 * Attributes of a data model object.
 */
export interface MktDataModelAttributes {
  /**
   * How the object was made.
   */
  creationType?: string
  /**
   * Place in the data model.
   */
  dataModelTaxonomy?: string
  /**
   * What the object is for.
   */
  description?: string
  /**
   * Whether the object is in use.
   */
  isEnabled?: boolean
  /**
   * Whether segments can be built on it.
   */
  isSegmentable?: boolean
  /**
   * Whether metrics are built on it.
   */
  isUsedForMetrics?: boolean
  /**
   * Category of the data.
   */
  objectCategory?: string
  /**
   * Template that it was made from.
   */
  referenceEntityTemplateId?: string
}
/**
 * A field of an object.
 */
export interface CustomField {
  /**
   * API name; ends in __c for fields made by an administrator.
   */
  fullName: string
  /**
   * Label in the user interface.
   */
  label?: string
  /**
   * Kind of field. A formula field has the type of its result.
   */
  type?:
    | 'Text'
    | 'TextArea'
    | 'LongTextArea'
    | 'Html'
    | 'EncryptedText'
    | 'Email'
    | 'Phone'
    | 'Url'
    | 'Number'
    | 'Currency'
    | 'Percent'
    | 'Checkbox'
    | 'Date'
    | 'DateTime'
    | 'Time'
    | 'Picklist'
    | 'MultiselectPicklist'
    | 'Lookup'
    | 'MasterDetail'
    | 'Hierarchy'
    | 'MetadataRelationship'
    | 'ExternalLookup'
    | 'IndirectLookup'
    | 'AutoNumber'
    | 'Location'
    | 'File'
    | 'Summary'
    | 'Address'
    | 'PersonName'
  /**
   * What the field is for, for administrators.
   */
  description?: string
  /**
   * Help shown beside the field.
   */
  inlineHelpText?: string
  /**
   * Former API names of the field. A rename keeps the data because the old name stands here.
   */
  previousNames?: string[]
  /**
   * Objects that a reference may point to.
   */
  referenceTo?: string[]
  /**
   * Name of the list of children, seen from the parent; unique per parent.
   */
  relationshipName?: string
  /**
   * Name of the parent in query paths, where it does not follow from the field's name.
   */
  parentRelationshipName?: string
  /**
   * Label of the list of children.
   */
  relationshipLabel?: string
  /**
   * 0 for the first master of a detail object, 1 for the second.
   */
  relationshipOrder?: number
  /**
   * A detail may be moved to another master.
   */
  reparentableMasterDetail?: boolean
  /**
   * Reading the master is enough to change its details.
   */
  writeRequiresMasterRead?: boolean
  /**
   * What becomes of this record when the one it points to is deleted.
   */
  deleteConstraint?: 'SetNull' | 'Restrict' | 'Cascade'
  /**
   * Which records a lookup offers.
   */
  lookupFilter?: LookupFilter
  /**
   * Field of the parent that an indirect lookup matches.
   */
  referenceTargetField?: string
  /**
   * Field that decides what a metadata relationship may point to.
   */
  metadataRelationshipControllingField?: string
  /**
   * Most characters.
   */
  length?: number
  /**
   * Most digits in all.
   */
  precision?: number
  /**
   * Digits after the decimal point.
   */
  scale?: number
  /**
   * A location is shown in decimal degrees, not in degrees, minutes and seconds.
   */
  displayLocationInDecimal?: boolean
  /**
   * Pattern of an AutoNumber, such as INV-{00000}.
   */
  displayFormat?: string
  /**
   * First number of an AutoNumber.
   */
  startingNumber?: number
  /**
   * Lines shown of a long text, or values shown of a multi-select picklist.
   */
  visibleLines?: number
  /**
   * The field must be filled in.
   */
  required?: boolean
  /**
   * No two records may have the same value.
   */
  unique?: boolean
  /**
   * Upper and lower case differ when values are compared for uniqueness.
   */
  caseSensitive?: boolean
  /**
   * The value is an id of another system; records can be found by it.
   */
  externalId?: boolean
  /**
   * The database keeps an index of the values.
   */
  indexed?: boolean
  /**
   * Value of new records, as a formula or a literal.
   */
  defaultValue?: string
  /**
   * Existing records get the default value as well.
   */
  populateExistingRows?: boolean
  /**
   * Values of a picklist.
   */
  valueSet?: ValueSet
  /**
   * Formula that computes the value. Such a field stores nothing.
   */
  formula?: string
  /**
   * What an empty number counts as in the formula.
   */
  formulaTreatBlanksAs?: 'BlankAsBlank' | 'BlankAsZero'
  /**
   * Users may see the computed value even where they may not read the fields it is made of.
   */
  discloses?: boolean
  /**
   * How a roll-up summary computes its value.
   */
  summaryOperation?: 'count' | 'sum' | 'min' | 'max'
  /**
   * Field of the child that is summed up, as Object.Field.
   */
  summarizedField?: string
  /**
   * Field of the child that points here, as Object.Field.
   */
  summaryForeignKey?: string
  /**
   * Which children a summary counts.
   */
  summaryFilterItems?: FilterItem[]
  /**
   * How the value is encrypted at rest.
   */
  encryptionScheme?:
    | 'None'
    | 'ProbabilisticEncryption'
    | 'CaseSensitiveDeterministicEncryption'
    | 'CaseInsensitiveDeterministicEncryption'
  /**
   * Character that hides an encrypted text.
   */
  maskChar?: 'asterisk' | 'X'
  /**
   * Which characters of an encrypted text are hidden.
   */
  maskType?: 'all' | 'creditCard' | 'ssn' | 'lastFour' | 'sin' | 'nino'
  /**
   * Changes of the value are recorded in the history.
   */
  trackHistory?: boolean
  /**
   * Changes of the value are posted to the feed.
   */
  trackFeedHistory?: boolean
  /**
   * Historical values are kept for trend reports.
   */
  trackTrending?: boolean
  /**
   * Markup is removed when rich text becomes plain text.
   */
  stripMarkup?: boolean
  /**
   * Markup in the value is shown as characters.
   */
  escapeMarkup?: boolean
  /**
   * The field cannot be mapped when a lead is converted.
   */
  isConvertLeadDisabled?: boolean
  /**
   * The field cannot be filtered by.
   */
  isFilteringDisabled?: boolean
  /**
   * The field cannot be sorted by.
   */
  isSortingDisabled?: boolean
  /**
   * The field is the name of an external object.
   */
  isNameField?: boolean
  /**
   * The field can hold a prediction.
   */
  isAIPredictionField?: boolean
  /**
   * Field that holds the prediction for this one.
   */
  aiPredictionField?: string
  /**
   * Who may change the field of a metadata type after installation.
   */
  fieldManageability?: 'DeveloperControlled' | 'SubscriberControlled' | 'Locked'
  /**
   * Group that answers for the field.
   */
  businessOwnerGroup?: string
  /**
   * User who answers for the field.
   */
  businessOwnerUser?: string
  /**
   * Stage of the field's own life, such as Active or DeprecateCandidate.
   */
  businessStatus?: string
  /**
   * Regulations that apply to the values, separated by semicolons.
   */
  complianceGroup?: string
  /**
   * How sensitive the values are.
   */
  securityClassification?: string
  /**
   * Custom data type of the field.
   */
  customDataType?: string
  /**
   * The field is no longer to be used.
   */
  deprecated?: boolean
  /**
   * Name of the field at its external source.
   */
  externalDeveloperName?: string
  /**
   * The field stands for one at another place and cannot be written.
   */
  readOnlyProxy?: boolean
  /**
   * Only administrators may set the field.
   */
  restrictedAdminField?: boolean
  /**
   * Attributes of a data lake field.
   */
  mktDataLakeFieldAttributes?: MktDataLakeFieldAttributes
  /**
   * Attributes of a data model field.
   */
  mktDataModelFieldAttributes?: MktDataModelFieldAttributes
}
/**
 * Condition that a lookup's records must meet.
 */
export interface LookupFilter {
  /**
   * Whether the filter applies.
   */
  active?: boolean
  /**
   * How the conditions combine, such as 1 AND (2 OR 3).
   */
  booleanFilter?: string
  /**
   * What the filter is for, for administrators.
   */
  description?: string
  /**
   * Shown when a record does not meet the filter.
   */
  errorMessage?: string
  /**
   * The conditions.
   */
  filterItems?: FilterItem[]
  /**
   * Shown beside the lookup.
   */
  infoMessage?: string
  /**
   * Users may leave the filter aside.
   */
  isOptional?: boolean
}
/**
 * Where a picklist's values come from and how they depend on another field.
 */
export interface ValueSet {
  /**
   * Only the listed values are accepted.
   */
  restricted?: boolean
  /**
   * Field of the object that decides which values may be chosen.
   */
  controllingField?: string
  /**
   * Global or standard value set that is used.
   */
  valueSetName?: string
  /**
   * Values of this field alone.
   */
  valueSetDefinition?: ValueSetDefinition
  /**
   * For each dependent value, the controlling values it belongs to.
   */
  valueSettings?: ValueSettings[]
}
/**
 * Values that belong to one field alone.
 */
export interface ValueSetDefinition {
  /**
   * Values are shown in the order of their labels.
   */
  sorted?: boolean
  /**
   * The values in their order.
   */
  value?: CustomValue[]
}
/**
 * One value of a picklist.
 */
export interface CustomValue {
  /**
   * The value as it is stored.
   */
  fullName: string
  /**
   * The value as it is shown.
   */
  label?: string
  /**
   * New records have this value.
   */
  default?: boolean
  /**
   * False: the value stays in old records and cannot be chosen any more.
   */
  isActive?: boolean
  /**
   * Colour in charts, as #RRGGBB.
   */
  color?: string
  /**
   * What the value means, for administrators.
   */
  description?: string
}
/**
 * Controlling values of one dependent value.
 */
export interface ValueSettings {
  /**
   * Values of the controlling field that permit the value.
   */
  controllingFieldValue?: string[]
  /**
   * The dependent value.
   */
  valueName: string
}
/**
 * Attributes of a data lake field.
 */
export interface MktDataLakeFieldAttributes {
  /**
   * How the field was made.
   */
  definitionCreationType?: string
  /**
   * Format of dates in the source.
   */
  dateFormat?: string
  /**
   * Name at the source.
   */
  externalName?: string
  /**
   * The field says when the event was.
   */
  isEventDate?: boolean
  /**
   * The field names the organisation.
   */
  isInternalOrganization?: boolean
  /**
   * The field says when the record was changed.
   */
  isRecordModified?: boolean
  /**
   * Field that qualifies the key.
   */
  keyQualifierName?: string
  /**
   * Name of the data type.
   */
  mktDatatypeName?: string
  /**
   * Place in the primary index.
   */
  primaryIndexOrder?: number
}
/**
 * Attributes of a data model field.
 */
export interface MktDataModelFieldAttributes {
  /**
   * How the field was made.
   */
  definitionCreationType?: string
  /**
   * What happens when a merge is not valid.
   */
  invalidMergeActionType?: string
  /**
   * The field is looked up when read.
   */
  isDynamicLookup?: boolean
  /**
   * Field that qualifies the key.
   */
  keyQualifierName?: string
  /**
   * Name of the data type.
   */
  mktDatatypeName?: string
  /**
   * Place in the primary index.
   */
  primaryIndexOrder?: number
  /**
   * Attribute that is referred to.
   */
  refAttrDeveloperName?: string
  /**
   * What the field is used for.
   */
  usageTag?: string
}
/**
 * Index of a big object.
 */
export interface Index {
  /**
   * Name of the index.
   */
  fullName: string
  /**
   * The fields in their order.
   */
  fields?: IndexField[]
  /**
   * Label of the index.
   */
  label?: string
}
/**
 * Field of an index.
 */
export interface IndexField {
  /**
   * API name of the field.
   */
  name: string
  /**
   * Direction in which it is sorted.
   */
  sortDirection?: 'ASC' | 'DESC'
}
/**
 * Rule that refuses a save when its formula is true.
 */
export interface ValidationRule {
  /**
   * Name of the rule.
   */
  fullName: string
  /**
   * Whether the rule applies.
   */
  active?: boolean
  /**
   * What the rule is for, for administrators.
   */
  description?: string
  /**
   * Formula that is true when the record is wrong.
   */
  errorConditionFormula?: string
  /**
   * Field at which the message is shown; at the top of the page when left out.
   */
  errorDisplayField?: string
  /**
   * What users read.
   */
  errorMessage?: string
  /**
   * The rule is also checked in the browser.
   */
  shouldEvaluateOnClient?: boolean
}
/**
 * Kind of record.
 */
export interface RecordType {
  /**
   * Name of the record type.
   */
  fullName: string
  /**
   * Label in the user interface.
   */
  label?: string
  /**
   * Whether new records can have it.
   */
  active?: boolean
  /**
   * What the record type is for, for administrators.
   */
  description?: string
  /**
   * Business process whose stages apply.
   */
  businessProcess?: string
  /**
   * Compact layout for records of the type.
   */
  compactLayoutAssignment?: string
  /**
   * Values offered in each picklist.
   */
  picklistValues?: RecordTypePicklistValue[]
}
/**
 * Values that a record type offers in one picklist.
 */
export interface RecordTypePicklistValue {
  /**
   * API name of the picklist field.
   */
  picklist: string
  /**
   * The values.
   */
  values?: PicklistValue[]
}
/**
 * A value within a record type or process.
 */
export interface PicklistValue {
  /**
   * The stored value.
   */
  fullName: string
  /**
   * New records have this value.
   */
  default?: boolean
  /**
   * The value as it is shown.
   */
  label?: string
  /**
   * False: the value cannot be chosen any more.
   */
  isActive?: boolean
  /**
   * Colour in charts.
   */
  color?: string
  /**
   * What the value means.
   */
  description?: string
  /**
   * Quotes in this state may be sent.
   */
  allowEmail?: boolean
  /**
   * The value means closed.
   */
  closed?: boolean
  /**
   * Values of the controlling field that permit it.
   */
  controllingFieldValues?: string[]
  /**
   * The value means converted.
   */
  converted?: boolean
  /**
   * The value is offered in self-service.
   */
  cssExposed?: boolean
  /**
   * Forecast category of the stage.
   */
  forecastCategory?: string
  /**
   * The value means high priority.
   */
  highPriority?: boolean
  /**
   * Chance of winning in per cent.
   */
  probability?: number
  /**
   * Role of the other side.
   */
  reverseRole?: string
  /**
   * The value means reviewed.
   */
  reviewed?: boolean
  /**
   * The value means won.
   */
  won?: boolean
}
/**
 * Set of stages.
 */
export interface BusinessProcess {
  /**
   * Name of the process.
   */
  fullName: string
  /**
   * What the process is for.
   */
  description?: string
  /**
   * Whether record types can choose it.
   */
  isActive?: boolean
  /**
   * The stages.
   */
  values?: PicklistValue[]
}
/**
 * Named list of records.
 */
export interface ListView {
  /**
   * Name of the list view.
   */
  fullName: string
  /**
   * Label in the user interface.
   */
  label?: string
  /**
   * Whose records are listed.
   */
  filterScope?:
    | 'Everything'
    | 'Mine'
    | 'Queue'
    | 'Delegated'
    | 'MyTerritory'
    | 'MyTeamTerritory'
    | 'Team'
    | 'AssignedToMe'
    | 'MineAndMyGroups'
    | 'SalesTeam'
    | 'ScopingRule'
  /**
   * Queue whose records are listed.
   */
  queue?: string
  /**
   * Fields shown, in order.
   */
  columns?: string[]
  /**
   * Conditions that records meet.
   */
  filters?: ListViewFilter[]
  /**
   * How the conditions combine, such as 1 AND (2 OR 3).
   */
  booleanFilter?: string
  /**
   * Division that is listed.
   */
  division?: string
  /**
   * Language in which values of the conditions are written.
   */
  language?: string
  /**
   * Who sees the list view.
   */
  sharedTo?: SharedTo
}
/**
 * Condition of a list view.
 */
export interface ListViewFilter {
  /**
   * Field that is compared.
   */
  field: string
  /**
   * How it is compared.
   */
  operation: FilterOperation
  /**
   * What it is compared with; several values are separated by commas.
   */
  value?: string
}
/**
 * Users something is shared with.
 */
export interface SharedTo {
  /**
   * All users of customer portals.
   */
  allCustomerPortalUsers?: boolean
  /**
   * All users inside the organisation.
   */
  allInternalUsers?: boolean
  /**
   * All users of partner portals.
   */
  allPartnerUsers?: boolean
  /**
   * Channel programs.
   */
  channelProgramGroup?: string[]
  /**
   * Channel programs, with their sub-programs.
   */
  channelProgramGroups?: string[]
  /**
   * Public groups.
   */
  group?: string[]
  /**
   * Guest users of sites.
   */
  guestUser?: string[]
  /**
   * Managers with their subordinates.
   */
  managerSubordinates?: string[]
  /**
   * Managers.
   */
  managers?: string[]
  /**
   * Roles of portals.
   */
  portalRole?: string[]
  /**
   * Roles of portals with the roles under them.
   */
  portalRoleAndSubordinates?: string[]
  /**
   * Queues.
   */
  queue?: string[]
  /**
   * Roles.
   */
  role?: string[]
  /**
   * Roles with the roles under them, portals included.
   */
  roleAndSubordinates?: string[]
  /**
   * Roles with the internal roles under them.
   */
  roleAndSubordinatesInternal?: string[]
  /**
   * Territories.
   */
  territories?: string[]
  /**
   * Territories with those under them.
   */
  territoriesAndSubordinates?: string[]
  /**
   * Territories, in the form of earlier versions.
   */
  territory?: string[]
  /**
   * Territories with those under them, in the form of earlier versions.
   */
  territoryAndSubordinates?: string[]
}
/**
 * Short set of fields.
 */
export interface CompactLayout {
  /**
   * Name of the compact layout.
   */
  fullName: string
  /**
   * Label in the user interface.
   */
  label?: string
  /**
   * Fields shown, in order.
   */
  fields?: string[]
}
/**
 * Named group of fields.
 */
export interface FieldSet {
  /**
   * Name of the field set.
   */
  fullName: string
  /**
   * Label in the user interface.
   */
  label?: string
  /**
   * Where the set is used.
   */
  description?: string
  /**
   * Fields that can be added.
   */
  availableFields?: FieldSetItem[]
  /**
   * Fields that are shown.
   */
  displayedFields?: FieldSetItem[]
}
/**
 * Field of a field set.
 */
export interface FieldSetItem {
  /**
   * API name or path of the field.
   */
  field: string
  /**
   * The field came with a package.
   */
  isFieldManaged?: boolean
  /**
   * The field must be filled in.
   */
  isRequired?: boolean
}
/**
 * Fields and buttons where records are searched.
 */
export interface SearchLayouts {
  /**
   * Columns of the tab's list of recent records.
   */
  customTabListAdditionalFields?: string[]
  /**
   * Standard buttons not shown in lists.
   */
  excludedStandardButtons?: string[]
  /**
   * Own buttons shown in lists.
   */
  listViewButtons?: string[]
  /**
   * Columns of lookup dialogs.
   */
  lookupDialogsAdditionalFields?: string[]
  /**
   * Fields to filter by in lookup dialogs.
   */
  lookupFilterFields?: string[]
  /**
   * Columns of phone lookup dialogs.
   */
  lookupPhoneDialogsAdditionalFields?: string[]
  /**
   * Quick actions on several records of a list.
   */
  massQuickActions?: string[]
  /**
   * Fields to filter search results by.
   */
  searchFilterFields?: string[]
  /**
   * Columns of search results.
   */
  searchResultsAdditionalFields?: string[]
  /**
   * Own buttons shown in search results.
   */
  searchResultsCustomButtons?: string[]
}
/**
 * Search result columns of one profile.
 */
export interface ProfileSearchLayouts {
  /**
   * Columns in order.
   */
  fields?: string[]
  /**
   * The profile.
   */
  profileName?: string
}
/**
 * Reason for which code may share records.
 */
export interface SharingReason {
  /**
   * Name of the reason.
   */
  fullName: string
  /**
   * Label in the user interface.
   */
  label?: string
}
/**
 * Class that works out shares anew.
 */
export interface SharingRecalculation {
  /**
   * Name of the class.
   */
  className: string
}
/**
 * How long field history is kept.
 */
export interface HistoryRetentionPolicy {
  /**
   * Months until history is moved to the archive.
   */
  archiveAfterMonths?: number
  /**
   * Years that the archive keeps it.
   */
  archiveRetentionYears?: number
  /**
   * Why these times were chosen.
   */
  description?: string
  /**
   * Days in which data can be changed before it is archived.
   */
  gracePeriodDays?: number
}
/**
 * Button or link.
 */
export interface WebLink {
  /**
   * Name of the button or link.
   */
  fullName: string
  /**
   * Where it can be used.
   */
  availability?: 'online' | 'offline'
  /**
   * What it is for, for administrators.
   */
  description?: string
  /**
   * Where it is shown.
   */
  displayType?: 'link' | 'button' | 'massActionButton'
  /**
   * Character encoding of the address.
   */
  encodingKey?: string
  /**
   * The window has a menu bar.
   */
  hasMenubar?: boolean
  /**
   * The window has scroll bars.
   */
  hasScrollbars?: boolean
  /**
   * The window has a tool bar.
   */
  hasToolbar?: boolean
  /**
   * Height of the window in pixels.
   */
  height?: number
  /**
   * The window's size can be changed.
   */
  isResizable?: boolean
  /**
   * What it opens.
   */
  linkType?: 'url' | 'sControl' | 'javascript' | 'page' | 'flow'
  /**
   * Label in the user interface.
   */
  masterLabel?: string
  /**
   * Where it opens.
   */
  openType?: 'newWindow' | 'sidebar' | 'noSidebar' | 'replace' | 'onClickJavaScript'
  /**
   * Page that it opens.
   */
  page?: string
  /**
   * Where the window appears.
   */
  position?: 'fullScreen' | 'none' | 'topLeft'
  /**
   * Only the package it came with may use it.
   */
  protected?: boolean
  /**
   * Records must be chosen first.
   */
  requireRowSelection?: boolean
  /**
   * Control that it opens.
   */
  scontrol?: string
  /**
   * The window shows the address.
   */
  showsLocation?: boolean
  /**
   * The window shows a status bar.
   */
  showsStatus?: boolean
  /**
   * Address that it opens.
   */
  url?: string
  /**
   * Width of the window in pixels.
   */
  width?: number
}
/**
 * An object's words in one language.
 */
export interface CustomObjectTranslation {
  /**
   * Object and language, joined by a hyphen.
   */
  fullName: string
  /**
   * The object's label in its grammatical forms.
   */
  caseValues?: ObjectNameCaseValue[]
  /**
   * Grammatical gender of the label.
   */
  gender?: Gender
  /**
   * Sound that the label starts with.
   */
  startsWith?: StartsWith
  /**
   * Label of the name field.
   */
  nameFieldLabel?: string
  /**
   * Words of fields.
   */
  fields?: CustomFieldTranslation[]
  /**
   * Labels of standard fields.
   */
  standardFields?: StandardFieldTranslation[]
  /**
   * Headings of layouts.
   */
  layouts?: LayoutTranslation[]
  /**
   * Words of record types.
   */
  recordTypes?: RecordTypeTranslation[]
  /**
   * Messages of validation rules.
   */
  validationRules?: ValidationRuleTranslation[]
  /**
   * Labels of field sets.
   */
  fieldSets?: FieldSetTranslation[]
  /**
   * Labels of list views.
   */
  listViews?: ListViewTranslation[]
  /**
   * Labels of quick actions.
   */
  quickActions?: QuickActionTranslation[]
  /**
   * Labels of sharing reasons.
   */
  sharingReasons?: SharingReasonTranslation[]
  /**
   * Labels of buttons and links.
   */
  webLinks?: WebLinkTranslation[]
  /**
   * Words of workflow tasks.
   */
  workflowTasks?: WorkflowTaskTranslation[]
}
/**
 * A label in one grammatical form.
 */
export interface ObjectNameCaseValue {
  /**
   * Article that goes with it.
   */
  article?: 'None' | 'Indefinite' | 'Definite'
  /**
   * Grammatical case.
   */
  caseType?: string
  /**
   * Whether it is the plural.
   */
  plural?: boolean
  /**
   * Possessive form.
   */
  possessive?: 'None' | 'First' | 'Second'
  /**
   * The words.
   */
  value?: string
}
/**
 * Words of a field.
 */
export interface CustomFieldTranslation {
  /**
   * API name of the field.
   */
  name: string
  /**
   * Label.
   */
  label?: string
  /**
   * Help shown beside the field.
   */
  help?: string
  /**
   * Description for administrators.
   */
  description?: string
  /**
   * The label in its grammatical forms.
   */
  caseValues?: ObjectNameCaseValue[]
  /**
   * Grammatical gender of the label.
   */
  gender?: Gender
  /**
   * Sound that the label starts with.
   */
  startsWith?: StartsWith
  /**
   * Label of the list of children.
   */
  relationshipLabel?: string
  /**
   * Messages of the lookup filter.
   */
  lookupFilter?: LookupFilterTranslation
  /**
   * Labels of the values.
   */
  picklistValues?: PicklistValueTranslation[]
}
/**
 * Messages of a lookup filter.
 */
export interface LookupFilterTranslation {
  /**
   * Shown when a record does not meet the filter.
   */
  errorMessage?: string
  /**
   * Shown beside the lookup.
   */
  informationalMessage?: string
}
/**
 * Label of a value.
 */
export interface PicklistValueTranslation {
  /**
   * Label in the organisation's language.
   */
  masterLabel: string
  /**
   * Label in this language.
   */
  translation?: string
}
/**
 * Label of a standard field.
 */
export interface StandardFieldTranslation {
  /**
   * Label.
   */
  label?: string
  /**
   * API name of the field.
   */
  name: string
}
/**
 * Headings of a layout.
 */
export interface LayoutTranslation {
  /**
   * Name of the layout.
   */
  layout: string
  /**
   * Kind of layout.
   */
  layoutType?: string
  /**
   * Headings of its sections.
   */
  sections?: LayoutSectionTranslation[]
}
/**
 * Heading of a section.
 */
export interface LayoutSectionTranslation {
  /**
   * Heading in this language.
   */
  label?: string
  /**
   * Heading in the organisation's language.
   */
  section: string
}
/**
 * Words of a record type.
 */
export interface RecordTypeTranslation {
  /**
   * Description for administrators.
   */
  description?: string
  /**
   * Label.
   */
  label?: string
  /**
   * Name of the record type.
   */
  name: string
}
/**
 * Message of a validation rule.
 */
export interface ValidationRuleTranslation {
  /**
   * What users read.
   */
  errorMessage?: string
  /**
   * Name of the rule.
   */
  name: string
}
/**
 * Label of a field set.
 */
export interface FieldSetTranslation {
  /**
   * Label.
   */
  label?: string
  /**
   * Name of the field set.
   */
  name: string
}
/**
 * Label of a list view.
 */
export interface ListViewTranslation {
  /**
   * Label.
   */
  label?: string
  /**
   * Name of the list view.
   */
  name: string
}
/**
 * Label of a quick action.
 */
export interface QuickActionTranslation {
  /**
   * Which text of the action is meant.
   */
  aspect?: string
  /**
   * Label.
   */
  label?: string
  /**
   * Name of the action.
   */
  name: string
}
/**
 * Label of a sharing reason.
 */
export interface SharingReasonTranslation {
  /**
   * Label.
   */
  label?: string
  /**
   * Name of the reason.
   */
  name: string
}
/**
 * Label of a button or link.
 */
export interface WebLinkTranslation {
  /**
   * Label.
   */
  label?: string
  /**
   * Name of the button or link.
   */
  name: string
}
/**
 * Words of a workflow task.
 */
export interface WorkflowTaskTranslation {
  /**
   * Description of the task.
   */
  description?: string
  /**
   * Name of the task.
   */
  name: string
  /**
   * Subject of the task.
   */
  subject?: string
}
/**
 * Right with a name of one's own, for rules and formulas to ask for.
 */
export interface CustomPermission {
  /**
   * Name of the permission.
   */
  fullName: string
  /**
   * Label in the user interface.
   */
  label?: string
  /**
   * What the permission is for.
   */
  description?: string
  /**
   * Connected app that asks for it.
   */
  connectedApp?: string
  /**
   * A licence gives it.
   */
  isLicensed?: boolean
  /**
   * Permissions that it needs.
   */
  requiredPermission?: CustomPermissionDependencyRequired[]
}
/**
 * Permission that another one needs.
 */
export interface CustomPermissionDependencyRequired {
  /**
   * Name of the permission.
   */
  customPermission: string
  /**
   * Whether it is needed.
   */
  dependency: boolean
}
/**
 * Tab: an entry of the navigation.
 */
export interface CustomTab {
  /**
   * Name of the tab; of an object's tab the object's API name.
   */
  fullName: string
  /**
   * Label in the user interface.
   */
  label?: string
  /**
   * What the tab is for.
   */
  description?: string
  /**
   * The tab shows the object it is named after.
   */
  customObject?: boolean
  /**
   * Icon and colour.
   */
  motif?: string
  /**
   * Image that is the icon.
   */
  icon?: string
  /**
   * Lightning page shown.
   */
  flexiPage?: string
  /**
   * Web component shown.
   */
  lwcComponent?: string
  /**
   * Aura component shown.
   */
  auraComponent?: string
  /**
   * Page shown.
   */
  page?: string
  /**
   * Control shown.
   */
  scontrol?: string
  /**
   * Web address shown.
   */
  url?: string
  /**
   * Character encoding of the address.
   */
  urlEncodingKey?: string
  /**
   * Height of the frame in pixels.
   */
  frameHeight?: number
  /**
   * The sidebar is shown beside it.
   */
  hasSidebar?: boolean
  /**
   * The tab is offered on phones.
   */
  mobileReady?: boolean
  /**
   * Link shown before the tab opens.
   */
  splashPageLink?: string
  /**
   * Pages that take the place of standard actions.
   */
  actionOverrides?: ActionOverride[]
}
/**
 * People who administer the users of some roles, within the profiles and permission sets named here, without any other right of an administrator.
 */
export interface DelegateGroup {
  /**
   * Name of the group.
   */
  fullName: string
  /**
   * Label in the user interface.
   */
  label?: string
  /**
   * User names of the delegated administrators.
   */
  users?: string[]
  /**
   * Roles whose users they create and change, and users of all roles below.
   */
  roles?: string[]
  /**
   * Profiles that these users may have.
   */
  profiles?: string[]
  /**
   * Permission sets that these users may have.
   */
  permissionSets?: string[]
  /**
   * Custom objects that they may customise.
   */
  customObjects?: string[]
  /**
   * Public groups into which they put these users, and from which they take them.
   */
  groups?: string[]
  /**
   * They may sign in as their users, which nobody can here.
   */
  loginAccess?: boolean
}
/**
 * An e-mail that is written once and sent often: texts with formulas over a record in them, in the languages of those who get it.
 */
export interface EmailTemplate {
  /**
   * API name.
   */
  fullName: string
  /**
   * Label in the user interface.
   */
  name: string
  /**
   * What it is for.
   */
  description?: string
  /**
   * It can be sent; true when absent.
   */
  available?: boolean
  /**
   * Object whose records its formulas look at.
   */
  relatedEntityType?: string
  /**
   * Whether its content is plain text or HTML; text when absent.
   */
  type?: 'text' | 'html' | 'custom' | 'visualforce'
  /**
   * What it is about, in one line. {!Formula} stands for a value of the record.
   */
  subject: string
  /**
   * The body, as text or HTML. {!Formula} stands for a value of the record.
   */
  content: string
  /**
   * The same for readers without HTML; made from the content when absent.
   */
  textOnly?: string
  /**
   * Folder of a template in the classic form; what such a template holds and nobody understands here is kept, and it is not sent.
   */
  folder?: string
  /**
   * Letterhead of the classic form.
   */
  letterhead?: string
  /**
   * Field of the record, or of one that it looks up, that holds the language of whoever gets it.
   */
  languageField?: string
  /**
   * The texts in other languages.
   */
  translations?: EmailTemplateTranslation[]
  /**
   * Version of the API that it was written for.
   */
  apiVersion?: number
  /**
   * Character set; always UTF-8 here.
   */
  encodingKey?: string
  /**
   * Look of the letterhead.
   */
  style?: string
  /**
   * Where it was written.
   */
  uiType?: string
}
/**
 * The texts in one language.
 */
export interface EmailTemplateTranslation {
  /**
   * Code of the language: de, es, pt_BR.
   */
  language: string
  /**
   * What it is about, in one line.
   */
  subject: string
  /**
   * The body.
   */
  content: string
  /**
   * The same for readers without HTML.
   */
  textOnly?: string
}
/**
 * Deadlines of records of one object: which begin when, how long they are, what is done before and after they pass.
 */
export interface EntitlementProcess {
  /**
   * Name of the process.
   */
  fullName: string
  /**
   * Object whose records have the deadlines; absent: Case.
   */
  SObjectType?: string
  /**
   * The process is at work.
   */
  active?: boolean
  /**
   * Name of the business hours; absent: those of the record, or the default ones.
   */
  businessHours?: string
  /**
   * What it is for.
   */
  description?: string
  /**
   * Which records it is for; absent: all.
   */
  entryCriteriaFormula?: string
  /**
   * Field from which it counts; absent: when the record was made.
   */
  entryStartDateField?: string
  /**
   * How the conditions combine.
   */
  exitCriteriaBooleanFilter?: string
  /**
   * When the process is over.
   */
  exitCriteriaFilterItems?: EntitlementFilterItem[]
  /**
   * Formula that is true when it is over.
   */
  exitCriteriaFormula?: string
  /**
   * Only for some record types.
   */
  isRecordTypeRestricted?: boolean
  /**
   * The version that new records get.
   */
  isVersionDefault?: boolean
  /**
   * Its deadlines.
   */
  milestones?: EntitlementProcessMilestoneItem[]
  /**
   * Label in the user interface.
   */
  name?: string
  /**
   * Formula that is true while the clocks stand still; absent: the checkbox IsStopped of the object, where it has one.
   */
  stopCriteriaFormula?: string
  /**
   * What all versions share.
   */
  versionMaster?: string
  /**
   * What is new in the version.
   */
  versionNotes?: string
  /**
   * Number of the version.
   */
  versionNumber?: number
}
/**
 * One condition on a field.
 */
export interface EntitlementFilterItem {
  /**
   * Field as Object.Field, or over lookups as Object.Lookup.Field.
   */
  field: string
  /**
   * How the field is compared.
   */
  operation:
    | 'equals'
    | 'notEqual'
    | 'lessThan'
    | 'greaterThan'
    | 'lessOrEqual'
    | 'greaterOrEqual'
    | 'contains'
    | 'notContain'
    | 'startsWith'
    | 'includes'
    | 'excludes'
    | 'within'
  /**
   * What it is compared with; several values are separated by commas.
   */
  value?: string
  /**
   * Field that it is compared with.
   */
  valueField?: string
}
/**
 * One deadline.
 */
export interface EntitlementProcessMilestoneItem {
  /**
   * Name of the kind of deadline (MilestoneType).
   */
  milestoneName: string
  /**
   * Name of the business hours in which it runs.
   */
  businessHours?: string
  /**
   * How the conditions combine.
   */
  criteriaBooleanFilter?: string
  /**
   * When it begins; absent: with the process.
   */
  milestoneCriteriaFilterItems?: EntitlementFilterItem[]
  /**
   * Formula that is true when it begins.
   */
  milestoneCriteriaFormula?: string
  /**
   * Formula that is true once it is met; absent: when its beginning is true no more.
   */
  completionFormula?: string
  /**
   * Class that works out the time.
   */
  minutesCustomClass?: string
  /**
   * Time that is given, in minutes of business hours.
   */
  minutesToComplete?: number
  /**
   * What is done when it is met.
   */
  successActions?: EntitlementActionReference[]
  /**
   * What is done before and after it passes.
   */
  timeTriggers?: EntitlementProcessMilestoneTimeTrigger[]
  /**
   * It counts from when its conditions were met, not from the start of the process.
   */
  useCriteriaStartTime?: boolean
}
/**
 * An action of the object's Workflow, or a flow.
 */
export interface EntitlementActionReference {
  /**
   * Name of the action; of a flow its API name.
   */
  name: string
  /**
   * Kind of action.
   */
  type:
    | 'FieldUpdate'
    | 'FlowAction'
    | 'Alert'
    | 'Task'
    | 'OutboundMessage'
    | 'KnowledgePublish'
    | 'Send'
}
/**
 * What is done at a time.
 */
export interface EntitlementProcessMilestoneTimeTrigger {
  /**
   * Actions in their order.
   */
  actions?: EntitlementActionReference[]
  /**
   * How long before (negative) or after the deadline.
   */
  timeLength?: number
  /**
   * Unit of the length.
   */
  workflowTimeTriggerUnit?: 'Minutes' | 'Hours' | 'Days'
}
/**
 * Automation: what happens at saves, by the clock, or when it is called.
 */
export interface Flow {
  /**
   * Name of the flow.
   */
  fullName: string
  /**
   * Elements that run actions.
   */
  actionCalls?: FlowActionCall[]
  /**
   * Elements that run plug-ins.
   */
  apexPluginCalls?: FlowApexPluginCall[]
  /**
   * Version of the API that the flow was made with.
   */
  apiVersion?: number
  /**
   * Whether figures are kept elsewhere.
   */
  areMetricsLoggedToDataCloud?: boolean
  /**
   * Elements that set values.
   */
  assignments?: FlowAssignment[]
  /**
   * Record that the flow belongs to.
   */
  associatedRecordId?: string
  /**
   * Kind of capacity.
   */
  capacityCategory?: string
  /**
   * Choices on screens.
   */
  choices?: FlowChoice[]
  /**
   * Elements that filter or sort collections.
   */
  collectionProcessors?: FlowCollectionProcessor[]
  /**
   * Values with names.
   */
  constants?: FlowConstant[]
  /**
   * Elements that refuse the save.
   */
  customErrors?: FlowCustomError[]
  /**
   * What programs keep.
   */
  customProperties?: FlowCustomProperty[]
  /**
   * Elements that choose the way.
   */
  decisions?: FlowDecision[]
  /**
   * What the flow is for.
   */
  description?: string
  /**
   * Choices of records or picklists.
   */
  dynamicChoiceSets?: FlowDynamicChoiceSet[]
  /**
   * Where it can run.
   */
  environments?: string[]
  /**
   * Elements that try out ways.
   */
  experiments?: FlowExperiment[]
  /**
   * Formulas with names.
   */
  formulas?: FlowFormula[]
  /**
   * Label of a run.
   */
  interviewLabel?: string
  /**
   * Only for whom it is given to.
   */
  isAdditionalPermissionRequiredToRun?: boolean
  /**
   * Whether others may take its place.
   */
  isOverridable?: boolean
  /**
   * Whether it is a model for others.
   */
  isTemplate?: boolean
  /**
   * Label of the flow.
   */
  label?: string
  /**
   * Elements that go through collections.
   */
  loops?: FlowLoop[]
  /**
   * Rule that it was made of.
   */
  migratedFromWorkflowRuleName?: string
  /**
   * Stages of an orchestration.
   */
  orchestratedStages?: FlowOrchestratedStage[]
  /**
   * Flow whose place it takes.
   */
  overriddenFlow?: string
  /**
   * What a builder keeps for itself.
   */
  processMetadataValues?: FlowMetadataValue[]
  /**
   * Kind of flow.
   */
  processType?: string
  /**
   * Elements that make records.
   */
  recordCreates?: FlowRecordCreate[]
  /**
   * Elements that delete records.
   */
  recordDeletes?: FlowRecordDelete[]
  /**
   * Elements that get records.
   */
  recordLookups?: FlowRecordLookup[]
  /**
   * Elements that take back what was written.
   */
  recordRollbacks?: FlowRecordRollback[]
  /**
   * Elements that change records.
   */
  recordUpdates?: FlowRecordUpdate[]
  /**
   * By whose rights it runs.
   */
  runInMode?: 'DefaultMode' | 'SystemModeWithSharing' | 'SystemModeWithoutSharing'
  /**
   * Pages that ask for something.
   */
  screens?: FlowScreen[]
  /**
   * Segment that it runs on.
   */
  segment?: string
  /**
   * Model that it was made of.
   */
  sourceTemplate?: string
  /**
   * Stages of a flow with screens.
   */
  stages?: FlowStage[]
  /**
   * When the flow runs, and where it begins.
   */
  start?: FlowStart
  /**
   * Element that it begins with.
   */
  startElementReference?: string
  /**
   * Whether it runs.
   */
  status?: 'Active' | 'Draft' | 'Obsolete' | 'InvalidDraft'
  /**
   * Place holders of a builder.
   */
  steps?: FlowStep[]
  /**
   * Elements that run other flows.
   */
  subflows?: FlowSubflow[]
  /**
   * Texts with names.
   */
  textTemplates?: FlowTextTemplate[]
  /**
   * Zone of its schedule.
   */
  timeZoneSidKey?: string
  /**
   * Elements that make records of others.
   */
  transforms?: FlowTransform[]
  /**
   * Place among the flows of its object, the lowest first.
   */
  triggerOrder?: number
  /**
   * What it remembers.
   */
  variables?: FlowVariable[]
  /**
   * Choices shown as tiles.
   */
  visualPickers?: FlowVisualPicker[]
  /**
   * Elements that wait.
   */
  waits?: FlowWait[]
}
/**
 * Runs an action.
 */
export interface FlowActionCall {
  /**
   * What a builder keeps for itself.
   */
  processMetadataValues?: FlowMetadataValue[]
  /**
   * What it is for.
   */
  description?: string
  /**
   * Name by which other elements and formulas mention it.
   */
  name: string
  /**
   * Label of it.
   */
  label?: string
  /**
   * Where it stands on the canvas, from the left.
   */
  locationX?: number
  /**
   * Where it stands on the canvas, from the top.
   */
  locationY?: number
  /**
   * Name of the action.
   */
  actionName: string
  /**
   * Type of the action.
   */
  actionType: string
  /**
   * What comes next.
   */
  connector?: FlowConnector
  /**
   * Objects of generic types.
   */
  dataTypeMappings?: FlowDataTypeMapping[]
  /**
   * Kind of action in the builder.
   */
  elementSubtype?: string
  /**
   * What comes when it fails.
   */
  faultConnector?: FlowConnector
  /**
   * When the transaction ends.
   */
  flowTransactionModel?: string
  /**
   * What goes in.
   */
  inputParameters?: FlowActionCallInputParameter[]
  /**
   * Name of the action, again.
   */
  nameSegment?: string
  /**
   * Kept by the builder.
   */
  offset?: number
  /**
   * What comes out.
   */
  outputParameters?: FlowActionCallOutputParameter[]
  /**
   * What comes out bears the element's name.
   */
  storeOutputAutomatically?: boolean
  /**
   * Version of the action.
   */
  versionSegment?: number
  /**
   * Version of the action.
   */
  versionString?: string
}
/**
 * Something that a builder keeps.
 */
export interface FlowMetadataValue {
  /**
   * Its name.
   */
  name: string
  /**
   * The value.
   */
  value?: FlowElementReferenceOrValue
}
/**
 * A value, or the name of what holds it.
 */
export interface FlowElementReferenceOrValue {
  /**
   * Value of an Apex type.
   */
  apexValue?: string
  /**
   * True or false.
   */
  booleanValue?: boolean
  /**
   * A moment.
   */
  dateTimeValue?: string
  /**
   * A date.
   */
  dateValue?: string
  /**
   * Name of a resource: a variable, a formula, $Record.Field.
   */
  elementReference?: string
  /**
   * Formula whose value it is.
   */
  formulaExpression?: string
  /**
   * What the formula gives.
   */
  formulaDataType?: string
  /**
   * A number.
   */
  numberValue?: number
  /**
   * Component that is meant.
   */
  setupReference?: string
  /**
   * Type of that component.
   */
  setupReferenceType?: string
  /**
   * A record.
   */
  sobjectValue?: string
  /**
   * A text, with {!resources} in it.
   */
  stringValue?: string
  /**
   * A time of day.
   */
  timeValue?: string
  /**
   * Name of a transform.
   */
  transformValueReference?: string
}
/**
 * Way to the next element.
 */
export interface FlowConnector {
  /**
   * What a builder keeps for itself.
   */
  processMetadataValues?: FlowMetadataValue[]
  /**
   * Drawn as a jump.
   */
  isGoTo?: boolean
  /**
   * Name of the next element.
   */
  targetReference: string
}
/**
 * Object that a generic type stands for.
 */
export interface FlowDataTypeMapping {
  /**
   * Name of the type.
   */
  typeName: string
  /**
   * The object.
   */
  typeValue?: string
}
/**
 * A value that goes in.
 */
export interface FlowActionCallInputParameter {
  /**
   * What a builder keeps for itself.
   */
  processMetadataValues?: FlowMetadataValue[]
  /**
   * Name of the input.
   */
  name: string
  /**
   * The value.
   */
  value?: FlowElementReferenceOrValue
}
/**
 * A variable that gets what comes out.
 */
export interface FlowActionCallOutputParameter {
  /**
   * What a builder keeps for itself.
   */
  processMetadataValues?: FlowMetadataValue[]
  /**
   * The variable.
   */
  assignToReference: string
  /**
   * Name of the output.
   */
  name: string
}
/**
 * Runs a plug-in.
 */
export interface FlowApexPluginCall {
  /**
   * What a builder keeps for itself.
   */
  processMetadataValues?: FlowMetadataValue[]
  /**
   * What it is for.
   */
  description?: string
  /**
   * Name by which other elements and formulas mention it.
   */
  name: string
  /**
   * Label of it.
   */
  label?: string
  /**
   * Where it stands on the canvas, from the left.
   */
  locationX?: number
  /**
   * Where it stands on the canvas, from the top.
   */
  locationY?: number
  /**
   * Class of the plug-in.
   */
  apexClass: string
  /**
   * What comes next.
   */
  connector?: FlowConnector
  /**
   * What comes when it fails.
   */
  faultConnector?: FlowConnector
  /**
   * What goes in.
   */
  inputParameters?: FlowActionCallInputParameter[]
  /**
   * What comes out.
   */
  outputParameters?: FlowActionCallOutputParameter[]
}
/**
 * Gives values to variables and fields.
 */
export interface FlowAssignment {
  /**
   * What a builder keeps for itself.
   */
  processMetadataValues?: FlowMetadataValue[]
  /**
   * What it is for.
   */
  description?: string
  /**
   * Name by which other elements and formulas mention it.
   */
  name: string
  /**
   * Label of it.
   */
  label?: string
  /**
   * Where it stands on the canvas, from the left.
   */
  locationX?: number
  /**
   * Where it stands on the canvas, from the top.
   */
  locationY?: number
  /**
   * What is set, in order.
   */
  assignmentItems?: FlowAssignmentItem[]
  /**
   * What comes next.
   */
  connector?: FlowConnector
  /**
   * Kind of assignment in the builder.
   */
  elementSubtype?: string
}
/**
 * One value that is set.
 */
export interface FlowAssignmentItem {
  /**
   * What a builder keeps for itself.
   */
  processMetadataValues?: FlowMetadataValue[]
  /**
   * Variable or field that is set.
   */
  assignToReference: string
  /**
   * How.
   */
  operator:
    | 'Assign'
    | 'Add'
    | 'Subtract'
    | 'AddItem'
    | 'None'
    | 'AddAtStart'
    | 'RemoveUncommon'
    | 'RemoveAll'
    | 'RemoveFirst'
    | 'RemovePosition'
    | 'RemoveBeforeFirst'
    | 'RemoveAfterFirst'
    | 'AssignCount'
  /**
   * The value.
   */
  value?: FlowElementReferenceOrValue
}
/**
 * A choice on a screen.
 */
export interface FlowChoice {
  /**
   * What a builder keeps for itself.
   */
  processMetadataValues?: FlowMetadataValue[]
  /**
   * What it is for.
   */
  description?: string
  /**
   * Name by which other elements and formulas mention it.
   */
  name: string
  /**
   * What is shown.
   */
  choiceText: string
  /**
   * Its type.
   */
  dataType?:
    | 'Apex'
    | 'Boolean'
    | 'Currency'
    | 'Date'
    | 'DateTime'
    | 'Number'
    | 'Multipicklist'
    | 'Picklist'
    | 'String'
    | 'SObject'
    | 'sObject'
    | 'Time'
  /**
   * What is asked for with it.
   */
  userInput?: FlowChoiceUserInput
  /**
   * The value.
   */
  value?: FlowElementReferenceOrValue
}
/**
 * What is asked for with a choice.
 */
export interface FlowChoiceUserInput {
  /**
   * Whether it must be given.
   */
  isRequired?: boolean
  /**
   * The question.
   */
  promptText?: string
  /**
   * What must hold.
   */
  validationRule?: FlowInputValidationRule
}
/**
 * What an input must keep to.
 */
export interface FlowInputValidationRule {
  /**
   * Told where it does not.
   */
  errorMessage?: string
  /**
   * True where it does.
   */
  formulaExpression?: string
}
/**
 * Filters, sorts or maps a collection.
 */
export interface FlowCollectionProcessor {
  /**
   * What a builder keeps for itself.
   */
  processMetadataValues?: FlowMetadataValue[]
  /**
   * What it is for.
   */
  description?: string
  /**
   * Name by which other elements and formulas mention it.
   */
  name: string
  /**
   * Label of it.
   */
  label?: string
  /**
   * Where it stands on the canvas, from the left.
   */
  locationX?: number
  /**
   * Where it stands on the canvas, from the top.
   */
  locationY?: number
  /**
   * Variable that stands for the item.
   */
  assignNextValueToReference?: string
  /**
   * What is done.
   */
  collectionProcessorType?:
    'SortCollectionProcessor' | 'RecommendationMapCollectionProcessor' | 'FilterCollectionProcessor'
  /**
   * The collection.
   */
  collectionReference: string
  /**
   * How the conditions are joined: and, or, or an expression such as 1 AND (2 OR 3).
   */
  conditionLogic?: string
  /**
   * Conditions.
   */
  conditions?: FlowCondition[]
  /**
   * What comes next.
   */
  connector?: FlowConnector
  /**
   * Kind in the builder.
   */
  elementSubtype?: string
  /**
   * True for the items that stay.
   */
  formula?: string
  /**
   * At most so many items.
   */
  limit?: number
  /**
   * Fields of the new records.
   */
  mapItems?: FlowMapItem[]
  /**
   * Object of the new records.
   */
  outputSObjectType?: string
  /**
   * Sorted by them.
   */
  sortOptions?: FlowSortOption[]
}
/**
 * A condition over resources.
 */
export interface FlowCondition {
  /**
   * What a builder keeps for itself.
   */
  processMetadataValues?: FlowMetadataValue[]
  /**
   * Kind of condition in the builder.
   */
  conditionType?: string
  /**
   * What is compared.
   */
  leftValueReference: string
  /**
   * How it is compared.
   */
  operator:
    | 'None'
    | 'EqualTo'
    | 'NotEqualTo'
    | 'GreaterThan'
    | 'LessThan'
    | 'GreaterThanOrEqualTo'
    | 'LessThanOrEqualTo'
    | 'StartsWith'
    | 'EndsWith'
    | 'Contains'
    | 'DoesNotContain'
    | 'IsNull'
    | 'IsChanged'
    | 'WasSet'
    | 'WasSelected'
    | 'WasVisited'
    | 'In'
    | 'NotIn'
    | 'IsBlank'
    | 'IsEmpty'
    | 'HasError'
    | 'MatchesRegex'
  /**
   * The value.
   */
  rightValue?: FlowElementReferenceOrValue
}
/**
 * A field of a new record.
 */
export interface FlowMapItem {
  /**
   * The field.
   */
  assignToReference: string
  /**
   * How.
   */
  operator?: string
  /**
   * The value.
   */
  value?: FlowElementReferenceOrValue
}
/**
 * What a collection is sorted by.
 */
export interface FlowSortOption {
  /**
   * Empty values come first.
   */
  doesPutEmptyStringAndNullFirst?: boolean
  /**
   * The field.
   */
  sortField?: string
  /**
   * How.
   */
  sortOrder?: 'Asc' | 'Desc'
}
/**
 * A value with a name.
 */
export interface FlowConstant {
  /**
   * What a builder keeps for itself.
   */
  processMetadataValues?: FlowMetadataValue[]
  /**
   * What it is for.
   */
  description?: string
  /**
   * Name by which other elements and formulas mention it.
   */
  name: string
  /**
   * Its type.
   */
  dataType:
    | 'Apex'
    | 'Boolean'
    | 'Currency'
    | 'Date'
    | 'DateTime'
    | 'Number'
    | 'Multipicklist'
    | 'Picklist'
    | 'String'
    | 'SObject'
    | 'sObject'
    | 'Time'
  /**
   * The value.
   */
  value?: FlowElementReferenceOrValue
}
/**
 * Refuses the save with messages.
 */
export interface FlowCustomError {
  /**
   * What a builder keeps for itself.
   */
  processMetadataValues?: FlowMetadataValue[]
  /**
   * What it is for.
   */
  description?: string
  /**
   * Name by which other elements and formulas mention it.
   */
  name: string
  /**
   * Label of it.
   */
  label?: string
  /**
   * Where it stands on the canvas, from the left.
   */
  locationX?: number
  /**
   * Where it stands on the canvas, from the top.
   */
  locationY?: number
  /**
   * What comes next.
   */
  connector?: FlowConnector
  /**
   * The messages.
   */
  customErrorMessages?: FlowCustomErrorMessage[]
}
/**
 * A message, at a field or at the top.
 */
export interface FlowCustomErrorMessage {
  /**
   * The message, with {!resources} in it.
   */
  errorMessage: string
  /**
   * Field at which it stands.
   */
  fieldSelection?: string
  /**
   * Whether it stands at a field.
   */
  isFieldError?: boolean
}
/**
 * Something a program keeps.
 */
export interface FlowCustomProperty {
  /**
   * Its name.
   */
  name: string
  /**
   * The value.
   */
  value?: FlowElementReferenceOrValue
}
/**
 * Chooses the way by conditions.
 */
export interface FlowDecision {
  /**
   * What a builder keeps for itself.
   */
  processMetadataValues?: FlowMetadataValue[]
  /**
   * What it is for.
   */
  description?: string
  /**
   * Name by which other elements and formulas mention it.
   */
  name: string
  /**
   * Label of it.
   */
  label?: string
  /**
   * Where it stands on the canvas, from the left.
   */
  locationX?: number
  /**
   * Where it stands on the canvas, from the top.
   */
  locationY?: number
  /**
   * What comes where no rule holds.
   */
  defaultConnector?: FlowConnector
  /**
   * Label of that way.
   */
  defaultConnectorLabel?: string
  /**
   * Kind of decision in the builder.
   */
  elementSubtype?: string
  /**
   * The first rule that holds is taken.
   */
  rules?: FlowRule[]
}
/**
 * One way of a decision.
 */
export interface FlowRule {
  /**
   * What a builder keeps for itself.
   */
  processMetadataValues?: FlowMetadataValue[]
  /**
   * What it is for.
   */
  description?: string
  /**
   * Its name; true where it was taken.
   */
  name: string
  /**
   * How the conditions are joined: and, or, or an expression such as 1 AND (2 OR 3).
   */
  conditionLogic?: string
  /**
   * Conditions.
   */
  conditions?: FlowCondition[]
  /**
   * What comes next.
   */
  connector?: FlowConnector
  /**
   * Only where the record did not meet the conditions before the save.
   */
  doesRequireRecordChangedToMeetCriteria?: boolean
  /**
   * Label of it.
   */
  label?: string
}
/**
 * Choices of records or of a picklist.
 */
export interface FlowDynamicChoiceSet {
  /**
   * What a builder keeps for itself.
   */
  processMetadataValues?: FlowMetadataValue[]
  /**
   * What it is for.
   */
  description?: string
  /**
   * Name by which other elements and formulas mention it.
   */
  name: string
  /**
   * Collection whose items they are.
   */
  collectionReference?: string
  /**
   * Type of the values.
   */
  dataType:
    | 'Apex'
    | 'Boolean'
    | 'Currency'
    | 'Date'
    | 'DateTime'
    | 'Number'
    | 'Multipicklist'
    | 'Picklist'
    | 'String'
    | 'SObject'
    | 'sObject'
    | 'Time'
  /**
   * Field that is shown.
   */
  displayField?: string
  /**
   * How the filters are joined: and, or, or an expression such as 1 AND (2 OR 3).
   */
  filterLogic?: string
  /**
   * Conditions over fields.
   */
  filters?: FlowRecordFilter[]
  /**
   * At most so many.
   */
  limit?: number
  /**
   * The object.
   */
  object?: string
  /**
   * Variables that get fields of the chosen record.
   */
  outputAssignments?: FlowOutputFieldAssignment[]
  /**
   * Picklist whose values they are.
   */
  picklistField?: string
  /**
   * Object of the picklist.
   */
  picklistObject?: string
  /**
   * Sorted by it.
   */
  sortField?: string
  /**
   * How it is sorted.
   */
  sortOrder?: 'Asc' | 'Desc'
  /**
   * Field whose value is taken.
   */
  valueField?: string
}
/**
 * A condition over a field.
 */
export interface FlowRecordFilter {
  /**
   * What a builder keeps for itself.
   */
  processMetadataValues?: FlowMetadataValue[]
  /**
   * The field.
   */
  field: string
  /**
   * How it is compared.
   */
  operator:
    | 'None'
    | 'EqualTo'
    | 'NotEqualTo'
    | 'GreaterThan'
    | 'LessThan'
    | 'GreaterThanOrEqualTo'
    | 'LessThanOrEqualTo'
    | 'StartsWith'
    | 'EndsWith'
    | 'Contains'
    | 'DoesNotContain'
    | 'IsNull'
    | 'IsChanged'
    | 'WasSet'
    | 'WasSelected'
    | 'WasVisited'
    | 'In'
    | 'NotIn'
    | 'IsBlank'
    | 'IsEmpty'
    | 'HasError'
    | 'MatchesRegex'
  /**
   * The value.
   */
  value?: FlowElementReferenceOrValue
}
/**
 * A variable that gets a field.
 */
export interface FlowOutputFieldAssignment {
  /**
   * What a builder keeps for itself.
   */
  processMetadataValues?: FlowMetadataValue[]
  /**
   * The variable.
   */
  assignToReference: string
  /**
   * The field.
   */
  field: string
}
/**
 * Ways that are tried out.
 */
export interface FlowExperiment {
  /**
   * What a builder keeps for itself.
   */
  processMetadataValues?: FlowMetadataValue[]
  /**
   * What it is for.
   */
  description?: string
  /**
   * Name by which other elements and formulas mention it.
   */
  name: string
  /**
   * Label of it.
   */
  label?: string
  /**
   * Where it stands on the canvas, from the left.
   */
  locationX?: number
  /**
   * Where it stands on the canvas, from the top.
   */
  locationY?: number
  /**
   * What comes otherwise.
   */
  defaultConnector?: FlowConnector
  /**
   * Label of that way.
   */
  defaultConnectorLabel?: string
  /**
   * The ways.
   */
  experimentPaths?: FlowExperimentPath[]
}
/**
 * One way that is tried out.
 */
export interface FlowExperimentPath {
  /**
   * Its name.
   */
  name: string
  /**
   * What comes next.
   */
  connector?: FlowConnector
  /**
   * Label of it.
   */
  label?: string
  /**
   * Its share.
   */
  weight?: number
}
/**
 * A formula with a name.
 */
export interface FlowFormula {
  /**
   * What a builder keeps for itself.
   */
  processMetadataValues?: FlowMetadataValue[]
  /**
   * What it is for.
   */
  description?: string
  /**
   * Name by which other elements and formulas mention it.
   */
  name: string
  /**
   * What it gives.
   */
  dataType?:
    | 'Apex'
    | 'Boolean'
    | 'Currency'
    | 'Date'
    | 'DateTime'
    | 'Number'
    | 'Multipicklist'
    | 'Picklist'
    | 'String'
    | 'SObject'
    | 'sObject'
    | 'Time'
  /**
   * The formula.
   */
  expression: string
  /**
   * Digits after the point.
   */
  scale?: number
}
/**
 * Goes through the items of a collection.
 */
export interface FlowLoop {
  /**
   * What a builder keeps for itself.
   */
  processMetadataValues?: FlowMetadataValue[]
  /**
   * What it is for.
   */
  description?: string
  /**
   * Name by which other elements and formulas mention it.
   */
  name: string
  /**
   * Label of it.
   */
  label?: string
  /**
   * Where it stands on the canvas, from the left.
   */
  locationX?: number
  /**
   * Where it stands on the canvas, from the top.
   */
  locationY?: number
  /**
   * Variable that gets the item.
   */
  assignNextValueToReference?: string
  /**
   * The collection.
   */
  collectionReference: string
  /**
   * From the first or from the last.
   */
  iterationOrder?: 'Asc' | 'Desc'
  /**
   * What is done for each item.
   */
  nextValueConnector?: FlowConnector
  /**
   * What comes after the last.
   */
  noMoreValuesConnector?: FlowConnector
}
/**
 * Stage of an orchestration.
 */
export interface FlowOrchestratedStage {
  /**
   * What a builder keeps for itself.
   */
  processMetadataValues?: FlowMetadataValue[]
  /**
   * What it is for.
   */
  description?: string
  /**
   * Name by which other elements and formulas mention it.
   */
  name: string
  /**
   * Label of it.
   */
  label?: string
  /**
   * Where it stands on the canvas, from the left.
   */
  locationX?: number
  /**
   * Where it stands on the canvas, from the top.
   */
  locationY?: number
  /**
   * What comes next.
   */
  connector?: FlowConnector
  /**
   * What goes in at the end.
   */
  exitActionInputParameters?: FlowStageStepInputParameter[]
  /**
   * Flow at the end.
   */
  exitActionName?: string
  /**
   * What comes out at the end.
   */
  exitActionOutputParameters?: FlowStageStepOutputParameter[]
  /**
   * Kind of it.
   */
  exitActionType?: string
  /**
   * How the conditions are joined: and, or, or an expression such as 1 AND (2 OR 3).
   */
  exitConditionLogic?: string
  /**
   * Conditions.
   */
  exitConditions?: FlowCondition[]
  /**
   * What comes when it fails.
   */
  faultConnector?: FlowConnector
  /**
   * Whether it runs as somebody.
   */
  runAsUser?: boolean
  /**
   * Its steps.
   */
  stageSteps?: FlowStageStep[]
}
/**
 * A value that goes in.
 */
export interface FlowStageStepInputParameter {
  /**
   * Its name.
   */
  name: string
  /**
   * The value.
   */
  value?: FlowElementReferenceOrValue
}
/**
 * A variable that gets what comes out.
 */
export interface FlowStageStepOutputParameter {
  /**
   * The variable.
   */
  assignToReference?: string
  /**
   * Its name.
   */
  name: string
}
/**
 * Step of a stage.
 */
export interface FlowStageStep {
  /**
   * What a builder keeps for itself.
   */
  processMetadataValues?: FlowMetadataValue[]
  /**
   * What it is for.
   */
  description?: string
  /**
   * Its name.
   */
  name: string
  /**
   * Its flow.
   */
  actionName?: string
  /**
   * Kind of step.
   */
  actionType?: string
  /**
   * Who does it.
   */
  assignees?: FlowStageStepAssignee[]
  /**
   * Whether that may be changed.
   */
  canAssigneeEdit?: boolean
  /**
   * What goes in at the beginning.
   */
  entryActionInputParameters?: FlowStageStepInputParameter[]
  /**
   * Flow at the beginning.
   */
  entryActionName?: string
  /**
   * What comes out at the beginning.
   */
  entryActionOutputParameters?: FlowStageStepOutputParameter[]
  /**
   * Kind of it.
   */
  entryActionType?: string
  /**
   * How the conditions are joined: and, or, or an expression such as 1 AND (2 OR 3).
   */
  entryConditionLogic?: string
  /**
   * Conditions.
   */
  entryConditions?: FlowCondition[]
  /**
   * How the conditions are joined: and, or, or an expression such as 1 AND (2 OR 3).
   */
  exitConditionLogic?: string
  /**
   * Conditions.
   */
  exitConditions?: FlowCondition[]
  /**
   * What goes in.
   */
  inputParameters?: FlowStageStepInputParameter[]
  /**
   * Label of it.
   */
  label?: string
  /**
   * What comes out.
   */
  outputParameters?: FlowStageStepOutputParameter[]
  /**
   * Done beside.
   */
  requiresAsyncProcessing?: boolean
  /**
   * Whether it runs as somebody.
   */
  runAsUser?: boolean
  /**
   * Whether the record is locked.
   */
  shouldLock?: boolean
  /**
   * Kind of step.
   */
  stepSubtype?: string
}
/**
 * Who does a step.
 */
export interface FlowStageStepAssignee {
  /**
   * The person.
   */
  assignee?: FlowElementReferenceOrValue
  /**
   * Kind of person.
   */
  assigneeType?: string
}
/**
 * Makes records.
 */
export interface FlowRecordCreate {
  /**
   * What a builder keeps for itself.
   */
  processMetadataValues?: FlowMetadataValue[]
  /**
   * What it is for.
   */
  description?: string
  /**
   * Name by which other elements and formulas mention it.
   */
  name: string
  /**
   * Label of it.
   */
  label?: string
  /**
   * Where it stands on the canvas, from the left.
   */
  locationX?: number
  /**
   * Where it stands on the canvas, from the top.
   */
  locationY?: number
  /**
   * Variable that gets the id.
   */
  assignRecordIdToReference?: string
  /**
   * How records that are there are looked for.
   */
  checkOperationType?: string
  /**
   * What comes next.
   */
  connector?: FlowConnector
  /**
   * Records that are there are changed.
   */
  doesUpsert?: boolean
  /**
   * What comes when it fails.
   */
  faultConnector?: FlowConnector
  /**
   * Fields and their values.
   */
  inputAssignments?: FlowInputFieldAssignment[]
  /**
   * Variable with the record, or the records.
   */
  inputReference?: string
  /**
   * The object.
   */
  object?: string
  /**
   * What is done where several records match.
   */
  operationMultMatchingRecords?: string
  /**
   * What is done where one record matches.
   */
  operationOneMatchingRecord?: string
  /**
   * What is done where no record matches.
   */
  operationZeroMatchingRecords?: string
  /**
   * The id bears the element's name.
   */
  storeOutputAutomatically?: boolean
  /**
   * Field by which they are found.
   */
  upsertExternalIdField?: string
}
/**
 * A field that gets a value.
 */
export interface FlowInputFieldAssignment {
  /**
   * What a builder keeps for itself.
   */
  processMetadataValues?: FlowMetadataValue[]
  /**
   * The field.
   */
  field: string
  /**
   * The value.
   */
  value?: FlowElementReferenceOrValue
}
/**
 * Deletes records.
 */
export interface FlowRecordDelete {
  /**
   * What a builder keeps for itself.
   */
  processMetadataValues?: FlowMetadataValue[]
  /**
   * What it is for.
   */
  description?: string
  /**
   * Name by which other elements and formulas mention it.
   */
  name: string
  /**
   * Label of it.
   */
  label?: string
  /**
   * Where it stands on the canvas, from the left.
   */
  locationX?: number
  /**
   * Where it stands on the canvas, from the top.
   */
  locationY?: number
  /**
   * What comes next.
   */
  connector?: FlowConnector
  /**
   * What comes when it fails.
   */
  faultConnector?: FlowConnector
  /**
   * How the filters are joined: and, or, or an expression such as 1 AND (2 OR 3).
   */
  filterLogic?: string
  /**
   * Conditions over fields.
   */
  filters?: FlowRecordFilter[]
  /**
   * Variable with the record, or the records.
   */
  inputReference?: string
  /**
   * The object.
   */
  object?: string
}
/**
 * Gets records.
 */
export interface FlowRecordLookup {
  /**
   * What a builder keeps for itself.
   */
  processMetadataValues?: FlowMetadataValue[]
  /**
   * What it is for.
   */
  description?: string
  /**
   * Name by which other elements and formulas mention it.
   */
  name: string
  /**
   * Label of it.
   */
  label?: string
  /**
   * Where it stands on the canvas, from the left.
   */
  locationX?: number
  /**
   * Where it stands on the canvas, from the top.
   */
  locationY?: number
  /**
   * Variables become empty where nothing is found.
   */
  assignNullValuesIfNoRecordsFound?: boolean
  /**
   * What comes next.
   */
  connector?: FlowConnector
  /**
   * What comes when it fails.
   */
  faultConnector?: FlowConnector
  /**
   * How the filters are joined: and, or, or an expression such as 1 AND (2 OR 3).
   */
  filterLogic?: string
  /**
   * Conditions over fields.
   */
  filters?: FlowRecordFilter[]
  /**
   * One record, not a collection.
   */
  getFirstRecordOnly?: boolean
  /**
   * At most so many records.
   */
  limit?: FlowElementReferenceOrValue
  /**
   * The object.
   */
  object: string
  /**
   * Variables that get fields of the first record.
   */
  outputAssignments?: FlowOutputFieldAssignment[]
  /**
   * Variable that gets what is found.
   */
  outputReference?: string
  /**
   * Fields that are read.
   */
  queriedFields?: string[]
  /**
   * Records read along with them.
   */
  relatedRecords?: FlowRelatedRecordLookup[]
  /**
   * Sorted by it.
   */
  sortField?: string
  /**
   * How it is sorted.
   */
  sortOrder?: 'Asc' | 'Desc'
  /**
   * What is found bears the element's name.
   */
  storeOutputAutomatically?: boolean
}
/**
 * Records read along with others.
 */
export interface FlowRelatedRecordLookup {
  /**
   * What a builder keeps for itself.
   */
  processMetadataValues?: FlowMetadataValue[]
  /**
   * What it is for.
   */
  description?: string
  /**
   * Name by which other elements and formulas mention it.
   */
  name: string
  /**
   * Label of it.
   */
  label?: string
  /**
   * How the filters are joined: and, or, or an expression such as 1 AND (2 OR 3).
   */
  filterLogic?: string
  /**
   * Conditions over fields.
   */
  filters?: FlowRecordFilter[]
  /**
   * Field that leads there.
   */
  lookupField?: string
  /**
   * The object.
   */
  object?: string
  /**
   * Field of the parent.
   */
  parentFieldReference?: string
  /**
   * Fields that are read.
   */
  queriedFields?: string[]
  /**
   * Sorted by it.
   */
  sortField?: string
  /**
   * How it is sorted.
   */
  sortOrder?: 'Asc' | 'Desc'
}
/**
 * Takes back what was written.
 */
export interface FlowRecordRollback {
  /**
   * What a builder keeps for itself.
   */
  processMetadataValues?: FlowMetadataValue[]
  /**
   * What it is for.
   */
  description?: string
  /**
   * Name by which other elements and formulas mention it.
   */
  name: string
  /**
   * Label of it.
   */
  label?: string
  /**
   * Where it stands on the canvas, from the left.
   */
  locationX?: number
  /**
   * Where it stands on the canvas, from the top.
   */
  locationY?: number
  /**
   * What comes next.
   */
  connector?: FlowConnector
}
/**
 * Changes records.
 */
export interface FlowRecordUpdate {
  /**
   * What a builder keeps for itself.
   */
  processMetadataValues?: FlowMetadataValue[]
  /**
   * What it is for.
   */
  description?: string
  /**
   * Name by which other elements and formulas mention it.
   */
  name: string
  /**
   * Label of it.
   */
  label?: string
  /**
   * Where it stands on the canvas, from the left.
   */
  locationX?: number
  /**
   * Where it stands on the canvas, from the top.
   */
  locationY?: number
  /**
   * What comes next.
   */
  connector?: FlowConnector
  /**
   * What comes when it fails.
   */
  faultConnector?: FlowConnector
  /**
   * How the filters are joined: and, or, or an expression such as 1 AND (2 OR 3).
   */
  filterLogic?: string
  /**
   * Conditions over fields.
   */
  filters?: FlowRecordFilter[]
  /**
   * Fields and their values.
   */
  inputAssignments?: FlowInputFieldAssignment[]
  /**
   * Variable with the record, or the records.
   */
  inputReference?: string
  /**
   * The object.
   */
  object?: string
  /**
   * Kept by the builder.
   */
  storeOutputAutomatically?: boolean
}
/**
 * A page that asks for something.
 */
export interface FlowScreen {
  /**
   * What a builder keeps for itself.
   */
  processMetadataValues?: FlowMetadataValue[]
  /**
   * What it is for.
   */
  description?: string
  /**
   * Name by which other elements and formulas mention it.
   */
  name: string
  /**
   * Label of it.
   */
  label?: string
  /**
   * Where it stands on the canvas, from the left.
   */
  locationX?: number
  /**
   * Where it stands on the canvas, from the top.
   */
  locationY?: number
  /**
   * Actions of the page.
   */
  actions?: FlowScreenAction[]
  /**
   * One may go back.
   */
  allowBack?: boolean
  /**
   * One may go on.
   */
  allowFinish?: boolean
  /**
   * One may go on later.
   */
  allowPause?: boolean
  /**
   * Label of the button back.
   */
  backButtonLabel?: string
  /**
   * What comes next.
   */
  connector?: FlowConnector
  /**
   * What is on the page.
   */
  fields?: FlowScreenField[]
  /**
   * Help for the page.
   */
  helpText?: string
  /**
   * Label of the button on.
   */
  nextOrFinishButtonLabel?: string
  /**
   * Label of the button for later.
   */
  pauseButtonLabel?: string
  /**
   * Told to who goes on later.
   */
  pausedText?: string
  /**
   * Rules of the page.
   */
  rules?: FlowScreenRule[]
  /**
   * Whether the buttons are shown.
   */
  showFooter?: boolean
  /**
   * Whether the title is shown.
   */
  showHeader?: boolean
  /**
   * Stage of the page.
   */
  stageReference?: string
  /**
   * Look of the page.
   */
  styleProperties?: FlowStyleProperties
  /**
   * What starts actions.
   */
  triggers?: FlowScreenTrigger[]
}
/**
 * Action of a page.
 */
export interface FlowScreenAction {
  /**
   * Its name.
   */
  name: string
  /**
   * Name of the action.
   */
  actionName?: string
  /**
   * Type of the action.
   */
  actionType?: string
  /**
   * What goes in.
   */
  inputParameters?: FlowActionCallInputParameter[]
  /**
   * Label of it.
   */
  label?: string
  /**
   * Name of the action, again.
   */
  nameSegment?: string
  /**
   * Version of the action.
   */
  versionSegment?: number
}
/**
 * Something on a page.
 */
export interface FlowScreenField {
  /**
   * What a builder keeps for itself.
   */
  processMetadataValues?: FlowMetadataValue[]
  /**
   * What it is for.
   */
  description?: string
  /**
   * Its name.
   */
  name?: string
  /**
   * Its choices.
   */
  choiceReferences?: string[]
  /**
   * Type of what is given.
   */
  dataType?: string
  /**
   * Objects of generic types.
   */
  dataTypeMappings?: FlowDataTypeMapping[]
  /**
   * Choice that is chosen at first.
   */
  defaultSelectedChoiceReference?: string
  /**
   * What it begins with.
   */
  defaultValue?: FlowElementReferenceOrValue
  /**
   * Kind in the builder.
   */
  elementSubtype?: string
  /**
   * Component that shows it.
   */
  extensionName?: string
  /**
   * Its label, or the text shown.
   */
  fieldText?: string
  /**
   * What it is.
   */
  fieldType?: string
  /**
   * What stands in it.
   */
  fields?: FlowScreenField[]
  /**
   * Help for it.
   */
  helpText?: string
  /**
   * What goes in.
   */
  inputParameters?: FlowScreenFieldInputParameter[]
  /**
   * What becomes of values when one comes back.
   */
  inputsOnNextNavToAssocScrn?: string
  /**
   * Cannot be used.
   */
  isDisabled?: FlowElementReferenceOrValue
  /**
   * Cannot be changed.
   */
  isReadOnly?: FlowElementReferenceOrValue
  /**
   * Must be given.
   */
  isRequired?: boolean
  /**
   * Is shown.
   */
  isVisible?: boolean
  /**
   * At most so many characters.
   */
  maxLength?: number
  /**
   * Field of a record.
   */
  objectFieldReference?: string
  /**
   * What comes out.
   */
  outputParameters?: FlowScreenFieldOutputParameter[]
  /**
   * Kind of container.
   */
  regionContainerType?: string
  /**
   * Digits after the point.
   */
  scale?: number
  /**
   * How single choices stand.
   */
  singleSelectLayoutType?: string
  /**
   * What comes out bears the field's name.
   */
  storeOutputAutomatically?: boolean
  /**
   * Look of it.
   */
  styleProperties?: FlowStyleProperties
  /**
   * What must hold.
   */
  validationRule?: FlowInputValidationRule
  /**
   * When it is shown.
   */
  visibilityRule?: FlowVisibilityRule
}
/**
 * A value that goes in.
 */
export interface FlowScreenFieldInputParameter {
  /**
   * What a builder keeps for itself.
   */
  processMetadataValues?: FlowMetadataValue[]
  /**
   * Its name.
   */
  name: string
  /**
   * The value.
   */
  value?: FlowElementReferenceOrValue
}
/**
 * A variable that gets what comes out.
 */
export interface FlowScreenFieldOutputParameter {
  /**
   * What a builder keeps for itself.
   */
  processMetadataValues?: FlowMetadataValue[]
  /**
   * The variable.
   */
  assignToReference?: string
  /**
   * Its name.
   */
  name: string
}
/**
 * How something looks.
 */
export interface FlowStyleProperties {
  /**
   * Its height.
   */
  height?: FlowElementReferenceOrValue
  /**
   * Where it stands.
   */
  verticalAlignment?: FlowElementReferenceOrValue
  /**
   * Its width.
   */
  width?: FlowElementReferenceOrValue
}
/**
 * When something is shown.
 */
export interface FlowVisibilityRule {
  /**
   * How the conditions are joined: and, or, or an expression such as 1 AND (2 OR 3).
   */
  conditionLogic?: string
  /**
   * Conditions.
   */
  conditions?: FlowCondition[]
}
/**
 * Rule of a page.
 */
export interface FlowScreenRule {
  /**
   * How the conditions are joined: and, or, or an expression such as 1 AND (2 OR 3).
   */
  conditionLogic?: string
  /**
   * Conditions.
   */
  conditions?: FlowCondition[]
  /**
   * Label of it.
   */
  label?: string
  /**
   * What it does.
   */
  ruleActions?: FlowScreenRuleAction[]
}
/**
 * What a rule of a page does.
 */
export interface FlowScreenRuleAction {
  /**
   * What is set.
   */
  attribute?: string
  /**
   * Where.
   */
  fieldReference?: string
  /**
   * The value.
   */
  value?: FlowElementReferenceOrValue
}
/**
 * What starts an action of a page.
 */
export interface FlowScreenTrigger {
  /**
   * The event.
   */
  eventName?: string
  /**
   * Where it happens.
   */
  eventSource?: string
  /**
   * What it starts.
   */
  handlers?: FlowScreenTriggerHandler[]
}
/**
 * What an event starts.
 */
export interface FlowScreenTriggerHandler {
  /**
   * The action.
   */
  screenActionName?: string
}
/**
 * Stage of a flow with screens.
 */
export interface FlowStage {
  /**
   * What a builder keeps for itself.
   */
  processMetadataValues?: FlowMetadataValue[]
  /**
   * What it is for.
   */
  description?: string
  /**
   * Name by which other elements and formulas mention it.
   */
  name: string
  /**
   * Label of it.
   */
  label?: string
  /**
   * Begins active.
   */
  isActive?: boolean
  /**
   * Place among the stages.
   */
  stageOrder?: number
}
/**
 * When the flow runs.
 */
export interface FlowStart {
  /**
   * What a builder keeps for itself.
   */
  processMetadataValues?: FlowMetadataValue[]
  /**
   * What it is for.
   */
  description?: string
  /**
   * Name by which other elements and formulas mention it.
   */
  name?: string
  /**
   * Label of it.
   */
  label?: string
  /**
   * Where it stands on the canvas, from the left.
   */
  locationX?: number
  /**
   * Where it stands on the canvas, from the top.
   */
  locationY?: number
  /**
   * What it is made for.
   */
  capabilityTypes?: FlowCapability[]
  /**
   * What comes next.
   */
  connector?: FlowConnector
  /**
   * Only where the record did not meet the conditions before the save.
   */
  doesRequireRecordChangedToMeetCriteria?: boolean
  /**
   * Kind of entry.
   */
  entryType?: string
  /**
   * True for the records that it runs on.
   */
  filterFormula?: string
  /**
   * How the filters are joined: and, or, or an expression such as 1 AND (2 OR 3).
   */
  filterLogic?: string
  /**
   * Conditions over fields.
   */
  filters?: FlowRecordFilter[]
  /**
   * By whose rights it runs.
   */
  flowRunAsUser?: string
  /**
   * Form that starts it.
   */
  form?: string
  /**
   * The object.
   */
  object?: string
  /**
   * Kept by the builder.
   */
  objectContainer?: string
  /**
   * Kept by the builder.
   */
  publishSegment?: boolean
  /**
   * At which saves it runs.
   */
  recordTriggerType?: 'Create' | 'Update' | 'CreateAndUpdate' | 'Delete' | 'None'
  /**
   * When it runs by the clock.
   */
  schedule?: FlowSchedule
  /**
   * What it does later.
   */
  scheduledPaths?: FlowScheduledPath[]
  /**
   * Segment that starts it.
   */
  segment?: string
  /**
   * Zone of the schedule.
   */
  timeZoneSidKey?: string
  /**
   * What starts it.
   */
  triggerType?:
    | 'None'
    | 'Scheduled'
    | 'RecordBeforeSave'
    | 'RecordAfterSave'
    | 'RecordBeforeDelete'
    | 'PlatformEvent'
    | 'Segment'
    | 'DataCloudDataChange'
    | 'DataGraphDataChange'
    | 'EventDrivenJourney'
    | 'Activation'
    | 'Capability'
    | 'ExternalSystemChange'
    | 'FormSubmissionEvent'
    | 'AutomationEvent'
    | 'ApplicationEvent'
    | 'ScheduledJourney'
}
/**
 * What a flow is made for.
 */
export interface FlowCapability {
  /**
   * Its name.
   */
  name?: string
  /**
   * Name of the capability.
   */
  capabilityName?: string
  /**
   * What goes in.
   */
  inputs?: FlowCapabilityInput[]
}
/**
 * What goes in.
 */
export interface FlowCapabilityInput {
  /**
   * Its name.
   */
  name?: string
  /**
   * Name of the input.
   */
  capabilityInputName?: string
  /**
   * Its type.
   */
  dataType?: string
  /**
   * Whether it is a collection.
   */
  isCollection?: boolean
}
/**
 * When a flow runs by the clock.
 */
export interface FlowSchedule {
  /**
   * How often.
   */
  frequency?: 'OnActivate' | 'Once' | 'Daily' | 'Weekly'
  /**
   * First day.
   */
  startDate?: string
  /**
   * Time of day.
   */
  startTime?: string
}
/**
 * What a flow does later.
 */
export interface FlowScheduledPath {
  /**
   * What a builder keeps for itself.
   */
  processMetadataValues?: FlowMetadataValue[]
  /**
   * What it is for.
   */
  description?: string
  /**
   * Its name.
   */
  name?: string
  /**
   * What comes next.
   */
  connector?: FlowConnector
  /**
   * Label of it.
   */
  label?: string
  /**
   * At most so many records at once.
   */
  maxBatchSize?: number
  /**
   * How long after, or before where it is negative.
   */
  offsetNumber?: number
  /**
   * In which unit.
   */
  offsetUnit?: 'Minutes' | 'Hours' | 'Days' | 'Months'
  /**
   * Right after the commit, where it is AsyncAfterCommit.
   */
  pathType?: 'AsyncAfterCommit'
  /**
   * Date that it counts from.
   */
  recordField?: string
  /**
   * Counted from the save, or from a date of the record.
   */
  timeSource?: 'RecordField' | 'RecordTriggerEvent'
}
/**
 * Place holder of a builder.
 */
export interface FlowStep {
  /**
   * What a builder keeps for itself.
   */
  processMetadataValues?: FlowMetadataValue[]
  /**
   * What it is for.
   */
  description?: string
  /**
   * Name by which other elements and formulas mention it.
   */
  name: string
  /**
   * Label of it.
   */
  label?: string
  /**
   * Where it stands on the canvas, from the left.
   */
  locationX?: number
  /**
   * Where it stands on the canvas, from the top.
   */
  locationY?: number
  /**
   * What comes next.
   */
  connectors?: FlowConnector[]
}
/**
 * Runs another flow.
 */
export interface FlowSubflow {
  /**
   * What a builder keeps for itself.
   */
  processMetadataValues?: FlowMetadataValue[]
  /**
   * What it is for.
   */
  description?: string
  /**
   * Name by which other elements and formulas mention it.
   */
  name: string
  /**
   * Label of it.
   */
  label?: string
  /**
   * Where it stands on the canvas, from the left.
   */
  locationX?: number
  /**
   * Where it stands on the canvas, from the top.
   */
  locationY?: number
  /**
   * What comes next.
   */
  connector?: FlowConnector
  /**
   * Name of the flow.
   */
  flowName: string
  /**
   * What goes in.
   */
  inputAssignments?: FlowSubflowInputAssignment[]
  /**
   * What comes out.
   */
  outputAssignments?: FlowSubflowOutputAssignment[]
  /**
   * What comes out bears the element's name.
   */
  storeOutputAutomatically?: boolean
}
/**
 * A value that goes into a flow.
 */
export interface FlowSubflowInputAssignment {
  /**
   * What a builder keeps for itself.
   */
  processMetadataValues?: FlowMetadataValue[]
  /**
   * Variable of the flow.
   */
  name: string
  /**
   * The value.
   */
  value?: FlowElementReferenceOrValue
}
/**
 * A variable that gets what a flow gives.
 */
export interface FlowSubflowOutputAssignment {
  /**
   * What a builder keeps for itself.
   */
  processMetadataValues?: FlowMetadataValue[]
  /**
   * The variable.
   */
  assignToReference: string
  /**
   * Variable of the flow.
   */
  name: string
}
/**
 * A text with resources in it.
 */
export interface FlowTextTemplate {
  /**
   * What a builder keeps for itself.
   */
  processMetadataValues?: FlowMetadataValue[]
  /**
   * What it is for.
   */
  description?: string
  /**
   * Name by which other elements and formulas mention it.
   */
  name: string
  /**
   * Plain text, not rich text.
   */
  isViewedAsPlainText?: boolean
  /**
   * The text, with {!resources} in it.
   */
  text: string
}
/**
 * Makes records of others.
 */
export interface FlowTransform {
  /**
   * What a builder keeps for itself.
   */
  processMetadataValues?: FlowMetadataValue[]
  /**
   * What it is for.
   */
  description?: string
  /**
   * Name by which other elements and formulas mention it.
   */
  name: string
  /**
   * Label of it.
   */
  label?: string
  /**
   * Where it stands on the canvas, from the left.
   */
  locationX?: number
  /**
   * Where it stands on the canvas, from the top.
   */
  locationY?: number
  /**
   * Class of what is made.
   */
  apexClass?: string
  /**
   * What comes next.
   */
  connector?: FlowConnector
  /**
   * Type of what is made.
   */
  dataType?: string
  /**
   * Whether it is a collection.
   */
  isCollection?: boolean
  /**
   * Object of what is made.
   */
  objectType?: string
  /**
   * Digits after the point.
   */
  scale?: number
  /**
   * What is made bears the element's name.
   */
  storeOutputAutomatically?: boolean
  /**
   * What is made of what.
   */
  transformValues?: FlowTransformValue[]
}
/**
 * What is made of what.
 */
export interface FlowTransformValue {
  /**
   * How.
   */
  transformValueActions?: FlowTransformValueAction[]
  /**
   * By a formula.
   */
  transformValueFormula?: string
  /**
   * Label of it.
   */
  transformValueLabel?: string
  /**
   * Name of it.
   */
  transformValueName?: string
}
/**
 * One value that is made.
 */
export interface FlowTransformValueAction {
  /**
   * What goes in.
   */
  inputParameters?: FlowTransformValueActionInputParameter[]
  /**
   * The field.
   */
  outputFieldApiName?: string
  /**
   * How.
   */
  transformType?: string
  /**
   * The value.
   */
  value?: FlowElementReferenceOrValue
}
/**
 * A value that goes in.
 */
export interface FlowTransformValueActionInputParameter {
  /**
   * Its name.
   */
  name: string
  /**
   * The value.
   */
  value?: FlowElementReferenceOrValue
}
/**
 * What a flow remembers.
 */
export interface FlowVariable {
  /**
   * What a builder keeps for itself.
   */
  processMetadataValues?: FlowMetadataValue[]
  /**
   * What it is for.
   */
  description?: string
  /**
   * Name by which other elements and formulas mention it.
   */
  name: string
  /**
   * Its Apex class.
   */
  apexClass?: string
  /**
   * Its type.
   */
  dataType:
    | 'Apex'
    | 'Boolean'
    | 'Currency'
    | 'Date'
    | 'DateTime'
    | 'Number'
    | 'Multipicklist'
    | 'Picklist'
    | 'String'
    | 'SObject'
    | 'sObject'
    | 'Time'
  /**
   * Whether it is a collection.
   */
  isCollection?: boolean
  /**
   * Whoever runs the flow may give it.
   */
  isInput?: boolean
  /**
   * Whoever ran the flow is told it.
   */
  isOutput?: boolean
  /**
   * Its object.
   */
  objectType?: string
  /**
   * Digits after the point.
   */
  scale?: number
  /**
   * What it begins with.
   */
  value?: FlowElementReferenceOrValue
}
/**
 * Choices shown as tiles.
 */
export interface FlowVisualPicker {
  /**
   * Its name.
   */
  name: string
  /**
   * Its choices.
   */
  choiceReferences?: string[]
}
/**
 * Waits for events.
 */
export interface FlowWait {
  /**
   * What a builder keeps for itself.
   */
  processMetadataValues?: FlowMetadataValue[]
  /**
   * What it is for.
   */
  description?: string
  /**
   * Name by which other elements and formulas mention it.
   */
  name: string
  /**
   * Label of it.
   */
  label?: string
  /**
   * Where it stands on the canvas, from the left.
   */
  locationX?: number
  /**
   * Where it stands on the canvas, from the top.
   */
  locationY?: number
  /**
   * What comes where nothing is waited for.
   */
  defaultConnector?: FlowConnector
  /**
   * Label of that way.
   */
  defaultConnectorLabel?: string
  /**
   * Kind in the builder.
   */
  elementSubtype?: string
  /**
   * Latest time of day.
   */
  extendUntil?: string
  /**
   * What comes when it fails.
   */
  faultConnector?: FlowConnector
  /**
   * How long.
   */
  offset?: number
  /**
   * In which unit.
   */
  offsetUnit?: string
  /**
   * Until when.
   */
  resumeDate?: string
  /**
   * Resource that says until when.
   */
  resumeDateReference?: string
  /**
   * Time of day.
   */
  resumeTime?: string
  /**
   * Zone of the time of day.
   */
  timeZoneId?: string
  /**
   * What is waited for.
   */
  waitEvents?: FlowWaitEvent[]
}
/**
 * What is waited for.
 */
export interface FlowWaitEvent {
  /**
   * What a builder keeps for itself.
   */
  processMetadataValues?: FlowMetadataValue[]
  /**
   * What it is for.
   */
  description?: string
  /**
   * Its name.
   */
  name: string
  /**
   * Element that it belongs to.
   */
  associatedElement?: string
  /**
   * How the conditions are joined: and, or, or an expression such as 1 AND (2 OR 3).
   */
  conditionLogic?: string
  /**
   * Conditions.
   */
  conditions?: FlowCondition[]
  /**
   * What comes next.
   */
  connector?: FlowConnector
  /**
   * Kind of event.
   */
  eventType?: string
  /**
   * How the filters are joined: and, or, or an expression such as 1 AND (2 OR 3).
   */
  filterLogic?: string
  /**
   * Conditions over fields.
   */
  filters?: FlowRecordFilter[]
  /**
   * What goes in.
   */
  inputParameters?: FlowWaitEventInputParameter[]
  /**
   * Label of it.
   */
  label?: string
  /**
   * The object.
   */
  object?: string
  /**
   * Kept by the builder.
   */
  objectContainer?: string
  /**
   * How long.
   */
  offset?: number
  /**
   * In which unit.
   */
  offsetUnit?: string
  /**
   * What comes out.
   */
  outputParameters?: FlowWaitEventOutputParameter[]
  /**
   * Kind of change.
   */
  recordTriggerType?: string
  /**
   * Until when.
   */
  resumeDate?: string
  /**
   * Resource that says until when.
   */
  resumeDateReference?: string
  /**
   * Time of day.
   */
  resumeTime?: string
}
/**
 * A value that goes in.
 */
export interface FlowWaitEventInputParameter {
  /**
   * What a builder keeps for itself.
   */
  processMetadataValues?: FlowMetadataValue[]
  /**
   * Its name.
   */
  name: string
  /**
   * The value.
   */
  value?: FlowElementReferenceOrValue
}
/**
 * A variable that gets what comes out.
 */
export interface FlowWaitEventOutputParameter {
  /**
   * What a builder keeps for itself.
   */
  processMetadataValues?: FlowMetadataValue[]
  /**
   * The variable.
   */
  assignToReference: string
  /**
   * Its name.
   */
  name: string
}
/**
 * Picklist values that several fields share.
 */
export interface GlobalValueSet {
  /**
   * Name of the value set.
   */
  fullName: string
  /**
   * Label in the user interface.
   */
  masterLabel?: string
  /**
   * What the values are for.
   */
  description?: string
  /**
   * Values are shown in the order of their labels.
   */
  sorted?: boolean
  /**
   * The values in their order.
   */
  customValue?: CustomValue[]
}
/**
 * Labels of a value set in one language.
 */
export interface GlobalValueSetTranslation {
  /**
   * Value set and language, joined by a hyphen.
   */
  fullName: string
  /**
   * Labels of the values.
   */
  valueTranslation?: PicklistValueTranslation[]
}
/**
 * Public group of users, roles and other groups.
 */
export interface Group {
  /**
   * Name of the group.
   */
  fullName: string
  /**
   * Label in the user interface.
   */
  name?: string
  /**
   * What the group is for.
   */
  description?: string
  /**
   * Whoever stands above a member has the member's access.
   */
  doesIncludeBosses?: boolean
}
/**
 * Page layout of an object: sections of fields, related lists and actions.
 */
export interface Layout {
  /**
   * Object and name of the layout, joined by a hyphen.
   */
  fullName: string
  /**
   * Sections from top to bottom.
   */
  layoutSections?: LayoutSection[]
  /**
   * Lists of related records, in order.
   */
  relatedLists?: RelatedListItem[]
  /**
   * Quick actions that the page offers, in order.
   */
  quickActionList?: QuickActionList
  /**
   * Actions of phones and newer pages; those of the type QuickAction are offered where there is no quickActionList.
   */
  platformActionList?: PlatformActionList
  /**
   * Own buttons shown.
   */
  customButtons?: string[]
  /**
   * Standard buttons not shown.
   */
  excludeButtons?: string[]
  /**
   * Fields of the hover box and the console.
   */
  miniLayout?: MiniLayout
  /**
   * Fields of the highlights panel.
   */
  summaryLayout?: SummaryLayout
  /**
   * How the feed view is arranged.
   */
  feedLayout?: FeedLayout
  /**
   * Cards beside the record on phones.
   */
  relatedContent?: RelatedContent
  /**
   * Lookups whose records the console shows.
   */
  relatedObjects?: string[]
  /**
   * Fields of opportunity product lines.
   */
  multilineLayoutFields?: string[]
  /**
   * Own components of the console.
   */
  customConsoleComponents?: CustomConsoleComponents
  /**
   * Tags shown at the top.
   */
  headers?: ('PersonalTagging' | 'PublicTagging')[]
  /**
   * The box for sending a mail is ticked.
   */
  emailDefault?: boolean
  /**
   * The box for running assignment rules is ticked.
   */
  runAssignmentRulesDefault?: boolean
  /**
   * The box for sending a mail is shown.
   */
  showEmailCheckbox?: boolean
  /**
   * The highlights panel is shown.
   */
  showHighlightsPanel?: boolean
  /**
   * The interaction log is shown.
   */
  showInteractionLogPanel?: boolean
  /**
   * The knowledge sidebar is shown.
   */
  showKnowledgeComponent?: boolean
  /**
   * The box for running assignment rules is shown.
   */
  showRunAssignmentRulesCheckbox?: boolean
  /**
   * The solution section is shown.
   */
  showSolutionSection?: boolean
  /**
   * The button for submitting and attaching is shown.
   */
  showSubmitAndAttachButton?: boolean
}
/**
 * Section of a layout.
 */
export interface LayoutSection {
  /**
   * Heading of the section.
   */
  label?: string
  /**
   * The heading is the layout's own and can be translated.
   */
  customLabel?: boolean
  /**
   * The heading shows on the record page.
   */
  detailHeading?: boolean
  /**
   * The heading shows in the form.
   */
  editHeading?: boolean
  /**
   * Columns, and the order in which the keyboard passes the fields.
   */
  style?: 'TwoColumnsTopToBottom' | 'TwoColumnsLeftToRight' | 'OneColumn' | 'CustomLinks'
  /**
   * Columns from left to right.
   */
  layoutColumns?: LayoutColumn[]
}
/**
 * Column of a section.
 */
export interface LayoutColumn {
  /**
   * Fields and other items from top to bottom.
   */
  layoutItems?: LayoutItem[]
  /**
   * Kept for compatibility; without meaning.
   */
  reserved?: string
}
/**
 * Field, space or component of a column.
 */
export interface LayoutItem {
  /**
   * What users may do with the field.
   */
  behavior?: 'Edit' | 'Required' | 'Readonly'
  /**
   * API name of the field.
   */
  field?: string
  /**
   * Nothing stands here.
   */
  emptySpace?: boolean
  /**
   * Link that stands here.
   */
  customLink?: string
  /**
   * Page that stands here.
   */
  page?: string
  /**
   * Component that stands here.
   */
  component?: string
  /**
   * Canvas app that stands here.
   */
  canvas?: string
  /**
   * Control that stands here.
   */
  scontrol?: string
  /**
   * Dashboard of the analytics product that stands here.
   */
  analyticsCloudComponent?: AnalyticsCloudComponentLayoutItem
  /**
   * Report chart that stands here.
   */
  reportChartComponent?: ReportChartComponentLayoutItem
  /**
   * Height in pixels.
   */
  height?: number
  /**
   * Width in pixels or per cent.
   */
  width?: string
  /**
   * The label is shown.
   */
  showLabel?: boolean
  /**
   * Scroll bars are shown.
   */
  showScrollbars?: boolean
}
/**
 * Dashboard of the analytics product.
 */
export interface AnalyticsCloudComponentLayoutItem {
  /**
   * Kind of asset.
   */
  assetType?: string
  /**
   * Name of the dashboard.
   */
  devName?: string
  /**
   * Error of the dashboard.
   */
  error?: string
  /**
   * Filter that connects it with the record.
   */
  filter?: string
  /**
   * Height in pixels.
   */
  height?: number
  /**
   * It is not shown when it fails.
   */
  hideOnError?: boolean
  /**
   * Its header is shown.
   */
  showHeader?: boolean
  /**
   * Its sharing icon is shown.
   */
  showSharing?: boolean
  /**
   * Its title is shown.
   */
  showTitle?: boolean
  /**
   * Width in pixels or per cent.
   */
  width?: string
}
/**
 * Chart of a report.
 */
export interface ReportChartComponentLayoutItem {
  /**
   * The last result is shown again.
   */
  cacheData?: boolean
  /**
   * Field by which the record filters it.
   */
  contextFilterableField?: string
  /**
   * Error of the chart.
   */
  error?: string
  /**
   * It is not shown when it fails.
   */
  hideOnError?: boolean
  /**
   * It is filtered by the record.
   */
  includeContext?: boolean
  /**
   * The report.
   */
  reportName?: string
  /**
   * The title is shown.
   */
  showTitle?: boolean
  /**
   * Size of the chart.
   */
  size?: 'SMALL' | 'MEDIUM' | 'LARGE'
}
/**
 * List of related records.
 */
export interface RelatedListItem {
  /**
   * The list: a child relationship, or Object.Field for own objects.
   */
  relatedList: string
  /**
   * Columns in order.
   */
  fields?: string[]
  /**
   * Field that the list is sorted by.
   */
  sortField?: string
  /**
   * Direction of the sort.
   */
  sortOrder?: 'Asc' | 'Desc'
  /**
   * Own buttons shown.
   */
  customButtons?: string[]
  /**
   * Standard buttons not shown.
   */
  excludeButtons?: string[]
  /**
   * Quick actions shown.
   */
  quickActions?: string[]
}
/**
 * Quick actions of a page.
 */
export interface QuickActionList {
  /**
   * The actions in order.
   */
  quickActionListItems?: QuickActionListItem[]
}
/**
 * Quick action of a page.
 */
export interface QuickActionListItem {
  /**
   * The quick action.
   */
  quickActionName: string
}
/**
 * Actions of a page.
 */
export interface PlatformActionList {
  /**
   * Kind of page.
   */
  actionListContext?: string
  /**
   * The actions.
   */
  platformActionListItems?: PlatformActionListItem[]
  /**
   * Object or list view the actions belong to.
   */
  relatedSourceEntity?: string
}
/**
 * Action of a page.
 */
export interface PlatformActionListItem {
  /**
   * Name of the action.
   */
  actionName: string
  /**
   * Kind of action.
   */
  actionType?: string
  /**
   * Place among the actions.
   */
  sortOrder?: number
  /**
   * Finer kind of action.
   */
  subtype?: string
}
/**
 * Fields of the hover box and the console.
 */
export interface MiniLayout {
  /**
   * The fields in order.
   */
  fields?: string[]
  /**
   * The related lists in order.
   */
  relatedLists?: RelatedListItem[]
}
/**
 * Fields of the highlights panel.
 */
export interface SummaryLayout {
  /**
   * Name of the panel.
   */
  masterLabel?: string
  /**
   * Columns.
   */
  sizeX?: number
  /**
   * Rows.
   */
  sizeY?: number
  /**
   * Depth; without meaning.
   */
  sizeZ?: number
  /**
   * The fields.
   */
  summaryLayoutItems?: SummaryLayoutItem[]
  /**
   * Style of the panel.
   */
  summaryLayoutStyle?: string
}
/**
 * Field of the highlights panel.
 */
export interface SummaryLayoutItem {
  /**
   * Link shown.
   */
  customLink?: string
  /**
   * Field shown.
   */
  field?: string
  /**
   * Column from 0.
   */
  posX?: number
  /**
   * Row from 0.
   */
  posY?: number
  /**
   * Depth; without meaning.
   */
  posZ?: number
}
/**
 * How the feed view is arranged.
 */
export interface FeedLayout {
  /**
   * The publisher closes when it is not used.
   */
  autocollapsePublisher?: boolean
  /**
   * The feed is shown in compact form.
   */
  compactFeed?: boolean
  /**
   * Where the feed's filters stand.
   */
  feedFilterPosition?: string
  /**
   * The filters.
   */
  feedFilters?: FeedLayoutFilter[]
  /**
   * The feed takes the whole width.
   */
  fullWidthFeed?: boolean
  /**
   * The sidebar is not shown.
   */
  hideSidebar?: boolean
  /**
   * Posts from outside are highlighted.
   */
  highlightExternalFeedItems?: boolean
  /**
   * Components on the left.
   */
  leftComponents?: FeedLayoutComponent[]
  /**
   * Components on the right.
   */
  rightComponents?: FeedLayoutComponent[]
  /**
   * Filters stand in the feed in the console.
   */
  useInlineFiltersInConsole?: boolean
}
/**
 * Filter of the feed.
 */
export interface FeedLayoutFilter {
  /**
   * Name of the filter.
   */
  feedFilterName?: string
  /**
   * Kind of filter.
   */
  feedFilterType?: string
  /**
   * Kind of post it shows.
   */
  feedItemType?: string
}
/**
 * Component beside the feed.
 */
export interface FeedLayoutComponent {
  /**
   * Kind of component.
   */
  componentType?: string
  /**
   * Height in pixels.
   */
  height?: number
  /**
   * Page shown.
   */
  page?: string
}
/**
 * Cards beside the record.
 */
export interface RelatedContent {
  /**
   * The cards in order.
   */
  relatedContentItems?: RelatedContentItem[]
}
/**
 * Card beside the record.
 */
export interface RelatedContentItem {
  /**
   * What the card shows.
   */
  layoutItem?: LayoutItem
}
/**
 * Own components of the console.
 */
export interface CustomConsoleComponents {
  /**
   * Components of primary tabs.
   */
  primaryTabComponents?: PrimaryTabComponents
  /**
   * Components of subtabs.
   */
  subtabComponents?: SubtabComponents
}
/**
 * Components of primary tabs.
 */
export interface PrimaryTabComponents {
  /**
   * Containers of components.
   */
  containers?: ConsoleContainer[]
}
/**
 * Container of console components.
 */
export interface ConsoleContainer {
  /**
   * Height in the given unit.
   */
  height?: number
  /**
   * The container fits its content.
   */
  isContainerAutoSizeEnabled?: boolean
  /**
   * Side of the page.
   */
  region?: string
  /**
   * The components.
   */
  sidebarComponents?: SidebarComponent[]
  /**
   * Stack, tabs or accordion.
   */
  style?: string
  /**
   * Unit of the sizes.
   */
  unit?: string
  /**
   * Width in the given unit.
   */
  width?: number
}
/**
 * Component of the console.
 */
export interface SidebarComponent {
  /**
   * Kind of component.
   */
  componentType?: string
  /**
   * Action for new records.
   */
  createAction?: string
  /**
   * Records can be linked.
   */
  enableLinking?: boolean
  /**
   * Height in the given unit.
   */
  height?: number
  /**
   * Knowledge search is on.
   */
  knowledgeOneEnable?: boolean
  /**
   * Label shown.
   */
  label?: string
  /**
   * Lookup whose record is shown.
   */
  lookup?: string
  /**
   * Page shown.
   */
  page?: string
  /**
   * Related lists shown.
   */
  relatedLists?: ConsoleRelatedList[]
  /**
   * Unit of the sizes.
   */
  unit?: string
  /**
   * Action for changes.
   */
  updateAction?: string
  /**
   * Width in the given unit.
   */
  width?: number
}
/**
 * Related list of a console component.
 */
export interface ConsoleRelatedList {
  /**
   * The list is not shown on the record page.
   */
  hideOnDetail?: boolean
  /**
   * The list.
   */
  name: string
}
/**
 * Components of subtabs.
 */
export interface SubtabComponents {
  /**
   * Containers of components.
   */
  containers?: ConsoleContainer[]
}
/**
 * Path of stages shown on a record page, with guidance.
 */
export interface PathAssistant {
  /**
   * Name of the path.
   */
  fullName: string
  /**
   * Label in the user interface.
   */
  masterLabel?: string
  /**
   * Whether the path is shown.
   */
  active?: boolean
  /**
   * Object of the path.
   */
  entityName?: string
  /**
   * Picklist whose values are the stages.
   */
  fieldName?: string
  /**
   * Record type it belongs to.
   */
  recordTypeName?: string
  /**
   * Guidance of each stage.
   */
  pathAssistantSteps?: PathAssistantStep[]
}
/**
 * Guidance of one stage.
 */
export interface PathAssistantStep {
  /**
   * Key fields shown.
   */
  fieldNames?: string[]
  /**
   * Advice shown.
   */
  info?: string
  /**
   * The stage.
   */
  picklistValueName: string
}
/**
 * Set of rights that can be given to users.
 */
export interface PermissionSet {
  /**
   * Name of the permission set.
   */
  fullName: string
  /**
   * Label in the user interface.
   */
  label?: string
  /**
   * What the set is for.
   */
  description?: string
  /**
   * The rights count only in activated sessions.
   */
  hasActivationRequired?: boolean
  /**
   * Licence that users need.
   */
  license?: string
  /**
   * System permissions.
   */
  userPermissions?: UserPermission[]
  /**
   * Rights on objects.
   */
  objectPermissions?: ObjectPermission[]
  /**
   * Rights on fields.
   */
  fieldPermissions?: FieldPermission[]
  /**
   * Record types that may be used.
   */
  recordTypeVisibilities?: PermissionSetRecordTypeVisibility[]
  /**
   * Applications that are shown.
   */
  applicationVisibilities?: PermissionSetApplicationVisibility[]
  /**
   * Tabs that are shown.
   */
  tabSettings?: PermissionSetTabSetting[]
  /**
   * Custom permissions.
   */
  customPermissions?: CustomPermissionAccess[]
  /**
   * Custom metadata types that may be read.
   */
  customMetadataTypeAccesses?: NamedAccess[]
  /**
   * Custom settings that may be read.
   */
  customSettingAccesses?: NamedAccess[]
  /**
   * Classes that may be called.
   */
  classAccesses?: ClassAccess[]
  /**
   * Pages that may be opened.
   */
  pageAccesses?: PageAccess[]
  /**
   * Flows that may be run.
   */
  flowAccesses?: FlowAccess[]
  /**
   * Agents that may be used.
   */
  agentAccesses?: AgentAccess[]
  /**
   * External credentials that may be used.
   */
  externalCredentialPrincipalAccesses?: ExternalCredentialPrincipalAccess[]
  /**
   * External data sources that may be used.
   */
  externalDataSourceAccesses?: ExternalDataSourceAccess[]
  /**
   * Mail routing addresses that may be used.
   */
  emailRoutingAddressAccesses?: NamedAccess[]
  /**
   * Presence states that may be set.
   */
  servicePresenceStatusAccesses?: ServicePresenceStatusAccess[]
  /**
   * Data spaces that may be used.
   */
  dataspaceScopes?: DataspaceScope[]
}
/**
 * System permission.
 */
export interface UserPermission {
  /**
   * Whether it is given.
   */
  enabled: boolean
  /**
   * The permission, such as CustomizeApplication.
   */
  name: string
}
/**
 * Rights on one object.
 */
export interface ObjectPermission {
  /**
   * Records may be created.
   */
  allowCreate?: boolean
  /**
   * Records may be deleted.
   */
  allowDelete?: boolean
  /**
   * Records may be changed.
   */
  allowEdit?: boolean
  /**
   * Records may be read.
   */
  allowRead?: boolean
  /**
   * All records may be changed, whoever owns them.
   */
  modifyAllRecords?: boolean
  /**
   * API name of the object.
   */
  object: string
  /**
   * All fields may be read.
   */
  viewAllFields?: boolean
  /**
   * All records may be read, whoever owns them.
   */
  viewAllRecords?: boolean
}
/**
 * Rights on one field.
 */
export interface FieldPermission {
  /**
   * The field may be changed.
   */
  editable?: boolean
  /**
   * The field, as Object.Field.
   */
  field: string
  /**
   * The field may be read.
   */
  readable?: boolean
}
/**
 * Right to use a record type.
 */
export interface PermissionSetRecordTypeVisibility {
  /**
   * The record type, as Object.RecordType.
   */
  recordType: string
  /**
   * Whether it may be used.
   */
  visible: boolean
}
/**
 * Whether an application is shown.
 */
export interface PermissionSetApplicationVisibility {
  /**
   * Name of the application.
   */
  application: string
  /**
   * Whether it is shown.
   */
  visible: boolean
}
/**
 * Whether a tab is shown.
 */
export interface PermissionSetTabSetting {
  /**
   * Name of the tab.
   */
  tab: string
  /**
   * Whether it is shown, or can be added by the user.
   */
  visibility: 'Available' | 'None' | 'Visible'
}
/**
 * Custom permission.
 */
export interface CustomPermissionAccess {
  /**
   * Whether it is given.
   */
  enabled: boolean
  /**
   * Name of the permission.
   */
  name: string
}
/**
 * Right to use a thing by its name.
 */
export interface NamedAccess {
  /**
   * Whether it is given.
   */
  enabled: boolean
  /**
   * Name of the thing.
   */
  name: string
}
/**
 * Right to call a class.
 */
export interface ClassAccess {
  /**
   * Name of the class.
   */
  apexClass: string
  /**
   * Whether it is given.
   */
  enabled: boolean
}
/**
 * Right to open a page.
 */
export interface PageAccess {
  /**
   * Name of the page.
   */
  apexPage: string
  /**
   * Whether it is given.
   */
  enabled: boolean
}
/**
 * Right to run a flow.
 */
export interface FlowAccess {
  /**
   * Whether it is given.
   */
  enabled: boolean
  /**
   * Name of the flow.
   */
  flow: string
}
/**
 * Right to use an agent.
 */
export interface AgentAccess {
  /**
   * Name of the agent.
   */
  agentName: string
  /**
   * Whether it is given.
   */
  enabled: boolean
}
/**
 * Right to use an external credential.
 */
export interface ExternalCredentialPrincipalAccess {
  /**
   * Whether it is given.
   */
  enabled: boolean
  /**
   * The credential and its principal.
   */
  externalCredentialPrincipal: string
}
/**
 * Right to use an external data source.
 */
export interface ExternalDataSourceAccess {
  /**
   * Whether it is given.
   */
  enabled: boolean
  /**
   * Name of the source.
   */
  externalDataSource: string
}
/**
 * Right to set a presence state.
 */
export interface ServicePresenceStatusAccess {
  /**
   * Whether it is given.
   */
  enabled: boolean
  /**
   * Name of the state.
   */
  servicePresenceStatus: string
}
/**
 * Right to use a data space.
 */
export interface DataspaceScope {
  /**
   * Name of the data space.
   */
  dataspaceScope: string
  /**
   * Whether it is given.
   */
  enabled: boolean
}
/**
 * Permission sets that are given together.
 */
export interface PermissionSetGroup {
  /**
   * Name of the group.
   */
  fullName: string
  /**
   * Label in the user interface.
   */
  label?: string
  /**
   * What the group is for.
   */
  description?: string
  /**
   * The rights count only in activated sessions.
   */
  hasActivationRequired?: boolean
  /**
   * The permission sets.
   */
  permissionSets?: string[]
  /**
   * Permission sets whose rights the group does not give, whichever of its sets has them.
   */
  mutingPermissionSets?: string[]
  /**
   * Whether the group's rights are worked out.
   */
  status?: string
}
/**
 * Set of rights and defaults that every user has exactly one of.
 */
export interface Profile {
  /**
   * Name of the profile.
   */
  fullName: string
  /**
   * What the profile is for.
   */
  description?: string
  /**
   * The profile was made by an administrator.
   */
  custom?: boolean
  /**
   * Licence that users have.
   */
  userLicense?: string
  /**
   * System permissions.
   */
  userPermissions?: UserPermission[]
  /**
   * Rights on objects.
   */
  objectPermissions?: ObjectPermission[]
  /**
   * Rights on fields.
   */
  fieldPermissions?: FieldPermission[]
  /**
   * Record types that may be used.
   */
  recordTypeVisibilities?: ProfileRecordTypeVisibility[]
  /**
   * Page layout of each object and record type.
   */
  layoutAssignments?: ProfileLayoutAssignment[]
  /**
   * Applications that are shown.
   */
  applicationVisibilities?: ProfileApplicationVisibility[]
  /**
   * Tabs that are shown.
   */
  tabVisibilities?: ProfileTabVisibility[]
  /**
   * Custom permissions.
   */
  customPermissions?: CustomPermissionAccess[]
  /**
   * Custom metadata types that may be read.
   */
  customMetadataTypeAccesses?: NamedAccess[]
  /**
   * Custom settings that may be read.
   */
  customSettingAccesses?: NamedAccess[]
  /**
   * Classes that may be called.
   */
  classAccesses?: ClassAccess[]
  /**
   * Pages that may be opened.
   */
  pageAccesses?: PageAccess[]
  /**
   * Flows that may be run.
   */
  flowAccesses?: FlowAccess[]
  /**
   * Agents that may be used.
   */
  agentAccesses?: AgentAccess[]
  /**
   * External credentials that may be used.
   */
  externalCredentialPrincipalAccesses?: ExternalCredentialPrincipalAccess[]
  /**
   * External data sources that may be used.
   */
  externalDataSourceAccesses?: ExternalDataSourceAccess[]
  /**
   * Presence states that may be set.
   */
  servicePresenceStatusAccesses?: ServicePresenceStatusAccess[]
  /**
   * Data categories that are shown.
   */
  categoryGroupVisibilities?: ProfileCategoryGroupVisibility[]
  /**
   * Flow that runs after sign-in.
   */
  loginFlows?: ProfileLoginFlow[]
  /**
   * Times at which users may sign in.
   */
  loginHours?: ProfileLoginHours
  /**
   * Addresses from which users may sign in.
   */
  loginIpRanges?: ProfileLoginIpRange[]
  /**
   * Pages that take the place of standard actions.
   */
  profileActionOverrides?: ProfileActionOverride[]
}
/**
 * Right to use a record type.
 */
export interface ProfileRecordTypeVisibility {
  /**
   * New records have it.
   */
  default: boolean
  /**
   * New person accounts have it.
   */
  personAccountDefault?: boolean
  /**
   * The record type, as Object.RecordType.
   */
  recordType: string
  /**
   * Whether it may be used.
   */
  visible: boolean
}
/**
 * Page layout of an object or record type.
 */
export interface ProfileLayoutAssignment {
  /**
   * Full name of the layout.
   */
  layout: string
  /**
   * The record type, as Object.RecordType; all others when left out.
   */
  recordType?: string
}
/**
 * Whether an application is shown.
 */
export interface ProfileApplicationVisibility {
  /**
   * Name of the application.
   */
  application: string
  /**
   * It opens first.
   */
  default: boolean
  /**
   * Whether it is shown.
   */
  visible: boolean
}
/**
 * Whether a tab is shown.
 */
export interface ProfileTabVisibility {
  /**
   * Name of the tab.
   */
  tab: string
  /**
   * Whether it is shown, or can be added by the user.
   */
  visibility: 'DefaultOff' | 'DefaultOn' | 'Hidden'
}
/**
 * Data categories that are shown.
 */
export interface ProfileCategoryGroupVisibility {
  /**
   * The categories.
   */
  dataCategories?: string[]
  /**
   * Group of the categories.
   */
  dataCategoryGroup: string
  /**
   * All, custom or none.
   */
  visibility: string
}
/**
 * Flow that runs after sign-in.
 */
export interface ProfileLoginFlow {
  /**
   * Name of the flow.
   */
  flow?: string
  /**
   * Kind of flow.
   */
  flowType?: string
  /**
   * Name shown.
   */
  friendlyName?: string
  /**
   * Kind of user interface.
   */
  uiLoginFlowType?: string
  /**
   * Whether the newer runtime is used.
   */
  useLightningRuntime?: string
  /**
   * Page of the flow.
   */
  vfFlowPage?: string
  /**
   * Title of the page.
   */
  vfFlowPageTitle?: string
}
/**
 * Times at which users may sign in, as minutes of the day.
 */
export interface ProfileLoginHours {
  /**
   * First minute of Monday.
   */
  mondayStart?: string
  /**
   * Last minute of Monday.
   */
  mondayEnd?: string
  /**
   * First minute of Tuesday.
   */
  tuesdayStart?: string
  /**
   * Last minute of Tuesday.
   */
  tuesdayEnd?: string
  /**
   * First minute of Wednesday.
   */
  wednesdayStart?: string
  /**
   * Last minute of Wednesday.
   */
  wednesdayEnd?: string
  /**
   * First minute of Thursday.
   */
  thursdayStart?: string
  /**
   * Last minute of Thursday.
   */
  thursdayEnd?: string
  /**
   * First minute of Friday.
   */
  fridayStart?: string
  /**
   * Last minute of Friday.
   */
  fridayEnd?: string
  /**
   * First minute of Saturday.
   */
  saturdayStart?: string
  /**
   * Last minute of Saturday.
   */
  saturdayEnd?: string
  /**
   * First minute of Sunday.
   */
  sundayStart?: string
  /**
   * Last minute of Sunday.
   */
  sundayEnd?: string
}
/**
 * Addresses from which users may sign in.
 */
export interface ProfileLoginIpRange {
  /**
   * Whose addresses these are.
   */
  description?: string
  /**
   * First address.
   */
  startAddress: string
  /**
   * Last address.
   */
  endAddress: string
}
/**
 * Queue that owns records until a member takes them.
 */
export interface Queue {
  /**
   * Name of the queue.
   */
  fullName: string
  /**
   * Label in the user interface.
   */
  name?: string
  /**
   * What the queue is for.
   */
  description?: string
  /**
   * Address that is told of new records.
   */
  email?: string
  /**
   * Members are told of new records.
   */
  doesSendEmailToMembers?: boolean
  /**
   * Who takes records from the queue.
   */
  queueMembers?: QueueMembers
  /**
   * How records are routed.
   */
  queueRoutingConfig?: string
  /**
   * Objects whose records the queue can own.
   */
  queueSobject?: QueueSobject[]
}
/**
 * Members of a queue.
 */
export interface QueueMembers {
  /**
   * Public groups.
   */
  publicGroups?: PublicGroups
  /**
   * Roles.
   */
  roles?: Roles
  /**
   * Roles with the roles under them.
   */
  roleAndSubordinates?: RoleAndSubordinates
  /**
   * Roles with the internal roles under them.
   */
  roleAndSubordinatesInternal?: RoleAndSubordinatesInternal
  /**
   * Users.
   */
  users?: Users
}
/**
 * Public groups.
 */
export interface PublicGroups {
  /**
   * Names of the groups.
   */
  publicGroup?: string[]
}
/**
 * Roles.
 */
export interface Roles {
  /**
   * Names of the roles.
   */
  role?: string[]
}
/**
 * Roles with the roles under them.
 */
export interface RoleAndSubordinates {
  /**
   * Names of the roles.
   */
  roleAndSubordinate?: string[]
}
/**
 * Roles with the internal roles under them.
 */
export interface RoleAndSubordinatesInternal {
  /**
   * Names of the roles.
   */
  roleAndSubordinateInternal?: string[]
}
/**
 * Users.
 */
export interface Users {
  /**
   * User names.
   */
  user?: string[]
}
/**
 * Object whose records a queue can own.
 */
export interface QueueSobject {
  /**
   * API name of the object.
   */
  sobjectType: string
}
/**
 * Action that users start from a page: a small form that makes or changes a record.
 */
export interface QuickAction {
  /**
   * Name of the action, after the object and a dot where it belongs to one.
   */
  fullName: string
  /**
   * Label in the user interface.
   */
  label?: string
  /**
   * Standard label that is translated for every language.
   */
  standardLabel?: string
  /**
   * What the action is for.
   */
  description?: string
  /**
   * Kind of action: Create, Update and LogACall; Flow, LightningWebComponent and others are kept without effect.
   */
  type?: string
  /**
   * Object of the new record.
   */
  targetObject?: string
  /**
   * Lookup of the new record that leads to the record it was started from.
   */
  targetParentField?: string
  /**
   * Record type of the new record, with or without its object before a dot.
   */
  targetRecordType?: string
  /**
   * Values of the new record.
   */
  fieldOverrides?: FieldOverride[]
  /**
   * Fields of the form.
   */
  quickActionLayout?: QuickActionLayout
  /**
   * What users read afterwards.
   */
  successMessage?: string
  /**
   * Finer kind of a component action.
   */
  actionSubtype?: string
  /**
   * Canvas app shown.
   */
  canvas?: string
  /**
   * Flow that runs.
   */
  flowDefinition?: string
  /**
   * Height in pixels; -100 where it does not apply.
   */
  height?: number
  /**
   * Image that is the icon.
   */
  icon?: string
  /**
   * Only the package it came with may use it.
   */
  isProtected?: boolean
  /**
   * Aura component shown.
   */
  lightningComponent?: string
  /**
   * Web component shown.
   */
  lightningWebComponent?: string
  /**
   * The result is posted to the feed.
   */
  optionsCreateFeedItem?: boolean
  /**
   * Page shown.
   */
  page?: string
  /**
   * Settings for sending mails.
   */
  quickActionSendEmailOptions?: QuickActionSendEmailOptions
  /**
   * Width in pixels; -100 where it does not apply.
   */
  width?: number
}
/**
 * Value of a field of the new record.
 */
export interface FieldOverride {
  /**
   * API name of the field.
   */
  field: string
  /**
   * Formula of the value, over the record that the action starts from and globals.
   */
  formula?: string
  /**
   * The value itself.
   */
  literalValue?: string
}
/**
 * Fields of the action's form.
 */
export interface QuickActionLayout {
  /**
   * Columns of the form.
   */
  layoutSectionStyle?: string
  /**
   * Columns from left to right.
   */
  quickActionLayoutColumns?: QuickActionLayoutColumn[]
}
/**
 * Column of the form.
 */
export interface QuickActionLayoutColumn {
  /**
   * Items from top to bottom.
   */
  quickActionLayoutItems?: QuickActionLayoutItem[]
}
/**
 * Field or space of the form.
 */
export interface QuickActionLayoutItem {
  /**
   * Nothing stands here.
   */
  emptySpace?: boolean
  /**
   * API name of the field.
   */
  field?: string
  /**
   * What users may do with the field.
   */
  uiBehavior?: 'Edit' | 'Required' | 'Readonly'
}
/**
 * Settings for sending mails.
 */
export interface QuickActionSendEmailOptions {
  /**
   * Template that is filled in.
   */
  defaultEmailTemplateName?: string
  /**
   * The template's subject is left out.
   */
  ignoreDefaultEmailTemplateSubject?: boolean
}
/**
 * Objects and fields that reports of a kind can use.
 */
export interface ReportType {
  /**
   * Name of the report type.
   */
  fullName: string
  /**
   * Label in the user interface.
   */
  label?: string
  /**
   * What the reports show.
   */
  description?: string
  /**
   * The type was made by the platform.
   */
  autogenerated?: boolean
  /**
   * Object that reports start from.
   */
  baseObject?: string
  /**
   * Group in which the type is offered.
   */
  category?: string
  /**
   * Whether it is offered to others than administrators.
   */
  deployed?: boolean
  /**
   * Related object that is joined.
   */
  join?: ObjectRelationship
  /**
   * Fields in groups.
   */
  sections?: ReportLayoutSection[]
}
/**
 * Related object of a report type.
 */
export interface ObjectRelationship {
  /**
   * Object that is joined to this one.
   */
  join?: ObjectRelationship
  /**
   * Records without a related one are shown too.
   */
  outerJoin?: boolean
  /**
   * Child relationship.
   */
  relationship: string
}
/**
 * Group of fields.
 */
export interface ReportLayoutSection {
  /**
   * The fields in order.
   */
  columns?: ReportTypeColumn[]
  /**
   * Heading of the group.
   */
  masterLabel?: string
}
/**
 * Field of a report type.
 */
export interface ReportTypeColumn {
  /**
   * New reports show the field.
   */
  checkedByDefault?: boolean
  /**
   * Other label of the field.
   */
  displayNameOverride?: string
  /**
   * The field or path.
   */
  field: string
  /**
   * Object or joined relationship that it belongs to.
   */
  table: string
}
/**
 * Place in the role hierarchy.
 */
export interface Role {
  /**
   * Name of the role.
   */
  fullName: string
  /**
   * Label in the user interface.
   */
  name?: string
  /**
   * What the role is for.
   */
  description?: string
  /**
   * Role above this one.
   */
  parentRole?: string
  /**
   * Rights on cases of accounts that the user owns.
   */
  caseAccessLevel?: 'None' | 'Read' | 'Edit'
  /**
   * Rights on contacts of accounts that the user owns.
   */
  contactAccessLevel?: 'None' | 'Read' | 'Edit'
  /**
   * Rights on opportunities of accounts that the user owns.
   */
  opportunityAccessLevel?: 'None' | 'Read' | 'Edit'
  /**
   * The manager may share forecasts.
   */
  mayForecastManagerShare?: boolean
}
/**
 * Rules by which records of an object get a score: how urgent they are, say. Scores are kept right as data and days change.
 */
export interface ScoringRules {
  /**
   * API name of the object.
   */
  fullName: string
  /**
   * Rules; each keeps a field of its own.
   */
  scoringRule?: ScoringRule[]
}
/**
 * What a score is made of.
 */
export interface ScoringRule {
  /**
   * Name of the rule.
   */
  fullName: string
  /**
   * Label in the user interface.
   */
  label?: string
  /**
   * What the score tells.
   */
  description?: string
  /**
   * False: the score stays as it is.
   */
  active?: boolean
  /**
   * Number field that holds the score; nobody else sets it.
   */
  scoreField: string
  /**
   * When all scores are worked out anew, because days went by.
   */
  schedule?: FlowSchedule
  /**
   * Other fields that follow the calendar; they are set before the score.
   */
  fieldUpdates?: ScoringFieldUpdate[]
  /**
   * Conditions that the record meets.
   */
  criteriaItems?: FilterItem[]
  /**
   * How the conditions combine.
   */
  booleanFilter?: string
  /**
   * Formula that is true for the record, in place of conditions.
   */
  formula?: string
  /**
   * Entries; the scores of all that fit add up.
   */
  ruleEntry?: ScoringRuleEntry[]
}
/**
 * Field that holds what a formula gives.
 */
export interface ScoringFieldUpdate {
  /**
   * Field that is kept.
   */
  field: string
  /**
   * What it holds.
   */
  formula: string
}
/**
 * What a record scores where it fits.
 */
export interface ScoringRuleEntry {
  /**
   * Why the record scores, as people read it.
   */
  label?: string
  /**
   * False: the entry counts nothing.
   */
  active?: boolean
  /**
   * Conditions that the record meets.
   */
  criteriaItems?: FilterItem[]
  /**
   * How the conditions combine.
   */
  booleanFilter?: string
  /**
   * Formula that is true for the record, in place of conditions.
   */
  formula?: string
  /**
   * What the record scores.
   */
  score?: number
  /**
   * Formula for it, where it is not always the same.
   */
  scoreFormula?: string
}
/**
 * A guided process: what is asked on which screens, and which records are made of the answers.
 */
export interface ServiceProcess {
  /**
   * API name of the process.
   */
  fullName: string
  /**
   * Name of the process, as people read it.
   */
  processLabel: string
  /**
   * One sentence below the name.
   */
  shortDescription?: string
  /**
   * What the process is for.
   */
  description?: string
  /**
   * For which kind of service it is made.
   */
  usageType: 'CustomerService' | 'Employee' | 'FinancialServices' | 'Industry'
  /**
   * Draft: nobody can start it. Published: can be started. Deprecated: what was started can be finished. Draft when absent.
   */
  status?: 'Draft' | 'Published' | 'Deprecated'
  /**
   * Custom permission that whoever starts it needs.
   */
  customPermission?: string
  /**
   * Said when the records have been made.
   */
  closingMessage?: string
  /**
   * Objects from whose records it can be started.
   */
  contextObjects?: ServiceProcessContext[]
  /**
   * Groups of attributes; they stand together on a screen.
   */
  serviceProcessItemGroups?: ServiceProcessItemGroup[]
  /**
   * What is asked and kept.
   */
  serviceProcessAttributes?: ServiceProcessAttribute[]
  /**
   * Steps of the process; one with all groups when absent.
   */
  screens?: ServiceProcessScreen[]
  /**
   * Records made when it is submitted, in this order; a case when absent.
   */
  recordCreates?: ServiceProcessRecordCreate[]
  /**
   * Records changed when it is submitted, after others were made.
   */
  recordUpdates?: ServiceProcessRecordUpdate[]
  /**
   * Flows and code that belong to the process.
   */
  serviceProcessDependencies?: ServiceProcessDependency[]
}
/**
 * An object from whose records the process can be started.
 */
export interface ServiceProcessContext {
  /**
   * The object.
   */
  object: string
  /**
   * Attributes that are filled from the record.
   */
  prefills?: ServiceProcessPrefill[]
}
/**
 * One attribute, filled from a record.
 */
export interface ServiceProcessPrefill {
  /**
   * Developer name of the attribute.
   */
  attribute: string
  /**
   * Field of the record, or of one of its parents: "Owner.Name".
   */
  field: string
}
/**
 * Attributes that stand together.
 */
export interface ServiceProcessItemGroup {
  /**
   * API name of the group.
   */
  apiName: string
  /**
   * Heading of the group.
   */
  groupName: string
  /**
   * Its place among the groups.
   */
  sortOrder?: number
  /**
   * Said below the heading.
   */
  description?: string
  /**
   * Formula over the answers; the group is asked where it is true.
   */
  visibilityFormula?: string
  /**
   * Asked any number of times: each entry has its own answers.
   */
  isRepeated?: boolean
  /**
   * Least number of entries.
   */
  minEntries?: number
  /**
   * Greatest number of entries.
   */
  maxEntries?: number
  /**
   * What one entry is called.
   */
  entryLabel?: string
  /**
   * Records of which each chosen one is an entry.
   */
  choices?: ServiceProcessChoices
}
/**
 * Records to choose from, as far as whoever asks may see them.
 */
export interface ServiceProcessChoices {
  /**
   * The object of the records.
   */
  object: string
  /**
   * Field that gives the id that is kept; the record's own when absent.
   */
  valueField?: string
  /**
   * Fields that are shown; the name when absent.
   */
  displayFields?: string[]
  /**
   * Conditions, all of which must hold.
   */
  filters?: ServiceProcessFilter[]
  /**
   * Field by which they are sorted.
   */
  sortField?: string
  /**
   * Direction of the sort.
   */
  sortOrder?: 'Asc' | 'Desc'
  /**
   * Greatest number of records.
   */
  limit?: number
  /**
   * Attributes that take values of the chosen record.
   */
  outputAssignments?: ServiceProcessOutputAssignment[]
}
/**
 * A condition on a field.
 */
export interface ServiceProcessFilter {
  /**
   * Field of the object.
   */
  field: string
  /**
   * How it is compared.
   */
  operator:
    | 'EqualTo'
    | 'NotEqualTo'
    | 'GreaterThan'
    | 'GreaterThanOrEqualTo'
    | 'LessThan'
    | 'LessThanOrEqualTo'
    | 'StartsWith'
    | 'EndsWith'
    | 'Contains'
    | 'IsNull'
  /**
   * With what it is compared.
   */
  value?: ServiceProcessValueOrReference
}
/**
 * A value, or where it comes from.
 */
export interface ServiceProcessValueOrReference {
  /**
   * A text, day, time or picklist value.
   */
  stringValue?: string
  /**
   * A number.
   */
  numberValue?: number
  /**
   * True or false.
   */
  booleanValue?: boolean
  /**
   * An attribute, a record that was made before (its id), the repeated group itself (the id that was chosen), or "$Record": the record it was started from.
   */
  elementReference?: string
}
/**
 * An attribute that takes a value of the chosen record.
 */
export interface ServiceProcessOutputAssignment {
  /**
   * Developer name of the attribute.
   */
  assignToReference: string
  /**
   * Field of the record.
   */
  field: string
}
/**
 * One thing that is asked and kept.
 */
export interface ServiceProcessAttribute {
  /**
   * API name of the attribute.
   */
  developerName: string
  /**
   * What is asked.
   */
  label: string
  /**
   * Help beside the question; for DisplayText the text itself.
   */
  description?: string
  /**
   * Kind of value; Text when absent.
   */
  dataType?:
    | 'Attachment'
    | 'Checkbox'
    | 'Currency'
    | 'Date'
    | 'Datetime'
    | 'DisplayText'
    | 'Email'
    | 'IPAddress'
    | 'Integer'
    | 'ListOfAttachment'
    | 'ListOfBoolean'
    | 'ListOfDouble'
    | 'ListOfInteger'
    | 'ListOfMaps'
    | 'ListOfString'
    | 'Lookup'
    | 'Map'
    | 'MultilineText'
    | 'MultiSelectPicklist'
    | 'Number'
    | 'NumericScale'
    | 'Password'
    | 'Percentage'
    | 'Picklist'
    | 'Queue'
    | 'RadioButton'
    | 'SingleCheckbox'
    | 'SinglelineText'
    | 'Text'
    | 'Toggle'
    | 'Url'
  /**
   * Base: kept in a field of the request. Extended: kept as a value of its own; Extended when absent.
   */
  attributeType?: 'Base' | 'Extended'
  /**
   * For Base: the field of the request.
   */
  fieldIdentifier?: string
  /**
   * The group to which it belongs.
   */
  groupApiName?: string
  /**
   * Value that it begins with.
   */
  inputVariableValue?: string
  /**
   * True: must be answered.
   */
  isRequired?: boolean
  /**
   * The attribute of which it is a part.
   */
  parentAttribute?: string
  /**
   * Its place in its group.
   */
  sortOrder?: number
  /**
   * A field as "Object.Field" whose type, values and help it takes; who may not see the field cannot start the process.
   */
  objectField?: string
  /**
   * Objects to which a Lookup may lead.
   */
  referenceTo?: string[]
  /**
   * Value set of a picklist.
   */
  valueSetName?: string
  /**
   * Values of a picklist.
   */
  values?: ServiceProcessValue[]
  /**
   * Records that a Lookup offers.
   */
  choices?: ServiceProcessChoices
  /**
   * Greatest number of characters.
   */
  length?: number
  /**
   * Digits after the point.
   */
  scale?: number
  /**
   * Shown and not entered: the value is the one that was filled in.
   */
  isReadOnly?: boolean
  /**
   * Formula over globals; the value that it begins with.
   */
  defaultFormula?: string
  /**
   * Formula over the answers; asked where it is true.
   */
  visibilityFormula?: string
  /**
   * Formula over the answers; true where the answer is wrong.
   */
  errorConditionFormula?: string
  /**
   * Said where the answer is wrong.
   */
  errorMessage?: string
}
/**
 * A value of a picklist.
 */
export interface ServiceProcessValue {
  /**
   * The value that is kept.
   */
  fullName: string
  /**
   * As people read it.
   */
  label: string
  /**
   * True: chosen at first.
   */
  default?: boolean
}
/**
 * One step.
 */
export interface ServiceProcessScreen {
  /**
   * API name of the step.
   */
  name: string
  /**
   * Heading of the step.
   */
  label: string
  /**
   * Said below the heading.
   */
  description?: string
  /**
   * API names of the groups that it asks.
   */
  groups?: string[]
  /**
   * Formula over the answers; the step is taken where it is true.
   */
  visibilityFormula?: string
}
/**
 * A record that is made.
 */
export interface ServiceProcessRecordCreate {
  /**
   * Name by which others refer to it.
   */
  name: string
  /**
   * What it is, for those who look after the process.
   */
  label?: string
  /**
   * The object.
   */
  object: string
  /**
   * Record type of the record.
   */
  recordType?: string
  /**
   * Formula over the answers; the record is made where it is true.
   */
  conditionFormula?: string
  /**
   * Repeated group: one record for each of its entries.
   */
  collectionReference?: string
  /**
   * Its fields.
   */
  inputAssignments?: ServiceProcessInputAssignment[]
}
/**
 * One field of a record that is made or changed.
 */
export interface ServiceProcessInputAssignment {
  /**
   * The field.
   */
  field: string
  /**
   * What it gets.
   */
  value?: ServiceProcessValueOrReference
  /**
   * Formula over the answers that gives what it gets.
   */
  formula?: string
}
/**
 * A record that is changed.
 */
export interface ServiceProcessRecordUpdate {
  /**
   * Name of the change.
   */
  name: string
  /**
   * What it is, for those who look after the process.
   */
  label?: string
  /**
   * The object.
   */
  object: string
  /**
   * Which record: an attribute, a record that was made, or "$Record".
   */
  recordReference: string
  /**
   * Formula over the answers; the record is changed where it is true.
   */
  conditionFormula?: string
  /**
   * Repeated group: one record for each of its entries.
   */
  collectionReference?: string
  /**
   * Its fields.
   */
  inputAssignments?: ServiceProcessInputAssignment[]
}
/**
 * A flow or a piece of code that belongs to the process.
 */
export interface ServiceProcessDependency {
  /**
   * Its name.
   */
  dependencyReference: string
  /**
   * At which step it works.
   */
  processStepName?: 'FulfillmentFlow' | 'IntegrationDefinition' | 'Preprocessor' | 'RequestForm'
  /**
   * What it is.
   */
  type: 'FlowDefinition' | 'IntegrationProviderDef' | 'OmniScriptConfig' | 'PreprocessorApexClass'
}
/**
 * Rules that open records of an object to more users.
 */
export interface SharingRules {
  /**
   * API name of the object.
   */
  fullName: string
  /**
   * Rules by values of fields.
   */
  sharingCriteriaRules?: SharingCriteriaRule[]
  /**
   * Rules for guest users.
   */
  sharingGuestRules?: SharingGuestRule[]
  /**
   * Rules by owner.
   */
  sharingOwnerRules?: SharingOwnerRule[]
  /**
   * Rules by territory.
   */
  sharingTerritoryRules?: SharingTerritoryRule[]
}
/**
 * Rule by values of fields.
 */
export interface SharingCriteriaRule {
  /**
   * Name of the rule.
   */
  fullName: string
  /**
   * Right that is given: Read, Edit or All.
   */
  accessLevel?: string
  /**
   * Rights on what belongs to an account.
   */
  accountSettings?: AccountSharingRuleSettings
  /**
   * What the rule is for.
   */
  description?: string
  /**
   * Label in the user interface.
   */
  label?: string
  /**
   * Who gets the right.
   */
  sharedTo?: SharedTo
  /**
   * How the conditions combine.
   */
  booleanFilter?: string
  /**
   * Conditions that records meet.
   */
  criteriaItems?: FilterItem[]
  /**
   * Records of users who cannot have roles count too.
   */
  includeRecordsOwnedByAll?: boolean
}
/**
 * Rights on what belongs to an account.
 */
export interface AccountSharingRuleSettings {
  /**
   * Right on its cases.
   */
  caseAccessLevel?: string
  /**
   * Right on its contacts.
   */
  contactAccessLevel?: string
  /**
   * Right on its opportunities.
   */
  opportunityAccessLevel?: string
}
/**
 * Rule for guest users.
 */
export interface SharingGuestRule {
  /**
   * Name of the rule.
   */
  fullName: string
  /**
   * Right that is given.
   */
  accessLevel?: string
  /**
   * Rights on what belongs to an account.
   */
  accountSettings?: AccountSharingRuleSettings
  /**
   * What the rule is for.
   */
  description?: string
  /**
   * Label in the user interface.
   */
  label?: string
  /**
   * Who gets the right.
   */
  sharedTo?: SharedTo
  /**
   * How the conditions combine.
   */
  booleanFilter?: string
  /**
   * Conditions that records meet.
   */
  criteriaItems?: FilterItem[]
  /**
   * Records of high-volume users count too.
   */
  includeHVUOwnedRecords?: boolean
}
/**
 * Rule by owner.
 */
export interface SharingOwnerRule {
  /**
   * Name of the rule.
   */
  fullName: string
  /**
   * Right that is given.
   */
  accessLevel?: string
  /**
   * Rights on what belongs to an account.
   */
  accountSettings?: AccountSharingRuleSettings
  /**
   * What the rule is for.
   */
  description?: string
  /**
   * Label in the user interface.
   */
  label?: string
  /**
   * Who gets the right.
   */
  sharedTo?: SharedTo
  /**
   * Whose records are shared.
   */
  sharedFrom?: SharedTo
}
/**
 * Rule by territory.
 */
export interface SharingTerritoryRule {
  /**
   * Name of the rule.
   */
  fullName: string
  /**
   * Right that is given.
   */
  accessLevel?: string
  /**
   * Rights on what belongs to an account.
   */
  accountSettings?: AccountSharingRuleSettings
  /**
   * What the rule is for.
   */
  description?: string
  /**
   * Label in the user interface.
   */
  label?: string
  /**
   * Who gets the right.
   */
  sharedTo?: SharedTo
  /**
   * Whose records are shared.
   */
  sharedFrom?: SharedTo
}
/**
 * Picklist values of a standard field.
 */
export interface StandardValueSet {
  /**
   * Name of the value set.
   */
  fullName: string
  /**
   * Kind of grouping of the values.
   */
  groupingStringEnum?: string
  /**
   * Values are shown in the order of their labels.
   */
  sorted?: boolean
  /**
   * The values in their order.
   */
  standardValue?: StandardValue[]
}
/**
 * One value of a standard picklist.
 */
export interface StandardValue {
  /**
   * The value as it is stored.
   */
  fullName: string
  /**
   * The value as it is shown.
   */
  label?: string
  /**
   * New records have this value.
   */
  default?: boolean
  /**
   * False: the value cannot be chosen any more.
   */
  isActive?: boolean
  /**
   * Colour in charts, as #RRGGBB.
   */
  color?: string
  /**
   * What the value means, for administrators.
   */
  description?: string
  /**
   * Quotes in this state may be sent.
   */
  allowEmail?: boolean
  /**
   * The value means closed.
   */
  closed?: boolean
  /**
   * The value means converted.
   */
  converted?: boolean
  /**
   * The value is offered in self-service.
   */
  cssExposed?: boolean
  /**
   * Forecast category of the stage.
   */
  forecastCategory?: string
  /**
   * Group of the value.
   */
  groupingString?: string
  /**
   * The value means high priority.
   */
  highPriority?: boolean
  /**
   * Chance of winning in per cent.
   */
  probability?: number
  /**
   * Role of the other side.
   */
  reverseRole?: string
  /**
   * The value means reviewed.
   */
  reviewed?: boolean
  /**
   * The value means won.
   */
  won?: boolean
}
/**
 * Labels of a standard value set in one language.
 */
export interface StandardValueSetTranslation {
  /**
   * Value set and language, joined by a hyphen.
   */
  fullName: string
  /**
   * Labels of the values.
   */
  valueTranslation?: PicklistValueTranslation[]
}
/**
 * Words of applications, tabs and labels in one language.
 */
export interface Translations {
  /**
   * The language, such as "de".
   */
  fullName: string
  /**
   * Labels of applications.
   */
  customApplications?: CustomApplicationTranslation[]
  /**
   * Texts of custom labels.
   */
  customLabels?: CustomLabelTranslation[]
  /**
   * Labels of links on pages.
   */
  customPageWebLinks?: CustomPageWebLinkTranslation[]
  /**
   * Labels of tabs.
   */
  customTabs?: CustomTabTranslation[]
  /**
   * Labels of value sets, in an older form.
   */
  globalPicklists?: GlobalPicklistTranslation[]
  /**
   * Labels of global actions.
   */
  quickActions?: GlobalQuickActionTranslation[]
  /**
   * Labels of report types.
   */
  reportTypes?: ReportTypeTranslation[]
  /**
   * Words of guided processes.
   */
  serviceProcesses?: ServiceProcessTranslation[]
}
/**
 * Words of an application.
 */
export interface CustomApplicationTranslation {
  /**
   * What it is for.
   */
  description?: string
  /**
   * Label.
   */
  label?: string
  /**
   * Name of the application.
   */
  name: string
}
/**
 * Text of a custom label.
 */
export interface CustomLabelTranslation {
  /**
   * Label.
   */
  label?: string
  /**
   * Name of the label.
   */
  name: string
}
/**
 * Label of a link.
 */
export interface CustomPageWebLinkTranslation {
  /**
   * Label.
   */
  label?: string
  /**
   * Name of the link.
   */
  name: string
}
/**
 * Label of a tab.
 */
export interface CustomTabTranslation {
  /**
   * Label.
   */
  label?: string
  /**
   * Name of the tab.
   */
  name: string
}
/**
 * Labels of a value set.
 */
export interface GlobalPicklistTranslation {
  /**
   * Name of the value set.
   */
  name: string
  /**
   * Labels of the values.
   */
  picklistValues?: PicklistValueTranslation[]
}
/**
 * Label of a global action.
 */
export interface GlobalQuickActionTranslation {
  /**
   * Label.
   */
  label?: string
  /**
   * Name of the action.
   */
  name: string
}
/**
 * Words of a report type.
 */
export interface ReportTypeTranslation {
  /**
   * What it is for.
   */
  description?: string
  /**
   * Label.
   */
  label?: string
  /**
   * Name of the report type.
   */
  name: string
}
/**
 * Words of a guided process.
 */
export interface ServiceProcessTranslation {
  /**
   * The process.
   */
  name: string
  /**
   * Its name.
   */
  label?: string
  /**
   * The sentence below it.
   */
  shortDescription?: string
  /**
   * What it is for.
   */
  description?: string
  /**
   * Said at its end.
   */
  closingMessage?: string
  /**
   * Words of its steps.
   */
  screens?: ServiceProcessPartTranslation[]
  /**
   * Words of its groups.
   */
  groups?: ServiceProcessPartTranslation[]
  /**
   * Words of its attributes.
   */
  attributes?: ServiceProcessPartTranslation[]
}
/**
 * Words of a part of a guided process.
 */
export interface ServiceProcessPartTranslation {
  /**
   * The step, group or attribute.
   */
  name: string
  /**
   * What it is called.
   */
  label?: string
  /**
   * What stands below or beside it.
   */
  description?: string
  /**
   * What one entry of a group is called.
   */
  entryLabel?: string
  /**
   * Said where the answer is wrong.
   */
  errorMessage?: string
  /**
   * Words of the values of a picklist.
   */
  values?: ServiceProcessValueTranslation[]
}
/**
 * Words of a value.
 */
export interface ServiceProcessValueTranslation {
  /**
   * The value.
   */
  masterLabel: string
  /**
   * As people read it.
   */
  translation?: string
}
/**
 * Address that is told of changes of records. Its secret is made by the server and is never part of a file.
 */
export interface Webhook {
  /**
   * Name of the webhook.
   */
  fullName: string
  /**
   * Label in Setup.
   */
  label?: string
  /**
   * What the webhook is for.
   */
  description?: string
  /**
   * False: nothing is sent; changes of that time are not sent later either.
   */
  active?: boolean
  /**
   * Object whose records it tells of.
   */
  object: string
  /**
   * What it tells of.
   */
  events?: ('create' | 'update' | 'delete' | 'undelete')[]
  /**
   * Formula over the record; true where it shall be told of. Deletes are told of in any case.
   */
  condition?: string
  /**
   * Fields whose values are sent, whoever may see them. Updates that change none of them are not told of.
   */
  sentFields?: string[]
  /**
   * Where it is sent to.
   */
  url: string
  /**
   * Name of the secret that signs it.
   */
  secret: string
}
/**
 * Actions of an object that approvals and deadlines take.
 */
export interface Workflow {
  /**
   * Object whose records they change.
   */
  fullName: string
  /**
   * E-mails that are sent.
   */
  alerts?: WorkflowAlert[]
  /**
   * Changes of one field.
   */
  fieldUpdates?: WorkflowFieldUpdate[]
  /**
   * Flows with their inputs.
   */
  flowActions?: WorkflowFlowAction[]
  /**
   * Tasks that are made.
   */
  tasks?: WorkflowTask[]
}
/**
 * An e-mail that is sent.
 */
export interface WorkflowAlert {
  /**
   * Name.
   */
  fullName: string
  /**
   * Further addresses, each of which gets a message of its own.
   */
  ccEmails?: string[]
  /**
   * What it is for.
   */
  description?: string
  /**
   * Others may not use it.
   */
  protected?: boolean
  /**
   * Who gets it.
   */
  recipients?: WorkflowEmailRecipient[]
  /**
   * Address of the sender; that of the settings is taken.
   */
  senderAddress?: string
  /**
   * Who sends it: answers go to the current user.
   */
  senderType?: 'CurrentUser' | 'DefaultWorkflowUser' | 'OrgWideEmailAddress'
  /**
   * The EmailTemplate that is sent.
   */
  template: string
}
/**
 * Somebody who gets an e-mail.
 */
export interface WorkflowEmailRecipient {
  /**
   * Field that holds an address or names somebody.
   */
  field?: string
  /**
   * User name, or name of a group.
   */
  recipient?: string
  /**
   * How the recipient is found.
   */
  type:
    | 'accountOwner'
    | 'accountTeam'
    | 'campaignMemberDerivedOwner'
    | 'caseTeam'
    | 'contactLookup'
    | 'creator'
    | 'customerPortalOwner'
    | 'customerPortalUser'
    | 'email'
    | 'group'
    | 'opportunityTeam'
    | 'owner'
    | 'partnerUser'
    | 'portalRole'
    | 'portalRoleSubordinates'
    | 'role'
    | 'roleSubordinates'
    | 'roleSubordinatesInternal'
    | 'user'
    | 'userLookup'
}
/**
 * A change of one field.
 */
export interface WorkflowFieldUpdate {
  /**
   * Name.
   */
  fullName: string
  /**
   * Label in the user interface.
   */
  name?: string
  /**
   * What it is for.
   */
  description?: string
  /**
   * Field that is set.
   */
  field: string
  /**
   * Formula of the new value.
   */
  formula?: string
  /**
   * The new value.
   */
  literalValue?: string
  /**
   * User name of the new owner, or name of a queue.
   */
  lookupValue?: string
  /**
   * What the name stands for.
   */
  lookupValueType?: 'User' | 'Queue' | 'RecordType'
  /**
   * The new owner is told.
   */
  notifyAssignee?: boolean
  /**
   * How the value is found.
   */
  operation: 'Formula' | 'Literal' | 'LookupValue' | 'Null' | 'NextValue' | 'PreviousValue'
  /**
   * Others may not use it.
   */
  protected?: boolean
  /**
   * Rules are asked again.
   */
  reevaluateOnChange?: boolean
  /**
   * Lookup to the record that is changed instead.
   */
  targetObject?: string
}
/**
 * A flow with its inputs.
 */
export interface WorkflowFlowAction {
  /**
   * Name.
   */
  fullName: string
  /**
   * Label in the user interface.
   */
  label?: string
  /**
   * What it is for.
   */
  description?: string
  /**
   * Language.
   */
  language?: string
  /**
   * Others may not use it.
   */
  protected?: boolean
  /**
   * API name of the flow.
   */
  flow: string
  /**
   * What the flow is given.
   */
  flowInputs?: WorkflowFlowActionParameter[]
}
/**
 * An input of a flow.
 */
export interface WorkflowFlowActionParameter {
  /**
   * Variable.
   */
  name: string
  /**
   * Its value; {!Field} stands for a field of the record.
   */
  value?: string
}
/**
 * A task that is made.
 */
export interface WorkflowTask {
  /**
   * Name.
   */
  fullName: string
  /**
   * What is to be done.
   */
  subject: string
  /**
   * More about it.
   */
  description?: string
  /**
   * User name, or nothing for the owner.
   */
  assignedTo?: string
  /**
   * Who gets it.
   */
  assignedToType?:
    | 'user'
    | 'owner'
    | 'creator'
    | 'role'
    | 'accountOwner'
    | 'opportunityTeam'
    | 'accountTeam'
    | 'accountCreator'
    | 'partnerUser'
    | 'customerPortalUser'
    | 'portalRole'
    | 'portalRoleSubordinates'
    | 'campaignMemberDerivedOwner'
  /**
   * Days until it is due.
   */
  dueDateOffset?: number
  /**
   * Whoever gets it is told.
   */
  notifyAssignee?: boolean
  /**
   * Field that the days count from.
   */
  offsetFromField?: string
  /**
   * A value of the field.
   */
  priority?: string
  /**
   * A value of the field.
   */
  status?: string
  /**
   * Others may not use it.
   */
  protected?: boolean
}
