/** Points at another record: searches while typing; several target objects add a switch at the left. */
import '@vaadin/combo-box'
import { comboBoxRenderer } from '@vaadin/combo-box/lit.js'
import type { ComboBoxDataProvider } from '@vaadin/combo-box'
import { css, html, nothing } from 'lit'
import type { PropertyValues } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { findObject, objectOfId } from '../base/app-context.ts'
import { errorText } from '../base/api-error.ts'
import { parentOf } from '../base/record-names.ts'
import { t } from '../base/text.ts'
import { EditorElement } from './editor-element.ts'
import { editorStyles } from './editor.styles.ts'
import { findRecords } from './find-records.ts'
import type { Choice, Search } from './find-records.ts'
import { nameById } from './name-by-id.ts'

const pageSize = 25

@customElement('fs-lookup-editor')
export class FsLookupEditor extends EditorElement {
  static override styles = [
    editorStyles,
    css`
      .row {
        display: flex;
        align-items: start;
        gap: var(--fs-space-2);
      }
      vaadin-combo-box {
        flex: 1;
        min-width: 0;
      }
      .switch {
        display: grid;
        flex: none;
        gap: 4px;
        font-size: var(--fs-text-s);
        color: var(--fs-text-soft);
      }
      select {
        height: var(--fs-control-height);
        padding: 0 8px;
        border: 1px solid var(--fs-line-strong);
        border-radius: var(--fs-radius-m);
        background: var(--fs-surface);
        color: var(--fs-text);
        font-size: var(--fs-text-m);
      }
    `,
  ]

  @state() private target = ''
  @state() private selected: Choice | undefined
  @state() private problem = ''
  #query = 0

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('describe') && !this.#targets.includes(this.target)) {
      this.target = this.#storedTarget() ?? this.#targets[0] ?? ''
    }
    const id = String(this.value ?? '')
    if (id === '') this.selected = undefined
    else if (this.selected?.id !== id) void this.#name(id)
  }

  get #targets(): readonly string[] {
    return this.describe?.referenceTo ?? []
  }

  #storedTarget(): string | undefined {
    const id = String(this.value ?? '')
    return id === '' ? undefined : objectOfId(this.context?.screen, id)?.name
  }

  // The name of what is stored: it came with the record, or is asked for (a prefilled parent).
  async #name(id: string): Promise<void> {
    const { context, describe } = this
    if (!context || !describe) return
    const stored = context.record ? parentOf(describe, context.record) : undefined
    if (stored?.id === id) {
      this.selected = { id, name: stored.name, second: '' }
      return
    }
    this.selected = { id, name: id, second: '' }
    const object = objectOfId(context.screen, id)?.name ?? this.target
    const name = await nameById(object, id)
    if (this.value === id) this.selected = { id, name, second: '' }
  }

  protected override render(): unknown {
    const many = this.#targets.length > 1
    return html`<div class="row">
      ${many ? this.#switch() : nothing}
      <vaadin-combo-box
        data-control
        manual-validation
        clear-button-visible
        item-label-path="name"
        item-value-path="id"
        item-id-path="id"
        .pageSize=${pageSize}
        .dataProvider=${this.#provider}
        .label=${this.label}
        .placeholder=${t('Search {objects}', { objects: this.#targetLabel() })}
        .helperText=${this.help}
        .required=${this.required}
        .disabled=${this.disabled}
        .invalid=${this.error !== '' || this.problem !== ''}
        .errorMessage=${this.error || this.problem}
        .selectedItem=${this.selected ?? null}
        @change=${(event: Event) => this.#changed(event)}
        ${comboBoxRenderer<Choice>(
          (item) =>
            html`<span style="display:grid;min-width:0">
              <span>${item.name}</span>
              ${
                item.second
                  ? html`<span style="font-size:var(--fs-text-s);color:var(--fs-text-soft)"
                      >${item.second}</span
                    >`
                  : nothing
              }
            </span>`,
        )}
      ></vaadin-combo-box>
    </div>`
  }

  #switch(): unknown {
    return html`<label class="switch"
      >${t('Object')}
      <select ?disabled=${this.disabled} @change=${(event: Event) => this.#switched(event.target)}>
        ${this.#targets.map(
          (target) =>
            html`<option value=${target} ?selected=${target === this.target}>
              ${findObject(this.context?.screen, target)?.label ?? target}
            </option>`,
        )}
      </select>
    </label>`
  }

  #targetLabel(): string {
    return findObject(this.context?.screen, this.target)?.labelPlural ?? this.target
  }

  #switched(select: EventTarget | null): void {
    if (!(select instanceof HTMLSelectElement)) return
    this.target = select.value
    this.renderRoot.querySelector('vaadin-combo-box')?.clearCache()
    this.change(null)
  }

  #changed(event: Event): void {
    const box = event.target
    if (!(box instanceof HTMLElement) || !('selectedItem' in box)) return
    // The items are what the data provider below returned.
    const choice = box.selectedItem as Choice | null | undefined
    this.selected = choice ?? undefined
    this.change(choice?.id ?? null)
  }

  readonly #provider: ComboBoxDataProvider<Choice> = (request, answer) => {
    const format = this.context?.format
    if (this.target === '' || !format) return
    const offset = request.page * request.pageSize
    const search = { object: this.target, text: request.filter, offset, limit: pageSize, format }
    void this.#find(search, answer)
  }

  async #find(search: Search, answer: (found: Choice[], size: number) => void): Promise<void> {
    const query = ++this.#query
    try {
      const choices = await findRecords(search)
      if (query !== this.#query) return
      this.problem = ''
      // A full page means there may be more; the box asks when it is scrolled to.
      const more = choices.length === pageSize ? pageSize : 0
      answer([...choices], search.offset + choices.length + more)
    } catch (error) {
      this.problem = errorText(error)
      answer([], 0)
    }
  }
}
