/** Steps as they are told to whoever looks on. */
import type { FlowElement } from '../../model/flows/flow-plan.ts'
import { FlowRecord, type FlowValue } from './flow-record.ts'
import type { Interview } from './interview.ts'

export function tell(
  { steps, plan }: Interview,
  { name, kind, label }: Pick<FlowElement, 'name' | 'kind' | 'label'>,
  values: Readonly<Record<string, unknown>>,
): void {
  steps?.note({ flow: plan.name, element: name, kind, label, values })
}

const shownMax = 20

/** A value as people look at it. */
export function shown(value: FlowValue): unknown {
  if (value instanceof FlowRecord) {
    const filled = [...value.values].filter(([, one]) => one !== null)
    return { type: value.object.name, ...Object.fromEntries(filled) }
  }
  if (!Array.isArray(value)) return value
  return value.slice(0, shownMax).map(shown)
}
