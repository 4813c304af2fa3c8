/** Bulk API 2.0: CSV in and out by jobs, as stock clients drive them. */
import { gzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { limits } from '../../engine/base/limits.ts'
import { sql } from '../../engine/sql/sql.ts'
import { openApi, type Api, type Ask, type Json, type Told } from '../support/api.ts'
import { databases } from '../support/databases.ts'

const data = '/services/data/v60.0'
const ingest = `${data}/jobs/ingest`
const csv = { 'content-type': 'text/csv; charset=UTF-8' }

describe.each(databases)('bulk jobs on $name', (database) => {
  let api: Api
  beforeAll(async () => {
    api = await openApi(database)
  })
  afterAll(() => api.close())

  const admin = (method: string, path: string, ask: Ask = {}) =>
    api.ask(method, path, { as: 'admin', ...ask })
  const open = async (spec: object, as: Ask['as'] = 'admin'): Promise<string> => {
    const { status, json, text } = await api.ask('POST', ingest, { as, body: spec })
    expect(status, text).toBe(200)
    return String(json['id'])
  }
  const finished = async (path: string): Promise<Json> => {
    for (;;) {
      const { json } = await admin('GET', path)
      if (['JobComplete', 'Failed', 'Aborted'].includes(String(json['state']))) return json
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  const put = (id: string, body: string, headers: Record<string, string> = {}): Promise<Told> =>
    admin('PUT', `${ingest}/${id}/batches`, { body, headers: { ...csv, ...headers } })
  const load = async (spec: object, body: string): Promise<{ id: string; job: Json }> => {
    const id = await open(spec)
    const { status, text } = await put(id, body)
    expect(status, text).toBe(201)
    const closed = await admin('PATCH', `${ingest}/${id}`, { body: { state: 'UploadComplete' } })
    expect(closed.status, closed.text).toBe(200)
    return { id, job: await finished(`${ingest}/${id}`) }
  }
  const rowsOf = (text: string, delimiter = ','): string[][] =>
    parse(text, { delimiter, relax_column_count: true })
  const results = async (id: string, kind: string): Promise<string[][]> =>
    rowsOf((await admin('GET', `${ingest}/${id}/${kind}`)).text)
  const query = async (soql: string): Promise<readonly Json[]> =>
    (await admin('GET', `${data}/query?q=${encodeURIComponent(soql)}`)).json['records'] as Json

  it('a job goes through its states and tells of itself what clients read', async () => {
    const spec = { object: 'account', operation: 'insert', lineEnding: 'LF' }
    const { json } = await admin('POST', ingest, { body: spec })
    const id = String(json['id'])
    expect(id).toMatch(/^750[0-9A-Za-z]{12}[A-Z0-5]{3}$/)
    expect(json).toMatchObject({
      object: 'Account',
      operation: 'insert',
      state: 'Open',
      apiVersion: 60,
      contentUrl: `services/data/v60.0/jobs/ingest/${id}/batches`,
      columnDelimiter: 'COMMA',
      lineEnding: 'LF',
    })
    const uploaded = await put(id, 'Name,Phone\nStates 1,1\nStates 2,2\n')
    expect([uploaded.status, uploaded.text]).toEqual([201, ''])
    expect((await put(id, 'Name\nagain\n')).code).toBe('INVALIDJOBSTATE')
    await admin('PATCH', `${ingest}/${id}`, { body: { state: 'UploadComplete' } })
    expect(await finished(`${ingest}/${id}`)).toMatchObject({
      state: 'JobComplete',
      numberRecordsProcessed: 2,
      numberRecordsFailed: 0,
    })
    const listed = await admin('GET', ingest)
    expect(listed.json['records']?.map((job) => job['id'])).toContain(id)
    expect((await admin('DELETE', `${ingest}/${id}`)).status).toBe(204)
    expect((await admin('GET', `${ingest}/${id}`)).status).toBe(404)
  })

  it('tells of every row what became of it', async () => {
    const { id, job } = await load(
      { object: 'Account', operation: 'insert' },
      'Name,Phone\nRow 1,1\n,2\n"Row, ""3""\nand more",3\ntoo few\n#N/A,5\n',
    )
    expect(job).toMatchObject({ numberRecordsProcessed: 5, numberRecordsFailed: 3 })
    const done = await results(id, 'successfulResults')
    expect(done[0]).toEqual(['sf__Id', 'sf__Created', 'Name', 'Phone'])
    expect(done.slice(1).map((row) => row.slice(1))).toEqual([
      ['true', 'Row 1', '1'],
      ['true', 'Row, "3"\nand more', '3'],
    ])
    const failed = await results(id, 'failedResults')
    const missing = 'REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --'
    expect(failed).toEqual([
      ['sf__Id', 'sf__Error', 'Name', 'Phone'],
      ['', missing, '', '2'],
      ['', 'INVALID_ARGUMENT:The row has 1 cells, the header 2.: --', 'too few'],
      ['', missing, '#N/A', '5'],
    ])
    expect(await results(id, 'unprocessedrecords')).toEqual([['Name', 'Phone']])
  })

  it.each([
    ['COMMA', ',', 'LF', '\n'],
    ['SEMICOLON', ';', 'CRLF', '\r\n'],
    ['TAB', '\t', 'LF', '\n'],
    ['PIPE', '|', 'CRLF', '\r\n'],
    ['CARET', '^', 'LF', '\n'],
    ['BACKQUOTE', '`', 'CRLF', '\r\n'],
  ])('reads and writes %s with %s…', async (columnDelimiter, mark, lineEnding, end) => {
    const name = `${columnDelimiter} "x"${mark}${end}y`
    const quoted = `"${name.replaceAll('"', '""')}"`
    const text = `\uFEFFname${mark}NUMBEROFEMPLOYEES${mark}IsActive${end}${quoted}${mark}3.00E+02${mark}TRUE${end}`
    const format = { columnDelimiter, lineEnding }
    const { id, job } = await load(
      { object: 'Account', operation: 'insert', ...format },
      text.replace(`${mark}IsActive`, '').replace(`${mark}TRUE`, ''),
    )
    const answer = await admin('GET', `${ingest}/${id}/failedResults`)
    expect(job['numberRecordsFailed'], answer.text).toBe(0)
    const done = (await admin('GET', `${ingest}/${id}/successfulResults`)).text
    expect(done.startsWith(`"sf__Id"${mark}"sf__Created"${mark}"name"`)).toBe(true)
    expect(done.endsWith(`${mark}"3.00E+02"${end}`)).toBe(true)
    const [found] = await query(
      `SELECT NumberOfEmployees FROM Account WHERE Name LIKE '${columnDelimiter}%'`,
    )
    expect(found?.['NumberOfEmployees']).toBe(300)
  })

  it('changes, empties and leaves alone', async () => {
    const made = await load(
      { object: 'Account', operation: 'insert' },
      'Name,Phone,Site\nKeep,1,a\nEmpty,2,b\n',
    )
    const [, keep = [], empty = []] = await results(made.id, 'successfulResults')
    const { job } = await load(
      { object: 'Account', operation: 'update' },
      `Id,Phone,Site\n${keep[0]},,c\n${empty[0]},#N/A,\n001000000000001AAA,9,9\n${keep[0]},5,5\n`,
    )
    expect(job).toMatchObject({ numberRecordsProcessed: 4, numberRecordsFailed: 2 })
    const rows = await query(
      `SELECT Name, Phone, Site FROM Account WHERE Name IN ('Keep', 'Empty') ORDER BY Name DESC`,
    )
    expect(rows.map((row) => [row['Phone'], row['Site']])).toEqual([
      ['1', 'c'],
      [null, 'b'],
    ])
  })

  it('upserts by external id and finds parents by theirs', async () => {
    const spec = {
      object: 'Account',
      operation: 'upsert',
      externalIdFieldName: 'SourceSystemIdentifier',
    }
    const first = await load(spec, 'SourceSystemIdentifier,Name\nS-1,One\nS-2,Two\n')
    expect(first.job['numberRecordsFailed']).toBe(0)
    const second = await load(
      spec,
      'SourceSystemIdentifier,Name\nS-2,Two again\nS-3,Three\n,None\n',
    )
    const done = await results(second.id, 'successfulResults')
    expect(done.slice(1).map((row) => row[1])).toEqual(['false', 'true'])
    const { id, job } = await load(
      { object: 'Contact', operation: 'insert' },
      'LastName,Account.SourceSystemIdentifier\nOf two,S-2\nOf nobody,S-9\nAlone,#N/A\nFree,\n',
    )
    expect(job).toMatchObject({ numberRecordsProcessed: 4, numberRecordsFailed: 1 })
    expect((await results(id, 'failedResults'))[1]?.[1]).toMatch(
      /^INVALID_FIELD:Foreign key external ID: S-9 not found/,
    )
    const [contact] = await query("SELECT Account.Name FROM Contact WHERE LastName = 'Of two'")
    expect(contact?.['Account']?.['Name']).toBe('Two again')
  })

  it('a reference that only the database refuses costs its own row alone', async () => {
    const rows = Array.from(
      { length: 40 },
      (_, index) => `C${index},${index === 17 || index === 30 ? '001000000000001AAA' : ''}`,
    )
    const { id, job } = await load(
      { object: 'Contact', operation: 'insert' },
      `LastName,AccountId\n${rows.join('\n')}\n`,
    )
    expect(job).toMatchObject({ numberRecordsProcessed: 40, numberRecordsFailed: 2 })
    const failed = await results(id, 'failedResults')
    expect(failed.slice(1).map((row) => row[2])).toEqual(['C17', 'C30'])
    expect(
      await query("SELECT COUNT(Id) n FROM Contact WHERE LastName LIKE 'C%' AND LastName < 'D'"),
    ).toMatchObject([{ n: 38 }])
  })

  it('deletes to the recycle bin, and for good where that is allowed', async () => {
    const made = await load({ object: 'Account', operation: 'insert' }, 'Name\nBin 1\nBin 2\n')
    const ids = (await results(made.id, 'successfulResults')).slice(1).map((row) => row[0])
    const soft = await load(
      { object: 'Account', operation: 'delete' },
      `Id\n${ids[0]}\n${ids[0]}\nnope\n`,
    )
    expect(soft.job).toMatchObject({ numberRecordsProcessed: 3, numberRecordsFailed: 2 })
    const hard = await load({ object: 'Account', operation: 'hardDelete' }, `Id\n${ids[1]}\n`)
    expect(hard.job['numberRecordsFailed']).toBe(0)
    const all = await admin(
      'GET',
      `${data}/queryAll?q=${encodeURIComponent("SELECT Name FROM Account WHERE Name LIKE 'Bin%'")}`,
    )
    expect(all.json['records']?.map((row) => row['Name'])).toEqual(['Bin 1'])
    const asRep = await api.ask('POST', ingest, {
      as: 'rep',
      body: { object: 'Account', operation: 'hardDelete' },
    })
    expect([asRep.status, asRep.code]).toEqual([403, 'INSUFFICIENT_ACCESS'])
  })

  it('takes an upload in gzip, and one that comes as a stream', async () => {
    const id = await open({ object: 'Account', operation: 'insert' })
    const bytes = gzipSync('Name\nZipped\n')
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        for (const byte of bytes) controller.enqueue(new Uint8Array([byte]))
        controller.close()
      },
    })
    const put = await admin('PUT', `${ingest}/${id}/batches`, {
      body,
      headers: { ...csv, 'content-encoding': 'gzip' },
    })
    expect(put.status, put.text).toBe(201)
    await admin('PATCH', `${ingest}/${id}`, { body: { state: 'UploadComplete' } })
    expect((await finished(`${ingest}/${id}`))['numberRecordsProcessed']).toBe(1)
  })

  it('an upload whose job is aborted meanwhile is refused, and none of its rows is kept', async () => {
    const id = await open({ object: 'Account', operation: 'insert' })
    let controller: ReadableStreamDefaultController<Uint8Array> | undefined
    const body = new ReadableStream<Uint8Array>({ start: (made) => void (controller = made) })
    const uploading = admin('PUT', `${ingest}/${id}/batches`, { body, headers: csv })
    const rows = (count: number): Uint8Array => Buffer.from('A row\n'.repeat(count))
    controller?.enqueue(Buffer.from('Name\n'))
    controller?.enqueue(rows(2 * limits.bulkBlockRows))
    const kept = async (): Promise<number> => {
      const found = await api.database.storage.read(
        sql`select number from fs_bulk_block where job_id = ${id}`,
      )
      return found.length
    }
    // The parser looks a little ahead of the row it gives.
    await expect.poll(kept).toBeGreaterThan(0)
    await admin('PATCH', `${ingest}/${id}`, { body: { state: 'Aborted' } })
    controller?.enqueue(rows(2 * limits.bulkBlockRows))
    controller?.close()
    const refused = await uploading
    expect([refused.status, refused.code]).toEqual([400, 'INVALIDJOBSTATE'])
    expect(await kept()).toBe(0)
  })

  it.each([
    ['a quote in the middle of a cell', 'Name\n5" pipe\n', 'no valid CSV'],
    ['line ends of CR alone', 'Name\rA\rB\r', 'LF or CRLF'],
    ['a header of empty lines alone', '\n\n\n', 'must name the columns'],
    ['more columns than are taken', `${'A,'.repeat(10_000)}B\n`, 'at most'],
    ['NUL in its header', 'Na\0me\nA\n', 'Field name not found'],
  ])('refuses an upload with %s', async (_name, text, reason) => {
    const id = await open({ object: 'Account', operation: 'insert' })
    const refused = await put(id, text)
    expect([refused.status, refused.code]).toEqual([400, expect.any(String)])
    expect(refused.text).toContain(reason)
    await admin('DELETE', `${ingest}/${id}`)
  })

  it.each(['insert', 'delete'])('has nothing to %s where nothing is sent', async (operation) => {
    const { job } = await load({ object: 'Account', operation }, '')
    expect(job).toMatchObject({
      state: 'JobComplete',
      numberRecordsProcessed: 0,
      numberRecordsFailed: 0,
    })
  })

  it('takes empty lines, a row of only commas, cells with NUL and long ones for what they are', async () => {
    const { id, job } = await load(
      { object: 'Account', operation: 'insert' },
      `\uFEFFName,Phone\r\n\r\nEdge 1,\r\n\r\n,\r\nEdge \0 2,\r\n${'x'.repeat(50_000)},\r\n"Edge ""3""\r",1`,
    )
    expect(job).toMatchObject({ numberRecordsProcessed: 5, numberRecordsFailed: 3 })
    const failed = await results(id, 'failedResults')
    expect(failed.slice(1).map((row) => row[1]?.split(':')[0])).toEqual([
      'REQUIRED_FIELD_MISSING',
      'INVALID_ARGUMENT',
      'STRING_TOO_LONG',
    ])
  })

  it('a small job of one is not kept waiting by many of another', async () => {
    const rows = (name: string, count: number): string =>
      `Name\n${Array.from({ length: count }, (_, index) => `${name} ${index}`).join('\n')}\n`
    const big: string[] = []
    for (let index = 0; index < 4; index++) {
      const id = await open({ object: 'Account', operation: 'insert' })
      await put(id, rows(`Big ${index}`, 600))
      big.push(id)
    }
    const small = await open({ object: 'Account', operation: 'insert' }, 'rep')
    const asRep = (method: string, path: string, ask: Ask) =>
      api.ask(method, path, { as: 'rep', ...ask })
    await asRep('PUT', `${ingest}/${small}/batches`, { body: rows('Small', 5), headers: csv })
    const close = { body: { state: 'UploadComplete' } }
    for (const id of big) await admin('PATCH', `${ingest}/${id}`, close)
    await asRep('PATCH', `${ingest}/${small}`, close)
    const stateOf = async (id: string, as: 'admin' | 'rep') =>
      String((await api.ask('GET', `${ingest}/${id}`, { as })).json['state'])
    await expect.poll(() => stateOf(small, 'rep'), { timeout: 120_000 }).toBe('JobComplete')
    expect(await stateOf(big.at(-1) ?? '', 'admin')).not.toBe('JobComplete')
    await Promise.all(big.map((id) => finished(`${ingest}/${id}`)))
    await asRep('DELETE', `${ingest}/${small}`, {})
  })

  it.each([
    ['an unclosed quote', 'Name\n"a\n', 'INVALID_ARGUMENT', /no valid CSV/],
    [
      'a column that is not there',
      'Name,Nope\na,b\n',
      'INVALID_ARGUMENT',
      /InvalidBatch : Field name not found : Nope/,
    ],
    ['a column twice', 'Name,name\na,b\n', 'INVALID_ARGUMENT', /Duplicate field name/],
    [
      'a relationship that is not there',
      'Name,Nope.Code\na,b\n',
      'INVALID_ARGUMENT',
      /Field name not found/,
    ],
    ['a parent by no external id', 'Name,Parent.Name\na,b\n', 'INVALID_ARGUMENT', /no external id/],
  ])('refuses an upload with %s and takes the next one', async (_name, text, code, reason) => {
    const id = await open({ object: 'Account', operation: 'insert' })
    const refused = await put(id, text)
    expect([refused.status, refused.code]).toEqual([400, code])
    expect(refused.text).toMatch(reason)
    expect((await put(id, 'Name\nNext\n')).status).toBe(201)
    const aborted = await admin('PATCH', `${ingest}/${id}`, { body: { state: 'Aborted' } })
    expect(aborted.json['state']).toBe('Aborted')
    expect(await results(id, 'unprocessedrecords')).toEqual([['Name'], ['Next']])
  })

  it.each<readonly [string, object, number, string]>([
    ['an unknown object', { object: 'Nope', operation: 'insert' }, 400, 'INVALID_TYPE'],
    ['an unknown operation', { object: 'Account', operation: 'merge' }, 400, 'INVALID_ARGUMENT'],
    [
      'an upsert without a key',
      { object: 'Account', operation: 'upsert' },
      400,
      'INVALID_ARGUMENT',
    ],
    [
      'another format',
      { object: 'Account', operation: 'insert', contentType: 'JSON' },
      400,
      'INVALID_ARGUMENT',
    ],
    [
      'a delimiter of its own',
      { object: 'Account', operation: 'insert', columnDelimiter: 'X' },
      400,
      'INVALID_ARGUMENT',
    ],
    ['what is no text', { object: 1, operation: 'insert' }, 400, 'INVALID_ARGUMENT'],
  ])('refuses a job for %s', async (_name, spec, status, code) => {
    const answer = await admin('POST', ingest, { body: spec })
    expect([answer.status, answer.code]).toEqual([status, code])
  })

  it('a job is its owner’s alone, and loads with the rights of its owner', async () => {
    const mine = await open({ object: 'Account', operation: 'insert' })
    const asRep = (method: string, path: string, ask: Ask = {}) =>
      api.ask(method, path, { as: 'rep', ...ask })
    for (const path of ['', '/successfulResults', '/failedResults', '/unprocessedrecords']) {
      expect((await asRep('GET', `${ingest}/${mine}${path}`)).status).toBe(404)
    }
    expect((await asRep('PATCH', `${ingest}/${mine}`, { body: { state: 'Aborted' } })).status).toBe(
      404,
    )
    expect((await asRep('DELETE', `${ingest}/${mine}`)).status).toBe(404)
    expect((await asRep('GET', ingest)).json['records']).toEqual([])
    const hidden = await asRep('POST', ingest, { body: { object: 'Contact', operation: 'insert' } })
    const unknown = await asRep('POST', ingest, { body: { object: 'Nope', operation: 'insert' } })
    expect(hidden.text.replaceAll('Contact', 'Nope')).toBe(unknown.text)
    const own = await open({ object: 'Account', operation: 'insert' }, 'rep')
    const upload = await asRep('PUT', `${ingest}/${own}/batches`, {
      body: 'Name,Site\na,b\n',
      headers: csv,
    })
    expect(upload.text).toContain('Field name not found : Site')
  })

  describe('queries', () => {
    const jobs = `${data}/jobs/query`
    const run = async (soql: string, format: object = {}): Promise<{ id: string; job: Json }> => {
      const { json, text } = await admin('POST', jobs, {
        body: { operation: 'query', query: soql, ...format },
      })
      expect(json['state'], text).toBe('UploadComplete')
      return { id: String(json['id']), job: await finished(`${jobs}/${json['id']}`) }
    }

    it('give rows with parents and dates as CSV, page by page where that is asked for', async () => {
      await load(
        { object: 'Account', operation: 'insert' },
        'Name,Phone\nQ 1,1\n"Q ""2""",\nQ 3,3\n',
      )
      const soql =
        "SELECT name, Phone, Parent.Name, CreatedDate, Owner.Name FROM Account WHERE Name LIKE 'Q %' ORDER BY Name"
      const { id, job } = await run(soql)
      expect(job).toMatchObject({
        state: 'JobComplete',
        object: 'Account',
        numberRecordsProcessed: 3,
      })
      const whole = await admin('GET', `${jobs}/${id}/results`)
      expect(whole.headers.get('sforce-locator')).toBe('null')
      expect(whole.headers.get('sforce-numberofrecords')).toBe('3')
      const [header, ...rows] = rowsOf(whole.text)
      expect(header).toEqual(['Name', 'Phone', 'Parent.Name', 'CreatedDate', 'Owner.Name'])
      expect(rows.map((row) => row.slice(0, 3))).toEqual([
        ['Q "2"', '', ''],
        ['Q 1', '1', ''],
        ['Q 3', '3', ''],
      ])
      expect(rows[0]?.[3]).toMatch(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z$/)
      expect(rows[0]?.[4]).not.toBe('')
      const first = await admin('GET', `${jobs}/${id}/results?maxRecords=2`)
      const locator = first.headers.get('sforce-locator')
      const rest = await admin('GET', `${jobs}/${id}/results?locator=${locator}&maxRecords=2`)
      expect([rowsOf(first.text).length, rowsOf(rest.text).length]).toEqual([3, 2])
      expect(rest.headers.get('sforce-locator')).toBe('null')
    })

    it('give a header when there is no row', async () => {
      const { id } = await run("SELECT Id FROM Account WHERE Name = 'nobody'", {
        columnDelimiter: 'PIPE',
        lineEnding: 'CRLF',
      })
      const { text, headers } = await admin('GET', `${jobs}/${id}/results`)
      expect([text, headers.get('sforce-locator')]).toEqual(['"Id"\r\n', 'null'])
    })

    it.each([
      ['SELECT Nope FROM Account', 'INVALID_FIELD'],
      ['SELECT Id FROM Nope', 'INVALID_TYPE'],
      ['SELECT FROM', 'MALFORMED_QUERY'],
      ['SELECT COUNT() FROM Account', 'INVALID_ARGUMENT'],
      ['SELECT Name, (SELECT Id FROM Contacts) FROM Account', 'INVALID_ARGUMENT'],
    ])('refuse %s', async (soql, code) => {
      const answer = await admin('POST', jobs, { body: { operation: 'query', query: soql } })
      expect([answer.status, answer.code]).toEqual([400, code])
    })
  })
})
