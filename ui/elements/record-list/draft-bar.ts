/** Cells that were changed and are not saved: how many rows, what was refused of them, Cancel and Save. */
import { css, html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { FsElement } from '../../base/element.ts'
import { recordName } from '../../base/record-names.ts'
import { rowMessages, type RowDraft, type RowDrafts } from '../../base/row-drafts.ts'
import { t } from '../../base/text.ts'

/** Fires `drafts-save`, `drafts-cancel`, and `draft-focus` with the id of a refused row. */
@customElement('fs-draft-bar')
export class FsDraftBar extends FsElement {
  static override styles = css`
    :host {
      display: block;
    }
    .bar {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      justify-content: flex-end;
      gap: var(--fs-space-2);
      padding: 8px 12px;
      border-top: 1px solid var(--fs-line);
      background: var(--fs-surface-sunken);
    }
    .count {
      flex: 1;
    }
    .refused {
      flex: 1 0 100%;
      max-height: 120px;
      overflow: auto;
      color: var(--fs-danger);
    }
    .refused button {
      font-weight: var(--fs-weight-strong);
    }
  `

  @property({ attribute: false }) drafts: RowDrafts = new Map()
  @property({ type: Boolean }) saving = false

  protected override render(): unknown {
    const { drafts, saving } = this
    if (drafts.size === 0) return nothing
    const refused = [...drafts.values()].filter((draft) => rowMessages(draft).length > 0)
    return html`<div class="bar" role="group" aria-label=${t('Changed rows')}>
      ${
        refused.length > 0
          ? html`<div class="refused" role="alert">
              <ul role="list">
                ${refused.map((draft) => this.#refused(draft))}
              </ul>
            </div>`
          : nothing
      }
      <p class="count" role="status">
        ${t('{count, plural, one {# row} other {# rows}} changed, not saved yet', {
          count: drafts.size,
        })}
      </p>
      <button class="button" ?disabled=${saving} @click=${() => this.emit('drafts-cancel')}>
        ${t('Cancel')}
      </button>
      <button class="button primary" ?disabled=${saving} @click=${() => this.emit('drafts-save')}>
        ${saving ? t('Saving…') : t('Save')}
      </button>
    </div>`
  }

  #refused(draft: RowDraft): unknown {
    const name = recordName(draft.screen.describe, draft.record)
    return html`<li>
      <button class="button link" @click=${() => this.emit<string>('draft-focus', draft.id)}>
        ${name}
      </button>
      ${rowMessages(draft).join(' ')}
    </li>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-draft-bar': FsDraftBar
  }
}
