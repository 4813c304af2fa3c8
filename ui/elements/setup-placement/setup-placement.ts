/** Fourth step of a new field: the page layouts that show it, and the section of each. Fires `placement-change`. */
import { html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { live } from 'lit/directives/live.js'
import { FsElement } from '../../base/element.ts'
import { t } from '../../base/text.ts'
import type { PageLayoutBody } from '../../setup/component-bodies.ts'
import type { Placements } from '../../setup/field-changes.ts'
import { isChecked, valueOf } from '../../setup/form-controls.ts'
import { formStyles } from '../../setup/form-styles.ts'
import { layoutLabel } from '../../setup/setup-api.ts'
import type { Component } from '../../setup/setup-api.ts'
import { setupPlacementStyles } from './setup-placement.styles.ts'

@customElement('fs-setup-placement')
export class FsSetupPlacement extends FsElement {
  static override styles = [formStyles, setupPlacementStyles]

  @property({ attribute: false }) layouts: readonly Component<PageLayoutBody>[] = []
  @property({ attribute: false }) placements: Placements = new Map()

  protected override render(): unknown {
    if (this.layouts.length === 0)
      return html`<p class="soft">
        ${t('This object has no page layout yet; the screens show all fields that a person may read.')}
      </p>`
    return html`
      <p class="soft">
        ${t('The field is added at the end of the section that you choose. Ticking none is possible.')}
      </p>
      <ul role="list">
        ${this.layouts.map((layout) => this.#layout(layout))}
      </ul>
    `
  }

  #layout(layout: Component<PageLayoutBody>): unknown {
    const name = layoutLabel(layout.fullName)
    const sections = layout.body.layoutSections ?? []
    const section = this.placements.get(layout.fullName)
    return html`<li>
      <label class="check">
        <input
          type="checkbox"
          .checked=${live(section !== undefined)}
          ?disabled=${sections.length === 0}
          @change=${(event: Event) => this.#set(layout.fullName, isChecked(event) ? 0 : undefined)}
        />
        <span>${name}</span>
      </label>
      ${
        section === undefined
          ? nothing
          : html`<select
              aria-label=${t('Section of {layout}', { layout: name })}
              @change=${(event: Event) => this.#set(layout.fullName, Number(valueOf(event)))}
            >
              ${sections.map(
                (entry, index) =>
                  html`<option value=${index} ?selected=${index === section}>
                    ${entry.label || t('Section {number}', { number: index + 1 })}
                  </option>`,
              )}
            </select>`
      }
    </li>`
  }

  #set(layout: string, section: number | undefined): void {
    const placements = new Map(this.placements)
    if (section === undefined) placements.delete(layout)
    else placements.set(layout, section)
    this.emit('placement-change', { placements })
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-placement': FsSetupPlacement
  }
}
