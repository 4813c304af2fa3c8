/** A global value set while somebody edits it; made from and into its component. */
import { t } from '../base/text.ts'
import type { DraftErrors } from './check-draft.ts'
import type { ValueSetBody } from './component-bodies.ts'
import { deriveApiName } from './derive-name.ts'
import { findValueFaults, rowsOf, storedValuesOf } from './picklist-values.ts'
import type { ValueMark, ValueRow } from './picklist-values.ts'

export interface ValueSetDraft {
  readonly fullName: string
  readonly nameDerived: boolean
  readonly label: string
  readonly description: string
  readonly sorted: boolean
  readonly values: readonly ValueRow[]
}

/** `marks`: those that values of the set may bear. */
export function valueSetDraftOf(
  set: ValueSetBody | undefined,
  marks: readonly ValueMark[] = [],
): ValueSetDraft {
  return {
    fullName: set?.fullName ?? '',
    nameDerived: set === undefined,
    label: set?.masterLabel ?? set?.fullName ?? '',
    description: set?.description ?? '',
    sorted: set?.sorted ?? false,
    values: rowsOf(set?.customValue ?? [], marks),
  }
}

export function relabelSet(draft: ValueSetDraft, label: string): ValueSetDraft {
  return {
    ...draft,
    label,
    fullName: draft.nameDerived ? deriveApiName(label, '') : draft.fullName,
  }
}

export function checkSet(draft: ValueSetDraft, taken: readonly string[]): DraftErrors {
  const errors = new Map<string, string>()
  if (draft.label.trim() === '') errors.set('set-label', t('Enter a label.'))
  const name = draft.fullName.toLowerCase()
  if (!/^[A-Za-z](?:_?[A-Za-z0-9])*$/.test(draft.fullName))
    errors.set('set-name', t('Use letters, digits and single underscores.'))
  else if (taken.some((one) => one.toLowerCase() === name))
    errors.set('set-name', t('There is a value set of this name already.'))
  const faults = findValueFaults(draft.values)
  if (faults.has(-1)) errors.set('set-values', t('Enter at least one value.'))
  else if (faults.size > 0) errors.set('set-values', t('Put the marked values right.'))
  return errors
}

/** What nobody is asked about is taken from `before`. */
export function valueSetOf(draft: ValueSetDraft, before: ValueSetBody | undefined): ValueSetBody {
  const { description: _was, ...kept } = before ?? { fullName: draft.fullName }
  const description = draft.description.trim()
  return {
    ...kept,
    fullName: draft.fullName,
    masterLabel: draft.label.trim(),
    ...(description === '' ? {} : { description }),
    sorted: draft.sorted,
    customValue: storedValuesOf(draft.values, before?.customValue ?? []),
  }
}
