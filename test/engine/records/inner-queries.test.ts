/** Queries within queries on both databases: lists of children and semi-joins, each with the rights of the caller. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compileAccess } from '../../../engine/access/compile-access.ts'
import { limits } from '../../../engine/base/limits.ts'
import type { Caller } from '../../../engine/records/records.ts'
import { databases, type OpenDatabase } from '../../support/databases.ts'
import { body, openOrganisation, type Organisation } from '../../support/organisation.ts'
import { deskOf, recordsOf, refusal, type Json } from './records-support.ts'

interface ChildList {
  readonly totalSize: number
  readonly done: boolean
  readonly records: Json[]
  readonly nextRecordsUrl?: string
}

function childrenOf(row: Json | undefined, name: string): ChildList {
  const list = row?.[name]
  if (typeof list !== 'object' || list === null) throw new Error(`no ${name}`)
  return list as ChildList // Each member that a test claims is compared.
}

describe.each(databases)('queries within queries on $name', ({ open }) => {
  let database: OpenDatabase
  let org: Organisation
  const desk = deskOf(() => org)
  const accounts = new Map<string, string>()

  beforeAll(async () => {
    database = await open()
    org = await openOrganisation(database.storage)
    for (const name of ['Alpha', 'Beta', 'Gamma']) {
      accounts.set(name, await desk.create('Account', { Name: name, Code: name.slice(0, 1) }))
    }
    for (const [lastName, account] of [
      ['Ames', 'Alpha'],
      ['Bond', 'Alpha'],
      ['Cole', 'Beta'],
      ['Dunn', undefined],
    ] as const) {
      const AccountId = account === undefined ? null : accounts.get(account)
      await desk.create('Contact', { LastName: lastName, AccountId, Email: `${lastName}@x.org` })
    }
    for (const [account, DueDate] of [
      ['Alpha', '2026-01-01'],
      ['Gamma', '2026-02-01'],
    ] as const) {
      const invoice = await desk.create('Invoice', { AccountId: accounts.get(account), DueDate })
      await desk.create('InvoiceLine', { Name: 'One', InvoiceId: invoice, Amount: 10 })
      await desk.create('InvoiceLine', { Name: 'Two', InvoiceId: invoice, Amount: 20.5 })
    }
  })
  afterAll(() => database.close())

  const names = (list: unknown): unknown[] =>
    (list as ChildList).records.map((record) => record['Name'] ?? record['LastName'])

  it('a record holds its children in their own order, null where there are none', async () => {
    const rows = await desk.query(
      'SELECT Name, (SELECT LastName, Email FROM Contacts ORDER BY LastName DESC), ' +
        '(SELECT Name, DueDate FROM Invoices WHERE DueDate < 2026-01-15) FROM Account ORDER BY Name',
    )
    expect(rows.map((row) => row['Name'])).toEqual(['Alpha', 'Beta', 'Gamma'])
    const [alpha, beta, gamma] = rows
    expect(alpha?.['Contacts']).toMatchObject({
      totalSize: 2,
      done: true,
      records: [
        { attributes: { type: 'Contact' }, LastName: 'Bond', Email: 'Bond@x.org' },
        { LastName: 'Ames' },
      ],
    })
    expect(names(beta?.['Contacts'])).toEqual(['Cole'])
    expect(gamma?.['Contacts']).toBeNull()
    expect(childrenOf(alpha, 'Invoices').totalSize).toBe(1)
    expect(beta?.['Invoices']).toBeNull()
    expect(gamma?.['Invoices']).toBeNull()
  })

  it('children have parents, limits and offsets of their own', async () => {
    const [alpha] = await desk.query(
      'SELECT (SELECT LastName, Account.Name, Account.Owner.Name FROM Contacts ORDER BY LastName LIMIT 1 OFFSET 1) ' +
        "FROM Account WHERE Name = 'Alpha'",
    )
    expect(alpha?.['Contacts']).toMatchObject({
      totalSize: 1,
      records: [{ LastName: 'Bond', Account: { Name: 'Alpha', Owner: expect.anything() } }],
    })
  })

  it('pages keep the lists of their records', async () => {
    const soql =
      'SELECT Name, (SELECT LastName FROM Contacts ORDER BY LastName) FROM Account ORDER BY Name'
    const pages = await desk.pages(soql, { pageRows: 1 })
    expect(pages.flat()).toEqual(await desk.query(soql))
    expect(pages).toHaveLength(3)
  })

  it('children in the recycle bin are left out, unless they are asked for', async () => {
    const id = await desk.create('Contact', { LastName: 'Gone', AccountId: accounts.get('Gamma') })
    await org.records.remove(org.admin, 'Contact', id)
    const soql = "SELECT (SELECT LastName FROM Contacts) FROM Account WHERE Name = 'Gamma'"
    expect((await desk.query(soql))[0]?.['Contacts']).toBeNull()
    const all = await org.records.query(org.admin, soql, { deletedToo: true })
    expect(names(recordsOf(all.text)[0]?.['Contacts'])).toEqual(['Gone'])
  })

  it('what is encrypted in a child is given as in a query of its own', async () => {
    const about = accounts.get('Beta')
    await desk.create('Remark__c', { Name: 'R', About__c: about, Secret__c: 'classified' })
    const [row] = await desk.query(
      "SELECT (SELECT Name, Secret__c FROM Remarks__r) FROM Account WHERE Name = 'Beta'",
    )
    const [alone] = await desk.query('SELECT Name, Secret__c FROM Remark__c')
    expect(childrenOf(row, 'Remarks__r').records[0]).toMatchObject({ ...alone })
  })

  it('a long list ends with the address of its rest', async () => {
    const ParentId = await desk.create('Account', { Name: 'Long group' })
    const parent = await desk.create('Account', { Name: 'Long', ParentId })
    const count = limits.queryChildRowsMax + 250
    for (let start = 0; start < count; start += 200) {
      const bodies = Array.from({ length: Math.min(200, count - start) }, (_, index) =>
        body({ LastName: `L${String(start + index).padStart(5, '0')}`, AccountId: parent }),
      )
      await org.records.createMany(org.admin, 'Contact', bodies, { allOrNone: true })
    }
    const soql = `SELECT (SELECT LastName FROM Contacts WHERE LastName LIKE 'L%' ORDER BY LastName) FROM Account WHERE Id = '${parent}'`
    const [row] = await desk.query(soql)
    const list = childrenOf(row, 'Contacts')
    expect(list).toMatchObject({ totalSize: count, done: false })
    expect(list.records).toHaveLength(limits.queryChildRowsMax)
    const locator = list.nextRecordsUrl?.split('/').at(-1) ?? ''
    const rest = await org.records.queryMore(org.admin, locator)
    expect(JSON.parse(rest.text)).toMatchObject({ totalSize: count, done: true })
    const all = [...list.records, ...recordsOf(rest.text)].map((record) => record['LastName'])
    expect(all).toEqual(
      Array.from({ length: count }, (_, index) => `L${String(index).padStart(5, '0')}`),
    )
    // The same within a list.
    const [group] = await desk.query(
      `SELECT (SELECT Id FROM Contacts), (SELECT Name, (SELECT LastName FROM Contacts ORDER BY LastName DESC) FROM Subsidiaries) FROM Account WHERE Id = '${ParentId}'`,
    )
    const [inner] = childrenOf(group, 'Subsidiaries').records
    const last = childrenOf(inner, 'Contacts').nextRecordsUrl?.split('/').at(-1) ?? ''
    expect(recordsOf((await org.records.queryMore(org.admin, last)).text)).toMatchObject(
      all
        .slice(0, 250)
        .map((LastName) => ({ LastName }))
        .toReversed(),
    )
    await expect(org.records.queryMore(org.rep, locator)).rejects.toMatchObject({
      code: 'INVALID_QUERY_LOCATOR',
    })
  })

  it('E9: lists stand in lists to a depth; a longer answer than one may be has fewer records', async () => {
    const nested = (levels: number): string =>
      levels === 1
        ? '(SELECT Name FROM Subsidiaries)'
        : `(SELECT Name, ${nested(levels - 1)} FROM Subsidiaries)`
    const deep = (levels: number) =>
      desk.query(`SELECT Name, ${nested(levels)} FROM Account WHERE Name = 'Level 0'`)
    let ParentId: string | null = null
    for (let level = 0; level <= limits.queryChildLevelsMax; level++) {
      ParentId = await desk.create('Account', { Name: `Level ${level}`, ParentId })
    }
    let [level] = await deep(limits.queryChildLevelsMax)
    for (let below = 1; below <= limits.queryChildLevelsMax; below++) {
      ;[level] = childrenOf(level, 'Subsidiaries').records
    }
    expect(level).toMatchObject({ Name: `Level ${limits.queryChildLevelsMax}` })
    const tooDeep = await refusal(deep(limits.queryChildLevelsMax + 1))
    expect([tooDeep.code, tooDeep.message]).toEqual([
      'MALFORMED_QUERY',
      expect.stringContaining('levels deep'),
    ])

    // Two thousand of these are some 34 megabytes.
    const Notes = `<p>${'n'.repeat(17_000)}</p>`
    const [about = ''] = await desk.column("SELECT Id FROM Account WHERE Name = 'Long'", 'Id')
    await desk.update('Account', String(about), { Notes })
    const heavy = `SELECT LastName, Account.Notes FROM Contact WHERE AccountId = '${about}' ORDER BY LastName`
    const pages = await desk.pages(`${heavy} LIMIT 1999`, { pageRows: 2_000 })
    expect(pages.length).toBeGreaterThan(1)
    expect(pages.flat().map((row) => row['LastName'])).toEqual(
      Array.from({ length: 1_999 }, (_, index) => `L${String(index).padStart(5, '0')}`),
    )
    const ofOne = (limit: string) =>
      desk.query(
        `SELECT (SELECT LastName, Account.Notes FROM Contacts ${limit}) FROM Account WHERE Id = '${about}'`,
      )
    const tooLong = await refusal(ofOne(''))
    expect([tooLong.code, tooLong.message]).toEqual([
      'LIMIT_EXCEEDED',
      expect.stringContaining('LIMIT on lists of children'),
    ])
    const [row] = await ofOne('LIMIT 20')
    expect(childrenOf(row, 'Contacts').records).toHaveLength(20)
  })

  describe('semi-joins', () => {
    const contacts = (where: string, as = org.admin): Promise<unknown[]> =>
      desk.column(
        `SELECT LastName FROM Contact WHERE ${where} AND LastName < 'F' ORDER BY LastName`,
        'LastName',
        as,
      )

    it('find what another query finds', async () => {
      expect(await contacts("AccountId IN (SELECT Id FROM Account WHERE Code = 'A')")).toEqual([
        'Ames',
        'Bond',
      ])
      expect(
        await contacts('AccountId IN (SELECT AccountId FROM Invoice WHERE Account.Code != null)'),
      ).toEqual(['Ames', 'Bond'])
      expect(
        await desk.column(
          'SELECT Name FROM Account WHERE Id IN (SELECT Invoice.AccountId FROM InvoiceLine WHERE Amount > 20) ORDER BY Name',
        ),
      ).toEqual(['Alpha', 'Gamma'])
    })

    it('anti-joins find the rest, records without a value too', async () => {
      expect(await contacts('AccountId NOT IN (SELECT AccountId FROM Invoice)')).toEqual([
        'Cole',
        'Dunn',
      ])
      expect(
        await desk.column(
          "SELECT Name FROM Account WHERE Id NOT IN (SELECT AccountId FROM Contact) AND Name < 'H'",
        ),
      ).toEqual(['Gamma'])
    })

    it('stand within AND, OR and NOT, and count', async () => {
      const some = "AccountId IN (SELECT Id FROM Account WHERE Code = 'B')"
      expect(await contacts(`(${some} OR LastName = 'Ames')`)).toEqual(['Ames', 'Cole'])
      expect(await contacts(`(NOT ${some})`)).toEqual(['Ames', 'Bond', 'Dunn'])
      const { text } = await org.records.query(
        org.admin,
        `SELECT COUNT() FROM Contact WHERE ${some}`,
      )
      expect(JSON.parse(text)).toMatchObject({ totalSize: 1 })
    })

    it.each([
      ['AccountId IN (SELECT Name FROM Account)', 'INVALID_FIELD'],
      ['LastName IN (SELECT Id FROM Account)', 'INVALID_FIELD'],
      ['AccountId IN (SELECT Id FROM Nothing)', 'INVALID_TYPE'],
      ['AccountId IN (SELECT Id, Name FROM Account)', 'MALFORMED_QUERY'],
      ['AccountId IN (SELECT Id FROM Account LIMIT 1)', 'MALFORMED_QUERY'],
      ['AccountId IN (SELECT Id FROM Account WHERE Nope = 1)', 'INVALID_FIELD'],
    ])('%s is refused', async (where, code) => {
      expect((await refusal(contacts(where))).code).toBe(code)
    })
  })

  describe('rights', () => {
    const accountsOnly = (): Caller => {
      const right = { object: 'Account', allowRead: true, allowCreate: false, allowEdit: false }
      const objectPermissions = [
        { ...right, allowDelete: false, viewAllRecords: true, modifyAllRecords: false },
      ]
      const permissionSets = [
        { fullName: 'A', body: { fullName: 'A', label: 'A', objectPermissions } },
      ]
      const grants = { profile: undefined, permissionSets }
      return org.as(compileAccess({ model: org.model, userId: org.rep.userId, grants }))
    }

    it('what the caller may not see is answered like what does not exist', async () => {
      const hidden = await refusal(
        desk.query(
          'SELECT Id FROM Contact WHERE AccountId IN (SELECT Id FROM Payroll__c)',
          org.rep,
        ),
      )
      const missing = await refusal(
        desk.query(
          'SELECT Id FROM Contact WHERE AccountId IN (SELECT Id FROM Payr0ll__c)',
          org.rep,
        ),
      )
      expect(hidden.message.replace('Payroll', 'Payr0ll')).toBe(missing.message)
      const list = (name: string): Promise<unknown> =>
        desk.query(`SELECT (SELECT Id FROM ${name}) FROM Account`, accountsOnly())
      const hiddenList = await refusal(list('Remarks__r'))
      const missingList = await refusal(list('Rem4rks__r'))
      expect(hiddenList.message.replaceAll('Remarks', 'Rem4rks')).toBe(missingList.message)
    })
  })

  it('a relationship that is misspelt is refused with the nearest one and its place', async () => {
    const refused = await refusal(desk.query('SELECT Name, (SELECT Id FROM Contact) FROM Account'))
    expect(refused.code).toBe('INVALID_TYPE')
    expect(refused.message).toContain("Did you mean 'Contacts'?")
    expect(refused.message).toContain('(line 1, column 30)')
  })
})
