/** Rows of one shape meet in one group, whatever the order of their bodies. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Caller } from '../../../engine/records/records.ts'
import type { RecordContext } from '../../../engine/records/record-parts.ts'
import { prepareNew } from '../../../engine/records/prepare-row.ts'
import {
  createWriteGroups,
  type RowWrite,
  type WriteGroups,
} from '../../../engine/records/write-groups.ts'
import { databases, type OpenDatabase } from '../../support/databases.ts'
import { modelOf } from '../../support/model.ts'
import { body, openOrganisation, type Organisation } from '../../support/organisation.ts'
import { testMetadata } from '../../support/test-objects.ts'
import { testServices } from '../../contract/field-services.ts'
import { objectNamed } from '../query/planning.ts'

describe('write groups', () => {
  let database: OpenDatabase
  let org: Organisation
  let context: RecordContext
  let groups: WriteGroups

  beforeAll(async () => {
    database = await databases[0].open()
    org = await openOrganisation(database.storage)
    let count = 0
    context = {
      storage: database.storage,
      models: { current: () => org.model },
      clock: { now: () => org.clock.now },
      ids: (prefix) => `${prefix}${String(count++).padStart(12, '0')}AAA`,
      services: testServices,
      emit: () => undefined,
      useCasesOf: () => org.records,
    }
    groups = createWriteGroups(context)
  })
  afterAll(() => database.close())

  const row = (
    object: string,
    values: Record<string, unknown>,
    caller: Caller = org.admin,
  ): RowWrite =>
    prepareNew(context, caller, {
      model: org.model,
      object: objectNamed(object, org.model),
      body: body(values),
    })
  const groupOf = (object: string, values: Record<string, unknown>, caller?: Caller): object =>
    groups.insert(org.model, objectNamed(object, org.model), row(object, values, caller))

  it('the order of a body decides nothing, nor do values', () => {
    const one = groupOf('Account', { Name: 'A', Website: 'https://a.example.com' })
    expect(groupOf('Account', { Website: 'https://b.example.com', Name: 'B' })).toBe(one)
    expect(groupOf('Account', { Name: 'A', Website: null })).not.toBe(one)
    expect(groupOf('Account', { Name: 'A', Website: null })).toBe(groupOf('Account', { Name: 'A' }))
  })

  it('a reference to the caller needs no check, one to somebody else does', () => {
    const own = groupOf('Account', { Name: 'A', OwnerId: org.admin.userId })
    expect(groupOf('Account', { Name: 'A' })).toBe(own)
    expect(groupOf('Account', { Name: 'A', OwnerId: org.rep.userId })).not.toBe(own)
    expect(groupOf('Account', { Name: 'A' }, org.rep)).toBe(own)
  })

  it('each model has its own groups', () => {
    const next = modelOf(testMetadata, 2)
    const given = row('Account', { Name: 'A' })
    const before = groups.insert(org.model, objectNamed('Account', org.model), given)
    expect(groups.insert(next, objectNamed('Account', next), given)).not.toBe(before)
  })

  it('an update that empties a field has another shape than one that leaves it', () => {
    const object = objectNamed('Account', org.model)
    const column = object.nameField.columns.get('')
    const website = object.fieldsByName.get('website')?.columns.get('')
    if (column === undefined || website === undefined) throw new Error('columns')
    const update = (...pairs: readonly (readonly [typeof column, string | null])[]): object =>
      groups.update(org.model, object, { id: 'x', by: 'y', version: 1, values: new Map(pairs) })
    expect(update([column, 'A'])).not.toBe(update([column, 'A'], [website, null]))
    expect(update([website, 'w'], [column, 'A'])).toBe(update([column, 'A'], [website, null]))
  })

  it('rows that wait together are one statement, and a bad one is refused alone', async () => {
    const values = Array.from({ length: 20 }, (_, index) => ({
      LastName: `L${index}`,
      AccountId: index === 7 ? '001000000000999AAA' : null,
    }))
    const account = await org.records.create(org.admin, 'Account', body({ Name: 'A' }))
    const results = await Promise.allSettled(
      values.map((one) =>
        org.records.create(
          org.admin,
          'Contact',
          body({ ...one, AccountId: one.AccountId ?? account.id }),
        ),
      ),
    )
    expect(results.map((one) => one.status === 'rejected')).toEqual(
      values.map((_, index) => index === 7),
    )
  })
})
