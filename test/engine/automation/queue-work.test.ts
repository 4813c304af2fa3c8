/** Records that wait in queues: who sees them, who may take them, and that nobody gets what somebody else has. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  acceptNext,
  acceptRecords,
  assignToQueue,
  type QueueUnit,
} from '../../../engine/automation/queues/queue-work.ts'
import type { Caller } from '../../../engine/records/records.ts'
import { databases, type OpenDatabase } from '../../support/databases.ts'
import { body } from '../../support/organisation.ts'
import { beginFirm, openFirms, type Firm } from '../../support/sharing-world.ts'
import { recordsOf, refusal, type Json } from '../records/records-support.ts'

const timeout = 300_000

describe.each(databases)('queues on $name', { timeout }, ({ open }) => {
  let database: OpenDatabase
  let firm: Firm
  let queue: string
  let other: string
  const agents: Caller[] = []

  beforeAll(async () => {
    database = await open()
    firm = await beginFirm(await openFirms(database.storage), {
      roles: new Map([
        ['Lead', undefined],
        ['Agents', 'Lead'],
        ['Elsewhere', undefined],
      ]),
      users: new Map([
        ['lead', 'Lead'],
        ['a1', 'Agents'],
        ['a2', 'Agents'],
        ['a3', 'Agents'],
        ['stranger', 'Elsewhere'],
      ]),
      groups: new Map([['Circle', { bosses: false, members: ['role:Agents'] }]]),
      rules: [],
      hierarchy: true,
    })
    queue = await firm.make('Group', { Name: 'Intake', DeveloperName: 'Intake', Type: 'Queue' })
    other = await firm.make('Group', { Name: 'Other', DeveloperName: 'Other', Type: 'Queue' })
    await firm.make('QueueSobject', { Name: 'q', QueueId: queue, SobjectType: 'Deal__c' })
    await firm.make('QueueSobject', { Name: 'q', QueueId: other, SobjectType: 'Note__c' })
    // Members by a group that holds their role.
    await firm.make('GroupMember', {
      Name: 'm',
      GroupId: queue,
      UserOrGroupId: firm.ids.get('Circle'),
    })
    agents.push(firm.user('a1'), firm.user('a2'), firm.user('a3'))
  }, timeout)
  afterAll(() => database.close())

  const agent = (index: number): Caller => {
    const found = agents[index]
    if (found === undefined) throw new Error('there are three agents')
    return found
  }
  const first = (): Caller => agent(0)
  const second = (): Caller => agent(1)
  const within = <Result>(caller: Caller, work: (unit: QueueUnit) => Promise<Result>) =>
    firm.records.together((records, tx) =>
      work({ caller, records, tx, models: firm.context.models }),
    )
  const query = async (soql: string, as: Caller): Promise<Json[]> =>
    recordsOf((await firm.records.query(as, soql)).text)
  const namesOf = async (as: Caller, more = ''): Promise<unknown[]> =>
    (await query(`SELECT Name FROM Deal__c ${more} ORDER BY Name`, as)).map((row) => row['Name'])
  const put = (name: string, OwnerId = queue): Promise<string> =>
    firm.make('Deal__c', { Name: name, OwnerId })
  const clear = async (): Promise<void> => {
    for (const { Id } of await query('SELECT Id FROM Deal__c', firm.admin)) {
      await firm.records.remove(firm.admin, 'Deal__c', String(Id))
    }
  }

  it('own what they are enabled for; members and their superiors see it, nobody else', async () => {
    await put('Waiting')
    await put('Mine', agents[0]?.userId)
    expect(await namesOf(first())).toEqual(['Mine', 'Waiting'])
    expect(await namesOf(second())).toEqual(['Waiting'])
    expect(await namesOf(firm.user('lead'))).toEqual(['Mine', 'Waiting'])
    expect(await namesOf(firm.user('stranger'))).toEqual([])
    expect(await namesOf(first(), 'USING SCOPE my_queues')).toEqual(['Waiting'])
    expect(await namesOf(first(), 'USING SCOPE mine')).toEqual(['Mine'])
    expect(await namesOf(first(), 'USING SCOPE mine_and_my_groups')).toEqual(['Mine', 'Waiting'])
    expect(await namesOf(firm.user('lead'), 'USING SCOPE my_queues')).toEqual([])
    const [row] = await query(
      `SELECT OwnerId, Owner.Name, Owner.Type, Owner.Username FROM Deal__c WHERE Owner.Type = 'Queue'`,
      first(),
    )
    expect(row).toMatchObject({ Owner: { Name: 'Intake', Type: 'Queue', Username: null } })
    const grouped = 'SELECT Owner.Name n, COUNT(Id) c FROM Deal__c GROUP BY Owner.Name'
    expect(await query(`${grouped} HAVING Owner.Name LIKE 'Int%'`, first())).toMatchObject([
      { n: 'Intake', c: 1 },
    ])
    await clear()
  })

  it('are no owners of what they are not enabled for, nor are other groups', async () => {
    for (const owner of [other, firm.ids.get('Circle'), firm.ids.get('role:Agents')]) {
      const refused = await refusal(put('Wrong', owner))
      expect(refused.problems).toMatchObject([
        { errorCode: 'INVALID_CROSS_REFERENCE_KEY', fields: ['OwnerId'] },
      ])
    }
    const id = await put('Waiting')
    const change = body({ OwnerId: other })
    await refusal(firm.records.update(firm.admin, 'Deal__c', id, change))
    await clear()
  })

  it('are worked off by whoever accepts, one record for one agent', async () => {
    const id = await put('Waiting')
    expect(
      (await refusal(within(firm.user('stranger'), (unit) => acceptRecords(unit, [id])))).problems,
    ).toMatchObject([{ errorCode: 'NOT_FOUND' }])
    await within(first(), (unit) => acceptRecords(unit, [id]))
    expect(await namesOf(first(), 'USING SCOPE mine')).toEqual(['Waiting'])
    expect(await namesOf(second())).toEqual([])
    const late = await refusal(within(first(), (unit) => acceptRecords(unit, [id])))
    expect(late.problems).toMatchObject([{ errorCode: 'CONFLICT' }])
    await within(first(), (unit) => assignToQueue(unit, { ids: [id], queue: 'Intake' }))
    expect(await namesOf(second(), 'USING SCOPE my_queues')).toEqual(['Waiting'])
    await clear()
  })

  it('give the next record in the order asked for, and the same one to nobody else', async () => {
    for (let size = 1; size <= 9; size++) {
      await firm.make('Deal__c', { Name: `D${size}`, Size__c: size, OwnerId: queue })
    }
    const asked = { object: 'Deal__c', orderBy: 'Size__c DESC' }
    expect(
      await within(second(), (unit) => acceptNext(unit, { ...asked, where: 'Size__c < 5' })),
    ).toBeDefined()
    const taken = await Promise.all(
      Array.from({ length: 9 }, (_, index) =>
        within(agent(index % 3), (unit) => acceptNext(unit, asked)),
      ),
    )
    const got = taken.filter((id) => id !== undefined)
    // One had been taken before: eight are left for nine who ask.
    expect(new Set(got).size).toBe(8)
    expect(got).toHaveLength(8)
    expect(await query("SELECT Id FROM Deal__c WHERE Owner.Type = 'Queue'", firm.admin)).toEqual([])
    expect(await namesOf(second(), 'USING SCOPE mine')).toContain('D4')
    await clear()
  })

  it('are made and changed as records by whoever may, and do not go while they own records', async () => {
    const id = await put('Waiting')
    const refused = await refusal(firm.records.remove(firm.admin, 'Group', queue))
    expect(refused.problems).toMatchObject([{ errorCode: 'DELETE_FAILED' }])
    await refusal(firm.records.update(firm.admin, 'Group', queue, body({ Type: 'Regular' })))
    await refusal(
      firm.records.create(
        first(),
        'GroupMember',
        body({
          Name: 'm',
          GroupId: queue,
          UserOrGroupId: firm.user('stranger').userId,
        }),
      ),
    )
    const ofRole = firm.ids.get('role:Agents') ?? ''
    await refusal(firm.records.update(firm.admin, 'Group', ofRole, body({ Name: 'X' })))
    await refusal(firm.records.remove(firm.admin, 'Group', ofRole))
    await refusal(firm.records.create(firm.admin, 'Group', body({ Name: 'R', Type: 'Role' })))
    const declared = firm.ids.get('Circle') ?? ''
    await refusal(firm.records.remove(firm.admin, 'Group', declared))
    await firm.records.remove(firm.admin, 'Deal__c', id)
  })
})
