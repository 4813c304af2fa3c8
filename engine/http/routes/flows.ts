/** Flows for those who look after them: which there are, whether they run and why not, what became of their runs, and trying one without leaving a trace. */
import type { FlowFigures, LoggedRun, RunOutcome } from '../../automation/flows/flow-log-store.ts'
import { limits } from '../../base/limits.ts'
import { message } from '../../base/message.ts'
import type { Model } from '../../model/model.ts'
import { planOfFlow } from '../../model/ready-flows.ts'
import { normaliseId } from '../../base/record-id.ts'
import { refuse, type Refusal } from '../../base/refusal.ts'
import type { AppParts } from '../app-parts.ts'
import { optionalJsonObject, textMember } from '../json-request.ts'
import { json, noContent } from '../respond.ts'
import { setupRoute, type Call, type Route } from '../route.ts'
import { own } from './addresses.ts'
import { userNames } from './user-names.ts'

type Parts = Pick<AppParts, 'automation' | 'deployer' | 'auth' | 'clock'>

export function flowRoutes(parts: Parts): readonly Route[] {
  const all = `${own}/flows`
  return [
    setupRoute('GET', all, async () => {
      const figures = await parts.automation.log.figures()
      return json(listView(parts.deployer.store.current(), figures))
    }),
    setupRoute('POST', `${all}/:name/test`, (call) => trial(parts, call)),
    setupRoute('POST', `${all}/:name/trace`, (call) => trace(parts, call)),
    setupRoute('GET', `${own}/flow-runs`, (call) => runs(parts, call)),
  ]
}

function listView(model: Model, figures: ReadonlyMap<string, FlowFigures>): readonly object[] {
  return [...model.components('Flow')].map(({ fullName, body }) => {
    const plan = planOfFlow(model, fullName)
    const told = figures.get(fullName)
    return {
      name: fullName,
      label: body.label ?? fullName,
      description: body.description ?? null,
      status: body.status ?? 'Draft',
      processType: body.processType ?? 'AutoLaunchedFlow',
      object: body.start?.object ?? null,
      triggerType: body.start?.triggerType ?? null,
      recordTriggerType: body.start?.recordTriggerType ?? null,
      paths: plan?.trigger?.paths.map(({ name }) => name) ?? [],
      inputs: [...(plan?.variables.values() ?? [])]
        .filter(({ isInput }) => isInput)
        .map(({ name, type }) => ({ name, kind: type.kind, isList: type.isList })),
      runs: plan !== undefined && plan.inert.length === 0,
      notActedOn: plan?.inert ?? [],
      runCount: told?.runs ?? 0,
      failureCount: told?.failures ?? 0,
      lastRunAt: time(told?.lastAt),
      lastFailureAt: time(told?.failedAt),
      tracedUntil: time(told?.tracedUntil),
    }
  })
}

function time(at: number | undefined): string | null {
  return at === undefined ? null : new Date(at).toISOString()
}

/** Steps hold values of records, whoever may see those. */
function requireAllData({ caller }: Call): void {
  if (caller.access.has('ViewAllData')) return
  const told = message('This shows values of records: it needs the permission to view all data.')
  throw refuse('INSUFFICIENT_ACCESS', told)
}

function flowNamed({ deployer }: Parts, name: string): string {
  const flow = deployer.store.current().component('Flow', name)
  if (flow !== undefined) return flow.fullName
  throw refuse('NOT_FOUND', message('There is no flow {name}.', { name }))
}

async function trace(parts: Parts, call: Call): Promise<Response> {
  requireAllData(call)
  const name = flowNamed(parts, call.param('name'))
  const body = await optionalJsonObject(call.request)
  const minutes = body.get('minutes') ?? 0
  const most = limits.flowTraceMinutesMax
  if (typeof minutes !== 'number' || !(minutes >= 0 && minutes <= most)) {
    const told = message('"minutes" is a number from 0 to {most}.', { most })
    throw refuse('INVALID_ARGUMENT', told, { fields: ['minutes'] })
  }
  const until = minutes === 0 ? undefined : parts.clock.now() + Math.ceil(minutes) * 60_000
  await parts.automation.log.trace(name, until)
  return noContent()
}

const outcomes: readonly RunOutcome[] = ['Finished', 'Refused', 'Failed', 'Skipped']

async function runs(parts: Parts, call: Call): Promise<Response> {
  const outcome = outcomes.find((one) => one === call.query('outcome'))
  if (outcome === undefined && call.query('outcome') !== undefined) {
    throw wrong('outcome', outcomes.join(', '))
  }
  const before = call.query('before')
  const at = before === undefined ? undefined : Date.parse(before)
  if (Number.isNaN(at)) throw wrong('before', '2026-01-31T12:00:00.000Z')
  const record = call.query('recordId')
  const recordId = record === undefined ? undefined : normaliseId(record)
  if (record !== undefined && recordId === undefined) throw noId()
  const flow = call.query('flow')
  const max = limits.flowRunsShownMax
  const found = await parts.automation.log.runs({ flow, recordId, outcome, before: at, max })
  const names = await userNames(parts.auth, new Set(found.map(({ userId }) => userId)))
  const showsValues = call.caller.access.has('ViewAllData')
  return json(found.map((run) => runView(run, names, showsValues)))
}

function wrong(member: string, expected: string): Refusal {
  const told = message('"{member}" is one of these, or like this: {expected}', { member, expected })
  return refuse('INVALID_ARGUMENT', told, { fields: [member] })
}

function noId(): Refusal {
  return refuse('MALFORMED_ID', 'recordId is the ID of a record.', { fields: ['recordId'] })
}

function runView(
  { at, steps, userId, ...run }: LoggedRun,
  names: ReadonlyMap<string, string>,
  showsValues: boolean,
): object {
  // Written by the log alone.
  const told = steps === undefined ? [] : (JSON.parse(steps) as readonly object[])
  return {
    id: run.id,
    flow: run.flow,
    start: run.start,
    outcome: run.outcome,
    object: run.object ?? null,
    recordId: run.recordId ?? null,
    user: names.get(userId) ?? null,
    at: time(at),
    element: run.element ?? null,
    error: run.error ?? null,
    steps: showsValues ? told : told.map((step) => ({ ...step, values: {} })),
  }
}

async function trial({ automation }: Parts, call: Call): Promise<Response> {
  requireAllData(call)
  const body = await optionalJsonObject(call.request)
  const path = textMember(body, 'path')
  const given = textMember(body, 'recordId')
  const recordId = given === '' ? undefined : normaliseId(given)
  if (given !== '' && recordId === undefined) throw noId()
  const inputs = body.get('inputs') ?? {}
  if (typeof inputs !== 'object' || inputs === null || Array.isArray(inputs)) {
    throw refuse('INVALID_ARGUMENT', '"inputs" is an object.', { fields: ['inputs'] })
  }
  const outcome = await automation.tryFlow(call.caller, {
    flow: call.param('name'),
    recordId,
    inputs: new Map(Object.entries(inputs)),
    path: path === '' ? undefined : path,
  })
  return json({ ...outcome, failure: outcome.failure ?? null })
}
