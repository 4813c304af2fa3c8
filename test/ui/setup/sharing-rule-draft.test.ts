import { expect, it } from 'vitest'
import {
  blankSharingRule,
  checkSharingRule,
  labelled,
  ruleDrafts,
  withRule,
} from '../../../ui/setup/sharing-rule-draft.ts'

const byOwner = {
  ...labelled(blankSharingRule, 'Branch to head'),
  to: ['role:Head', 'allInternalUsers:'],
  from: ['roleAndSubordinates:Low', 'queue:Early'],
}
const byValue = {
  ...labelled(blankSharingRule, 'Large ones'),
  kind: 'criteria' as const,
  accessLevel: 'Edit',
  to: ['group:Circle'],
  items: [
    { field: 'Size__c', operation: 'greaterThan' as const, value: '9' },
    { field: 'Kind__c', operation: 'equals' as const, value: 'A' },
  ],
  logic: '1 OR 2',
}

it('rules are written as files have them, and read back', () => {
  const one = withRule('Deal__c', undefined, { put: byOwner })
  const both = withRule('Deal__c', one, { put: byValue })
  expect(both).toEqual({
    fullName: 'Deal__c',
    sharingOwnerRules: [
      {
        fullName: 'Branch_to_head',
        label: 'Branch to head',
        accessLevel: 'Read',
        sharedTo: { allInternalUsers: true, role: ['Head'] },
        sharedFrom: { roleAndSubordinates: ['Low'], queue: ['Early'] },
      },
    ],
    sharingCriteriaRules: [
      {
        fullName: 'Large_ones',
        label: 'Large ones',
        accessLevel: 'Edit',
        sharedTo: { group: ['Circle'] },
        criteriaItems: byValue.items,
        booleanFilter: '1 OR 2',
      },
    ],
  })
  const again = ruleDrafts(both).reduce((body, put) => withRule('Deal__c', body, { put }), both)
  expect(again).toEqual(both)
  expect(withRule('Deal__c', both, { remove: 'Branch_to_head' }).sharingOwnerRules).toEqual([])
})

it('a rule that becomes one by values leaves its place among those by owner', () => {
  const one = withRule('Deal__c', undefined, { put: byOwner })
  const changed = withRule('Deal__c', one, {
    put: { ...byOwner, ...byValue, fullName: 'Branch_to_head' },
  })
  expect(changed.sharingOwnerRules).toEqual([])
  expect(changed.sharingCriteriaRules).toHaveLength(1)
})

it('what is missing is said at its place', () => {
  const names = (draft: typeof byOwner, taken: readonly string[] = []) => [
    ...checkSharingRule(draft, taken).keys(),
  ]
  expect(names(byOwner)).toEqual([])
  expect(names(byOwner, ['Branch_to_head'])).toEqual(['rule-name'])
  expect(names(blankSharingRule as typeof byOwner)).toEqual([
    'rule-label',
    'rule-name',
    'rule-to',
    'rule-from',
  ])
  expect([...checkSharingRule({ ...byValue, items: [] }, []).keys()]).toEqual(['rule-items'])
})
