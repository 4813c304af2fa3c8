/** How objects are told apart at a glance: an icon and the colour of its tile. White on each colour has a contrast of 4.5 or more. */
import type { ObjectIconName } from './object-icon-paths.ts'

export interface ObjectLook {
  readonly icon: ObjectIconName
  readonly color: string
}

const colors = {
  blue: '#2456c9',
  teal: '#0f766e',
  violet: '#6d3fc0',
  plum: '#a21c6b',
  red: '#b42318',
  amber: '#9a5b0b',
  green: '#1c7a3e',
  slate: '#475569',
} as const

type Row = readonly [
  icon: ObjectIconName,
  color: keyof typeof colors,
  ...objects: readonly string[],
]

const rows: readonly Row[] = [
  ['building', 'violet', 'Account', 'AccountAccountRelation', 'PartyRelationshipGroup'],
  ['user', 'violet', 'Contact', 'Lead', 'Banker', 'User', 'PersonLifeEvent'],
  [
    'users',
    'violet',
    'AccountContactRelation',
    'ContactContactRelation',
    'AccountTeamMember',
    'OpportunityTeamMember',
    'CaseTeamMember',
    'CaseParticipant',
    'ComplaintParticipant',
    'InteractionAttendee',
    'FinancialAccountParty',
  ],
  ['briefcase', 'plum', 'Case', 'ComplaintCase', 'CaseProceeding', 'CaseMilestone'],
  ['megaphone', 'red', 'PublicComplaint'],
  ['scale', 'red', 'Dispute', 'DisputeItem', 'DisputeReason', 'DisputeItemArbitration'],
  ['trending-up', 'amber', 'Opportunity', 'FinancialDeal'],
  ['chat', 'teal', 'Interaction', 'CaseComment'],
  ['notes', 'teal', 'InteractionSummary'],
  ['flag', 'blue', 'AccountPlan', 'AccountPlanObjective'],
  ['chart', 'blue', 'AccountPlanObjectiveMeasure', 'Assessment'],
  ['clipboard', 'blue', 'ActionPlan', 'ActionPlanItem', 'ActionPlanTemplate', 'ActionableList'],
  ['check-circle', 'green', 'Task'],
  ['calendar', 'green', 'Event', 'Holiday', 'BusinessMilestone', 'BusinessHours'],
  ['document', 'green', 'DocumentChecklistItem', 'ReceivedDocument', 'ContentDocument'],
  ['banknotes', 'amber', 'CollectionPlan', 'CollectionPlanItem', 'CollectionPlanReason'],
  ['calendar-days', 'amber', 'PaymentSchedule', 'PaymentScheduleItem'],
  [
    'bank',
    'slate',
    'FinancialAccount',
    'FinancialAccountTransaction',
    'FinancialAccountBalance',
    'FinancialAccountStatement',
    'FinancialAccountFee',
    'BillingAccount',
    'BranchUnit',
  ],
  ['card', 'slate', 'IssuedCard'],
  ['receipt', 'slate', 'Invoice', 'InvoiceLine'],
  ['puzzle', 'teal', 'SvcCatalogRequest', 'SvcCatalogItemDef', 'Product2'],
]

/** By API name. */
export const knownLooks: ReadonlyMap<string, ObjectLook> = new Map(
  rows.flatMap(([icon, color, ...objects]) =>
    objects.map((object) => [object, { icon, color: colors[color] }] as const),
  ),
)

const others = Object.values(colors)

/** Objects that are not listed have the same icon, and always the same colour of their own. */
export function lookOf(object: string): ObjectLook {
  const known = knownLooks.get(object)
  if (known !== undefined) return known
  let sum = 0
  for (const letter of object) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 65_521
  return { icon: 'cube', color: others[sum % others.length] ?? colors.slate }
}
