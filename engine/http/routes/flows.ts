/** Flows for those who look after them: which there are, whether they run and why not, and trying one without leaving a trace. */
import type { Model } from '../../model/model.ts'
import { planOfFlow } from '../../model/ready-flows.ts'
import { normaliseId } from '../../base/record-id.ts'
import { refuse } from '../../base/refusal.ts'
import type { AppParts } from '../app-parts.ts'
import { optionalJsonObject, textMember } from '../json-request.ts'
import { json } from '../respond.ts'
import { setupRoute, type Call, type Route } from '../route.ts'
import { own } from './addresses.ts'

type Parts = Pick<AppParts, 'automation' | 'deployer'>

export function flowRoutes(parts: Parts): readonly Route[] {
  const all = `${own}/flows`
  return [
    setupRoute('GET', all, () => json(listView(parts.deployer.store.current()))),
    setupRoute('POST', `${all}/:name/test`, (call) => trial(parts, call)),
  ]
}

function listView(model: Model): readonly object[] {
  return [...model.components('Flow')].map(({ fullName, body }) => {
    const plan = planOfFlow(model, fullName)
    return {
      name: fullName,
      label: body.label ?? fullName,
      description: body.description ?? null,
      status: body.status ?? 'Draft',
      object: body.start?.object ?? null,
      triggerType: body.start?.triggerType ?? null,
      recordTriggerType: body.start?.recordTriggerType ?? null,
      paths: plan?.trigger?.paths.map(({ name }) => name) ?? [],
      runs: plan !== undefined && plan.inert.length === 0,
      notActedOn: plan?.inert ?? [],
    }
  })
}

async function trial({ automation }: Parts, call: Call): Promise<Response> {
  const body = await optionalJsonObject(call.request)
  const path = textMember(body, 'path')
  const given = textMember(body, 'recordId')
  const recordId = given === '' ? undefined : normaliseId(given)
  if (given !== '' && recordId === undefined) {
    throw refuse('MALFORMED_ID', 'recordId is the ID of a record.', { fields: ['recordId'] })
  }
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
