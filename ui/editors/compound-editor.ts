/** Name, address, location: one group of ordinary editors, one per part, in an order people know. */
import { css, html, nothing } from 'lit'
import { customElement } from 'lit/decorators.js'
import { partsOf } from '../base/form-state.ts'
import { isRequired } from '../base/check-value.ts'
import type { FieldInfo } from '../base/wire.ts'
import '../elements/field-editor/field-editor.ts'
import { EditorElement } from './editor-element.ts'

/** The order on screen, by how a part's name ends, and the room it takes of twelve columns. */
const places: readonly (readonly [RegExp, number])[] = [
  [/Salutation$/, 3],
  [/FirstName$/, 9],
  [/MiddleName$/, 4],
  [/LastName$/, 8],
  [/Suffix$/, 4],
  [/Street(__s)?$/, 12],
  [/PostalCode(__s)?$/, 4],
  [/City(__s)?$/, 8],
  [/State(__s)?$/, 6],
  [/StateCode(__s)?$/, 6],
  [/Country(__s)?$/, 6],
  [/CountryCode(__s)?$/, 6],
  [/Latitude(__s)?$/, 6],
  [/Longitude(__s)?$/, 6],
]

/** Kept by machines, of no use in a form. */
const hiddenInAddress = /(Latitude|Longitude|GeocodeAccuracy)(__s)?$/

@customElement('fs-compound-editor')
export class FsCompoundEditor extends EditorElement {
  static override styles = css`
    :host {
      display: block;
    }
    legend {
      margin-bottom: 4px;
      padding: 0;
      font-size: var(--fs-text-m);
      font-weight: var(--fs-weight-strong);
    }
    .parts {
      display: grid;
      grid-template-columns: repeat(12, minmax(0, 1fr));
      gap: 10px;
    }
    .error {
      color: var(--fs-danger);
      font-size: var(--fs-text-s);
    }
    @media (max-width: 480px) {
      .parts {
        grid-template-columns: minmax(0, 1fr);
      }
      fs-field-editor {
        grid-column: 1 / -1 !important;
      }
    }
  `

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('fs-field-editor')?.focus()
  }

  protected override render(): unknown {
    return html`<fieldset>
      <legend>${this.label}</legend>
      ${this.error ? html`<p class="error">${this.error}</p>` : nothing}
      <div class="parts">${this.#parts().map((part) => this.#part(part))}</div>
    </fieldset>`
  }

  #parts(): readonly FieldInfo[] {
    const { describe, context } = this
    if (!describe || !context) return []
    const parts = partsOf(context.object, describe.name)
    const shown =
      describe.type === 'address' ? parts.filter((part) => !hiddenInAddress.test(part.name)) : parts
    return [...shown].sort((one, other) => place(one) - place(other))
  }

  #part(part: FieldInfo): unknown {
    const context = this.context
    if (!context) return nothing
    return html`<fs-field-editor
      style="grid-column: span ${places[place(part)]?.[1] ?? 6}"
      data-field=${part.name}
      .field=${part}
      .context=${context}
      .required=${isRequired(part, 'Edit')}
      .disabled=${this.disabled}
      .value=${context.values.get(part.name) ?? null}
      .error=${context.errors.get(part.name) ?? ''}
    ></fs-field-editor>`
  }
}

function place(part: FieldInfo): number {
  const found = places.findIndex(([pattern]) => pattern.test(part.name))
  return found < 0 ? places.length : found
}
