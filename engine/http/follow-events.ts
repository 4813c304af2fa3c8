/** Change events as programs follow them: from a place on, as far as each may see, waiting where there is nothing yet. */
import { limits } from '../base/limits.ts'
import type { ChangeEvent } from '../events/change-events.ts'
import { eventBody, visibleEvents } from '../events/visible-events.ts'
import type { Caller } from '../records/records.ts'
import type { AppParts } from './app-parts.ts'

export type FollowParts = Pick<AppParts, 'changeEvents' | 'deployer' | 'records' | 'serving'>

export interface FollowedPlace {
  readonly after: number
  /** Of some objects alone; undefined for all. */
  readonly objects: readonly string[] | undefined
}

export interface FoundEvents {
  readonly events: readonly Readonly<Record<string, unknown>>[]
  /** Where to go on. */
  readonly next: number
}

/** Looks on until something is found that the caller may see, or there is nothing more. */
export async function eventsAfter(
  { changeEvents, deployer, records }: FollowParts,
  caller: Caller,
  { after, objects }: FollowedPlace,
): Promise<FoundEvents> {
  const max = limits.changeEventsPageMax
  let next = after
  for (;;) {
    const page: readonly ChangeEvent[] = await changeEvents.read(next, { max, objects })
    next = page.at(-1)?.replayId ?? next
    const reader = { caller, model: deployer.store.current(), records }
    const events = (await visibleEvents(reader, page)).map(eventBody)
    if (events.length > 0 || page.length < max) return { events, next }
  }
}

export interface News {
  /** Resolves when there may be something new, when the time is over, or when the server stops. */
  readonly come: Promise<void>
  stop(): void
}

/** Listens from now on, so that nothing falls between the look and the wait. */
export function nextEvents({ changeEvents, serving }: FollowParts, time: AbortSignal): News {
  let stop = (): void => undefined
  const come = new Promise<void>((resolve) => {
    const stopListening = changeEvents.onEvents(() => stop())
    const checks = setInterval(() => {
      if (!serving()) stop()
    }, limits.hookAnswerMs)
    checks.unref()
    stop = () => {
      stopListening()
      clearInterval(checks)
      time.removeEventListener('abort', stop)
      resolve()
    }
    time.addEventListener('abort', stop, { once: true })
    if (time.aborted) stop()
  })
  return { come, stop: () => stop() }
}
