/** Whose record it is decides at every door alike: a foreign one is answered as one that never existed. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Refusal } from '../../../engine/base/refusal.ts'
import type { Caller } from '../../../engine/records/records.ts'
import { databases, type OpenDatabase } from '../../support/databases.ts'
import { body } from '../../support/organisation.ts'
import { beginFirm, openFirms, type Firm } from '../../support/sharing-world.ts'
import { recordsOf, refusal, type Json } from './records-support.ts'

const timeout = 300_000

describe.each(databases)('private records on $name', { timeout }, ({ open }) => {
  let database: OpenDatabase
  let firm: Firm
  let rep: Caller
  let peer: Caller
  let boss: Caller
  let mine: string
  let theirs: string
  let ownNote: string
  let foreignNote: string
  /** An id of the same kind that nothing has any more. */
  let nowhere: string

  beforeAll(async () => {
    database = await open()
    firm = await beginFirm(await openFirms(database.storage), {
      roles: new Map([
        ['Top', undefined],
        ['Low', 'Top'],
      ]),
      users: new Map([
        ['boss', 'Top'],
        ['rep', 'Low'],
        ['peer', 'Low'],
      ]),
      groups: new Map([['Circle', { bosses: false, members: [] }]]),
      rules: [],
      hierarchy: true,
    })
    rep = firm.user('rep')
    peer = firm.user('peer')
    boss = firm.user('boss')
    mine = await firm.make('Deal__c', { Name: 'Mine', Code__c: 'M', Size__c: 3 }, rep)
    theirs = await firm.make('Deal__c', { Name: 'Theirs', Code__c: 'T', Size__c: 7 }, peer)
    nowhere = await firm.make('Deal__c', { Name: 'Nobody' })
    await firm.records.remove(firm.admin, 'Deal__c', nowhere)
    await firm.records.purge(firm.admin, nowhere)
    await firm.make('Item__c', { Name: 'mine', Deal__c: mine }, rep)
    await firm.make('Item__c', { Name: 'theirs', Deal__c: theirs }, peer)
    ownNote = await firm.make('Note__c', { Name: 'n1', Deal__c: mine, About__c: mine })
    foreignNote = await firm.make('Note__c', { Name: 'n2', Deal__c: theirs, About__c: theirs })
  }, timeout)
  afterAll(() => database.close())

  const query = async (soql: string, as = rep): Promise<Json[]> =>
    recordsOf((await firm.records.query(as, soql)).text)
  const names = async (soql: string, as = rep): Promise<unknown[]> =>
    (await query(soql, as)).map((row) => row['Name'])

  it('are listed, counted, grouped and joined for those alone who may see them', async () => {
    expect(await names('SELECT Name FROM Deal__c')).toEqual(['Mine'])
    expect(await names('SELECT Name FROM Deal__c ORDER BY Name', boss)).toEqual(['Mine', 'Theirs'])
    expect(await names('SELECT Name FROM Item__c')).toEqual(['mine'])
    expect(await query(`SELECT Id FROM Deal__c WHERE Id = '${theirs}'`)).toEqual([])
    const { text } = await firm.records.query(rep, 'SELECT COUNT() FROM Deal__c')
    expect(JSON.parse(text)).toMatchObject({ totalSize: 1 })
    const groups = 'SELECT SUM(Size__c) s, COUNT(Id) n FROM Deal__c'
    expect(await query(groups)).toEqual([{ s: 3, n: 1 }])
    const joined = 'SELECT Name FROM Note__c WHERE Deal__c IN (SELECT Id FROM Deal__c)'
    expect(await names(joined)).toEqual(['n1'])
    const lists = await query('SELECT Name, (SELECT Name FROM Notes__r) FROM Deal__c')
    expect(JSON.stringify(lists)).not.toContain('n2')
  })

  it('A11: come by no tree of conditions, by no brackets and by no other clause', async () => {
    const leaf = fc.oneof(
      fc.constantFrom(
        'Name != null',
        'Name = null',
        "Name = 'Theirs'",
        "Code__c LIKE '%'",
        'OwnerId != null',
        'IsDeleted = true',
      ),
      fc.integer({ min: 0, max: 9 }).map((size) => `Size__c >= ${size}`),
    )
    const { tree } = fc.letrec<{ readonly tree: string }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 6 },
        leaf,
        tie('tree').map((one) => `(NOT ${one})`),
        fc
          .tuple(tie('tree'), fc.constantFrom('AND', 'OR'), tie('tree'))
          .map(([left, word, right]) => `(${left} ${word} ${right})`),
      ),
    }))
    const clauses = fc.constantFrom('', ' ORDER BY Size__c DESC', ' LIMIT 5', ' ALL ROWS')
    await fc.assert(
      fc.asyncProperty(tree, clauses, async (condition, clause) => {
        const found = await query(`SELECT Id FROM Deal__c WHERE ${condition}${clause}`)
        expect(found.filter(({ Id }) => Id !== mine)).toEqual([])
      }),
      { numRuns: 60 },
    )
    for (const text of [') OR (Name != null', 'Name != null) OR (Name != null', '1 = 1']) {
      const error = await refusal(query(`SELECT Id FROM Deal__c WHERE ${text}`))
      expect(error.code).toBe('MALFORMED_QUERY')
    }
  })

  it('give nothing to paths, filters, orders and formulas of open records that lead to them', async () => {
    const paths = 'SELECT Name, Deal__r.Name, About__r.Name, DealSize__c, OpenSize__c FROM Note__c'
    const [first, second] = await query(`${paths} ORDER BY Name`)
    expect(first).toMatchObject({ Deal__r: { Name: 'Mine' }, DealSize__c: 3, OpenSize__c: 3 })
    // What a formula discloses by its own words counts for all who may read it.
    expect(second).toMatchObject({ Deal__r: null, DealSize__c: null, OpenSize__c: 7 })
    expect(JSON.stringify(second)).not.toContain('Theirs')
    for (const path of ['Deal__r.Name', 'About__r.Name']) {
      expect(await names(`SELECT Name FROM Note__c WHERE ${path} = 'Theirs'`)).toEqual([])
    }
    expect(await names('SELECT Name FROM Note__c WHERE Deal__r.Size__c > 5')).toEqual([])
    const sorted = 'SELECT Name FROM Note__c ORDER BY Deal__r.Name NULLS LAST'
    expect(await names(sorted)).toEqual(['n1', 'n2'])
  })

  it('are answered by id and key like records that never existed', async () => {
    const told = (error: Refusal, id: string): string =>
      JSON.stringify(error.problems).replaceAll(id, 'ID')
    const { records } = firm
    const doors: readonly ((id: string) => Promise<unknown>)[] = [
      (id) => records.retrieve(rep, 'Deal__c', id),
      (id) => records.update(rep, 'Deal__c', id, body({ Name: 'x' })),
      (id) => records.remove(rep, 'Deal__c', id),
      (id) => records.undelete(rep, id),
      (id) => records.purge(rep, id),
      (id) => records.create(rep, 'Item__c', body({ Name: 'x', Deal__c: id })),
      (id) => records.create(rep, 'Note__c', body({ Name: 'x', Deal__c: id })),
      (id) => records.update(rep, 'Note__c', ownNote, body({ About__c: id })),
      (id) => records.explainSharing(rep, rep, id),
    ]
    for (const door of doors) {
      const foreign = told(await refusal(door(theirs)), theirs)
      expect(foreign).toBe(told(await refusal(door(nowhere)), nowhere))
    }
    const byKey = await refusal(records.retrieveByExternalId(rep, 'Deal__c', 'Code__c', 'T'))
    expect(byKey.code).toBe('NOT_FOUND')
    const taken = await refusal(records.upsert(rep, 'Deal__c', 'Code__c', 'T', body({ Name: 'x' })))
    expect(taken.code).toBe('DUPLICATE_VALUE')
    expect(JSON.stringify(taken.problems)).not.toContain(theirs)
    expect(await records.sees(rep, 'Deal__c', theirs)).toBe(false)
    expect(await records.sees(rep, 'Deal__c', mine)).toBe(true)
    // An open record keeps a reference that its present editor cannot follow.
    await records.update(rep, 'Note__c', foreignNote, body({ Name: 'n2', Deal__c: theirs }))
  })

  it('fail alone among many, and stop a set that is to be saved as a whole', async () => {
    const change = (Name: string): { id: string; body: ReadonlyMap<string, unknown> }[] =>
      [mine, theirs].map((id) => ({ id, body: body({ Name }) }))
    const each = await firm.records.updateMany(rep, 'Deal__c', change('Mine 2'), {
      allOrNone: false,
    })
    expect(each.map((one) => (one instanceof Refusal ? one.code : 'done'))).toEqual([
      'done',
      'NOT_FOUND',
    ])
    await refusal(firm.records.updateMany(rep, 'Deal__c', change('Mine 3'), { allOrNone: true }))
    expect(await names('SELECT Name FROM Deal__c')).toEqual(['Mine 2'])
  })

  it('open to whom they are shared, as far as the share says, until it ends', async () => {
    const { records } = firm
    const Badge__c = await firm.make('Badge__c', { Name: 'b', Level__c: 'Edit', On__c: true })
    const Who__c = firm.ids.get('Circle')
    const share = { Name: 's', Deal__c: theirs, Who__c, Badge__c }
    expect((await refusal(firm.make('DealShare__c', share, rep))).code).toBe(
      'INVALID_CROSS_REFERENCE_KEY',
    )
    const shared = await firm.make('DealShare__c', share, peer)
    expect(await records.sees(rep, 'Deal__c', theirs)).toBe(false)
    const member = { Name: 'm', GroupId: Who__c, UserOrGroupId: rep.userId }
    const membership = await firm.make('GroupMember', member)
    await records.update(rep, 'Deal__c', theirs, body({ Size__c: 8 }))
    const removed = await refusal(records.remove(rep, 'Deal__c', theirs))
    expect(removed.code).toBe('INSUFFICIENT_ACCESS_OR_READONLY')
    const given = await refusal(
      records.update(rep, 'Deal__c', theirs, body({ OwnerId: rep.userId })),
    )
    expect(given.code).toBe('INSUFFICIENT_ACCESS_OR_READONLY')
    // Who may edit gives neither himself nor others more than he was given.
    const all = await firm.make('Badge__c', { Name: 'a', Level__c: 'All', On__c: true })
    const more = { Name: 'm', Deal__c: theirs, Who__c: rep.userId, Badge__c: all }
    expect((await refusal(firm.make('DealShare__c', more, rep))).code).toBe(
      'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
    )
    const tries = [
      () => records.update(rep, 'DealShare__c', shared, body({ Badge__c: all })),
      () => records.remove(rep, 'DealShare__c', shared),
    ]
    for (const attempt of tries) {
      expect((await refusal(attempt())).code).toBe('INSUFFICIENT_ACCESS_OR_READONLY')
    }
    await records.remove(
      rep,
      'DealShare__c',
      await firm.make('DealShare__c', { ...more, Deal__c: mine }, rep),
    )
    const why = JSON.parse(await records.explainSharing(firm.admin, rep, theirs)) as Json
    expect(why).toMatchObject({
      access: 'Edit',
      reasons: [
        { kind: 'organizationWideDefault', name: 'Private', access: 'None' },
        { kind: 'owner', access: 'None' },
        { kind: 'hierarchy', access: 'None' },
        { kind: 'grant', name: 'DealShare__c', access: 'Edit' },
        { kind: 'grant', name: 'Deal__Share', access: 'None' },
      ],
    })
    await records.update(firm.admin, 'Badge__c', Badge__c, body({ Level__c: 'Read' }))
    const weak = await refusal(records.update(rep, 'Deal__c', theirs, body({ Size__c: 9 })))
    expect(weak.code).toBe('INSUFFICIENT_ACCESS_OR_READONLY')
    const under = { Name: 'x', Deal__c: theirs }
    expect((await refusal(firm.make('Item__c', under, rep))).code).toBe(
      'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
    )
    await records.remove(firm.admin, 'GroupMember', membership)
    expect((await refusal(records.retrieve(rep, 'Deal__c', theirs))).code).toBe('NOT_FOUND')
    const other = await refusal(records.explainSharing(rep, peer, mine))
    expect(other.code).toBe('INSUFFICIENT_ACCESS')
  })

  it('are in the recycle bin of their owner, and follow their superior until he is moved', async () => {
    const { records } = firm
    const gone = await firm.make('Deal__c', { Name: 'Gone' }, peer)
    await records.remove(peer, 'Deal__c', gone)
    const bin = `SELECT Id FROM Deal__c WHERE IsDeleted = true`
    const inBin = async (as: Caller): Promise<number> =>
      recordsOf((await records.query(as, bin, { deletedToo: true })).text).length
    expect([await inBin(rep), await inBin(peer), await inBin(boss)]).toEqual([0, 1, 1])
    await records.undelete(boss, gone)
    await records.update(boss, 'Deal__c', gone, body({ OwnerId: rep.userId }))
    expect(await records.sees(peer, 'Deal__c', gone)).toBe(false)
    await records.update(firm.admin, 'User', boss.userId, body({ UserRoleId: null }))
    expect(await names('SELECT Name FROM Deal__c', boss)).toEqual([])
  })
})
