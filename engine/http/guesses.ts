/** Whoever names ids that lead nowhere, again and again, guesses: after so many in a minute he waits for the next. */
import { LRUCache } from 'lru-cache'
import type { Clock } from '../base/clock.ts'
import { limits } from '../base/limits.ts'
import { message } from '../base/message.ts'
import { Refusal, refuse } from '../base/refusal.ts'

export interface Guesses {
  /** Does what is asked about records by their ids; refuses whoever has missed too often. */
  watched<Answer>(
    userId: string,
    work: () => Promise<Answer>,
    /** Of many ids, how many led nowhere; a refusal counts by itself. */
    missedIn?: (answer: Answer) => number,
  ): Promise<Answer>
  /** The same where an answer does not tell which of the ids led nowhere. */
  watchedNames<Answer>(
    userId: string,
    names: NamedIds,
    work: () => Promise<Answer>,
  ): Promise<Answer>
}

export interface NamedIds {
  readonly count: number
  /** How many of them lead nowhere; asked only of whoever names many in a minute. */
  missing(): Promise<number>
}

interface Window {
  readonly endsAt: number
  named: number
  missed: number
}

const minuteMs = 60_000
const max = limits.unknownIdsPerMinuteMax

export function createGuesses(clock: Clock): Guesses {
  const windows = new LRUCache<string, Window>({ max: limits.usersCachedMax })
  const windowOf = (userId: string): Window => {
    const known = windows.get(userId)
    const now = clock.now()
    const isOpen = known !== undefined && now < known.endsAt && known.endsAt <= now + minuteMs
    if (isOpen) return known
    const opened = { endsAt: now + minuteMs, named: 0, missed: 0 }
    windows.set(userId, opened)
    return opened
  }
  const requireFew = (userId: string): void => {
    if (windowOf(userId).missed >= max) throw tooMany()
  }
  return {
    watched: async (userId, work, missedIn = () => 0) => {
      requireFew(userId)
      try {
        const answer = await work()
        windowOf(userId).missed += missedIn(answer)
        return answer
      } catch (error) {
        if (isMiss(error)) windowOf(userId).missed += 1
        throw error
      }
    },
    watchedNames: async (userId, { count, missing }, work) => {
      requireFew(userId)
      const window = windowOf(userId)
      window.named += count
      const answer = await work()
      if (window.named > max) windowOf(userId).missed += await missing()
      return answer
    },
  }
}

/** True for what says that an id leads nowhere. */
export function isMiss(outcome: unknown): boolean {
  return outcome instanceof Refusal && outcome.code === 'NOT_FOUND'
}

function tooMany(): Refusal {
  return refuse(
    'TOO_MANY_REQUESTS',
    message(
      'More than {max} records that are not there were asked for within a minute (unknownIdsPerMinuteMax). Wait a minute.',
      { max },
    ),
  )
}
