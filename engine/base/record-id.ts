/** Record ids: 3 characters of key prefix, 12 of ours, 3 of case checksum. */
import type { Clock, RandomBytes } from './clock.ts'

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const checksumAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345'
const timeDigits = 7
const randomSpan = 62 ** 5
const poolBytes = 1_024

function toBase62(value: number, digits: number): string {
  let text = ''
  let rest = value
  for (let index = 0; index < digits; index++) {
    text = alphabet.charAt(rest % 62) + text
    rest = Math.floor(rest / 62)
  }
  return text
}

function groupChecksum(group: string): string {
  let bits = 0
  for (let index = 0; index < 5; index++) {
    const code = group.charCodeAt(index)
    if (code >= 65 && code <= 90) bits |= 1 << index
  }
  return checksumAlphabet.charAt(bits)
}

/** The three characters that make an id safe against tools that ignore case. */
export function checksum(id15: string): string {
  return (
    groupChecksum(id15.slice(0, 5)) +
    groupChecksum(id15.slice(5, 10)) +
    groupChecksum(id15.slice(10, 15))
  )
}

const idPattern = /^[0-9A-Za-z]{15}(?:[A-Z0-5]{3})?$/

/** The 18-character form of a well-formed id of 15 or 18 characters, or undefined. */
export function normaliseId(text: string): string | undefined {
  if (!idPattern.test(text)) return undefined
  const expected = checksum(text)
  if (text.length === 18 && text.slice(15) !== expected) return undefined
  return text.slice(0, 15) + expected
}

/** Makes ids that are ordered by time and not guessable; `keyPrefix` has three characters. */
export function createIdSource(
  clock: Clock,
  randomBytes: RandomBytes,
): (keyPrefix: string) => string {
  let lastTime = 0
  let lastRandom = 0
  let pool: DataView = new DataView(new ArrayBuffer(0))
  let used = 0
  // Asking for a few bytes costs as much as asking for a thousand.
  const draw = (): number => {
    if (used + 4 > pool.byteLength) {
      const bytes = randomBytes(poolBytes)
      pool = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      used = 0
    }
    used += 4
    return pool.getUint32(used - 4)
  }
  return (keyPrefix) => {
    const time = Math.max(clock.now(), lastTime)
    // Within one millisecond a random stride upwards keeps ids unique, ordered and unguessable.
    const next = time === lastTime ? lastRandom + 1 + (draw() % 65_536) : draw() % (randomSpan / 2)
    const wraps = next >= randomSpan
    lastTime = wraps ? time + 1 : time
    lastRandom = wraps ? draw() % (randomSpan / 2) : next
    const id15 = keyPrefix + toBase62(lastTime, timeDigits) + toBase62(lastRandom, 5)
    return id15 + checksum(id15)
  }
}
