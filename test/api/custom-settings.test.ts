/** Hierarchy custom settings: rows for the organisation, a profile or a user, and `$Setup` wherever formulas stand. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openApi, type Api, type Ask, type Json } from '../support/api.ts'
import { databases } from '../support/databases.ts'

const data = '/services/data/v67.0'
const own = '/services/fieldstone/v1'

const bounds = {
  fullName: 'Bounds__c',
  label: 'Bounds',
  pluralLabel: 'Bounds',
  customSettingsType: 'Hierarchy',
  fields: [
    { fullName: 'Staff__c', label: 'Staff', type: 'Number', precision: 18, scale: 1 },
    { fullName: 'Strict__c', label: 'Strict', type: 'Checkbox', defaultValue: 'false' },
    { fullName: 'Town__c', label: 'Town', type: 'Text', length: 40 },
  ],
}

const secret = {
  fullName: 'Secret__c',
  label: 'Secret',
  customSettingsType: 'Hierarchy',
  visibility: 'Protected',
  fields: [{ fullName: 'Key__c', label: 'Key', type: 'Text', length: 40 }],
}

const codes = {
  fullName: 'Codes__c',
  label: 'Codes',
  customSettingsType: 'List',
  fields: [{ fullName: 'Code__c', label: 'Code', type: 'Text', length: 40 }],
}

const rule = (fullName: string, errorConditionFormula: string) => ({
  fullName,
  active: true,
  errorConditionFormula,
  errorMessage: `${fullName} is not met.`,
})

function addSettings(metadataDir: string): Promise<void> {
  for (const body of [bounds, secret, codes]) {
    writeFileSync(join(metadataDir, 'objects', `${body.fullName}.json`), JSON.stringify(body))
  }
  const file = join(metadataDir, 'objects', 'Account.json')
  const account = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Json[]>
  account['fields']?.push(
    ...([
      {
        fullName: 'Over__c',
        label: 'Over',
        type: 'Checkbox',
        formula: 'NumberOfEmployees > $Setup.Bounds__c.Staff__c',
      },
      {
        fullName: 'Town__c',
        label: 'Town',
        type: 'Text',
        length: 40,
        defaultValue: '$Setup.Bounds__c.Town__c & "!"',
      },
    ] as unknown as Json[]),
  )
  account['validationRules'] = [
    ...(account['validationRules'] ?? []),
    ...([
      rule(
        'Staff',
        'AND($Setup.Bounds__c.Strict__c, NumberOfEmployees > $Setup.Bounds__c.Staff__c)',
      ),
      rule('Key', 'AND(NOT(ISBLANK(Site)), Site = $Setup.Secret__c.Key__c)'),
    ] as unknown as Json[]),
  ]
  writeFileSync(file, JSON.stringify(account))
  const rights = join(metadataDir, 'permissionsets', 'Rep.json')
  const rep = JSON.parse(readFileSync(rights, 'utf8')) as Record<string, object[]>
  for (const field of ['NumberOfEmployees', 'Over__c', 'Town__c', 'Site']) {
    rep['fieldPermissions']?.push({ field: `Account.${field}`, readable: true, editable: true })
  }
  writeFileSync(rights, JSON.stringify(rep))
  return Promise.resolve()
}

describe.each(databases)('custom settings on $name', (database) => {
  let api: Api
  let profileId = ''
  beforeAll(async () => {
    api = await openApi(database, { prepare: addSettings })
    const [rep] = await query(`SELECT ProfileId FROM User WHERE Id = '${api.repId}'`)
    profileId = String(rep?.['ProfileId'])
  })
  afterAll(() => api.close())

  const ask = (method: string, path: string, body?: unknown, as: Ask['as'] = 'admin') =>
    api.ask(method, path, { as, ...(body === undefined ? {} : { body }) })
  const query = async (soql: string, as: Ask['as'] = 'admin'): Promise<readonly Json[]> => {
    const told = await api.ask('GET', `${data}/query?q=${encodeURIComponent(soql)}`, { as })
    if (told.status !== 200) throw new Error(told.text)
    return told.json['records'] as unknown as Json[]
  }
  const rows = `${data}/sobjects/Bounds__c`
  const save = async (body: unknown, as: Ask['as'] = 'admin') => {
    const told = await ask('POST', rows, body, as)
    return told.status === 201 ? String(told.json['id']) : told.code
  }
  const create = (body: unknown, as: Ask['as'] = 'rep') =>
    ask('POST', `${data}/sobjects/Account`, body, as)
  const over = async (as: Ask['as']) =>
    (await query("SELECT Name, Over__c FROM Account WHERE Name = 'Measured'", as))[0]?.['Over__c']

  it('before a row is there, settings are empty and checkboxes off', async () => {
    const made = await create({ Name: 'Measured', NumberOfEmployees: 50 })
    expect(made.status).toBe(201)
    expect(await over('rep')).toBe(false)
    expect(await query("SELECT Town__c FROM Account WHERE Name = 'Measured'")).toMatchObject([
      { Town__c: '!' },
    ])
  })

  it('one row per owner; whoever names none means the organisation', async () => {
    const id = await save({ Staff__c: 40, Town__c: 'Bonn' })
    const [row] = await query(
      `SELECT SetupOwnerId, SetupOwner.Name FROM Bounds__c WHERE Id = '${id}'`,
    )
    expect(String(row?.['SetupOwnerId'])).toMatch(/^00D/)
    expect(await save({ Staff__c: 1 })).toBe('DUPLICATE_VALUE')
    expect(await save({ SetupOwnerId: profileId, Staff__c: 60, Strict__c: false })).toHaveLength(18)
    expect(await save({ SetupOwnerId: profileId })).toBe('DUPLICATE_VALUE')
    const account = String((await create({ Name: 'Other' })).json['id'])
    expect(await save({ SetupOwnerId: account })).not.toHaveLength(18)
  })

  it('field by field the most specific value holds: of the user, the profile, the organisation', async () => {
    expect([await over('admin'), await over('rep')]).toEqual([true, false])
    const id = await save({ SetupOwnerId: api.repId, Strict__c: true })
    // The user's row says nothing of Staff__c and Town__c.
    expect(await over('rep')).toBe(false)
    const filtered = 'SELECT Name FROM Account WHERE Over__c = TRUE ORDER BY Over__c'
    expect(await query(filtered, 'admin')).toMatchObject([{ Name: 'Measured' }])
    expect(await query(filtered, 'rep')).toEqual([])
    await ask('PATCH', `${rows}/${id ?? ''}`, { Staff__c: 49.5 })
    expect([await over('admin'), await over('rep')]).toEqual([true, true])
    const made = await create({ Name: 'Defaulted' })
    const [one] = await query(`SELECT Town__c FROM Account WHERE Id = '${String(made.json['id'])}'`)
    expect(one).toMatchObject({ Town__c: 'Bonn!' })
  })

  it('rules ask the setting of whoever saves', async () => {
    const body = { Name: 'Ruled', NumberOfEmployees: 70 }
    const refused = await create(body)
    expect([refused.status, refused.json[0]?.['message']]).toEqual([400, 'Staff is not met.'])
    expect((await create(body, 'admin')).status).toBe(201)
  })

  it('a form gets the value of its user, and no protected one', async () => {
    const facts = async (as: Ask['as']) =>
      (await ask('GET', `${own}/ui/objects/Account/form`, undefined, as)).json
    const [rep, admin] = [await facts('rep'), await facts('admin')]
    expect(rep['globals']).toMatchObject({ '$Setup.Bounds__c.Staff__c': 49.5 })
    expect(admin['globals']).toMatchObject({ '$Setup.Bounds__c.Staff__c': 40 })
    const names = (rep['rules'] as unknown as Json[]).map((one) => String(one['name']))
    expect(names).toContain('Staff')
    expect(names).not.toContain('Key')
    expect(JSON.stringify(admin)).not.toContain('Secret__c')
  })

  it('a row that goes gives way to the more general one', async () => {
    const [row] = await query(`SELECT Id FROM Bounds__c WHERE SetupOwnerId = '${api.repId}'`)
    expect((await ask('DELETE', `${rows}/${String(row?.['Id'])}`)).status).toBe(204)
    expect(await over('rep')).toBe(false)
  })

  it('only who sets up changes them; others read what they are let into', async () => {
    expect(await save({ Staff__c: 1 }, 'rep')).not.toHaveLength(18)
    const read = `${data}/query?q=${encodeURIComponent('SELECT Staff__c FROM Bounds__c')}`
    expect((await ask('GET', read, undefined, 'rep')).code).toBe('INVALID_TYPE')
    const path = `${own}/metadata/PermissionSet/Rep`
    const body = (await ask('GET', path)).json as unknown as object
    const open = { customSettingAccesses: [{ name: 'Bounds__c', enabled: true }] }
    expect((await ask('PUT', path, { ...body, ...open })).status).toBe(200)
    expect(await query('SELECT Staff__c FROM Bounds__c', 'rep')).toHaveLength(2)
    expect(await save({ Staff__c: 1 }, 'rep')).not.toHaveLength(18)
    const told = (await ask('GET', `${data}/sobjects/Bounds__c/describe`, undefined, 'rep')).json
    expect([told['customSetting'], told['createable']]).toEqual([true, false])
  })

  it('rows of a list are known by their names', async () => {
    const post = (body: unknown) => ask('POST', `${data}/sobjects/Codes__c`, body)
    expect((await post({ Code__c: 'x' })).code).toBe('REQUIRED_FIELD_MISSING')
    expect((await post({ Name: 'One', Code__c: 'x' })).status).toBe(201)
    expect((await post({ Name: 'One' })).code).toBe('DUPLICATE_VALUE')
    expect((await post({ Name: 'Two' })).status).toBe(201)
  })

  it.each([
    [
      { fields: [{ fullName: 'A__c', label: 'A', type: 'Lookup', referenceTo: ['Account'] }] },
      'cannot hold Lookup',
    ],
    [
      {
        fields: [
          { fullName: 'A__c', label: 'A', type: 'Number', precision: 9, scale: 0, formula: '1' },
        ],
      },
      'cannot hold formulas',
    ],
    [{ nameField: { label: 'N', type: 'Text' } }, 'leave out nameField'],
  ])('a setting with %j is refused', async (body, reason) => {
    const told = await ask('PUT', `${own}/metadata/CustomObject/Bad__c?dryRun=true`, {
      label: 'Bad',
      customSettingsType: 'Hierarchy',
      ...body,
    })
    expect(JSON.stringify(told.json['problems'])).toContain(reason)
  })

  it('a field that a formula reads stays; lists and other objects are no settings', async () => {
    const gone = await ask('DELETE', `${own}/metadata/CustomField/Bounds__c.Staff__c?dryRun=true`)
    expect(gone.json['applicable']).toBe(false)
    const check = (formula: string) =>
      ask('POST', `${own}/formulas/check`, { object: 'Account', context: 'rule', text: formula })
    expect((await check('$Setup.Codes__c.Code__c')).text).toContain('list of settings')
    expect((await check('$Setup.Account.Name')).text).toContain('no custom setting')
    expect((await check('$Setup.Bounds__c.Sta__c')).text).toContain('Staff__c')
  })
})
