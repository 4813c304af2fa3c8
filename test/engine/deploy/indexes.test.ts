/** The indexes of records leave out empty values, and serve what looks for the others. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { identifier, sql } from '../../../engine/sql/sql.ts'
import { databases, type OpenDatabase } from '../../support/databases.ts'
import { openOrganisation } from '../../support/organisation.ts'
import { everyTypeMetadata } from '../query/every-type.ts'

const [sqlite] = databases

describe('indexes of lookups and keys on sqlite', () => {
  let database: OpenDatabase
  beforeAll(async () => {
    database = await sqlite.open()
    await openOrganisation(database.storage, everyTypeMetadata)
  })
  afterAll(() => database.close())

  const planOf = async (condition: ReturnType<typeof sql>): Promise<string> => {
    const query = sql`explain query plan select ${identifier('Id')} from ${identifier('Account')} where ${condition}`
    const rows = await database.storage.read(query)
    return rows.map((row) => String(row['detail'])).join('; ')
  }
  const parent = identifier('ParentId')

  it('one parent, and many, are found by the index', async () => {
    expect(await planOf(sql`${parent} = ${'001'}`)).toContain('Account__ParentId__ix')
    const several = sql`${parent} in (select value from json_each(${'["001"]'}))`
    expect(await planOf(several)).toContain('Account__ParentId__ix')
  })

  it('hold filled values alone', async () => {
    const rows = await database.storage.read(
      sql`select name, sql from sqlite_schema where type = 'index' and tbl_name = 'Account'`,
    )
    const texts = new Map(rows.map((row) => [String(row['name']), String(row['sql'])]))
    expect(texts.get('Account__ParentId__ix')).toMatch(/where `ParentId` is not null$/)
    // Whoever owns and when it changed is never empty, and lists are sorted by the name.
    expect(texts.get('Account__OwnerId__ix')).not.toContain('where')
  })
})
