/** Whose deadlines a record's page shows: its own, and those of the records that it is worked in. */
import { entitledObject, milestoneHolder } from '../../model/approvals/milestone-holder.ts'
import { indexOf } from '../../model/compile-model.ts'
import type { ObjectModel } from '../../model/model.ts'
import { maySee, type Gate } from '../../query/resolve.ts'

export interface DeadlineSource {
  /** Where they are kept, and its lookup to the record that they are of. */
  readonly object: string
  readonly parent: string
  /** The field of the page's record with the id of that record. */
  readonly of: string
  /** The field that says since when a clock stands still, for whoever may see it. */
  readonly stopped?: string
}

const stoppedField = 'StopStartDate'

/** Of objects that have a process, at work or not: what was begun under it is still there. */
export function deadlineSources(gate: Gate, object: ObjectModel): readonly DeadlineSource[] {
  const { model } = gate
  const all = new Set(
    [...model.components('EntitlementProcess')].map(
      ({ body }) => model.object(entitledObject(body))?.name,
    ),
  )
  const source = (name: string, of: string): readonly DeadlineSource[] => {
    const holder = all.has(name) ? milestoneHolder(indexOf(model), name) : undefined
    const kept = holder && model.object(holder.object)
    if (holder === undefined || kept === undefined) return []
    if (!gate.access.mayObject(kept.name, 'read')) return []
    const stopped = kept.fieldsByName.get(stoppedField.toLowerCase())
    const shows = stopped !== undefined && maySee(gate, stopped)
    const { object: place, parent } = holder
    return [{ object: place, parent, of, ...(shows ? { stopped: stopped.name } : {}) }]
  }
  const above = object.fields.find((field) => {
    const [target, ...others] = field.reference?.targets ?? []
    const isOwn = !field.system && target !== object.name && others.length === 0
    return isOwn && target !== undefined && all.has(target) && maySee(gate, field)
  })
  const target = above?.reference?.targets[0]
  return [
    ...source(object.name, 'Id'),
    ...(above === undefined || target === undefined ? [] : source(target, above.name)),
  ]
}
