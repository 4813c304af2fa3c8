/**
 * The choice of a record type before a form opens. Fires `choose` with the id, and `cancel-choice`; within a dialog, whose
 * buttons stand in its footer, it is `embedded` and the host asks it to `submit`.
 */
import { css, html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { FsElement } from '../../base/element.ts'
import { t } from '../../base/text.ts'
import type { RecordTypeScreen } from '../../base/wire.ts'

// Enter sends a form only where there is something that sends it.
const unseenSubmit = html`<button type="submit" hidden></button>`

@customElement('fs-record-type-choice')
export class FsRecordTypeChoice extends FsElement {
  static override styles = css`
    form {
      padding: var(--fs-space-5) var(--fs-space-6) var(--fs-space-6);
      max-width: 640px;
    }
    :host([embedded]) form {
      padding: 0;
      max-width: none;
    }
    fieldset {
      margin: 0;
      padding: 0;
      border: 0;
    }
    legend {
      padding: 0;
      margin-bottom: var(--fs-space-3);
      font-weight: var(--fs-weight-strong);
    }
    label {
      display: flex;
      gap: var(--fs-space-3);
      align-items: flex-start;
      padding: var(--fs-space-3);
      border: 1px solid var(--fs-line);
      border-radius: var(--fs-radius-m);
      cursor: pointer;
    }
    label + label {
      margin-top: var(--fs-space-2);
    }
    label:has(:checked) {
      border-color: var(--fs-accent);
      box-shadow: inset 0 0 0 1px var(--fs-accent);
    }
    label:has(:focus-visible) {
      outline: 2px solid var(--fs-focus);
      outline-offset: 2px;
    }
    input {
      flex: none;
      margin: 3px 0 0;
      accent-color: var(--fs-accent);
    }
    .name {
      display: block;
    }
    .buttons {
      display: flex;
      justify-content: flex-end;
      gap: var(--fs-space-2);
      margin-top: var(--fs-space-5);
    }
    @media (max-width: 640px) {
      form {
        padding: var(--fs-space-4);
      }
      .buttons > .button {
        flex: 1;
      }
    }
  `

  @property({ attribute: false }) types: readonly RecordTypeScreen[] = []
  /** The id that is chosen at first. */
  @property() suggested = ''
  @property({ type: Boolean, reflect: true }) embedded = false
  @state() private chosen = ''

  submit(): void {
    this.emit('choose', this.#current)
  }

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('input:checked')?.focus()
  }

  protected override render(): unknown {
    return html`<form
      class=${this.embedded ? '' : 'card'}
      @submit=${(event: Event) => this.#next(event)}
    >
      <fieldset>
        <legend>${t('Record type')}</legend>
        ${this.types.map((type) => this.#option(type))}
      </fieldset>
      ${this.embedded ? unseenSubmit : this.#buttons()}
    </form>`
  }

  #buttons(): unknown {
    return html`<div class="buttons">
      <button class="button" type="button" @click=${() => this.emit('cancel-choice')}>
        ${t('Cancel')}
      </button>
      <button class="button primary" type="submit">${t('Next')}</button>
    </div>`
  }

  get #current(): string {
    const wanted = this.chosen || this.suggested
    return this.types.some((type) => type.id === wanted) ? wanted : (this.types[0]?.id ?? '')
  }

  #option(type: RecordTypeScreen): unknown {
    return html`<label>
      <input
        type="radio"
        name="type"
        value=${type.id}
        .checked=${type.id === this.#current}
        @change=${() => (this.chosen = type.id)}
      />
      <span>
        <span class="name">${type.label}</span>
        ${type.description ? html`<span class="soft small">${type.description}</span>` : nothing}
      </span>
    </label>`
  }

  #next(event: Event): void {
    event.preventDefault()
    this.submit()
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-record-type-choice': FsRecordTypeChoice
  }
}
