/** The built screens: exact names alone, with the headers that fit them. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createStaticFiles, type StaticFiles } from '../../../engine/http/static-files.ts'

describe('createStaticFiles', () => {
  const clock = { time: 0, now: () => clock.time }
  const script = 'export const text = "hello"\n'.repeat(200)
  let folder = ''
  let files: StaticFiles

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'ui-'))
    mkdirSync(join(folder, 'ui', 'assets'), { recursive: true })
    writeFileSync(join(folder, 'secret.txt'), 'secret')
    writeFileSync(join(folder, 'ui', 'index.html'), '<!doctype html><title>One</title>')
    writeFileSync(join(folder, 'ui', 'assets', 'main-abc.js'), script)
    writeFileSync(join(folder, 'ui', 'assets', 'data.exe'), 'MZ')
    files = createStaticFiles(join(folder, 'ui'), clock)
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const get = (path: string, headers: Record<string, string> = {}) =>
    files.answer(new Request('http://localhost/', { headers }), path)

  it('gives hashed files to keep, zipped for whoever takes that', async () => {
    const answer = await get('/assets/main-abc.js', { 'accept-encoding': 'gzip, deflate' })
    expect(answer?.headers.get('content-type')).toBe('text/javascript;charset=UTF-8')
    expect(answer?.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(answer?.headers.get('content-encoding')).toBe('gzip')
    const bytes = Buffer.from((await answer?.arrayBuffer()) ?? new ArrayBuffer(0))
    expect(gunzipSync(bytes).toString()).toBe(script)
    const plain = await get('/assets/main-abc.js')
    expect(await plain?.text()).toBe(script)
  })

  it('gives the page anew when it changed, and 304 when not', async () => {
    const first = await files.page(new Request('http://localhost/'))
    expect(first?.headers.get('cache-control')).toBe('private, no-cache')
    expect(await first?.text()).toContain('One')
    const tag = first?.headers.get('etag') ?? ''
    expect((await get('/index.html', { 'if-none-match': tag }))?.status).toBe(304)
    writeFileSync(join(folder, 'ui', 'index.html'), '<!doctype html><title>Two</title>')
    expect(await (await get('/index.html', { 'if-none-match': tag }))?.text()).toContain('Two')
  })

  it('finds files of a newer build', async () => {
    writeFileSync(join(folder, 'ui', 'assets', 'later-def.js'), '1')
    clock.time += 1_000
    expect((await get('/assets/later-def.js'))?.status).toBe(200)
  })

  it.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/..\\secret.txt',
    '/assets',
    '/assets/',
    '/assets/main-abc.js%00',
    '/assets/MAIN-ABC.js',
    '/assets/data.exe',
    '/CON',
    `/${'x'.repeat(5_000)}`,
    '/constructor',
    '/__proto__',
  ])('does not give %s', async (path) => {
    clock.time += 1_000
    expect(await get(path)).toBeUndefined()
  })

  it('is empty while nothing was built', async () => {
    const none = createStaticFiles(join(folder, 'nowhere'), clock)
    expect(await none.page(new Request('http://localhost/'))).toBeUndefined()
  })
})
