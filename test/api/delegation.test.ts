/** Delegated administration: a branch looks after its own people, and nobody gets more by it, by whichever door. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  adminName,
  openApi,
  repName,
  tokenForm,
  type Api,
  type Ask,
  type Told,
} from '../support/api.ts'
import { databases } from '../support/databases.ts'

const own = '/services/fieldstone/v1'
const data = '/services/data/v67.0'
const users = `${data}/sobjects/User`
const given = `${data}/sobjects/PermissionSetAssignment`
const denied = 'INSUFFICIENT_ACCESS_OR_READONLY'

describe.each(databases)('delegated administration on $name', (database) => {
  let api: Api
  const ids = new Map<string, string>()
  const id = (name: string): string => ids.get(name) ?? ''

  const admin = (method: string, path: string, body?: object): Promise<Told> =>
    api.ask(method, path, { as: 'admin', ...(body && { body }) })
  /** The delegated administrator. */
  const rita = (method: string, path: string, body?: object, more: Ask = {}): Promise<Told> =>
    api.ask(method, path, { as: 'rep', ...(body && { body }), ...more })
  const put = async (type: string, fullName: string, body: object): Promise<void> => {
    const path = `${own}/metadata/${type}/${encodeURIComponent(fullName)}`
    const told = await admin('PUT', path, { fullName, ...body })
    expect([told.status, told.text]).toEqual([200, told.text])
  }
  const query = async (soql: string): Promise<readonly Record<string, unknown>[]> => {
    const { json } = await admin('GET', `${data}/query?q=${encodeURIComponent(soql)}`)
    return json['records'] as unknown as Record<string, unknown>[]
  }
  const remember = async (object: string): Promise<void> => {
    for (const row of await query(`SELECT Id, Name FROM ${object}`)) {
      ids.set(`${object} ${String(row['Name'])}`, String(row['Id']))
    }
  }
  let number = 0
  const person = (change: object = {}): Record<string, unknown> => {
    number += 1
    return {
      Username: `person${number}@example.com`,
      Email: `person${number}@example.com`,
      Alias: `p${number}`,
      LastName: `Person ${number}`,
      ProfileId: id('Profile Standard User'),
      UserRoleId: id('UserRole Branch_Desk'),
      TimeZoneSidKey: 'Europe/Berlin',
      LocaleSidKey: 'en_US',
      LanguageLocaleKey: 'en_US',
      ...change,
    }
  }
  const made = async (ask: typeof admin, body: object): Promise<string> => {
    const told = await ask('POST', users, body)
    expect([told.status, told.text]).toEqual([201, told.text])
    return String(told.json['id'])
  }
  const group = (who: readonly string[]) => ({
    label: 'Branch',
    loginAccess: false,
    users: who,
    roles: ['Branch'],
    // What gives everything is never given on, whatever the group names.
    profiles: ['Standard User', 'System Administrator'],
    permissionSets: ['Desk', 'Power'],
    groups: ['Counter', 'Callers'],
  })

  beforeAll(async () => {
    api = await openApi(database)
    await put('Role', 'Head', { name: 'Head' })
    await put('Role', 'Branch', { name: 'Branch' })
    await put('Role', 'Branch_Desk', { name: 'Desk', parentRole: 'Branch' })
    await put('PermissionSet', 'Desk', { label: 'Desk' })
    await put('PermissionSet', 'Vault', { label: 'Vault' })
    const userPermissions = [{ name: 'ModifyAllData', enabled: true }]
    await put('PermissionSet', 'Power', { label: 'Power', userPermissions })
    await put('DelegateGroup', 'Branch', group([repName.toUpperCase()]))
    await put('DelegateGroup', 'Upstairs', {
      users: [repName, 'second@example.com'],
      roles: ['Head'],
      profiles: ['Standard User'],
      permissionSets: ['Vault'],
    })
    for (const object of ['Profile', 'UserRole', 'PermissionSet']) await remember(object)
    const [found] = await query(`SELECT Id FROM User WHERE Username = '${adminName}'`)
    ids.set('admin', String(found?.['Id']))
  })
  afterAll(() => api?.close())

  it('makes, changes and keeps out users of its roles, and gives its permission sets', async () => {
    const user = await made(rita, person({ Title: 'Cashier' }))
    expect((await rita('PATCH', `${users}/${user}`, { Title: 'Teller' })).status).toBe(204)
    const upwards = { UserRoleId: id('UserRole Branch') }
    expect((await rita('PATCH', `${users}/${user}`, upwards)).status).toBe(204)
    const assignment = { AssigneeId: user, PermissionSetId: id('PermissionSet Desk') }
    const told = await rita('POST', given, assignment)
    expect([told.status, told.text]).toEqual([201, told.text])
    const at = `${own}/users/${user}`
    for (const [method, path, body, status] of [
      ['POST', `${at}/password-link`, {}, 201],
      ['POST', `${users}/${user}/password`, { NewPassword: 'nine quiet harbours' }, 204],
      ['GET', `${at}/sign-in`, undefined, 200],
      ['PUT', `${at}/freeze`, undefined, 204],
      ['DELETE', `${at}/freeze`, undefined, 204],
      ['GET', `${at}/sessions`, undefined, 200],
      ['DELETE', `${at}/sessions`, undefined, 204],
      ['DELETE', `${at}/second-factor`, undefined, 204],
      ['DELETE', `${at}/sign-in-links`, undefined, 204],
      ['DELETE', `${given}/${String(told.json['id'])}`, undefined, 204],
      ['PATCH', `${users}/${user}`, { IsActive: false }, 204],
    ] as const) {
      const answer = await rita(method, path, body)
      expect([path, answer.status], answer.text).toEqual([path, status])
    }
    const screen = await rita('GET', `${own}/ui/app`)
    expect(screen.json['user']).toMatchObject({ isAdministrator: false, managesUsers: true })
  })

  it('gives nobody another role, profile, name or kind than what is delegated', async () => {
    const user = await made(rita, person())
    const other = { ProfileId: id('Profile System Administrator') }
    for (const [change, field] of [
      [{ UserRoleId: null }, 'UserRoleId'],
      [other, 'ProfileId'],
      [{ ProfileId: null }, 'ProfileId'],
      [{ Username: 'SECOND@example.com' }, 'Username'],
    ] as const) {
      for (const told of [
        await rita('POST', users, person(change)),
        await rita('PATCH', `${users}/${user}`, change),
        await rita('POST', `${users}/${user}?_HttpMethod=PATCH`, change),
      ]) {
        expect([change, told.status, told.code]).toEqual([change, 403, denied])
        expect(told.json[0]?.['fields']).toEqual([field])
      }
    }
    // Each group stands for itself: who is upstairs is not moved down by what holds for the branch, nor the other way round.
    const head = { UserRoleId: id('UserRole Head') }
    expect((await rita('PATCH', `${users}/${user}`, head)).code).toBe(denied)
    const attributes = { type: 'User' }
    const rows = [
      { attributes, ...person() },
      { attributes, ...person(other) },
      { attributes, id: user, ...other },
    ]
    const many = await rita('POST', `${data}/composite/sobjects`, { records: rows.slice(0, 2) })
    const changed = await rita('PATCH', `${data}/composite/sobjects`, { records: rows.slice(2) })
    expect([...many.json, ...changed.json].map((one) => one['success'])).toEqual([
      true,
      false,
      false,
    ])
    const tree = { attributes: { ...attributes, referenceId: 'one' }, ...person(other) }
    expect((await rita('POST', `${data}/composite/tree/User`, { records: [tree] })).status).toBe(
      400,
    )
    expect((await rita('DELETE', `${users}/${user}`)).status).toBe(403)
    const [after] = await query(`SELECT Profile.Name, UserRole.Name FROM User WHERE Id = '${user}'`)
    expect(after).toMatchObject({
      Profile: { Name: 'Standard User' },
      UserRole: { Name: 'Branch_Desk' },
    })
  })

  it('reaches nobody who has or could get more: himself, administrators, other delegates', async () => {
    const second = await made(admin, person({ Username: 'second@example.com' }))
    const strong = await made(admin, person())
    const vault = { AssigneeId: strong, PermissionSetId: id('PermissionSet Vault') }
    expect((await admin('POST', given, vault)).status).toBe(201)
    const nobody = await made(admin, person({ UserRoleId: null }))
    for (const target of [id('admin'), api.repId, second, strong, nobody]) {
      const at = `${own}/users/${target}`
      for (const [method, path, body] of [
        ['PATCH', `${users}/${target}`, { Email: repName }],
        ['PATCH', `${users}/${target}`, { UserRoleId: id('UserRole Branch') }],
        ['POST', `${users}/${target}/password`, { NewPassword: 'nine quiet harbours' }],
        ['POST', `${at}/password-link`, {}],
        ['GET', `${at}/sign-in`, undefined],
        ['PUT', `${at}/freeze`, undefined],
        ['DELETE', `${at}/second-factor`, undefined],
        ['DELETE', `${at}/sign-in-links`, undefined],
        ['POST', given, { AssigneeId: target, PermissionSetId: id('PermissionSet Desk') }],
      ] as const) {
        const told = await rita(method, path, body)
        expect([path, told.status, told.text]).toEqual([path, 403, told.text])
      }
      if (target === api.repId) continue
      expect((await rita('GET', `${at}/sessions`)).status).toBe(403)
      expect((await rita('DELETE', `${at}/sessions`)).status).toBe(403)
    }
    const none = await rita('POST', `${own}/users/005000000000001AAA/password-link`, {})
    expect(none.status).toBe(404)
  })

  it('gives no permission set but its own, and takes no other away or out of the bin', async () => {
    const user = await made(rita, person())
    for (const set of ['Power', 'Vault', 'Rep']) {
      const body = { AssigneeId: user, PermissionSetId: id(`PermissionSet ${set}`) }
      const told = await rita('POST', given, body)
      expect([set, told.status, told.code]).toEqual([set, 403, denied])
      const records = [{ attributes: { type: 'PermissionSetAssignment' }, ...body }]
      const many = await rita('POST', `${data}/composite/sobjects`, { records })
      expect(many.json[0]?.['success']).toBe(false)
    }
    const vault = { AssigneeId: user, PermissionSetId: id('PermissionSet Vault') }
    const line = String((await admin('POST', given, vault)).json['id'])
    expect((await rita('DELETE', `${given}/${line}`)).code).toBe(denied)
    const swap = { PermissionSetId: id('PermissionSet Desk') }
    expect((await rita('PATCH', `${given}/${line}`, swap)).status).toBe(403)
    expect((await admin('DELETE', `${given}/${line}`)).status).toBe(204)
    const back = await rita('POST', `${own}/recycle-bin/${line}/undelete`, {})
    expect(back.status).toBeGreaterThanOrEqual(400)
    const held = await query(
      `SELECT PermissionSet.Name FROM PermissionSetAssignment WHERE AssigneeId = '${user}'`,
    )
    expect(held).toEqual([])
  })

  it('two groups do not add up for sets that are given at once', async () => {
    const both = ['Left', 'Right'] as const
    for (const name of both) {
      await put('PermissionSet', name, { label: name })
      await put('DelegateGroup', name, { ...group([repName]), permissionSets: [name] })
    }
    await remember('PermissionSet')
    const user = await made(rita, person())
    const records = both.map((name) => ({
      attributes: { type: 'PermissionSetAssignment' },
      AssigneeId: user,
      PermissionSetId: id(`PermissionSet ${name}`),
    }))
    const told = await rita('POST', `${data}/composite/sobjects`, { records })
    expect(told.json.map((one) => one['success'])).toEqual([true, false])
    for (const name of both) await admin('DELETE', `${own}/metadata/DelegateGroup/${name}`)
  })

  it('puts its users into its groups and takes them out again, and nobody else anywhere else', async () => {
    const groups = `${data}/sobjects/Group`
    const members = `${data}/sobjects/GroupMember`
    for (const [name, type] of [
      ['Counter', 'Regular'],
      ['Board', 'Regular'],
      // A queue of the name of a public group is another thing.
      ['Callers', 'Queue'],
    ] as const) {
      const told = await admin('POST', groups, { Name: name, DeveloperName: name, Type: type })
      expect([told.status, told.text]).toEqual([201, told.text])
      ids.set(name, String(told.json['id']))
    }
    const user = await made(rita, person())
    const [local, other] = [user, await made(admin, person({ UserRoleId: null }))]
    const member = (where: string, who: string): object => ({
      GroupId: id(where),
      UserOrGroupId: who,
    })
    const told = await rita('POST', members, member('Counter', local))
    expect([told.status, told.text]).toEqual([201, told.text])
    for (const [body, field] of [
      [member('Board', local), 'GroupId'],
      [member('Callers', local), 'GroupId'],
      [member('Counter', other), 'UserOrGroupId'],
      [member('Counter', api.repId), 'UserOrGroupId'],
      [member('Counter', id('Board')), 'UserOrGroupId'],
    ] as const) {
      const refused = await rita('POST', members, body)
      expect([body, refused.status, refused.code]).toEqual([body, 403, denied])
      expect(refused.json[0]?.['fields']).toEqual([field])
      const records = [{ attributes: { type: 'GroupMember' }, ...body }]
      const many = await rita('POST', `${data}/composite/sobjects`, { records })
      expect(many.json[0]?.['success']).toBe(false)
    }
    const line = `${members}/${String(told.json['id'])}`
    expect((await rita('PATCH', line, { UserOrGroupId: api.repId })).status).toBe(403)
    expect((await rita('PATCH', line, { GroupId: id('Board') })).status).toBe(403)
    const foreign = await admin('POST', members, member('Board', local))
    const there = `${members}/${String(foreign.json['id'])}`
    expect((await rita('DELETE', there)).code).toBe(denied)
    for (const [method, path, body] of [
      ['POST', groups, { Name: 'Mine', DeveloperName: 'Mine', Type: 'Regular' }],
      ['PATCH', `${groups}/${id('Counter')}`, { DoesIncludeBosses: true }],
      ['DELETE', `${groups}/${id('Counter')}`, undefined],
    ] as const) {
      const refused = await rita(method, path, body)
      expect([path, refused.status], refused.text).toEqual([path, 403])
    }
    expect((await rita('DELETE', line)).status).toBe(204)
    const left = await query(`SELECT GroupId FROM GroupMember WHERE UserOrGroupId = '${local}'`)
    expect(left.map(({ GroupId }) => GroupId)).toEqual([id('Board')])
  })

  it('belonging to a group is given by administrators alone, whatever a permission set says', async () => {
    const objectPermissions = [
      { object: 'GroupMember', allowRead: true, allowCreate: true, allowDelete: true },
    ]
    await put('PermissionSet', 'Grouping', { label: 'Grouping', objectPermissions })
    await remember('PermissionSet')
    const user = await made(admin, person())
    const set = { AssigneeId: user, PermissionSetId: id('PermissionSet Grouping') }
    expect((await admin('POST', given, set)).status).toBe(201)
    const password = { NewPassword: 'nine quiet harbours' }
    expect((await admin('POST', `${users}/${user}/password`, password)).status).toBe(204)
    const [named] = await query(`SELECT Username FROM User WHERE Id = '${user}'`)
    const form = tokenForm(String(named?.['Username']), password.NewPassword)
    const granted = await api.ask('POST', '/services/oauth2/token', form)
    const headers = { authorization: `Bearer ${String(granted.json['access_token'])}` }
    const body = { GroupId: id('Board'), UserOrGroupId: user }
    const told = await api.ask('POST', `${data}/sobjects/GroupMember`, { headers, body })
    expect([told.status, told.text]).toEqual([403, told.text])
  })

  it('is nobody’s who acts through a program within limits, whatever these allow', async () => {
    const userPermissions = [{ name: 'ModifyAllData', enabled: true }]
    await put('PermissionSet', 'Provisioning', { label: 'Provisioning', userPermissions })
    await put('ConnectedApp', 'Provisioner', {
      label: 'Provisioner',
      restrictingPermissionSets: ['Provisioning'],
      oauthConfig: {
        consumerKey: 'provisioner.key',
        isClientCredentialEnabled: true,
        oauthClientCredentialUser: repName,
        scopes: ['Full'],
      },
    })
    const { json } = await admin('POST', `${own}/connected-apps/Provisioner/secret`, {})
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: 'provisioner.key',
      client_secret: String(json['consumerSecret']),
    })
    const typed = { 'content-type': 'application/x-www-form-urlencoded' }
    const granted = await api.ask('POST', '/services/oauth2/token', {
      body: `${form}`,
      headers: typed,
    })
    const headers = { authorization: `Bearer ${String(granted.json['access_token'])}` }
    const program = (method: string, path: string, body?: object): Promise<Told> =>
      api.ask(method, path, { headers, ...(body && { body }) })
    const user = await made(rita, person())
    const profile = { ProfileId: id('Profile System Administrator') }
    for (const told of [
      await program('PATCH', `${users}/${api.repId}`, profile),
      await program('PATCH', `${users}/${user}`, { Title: 'Boss' }),
      await program('POST', users, person(profile)),
      await program('POST', `${users}/${user}/password`, { NewPassword: 'nine quiet harbours' }),
    ]) {
      expect([told.status, told.text]).toEqual([403, told.text])
    }
  })

  it('changes no metadata, and ends with the group', async () => {
    for (const [type, name] of [
      ['DelegateGroup', 'Branch'],
      ['PermissionSet', 'Desk'],
      ['Profile', 'Standard User'],
    ] as const) {
      const path = `${own}/metadata/${type}/${encodeURIComponent(name)}`
      expect((await rita('PUT', path, { fullName: name })).status).toBe(403)
    }
    const user = await made(rita, person())
    await put('DelegateGroup', 'Branch', group([]))
    const told = await rita('PATCH', `${users}/${user}`, { Title: 'Boss' })
    expect([told.status, told.code]).toEqual([403, denied])
    const upstairs = `${own}/metadata/DelegateGroup/Upstairs`
    expect((await admin('DELETE', upstairs)).status).toBe(200)
    expect((await rita('POST', users, person())).status).toBe(403)
    expect((await rita('POST', `${own}/users/${user}/password-link`, {})).status).toBe(403)
  })
})
