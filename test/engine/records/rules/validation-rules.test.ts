/** Validation rules at every way to save a record, on both databases. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Caller } from '../../../../engine/records/records.ts'
import { databases, type OpenDatabase } from '../../../support/databases.ts'
import { body, openOrganisation, type Organisation } from '../../../support/organisation.ts'
import { deskOf, problemsOf, refusal, type Json } from '../records-support.ts'
import { ruled } from './ruled-objects.ts'

const metadata = ruled({
  Account: [
    {
      fullName: 'Score_in_range',
      errorConditionFormula: 'OR(CreditScore < 300, CreditScore > 850)',
      errorMessage: 'The score lies between 300 and 850.',
      errorDisplayField: 'CreditScore',
    },
    {
      fullName: 'Corporate_has_revenue',
      errorConditionFormula: "AND(ISPICKVAL(Segment, 'Corporate'), ISBLANK(Revenue))",
      errorMessage: 'Corporate customers have a revenue.',
      errorDisplayField: 'Revenue',
    },
    {
      fullName: 'Never_founded_later',
      errorConditionFormula: 'AND(NOT(ISNEW()), ISCHANGED(Founded), Founded > PRIORVALUE(Founded))',
      errorMessage: 'Companies only become older.',
    },
    {
      fullName: 'No_copies',
      errorConditionFormula: "AND(ISCLONE(), Name = 'Unique')",
      errorMessage: 'This account cannot be copied.',
    },
    {
      fullName: 'Code_pattern',
      errorConditionFormula: "AND(NOT(ISBLANK(Code)), NOT(REGEX(Code, '[A-Z]{2}-[0-9]+')))",
      errorMessage: 'A code looks like AB-12.',
      errorDisplayField: 'Code',
    },
    {
      fullName: 'Judged_stay',
      errorConditionFormula: "AND(Name = 'Judged', ISCHANGED(Website))",
      errorMessage: 'Judged accounts keep their address.',
      errorDisplayField: 'CreditScore',
    },
    {
      fullName: 'Off',
      errorConditionFormula: 'true',
      active: false,
    },
    {
      fullName: 'Only_the_owner_closes',
      errorConditionFormula: 'AND(NOT(IsActive), OwnerId <> $User.Id, NOT($Permission.Close_any))',
      errorMessage: 'Only the owner closes an account.',
    },
  ],
  Contact: [
    {
      fullName: 'Account_is_active',
      errorConditionFormula: 'AND(NOT(ISBLANK(AccountId)), NOT(Account.IsActive))',
      errorMessage: 'The account is closed.',
      errorDisplayField: 'AccountId',
    },
    {
      fullName: 'Grandparent_is_not_old',
      errorConditionFormula: "ISPICKVAL(Account.Parent.Segment, 'Corporate')",
      errorMessage: 'Contacts of corporate groups are kept elsewhere.',
    },
    {
      fullName: 'Known_code',
      errorConditionFormula:
        "AND(BEGINS(LastName, 'Code '), ISBLANK(VLOOKUP($ObjectType.Account.Fields.Id, $ObjectType.Account.Fields.Code, MID(LastName, 6, 20))))",
      errorMessage: 'There is no account with this code.',
    },
    {
      fullName: 'Not_by_Ron',
      errorConditionFormula: "AND($User.Name = 'Ron Rep', LastName = 'Forbidden')",
      errorMessage: 'Ron may not do that.',
    },
    {
      fullName: 'Costly',
      errorConditionFormula: `AND(LastName = 'Long', CONTAINS(${'SUBSTITUTE('.repeat(5)}FirstName${", 'x', 'xxxxxxxxxx')".repeat(5)}, 'y'))`,
    },
    {
      fullName: 'Has_letters',
      errorConditionFormula: "FirstName = '???'",
      errorMessage: 'A name has letters.',
    },
  ],
}).concat([['customPermissions/Close_any.json', { fullName: 'Close_any', label: 'Close any' }]])

const rule = 'FIELD_CUSTOM_VALIDATION_EXCEPTION'

describe.each(databases)('validation rules on $name', ({ open }) => {
  let database: OpenDatabase
  let org: Organisation
  const desk = deskOf(() => org)

  beforeAll(async () => {
    database = await open()
    org = await openOrganisation(database.storage, metadata)
  })
  afterAll(() => database.close())

  const refused = async (object: string, values: Json, as?: Caller): Promise<readonly Json[]> =>
    (await refusal(desk.create(object, values, as))).problems.map((problem) => ({ ...problem }))

  it('a record that breaks a rule is refused with the message at its field', async () => {
    expect(await refused('Account', { Name: 'A', CreditScore: 200 })).toMatchObject([
      { errorCode: rule, message: 'The score lies between 300 and 850.', fields: ['CreditScore'] },
    ])
    await desk.create('Account', { Name: 'A', CreditScore: 700 })
  })

  it('all rules that fail are told at once, together with what is wrong with fields', async () => {
    const error = await refusal(
      desk.create('Account', {
        Name: 'A',
        CreditScore: 200,
        Segment: 'Corporate',
        Code: 'ab',
        Website: 'two words',
      }),
    )
    expect(problemsOf(error)).toEqual([
      [expect.any(String), 'Website'],
      [rule, 'Code'],
      [rule, 'Revenue'],
      [rule, 'CreditScore'],
    ])
  })

  it('a rule over a value that was refused itself says nothing', async () => {
    const error = await refusal(desk.create('Account', { Name: 'A', CreditScore: 'many' }))
    expect(problemsOf(error).map(([code]) => code)).not.toContain(rule)
  })

  it('an update is judged by the whole record as it will be', async () => {
    const id = await desk.create('Account', { Name: 'A', Revenue: 5, Segment: 'Corporate' })
    const error = await refusal(desk.update('Account', id, { Revenue: null }))
    expect(problemsOf(error)).toEqual([[rule, 'Revenue']])
    await desk.update('Account', id, { Revenue: null, Segment: 'Retail' })
  })

  it('ISCHANGED and PRIORVALUE see the stored values, ISNEW the creation', async () => {
    const id = await desk.create('Account', { Name: 'A', Founded: '2000-01-01' })
    const error = await refusal(desk.update('Account', id, { Founded: '2001-01-01' }))
    expect(error.problems[0]).toMatchObject({ message: 'Companies only become older.', fields: [] })
    await desk.update('Account', id, { Founded: '1999-01-01' })
    await desk.update('Account', id, { Name: 'B' })
  })

  it('ISCLONE is true where the caller says so', async () => {
    const values = body({ Name: 'Unique' })
    const error = await refusal(org.records.create(org.admin, 'Account', values, { isClone: true }))
    expect(problemsOf(error)).toEqual([[rule, '']])
    await org.records.create(org.admin, 'Account', values)
  })

  it('globals mean the caller', async () => {
    const id = await desk.create('Account', { Name: 'Mine' }, org.rep)
    expect(problemsOf(await refusal(desk.update('Account', id, { IsActive: false })))).toEqual([
      [rule, ''],
    ])
    await desk.update('Account', id, { IsActive: false }, org.rep)
    const permitted = { ...org.admin.access, hasCustom: (name: string) => name === 'Close_any' }
    const mine = await desk.create('Account', { Name: 'Mine' }, org.rep)
    await desk.update('Account', mine, { IsActive: false }, org.as(permitted))
    expect(await refused('Contact', { LastName: 'Forbidden' }, org.rep)).toHaveLength(1)
    await desk.create('Contact', { LastName: 'Forbidden' })
  })

  it('a field that the caller may not see is not named', async () => {
    const id = await desk.create('Account', { Name: 'Judged', Website: 'https://a.example' })
    const error = await refusal(
      desk.update('Account', id, { Website: 'https://b.example' }, org.rep),
    )
    expect(error.problems).toMatchObject([
      { errorCode: rule, message: 'Judged accounts keep their address.', fields: [] },
    ])
    const byAdmin = await refusal(desk.update('Account', id, { Website: 'https://b.example' }))
    expect(problemsOf(byAdmin)).toEqual([[rule, 'CreditScore']])
  })

  it('an inactive rule refuses nothing', async () => {
    await desk.create('Account', { Name: 'Off is off' })
  })

  it('parents are read in the transaction, over any number of steps', async () => {
    const closed = await desk.create('Account', { Name: 'Closed', IsActive: false })
    expect(
      problemsOf(await refusal(desk.create('Contact', { LastName: 'L', AccountId: closed }))),
    ).toEqual([[rule, 'AccountId']])
    const group = await desk.create('Account', { Name: 'G', Segment: 'Corporate', Revenue: 1 })
    const child = await desk.create('Account', { Name: 'C', ParentId: group })
    expect(await refused('Contact', { LastName: 'L', AccountId: child })).toMatchObject([
      { message: 'Contacts of corporate groups are kept elsewhere.' },
    ])
    const free = await desk.create('Contact', { LastName: 'L' })
    const error = await refusal(desk.update('Contact', free, { AccountId: closed }))
    expect(problemsOf(error)).toEqual([[rule, 'AccountId']])
  })

  it('what the writer finds is told together with the rest', async () => {
    const closed = await desk.create('Account', { Name: 'Closed', IsActive: false })
    const values = { LastName: 'L', AccountId: closed, FirstName: '???', Email: 'no address' }
    expect(problemsOf(await refusal(desk.create('Contact', values)))).toEqual([
      [expect.any(String), 'Email'],
      [rule, ''],
      [rule, 'AccountId'],
    ])
  })

  it('VLOOKUP finds records of other objects', async () => {
    await desk.create('Account', { Name: 'Coded', Code: 'XY-1' })
    await desk.create('Contact', { LastName: 'Code XY-1' })
    expect(await refused('Contact', { LastName: 'Code XY-2' })).toMatchObject([
      { message: 'There is no account with this code.' },
    ])
  })

  it('many at once: each row answers for itself, or all by their index', async () => {
    const closed = await desk.create('Account', { Name: 'Closed', IsActive: false })
    const bodies = [
      body({ LastName: 'One' }),
      body({ LastName: 'Two', AccountId: closed }),
      body({ LastName: 'Three', Email: 'a@b.cd' }),
      body({ LastName: 'Four', AccountId: closed, Email: 'a@b.cd' }),
    ]
    const each = await org.records.createMany(org.admin, 'Contact', bodies, { allOrNone: false })
    expect(each.map((one) => one instanceof Error)).toEqual([false, true, false, true])
    const before = (await desk.query('SELECT Id FROM Contact')).length
    const error = await refusal(
      org.records.createMany(org.admin, 'Contact', bodies, { allOrNone: true }),
    )
    expect(error.details?.['byIndex']).toMatchObject([{ index: 1 }, { index: 3 }])
    expect(await desk.query('SELECT Id FROM Contact')).toHaveLength(before)
  })

  it('upsert is a create or an update like any other', async () => {
    const upsert = (values: Json): Promise<unknown> =>
      org.records.upsert(org.admin, 'Account', 'Code', 'UP-1', body(values))
    expect(problemsOf(await refusal(upsert({ Name: 'U', CreditScore: 1 })))).toEqual([
      [rule, 'CreditScore'],
    ])
    await upsert({ Name: 'U', CreditScore: 500 })
    expect(problemsOf(await refusal(upsert({ CreditScore: 1 })))).toEqual([[rule, 'CreditScore']])
  })

  it('undelete asks no rule, as on the platform', async () => {
    const account = await desk.create('Account', { Name: 'Open' })
    const id = await desk.create('Contact', { LastName: 'Comes back', AccountId: account })
    await org.records.remove(org.admin, 'Contact', id)
    await desk.update('Account', account, { IsActive: false })
    await org.records.undelete(org.admin, id)
    expect(await desk.read('Contact', id, ['LastName'])).toEqual({ LastName: 'Comes back' })
  })

  it('a rule that values make too expensive is not a way around it', async () => {
    const error = await refusal(
      desk.create('Contact', { LastName: 'Long', FirstName: 'x'.repeat(40) }),
    )
    expect(error.problems).toMatchObject([{ message: expect.stringContaining('too many steps') }])
    await desk.create('Contact', { LastName: 'Long', FirstName: 'x' })
  })

  it('no race lets a record through whose parent was closed before it', async () => {
    for (let round = 0; round < 20; round++) {
      const account = await desk.create('Account', { Name: `Race ${round}` })
      const [closing, joining] = await Promise.allSettled([
        desk.update('Account', account, { IsActive: false }),
        desk.create('Contact', { LastName: `R${round}`, AccountId: account }),
      ])
      expect(closing.status).toBe('fulfilled')
      // Whichever came first: a contact made after the closing would be refused.
      const later = await refusal(desk.create('Contact', { LastName: 'L', AccountId: account }))
      expect(problemsOf(later)).toEqual([[rule, 'AccountId']])
      expect(['fulfilled', 'rejected']).toContain(joining.status)
    }
  })
})
