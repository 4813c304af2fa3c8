/** ZIP files from outside: what is packed to harm is refused as a whole, and never ends in anything but a refusal. */
import fc from 'fast-check'
import { strToU8, zipSync, type Zippable } from 'fflate'
import { describe, expect, it } from 'vitest'
import { limits } from '../../../../engine/base/limits.ts'
import { Refusal } from '../../../../engine/base/refusal.ts'
import { readZip } from '../../../../engine/deploy/package/read-zip.ts'

const directoryEntry = 0x02014b50
const endOfDirectory = 0x06054b50

function zipOf(files: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
  const bytes = Object.entries(files).map(([path, body]) => [
    path,
    typeof body === 'string' ? strToU8(body) : body,
  ])
  return zipSync(Object.fromEntries(bytes) as Zippable)
}

/** Where the marks stand in the file. */
function marksOf(zip: Uint8Array, mark: number): readonly number[] {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength)
  return Array.from({ length: zip.length - 4 }, (_, at) => at).filter(
    (at) => view.getUint32(at, true) === mark,
  )
}

function refusalOf(zip: Uint8Array): string {
  try {
    return `taken: ${[...readZip(zip).keys()].join()}`
  } catch (error) {
    if (error instanceof Refusal) return error.message
    throw error
  }
}

const replaced = (zip: Uint8Array, from: string, to: string): Uint8Array => {
  const text = Buffer.from(zip).toString('latin1').replaceAll(from, to)
  return new Uint8Array(Buffer.from(text, 'latin1'))
}

describe('a package', () => {
  it.each([
    '../x.object',
    'objects/../../x.object',
    '/objects/x.object',
    'C:/objects/x.object',
    '..\\x.object',
    'objects//x.object',
    './x.object',
    'objects/a\u0000.object',
    'objects/a\nb.object',
  ])('G1: the path %j leads nowhere', (path) => {
    expect(refusalOf(zipOf({ 'package.xml': '<Package/>', [path]: 'x' }))).toContain(
      'leads out of its folder',
    )
  })

  it('G1: one name twice is no package, nor are two that differ in case or form alone', () => {
    const twice = replaced(zipOf({ 'a.object': '1', 'b.object': '2' }), 'b.object', 'a.object')
    for (const zip of [
      twice,
      zipOf({ 'objects/A.object': '1', 'objects/a.object': '2' }),
      zipOf({ 'objects/\u00e4.object': '1', 'objects/a\u0308.object': '2' }),
    ]) {
      expect(refusalOf(zip)).toContain('is in it twice')
    }
  })

  it('G2: sizes are believed when they come true, and count together', () => {
    const zip = zipOf({ 'a.object': new Uint8Array(100_000) })
    const [at = 0] = marksOf(zip, directoryEntry)
    const claiming = (size: number): Uint8Array => {
      const made = zip.slice()
      new DataView(made.buffer).setUint32(at + 24, size, true)
      return made
    }
    expect(refusalOf(zip)).toBe('taken: a.object')
    expect(refusalOf(claiming(64))).toContain('packageBytesMax')
    expect(refusalOf(claiming(200_000))).toContain('a size in it is wrong')
    expect(refusalOf(claiming(0xffffffff))).toContain('packageBytesMax')
    const [size, count] = [
      limits.sourceFileBytesMax,
      limits.packageBytesMax / limits.sourceFileBytesMax + 1,
    ]
    const body = new Uint8Array(size)
    const many = Object.fromEntries(
      Array.from({ length: count }, (_, index) => [`${index}.object`, body]),
    )
    expect(refusalOf(zipOf(many))).toContain('packageBytesMax')
  })

  it('G2: more entries than it may hold are not looked at', () => {
    const zip = zipOf({ 'a.object': '1' })
    const [end = 0] = marksOf(zip, endOfDirectory)
    new DataView(zip.buffer).setUint16(end + 10, limits.packageFilesMax + 1, true)
    expect(refusalOf(zip)).toContain('packageFilesMax')
  })

  it('G2: whatever is broken in it, it is taken or refused', () => {
    const zip = zipOf({ 'package.xml': '<Package/>', 'objects/A__c.object': 'x'.repeat(500) })
    const change = fc.tuple(fc.nat(zip.length - 1), fc.integer({ min: 0, max: 255 }))
    fc.assert(
      fc.property(
        fc.array(change, { minLength: 1, maxLength: 8 }),
        fc.nat(zip.length),
        (changes, cut) => {
          const broken = zip.slice()
          for (const [at, byte] of changes) broken[at] = byte
          expect(refusalOf(broken)).toMatch(/^(?:taken|The ZIP file)/)
          expect(refusalOf(broken.slice(0, cut))).toMatch(/^(?:taken|The ZIP file)/)
        },
      ),
      { numRuns: 500 },
    )
  })
})
