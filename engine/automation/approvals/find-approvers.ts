/** Who decides a step: people by name, queues, superiors, whoever a field of the record names, or whoever was chosen. */
import { message } from '../../base/message.ts'
import { normaliseId } from '../../base/record-id.ts'
import { refuse, type Refusal } from '../../base/refusal.ts'
import type {
  ApprovalPlan,
  ApprovalStepPlan,
  ApproverPlan,
} from '../../model/approvals/approval-plan.ts'
import { readRows, textAt } from '../read-rows.ts'
import { peopleIn } from '../messages/people-in.ts'
import type { ApprovalUnit } from './approval-unit.ts'
import type { ActedOn } from './run-actions.ts'

export interface Asked {
  readonly plan: ApprovalPlan
  readonly step: ApprovalStepPlan
  readonly on: ActedOn
  readonly submittedBy: string
  /** Whom whoever acts has chosen. */
  readonly chosen: readonly string[]
}

/** Users and queues, each once; refuses where there is nobody. */
export async function findApprovers(unit: ApprovalUnit, asked: Asked): Promise<readonly string[]> {
  const found: string[] = []
  for (const approver of asked.step.approvers) {
    for (const id of await actorsOf(unit, asked, approver)) if (!found.includes(id)) found.push(id)
  }
  if (found.length === 0) throw nobody(asked)
  return found
}

async function actorsOf(
  unit: ApprovalUnit,
  asked: Asked,
  approver: ApproverPlan,
): Promise<readonly string[]> {
  switch (approver.kind) {
    case 'chosen':
      return chosenOnes(unit, asked)
    case 'user':
      return active(unit, await idsOf(unit, 'SELECT Id FROM User WHERE Username = :name', approver))
    case 'queue':
      return idsOf(
        unit,
        "SELECT Id FROM Group WHERE Type = 'Queue' AND (DeveloperName = :name OR Name = :name)",
        approver,
      )
    case 'related':
      return leading(unit, asked.on, approver.field)
    case 'superior': {
      const user = unit.model.object('User')
      const start = approver.ofOwner
        ? (await leading(unit, asked.on, 'OwnerId'))[0]
        : asked.submittedBy
      if (user === undefined || start === undefined) return []
      return leading(unit, { object: user, id: start }, approver.field)
    }
  }
}

async function idsOf(
  unit: ApprovalUnit,
  soql: string,
  { name }: { readonly name: string },
): Promise<readonly string[]> {
  return (await readRows(unit, soql, { name })).flatMap((row) => textAt(row, 'Id') ?? [])
}

/** People who have left decide nothing; a queue without people is one all the same. */
async function active(unit: ApprovalUnit, ids: readonly string[]): Promise<readonly string[]> {
  const group = unit.model.object('Group')?.keyPrefix
  const queues = ids.filter((id) => group !== undefined && id.startsWith(group))
  const people = ids.filter((id) => !queues.includes(id))
  return [...queues, ...(await peopleIn(unit.tx, unit.model, people))]
}

async function leading(
  unit: ApprovalUnit,
  { object, id }: ActedOn,
  field: string,
): Promise<readonly string[]> {
  const known = object.fieldsByName.get(field.toLowerCase())?.name
  if (known === undefined) return []
  const [row] = await readRows(unit, `SELECT ${known} FROM ${object.name} WHERE Id = :id`, { id })
  const found = row && textAt(row, known)
  return found === undefined ? [] : active(unit, [found])
}

async function chosenOnes(unit: ApprovalUnit, { chosen, step }: Asked): Promise<readonly string[]> {
  const ids = chosen.flatMap((id) => normaliseId(id) ?? [])
  const found = await active(unit, ids)
  if (ids.length === 0 || found.length !== new Set(ids).size) {
    throw refuse(
      'INVALID_ARGUMENT',
      message('Choose who decides the step {step}: users who are active.', { step: step.label }),
      { fields: ['nextApproverIds'] },
    )
  }
  return found
}

function nobody({ step }: Asked): Refusal {
  const told = message('The step {step} has nobody who could decide it.', { step: step.label })
  return refuse('MANAGER_NOT_DEFINED', told)
}
