/** When and from where the profile of a user lets him in, and who may use the screens at all. */
import { BlockList, isIP } from 'node:net'
import type { Profile } from '../../metadata/types.ts'
import type { SignedInUser } from './users.ts'

export interface LoginRules {
  readonly loginHours: Profile['loginHours'] | undefined
  readonly loginIpRanges: Profile['loginIpRanges'] | undefined
}

export interface Arrival {
  /** Of the other end of the connection. */
  readonly address: string
  readonly now: number
  readonly isScreen: boolean
}

/** Why somebody is not let in, as it stands in the login history; undefined for whoever is. */
export function refusedBy(user: SignedInUser, arrival: Arrival): string | undefined {
  const { loginHours, loginIpRanges } = user.loginRules
  if (arrival.isScreen && user.access.has('ApiUserOnly')) return 'Failed: API Only User'
  if (loginIpRanges !== undefined && loginIpRanges.length > 0) {
    const address = plainAddress(arrival.address)
    if (!loginIpRanges.some((range) => isWithin(address, range))) return 'Restricted IP'
  }
  if (loginHours === undefined) return undefined
  return isOpen(loginHours, arrival.now, user.timeZone) ? undefined : 'Restricted Time'
}

const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i

function plainAddress(address: string): string {
  return mapped.exec(address)?.[1] ?? address
}

type IpRange = NonNullable<Profile['loginIpRanges']>[number]

/** What is no range lets nobody in. */
function isWithin(address: string, { startAddress, endAddress }: IpRange): boolean {
  const family = isIP(address)
  if (family === 0 || isIP(startAddress) !== family || isIP(endAddress) !== family) return false
  const kind = family === 4 ? 'ipv4' : 'ipv6'
  const list = new BlockList()
  try {
    list.addRange(startAddress, endAddress, kind)
  } catch {
    // The end stands before the start.
    return false
  }
  return list.check(address, kind)
}

const days = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const
const minutesOfDay = 24 * 60

/** Minutes of the day in the zone of the user; a day that is not named is open, one that ends as it begins is not. */
function isOpen(hours: NonNullable<Profile['loginHours']>, now: number, timeZone: string): boolean {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    weekday: 'long',
    hour: 'numeric',
    minute: 'numeric',
    hourCycle: 'h23',
  }).formatToParts(now)
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? ''
  const day = days.find((one) => one === part('weekday').toLowerCase())
  if (day === undefined) return false
  const minute = Number(part('hour')) * 60 + Number(part('minute'))
  const start = Number(hours[`${day}Start`] ?? 0)
  const end = Number(hours[`${day}End`] ?? minutesOfDay)
  return minute >= start && minute < end
}
