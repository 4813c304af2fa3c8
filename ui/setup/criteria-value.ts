/** Which records are meant, as rules and approvals of the files say it, and as the editor of criteria holds it. */
import type { SummaryFilter } from './computed-draft.ts'

export interface CriteriaValue {
  /** All of them where there are neither conditions nor a formula. */
  readonly items: readonly SummaryFilter[]
  /** How the conditions combine; all of them when empty. */
  readonly logic: string
  readonly formula: string | undefined
}

/** The attributes of the files. */
export interface CriteriaParts {
  readonly criteriaItems?: readonly SummaryFilter[]
  readonly booleanFilter?: string
  readonly formula?: string
}

export function criteriaValue(parts: CriteriaParts | undefined): CriteriaValue {
  const { criteriaItems = [], booleanFilter = '', formula } = parts ?? {}
  // Conditions are what counts where a file has both.
  return criteriaItems.length > 0
    ? { items: criteriaItems, logic: booleanFilter, formula: undefined }
    : { items: [], logic: '', formula }
}

export function criteriaParts({ items, logic, formula }: CriteriaValue): {
  criteriaItems?: SummaryFilter[]
  booleanFilter?: string
  formula?: string
} {
  if (formula !== undefined) return { formula }
  if (items.length === 0) return {}
  const combined = logic.trim()
  return {
    criteriaItems: [...items],
    ...(items.length > 1 && combined !== '' && { booleanFilter: combined }),
  }
}

/** The body without them, for others to take their place. */
export function withoutCriteria<Body extends CriteriaParts>(
  body: Body,
): Omit<Body, keyof CriteriaParts> {
  const { criteriaItems: _items, booleanFilter: _logic, formula: _formula, ...rest } = body
  return rest
}
