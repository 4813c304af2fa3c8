/** Invocable actions: what there is, what each takes and gives, and running one on a list of inputs. */
import type {
  ActionChoice,
  ActionParameter,
  InvocableAction,
} from '../../automation/actions/action.ts'
import type { ActionSource } from '../../automation/actions/action-registry.ts'
import { limits } from '../../base/limits.ts'
import { message } from '../../base/message.ts'
import { Refusal, refuse } from '../../base/refusal.ts'
import { settled } from '../../records/outcomes.ts'
import type { AppParts } from '../app-parts.ts'
import { saveErrors } from '../error-answer.ts'
import { jsonObject } from '../json-request.ts'
import { modelFor } from '../language-of.ts'
import { json } from '../respond.ts'
import { route, type Call, type Route } from '../route.ts'
import { data } from './addresses.ts'

type Parts = Pick<AppParts, 'automation' | 'deployer' | 'log' | 'requestId'>

export function actionRoutes(parts: Parts): readonly Route[] {
  const all = `${data}/actions`
  const standard = `${all}/standard`
  const custom = `${all}/custom`
  const actions = () => parts.automation.actions
  const model = () => parts.deployer.store.current()
  const standardOne = (call: Call) => found(actions().findStandard(call.param('name')))
  const customOne = (call: Call, name: string) => found(sourceOf(parts, call).find(model(), name))
  const named = (call: Call) => customOne(call, call.param('name'))
  const ofObject = (call: Call) => customOne(call, `${call.param('object')}.${call.param('name')}`)
  return [
    route('GET', all, (call) =>
      json({ standard: address(call, 'standard'), custom: address(call, 'custom') }),
    ),
    route('GET', standard, (call) =>
      json(listView(actions().standard(), address(call, 'standard'))),
    ),
    route('GET', `${standard}/:name`, (call) => described(parts, call, standardOne(call))),
    route('POST', `${standard}/:name`, (call) => run(parts, call, standardOne(call))),
    route('GET', custom, (call) =>
      json(Object.fromEntries([...actions().custom.keys()].map((type) => typeView(call, type)))),
    ),
    route('GET', `${custom}/:type`, (call) => {
      const source = sourceOf(parts, call)
      return json(listView(source.list(model()), address(call, `custom/${source.type}`)))
    }),
    route('GET', `${custom}/:type/:name`, (call) => described(parts, call, named(call))),
    route('POST', `${custom}/:type/:name`, (call) => run(parts, call, named(call))),
    route('GET', `${custom}/:type/:object/:name`, (call) => described(parts, call, ofObject(call))),
    route('POST', `${custom}/:type/:object/:name`, (call) => run(parts, call, ofObject(call))),
  ]
}

function address({ caller }: Call, path: string): string {
  return `/services/data/v${caller.apiVersion}/actions/${path}`
}

function typeView(call: Call, type: string): readonly [string, string] {
  return [type, address(call, `custom/${type}`)]
}

/** A flow may do more than whoever calls it: being allowed to use the API is not enough. */
function sourceOf({ automation }: Parts, call: Call): ActionSource {
  const source = found(automation.actions.custom.get(call.param('type')))
  if (call.caller.access.has(source.permission)) return source
  const { permission } = source
  throw refuse(
    'INSUFFICIENT_ACCESS',
    message('This needs the permission {permission}.', { permission }),
  )
}

function found<Kind>(one: Kind | undefined): Kind {
  if (one === undefined) {
    throw refuse('NOT_FOUND', 'There is no such action: see the list at /actions.')
  }
  return one
}

function listView(actions: readonly InvocableAction[], base: string): object {
  return {
    actions: actions.map(({ label, name, type }) => ({
      label,
      name,
      type: typeWord(type),
      // Actions of an object stand under it: emailAlert/Case/Tell_owner.
      url: `${base}/${name.replace('.', '/')}`,
    })),
  }
}

function typeWord(type: string): string {
  return type.toUpperCase()
}

function described(parts: Parts, { caller }: Call, action: InvocableAction): Response {
  const { description, inputs, label, name, outputs, type } = action
  const model = modelFor(parts, caller)
  const inputView = (one: ActionParameter) => ({
    ...parameterView(one, one.choices?.(model, caller)),
    required: one.required ?? false,
  })
  return json({
    description,
    inputs: inputs.map(inputView),
    label,
    name,
    outputs: outputs.map((one) => parameterView(one)),
    standard: parts.automation.actions.findStandard(name) === action,
    targetEntityName: null,
    type: typeWord(type),
  })
}

function parameterView(
  { name, label, description, type, isList, sobjectType }: ActionParameter,
  choices?: readonly ActionChoice[],
) {
  return {
    byteLength: 0,
    description,
    label,
    maxOccurs: isList === true ? limits.actionListValuesMax : 1,
    name,
    picklistValues: choices?.map((one) => ({ active: true, defaultValue: false, ...one })) ?? null,
    sobjectType: sobjectType ?? null,
    type: type === 'ANY' ? 'STRING' : type,
  }
}

/** Each of the inputs is a unit of work of its own; the answer is a refusal where none went well. */
async function run(parts: Parts, call: Call, action: InvocableAction): Promise<Response> {
  const body = await jsonObject(call.request)
  const inputs = readInputs(body.get('inputs'))
  const model = modelFor(parts, call.caller)
  const results: object[] = []
  let hasSuccess = false
  for (const input of inputs) {
    const outcome = await settled(() => parts.automation.invoke(call.caller, action, input))
    hasSuccess ||= !(outcome instanceof Refusal)
    results.push(
      outcome instanceof Refusal
        ? {
            actionName: action.name,
            errors: saveErrors(outcome, model, parts),
            isSuccess: false,
            outputValues: null,
          }
        : {
            actionName: action.name,
            errors: null,
            isSuccess: true,
            outputValues: Object.fromEntries(outcome),
          },
    )
  }
  return json(results, hasSuccess ? 200 : 400)
}

function readInputs(given: unknown): readonly ReadonlyMap<string, unknown>[] {
  const inputs: unknown = given ?? [{}]
  if (!Array.isArray(inputs) || inputs.length === 0) throw wrongInputs('is a list of objects')
  if (inputs.length > limits.bulkRecordsMax) {
    throw wrongInputs(`has at most ${limits.bulkRecordsMax} entries (bulkRecordsMax)`)
  }
  return inputs.map((input: unknown) => {
    if (typeof input !== 'object' || input === null || Array.isArray(input)) {
      throw wrongInputs('is a list of objects')
    }
    return new Map(Object.entries(input))
  })
}

function wrongInputs(reason: string): Refusal {
  return refuse('INVALID_ARGUMENT', `"inputs" ${reason}: {"inputs": [{"name": value}]}.`, {
    fields: ['inputs'],
  })
}
