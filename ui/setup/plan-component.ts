/** A plan for a whole component that was edited on screen; what others changed meanwhile is not undone. */
import { metadata } from '../api.ts'
import { t } from '../base/text.ts'
import type { ComponentBody, Plan } from '../base/wire-metadata.ts'

export async function planComponent(edited: {
  readonly type: string
  readonly fullName: string
  /** The body that editing began with. */
  readonly from: unknown
  readonly body: ComponentBody
}): Promise<Plan> {
  const { type, fullName, from, body } = edited
  const present = await metadata.get(type, fullName)
  if (JSON.stringify(present.body) !== JSON.stringify(from))
    throw new Error(
      t(
        '{component} was changed by somebody else meanwhile. Nothing was saved: copy what you need, ' +
          'discard your changes and make them again.',
        { component: fullName },
      ),
    )
  return metadata.plan([{ type, fullName, body }])
}
