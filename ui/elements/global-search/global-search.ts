/** The search box of the header: finds records of the app's objects by name while typing. */
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { records } from '../../api.ts'
import { FsElement } from '../../base/element.ts'
import { paths } from '../../base/navigation.ts'
import { router } from '../../base/router.ts'
import { likeLiteral, listQuery, nameFieldOf } from '../../base/soql.ts'
import { t } from '../../base/text.ts'
import type { AppInfo, AppScreen, ObjectSummary } from '../../base/wire.ts'
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
        placeholder=${t('Search records by name')}
        aria-label=${t('Search records by name')}
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
      ${shown && hits.length === 0 ? html`<p class="none">${t('No record has such a name.')}</p>` : nothing}
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
    const objects = this.#objects()
    const found = await Promise.allSettled(
      objects.map((object) => findByName(object, text, abort.signal)),
    )
    if (abort.signal.aborted) return
    // An object that cannot be searched (no right, no name) has nothing to add to the list.
    this.hits = found.flatMap((result) => (result.status === 'fulfilled' ? result.value : []))
    this.active = this.hits.length > 0 ? 0 : -1
  }

  #objects(): readonly ObjectSummary[] {
    const objects = this.screen?.objects ?? []
    const tabs = this.app?.tabs ?? []
    return objects.filter((object) => tabs.includes(object.name))
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

async function findByName(
  object: ObjectSummary,
  text: string,
  signal: AbortSignal,
): Promise<readonly Hit[]> {
  const name = nameFieldOf(object.name)
  const soql = listQuery({
    object: object.name,
    fields: [name],
    where: [`${name} LIKE ${likeLiteral(text, 'anywhere')}`],
    orderBy: [{ field: name, direction: 'asc' }],
    limit: hitsPerObject,
    offset: 0,
  })
  const answer = await records.query(soql, signal)
  return answer.records.flatMap((record) =>
    record.Id === undefined
      ? []
      : [{ object, id: record.Id, name: String(record[name] ?? record.Id) }],
  )
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-global-search': FsGlobalSearch
  }
}
