/** Approvals and deadlines as the screens read and change them. */
import { data, get, own, records, segment, send } from './api.ts'
import { textLiteral } from './base/soql.ts'
import { ApiError } from './base/api-error.ts'
import type { DeadlineSource, WireProblem } from './base/wire.ts'

export interface PersonName {
  readonly id: string
  readonly name: string
}

export interface WaitingApproval {
  readonly id: string
  readonly process: string
  readonly step: string
  readonly object: string
  readonly objectLabel: string
  readonly recordId: string
  readonly recordName: string
  readonly submittedBy: PersonName
  readonly submittedAt: string
  readonly comments: string
  /** What the process shows of the record. */
  readonly fields: readonly {
    readonly label: string
    readonly value: string | number | boolean | null
  }[]
}

export interface ApprovalProcessInfo {
  readonly name: string
  readonly label: string
  readonly description: string
  readonly choosesApprover: boolean
}

export interface ApprovalRequestInfo {
  readonly id: string
  readonly step: string
  readonly actor: PersonName
  readonly askedAt: string
  readonly mayAnswer: boolean
}

export type StepStatus =
  'Started' | 'Approved' | 'Rejected' | 'Removed' | 'Reassigned' | 'NoResponse'

export interface ApprovalEntry {
  readonly status: StepStatus
  readonly process: string
  readonly step: string
  readonly actor: PersonName
  readonly comments: string
  readonly at: string
}

export interface RecordApprovals {
  readonly isLocked: boolean
  readonly mayRecall: boolean
  readonly submittable: readonly ApprovalProcessInfo[]
  readonly requests: readonly ApprovalRequestInfo[]
  readonly history: readonly ApprovalEntry[]
}

export interface ApprovalWish {
  readonly actionType: 'Submit' | 'Approve' | 'Reject' | 'Removed' | 'Reassign'
  /** The record that is submitted, or the request that is answered. */
  readonly contextId: string
  readonly comments: string
  readonly processDefinitionNameOrId?: string
  readonly nextApproverIds?: readonly string[]
}

interface Outcome {
  readonly success: boolean
  readonly errors: readonly { readonly message: string; readonly statusCode: string }[] | null
}

export const approvals = {
  waiting: () => get<readonly WaitingApproval[]>(`${own}/approvals`),
  ofRecord: (id: string) => get<RecordApprovals>(`${own}/approvals/records/${segment(id)}`),
  /** A refusal is thrown. */
  async perform(wish: ApprovalWish): Promise<void> {
    const body = { requests: [wish] }
    const answer = await send<readonly Outcome[]>('POST', `${data}/process/approvals`, { body })
    const [outcome] = answer.body
    if (outcome?.success === true) return
    const problems = (outcome?.errors ?? []).map(({ message, statusCode }): WireProblem => ({
      message,
      errorCode: statusCode,
    }))
    throw new ApiError(400, problems)
  },
  /** Whom a request can be given to. */
  async people(): Promise<readonly PersonName[]> {
    const soql = 'SELECT Id, Name FROM User WHERE IsActive = true ORDER BY Name LIMIT 200'
    const found = await records.query(soql)
    return found.records.map((row) => ({ id: row.Id ?? '', name: String(row['Name'] ?? '') }))
  },
}

export interface Deadline {
  readonly id: string
  readonly name: string
  readonly target: string | undefined
  readonly completed: string | undefined
  /** Since when its clock stands still. */
  readonly stopped: string | undefined
}

/** The deadlines of a record, open ones first. */
export async function deadlinesOf(
  { object, parent, stopped }: DeadlineSource,
  recordId: string,
): Promise<readonly Deadline[]> {
  const more = stopped === undefined ? '' : `, ${stopped}`
  const soql = `SELECT Id, MilestoneType.Name, TargetDate, CompletionDate${more} FROM ${object} WHERE ${parent} = ${textLiteral(recordId)} ORDER BY CompletionDate NULLS FIRST, TargetDate LIMIT 50`
  const found = await records.query(soql)
  return found.records.map((row) => {
    const text = (name: string) => (typeof row[name] === 'string' ? row[name] : undefined)
    const type: unknown = row['MilestoneType']
    const name: unknown = typeof type === 'object' && type !== null && Reflect.get(type, 'Name')
    return {
      id: row.Id ?? '',
      name: typeof name === 'string' ? name : '',
      target: text('TargetDate'),
      completed: text('CompletionDate'),
      stopped: stopped === undefined ? undefined : text(stopped),
    }
  })
}
