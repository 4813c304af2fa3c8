/** Times of scheduled jobs in words, where they are simple enough for a few. */
import { t } from '../base/text.ts'

const everyDay = /^0 (\d{1,2}) (\d{1,2}) \* \* \?$/
const ofFlows = /^(Daily|Weekly) (\d{4}-\d\d-\d\d) (\d\d:\d\d)/

/** Undefined for what is said best by the expression itself. */
export function scheduleWords(schedule: string): string | undefined {
  const [, minute, hour] = everyDay.exec(schedule) ?? []
  if (minute !== undefined && hour !== undefined) {
    return t('Every day at {time}', { time: `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}` })
  }
  const [, frequency, date = '', time = ''] = ofFlows.exec(schedule) ?? []
  if (frequency === 'Daily') return t('Every day at {time}', { time })
  if (frequency !== 'Weekly') return undefined
  return t('Every week at {time}, from {date} on', { time, date })
}
