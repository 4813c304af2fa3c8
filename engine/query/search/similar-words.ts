/** How far words are from each other, and which fit a word with wildcards. */

/** One slip in words of four to seven letters, two in longer ones; short words and numbers are meant as they are. */
export function editsAllowed(word: string): number {
  if (!/\p{L}/u.test(word)) return 0
  const { length } = word
  return length < 4 ? 0 : length < 8 ? 1 : 2
}

/**
 * Letters that were left out, added, replaced or swapped with their neighbour, counted up to the most that matters;
 * undefined beyond it.
 */
export function editsBetween(one: string, other: string, most: number): number | undefined {
  if (Math.abs(one.length - other.length) > most) return undefined
  let [before, last]: [number[], number[]] = [[], Array.from({ length: other.length + 1 }, range)]
  for (let row = 1; row <= one.length; row++) {
    const next = [row]
    let least = row
    for (let column = 1; column <= other.length; column++) {
      const isSame = one[row - 1] === other[column - 1]
      let edits = Math.min(
        at(last, column) + 1,
        at(next, column - 1) + 1,
        at(last, column - 1) + (isSame ? 0 : 1),
      )
      const isSwap = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]
      if (row > 1 && column > 1 && isSwap) edits = Math.min(edits, at(before, column - 2) + 1)
      next.push(edits)
      least = Math.min(least, edits)
    }
    if (least > most) return undefined
    ;[before, last] = [last, next]
  }
  const edits = at(last, other.length)
  return edits > most ? undefined : edits
}

/** A test that most words fail at once: the letters of near words are almost the same. */
export function mayBeNear(word: string, most: number): (other: string) => boolean {
  const letters = lettersOf(word)
  return (other) => {
    // One edit takes one letter away and brings another one at most.
    let differing = letters ^ lettersOf(other)
    for (let left = 2 * most; differing !== 0; left--) {
      if (left === 0) return false
      differing &= differing - 1
    }
    return true
  }
}

/** Which letters a word has, by their last five bits. */
function lettersOf(word: string): number {
  let letters = 0
  for (let index = 0; index < word.length; index++) letters |= 1 << (word.charCodeAt(index) & 31)
  return letters
}

function range(_: unknown, index: number): number {
  return index
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.MAX_SAFE_INTEGER
}

/** `*` stands for any letters or none, `?` for one; in time that grows with the product of the lengths at most. */
export function fitsPattern(word: string, pattern: string): boolean {
  let [at, place, star, retry] = [0, 0, -1, 0]
  while (at < word.length) {
    const wanted = pattern[place]
    if (wanted === '*') {
      star = place++
      retry = at
    } else if (wanted === '?' || (wanted !== undefined && wanted === word[at])) {
      at++
      place++
    } else if (star >= 0) {
      place = star + 1
      at = ++retry
    } else return false
  }
  while (pattern[place] === '*') place++
  return place === pattern.length
}
