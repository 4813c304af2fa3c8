/** The pages of Setup as its tree shows them, and the quick find over labels and other words. */
import { t } from '../base/text.ts'
import type { IconName } from '../elements/icon/icon.ts'
import type { SetupRoute } from './setup-route.ts'

export interface TreeEntry {
  readonly label: string
  readonly icon: IconName
  readonly route: SetupRoute
  /** Pages that stand under this entry. */
  readonly covers: readonly SetupRoute['page'][]
  /** Other words people look for it by. */
  readonly words: readonly string[]
}

export interface TreeGroup {
  readonly label: string
  readonly entries: readonly TreeEntry[]
}

const objectWords: readonly string[] = (
  'table entity field column attribute picklist relationship lookup schema layout form list view ' +
  'required unique formula dropdown'
).split(' ')

export function setupTree(): readonly TreeGroup[] {
  return [
    {
      label: t('Objects and fields'),
      entries: [
        {
          label: t('Object Manager'),
          icon: 'cube',
          route: { page: 'objects' },
          covers: ['objects', 'new-object', 'object', 'new-field', 'field'],
          words: objectWords,
        },
        {
          label: t('Value sets'),
          icon: 'list',
          route: { page: 'value-sets' },
          covers: ['value-sets'],
          words: ['picklist', 'global', 'values', 'dropdown', 'options', 'replace'],
        },
        {
          label: t('Custom settings'),
          icon: 'adjustments',
          route: { page: 'custom-settings' },
          covers: ['custom-settings'],
          words: ['hierarchy', 'limits', 'thresholds', 'defaults', '$Setup'],
        },
      ],
    },
    usersGroup(),
    ...runningGroups(),
  ]
}

/** Whose records who sees. */
function sharingEntries(): readonly TreeEntry[] {
  return [
    {
      label: t('Roles'),
      icon: 'users',
      route: { page: 'roles' },
      covers: ['roles'],
      words: ['hierarchy', 'tree', 'reports to', 'manager', 'subordinates'],
    },
    {
      label: t('Public groups'),
      icon: 'users',
      route: { page: 'groups' },
      covers: ['groups'],
      words: ['members', 'nested', 'participant groups', 'sharing'],
    },
    {
      label: t('Queues'),
      icon: 'list',
      route: { page: 'queues' },
      covers: ['queues'],
      words: ['work', 'owner', 'members', 'accept', 'assign'],
    },
    {
      label: t('Sharing settings'),
      icon: 'lock',
      route: { page: 'sharing' },
      covers: ['sharing'],
      words: ['organization-wide defaults', 'sharing rules', 'private', 'criteria', 'visibility'],
    },
    {
      label: t('Participant roles'),
      icon: 'user',
      route: { page: 'participant-roles' },
      covers: ['participant-roles'],
      words: ['compliant data sharing', 'confidential', 'access level', 'deal team'],
    },
    {
      label: t('Explain access'),
      icon: 'info',
      route: { page: 'explain-access' },
      covers: ['explain-access'],
      words: ['why', 'cannot see', 'troubleshoot', 'reasons', 'visibility'],
    },
  ]
}

/** Who may do what, and how people and programs get in. */
function guardEntries(): readonly TreeEntry[] {
  return [
    {
      label: t('Delegated administration'),
      icon: 'users',
      route: { page: 'delegate-groups' },
      covers: ['delegate-groups'],
      words: ['delegate group', 'branch', 'local administrators', 'helpdesk', 'manage users'],
    },
    {
      label: t('Rights compared'),
      icon: 'adjustments',
      route: { page: 'access' },
      covers: ['access'],
      words: ['compare', 'profiles', 'permission sets', 'effective access', 'difference'],
    },
    {
      label: t('Sign-in and security'),
      icon: 'adjustments',
      route: { page: 'security' },
      covers: ['security'],
      words: ['password policy', 'lockout', 'session', 'second factor', 'mfa', 'sso', 'openid'],
    },
    {
      label: t('Connected programs'),
      icon: 'key',
      route: { page: 'connected-apps' },
      covers: ['connected-apps'],
      words: ['connected app', 'oauth', 'service account', 'integration', 'restrict', 'limits'],
    },
    {
      label: t('Audit trail'),
      icon: 'clock',
      route: { page: 'audit-trail' },
      covers: ['audit-trail'],
      words: ['setup', 'who changed', 'history', 'log', 'compliance', 'export'],
    },
  ]
}

function usersGroup(): TreeGroup {
  return {
    label: t('Users and security'),
    entries: [
      {
        label: t('Users'),
        icon: 'users',
        route: { page: 'users' },
        covers: ['users'],
        words: ['people', 'accounts', 'password', 'sessions', 'tokens', 'sign-in', 'deactivate'],
      },
      {
        label: t('Permission sets'),
        icon: 'key',
        route: { page: 'permission-sets' },
        covers: ['permission-sets'],
        words: ['access', 'rights', 'field-level security', 'roles', 'who can see', 'visibility'],
      },
      ...sharingEntries(),
      ...guardEntries(),
    ],
  }
}

function runningGroups(): readonly TreeGroup[] {
  return [
    automation(),
    {
      label: t('Data'),
      entries: [
        {
          label: t('Recycle bin'),
          icon: 'trash',
          route: { page: 'recycle-bin' },
          covers: ['recycle-bin'],
          words: ['deleted', 'undelete', 'restore', 'trash', 'removed records'],
        },
        {
          label: t('Retention and holds'),
          icon: 'clock',
          route: { page: 'lasting' },
          covers: ['lasting'],
          words: ['legal hold', 'retention', 'anonymise', 'privacy', 'views', 'confidential'],
        },
        {
          label: t('E-mail outbox'),
          icon: 'envelope',
          route: { page: 'emails' },
          covers: ['emails'],
          words: ['email', 'mail', 'smtp', 'messages', 'sent', 'letters', 'resend', 'deliveries'],
        },
      ],
    },
    environmentGroup(),
  ]
}

function automation(): TreeGroup {
  return {
    label: t('Automation'),
    entries: [
      {
        label: t('Guided processes'),
        icon: 'list',
        route: { page: 'processes' },
        covers: ['processes'],
        words: ['service process', 'studio', 'screen flow', 'wizard', 'steps', 'intake'],
      },
      {
        label: t('Flows'),
        icon: 'list',
        route: { page: 'flows' },
        covers: ['flows'],
        words: ['trigger', 'automation', 'debug', 'trace', 'test', 'errors', 'activate'],
      },
      {
        label: t('Approval processes'),
        icon: 'check-circle',
        route: { page: 'approvals' },
        covers: ['approvals'],
        words: ['approve', 'reject', 'submit', 'steps', 'approver', 'sign off', 'lock'],
      },
      {
        label: t('Scoring rules'),
        icon: 'adjustments',
        route: { page: 'scoring' },
        covers: ['scoring'],
        words: ['score', 'priority', 'points', 'rank', 'urgency', 'queue order', 'criteria'],
      },
      {
        label: t('Jobs'),
        icon: 'clock',
        route: { page: 'jobs' },
        covers: ['jobs'],
        words: ['scheduled', 'cron', 'overnight', 'background', 'queue', 'failed', 'run now'],
      },
    ],
  }
}

function environmentGroup(): TreeGroup {
  return {
    label: t('Environment'),
    entries: [
      {
        label: t('Plans and history'),
        icon: 'clock',
        route: { page: 'history' },
        covers: ['history'],
        words: ['journal', 'audit', 'revert', 'undo', 'changes', 'deployments', 'log'],
      },
      {
        label: t('Metadata files'),
        icon: 'document',
        route: { page: 'files' },
        covers: ['files', 'component'],
        words: ['json', 'problems', 'errors', 'pending', 'consent', 'git', 'folder', 'source'],
      },
      {
        label: t('Webhooks'),
        icon: 'external',
        route: { page: 'webhooks' },
        covers: ['webhooks'],
        words: ['events', 'deliveries', 'outgoing', 'integration', 'resend', 'api', 'secret'],
      },
    ],
  }
}

/** Every typed word must stand in the label or in one of the other words. */
export function findInTree(groups: readonly TreeGroup[], search: string): readonly TreeGroup[] {
  const wanted = search.toLowerCase().split(/\s+/).filter(Boolean)
  return groups
    .map((group) => ({
      ...group,
      entries: group.entries.filter((entry) => {
        const heap = [entry.label, group.label, ...entry.words].join(' ').toLowerCase()
        return wanted.every((word) => heap.includes(word))
      }),
    }))
    .filter((group) => group.entries.length > 0)
}
