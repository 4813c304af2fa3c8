/** Flows at saves and on call: in the transaction of the save, in bulk, with what they refuse told at its place. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openApi, type Api, type Json } from '../support/api.ts'
import { databases } from '../support/databases.ts'

const data = '/services/data/v67.0'
/** Ten deploys on a machine with much else to do. */
const setUpMs = 240_000
const patience = { timeout: 120_000, interval: 50 }

const next = (targetReference: string) => ({ connector: { targetReference } })
const set = (assignToReference: string, value: object, operator = 'Assign') => ({
  assignToReference,
  operator,
  value,
})

/** Before a save: the rating by the employees, a message at a field, what was given before by a formula. */
const rate = {
  start: {
    object: 'Account',
    triggerType: 'RecordBeforeSave',
    recordTriggerType: 'CreateAndUpdate',
    ...next('By_size'),
  },
  formulas: [
    {
      name: 'Site_text',
      dataType: 'String',
      expression:
        "IF(ISNEW(), 'new', 'was ' & {!$Record__Prior.Name}) & ' by ' & {!$User.Username}",
    },
  ],
  decisions: [
    {
      name: 'By_size',
      defaultConnector: { targetReference: 'Set_site' },
      rules: [
        {
          name: 'Too_big',
          conditions: [
            {
              leftValueReference: '$Record.NumberOfEmployees',
              operator: 'GreaterThan',
              rightValue: { numberValue: 1e6 },
            },
          ],
          ...next('Refuse'),
        },
        {
          name: 'Big',
          conditionLogic: '1 AND (2 OR 3)',
          conditions: [
            {
              leftValueReference: '$Record.NumberOfEmployees',
              operator: 'GreaterThanOrEqualTo',
              rightValue: { numberValue: 100 },
            },
            {
              leftValueReference: '$Record.Name',
              operator: 'StartsWith',
              // Texts are alike in any letter case.
              rightValue: { stringValue: 'BIG' },
            },
            {
              leftValueReference: '$Record.Name',
              operator: 'Contains',
              rightValue: { stringValue: 'Inc' },
            },
          ],
          ...next('Set_hot'),
        },
      ],
    },
  ],
  assignments: [
    {
      name: 'Set_hot',
      assignmentItems: [set('$Record.Rating', { stringValue: 'Hot' })],
      ...next('Set_site'),
    },
    { name: 'Set_site', assignmentItems: [set('$Record.Site', { elementReference: 'Site_text' })] },
  ],
  customErrors: [
    {
      name: 'Refuse',
      customErrorMessages: [
        {
          errorMessage: '{!$Record.Name} cannot be so big.',
          isFieldError: true,
          fieldSelection: 'NumberOfEmployees',
        },
      ],
    },
  ],
}

/** After a save: a contact for each, found again with its account, changed in a loop; only where the name says so. */
const greet = {
  start: {
    object: 'Account',
    triggerType: 'RecordAfterSave',
    recordTriggerType: 'Create',
    filters: [{ field: 'Name', operator: 'StartsWith', value: { stringValue: 'Greet' } }],
    ...next('Make_contact'),
  },
  variables: [
    { name: 'contactId', dataType: 'String' },
    { name: 'changed', dataType: 'SObject', objectType: 'Contact', isCollection: true },
  ],
  recordCreates: [
    {
      name: 'Make_contact',
      object: 'Contact',
      inputAssignments: [
        { field: 'LastName', value: { stringValue: 'Of {!$Record.Name}' } },
        { field: 'AccountId', value: { elementReference: '$Record.Id' } },
      ],
      assignRecordIdToReference: 'contactId',
      ...next('Find_contacts'),
    },
  ],
  recordLookups: [
    {
      name: 'Find_contacts',
      object: 'Contact',
      filters: [
        { field: 'AccountId', operator: 'EqualTo', value: { elementReference: '$Record.Id' } },
      ],
      getFirstRecordOnly: false,
      storeOutputAutomatically: true,
      ...next('Each_contact'),
    },
  ],
  loops: [
    {
      name: 'Each_contact',
      collectionReference: 'Find_contacts',
      nextValueConnector: { targetReference: 'Title' },
      noMoreValuesConnector: { targetReference: 'Save_all' },
    },
  ],
  assignments: [
    {
      name: 'Title',
      assignmentItems: [
        set('Each_contact.Title', { stringValue: 'Guest of {!Each_contact.Account.Name}' }),
        set('changed', { elementReference: 'Each_contact' }, 'Add'),
      ],
      ...next('Each_contact'),
    },
  ],
  recordUpdates: [{ name: 'Save_all', inputReference: 'changed', ...next('Post_task') }],
  actionCalls: [
    {
      name: 'Post_task',
      actionName: 'newTask',
      actionType: 'newTask',
      inputParameters: [
        { name: 'subject', value: { stringValue: 'Welcome {!$Record.Name}' } },
        { name: 'relatedRecordId', value: { elementReference: '$Record.Id' } },
      ],
    },
  ],
}

const keep = {
  start: {
    object: 'Account',
    triggerType: 'RecordBeforeDelete',
    filters: [{ field: 'Name', operator: 'Contains', value: { stringValue: 'Keep' } }],
    ...next('Refuse'),
  },
  customErrors: [
    { name: 'Refuse', customErrorMessages: [{ errorMessage: '{!$Record.Name} stays.' }] },
  ],
}

/** Whatever it makes lacks a name; the fault is told. */
const faulty = (withFault: boolean) => ({
  start: {
    object: 'Account',
    triggerType: 'RecordAfterSave',
    recordTriggerType: 'Create',
    filters: [
      {
        field: 'Name',
        operator: 'StartsWith',
        value: { stringValue: withFault ? 'Caught' : 'Thrown' },
      },
    ],
    ...next('Make_nobody'),
  },
  recordCreates: [
    {
      name: 'Make_nobody',
      object: 'Contact',
      inputAssignments: [{ field: 'AccountId', value: { elementReference: '$Record.Id' } }],
      ...(withFault ? { faultConnector: { targetReference: 'Note' } } : {}),
    },
  ],
  recordUpdates: withFault
    ? [
        {
          name: 'Note',
          inputReference: '$Record',
          inputAssignments: [
            { field: 'Description', value: { stringValue: 'Fault: {!$Flow.FaultMessage}' } },
          ],
        },
      ]
    : [],
})

/** Counts and sums what it is given; calls another one. */
const addUp = {
  variables: [
    { name: 'numbers', dataType: 'Number', isCollection: true, isInput: true },
    { name: 'total', dataType: 'Number', isOutput: true, value: { numberValue: 0 } },
    { name: 'word', dataType: 'String', isInput: true, isOutput: true },
  ],
  start: next('Each'),
  loops: [
    {
      name: 'Each',
      collectionReference: 'numbers',
      nextValueConnector: { targetReference: 'Add' },
      noMoreValuesConnector: { targetReference: 'Shout_it' },
    },
  ],
  assignments: [
    {
      name: 'Add',
      assignmentItems: [set('total', { elementReference: 'Each' }, 'Add')],
      ...next('Each'),
    },
  ],
  subflows: [
    {
      name: 'Shout_it',
      flowName: 'Shout',
      inputAssignments: [{ name: 'text', value: { elementReference: 'word' } }],
      outputAssignments: [{ name: 'loud', assignToReference: 'word' }],
    },
  ],
}
const shout = {
  variables: [
    { name: 'text', dataType: 'String', isInput: true },
    { name: 'loud', dataType: 'String', isOutput: true },
  ],
  formulas: [{ name: 'Upper', dataType: 'String', expression: 'UPPER({!text})' }],
  start: next('Give'),
  assignments: [{ name: 'Give', assignmentItems: [set('loud', { elementReference: 'Upper' })] }],
}
const endless = {
  start: next('Again'),
  assignments: [{ name: 'Again', ...next('Again') }],
}

/** An hour after the end it is marked; right after the commit, too. */
const later = {
  start: {
    object: 'Account',
    triggerType: 'RecordAfterSave',
    recordTriggerType: 'CreateAndUpdate',
    filters: [{ field: 'Name', operator: 'StartsWith', value: { stringValue: 'Later' } }],
    scheduledPaths: [
      {
        name: 'An_hour_after',
        label: 'An hour after',
        timeSource: 'RecordField',
        recordField: 'EndDate',
        offsetNumber: 1,
        offsetUnit: 'Hours',
        ...next('Mark'),
      },
      { name: 'At_once', pathType: 'AsyncAfterCommit', ...next('Make_contact') },
    ],
  },
  recordUpdates: [
    {
      name: 'Mark',
      inputReference: '$Record',
      inputAssignments: [{ field: 'Description', value: { stringValue: 'Over: {!$Record.Name}' } }],
    },
  ],
  recordCreates: [
    {
      name: 'Make_contact',
      object: 'Contact',
      inputAssignments: [
        { field: 'LastName', value: { stringValue: 'At once {!$Record.Name}' } },
        { field: 'AccountId', value: { elementReference: '$Record.Id' } },
      ],
    },
  ],
}

const nightly = {
  start: {
    object: 'Account',
    triggerType: 'Scheduled',
    schedule: { frequency: 'Daily', startDate: '2020-01-01', startTime: '02:00:00.000Z' },
    filters: [{ field: 'Name', operator: 'StartsWith', value: { stringValue: 'Nightly' } }],
    ...next('Mark'),
  },
  recordUpdates: [
    {
      name: 'Mark',
      inputReference: '$Record',
      inputAssignments: [{ field: 'Tradestyle', value: { stringValue: 'Seen: {!$Record.Name}' } }],
    },
  ],
}

/** Looks at nothing but the record, so that it runs without waiting. */
const plain = {
  start: {
    object: 'Contact',
    triggerType: 'RecordBeforeSave',
    recordTriggerType: 'CreateAndUpdate',
    ...next('Set_title'),
  },
  formulas: [
    {
      name: 'Title_text',
      dataType: 'String',
      expression:
        "IF(ISNEW(), 'new ', PRIORVALUE({!$Record.Department}) & ' ') & {!$Record.Department}",
    },
  ],
  recordUpdates: [
    {
      name: 'Set_title',
      inputReference: '$Record',
      inputAssignments: [{ field: 'AssistantName', value: { elementReference: 'Title_text' } }],
    },
  ],
}

const flows = {
  Plain: plain,
  Later: later,
  Nightly: nightly,
  Rate: rate,
  Greet: greet,
  Keep: keep,
  Caught: faulty(true),
  Thrown: faulty(false),
  Add_up: addUp,
  Shout: shout,
  Endless: endless,
}

describe.each(databases)('flows on $name', (database) => {
  let api: Api
  beforeAll(async () => {
    api = await openApi(database)
    // By day: what runs at night does not begin meanwhile.
    const [hour, morning] = [3_600_000, 9]
    const days = Math.ceil((api.clock.now / hour - morning) / 24)
    api.clock.now = (days * 24 + morning) * hour
    await api.renewTokens()
    for (const [fullName, flow] of Object.entries(flows)) {
      const path = `/services/fieldstone/v1/metadata/Flow/${fullName}`
      const body = { fullName, label: fullName, status: 'Active', ...flow }
      const { status, text } = await api.ask('PUT', path, { as: 'admin', body })
      expect(status, text).toBeLessThan(300)
    }
  }, setUpMs)
  afterAll(() => api.close())

  const admin = (method: string, path: string, body?: unknown) =>
    api.ask(method, `${data}${path}`, { as: 'admin', ...(body === undefined ? {} : { body }) })
  const create = async (body: object): Promise<string> => {
    const { json, text } = await admin('POST', '/sobjects/Account', body)
    expect(json['success'], text).toBe(true)
    return String(json['id'])
  }
  const query = async (soql: string): Promise<Json> => {
    const { json, status, text } = await admin('GET', `/query?q=${encodeURIComponent(soql)}`)
    expect(status, text).toBe(200)
    return json['records'] as Json
  }

  it('before a save set fields, by decisions and formulas, with what the record held', async () => {
    const id = await create({ Name: 'Big one', NumberOfEmployees: 100 })
    const read = () => query(`SELECT Rating, Site FROM Account WHERE Id = '${id}'`)
    expect(await read()).toMatchObject([{ Rating: 'Hot', Site: 'new by admin@example.com' }])
    expect((await admin('PATCH', `/sobjects/Account/${id}`, { Name: 'Small' })).status).toBe(204)
    expect(await read()).toMatchObject([{ Site: 'was Big one by admin@example.com' }])
    await create({ Name: 'Small one', NumberOfEmployees: 100 })
    expect(await query("SELECT Rating FROM Account WHERE Name = 'Small one'")).toMatchObject([
      { Rating: null },
    ])
  })

  it('that look at the record alone act at every door', async () => {
    const made = await admin('POST', '/sobjects/Contact', { LastName: 'Plain', Department: 'a' })
    const id = String(made.json['id'])
    const read = async () =>
      (await query(`SELECT AssistantName FROM Contact WHERE Id = '${id}'`))[0]?.['AssistantName']
    expect(await read()).toBe('new a')
    await admin('PATCH', `/sobjects/Contact/${id}`, { Department: 'b' })
    expect(await read()).toBe('a b')
    const records = [{ attributes: { type: 'Contact' }, id, Department: 'c' }]
    await admin('PATCH', '/composite/sobjects', { allOrNone: true, records })
    expect(await read()).toBe('b c')
  })

  it('refuse a save with a message at a field', async () => {
    const { json, status } = await admin('POST', '/sobjects/Account', {
      Name: 'Huge',
      NumberOfEmployees: 1000001,
    })
    expect(status).toBe(400)
    expect(json).toEqual([
      {
        errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
        message: 'Huge cannot be so big.',
        fields: ['NumberOfEmployees'],
      },
    ])
  })

  it('after a save make, get, change and call actions, for 200 records at once', async () => {
    const records = Array.from({ length: 200 }, (_, index) => ({
      attributes: { type: 'Account' },
      Name: `Greet ${index}`,
    }))
    const { json } = await admin('POST', '/composite/sobjects', { allOrNone: false, records })
    expect(json.filter((one) => one['success'] !== (true as unknown))).toEqual([])
    const contacts = await query(
      "SELECT Title, LastName, Account.Name FROM Contact WHERE LastName LIKE 'Of Greet%'",
    )
    expect(contacts).toHaveLength(200)
    for (const { Title, LastName, Account } of contacts) {
      expect(Title).toBe(`Guest of ${Account?.['Name']}`)
      expect(LastName).toBe(`Of ${Account?.['Name']}`)
    }
    expect(
      await query("SELECT COUNT(Id) n FROM Task WHERE Subject LIKE 'Welcome Greet%'"),
    ).toMatchObject([{ n: 200 }])
  })

  it('of deletes keep a record', async () => {
    const id = await create({ Name: 'Keep me' })
    const { json, status } = await admin('DELETE', `/sobjects/Account/${id}`)
    expect(status).toBe(400)
    expect(json[0]).toMatchObject({ message: 'Keep me stays.' })
  })

  it('that fail go on by their fault, or the save is refused, naming flow and element', async () => {
    const id = await create({ Name: 'Caught' })
    const [caught] = await query(`SELECT Description FROM Account WHERE Id = '${id}'`)
    expect(caught?.['Description']).toMatch(/^Fault: Flow Caught, element Make_nobody: .*LastName/)
    const { json, code } = await admin('POST', '/sobjects/Account', { Name: 'Thrown' })
    expect(code).toBe('CANNOT_EXECUTE_FLOW_TRIGGER')
    expect(json[0]?.['message']).toMatch(/^Flow Thrown, element Make_nobody: .*LastName/)
    const mixed = ['Thrown a', 'Greet b', 'Caught c'].map((Name) => ({
      attributes: { type: 'Account' },
      Name,
    }))
    const told = await admin('POST', '/composite/sobjects', { allOrNone: false, records: mixed })
    expect(told.json.map((one) => one['success'])).toEqual([false, true, true])
    expect(await query("SELECT Id FROM Account WHERE Name LIKE 'Thrown%'")).toEqual([])
  })

  it('are called as actions, and call each other; one without an end is ended', async () => {
    const listed = await admin('GET', '/actions/custom/flow')
    // Those that others start are not offered; one that deadlines start and one of a process are shipped.
    expect(listed.json['actions']?.map((one) => String(one['name'])).sort()).toEqual([
      'Add_up',
      'Deadline_Warning',
      'Endless',
      'Provisional_Credit',
      'Shout',
    ])
    // Some act with the rights of the engine, so the API alone does not open them.
    const asRep = await api.ask('POST', `${data}/actions/custom/flow/Add_up`, {
      as: 'rep',
      body: { inputs: [{}] },
    })
    expect([asRep.status, asRep.code]).toEqual([403, 'INSUFFICIENT_ACCESS'])
    const told = await admin('POST', '/actions/custom/flow/Add_up', {
      inputs: [{ numbers: [1.1, 2.2], word: 'quiet' }, { numbers: 'x' }],
    })
    expect(told.json).toMatchObject([
      { isSuccess: true, outputValues: { total: 3.3, word: 'QUIET' } },
      { isSuccess: false },
    ])
    const ended = await admin('POST', '/actions/custom/flow/Endless', { inputs: [{}] })
    expect(ended.status).toBe(400)
    expect(ended.text).toContain('Flow Endless, element Again')
  })

  it('are tried on a record without a trace, each step told with its values', async () => {
    const id = await create({ Name: 'Calm', NumberOfEmployees: 5 })
    const own = '/services/fieldstone/v1/flows'
    const ask = (path: string, body: object) =>
      api.ask('POST', `${own}/${path}/test`, { as: 'admin', body })
    const greeted = (await ask('Greet', { recordId: id })).json
    expect(greeted['steps']?.map((one) => String(one['element']))).toEqual([
      'Make_contact',
      'Find_contacts',
      'Each_contact',
      'Title',
      'Save_all',
      'Post_task',
    ])
    expect(greeted['steps']?.[3]?.['values']).toMatchObject({
      'Each_contact.Title': 'Guest of Calm',
    })
    expect(await query("SELECT Id FROM Contact WHERE LastName = 'Of Calm'")).toEqual([])
    const rated = (await ask('Rate', { recordId: id })).json
    expect(rated['changes']).toEqual({ Site: 'was Calm by admin@example.com' })
    expect((await ask('Thrown', { recordId: id })).json['failure']).toContain('Make_nobody')
    expect((await ask('Keep', { recordId: id })).json['errors']).toEqual([
      { message: 'Calm stays.', field: null },
    ])
    const word = { inputs: { numbers: [1, 2], word: 'x' } }
    expect((await ask('Add_up', word)).json['outputs']).toEqual({ total: 3, word: 'X' })
    expect((await ask('None', {})).status).toBe(404)
    expect((await ask('Rate', {})).code).toBe('MISSING_ARGUMENT')
    const listed = await api.ask('GET', own, { as: 'admin' })
    expect(listed.json.find((one) => String(one['name']) === 'Later')).toMatchObject({
      status: 'Active',
      runs: true,
      paths: ['An_hour_after', 'At_once'],
    })
    expect((await api.ask('GET', own, { as: 'rep' })).status).toBe(403)
  })

  it('tell of what failed, and of every step while somebody looks on, for one flow or one record', async () => {
    const ask = (method: string, path: string, body?: object) =>
      api.ask(method, `/services/fieldstone/v1/${path}`, { as: 'admin', ...(body && { body }) })
    const runsOf = async (filter: string) => (await ask('GET', `flow-runs?${filter}`)).json
    await admin('POST', '/sobjects/Account', { Name: 'Thrown out' })
    const [failed] = await runsOf('flow=Thrown&outcome=Failed')
    // Its save came to nothing; the log knows of it.
    expect(failed).toMatchObject({ start: 'afterSave', element: 'Make_nobody', object: 'Account' })
    expect(String(failed?.['error'])).toContain('LastName')
    expect((await ask('POST', 'flows/Rate/trace', { minutes: 30 })).status).toBe(204)
    const id = await create({ Name: 'Looked at', NumberOfEmployees: 3 })
    await admin('PATCH', `/sobjects/Account/${id}`, { NumberOfEmployees: 1e7 })
    const rated = await runsOf(`flow=Rate&recordId=${id}`)
    expect(rated.map((run) => String(run['outcome']))).toEqual(['Refused'])
    expect(rated[0]?.['error']).toBe('Looked at cannot be so big.')
    const [made] = await runsOf('flow=Rate&outcome=Finished')
    expect(made?.['steps']?.map((step) => String(step['element']))).toEqual(['By_size', 'Set_site'])
    expect((await ask('POST', 'flows/Rate/trace', {})).status).toBe(204)
    await create({ Name: 'Not looked at' })
    expect(await runsOf('flow=Rate&outcome=Finished')).toHaveLength(1)
    const flow = (await ask('GET', 'flows')).json.find((one) => String(one['name']) === 'Thrown')
    expect(Number(flow?.['failureCount'])).toBeGreaterThan(0)
    for (const [path, code] of [
      ['flow-runs?outcome=Perhaps', 'INVALID_ARGUMENT'],
      ['flow-runs?before=tomorrow', 'INVALID_ARGUMENT'],
      ['flow-runs?recordId=1', 'MALFORMED_ID'],
    ]) {
      expect((await ask('GET', path ?? '')).code).toBe(code)
    }
    expect((await ask('POST', 'flows/None/trace', { minutes: 1 })).status).toBe(404)
    expect((await ask('POST', 'flows/Rate/trace', { minutes: 1e9 })).status).toBe(400)
    const asRep = await api.ask('GET', '/services/fieldstone/v1/flow-runs', { as: 'rep' })
    expect(asRep.status).toBe(403)
  })

  it('run later, at the time of the record as it is by then, once', async () => {
    const at = (hours: number) => new Date(api.clock.now + hours * 3_600_000).toISOString()
    const [moved, gone, kept] = await Promise.all(
      ['Later moved', 'Later gone', 'Later kept'].map((Name) =>
        create({ Name, EndDate: at(-0.9) }),
      ),
    )
    await admin('PATCH', `/sobjects/Account/${moved}`, { EndDate: at(5) })
    await admin('PATCH', `/sobjects/Account/${gone}`, { Name: 'Not any more' })
    api.clock.now += 0.5 * 3_600_000
    api.engine.automation.wake()
    const read = async (id: string | undefined) =>
      (await query(`SELECT Description FROM Account WHERE Id = '${id}'`))[0]?.['Description']
    await vi.waitFor(async () => expect(await read(kept)).toBe('Over: Later kept'), patience)
    await vi.waitFor(async () => {
      const made = await query(`SELECT AccountId FROM Contact WHERE LastName LIKE 'At once %'`)
      const ids = made.map((one) => String(one['AccountId']))
      // A change after that of the first save begins it again.
      expect([...new Set(ids)].sort()).toEqual([moved, gone, kept].sort())
      expect(ids.filter((id) => id === kept)).toHaveLength(1)
    }, patience)
    expect([await read(moved), await read(gone)]).toEqual([null, null])
  })

  it('run by the clock over their records; administrators see when, and can run them now', async () => {
    const names = Array.from({ length: 201 }, (_, index) => `Nightly ${index}`)
    for (const some of [names.slice(0, 200), names.slice(200)]) {
      const records = some.map((Name) => ({ attributes: { type: 'Account' }, Name }))
      await admin('POST', '/composite/sobjects', { allOrNone: true, records })
    }
    const jobs = '/services/fieldstone/v1/scheduled-jobs'
    const ask = (method: string, path: string) => api.ask(method, path, { as: 'admin' })
    const nightlyJob = async (): Promise<Json | undefined> =>
      (await ask('GET', jobs)).json.find((one) => String(one['name']) === 'Flow Nightly')
    const job = await nightlyJob()
    expect(job).toMatchObject({ name: 'Flow Nightly', state: 'WAITING', lastAt: null })
    expect(String(job?.['nextAt'])).toMatch(/T02:00:00.000Z$/)
    expect((await api.ask('GET', jobs, { as: 'rep' })).status).toBe(403)
    expect((await ask('POST', `${jobs}/none/run`)).status).toBe(404)
    expect((await ask('POST', `${jobs}/Flow%20Nightly/run`)).status).toBe(204)
    await vi.waitFor(async () => {
      expect(await nightlyJob()).toMatchObject({
        lastState: 'Completed',
        lastOutcome: '201 records',
      })
    }, patience)
    // The same in queries, for those who look after the organisation.
    const triggers = 'SELECT CronJobDetail.Name, CronJobDetail.JobType, State FROM CronTrigger'
    const detail = { Name: 'Flow Nightly', JobType: '6' }
    const trigger = { CronJobDetail: detail, State: 'WAITING' }
    const ofIt = "CronJobDetail.Name = 'Flow Nightly' AND TimesTriggered = 1"
    expect(await query(`${triggers} WHERE ${ofIt}`)).toMatchObject([trigger])
    const runs =
      'SELECT Status, JobItemsProcessed, CompletedDate, CronTrigger.NextFireTime FROM AsyncApexJob ' +
      "WHERE MethodName = 'Flow Nightly'"
    expect(await query(runs)).toMatchObject([
      {
        Status: 'Completed',
        JobItemsProcessed: 201,
        CronTrigger: { NextFireTime: expect.stringContaining('T02:00') },
      },
    ])
    const asRep = `${data}/query?q=${encodeURIComponent(triggers)}`
    expect((await api.ask('GET', asRep, { as: 'rep' })).code).toBe('INVALID_TYPE')
    const latest = (await ask('GET', '/services/fieldstone/v1/jobs')).json
    const ended = latest.find((one) => String(one['about']) === 'Flow Nightly')
    expect(ended).toMatchObject({ about: 'Flow Nightly', state: 'JobComplete', done: 201 })
    const stop = `/services/fieldstone/v1/jobs/${String(ended?.['id'])}/stop`
    expect((await ask('POST', stop)).code).toBe('INVALIDJOBSTATE')
    const put = (body: object) =>
      api.ask('PUT', `${jobs}/Flow%20Nightly/schedule`, { as: 'admin', body })
    expect((await put({ cronExpression: 'at noon' })).code).toBe('INVALID_ARGUMENT')
    expect((await put({ cronExpression: '0 0 3 * * ?', timeZone: 'Asia/Tokyo' })).status).toBe(204)
    expect((await ask('POST', `${jobs}/Flow%20Nightly/pause`)).status).toBe(204)
    expect(await nightlyJob()).toMatchObject({ state: 'PAUSED', nextAt: null })
    expect((await ask('POST', `${jobs}/Flow%20Nightly/resume`)).status).toBe(204)
    expect(String((await nightlyJob())?.['nextAt'])).toMatch(/T18:00/)
    expect((await api.ask('GET', '/healthz')).json).toEqual({ status: 'ok', stoppedJobs: 0 })
    const seen = await query(
      "SELECT COUNT(Id) n FROM Account WHERE Tradestyle LIKE 'Seen: Nightly %'",
    )
    expect(seen).toMatchObject([{ n: 201 }])
  })
})
