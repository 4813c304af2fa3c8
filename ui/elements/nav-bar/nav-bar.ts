/** The tabs of the present app; those that do not fit go under "More". */
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { FsElement } from '../../base/element.ts'
import { paths } from '../../base/navigation.ts'
import type { RouteLocation } from '../../base/router.ts'
import { t } from '../../base/text.ts'
import type { AppInfo, AppScreen } from '../../base/wire.ts'
import '../menu/menu.ts'
import { navBarStyles } from './nav-bar.styles.ts'

interface Tab {
  readonly id: string
  readonly label: string
  readonly path: string
  readonly current: boolean
}

const moreWidthPx = 90

@customElement('fs-nav-bar')
export class FsNavBar extends FsElement {
  static override styles = navBarStyles

  @property({ attribute: false }) screen: AppScreen | undefined
  @property({ attribute: false }) app: AppInfo | undefined
  @property({ attribute: false }) location: RouteLocation | undefined
  @state() private fitting = Number.POSITIVE_INFINITY
  readonly #observer = new ResizeObserver(() => this.#measure())

  override connectedCallback(): void {
    super.connectedCallback()
    this.#observer.observe(this)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#observer.disconnect()
  }

  protected override updated(): void {
    // After this update, not within it: what is measured may ask for another one.
    void this.updateComplete.then(() => this.#measure())
  }

  protected override render(): unknown {
    const tabs = this.#tabs()
    const visible = this.#visible(tabs)
    const hidden = tabs.filter((tab) => !visible.includes(tab))
    return html`<nav aria-label=${t('Objects')}>
      <span class="app" style=${this.app?.color ? `--app-color:${this.app.color}` : ''}
        >${this.app?.label ?? ''}</span
      >
      <ul role="list">
        ${visible.map(
          (tab) =>
            html`<li>
              <a href=${tab.path} aria-current=${tab.current ? 'page' : nothing}>${tab.label}</a>
            </li>`,
        )}
      </ul>
      ${
        hidden.length > 0
          ? html`<fs-menu
              button-class="button quiet"
              .items=${hidden.map(({ id, label, path }) => ({ id, label, path }))}
              >${t('More')} <fs-icon name="chevron-down"></fs-icon
            ></fs-menu>`
          : nothing
      }
    </nav>`
  }

  #tabs(): readonly Tab[] {
    const { app, screen } = this
    if (!app || !screen) return []
    const object = this.location?.params.get('object')
    const isHome = this.location?.route.tag === 'fs-home-page'
    const home = { id: 'home', label: t('Home'), path: paths.home(app.name), current: isHome }
    const extra = object !== undefined && !app.tabs.includes(object) ? [object] : []
    const objects = [...app.tabs, ...extra].flatMap((name) => {
      const found = screen.objects.find((candidate) => candidate.name === name)
      if (!found) return []
      const path = paths.list(app.name, name)
      return [{ id: name, label: found.tabLabel, path, current: name === object }]
    })
    return [home, ...objects]
  }

  // The present tab is always seen: where it does not fit in its turn, it takes the last place.
  #visible(tabs: readonly Tab[]): readonly Tab[] {
    const current = tabs.findIndex((tab) => tab.current)
    if (current < this.fitting) return tabs.slice(0, this.fitting)
    return [...tabs.slice(0, this.fitting - 1), ...tabs.slice(current, current + 1)]
  }

  // All tabs are measured once in their own widths: labels differ, so the sum decides.
  #measure(): void {
    const list = this.renderRoot.querySelector('ul')
    const nav = this.renderRoot.querySelector('nav')
    if (!list || !nav) return
    const widths = this.#labelWidths()
    const room = nav.clientWidth - list.offsetLeft
    const fitting = Math.max(1, this.#fitting(widths, room))
    if (fitting !== this.fitting) this.fitting = fitting
  }

  #fitting(widths: readonly number[], room: number): number {
    const sum = (some: readonly number[]): number => some.reduce((total, one) => total + one, 0)
    if (sum(widths) <= room) return widths.length
    const current = this.#tabs().findIndex((tab) => tab.current)
    let count = widths.length - 1
    while (count > 1) {
      const last = current < count ? [] : [widths[current] ?? 0]
      const shown = [...widths.slice(0, count - last.length), ...last]
      if (sum(shown) + moreWidthPx <= room) break
      count--
    }
    return count
  }

  readonly #canvas = document.createElement('canvas').getContext('2d')

  #labelWidths(): readonly number[] {
    const canvas = this.#canvas
    if (!canvas) return []
    const style = getComputedStyle(this)
    canvas.font = `${style.fontSize} ${style.fontFamily}`
    const paddingPx = 25
    return this.#tabs().map((tab) => canvas.measureText(tab.label).width + paddingPx)
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-nav-bar': FsNavBar
  }
}
