/** One entry of a scoring rule: why it scores, how much, and which records it is for. Fires `entry-change` and `entry-remove`. */
import { html } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { FsElement } from '../../base/element.ts'
import { t } from '../../base/text.ts'
import {
  criteriaParts,
  criteriaValue,
  withoutCriteria,
  type CriteriaValue,
} from '../../setup/criteria-value.ts'
import { checkControl, textControl, type Choice } from '../../setup/form-controls.ts'
import { formStyles } from '../../setup/form-styles.ts'
import { deleteButton } from '../../setup/member-part.ts'
import { pointsOf, withPoints, type ScoringEntryBody } from '../../setup/scoring-draft.ts'
import { partStyles } from '../../setup/setup-styles.ts'
import '../setup-criteria/setup-criteria.ts'

@customElement('fs-setup-scoring-entry')
export class FsSetupScoringEntry extends FsElement {
  static override styles = [formStyles, partStyles]

  @property({ attribute: false }) entry: ScoringEntryBody = {}
  @property({ type: Number }) number = 1
  @property({ attribute: false }) fields: readonly Choice[] = []

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('input')?.focus()
  }

  protected override render(): unknown {
    const { entry } = this
    const label = entry.label || t('Entry {number}', { number: this.number })
    return html`<section class="panel" aria-label=${label}>
      <header>
        <h2>${label}</h2>
        ${deleteButton(label, () => this.emit('entry-remove'))}
      </header>
      <div class="padded fields">
        ${textControl({
          name: 'label',
          label: t('Why it scores'),
          lengthMax: 80,
          value: entry.label ?? '',
          onInput: (text) => this.#change({ ...entry, label: text }),
        })}
        ${textControl({
          name: 'points',
          label: t('Points'),
          hint: t('A number such as 40 or -60, or a formula such as MIN(DaysPastDue, 90).'),
          required: true,
          mono: true,
          value: pointsOf(entry),
          onInput: (text) => this.#change(withPoints(entry, text)),
        })}
        ${checkControl({
          name: 'active',
          label: t('It counts'),
          checked: entry.active !== false,
          onInput: (active) => this.#change({ ...entry, active }),
        })}
      </div>
      <div class="padded">
        <fs-setup-criteria
          .heading=${t('Which records it is for')}
          .fields=${this.fields}
          .value=${criteriaValue(entry)}
          @criteria-change=${(event: CustomEvent<CriteriaValue>) =>
            this.#change({ ...withoutCriteria(entry), ...criteriaParts(event.detail) })}
        ></fs-setup-criteria>
      </div>
    </section>`
  }

  #change(entry: ScoringEntryBody): void {
    this.emit('entry-change', entry)
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-scoring-entry': FsSetupScoringEntry
  }
}
