/** What has to be put right in a form, as links to the inputs. Takes the focus when it appears. */
import { css, html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { FsElement } from '../../base/element.ts'
import { t } from '../../base/text.ts'
import type { DraftErrors } from '../../setup/check-draft.ts'

@customElement('fs-setup-errors')
export class FsSetupErrors extends FsElement {
  static override styles = css`
    :host {
      display: block;
    }
    /* Takes no gap of its parent while nothing is wrong. */
    :host([hidden]) {
      display: none;
    }
    div {
      padding: var(--fs-space-3) var(--fs-space-4);
      border: 1px solid var(--fs-danger);
      border-radius: var(--fs-radius-m);
      background: var(--fs-danger-soft);
    }
    h3 {
      color: var(--fs-danger);
    }
    ul {
      padding-inline-start: var(--fs-space-5);
    }
    .button.link {
      min-height: 24px;
      color: var(--fs-text);
      text-align: start;
      white-space: normal;
      text-decoration: underline;
    }
  `

  @property({ attribute: false }) errors: DraftErrors = new Map()

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('h3')?.focus()
  }

  protected override willUpdate(): void {
    this.hidden = this.errors.size === 0
  }

  protected override render(): unknown {
    if (this.errors.size === 0) return nothing
    return html`<div role="alert">
      <h3 tabindex="-1">
        ${t('{count, plural, one {One entry needs attention} other {# entries need attention}}', {
          count: this.errors.size,
        })}
      </h3>
      <ul>
        ${[...this.errors].map(
          ([name, text]) =>
            html`<li>
              <button class="button link" @click=${() => this.emit('error-select', { name })}>
                ${text}
              </button>
            </li>`,
        )}
      </ul>
    </div>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-errors': FsSetupErrors
  }
}
