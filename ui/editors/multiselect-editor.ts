/** Several values of a list, shown as chips. */
import '@vaadin/multi-select-combo-box'
import type { MultiSelectComboBoxSelectedItemsChangedEvent } from '@vaadin/multi-select-combo-box'
import { html } from 'lit'
import { customElement } from 'lit/decorators.js'
import { fieldOf } from '../base/form-state.ts'
import { multipicklistValues } from '../base/formats.ts'
import { t, textLanguage } from '../base/text.ts'
import { choosableValues } from '../base/valid-for.ts'
import type { PicklistValue } from '../base/wire.ts'
import { EditorElement } from './editor-element.ts'
import { editorStyles } from './editor.styles.ts'

@customElement('fs-multiselect-editor')
export class FsMultiselectEditor extends EditorElement {
  static override styles = editorStyles

  protected override render(): unknown {
    const items = this.#items()
    const chosen = multipicklistValues(this.value)
    return html`<vaadin-multi-select-combo-box
      data-control
      manual-validation
      clear-button-visible
      auto-expand-vertically
      item-label-path="label"
      item-value-path="value"
      item-id-path="value"
      .i18n=${words()}
      .items=${items}
      .label=${this.label}
      .helperText=${this.help}
      .required=${this.required}
      .disabled=${this.disabled}
      .invalid=${this.error !== ''}
      .errorMessage=${this.error}
      .selectedItems=${items.filter((item) => chosen.includes(item.value))}
      @selected-items-changed=${(
        event: MultiSelectComboBoxSelectedItemsChangedEvent<PicklistValue>,
      ) => this.#changed(event.detail.value)}
    ></vaadin-multi-select-combo-box>`
  }

  #changed(selected: readonly PicklistValue[]): void {
    const values = new Set(selected.map((item) => item.value))
    // Stored in the order of the list, as the platform does.
    const ordered = this.#known.filter((item) => values.has(item.value)).map((item) => item.value)
    const text = ordered.join(';')
    if (text !== multipicklistValues(this.value).join(';')) this.change(text === '' ? null : text)
  }

  #known: PicklistValue[] = []

  #items(): PicklistValue[] {
    const { describe, context } = this
    if (!describe) return []
    const name = describe.controllerName
    const controller = name && context ? fieldOf(context.object, name) : undefined
    const controlling = controller && {
      field: controller,
      value: context?.values.get(controller.name),
    }
    const stored = multipicklistValues(this.value)
    const items = [...choosableValues(describe, controlling, stored)]
    for (const one of stored) {
      if (!items.some((item) => item.value === one)) {
        items.push({ value: one, label: one, active: false, defaultValue: false })
      }
    }
    if (JSON.stringify(items) !== JSON.stringify(this.#known)) this.#known = items
    return this.#known
  }
}

function makeWords(): Record<string, string> {
  return {
    cleared: t('Selection cleared'),
    focused: t('focused. Press Backspace to remove'),
    selected: t('added to the selection'),
    deselected: t('removed from the selection'),
    total: t('{count} selected', { count: '{count}' }),
  }
}

// The box compares its words by identity: one object per language keeps it from redrawing.
const known = new Map<string, Record<string, string>>()

function words(): Record<string, string> {
  const present = known.get(textLanguage()) ?? makeWords()
  known.set(textLanguage(), present)
  return present
}
