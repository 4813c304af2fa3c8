/** All that a lookup may point at, as a table to pick from; several objects stand as tabs. */
import { html, nothing } from 'lit'
import type { PropertyValues } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { LookupPlace } from '../../api.ts'
import { findObject } from '../../base/app-context.ts'
import { FsElement } from '../../base/element.ts'
import { objectScreen } from '../../base/object-store.ts'
import { recordName } from '../../base/record-names.ts'
import { searchCondition } from '../../base/search-condition.ts'
import { wordsOf } from '../../base/search-words.ts'
import { t } from '../../base/text.ts'
import { Turns } from '../../base/turns.ts'
import type { ObjectScreen, ObjectSummary, WireRecord } from '../../base/wire.ts'
import type { EditorContext } from '../../editors/editor-element.ts'
import '../dialog/dialog.ts'
import { openDialog } from '../dialog/open-dialog.ts'
import '../empty-state/empty-state.ts'
import '../icon/icon.ts'
import '../problem/problem.ts'
import '../record-list/record-list.ts'
import type { RowsState, SortOrder } from '../record-list/record-list.ts'
import '../skeleton/skeleton.ts'
import '../tabs/tabs.ts'
import { lookupDialogStyles } from './lookup-dialog.styles.ts'

export interface Picked {
  readonly id: string
  readonly name: string
  readonly object: string
}

interface Wanted {
  readonly label: string
  readonly targets: readonly string[]
  readonly target: string
  readonly text: string
  readonly context: EditorContext
  /** Where the lookup stands, if it offers some records only. */
  readonly within: LookupPlace | undefined
  /** Where it stands in any case. */
  readonly place: LookupPlace | undefined
}

/** What was picked; `new` when the user wants a new record; undefined when the user went back. */
export type PickAnswer = { readonly picked: Picked } | { readonly newOf: string } | undefined

export function pickInDialog(wanted: Wanted): Promise<PickAnswer> {
  return openDialog<PickAnswer>(
    (answer) =>
      html`<fs-lookup-dialog
        .wanted=${wanted}
        @lookup-pick=${(event: CustomEvent<Picked>) => answer({ picked: event.detail })}
        @lookup-new=${(event: CustomEvent<string>) => answer({ newOf: event.detail })}
        @dialog-close=${() => answer(undefined)}
      ></fs-lookup-dialog>`,
  )
}

const typingPauseMs = 250

/** Fires `lookup-pick` with the record, `lookup-new` with the object's name. */
@customElement('fs-lookup-dialog')
export class FsLookupDialog extends FsElement {
  static override styles = lookupDialogStyles

  @property({ attribute: false }) wanted: Wanted | undefined
  @state() private target = ''
  @state() private text = ''
  @state() private object: ObjectScreen | undefined
  @state() private sort: SortOrder | undefined
  @state() private rows: RowsState | undefined
  @state() private failure: unknown
  #timer: ReturnType<typeof setTimeout> | undefined
  readonly #turns = new Turns()

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearTimeout(this.#timer)
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('wanted') || !this.wanted) return
    this.text = this.wanted.text
    void this.#show(this.wanted.target)
  }

  protected override firstUpdated(): void {
    // The native dialog would give the focus to its close button.
    const input = this.renderRoot.querySelector('input')
    void this.renderRoot.querySelector('fs-dialog')?.updateComplete.then(() => input?.focus())
  }

  async #show(target: string): Promise<void> {
    this.target = target
    this.object = undefined
    this.sort = undefined
    this.rows = undefined
    this.failure = undefined
    const isLatest = this.#turns.next()
    try {
      const object = await objectScreen(target)
      if (isLatest()) this.object = object
    } catch (error) {
      if (isLatest()) this.failure = error
    }
  }

  get #summary(): ObjectSummary | undefined {
    return findObject(this.wanted?.context.screen, this.target)
  }

  protected override render(): unknown {
    const { wanted } = this
    if (!wanted) return nothing
    return html`<fs-dialog
      size="large"
      .heading=${t('Choose for “{field}”', { field: wanted.label })}
      .open=${true}
    >
      ${wanted.targets.length > 1 ? this.#tabs(wanted) : nothing}
      <div class="tools">
        <div class="search" role="search">
          <fs-icon name="search"></fs-icon>
          <input
            type="search"
            aria-label=${t('Search {objects}', { objects: this.#plural })}
            placeholder=${t('Search {objects}', { objects: this.#plural })}
            .value=${this.text}
            @input=${(event: InputEvent) => this.#typed(event.target)}
          />
        </div>
        <p class="soft small" role="status">${this.#count()}</p>
      </div>
      <div class="rows">${this.#rows()}</div>
      <div slot="footer" class="buttons">
        ${
          this.#summary?.createable === true
            ? html`<button class="button" @click=${() => this.emit('lookup-new', this.target)}>
                <fs-icon name="plus"></fs-icon>${t('New {object}', { object: this.#summary.label })}
              </button>`
            : html`<span></span>`
        }
        <button class="button" @click=${() => this.emit('dialog-close')}>${t('Cancel')}</button>
      </div>
    </fs-dialog>`
  }

  get #plural(): string {
    return this.#summary?.labelPlural ?? this.target
  }

  #tabs({ targets, context }: Wanted): unknown {
    const tabs = targets.map((id) => ({
      id,
      label: findObject(context.screen, id)?.labelPlural ?? id,
    }))
    return html`<fs-tabs
      .tabs=${tabs}
      .selected=${this.target}
      .label=${t('Objects')}
      @tab-change=${(event: CustomEvent<string>) => void this.#show(event.detail)}
    ></fs-tabs>`
  }

  #count(): string {
    const { rows } = this
    if (!rows) return ''
    return rows.more
      ? t('{count}+ items', { count: rows.count })
      : t('{count, plural, one {# item} other {# items}}', { count: rows.count })
  }

  #rows(): unknown {
    if (this.failure !== undefined) {
      return html`<fs-problem
        .error=${this.failure}
        @retry=${() => void this.#show(this.target)}
      ></fs-problem>`
    }
    const { object, wanted } = this
    if (!object || !wanted) return html`<fs-skeleton lines="8"></fs-skeleton>`
    const { screen, app, format } = wanted.context
    const words = wanted.place && wordsOf(this.text)
    const within = wanted.place && words !== undefined ? { ...wanted.place, words } : wanted.within
    // What is no word stands in no index.
    const where =
      words === undefined
        ? searchCondition(object.describe, object.lookupColumns, this.text)
        : undefined
    return html`<fs-record-list
      picks
      list-label=${this.#plural}
      .object=${object}
      .columns=${object.lookupColumns}
      .where=${where === undefined ? [] : [where]}
      .within=${within}
      .orderBy=${this.sort ? [this.sort] : firstOrder(object)}
      .context=${{ screen, app, format }}
      @rows-change=${(event: CustomEvent<RowsState>) => (this.rows = event.detail)}
      @sort-change=${(event: CustomEvent<SortOrder | undefined>) => (this.sort = event.detail)}
      @record-pick=${(event: CustomEvent<WireRecord>) => this.#pick(object, event.detail)}
    >
      <fs-empty-state
        icon="search"
        .heading=${t('Nothing found')}
        .text=${
          this.text.trim() === ''
            ? t('There are no {objects} that you may see.', { objects: this.#plural })
            : t('No {objects} match “{text}”.', { objects: this.#plural, text: this.text.trim() })
        }
      ></fs-empty-state>
    </fs-record-list>`
  }

  #typed(input: EventTarget | null): void {
    if (!(input instanceof HTMLInputElement)) return
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => (this.text = input.value), typingPauseMs)
  }

  #pick({ describe }: ObjectScreen, row: WireRecord): void {
    const name = recordName(describe, row)
    this.emit<Picked>('lookup-pick', { id: row.Id ?? '', name, object: describe.name })
  }
}

function firstOrder({ describe }: ObjectScreen): readonly SortOrder[] {
  const name = describe.fields.find((field) => field.nameField === true)
  return name && name.sortable !== false ? [{ field: name.name, direction: 'asc' }] : []
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-lookup-dialog': FsLookupDialog
  }
}
