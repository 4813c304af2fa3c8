/** A query that is legal but slow ends at its deadline and holds up nobody who writes. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { identifier, integerLiteral, sql } from '../../engine/sql/sql.ts'
import { openApi, type Api } from '../support/api.ts'
import { databases } from '../support/databases.ts'

const data = '/services/data/v67.0'
const queryDeadlineMs = 1_500
const copies = 60_000

describe.each(databases)('a slow query on $name', (database) => {
  let api: Api
  beforeAll(async () => {
    const limits = { queryDeadlineMs, slowAfterMs: 200 }
    const open: typeof database.open = (options) => database.open({ ...options, limits })
    api = await openApi({ ...database, open })
    await multiplyAccounts()
  })
  afterAll(() => api.close())

  /** Many rows that no save would make so quickly; what they hold does not matter. */
  async function multiplyAccounts(): Promise<void> {
    const name = 'ab'.repeat(60)
    await api.ask('POST', `${data}/sobjects/Account`, { as: 'admin', body: { Name: name } })
    const model = api.engine.deployer.store.current()
    const account = model.object('Account')
    if (account === undefined) throw new Error('no Account')
    const storage = api.engine.storage
    const columns = (await storage.tables())
      .find((table) => table.name === account.table.name)
      ?.columns.map((column) => column.name)
      .filter((column) => column !== 'Id')
    if (columns === undefined) throw new Error('no table')
    const list = columns
      .map((column) => sql`${identifier(column)}`)
      .reduce((left, right) => sql`${left}, ${right}`)
    const id =
      storage.dialect.name === 'sqlite'
        ? sql`printf('001%015d', n)`
        : sql`'001' || lpad(n::text, 15, '0')`
    const text = storage.dialect.bound({ kind: 'text' }, name)
    await storage.write((tx) =>
      tx.run(sql`insert into ${account.table} (${identifier('Id')}, ${list})
        with recursive c(n) as (select 1 union all select n + 1 from c where n < ${integerLiteral(copies)})
        select ${id}, ${list} from c, ${account.table} where ${identifier('Name')} = ${text}`),
    )
  }

  it('E13: is refused with 503 at its deadline; writes and quick reads go on meanwhile', async () => {
    const conditions = Array.from({ length: 200 }, (_, index) => `Name LIKE '%b%b%b%${index}x'`)
    const soql = `SELECT COUNT() FROM Account WHERE ${conditions.join(' OR ')}`
    const slow = `${data}/query?q=${encodeURIComponent(soql)}`
    const startedAt = performance.now()
    const reports = Promise.all(
      Array.from({ length: 4 }, () => api.ask('GET', slow, { as: 'admin' })),
    )
    let isOver = false
    const watched = reports.finally(() => {
      isOver = true
    })
    let saved = 0
    while (!isOver) {
      const body = { Name: `Meanwhile ${saved}` }
      const made = await api.ask('POST', `${data}/sobjects/Account`, { as: 'admin', body })
      expect(made.status).toBe(201)
      const path = `${data}/sobjects/Account/${String(made.json['id'])}`
      expect((await api.ask('GET', path, { as: 'admin' })).status).toBe(200)
      saved++
    }
    const answers = await watched
    expect(answers.map(({ status, code }) => `${status} ${code}`)).toEqual(
      Array.from({ length: 4 }, () => '503 QUERY_TIMEOUT'),
    )
    // The deadline counts the waiting too; a crowded test machine gets more time for the rest.
    expect(performance.now() - startedAt).toBeLessThan(queryDeadlineMs * 6)
    expect(saved).toBeGreaterThan(0)
    // The connections are free again.
    expect((await api.ask('GET', `${data}/limits`, { as: 'admin' })).status).toBe(200)
    expect(api.log).toEqual([])
  })
})
