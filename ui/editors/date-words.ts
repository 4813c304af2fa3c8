/** The date pickers' words and orders, by the user's locale. */
import type { DatePickerI18n } from '@vaadin/date-picker'
import { formatDay, parseDay } from '../base/date-input.ts'
import { t } from '../base/text.ts'

// The names of a week are taken from one fixed week: 4 January 1970 was a Sunday.
const sunday = Date.UTC(1970, 0, 4)
const dayMs = 86_400_000

export function dateWords(locale: string): DatePickerI18n {
  const month = new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' })
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' })
  const short = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' })
  const days = [0, 1, 2, 3, 4, 5, 6].map((day) => new Date(sunday + day * dayMs))
  return {
    monthNames: Array.from({ length: 12 }, (_, index) => month.format(Date.UTC(2026, index, 1))),
    weekdays: days.map((day) => weekday.format(day)),
    weekdaysShort: days.map((day) => short.format(day)),
    firstDayOfWeek: firstDayOfWeek(locale),
    today: t('Today'),
    cancel: t('Cancel'),
    formatDate: (day) => formatDay(day, locale),
    parseDate: (text) => parseDay(text, locale, new Date().getFullYear()),
    formatTitle: (monthName, year) => `${monthName} ${year}`,
  }
}

interface WeekLocale extends Intl.Locale {
  getWeekInfo?(): { readonly firstDay?: number }
  readonly weekInfo?: { readonly firstDay?: number }
}

// Not every browser knows the week of a locale yet; Sunday is then as good as any.
function firstDayOfWeek(locale: string): number {
  const known: WeekLocale = new Intl.Locale(locale)
  const info = known.getWeekInfo?.() ?? known.weekInfo
  return (info?.firstDay ?? 7) % 7
}
