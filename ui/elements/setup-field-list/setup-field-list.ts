/** An ordered choice of fields, as columns and compact layouts have it. Fires `fields-change`. */
import { html } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import { FsElement } from '../../base/element.ts'
import { t } from '../../base/text.ts'
import { valueOf } from '../../setup/form-controls.ts'
import type { Choice } from '../../setup/form-controls.ts'
import { formStyles } from '../../setup/form-styles.ts'
import { moveRow } from '../../setup/picklist-values.ts'
import '../icon/icon.ts'
import { setupFieldListStyles } from './setup-field-list.styles.ts'

@customElement('fs-setup-field-list')
export class FsSetupFieldList extends FsElement {
  static override styles = [formStyles, setupFieldListStyles]

  @property() label = ''
  /** All that can be chosen. */
  @property({ attribute: false }) choices: readonly Choice[] = []
  @property({ attribute: false }) chosen: readonly string[] = []
  @property({ type: Number }) max = 15
  @state() private moved = ''

  protected override render(): unknown {
    const free = this.choices.filter((choice) => !this.chosen.includes(choice.value))
    const isFull = this.chosen.length >= this.max
    return html`
      <h3>${this.label}</h3>
      <ol role="list">
        ${repeat(
          this.chosen,
          (name) => name,
          (name, index) => this.#item(name, index),
        )}
      </ol>
      <select
        aria-label=${t('Add a field')}
        ?disabled=${isFull || free.length === 0}
        @change=${(event: Event) => this.#add(event)}
      >
        <option value="">${isFull ? t('No more fields fit') : t('Add a field…')}</option>
        ${free.map((choice) => html`<option value=${choice.value}>${choice.label}</option>`)}
      </select>
      <span class="visually-hidden" role="status">${this.moved}</span>
    `
  }

  #item(name: string, index: number): unknown {
    const label = this.#labelOf(name)
    return html`<li>
      <span class="text">${label} <span class="mono soft small">${name}</span></span>
      <button
        type="button"
        class="icon-button small"
        aria-label=${t('Move {name} up', { name: label })}
        ?disabled=${index === 0}
        @click=${() => this.#move(index, index - 1)}
      >
        <fs-icon name="chevron-up"></fs-icon>
      </button>
      <button
        type="button"
        class="icon-button small"
        aria-label=${t('Move {name} down', { name: label })}
        ?disabled=${index === this.chosen.length - 1}
        @click=${() => this.#move(index, index + 1)}
      >
        <fs-icon name="chevron-down"></fs-icon>
      </button>
      <button
        type="button"
        class="icon-button small"
        aria-label=${t('Remove {name}', { name: label })}
        @click=${() => this.#change(this.chosen.filter((other) => other !== name))}
      >
        <fs-icon name="close"></fs-icon>
      </button>
    </li>`
  }

  #labelOf(name: string): string {
    return this.choices.find((choice) => choice.value === name)?.label ?? name
  }

  #add(event: Event): void {
    const name = valueOf(event)
    if (event.target instanceof HTMLSelectElement) event.target.value = ''
    if (name !== '') this.#change([...this.chosen, name])
  }

  #move(from: number, to: number): void {
    this.moved = t('{name} is now at place {place} of {count}.', {
      name: this.#labelOf(this.chosen[from] ?? ''),
      place: to + 1,
      count: this.chosen.length,
    })
    this.#change(moveRow(this.chosen, from, to))
  }

  #change(fields: readonly string[]): void {
    this.emit('fields-change', { fields })
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-field-list': FsSetupFieldList
  }
}
