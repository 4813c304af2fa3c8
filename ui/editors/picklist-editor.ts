/** One value of a list; typing finds it. A dependent list waits for its controlling field and says so. */
import '@vaadin/combo-box'
import { html } from 'lit'
import { customElement } from 'lit/decorators.js'
import { fieldOf } from '../base/form-state.ts'
import { t } from '../base/text.ts'
import { choosableValues } from '../base/valid-for.ts'
import type { FieldInfo, PicklistValue } from '../base/wire.ts'
import { EditorElement, inputText } from './editor-element.ts'
import { editorStyles } from './editor.styles.ts'

@customElement('fs-picklist-editor')
export class FsPicklistEditor extends EditorElement {
  static override styles = editorStyles

  protected override render(): unknown {
    const waits = this.#waitsFor()
    const helper = waits ? t('Choose {label} first.', { label: waits.label }) : this.help
    return html`<vaadin-combo-box
      data-control
      manual-validation
      clear-button-visible
      item-label-path="label"
      item-value-path="value"
      .items=${this.#items()}
      .allowCustomValue=${this.describe?.restrictedPicklist === false}
      .label=${this.label}
      .helperText=${helper}
      .required=${this.required}
      .disabled=${this.disabled || waits !== undefined}
      .invalid=${this.error !== ''}
      .errorMessage=${this.error}
      .value=${String(this.value ?? '')}
      @change=${(event: Event) => this.#changed(inputText(event))}
    ></vaadin-combo-box>`
  }

  #changed(value: string): void {
    this.change(value === '' ? null : value)
  }

  get #controller(): FieldInfo | undefined {
    const name = this.describe?.controllerName
    return name && this.context ? fieldOf(this.context.object, name) : undefined
  }

  #waitsFor(): FieldInfo | undefined {
    const controller = this.#controller
    if (!controller || controller.type === 'boolean') return undefined
    const value = this.context?.values.get(controller.name)
    return value === undefined || value === null || value === '' ? controller : undefined
  }

  // The combo box compares its items by identity.
  #known: readonly PicklistValue[] = []

  #items(): readonly PicklistValue[] {
    const { describe, context } = this
    if (!describe) return []
    const controller = this.#controller
    const controlling = controller && {
      field: controller,
      value: context?.values.get(controller.name),
    }
    const stored = [this.value, context?.record?.[describe.name]].filter(
      (one) => typeof one === 'string',
    )
    const items = [...choosableValues(describe, controlling, stored)]
    // A stored value that the list no longer knows is still what is stored.
    const current = String(this.value ?? '')
    if (current !== '' && !items.some((item) => item.value === current)) {
      items.push({ value: current, label: current, active: false, defaultValue: false })
    }
    if (JSON.stringify(items) !== JSON.stringify(this.#known)) this.#known = items
    return this.#known
  }
}
