/** The real jsforce against the running server, as programs use it. */
import jsforce, { type Connection } from 'jsforce'
import { pino } from 'pino'
import { StreamingExtension } from 'jsforce/lib/api/streaming.js'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { startServer, type RunningServer } from '../../engine/http/server.ts'
import { openApi, type Api } from '../support/api.ts'
import { databases } from '../support/databases.ts'

/** Of one load; `FIELDSTONE_MANY=100000` for the large one. */
const many = Number(process.env['FIELDSTONE_MANY'] ?? 10_000)
const patience = { pollInterval: 200, pollTimeout: 600_000 }
const [sqlite] = databases
const slow = { timeout: 900_000 }

// What the client itself leaves open.
interface DescribedLayouts {
  readonly layouts: readonly {
    readonly detailLayoutSections: readonly {
      readonly layoutRows: readonly {
        readonly layoutItems: readonly {
          readonly layoutComponents: readonly { readonly value: string }[]
        }[]
      }[]
    }[]
  }[]
}

interface DescribedCompact {
  readonly compactLayouts: readonly unknown[]
}

interface StreamedChange {
  readonly payload: {
    readonly ChangeEventHeader: { readonly changeType: string }
    readonly Name: string
  }
}
interface ListViews {
  readonly listviews: readonly { readonly id: string }[]
}
interface DescribedListView {
  readonly query: string
  readonly columns: readonly { readonly fieldNameOrPath: string }[]
}
interface ListViewResults extends Pick<DescribedListView, 'columns'> {
  readonly records: readonly unknown[]
}

/** The client's own types leave it out. */
async function leave(client: object): Promise<void> {
  await Reflect.apply(Reflect.get(client, 'disconnect') as () => Promise<void>, client, [])
}

describe('jsforce', () => {
  let api: Api
  let server: RunningServer
  let connection: Connection
  beforeAll(async () => {
    api = await openApi(sqlite)
    const log = pino({ level: 'silent' })
    server = await startServer(api.engine.app, { host: '127.0.0.1', port: 0, log })
    connection = new jsforce.Connection({
      instanceUrl: `http://127.0.0.1:${server.port}`,
      accessToken: api.tokens.admin,
      version: '60.0',
    })
  })
  afterAll(async () => {
    await server.stop()
    await api.close()
  })

  it('does quick actions, of an object and global ones', async () => {
    const fullName = 'Account.About_Case'
    const body = {
      fullName,
      label: 'New case',
      type: 'Create',
      targetObject: 'Case',
      targetParentField: 'AccountId',
      fieldOverrides: [{ field: 'Subject', formula: '"About " & Account.Name' }],
      quickActionLayout: {
        quickActionLayoutColumns: [{ quickActionLayoutItems: [{ field: 'Subject' }] }],
      },
    }
    const make = (name: string, action: object) =>
      api.ask('PUT', `/services/fieldstone/v1/metadata/QuickAction/${name}`, {
        as: 'admin',
        body: action,
      })
    await make(fullName, body)
    const { fieldOverrides: _, targetParentField: __, ...global } = body
    await make('Any_Case', { ...global, fullName: 'Any_Case' })
    const { id: account = '' } = await connection.sobject('Account').create({ Name: 'Acting' })
    const listed = await connection.quickActions()
    // The client's own types say nothing of these.
    const actions = (await connection.sobject('Account').quickActions()) as typeof listed
    expect(actions.map(({ name }) => name)).toEqual(expect.arrayContaining([fullName, 'Any_Case']))
    const action = connection.sobject('Account').quickAction(fullName)
    const described = await action.describe()
    expect(described.contextSobjectType).toBe('Account')
    expect(described.layout.layoutRows).toHaveLength(1)
    expect(await action.defaultValues(account)).toMatchObject({ Subject: 'About Acting' })
    expect(await action.defaultValues()).toMatchObject({ attributes: { type: 'Case' } })
    const done = await action.execute(account, { Description: 'Done' })
    expect(done).toMatchObject({ success: true, created: true, contextId: account })
    const made = await connection.sobject('Case').retrieve(done.id)
    expect(made).toMatchObject({ AccountId: account, Subject: 'About Acting', Description: 'Done' })
    expect(listed.map(({ name }) => name)).toContain('Any_Case')
    expect((await connection.quickAction('Any_Case').describe()).targetSobjectType).toBe('Case')
  })

  it('knows who it is, and what there is', async () => {
    const identity = await connection.identity()
    expect(identity.username).toBe('admin@example.com')
    const { sobjects } = await connection.describeGlobal()
    expect(sobjects.map(({ name }) => name)).toContain('Account')
    const account = await connection.sobject('Account').describe()
    expect(account.fields.find(({ name }) => name === 'Name')).toMatchObject({
      type: 'string',
      nillable: false,
      nameField: true,
    })
    const limits = await connection.limits()
    expect(limits['DailyApiRequests']?.Max).toBeGreaterThan(0)
    expect(connection.limitInfo.apiUsage?.used).toBeGreaterThan(0)
  })

  it('creates, reads, changes and deletes one record', async () => {
    const accounts = connection.sobject('Account')
    const made = await accounts.create({ Name: 'jsforce' })
    if (!made.success) throw new Error('not created')
    expect(await accounts.retrieve(made.id)).toMatchObject({ Id: made.id, Name: 'jsforce' })
    expect((await accounts.update({ Id: made.id, Name: 'again' })).success).toBe(true)
    expect(await accounts.find({ Id: made.id }, ['Name'])).toMatchObject([{ Name: 'again' }])
    const sosl = 'FIND {agai*} IN ALL FIELDS RETURNING Account(Id, Name)'
    const { searchRecords } = await connection.search(sosl)
    expect(searchRecords.map((one) => [one['Id'], one['Name']])).toEqual([[made.id, 'again']])
    expect((await accounts.destroy(made.id)).success).toBe(true)
    await expect(accounts.retrieve(made.id)).rejects.toThrow('recycle bin')
    await expect(accounts.create({ Name: 'x', Nope: 1 })).rejects.toMatchObject({
      errorCode: 'INVALID_FIELD',
    })
  })

  it('creates, reads, changes, upserts and deletes many', async () => {
    const accounts = connection.sobject('Account')
    const made = await accounts.create([{ Name: 'Many 1' }, { Name: 'Many 2' }])
    const ids = made.map((one) => one.id ?? '')
    expect((await accounts.retrieve(ids)).map((one) => one['Name'])).toEqual(['Many 1', 'Many 2'])
    const changed = await accounts.update(ids.map((Id) => ({ Id, Phone: '1' })))
    expect(changed.map(({ success }) => success)).toEqual([true, true])
    const upserted = await accounts.upsert(
      [
        { SourceSystemIdentifier: 'js-1', Name: 'Upsert 1' },
        { SourceSystemIdentifier: 'js-2', Name: 'Upsert 2' },
      ],
      'SourceSystemIdentifier',
    )
    expect(upserted.map(({ success }) => success)).toEqual([true, true])
    const mixed = await accounts.create([{ Name: 'Good' }, {}], { allOrNone: true })
    expect(mixed.map(({ success }) => success)).toEqual([false, false])
    const gone = await accounts.destroy(ids)
    expect(gone.map(({ success }) => success)).toEqual([true, true])
  })

  it('sends composites', async () => {
    const body = {
      allOrNone: true,
      compositeRequest: [
        {
          method: 'POST',
          url: '/services/data/v60.0/sobjects/Account',
          referenceId: 'a',
          body: { Name: 'Composite' },
        },
        {
          method: 'POST',
          url: '/services/data/v60.0/sobjects/Contact',
          referenceId: 'c',
          body: { LastName: 'C', AccountId: '@{a.id}' },
        },
      ],
    }
    const answer = await connection.requestPost<{
      compositeResponse: { httpStatusCode: number }[]
    }>('/services/data/v60.0/composite', body)
    expect(answer.compositeResponse.map((one) => one.httpStatusCode)).toEqual([201, 201])
  })

  it('loads many rows in bulk, and reads them back by pages and in bulk', slow, async () => {
    const rows = Array.from({ length: many }, (_, index) => ({
      Name: `Load ${index}`,
      Phone: `${index}`,
    }))
    const result = await connection.bulk2.loadAndWaitForResults({
      object: 'Account',
      operation: 'insert',
      input: [...rows, { Name: '', Phone: 'bad' }],
      ...patience,
    })
    expect(result.successfulResults).toHaveLength(many)
    expect(result.failedResults).toHaveLength(1)
    expect(result.unprocessedRecords).toHaveLength(0)
    const soql = "SELECT Name, Phone FROM Account WHERE Name LIKE 'Load %'"
    const found = await connection.query(soql, { autoFetch: true, maxFetch: 2 * many })
    expect([found.totalSize, found.records.length]).toEqual([many, many])
    const stream = await connection.bulk2.query(soql, patience)
    expect(await stream.toArray()).toHaveLength(many)
  })

  it(
    'loads and queries by the Bulk API before 2.0, to which changes of whole queries go',
    slow,
    async () => {
      const { bulk } = connection
      Object.assign(bulk, patience)
      const rows = Array.from({ length: 210 }, (_, index) => ({
        Name: `Classic ${index % 3}`,
        SourceSystemIdentifier: `c-${index}`,
      }))
      const loaded = await bulk.load('Account', 'insert', [...rows, { Phone: 'no name' }])
      const saved = loaded.map((row) => ('success' in row ? row.success : undefined))
      expect(saved.filter(Boolean)).toHaveLength(210)
      const last = loaded.at(-1)
      expect(last).toMatchObject({ success: false })
      expect(JSON.stringify(last)).toContain('REQUIRED_FIELD_MISSING')
      const upserts = await bulk.load(
        'Account',
        'upsert',
        {
          extIdField: 'SourceSystemIdentifier',
          concurrencyMode: 'Parallel',
        },
        rows.slice(0, 2),
      )
      expect(upserts).toMatchObject([{ success: true }, { success: true }])
      const found = connection.sobject('Account').find({ Name: { $like: 'Classic %' } })
      const changed = await found.update({ Phone: '7' }, 'Account')
      expect(changed.filter(({ success }) => success)).toHaveLength(210)
      const soql = "SELECT Id, Name FROM Account WHERE Name LIKE 'Classic %' AND Phone = '7'"
      const read = await (await bulk.query(soql)).toArray()
      expect(read.filter(({ Name }) => Name === 'Classic 1')).toHaveLength(70)
      const gone = await connection
        .sobject('Account')
        .find({ Name: { $like: 'Classic %' } })
        .destroy('Account')
      expect(gone.filter(({ success }) => success)).toHaveLength(210)
      const job = bulk.createJob('Account', 'insert')
      const batch = job.createBatch()
      batch.on('error', () => undefined)
      await expect(batch.execute([{ Nope: 1 }])).rejects.toThrow('Field name not found : Nope')
      expect(await job.close()).toMatchObject({ state: 'Closed', numberBatchesTotal: '0' })
    },
  )

  it('asks for the list views of an object, what they ask for and what they find', async () => {
    const accounts = connection.sobject('Account')
    await accounts.create({ Name: 'Listed' })
    const { listviews } = (await accounts.listviews()) as ListViews
    const view = accounts.listview(listviews[0]?.id ?? '')
    const described = (await view.describe()) as DescribedListView
    expect(described.query).toMatch(/^SELECT .*Id FROM Account/)
    expect(described.columns.map(({ fieldNameOrPath }) => fieldNameOrPath)).toContain('Name')
    const { records, columns } = (await view.results()) as ListViewResults
    expect(columns).toEqual(described.columns)
    const again = await connection.query(described.query)
    expect(again.totalSize).toBeGreaterThanOrEqual(records.length)
    expect(JSON.stringify(records)).toContain('Listed')
    const explained = (await view.explain()) as { readonly plans: readonly object[] }
    expect(explained.plans[0]).toMatchObject({ sobjectType: 'Account' })
    const none = accounts.listview('00B000000000001AAA')
    await expect(none.describe()).rejects.toThrow('not exist')
    await expect(none.explain()).rejects.toThrow('not exist')
  })

  it('asks for the tabs, the theme and layouts of approvals', async () => {
    const tabs = (await connection.tabs()) as readonly { readonly sobjectName: string }[]
    expect(tabs.map(({ sobjectName }) => sobjectName)).toContain('Account')
    expect(await connection.theme()).toHaveProperty('themeItems')
    const accounts = connection.sobject('Account')
    expect(await accounts.approvalLayouts()).toMatchObject({ approvalLayouts: expect.any(Array) })
  })

  it('asks for page layouts with all that is to be known of their fields', async () => {
    const accounts = connection.sobject('Account')
    const { layouts } = (await accounts.layouts()) as unknown as DescribedLayouts
    expect(layouts[0]).toMatchObject({
      id: expect.any(String),
      buttonLayoutSection: { detailButtons: expect.any(Array) },
      quickActionList: {
        quickActionListItems: expect.arrayContaining([
          expect.objectContaining({ quickActionName: 'Account.New_Case', type: 'Create' }),
        ]),
      },
      relatedLists: expect.any(Array),
    })
    const items = layouts[0]?.detailLayoutSections
      .flatMap(({ layoutRows }) => layoutRows)
      .flatMap(({ layoutItems }) => layoutItems)
    const name = items?.find(({ layoutComponents: [first] }) => first?.value === 'Name')
    expect(name).toMatchObject({
      editableForNew: true,
      editableForUpdate: true,
      label: 'Account Name',
      required: true,
      layoutComponents: [{ details: { label: 'Account Name', type: 'string', length: 255 } }],
    })
    const people = connection.sobject('User')
    expect(await people.layouts('UserAlt')).toEqual(await people.layouts())
    await expect(people.layouts('Nope')).rejects.toMatchObject({ errorCode: 'NOT_FOUND' })
    const { compactLayouts } = (await accounts.compactLayouts()) as unknown as DescribedCompact
    expect(compactLayouts[0]).toMatchObject({ id: null, actions: [], objectType: 'Account' })
  })

  it('follows changes over the streaming API, from where it left off too', async () => {
    const own = '/services/fieldstone/v1/metadata/CustomObject/Account'
    const told = await api.ask('PATCH', own, {
      ...{ as: 'admin', body: { enableChangeDataCapture: true } },
    })
    expect(told.status).toBe(200)
    const channel = '/data/AccountChangeEvent'
    const follow = async (
      client: ReturnType<typeof connection.streaming.createClient>,
      names: string[],
    ): Promise<void> => {
      await client.subscribe(channel, (event: StreamedChange) => {
        names.push(`${event.payload.ChangeEventHeader.changeType} ${event.payload.Name}`)
      })
    }
    const names: string[] = []
    const client = connection.streaming.createClient([])
    await follow(client, names)
    const accounts = connection.sobject('Account')
    for (const Name of ['Streamed 1', 'Streamed 2']) await accounts.create({ Name })
    await vi.waitFor(() => expect(names).toEqual(['CREATE Streamed 1', 'CREATE Streamed 2']), slow)
    await leave(client)
    const again: string[] = []
    const replay = new StreamingExtension.Replay(channel, -2)
    const later = connection.streaming.createClient([replay])
    await follow(later, again)
    await vi.waitFor(() => expect(again).toEqual(names), slow)
    const nowhere = later.subscribe('/topic/Nope', () => undefined)
    await expect(nowhere).rejects.toMatchObject({ code: 404 })
    await leave(later)
  })

  it('follows push topics and streaming channels, and pushes over them', async () => {
    const Name = 'JSforceTestAccountUpdates'
    const made = await connection.sobject('PushTopic').create({
      ...{ Name, ApiVersion: '54.0', NotifyForFields: 'Referenced' },
      Query: "SELECT Id, Name FROM Account WHERE Name LIKE 'Topical%'",
      Description: 'Changed accounts',
    })
    expect(made.success).toBe(true)
    const told: object[] = []
    const topic = connection.streaming.topic(Name)
    const following = topic.subscribe((one: object) => void told.push(one))
    await following
    const account = await connection.sobject('Account').create({ Name: 'Topical 1' })
    await connection.sobject('Account').create({ Name: 'Off topic' })
    await vi.waitFor(() => expect(told).toHaveLength(1), slow)
    expect(told).toEqual([
      {
        event: {
          type: 'created',
          createdDate: expect.stringMatching(/^\d{4}-.*Z$/),
          replayId: expect.any(Number),
        },
        sobject: { Id: account.id, Name: 'Topical 1' },
      },
    ])
    const name = '/u/JSforceTestChannel'
    await connection.sobject('StreamingChannel').create({ Name: name })
    const heard: object[] = []
    const channel = connection.streaming.channel(name)
    const listening = channel.subscribe((one: object) => void heard.push(one))
    await listening
    const answer = await channel.push({ payload: 'some notification', userIds: [] })
    expect(answer).toEqual({ fanoutCount: -1, userOnlineStatus: {} })
    await vi.waitFor(() => expect(heard).toHaveLength(1), slow)
    expect(heard).toMatchObject([
      { event: { replayId: expect.any(Number) }, payload: 'some notification' },
    ])
    topic.unsubscribe(following)
    channel.unsubscribe(listening)
  })

  it('asks for what was changed, deleted and seen', async () => {
    const { id = '' } = await connection.sobject('Account').create({ Name: 'Tracked' })
    const start = new Date(api.clock.now - 60_000)
    const end = new Date(api.clock.now + 60_000)
    const updated = await connection.sobject('Account').updated(start, end)
    expect(updated.ids).toContain(id)
    await connection.sobject('Account').destroy(id)
    const deleted = await connection.sobject('Account').deleted(start, end)
    expect(deleted.deletedRecords.map((one) => one.id)).toContain(id)
    expect(await connection.recent()).toEqual([])
  })
})
