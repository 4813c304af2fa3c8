/** What the dialogs of sharing say of levels, causes and reasons. */
import type { RightExplanation, ShareList, SharingReason } from '../../access-api.ts'
import { findObject } from '../../base/app-context.ts'
import { t } from '../../base/text.ts'
import type { AppScreen } from '../../base/wire.ts'

export function levelWord(level: string): string {
  switch (level) {
    case 'None':
      return t('No access')
    case 'Read':
      return t('Read')
    case 'Edit':
      return t('Edit')
    case 'Transfer':
      return t('Edit and give away')
    case 'All':
      return t('Full access')
    default:
      return level
  }
}

export function defaultWord(sharingModel: string): string {
  switch (sharingModel) {
    case 'Private':
      return t('Private')
    case 'Read':
      return t('Everybody reads')
    case 'ReadWrite':
      return t('Everybody reads and edits')
    case 'ReadWriteTransfer':
      return t('Everybody reads, edits and gives away')
    case 'FullAccess':
      return t('Everybody has full access')
    case 'ControlledByParent':
      return t('Decided by the parent')
    default:
      return sharingModel
  }
}

/** "Manual", or what opens the record: a member of a team, a participant. */
export function causeWord(screen: AppScreen | undefined, cause: string): string {
  if (cause === 'Manual') return t('Shared by hand')
  return findObject(screen, cause)?.label ?? cause
}

export function reasonWord(screen: AppScreen | undefined, { kind, name }: SharingReason): string {
  switch (kind) {
    case 'owner':
      return t('Owner, or member of the queue that owns it')
    case 'hierarchy':
      return t('Stands above the owner in the role hierarchy')
    case 'rule':
      return t('Sharing rule {name}', { name })
    case 'grant':
      return causeWord(screen, name)
    case 'child':
      return t('Sees one of its records: {object}', {
        object: findObject(screen, name)?.label ?? name,
      })
    case 'permission':
      return t('System permission {name}', { name })
    case 'objectPermission':
      return t('Object permission {name}', { name })
    case 'organizationWideDefault':
      return t('Organisation-wide default: {name}', { name: defaultWord(name) })
    default:
      return name
  }
}

/** The people whom a rule opens the record to, as its file names them. */
export function sharedToText(to: ShareList['rules'][number]['to']): string {
  return Object.values(to)
    .map((names) => (typeof names === 'boolean' ? t('All internal users') : names.join(', ')))
    .join('; ')
}

export function rightWord(right: string): string {
  switch (right) {
    case 'read':
      return t('Read')
    case 'create':
      return t('Create')
    case 'edit':
      return t('Edit')
    case 'delete':
      return t('Delete')
    case 'viewAll':
      return t('View all')
    case 'modifyAll':
      return t('Modify all')
    default:
      return right
  }
}

/** What gives a right to an object or a field, or takes it. */
export function rightReasonWord(
  screen: AppScreen | undefined,
  { kind, name }: RightExplanation['reasons'][number],
): string {
  switch (kind) {
    case 'profile':
      return t('Profile {name}', { name })
    case 'permissionSet':
      return t('Permission set {name}', { name })
    case 'permission':
      return t('System permission {name}', { name })
    case 'leader':
      return t('As {object}', { object: findObject(screen, name)?.label ?? name })
    case 'object':
      return t('Goes with the object')
    case 'source':
      return t('Made of {field}, which is hidden', { field: name })
    default:
      return name
  }
}
