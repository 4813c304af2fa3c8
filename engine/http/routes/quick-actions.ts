/** Quick actions as the public REST API has them: what there is, its form, what it begins with, and doing it. */
import {
  offeredActions,
  presetValues,
  runQuickAction,
  type ReadyAction,
} from '../../automation/quick-actions/quick-actions.ts'
import { message } from '../../base/message.ts'
import { refuse } from '../../base/refusal.ts'
import type { ObjectModel } from '../../model/model.ts'
import type { Gate } from '../../query/resolve.ts'
import type { AppParts } from '../app-parts.ts'
import { jsonObject, textMember } from '../json-request.ts'
import { modelFor } from '../language-of.ts'
import { noResource, readableObject } from '../readable-object.ts'
import { recordInput } from '../record-input.ts'
import { json } from '../respond.ts'
import { route, type Call, type Route } from '../route.ts'
import { describedAction, formFields, listedAction } from '../views/quick-action-view.ts'
import { data } from './addresses.ts'
import { describedObject } from './layouts.ts'

type Parts = Pick<AppParts, 'deployer' | 'records'>

/** The global ones; those of objects stand among the resources of the object. */
export function quickActionRoutes(parts: Parts): readonly Route[] {
  const all = `${data}/quickActions`
  const named = (call: Call): ReadyAction => actionNamed(parts, call, { name: call.param('name') })
  return [
    route('GET', all, (call) => listed(call, offeredActions(gateOf(parts, call)))),
    route('GET', `${all}/:name`, (call) => one(call, named(call))),
    route('GET', `${all}/:name/describe`, (call) => described(parts, call, named(call))),
    route('GET', `${all}/:name/defaultValues`, (call) =>
      defaults(parts, call, { action: named(call) }),
    ),
    route('GET', `${all}/:name/defaultValues/:context`, (call) =>
      defaults(parts, call, { action: named(call), contextId: call.param('context') }),
    ),
    route('POST', `${all}/:name`, (call) => run(parts, call, named(call))),
  ]
}

/** `sobjects/<object>/quickActions`: the object's own and the global ones. */
export function quickActionsOfObject(parts: Parts, call: Call): Response {
  const gate = gateOf(parts, call)
  const object = readableObject(parts, call, call.param('object'))
  return listed(call, [...offeredActions(gate, object), ...offeredActions(gate)])
}

/** `…/quickActions/<action>`. */
export function quickActionOfObject(parts: Parts, call: Call): Response {
  return one(call, ofObject(parts, call))
}

/** `…/quickActions/<action>/describe` and `…/defaultValues`. */
export function quickActionPart(parts: Parts, call: Call): Promise<Response> | Response {
  const action = ofObject(parts, call)
  if (call.param('recordType') === 'describe') return described(parts, call, action)
  if (call.param('recordType') === 'defaultValues') return defaults(parts, call, { action })
  throw noResource()
}

/** `…/quickActions/<action>/defaultValues/<id>`. */
export function quickActionDefaults(parts: Parts, call: Call): Promise<Response> {
  if (call.param('field') !== quickActionsWord) throw noResource()
  if (call.param('recordType') !== 'defaultValues') throw noResource()
  const contextId = call.param('context')
  return defaults(parts, call, { action: ofObject(parts, call), contextId })
}

/** POST of `…/quickActions/<action>`. */
export function runActionOfObject(parts: Parts, call: Call): Promise<Response> {
  return run(parts, call, ofObject(parts, call))
}

export const quickActionsWord = 'quickActions'

function gateOf(parts: Parts, { caller }: Call): Gate {
  return { model: modelFor(parts, caller), access: caller.access }
}

function ofObject(parts: Parts, call: Call): ReadyAction {
  const object = readableObject(parts, call, call.param('object'))
  return actionNamed(parts, call, { name: call.param('value'), object })
}

interface Wanted {
  readonly name: string
  readonly object?: ObjectModel
}

/** With or without the object before its name; what is not offered is answered like what is not there. */
function actionNamed(parts: Parts, call: Call, { name, object }: Wanted): ReadyAction {
  const gate = gateOf(parts, call)
  const wanted = name.toLowerCase()
  const own = object === undefined ? [] : offeredActions(gate, object)
  const prefix = object === undefined ? '' : `${object.name.toLowerCase()}.`
  const found =
    own.find(({ plan }) => [wanted, prefix + wanted].includes(plan.name.toLowerCase())) ??
    offeredActions(gate).find(({ plan }) => plan.name.toLowerCase() === wanted)
  if (found === undefined) throw noResource()
  return found
}

function listed(call: Call, actions: readonly ReadyAction[]): Response {
  const { apiVersion } = call.caller
  const list = actions.map((action) => listedAction(action, apiVersion))
  return json(list, 200, call.limitInfo)
}

function one(call: Call, action: ReadyAction): Response {
  return json(listedAction(action, call.caller.apiVersion), 200, call.limitInfo)
}

function described(parts: Parts, call: Call, action: ReadyAction): Response {
  const subject = describedObject(parts, call, action.target)
  return json(describedAction(action, subject, call.caller.apiVersion), 200, call.limitInfo)
}

interface Started {
  readonly action: ReadyAction
  readonly contextId?: string
}

/** Of a record that is changed, what its form shows; over it what the action sets. */
async function defaults(
  parts: Parts,
  call: Call,
  { action, contextId }: Started,
): Promise<Response> {
  const { caller } = call
  const gate = gateOf(parts, call)
  const { plan, target } = action
  const attributes = { type: target.name }
  const isUpdate = plan.kind === 'Update'
  // Without a record there is nothing yet that could be changed.
  if (isUpdate && contextId === undefined) return json({ attributes }, 200, call.limitInfo)
  const start = { model: gate.model, action, contextId }
  const presets = await presetValues({ records: parts.records, caller }, start)
  const fields = formFields(gate, target, action)
  const shown = isUpdate ? await valuesOf(parts, call, { target, contextId, fields }) : {}
  return json({ ...shown, ...Object.fromEntries(presets), attributes }, 200, call.limitInfo)
}

interface Shown {
  readonly target: ObjectModel
  readonly contextId: string | undefined
  readonly fields: readonly string[]
}

async function valuesOf(parts: Parts, { caller }: Call, { target, contextId, fields }: Shown) {
  const names = ['Id', ...fields.filter((name) => name !== 'Id')]
  const found = await parts.records.retrieve(caller, target.name, contextId ?? '', names)
  const values: Record<string, unknown> = JSON.parse(found.text)
  return values
}

/** `{ "contextId", "record" }`. */
async function run(parts: Parts, call: Call, action: ReadyAction): Promise<Response> {
  const body = await jsonObject(call.request)
  const contextId = textMember(body, 'contextId')
  const record = body.get('record') ?? {}
  if (typeof record !== 'object' || record === null || Array.isArray(record)) {
    throw refuse('INVALID_ARGUMENT', message('"record" must be an object of fields and values.'), {
      fields: ['record'],
    })
  }
  const given = recordInput(new Map(Object.entries(record)), action.plan.target)
  const start = {
    model: modelFor(parts, call.caller),
    action,
    contextId: contextId === '' ? undefined : contextId,
  }
  const reading = { records: parts.records, caller: call.caller }
  const { id, created } = await runQuickAction(reading, start, given)
  const answer = {
    contextId: contextId === '' ? null : contextId,
    created,
    errors: [],
    feedItemIds: null,
    id,
    success: true,
  }
  return json(answer, created ? 201 : 200, call.limitInfo)
}
