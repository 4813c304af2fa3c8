/**
 * The search box of the header: before typing the records looked at last, while typing those with the words in them,
 * at the end the way to all results.
 */
import { html, nothing } from 'lit'
import type { PropertyValues } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { records } from '../../api.ts'
import { ApiError } from '../../base/api-error.ts'
import { FsElement } from '../../base/element.ts'
import { paths } from '../../base/navigation.ts'
import { router } from '../../base/router.ts'
import { beginnings, markedText } from '../../base/search-words.ts'
import { t } from '../../base/text.ts'
import type { AppInfo, AppScreen, ObjectSummary, WireRecord } from '../../base/wire.ts'
import '../icon/icon.ts'
import { globalSearchStyles } from './global-search.styles.ts'

/** A record, or the way to all results. */
interface Offer {
  readonly path: string
  readonly name: unknown
  readonly second: unknown
  readonly kind: 'recent' | 'record' | 'all'
  /** Of records. */
  readonly object?: string
}

/** What is offered, and the text it is offered for. */
interface Offers {
  readonly text: string
  readonly list: readonly Offer[]
}

const pauseMs = 220
const lettersMin = 2
const hitsPerObject = 4
const hitsMax = 8
const recentMax = 6

@customElement('fs-global-search')
export class FsGlobalSearch extends FsElement {
  static override styles = globalSearchStyles

  @property({ attribute: false }) screen: AppScreen | undefined
  @property({ attribute: false }) app: AppInfo | undefined
  @state() private offers: Offers | undefined
  @state() private open = false
  @state() private active = -1
  #timer: ReturnType<typeof setTimeout> | undefined
  #abort: AbortController | undefined
  readonly #onShortcut = (event: KeyboardEvent): void => this.#shortcut(event)

  override connectedCallback(): void {
    super.connectedCallback()
    document.addEventListener('keydown', this.#onShortcut)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    document.removeEventListener('keydown', this.#onShortcut)
    clearTimeout(this.#timer)
  }

  protected override updated(changed: PropertyValues): void {
    if (!changed.has('active') || this.active < 0) return
    this.renderRoot.querySelector(`#hit-${this.active}`)?.scrollIntoView({ block: 'nearest' })
  }

  protected override render(): unknown {
    const list = this.offers?.list ?? []
    const shown = this.open && list.length > 0
    return html`<div
      class="box"
      @focusout=${(event: FocusEvent) => this.#onFocusOut(event)}
      role="search"
    >
      <fs-icon name="search"></fs-icon>
      <input
        type="search"
        role="combobox"
        autocomplete="off"
        placeholder=${t('Search all records')}
        aria-label=${t('Search all records')}
        aria-autocomplete="list"
        aria-expanded=${shown ? 'true' : 'false'}
        aria-controls="hits"
        aria-activedescendant=${shown && this.active >= 0 ? `hit-${this.active}` : nothing}
        @input=${() => this.#onInput()}
        @keydown=${(event: KeyboardEvent) => this.#onKey(event)}
        @focus=${() => this.#onInput(0)}
      />
      <div
        id="hits"
        role="listbox"
        aria-label=${this.offers?.text === '' ? t('Recently viewed') : t('Records found')}
        ?hidden=${!shown}
      >
        ${list.map((offer, index) => this.#offer(offer, index))}
      </div>
      <span class="visually-hidden" role="status">${shown ? this.#status(list) : ''}</span>
    </div>`
  }

  #status(list: readonly Offer[]): string {
    const count = list.filter(({ kind }) => kind === 'record').length
    if (this.offers?.text === '') return ''
    return t('{count, plural, one {# record} other {# records}} found', { count })
  }

  #offer(offer: Offer, index: number): unknown {
    // Every page has this box; the tiles come when something is offered.
    if (offer.object !== undefined) void import('../object-icon/object-icon.ts')
    return html`<a
      id="hit-${index}"
      role="option"
      tabindex="-1"
      class=${offer.kind}
      aria-selected=${index === this.active ? 'true' : 'false'}
      href=${offer.path}
      @click=${() => this.#close()}
      >${
        offer.object === undefined
          ? nothing
          : html`<fs-object-icon object=${offer.object}></fs-object-icon>`
      }<span class="name">${offer.name}</span><span class="soft small">${offer.second}</span></a
    >`
  }

  get #input(): HTMLInputElement | null {
    return this.renderRoot.querySelector('input')
  }

  get #text(): string {
    return (this.#input?.value ?? '').trim()
  }

  #onInput(pause = pauseMs): void {
    clearTimeout(this.#timer)
    this.open = true
    const text = this.#text
    if (this.offers?.text === text) return
    // What is not answered yet is not offered for another text.
    this.active = -1
    if (text === '') this.offers = undefined
    this.#timer = setTimeout(() => void this.#search(text), text === '' ? 0 : pause)
  }

  async #search(text: string): Promise<void> {
    this.#abort?.abort()
    const abort = new AbortController()
    this.#abort = abort
    const list = await this.#find(text, abort.signal)
    if (abort.signal.aborted || text !== this.#text) return
    this.offers = { text, list }
    this.active = list.some(({ kind }) => kind === 'record') ? 0 : -1
  }

  async #find(text: string, signal: AbortSignal): Promise<readonly Offer[]> {
    try {
      if (text === '') return this.#offersOf(await records.recent(recentMax), 'recent')
      const all = this.#allOffer(text)
      if (text.length < lettersMin) return [all]
      const words = beginnings(text)
      const answer = await records.search({ words, each: hitsPerObject, signal })
      return [...this.#offersOf(answer.searchRecords, 'record'), all]
    } catch (error) {
      // What cannot be asked yet, a single letter or a sign, has found nothing so far.
      if (error instanceof ApiError || signal.aborted) return []
      throw error
    }
  }

  /** Those of the application's own objects first. */
  #offersOf(found: readonly WireRecord[], kind: 'recent' | 'record'): readonly Offer[] {
    const tabs = new Set(this.app?.tabs)
    const known = found.flatMap((record) => {
      const object = this.screen?.objects.find((one) => one.name === record.attributes?.type)
      return object === undefined || record.Id === undefined ? [] : [{ object, record }]
    })
    const isTab = ({ object }: { readonly object: ObjectSummary }): number =>
      Number(tabs.has(object.name))
    const sorted =
      kind === 'recent' ? known : known.toSorted((one, other) => isTab(other) - isTab(one))
    return sorted.slice(0, hitsMax).map(({ object, record }) => {
      const name = record[`highlight.${object.nameField}`]
      return {
        kind,
        path: paths.record(this.#appName, object.name, record.Id ?? ''),
        name:
          typeof name === 'string'
            ? markedText(name)
            : String(record[object.nameField] ?? record.Id),
        second: object.label,
        object: object.name,
      }
    })
  }

  #allOffer(text: string): Offer {
    const name = t('Search for “{text}”', { text })
    return { kind: 'all', path: paths.search(text), name, second: '' }
  }

  get #appName(): string {
    return this.app?.name ?? this.screen?.apps[0]?.name ?? 'all'
  }

  #onKey(event: KeyboardEvent): void {
    if (event.isComposing) return
    const count = this.offers?.list.length ?? 0
    if (event.key === 'Escape') {
      if (this.open && count > 0) this.open = false
      else this.#clear()
    }
    if (event.key === 'Enter') this.#enter()
    if (count === 0 || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return
    event.preventDefault()
    this.open = true
    const step = event.key === 'ArrowDown' ? 1 : -1
    this.active = this.active < 0 && step < 0 ? count - 1 : (this.active + step + count) % count
  }

  /** Opens what is chosen; a text that is not answered yet leads to all its results. */
  #enter(): void {
    const text = this.#text
    const isAnswered = this.open && this.offers?.text === text
    const chosen = isAnswered ? this.offers?.list[this.active] : undefined
    if (!chosen && text.length < lettersMin) return
    const path = chosen?.path ?? paths.search(text)
    this.#close()
    void router.navigate(path)
  }

  #onFocusOut(event: FocusEvent): void {
    const next = event.relatedTarget
    if (!(next instanceof Node) || !this.renderRoot.contains(next)) this.open = false
  }

  #close(): void {
    clearTimeout(this.#timer)
    this.#abort?.abort()
    this.open = false
    this.#clear()
  }

  #clear(): void {
    this.offers = undefined
    this.active = -1
    if (this.#input) this.#input.value = ''
  }

  #shortcut(event: KeyboardEvent): void {
    if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    this.#input?.focus()
    // It may have had the focus already.
    this.#onInput(0)
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-global-search': FsGlobalSearch
  }
}
