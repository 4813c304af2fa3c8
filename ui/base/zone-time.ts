/** Instants and the clock on the wall: between UTC and the user's time zone, without a library. */
import { parseInstant } from './formats.ts'

const minuteMs = 60_000

/** `2026-11-22T09:30` as the zone's clock shows the instant; empty for no instant. */
export function toZoneClock(instant: string, timeZone: string): string {
  const date = parseInstant(instant)
  if (!date) return ''
  return new Date(date.getTime() + offsetMs(date, timeZone)).toISOString().slice(0, 16)
}

/** The instant at which the zone's clock shows `clock`, as the wire writes it. */
export function fromZoneClock(clock: string, timeZone: string): string | undefined {
  // Browsers read much more than this form as some date or other.
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(clock)) return undefined
  const wall = Date.parse(`${clock.slice(0, 16)}:00Z`)
  if (Number.isNaN(wall)) return undefined
  // The offset depends on the instant, which depends on the offset: two rounds settle it.
  let instant = wall - offsetMs(new Date(wall), timeZone)
  instant = wall - offsetMs(new Date(instant), timeZone)
  return new Date(instant).toISOString().replace('Z', '+0000')
}

function offsetMs(date: Date, timeZone: string): number {
  const parts = clockFormat(timeZone).formatToParts(date)
  const get = (type: string): number =>
    Number(parts.find((part) => part.type === type)?.value ?? '0')
  const wall = Date.UTC(
    get('year'),
    get('month') - 1,
    get('day'),
    get('hour'),
    get('minute'),
    get('second'),
  )
  return Math.round((wall - date.getTime()) / minuteMs) * minuteMs
}

const formats = new Map<string, Intl.DateTimeFormat>()

function clockFormat(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  formats.set(timeZone, format)
  return format
}
