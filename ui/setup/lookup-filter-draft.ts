/** The filter of a lookup while somebody describes it; made from and into a declaration. */
import { t } from '../base/text.ts'
import type { FieldBody } from './component-bodies.ts'

type FilterBody = NonNullable<FieldBody['lookupFilter']>
export type LookupFilterItem = NonNullable<FilterBody['filterItems']>[number]

export interface LookupFilterDraft {
  readonly items: readonly LookupFilterItem[]
  /** How the conditions combine; all of them when empty. */
  readonly logic: string
  readonly active: boolean
  readonly optional: boolean
  readonly errorMessage: string
  readonly infoMessage: string
  /** What the server said is wrong; empty when nothing is. */
  readonly problem: string
}

export const blankLookupFilter: LookupFilterDraft = {
  items: [],
  logic: '',
  active: true,
  optional: false,
  errorMessage: '',
  infoMessage: '',
  problem: '',
}

export function lookupFilterDraftOf({ lookupFilter }: FieldBody): LookupFilterDraft {
  if (lookupFilter === undefined) return blankLookupFilter
  return {
    items: lookupFilter.filterItems ?? [],
    logic: lookupFilter.booleanFilter ?? '',
    active: lookupFilter.active ?? true,
    optional: lookupFilter.isOptional ?? false,
    errorMessage: lookupFilter.errorMessage ?? '',
    infoMessage: lookupFilter.infoMessage ?? '',
    problem: '',
  }
}

/** Undefined where there is no condition; what is not asked about stays. */
export function lookupFilterOf(
  draft: LookupFilterDraft,
  before: FilterBody | undefined,
): FilterBody | undefined {
  if (draft.items.length === 0) return undefined
  const { booleanFilter: _, errorMessage: __, infoMessage: ___, ...kept } = before ?? {}
  return {
    ...kept,
    active: draft.active,
    isOptional: draft.optional,
    ...given('booleanFilter', draft.items.length > 1 ? draft.logic : ''),
    ...given('errorMessage', draft.optional ? '' : draft.errorMessage),
    ...given('infoMessage', draft.infoMessage),
    filterItems: draft.items,
  }
}

function given(name: keyof FilterBody, text: string): FilterBody {
  return text.trim() === '' ? {} : { [name]: text.trim() }
}

type Faults = readonly (readonly [name: string, text: string])[]

export function checkLookupFilter(
  { items, problem }: LookupFilterDraft,
  targets: readonly string[],
): Faults {
  if (items.length === 0) return []
  if (targets.length !== 1)
    return [['lookupFilter', t('Only a lookup to one object can have a filter.')]]
  return problem === ''
    ? []
    : [['lookupFilter', t('Put the lookup filter right: {problem}', { problem })]]
}
