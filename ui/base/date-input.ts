/** Calendar days as people type them in their locale's order: `22.11.2026`, `11/22/26`, `2026-11-22`. */

type Part = 'day' | 'month' | 'year'

export interface CalendarDay {
  readonly day: number
  /** Counted from 0, as the date picker does. */
  readonly month: number
  readonly year: number
}

function partOrder(locale: string): readonly Part[] {
  return new Intl.DateTimeFormat(locale)
    .formatToParts(new Date(Date.UTC(2026, 10, 22)))
    .map((part) => part.type)
    .filter((type) => type === 'day' || type === 'month' || type === 'year')
}

/** Two-digit years up to this many years ahead belong to the present century. */
const yearsAhead = 50

export function parseDay(input: string, locale: string, thisYear: number): CalendarDay | undefined {
  const numbers = input.match(/\d+/g) ?? []
  if (numbers.length === 0 || numbers.length > 3) return undefined
  const isIso = (numbers[0]?.length ?? 0) === 4
  const order = isIso ? (['year', 'month', 'day'] as const) : partOrder(locale)
  const wanted = numbers.length === 3 ? order : order.filter((part) => part !== 'year')
  const found = new Map<Part, number>()
  wanted.forEach((part, index) => {
    const text = numbers[index]
    if (text !== undefined)
      found.set(part, part === 'year' ? fullYear(text, thisYear) : Number(text))
  })
  return checkedDay(found.get('day'), found.get('month'), found.get('year') ?? thisYear)
}

function fullYear(text: string, thisYear: number): number {
  const year = Number(text)
  if (text.length > 2) return year
  const century = Math.floor(thisYear / 100) * 100
  return century + year > thisYear + yearsAhead ? century - 100 + year : century + year
}

function checkedDay(
  day: number | undefined,
  month: number | undefined,
  year: number,
): CalendarDay | undefined {
  if (day === undefined || month === undefined) return undefined
  const date = new Date(Date.UTC(year, month - 1, day))
  const holds = date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  return holds ? { day, month: month - 1, year } : undefined
}

/** The day in the locale's short order with a full year. */
export function formatDay(day: CalendarDay, locale: string): string {
  const date = new Date(Date.UTC(day.year, day.month, day.day))
  return new Intl.DateTimeFormat(locale, {
    timeZone: 'UTC',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(date)
}

/** What may be typed, in words of the locale's order: `MM/DD/YYYY`. */
export function dayPattern(locale: string): string {
  return formatDay({ day: 22, month: 10, year: 2033 }, locale)
    .replace('2033', 'YYYY')
    .replace('22', 'DD')
    .replace('11', 'MM')
}
