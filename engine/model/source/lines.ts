/** From offsets in a text to lines and columns, as editors count them. */

export interface Place {
  /** Counted from 1. */
  readonly line: number
  readonly column: number
}

/** The starts of the lines are found on the first question. */
export function createLines(text: string): { at(offset: number): Place } {
  let starts: readonly number[] | undefined
  return {
    at(offset) {
      starts ??= [
        0,
        ...Array.from(text.matchAll(/\r\n|\n|\r/g), (end) => end.index + end[0].length),
      ]
      const line = countUpTo(starts, offset)
      return { line, column: offset - (starts[line - 1] ?? 0) + 1 }
    },
  }
}

/** How many of the sorted numbers are not greater than the limit. */
function countUpTo(sorted: readonly number[], limit: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? Infinity) <= limit) low = middle + 1
    else high = middle
  }
  return low
}
