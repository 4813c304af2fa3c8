/** How many requests came within a day, as stock clients read it from a header. */
import type { Clock } from '../base/clock.ts'
import { limits } from '../base/limits.ts'
import { refuse } from '../base/refusal.ts'
import type { Headers } from './headers.ts'

export interface Usage {
  /** Refuses when the day's requests are used up. */
  count(): void
  header(): Headers
  remaining(): number
}

const dayMs = 24 * 60 * 60_000

export function createUsage(clock: Clock): Usage {
  let windowStart = clock.now()
  let used = 0
  return {
    count: () => {
      const now = clock.now()
      if (now - windowStart >= dayMs || now < windowStart) {
        windowStart = now
        used = 0
      }
      used += 1
      if (used > limits.requestsPerDayMax) {
        throw refuse('REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.')
      }
    },
    header: () => ({ 'Sforce-Limit-Info': `api-usage=${used}/${limits.requestsPerDayMax}` }),
    remaining: () => Math.max(0, limits.requestsPerDayMax - used),
  }
}
