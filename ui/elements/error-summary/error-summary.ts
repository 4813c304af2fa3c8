/** The bar at the top of a form: how many fields need attention, each a link that moves the focus there. */
import { css, html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { FsElement } from '../../base/element.ts'
import { t } from '../../base/text.ts'
import '../icon/icon.ts'

export interface FieldProblem {
  readonly field: string
  readonly label: string
  readonly message: string
}

/** Fires `focus-field` with the field's name. */
@customElement('fs-error-summary')
export class FsErrorSummary extends FsElement {
  static override styles = css`
    :host {
      display: block;
    }
    .bar {
      padding: 12px 16px;
      border: 1px solid var(--fs-danger);
      border-radius: var(--fs-radius-m);
      background: var(--fs-danger-soft);
    }
    h2 {
      display: flex;
      align-items: center;
      gap: 8px;
      font-size: var(--fs-text-m);
      color: var(--fs-danger);
    }
    ul {
      margin-top: 4px;
      padding-inline-start: 28px;
    }
    li {
      padding: 2px 0;
    }
    .link {
      min-height: 24px;
      text-align: start;
      white-space: normal;
      color: var(--fs-text);
      text-decoration: underline;
    }
  `

  @property({ attribute: false }) problems: readonly FieldProblem[] = []
  /** About the record as a whole. */
  @property({ attribute: false }) messages: readonly string[] = []

  override focus(): void {
    this.renderRoot.querySelector('h2')?.focus()
  }

  protected override render(): unknown {
    const count = this.problems.length
    if (count + this.messages.length === 0) return nothing
    const heading =
      count === 0
        ? t('This could not be saved')
        : t('{count, plural, one {# field needs attention} other {# fields need attention}}', {
            count,
          })
    return html`<div class="bar" role="alert">
      <h2 tabindex="-1"><fs-icon name="error"></fs-icon>${heading}</h2>
      <ul>
        ${this.messages.map((message) => html`<li>${message}</li>`)}
        ${this.problems.map(
          (problem) =>
            html`<li>
              <button
                type="button"
                class="button link"
                @click=${() => this.emit('focus-field', problem.field)}
              >
                ${t('{label}: {message}', { label: problem.label, message: problem.message })}
              </button>
            </li>`,
        )}
      </ul>
    </div>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-error-summary': FsErrorSummary
  }
}
