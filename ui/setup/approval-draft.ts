/** Approval processes as their page edits them: pure changes of a file. */
import { t } from '../base/text.ts'
import type { ApprovalBody, WorkflowBody } from './component-bodies.ts'
import { criteriaParts, type CriteriaValue } from './criteria-value.ts'
import type { Choice } from './form-controls.ts'
import { freeName } from './process-draft.ts'

export type ApprovalStepBody = NonNullable<ApprovalBody['approvalStep']>[number]
export type ApproverBody = NonNullable<
  NonNullable<ApprovalStepBody['assignedApprover']>['approver']
>[number]
type ActionsBody = NonNullable<ApprovalBody['finalApprovalActions']>
type ActionReference = NonNullable<ActionsBody['action']>[number]

/** The moments at which actions follow, as the file names them. */
export const actionMoments = [
  'initialSubmissionActions',
  'finalApprovalActions',
  'finalRejectionActions',
  'recallActions',
] as const
export type ActionMoment = (typeof actionMoments)[number]

export function momentLabel(moment: ActionMoment): string {
  const labels: Readonly<Record<ActionMoment, () => string>> = {
    initialSubmissionActions: () => t('When it is submitted'),
    finalApprovalActions: () => t('When it is approved'),
    finalRejectionActions: () => t('When it is rejected'),
    recallActions: () => t('When it is taken back'),
  }
  return labels[moment]()
}

export function objectOfApproval(fullName: string): string {
  return fullName.split('.', 1)[0] ?? ''
}

export function blankApproval(): ApprovalBody {
  return {
    fullName: '',
    label: '',
    active: false,
    allowedSubmitters: [{ type: 'owner' }],
    approvalStep: [blankStep([])],
    recordEditability: 'AdminOnly',
    showApprovalHistory: true,
  }
}

export function blankStep(steps: readonly ApprovalStepBody[]): ApprovalStepBody {
  const label = t('Step {number}', { number: steps.length + 1 })
  return {
    name: freeName(
      `Step ${steps.length + 1}`,
      steps.map(({ name }) => name),
    ),
    label,
    assignedApprover: { approver: [{ type: 'userHierarchyField', name: 'Manager' }] },
  }
}

/** `Object.Name`, with a name that no other process of the object has. */
export function approvalName(object: string, label: string, taken: readonly string[]): string {
  const own = `${object}.`
  const names = taken.flatMap((name) => (name.startsWith(own) ? name.slice(own.length) : []))
  return `${own}${freeName(label, names)}`
}

export function withEntryCriteria<Body extends Pick<ApprovalBody, 'entryCriteria'>>(
  body: Body,
  value: CriteriaValue,
): Omit<Body, 'entryCriteria'> & Pick<ApprovalBody, 'entryCriteria'> {
  const { entryCriteria: _former, ...rest } = body
  const parts = criteriaParts(value)
  return Object.keys(parts).length === 0 ? rest : { ...rest, entryCriteria: parts }
}

/** What can follow: the actions of the object's workflow, and flows. */
export function actionChoices(
  workflow: WorkflowBody | undefined,
  flows: readonly Choice[],
): readonly Choice[] {
  const named = (
    type: string,
    group: string,
    list: readonly { readonly fullName: string; readonly name?: string; subject?: string }[] = [],
  ) =>
    list.map(({ fullName, name, subject }) => ({
      value: `${type}:${fullName}`,
      label: name ?? subject ?? fullName,
      group,
    }))
  return [
    ...named('FieldUpdate', t('Field updates'), workflow?.fieldUpdates),
    ...named('Task', t('Tasks'), workflow?.tasks),
    ...named('Alert', t('E-mail alerts'), workflow?.alerts),
    ...flows.map(({ value, label }) => ({
      value: `FlowAction:${value}`,
      label,
      group: t('Flows'),
    })),
  ]
}

export function chosenActions(actions: ActionsBody | undefined): readonly string[] {
  return (actions?.action ?? []).map(({ type, name }) => `${type}:${name}`)
}

export function withActions(
  body: ApprovalBody,
  moment: ActionMoment,
  chosen: readonly string[],
): ApprovalBody {
  const { [moment]: _former, ...rest } = body
  const action = chosen.map((text): ActionReference => {
    const at = text.indexOf(':')
    // What is chosen was made of references before.
    return { type: text.slice(0, at) as ActionReference['type'], name: text.slice(at + 1) }
  })
  return { ...rest, ...(action.length === 0 ? {} : { [moment]: { action } }) } as ApprovalBody
}

export type SubmitterChoice = 'owner' | 'allInternalUsers' | 'others'

/** Lists of people are kept as they are, and written in the file. */
export function submitterChoice({ allowedSubmitters = [] }: ApprovalBody): SubmitterChoice {
  if (allowedSubmitters.some(({ type }) => type === 'allInternalUsers')) return 'allInternalUsers'
  return allowedSubmitters.every(({ type }) => type === 'owner') ? 'owner' : 'others'
}

export function approverKinds(): readonly Choice[] {
  return [
    { value: 'userHierarchyField', label: t('The superior of whoever submits') },
    { value: 'relatedUserField', label: t('Whoever a field of the record names') },
    { value: 'user', label: t('A person') },
    { value: 'queue', label: t('A queue') },
    { value: 'adhoc', label: t('Whoever is chosen when submitting') },
  ]
}
