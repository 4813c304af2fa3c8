/** Approvals as the edge calls them: each request is a unit of work of its own, done wholly or not at all, and once. */
import { message } from '../../base/message.ts'
import { refuse } from '../../base/refusal.ts'
import type { RecordHooks } from '../../records/hooks/record-hooks.ts'
import type { Caller, Records } from '../../records/records.ts'
import type { Transaction } from '../../storage/storage.ts'
import type { InvocableAction } from '../actions/action.ts'
import { approve, reassign, recall, reject, type Answer } from './answer-approval.ts'
import { createApprovalLock } from './approval-lock.ts'
import { findInstance, workitemsOf } from './approval-store.ts'
import { approvalUnit, type ApprovalUnit, type UnitServices } from './approval-unit.ts'
import { processesView, recordView, waitingView } from './approval-views.ts'
import { submitAction } from './submit-action.ts'
import { seenRecord, submit, type Outcome, type Submission } from './submit-approval.ts'

export const answerKinds = ['Approve', 'Reject', 'Removed', 'Reassign'] as const

export type AnswerKind = (typeof answerKinds)[number]

const answers: Readonly<
  Record<AnswerKind, (unit: ApprovalUnit, answer: Answer) => Promise<Omit<Outcome, 'actorIds'>>>
> = { Approve: approve, Reject: reject, Removed: recall, Reassign: reassign }

export interface FinishedOutcome extends Outcome {
  readonly status: string
}

export interface Approvals {
  submit(caller: Caller, submission: Submission): Promise<FinishedOutcome>
  answer(caller: Caller, kind: AnswerKind, answer: Answer): Promise<FinishedOutcome>
  /** What waits for the caller. */
  waiting(caller: Caller): Promise<readonly object[]>
  ofRecord(caller: Caller, id: string): Promise<object>
  processes(caller: Caller): object
}

export interface ApprovalParts {
  readonly hooks: RecordHooks
  readonly actions: readonly InvocableAction[]
  serve(records: Records): Approvals
}

export function createApprovals(services: UnitServices): ApprovalParts {
  return {
    hooks: createApprovalLock(services.models),
    actions: [submitAction(services)],
    serve: (records) => {
      const inUnit = <Result>(
        caller: Caller,
        work: (unit: ApprovalUnit) => Promise<Result>,
      ): Promise<Result> =>
        records.together((within, tx) =>
          work(approvalUnit(services, { records: within, tx, caller })),
        )
      return {
        submit: (caller, submission) =>
          inUnit(caller, async (unit) => finished(unit.tx, await submit(unit, submission))),
        answer: (caller, kind, answer) =>
          inUnit(caller, async (unit) => finished(unit.tx, await answers[kind](unit, answer))),
        waiting: (caller) => inUnit(caller, waitingView),
        ofRecord: (caller, id) =>
          inUnit(caller, async (unit) => {
            const on = await seenRecord(unit, id)
            if (on !== undefined) return recordView(unit, on)
            throw refuse('NOT_FOUND', message('The requested resource does not exist'))
          }),
        processes: (caller) => processesView({ model: services.models.current(), by: caller }),
      }
    },
  }
}

/** With how the approval stands now. */
export async function finished(
  tx: Transaction,
  outcome: Omit<Outcome, 'actorIds'>,
): Promise<FinishedOutcome> {
  const instance = await findInstance(tx, outcome.instanceId)
  if (instance === undefined) throw refuse('NOT_FOUND', 'The approval is not there.')
  const items = await workitemsOf(tx, instance.id)
  return { ...outcome, actorIds: items.map(({ actor }) => actor), status: instance.status }
}
