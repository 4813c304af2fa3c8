/** Time zones by their IANA names, as the tables that formulas compute with. */
import { utc, zoneTable, type ZoneTable } from '../formula/zone.ts'

/** Before the first and after the last of these years the offsets at the ends hold on. */
const years = { from: 1970, to: 2050 }

const tables = new Map<string, ZoneTable>([['UTC', utc]])

/** An unknown name counts as UTC. */
export function timeZone(name: string): ZoneTable {
  const known = tables.get(name)
  if (known !== undefined) return known
  const offsetOf = offsetReader(name)
  if (offsetOf === undefined) return utc
  const made = zoneTable(name, offsetOf, years)
  tables.set(name, made)
  return made
}

const offsetText = /GMT(?:([+-])(\d{2}):(\d{2})(?::(\d{2}))?)?$/

/** A table asks for thousands of instants: the formatter itself answers ten times as fast as a calendar library. */
function offsetReader(name: string): ((ms: number) => number) | undefined {
  const format = formatter(name)
  return (
    format &&
    ((ms) => {
      const [, sign, hours, minutes, seconds] = offsetText.exec(format.format(ms)) ?? []
      const whole = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60 + Number(seconds ?? 0)
      return (sign === '-' ? -whole : whole) * 1000
    })
  )
}

function formatter(name: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' })
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
