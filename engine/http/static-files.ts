/** The built screens: only files that were found in the folder are ever served, by their exact names. */
import { createHash } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Clock } from '../base/clock.ts'
import { hashedFileHeaders, pageHeaders } from './headers.ts'
import { matchesTag } from './respond.ts'

export interface StaticFiles {
  /** Undefined when there is no such file; `path` begins with a slash. */
  answer(request: Request, path: string): Promise<Response | undefined>
  /** The page that every address of the screens opens. */
  page(request: Request): Promise<Response | undefined>
}

interface StaticFile {
  readonly type: string
  readonly etag: string
  readonly plain: Uint8Array<ArrayBuffer>
  /** Absent where it would not be smaller. */
  readonly zipped: Uint8Array<ArrayBuffer> | undefined
  readonly changedAt: number
}

const types: ReadonlyMap<string, string> = new Map([
  ['html', 'text/html;charset=UTF-8'],
  ['js', 'text/javascript;charset=UTF-8'],
  ['css', 'text/css;charset=UTF-8'],
  ['json', 'application/json;charset=UTF-8'],
  ['webmanifest', 'application/manifest+json;charset=UTF-8'],
  ['svg', 'image/svg+xml;charset=UTF-8'],
  ['png', 'image/png'],
  ['ico', 'image/x-icon'],
  ['webp', 'image/webp'],
  ['woff2', 'font/woff2'],
  ['txt', 'text/plain;charset=UTF-8'],
])

const zip = promisify(gzip)
const listedAgainAfterMs = 1_000

export function createStaticFiles(folder: string, clock: Clock): StaticFiles {
  const loaded = new Map<string, StaticFile>()
  let names: ReadonlySet<string> = new Set()
  let listedAt = -Infinity

  const known = async (path: string): Promise<boolean> => {
    if (names.has(path)) return true
    // A new build may have brought new names; a flood of wrong ones must not read the folder each time.
    if (clock.now() - listedAt < listedAgainAfterMs) return false
    listedAt = clock.now()
    names = await listFiles(folder)
    return names.has(path)
  }
  const find = async (path: string): Promise<StaticFile | undefined> => {
    if (!(await known(path))) return undefined
    const present = loaded.get(path)
    if (present !== undefined && (isHashed(path) || (await isCurrent(folder, path, present)))) {
      return present
    }
    const file = await load(folder, path)
    if (file !== undefined) loaded.set(path, file)
    return file
  }
  const answer = async (request: Request, path: string): Promise<Response | undefined> => {
    const file = await find(path)
    return file === undefined ? undefined : fileAnswer(request, path, file)
  }
  return { answer, page: (request) => answer(request, '/index.html') }
}

/** Names such as `record-page-Ck3xPq0a.js`, which change with the content. */
function isHashed(path: string): boolean {
  return path.startsWith('/assets/')
}

async function listFiles(folder: string): Promise<ReadonlySet<string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(ifMissing)
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length).replaceAll('\\', '/'))
  return new Set(paths)
}

function ifMissing(error: NodeJS.ErrnoException): [] {
  if (error.code === 'ENOENT') return []
  throw error
}

async function isCurrent(folder: string, path: string, file: StaticFile): Promise<boolean> {
  const now = await stat(join(folder, path)).catch(() => undefined)
  return now?.mtimeMs === file.changedAt
}

async function load(folder: string, path: string): Promise<StaticFile | undefined> {
  const type = types.get(path.slice(path.lastIndexOf('.') + 1).toLowerCase())
  if (type === undefined) return undefined
  const place = join(folder, path)
  const { mtimeMs: changedAt } = await stat(place)
  const plain = new Uint8Array(await readFile(place))
  const zipped = new Uint8Array(await zip(plain))
  return {
    type,
    etag: `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`,
    plain,
    zipped: zipped.byteLength < plain.byteLength * 0.95 ? zipped : undefined,
    changedAt,
  }
}

function fileAnswer(request: Request, path: string, file: StaticFile): Response {
  const headers = {
    ...(isHashed(path) ? hashedFileHeaders : pageHeaders),
    'Content-Type': file.type,
    ETag: file.etag,
    Vary: 'Accept-Encoding',
  }
  if (matchesTag(request.headers.get('if-none-match'), file.etag)) {
    return new Response(null, { status: 304, headers })
  }
  const zips = (request.headers.get('accept-encoding') ?? '').includes('gzip')
  return file.zipped !== undefined && zips
    ? new Response(file.zipped, { headers: { ...headers, 'Content-Encoding': 'gzip' } })
    : new Response(file.plain, { headers })
}
