/** Times as people type them: `9`, `9:30`, `930`, `9:30 pm`, `21.30`. */

export interface ClockTime {
  readonly hours: number
  readonly minutes: number
}

/** The time typed; undefined when it is none. */
export function parseClock(text: string): ClockTime | undefined {
  const match = /^\s*(\d{1,2})[:.h]?(\d{2})?(?:[:.]\d{2})?\s*([ap])?\.?\s*m?\.?\s*$/i.exec(text)
  if (!match) return undefined
  const half = match[3]?.toLowerCase()
  const minutes = Number(match[2] ?? '0')
  let hours = Number(match[1])
  if (half !== undefined && (hours < 1 || hours > 12)) return undefined
  if (half === 'p' && hours < 12) hours += 12
  if (half === 'a' && hours === 12) hours = 0
  return hours < 24 && minutes < 60 ? { hours, minutes } : undefined
}

interface PickerTime {
  readonly hours: string | number
  readonly minutes: string | number
}

/** How the time picker writes and reads times in a locale. */
export function timeWords(locale: string): {
  formatTime(time: PickerTime | undefined): string
  parseTime(text: string): ClockTime | undefined
} {
  const format = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: 'UTC' })
  return {
    formatTime: (time) =>
      time ? format.format(Date.UTC(1970, 0, 1, Number(time.hours), Number(time.minutes))) : '',
    // Some locales write a narrow space before "PM".
    parseTime: (text) => parseClock(text.replace(/[\u202f\u00a0]/g, ' ')),
  }
}
