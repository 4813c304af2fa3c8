/** The use cases of records, on both databases. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Refusal } from '../../../engine/base/refusal.ts'
import type { Caller } from '../../../engine/records/records.ts'
import { databases, type OpenDatabase } from '../../support/databases.ts'
import { body, openOrganisation, type Organisation } from '../../support/organisation.ts'

type Json = Record<string, unknown>

async function refusal(work: Promise<unknown>): Promise<Refusal> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof Refusal)) throw new Error(`expected a refusal, got ${String(error)}`)
  return error
}

describe.each(databases)('records on $name', ({ open }) => {
  let database: OpenDatabase
  let org: Organisation

  beforeAll(async () => {
    database = await open()
    org = await openOrganisation(database.storage)
  })
  afterAll(() => database.close())

  const create = async (object: string, values: Json, as: Caller = org.admin): Promise<string> =>
    (await org.records.create(as, object, body(values))).id
  const read = async (
    object: string,
    id: string,
    fields?: string[],
    as = org.admin,
  ): Promise<Json> => {
    const { text } = await org.records.retrieve(as, object, id, fields)
    const { attributes: _, ...values } = JSON.parse(text) as Json
    return values
  }
  const query = async (soql: string, as = org.admin): Promise<Json[]> => {
    const { text } = await org.records.query(as, soql)
    const { records } = JSON.parse(text) as { records: Json[] }
    return records.map(({ attributes: _, ...values }) => values)
  }
  const rows = async (where: string): Promise<unknown[]> =>
    (await query(`SELECT Name FROM Account WHERE ${where} ORDER BY Name`)).map((row) => row['Name'])

  describe('create and retrieve', () => {
    it('keeps every kind of value exactly', async () => {
      const values = {
        Name: 'Ärger & "Söhne" \u{1F600}',
        Code: 'K-1',
        CreditScore: 712,
        Website: 'https://example.com/a?b=c',
        Revenue: '123456789012345.67',
        Founded: '1999-12-31',
        ReviewedAt: '2026-11-22T09:30:00.123+0000',
        IsActive: false,
        BillingStreet: 'Line 1\nLine 2',
        BillingCity: 'Köln',
        Segment: 'Corporate',
        Product: 'Syndicated Loan',
        Channels: 'Branch;Phone',
      }
      const id = await create('Account', values)
      const stored = await read('Account', id)
      expect(stored).toMatchObject({
        ...values,
        Revenue: 123456789012345.67,
        Channels: 'Phone;Branch',
        BillingAddress: { street: 'Line 1\nLine 2', city: 'Köln', state: null },
        OwnerId: org.admin.userId,
        CreatedById: org.admin.userId,
        IsDeleted: false,
        CreatedDate: '2026-11-22T09:30:00.000+0000',
      })
      expect((await org.records.retrieve(org.admin, 'Account', id, ['Revenue'])).text).toContain(
        '123456789012345.67',
      )
    })

    it('answers a deleted, an unknown and a malformed id as the platform does', async () => {
      const id = await create('Account', { Name: 'Gone' })
      await org.records.remove(org.admin, 'Account', id)
      expect((await refusal(read('Account', id))).code).toBe('ENTITY_IS_DELETED')
      expect((await refusal(read('Account', '001000000000009AAA'))).code).toBe('NOT_FOUND')
      expect((await refusal(read('Account', 'x'))).code).toBe('NOT_FOUND')
      expect((await refusal(read('Contact', id))).code).toBe('NOT_FOUND')
      expect((await refusal(read('Nothing', id))).code).toBe('NOT_FOUND')
    })

    it('takes the 15-character form of an id', async () => {
      const id = await create('Account', { Name: 'Fifteen' })
      expect(await read('Account', id.slice(0, 15), ['Name'])).toEqual({ Name: 'Fifteen' })
    })

    it('fills defaults, numbers and the derived name', async () => {
      const account = await read('Account', await create('Account', { Name: 'Defaults' }))
      expect(account).toMatchObject({ IsActive: true, Segment: 'Retail' })
      const contact = await read(
        'Contact',
        await create('Contact', { FirstName: 'Ann', LastName: 'Lee', Suffix: 'Jr.' }),
      )
      expect(contact['Name']).toBe('Ann Lee Jr.')
      const numbers = [await create('Invoice', {}), await create('Invoice', {})]
      const names = await Promise.all(numbers.map((id) => read('Invoice', id, ['Name'])))
      expect(names).toEqual([{ Name: 'INV-0001' }, { Name: 'INV-0002' }])
    })

    it('reports all problems of a body at once', async () => {
      const error = await refusal(
        create('Account', {
          Name: null,
          Code: 'x'.repeat(21),
          CreditScore: 'many',
          Segment: 'Nowhere',
          Website: 'javascript:alert(1)',
          Nonsense: 1,
          CreatedDate: '2020-01-01T00:00:00Z',
          ParentId: '003000000000001AAA',
        }),
      )
      const found = error.problems.map((problem) => [problem.errorCode, problem.fields[0]])
      expect(found).toEqual(
        expect.arrayContaining([
          ['REQUIRED_FIELD_MISSING', 'Name'],
          ['STRING_TOO_LONG', 'Code'],
          ['INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', 'Segment'],
          ['INVALID_FIELD', 'Nonsense'],
          ['INVALID_FIELD_FOR_INSERT_UPDATE', 'CreatedDate'],
          ['INVALID_CROSS_REFERENCE_KEY', 'ParentId'],
        ]),
      )
      expect(found.map(([, field]) => field)).toContain('CreditScore')
      expect(found.map(([, field]) => field)).toContain('Website')
      expect(await query("SELECT Id FROM Account WHERE Code LIKE 'xxx%'")).toEqual([])
    })

    it('refuses system fields and numbers by name, and stores nothing (D1)', async () => {
      for (const field of [
        'Id',
        'IsDeleted',
        'CreatedById',
        'LastModifiedDate',
        'SystemModstamp',
      ]) {
        const error = await refusal(create('Account', { Name: 'D1', [field]: null }))
        expect(error.problems[0]).toMatchObject({
          errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE',
          fields: [field],
        })
      }
      expect((await refusal(create('Invoice', { Name: 'INV-9999' }))).problems[0]?.fields).toEqual([
        'Name',
      ])
      expect(await rows("Name = 'D1'")).toEqual([])
    })

    it('refuses wrong JSON types without converting them (D5)', async () => {
      const wrong: readonly (readonly [string, unknown])[] = [
        ['CreditScore', true],
        ['CreditScore', [1]],
        ['IsActive', 'false'],
        ['IsActive', 1],
        ['Name', 5],
        ['Name', { a: 1 }],
        ['Founded', 20200101],
        ['Founded', '2021-02-29'],
        ['ReviewedAt', 'yesterday'],
        ['ParentId', 7],
        ['Channels', ['Phone']],
      ]
      for (const [field, value] of wrong) {
        const error = await refusal(create('Account', { Name: 'D5', [field]: value }))
        expect(
          error.problems.map((problem) => problem.fields).flat(),
          `${field}=${JSON.stringify(value)}`,
        ).toContain(field)
      }
    })

    it('keeps money exact or refuses it (N4)', async () => {
      const cases: readonly (readonly [unknown, string | undefined])[] = [
        [0.1 + 0.2, undefined],
        ['0.30', '0.30'],
        ['9999999999999999.99', '9999999999999999.99'],
        ['99999999999999999.99', undefined],
        ['1.005', '1.01'],
        [-0, '0.00'],
        [1e21, undefined],
        ['12345678901234567890', undefined],
      ]
      for (const [value, expected] of cases) {
        const work = create('Account', { Name: 'N4', Revenue: value })
        if (expected === undefined) {
          expect((await refusal(work)).code, String(value)).toBe('NUMBER_OUTSIDE_VALID_RANGE')
        } else {
          const { text } = await org.records.retrieve(org.admin, 'Account', await work, ['Revenue'])
          expect(text, String(value)).toContain(`"Revenue":${expected}}`)
        }
      }
    })

    it('refuses lone surrogates and NUL on both databases (N6)', async () => {
      for (const name of ['a\ud800', 'a\0b']) {
        await expect(create('Account', { Name: name })).rejects.toBeInstanceOf(Refusal)
      }
    })

    it('encrypts what must be, and masks it for whom it must be', async () => {
      const id = await create('Remark__c', { Name: 'Card', Secret__c: '4111111111111111' })
      expect(await read('Remark__c', id, ['Secret__c'])).toEqual({ Secret__c: '4111111111111111' })
      const masked = await read('Remark__c', id, ['Secret__c'], org.rep)
      expect(masked['Secret__c']).toMatch(/^\*+1111$/)
    })

    it('takes every text literally: nothing becomes SQL (A1)', async () => {
      const texts = [
        `'; drop table Account; --`,
        `a\\'b`,
        '?1 $1 :x ${y}',
        `"quoted" \`ticks\``,
        '/* c */ -- d',
        '%_\\',
      ]
      for (const text of texts) {
        const id = await create('Account', { Name: text })
        const literal = text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")
        expect(
          (await query(`SELECT Id FROM Account WHERE Name = '${literal}'`)).map((row) => row['Id']),
        ).toContain(id)
      }
    })
  })

  describe('update', () => {
    it('changes what is given and nothing else, and counts the version up', async () => {
      const id = await create('Account', { Name: 'Up', Code: 'UP-1' })
      org.clock.now += 1000
      const saved = await org.records.update(org.admin, 'Account', id, body({ Code: 'UP-2' }))
      expect(saved.version).toBe(2)
      const after = await read('Account', id)
      expect(after).toMatchObject({
        Name: 'Up',
        Code: 'UP-2',
        LastModifiedDate: '2026-11-22T09:30:01.000+0000',
      })
    })

    it('answers an old version with 412 (J1)', async () => {
      const id = await create('Account', { Name: 'Old' })
      await org.records.update(org.admin, 'Account', id, body({ Name: 'New' }), { ifVersion: 1 })
      const error = await refusal(
        org.records.update(org.admin, 'Account', id, body({ Name: 'Mine' }), { ifVersion: 1 }),
      )
      expect([error.status, error.details]).toEqual([412, { version: 2 }])
      expect(await read('Account', id, ['Name'])).toEqual({ Name: 'New' })
    })

    it('merges edits that do not overlap and shows both values of those that do', async () => {
      const id = await create('Account', { Name: 'Both', Code: 'B-1', Revenue: 5 })
      await org.records.update(org.admin, 'Account', id, body({ Code: 'B-2' }), {
        base: body({ Code: 'B-1' }),
      })
      await org.records.update(org.admin, 'Account', id, body({ Revenue: 6 }), {
        base: body({ Revenue: '5.00' }),
      })
      const error = await refusal(
        org.records.update(org.admin, 'Account', id, body({ Code: 'B-3' }), {
          base: body({ Code: 'B-1' }),
        }),
      )
      expect(error.code).toBe('ENTITY_FAILED_IFMATCH')
      expect(error.details).toMatchObject({
        conflicts: [{ field: 'Code', base: 'B-1', yours: 'B-3', theirs: 'B-2' }],
      })
      expect(await read('Account', id, ['Code', 'Revenue'])).toEqual({ Code: 'B-2', Revenue: 6 })
    })

    it('lets parallel updates of one record all count (no lost update)', async () => {
      const id = await create('Account', { Name: 'Many' })
      const fields = ['Code', 'TaxNumber', 'Website', 'Founded']
      const values = ['P-1', 'T-1', 'https://example.com', '2020-02-02']
      await Promise.all(
        fields.map((field, index) =>
          org.records.update(org.admin, 'Account', id, body({ [field]: values[index] })),
        ),
      )
      expect(await read('Account', id, fields)).toEqual(
        Object.fromEntries(fields.map((field, index) => [field, values[index]])),
      )
      expect((await org.records.retrieve(org.admin, 'Account', id)).version).toBe(5)
    })

    it('checks a dependent value when either field changes', async () => {
      const id = await create('Account', {
        Name: 'Dep',
        Segment: 'Corporate',
        Product: 'Syndicated Loan',
      })
      const error = await refusal(
        org.records.update(org.admin, 'Account', id, body({ Segment: 'Retail' })),
      )
      expect(error.problems[0]?.fields).toEqual(['Product'])
      await org.records.update(
        org.admin,
        'Account',
        id,
        body({ Segment: 'Retail', Product: 'Card' }),
      )
    })

    it('keeps an inactive value that is sent again, and refuses it for others', async () => {
      const error = await refusal(create('Account', { Name: 'Inactive', Segment: 'Old' }))
      expect(error.code).toBe('INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST')
    })

    it('derives the name again from its parts', async () => {
      const id = await create('Contact', { FirstName: 'Ann', LastName: 'Lee' })
      await org.records.update(org.admin, 'Contact', id, body({ LastName: 'Leigh' }))
      expect(await read('Contact', id, ['Name', 'FirstName'])).toEqual({
        Name: 'Ann Leigh',
        FirstName: 'Ann',
      })
    })
  })

  describe('unique values', () => {
    it('lets exactly one of 50 parallel creates win (J2)', async () => {
      const results = await Promise.allSettled(
        Array.from({ length: 50 }, (_, index) =>
          create('Account', { Name: `U${index}`, Code: 'ONE' }),
        ),
      )
      expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1)
      const codes = results.flatMap((result) =>
        result.status === 'rejected' ? [(result.reason as Refusal).problems[0]] : [],
      )
      expect(
        codes.every(
          (problem) => problem?.errorCode === 'DUPLICATE_VALUE' && problem.fields[0] === 'Code',
        ),
      ).toBe(true)
    })

    it('ignores case unless told otherwise, and frees the value with the delete', async () => {
      const id = await create('Account', { Name: 'Case', Code: 'straße' })
      expect((await refusal(create('Account', { Name: 'Case 2', Code: 'STRASSE' }))).code).toBe(
        'DUPLICATE_VALUE',
      )
      await org.records.remove(org.admin, 'Account', id)
      await create('Account', { Name: 'Case 3', Code: 'STRASSE' })
      const error = await refusal(org.records.undelete(org.admin, id))
      expect([error.code, error.problems[0]?.fields]).toEqual(['DUPLICATE_VALUE', ['Code']])
    })

    it('upserts by external id: creates once, then updates', async () => {
      const first = await org.records.upsert(
        org.admin,
        'Account',
        'Code',
        'EXT-1',
        body({ Name: 'First' }),
      )
      const second = await org.records.upsert(
        org.admin,
        'Account',
        'code',
        'ext-1',
        body({ Name: 'Second' }),
      )
      expect([first.created, second.created, second.id]).toEqual([true, false, first.id])
      expect(
        (await refusal(org.records.upsert(org.admin, 'Account', 'Website', 'x', body({})))).code,
      ).toBe('INVALID_FIELD')
      const parallel = await Promise.all(
        Array.from({ length: 10 }, () =>
          org.records.upsert(org.admin, 'Account', 'Code', 'EXT-2', body({ Name: 'P' })),
        ),
      )
      expect(new Set(parallel.map((result) => result.id)).size).toBe(1)
    })
  })

  describe('delete and undelete', () => {
    it('takes details along, unlinks lookups, and brings all back', async () => {
      const account = await create('Account', { Name: 'Tree' })
      const contact = await create('Contact', { LastName: 'Leaf', AccountId: account })
      const invoice = await create('Invoice', {})
      const line = await create('InvoiceLine', { Name: 'L1', InvoiceId: invoice, Amount: 5 })
      await org.records.remove(org.admin, 'Invoice', invoice)
      expect((await refusal(read('InvoiceLine', line))).code).toBe('ENTITY_IS_DELETED')
      expect((await refusal(org.records.undelete(org.admin, line))).code).toBe('UNDELETE_FAILED')
      await org.records.undelete(org.admin, invoice)
      expect(await read('InvoiceLine', line, ['Amount', 'InvoiceId'])).toEqual({
        Amount: 5,
        InvoiceId: invoice,
      })

      await org.records.remove(org.admin, 'Account', account)
      expect(await read('Contact', contact, ['AccountId'])).toEqual({ AccountId: null })
      await org.records.undelete(org.admin, account)
      expect(await read('Contact', contact, ['AccountId'])).toEqual({ AccountId: account })
    })

    it('refuses while a restricting record refers to it, and names it', async () => {
      const account = await create('Account', { Name: 'Held' })
      const invoice = await create('Invoice', { AccountId: account })
      const error = await refusal(org.records.remove(org.admin, 'Account', account))
      expect([error.code, error.details]).toEqual(['DELETE_FAILED', { references: [invoice] }])
      expect(await read('Account', account, ['Name'])).toEqual({ Name: 'Held' })
    })

    it('shows the recycle bin to queryAll alone, until it is purged', async () => {
      const id = await create('Account', { Name: 'Binned' })
      await org.records.remove(org.admin, 'Account', id)
      expect(await rows("Name = 'Binned'")).toEqual([])
      const all = await org.records.query(
        org.admin,
        "SELECT Id FROM Account WHERE IsDeleted = true AND Name = 'Binned'",
        { deletedToo: true },
      )
      expect(all.text).toContain(id)
      await org.records.purge(org.admin, id)
      expect((await refusal(read('Account', id))).code).toBe('NOT_FOUND')
      expect((await refusal(org.records.undelete(org.admin, id))).code).toBe('NOT_FOUND')
    })

    it('never leaves an orphan when a parent goes while children come (J7)', async () => {
      for (let round = 0; round < 8; round++) {
        const invoice = await create('Invoice', {})
        const lines = Array.from({ length: 10 }, (_, index) =>
          create('InvoiceLine', { Name: `L${index}`, InvoiceId: invoice }).catch(() => undefined),
        )
        await Promise.all([org.records.remove(org.admin, 'Invoice', invoice), ...lines])
        expect(await query(`SELECT Id FROM InvoiceLine WHERE InvoiceId = '${invoice}'`)).toEqual([])
      }
    })
  })

  describe('collections', () => {
    it('saves all or none', async () => {
      const bodies = [body({ Name: 'C1', Code: 'C-1' }), body({ Name: 'C2', Code: 'C-1' })]
      await expect(
        org.records.createMany(org.admin, 'Account', bodies, { allOrNone: true }),
      ).rejects.toBeInstanceOf(Refusal)
      expect(await rows("Name IN ('C1', 'C2')")).toEqual([])
      const results = await org.records.createMany(org.admin, 'Account', bodies, {
        allOrNone: false,
      })
      expect(results.filter((result) => result instanceof Error)).toHaveLength(1)
    })
  })

  describe('queries', () => {
    it('finds by each operator what it says, nulls included (N10)', async () => {
      await create('Account', {
        Name: 'Q1',
        Website: 'https://q.example.com/1',
        CreditScore: 10,
        Founded: '2020-01-01',
        Channels: 'Phone;Mail',
      })
      await create('Account', {
        Name: 'Q2',
        Website: 'https://q.example.com/2',
        CreditScore: 20,
        Founded: '2021-01-01',
        Channels: 'Mail',
      })
      await create('Account', { Name: 'Q3' })
      const of = (where: string): Promise<unknown[]> => rows(`Name LIKE 'q_' AND (${where})`)
      expect(await of('CreditScore = 10')).toEqual(['Q1'])
      expect(await of('CreditScore != 10')).toEqual(['Q2', 'Q3'])
      expect(await of('CreditScore > 10.5')).toEqual(['Q2'])
      expect(await of('CreditScore = 10.5')).toEqual([])
      expect(await of('CreditScore <= 20 AND CreditScore >= 10')).toEqual(['Q1', 'Q2'])
      expect(await of('CreditScore = null')).toEqual(['Q3'])
      expect(await of('NOT (CreditScore = 10)')).toEqual(['Q2', 'Q3'])
      expect(await of('CreditScore IN (10, 20, null)')).toEqual(['Q1', 'Q2', 'Q3'])
      expect(await of('CreditScore NOT IN (10)')).toEqual(['Q2', 'Q3'])
      expect(await of("Website = ''")).toEqual(['Q3'])
      expect(await of("Website LIKE '%.EXAMPLE.com/1'")).toEqual(['Q1'])
      expect(await of("Channels INCLUDES ('Phone;Mail')")).toEqual(['Q1'])
      expect(await of("Channels INCLUDES ('Phone', 'Mail')")).toEqual(['Q1', 'Q2'])
      expect(await of("Channels EXCLUDES ('Phone')")).toEqual(['Q2', 'Q3'])
      expect(await of('Founded < 2020-06-01')).toEqual(['Q1'])
      expect(await of('IsActive = true')).toEqual(['Q1', 'Q2', 'Q3'])
    })

    it('takes wildcards literally when escaped (A9)', async () => {
      for (const name of ['50%', '50 percent', 'a_b', 'axb', 'back\\slash'])
        await create('Account', { Name: `W ${name}` })
      expect(await rows("Name LIKE 'W 50\\%'")).toEqual(['W 50%'])
      expect(await rows("Name LIKE 'W a\\_b'")).toEqual(['W a_b'])
      expect(await rows("Name LIKE 'W back\\\\sl%'")).toEqual(['W back\\slash'])
    })

    it('sorts case, accents, digits, blanks and nulls alike on both databases (N7)', async () => {
      const names = [
        'zebra',
        'Äpfel',
        'apfel',
        'Apfel',
        'Zebra',
        '10',
        '9',
        'éclair',
        'Eclair',
        ' blank',
      ]
      for (const name of names)
        await create('Account', { Name: `S${name}`, Website: 'https://sort.example.com' })
      const sorted = await query(
        "SELECT Name FROM Account WHERE Website = 'https://sort.example.com' ORDER BY Name",
      )
      expect(sorted.map((row) => String(row['Name']).slice(1))).toEqual([
        ' blank',
        '10',
        '9',
        'Apfel',
        'apfel',
        'Äpfel',
        'Eclair',
        'éclair',
        'Zebra',
        'zebra',
      ])
      const nulls = await query(
        "SELECT Name, CreditScore FROM Account WHERE Name LIKE 'q_' ORDER BY CreditScore DESC NULLS LAST",
      )
      expect(nulls.map((row) => row['Name'])).toEqual(['Q2', 'Q1', 'Q3'])
      const first = await query(
        "SELECT Name FROM Account WHERE Name LIKE 'q_' ORDER BY CreditScore",
      )
      expect(first.map((row) => row['Name'])).toEqual(['Q3', 'Q1', 'Q2'])
    })

    it('reads, filters and sorts over parents', async () => {
      const parent = await create('Account', { Name: 'Group' })
      const child = await create('Account', { Name: 'Daughter', ParentId: parent })
      await create('Contact', { LastName: 'Over', AccountId: child })
      const found = await query(
        "SELECT Name, Account.Name, Account.Parent.Name, Account.Parent.Parent.Name FROM Contact WHERE Account.Parent.Name = 'group' ORDER BY Account.Name",
      )
      expect(found).toMatchObject([
        { Name: 'Over', Account: { Name: 'Daughter', Parent: { Name: 'Group', Parent: null } } },
      ])
    })

    it('reads the name behind a lookup with several targets', async () => {
      const account = await create('Account', { Name: 'Poly' })
      await create('Remark__c', { Name: 'R', About__c: account })
      const [row] = await query(
        "SELECT About__r.Name, About__r.Type FROM Remark__c WHERE Name = 'R'",
      )
      expect(row).toMatchObject({ About__r: { Name: 'Poly', Type: 'Account' } })
    })

    it('pages without repeating or leaving out a row, and knows the total', async () => {
      for (let index = 0; index < 7; index++) await create('Account', { Name: `Page ${index}` })
      const soql = "SELECT Name FROM Account WHERE Name LIKE 'Page %' ORDER BY Name"
      const names: unknown[] = []
      let page = JSON.parse(
        (await org.records.query(org.admin, soql, { pageRows: 3 })).text,
      ) as Json
      for (;;) {
        expect(page['totalSize']).toBe(7)
        names.push(...(page['records'] as Json[]).map((row) => row['Name']))
        if (page['done'] === true) break
        const locator = String(page['nextRecordsUrl']).split('/').at(-1) ?? ''
        page = JSON.parse((await org.records.queryMore(org.admin, locator)).text) as Json
      }
      expect(names).toEqual(Array.from({ length: 7 }, (_, index) => `Page ${index}`))
      expect((await refusal(org.records.queryMore(org.rep, '01g-3'))).code).toBe(
        'INVALID_QUERY_LOCATOR',
      )
    })

    it('counts', async () => {
      const { text } = await org.records.query(
        org.admin,
        "SELECT COUNT() FROM Account WHERE Name LIKE 'Page %'",
      )
      expect(JSON.parse(text)).toEqual({ totalSize: 7, done: true, records: [] })
    })

    it('understands date literals in the zone of the user (N1)', async () => {
      // 23:30 in UTC on the 21st is the 22nd in Berlin.
      await create('Account', { Name: 'Zone', ReviewedAt: '2026-11-21T23:30:00Z' })
      expect(await rows("Name = 'Zone' AND ReviewedAt = TODAY")).toEqual(['Zone'])
      const utc = { ...org.admin, timeZone: 'UTC' }
      expect(
        await query("SELECT Id FROM Account WHERE Name = 'Zone' AND ReviewedAt = TODAY", utc),
      ).toEqual([])
    })
  })

  describe('what a rep may not know', () => {
    const hidden = ['CreditScore', 'NoSuchField']
    const shapes = [
      (name: string) => `SELECT ${name} FROM Account`,
      (name: string) => `SELECT Id FROM Account WHERE ${name} = 700`,
      (name: string) => `SELECT Id FROM Account WHERE ${name} IN (700)`,
      (name: string) => `SELECT Id FROM Account ORDER BY ${name}`,
      (name: string) => `SELECT Account.${name} FROM Contact`,
      (name: string) => `SELECT Id FROM Contact WHERE Account.${name} > 700`,
      (name: string) => `SELECT Id FROM Contact ORDER BY Account.${name}`,
      (name: string) => `SELECT Account.Parent.${name} FROM Contact`,
    ]

    it.each(shapes.map((shape) => [shape('X'), shape] as const))(
      'is answered like what does not exist: %s',
      async (_name, shape) => {
        const answers = await Promise.all(
          hidden.map(async (name) => {
            const error = await refusal(org.records.query(org.rep, shape(name)))
            return JSON.stringify(error.problems).replaceAll(name, '?')
          }),
        )
        expect(answers[0]).toBe(answers[1])
        expect(answers[0]).toContain('INVALID_FIELD')
      },
    )

    it('does not occur in answers, describe or writes', async () => {
      const id = await create('Account', { Name: 'Hidden', CreditScore: 700 })
      const { text } = await org.records.retrieve(org.rep, 'Account', id)
      expect(text).not.toContain('CreditScore')
      expect(org.records.describe(org.rep, 'Account')).not.toContain('CreditScore')
      expect(org.records.globalDescribe(org.rep)).not.toContain('Payroll')
      for (const value of [700, 1]) {
        const error = await refusal(
          org.records.update(org.rep, 'Account', id, body({ CreditScore: value })),
        )
        expect(error.code).toBe('INVALID_FIELD')
      }
      expect(
        (await refusal(org.records.update(org.rep, 'Account', id, body({ TaxNumber: 'x' })))).code,
      ).toBe('INVALID_FIELD_FOR_INSERT_UPDATE')
      expect((await refusal(org.records.query(org.rep, 'SELECT Id FROM Payroll__c'))).code).toBe(
        'INVALID_TYPE',
      )
    })

    it('lets a user with one read-only field edit another', async () => {
      const id = await create('Account', { Name: 'Partly', TaxNumber: 'T-9' })
      await org.records.update(org.rep, 'Account', id, body({ Name: 'Wholly' }))
      expect(await read('Account', id, ['Name', 'TaxNumber'])).toEqual({
        Name: 'Wholly',
        TaxNumber: 'T-9',
      })
    })
  })
})
