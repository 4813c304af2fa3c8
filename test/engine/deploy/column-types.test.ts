/** Object tables are not STRICT: what is written has the type of its column all the same. */
import { describe, expect, it, onTestFinished } from 'vitest'
import { tableSpec } from '../../../engine/deploy/table-specs.ts'
import { identifier, joinSql, sql } from '../../../engine/sql/sql.ts'
import { databases } from '../../support/databases.ts'
import { body, openOrganisation } from '../../support/organisation.ts'

const [sqlite] = databases

const values = {
  Name: '007',
  Code: '12',
  CreditScore: '712',
  Website: 'https://example.com',
  Revenue: '1234.5',
  Founded: '1999-12-31',
  ReviewedAt: '2026-11-22T09:30:00.123Z',
  IsActive: false,
  BillingStreet: '5',
  BillingPostalCode: '01067',
  BillingLatitude: 52.5,
  BillingLongitude: 13.4,
  Segment: 'Corporate',
  Product: 'Card',
  Channels: 'Phone;Mail',
}

describe('columns of an object table on SQLite', () => {
  it('hold values of their own type only, after inserts and updates', async () => {
    const database = await sqlite.open()
    onTestFinished(() => database.close())
    const org = await openOrganisation(database.storage)
    const account = org.model.object('Account')
    if (account === undefined) throw new Error('no Account')
    const { id } = await org.records.create(org.admin, 'Account', body(values))
    await org.records.update(
      org.admin,
      'Account',
      id,
      body({ Name: '42', CreditScore: '1', Revenue: 7 }),
    )
    const { columns, name } = tableSpec(account)
    const types = columns.map(
      (column) => sql`typeof(${identifier(column.name)}) as ${identifier(column.name)}`,
    )
    const [row] = await database.storage.read(
      sql`select ${joinSql(types)} from ${identifier(name)}`,
    )
    const wrong = columns.filter(({ name, kind }) => {
      const isText = kind.kind === 'text' || kind.kind === 'id' || kind.kind === 'date'
      return row?.[name] !== 'null' && row?.[name] !== (isText ? 'text' : 'integer')
    })
    expect(wrong.map((column) => `${column.name} is ${String(row?.[column.name])}`)).toEqual([])
  })
})
