/** A small firm whose records are shared in every way: roles, groups, rules, shares; and who sees what, worked out plainly. */
import { createIdSource } from '../../engine/base/record-id.ts'
import { compileAccess } from '../../engine/access/compile-access.ts'
import type { RowRight } from '../../engine/access/object-sharing.ts'
import { writeComponentRows } from '../../engine/deploy/component-rows.ts'
import type { Model } from '../../engine/model/model.ts'
import type { Renames } from '../../engine/model/renames.ts'
import { createRecords } from '../../engine/records/create-records.ts'
import type { RecordContext } from '../../engine/records/record-parts.ts'
import type { Caller } from '../../engine/records/records.ts'
import { identifier, sql } from '../../engine/sql/sql.ts'
import type { Storage } from '../../engine/storage/storage.ts'
import { testServices } from '../contract/field-services.ts'
import { modelOf } from './model.ts'
import { body, openOrganisation, type Organisation } from './organisation.ts'
import { testMetadata, type MetadataFile } from './test-objects.ts'

type Json = Readonly<Record<string, unknown>>

const lookup = (fullName: string, referenceTo: readonly string[], more: Json = {}): Json => ({
  fullName,
  label: fullName.replace(/__c$/, ''),
  type: 'Lookup',
  referenceTo,
  relationshipName: `${fullName.replace(/__c$/, '')}List`,
  deleteConstraint: 'Cascade',
  required: true,
  ...more,
})
const text = (fullName: string, more: Json = {}): Json => ({
  fullName,
  label: fullName.replace(/__c$/, ''),
  type: 'Text',
  length: 80,
  ...more,
})
const box = (fullName: string): Json => ({
  fullName,
  label: fullName,
  type: 'Checkbox',
  defaultValue: 'false',
})

function object(fullName: string, more: Json, fields: readonly Json[]): MetadataFile {
  const label = fullName.replace(/__c$/, '')
  const nameField = { label: 'Name', type: 'Text' }
  const base = { fullName, label, pluralLabel: `${label}s`, nameField }
  return [`objects/${fullName}.json`, { ...base, ...more, fields }]
}

/** `Deal__c` is private; items follow their deal; notes are open to all and lead to a deal; badges carry a level. */
export const sharingObjects: readonly MetadataFile[] = [
  ...testMetadata
    .filter(([path]) => path === 'objects/User.json' || path.startsWith('profiles/'))
    .map(([path, file]): MetadataFile => [
      path,
      path === 'objects/User.json'
        ? withFields(file, [
            lookup('UserRoleId', ['UserRole'], { required: false, deleteConstraint: 'SetNull' }),
          ])
        : file,
    ]),
  object('UserRole', { keyPrefix: '00E', sharingModel: 'Read' }, [
    text('DeveloperName'),
    lookup('ParentRoleId', ['UserRole'], { required: false, deleteConstraint: 'Restrict' }),
  ]),
  object('Group', { keyPrefix: '00G', sharingModel: 'Read' }, [
    text('DeveloperName'),
    text('Type'),
    lookup('RelatedId', ['UserRole'], { required: false }),
    box('DoesIncludeBosses'),
  ]),
  object('GroupMember', { keyPrefix: '011', sharingModel: 'ControlledByParent' }, [
    lookup('GroupId', ['Group'], { relationshipName: 'GroupMembers' }),
    lookup('UserOrGroupId', ['Group', 'User']),
  ]),
  object('QueueSobject', { keyPrefix: '03g', sharingModel: 'ControlledByParent' }, [
    lookup('QueueId', ['Group'], { relationshipName: 'QueueSobjects' }),
    text('SobjectType'),
  ]),
  object('Deal__c', { sharingModel: 'Private', enableSearch: true }, [
    text('Kind__c'),
    text('Code__c', { externalId: true, unique: true, caseSensitive: false }),
    { fullName: 'Size__c', label: 'Size', type: 'Number', precision: 9, scale: 0 },
  ]),
  object('Item__c', { sharingModel: 'ControlledByParent' }, [
    {
      fullName: 'Deal__c',
      label: 'Deal',
      type: 'MasterDetail',
      referenceTo: ['Deal__c'],
      relationshipName: 'Items',
      reparentableMasterDetail: true,
    },
  ]),
  object('Note__c', { sharingModel: 'ReadWrite' }, [
    lookup('Deal__c', ['Deal__c'], {
      required: false,
      relationshipName: 'Notes',
      deleteConstraint: 'Restrict',
    }),
    lookup('About__c', ['Deal__c', 'User'], { required: false, relationshipName: 'Remarks' }),
    { fullName: 'DealSize__c', label: 'S', type: 'Number', formula: 'Deal__r.Size__c', scale: 0 },
    {
      fullName: 'OpenSize__c',
      label: 'O',
      type: 'Number',
      formula: 'Deal__r.Size__c',
      scale: 0,
      discloses: true,
    },
  ]),
  object('Badge__c', { sharingModel: 'Read' }, [text('Level__c'), box('On__c')]),
  object(
    'DealShare__c',
    {
      sharingModel: 'ControlledByParent',
      sharingParents: ['Deal__c'],
      sharingGrants: [
        {
          record: 'Deal__c',
          principal: 'Who__c',
          accessLevel: 'Badge__c.Level__c',
          active: ['Badge__c.On__c'],
        },
      ],
    },
    [
      lookup('Deal__c', ['Deal__c'], { relationshipName: 'Shares' }),
      lookup('Who__c', ['Group', 'User'], { relationshipName: 'DealShares' }),
      lookup('Badge__c', ['Badge__c'], { relationshipName: 'DealShares' }),
    ],
  ),
  object(
    'Deal__Share',
    {
      sharingModel: 'ControlledByParent',
      sharingParents: ['ParentId'],
      rightsFollow: 'Deal__c',
      sharingGrants: [
        {
          record: 'ParentId',
          principal: 'UserOrGroupId',
          accessLevel: 'AccessLevel',
          endsWithOwner: true,
        },
      ],
    },
    [
      lookup('ParentId', ['Deal__c'], { relationshipName: 'ManualShares' }),
      lookup('UserOrGroupId', ['Group', 'User'], { relationshipName: 'ManualShares' }),
      text('AccessLevel'),
    ],
  ),
  [
    'permissionsets/Rep.json',
    {
      fullName: 'Rep',
      label: 'Rep',
      objectPermissions: [
        'Deal__c',
        'Item__c',
        'Note__c',
        'DealShare__c',
        'Badge__c',
        'User',
        'Group',
        'GroupMember',
        'QueueSobject',
        'UserRole',
      ].map((name) => ({
        object: name,
        allowCreate: true,
        allowRead: true,
        allowEdit: true,
        allowDelete: true,
        viewAllRecords: false,
        modifyAllRecords: false,
      })),
      fieldPermissions: [
        'Deal__c.Kind__c',
        'Deal__c.Code__c',
        'Deal__c.Size__c',
        'Note__c.Deal__c',
        'Note__c.About__c',
        'Note__c.DealSize__c',
        'Note__c.OpenSize__c',
        'User.UserRoleId',
      ].map((field) => ({
        field,
        readable: true,
        editable: !field.endsWith('Size__c') || field === 'Deal__c.Size__c',
      })),
    },
  ],
]

function withFields(file: unknown, more: readonly Json[]): Json {
  const known = file as Json & { readonly fields: readonly Json[] }
  return { ...known, fields: [...known.fields, ...more] }
}

export interface GroupPlan {
  readonly bosses: boolean
  /** Users by number, other groups by name, roles as `role:R1`, with those below as `branch:R1`. */
  readonly members: readonly string[]
}

export interface RulePlan {
  readonly level: 'Read' | 'Edit'
  readonly to: Json
  readonly from: Json | undefined
  readonly kind: string | undefined
}

export interface FirmPlan {
  /** Name → the role above. */
  readonly roles: ReadonlyMap<string, string | undefined>
  /** Name → role. */
  readonly users: ReadonlyMap<string, string | undefined>
  readonly groups: ReadonlyMap<string, GroupPlan>
  readonly rules: readonly RulePlan[]
  readonly hierarchy: boolean
}

function firmFiles(plan: FirmPlan): readonly MetadataFile[] {
  const owner = plan.rules.flatMap(({ level, to, from }, index) =>
    from === undefined
      ? []
      : [{ fullName: `R${index}`, accessLevel: level, sharedTo: to, sharedFrom: from }],
  )
  const criteria = plan.rules.flatMap(({ level, to, kind }, index) =>
    kind === undefined
      ? []
      : [
          {
            fullName: `R${index}`,
            accessLevel: level,
            sharedTo: to,
            criteriaItems: [{ field: 'Kind__c', operation: 'equals', value: kind }],
          },
        ],
  )
  return [
    ...sharingObjects.map(([path, file]): MetadataFile => [
      path,
      path === 'objects/Deal__c.json'
        ? { ...(file as Json), sharingHierarchy: plan.hierarchy }
        : file,
    ]),
    ...[...plan.roles].map(([name, parent]): MetadataFile => [
      `roles/${name}.json`,
      { fullName: name, name, ...(parent !== undefined && { parentRole: parent }) },
    ]),
    ...[...plan.groups].map(([name, { bosses }]): MetadataFile => [
      `groups/${name}.json`,
      { fullName: name, name, doesIncludeBosses: bosses },
    ]),
    [
      'sharingRules/Deal__c.json',
      { fullName: 'Deal__c', sharingOwnerRules: owner, sharingCriteriaRules: criteria },
    ],
  ]
}

export interface Firm extends Organisation {
  readonly plan: FirmPlan
  /** By name; users, groups, roles as `role:R1` and `branch:R1`. */
  readonly ids: ReadonlyMap<string, string>
  readonly context: RecordContext
  user(name: string): Caller
  make(object: string, values: Json, as?: Caller): Promise<string>
}

export function openFirms(storage: Storage): Promise<Organisation> {
  return openOrganisation(storage, sharingObjects)
}

/** Puts the firm's people into the organisation in place of those that were there. */
export async function beginFirm(org: Organisation, plan: FirmPlan): Promise<Firm> {
  const model = modelOf(firmFiles(plan))
  const { storage } = org
  const ids = createIdSource({ now: () => Date.now() }, (count) =>
    crypto.getRandomValues(new Uint8Array(count)),
  )
  const parts = {
    storage,
    models: { current: () => model },
    clock: { now: () => org.clock.now },
    ids,
    services: testServices,
  }
  const records = await createRecords({
    ...parts,
    reportError: (error) => {
      throw error
    },
  })
  await storage.write(async (tx) => {
    for (const name of [
      'Deal__Share',
      'DealShare__c',
      'Item__c',
      'Note__c',
      'Deal__c',
      'QueueSobject',
      'GroupMember',
      'Group',
      'UserRole',
    ]) {
      const table = model.object(name)?.table ?? identifier(name)
      await tx.run(sql`delete from ${table}`)
    }
    await tx.run(
      sql`delete from ${identifier('User')} where ${identifier('UserRoleId')} is not null or ${identifier('CreatedById')} is not null`,
    )
    const context = {
      before: modelOf([]),
      wanted: model,
      renames: { objects: new Map(), fields: new Map(), others: new Map() } as unknown as Renames,
      by: { id: org.admin.userId, name: 'Ada' },
      at: org.clock.now,
      ids,
    }
    await writeComponentRows(tx, [], context)
  })
  const admin = { ...org.admin, access: accessTo(model, org.admin.userId, 'System Administrator') }
  const make: Firm['make'] = async (name, values, as = admin) =>
    (await records.create(as, name, body(values))).id
  const named = await namesOf(records, admin)
  for (const [name, role] of plan.users) {
    const UserRoleId = role === undefined ? null : named.get(`role-id:${role}`)
    named.set(
      name,
      await make('User', { LastName: name, Username: `${name}@${ids('000')}`, UserRoleId }),
    )
  }
  for (const [name, { members }] of plan.groups) {
    for (const member of members) {
      const GroupId = named.get(name)
      await make('GroupMember', { Name: 'm', GroupId, UserOrGroupId: named.get(member) })
    }
  }
  const user: Firm['user'] = (name) => {
    const userId = named.get(name) ?? ''
    return org.as(accessTo(model, userId, undefined), userId)
  }
  const context = { ...parts, emit: () => undefined, useCasesOf: () => records }
  return { ...org, model, records, admin, plan, ids: named, context, user, make }
}

async function namesOf(
  records: Organisation['records'],
  admin: Caller,
): Promise<Map<string, string>> {
  const rows = async (soql: string): Promise<readonly Record<string, string>[]> =>
    (JSON.parse((await records.query(admin, soql)).text) as { records: Record<string, string>[] })
      .records
  const ids = new Map<string, string>()
  const roles = new Map<string, string>()
  for (const { Id = '', Name = '' } of await rows('SELECT Id, Name FROM UserRole')) {
    ids.set(`role-id:${Name}`, Id)
    roles.set(Id, Name)
  }
  for (const { Id = '', Name = '', Type, RelatedId = '' } of await rows(
    'SELECT Id, Name, Type, RelatedId FROM Group',
  )) {
    if (Type === 'Regular') ids.set(Name, Id)
    else ids.set(`${Type === 'Role' ? 'role' : 'branch'}:${roles.get(RelatedId) ?? ''}`, Id)
  }
  return ids
}

function accessTo(model: Model, userId: string, profile: string | undefined): Caller['access'] {
  return compileAccess({
    model,
    userId,
    grants: {
      profile: profile === undefined ? undefined : model.component('Profile', profile),
      permissionSets:
        profile === undefined ? [model.component('PermissionSet', 'Rep') ?? never()] : [],
    },
  })
}

function never(): never {
  throw new Error('the firm has a permission set')
}

export const rightRanks: Readonly<Record<RowRight, number>> = {
  read: 1,
  edit: 2,
  transfer: 3,
  all: 4,
}
