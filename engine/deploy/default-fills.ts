/** Fields that become required and have a default, new ones that give it to all: empty records get it before the new model serves. */
import type { ModelChange } from '../model/compare-models.ts'
import type { Model } from '../model/model.ts'
import { literalDefault } from '../query/literal-default.ts'
import type { Backfill, DeployWork } from './deploy-work.ts'
import { becomesRequired, fieldPair, populatesExisting } from './field-changes.ts'

export function addFills(
  work: DeployWork,
  now: Model,
  changes: readonly ModelChange[],
): DeployWork {
  const models = { now, wanted: work.wanted, renames: work.renames }
  const fills = changes.flatMap((change): readonly Backfill[] => {
    if (change.type !== 'CustomField' || change.change === 'rename') return []
    const pair = fieldPair(change, models)
    if (pair.to === undefined) return []
    if (!becomesRequired(pair) && !populatesExisting(pair)) return []
    const value = literalDefault(pair.to)
    if (value === undefined) return []
    return [{ kind: 'fill', object: pair.wantedObject, field: pair.to.name, value }]
  })
  // A value that is carried over from another form counts as given; what is empty after that is filled.
  return fills.length === 0 ? work : { ...work, backfills: [...work.backfills, ...fills] }
}
