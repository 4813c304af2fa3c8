/** Jobs for those who look after them: what runs by the clock and when, what is at work, and what failed and why. */
import type { JobView } from '../../jobs/job-overview.ts'
import type { ScheduledJobView } from '../../jobs/scheduled-jobs.ts'
import { message, type Message } from '../../base/message.ts'
import { refuse } from '../../base/refusal.ts'
import type { AppParts } from '../app-parts.ts'
import { optionalJsonObject, textMember } from '../json-request.ts'
import { wordsFor } from '../language-of.ts'
import { json, noContent } from '../respond.ts'
import { setupRoute, type Call, type Route } from '../route.ts'
import { own } from './addresses.ts'
import { userNames } from './user-names.ts'

type Parts = Pick<AppParts, 'automation' | 'bulk' | 'deployer' | 'auth'>

export function scheduledJobRoutes(parts: Parts): readonly Route[] {
  const { automation, bulk } = parts
  const all = `${own}/scheduled-jobs`
  return [
    setupRoute('GET', all, async (call) => {
      const say = wordsFor(parts, call.caller)
      return json((await automation.scheduled().list()).map((job) => scheduledView(job, say)))
    }),
    setupRoute('POST', `${all}/:name/run`, async (call) => {
      await automation.scheduled().runNow(call.param('name'), call.user.id)
      automation.wake()
      return noContent()
    }),
    setupRoute('POST', `${all}/:name/pause`, async (call) => {
      await automation.scheduled().pause(call.param('name'))
      return noContent()
    }),
    setupRoute('POST', `${all}/:name/resume`, async (call) => {
      await automation.scheduled().resume(call.param('name'))
      return noContent()
    }),
    setupRoute('PUT', `${all}/:name/schedule`, (call) => reschedule(parts, call)),
    setupRoute('GET', `${own}/jobs`, async () => {
      const jobs = await bulk.all.list()
      const names = await userNames(parts.auth, new Set(jobs.map(({ createdBy }) => createdBy)))
      return json(jobs.map((job) => jobView(job, names)))
    }),
    setupRoute('POST', `${own}/jobs/:id/stop`, async (call) => {
      await bulk.all.stop(call.param('id'))
      return noContent()
    }),
  ]
}

/** Without an expression its own schedule counts again. */
async function reschedule({ automation }: Parts, call: Call): Promise<Response> {
  const body = await optionalJsonObject(call.request)
  const expression = textMember(body, 'cronExpression')
  const zone = textMember(body, 'timeZone') || 'UTC'
  const unknown = [...body.keys()].filter((one) => one !== 'cronExpression' && one !== 'timeZone')
  if (unknown.length > 0) {
    const told = message('A schedule has "cronExpression" and "timeZone".')
    throw refuse('INVALID_ARGUMENT', told, { fields: unknown })
  }
  const chosen = expression === '' ? undefined : { expression, zone }
  await automation.scheduled().reschedule(call.param('name'), chosen)
  return noContent()
}

function time(at: number | undefined): string | null {
  return at === undefined ? null : new Date(at).toISOString()
}

function scheduledView(
  { label, of, schedule, zone, ...job }: ScheduledJobView,
  say: (told: Message) => string,
): object {
  return {
    name: job.name,
    label: typeof label === 'string' ? label : say(label),
    component: of ?? null,
    cronExpression: schedule,
    timeZone: zone,
    isChosen: job.isChosen,
    state: job.state,
    nextAt: time(job.nextAt),
    lastAt: time(job.lastAt),
    lastState: job.lastState ?? null,
    lastOutcome: job.lastOutcome ?? null,
  }
}

function jobView(
  { content, createdAt, modifiedAt, createdBy, ...job }: JobView,
  names: ReadonlyMap<string, string>,
): object {
  const { about, detail, done, failed } = content
  return {
    ...job,
    about,
    detail: detail ?? null,
    done: done ?? null,
    failed: failed ?? null,
    createdBy: names.get(createdBy) ?? null,
    createdAt: time(createdAt),
    modifiedAt: time(modifiedAt),
  }
}
