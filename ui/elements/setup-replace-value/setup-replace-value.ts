/**
 * Puts one value of a picklist in another's place, in all records that hold it; ends in the plan with their number.
 * Fires `object-changed` after a change.
 */
import { css, html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { metadata } from '../../api.ts'
import { FsElement } from '../../base/element.ts'
import { t } from '../../base/text.ts'
import type { Plan } from '../../base/wire-metadata.ts'
import { checkControl, selectControl } from '../../setup/form-controls.ts'
import type { Choice } from '../../setup/form-controls.ts'
import { formStyles } from '../../setup/form-styles.ts'
import '../dialog/dialog.ts'
import '../icon/icon.ts'
import '../setup-review/setup-review.ts'
import { showToast } from '../toast/toast.ts'

/** Stands for "no value" among the replacements; API names have no blanks at their ends. */
const nothingInstead = ' '

@customElement('fs-setup-replace-value')
export class FsSetupReplaceValue extends FsElement {
  static override styles = [
    formStyles,
    css`
      form {
        display: grid;
        gap: var(--fs-space-4);
      }
    `,
  ]

  @property() type: 'CustomField' | 'GlobalValueSet' | 'StandardValueSet' = 'CustomField'
  @property() fullName = ''
  @property({ attribute: false }) values: readonly Choice[] = []
  @state() private open = false
  @state() private from = ''
  @state() private by = ''
  @state() private removes = true
  @state() private makePlan: (() => Promise<Plan>) | undefined

  protected override render(): unknown {
    return html`
      <button
        type="button"
        class="button"
        ?disabled=${this.values.length === 0}
        @click=${this.#start}
      >
        ${t('Replace a value…')}
      </button>
      <fs-dialog
        size="large"
        .heading=${t('Replace a value')}
        .open=${this.open}
        @dialog-close=${() => (this.open = false)}
      >
        ${this.open ? (this.makePlan === undefined ? this.#form() : this.#review()) : nothing}
      </fs-dialog>
    `
  }

  readonly #start = (): void => {
    this.from = ''
    this.by = ''
    this.removes = true
    this.makePlan = undefined
    this.open = true
  }

  #form(): unknown {
    const isComplete = this.from !== '' && this.by !== ''
    return html`<form
      @submit=${(event: Event) => {
        event.preventDefault()
        if (isComplete) this.makePlan = () => this.#plan()
      }}
    >
      <p class="soft">
        ${t('Every record that holds the value gets the other one; defaults, record types and dependent lists follow.')}
      </p>
      <div class="fields">
        ${selectControl({
          name: 'from',
          label: t('Value that gives way'),
          required: true,
          value: this.from,
          choices: [{ value: '', label: t('Choose…') }, ...this.values],
          onInput: (from) => {
            this.from = from
            if (this.by === from) this.by = ''
          },
        })}
        ${selectControl({
          name: 'by',
          label: t('Value that takes its place'),
          required: true,
          value: this.by,
          choices: [
            { value: '', label: t('Choose…') },
            ...this.values.filter((choice) => choice.value !== this.from),
            { value: nothingInstead, label: t('None: the field becomes empty') },
          ],
          onInput: (by) => (this.by = by),
        })}
      </div>
      ${checkControl({
        name: 'removes',
        label: t('Take the value out of the list as well'),
        checked: this.removes,
        onInput: (removes) => (this.removes = removes),
      })}
      <div class="button-row">
        <button class="button primary" ?disabled=${!isComplete}>${t('Review the plan')}</button>
      </div>
    </form>`
  }

  #plan(): Promise<Plan> {
    const { type, fullName, from, removes } = this
    const by = this.by === nothingInstead ? null : this.by
    return metadata.plan([{ type, fullName, replaceValue: from, by, remove: removes }])
  }

  #review(): unknown {
    return html`<fs-setup-review
      .load=${this.makePlan}
      .applyLabel=${t('Replace')}
      @plan-applied=${(event: Event) => {
        event.stopPropagation()
        this.open = false
        showToast({ kind: 'success', text: t('The value was replaced.') })
        this.emit('object-changed')
      }}
    >
      <button slot="back" class="button" @click=${() => (this.makePlan = undefined)}>
        ${t('Back')}
      </button>
    </fs-setup-review>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-replace-value': FsSetupReplaceValue
  }
}
