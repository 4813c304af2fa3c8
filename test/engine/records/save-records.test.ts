/** Saves on both databases: versions, owners, events, many at once. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { limits } from '../../../engine/base/limits.ts'
import { Refusal } from '../../../engine/base/refusal.ts'
import type { Caller, RecordChange } from '../../../engine/records/records.ts'
import { databases, type OpenDatabase } from '../../support/databases.ts'
import { failingStorage, type FailingStorage } from '../../support/failing-storage.ts'
import { body, openOrganisation, type Organisation } from '../../support/organisation.ts'
import { everyTypeMetadata } from '../query/every-type.ts'
import { deskOf, problemsOf, refusal } from './records-support.ts'

describe.each(databases)('saves on $name', ({ open }) => {
  let database: OpenDatabase
  let storage: FailingStorage
  let org: Organisation
  const desk = deskOf(() => org)

  beforeAll(async () => {
    database = await open()
    storage = failingStorage(database.storage)
    org = await openOrganisation(storage, everyTypeMetadata)
  })
  afterAll(() => database.close())

  const version = async (id: string): Promise<number> =>
    (await org.records.retrieve(org.admin, 'Account', id)).version
  const heard = async (work: () => Promise<unknown>): Promise<readonly RecordChange[]> => {
    const changes: RecordChange[] = []
    const stop = org.records.onChange((change) => changes.push(change))
    await work().finally(stop)
    return changes
  }

  describe('update', () => {
    it('with nothing to change is a change all the same', async () => {
      const id = await desk.create('Account', { Name: 'Empty body' })
      org.clock.now += 60_000
      const saved = await org.records.update(org.admin, 'Account', id, body({}))
      expect(saved).toEqual({ id, created: false, version: 2 })
      const stored = await desk.read('Account', id, ['LastModifiedDate', 'CreatedDate', 'Name'])
      expect(stored['LastModifiedDate']).not.toBe(stored['CreatedDate'])
      expect(stored['Name']).toBe('Empty body')
    })

    it('counts versions and notes who changed the record', async () => {
      const id = await desk.create('Account', { Name: 'V' })
      for (const name of ['V2', 'V3']) await desk.update('Account', id, { Name: name }, org.rep)
      expect(await version(id)).toBe(3)
      expect(await desk.read('Account', id, ['LastModifiedById', 'CreatedById'])).toEqual({
        LastModifiedById: org.rep.userId,
        CreatedById: org.admin.userId,
      })
    })

    it('takes the same stamp for the creation and the last change of a new record', async () => {
      const id = await desk.create('Account', { Name: 'Stamp' })
      const { CreatedDate, LastModifiedDate, SystemModstamp } = await desk.read('Account', id)
      expect([LastModifiedDate, SystemModstamp]).toEqual([CreatedDate, CreatedDate])
    })

    it('of a deleted, an unknown and another object’s record is refused', async () => {
      const id = await desk.create('Account', { Name: 'Gone' })
      await org.records.remove(org.admin, 'Account', id)
      const codes = await Promise.all(
        [id, '001000000000009AAA', '003000000000009AAA', 'x'].map(
          async (target) => (await refusal(desk.update('Account', target, { Name: 'N' }))).code,
        ),
      )
      expect(codes).toEqual(['ENTITY_IS_DELETED', 'NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND'])
    })

    it('of one record by 30 at once loses none', async () => {
      const id = await desk.create('Account', { Name: 'Busy' })
      const results = await Promise.allSettled(
        Array.from({ length: 30 }, (_, index) =>
          desk.update('Account', id, { CreditScore: index }),
        ),
      )
      const failed = results.flatMap((one) =>
        one.status === 'rejected' ? [one.reason as Error] : [],
      )
      expect(failed.filter((one) => !(one instanceof Refusal))).toEqual([])
      const saved = results.length - failed.length
      expect(await version(id)).toBe(1 + saved)
    })
  })

  describe('old versions', () => {
    it('are refused as a whole without a base', async () => {
      const id = await desk.create('Account', { Name: 'Old' })
      await desk.update('Account', id, { Name: 'New' })
      const update = org.records.update(org.admin, 'Account', id, body({ Website: null }), {
        ifVersion: 1,
      })
      const error = await refusal(update)
      expect([error.code, error.details]).toEqual(['ENTITY_FAILED_IFMATCH', { version: 2 }])
      await org.records.update(org.admin, 'Account', id, body({ Website: null }), { ifVersion: 2 })
    })

    const edit = async (
      base: Record<string, unknown>,
      values: Record<string, unknown>,
      theirs: Record<string, unknown>,
    ): Promise<unknown> => {
      const id = await desk.create('Account', { Name: 'Edited', ...base })
      await desk.update('Account', id, theirs)
      const options = { ifVersion: 1, base: body(base) }
      await org.records.update(org.admin, 'Account', id, body(values), options)
      return desk.read('Account', id, Object.keys({ ...theirs, ...values }))
    }

    it('are merged where fields do not overlap', async () => {
      expect(await edit({ CreditScore: 1 }, { CreditScore: 2 }, { Founded: '2020-01-01' })).toEqual(
        { CreditScore: 2, Founded: '2020-01-01' },
      )
    })

    it('are merged where both came to the same', async () => {
      expect(await edit({ Revenue: 5 }, { Revenue: '7.00' }, { Revenue: 7 })).toEqual({
        Revenue: 7,
      })
    })

    it.each([
      ['a number', { CreditScore: 1 }, { CreditScore: 2 }, { CreditScore: 3 }],
      ['the case of a text', { Code: 'k1' }, { Code: 'k2' }, { Code: 'K1' }],
      ['a value and none', { Founded: '2020-01-01' }, { Founded: '2021-01-01' }, { Founded: null }],
      ['a field without a base', { CreditScore: 1 }, { Revenue: 2 }, { Revenue: 3 }],
    ])(
      'are refused with both values where they overlap: %s',
      async (_what, base, yours, theirs) => {
        const [[field, mine]] = Object.entries(yours) as [[string, unknown]]
        const error = await refusal(edit(base, yours, theirs))
        expect(error.code).toBe('ENTITY_FAILED_IFMATCH')
        expect(error.details).toMatchObject({ version: 2, conflicts: [{ field, yours: mine }] })
        expect(error.problems[0]?.fields).toEqual([field])
      },
    )

    it('numbers that no double holds are compared exactly, and by their nearest double', async () => {
      const long = '1234567890123456.78'
      for (const base of [long, Number(long)]) {
        const id = await desk.create('Account', { Name: 'Long', Revenue: long })
        const options = { base: new Map([['Revenue', base]]) }
        await org.records.update(org.admin, 'Account', id, body({ Revenue: 1 }), options)
      }
      const id = await desk.create('Account', { Name: 'Long', Revenue: long })
      const options = { base: new Map([['revenue', '1234567890123456.79']]) }
      const update = org.records.update(org.admin, 'Account', id, body({ Revenue: 1 }), options)
      expect((await refusal(update)).details).toMatchObject({ conflicts: [{ theirs: long }] })
    })
  })

  describe('owners', () => {
    const give = (id: string, as: Caller, owner: string): Promise<void> =>
      desk.update('Account', id, { OwnerId: owner }, as)

    it('give their records away; others may not (D1)', async () => {
      const { admin, rep } = org
      const own = await desk.create('Account', { Name: 'Own' }, rep)
      await give(own, rep, admin.userId)
      const error = await refusal(give(own, rep, rep.userId))
      expect([error.code, error.problems[0]?.fields]).toEqual([
        'INSUFFICIENT_ACCESS_OR_READONLY',
        ['OwnerId'],
      ])
      await give(own, admin, rep.userId)
      expect(await desk.read('Account', own, ['OwnerId'])).toEqual({ OwnerId: rep.userId })
    })

    it('may be named again by whoever edits the record', async () => {
      const id = await desk.create('Account', { Name: 'Same owner' })
      await give(id, org.rep, org.admin.userId)
    })

    it('must be users that are there', async () => {
      const id = await desk.create('Account', { Name: 'Owner' })
      for (const owner of ['005000000000999AAA', id]) {
        expect((await refusal(give(id, org.admin, owner))).code).toBe('INVALID_CROSS_REFERENCE_KEY')
      }
      expect((await refusal(desk.create('Account', { Name: 'X', OwnerId: id }))).code).toBe(
        'INVALID_CROSS_REFERENCE_KEY',
      )
    })

    it('are the callers where none is named, also by null', async () => {
      for (const values of [{}, { OwnerId: null }, { OwnerId: '' }]) {
        const id = await desk.create('Account', { Name: 'Default owner', ...values }, org.rep)
        expect(await desk.read('Account', id, ['OwnerId'])).toEqual({ OwnerId: org.rep.userId })
      }
    })
  })

  describe('events', () => {
    it('tell of what was committed, in order', async () => {
      let id = ''
      const changes = await heard(async () => {
        id = await desk.create('Account', { Name: 'Heard' })
        await desk.update('Account', id, { Name: 'Heard again' })
        await org.records.remove(org.admin, 'Account', id)
        await org.records.undelete(org.admin, id)
      })
      const by = org.admin.userId
      expect(changes).toEqual(
        (['create', 'update', 'delete', 'undelete'] as const).map((change) => ({
          object: 'Account',
          id,
          change,
          by,
        })),
      )
    })

    it('tell nothing of what was refused or rolled back', async () => {
      const id = await desk.create('Account', { Name: 'Silent', Code: 'SILENT' })
      const changes = await heard(async () => {
        await refusal(desk.create('Account', { Name: 'Twin', Code: 'SILENT' }))
        await refusal(desk.update('Account', id, { Name: null }))
        await refusal(
          org.records.createMany(
            org.admin,
            'Account',
            [body({ Name: 'Fine' }), body({ Name: 'Twin', Code: 'silent' })],
            { allOrNone: true },
          ),
        )
        for (const when of ['before', 'after'] as const) {
          const undo = storage.failAt({ when, step: 'statement', action: 'throw', times: 1 })
          await refusal(desk.create('Account', { Name: 'Broken' }))
          undo()
        }
      })
      expect(changes).toEqual([])
      expect(
        await desk.column("SELECT Name FROM Account WHERE Name IN ('Twin', 'Fine', 'Broken')"),
      ).toEqual([])
    })

    it('come after the commit: a listener finds the record', async () => {
      const found: Promise<unknown>[] = []
      const stop = org.records.onChange((change) => {
        found.push(org.records.retrieve(org.admin, change.object, change.id))
      })
      await Promise.all(['a', 'b', 'c'].map((Name) => desk.create('Account', { Name })))
      stop()
      expect(await Promise.all(found)).toHaveLength(3)
    })
  })

  describe('many at once', () => {
    const many = (values: readonly Record<string, unknown>[], allOrNone: boolean) =>
      org.records.createMany(org.admin, 'Account', values.map(body), { allOrNone })

    it('each for itself: results stand at their index (C8)', async () => {
      const values = [
        { Name: 'M0' },
        { Name: '' },
        { Name: 'M2', Nonsense: 1 },
        { name: 'M3', NAME: 'M3' },
        { Name: 'M4', ParentId: '001000000000999AAA' },
        { Name: 'M5', attributes: { type: 'Account' } },
        { Name: 'M6', Code: 'DUP' },
        { Name: 'M7', Code: 'dup' },
      ]
      const results = await many(values, false)
      const codes = results.map((one) => (one instanceof Refusal ? one.code : 'saved'))
      expect(codes.slice(0, 6)).toEqual([
        'saved',
        'REQUIRED_FIELD_MISSING',
        'INVALID_FIELD',
        'INVALID_FIELD',
        'INVALID_CROSS_REFERENCE_KEY',
        'saved',
      ])
      expect(codes.slice(6).sort()).toEqual(['DUPLICATE_VALUE', 'saved'])
    })

    it('all or none: nothing is stored, and each bad one is told by its index', async () => {
      const error = await refusal(many([{ Name: 'N0' }, { Name: '' }, { Nonsense: 1 }], true))
      expect(error.details).toMatchObject({ byIndex: [{ index: 1 }, { index: 2 }] })
      expect(problemsOf(error)).toEqual([
        ['REQUIRED_FIELD_MISSING', 'Name'],
        ['INVALID_FIELD', 'Nonsense'],
        ['REQUIRED_FIELD_MISSING', 'Name'],
      ])
      expect(await desk.column("SELECT Name FROM Account WHERE Name = 'N0'")).toEqual([])
    })

    it('all or none: different shapes in one transaction, in order', async () => {
      const values = [
        { Name: 'O0' },
        { Name: 'O1', Code: 'O1' },
        { Name: 'O2' },
        { Code: 'O3', Name: 'O3' },
      ]
      const results = await many(values, true)
      const ids = results.map((one) => (one instanceof Error ? '' : one.id))
      const names = await Promise.all(ids.map((id) => desk.read('Account', id, ['Name'])))
      expect(names.map((one) => one['Name'])).toEqual(['O0', 'O1', 'O2', 'O3'])
    })

    it('none at all is nothing, too many are refused by the limit’s name', async () => {
      expect(await many([], true)).toEqual([])
      expect(await many([], false)).toEqual([])
      const crowd = Array.from({ length: limits.bulkRecordsMax + 1 }, () => ({ Name: 'X' }))
      expect((await refusal(many(crowd, false))).message).toContain('bulkRecordsMax')
    })

    it('numbers are given in order and without a gap', async () => {
      const rows = Array.from({ length: 20 }, () => body({}))
      await org.records.createMany(org.admin, 'Invoice', rows, { allOrNone: true })
      await Promise.all(Array.from({ length: 10 }, () => desk.create('Invoice', {})))
      const numbers = (await desk.column('SELECT Name FROM Invoice ORDER BY Name')).map((name) =>
        Number(String(name).slice(4)),
      )
      expect(numbers).toEqual(Array.from({ length: 30 }, (_, index) => index + 1))
    })
  })
})
