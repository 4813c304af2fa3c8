/** Times of a cron expression in some time zone, as the scheduled jobs of this folder are given them. */
import { Cron } from 'croner'
import { message } from '../base/message.ts'
import { refuse } from '../base/refusal.ts'

export interface CronTimes {
  /** The expression, as it is shown. */
  readonly schedule: string
  readonly zone: string
  /** The first time after that moment; undefined where there is none any more. */
  nextAfter(time: number): number | undefined
}

const expressionCharsMax = 200

/**
 * Seconds, minutes, hours, day of month, month, day of week (SUN to SAT, or 1 to 7) and perhaps the year: the form that
 * scheduled jobs have on the public platform.
 */
export function cronTimes(expression: string, zone = 'UTC'): CronTimes {
  const cron = parsed(expression.trim().replace(/\s+/g, ' '), zone)
  return {
    schedule: cron.getPattern() ?? expression,
    zone,
    nextAfter: (time) => cron.nextRun(new Date(time))?.getTime(),
  }
}

function parsed(expression: string, zone: string): Cron {
  if (expression.length > expressionCharsMax) throw notUnderstood('it is too long')
  try {
    // The schedule itself would find out only when its first time is wanted.
    Intl.DateTimeFormat('en', { timeZone: zone })
  } catch {
    const told = message('There is no time zone "{zone}".', { zone })
    throw refuse('INVALID_ARGUMENT', told, { fields: ['timeZone'] })
  }
  try {
    return new Cron(expression, {
      timezone: zone,
      mode: '6-or-7-parts',
      alternativeWeekdays: true,
      domAndDow: true,
      paused: true,
    })
  } catch (error) {
    throw notUnderstood(error instanceof Error ? error.message : String(error))
  }
}

function notUnderstood(reason: string) {
  const told = message(
    'The schedule is not understood: {reason}. Write seconds, minutes, hours, day of month, month, day of week: "0 0 2 * * ?" is every day at two.',
    { reason },
  )
  return refuse('INVALID_ARGUMENT', told, { fields: ['cronExpression'] })
}
