/**
 * The filter of a lookup: conditions over the records that may be chosen, how they combine, whether people may leave the
 * filter aside, and what they read. Checked by the server while it is written. Fires `filter-change`.
 */
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { formulas } from '../../api.ts'
import { errorText } from '../../base/api-error.ts'
import { FsElement } from '../../base/element.ts'
import { t } from '../../base/text.ts'
import { Turns } from '../../base/turns.ts'
import type { FilterFault } from '../../base/wire-formulas.ts'
import { checkControl, radioControl, textControl } from '../../setup/form-controls.ts'
import { formStyles } from '../../setup/form-styles.ts'
import { loadFilterFields } from '../../setup/filter-fields.ts'
import type { FilterFields } from '../../setup/filter-fields.ts'
import type { LookupFilterDraft, LookupFilterItem } from '../../setup/lookup-filter-draft.ts'
import '../icon/icon.ts'
import '../setup-filters/setup-filters.ts'
import { checkStateStyles } from '../setup-formula/check-state.styles.ts'
import { setupLookupFilterStyles } from './setup-lookup-filter.styles.ts'

const typingPauseMs = 300
const noFields: FilterFields = { left: [], right: [] }

@customElement('fs-setup-lookup-filter')
export class FsSetupLookupFilter extends FsElement {
  static override styles = [formStyles, setupLookupFilterStyles, checkStateStyles]

  /** The object that has the lookup, and the one that it leads to. */
  @property() object = ''
  @property() objectLabel = ''
  @property() target = ''
  @property() targetLabel = ''
  @property({ attribute: false }) filter: LookupFilterDraft | undefined
  /** The message when the form was sent too early. */
  @property() error = ''
  @state() private fields: FilterFields = noFields
  @state() private faults: readonly FilterFault[] | undefined
  @state() private trouble = ''
  #timer: ReturnType<typeof setTimeout> | undefined
  #asked: AbortController | undefined
  readonly #turns = new Turns()

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearTimeout(this.#timer)
    this.#asked?.abort()
  }

  override focus(): void {
    const rows = this.renderRoot.querySelector('fs-setup-filters')
    if (rows) rows.focus()
    else this.renderRoot.querySelector('button')?.focus()
  }

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('object') || changed.has('target')) void this.#loadFields()
    const before = changed.get('filter') as LookupFilterDraft | undefined
    const isSame = before?.items === this.filter?.items && before?.logic === this.filter?.logic
    if (!changed.has('target') && (!changed.has('filter') || isSame)) return
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#check(), before === undefined ? 0 : typingPauseMs)
  }

  async #loadFields(): Promise<void> {
    const { object, objectLabel, target, targetLabel } = this
    const isLatest = this.#turns.next()
    const loaded = await loadFilterFields({ object, objectLabel, target, targetLabel })
    if (isLatest()) this.fields = loaded
  }

  async #check(): Promise<void> {
    this.#asked?.abort()
    const { object, target, filter } = this
    if (filter === undefined || filter.items.length === 0) return this.#told(undefined)
    const asked = new AbortController()
    this.#asked = asked
    const question = {
      object,
      target,
      filterItems: filter.items,
      ...(filter.items.length > 1 ? { booleanFilter: filter.logic } : {}),
    }
    try {
      this.#told(await formulas.checkFilter(question, asked.signal))
      this.trouble = ''
    } catch (error) {
      if (!asked.signal.aborted) this.trouble = errorText(error)
    }
  }

  #told(faults: readonly FilterFault[] | undefined): void {
    this.faults = faults
    const problem = faults?.[0]?.message ?? ''
    if (problem !== this.filter?.problem) this.#change({ problem })
  }

  protected override render(): unknown {
    const { filter } = this
    if (filter === undefined) return nothing
    const { items } = filter
    return html`
      <fs-setup-filters
        .heading=${t('Lookup filter')}
        .hint=${t('Only {target} records that meet these conditions can be chosen.', {
          target: this.targetLabel,
        })}
        .fields=${this.fields.left}
        .valueFields=${this.fields.right}
        .filters=${items}
        .problems=${this.#problemsOfItems()}
        ?numbered=${items.length > 1}
        @filters-change=${(event: CustomEvent<{ filters: readonly LookupFilterItem[] }>) => {
          event.stopPropagation()
          this.#setItems(event.detail.filters)
        }}
      ></fs-setup-filters>
      ${items.length === 0 ? nothing : this.#settings(filter)}
    `
  }

  #problemsOfItems(): ReadonlyMap<number, string> {
    const known = this.faults ?? []
    return new Map(known.flatMap(({ item, message }) => (item === null ? [] : [[item, message]])))
  }

  #settings(filter: LookupFilterDraft): unknown {
    return html`
      <div role="status">${this.#state()}</div>
      <div class="fields">
        ${
          filter.items.length < 2
            ? nothing
            : textControl({
                name: 'logic',
                label: t('How the conditions combine'),
                hint: t('Empty means all of them. Example: {example}', {
                  example: '1 AND (2 OR 3)',
                }),
                value: filter.logic,
                mono: true,
                onInput: (logic) => this.#change({ logic, problem: '' }),
              })
        }
        ${radioControl({
          name: 'optional',
          label: t('Records that do not meet the filter'),
          value: filter.optional ? 'optional' : 'required',
          choices: [
            {
              value: 'required',
              label: t('Are refused'),
              hint: t('On the screens and by the API alike.'),
            },
            {
              value: 'optional',
              label: t('Are not offered at first'),
              hint: t('People may show all records and choose any.'),
            },
          ],
          onInput: (value) => this.#change({ optional: value === 'optional' }),
        })}
        ${filter.optional ? nothing : this.#errorMessage(filter)}
        ${textControl({
          name: 'infoMessage',
          label: t('Note beside the lookup'),
          hint: t('Tells people which records they can choose.'),
          value: filter.infoMessage,
          lengthMax: 255,
          onInput: (infoMessage) => this.#change({ infoMessage }),
        })}
        ${checkControl({
          name: 'filterActive',
          label: t('The filter is active'),
          checked: filter.active,
          onInput: (active) => this.#change({ active }),
        })}
      </div>
    `
  }

  #errorMessage(filter: LookupFilterDraft): unknown {
    return textControl({
      name: 'errorMessage',
      label: t('Error message'),
      hint: t('What people read when they save another record. A general one when empty.'),
      value: filter.errorMessage,
      lengthMax: 255,
      onInput: (errorMessage) => this.#change({ errorMessage }),
    })
  }

  #state(): unknown {
    const ofWhole = this.faults?.find(({ item }) => item === null)?.message
    const wrong = this.trouble || ofWhole || this.error
    if (wrong !== '' && wrong !== undefined)
      return html`<p class="state wrong"><fs-icon name="error"></fs-icon><span>${wrong}</span></p>`
    if (this.faults?.length === 0)
      return html`<p class="state right">
        <fs-icon name="check-circle"></fs-icon><span>${t('The filter is right.')}</span>
      </p>`
    return nothing
  }

  #setItems(items: readonly LookupFilterItem[]): void {
    const isFewer = items.length < (this.filter?.items.length ?? 0)
    // Numbers of conditions would mean others now.
    this.#change({ items, problem: '', ...(isFewer ? { logic: '' } : {}) })
  }

  #change(change: Partial<LookupFilterDraft>): void {
    this.emit('filter-change', { change })
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-lookup-filter': FsSetupLookupFilter
  }
}
