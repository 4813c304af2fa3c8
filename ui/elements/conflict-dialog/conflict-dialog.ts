/** Two people changed the same fields: shows both values and lets the user choose per field. */
import { css, html } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { FsElement } from '../../base/element.ts'
import { formatDateTime, formatValue } from '../../base/formats.ts'
import type { FormatContext } from '../../base/formats.ts'
import { fieldOf } from '../../base/form-state.ts'
import { t } from '../../base/text.ts'
import type { Conflict, ObjectInfo, Value } from '../../base/wire.ts'
import '../dialog/dialog.ts'

/** Fires `resolve` with the names of the fields whose own value is kept, or `cancel-conflict`. */
@customElement('fs-conflict-dialog')
export class FsConflictDialog extends FsElement {
  static override styles = css`
    .row {
      margin-top: var(--fs-space-3);
      padding: 14px 0 0;
    }
    legend {
      padding: 0;
      font-weight: var(--fs-weight-strong);
    }
    .choices {
      display: grid;
      grid-template-columns: 1fr 1fr;
      gap: var(--fs-space-2);
      margin-top: var(--fs-space-2);
    }
    label {
      display: grid;
      grid-template-columns: auto 1fr;
      gap: 2px 8px;
      padding: 10px 12px;
      border: 1px solid var(--fs-line-strong);
      border-radius: var(--fs-radius-m);
      cursor: pointer;
    }
    label:has(:checked) {
      border-color: var(--fs-accent);
      background: var(--fs-accent-soft);
    }
    label .value {
      grid-column: 2;
      overflow-wrap: anywhere;
    }
    .buttons {
      display: flex;
      justify-content: flex-end;
      gap: var(--fs-space-2);
    }
    @media (max-width: 640px) {
      .choices {
        grid-template-columns: 1fr;
      }
    }
  `

  @property({ attribute: false }) conflicts: readonly Conflict[] = []
  @property({ attribute: false }) describe: ObjectInfo | undefined
  @property({ attribute: false }) format: FormatContext | undefined
  /** Of the record, where it is not the only one on screen. */
  @property() name = ''
  @state() private mine: ReadonlySet<string> = new Set()

  protected override render(): unknown {
    return html`<fs-dialog
      .heading=${
        this.name === ''
          ? t('Someone else changed this record')
          : t('Someone else changed {name}', { name: this.name })
      }
      .open=${this.conflicts.length > 0}
      @dialog-close=${() => this.emit('cancel-conflict')}
    >
      <p class="soft">
        ${t('Your changes to other fields are kept. Choose which value each of these fields gets.')}
      </p>
      ${this.conflicts.map((conflict) => this.#row(conflict))}
      <div slot="footer" class="buttons">
        <button class="button" @click=${() => this.emit('cancel-conflict')}>
          ${t('Back to the form')}
        </button>
        <button class="button primary" @click=${() => this.emit('resolve', this.mine)}>
          ${t('Save with these values')}
        </button>
      </div>
    </fs-dialog>`
  }

  #row(conflict: Conflict): unknown {
    const label = this.#field(conflict)?.label ?? conflict.field
    return html`<fieldset class="row">
      <legend>${label}</legend>
      <p class="soft small">${this.#who(conflict)}</p>
      <div class="choices">
        ${this.#choice(conflict, { mine: false, title: t('Their value'), value: conflict.theirs })}
        ${this.#choice(conflict, { mine: true, title: t('Your value'), value: conflict.yours })}
      </div>
    </fieldset>`
  }

  #choice(
    conflict: Conflict,
    choice: { readonly mine: boolean; readonly title: string; readonly value: Value },
  ): unknown {
    const field = this.#field(conflict)
    const format = this.format
    const text = field && format ? formatValue(choice.value, field, format) : String(choice.value)
    return html`<label>
      <input
        type="radio"
        name=${conflict.field}
        .checked=${this.mine.has(conflict.field) === choice.mine}
        @change=${() => this.#choose(conflict.field, choice.mine)}
      />
      <span class="soft small">${choice.title}</span>
      <span class="value">${text}</span>
    </label>`
  }

  #field(conflict: Conflict): ReturnType<typeof fieldOf> {
    return this.describe ? fieldOf(this.describe, conflict.field) : undefined
  }

  #who(conflict: Conflict): string {
    const name = conflict.changedBy ?? t('someone else')
    const at = conflict.changedAt
    if (at === undefined || !this.format) return t('Changed by {name}', { name })
    return t('Changed by {name}, {time}', { name, time: formatDateTime(at, this.format) })
  }

  #choose(field: string, mine: boolean): void {
    const next = new Set(this.mine)
    if (mine) next.add(field)
    else next.delete(field)
    this.mine = next
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-conflict-dialog': FsConflictDialog
  }
}
