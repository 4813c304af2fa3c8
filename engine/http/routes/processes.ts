/** Guided processes: what may be started, runs answered step by step, kept for later, submitted once. */
import type { PreviewAsk } from '../../automation/processes/preview.ts'
import type { GivenStep } from '../../automation/processes/processes.ts'
import { refuse } from '../../base/refusal.ts'
import type { AppParts } from '../app-parts.ts'
import { jsonObject, textMember } from '../json-request.ts'
import { json } from '../respond.ts'
import { route, setupRoute, type Call, type Route } from '../route.ts'
import { own } from './addresses.ts'

type Parts = Pick<AppParts, 'processes'>

export function processRoutes({ processes }: Parts): readonly Route[] {
  const runs = `${own}/process-runs`
  return [
    route('GET', `${own}/processes`, (call) =>
      json(processes.list(call.caller, call.query('recordId'))),
    ),
    setupRoute('POST', `${own}/process-previews`, async (call) =>
      json(await processes.preview(call.caller, await readPreview(call))),
    ),
    route('GET', runs, async (call) => json(await processes.kept(call.caller))),
    route('POST', runs, async (call) => {
      const body = await jsonObject(call.request)
      const recordId = textMember(body, 'recordId') || undefined
      return json(await processes.start(call.caller, textMember(body, 'process'), recordId), 201)
    }),
    route('GET', `${runs}/:id`, async (call) =>
      json(await processes.view(call.caller, call.param('id'))),
    ),
    route('PATCH', `${runs}/:id`, async (call) => {
      const step = readStep(await jsonObject(call.request))
      return json(await processes.keep(call.caller, call.param('id'), step))
    }),
    route('DELETE', `${runs}/:id`, async (call) => {
      await processes.giveUp(call.caller, call.param('id'))
      return new Response(null, { status: 204 })
    }),
    route('POST', `${runs}/:id/steps`, async (call) => {
      const step = readStep(await jsonObject(call.request))
      return json(await processes.answer(call.caller, call.param('id'), step))
    }),
    route('POST', `${runs}/:id/choices`, async (call) => {
      const body = await jsonObject(call.request)
      const asked = { of: textMember(body, 'of'), answers: readStep(body).answers }
      return json(await processes.choices(call.caller, call.param('id'), asked))
    }),
    route('POST', `${runs}/:id/submit`, async (call) =>
      json(await processes.submit(call.caller, call.param('id'))),
    ),
  ]
}

function readStep(body: ReadonlyMap<string, unknown>): GivenStep {
  const answers = body.get('answers') ?? {}
  if (typeof answers !== 'object' || answers === null || Array.isArray(answers)) {
    throw refuse('INVALID_ARGUMENT', '"answers" must be an object.', { fields: ['answers'] })
  }
  const screen = textMember(body, 'screen') || undefined
  return { screen, answers: new Map(Object.entries(answers)) }
}

const actions = ['start', 'answer', 'choices', 'submit'] as const

async function readPreview(call: Call): Promise<PreviewAsk> {
  const body = await jsonObject(call.request)
  const action = actions.find((one) => one === body.get('action'))
  if (action === undefined) {
    const text = `"action" is one of ${actions.join(', ')}.`
    throw refuse('INVALID_ARGUMENT', text, { fields: ['action'] })
  }
  return {
    body: JSON.stringify(body.get('body') ?? {}),
    recordId: textMember(body, 'recordId') || undefined,
    action,
    of: textMember(body, 'of') || undefined,
    answers: readStep(body).answers,
  }
}
