/** Records that last: legal holds against every way a record goes. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { sql } from '../../engine/sql/sql.ts'
import { openApi, type Api, type Ask } from '../support/api.ts'
import { databases } from '../support/databases.ts'

const own = '/services/fieldstone/v1'
const data = '/services/data/v67.0'

describe.each(databases)('records that last on $name', (database) => {
  let api: Api
  beforeAll(async () => {
    api = await openApi(database)
  })
  afterAll(() => api.close())

  const query = async (
    soql: string,
    as: Ask['as'] = 'admin',
  ): Promise<Record<string, unknown>[]> => {
    const { json, text } = await api.ask('GET', `${data}/query?q=${encodeURIComponent(soql)}`, {
      as,
    })
    if (!Array.isArray(json['records'])) throw new Error(text)
    return json['records'].map(({ attributes: _, ...rest }) => rest)
  }
  const make = async (object: string, body: object): Promise<string> => {
    const told = await api.ask('POST', `${data}/sobjects/${object}`, { as: 'admin', body })
    expect(told.status, told.text).toBe(201)
    return String(told.json['id'])
  }
  const hold = async (recordId: string): Promise<string> => {
    const body = { recordId, reason: 'Case 17 at court' }
    const told = await api.ask('POST', `${own}/legal-holds`, { as: 'admin', body })
    expect(told.status).toBe(201)
    return String(told.json['id'])
  }
  const lift = (id: string) => api.ask('DELETE', `${own}/legal-holds/${id}`, { as: 'admin' })
  const remove = (object: string, id: string) =>
    api.ask('DELETE', `${data}/sobjects/${object}/${id}`, { as: 'admin' })
  const purge = (id: string) => api.ask('DELETE', `${own}/recycle-bin/${id}`, { as: 'admin' })

  it('a record on hold goes by no door: not by itself, with its parent, in bulk, or out of the bin', async () => {
    const account = await make('Account', { Name: 'Kept' })
    const contact = await make('Contact', { LastName: 'Kept', AccountId: account })
    const line = await hold(account)
    const again = await hold(account)
    expect((await remove('Account', account)).code).toBe('DELETE_FAILED')
    const many = await api.ask('DELETE', `${data}/composite/sobjects?ids=${account}`, {
      as: 'admin',
    })
    expect(many.json[0]?.['success']).toBe(false)
    await lift(line)
    expect((await remove('Account', account)).code).toBe('DELETE_FAILED')
    await lift(again)
    expect((await lift(again)).status).toBe(404)
    expect((await remove('Contact', contact)).status).toBe(204)
    // In the bin it can be kept as well.
    const inBin = await hold(contact)
    expect((await purge(contact)).code).toBe('DELETE_FAILED')
    await lift(inBin)
    expect((await purge(contact)).status).toBe(204)
    expect((await remove('Account', account)).status).toBe(204)
    const told = await query(
      "SELECT Action, Display FROM SetupAuditTrail WHERE Section = 'Legal Holds' ORDER BY Id LIMIT 1",
    )
    expect(told[0]).toMatchObject({ Action: 'placedLegalHold' })
    expect(String(told[0]?.['Display'])).toContain('Case 17 at court')
  })

  it('what would go along with its parent keeps the parent', async () => {
    const object = (fullName: string, fields: readonly object[]) => ({
      fullName,
      label: fullName,
      pluralLabel: `${fullName}s`,
      nameField: { label: 'Name', type: 'Text' },
      sharingModel: fields.length > 0 ? 'ControlledByParent' : 'ReadWrite',
      fields,
    })
    const master = {
      fullName: 'Box__c',
      label: 'Box',
      type: 'MasterDetail',
      referenceTo: ['Box__c'],
      relationshipName: 'Things',
    }
    for (const body of [object('Box__c', []), object('Thing__c', [master])]) {
      const path = `${own}/metadata/CustomObject/${body.fullName}`
      const told = await api.ask('PUT', path, { as: 'admin', body })
      expect([told.status, told.text]).toEqual([200, told.text])
    }
    const box = await make('Box__c', { Name: 'Box' })
    const thing = await make('Thing__c', { Name: 'Thing', Box__c: box })
    const held = await hold(thing)
    expect((await remove('Box__c', box)).code).toBe('DELETE_FAILED')
    expect(await query(`SELECT Id FROM Thing__c WHERE Id = '${thing}'`)).toHaveLength(1)
    await lift(held)
    expect((await remove('Box__c', box)).status).toBe(204)
  })

  it('neither a deploy nor a purge of what was deleted takes away what is on hold', async () => {
    const path = `${own}/metadata/CustomObject/Chest__c`
    const fields = [{ fullName: 'Lock__c', label: 'Lock', type: 'Text', length: 20 }]
    const chest = {
      fullName: 'Chest__c',
      label: 'Chest',
      pluralLabel: 'Chests',
      nameField: { label: 'Name', type: 'Text' },
      sharingModel: 'ReadWrite',
      fields,
    }
    expect((await api.ask('PUT', path, { as: 'admin', body: chest })).status).toBe(200)
    const id = await make('Chest__c', { Name: 'Held', Lock__c: 'Brass' })
    const line = await hold(id)
    expect((await remove('Chest__c', id)).code).toBe('DELETE_FAILED')
    const changes = [{ type: 'CustomObject', fullName: 'Chest__c', delete: true }]
    const refused = await api.ask('POST', `${own}/plans`, { as: 'admin', body: { changes } })
    expect(refused.json).toMatchObject({
      applicable: false,
      problems: [{ component: 'Chest__c', references: [id] }],
    })
    expect(refused.text).toContain('A legal hold keeps 1 record of Chest')
    const lock = `${own}/metadata/CustomField/Chest__c.Lock__c?consent=true`
    const gone = await api.ask('DELETE', lock, { as: 'admin' })
    expect([gone.status, gone.text]).toEqual([200, gone.text])
    const { deployer } = api.engine
    await expect(deployer.purge('Chest__c', 'Lock__c')).rejects.toThrow('A legal hold keeps 1')
    await lift(line)
    await deployer.purge('Chest__c', 'Lock__c')
    expect((await api.ask('DELETE', `${path}?consent=true`, { as: 'admin' })).status).toBe(200)
    // Held by a server that did not know yet.
    await api.database.storage.write(async (tx) => {
      const at = tx.dialect.bound({ kind: 'instant' }, api.clock.now)
      await tx.run(
        sql`insert into fs_legal_hold (id, record_id, object, reason, placed_by, placed_at) values ('0Lh000000000001CAA', ${id}, 'Chest__c', 'x', ${api.repId}, ${at})`,
      )
    })
    await expect(deployer.purge('Chest__c')).rejects.toThrow('A legal hold keeps 1')
    expect(deployer.kept()).toContainEqual({ object: 'Chest__c', canReturn: true })
    await lift('0Lh000000000001CAA')
    await deployer.purge('Chest__c')
  })

  it('holds are placed and lifted by whoever may, on what is there', async () => {
    const body = { recordId: api.repId, reason: 'x' }
    expect((await api.ask('POST', `${own}/legal-holds`, { as: 'rep', body })).status).toBe(403)
    const none = { recordId: '001000000000000AAA', reason: 'x' }
    expect((await api.ask('POST', `${own}/legal-holds`, { as: 'admin', body: none })).status).toBe(
      404,
    )
    const empty = { recordId: api.repId, reason: ' ' }
    expect((await api.ask('POST', `${own}/legal-holds`, { as: 'admin', body: empty })).code).toBe(
      'INVALID_ARGUMENT',
    )
  })

  it('what is old goes at night: by rules, and out of the bin; holds keep it', async () => {
    const rule = {
      active: true,
      ageInDays: 30,
      dateField: 'Closed__c',
      criteriaItems: [{ field: 'Kind__c', operation: 'equals', value: 'Draft' }],
    }
    const anonymous = {
      ...rule,
      criteriaItems: [{ field: 'Kind__c', operation: 'equals', value: 'Final' }],
    }
    const fields = [
      { fullName: 'Kind__c', label: 'Kind', type: 'Text', length: 20 },
      { fullName: 'Person__c', label: 'Person', type: 'Text', length: 40 },
      { fullName: 'Closed__c', label: 'Closed', type: 'Date' },
    ]
    const body = {
      fullName: 'Letter__c',
      label: 'Letter',
      pluralLabel: 'Letters',
      nameField: { label: 'Name', type: 'Text' },
      sharingModel: 'ReadWrite',
      fields,
      retentionRules: [
        { ...rule, fullName: 'Drafts', action: 'Delete' },
        {
          ...anonymous,
          fullName: 'People',
          action: 'Anonymize',
          anonymizedFields: ['Person__c'],
        },
      ],
    }
    const path = `${own}/metadata/CustomObject/Letter__c`
    expect((await api.ask('PUT', path, { as: 'admin', body })).status).toBe(200)
    const day = (ago: number): string =>
      new Date(api.clock.now - ago * 86_400_000).toISOString().slice(0, 10)
    const letter = (Name: string, Kind__c: string, ago: number): Promise<string> =>
      make('Letter__c', { Name, Kind__c, Person__c: 'Ada', Closed__c: day(ago) })
    await letter('old draft', 'Draft', 31)
    const held = await letter('held draft', 'Draft', 31)
    const line = await hold(held)
    await letter('new draft', 'Draft', 2)
    await letter('old letter', 'Final', 31)
    const inBin = await make('Contact', { LastName: 'Long gone' })
    expect((await remove('Contact', inBin)).status).toBe(204)
    const preview = await api.ask('GET', `${own}/retention-rules`, { as: 'admin' })
    expect(preview.json.map(({ rule: name, due }) => [name, due])).toEqual(
      expect.arrayContaining([
        ['Drafts', 2],
        ['People', 1],
      ]),
    )

    api.clock.now += 16 * 86_400_000
    await api.renewTokens()
    const jobs = `${own}/scheduled-jobs`
    const run = await api.ask('POST', `${jobs}/Retention/run`, { as: 'admin' })
    expect(run.status).toBe(204)
    await vi.waitFor(
      async () => {
        const { json } = await api.ask('GET', jobs, { as: 'admin' })
        const job = json.find((one) => String(one['name']) === 'Retention')
        expect(job).toMatchObject({ lastState: 'Completed' })
        expect(String(job?.['lastOutcome'])).toContain('1 under a legal hold')
      },
      { timeout: 60_000, interval: 100 },
    )
    expect(await query('SELECT Name, Person__c FROM Letter__c ORDER BY Name')).toEqual([
      { Name: 'held draft', Person__c: 'Ada' },
      { Name: 'new draft', Person__c: 'Ada' },
      { Name: 'old letter', Person__c: null },
    ])
    expect((await purge(inBin)).status).toBe(404)
    const told = await query(
      "SELECT Display FROM SetupAuditTrail WHERE Section = 'Retention' ORDER BY Display",
    )
    expect(told.map(({ Display }) => String(Display))).toEqual([
      expect.stringContaining('Deleted 1 records of Letter__c'),
      expect.stringContaining('Made anonymous 1 records'),
      expect.stringMatching(/^Purged \d+ old entries/),
    ])
    await lift(line)
  })

  it('views of confidential records are written down at every door that shows them', async () => {
    const secret = {
      fullName: 'Dossier__c',
      label: 'Dossier',
      pluralLabel: 'Dossiers',
      nameField: { label: 'Name', type: 'Text' },
      sharingModel: 'ReadWrite',
      logViews: true,
      enableSearch: true,
      fields: [
        {
          fullName: 'About__c',
          label: 'About',
          type: 'Lookup',
          referenceTo: ['Account'],
          relationshipName: 'Dossiers',
        },
        {
          fullName: 'Above__c',
          label: 'Above',
          type: 'Lookup',
          referenceTo: ['Dossier__c'],
          relationshipName: 'Below',
        },
      ],
    }
    const path = `${own}/metadata/CustomObject/Dossier__c`
    const put = await api.ask('PUT', path, { as: 'admin', body: secret })
    expect([put.status, put.text]).toEqual([200, put.text])
    const about = await make('Account', { Name: 'Openly known' })
    const id = await make('Dossier__c', { Name: 'Zanzibar papers', About__c: about })
    const below = await make('Dossier__c', { Name: 'Below', About__c: about, Above__c: id })
    const seen = async (): Promise<readonly string[]> =>
      (await query('SELECT RecordId FROM RecordViewLog ORDER BY ViewedDate, Id')).map((row) =>
        String(row['RecordId']),
      )
    const soql = (text: string): string => `${data}/query?q=${encodeURIComponent(text)}`
    const only = `WHERE Id = '${id}'`
    const find = encodeURIComponent('FIND {Zanzibar} RETURNING Dossier__c(Id, Name)')
    const doors: readonly (readonly [path: string, shown: readonly string[]])[] = [
      [`${data}/sobjects/Dossier__c/${id}`, [id]],
      [`${own}/ui/records/${id}`, [id]],
      [`${data}/composite/sobjects/Dossier__c?ids=${id},${below}&fields=Name`, [id, below]],
      [soql(`SELECT Name FROM Dossier__c ${only}`), [id]],
      [soql(`SELECT Above__r.Name FROM Dossier__c WHERE Id = '${below}'`), [below, id]],
      [
        soql(`SELECT (SELECT Name FROM Dossiers__r) FROM Account WHERE Id = '${about}'`),
        [id, below],
      ],
      [`${data}/search?q=${find}`, [id]],
      // What tells nothing of a record is no view.
      [soql('SELECT COUNT() FROM Dossier__c'), []],
      [soql(`SELECT Name FROM Account WHERE Id = '${about}'`), []],
    ]
    for (const [door, shown] of doors) {
      const before = (await seen()).length
      const told = await api.ask('GET', door, { as: 'admin' })
      expect([door, told.status], told.text).toEqual([door, 200])
      expect([door, (await seen()).slice(before).sort()]).toEqual([door, [...shown].sort()])
    }
    const [last] = await query(
      'SELECT UserId, ObjectName, ViewedBy FROM RecordViewLog ORDER BY ViewedDate DESC LIMIT 1',
    )
    expect(last).toMatchObject({ ObjectName: 'Dossier__c', ViewedBy: 'api' })
    const asRep = await api.ask('GET', soql('SELECT Id FROM RecordViewLog'), { as: 'rep' })
    expect(asRep.code).toBe('INVALID_TYPE')
  })
})
