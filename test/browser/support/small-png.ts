/** A picture of a screen with 256 colours instead of millions: a third of the size, and nobody sees it. */
import { crc32, deflateSync, inflateSync } from 'node:zlib'

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const coloursMax = 256

interface Pixels {
  readonly width: number
  readonly height: number
  /** Three or four bytes for each. */
  readonly step: number
  readonly bytes: Buffer
}

export function smallPng(png: Buffer): Buffer {
  const pixels = readPixels(png)
  const { width, height, step, bytes } = pixels
  const colours = commonColours(pixels)
  const index = new Map(colours.map((colour, at) => [colour, at]))
  const lines = Buffer.alloc(height * (width + 1))
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += step) {
      const colour = bytes.readUIntBE(at, 3)
      const known = index.get(colour) ?? nearest(colours, colour)
      index.set(colour, known)
      lines[y * (width + 1) + 1 + x] = known
    }
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  // Eight bits for each pixel, which are places in the palette.
  head.set([8, 3, 0, 0, 0], 8)
  const palette = Buffer.alloc(colours.length * 3)
  colours.forEach((colour, at) => palette.writeUIntBE(colour, at * 3, 3))
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('PLTE', palette),
    chunk('IDAT', deflateSync(lines, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}

/** As browsers write them: eight bits for each of three or four channels, not interlaced. */
function readPixels(png: Buffer): Pixels {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)]
  const step = png[25] === 6 ? 4 : 3
  const parts: Buffer[] = []
  for (let at = signature.length; at < png.length;) {
    const length = png.readUInt32BE(at)
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') {
      parts.push(png.subarray(at + 8, at + 8 + length))
    }
    at += length + 12
  }
  const lines = inflateSync(Buffer.concat(parts))
  const stride = width * step
  const bytes = Buffer.alloc(height * stride)
  for (let y = 0; y < height; y++) {
    const from = y * (stride + 1)
    unfilter(bytes, { filter: lines[from] ?? 0, line: lines.subarray(from + 1), y, stride, step })
  }
  return { width, height, step, bytes }
}

interface Line {
  readonly filter: number
  readonly line: Buffer
  readonly y: number
  readonly stride: number
  readonly step: number
}

/** What a line holds are differences to its neighbours. */
function unfilter(bytes: Buffer, { filter, line, y, stride, step }: Line): void {
  const start = y * stride
  for (let x = 0; x < stride; x++) {
    const left = x >= step ? (bytes[start + x - step] ?? 0) : 0
    const up = y > 0 ? (bytes[start + x - stride] ?? 0) : 0
    const corner = x >= step && y > 0 ? (bytes[start + x - stride - step] ?? 0) : 0
    const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0
    bytes[start + x] = (line[x] ?? 0) + guess
  }
}

function paeth(left: number, up: number, corner: number): number {
  const sum = left + up - corner
  const [a, b, c] = [Math.abs(sum - left), Math.abs(sum - up), Math.abs(sum - corner)]
  return a <= b && a <= c ? left : b <= c ? up : corner
}

function commonColours({ step, bytes }: Pixels): readonly number[] {
  const counts = new Map<number, number>()
  for (let at = 0; at < bytes.length; at += step) {
    const colour = bytes.readUIntBE(at, 3)
    counts.set(colour, (counts.get(colour) ?? 0) + 1)
  }
  const byCount = [...counts].sort(([, one], [, other]) => other - one)
  return byCount.slice(0, coloursMax).map(([colour]) => colour)
}

function nearest(colours: readonly number[], colour: number): number {
  let best = 0
  let least = Infinity
  colours.forEach((one, at) => {
    const distance = [16, 8, 0].reduce((sum, shift) => {
      const difference = ((one >> shift) & 255) - ((colour >> shift) & 255)
      return sum + difference * difference
    }, 0)
    if (distance < least) [best, least] = [at, distance]
  })
  return best
}
