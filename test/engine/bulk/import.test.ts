/** Imports: mapped, rehearsed, run, taken back; exports that come back as they went. */
import { buffer, text } from 'node:stream/consumers'
import { randomBytes } from 'node:crypto'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { limits } from '../../../engine/base/limits.ts'
import { createIdSource } from '../../../engine/base/record-id.ts'
import { Refusal } from '../../../engine/base/refusal.ts'
import { createBulk, type Bulk } from '../../../engine/bulk/bulk.ts'
import { exportRows } from '../../../engine/bulk/export-rows.ts'
import { importStatus, stateOf, undoStatus } from '../../../engine/bulk/import/import-job.ts'
import type { ImportRowView, RowWish } from '../../../engine/bulk/import/import-rows.ts'
import type { ImportJob } from '../../../engine/bulk/import/imports.ts'
import type { Caller } from '../../../engine/records/records.ts'
import { databases, type OpenDatabase } from '../../support/databases.ts'
import { body, openOrganisation, type Organisation } from '../../support/organisation.ts'

type Asked = Readonly<Record<string, unknown>>

describe.each(databases)('imports on $name', ({ open }) => {
  let database: OpenDatabase
  let org: Organisation
  let bulk: Bulk
  beforeAll(async () => {
    database = await open()
    org = await openOrganisation(database.storage)
    const clock = { now: () => Date.now() }
    bulk = await createBulk({
      storage: database.storage,
      records: org.records,
      models: { current: () => org.model },
      clock,
      ids: createIdSource(clock, (count) => randomBytes(count)),
      callerOf: async () => org.admin,
      reportError: (error) => {
        throw error
      },
    })
  })
  afterAll(async () => {
    await bulk.close()
    await database.close()
  })

  const begin = async (caller: Caller = org.admin): Promise<string> =>
    (await bulk.imports.create(caller, new Map([['object', 'account']]))).job.id
  const put = (id: string, content: string | Uint8Array<ArrayBuffer>, hints: Asked = {}) =>
    bulk.imports.upload(org.admin, id, {
      body: new Blob([content]).stream(),
      isGzip: false,
      hints: body(hints),
    })
  const upload = async (content: string | Uint8Array<ArrayBuffer>): Promise<ImportJob> =>
    put(await begin(), content)
  const settled = async (id: string): Promise<ImportJob> => {
    for (;;) {
      const found = await bulk.imports.find(org.admin, id)
      const jobs = [found.job, ...(found.undo === undefined ? [] : [found.undo])]
      if (jobs.every(({ state }) => !['UploadComplete', 'InProgress'].includes(state))) return found
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }
  const rehearse = async (id: string, asked: Asked = {}) => {
    await bulk.imports.rehearse(org.admin, id, body(asked))
    return outcome(await settled(id))
  }
  const run = async (id: string, asked: Asked = {}) => {
    await bulk.imports.run(org.admin, id, body(asked))
    return outcome(await settled(id))
  }
  const undo = async (id: string) => {
    await bulk.imports.undo(org.admin, id)
    const { undo: job } = await settled(id)
    if (job === undefined) throw new Error('an undo is a job')
    const { processed, failed } = undoStatus(job)
    return { state: job.state, processed, failed }
  }
  const outcome = ({ job }: ImportJob) => {
    const { created, failed, processed } = importStatus(job)
    return { state: stateOf(job), created, changed: processed - created - failed, failed }
  }
  const rows = async (id: string, wish: Partial<RowWish> & { ofUndo?: boolean }) => {
    const all = { verdict: undefined, from: 0, max: 50, ofUndo: false, ...wish }
    return (await bulk.imports.rows(org.admin, id, all)).rows
  }
  const told = ({ row, problems: [first] }: ImportRowView) => [row, first?.errorCode, first?.fields]
  const query = async (soql: string): Promise<readonly Record<string, unknown>[]> => {
    const { text } = await org.records.query(org.admin, soql)
    return (JSON.parse(text) as { records: readonly Record<string, unknown>[] }).records
  }
  const accounts = async (like: string): Promise<unknown> => {
    const soql = `SELECT Name, Code, Revenue, Parent.Code FROM Account WHERE Name LIKE '${like}' ORDER BY Name`
    return (await query(soql)).map((row) => [
      row['Name'],
      row['Code'],
      row['Revenue'],
      (row['Parent'] as { Code: string } | null)?.Code ?? null,
    ])
  }
  const refusalOf = async (work: Promise<unknown>): Promise<Refusal> => {
    const error: unknown = await work.catch((thrown: unknown) => thrown)
    if (error instanceof Refusal) return error
    throw new Error('nothing was refused', { cause: error })
  }

  it('suggests what the columns mean, reads local dates and numbers, and says what it assumed', async () => {
    const columns = 'account NAME;TAX NUMBER;Revenue;Founded;Reviewed At;Active;Segment;Whatever'
    const { job } = await upload(
      [
        columns,
        'Local 1;T1;1.234,50;31.12.2025;01.07.2026 9:30;ja;CORPORATE;x',
        "Local 2;T2;-7,25;2025-12-30;2026-02-01T09:30:00Z;nein;Retail;'=1",
      ].join('\r\n'),
    )
    const { settings, rows: count, encoding, delimiter } = importStatus(job)
    expect({ count, encoding, delimiter }).toEqual({
      count: 2,
      encoding: 'utf-8',
      delimiter: 'SEMICOLON',
    })
    const fields = ['Name', 'TaxNumber', 'Revenue', 'Founded', 'ReviewedAt', 'IsActive', 'Segment']
    expect(settings).toEqual({
      operation: 'insert',
      matchField: 'Id',
      mapping: [...fields, null],
      dates: 'dmy',
      decimal: ',',
      blanks: 'keep',
    })
    const verdict = { created: 2, changed: 0, failed: 0 }
    expect(await rehearse(job.id)).toEqual({ state: 'rehearsed', ...verdict })
    expect(await accounts('Local%')).toEqual([])
    expect(await run(job.id)).toEqual({ state: 'done', ...verdict })
    const soql = `SELECT ${fields.slice(2).join(', ')} FROM Account WHERE Name LIKE 'Local%' ORDER BY Name`
    expect(await query(soql)).toMatchObject([
      {
        Revenue: 1234.5,
        Founded: '2025-12-31',
        // The user's clock stands in Berlin.
        ReviewedAt: '2026-07-01T07:30:00.000+0000',
        IsActive: true,
        Segment: 'Corporate',
      },
      {
        Revenue: -7.25,
        Founded: '2025-12-30',
        ReviewedAt: '2026-02-01T09:30:00.000+0000',
        IsActive: false,
      },
    ])
  })

  it('rehearses rows that depend on earlier ones, and comes to what it said', async () => {
    // In a column that fills no field: the block is full.
    const ballast = 'x'.repeat(limits.bulkBlockCharsMax)
    const { job } = await upload(
      [
        'Name,Code,TaxNumber,Revenue,Parent.TaxNumber,Ballast',
        'Dep A,DA,DT1,1,,',
        'Dep B,DB,DT1,2,,',
        'Dep C,DC,DT3,3,DT1,',
        `Dep filler,X0,F7,,,${ballast}`,
        'Dep D,DD,,4,DT3,',
        'Dep C2,dc,,5,,',
        'Dep E,DE,F7,6,,',
        'Dep F,DF,,7,Nobody,',
        ',DG,,8,,',
      ].join('\n'),
    )
    const counts = { created: 4, changed: 1, failed: 4 }
    const settings = { operation: 'upsert', matchField: 'code' }
    expect(await rehearse(job.id, settings)).toEqual({ state: 'rehearsed', ...counts })
    const refused = [
      [2, 'DUPLICATE_VALUE', ['TaxNumber']],
      [7, 'DUPLICATE_VALUE', ['TaxNumber']],
      [8, 'INVALID_FIELD', ['ParentId']],
      [9, 'REQUIRED_FIELD_MISSING', ['Name']],
    ]
    expect((await rows(job.id, { verdict: 'refused' })).map(told)).toEqual(refused)
    expect(await accounts('Dep%')).toEqual([])
    const file = await new Response(await bulk.imports.file(org.admin, job.id, 'refused')).text()
    const [header, first] = parse(file) as string[][]
    expect(header?.at(-1)).toBe('Why it was refused')
    expect(first?.slice(0, 3)).toEqual(['Dep B', 'DB', 'DT1'])
    expect(await run(job.id)).toEqual({ state: 'done', ...counts })
    expect((await rows(job.id, { verdict: 'refused' })).map(told)).toEqual(refused)
    expect(await accounts('Dep _')).toEqual([
      ['Dep A', 'DA', 1, null],
      ['Dep D', 'DD', 4, 'DC'],
    ])
    expect(await accounts('Dep C_')).toEqual([['Dep C2', 'DC', 5, 'DA']])
  })

  it('takes changes back, except what somebody changed since; deletions too', async () => {
    const made = await upload('Name,Code,Revenue\nUndo 1,U1,1\nUndo 2,U2,2\nUndo 3,U3,3\n')
    await run(made.job.id)
    const { id } = (await upload('Code,Revenue,Name\nU1,10,Undo 1\nU2,,Undo two\nU9,9,Undo 9\n'))
      .job
    await run(id, { operation: 'upsert', matchField: 'Code', blanks: 'clear' })
    expect(await accounts('Undo%')).toEqual([
      ['Undo 1', 'U1', 10, null],
      ['Undo 3', 'U3', 3, null],
      ['Undo 9', 'U9', 9, null],
      ['Undo two', 'U2', null, null],
    ])
    await org.records.upsert(org.admin, 'Account', 'Code', 'U1', body({ Revenue: 11 }))
    expect(await undo(id)).toEqual({ state: 'JobComplete', processed: 3, failed: 1 })
    const kept = await rows(id, { ofUndo: true, verdict: 'refused' })
    expect(kept.map(told)).toEqual([[1, 'ENTITY_FAILED_IFMATCH', ['Revenue']]])
    const back = [
      ['Undo 1', 'U1', 11, null],
      ['Undo 2', 'U2', 2, null],
      ['Undo 3', 'U3', 3, null],
    ]
    expect(await accounts('Undo%')).toEqual(back)
    expect((await refusalOf(bulk.imports.undo(org.admin, id))).code).toBe('INVALIDJOBSTATE')
    const { text } = await org.records.query(
      org.admin,
      "SELECT COUNT() FROM Account WHERE Code = 'U9' AND IsDeleted = TRUE",
      { deletedToo: true },
    )
    expect(JSON.parse(text)).toMatchObject({ totalSize: 1 })

    const gone = (await upload('Code\nU1\nU3\nU8\n')).job
    const byCode = { operation: 'delete', matchField: 'Code' }
    const verdict = { created: 0, changed: 2, failed: 1 }
    expect(await rehearse(gone.id, byCode)).toEqual({ state: 'rehearsed', ...verdict })
    expect(await accounts('Undo%')).toEqual(back)
    await run(gone.id)
    expect(await accounts('Undo%')).toEqual([['Undo 2', 'U2', 2, null]])
    await undo(gone.id)
    expect(await accounts('Undo%')).toEqual(back)
  })

  it('changes what is there alone when it is told so', async () => {
    await org.records.create(org.admin, 'Account', body({ Name: 'Only 1', TaxNumber: 'O1' }))
    const { job } = await upload('Tax Number,Revenue\no1,5\nO2,6\n')
    const settings = { operation: 'update', matchField: 'TaxNumber' }
    expect(await run(job.id, settings)).toMatchObject({ created: 0, changed: 1, failed: 1 })
    const refused = await rows(job.id, { verdict: 'refused' })
    expect(refused.map(told)).toEqual([[2, 'NOT_FOUND', ['TaxNumber']]])
    expect(await accounts('Only%')).toEqual([['Only 1', null, 5, null]])
  })

  it('H7: an export defuses formulas, keeps numbers, and comes back exactly', async () => {
    const names = ['=1+1', '+x', '-5', '-x', '@a', "'=1", "'a", '#N/A', 'a"b,\nc', 'ü €', '＝1']
    for (const [index, Name] of names.entries()) {
      const values = { Name, Code: `H${index}`, Revenue: -index - 0.5 }
      await org.records.create(org.admin, 'Account', body(values))
    }
    const soql = "SELECT Id, Name, Code, Revenue FROM Account WHERE Code LIKE 'H%' ORDER BY Code"
    const before = await query(soql)
    const parts = { records: org.records, models: { current: () => org.model } }
    const wish = { soql, headings: 'labels', isRaw: false } as const
    // Not by a Response: a server in the same process puts its own in place of the platform's.
    const file = new Uint8Array(await buffer(await exportRows(parts, org.admin, wish)))
    // The mark by which spreadsheets know UTF-8.
    expect([...file.slice(0, 4)]).toEqual([0xef, 0xbb, 0xbf, 0x22])
    const cells = parse(Buffer.from(file), { bom: true }) as string[][]
    expect(cells[0]).toEqual(['Record ID', 'Account Name', 'Code', 'Revenue'])
    for (const [, name = '', , revenue = ''] of cells.slice(1)) {
      expect(/^[=@＝\t\r]|^[+-](?!\d+(\.\d+)?$)/.test(name), name).toBe(false)
      expect(revenue).toMatch(/^-\d+\.50?$/)
    }
    const raw = await exportRows(parts, org.admin, { ...wish, isRaw: true, headings: 'names' })
    expect(parse(await text(raw)) as string[][]).toContainEqual([
      expect.any(String),
      '=1+1',
      'H0',
      '-0.5',
    ])
    for (const { Id } of before) {
      const values = body({ Name: 'emptied', Revenue: null })
      await org.records.update(org.admin, 'Account', String(Id), values)
    }
    const { job } = await upload(file)
    expect(importStatus(job).settings).toMatchObject({ operation: 'update', decimal: '.' })
    expect(await run(job.id)).toMatchObject({ changed: names.length, failed: 0 })
    expect(await query(soql)).toEqual(before)
  })

  it('reads every encoding that it can know, and asks for the others', async () => {
    const text = 'Name,Code\nGrüße €,ENC\n'
    const latin = Uint8Array.from([...Buffer.from('Name\nGr'), 0xfc, 0xdf, 0x65, 0x20, 0x80, 0x0a])
    const wide = Uint8Array.from(Buffer.from(text, 'utf16le'))
    const swapped = Uint8Array.from(Buffer.from(`\uFEFF${text}`, 'utf16le').swap16())
    const sample = async (id: string): Promise<unknown> =>
      (await bulk.imports.sample(org.admin, id)).rows
    for (const [content, encoding] of [
      [`\uFEFF${text}`, 'utf-8'],
      [wide, 'utf-16le'],
      [swapped, 'utf-16be'],
    ] as const) {
      const { job } = await upload(content)
      expect(importStatus(job).encoding).toBe(encoding)
      expect(await sample(job.id)).toEqual([['Grüße €', 'ENC']])
    }
    const id = await begin()
    const refused = await refusalOf(put(id, latin))
    expect(refused.problems).toMatchObject([{ fields: ['encoding'] }])
    // What looks like UTF-8 at the beginning may not be it further down.
    const late = Uint8Array.from([...Buffer.from(`Name\n${'a\n'.repeat(50_000)}`), ...latin])
    expect((await refusalOf(put(id, late))).problems).toMatchObject([{ fields: ['encoding'] }])
    await put(id, latin, { encoding: 'windows-1252' })
    expect(await sample(id)).toEqual([['Grüße €']])
  })

  it('refuses files and mappings that would be guesswork, and jobs of others', async () => {
    const id = await begin()
    const refusals = [
      await refusalOf(put(id, 'Name,Code, NAME\n1,2,3\n')),
      await refusalOf(put(id, '\n')),
      await refusalOf(put(id, '')),
      await refusalOf(put(id, 'Name\n"open')),
      await refusalOf(put(id, 'Name\n', { encoding: 'ebcdic' })),
      await refusalOf(bulk.imports.run(org.admin, id, new Map())),
    ]
    const codes = refusals.map(({ code }) => code)
    expect(codes).toEqual([...Array(5).fill('INVALID_ARGUMENT'), 'INVALIDJOBSTATE'])
    await put(id, 'Name,Code\n1,2\n')
    for (const asked of [
      { mapping: ['Name'] },
      { mapping: ['Name', 'Name'] },
      { mapping: ['Nope', null] },
      { mapping: [null, null] },
      { mapping: ['Name', 'Id'] },
      { mapping: ['Name', 7] },
      { operation: 'upsert', matchField: 'TaxNumber' },
      { operation: 'update', matchField: 'Name' },
      { operation: 'merge' },
      { dates: 7 },
    ]) {
      const refused = await refusalOf(bulk.imports.run(org.admin, id, body(asked)))
      expect(refused.status, JSON.stringify(asked)).toBe(400)
    }
    expect((await refusalOf(bulk.imports.find(org.rep, id))).code).toBe('NOT_FOUND')
    const hidden = bulk.imports.create(org.rep, new Map([['object', 'Payroll__c']]))
    const absent = bulk.imports.create(org.rep, new Map([['object', 'Nowhere__c']]))
    const [one, other] = [await refusalOf(hidden), await refusalOf(absent)]
    expect(one.message.replace('Payroll__c', '')).toBe(other.message.replace('Nowhere__c', ''))
    const parts = { records: org.records, models: { current: () => org.model } }
    const wish = {
      soql: 'SELECT Salary__c FROM Payroll__c',
      headings: 'names',
      isRaw: true,
    } as const
    expect((await refusalOf(exportRows(parts, org.rep, wish))).code).toBe('INVALID_TYPE')
    await bulk.imports.remove(org.admin, id)
    expect((await refusalOf(bulk.imports.find(org.admin, id))).code).toBe('NOT_FOUND')
  })
})
