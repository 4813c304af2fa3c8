/** First step of a new field: choose its kind. One group of radio buttons. Fires `kind-change`. */
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { live } from 'lit/directives/live.js'
import { FsElement } from '../../base/element.ts'
import { t } from '../../base/text.ts'
import { fieldKinds, findKinds, groupLabel } from '../../setup/field-kinds.ts'
import type { FieldKind, KindGroup } from '../../setup/field-kinds.ts'
import type { KindName } from '../../setup/kind-of.ts'
import { searchControl } from '../../setup/form-controls.ts'
import { formStyles } from '../../setup/form-styles.ts'
import '../setup-kind-icon/setup-kind-icon.ts'
import { setupKindsStyles } from './setup-kinds.styles.ts'

@customElement('fs-setup-kinds')
export class FsSetupKinds extends FsElement {
  static override styles = [formStyles, setupKindsStyles]

  @property() kind: KindName | '' = ''
  @property() error = ''
  @state() private search = ''

  protected override render(): unknown {
    const found = findKinds(this.search)
    const groups = [...new Set(fieldKinds().map((kind) => kind.group))]
    return html`
      <div class="bar">
        ${searchControl({
          label: t('Search kinds of field'),
          value: this.search,
          onInput: (search) => (this.search = search),
        })}
        <span class="soft small" role="status">
          ${t('{count, plural, one {# kind} other {# kinds}}', { count: found.length })}
        </span>
      </div>
      ${this.error === '' ? nothing : html`<p class="error" role="alert">${this.error}</p>`}
      <div role="radiogroup" aria-label=${t('Kind of field')}>
        ${groups.map((group) => this.#group(group, found))}
      </div>
      ${found.length > 0 ? nothing : html`<p class="soft">${t('No kind of field matches.')}</p>`}
    `
  }

  #group(group: KindGroup, found: readonly FieldKind[]): unknown {
    const kinds = found.filter((kind) => kind.group === group)
    if (kinds.length === 0) return nothing
    return html`<h3>${groupLabel(group)}</h3>
      <div class="cards">${kinds.map((kind) => this.#card(kind))}</div>`
  }

  #card(kind: FieldKind): unknown {
    return html`<label class="card">
      <input
        type="radio"
        name="kind"
        value=${kind.type}
        .checked=${live(kind.type === this.kind)}
        @change=${() => this.emit('kind-change', { kind: kind.type })}
        @dblclick=${() => this.emit('kind-chosen')}
      />
      <fs-setup-kind-icon .icon=${kind.icon}></fs-setup-kind-icon>
      <span>
        <span class="name">${kind.label}</span>
        <span class="purpose">${kind.purpose}</span>
      </span>
    </label>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-kinds': FsSetupKinds
  }
}
