/** The objects that a lookup points to, searched by name. Fires `targets-change`. */
import '@vaadin/combo-box'
import '@vaadin/multi-select-combo-box'
import { html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { FsElement } from '../../base/element.ts'
import { t } from '../../base/text.ts'
import type { Choice } from '../../setup/form-controls.ts'
import { setupTargetsStyles } from './setup-targets.styles.ts'

@customElement('fs-setup-targets')
export class FsSetupTargets extends FsElement {
  static override styles = setupTargetsStyles

  @property({ attribute: false }) objects: readonly Choice[] = []
  @property({ attribute: false }) targets: readonly string[] = []
  /** More than one object may be pointed to. */
  @property({ type: Boolean }) several = false
  /** The target cannot be chosen. */
  @property({ type: Boolean }) fixed = false
  @property() error = ''

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('[data-input]')?.focus()
  }

  protected override render(): unknown {
    return this.several && !this.fixed ? this.#several() : this.#single()
  }

  #several(): unknown {
    return html`<vaadin-multi-select-combo-box
      data-input
      required
      label=${t('Points to')}
      helper-text=${t('Choose several for a field that may point to records of different objects.')}
      item-id-path="value"
      item-label-path="label"
      item-value-path="value"
      .items=${this.objects}
      .selectedItems=${this.objects.filter((object) => this.targets.includes(object.value))}
      .invalid=${this.error !== ''}
      error-message=${this.error || nothing}
      @selected-items-changed=${(event: CustomEvent<{ value: readonly Choice[] }>) =>
        this.#choose(event.detail.value.map((object) => object.value))}
    ></vaadin-multi-select-combo-box>`
  }

  #single(): unknown {
    return html`<vaadin-combo-box
      data-input
      required
      label=${t('Points to')}
      item-id-path="value"
      item-label-path="label"
      item-value-path="value"
      .items=${this.objects}
      .value=${this.targets[0] ?? ''}
      .readonly=${this.fixed}
      .invalid=${this.error !== ''}
      error-message=${this.error || nothing}
      @value-changed=${(event: CustomEvent<{ value: string }>) =>
        this.#choose(event.detail.value === '' ? [] : [event.detail.value])}
    ></vaadin-combo-box>`
  }

  // The inputs also report what was just set from here: that is no change.
  #choose(targets: readonly string[]): void {
    const isSame =
      targets.length === this.targets.length && targets.every((name) => this.targets.includes(name))
    if (!isSame && !this.fixed) this.emit('targets-change', { targets })
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-targets': FsSetupTargets
  }
}
