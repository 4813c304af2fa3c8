/** A clock for windows and lifetimes, which only ever get shorter. */
import type { Clock } from '../base/clock.ts'

/** Never goes back while the process lives. */
export function steady(clock: Clock): Clock {
  let latest = 0
  return {
    now: () => {
      latest = Math.max(latest, clock.now())
      return latest
    },
  }
}
