/** What an open form does when the model or the record changes under it, and what it tells the user. */
import {
  addedLabels,
  adoptModel,
  adoptRecord,
  fieldOf,
  layoutFields,
} from '../../base/form-state.ts'
import type { FormState } from '../../base/form-state.ts'
import { shownFields } from '../../base/form-checks.ts'
import { t, textLanguage } from '../../base/text.ts'
import type { ObjectScreen, WireRecord } from '../../base/wire.ts'

export interface Followed {
  readonly form: FormState
  /** Empty when there is nothing to say. */
  readonly notice: string
  /** Fields that the layout has gained. */
  readonly added: ReadonlySet<string>
}

/** The layout or the fields changed: what is new joins the form, what was entered stays. */
export function followModel(form: FormState, before: ObjectScreen, after: ObjectScreen): Followed {
  const [was, is] = [before.layout.sections, after.layout.sections]
  const known = new Set(layoutFields(was))
  const labels = addedLabels(was, is, after.describe)
  return {
    form: adoptModel(form, before.describe, after.describe),
    notice: labels.length === 0 ? '' : addedNotice(labels),
    added: new Set(layoutFields(is).filter((name) => !known.has(name))),
  }
}

/** Somebody saved the record: what the user did not touch is taken over. */
export function followRecord(form: FormState, object: ObjectScreen, record: WireRecord): Followed {
  const { state, merged } = adoptRecord(form, object.describe, record)
  const shown = new Set(shownFields(state, object))
  const labels = merged
    .filter((name) => shown.has(name))
    .map((name) => fieldOf(object.describe, name)?.label ?? name)
  const notice =
    labels.length === 0
      ? ''
      : t('Someone else changed this record; taken over: {fields}.', { fields: listOf(labels) })
  return { form: state, notice, added: new Set() }
}

function addedNotice(labels: readonly string[]): string {
  return labels.length === 1
    ? t('{field} was added to this form.', { field: labels[0] ?? '' })
    : t('{fields} were added to this form.', { fields: listOf(labels) })
}

function listOf(labels: readonly string[]): string {
  return new Intl.ListFormat(textLanguage(), { type: 'conjunction' }).format(labels)
}
