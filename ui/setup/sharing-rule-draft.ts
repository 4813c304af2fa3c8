/** A sharing rule while somebody describes it; made from and into the rules of an object. */
import { t } from '../base/text.ts'
import type { DraftErrors } from './check-draft.ts'
import type { SharingRulesBody } from './component-bodies.ts'
import { deriveApiName } from './derive-name.ts'
import { chosenOf, sharedTo } from './principals.ts'

type OwnerRule = NonNullable<SharingRulesBody['sharingOwnerRules']>[number]
type CriteriaRule = NonNullable<SharingRulesBody['sharingCriteriaRules']>[number]
export type RuleItem = NonNullable<CriteriaRule['criteriaItems']>[number]

export interface RuleDraft {
  readonly kind: 'owner' | 'criteria'
  readonly fullName: string
  /** The name follows the label until it is typed. */
  readonly nameTyped: boolean
  readonly label: string
  readonly description: string
  readonly accessLevel: string
  readonly to: readonly string[]
  readonly from: readonly string[]
  readonly items: readonly RuleItem[]
  /** How the conditions combine; all of them when empty. */
  readonly logic: string
}

export const blankSharingRule: RuleDraft = {
  kind: 'owner',
  fullName: '',
  nameTyped: false,
  label: '',
  description: '',
  accessLevel: 'Read',
  to: [],
  from: [],
  items: [],
  logic: '',
}

export function labelled(draft: RuleDraft, label: string): RuleDraft {
  return { ...draft, label, ...(!draft.nameTyped && { fullName: deriveApiName(label, '') }) }
}

export function ruleDrafts(body: SharingRulesBody | undefined): readonly RuleDraft[] {
  const common = (rule: OwnerRule | CriteriaRule) => ({
    fullName: rule.fullName,
    nameTyped: true,
    label: rule.label ?? rule.fullName,
    description: rule.description ?? '',
    accessLevel: rule.accessLevel ?? 'Read',
    to: chosenOf(rule.sharedTo),
  })
  return [
    ...(body?.sharingOwnerRules ?? []).map((rule) => ({
      ...blankSharingRule,
      ...common(rule),
      kind: 'owner' as const,
      from: chosenOf(rule.sharedFrom),
    })),
    ...(body?.sharingCriteriaRules ?? []).map((rule) => ({
      ...blankSharingRule,
      ...common(rule),
      kind: 'criteria' as const,
      items: rule.criteriaItems ?? [],
      logic: rule.booleanFilter ?? '',
    })),
  ]
}

/** The rules with this one in the place of that of the same name, or without it; what is not asked about stays. */
export function withRule(
  object: string,
  body: SharingRulesBody | undefined,
  change: { readonly put: RuleDraft } | { readonly remove: string },
): SharingRulesBody {
  const name = 'put' in change ? change.put.fullName : change.remove
  const known = body ?? { fullName: object }
  const owners = (known.sharingOwnerRules ?? []).filter(({ fullName }) => fullName !== name)
  const criteria = (known.sharingCriteriaRules ?? []).filter(({ fullName }) => fullName !== name)
  const former = [...(known.sharingOwnerRules ?? []), ...(known.sharingCriteriaRules ?? [])].find(
    ({ fullName }) => fullName === name,
  )
  const put = 'put' in change ? change.put : undefined
  return {
    ...known,
    sharingOwnerRules:
      put?.kind === 'owner'
        ? [...owners, { ...settingsOf(former), ...commonOf(put), sharedFrom: sharedTo(put.from) }]
        : owners,
    sharingCriteriaRules:
      put?.kind === 'criteria'
        ? [...criteria, { ...settingsOf(former), ...commonOf(put), ...conditionsOf(put) }]
        : criteria,
  }
}

function settingsOf(
  rule: OwnerRule | CriteriaRule | undefined,
): Pick<OwnerRule, 'accountSettings'> {
  return rule?.accountSettings === undefined ? {} : { accountSettings: rule.accountSettings }
}

function commonOf(draft: RuleDraft): OwnerRule {
  const description = draft.description.trim()
  return {
    fullName: draft.fullName,
    label: draft.label.trim(),
    accessLevel: draft.accessLevel,
    sharedTo: sharedTo(draft.to),
    ...(description !== '' && { description }),
  }
}

function conditionsOf({
  items,
  logic,
}: RuleDraft): Pick<CriteriaRule, 'criteriaItems' | 'booleanFilter'> {
  const combined = logic.trim()
  return {
    criteriaItems: items,
    ...(items.length > 1 && combined !== '' && { booleanFilter: combined }),
  }
}

export function checkSharingRule(draft: RuleDraft, taken: readonly string[]): DraftErrors {
  const errors = new Map<string, string>()
  if (draft.label.trim() === '') errors.set('rule-label', t('Say what the rule is called.'))
  if (!/^[A-Za-z](?:_?[A-Za-z0-9]){0,79}$/.test(draft.fullName))
    errors.set('rule-name', t('Letters, digits and single underscores; it begins with a letter.'))
  else if (taken.includes(draft.fullName))
    errors.set('rule-name', t('There is a rule of this name already.'))
  if (draft.to.length === 0) errors.set('rule-to', t('Choose whom the records are opened to.'))
  if (draft.kind === 'owner' && draft.from.length === 0)
    errors.set('rule-from', t('Choose whose records are opened.'))
  if (draft.kind === 'criteria' && draft.items.length === 0)
    errors.set('rule-items', t('Add at least one condition.'))
  return errors
}
