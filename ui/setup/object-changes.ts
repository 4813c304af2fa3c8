/** The changes of one plan that make a new object usable at once: object, layout, tab and rights. */
import type { MetadataChange } from '../base/wire-metadata.ts'
import { t } from '../base/text.ts'
import type { ApplicationBody, ObjectBody, PermissionSetBody } from './component-bodies.ts'
import { nameFaultText } from './check-draft.ts'
import type { DraftErrors } from './check-draft.ts'
import { deriveApiName, derivePlural, findNameFault } from './derive-name.ts'
import { asBody } from './field-changes.ts'
import { numberOf } from './field-draft.ts'
import { setObjectRight } from './rights.ts'
import type { ObjectRightName } from './rights.ts'
import type { Component } from './setup-api.ts'

export type ObjectAccess = 'none' | 'read' | 'edit' | 'full'

export interface ObjectDraft {
  readonly label: string
  readonly pluralLabel: string
  readonly pluralDerived: boolean
  readonly apiName: string
  readonly nameDerived: boolean
  readonly description: string
  readonly nameLabel: string
  readonly nameLabelDerived: boolean
  readonly nameType: 'Text' | 'AutoNumber'
  readonly displayFormat: string
  readonly startingNumber: string
  readonly sharingModel: 'Private' | 'Read' | 'ReadWrite'
  readonly trackHistory: boolean
  readonly allowActivities: boolean
  readonly searchable: boolean
  /** Applications that get a tab. */
  readonly apps: ReadonlySet<string>
  readonly access: ReadonlyMap<string, ObjectAccess>
}

export const blankObject: ObjectDraft = {
  label: '',
  pluralLabel: '',
  pluralDerived: true,
  apiName: '',
  nameDerived: true,
  description: '',
  nameLabel: '',
  nameLabelDerived: true,
  nameType: 'Text',
  displayFormat: '{0000}',
  startingNumber: '1',
  sharingModel: 'Private',
  trackHistory: false,
  allowActivities: true,
  searchable: true,
  apps: new Set(),
  access: new Map(),
}

export function relabelObject(draft: ObjectDraft, label: string): ObjectDraft {
  return {
    ...draft,
    label,
    pluralLabel: draft.pluralDerived ? derivePlural(label) : draft.pluralLabel,
    apiName: draft.nameDerived ? deriveApiName(label) : draft.apiName,
    nameLabel: draft.nameLabelDerived
      ? t('{object} name', { object: label.trim() })
      : draft.nameLabel,
  }
}

export function checkObject(draft: ObjectDraft, takenNames: Iterable<string>): DraftErrors {
  const errors = new Map<string, string>()
  if (draft.label.trim() === '') errors.set('label', t('Enter a label.'))
  if (draft.pluralLabel.trim() === '') errors.set('pluralLabel', t('Enter the plural.'))
  if (draft.nameLabel.trim() === '') errors.set('nameLabel', t('Enter a label.'))
  const fault = findNameFault(draft.apiName, { suffix: '__c', taken: takenNames })
  if (fault !== undefined) errors.set('apiName', nameFaultText(fault))
  if (draft.nameType === 'AutoNumber' && !/\{0+\}/.test(draft.displayFormat))
    errors.set(
      'displayFormat',
      t('Write the number as zeros in braces, such as INV-{0}.', { 0: '{00000}' }),
    )
  if (draft.nameType === 'AutoNumber' && numberOf(draft.startingNumber) === undefined)
    errors.set('startingNumber', t('Enter a whole number.'))
  return errors
}

export function objectChanges(
  draft: ObjectDraft,
  context: {
    readonly apps: readonly Component<ApplicationBody>[]
    readonly permissionSets: readonly Component<PermissionSetBody>[]
  },
): readonly MetadataChange[] {
  return [
    { type: 'CustomObject', fullName: draft.apiName, body: asBody(objectOf(draft)) },
    firstLayout(draft),
    ...context.apps
      .filter((app) => draft.apps.has(app.fullName))
      .map((app) => ({
        type: 'CustomApplication',
        fullName: app.fullName,
        body: asBody({ ...app.body, tabs: [...(app.body.tabs ?? []), draft.apiName] }),
      })),
    ...context.permissionSets.flatMap((set) => {
      const names = rightsOf(draft.access.get(set.fullName) ?? 'none')
      if (names.length === 0) return []
      const body = names.reduce(
        (body, name) => setObjectRight(body, draft.apiName, { name, allowed: true }),
        set.body,
      )
      return [{ type: 'PermissionSet', fullName: set.fullName, body: asBody(body) }]
    }),
  ]
}

function rightsOf(access: ObjectAccess): readonly ObjectRightName[] {
  const rights: Readonly<Record<ObjectAccess, readonly ObjectRightName[]>> = {
    none: [],
    read: ['allowRead'],
    edit: ['allowCreate', 'allowEdit'],
    full: ['allowCreate', 'allowDelete'],
  }
  return rights[access]
}

function objectOf(draft: ObjectDraft): ObjectBody {
  const numbered = {
    displayFormat: draft.displayFormat.trim(),
    startingNumber: numberOf(draft.startingNumber) ?? 1,
  }
  const description = draft.description.trim()
  return {
    fullName: draft.apiName,
    label: draft.label.trim(),
    pluralLabel: draft.pluralLabel.trim(),
    ...(description === '' ? {} : { description }),
    nameField: {
      label: draft.nameLabel.trim(),
      type: draft.nameType,
      ...(draft.nameType === 'AutoNumber' ? numbered : {}),
    },
    sharingModel: draft.sharingModel,
    deploymentStatus: 'Deployed',
    enableActivities: draft.allowActivities,
    enableHistory: draft.trackHistory,
    enableSearch: draft.searchable,
    enableReports: true,
    enableBulkApi: true,
    listViews: [
      {
        fullName: 'All',
        label: t('All {objects}', { objects: draft.pluralLabel.trim() }),
        filterScope: 'Everything',
        columns: ['Name'],
      },
    ],
  }
}

function firstLayout(draft: ObjectDraft): MetadataChange {
  const fullName = `${draft.apiName}-${t('{object} layout', { object: draft.label.trim() })}`
  const name = { field: 'Name', behavior: draft.nameType === 'Text' ? 'Required' : 'Readonly' }
  const owner = { field: 'OwnerId', behavior: 'Edit' }
  const section = {
    label: t('Information'),
    detailHeading: true,
    editHeading: true,
    style: 'TwoColumnsTopToBottom',
    layoutColumns: [{ layoutItems: [name] }, { layoutItems: [owner] }],
  }
  return { type: 'Layout', fullName, body: { fullName, layoutSections: [section] } }
}
