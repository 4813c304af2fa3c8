/** ZIP files from outside, unpacked within bounds: sizes are counted as they come, names stay inside the folder. */
import { Inflate } from 'fflate'
import { limits } from '../../base/limits.ts'
import { refuse } from '../../base/refusal.ts'

export type ZipFiles = ReadonlyMap<string, Uint8Array>

/** Files by their path, with forward slashes; folders are left out. */
export function readZip(data: Uint8Array): ZipFiles {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  const files = new Map<string, Uint8Array>()
  // Two names that differ in case alone are one file on many systems.
  const names = new Set<string>()
  let total = 0
  for (const entry of readDirectory(data, view)) {
    if (entry.name.endsWith('/')) continue
    const path = safePath(entry.name)
    const name = path.toLowerCase()
    if (names.has(name)) throw broken(`${path} is in it twice`)
    names.add(name)
    total += entry.size
    if (total > limits.packageBytesMax || entry.size > limits.sourceFileBytesMax) throw tooLarge()
    files.set(path, unpack(content(data, view, entry), entry))
  }
  return files
}

interface Entry {
  readonly name: string
  readonly method: number
  readonly packed: number
  readonly size: number
  readonly at: number
}

const endMark = 0x06054b50
const entryMark = 0x02014b50
const localMark = 0x04034b50
const endBytes = 22
const commentBytesMax = 65_535

function readDirectory(data: Uint8Array, view: DataView): readonly Entry[] {
  const end = findEnd(view)
  const count = view.getUint16(end + 10, true)
  if (count > limits.packageFilesMax) {
    throw broken(`it holds more than ${limits.packageFilesMax} files (packageFilesMax)`)
  }
  const entries: Entry[] = []
  let at = view.getUint32(end + 16, true)
  for (let index = 0; index < count; index++) {
    if (at + 46 > data.length || view.getUint32(at, true) !== entryMark) {
      throw broken('its directory is broken')
    }
    const nameBytes = view.getUint16(at + 28, true)
    entries.push(readEntry(data, view, { at, nameBytes }))
    at += 46 + nameBytes + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return entries
}

function readEntry(
  data: Uint8Array,
  view: DataView,
  { at, nameBytes }: { readonly at: number; readonly nameBytes: number },
): Entry {
  const isEncrypted = (view.getUint16(at + 8, true) & 1) === 1
  if (isEncrypted) throw broken('it is encrypted')
  const name = new TextDecoder().decode(data.subarray(at + 46, at + 46 + nameBytes))
  const [packed, size] = [view.getUint32(at + 20, true), view.getUint32(at + 24, true)]
  const entry = { name, method: view.getUint16(at + 10, true), packed, size }
  return { ...entry, at: view.getUint32(at + 42, true) }
}

function findEnd(view: DataView): number {
  const first = Math.max(0, view.byteLength - endBytes - commentBytesMax)
  for (let at = view.byteLength - endBytes; at >= first; at--) {
    if (view.getUint32(at, true) === endMark) return at
  }
  throw broken('it has no directory')
}

function content(data: Uint8Array, view: DataView, entry: Entry): Uint8Array {
  const { at, packed } = entry
  if (at + 30 > data.length || view.getUint32(at, true) !== localMark) {
    throw broken('its directory leads to no file')
  }
  const start = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true)
  if (start + packed > data.length) throw broken('a file in it is cut off')
  return data.subarray(start, start + packed)
}

const chunkBytes = 16 * 1024

/** What the directory says of the size is only believed when it comes true. */
function unpack(packed: Uint8Array, { method, size }: Entry): Uint8Array {
  if (method === 0) {
    if (packed.length !== size) throw broken('a size in it is wrong')
    return packed
  }
  if (method !== 8) throw broken(`a file in it is packed in a way (${method}) that is not known`)
  const out = new Uint8Array(size)
  let filled = 0
  const inflate = new Inflate((chunk) => {
    if (filled + chunk.length > size) throw tooLarge()
    out.set(chunk, filled)
    filled += chunk.length
  })
  try {
    for (let at = 0; at < packed.length; at += chunkBytes) {
      inflate.push(packed.subarray(at, at + chunkBytes), at + chunkBytes >= packed.length)
    }
  } catch (error) {
    // The library says by a code what it cannot unpack.
    if (error instanceof Error && 'code' in error && typeof error.code === 'number') {
      throw broken('a file in it cannot be unpacked')
    }
    throw error
  }
  if (filled !== size) throw broken('a size in it is wrong')
  return out
}

function safePath(name: string): string {
  const path = name.replaceAll('\\', '/').normalize('NFC')
  const parts = path.split('/')
  const isUnsafe =
    path.startsWith('/') ||
    /^[A-Za-z]:/.test(path) ||
    /[\u0000-\u001F\uFFFD]/.test(path) ||
    parts.some((part) => part === '' || part === '.' || part === '..')
  if (isUnsafe) throw broken('a path in it leads out of its folder')
  return path
}

function tooLarge() {
  return refuse(
    'LIMIT_EXCEEDED',
    `The ZIP file holds more than it may: ${limits.packageBytesMax} bytes in all (packageBytesMax), ${limits.sourceFileBytesMax} in one file (sourceFileBytesMax).`,
  )
}

function broken(reason: string) {
  return refuse('INVALID_ARGUMENT', `The ZIP file cannot be taken: ${reason}.`)
}
