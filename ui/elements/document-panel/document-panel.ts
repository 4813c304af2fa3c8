/** A document that was asked for: what it waits for, and whoever checks it accepts or rejects it here. */
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { errorText } from '../../base/api-error.ts'
import { FsElement } from '../../base/element.ts'
import { t } from '../../base/text.ts'
import type { RecordScreen } from '../../base/wire.ts'
import { judgeDocument } from '../../plans-api.ts'
import type { ValueContext } from '../field-value/render-value.ts'
import { planPanelStyles } from '../plan-panel/plan-panel.styles.ts'

@customElement('fs-document-panel')
export class FsDocumentPanel extends FsElement {
  static override styles = planPanelStyles

  @property() recordId = ''
  @property({ attribute: false }) content: RecordScreen | undefined
  @property({ attribute: false }) context: ValueContext | undefined
  /** The user may change its state. */
  @property({ type: Boolean }) judges = false
  @state() private isBusy = false
  @state() private problem = ''

  protected override willUpdate(): void {
    this.hidden = this.#waitsFor() === undefined
  }

  protected override render(): unknown {
    const waits = this.#waitsFor()
    if (waits === undefined) return nothing
    return html`<header>
        <h2>${waits}</h2>
        ${
          this.judges && this.content?.record['Status'] === 'Pending'
            ? html`<span class="button-row">
                ${this.#button(t('Accept document'), 'Accepted', 'button primary')}
                ${this.#button(t('Reject document'), 'Rejected', 'button')}
              </span>`
            : nothing
        }
      </header>
      ${this.problem === '' ? nothing : html`<p class="none" role="alert">${this.problem}</p>`}`
  }

  /** Undefined where it has been checked. */
  #waitsFor(): string | undefined {
    const { IsFrozen: isFrozen, Status: status } = this.content?.record ?? {}
    if (isFrozen === true) return undefined
    if (status === 'Pending') return t('The document waits to be checked.')
    return status === 'New' ? t('The document has not come in yet.') : undefined
  }

  #button(label: string, status: 'Accepted' | 'Rejected', style: string): unknown {
    return html`<button
      class=${style}
      ?disabled=${this.isBusy}
      @click=${() => void this.#judge(status)}
    >
      ${label}
    </button>`
  }

  async #judge(status: 'Accepted' | 'Rejected'): Promise<void> {
    this.isBusy = true
    this.problem = ''
    try {
      await judgeDocument(this.recordId, status)
    } catch (error) {
      this.problem = errorText(error)
    }
    this.isBusy = false
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-document-panel': FsDocumentPanel
  }
}
