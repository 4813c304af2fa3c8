/**
 * The sections and fields of a page layout. A field is taken by its handle with the keyboard or the
 * pointer: arrow keys on the handle move it. Fires `layout-change` with the changed body.
 */
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { FsElement } from '../../base/element.ts'
import { t } from '../../base/text.ts'
import type { PageLayoutBody } from '../../setup/component-bodies.ts'
import { searchControl, valueOf } from '../../setup/form-controls.ts'
import type { Choice } from '../../setup/form-controls.ts'
import { formStyles } from '../../setup/form-styles.ts'
import {
  addField,
  addSection,
  fieldsOnLayout,
  findField,
  itemsOf,
  moveItem,
  moveSection,
  removeField,
  removeSection,
  renameSection,
  setBehavior,
} from '../../setup/layout-edit.ts'
import type { Behavior, Direction, ItemPlace, LayoutItem } from '../../setup/layout-edit.ts'
import '../icon/icon.ts'
import { setupLayoutEditorStyles } from './setup-layout-editor.styles.ts'

const directions: ReadonlyMap<string, Direction> = new Map([
  ['ArrowUp', 'up'],
  ['ArrowDown', 'down'],
  ['ArrowLeft', 'left'],
  ['ArrowRight', 'right'],
])

@customElement('fs-setup-layout-editor')
export class FsSetupLayoutEditor extends FsElement {
  static override styles = [formStyles, setupLayoutEditorStyles]

  @property({ attribute: false }) layout: PageLayoutBody | undefined
  /** All fields of the object. */
  @property({ attribute: false }) fields: readonly Choice[] = []
  @state() private search = ''
  @state() private target = 0
  @state() private announced = ''

  protected override render(): unknown {
    const { layout } = this
    if (layout === undefined) return nothing
    const sections = layout.layoutSections ?? []
    return html`
      <div class="canvas">
        ${sections.map((_, index) => this.#section(layout, index))}
        <button class="button" @click=${() => this.#change(addSection(layout, t('New section')))}>
          <fs-icon name="plus"></fs-icon>${t('Add section')}
        </button>
      </div>
      ${this.#palette(layout)}
      <span class="visually-hidden" role="status">${this.announced}</span>
    `
  }

  #section(layout: PageLayoutBody, index: number): unknown {
    const section = layout.layoutSections?.[index]
    const columns = section?.layoutColumns ?? []
    const name = section?.label || t('Section {number}', { number: index + 1 })
    const isEmpty = columns.every((column) => (column.layoutItems ?? []).length === 0)
    return html`<section class="section" aria-label=${name}>
      <header>
        <input
          type="text"
          aria-label=${t('Name of section {number}', { number: index + 1 })}
          .value=${section?.label ?? ''}
          @change=${(event: Event) => this.#change(renameSection(layout, index, valueOf(event)))}
        />
        ${this.#sectionButton('chevron-up', t('Move section {name} up', { name }), () =>
          moveSection(layout, index, -1),
        )}
        ${this.#sectionButton('chevron-down', t('Move section {name} down', { name }), () =>
          moveSection(layout, index, 1),
        )}
        ${
          isEmpty
            ? this.#sectionButton('trash', t('Remove section {name}', { name }), () =>
                removeSection(layout, index),
              )
            : nothing
        }
      </header>
      <div class="cells" style="--columns:${Math.max(1, columns.length)}">
        ${columns.map((_, column) => this.#column(layout, index, column))}
      </div>
    </section>`
  }

  #sectionButton(
    icon: 'chevron-up' | 'chevron-down' | 'trash',
    label: string,
    change: () => PageLayoutBody,
  ): unknown {
    return html`<button
      class="icon-button small"
      aria-label=${label}
      @click=${() => this.#change(change())}
    >
      <fs-icon name=${icon}></fs-icon>
    </button>`
  }

  #column(layout: PageLayoutBody, section: number, column: number): unknown {
    return html`<ul
      role="list"
      @dragover=${(event: DragEvent) => event.preventDefault()}
      @drop=${(event: DragEvent) => this.#drop(event, layout, section)}
    >
      ${itemsOf(layout, section, column).map((item, index) =>
        this.#item(layout, item, { section, column, item: index }),
      )}
    </ul>`
  }

  #item(layout: PageLayoutBody, item: LayoutItem, place: ItemPlace): unknown {
    const { field } = item
    if (field === undefined) return html`<li class="empty">${t('Empty space')}</li>`
    const label = this.#labelOf(field)
    return html`<li draggable="true" @dragstart=${(event: DragEvent) => drag(event, field)}>
      <button
        class="handle"
        data-field=${field}
        aria-label=${t('Move {field}: use the arrow keys', { field: label })}
        @keydown=${(event: KeyboardEvent) => this.#onKey(event, layout, place)}
      >
        <fs-icon name="more-vertical"></fs-icon>
      </button>
      <span class="name">${label}</span>
      <select
        aria-label=${t('How {field} is shown', { field: label })}
        @change=${(event: Event) =>
          this.#change(setBehavior(layout, field, behaviorOf(valueOf(event))))}
      >
        ${behaviors().map(
          ({ value, label: text }) =>
            html`<option value=${value} ?selected=${(item.behavior ?? 'Edit') === value}>
              ${text}
            </option>`,
        )}
      </select>
      <button
        class="icon-button small"
        aria-label=${t('Take {field} off the layout', { field: label })}
        @click=${() => this.#change(removeField(layout, field))}
      >
        <fs-icon name="close"></fs-icon>
      </button>
    </li>`
  }

  #palette(layout: PageLayoutBody): unknown {
    const present = fieldsOnLayout(layout)
    const wanted = this.search.trim().toLowerCase()
    const free = this.fields.filter(
      ({ value, label }) =>
        !present.has(value) && `${label} ${value}`.toLowerCase().includes(wanted),
    )
    const sections = layout.layoutSections ?? []
    return html`<aside aria-label=${t('Fields not on the layout')}>
      <h3>${t('Not on the layout')}</h3>
      ${searchControl({
        label: t('Find a field'),
        value: this.search,
        onInput: (search) => (this.search = search),
      })}
      <label class="small soft" for="target">${t('Add to')}</label>
      <select id="target" @change=${(event: Event) => (this.target = Number(valueOf(event)))}>
        ${sections.map(
          (section, index) =>
            html`<option value=${index} ?selected=${index === this.target}>
              ${section.label || t('Section {number}', { number: index + 1 })}
            </option>`,
        )}
      </select>
      <ul role="list" class="free">
        ${free.map(
          ({ value, label }) =>
            html`<li draggable="true" @dragstart=${(event: DragEvent) => drag(event, value)}>
              <button
                class="add"
                aria-label=${t('Add {field}', { field: label })}
                ?disabled=${sections.length === 0}
                @click=${() => this.#add(layout, value)}
              >
                <fs-icon name="plus"></fs-icon>${label}
              </button>
            </li>`,
        )}
      </ul>
    </aside>`
  }

  #labelOf(field: string): string {
    return this.fields.find((choice) => choice.value === field)?.label ?? field
  }

  #add(layout: PageLayoutBody, field: string): void {
    this.announced = t('{field} was added.', { field: this.#labelOf(field) })
    this.#change(addField(layout, this.target, { field, behavior: 'Edit' }))
  }

  #onKey(event: KeyboardEvent, layout: PageLayoutBody, place: ItemPlace): void {
    const direction = directions.get(event.key)
    if (direction === undefined) return
    event.preventDefault()
    const field = itemsOf(layout, place.section, place.column)[place.item]?.field
    const moved = moveItem(layout, place, direction)
    if (moved.body === layout || field === undefined) return
    const section = moved.body.layoutSections?.[moved.place.section]?.label ?? ''
    this.announced = t('{field}: section {section}, column {column}, place {place}.', {
      field: this.#labelOf(field),
      section,
      column: moved.place.column + 1,
      place: moved.place.item + 1,
    })
    this.#change(moved.body)
    void this.updateComplete.then(() => this.#focusHandle(field))
  }

  #focusHandle(field: string): void {
    const handles = [...this.renderRoot.querySelectorAll<HTMLElement>('.handle')]
    handles.find((handle) => handle.dataset['field'] === field)?.focus()
  }

  // A field dropped on a column goes to the end of that section.
  #drop(event: DragEvent, layout: PageLayoutBody, section: number): void {
    event.preventDefault()
    const field = event.dataTransfer?.getData('text/plain') ?? ''
    if (!this.fields.some((choice) => choice.value === field)) return
    const behavior = behaviorIn(layout, field)
    this.#change(addField(removeField(layout, field), section, { field, behavior }))
  }

  #change(layout: PageLayoutBody): void {
    this.emit('layout-change', { layout })
  }
}

function drag(event: DragEvent, field: string): void {
  event.dataTransfer?.setData('text/plain', field)
}

function behaviorIn(layout: PageLayoutBody, field: string): Behavior {
  const place = findField(layout, field)
  if (place === undefined) return 'Edit'
  return itemsOf(layout, place.section, place.column)[place.item]?.behavior ?? 'Edit'
}

function behaviors(): readonly { readonly value: Behavior; readonly label: string }[] {
  return [
    { value: 'Edit', label: t('Editable') },
    { value: 'Required', label: t('Required') },
    { value: 'Readonly', label: t('Read only') },
  ]
}

function behaviorOf(value: string): Behavior {
  return behaviors().find((entry) => entry.value === value)?.value ?? 'Edit'
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-layout-editor': FsSetupLayoutEditor
  }
}
