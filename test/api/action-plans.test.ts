/** Action plans: templates that are checked and locked, plans that are made whole or not at all and follow their work. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openApi, type Api, type Json, type Told } from '../support/api.ts'
import { databases } from '../support/databases.ts'

const data = '/services/data/v60.0'

interface Value {
  readonly [field: string]: string
}

interface Item {
  readonly name: string
  readonly type?: string
  readonly required?: boolean
  readonly values?: Value
  readonly formulas?: Value
  /** Names of items that come before. */
  readonly after?: readonly string[]
}

describe.each(databases)('action plans on $name', (database) => {
  let api: Api
  let account = ''
  let serial = 0

  beforeAll(async () => {
    api = await openApi(database)
    account = await made('Account', { Name: 'Stanhope' })
    const day = { StartTime: '09:00:00.000Z', EndTime: '17:00:00.000Z' }
    const week = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'].flatMap((name) =>
      Object.entries(day).map(([end, time]) => [`${name}${end}`, time] as const),
    )
    await made('BusinessHours', {
      Name: 'Week',
      IsDefault: true,
      TimeZoneSidKey: 'Europe/Berlin',
      ...Object.fromEntries(week),
    })
    await made('Holiday', { Name: 'Once', ActivityDate: '2026-11-26' })
    await made('Holiday', {
      Name: 'Yearly',
      ActivityDate: '2026-11-25',
      IsRecurrence: true,
      RecurrenceType: 'RecursYearly',
    })
  })
  afterAll(() => api.close())

  async function send(object: string, body: object): Promise<Told> {
    return api.ask('POST', `${data}/sobjects/${object}`, { as: 'admin', body })
  }
  async function made(object: string, body: object): Promise<string> {
    const told = await send(object, body)
    expect(told.text).toContain('"success":true')
    return String(told.json['id'])
  }
  async function change(object: string, id: string, body: object): Promise<Told> {
    return api.ask('PATCH', `${data}/sobjects/${object}/${id}`, { as: 'admin', body })
  }
  async function rows(soql: string): Promise<readonly Json[]> {
    const told = await api.ask('GET', `${data}/query?q=${encodeURIComponent(soql)}`, {
      as: 'admin',
    })
    expect(told.status).toBe(200)
    return [...(told.json['records'] ?? [])]
  }
  function planItems(plan: string): Promise<readonly Json[]> {
    return rows(
      `SELECT Id, Name, ItemId, ItemState, DependencyStatus, IsRequired FROM ActionPlanItem WHERE ActionPlanId = '${plan}' ORDER BY DisplayOrder`,
    )
  }
  function tasksOf(plan: string): Promise<readonly Json[]> {
    return rows(
      `SELECT Id, Subject, ActivityDate, Priority, OwnerId, WhatId FROM Task WHERE Id IN (SELECT ItemId FROM ActionPlanItem WHERE ActionPlanId = '${plan}') ORDER BY Subject`,
    )
  }

  interface Template {
    readonly id: string
    readonly version: string
    readonly items: ReadonlyMap<string, string>
  }

  async function template(items: readonly Item[], body: object = {}): Promise<Template> {
    serial += 1
    const id = await made('ActionPlanTemplate', {
      Name: `Template ${serial}`,
      UniqueName: `Template_${serial}`,
      TargetEntityType: 'Account',
      ActionPlanType: 'Industries',
      ...body,
    })
    const [found] = await rows(
      `SELECT Id, Status FROM ActionPlanTemplateVersion WHERE ActionPlanTemplateId = '${id}'`,
    )
    expect(found?.['Status']).toBe('Draft')
    const version = String(found?.['Id'])
    return { id, version, items: await addItems(version, items) }
  }

  async function addItems(version: string, items: readonly Item[]): Promise<Map<string, string>> {
    const ids = new Map<string, string>()
    for (const [index, item] of items.entries()) {
      serial += 1
      const type = item.type ?? 'Task'
      const id = await made('ActionPlanTemplateItem', {
        ActionPlanTemplateVersionId: version,
        Name: item.name,
        UniqueName: `Item_${serial}`,
        ItemEntityType: type,
        DisplayOrder: index + 1,
        IsRequired: item.required ?? false,
      })
      ids.set(item.name, id)
      const values = [
        ...Object.entries(item.values ?? {}).map(([field, text]) => ({
          field,
          ValueLiteral: text,
        })),
        ...Object.entries(item.formulas ?? {}).map(([field, text]) => ({
          field,
          ValueFormula: text,
        })),
      ]
      for (const { field, ...value } of values) {
        await made('ActionPlanTemplateItemValue', {
          ActionPlanTemplateItemId: id,
          Name: field,
          ItemEntityFieldName: `${type}.${field}`,
          ...value,
        })
      }
      for (const before of item.after ?? []) {
        await made('ActionPlnTmplItmDependency', {
          Name: `${before} first`,
          PreviousTemplateItemId: ids.get(before),
          TemplateItemId: id,
          CreationType: 'OnPreviousItemCompleted',
        })
      }
    }
    return ids
  }

  async function published(items: readonly Item[], body: object = {}): Promise<Template> {
    const found = await template(items, body)
    const told = await change('ActionPlanTemplateVersion', found.version, { Status: 'Final' })
    expect(told.text).toBe('')
    return found
  }

  function start(found: Template, body: object = {}): Promise<string> {
    return made('ActionPlan', {
      ActionPlanTemplateVersionId: found.version,
      TargetId: account,
      StartDate: '2026-11-23',
      ...body,
    })
  }

  it('makes every record of a published version, with owner, deadline, and order', async () => {
    await made('AccountTeamMember', {
      AccountId: account,
      UserId: api.repId,
      TeamMemberRole: 'Wealth Manager',
    })
    const review = await published([
      {
        name: 'Prepare',
        required: true,
        values: { Subject: 'Prepare the review', Priority: 'High', OwnerId: 'rep@example.com' },
        formulas: { ActivityDate: 'StartDate + 3' },
      },
      {
        name: 'Payslips',
        type: 'DocumentChecklistItem',
        required: true,
        values: { Instruction: 'The last three.' },
      },
      {
        name: 'Schedule',
        formulas: { ActivityDate: 'StartDate + 4', OwnerId: 'TEAMROLE("Wealth Manager")' },
      },
      {
        name: 'Call',
        formulas: {
          OwnerId: 'TEAMROLE("Credit Analyst")',
          Description: '"For " & Name',
          ActivityDate: 'EndDate',
        },
      },
      {
        name: 'Notes',
        after: ['Schedule', 'Payslips'],
        formulas: { ActivityDate: 'StartDate + 2' },
      },
    ])
    const plan = await start(review, { Name: 'Review', IsUsingHolidayHours: true })
    const [stored] = await rows(
      `SELECT ActionPlanState, StatusCode, EndDate, ItemCount, CompletedItemCount, OwnerId FROM ActionPlan WHERE Id = '${plan}'`,
    )
    expect(stored).toMatchObject({
      ActionPlanState: 'Not Started',
      StatusCode: 'NotStarted',
      EndDate: '2026-11-30',
      ItemCount: 5,
      CompletedItemCount: 0,
    })
    const owner = stored?.['OwnerId']
    expect((await tasksOf(plan)).map(({ attributes: _, Id: _id, ...task }) => task)).toEqual([
      {
        Subject: 'Call',
        ActivityDate: '2026-11-30',
        Priority: 'Normal',
        OwnerId: owner,
        WhatId: account,
      },
      // Thursday is a holiday; the yearly one on Wednesday is not looked at.
      {
        Subject: 'Prepare the review',
        ActivityDate: '2026-11-27',
        Priority: 'High',
        OwnerId: api.repId,
        WhatId: account,
      },
      {
        Subject: 'Schedule',
        ActivityDate: '2026-11-30',
        Priority: 'Normal',
        OwnerId: api.repId,
        WhatId: account,
      },
    ])
    const [document] = await rows(
      `SELECT Name, Status, IsRequired, Instruction FROM DocumentChecklistItem WHERE ParentRecordId = '${account}'`,
    )
    expect(document).toMatchObject({
      Name: 'Payslips',
      Status: 'New',
      IsRequired: true,
      Instruction: 'The last three.',
    })
    const items = await planItems(plan)
    expect(
      items.map((item) => [item['Name'], item['DependencyStatus'], item['ItemId'] === null]),
    ).toEqual([
      ['Prepare', 'None', false],
      ['Payslips', 'None', false],
      ['Schedule', 'None', false],
      ['Call', 'None', false],
      ['Notes', 'WaitingOnPrevious', true],
    ])
  })

  it('follows its work: states, waiting items, the plan itself, and back', async () => {
    const found = await published([
      { name: 'A', required: true },
      { name: 'B', type: 'DocumentChecklistItem' },
      { name: 'C', after: ['A', 'B'], formulas: { ActivityDate: 'StartDate + 5' } },
    ])
    const plan = await start(found, { StartDate: '2020-01-01' })
    const [a, b] = await planItems(plan)
    const idOf = (item: Json | undefined): string => String(item?.['ItemId'])
    const state = async (): Promise<unknown> => {
      const [one] = await rows(
        `SELECT ActionPlanState, CompletedItemCount, ActualEndDate FROM ActionPlan WHERE Id = '${plan}'`,
      )
      const items = await planItems(plan)
      return [
        one?.['ActionPlanState'],
        one?.['CompletedItemCount'],
        one?.['ActualEndDate'] !== null,
        items.map((item) => item['ItemState']).join(),
      ]
    }
    await change('Task', idOf(a), { Status: 'In Progress' })
    expect(await state()).toEqual(['In Progress', 0, false, 'InProgress,Pending,Pending'])
    await change('Task', idOf(a), { Status: 'Completed' })
    await change('DocumentChecklistItem', idOf(b), { Status: 'Rejected', Comments: 'Blurred' })
    expect(await state()).toEqual(['In Progress', 1, false, 'Completed,InProgress,Pending'])
    await change('DocumentChecklistItem', idOf(b), { Status: 'Accepted', IsAccepted: true })
    const waited = (await planItems(plan))[2]
    expect(waited).toMatchObject({ DependencyStatus: 'Created', ItemState: 'Pending' })
    const today = new Date(api.clock.now).toISOString().slice(0, 10)
    const due = new Date(Date.parse(today) + 5 * 86_400_000).toISOString().slice(0, 10)
    const [task] = await rows(`SELECT ActivityDate FROM Task WHERE Id = '${idOf(waited)}'`)
    expect(task?.['ActivityDate']).toBe(due)
    await change('Task', idOf(waited), { Status: 'Completed' })
    expect(await state()).toEqual(['Completed', 3, true, 'Completed,Completed,Completed'])
    await change('Task', idOf(a), { Status: 'Not Started' })
    expect(await state()).toEqual(['In Progress', 2, false, 'Pending,Completed,Completed'])
  })

  it('locks a published version at every door, and replaces it by the next one', async () => {
    const found = await published([{ name: 'A' }, { name: 'B', after: ['A'] }])
    const [a, b] = [...found.items.values()]
    const doors: readonly Promise<Told>[] = [
      change('ActionPlanTemplateVersion', found.version, { Name: 'Other' }),
      change('ActionPlanTemplateVersion', found.version, { Version: 7 }),
      change('ActionPlanTemplateItem', String(a), { Name: 'Other' }),
      send('ActionPlanTemplateItem', {
        ActionPlanTemplateVersionId: found.version,
        Name: 'More',
        UniqueName: 'More',
        ItemEntityType: 'Task',
      }),
      api.ask('DELETE', `${data}/sobjects/ActionPlanTemplateItem/${String(b)}`, { as: 'admin' }),
      send('ActionPlanTemplateItemValue', {
        ActionPlanTemplateItemId: a,
        Name: 'Subject',
        ItemEntityFieldName: 'Task.Subject',
        ValueLiteral: 'x',
      }),
      send('ActionPlnTmplItmDependency', {
        Name: 'Circle',
        PreviousTemplateItemId: b,
        TemplateItemId: a,
        CreationType: 'OnPreviousItemCompleted',
      }),
      api.ask('POST', `${data}/composite/sobjects`, {
        as: 'admin',
        body: {
          allOrNone: true,
          records: [
            {
              attributes: { type: 'ActionPlanTemplateItem' },
              ActionPlanTemplateVersionId: found.version,
              Name: 'More',
              UniqueName: 'More',
              ItemEntityType: 'Task',
            },
          ],
        },
      }),
    ]
    for (const told of await Promise.all(doors)) {
      expect(told.text).toContain('A published version stays as it is')
    }
    const next = await made('ActionPlanTemplateVersion', {
      ActionPlanTemplateId: found.id,
      Name: 'Next',
      Version: 2,
    })
    const [other] = (await addItems(next, [{ name: 'Other' }])).values()
    const across = await send('ActionPlnTmplItmDependency', {
      Name: 'Across',
      PreviousTemplateItemId: a,
      TemplateItemId: other,
      CreationType: 'OnPreviousItemCompleted',
    })
    expect(across.text).toContain('items of its own version alone')
    await api.ask('DELETE', `${data}/sobjects/ActionPlanTemplateItem/${String(other)}`, {
      as: 'admin',
    })
    const moved = await change('ActionPlanTemplateItem', String(a), {
      ActionPlanTemplateVersionId: next,
    })
    expect(moved.status).toBe(400)
    expect((await change('ActionPlanTemplateVersion', next, { Status: 'Final' })).text).toContain(
      'without items',
    )
    await addItems(next, [{ name: 'A2' }])
    expect((await change('ActionPlanTemplateVersion', next, { Status: 'Final' })).status).toBe(204)
    expect(
      (
        await rows(
          `SELECT Status, InactivationDateTime FROM ActionPlanTemplateVersion WHERE ActionPlanTemplateId = '${found.id}' ORDER BY Version`,
        )
      ).map((row) => [row['Status'], row['InactivationDateTime'] !== null]),
    ).toEqual([
      ['Obsolete', true],
      ['Final', false],
    ])
    const late = await send('ActionPlan', {
      ActionPlanTemplateVersionId: found.version,
      TargetId: account,
    })
    expect(late.text).toContain('Choose a published version')
  })

  it('publishes nothing that no plan could be made from', async () => {
    const names = Array.from({ length: 5 }, (_, index) => `Item ${index}`)
    const found = await template([
      { name: 'Late', formulas: { ActivityDate: 'StartDate + 1001' } },
      { name: 'Unreadable', formulas: { Description: 'Nothing &' } },
      { name: 'Nobody', values: { OwnerId: 'nobody@nowhere' } },
      { name: 'Wrong', values: { TaskSubtype: 'Dance' } },
      { name: 'Action', type: 'RecordAction' },
      ...names.map((name) => ({ name })),
      { name: 'Last', after: names },
    ])
    await made('ActionPlnTmplItmDependency', {
      Name: 'Back',
      PreviousTemplateItemId: found.items.get('Last'),
      TemplateItemId: found.items.get('Item 0'),
      CreationType: 'OnPreviousItemCompleted',
    })
    const told = await change('ActionPlanTemplateVersion', found.version, { Status: 'Final' })
    expect(told.status).toBe(400)
    expect([...told.json].map((problem) => String(problem['message']))).toEqual([
      'Item Late of the template: A deadline lies at most 1000 days after the start.',
      expect.stringMatching(/^Item Unreadable of the template: /),
      'Item Nobody of the template: There is no user and no queue nobody@nowhere.',
      'Item Wrong of the template: TaskSubtype has no value Dance',
      'Item Action of the template: nobody can make a record of RecordAction',
      'Item Last waits for more than 3 others (planPrerequisitesMax).',
      'Items wait for each other in a circle: take one dependency out.',
    ])
  })

  it('makes a plan wholly or not at all, for the right record alone', async () => {
    const found = await published([{ name: 'Fine' }, { name: 'Long', values: { Type: 'Call' } }])
    const opportunity = await made('Opportunity', {
      Name: 'Other',
      StageName: 'Prospecting',
      CloseDate: '2026-12-31',
    })
    const wrong = await send('ActionPlan', {
      ActionPlanTemplateVersionId: found.version,
      TargetId: opportunity,
    })
    expect(wrong.json[0]).toMatchObject({ fields: ['TargetId'] })
    const strange = await published([
      { name: 'Fine' },
      { name: 'Lost', values: { WhoId: '003000000000001AAA' } },
    ])
    const before = await rows('SELECT COUNT(Id) n FROM Task')
    const lost = await send('ActionPlan', {
      ActionPlanTemplateVersionId: strange.version,
      TargetId: account,
      Name: 'Lost',
    })
    expect(lost.status).toBe(400)
    expect(await rows("SELECT Id FROM ActionPlan WHERE Name = 'Lost'")).toEqual([])
    expect(await rows('SELECT COUNT(Id) n FROM Task')).toEqual(before)
    const denied = await api.ask('POST', `${data}/sobjects/ActionPlan`, {
      as: 'rep',
      body: { ActionPlanTemplateVersionId: found.version, TargetId: account },
    })
    expect(denied.status).toBe(404)
  })

  it('adds items where the template lets people, ends early, goes and comes back', async () => {
    const closed = await start(await published([{ name: 'A' }]))
    const more = (plan: string): Promise<Told> =>
      send('ActionPlanItem', { ActionPlanId: plan, Name: 'More', ItemEntityType: 'Task' })
    expect((await more(closed)).text).toContain('lets nobody add items')
    const found = await published(
      [
        { name: 'A', required: true },
        { name: 'B', after: ['A'] },
      ],
      {
        IsAdHocItemCreationEnabled: true,
      },
    )
    const plan = await start(found)
    expect((await more(plan)).status).toBe(201)
    expect((await tasksOf(plan)).map((task) => task['Subject'])).toEqual(['A', 'More'])
    const early = await change('ActionPlan', plan, { ActionPlanState: 'Completed' })
    expect(early.text).toContain('Required items are open')
    const [first] = await tasksOf(plan)
    await change('Task', String(first?.['Id']), { Status: 'Completed' })
    await api.ask('DELETE', `${data}/sobjects/ActionPlan/${plan}`, { as: 'admin' })
    const left = await rows(`SELECT Subject FROM Task WHERE Id = '${String(first?.['Id'])}'`)
    expect(left).toHaveLength(1)
    expect(await tasksOf(plan)).toEqual([])
    const back = await api.ask('POST', `/services/fieldstone/v1/recycle-bin/${plan}/undelete`, {
      as: 'admin',
    })
    expect(back.status).toBeLessThan(300)
    expect((await tasksOf(plan)).map((task) => task['Subject'])).toEqual(['A', 'B', 'More'])
    expect((await change('ActionPlan', plan, { ActionPlanState: 'Canceled' })).status).toBe(204)
    expect((await planItems(plan)).map((item) => item['ItemState']).toSorted()).toEqual([
      'Canceled',
      'Canceled',
      'Completed',
    ])
    expect((await tasksOf(plan)).map((task) => task['Subject'])).toEqual(['A'])
  })

  async function act(name: string, input: object): Promise<Json> {
    const told = await api.ask('POST', `${data}/actions/standard/${name}`, {
      as: 'admin',
      body: { inputs: [input] },
    })
    expect(told.json[0]?.['isSuccess'], told.text).toBe(true)
    return told.json[0]?.['outputValues'] ?? told.json
  }

  it('moves open deadlines with the start where that is wished, but none that was chosen by hand', async () => {
    const found = await published([
      { name: 'Done', formulas: { ActivityDate: 'StartDate + 1' } },
      { name: 'Moves', formulas: { ActivityDate: 'StartDate + 3' } },
      { name: 'Stays', formulas: { ActivityDate: 'StartDate + 2' } },
    ])
    const started = await act('createActionPlan', {
      actionPlanTemplateVersionId: found.version,
      targetId: account,
      startDate: '2026-11-23',
      skipNonworkDays: true,
    })
    const actionPlanId = String(started['actionPlanId'])
    const [done, , stays] = (await planItems(actionPlanId)).map((item) => String(item['ItemId']))
    await change('Task', done ?? '', { Status: 'Completed' })
    await change('Task', stays ?? '', { ActivityDate: '2026-12-24' })
    const wish = { actionPlanId, startDate: '2026-11-25', moveDeadlines: true }
    const moves = [
      { name: 'Moves', from: '2026-11-27', to: '2026-12-01' },
      { name: 'Stays', from: '2026-12-24', to: '2026-12-24' },
    ]
    const preview = await act('shiftActionPlan', { ...wish, previewOnly: true })
    expect(preview).toMatchObject({ deadlines: moves, endDate: '2026-12-01' })
    const days = async (): Promise<unknown> =>
      (await tasksOf(actionPlanId)).map((task) => task['ActivityDate'])
    expect(await days()).toEqual(['2026-11-24', '2026-11-27', '2026-12-24'])
    expect(await act('shiftActionPlan', wish)).toMatchObject({ deadlines: moves })
    expect(await days()).toEqual(['2026-11-24', '2026-12-01', '2026-12-24'])
    const [plan] = await rows(
      `SELECT StartDate, EndDate FROM ActionPlan WHERE Id = '${actionPlanId}'`,
    )
    expect(plan).toMatchObject({ StartDate: '2026-11-25', EndDate: '2026-12-01' })
    const hidden = await api.ask('POST', `${data}/actions/standard/shiftActionPlan`, {
      as: 'rep',
      body: { inputs: [wish] },
    })
    expect(hidden.text).toContain("sObject type 'ActionPlan' is not supported")
  })

  it('takes a published version further as a draft that holds the same', async () => {
    const found = await published([
      { name: 'A', required: true, formulas: { ActivityDate: 'StartDate + 1' } },
      { name: 'B', after: ['A'], values: { Priority: 'High' } },
    ])
    const clone = await act('cloneActionPlanTemplateVersion', {
      actionPlanTemplateVersionId: found.version,
    })
    const newVersionId = String(clone['newVersionId'])
    expect(
      (await change('ActionPlanTemplateVersion', newVersionId, { Status: 'Final' })).text,
    ).toBe('')
    const plan = await start({ ...found, version: newVersionId })
    expect(
      (await planItems(plan)).map((item) => [
        item['Name'],
        item['DependencyStatus'],
        item['IsRequired'],
      ]),
    ).toEqual([
      ['A', 'None', true],
      ['B', 'WaitingOnPrevious', false],
    ])
  })

  it('starts one plan for each of many records by a job, and tells which one got none', async () => {
    const found = await published([{ name: 'A' }, { name: 'B', type: 'DocumentChecklistItem' }])
    const names = Array.from({ length: 60 }, (_, index) => `Many ${index}`)
    await api.ask('POST', `${data}/composite/sobjects`, {
      as: 'admin',
      body: { records: names.map((Name) => ({ attributes: { type: 'Account' }, Name })) },
    })
    const own = '/services/fieldstone/v1/action-plans'
    const wish = {
      actionPlanTemplateVersionId: found.version,
      startDate: '2026-11-23',
      name: 'For "many"',
    }
    const post = (body: object): Promise<Told> => api.ask('POST', own, { as: 'admin', body })
    for (const body of [
      {},
      wish,
      { ...wish, targetIds: [account], query: 'SELECT Id FROM Account' },
      { ...wish, targetIds: ['x'] },
      { ...wish, query: 'SELECT Name FROM Account' },
      { ...wish, query: 7 },
      { ...wish, targetIds: [account], name: 7 },
      { ...wish, targetIds: [] },
    ]) {
      expect((await post(body)).status, JSON.stringify(body)).toBe(400)
    }
    const accounts = await rows("SELECT Id FROM Account WHERE Name LIKE 'Many %'")
    const nobody = `${account.slice(0, 3)}000000000009AAA`
    const { json } = await post({ ...wish, targetIds: [...accounts.map(({ Id }) => Id), nobody] })
    const job = `${data}/jobs/ingest/${String(json['id'])}`
    await expect
      .poll(async () => (await api.ask('GET', job, { as: 'admin' })).json['state'], {
        timeout: 60_000,
      })
      .toBe('JobComplete')
    expect((await api.ask('GET', job, { as: 'admin' })).json).toMatchObject({
      numberRecordsProcessed: 61,
      numberRecordsFailed: 1,
    })
    const failed = await api.ask('GET', `${job}/failedResults`, { as: 'admin' })
    expect(failed.text).toContain(nobody)
    const [count] = await rows(
      `SELECT COUNT(Id) n, COUNT_DISTINCT(TargetId) t FROM ActionPlan WHERE Name = 'For "many"'`,
    )
    expect(count).toMatchObject({ n: 60, t: 60 })
    const [items] = await rows(
      `SELECT COUNT(Id) n FROM ActionPlanItem WHERE ItemId != null AND ActionPlan.Name = 'For "many"'`,
    )
    expect(items).toMatchObject({ n: 120 })
  })
})
