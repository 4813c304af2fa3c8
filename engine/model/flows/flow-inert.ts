/** Parts of a flow that the engine keeps and does not act on, each with the reason: such a flow does not run. */
import type { Flow } from '../../../metadata/types.ts'
import { alertOf, emailAlertType } from '../approvals/record-actions.ts'
import type { Scope } from '../scope.ts'

export function inertParts(flow: Readonly<Flow>, index: Scope): readonly string[] {
  const { processType = 'AutoLaunchedFlow' } = flow
  const type = runTypes.has(processType) ? [] : [`flows of type ${processType} do not run here`]
  const elements = inertLists.flatMap(([list, reason]) =>
    (flow[list] ?? []).map(({ name }) => `element ${name} ${reason}`),
  )
  const actions = (flow.actionCalls ?? []).flatMap(({ name, actionType, actionName }) => {
    const [object = '', alert = ''] = actionName.split('.')
    const isHere = actionType === emailAlertType && alertOf(index, object, alert) !== undefined
    const reason = isHere ? undefined : inertActions.get(actionType)
    return reason === undefined ? [] : [`element ${name} ${reason} (${actionName})`]
  })
  const trigger = flow.start?.triggerType
  const start =
    trigger === undefined || runTriggers.has(trigger) ? [] : [`its trigger ${trigger} is not known`]
  const upserts = (flow.recordCreates ?? [])
    .filter(({ doesUpsert }) => doesUpsert === true)
    .map(({ name }) => `element ${name} looks for records that are there before it makes new ones`)
  const related = (flow.recordLookups ?? [])
    .filter(({ relatedRecords = [] }) => relatedRecords.length > 0)
    .map(({ name }) => `element ${name} reads related records along`)
  const maps = (flow.collectionProcessors ?? [])
    .filter(({ collectionProcessorType: kind }) => kind === 'RecommendationMapCollectionProcessor')
    .map(({ name }) => `element ${name} makes recommendations`)
  return [...type, ...start, ...elements, ...actions, ...upserts, ...related, ...maps]
}

const runTypes: ReadonlySet<string> = new Set([
  'AutoLaunchedFlow',
  'ActionPlan',
  'InvocableProcess',
])

const runTriggers: ReadonlySet<string> = new Set([
  'None',
  'Scheduled',
  'RecordBeforeSave',
  'RecordAfterSave',
  'RecordBeforeDelete',
])

const inertLists = [
  ['screens', 'is a screen: guided processes have those'],
  ['waits', 'waits: paths of the start can'],
  ['apexPluginCalls', 'needs Apex'],
  ['transforms', 'transforms records'],
  ['orchestratedStages', 'is a stage of an orchestration'],
  ['recordRollbacks', 'takes back what other flows wrote'],
  ['experiments', 'tries out ways'],
] as const

const inertActions: ReadonlyMap<string, string> = new Map([
  ['apex', 'needs Apex'],
  ['externalService', 'calls an external service'],
  [emailAlertType, 'sends an alert that is not in this model'],
  ['component', 'needs a Lightning component'],
  ['quickAction', 'runs a quick action'],
  ['flow', 'runs a flow as an action: a subflow does'],
])
