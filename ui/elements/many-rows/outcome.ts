/** What became of many rows: how far the work is, and at its end each refused row by its name. */
import { css, html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import { FsElement } from '../../base/element.ts'
import { fieldOf } from '../../base/form-state.ts'
import { formatValue } from '../../base/formats.ts'
import { paths } from '../../base/navigation.ts'
import { t } from '../../base/text.ts'
import type { Conflict, ObjectInfo } from '../../base/wire.ts'
import type { ValueContext } from '../field-value/render-value.ts'
import type { RowsLeft } from './rows-left.ts'

/** Fires `overwrite` with the id of a row whose other value the user gives up, or wants to keep after all. */
@customElement('fs-rows-outcome')
export class FsRowsOutcome extends FsElement {
  static override styles = css`
    ul {
      max-height: 320px;
      margin-top: var(--fs-space-3);
      overflow: auto;
      border: 1px solid var(--fs-line);
      border-radius: var(--fs-radius-m);
    }
    li {
      padding: 8px 12px;
    }
    li + li {
      border-top: 1px solid var(--fs-line);
    }
    li > a {
      font-weight: var(--fs-weight-strong);
    }
    li p {
      overflow-wrap: anywhere;
    }
    .error {
      color: var(--fs-danger);
    }
    label {
      display: inline-flex;
      align-items: center;
      gap: var(--fs-space-2);
      min-height: 28px;
    }
    input {
      width: 16px;
      height: 16px;
      accent-color: var(--fs-accent);
    }
  `

  @property({ attribute: false }) left: RowsLeft = new Map()
  @property({ attribute: false }) names: ReadonlyMap<string, string> = new Map()
  @property({ attribute: false }) describe: ObjectInfo | undefined
  @property({ attribute: false }) context: ValueContext | undefined
  /** Ids of rows that shall get the new value although somebody else was faster. */
  @property({ attribute: false }) overwritten: ReadonlySet<string> = new Set()

  protected override render(): unknown {
    return html`<ul role="list" tabindex="0" aria-label=${t('Refused rows')}>
      ${repeat(
        this.left,
        ([id]) => id,
        ([id]) => this.#row(id),
      )}
    </ul>`
  }

  #row(id: string): unknown {
    const { describe, context, left } = this
    if (!describe || !context) return nothing
    const error = left.get(id)
    const messages = error?.problems.map((one) => one.message) ?? [t('Not reached.')]
    const path = paths.record(context.app, describe.name, id)
    return html`<li>
      <a href=${path} target="_blank" rel="noopener">${this.names.get(id) ?? id}</a>
      ${messages.map((text) => html`<p class=${error ? 'error' : 'soft'}>${text}</p>`)}
      ${(error?.conflicts ?? []).map((one) => this.#conflict(one, describe, context))}
      ${
        (error?.conflicts.length ?? 0) > 0
          ? html`<label
              ><input
                type="checkbox"
                .checked=${this.overwritten.has(id)}
                @change=${() => this.emit<string>('overwrite', id)}
              />${t('Overwrite it')}</label
            >`
          : nothing
      }
    </li>`
  }

  #conflict(conflict: Conflict, describe: ObjectInfo, { format }: ValueContext): unknown {
    const field = fieldOf(describe, conflict.field)
    if (!field) return nothing
    const value = formatValue(conflict.theirs, field, format)
    return html`<p class="soft small">
      ${t('{field} is now: {value}', { field: field.label, value })}
    </p>`
  }
}

/** The bar of a work that goes on. */
export function renderProgress(done: number, of: number): unknown {
  const label = t('{done} of {count} rows', { done, count: of })
  return html`<div style="display:grid;gap:8px">
    <progress aria-label=${t('Progress')} max=${of} .value=${done} style="width:100%"></progress>
    <p role="status">${label}</p>
  </div>`
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-rows-outcome': FsRowsOutcome
  }
}
