/**
 * Standard names of the platform that a model need not contain. Metadata made elsewhere may mention them: such a
 * mention is kept and listed. Any other unknown name is refused, because it is probably a slip.
 */
const objectNames = `
Account AccountContactRelation AccountTeamMember ActionPlan ActionPlanItem ActionPlanTemplate
ApprovalWorkItem Asset AssetRelationship AssociatedLocation AuthorizationForm BusinessHours
Campaign CampaignMember Case CaseClose CaseComment CaseInteraction CaseMilestone
CollaborationGroup Contact ContactRequest ContentDocument ContentDocumentLink ContentVersion Contract
ContractLineItem Dashboard DuplicateRecordItem DuplicateRecordSet EmailMessage EmailTemplate
Entitlement EntityMilestone Event FeedItem File Folder Forecast Group GroupMember Holiday Home
Idea Individual Knowledge Lead ListEmail Location Macro MessagingSession Network Note
OperatingHours Opportunity OpportunityLineItem OpportunityTeamMember Order OrderItem Partner
Pricebook2 PricebookEntry ProcessInstance Product2 Profile PermissionSet Question Queue Quote
QuoteLineItem QuickText RecordType Report ReturnOrder ReturnOrderLineItem ServiceAppointment
ServiceContract ServiceResource ServiceTerritory Shift Shipment SocialPersona SocialPost
Solution Survey Task TimeSheet Topic User UserRole VoiceCall WorkOrder WorkOrderLineItem
WorkType`

const fieldNames = `
RecordTypeId CurrencyIsoCode LastViewedDate LastReferencedDate LastActivityDate ConnectionReceivedId
ConnectionSentId Division ProfileId UserRoleId`

/** Standard fields of objects that a model may have without them. */
const fieldNamesByObject = {
  Account: `
ChannelProgramLevelName ChannelProgramName CleanStatus DandbCompanyId IsBuyer IsCustomerPortal IsPartner
IsPersonAccount IsPriorityRecord Jigsaw JigsawCompanyId MasterRecordId OperatingHoursId PhotoUrl Tier`,
  Case: `
AssetId BusinessHoursId CaseNumber ClosedDate Comments CommunityId ContactEmail ContactFax ContactMobile
ContactPhone CreatorName EntitlementId FeedItemId HasCommentsUnreadByOwner HasSelfServiceComments IsClosed
IsClosedOnCreate IsSelfServiceClosed IsVisibleInSelfService LastStatusChangeDate MasterRecordId
MilestoneStatus ProductId QuestionId ServiceContractId SlaExitDate SourceId StopStartDate`,
  Contact: `
CanAllowPortalSelfReg CleanStatus ContactSource IndividualId IsEmailBounced IsPriorityRecord Jigsaw
JigsawContactId LastCURequestDate LastCUUpdateDate MasterRecordId PhotoUrl`,
  Task: `
AccountId CompletedDateTime IsArchived IsClosed IsHighPriority IsRecurrence IsVisibleInSelfService
RecurrenceActivityId RecurrenceEndDateOnly RecurrenceInstance RecurrenceInterval RecurrenceStartDateOnly
RecurrenceType Subject WhatCount WhoCount`,
  User: `
AccountId BadgeText BannerPhotoUrl CallCenterId ContactId DefaultGroupNotificationFrequency DigestFrequency
FullPhotoUrl IndividualId IsExtIndicatorVisible IsPortalEnabled IsPrmSuperUser IsProfilePhotoActive
LastLoginDate LastPasswordChangeDate MediumPhotoUrl NumberOfFailedLogins OutOfOfficeMessage PortalRole
SmallPhotoUrl Alias Department Division Email EmployeeNumber FirstName IsActive LastName ManagerId
MiddleName MobilePhone Phone Suffix Title Username UserType StayInTouchNote StayInTouchSignature StayInTouchSubject`,
} as const

function folded(names: string): ReadonlySet<string> {
  return new Set(names.trim().toLowerCase().split(/\s+/))
}

const objects = folded(objectNames)
const fields = folded(fieldNames)
const fieldsByObject: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(fieldNamesByObject).map(([object, names]) => [
    object.toLowerCase(),
    folded(names),
  ]),
)

export function isKnownStandardObject(name: string): boolean {
  return objects.has(name.toLowerCase())
}

/** Fields that the platform has on objects by itself and this engine does not have yet. */
export function isKnownStandardField(object: string, name: string): boolean {
  const folded = name.toLowerCase()
  return fields.has(folded) || fieldsByObject.get(object.toLowerCase())?.has(folded) === true
}
