/** What varies is injected: the clock and the source of random bytes. */
export interface Clock {
  /** Milliseconds since 1970 in UTC. */
  now(): number
}

export type RandomBytes = (count: number) => Uint8Array
