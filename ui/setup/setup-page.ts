/** The frame of Setup: the tree at the left, the page that the address names at the right. */
import { consume } from '@lit/context'
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { appContext } from '../base/app-context.ts'
import { errorText } from '../base/api-error.ts'
import { FsElement } from '../base/element.ts'
import type { Page, RouteLocation } from '../base/router.ts'
import { t } from '../base/text.ts'
import type { AppScreen } from '../base/wire.ts'
import '../elements/empty-state/empty-state.ts'
import '../elements/icon/icon.ts'
import '../elements/setup-tree/setup-tree.ts'
import '../elements/skeleton/skeleton.ts'
import { setupPages } from './setup-pages.ts'
import type { SetupPageElement } from './setup-pages.ts'
import { setupFrameStyles } from './setup-page.styles.ts'
import { parseSetupRoute } from './setup-route.ts'
import type { SetupRoute } from './setup-route.ts'

@customElement('fs-setup-page')
export class FsSetupPage extends FsElement implements Page {
  static override styles = setupFrameStyles

  @property({ attribute: false }) location: RouteLocation | undefined
  @consume({ context: appContext, subscribe: true })
  @state()
  private screen: AppScreen | undefined
  @state() private treeOpen = false
  @state() private page: SetupPageElement | undefined
  @state() private problem = ''

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (!changed.has('location') || this.location === undefined) return
    this.treeOpen = false
    void this.#show(this.#route)
  }

  get #route(): SetupRoute {
    return parseSetupRoute((this.location?.path ?? '/setup').replace(/\?.*$/, ''))
  }

  async #show(route: SetupRoute): Promise<void> {
    const entry = setupPages[route.page]
    const location = this.location
    try {
      await entry.load()
      this.problem = ''
    } catch (error) {
      this.problem = errorText(error)
      return
    }
    // Another navigation may have been faster.
    if (this.location !== location) return
    const isShown = this.page?.localName === entry.tag
    // Every element named in the table of pages has a route.
    const page = isShown ? this.page : (document.createElement(entry.tag) as SetupPageElement)
    if (page === undefined) return
    page.route = route
    this.page = page
    if (!isShown) window.scrollTo({ top: 0 })
  }

  protected override render(): unknown {
    if (this.screen === undefined) return nothing
    const open = openPages(this.screen.user)
    if (open?.has(this.#route.page) === false) return this.#refused()
    return html`
      <aside aria-label=${t('Setup')}>
        <button
          class="button toggle"
          aria-expanded=${this.treeOpen ? 'true' : 'false'}
          aria-controls="tree"
          @click=${() => (this.treeOpen = !this.treeOpen)}
        >
          <fs-icon name="list"></fs-icon>${t('Setup menu')}
        </button>
        <fs-setup-tree
          id="tree"
          class=${this.treeOpen ? 'open' : ''}
          .page=${this.#route.page}
          .only=${open}
        ></fs-setup-tree>
      </aside>
      <div class="content">
        ${this.problem === '' ? (this.page ?? html`<fs-skeleton></fs-skeleton>`) : this.#failure()}
      </div>
    `
  }

  #refused(): unknown {
    return html`<fs-empty-state
      class="whole"
      icon="lock"
      .heading=${t('Setup is for administrators')}
      .text=${t('Ask an administrator for the right to customise the application.')}
    ></fs-empty-state>`
  }

  #failure(): unknown {
    return html`<fs-empty-state
      icon="error"
      .heading=${t('This page could not be loaded')}
      .text=${this.problem}
    >
      <button class="button" @click=${() => void this.#show(this.#route)}>${t('Try again')}</button>
    </fs-empty-state>`
  }
}

/** Undefined where all of them are. */
function openPages({
  isAdministrator,
  managesUsers,
  managesGroups,
}: AppScreen['user']): ReadonlySet<SetupRoute['page']> | undefined {
  if (isAdministrator) return undefined
  const groups = managesGroups.length > 0 ? (['groups'] as const) : []
  return new Set(managesUsers ? ['users', ...groups] : [])
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-page': FsSetupPage
  }
}
