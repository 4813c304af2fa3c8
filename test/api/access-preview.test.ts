/** What a change of sharing would do is told before it is made, and it does just that. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { queryRows } from '../../engine/records/answer-rows.ts'
import { administratorOf } from '../support/administrator.ts'
import { openApi, type Api, type Json } from '../support/api.ts'
import { databases } from '../support/databases.ts'

const data = '/services/data/v67.0'
const own = '/services/fieldstone/v1'
const timeout = 300_000

describe.each(databases)('a preview of access on $name', { timeout }, (database) => {
  let api: Api
  let boss: string
  let group: string

  beforeAll(async () => {
    api = await openApi(database)
    await change([
      { type: 'Role', fullName: 'Head', body: { fullName: 'Head', name: 'Head' } },
      { type: 'Role', fullName: 'Low', body: { fullName: 'Low', name: 'Low', parentRole: 'Head' } },
      { type: 'Role', fullName: 'Side', body: { fullName: 'Side', name: 'Side' } },
    ])
    const [head, low] = [await idOf('UserRole', 'Head'), await idOf('UserRole', 'Low')]
    boss = await make('User', {
      Username: 'boss@example.com',
      Email: 'boss@example.com',
      Alias: 'boss',
      LastName: 'Boss',
      IsActive: true,
      ProfileId: await idOf('Profile', 'Standard User'),
      UserRoleId: head,
    })
    const PermissionSetId = await idOf('PermissionSet', 'Rep')
    await make('PermissionSetAssignment', { AssigneeId: boss, PermissionSetId })
    await update('User', api.repId, { UserRoleId: low })
    for (const [Name, Phone, as] of [
      ['One', '1', 'rep'],
      ['Two', '2', 'rep'],
      ['Three', '3', 'admin'],
      ['Four', '4', 'admin'],
    ] as const) {
      await make('Account', { Name, Phone }, as)
    }
    group = await make('Group', { Name: 'Friends', DeveloperName: 'Friends', Type: 'Regular' })
  }, timeout)
  afterAll(() => api.close())

  const { ask, make, update, idOf: idWhere } = administratorOf(() => api)
  const idOf = (object: string, name: string): Promise<string> =>
    idWhere(object, `Name = '${name}'`)
  const plan = async (changes: readonly unknown[]): Promise<string> =>
    String((await ask('POST', `${own}/plans`, { changes }))['id'])
  const apply = (id: string): Promise<Json> =>
    ask('POST', `${own}/plans/${id}/apply`, { consent: true })
  const change = async (changes: readonly unknown[]): Promise<Json> => apply(await plan(changes))

  /** Ids of the accounts that each of the two may read. */
  const seen = (): Promise<readonly ReadonlySet<string>[]> =>
    Promise.all(
      [api.repId, boss].map(async (id) => {
        const user = await api.engine.auth.userById(id)
        const caller = user?.caller('api', '67.0')
        if (caller === undefined) throw new Error(`no user ${id}`)
        const rows = await queryRows(api.engine.records, caller, 'SELECT Id FROM Account')
        return new Set(rows.map((row) => String(row.get('Id'))))
      }),
    )

  /** What the preview says of accounts for the two, as [gained, lost]. */
  const told = (preview: Json): readonly (readonly number[])[] => {
    const accounts = preview['objects']?.find((one) => String(one['object']) === 'Account')
    return [api.repId, boss].map((user) => {
      const mine = accounts?.['changes']?.find((one) => String(one['user']?.['id']) === user)
      return [Number(mine?.['read']?.['gained'] ?? 0), Number(mine?.['read']?.['lost'] ?? 0)]
    })
  }
  const difference = (
    before: readonly ReadonlySet<string>[],
    after: readonly ReadonlySet<string>[],
  ) =>
    before.map((had, index) => {
      const has = after[index] ?? new Set()
      return [
        [...has].filter((id) => !had.has(id)).length,
        [...had].filter((id) => !has.has(id)).length,
      ]
    })

  /** The preview, then the change; what was told is what happened. */
  const foretold = async (preview: Json, act: () => Promise<unknown>): Promise<unknown> => {
    const before = await seen()
    await act()
    const happened = difference(before, await seen())
    expect(told(preview)).toEqual(happened)
    return happened
  }
  const planned = async (changes: readonly unknown[]): Promise<unknown> => {
    const id = await plan(changes)
    return foretold(await ask('GET', `${own}/plans/${id}/access`), () => apply(id))
  }
  const account = async (patch: object): Promise<unknown> => {
    const body = await ask('GET', `${own}/metadata/CustomObject/Account`)
    return { type: 'CustomObject', fullName: 'Account', body: { ...body, ...patch } }
  }
  const rules = (body: object): unknown => ({
    type: 'SharingRules',
    fullName: 'Account',
    body: { fullName: 'Account', ...body },
  })

  it('of metadata: defaults, rules, hierarchy, roles, rights', async () => {
    const byValue = {
      fullName: 'Threes',
      accessLevel: 'Read',
      sharedTo: { role: ['Low'] },
      criteriaItems: [{ field: 'Phone', operation: 'equals', value: '3' }],
    }
    const closing = [
      await account({ sharingModel: 'Private' }),
      rules({ sharingCriteriaRules: [byValue] }),
    ]
    // All saw four; now each sees those of the representative and the one with the value.
    expect(await planned(closing)).toEqual([
      [0, 1],
      [0, 1],
    ])
    expect(await planned([await account({ sharingHierarchy: false }), rules({})])).toEqual([
      [0, 1],
      [0, 3],
    ])
    const byOwner = {
      fullName: 'Low_To_Head',
      accessLevel: 'Edit',
      sharedTo: { role: ['Head'] },
      sharedFrom: { roleAndSubordinates: ['Low'] },
    }
    expect(await planned([rules({ sharingOwnerRules: [byOwner] })])).toEqual([
      [0, 0],
      [2, 0],
    ])
    const moved = { fullName: 'Low', name: 'Low', parentRole: 'Side' }
    const moving = [
      await account({ sharingHierarchy: true }),
      rules({}),
      { type: 'Role', fullName: 'Low', body: moved },
    ]
    expect(await planned(moving)).toEqual([
      [0, 0],
      [0, 2],
    ])
    const set = await ask('GET', `${own}/metadata/PermissionSet/Rep`)
    const [rights] = set['objectPermissions'] ?? []
    const body = { ...set, objectPermissions: [{ ...rights, viewAllRecords: true }] }
    const id = await plan([{ type: 'PermissionSet', fullName: 'Rep', body }])
    const preview = await ask('GET', `${own}/plans/${id}/access`)
    expect(preview['rights']).toContainEqual({
      on: 'Account',
      right: 'viewAll',
      gained: true,
      users: 2,
      who: ['Boss', 'Rita Rep'],
    })
    expect(told(preview)).toEqual([
      [2, 0],
      [4, 0],
    ])
  })

  it('of people: members of groups and queues, roles of users', async () => {
    const toGroup = {
      fullName: 'To_Friends',
      accessLevel: 'Read',
      sharedTo: { group: ['Friends'] },
      criteriaItems: [{ field: 'Phone', operation: 'equals', value: '3' }],
    }
    await change([
      { type: 'Group', fullName: 'Circle', body: { fullName: 'Circle', name: 'Circle' } },
      rules({ sharingCriteriaRules: [{ ...toGroup, sharedTo: { group: ['Circle'] } }] }),
    ])
    const circle = await idOf('Group', 'Circle')
    const previewed = (body: unknown): Promise<Json> => ask('POST', `${own}/sharing/preview`, body)
    const nested = { group: circle, who: group }
    await foretold(await previewed({ members: { add: [nested] } }), () =>
      make('GroupMember', { GroupId: circle, UserOrGroupId: group }),
    )
    let membership = ''
    const joins = { members: { add: [{ group, who: api.repId }] } }
    const joined = await foretold(await previewed(joins), async () => {
      membership = await make('GroupMember', { GroupId: group, UserOrGroupId: api.repId })
    })
    expect(joined).toEqual([
      [1, 0],
      [0, 0],
    ])
    const low = await idOf('UserRole', 'Low')
    const promoted = await foretold(
      await previewed({ roles: [{ user: boss, role: await idOf('UserRole', 'Side') }] }),
      async () => update('User', boss, { UserRoleId: await idOf('UserRole', 'Side') }),
    )
    expect(promoted).toEqual([
      [0, 0],
      [2, 0],
    ])
    const leaves = { members: { remove: [membership] }, roles: [{ user: boss, role: low }] }
    const left = await foretold(await previewed(leaves), async () => {
      await ask('DELETE', `${data}/sobjects/GroupMember/${membership}`)
      await update('User', boss, { UserRoleId: low })
    })
    expect(left).toEqual([
      [0, 1],
      [0, 2],
    ])
  })

  it('names what cannot be counted: what opens the records is not there yet', async () => {
    const lookup = (fullName: string, referenceTo: readonly string[]) => ({
      fullName,
      label: fullName,
      type: 'Lookup',
      referenceTo,
      relationshipName: `GuestsBy${fullName.replace('__c', '')}`,
      deleteConstraint: 'Cascade',
      required: true,
    })
    const body = {
      fullName: 'Guest__c',
      label: 'Guest',
      pluralLabel: 'Guests',
      nameField: { label: 'Name', type: 'Text' },
      sharingModel: 'ControlledByParent',
      sharingParents: ['Account__c'],
      sharingGrants: [{ record: 'Account__c', principal: 'Who__c', accessLevel: 'Level__c' }],
      fields: [
        lookup('Account__c', ['Account']),
        lookup('Who__c', ['Group', 'User']),
        { fullName: 'Level__c', label: 'Level', type: 'Text', length: 20 },
      ],
    }
    const id = await plan([{ type: 'CustomObject', fullName: 'Guest__c', body }])
    const preview = await ask('GET', `${own}/plans/${id}/access`)
    expect(preview['uncounted']).toContain('Account')
  })

  it('is for whoever may make the change alone, and refuses what is no change', async () => {
    const id = await plan([rules({})])
    const asked = [
      ['GET', `${own}/plans/${id}/access`, undefined, 'rep', 403],
      ['POST', `${own}/sharing/preview`, {}, 'rep', 403],
      ['GET', `${own}/plans/none/access`, undefined, 'admin', 404],
      ['POST', `${own}/sharing/preview`, { members: { add: 7 } }, 'admin', 400],
      ['POST', `${own}/sharing/preview`, { members: { add: [7] } }, 'admin', 400],
      ['POST', `${own}/sharing/preview`, { roles: [{ user: boss }] }, 'admin', 400],
      ['POST', `${own}/sharing/preview`, { plan: 7 }, 'admin', 400],
    ] as const
    for (const [method, path, body, as, status] of asked) {
      expect((await api.ask(method, path, { as, body })).status, path).toBe(status)
    }
  })
})
