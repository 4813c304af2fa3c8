/** What conditions of a lookup's filter may name: fields of the record that is chosen, of the one that chooses, and globals. */
import { t } from '../base/text.ts'
import type { Choice } from './form-controls.ts'
import { FormulaFields } from './formula-fields.ts'

export interface FilterFields {
  /** What is looked at. */
  readonly left: readonly Choice[]
  /** What it may be compared with. */
  readonly right: readonly Choice[]
}

interface Ends {
  readonly object: string
  readonly objectLabel: string
  readonly target: string
  readonly targetLabel: string
}

export async function loadFilterFields(ends: Ends): Promise<FilterFields> {
  const fields = new FormulaFields(ends.object)
  const listed = async (object: string, prefix: string, group: string): Promise<Choice[]> =>
    (await fields.of(object)).map(({ name, label }) => ({
      value: `${prefix}.${name}`,
      label,
      group,
    }))
  const [own, source, user, profile] = await Promise.all([
    listed(ends.target, ends.target, ends.targetLabel),
    listed(ends.object, '$Source', ends.objectLabel),
    listed('User', '$User', t('Current user')),
    listed('Profile', '$Profile', t('Profile of the current user')),
  ])
  const parents = await Promise.all(
    (await fields.of(ends.target)).flatMap(({ label, isKept, parents: steps }) =>
      steps.length !== 1 || isKept
        ? []
        : steps.map(({ step, object }) =>
            listed(object, `${ends.target}.${step}`, `${ends.targetLabel} › ${label}`),
          ),
    ),
  )
  const around = [...source, ...user, ...profile]
  return { left: [...own, ...parents.flat(), ...around], right: around }
}
