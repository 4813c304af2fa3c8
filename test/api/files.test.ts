/** Files: contents by every way they come in, versions, who sees them, what is not taken, and what is swept away. */
import { cpSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { limits } from '../../engine/base/limits.ts'
import { contentFields } from '../../engine/model/content-fields.ts'
import { referenceColumn } from '../../engine/query/content-column.ts'
import { openApi, type Api, type Json, type Told } from '../support/api.ts'
import { databases } from '../support/databases.ts'

const data = '/services/data/v67.0'
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const program = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200, 1)])
const base64 = (text: string | Buffer): string => Buffer.from(text).toString('base64')

describe.each(databases)('files on $name', (database) => {
  let api: Api
  let account = ''

  beforeAll(async () => {
    api = await openApi(database)
    account = await made('Account', { Name: 'Larkspur' })
    const [set] = await rows("SELECT Id FROM PermissionSet WHERE Name = 'RelationshipManager'")
    await made('PermissionSetAssignment', {
      AssigneeId: api.repId,
      PermissionSetId: String(set?.['Id']),
    })
  })
  afterAll(() => api.close())

  type Who = 'admin' | 'rep'
  const send = (object: string, body: object, as: Who = 'admin'): Promise<Told> =>
    api.ask('POST', `${data}/sobjects/${object}`, { as, body })
  async function made(object: string, body: object, as: Who = 'admin'): Promise<string> {
    const told = await send(object, body, as)
    expect(told.text).toContain('"success":true')
    return String(told.json['id'])
  }
  async function rows(soql: string, as: Who = 'admin'): Promise<readonly Json[]> {
    const told = await api.ask('GET', `${data}/query?q=${encodeURIComponent(soql)}`, { as })
    expect(told.text).toContain('"records"')
    return [...(told.json['records'] ?? [])]
  }
  const file = (values: object, as: Who = 'admin'): Promise<string> =>
    made(
      'ContentVersion',
      { PathOnClient: 'Terms.txt', VersionData: base64('Terms'), ...values },
      as,
    )
  async function documentOf(version: string): Promise<string> {
    const [row] = await rows(`SELECT ContentDocumentId FROM ContentVersion WHERE Id = '${version}'`)
    return String(row?.['ContentDocumentId'])
  }
  const read = (version: string, as: Who = 'admin', query = ''): Promise<Response> =>
    api.send('GET', `${data}/sobjects/ContentVersion/${version}/VersionData${query}`, { as })

  it('takes base64, makes the file, ties it to a record and gives the bytes back', async () => {
    const version = await file({
      PathOnClient: 'C:\\scans\\Passport of Ms Muñoz.PNG',
      VersionData: base64(png),
      FirstPublishLocationId: account,
    })
    const [row] = await rows(
      `SELECT Title, VersionData, VersionNumber, IsLatest, Checksum, ContentSize, FileType, FileExtension, ContentDocumentId, ContentDocument.LatestPublishedVersionId, ContentDocument.Title FROM ContentVersion WHERE Id = '${version}'`,
    )
    expect(row).toMatchObject({
      Title: 'Passport of Ms Muñoz',
      VersionData: `${data}/sobjects/ContentVersion/${version}/VersionData`,
      VersionNumber: '1',
      IsLatest: true,
      ContentSize: png.length,
      FileType: 'PNG',
      FileExtension: 'png',
      ContentDocument: { LatestPublishedVersionId: version, Title: 'Passport of Ms Muñoz' },
    })
    expect(row?.['Checksum']).toMatch(/^[0-9a-f]{32}$/)
    const links = await rows(
      `SELECT LinkedEntityId, ShareType FROM ContentDocumentLink WHERE ContentDocumentId = '${row?.['ContentDocumentId']}'`,
    )
    expect(links.map((link) => link['LinkedEntityId'])).toContain(account)
    const answer = await read(version)
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(png)
    expect(answer.headers.get('content-type')).toBe('application/octet-stream')
    expect(answer.headers.get('content-disposition')).toBe(
      'attachment; filename="Passport of Ms Mu_oz.PNG"; filename*=UTF-8\'\'Passport%20of%20Ms%20Mu%C3%B1oz.PNG',
    )
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    const shown = await read(version, 'admin', '?preview=true')
    expect(shown.headers.get('content-type')).toBe('image/png')
    expect(shown.headers.get('x-frame-options')).toBe('SAMEORIGIN')
    await shown.arrayBuffer()
  })

  it('takes multipart/form-data larger than a body of JSON may be, and keeps the same content once', async () => {
    const big = Buffer.alloc(
      limits.requestBodyBytesMax + 3_000_017,
      'Ledger of the year\r\n--not it\r\n',
    )
    const before = filesOf(api).length
    const ids = [await upload(big), await upload(big)]
    expect(filesOf(api).length).toBe(before + 1)
    const answer = await read(ids[1] ?? '')
    expect(Buffer.from(await answer.arrayBuffer()).equals(big)).toBe(true)
    const [row] = await rows(
      `SELECT Title, ContentSize, PathOnClient FROM ContentVersion WHERE Id = '${ids[0]}'`,
    )
    expect(row).toMatchObject({
      Title: 'Ledger 2026',
      ContentSize: big.length,
      PathOnClient: 'Of clients that write so.txt',
    })
  })

  async function upload(content: Buffer): Promise<string> {
    const head = `--xYz\r\nContent-Disposition: form-data; name="entity_content"\r\nContent-Type: application/json\r\n\r\n{"Title":"Ledger 2026","pathonclient":"Of clients that write so.txt"}\r\n--xYz\r\nContent-Disposition: form-data; name="VersionData"; filename="Ledger.txt"\r\nContent-Type: application/octet-stream\r\n\r\n`
    const told = await api.ask('POST', `${data}/sobjects/ContentVersion`, {
      as: 'admin',
      body: inPieces(Buffer.concat([Buffer.from(head), content, Buffer.from('\r\n--xYz--\r\n')])),
      headers: { 'content-type': 'multipart/form-data; boundary=xYz' },
    })
    expect(told.text).toContain('"success":true')
    return String(told.json['id'])
  }

  it('gives a later version the place of the one before, also where two come at once', async () => {
    const first = await file({ FirstPublishLocationId: account })
    const document = await documentOf(first)
    await Promise.all(
      ['Second', 'Third'].map((text) =>
        file({
          ContentDocumentId: document,
          PathOnClient: 'New terms.txt',
          VersionData: base64(text),
        }),
      ),
    )
    const versions = await rows(
      `SELECT Id, VersionNumber, IsLatest FROM ContentVersion WHERE ContentDocumentId = '${document}' ORDER BY VersionNumber`,
    )
    expect(versions.map((row) => [row['VersionNumber'], row['IsLatest']])).toEqual([
      ['1', false],
      ['2', false],
      ['3', true],
    ])
    const [whole] = await rows(
      `SELECT Title, LatestPublishedVersionId FROM ContentDocument WHERE Id = '${document}'`,
    )
    expect(whole).toMatchObject({
      Title: 'New terms',
      LatestPublishedVersionId: versions[2]?.['Id'],
    })
    const gone = await api.ask('DELETE', `${data}/sobjects/ContentDocument/${document}`, {
      as: 'admin',
    })
    expect(gone.status).toBe(204)
    expect((await read(String(versions[2]?.['Id']))).status).toBe(404)
  })

  it('is seen by whoever sees the record, through every door, and by nobody else', async () => {
    const record = await made('Case', { Subject: 'Zanzibar', Status: 'New', Origin: 'Phone' })
    const version = await file({
      PathOnClient: 'Zanzibar.txt',
      VersionData: base64('Zanzibar holdings'),
      FirstPublishLocationId: record,
    })
    const document = await documentOf(version)
    const seen = async () => ({
      documents: (await rows(`SELECT Id FROM ContentDocument WHERE Id = '${document}'`, 'rep'))
        .length,
      versions: (await rows(`SELECT Id FROM ContentVersion WHERE Id = '${version}'`, 'rep')).length,
      links: (
        await rows(
          `SELECT Id FROM ContentDocumentLink WHERE ContentDocumentId = '${document}'`,
          'rep',
        )
      ).length,
      counted: (
        await rows(`SELECT COUNT(Id) n FROM ContentVersion WHERE Title = 'Zanzibar'`, 'rep')
      )[0]?.['n'],
      content: (await read(version, 'rep')).status,
    })
    const nothing = { documents: 0, versions: 0, links: 0, counted: 0, content: 404 }
    expect(await seen()).toEqual(nothing)
    const share = await made('CaseShare', {
      CaseId: record,
      UserOrGroupId: api.repId,
      CaseAccessLevel: 'Read',
    })
    // The link to the record; that to the owner is the owner's.
    expect(await seen()).toEqual({ documents: 1, versions: 1, links: 1, counted: 1, content: 200 })
    const next = {
      ContentDocumentId: document,
      PathOnClient: 'Zanzibar.txt',
      VersionData: base64('mine'),
    }
    expect((await send('ContentVersion', next, 'rep')).code).toMatch(/^INSUFFICIENT_ACCESS/)
    await api.ask('PATCH', `${data}/sobjects/CaseShare/${share}`, {
      as: 'admin',
      body: { CaseAccessLevel: 'Edit' },
    })
    await file(next, 'rep')
    expect(await seen()).toEqual({ documents: 1, versions: 1, links: 1, counted: 2, content: 200 })
    // Private on records: the record opens it no longer.
    const hide = (to: string) =>
      api.ask('PATCH', `${data}/sobjects/ContentDocument/${document}`, {
        as: 'admin',
        body: { SharingPrivacy: to },
      })
    expect((await hide('P')).status).toBe(204)
    expect(await seen()).toEqual(nothing)
    await hide('N')
    await api.ask('DELETE', `${data}/sobjects/CaseShare/${share}`, { as: 'admin' })
    expect(await seen()).toEqual(nothing)
    // To the person himself, by the owner.
    await made('ContentDocumentLink', { ContentDocumentId: document, LinkedEntityId: api.repId })
    expect(await seen()).toEqual({ documents: 1, versions: 1, links: 1, counted: 2, content: 200 })
  })

  it('lets nobody put a file on a record that he may not edit', async () => {
    const told = await send(
      'ContentVersion',
      { PathOnClient: 'a.txt', VersionData: base64('a'), FirstPublishLocationId: account },
      'rep',
    )
    expect(told.status).toBe(400)
    expect(await rows("SELECT Id FROM ContentVersion WHERE Title = 'a'")).toEqual([])
    expect(await rows("SELECT Id FROM ContentDocument WHERE Title = 'a'")).toEqual([])
  })

  it.each([
    [
      'a program named .png',
      { PathOnClient: 'cat.png', VersionData: base64(program) },
      'VersionData',
    ],
    [
      'a program named .txt',
      { PathOnClient: 'cat.txt', VersionData: base64(program) },
      'VersionData',
    ],
    ['a text named .pdf', { PathOnClient: 'cat.pdf', VersionData: base64('cat') }, 'VersionData'],
    ['what is no base64', { PathOnClient: 'cat.txt', VersionData: 'no base64!' }, 'VersionData'],
    ['no content', { PathOnClient: 'cat.txt' }, 'VersionData'],
    ['no name', { VersionData: base64('cat') }, 'PathOnClient'],
    [
      'the reference of a content',
      { PathOnClient: 'cat.txt', VersionData: `content:${'0'.repeat(32)}` },
      'VersionData',
    ],
  ])('refuses %s', async (_what, body, field) => {
    const told = await send('ContentVersion', body)
    expect(told.status).toBe(400)
    expect(told.json[0]?.['fields']).toEqual([field])
  })

  it('keeps what the engine says of a file, and versions go with their file', async () => {
    const version = await file({})
    const document = await documentOf(version)
    const patch = (object: string, id: string, body: object) =>
      api.ask('PATCH', `${data}/sobjects/${object}/${id}`, { as: 'admin', body })
    const refused = await Promise.all([
      patch('ContentVersion', version, { ContentSize: 1 }),
      patch('ContentVersion', version, { IsLatest: false }),
      patch('ContentDocument', document, { FileType: 'EXE' }),
      send('ContentDocument', { Title: 'Without content' }),
      api.ask('DELETE', `${data}/sobjects/ContentVersion/${version}`, { as: 'admin' }),
      send('ContentDocumentLink', { ContentDocumentId: document, LinkedEntityId: account }).then(
        () => send('ContentDocumentLink', { ContentDocumentId: document, LinkedEntityId: account }),
      ),
    ])
    expect(refused.map(({ status }) => status)).toEqual([400, 400, 400, 400, 400, 400])
    expect((await patch('ContentVersion', version, { Title: 'Renamed' })).status).toBe(204)
    const [whole] = await rows(`SELECT Title FROM ContentDocument WHERE Id = '${document}'`)
    expect(whole?.['Title']).toBe('Renamed')
  })

  it('makes what was asked for pending, until somebody judges it', async () => {
    const item = await made('DocumentChecklistItem', { Name: 'Passport', ParentRecordId: account })
    const state = async () =>
      (
        await rows(
          `SELECT Status, IsAccepted, UploadedById, ValidatedById FROM DocumentChecklistItem WHERE Id = '${item}'`,
        )
      )[0]
    const judge = (body: object) =>
      api.ask('PATCH', `${data}/sobjects/DocumentChecklistItem/${item}`, { as: 'admin', body })
    await file({ FirstPublishLocationId: item })
    expect(await state()).toMatchObject({ Status: 'Pending', ValidatedById: null })
    await judge({ Status: 'Rejected', Comments: 'Expired' })
    expect(await state()).toMatchObject({ Status: 'Rejected', IsAccepted: false })
    await file({ FirstPublishLocationId: item, VersionData: base64('renewed') })
    expect(await state()).toMatchObject({ Status: 'Pending', ValidatedById: null })
    await judge({ Status: 'Accepted', IsFrozen: true })
    const accepted = await state()
    expect(accepted).toMatchObject({ Status: 'Accepted', IsAccepted: true })
    expect(accepted?.['ValidatedById']).toBe(accepted?.['UploadedById'])
    expect((await judge({ Status: 'Rejected' })).status).toBe(400)
  })

  it('never shows what a browser could run', async () => {
    const kinds = { 'page.html': '<script>alert(1)</script>', 'picture.svg': '<svg onload="x()"/>' }
    for (const [name, content] of Object.entries(kinds)) {
      const version = await file({ PathOnClient: name, VersionData: base64(content) })
      const answer = await read(version, 'admin', '?preview=true')
      expect(answer.headers.get('content-type')).toMatch(/^(text\/plain|application\/octet-stream)/)
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
      await answer.arrayBuffer()
    }
  })

  it('takes files within composite requests, all or none', async () => {
    const step = (referenceId: string, body: object) => ({
      method: 'POST',
      url: `${data}/sobjects/ContentVersion`,
      referenceId,
      body,
    })
    const good = { PathOnClient: 'one.txt', VersionData: base64('one'), Title: 'Composite one' }
    const ask = (steps: readonly object[]) =>
      api.ask('POST', `${data}/composite`, {
        as: 'admin',
        body: { allOrNone: true, compositeRequest: steps },
      })
    await ask([step('a', good), step('b', { PathOnClient: 'x.png', VersionData: base64('x') })])
    expect(await rows("SELECT Id FROM ContentDocument WHERE Title = 'Composite one'")).toEqual([])
    await ask([step('a', good)])
    expect(await rows("SELECT Id FROM ContentDocument WHERE Title = 'Composite one'")).toHaveLength(
      1,
    )
    const many = await api.ask('POST', `${data}/composite/sobjects`, {
      as: 'admin',
      body: { records: [{ attributes: { type: 'ContentVersion' }, ...good }] },
    })
    expect(many.json[0]?.['success']).toBe(true)
  })

  it('sweeps contents away that no record has held for a day, and no others', async () => {
    const kept = await file({ VersionData: base64('kept for good') })
    api.clock.now += limits.fileUnclaimedMs + 1
    await sweep()
    const held = filesOf(api)
    await api.renewTokens()
    await send('ContentVersion', { PathOnClient: 'lost.png', VersionData: base64('nobody has it') })
    await sweep()
    expect(filesOf(api)).toHaveLength(held.length + 1)
    api.clock.now += limits.fileUnclaimedMs + 1
    await sweep()
    expect([...filesOf(api)].sort()).toEqual([...held].sort())
    await api.renewTokens()
    expect(await (await read(kept)).text()).toBe('kept for good')
  })

  it('says that a content is gone, and tells whoever runs the server', async () => {
    const version = await file({ VersionData: base64('soon gone') })
    const place = join(api.folder, 'files')
    cpSync(place, join(api.folder, 'kept'), { recursive: true })
    rmSync(place, { recursive: true })
    const answer = await api.ask('GET', `${data}/sobjects/ContentVersion/${version}/VersionData`, {
      as: 'admin',
    })
    expect([answer.status, answer.code]).toEqual([404, 'NOT_FOUND'])
    expect(api.log.join()).toContain('cannot be read')
    renameSync(join(api.folder, 'kept'), place)
    expect(await (await read(version)).text()).toBe('soon gone')
  })

  async function sweep(): Promise<void> {
    const { contents, deployer } = api.engine
    await contents.sweep(contentFields(deployer.store.current()).map(referenceColumn))
  }
})

function filesOf(api: Api): readonly string[] {
  const folder = join(api.folder, 'files')
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
}

function inPieces(bytes: Buffer): ReadableStream<Uint8Array> {
  let at = 0
  return new ReadableStream({
    pull: (controller) => {
      // Odd sizes, so that boundaries are cut in two.
      const piece = bytes.subarray(at, at + 65_537)
      at += piece.length
      if (piece.length === 0) controller.close()
      else controller.enqueue(piece)
    },
  })
}
