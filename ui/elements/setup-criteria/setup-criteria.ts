/** Which records are meant: all, those that meet conditions, or those for which a formula holds. Fires `criteria-change`. */
import { css, html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { FsElement } from '../../base/element.ts'
import { t } from '../../base/text.ts'
import type { SummaryFilter } from '../../setup/computed-draft.ts'
import { criteriaValue, type CriteriaValue } from '../../setup/criteria-value.ts'
import { radioControl, textControl, type Choice } from '../../setup/form-controls.ts'
import { formStyles } from '../../setup/form-styles.ts'
import '../setup-filters/setup-filters.ts'

@customElement('fs-setup-criteria')
export class FsSetupCriteria extends FsElement {
  static override styles = [
    formStyles,
    css`
      :host {
        display: flex;
        flex-direction: column;
        gap: var(--fs-space-3);
        min-width: 0;
      }
    `,
  ]

  @property() heading = ''
  @property({ attribute: false }) fields: readonly Choice[] = []
  @property({ attribute: false }) value: CriteriaValue = criteriaValue(undefined)

  protected override render(): unknown {
    const { value } = this
    const kind = kindOf(value)
    return html`${radioControl({
      name: 'kind',
      label: this.heading,
      value: kind,
      // Conditions are about fields, which are still on their way.
      disabled: this.fields.length === 0,
      choices: [
        { value: 'all', label: t('All records') },
        { value: 'items', label: t('Those that meet conditions') },
        { value: 'formula', label: t('Those for which a formula is true') },
      ],
      onInput: (chosen) => this.#setKind(chosen),
    })}
    ${kind === 'items' ? this.#items(value) : nothing}
    ${
      kind === 'formula'
        ? textControl({
            name: 'formula',
            label: t('Formula'),
            value: value.formula ?? '',
            lines: 2,
            mono: true,
            onInput: (formula) => this.#change({ ...value, formula }),
          })
        : nothing
    }`
  }

  #items(value: CriteriaValue): unknown {
    return html`<fs-setup-filters
        .heading=${t('Conditions')}
        .fields=${this.fields}
        .filters=${value.items}
        .numbered=${value.items.length > 1}
        @filters-change=${(event: CustomEvent<{ filters: readonly SummaryFilter[] }>) =>
          this.#change({ ...value, items: event.detail.filters })}
      ></fs-setup-filters>
      ${
        value.items.length > 1
          ? textControl({
              name: 'logic',
              label: t('How they combine'),
              hint: t('Such as 1 AND (2 OR 3); empty: all of them.'),
              value: value.logic,
              mono: true,
              lengthMax: 255,
              onInput: (logic) => this.#change({ ...value, logic }),
            })
          : nothing
      }`
  }

  #setKind(kind: string): void {
    const first = this.fields[0]?.value
    const isItems = kind === 'items' && first !== undefined
    this.#change({
      items: isItems ? [{ field: first, operation: 'equals', value: '' }] : [],
      logic: '',
      formula: kind === 'formula' ? '' : undefined,
    })
  }

  #change(value: CriteriaValue): void {
    this.emit('criteria-change', value)
  }
}

function kindOf({ items, formula }: CriteriaValue): 'all' | 'items' | 'formula' {
  if (formula !== undefined) return 'formula'
  return items.length > 0 ? 'items' : 'all'
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-criteria': FsSetupCriteria
  }
}
