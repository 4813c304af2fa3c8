/** Changes of the model and of components that are kept as records, in one transaction; of a validation nothing stays. */
import type { Alongside } from '../context.ts'
import type { Deployer } from '../deployer.ts'
import type { Author, Plan } from '../plan.ts'
import {
  RehearsedDeploy,
  type RecordComponentChange,
  type RecordComponents,
} from './record-components.ts'

export interface DeployTarget {
  readonly deployer: Deployer
  readonly records: RecordComponents
}

export interface Together {
  /** Undefined where nothing of the model was asked for; else one that can be applied. */
  readonly plan: Plan | undefined
  readonly kept: readonly RecordComponentChange[]
}

export interface TogetherHow {
  readonly by: Author
  readonly consent: boolean
  readonly keep: boolean
}

/** What became of each. */
export async function applyTogether(
  { deployer, records }: DeployTarget,
  { plan, kept }: Together,
  { by, consent, keep }: TogetherHow,
): Promise<Plan['changes']> {
  const inModel = plan?.changes ?? []
  if (plan === undefined || inModel.length === 0) {
    return kept.length === 0 ? [] : records.save(kept, { by, keep })
  }
  const request = { consent, by, source: 'api' } as const
  if (kept.length === 0) {
    if (keep) await deployer.apply(plan.id, request)
    return inModel
  }
  // What moves values for hours is not done on trial: the records were checked under the model that is to come.
  if (!keep && plan.steps.some((step) => step.class === 'rewrites')) return inModel
  let saved: Plan['changes'] = []
  const alongside: Alongside = async (tx, model) => {
    saved = await records.save(kept, { by, within: { tx, model }, keep: true })
    if (!keep) throw new RehearsedDeploy(saved)
  }
  try {
    await deployer.apply(plan.id, { ...request, alongside })
  } catch (error) {
    if (!(error instanceof RehearsedDeploy)) throw error
  }
  return [...inModel, ...saved]
}
