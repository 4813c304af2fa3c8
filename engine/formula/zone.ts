/** A time zone as plain data: when its distance from UTC changes. The same table serves both databases. */

export interface ZoneTransition {
  /** From this instant on, milliseconds since 1970. */
  readonly from: number
  /** Local time minus UTC, in milliseconds. */
  readonly offsetMs: number
}

export interface ZoneTable {
  readonly name: string
  /** Ascending; the first one begins before every instant that is asked for. */
  readonly transitions: readonly ZoneTransition[]
}

const beginning = -62_135_596_800_000

export const utc: ZoneTable = {
  name: 'UTC',
  transitions: [{ from: beginning, offsetMs: 0 }],
}

/** Makes the table by asking for single instants, as a time-zone library answers them. */
export function zoneTable(
  name: string,
  offsetAt: (ms: number) => number,
  years: { readonly from: number; readonly to: number },
): ZoneTable {
  const start = Date.UTC(years.from, 0, 1)
  const end = Date.UTC(years.to + 1, 0, 1)
  const transitions: ZoneTransition[] = [{ from: beginning, offsetMs: offsetAt(start) }]
  const step = 7 * 86_400_000
  let known = offsetAt(start)
  for (let at = start; at < end; at += step) {
    const next = offsetAt(at + step)
    let low = at
    // Two changes within a week are rare, and found one after the other.
    while (next !== known) {
      const from = firstChange(offsetAt, low, at + step)
      known = offsetAt(from)
      transitions.push({ from, offsetMs: known })
      low = from
    }
  }
  return { name, transitions }
}

/** Clocks change at whole minutes. */
const grainMs = 60_000

/** The first instant in (low, high] whose offset differs from the one at `low`. */
function firstChange(offsetAt: (ms: number) => number, low: number, high: number): number {
  const before = offsetAt(low)
  let [same, other] = [low, high]
  while (other - same > grainMs) {
    const middle = Math.floor((same + other) / 2 / grainMs) * grainMs
    if (offsetAt(middle) === before) same = middle
    else other = middle
  }
  return other
}

/** Local time minus UTC at an instant. */
export function offsetAt(zone: ZoneTable, ms: number): number {
  const { transitions } = zone
  let [low, high] = [0, transitions.length - 1]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((transitions[middle]?.from ?? Infinity) <= ms) low = middle
    else high = middle - 1
  }
  return transitions[low]?.offsetMs ?? 0
}

/** The day that calendars in the zone show at an instant. */
export function localDay(zone: ZoneTable, ms: number): number {
  return Math.floor((ms + offsetAt(zone, ms)) / 86_400_000)
}
