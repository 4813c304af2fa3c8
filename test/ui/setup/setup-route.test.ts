import { describe, expect, it } from 'vitest'
import { parseSetupRoute, setupPath } from '../../../ui/setup/setup-route.ts'
import type { SetupRoute } from '../../../ui/setup/setup-route.ts'

const routes: readonly SetupRoute[] = [
  { page: 'objects' },
  { page: 'new-object' },
  { page: 'object', object: 'CollectionPlan', tab: 'details' },
  { page: 'object', object: 'Plan__c', tab: 'layouts', item: 'Plan__c-Layout / 100 %' },
  { page: 'new-field', object: 'CollectionPlan' },
  { page: 'field', object: 'CollectionPlan', field: 'Status' },
  { page: 'permission-sets' },
  { page: 'permission-sets', name: 'CollectionsAgent' },
  { page: 'sharing' },
  { page: 'sharing', object: 'Account' },
  { page: 'roles', name: 'Branch_Manager' },
  { page: 'groups', id: '00G000000000001' },
  { page: 'queues' },
  { page: 'participant-roles' },
  { page: 'delegate-groups' },
  { page: 'connected-apps', name: 'Ledger_Feed' },
  { page: 'explain-access', id: '001000000000001' },
  { page: 'history' },
  { page: 'history', number: 12 },
  { page: 'files' },
  { page: 'jobs' },
  { page: 'flows' },
  { page: 'flows', name: 'Rate' },
  { page: 'recycle-bin', object: 'Case' },
  { page: 'component', type: 'CustomField', fullName: 'Case.Reason__c' },
]

describe('the addresses of Setup', () => {
  it.each(routes.map((route) => [setupPath(route), route] as const))(
    '%s names its page',
    (path, route) => {
      expect(parseSetupRoute(path)).toEqual(route)
    },
  )

  it('begin with the Object Manager', () => {
    expect(parseSetupRoute('/setup')).toEqual({ page: 'objects' })
    expect(parseSetupRoute('/setup/objects/Case')).toEqual({
      page: 'object',
      object: 'Case',
      tab: 'details',
    })
  })

  it.each([
    '/setup/nowhere',
    '/setup/objects/Case/nowhere',
    '/setup/history/x',
    '/setup/history/0',
    '/setup/files/more',
    '/setup/a/b/c/d/e/f',
    '/elsewhere',
  ])('%s is unknown', (path) => {
    expect(parseSetupRoute(path)).toEqual({ page: 'unknown' })
  })

  it('take a malformed escape as it stands', () => {
    expect(parseSetupRoute('/setup/objects/%E0%A4%A/fields')).toEqual({
      page: 'object',
      object: '%E0%A4%A',
      tab: 'fields',
    })
  })
})
