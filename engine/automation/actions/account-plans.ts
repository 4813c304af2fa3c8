/** Account plans for flows and programs: measures worked out anew. */
import { calculateMeasures } from '../measures/calculate-measures.ts'
import { planUnit } from '../plans/plan-unit.ts'
import type { ActionValues, InvocableAction } from './action.ts'

const calculateAccountPlanMeasures: InvocableAction = {
  name: 'calculateAccountPlanMeasures',
  type: 'calculateAccountPlanMeasures',
  label: 'Calculate account plan measures',
  description: 'Works out the current figures of the measures that have an active calculation.',
  inputs: [
    {
      name: 'accountPlanId',
      label: 'Account plan',
      description: 'Whose measures are worked out.',
      type: 'ID',
      required: true,
    },
  ],
  outputs: [
    {
      name: 'measureCount',
      label: 'Measures',
      description: 'How many were worked out.',
      type: 'INTEGER',
    },
  ],
  async run({ caller, records, models, clock }, all) {
    const unit = planUnit({ records, caller, clock, model: models.current() })
    const outputs: ActionValues[] = []
    for (const values of all) {
      const planId = String(values.get('accountPlanId'))
      const count = await calculateMeasures({ unit, by: { records, caller } }, planId)
      outputs.push(new Map([['measureCount', count]]))
    }
    return outputs
  },
}

export const accountPlanActions: readonly InvocableAction[] = [calculateAccountPlanMeasures]
