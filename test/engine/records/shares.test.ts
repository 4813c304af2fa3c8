/** Shares by hand: given by who has all of a record, read by who sees it, gone with its owner. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Caller } from '../../../engine/records/records.ts'
import { databases, type OpenDatabase } from '../../support/databases.ts'
import { body } from '../../support/organisation.ts'
import { beginFirm, openFirms, type Firm } from '../../support/sharing-world.ts'
import { recordsOf, refusal } from './records-support.ts'

const timeout = 300_000

describe.each(databases)('shares by hand on $name', { timeout }, ({ open }) => {
  let database: OpenDatabase
  let firm: Firm
  let owner: Caller
  let friend: Caller
  let stranger: Caller
  let deal: string

  beforeAll(async () => {
    database = await open()
    firm = await beginFirm(await openFirms(database.storage), {
      roles: new Map([
        ['Top', undefined],
        ['Low', 'Top'],
      ]),
      users: new Map([
        ['boss', 'Top'],
        ['owner', 'Low'],
        ['friend', 'Low'],
        ['stranger', 'Low'],
      ]),
      groups: new Map([['Circle', { bosses: false, members: ['friend'] }]]),
      rules: [{ level: 'Read', to: { role: ['Top'] }, from: undefined, kind: 'open' }],
      hierarchy: true,
    })
    owner = firm.user('owner')
    friend = firm.user('friend')
    stranger = firm.user('stranger')
    deal = await firm.make('Deal__c', { Name: 'Mine', Kind__c: 'open' }, owner)
  }, timeout)
  afterAll(() => database.close())

  const share = (as: Caller, who: string | undefined, AccessLevel: string): Promise<string> =>
    firm.make('Deal__Share', { Name: 's', ParentId: deal, UserOrGroupId: who, AccessLevel }, as)
  const sees = async (as: Caller): Promise<boolean> =>
    recordsOf((await firm.records.query(as, 'SELECT Id FROM Deal__c')).text).length === 1
  const shares = async (as: Caller): Promise<number> =>
    recordsOf((await firm.records.query(as, 'SELECT Id FROM Deal__Share')).text).length

  it('open a record to a person or a group, and may be changed by who may share alone', async () => {
    expect(await sees(friend)).toBe(false)
    await refusal(share(stranger, friend.userId, 'Read'))
    const id = await share(owner, firm.ids.get('Circle'), 'Read')
    expect([await sees(friend), await sees(stranger)]).toEqual([true, false])
    expect([await shares(friend), await shares(stranger)]).toEqual([1, 0])
    const change = (as: Caller, AccessLevel: string): Promise<unknown> =>
      firm.records.update(as, 'Deal__Share', id, body({ AccessLevel }))
    const rename = (): Promise<unknown> =>
      firm.records.update(friend, 'Deal__c', deal, body({ Name: 'Ours' }))
    await refusal(rename())
    // Whoever may read or edit by a share does not make it greater, nor gives others one.
    await refusal(change(friend, 'Edit'))
    await change(owner, 'Edit')
    await rename()
    await refusal(share(friend, stranger.userId, 'Read'))
    await refusal(firm.records.remove(friend, 'Deal__Share', id))
    await firm.records.remove(firm.user('boss'), 'Deal__Share', id)
    expect(await sees(friend)).toBe(false)
  })

  it('are stated beside owner and rules, to who sees the record', async () => {
    await share(owner, friend.userId, 'Edit')
    const list = JSON.parse(await firm.records.listShares(friend, deal)) as unknown
    expect(list).toMatchObject({
      object: 'Deal__c',
      sharingModel: 'Private',
      owner: { id: owner.userId, type: 'User' },
      rules: [{ name: 'R0', access: 'Read', to: { role: ['Top'] } }],
      shares: [{ cause: 'Manual', who: { id: friend.userId }, access: 'Edit' }],
      shareObject: { name: 'Deal__Share', record: 'ParentId' },
      mayShare: false,
    })
    expect(JSON.parse(await firm.records.listShares(owner, deal))).toMatchObject({ mayShare: true })
    await refusal(firm.records.listShares(stranger, deal))
  })

  it('end when the record gets another owner, not when it is saved otherwise', async () => {
    await firm.records.update(owner, 'Deal__c', deal, body({ Size__c: 3, OwnerId: owner.userId }))
    expect(await sees(friend)).toBe(true)
    await firm.records.update(owner, 'Deal__c', deal, body({ OwnerId: stranger.userId }))
    expect([await sees(owner), await sees(friend), await sees(stranger)]).toEqual([
      false,
      false,
      true,
    ])
    expect(await shares(firm.admin)).toBe(0)
  })
})
