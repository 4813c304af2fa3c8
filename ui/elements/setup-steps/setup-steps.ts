/** The steps of a wizard in order; steps that were done can be gone back to. Fires `step-select`. */
import { html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { FsElement } from '../../base/element.ts'
import { t } from '../../base/text.ts'
import '../icon/icon.ts'
import { setupStepsStyles } from './setup-steps.styles.ts'

@customElement('fs-setup-steps')
export class FsSetupSteps extends FsElement {
  static override styles = setupStepsStyles

  @property({ attribute: false }) steps: readonly string[] = []
  /** Counted from 0. */
  @property({ type: Number }) current = 0

  protected override render(): unknown {
    const values = { number: this.current + 1, count: this.steps.length }
    return html`<nav aria-label=${t('Steps')}>
      <p class="short soft small">${t('Step {number} of {count}', values)}</p>
      <ol role="list">
        ${this.steps.map((label, index) => this.#step(label, index))}
      </ol>
    </nav>`
  }

  #step(label: string, index: number): unknown {
    const isDone = index < this.current
    const mark = html`<span class="mark" aria-hidden="true">
      ${isDone ? html`<fs-icon name="check"></fs-icon>` : index + 1}
    </span>`
    return html`<li
      class=${isDone ? 'done' : index === this.current ? 'current' : ''}
      aria-current=${index === this.current ? 'step' : nothing}
    >
      ${
        isDone
          ? html`<button type="button" @click=${() => this.emit('step-select', { step: index })}>
              ${mark}<span>${label}</span>
            </button>`
          : html`<span class="still">${mark}<span>${label}</span></span>`
      }
    </li>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-steps': FsSetupSteps
  }
}
