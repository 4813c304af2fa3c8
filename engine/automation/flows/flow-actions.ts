/** Flows that are called by name: actions of the type "flow", with their variables as inputs and outputs. */
import type { FlowKind, FlowPlan, FlowVariable } from '../../model/flows/flow-plan.ts'
import type { Model } from '../../model/model.ts'
import { readyFlows } from '../../model/ready-flows.ts'
import { formulaNeeds } from '../../records/formulas/formula-needs.ts'
import { knownOf, loadGlobals, surroundingsOf } from '../../records/formulas/surroundings.ts'
import type {
  ActionCall,
  ActionParameter,
  ActionValues,
  ActionValueType,
  InvocableAction,
} from '../actions/action.ts'
import type { ActionRegistry, ActionSource } from '../actions/action-registry.ts'
import { callerFor } from './flow-work.ts'
import { Interview } from './interview.ts'
import { servicesOf } from './record-flows.ts'
import { outputsOf } from './run-elements.ts'
import { runInterviews } from './run-interviews.ts'
import type { FlowWatch } from './run-log.ts'
import { flowValue, plainOf } from './serve-demands.ts'
import { Refusal, wording } from '../../base/refusal.ts'

export interface FlowActionParts {
  readonly actions: () => ActionRegistry
  readonly ids: (keyPrefix: string) => string
  readonly log: FlowWatch
}

export function createFlowActions(parts: FlowActionParts): ActionSource {
  return {
    type: 'flow',
    permission: 'RunFlow',
    list: (model) =>
      [...readyFlows(model).byName.values()]
        .filter(isCallable)
        .map((plan) => actionOf(parts, plan)),
    find: (model, name) => {
      const plan = callable(model, name)
      return plan && actionOf(parts, plan)
    },
  }
}

function callable(model: Model, name: string): FlowPlan | undefined {
  const plan = readyFlows(model).byName.get(name)
  return plan !== undefined && isCallable(plan) ? plan : undefined
}

/** Others are started by records, or by the clock. */
function isCallable({ trigger, schedule }: FlowPlan): boolean {
  return trigger === undefined && schedule === undefined
}

const types: Readonly<Record<FlowKind, ActionValueType>> = {
  text: 'STRING',
  number: 'DOUBLE',
  boolean: 'BOOLEAN',
  date: 'DATE',
  datetime: 'DATETIME',
  time: 'STRING',
  record: 'SOBJECT',
  any: 'ANY',
}

function parameterOf({ name, type, description }: FlowVariable): ActionParameter {
  return {
    name,
    label: name,
    description,
    type: types[type.kind],
    isList: type.isList,
    ...(type.object === undefined ? {} : { sobjectType: type.object }),
  }
}

function actionOf(parts: FlowActionParts, plan: FlowPlan): InvocableAction {
  const variables = [...plan.variables.values()]
  return {
    name: plan.name,
    type: 'flow',
    label: plan.label,
    description: plan.label,
    inputs: variables.filter(({ isInput }) => isInput).map(parameterOf),
    outputs: variables.filter(({ isOutput }) => isOutput).map(parameterOf),
    run: (call, inputs) => runFlow(parts, { plan, call, inputs }),
  }
}

export interface FlowCall {
  readonly plan: FlowPlan
  readonly call: ActionCall
  readonly inputs: readonly ActionValues[]
}

export async function runFlow(
  { actions, ids, log }: FlowActionParts,
  { plan, call, inputs }: FlowCall,
): Promise<readonly ActionValues[]> {
  const { models, clock, records, tx } = call
  const model = models.current()
  const caller = callerFor(call.caller, model, plan.mode)
  const user = model.object('User')
  const needs = user && formulaNeeds(model, user, { paths: plan.globals })
  const reader = {
    dialect: tx.dialect,
    locks: false,
    read: (...asked: Parameters<typeof tx.read>) => tx.read(...asked),
  }
  const userIds = [call.caller.userId]
  const globals = needs && (await loadGlobals(reader, { model, needs, userIds }))
  const surroundings = surroundingsOf(model, call.caller, {
    now: clock.now(),
    ...(globals === undefined ? {} : knownOf(globals, call.caller.userId)),
  })
  const started = inputs.map((values) => ({
    interview: new Interview({
      plan,
      surroundings,
      record: undefined,
      prior: undefined,
      inputs: new Map([...values].map(([name, value]) => [name, flowValue({ model }, value)])),
      guid: ids('0Fo'),
      steps: log.stepsOf(plan.name),
    }),
    start: plan.start,
  }))
  const spent = { queries: 0, written: 0 }
  const action = (type: string, name: string) => actions().find(model, type, name)
  const work = { model, models, clock, caller, records, mayWrite: true, spent, action }
  const failures = await runInterviews(work, servicesOf({ model }), started)
  started.forEach(({ interview }, index) => {
    const { userId } = call.caller
    log.ended({ interview, start: 'call', userId, failure: failures[index] })
  })
  return started.map(({ interview }, index) => {
    const failure = failures[index]
    if (failure !== undefined) throw failure
    if (interview.errors.length > 0) throw refusedBy(interview)
    return new Map([...outputsOf(interview)].map(([name, value]) => [name, plainOf(value)]))
  })
}

function refusedBy({ errors }: Interview): Refusal {
  return new Refusal(
    errors.map(({ message, field }) => ({
      errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
      ...wording(message),
      fields: field === undefined ? [] : [field],
    })),
  )
}
