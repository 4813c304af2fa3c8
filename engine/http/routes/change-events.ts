/** Change events for programs: read from a place on, waiting a while where there is nothing new yet. */
import { limits } from '../../base/limits.ts'
import { refuse } from '../../base/refusal.ts'
import { eventsAfter, nextEvents, type FollowParts, type FoundEvents } from '../follow-events.ts'
import { readableObject } from '../readable-object.ts'
import { exactJson } from '../respond.ts'
import { route, type Call, type Route } from '../route.ts'
import { own } from './addresses.ts'

type Parts = FollowParts

export function changeEventRoutes(parts: Parts): readonly Route[] {
  let waiting = 0
  return [
    route('GET', `${own}/change-events`, async (call) => {
      const asked = await readAsked(parts, call)
      const found = await eventsAfter(parts, call.caller, asked)
      if (found.events.length > 0 || asked.waitMs === 0) return exactJson(found)
      if (waiting >= limits.eventStreamsMax) {
        throw refuse('TOO_MANY_REQUESTS', 'Too many programs wait for events.')
      }
      waiting += 1
      try {
        return exactJson(await waitFor(parts, call, { ...asked, after: found.next }))
      } finally {
        waiting -= 1
      }
    }),
  ]
}

interface Asked {
  readonly after: number
  readonly objects: readonly string[] | undefined
  readonly waitMs: number
}

/** `after`: -1 for what comes from now on, -2 for all that is kept. */
async function readAsked(parts: Parts, call: Call): Promise<Asked> {
  const { first, last } = await parts.changeEvents.range()
  const given = wholeNumber(call, 'after', -1)
  const after = given === -1 ? last : given === -2 ? 0 : given
  if (given >= 0 && given < first - 1 && given < last) {
    throw refuse(
      'INVALID_ARGUMENT',
      `Events after ${given} are no longer kept: the first one is ${first}. Read the records themselves, and go on with ${last}.`,
      { fields: ['after'] },
    )
  }
  const objects = call
    .query('objects')
    ?.split(',')
    .map((name) => readableObject(parts, call, name.trim()).name)
  const waitMs = Math.min(wholeNumber(call, 'wait', 0) * 1_000, limits.changeEventsWaitMs)
  return { after, objects, waitMs: Math.max(0, waitMs) }
}

function wholeNumber(call: Call, name: string, missing: number): number {
  const text = call.query(name)
  if (text === undefined) return missing
  if (/^-?\d{1,15}$/.test(text) && Number(text) >= -2) return Number(text)
  throw refuse('INVALID_ARGUMENT', `${name} must be a whole number.`, { fields: [name] })
}

async function waitFor(parts: Parts, call: Call, asked: Asked): Promise<FoundEvents> {
  const { signal } = call.request
  const time = AbortSignal.any([AbortSignal.timeout(asked.waitMs), signal])
  let { after } = asked
  for (;;) {
    const news = nextEvents(parts, time)
    const found = await eventsAfter(parts, call.caller, { ...asked, after })
    after = found.next
    const isOver = found.events.length > 0 || time.aborted || !parts.serving()
    if (isOver) {
      news.stop()
      return found
    }
    await news.come
  }
}
