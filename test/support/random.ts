/** Random numbers that come again with the same seed, and the settings of long runs. */

export interface Random {
  readonly seed: number
  /** From 0 to 1, without 1. */
  next(): number
  /** A whole number from 0 to `count` - 1. */
  below(count: number): number
  pick<Item>(items: readonly [Item, ...Item[]]): Item
}

/** The seed of `FIELDSTONE_SEED`, or always the same; a failed test shows it. */
export function createRandom(seed = Number(process.env['FIELDSTONE_SEED'] ?? 20_261_122)): Random {
  let state = seed >>> 0
  // Mulberry32: short, and good enough to vary tests.
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (count: number): number => Math.floor(next() * count)
  return {
    seed,
    next,
    below,
    pick: (items) => items[below(items.length)] ?? items[0],
  }
}

/** Short by default; `FIELDSTONE_ROUNDS` makes it long. */
export function rounds(byDefault: number): number {
  return Number(process.env['FIELDSTONE_ROUNDS'] ?? byDefault)
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
