/** In which object deadlines are kept: those of cases in one of their own, all others in another, as the platform has it. */
import type { EntitlementProcess } from '../../../metadata/types.ts'
import type { Scope } from '../scope.ts'

/** A process that names no object is one for cases, as on the platform. */
export function entitledObject({ SObjectType = 'Case' }: Readonly<EntitlementProcess>): string {
  return SObjectType
}

export interface MilestoneHolder {
  readonly object: string
  /** Its lookup to the record that the deadline is of. */
  readonly parent: string
}

export const milestoneHolders: readonly MilestoneHolder[] = [
  { object: 'CaseMilestone', parent: 'CaseId' },
  { object: 'EntityMilestone', parent: 'ParentEntityId' },
]

/** What has to be known of a deadline at the least. */
const neededFields = ['MilestoneTypeId', 'StartDate', 'TargetDate', 'CompletionDate']

/** The one whose lookup leads to the object. */
export function milestoneHolder(index: Scope, object: string): MilestoneHolder | undefined {
  return milestoneHolders.find(({ object: name, parent }) => {
    const outline = index.outline(name)
    if (outline === undefined || neededFields.some((one) => !outline.byName.has(one.toLowerCase())))
      return false
    return outline.references.some(
      ({ field, targets }) => field.name === parent && targets.includes(object),
    )
  })
}
