/** The header: mark, app launcher, search, quick create, Setup, user menu; below it the object tabs. */
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { FsElement } from '../../base/element.ts'
import { paths } from '../../base/navigation.ts'
import { currentDensity, currentTheme, setDensity, setTheme } from '../../base/preferences.ts'
import type { Density, Theme } from '../../base/preferences.ts'
import { router } from '../../base/router.ts'
import type { RouteLocation } from '../../base/router.ts'
import { t, textLanguage, textLanguageOf } from '../../base/text.ts'
import type { AppInfo, AppScreen } from '../../base/wire.ts'
import '../app-launcher/app-launcher.ts'
import '../global-search/global-search.ts'
import '../icon/icon.ts'
import '../menu/menu.ts'
import type { MenuItem } from '../menu/menu.ts'
import '../nav-bar/nav-bar.ts'
import '../notification-bell/notification-bell.ts'
import { headerStyles } from './header.styles.ts'

@customElement('fs-header')
export class FsHeader extends FsElement {
  static override styles = headerStyles

  @property({ attribute: false }) screen: AppScreen | undefined
  @property({ attribute: false }) app: AppInfo | undefined
  @property({ attribute: false }) location: RouteLocation | undefined
  @state() private securityOpen = false

  protected override render(): unknown {
    const { screen, app } = this
    if (!screen) return nothing
    return html`<header>
      <div class="bar">
        <fs-app-launcher .screen=${screen} .app=${app}></fs-app-launcher>
        <a class="mark" href=${app ? paths.home(app.name) : '/'} aria-label=${t('Fieldstone home')}>
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <rect width="24" height="24" rx="6"></rect>
            <path d="M6.5 6h11v3.2h-7.3v2.6h5.8V15h-5.8v3.5H6.5z"></path>
          </svg>
          <span>${t('Fieldstone')}</span>
        </a>
        <fs-global-search .screen=${screen} .app=${app}></fs-global-search>
        <div class="tools">
          ${this.#quickCreate()} ${this.#setup()}
          <fs-notification-bell .screen=${screen} .app=${app}></fs-notification-bell>
          ${this.#userMenu()}
        </div>
      </div>
      <fs-nav-bar .screen=${screen} .app=${app} .location=${this.location}></fs-nav-bar>
      <fs-own-security
        .open=${this.securityOpen}
        @dialog-close=${() => (this.securityOpen = false)}
      ></fs-own-security>
    </header>`
  }

  #quickCreate(): unknown {
    const app = this.app
    const objects = (app?.tabs ?? [])
      .map((tab) => this.screen?.objects.find((object) => object.name === tab))
      .filter((object) => object !== undefined)
      .filter((object) => object.createable)
    if (!app || objects.length === 0) return nothing
    const items = objects.map((object): MenuItem => ({
      id: object.name,
      label: object.label,
      path: paths.create(app.name, object.name),
    }))
    return html`<fs-menu button-class="icon-button" label=${t('Create a record')} .items=${items}>
      <fs-icon name="plus"></fs-icon>
    </fs-menu>`
  }

  #setup(): unknown {
    const { isAdministrator = false, managesUsers = false } = this.screen?.user ?? {}
    if (!isAdministrator && !managesUsers) return nothing
    return html`<a
      class="icon-button"
      href=${isAdministrator ? paths.setup() : paths.setup('users')}
      aria-label=${t('Setup')}
      title=${t('Setup')}
      ><fs-icon name="gear"></fs-icon
    ></a>`
  }

  #userMenu(): unknown {
    const user = this.screen?.user
    if (!user) return nothing
    return html`<fs-menu
      button-class="avatar"
      label=${t('{initials}: user menu of {name}', {
        initials: initials(user.name),
        name: user.name,
      })}
      .items=${userMenuItems(user)}
      @menu-select=${(event: CustomEvent<{ id: string }>) => this.#onUserMenu(event.detail.id)}
      >${initials(user.name)}</fs-menu
    >`
  }

  #onUserMenu(id: string): void {
    const [kind, choice] = id.split(':')
    if (kind === 'theme') setTheme(themeOf(choice))
    if (kind === 'density') setDensity(choice === 'compact' ? 'compact' : 'comfortable')
    if (kind === 'language') this.emit('language', choice)
    if (id === 'second-factor') void this.#openSecurity()
    if (id === 'sign-out') void this.#signOut()
    this.requestUpdate()
  }

  async #openSecurity(): Promise<void> {
    await import('../own-security/own-security.ts')
    this.securityOpen = true
  }

  async #signOut(): Promise<void> {
    // The unsaved-change guard is asked by going home first.
    if (await router.navigate('/')) this.emit('sign-out')
  }
}

/** Each in its own language, for whoever cannot read the present one. */
const languages: readonly [string, string][] = [
  ['en_US', 'English'],
  ['de', 'Deutsch'],
  ['es', 'Español'],
]

function languageItems(): readonly MenuItem[] {
  return languages.map(([id, label], index) => ({
    id: `language:${id}`,
    label,
    lang: textLanguageOf(id),
    checked: textLanguageOf(id) === textLanguage(),
    ...(index === 0 ? { group: t('Language') } : {}),
  }))
}

function userMenuItems(user: AppScreen['user']): readonly MenuItem[] {
  const theme = currentTheme()
  const density = currentDensity()
  const themes: readonly [Theme, string][] = [
    ['system', t('As the system')],
    ['light', t('Light')],
    ['dark', t('Dark')],
  ]
  const densities: readonly [Density, string][] = [
    ['comfortable', t('Comfortable')],
    ['compact', t('Compact')],
  ]
  return [
    ...languageItems(),
    ...themes.map(([id, label], index): MenuItem => ({
      id: `theme:${id}`,
      label,
      checked: id === theme,
      ...(index === 0 ? { group: t('Theme') } : {}),
    })),
    ...densities.map(([id, label], index): MenuItem => ({
      id: `density:${id}`,
      label,
      checked: id === density,
      ...(index === 0 ? { group: t('Density') } : {}),
    })),
    { id: 'second-factor', label: t('Second factor…'), icon: 'key', group: user.name },
    { id: 'sign-out', label: t('Sign out'), icon: 'sign-out' },
  ]
}

function themeOf(choice: string | undefined): Theme {
  return choice === 'light' || choice === 'dark' ? choice : 'system'
}

function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== '')
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined]
  return letters
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toUpperCase()
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-header': FsHeader
  }
}
