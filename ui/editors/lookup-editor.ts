/** Points at another record: searches while typing; several target objects add a switch at the left. */
import '@vaadin/combo-box'
import { comboBoxRenderer } from '@vaadin/combo-box/lit.js'
import type { ComboBoxDataProvider } from '@vaadin/combo-box'
import { css, html, nothing } from 'lit'
import { plainControl } from '../base/control-styles.ts'
import type { PropertyValues, TemplateResult } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { findObject, objectOfId } from '../base/app-context.ts'
import { errorText } from '../base/api-error.ts'
import { parentOf } from '../base/record-names.ts'
import { t } from '../base/text.ts'
import '../elements/icon/icon.ts'
import { EditorElement } from './editor-element.ts'
import { editorStyles } from './editor.styles.ts'
import { findRecords } from './find-records.ts'
import type { Choice, Search } from './find-records.ts'
import { lookupPlace, searchPlace } from './lookup-place.ts'
import { nameById } from './name-by-id.ts'

/** What the list itself offers; the rest is a dialog away. */
const offeredMax = 6
// All that is offered comes as one page of the box's.
const pageSize = 50

/** A record to choose, or something to do that stands below the records. */
interface Offer extends Choice {
  readonly action?: 'all' | 'new'
}

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
        ${plainControl}
      }
    `,
  ]

  @state() private target = ''
  @state() private selected: Choice | undefined
  @state() private problem = ''
  #decided = '[]'
  #query = 0
  #text = ''

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('describe') && !this.#targets.includes(this.target)) {
      this.target = this.#storedTarget() ?? this.#targets[0] ?? ''
    }
    if (changed.has('context')) this.#followFilter()
    // What was just chosen stands before the form hands the value back.
    const isTold = changed.has('value') || changed.has('describe')
    const id = String(this.value ?? '')
    if (isTold && id === '') this.selected = undefined
    else if (id !== '' && (isTold || !this.selected) && this.selected?.id !== id)
      void this.#name(id)
  }

  // What was offered before may not be allowed any more.
  #followFilter(): void {
    const { controllingFields = [] } = this.describe?.filteredLookupInfo ?? {}
    const values = this.context?.values
    const decided = JSON.stringify(controllingFields.map((name) => values?.get(name) ?? null))
    if (decided === this.#decided) return
    this.#decided = decided
    this.renderRoot.querySelector('vaadin-combo-box')?.clearCache()
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
        .helperText=${this.help || (this.describe?.fieldstone?.lookupInfo ?? '')}
        .required=${this.required}
        .disabled=${this.disabled}
        .invalid=${this.error !== '' || this.problem !== ''}
        .errorMessage=${this.error || this.problem}
        .selectedItem=${this.selected ?? null}
        @change=${(event: Event) => this.#changed(event)}
        ${comboBoxRenderer<Offer>((item) => this.#item(item))}
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

  #item(item: Offer): TemplateResult {
    // The list lies outside of this element's styles.
    if (item.action) {
      return html`<span style="display:flex;gap:8px;align-items:center;color:var(--fs-accent)">
        <fs-icon name=${item.action === 'new' ? 'plus' : 'search'}></fs-icon>${item.second}
      </span>`
    }
    return html`<span style="display:grid;min-width:0">
      <span>${item.name}</span>
      ${
        item.second
          ? html`<span style="font-size:var(--fs-text-s);color:var(--fs-text-soft)"
              >${item.second}</span
            >`
          : nothing
      }
    </span>`
  }

  #changed(event: Event): void {
    const box = event.target
    if (!(box instanceof HTMLElement) || !('selectedItem' in box)) return
    // The items are what the data provider below returned.
    const offer = box.selectedItem as Offer | null | undefined
    if (offer?.action) {
      box.selectedItem = this.selected ?? null
      void (offer.action === 'new' ? this.#create(this.target) : this.#showAll())
      return
    }
    this.#choose(offer ?? undefined)
  }

  #choose(choice: Choice | undefined): void {
    this.selected = choice
    this.change(choice?.id ?? null)
  }

  async #create(object: string): Promise<void> {
    const { context } = this
    if (!context) return
    const name = this.#text
    const { createInDialog } = await import('../elements/new-record-dialog/new-record-dialog.ts')
    const made = await createInDialog({ object, name, context })
    if (made) this.#take(made)
    this.focus()
  }

  async #showAll(): Promise<void> {
    const { context, target } = this
    if (!context) return
    const text = this.#text
    const { pickInDialog } = await import('../elements/lookup-dialog/lookup-dialog.ts')
    const targets = this.#targets.filter((name) => findObject(context.screen, name))
    const within = lookupPlace(this.describe, context)
    const place = searchPlace(this.describe, context)
    const wanted = { label: this.label, targets, target, text, context, within, place }
    const answer = await pickInDialog(wanted)
    if (answer && 'newOf' in answer) return this.#create(answer.newOf)
    if (answer) this.#take(answer.picked)
    this.focus()
  }

  #take({
    id,
    name,
    object,
  }: {
    readonly id: string
    readonly name: string
    object: string
  }): void {
    if (object !== this.target) {
      this.target = object
      this.renderRoot.querySelector('vaadin-combo-box')?.clearCache()
    }
    this.#choose({ id, name, second: '' })
  }

  readonly #provider: ComboBoxDataProvider<Offer> = (request, answer) => {
    const format = this.context?.format
    if (this.target === '' || !format) return
    const search = {
      object: this.target,
      text: request.filter,
      offset: 0,
      limit: offeredMax,
      format,
      within: lookupPlace(this.describe, this.context),
      place: searchPlace(this.describe, this.context),
    }
    void this.#find(search, answer)
  }

  async #find(search: Search, answer: (found: Offer[], size: number) => void): Promise<void> {
    const query = ++this.#query
    try {
      const choices = await findRecords(search)
      if (query !== this.#query) return
      this.problem = ''
      // The box forgets what was typed as soon as one of its items is chosen.
      this.#text = search.text.trim()
      const offers = [...choices, ...this.#actions(this.#text)]
      answer(offers, offers.length)
    } catch (error) {
      this.problem = errorText(error)
      answer([], 0)
    }
  }

  #actions(text: string): readonly Offer[] {
    const target = findObject(this.context?.screen, this.target)
    if (!target) return []
    const all =
      text === ''
        ? t('Show all {objects}', { objects: target.labelPlural })
        : t('Show all results for “{text}”', { text })
    const offers: Offer[] = [{ id: 'show all', name: '', second: all, action: 'all' }]
    if (target.createable) {
      const second = t('New {object}', { object: target.label })
      offers.push({ id: 'new', name: '', second, action: 'new' })
    }
    return offers
  }
}
