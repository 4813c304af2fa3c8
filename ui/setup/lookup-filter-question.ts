/** The input of a lookup's filter; its editor is loaded when it is first shown. */
import { html, nothing } from 'lit'
import { t } from '../base/text.ts'
import type { LookupFilterDraft } from './lookup-filter-draft.ts'
import type { DetailsForm } from './question-controls.ts'

export function lookupFilterQuestion(form: DetailsForm): unknown {
  const { lookupFilter, targets } = form.draft
  const [target, ...others] = targets
  const hasOne = target !== undefined && others.length === 0
  // A filter that is there shows whatever the targets are, so that it can be taken away.
  if (!hasOne && lookupFilter.items.length === 0) return nothing
  void import('../elements/setup-lookup-filter/setup-lookup-filter.ts')
  return html`<fs-setup-lookup-filter
    id="lookupFilter"
    class="wide"
    .object=${form.object}
    .objectLabel=${t('This record')}
    .target=${target ?? ''}
    .targetLabel=${form.objects.find(({ value }) => value === target)?.label ?? target ?? ''}
    .filter=${lookupFilter}
    .error=${form.errors.get('lookupFilter') ?? ''}
    @filter-change=${(event: CustomEvent<{ change: Partial<LookupFilterDraft> }>) =>
      form.change({ lookupFilter: { ...form.draft.lookupFilter, ...event.detail.change } })}
  ></fs-setup-lookup-filter>`
}
