/** Quick actions: what is offered to whom, what their forms show and begin with, and what comes of doing one. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openApi, type Api, type Ask, type Json } from '../support/api.ts'
import { databases } from '../support/databases.ts'

const data = '/services/data/v67.0'
const own = '/services/fieldstone/v1'

const item = (field: string, uiBehavior = 'Edit') => ({ field, uiBehavior })
const columns = (...lists: readonly object[][]) => ({
  layoutSectionStyle: 'TwoColumnsLeftToRight',
  quickActionLayoutColumns: lists.map((quickActionLayoutItems) => ({ quickActionLayoutItems })),
})

const actions = [
  {
    fullName: 'Account.New_Complaint',
    label: 'New complaint',
    type: 'Create',
    targetObject: 'Case',
    targetParentField: 'Account',
    targetRecordType: 'Case.Complaint',
    fieldOverrides: [
      { field: 'Subject', formula: '"Complaint of " & Account.Name & " (" & Owner.Alias & ")"' },
      { field: 'Priority', literalValue: 'High' },
    ],
    quickActionLayout: columns(
      [item('Subject', 'Required'), item('Priority')],
      [item('Description')],
    ),
    successMessage: 'The complaint was taken down.',
  },
  {
    fullName: 'Account.Rename',
    label: 'Rename',
    type: 'Update',
    fieldOverrides: [{ field: 'Phone', formula: 'IF(ISBLANK(Fax), NULL, Fax)' }],
    quickActionLayout: columns([item('Name'), item('Phone')]),
  },
  {
    fullName: 'Contact.Note_Call',
    label: 'Log a call',
    type: 'LogACall',
    quickActionLayout: columns([item('Subject'), item('Description')]),
    fieldOverrides: [{ field: 'ActivityDate', formula: 'TODAY()' }],
  },
  {
    fullName: 'New_Account',
    label: 'New account',
    type: 'Create',
    targetObject: 'Account',
    fieldOverrides: [{ field: 'Phone', formula: '"of " & $User.Alias' }],
    quickActionLayout: columns([item('Name', 'Required'), item('Phone'), item('Fax')]),
  },
  { fullName: 'Account.Draw', label: 'Draw', type: 'VisualforcePage', page: 'Drawing' },
]

describe.each(databases)('quick actions on $name', (database) => {
  let api: Api
  let account: string
  beforeAll(async () => {
    api = await openApi(database)
    for (const body of actions) {
      const path = `${own}/metadata/QuickAction/${body.fullName}`
      const { text, status } = await api.ask('PUT', path, { as: 'admin', body })
      expect([status, text]).toEqual([200, text])
    }
    account = await make('Account', { Name: 'Analytical Engines', Fax: '77' })
  })
  afterAll(() => api.close())

  const make = async (object: string, body: object): Promise<string> => {
    const made = await api.ask('POST', `${data}/sobjects/${object}`, { as: 'admin', body })
    expect([made.status, made.text]).toEqual([201, made.text])
    return String(made.json['id'])
  }
  const ask = (path: string, as: Ask['as'] = 'admin') => api.ask('GET', `${data}${path}`, { as })
  const run = (path: string, body: object, as: Ask['as'] = 'admin') =>
    api.ask('POST', `${data}${path}`, { as, body })
  const read = async (object: string, id: Json): Promise<Json> =>
    (await ask(`/sobjects/${object}/${String(id)}`)).json
  const namesOf = (list: Json) => [...list].map((one) => one['name']).map(String)
  const ofAccount = '/sobjects/Account/quickActions'

  it('are listed by where they belong, as far as the caller could do them', async () => {
    const { json } = await ask(ofAccount)
    const names = namesOf(json)
    expect(names).toEqual(expect.arrayContaining(['Account.New_Complaint', 'Account.Rename']))
    expect(names).toContain('New_Account')
    expect(names).not.toContain('Account.Draw')
    expect(names).not.toContain('Contact.Note_Call')
    const found = [...json].find((one) => String(one['name']) === 'Account.New_Complaint')
    const base = `${data}${ofAccount}/Account.New_Complaint`
    expect(found).toEqual({
      label: 'New complaint',
      name: 'Account.New_Complaint',
      type: 'Create',
      urls: {
        quickAction: base,
        describe: `${base}/describe`,
        defaultValues: `${base}/defaultValues`,
        defaultValuesTemplate: `${base}/defaultValues/{ID}`,
      },
    })
    expect(namesOf((await ask('/quickActions')).json)).toContain('New_Account')
    // Cases are not theirs to make; their rights reach accounts and phones alone.
    const ofRep = namesOf((await ask(ofAccount, 'rep')).json)
    expect(ofRep).toContain('Account.Rename')
    expect(ofRep).toContain('New_Account')
    expect(ofRep).not.toContain('Account.New_Complaint')
    for (const rest of ['', '/describe', '/defaultValues', `/defaultValues/${account}`]) {
      const hidden = await ask(`${ofAccount}/Account.New_Complaint${rest}`, 'rep')
      const none = await ask(`${ofAccount}/Account.Nothing${rest}`, 'rep')
      expect([hidden.status, hidden.text]).toEqual([404, none.text])
    }
    const refused = await run(`${ofAccount}/Account.New_Complaint`, { record: {} }, 'rep')
    expect(refused.status).toBe(404)
  })

  it('are described with a form of the fields that the caller sees', async () => {
    const { json } = await ask(`${ofAccount}/New_Complaint/describe`)
    expect(json).toMatchObject({
      name: 'Account.New_Complaint',
      contextSobjectType: 'Account',
      targetSobjectType: 'Case',
      targetParentField: 'AccountId',
      successMessage: 'The complaint was taken down.',
      layout: { columns: 2, rows: 2 },
    })
    expect(String(json['targetRecordTypeId'])).toMatch(/^012/)
    const fieldsOf = (layout: Json) =>
      [...(layout['layoutRows'] as Json)].flatMap((row) =>
        [...(row['layoutItems'] as Json)].map((one) => [
          one['layoutComponents']?.[0]?.['value'] ?? null,
          one['required'],
        ]),
      )
    expect(fieldsOf(json['layout'] as Json)).toEqual([
      ['Subject', true],
      ['Description', false],
      ['Priority', false],
      [null, false],
    ])
    const ofRep = (await ask('/quickActions/New_Account/describe', 'rep')).json
    expect(fieldsOf(ofRep['layout'] as Json).map(([name]) => name)).toEqual(['Name', 'Phone'])
  })

  it('begin with their values, computed for the record that they start from', async () => {
    const { json } = await ask(`${ofAccount}/Account.New_Complaint/defaultValues/${account}`)
    expect(json).toMatchObject({ attributes: { type: 'Case' }, AccountId: account })
    expect(json['Priority']).toBe('High')
    expect(String(json['Subject'])).toMatch(/^Complaint of Analytical Engines \(.+\)$/)
    expect(String(json['RecordTypeId'])).toMatch(/^012/)
    // Without a record there is nothing to compute it from.
    const without = (await ask(`${ofAccount}/Account.New_Complaint/defaultValues`)).json
    expect(Object.keys(without).sort()).toEqual(['Priority', 'RecordTypeId', 'attributes'])
    const update = (await ask(`${ofAccount}/Account.Rename/defaultValues/${account}`)).json
    expect(update).toMatchObject({ Name: 'Analytical Engines', Phone: '77' })
    const missing = await ask(`${ofAccount}/Account.Rename/defaultValues/001000000000001AAA`)
    expect(missing.status).toBe(404)
    const global = (await ask('/quickActions/New_Account/defaultValues')).json
    expect(String(global['Phone'])).toMatch(/^of /)
  })

  it('take no value from what the caller may not see', async () => {
    const { json } = await ask(`${ofAccount}/Rename/defaultValues/${account}`, 'rep')
    expect(json).toMatchObject({ Name: 'Analytical Engines', Phone: null })
    const own = await run('/quickActions/New_Account', { record: { Name: 'Of the rep' } }, 'rep')
    expect(own.status).toBe(201)
  })

  it('make a record by all rules, with their values where none are given', async () => {
    const done = await run(`${ofAccount}/Account.New_Complaint`, {
      contextId: account,
      record: { description: 'Cold tea', priority: 'Low' },
    })
    expect([done.status, done.json]).toEqual([
      201,
      {
        id: done.json['id'],
        contextId: account,
        created: true,
        errors: [],
        feedItemIds: null,
        success: true,
      },
    ])
    const made = await read('Case', done.json['id'] as Json)
    expect(made).toMatchObject({ AccountId: account, Priority: 'Low', Description: 'Cold tea' })
    expect(String(made['Subject'])).toMatch(/^Complaint of Analytical Engines/)
    const wrong = await run(`${ofAccount}/Account.New_Complaint`, {
      contextId: account,
      record: { Subject: 'x'.repeat(300) },
    })
    expect([wrong.status, wrong.code]).toEqual([400, 'STRING_TOO_LONG'])
    const nowhere = await run(`${ofAccount}/Account.New_Complaint`, {
      contextId: '001000000000001AAA',
      record: {},
    })
    expect(nowhere.status).toBe(404)
  })

  it('change the record that they start from', async () => {
    const none = await run(`${ofAccount}/Account.Rename`, { record: { Name: 'X' } })
    expect([none.status, none.code]).toEqual([400, 'REQUIRED_FIELD_MISSING'])
    const done = await run(`${ofAccount}/Rename`, {
      contextId: account,
      record: { Name: 'Engines Ltd.' },
    })
    expect([done.status, done.json]).toMatchObject([200, { id: account, created: false }])
    expect(await read('Account', account as unknown as Json)).toMatchObject({
      Name: 'Engines Ltd.',
      Phone: '77',
    })
  })

  it('log a call as a task that was done, with the one who was called', async () => {
    const contact = await make('Contact', { LastName: 'Byron' })
    const path = '/sobjects/Contact/quickActions/Note_Call'
    const done = await run(path, { contextId: contact, record: { Subject: 'Asked for tea' } })
    expect(done.status).toBe(201)
    expect(await read('Task', done.json['id'] as Json)).toMatchObject({
      WhoId: contact,
      Subject: 'Asked for tea',
      TaskSubtype: 'Call',
      Status: 'Completed',
      IsClosed: true,
      ActivityDate: new Date(api.clock.now).toISOString().slice(0, 10),
    })
  })

  it('are steps of composite requests', async () => {
    const body = {
      allOrNone: true,
      compositeRequest: [
        {
          method: 'POST',
          url: `${data}/quickActions/New_Account`,
          referenceId: 'first',
          body: { record: { Name: 'Composed' } },
        },
        {
          method: 'POST',
          url: `${data}${ofAccount}/New_Complaint`,
          referenceId: 'second',
          body: { contextId: '@{first.id}', record: {} },
        },
      ],
    }
    const { json } = await api.ask('POST', `${data}/composite`, { as: 'admin', body })
    const steps = [...(json['compositeResponse'] as Json)]
    expect(steps.map((step) => step['httpStatusCode'])).toEqual([201, 201])
  })

  it('stand on the pages whose layouts name them', async () => {
    const path = `${own}/metadata/Layout/Account-Account%20Layout`
    const namesOn = async (as: Ask['as']): Promise<unknown> => {
      const { json } = await ask('/sobjects/Account/describe/layouts/012000000000000AAA', as)
      const items = json['quickActionList']?.['quickActionListItems'] as Json
      return [...items].map((one) => String(one['quickActionName']))
    }
    const list = (names: readonly string[]) => ({
      quickActionListItems: names.map((quickActionName) => ({ quickActionName })),
    })
    const names = ['FeedItem.TextPost', 'New_Account', 'Account.New_Complaint', 'Account.Draw']
    const body = { quickActionList: list(names) }
    const saved = await api.ask('PATCH', path, { as: 'admin', body })
    expect([saved.status, saved.text]).toEqual([200, saved.text])
    expect(await namesOn('admin')).toEqual(['New_Account', 'Account.New_Complaint'])
    expect(await namesOn('rep')).toEqual(['New_Account'])
    const screen = await api.ask('GET', `${own}/ui/objects/Account`, { as: 'admin' })
    expect(screen.json['layout']?.['quickActions']).toEqual([
      { name: 'New_Account', label: 'New account', type: 'Create', target: 'Account' },
      { name: 'Account.New_Complaint', label: 'New complaint', type: 'Create', target: 'Case' },
    ])
    const app = await api.ask('GET', `${own}/ui/app`, { as: 'rep' })
    expect(namesOf(app.json['quickActions'] as Json)).toContain('New_Account')
    const items = ['Account.Rename', 'Edit'].map((actionName) => ({
      actionName,
      actionType: actionName === 'Edit' ? 'StandardButton' : 'QuickAction',
    }))
    const newer = { quickActionList: null, platformActionList: { platformActionListItems: items } }
    await api.ask('PATCH', path, { as: 'admin', body: newer })
    expect(await namesOn('admin')).toEqual(['Account.Rename'])
  })

  it('are told to be wrong where they cannot work', async () => {
    const attempt = async (fullName: string, body: object): Promise<string> => {
      const path = `${own}/metadata/QuickAction/${fullName}`
      return (await api.ask('PUT', path, { as: 'admin', body: { fullName, ...body } })).text
    }
    const create = { type: 'Create', targetObject: 'Case' }
    const name = 'Account.Wrong'
    expect(await attempt(name, { ...create, targetParentField: 'ContactId' })).toContain(
      'does not lead to Account',
    )
    expect(await attempt(name, { ...create, targetParentField: 'Nobody' })).toContain(
      'has no lookup',
    )
    expect(await attempt(name, { ...create, targetRecordType: 'Complain' })).toContain('Complaint')
    const sets = (override: object) => ({ ...create, fieldOverrides: [override] })
    expect(await attempt(name, sets({ field: 'Subjekt', literalValue: 'x' }))).toContain('Subject')
    expect(await attempt(name, sets({ field: 'Subject', formula: 'Nothing' }))).toContain(
      'the formula of Subject',
    )
    expect(await attempt(name, sets({ field: 'Subject' }))).toContain('a formula or a literalValue')
    expect(await attempt('Lost', { type: 'Update' })).toContain('is named after an object')
    expect(await attempt('Nowhere__c.New', create)).toContain('there is no object')
    expect(await attempt('Lost', sets({ field: 'Subject', formula: 'Name' }))).toContain(
      'starts from no record',
    )
  })
})
