/** The search box of the header: finds records of all objects by their words while typing. */
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { records } from '../../api.ts'
import { ApiError } from '../../base/api-error.ts'
import { FsElement } from '../../base/element.ts'
import { paths } from '../../base/navigation.ts'
import { router } from '../../base/router.ts'
import { t } from '../../base/text.ts'
import type { AppInfo, AppScreen, ObjectSummary, WireRecord } from '../../base/wire.ts'
import '../icon/icon.ts'
import { globalSearchStyles } from './global-search.styles.ts'

interface Hit {
  readonly object: ObjectSummary
  readonly id: string
  readonly name: string
}

const pauseMs = 220
const lettersMin = 2
const hitsPerObject = 4

@customElement('fs-global-search')
export class FsGlobalSearch extends FsElement {
  static override styles = globalSearchStyles

  @property({ attribute: false }) screen: AppScreen | undefined
  @property({ attribute: false }) app: AppInfo | undefined
  @state() private hits: readonly Hit[] | undefined
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
  }

  protected override render(): unknown {
    const hits = this.hits ?? []
    const shown = this.open && this.hits !== undefined
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
        aria-expanded=${shown ? 'true' : 'false'}
        aria-controls="hits"
        aria-activedescendant=${shown && this.active >= 0 ? `hit-${this.active}` : nothing}
        @input=${(event: InputEvent) => this.#onInput(event)}
        @keydown=${(event: KeyboardEvent) => this.#onKey(event)}
        @focus=${() => (this.open = true)}
      />
      <div id="hits" role="listbox" aria-label=${t('Records found')} ?hidden=${!shown}>
        ${hits.map((hit, index) => this.#hit(hit, index))}
      </div>
      ${shown && hits.length === 0 ? html`<p class="none">${t('No record has these words.')}</p>` : nothing}
      <span class="visually-hidden" role="status"
        >${shown ? t('{count, plural, one {# record} other {# records}} found', { count: hits.length }) : ''}</span
      >
    </div>`
  }

  #hit(hit: Hit, index: number): unknown {
    return html`<a
      id="hit-${index}"
      role="option"
      tabindex="-1"
      aria-selected=${index === this.active ? 'true' : 'false'}
      href=${this.#path(hit)}
      @click=${() => this.#close()}
      ><span>${hit.name}</span><span class="soft small">${hit.object.label}</span></a
    >`
  }

  #path(hit: Hit): string {
    return paths.record(
      this.app?.name ?? this.screen?.apps[0]?.name ?? 'all',
      hit.object.name,
      hit.id,
    )
  }

  #onInput(event: InputEvent): void {
    if (!(event.target instanceof HTMLInputElement)) return
    const text = event.target.value.trim()
    clearTimeout(this.#timer)
    this.open = true
    if (text.length < lettersMin) {
      this.hits = undefined
      return
    }
    this.#timer = setTimeout(() => void this.#search(text), pauseMs)
  }

  async #search(text: string): Promise<void> {
    this.#abort?.abort()
    const abort = new AbortController()
    this.#abort = abort
    const found = await this.#find(text, abort.signal)
    if (abort.signal.aborted) return
    this.hits = found
    this.active = found.length > 0 ? 0 : -1
  }

  /** What cannot be asked yet, a single letter or a sign, has found nothing so far. */
  async #find(text: string, signal: AbortSignal): Promise<readonly Hit[]> {
    try {
      const found = await records.search(beginnings(text), hitsPerObject, signal)
      const hits = found.flatMap((record) => this.#hitOf(record) ?? [])
      const tabs = new Set(this.app?.tabs)
      return hits.toSorted(
        (one, other) => Number(tabs.has(other.object.name)) - Number(tabs.has(one.object.name)),
      )
    } catch (error) {
      if (error instanceof ApiError || signal.aborted) return []
      throw error
    }
  }

  #hitOf(record: WireRecord): Hit | undefined {
    const object = this.screen?.objects.find((one) => one.name === record.attributes?.type)
    if (object === undefined || record.Id === undefined) return undefined
    return { object, id: record.Id, name: String(record[object.nameField] ?? record.Id) }
  }

  #onKey(event: KeyboardEvent): void {
    const count = this.hits?.length ?? 0
    if (event.key === 'Escape') this.#close()
    if (event.key === 'Enter' && !event.isComposing) {
      const hit = this.hits?.[this.active]
      if (hit) {
        this.#close()
        void router.navigate(this.#path(hit))
      }
    }
    if (count === 0 || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return
    event.preventDefault()
    this.active = (this.active + (event.key === 'ArrowDown' ? 1 : -1) + count) % count
  }

  #onFocusOut(event: FocusEvent): void {
    const next = event.relatedTarget
    if (!(next instanceof Node) || !this.renderRoot.contains(next)) this.open = false
  }

  #close(): void {
    this.open = false
    this.hits = undefined
    const input = this.renderRoot.querySelector('input')
    if (input) input.value = ''
  }

  #shortcut(event: KeyboardEvent): void {
    if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    this.renderRoot.querySelector('input')?.focus()
  }
}

/** Every word may be the beginning of one. */
function beginnings(text: string): string {
  const words = text.replace(/["*]/g, ' ').split(/\s+/)
  return words.map((word) => (/[\p{L}\p{N}]{2}$/u.test(word) ? `${word}*` : `"${word}"`)).join(' ')
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-global-search': FsGlobalSearch
  }
}
