/**
 * Standard names of the platform that a model need not contain. Metadata made elsewhere may mention them: such a
 * mention is kept and listed. Any other unknown name is refused, because it is probably a slip.
 */
const objectNames = `
Account AccountContactRelation AccountTeamMember ActionPlan ActionPlanItem ActionPlanTemplate
ApprovalWorkItem Asset AssetRelationship AssociatedLocation AuthorizationForm BusinessHours
Campaign CampaignMember Case CaseClose CaseComment CaseInteraction CaseMilestone
CollaborationGroup Contact ContactRequest ContentDocument ContentVersion Contract
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

function folded(names: string): ReadonlySet<string> {
  return new Set(names.trim().toLowerCase().split(/\s+/))
}

const objects = folded(objectNames)
const fields = folded(fieldNames)

export function isKnownStandardObject(name: string): boolean {
  return objects.has(name.toLowerCase())
}

/** Fields that the platform puts on objects by itself and this engine does not have yet. */
export function isKnownStandardField(name: string): boolean {
  return fields.has(name.toLowerCase())
}
