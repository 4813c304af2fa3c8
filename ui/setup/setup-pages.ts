/** The table of Setup's pages; each is loaded when it is first shown. */
import type { SetupRoute } from './setup-route.ts'

/** What every page of Setup has. */
export interface SetupPageElement extends HTMLElement {
  route: SetupRoute | undefined
}

interface SetupPageEntry {
  readonly tag: string
  load(): Promise<unknown>
}

export const setupPages: Readonly<Record<SetupRoute['page'], SetupPageEntry>> = {
  objects: { tag: 'fs-setup-objects-page', load: () => import('./objects-page.ts') },
  'new-object': { tag: 'fs-setup-new-object-page', load: () => import('./new-object-page.ts') },
  object: { tag: 'fs-setup-object-page', load: () => import('./object-page.ts') },
  'new-field': { tag: 'fs-setup-new-field-page', load: () => import('./new-field-page.ts') },
  field: { tag: 'fs-setup-field-page', load: () => import('./field-page.ts') },
  users: { tag: 'fs-setup-users-page', load: () => import('./users-page.ts') },
  'permission-sets': {
    tag: 'fs-setup-permission-sets-page',
    load: () => import('./permission-sets-page.ts'),
  },
  sharing: { tag: 'fs-setup-sharing-page', load: () => import('./sharing-page.ts') },
  roles: { tag: 'fs-setup-roles-page', load: () => import('./roles-page.ts') },
  groups: { tag: 'fs-setup-groups-page', load: () => import('./groups-page.ts') },
  queues: { tag: 'fs-setup-groups-page', load: () => import('./groups-page.ts') },
  'delegate-groups': { tag: 'fs-setup-chosen-page', load: () => import('./chosen-page.ts') },
  'connected-apps': { tag: 'fs-setup-chosen-page', load: () => import('./chosen-page.ts') },
  'participant-roles': {
    tag: 'fs-setup-participant-roles-page',
    load: () => import('./participant-roles-page.ts'),
  },
  'explain-access': {
    tag: 'fs-setup-explain-access-page',
    load: () => import('./explain-access-page.ts'),
  },
  security: { tag: 'fs-setup-security-page', load: () => import('./security-page.ts') },
  access: { tag: 'fs-setup-access-page', load: () => import('./access-page.ts') },
  lasting: { tag: 'fs-setup-lasting-page', load: () => import('./lasting-page.ts') },
  'value-sets': {
    tag: 'fs-setup-value-sets-page',
    load: () => import('./value-sets-page.ts'),
  },
  'custom-settings': {
    tag: 'fs-setup-custom-settings-page',
    load: () => import('./custom-settings-page.ts'),
  },
  'audit-trail': { tag: 'fs-setup-audit-page', load: () => import('./audit-page.ts') },
  history: { tag: 'fs-setup-history-page', load: () => import('./history-page.ts') },
  files: { tag: 'fs-setup-files-page', load: () => import('./files-page.ts') },
  webhooks: { tag: 'fs-setup-webhooks-page', load: () => import('./webhooks-page.ts') },
  emails: { tag: 'fs-setup-emails-page', load: () => import('./emails-page.ts') },
  'recycle-bin': { tag: 'fs-setup-recycle-bin-page', load: () => import('./recycle-bin-page.ts') },
  processes: { tag: 'fs-setup-processes-page', load: () => import('./processes-page.ts') },
  flows: { tag: 'fs-setup-flows-page', load: () => import('./flows-page.ts') },
  scoring: { tag: 'fs-setup-scoring-page', load: () => import('./scoring-page.ts') },
  approvals: { tag: 'fs-setup-approvals-page', load: () => import('./approvals-page.ts') },
  jobs: { tag: 'fs-setup-jobs-page', load: () => import('./jobs-page.ts') },
  component: { tag: 'fs-setup-component-page', load: () => import('./component-page.ts') },
  unknown: { tag: 'fs-setup-unknown-page', load: () => import('./unknown-page.ts') },
}
