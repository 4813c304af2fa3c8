/** The audit trail's rows of a deploy, written in its transaction. */
import { limits } from '../base/limits.ts'
import { noteSetup, type SetupEntry } from '../ledger/audit.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { ModelChange } from '../model/compare-models.ts'
import type { Transaction } from '../storage/storage.ts'
import type { Author, DeploySource, Plan } from './plan.ts'

export interface AuditedDeploy {
  readonly plan: Pick<Plan, 'summary' | 'changes' | 'steps'>
  readonly by: Author
  readonly source: DeploySource
  /** Of the journal entry. */
  readonly number: number
}

/** A row for each change and for each right that was given; very many are told as one, by the journal entry that has them all. */
export async function auditPlan(
  ledger: Ledger | undefined,
  tx: Transaction,
  { plan, by, source, number }: AuditedDeploy,
): Promise<void> {
  if (ledger === undefined) return
  const from = { by: by.id, way: source }
  const opened = plan.steps.filter((step) => step.class === 'changesAccess')
  const entries: SetupEntry[] = [
    ...plan.changes.map((change) => ({ ...from, ...changed(change) })),
    ...opened.map(({ description }) => ({
      ...from,
      action: 'changedAccess',
      section: 'Security Controls',
      display: description,
    })),
  ]
  const isMany = entries.length > limits.auditRowsPerDeployMax
  const whole: SetupEntry = {
    ...from,
    action: 'appliedChanges',
    section: 'Customize',
    display: `${plan.summary}: ${plan.changes.length} changes, journal entry ${number}`,
  }
  await noteSetup(ledger, tx, isMany ? [whole] : entries)
}

const verbs = {
  create: 'created',
  update: 'changed',
  delete: 'deleted',
  rename: 'renamed',
} as const

function changed(change: ModelChange): Pick<SetupEntry, 'action' | 'section' | 'display'> {
  const { type, fullName, from } = change
  const verb = verbs[change.change]
  const subject = from === undefined ? fullName : `${from} to ${fullName}`
  const words = `${verb.charAt(0).toUpperCase()}${verb.slice(1)}`
  return { action: `${verb}${type}`, section: type, display: `${words} ${type} ${subject}` }
}
