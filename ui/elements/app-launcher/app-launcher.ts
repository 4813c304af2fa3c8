/** Nine dots that open a panel: apps as tiles, below them all objects; typing filters, Enter opens the first. */
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { FsElement } from '../../base/element.ts'
import { paths } from '../../base/navigation.ts'
import { router } from '../../base/router.ts'
import { t } from '../../base/text.ts'
import type { AppInfo, AppScreen } from '../../base/wire.ts'
import '../icon/icon.ts'
import { placeBelow } from '../menu/place-below.ts'
import { appLauncherStyles } from './app-launcher.styles.ts'

interface Entry {
  readonly label: string
  readonly path: string
}

@customElement('fs-app-launcher')
export class FsAppLauncher extends FsElement {
  static override styles = appLauncherStyles

  @property({ attribute: false }) screen: AppScreen | undefined
  @property({ attribute: false }) app: AppInfo | undefined
  @state() private open = false
  @state() private filter = ''

  protected override render(): unknown {
    return html`
      <button
        class="icon-button"
        aria-label=${t('App launcher')}
        title=${t('App launcher')}
        aria-haspopup="dialog"
        aria-expanded=${this.open ? 'true' : 'false'}
        @click=${() => void this.#toggle()}
      >
        <fs-icon name="apps"></fs-icon>
      </button>
      <div
        popover="auto"
        role="dialog"
        aria-label=${t('App launcher')}
        @toggle=${(event: ToggleEvent) => this.#toggled(event)}
      >
        ${this.open ? this.#content() : nothing}
      </div>
    `
  }

  #content(): unknown {
    const apps = this.#apps()
    const objects = this.#objects()
    return html`
      <div class="search">
        <fs-icon name="search"></fs-icon>
        <input
          type="search"
          aria-label=${t('Find an app or an object')}
          placeholder=${t('Find an app or an object')}
          .value=${this.filter}
          @input=${(event: InputEvent) => this.#onInput(event)}
          @keydown=${(event: KeyboardEvent) => this.#onKey(event)}
        />
      </div>
      <div class="lists">
        ${apps.length > 0 ? html`<h2>${t('Apps')}</h2>` : nothing}
        <div class="apps">${apps.map((app) => this.#tile(app))}</div>
        ${objects.length > 0 ? html`<h2>${t('All objects')}</h2>` : nothing}
        <ul class="objects">
          ${objects.map(
            (object) =>
              html`<li>
                <a href=${object.path} @click=${() => this.#close()}>${object.label}</a>
              </li>`,
          )}
        </ul>
        ${
          apps.length + objects.length === 0
            ? html`<p class="soft none" role="status">${t('Nothing matches.')}</p>`
            : nothing
        }
      </div>
    `
  }

  #tile(app: AppInfo): unknown {
    const style = app.color ? `--app-color:${app.color}` : ''
    return html`<a class="tile" href=${paths.home(app.name)} @click=${() => this.#close()}>
      <span class="letter" style=${style} aria-hidden="true">${[...app.label][0] ?? ''}</span>
      <span class="words">
        <strong>${app.label}</strong>
        ${app.description ? html`<span class="soft small">${app.description}</span>` : nothing}
      </span>
    </a>`
  }

  #apps(): readonly AppInfo[] {
    return (this.screen?.apps ?? []).filter((app) => this.#matches(app.label))
  }

  #objects(): readonly Entry[] {
    const app = this.app?.name ?? this.screen?.apps[0]?.name ?? 'all'
    return (this.screen?.objects ?? [])
      .filter((object) => this.#matches(object.tabLabel) || this.#matches(object.name))
      .map((object) => ({ label: object.tabLabel, path: paths.list(app, object.name) }))
      .sort((one, other) => one.label.localeCompare(other.label))
  }

  #matches(label: string): boolean {
    return label.toLowerCase().includes(this.filter.trim().toLowerCase())
  }

  async #toggle(): Promise<void> {
    if (this.open) {
      this.#close()
      return
    }
    this.filter = ''
    this.open = true
    await this.updateComplete
    const panel = this.#panel
    const button = this.renderRoot.querySelector('button')
    if (!panel || !button) return
    panel.showPopover()
    placeBelow(button, panel)
    panel.querySelector('input')?.focus()
  }

  #toggled(event: ToggleEvent): void {
    if (event.newState === 'open') return
    this.open = false
  }

  #close(): void {
    this.#panel?.hidePopover()
  }

  get #panel(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('[popover]')
  }

  #onInput(event: InputEvent): void {
    if (event.target instanceof HTMLInputElement) this.filter = event.target.value
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || event.isComposing) return
    const firstApp = this.#apps()[0]
    const path = firstApp ? paths.home(firstApp.name) : this.#objects()[0]?.path
    if (path === undefined) return
    this.#close()
    void router.navigate(path)
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-app-launcher': FsAppLauncher
  }
}
