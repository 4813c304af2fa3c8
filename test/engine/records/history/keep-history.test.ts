/** History of fields: what is written with a save, who may read it, and what finds out that it was touched. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compileAccess } from '../../../../engine/access/compile-access.ts'
import { verifyLedger } from '../../../../engine/ledger/verify-ledger.ts'
import { ledgerTables } from '../../../../engine/model/ledger-objects.ts'
import { ledgerEngineTables } from '../../../../engine/ledger/ledger-tables.ts'
import type { Caller } from '../../../../engine/records/records.ts'
import { identifier, joinSql, sql, type Sql } from '../../../../engine/sql/sql.ts'
import { databases, type OpenDatabase } from '../../../support/databases.ts'
import { openOrganisation, testSealer, type Organisation } from '../../../support/organisation.ts'
import { testMetadata, type MetadataFile } from '../../../support/test-objects.ts'
import { deskOf, refusal } from '../records-support.ts'

const deal: MetadataFile = [
  'objects/Deal__c.json',
  {
    fullName: 'Deal__c',
    label: 'Deal',
    pluralLabel: 'Deals',
    nameField: { label: 'Deal', type: 'Text', trackHistory: true },
    sharingModel: 'Private',
    enableHistory: true,
    fields: [
      { fullName: 'OwnerId', trackHistory: true },
      tracked('Amount__c', { type: 'Currency', precision: 18, scale: 2 }),
      tracked('Secret__c', { type: 'Text', length: 40 }),
      tracked('Story__c', { type: 'LongTextArea', length: 32_000, visibleLines: 5 }),
      tracked('Open__c', { type: 'Checkbox', defaultValue: 'false' }),
      tracked('Twice__c', { type: 'Currency', precision: 18, scale: 2, formula: 'Amount__c * 2' }),
      tracked('Bank__c', { type: 'Lookup', referenceTo: ['Account'] }),
      tracked('Where__c', { type: 'Location', scale: 4 }),
      { fullName: 'Quiet__c', label: 'Quiet', type: 'Text', length: 40 },
    ],
  },
]

function tracked(fullName: string, more: object): object {
  return { fullName, label: fullName, trackHistory: true, ...more }
}

const repRights = {
  fullName: 'Deals',
  label: 'Deals',
  objectPermissions: [
    { object: 'Deal__c', allowRead: true, allowCreate: true, allowEdit: true },
    { object: 'User', allowRead: true },
  ],
  fieldPermissions: [{ field: 'Deal__c.Amount__c', readable: true, editable: true }],
}

describe.each(databases)('field history on $name', ({ open }) => {
  let database: OpenDatabase
  let org: Organisation
  let rep: Caller
  const desk = deskOf(() => org)

  beforeAll(async () => {
    database = await open()
    org = await openOrganisation(database.storage, [...testMetadata, deal])
    const { model } = org
    const grants = { profile: undefined, permissionSets: [{ fullName: 'Deals', body: repRights }] }
    rep = org.as(compileAccess({ model, userId: org.rep.userId, grants }))
  })
  afterAll(() => database.close())

  const fields = 'Field, DataType, OldValue, NewValue, ChangedBy'
  const historyOf = (id: string, as?: Caller): Promise<unknown[]> =>
    desk
      .query(`SELECT ${fields} FROM Deal__History WHERE ParentId = '${id}' ORDER BY Id`, as)
      .then((rows) => rows.map((row) => Object.values(row)))
  const faults = async (): Promise<readonly (readonly unknown[])[]> => {
    const report = await verifyLedger({ storage: database.storage, sealer: testSealer })
    return report.faults.map(({ kind, about }) => [kind, about['field'] ?? ''])
  }
  const tamper = (statement: Sql): Promise<unknown> =>
    database.storage.write((tx) => tx.run(statement))

  it('tells what each save changed, in the types of the values, and nothing of other fields', async () => {
    const bank = await desk.create('Account', { Name: 'Bank' })
    const id = await desk.create('Deal__c', { Name: 'A', Amount__c: 10, Quiet__c: 'x' })
    await desk.update('Deal__c', id, {
      Amount__c: '12.50',
      Open__c: true,
      Quiet__c: 'y',
      Bank__c: bank,
      Where__Latitude__s: 1.5,
      Where__Longitude__s: 2,
    })
    await desk.update('Deal__c', id, { Amount__c: 12.5, Quiet__c: 'z' })
    await desk.update('Deal__c', id, { Story__c: 'long '.repeat(2_000), Name: 'B' })
    await org.records.remove(org.admin, 'Account', bank)
    expect(await historyOf(id)).toEqual([
      ['created', 'Text', null, null, 'api'],
      ['Amount__c', 'Currency', 10, 12.5, 'api'],
      ['Open__c', 'Boolean', false, true, 'api'],
      ['Bank__c', 'EntityId', null, bank, 'api'],
      ['Where__Latitude__s', 'Double', null, 1.5, 'api'],
      ['Where__Longitude__s', 'Double', null, 2, 'api'],
      ['Name', 'Text', 'A', 'B', 'api'],
      ['Story__c', 'Text', null, null, 'api'],
      ['Bank__c', 'EntityId', bank, null, 'api'],
    ])
  })

  it('is read with the record and its fields: hidden fields and records have none', async () => {
    const [mine, theirs] = [
      await desk.create('Deal__c', { Name: 'Mine', OwnerId: rep.userId, Secret__c: 's' }),
      await desk.create('Deal__c', { Name: 'Theirs' }),
    ]
    await desk.update('Deal__c', mine, { Secret__c: 't', Amount__c: 1 })
    expect(await historyOf(mine, rep)).toEqual([
      ['created', 'Text', null, null, 'api'],
      ['Amount__c', 'Currency', null, 1, 'api'],
    ])
    expect(await historyOf(theirs, rep)).toEqual([])
    const seen = 'SELECT COUNT(Id) n FROM Deal__History'
    const [own] = await desk.query(seen, rep)
    expect(own).toEqual({ n: 2 })
    const nested = `SELECT Id, (SELECT NewValue, CreatedBy.Name FROM Histories WHERE Field = 'Amount__c') FROM Deal__c`
    expect(JSON.stringify(await desk.query(nested, rep))).toContain('"NewValue":1,')
    const stranger = org.as(compileAccess({ model: org.model, userId: '005x', grants: noGrants }))
    const refused = await refusal(desk.query(seen, stranger))
    expect(refused.code).toBe('INVALID_TYPE')
  })

  it('goes with its record into the recycle bin and comes back with it', async () => {
    const id = await desk.create('Deal__c', { Name: 'Gone' })
    await org.records.remove(org.admin, 'Deal__c', id)
    expect(await historyOf(id)).toEqual([])
    await org.records.undelete(org.admin, id)
    expect(await historyOf(id)).toHaveLength(1)
  })

  it('nobody writes it but the engine', async () => {
    const id = await desk.create('Deal__c', { Name: 'W' })
    const [row] = await desk.query(`SELECT Id FROM Deal__History WHERE ParentId = '${id}'`)
    const history = String(row?.['Id'])
    const tries = [
      desk.create('Deal__History', { ParentId: id }),
      desk.update('Deal__History', history, { NewValue: 1 }),
      org.records.remove(org.admin, 'Deal__History', history),
    ]
    for (const one of tries) {
      expect((await refusal(one)).code).toMatch(/INSUFFICIENT_ACCESS|INVALID_TYPE|CANNOT_INSERT/)
    }
    expect((await desk.read('Deal__History', history, ['Field']))['Field']).toBe('created')
  })

  it('is kept by saves that wait together and by units that fail in part', async () => {
    const ids = await Promise.all(
      Array.from({ length: 40 }, (_, index) => desk.create('Deal__c', { Name: `P${index}` })),
    )
    const changes = ids.map((id, index) => ({
      id,
      body: new Map<string, unknown>([['Amount__c', index % 4 === 3 ? 'no number' : index + 1]]),
    }))
    await org.records.updateMany(org.admin, 'Deal__c', changes, { allOrNone: false })
    const list = ids.map((id) => `'${id}'`).join(',')
    const kept = `SELECT COUNT() FROM Deal__History WHERE Field = 'Amount__c' AND ParentId IN (${list})`
    expect(JSON.parse((await org.records.query(org.admin, kept)).text)).toMatchObject({
      totalSize: 30,
    })
    expect(await faults()).toEqual([])
  })

  it('verify finds and names rows that were changed, removed or put in behind its back', async () => {
    const id = await desk.create('Deal__c', { Name: 'T' })
    for (const amount of [1, 2, 3]) await desk.update('Deal__c', id, { Amount__c: amount })
    const table = identifier('fs_field_history')
    const { dialect } = database.storage
    const value = dialect.bound({ kind: 'text' }, '2')
    const place = sql`record_id = ${dialect.bound({ kind: 'id' }, id)} and new_value = ${value}`
    expect(await faults()).toEqual([])
    await tamper(sql`update ${table} set new_value = '700' where ${place}`)
    expect(await faults()).toEqual([['changed', 'Amount__c']])
    await tamper(sql`update ${table} set new_value = ${value} where new_value = '700'`)
    expect(await faults()).toEqual([])
    // A forged row in a place that is taken, and one behind the end of the chain.
    const names = joinSql(ledgerColumns.map((name) => sql`${identifier(name)}`))
    const forged = (number: Sql, forgedId: string): Promise<unknown> => {
      const others = ledgerColumns.map((name) => {
        if (name === 'Id') return sql`${dialect.bound({ kind: 'id' }, forgedId)}`
        return name === 'number' ? number : sql`${identifier(name)}`
      })
      return tamper(
        sql`insert into ${table} (${names}) select ${joinSql(others)} from ${table} where ${place}`,
      )
    }
    await forged(sql`number`, '017000000000000AAA')
    expect((await faults()).map(([kind]) => kind)).toContain('inserted')
    await tamper(sql`delete from ${table} where ${identifier('Id')} like '017000000000%'`)
    await forged(sql`number + 1000`, '017000000000001AAA')
    expect((await faults()).map(([kind]) => kind)).toEqual(['missing', 'inserted'])
    await tamper(sql`delete from ${table} where ${identifier('Id')} like '017000000000%'`)
    expect(await faults()).toEqual([])
    await tamper(sql`delete from ${table} where ${place}`)
    expect((await faults()).map(([kind]) => kind)).toEqual(['missing'])
    // The end of a chain cannot be cut off: its head is sealed apart from the rows.
    await tamper(sql`update fs_ledger_chain set number = number - 1 where chain = 0`)
    expect((await faults()).map(([kind]) => kind)).toEqual([
      'missing',
      ...ledgerTables.map(() => 'head'),
    ])
  })
})

const ledgerColumns = ledgerEngineTables
  .filter(({ name }) => name === 'fs_field_history')
  .flatMap(({ columns }) => columns.map(({ name }) => name))
const noGrants = { profile: undefined, permissionSets: [] }
