/** A declared approval process → its plan, with everything that is wrong in it. */
import type {
  ApprovalAction,
  ApprovalProcess,
  ApprovalEntryCriteria,
} from '../../../metadata/types.ts'
import { message, type Message } from '../../base/message.ts'
import type { Formula } from '../../formula/tree.ts'
import type { ObjectOutline } from '../object-outline.ts'
import type { Scope } from '../scope.ts'
import type { Pointer } from '../source-problem.ts'
import { actionFault, type RecordAction } from './record-actions.ts'
import { compileCriteria } from './criteria.ts'

export type ApproverPlan =
  /** Whoever submits chooses. */
  | { readonly kind: 'chosen' }
  | { readonly kind: 'user' | 'queue'; readonly name: string }
  /** A field of the record that leads to a user. */
  | { readonly kind: 'related'; readonly field: string }
  /** A field of the user that leads to the superior: of the owner, or of whoever submits. */
  | { readonly kind: 'superior'; readonly field: string; readonly ofOwner: boolean }

export interface ApprovalStepPlan {
  readonly name: string
  readonly label: string
  /** Undefined: every record takes it. */
  readonly criteria: Formula | undefined
  readonly otherwise: 'ApproveRecord' | 'RejectRecord' | 'GotoNextStep'
  readonly approvers: readonly ApproverPlan[]
  readonly isUnanimous: boolean
  readonly mayDelegate: boolean
  readonly goesBack: boolean
  readonly onApproval: readonly RecordAction[]
  readonly onRejection: readonly RecordAction[]
}

export interface ApprovalPlan {
  /** Without its object. */
  readonly name: string
  readonly fullName: string
  readonly object: string
  readonly label: string
  readonly description: string
  readonly order: number
  readonly criteria: Formula | undefined
  readonly submitters: NonNullable<ApprovalProcess['allowedSubmitters']>
  readonly mayRecall: boolean
  readonly approverMayEdit: boolean
  readonly shownFields: readonly string[]
  readonly steps: readonly ApprovalStepPlan[]
  readonly onSubmission: readonly RecordAction[]
  readonly onApproval: readonly RecordAction[]
  readonly onRejection: readonly RecordAction[]
  readonly onRecall: readonly RecordAction[]
  readonly staysLocked: { readonly approved: boolean; readonly rejected: boolean }
}

export interface ApprovalFinding {
  readonly pointer: Pointer
  readonly reason: Message
}

export interface CompiledApproval {
  /** Undefined where there is nothing that could run. */
  readonly plan: ApprovalPlan | undefined
  readonly findings: readonly ApprovalFinding[]
}

export const approvalStepsMax = 30
const approversMax = 25
const orderWithout = 1_000

interface Compiling {
  readonly index: Scope
  readonly outline: ObjectOutline
  readonly body: Readonly<ApprovalProcess>
  report(pointer: Pointer, reason: Message): void
}

export function compileApproval(
  body: Readonly<ApprovalProcess>,
  fullName: string,
  index: Scope,
): CompiledApproval {
  const findings: ApprovalFinding[] = []
  const report: Compiling['report'] = (pointer, reason) => void findings.push({ pointer, reason })
  const [object = '', name = ''] = fullName.split('.')
  const outline = index.outline(object)
  if (outline === undefined || name === '') {
    report([], message('an approval process is named Object.Name, of an object that there is'))
    return { plan: undefined, findings }
  }
  const compiling = { index, outline, body, report }
  const steps = stepsOf(compiling)
  const plan: ApprovalPlan = {
    name,
    fullName,
    object: outline.name,
    label: body.label ?? name,
    description: body.description ?? '',
    order: body.processOrder ?? orderWithout,
    criteria: criteriaOf(compiling, body.entryCriteria, ['entryCriteria']),
    submitters: body.allowedSubmitters ?? [{ type: 'owner' }],
    mayRecall: body.allowRecall ?? false,
    approverMayEdit: body.recordEditability === 'AdminOrCurrentApprover',
    shownFields: body.approvalPageFields?.field ?? [],
    steps,
    onSubmission: actionsOf(compiling, body.initialSubmissionActions, ['initialSubmissionActions']),
    onApproval: actionsOf(compiling, body.finalApprovalActions, ['finalApprovalActions']),
    onRejection: actionsOf(compiling, body.finalRejectionActions, ['finalRejectionActions']),
    onRecall: actionsOf(compiling, body.recallActions, ['recallActions']),
    staysLocked: {
      approved: body.finalApprovalRecordLock ?? false,
      rejected: body.finalRejectionRecordLock ?? false,
    },
  }
  return { plan: findings.length === 0 ? plan : undefined, findings }
}

export const criteriaPlaces = {
  items: 'criteriaItems',
  logic: 'booleanFilter',
  formula: 'formula',
} as const

function criteriaOf(
  { index, outline, report }: Compiling,
  criteria: ApprovalEntryCriteria | undefined,
  pointer: Pointer,
): Formula | undefined {
  const { booleanFilter, criteriaItems, formula: text } = criteria ?? {}
  const { formula, fault } = compileCriteria(index, outline.name, {
    booleanFilter,
    items: criteriaItems,
    formula: text,
    at: criteriaPlaces,
  })
  if (fault !== undefined) report([...pointer, ...fault.pointer], fault.reason)
  return formula
}

function actionsOf(
  { index, outline, report }: Compiling,
  actions: ApprovalAction | undefined,
  pointer: Pointer,
): readonly RecordAction[] {
  return (actions?.action ?? []).map(({ name, type }, at) => {
    const fault = actionFault(index, outline.name, { name, type })
    if (fault !== undefined) report([...pointer, 'action', at], fault)
    return { name, type }
  })
}

function stepsOf(compiling: Compiling): readonly ApprovalStepPlan[] {
  const { body, report } = compiling
  const steps = body.approvalStep ?? []
  if (steps.length === 0 || steps.length > approvalStepsMax) {
    report([], message('an approval process has 1 to {max} steps', { max: approvalStepsMax }))
  }
  return steps.map((step, at): ApprovalStepPlan => {
    const pointer = ['approvalStep', at]
    return {
      name: step.name,
      label: step.label ?? step.name,
      criteria: criteriaOf(compiling, step.entryCriteria, [...pointer, 'entryCriteria']),
      otherwise: step.ifCriteriaNotMet ?? 'ApproveRecord',
      approvers: approversOf(compiling, step, pointer),
      isUnanimous: step.assignedApprover?.whenMultipleApprovers === 'Unanimous',
      mayDelegate: step.allowDelegate ?? false,
      goesBack: step.rejectBehavior?.type === 'BackToPrevious',
      onApproval: actionsOf(compiling, step.approvalActions, [...pointer, 'approvalActions']),
      onRejection: actionsOf(compiling, step.rejectionActions, [...pointer, 'rejectionActions']),
    }
  })
}

type Step = NonNullable<ApprovalProcess['approvalStep']>[number]

function approversOf(compiling: Compiling, step: Step, pointer: Pointer): readonly ApproverPlan[] {
  const { report } = compiling
  const approvers = step.assignedApprover?.approver ?? []
  if (approvers.length === 0 || approvers.length > approversMax) {
    report(
      [...pointer, 'assignedApprover'],
      message('the step {step} has 1 to {max} approvers', { step: step.name, max: approversMax }),
    )
  }
  return approvers.flatMap((approver, at) => {
    const place = [...pointer, 'assignedApprover', 'approver', at]
    const found = approverOf(compiling, approver)
    if ('sentence' in found) report(place, found)
    return 'sentence' in found ? [] : [found]
  })
}

type Approver = NonNullable<NonNullable<Step['assignedApprover']>['approver']>[number]

function approverOf(
  { index, outline, body }: Compiling,
  { type, name = '' }: Approver,
): ApproverPlan | Message {
  if (type === 'adhoc') return { kind: 'chosen' }
  if (type === 'user' || type === 'queue') {
    return name === '' ? message('an approver of this type has a name') : { kind: type, name }
  }
  if (type === 'relatedUserField') {
    return leadsToUser(outline, name) ?? { kind: 'related', field: fieldName(outline, name) }
  }
  const field = name === '' ? (body.nextAutomatedApprover?.userHierarchyField ?? 'Manager') : name
  const user = index.outline('User')
  const ofOwner = body.nextAutomatedApprover?.useApproverFieldOfRecordOwner ?? false
  if (user === undefined) return message('there is no object {object}', { object: 'User' })
  return leadsToUser(user, field) ?? { kind: 'superior', field: fieldName(user, field), ofOwner }
}

/** A lookup may be named without its ending: Manager is ManagerId. */
function fieldName(outline: ObjectOutline, name: string): string {
  const plain = outline.byName.get(name.toLowerCase())
  return (plain ?? outline.byName.get(`${name.toLowerCase()}id`))?.name ?? name
}

function leadsToUser(outline: ObjectOutline, name: string): Message | undefined {
  const field = outline.byName.get(fieldName(outline, name).toLowerCase())
  // The owner is a field of the system, which leads to users and queues.
  if (/^owner(?:id)?$/i.test(name)) return undefined
  if (field?.options.referenceTo?.includes('User') === true) return undefined
  return message('{object} has no field {field} that leads to a user', {
    object: outline.name,
    field: name,
  })
}
