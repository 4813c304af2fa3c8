/** Class D: what a body may not set, and what no way of saving takes. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Refusal } from '../../engine/base/refusal.ts'
import { everyTypeMetadata, sampleFields } from '../engine/query/every-type.ts'
import { deskOf, problemsOf, refusal, type Json } from '../engine/records/records-support.ts'
import { databases, type OpenDatabase } from '../support/databases.ts'
import { body, openOrganisation, type Organisation } from '../support/organisation.ts'

describe.each(databases)('mass assignment on $name', ({ open }) => {
  let database: OpenDatabase
  let org: Organisation
  const desk = deskOf(() => org)

  beforeAll(async () => {
    database = await open()
    org = await openOrganisation(database.storage, everyTypeMetadata)
  })
  afterAll(() => database.close())

  const count = async (): Promise<number> => (await desk.query('SELECT Id FROM Sample__c')).length

  /** The same values by every way of saving; each must be refused and leave nothing. */
  const refusals = async (values: Json): Promise<readonly Refusal[]> => {
    const { admin, records } = org
    const id = await desk.create('Sample__c', { Name: 'Before' })
    const before = await desk.read('Sample__c', id)
    const rows = await count()
    const one = (work: Promise<readonly (unknown | Error)[]>): Promise<unknown> =>
      work.then(([result]) => {
        throw result
      })
    const whole = { Name: 'X', ...values }
    const ways: Promise<unknown>[] = [
      records.create(admin, 'Sample__c', body(whole)),
      one(records.createMany(admin, 'Sample__c', [body(whole)], { allOrNone: false })),
      records.createMany(admin, 'Sample__c', [body(whole)], { allOrNone: true }),
      records.upsert(admin, 'Sample__c', 'Whole__c', String(rows + 1_000_000), body(whole)),
    ]
    const found: Refusal[] = []
    for (const way of ways) found.push(await refusal(way))
    found.push(await refusal(records.update(admin, 'Sample__c', id, body(values))))
    expect(await count()).toBe(rows)
    expect(await desk.read('Sample__c', id)).toEqual(before)
    return found
  }

  it.each([
    ['Id', 'a00000000000001AAA'],
    ['IsDeleted', true],
    ['CreatedDate', '2020-01-01T00:00:00.000+0000'],
    ['CreatedById', '005000000000001AAA'],
    ['LastModifiedDate', '2020-01-01T00:00:00.000+0000'],
    ['LastModifiedById', '005000000000001AAA'],
    ['SystemModstamp', '2020-01-01T00:00:00.000+0000'],
    ['Serial__c', 'S-00001'],
    ['Place__c', { latitude: 1, longitude: 1 }],
    ['Home__c', { city: 'X' }],
  ])('D1: %s is kept by the engine, by every way of saving', async (field, value) => {
    for (const error of await refusals({ [field]: value })) {
      expect(problemsOf(error)).toEqual([['INVALID_FIELD_FOR_INSERT_UPDATE', field]])
    }
  })

  it.each(['fs_version', 'Version', 'rowid', 'Text__c__folded', 'Owner', 'Account__r'])(
    'D1: %s is no field at all',
    async (field) => {
      for (const error of await refusals({ [field]: 7 })) {
        expect(problemsOf(error)).toEqual([['INVALID_FIELD', field]])
      }
    },
  )

  it('D1: a record is given away by its owner alone, or by whoever may transfer any', async () => {
    const id = await desk.create('Account', { Name: 'Mine' })
    const take = org.records.update(org.rep, 'Account', id, body({ OwnerId: org.rep.userId }))
    expect(problemsOf(await refusal(take))).toEqual([
      ['INSUFFICIENT_ACCESS_OR_READONLY', 'OwnerId'],
    ])
    expect(await desk.read('Account', id, ['OwnerId'])).toEqual({ OwnerId: org.admin.userId })
  })

  it('D2: an unknown field is refused by name, never dropped', async () => {
    for (const error of await refusals({ Colour__c: 'red', Text__c: 'fine' })) {
      expect(problemsOf(error)).toEqual([['INVALID_FIELD', 'Colour__c']])
    }
  })

  const wrong: Readonly<Record<string, readonly unknown[]>> = {
    Text__c: [1, true, ['x'], { a: 1 }],
    Area__c: [0, false],
    Html__c: [1, {}],
    Secret__c: [1234, []],
    Email__c: [1, 'no-at-sign', {}],
    Url__c: [1, 'javascript:alert(1)'],
    Whole__c: ['x', '1e5', 'NaN', true, [], {}, '0x10', Number.NaN, Number.POSITIVE_INFINITY],
    Money__c: ['12,5', ' 1', '1 ', '--1', true, [1]],
    Flag__c: ['false', 'true', 1, 0, '', [], {}],
    Day__c: [20260101, '2026-1-1', '01.01.2026', '2026-02-30', '2026-01-01T00:00:00Z', true],
    At__c: [1_700_000_000_000, '2026-01-01', '2026-01-01T00:00:00', '2026-13-01T00:00:00Z'],
    Clock__c: [3_600_000, '25:00:00.000Z', '1:00'],
    Choice__c: [1, 'red', 'Nowhere', ['Red']],
    Many__c: [1, 'A;Nowhere', ['A', 'B'], {}],
    Account__c: [1, 'x', '001', 'a00000000000001AAB', {}],
    Place__Latitude__s: ['north', 91, -90.5],
  }

  it.each(Object.keys(wrong))(
    'D5: wrong values for %s are refused and never converted',
    async (field) => {
      for (const value of wrong[field] ?? []) {
        const both = field === 'Place__Latitude__s' ? { Place__Longitude__s: 1 } : {}
        const { problems } = await refusal(
          org.records.create(org.admin, 'Sample__c', body({ Name: 'D5', ...both, [field]: value })),
        )
        expect([value, problems.map((problem) => problem.fields.join())]).toEqual([value, [field]])
      }
    },
  )

  it('D5: an empty text is no value for any type that is not a checkbox', async () => {
    for (const { fullName, type } of sampleFields) {
      if (['AutoNumber', 'Checkbox', 'Location', 'Address'].includes(type)) continue
      const save = org.records.create(
        org.admin,
        'Sample__c',
        body({ Name: 'Empty', [fullName]: '' }),
      )
      const result = await save.catch((error: unknown) => error)
      // Numbers and dates refuse it; texts and references take it as nothing.
      if (result instanceof Error)
        expect([fullName, result]).toEqual([fullName, expect.any(Refusal)])
      else {
        const { id } = result as { readonly id: string }
        expect(await desk.read('Sample__c', id, [fullName])).toEqual({ [fullName]: null })
      }
    }
  })

  const bad: Json = {
    Name: '  ',
    Text__c: 'x'.repeat(81),
    Whole__c: 12_345_678_901,
    Choice__c: 'Nowhere',
    Email__c: 'nobody',
    Flag__c: 'true',
    Day__c: '2026-02-30',
    Account__c: '003000000000001AAA',
    Nonsense: 1,
  }

  it('D6: all that is wrong is told at once, each with its field', async () => {
    const error = await refusal(org.records.create(org.admin, 'Sample__c', body(bad)))
    expect(Object.fromEntries(problemsOf(error).map(([code, field]) => [field, code]))).toEqual({
      Name: 'REQUIRED_FIELD_MISSING',
      Text__c: 'STRING_TOO_LONG',
      Whole__c: 'NUMBER_OUTSIDE_VALID_RANGE',
      Choice__c: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      Email__c: 'INVALID_EMAIL_ADDRESS',
      Flag__c: 'INVALID_TYPE_ON_FIELD_IN_RECORD',
      Day__c: 'INVALID_TYPE_ON_FIELD_IN_RECORD',
      Account__c: 'INVALID_CROSS_REFERENCE_KEY',
      Nonsense: 'INVALID_FIELD',
    })
    expect(error.problems).toHaveLength(Object.keys(bad).length)
  })

  it('D7: every way of saving refuses the same record with the same words', async () => {
    const { Whole__c: _, ...values } = bad
    const found = await refusals(values)
    const said = found.map((error) => JSON.stringify(error.problems).replaceAll('update', 'create'))
    expect(new Set(said).size).toBe(1)
  })

  it('D7: a default that its field refuses stops the save like a value that was sent', async () => {
    const files = everyTypeMetadata.map(([path, file]) => {
      if (path !== 'objects/Payroll__c.json') return [path, file] as const
      const fields = [
        { fullName: 'Note__c', label: 'Note', type: 'Text', length: 3, defaultValue: '"too long"' },
      ]
      return [path, { ...file, fields }] as const
    })
    const other = await open()
    const { records, admin } = await openOrganisation(other.storage, files)
    const error = await refusal(records.create(admin, 'Payroll__c', body({ Name: 'P' })))
    expect(problemsOf(error)).toEqual([['STRING_TOO_LONG', 'Note__c']])
    await records.create(admin, 'Payroll__c', body({ Name: 'P', Note__c: 'ok' }))
    await other.close()
  })
})
