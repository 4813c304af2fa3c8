/** The frame of all pages: session, header, navigation, the present page, messages. */
import { ContextProvider } from '@lit/context'
import { html, nothing } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { keyed } from 'lit/directives/keyed.js'
import { screens, session, sessionEnded } from '../../api.ts'
import { ApiError, errorText } from '../../base/api-error.ts'
import { appContext, findApp } from '../../base/app-context.ts'
import { FsElement } from '../../base/element.ts'
import { live } from '../../base/live.ts'
import { paths, requestHeadingFocus } from '../../base/navigation.ts'
import { recall, remember } from '../../base/preferences.ts'
import { router } from '../../base/router.ts'
import type { Page, RouteLocation } from '../../base/router.ts'
import { learnNameFields } from '../../base/soql.ts'
import { languageChanged, speak, t, textLanguage, textLanguageOf } from '../../base/text.ts'
import type { AppInfo, AppScreen, SessionUser } from '../../base/wire.ts'
import { routes } from '../../routes.ts'
import { showToast } from '../toast/toast.ts'
import { shellStyles } from './shell.styles.ts'

type Phase = 'starting' | 'signed-out' | 'ready' | 'failed'

@customElement('fs-shell')
export class FsShell extends FsElement {
  static override styles = shellStyles

  @state() private phase: Phase = 'starting'
  @state() private problem = ''
  @state() private screen: AppScreen | undefined
  @state() private page: Page | undefined
  @state() private loadingPage = false
  readonly #context = new ContextProvider(this, { context: appContext })

  override connectedCallback(): void {
    super.connectedCallback()
    sessionEnded.addEventListener('ended', () => void this.#signedOut())
    live.onModel(() => void this.#refreshScreen())
    languageChanged.addEventListener('change', () => {
      document.documentElement.lang = textLanguage()
    })
    void this.#start()
  }

  async #start(): Promise<void> {
    try {
      await speak(firstLanguage())
      // A link to choose a password is for whoever opens it, whoever is signed in.
      if (window.location.hash.startsWith('#password-link=')) return await this.#signedOut()
      await this.#refreshScreen()
      await import('./header.ts')
      this.phase = 'ready'
      live.start()
      this.#followRouter()
    } catch (error) {
      // 403: somebody has begun to sign in, and has not come to the end.
      if (error instanceof ApiError && (error.status === 401 || error.status === 403)) {
        await this.#signedOut()
        return
      }
      this.problem = errorText(error)
      this.phase = 'failed'
    }
  }

  async #refreshScreen(): Promise<void> {
    const screen = await screens.app()
    await speak(screen.user.language)
    remember('language', screen.user.language)
    this.screen = screen
    learnNameFields(this.screen.objects)
    this.#context.setValue(this.screen)
  }

  async #signedOut(): Promise<void> {
    live.stop()
    await import('../../pages/sign-in/sign-in-page.ts')
    this.phase = 'signed-out'
  }

  async #signedIn(user: SessionUser): Promise<void> {
    // Another person's page and rights are none of this one's business.
    if (this.screen && this.screen.user.id !== user.userId) window.location.reload()
    // A page that was open keeps its input; it is shown again as it was.
    else await this.#start()
  }

  #following = false
  #shownPath = ''

  #followRouter(): void {
    if (this.#following) return
    this.#following = true
    router.addEventListener('navigated', () => void this.#show(router.current))
    // The sign-in page has an address of its own; whoever is signed in has nothing to do there.
    if (window.location.pathname === '/login') window.history.replaceState(null, '', '/')
    router.start(routes)
  }

  async #show(location: RouteLocation | undefined): Promise<void> {
    if (!location) {
      this.page = undefined
      return
    }
    // A filter or a sort is a query on the same page: the focus stays where the user works.
    const [path] = location.path.split('?')
    if (path !== this.#shownPath) requestHeadingFocus()
    this.#shownPath = path ?? ''
    if (this.page?.localName !== location.route.tag) {
      this.loadingPage = true
      try {
        await location.route.load()
      } catch (error) {
        this.problem = errorText(error)
        this.phase = 'failed'
        return
      }
      this.loadingPage = false
      // Another navigation may have been faster.
      if (router.current !== location) return
    }
    this.#place(location)
  }

  #place(location: RouteLocation): void {
    const app = location.params.get('app')
    if (app !== undefined) remember('app', app)
    if (this.page?.localName === location.route.tag) {
      this.page.location = location
      this.requestUpdate()
      return
    }
    // Every element named in the table of routes is a Page.
    const page = document.createElement(location.route.tag) as Page
    page.location = location
    this.page = page
    window.scrollTo({ top: 0 })
  }

  get #app(): AppInfo | undefined {
    return findApp(this.screen, router.current?.params.get('app') ?? recall('app'))
  }

  protected override render(): unknown {
    return html`
      ${
        this.phase === 'signed-out'
          ? html`<fs-sign-in-page
              .reason=${this.screen ? sessionEndedText() : ''}
              @signed-in=${(event: CustomEvent<SessionUser>) => void this.#signedIn(event.detail)}
            ></fs-sign-in-page>`
          : nothing
      }
      ${this.phase === 'failed' ? this.#failure() : nothing}
      <div class="frame" ?hidden=${this.phase !== 'ready'}>${this.#frame()}</div>
      <fs-toast-region></fs-toast-region>
    `
  }

  #frame(): unknown {
    if (!this.screen) return nothing
    return html`
      <nav aria-label=${t('Shortcuts')}>
        <a
          class="skip"
          href="#main"
          @click=${(event: Event) => {
            event.preventDefault()
            this.renderRoot.querySelector<HTMLElement>('main')?.focus()
          }}
          >${t('Skip to the content')}</a
        >
      </nav>
      <fs-header
        .screen=${this.screen}
        .app=${this.#app}
        .location=${router.current}
        @language=${(event: CustomEvent<string>) => void this.#chooseLanguage(event.detail)}
        @sign-out=${() => void this.#signOut()}
      ></fs-header>
      <main id="main" tabindex="-1" aria-busy=${this.loadingPage ? 'true' : 'false'}>
        ${router.current ? keyed(this.page, this.page) : this.#notFound()}
      </main>
    `
  }

  #notFound(): unknown {
    const app = this.#app
    return html`<div class="message">
      <h1>${t('There is no such page')}</h1>
      <p>${t('The address may be misspelt, or the page has moved.')}</p>
      <a class="button primary" href=${app ? paths.home(app.name) : '/'}>${t('Go to the start')}</a>
    </div>`
  }

  #failure(): unknown {
    return html`<div class="message" role="alert">
      <h1>${t('Fieldstone could not start')}</h1>
      <p>${this.problem}</p>
      <button class="button primary" @click=${() => window.location.reload()}>
        ${t('Try again')}
      </button>
    </div>`
  }

  /** The page stays with what was entered; it reads its labels anew. */
  async #chooseLanguage(language: string): Promise<void> {
    try {
      await session.speak(language)
      live.readAnew()
    } catch (error) {
      showToast({ text: errorText(error), kind: 'error' })
    }
  }

  async #signOut(): Promise<void> {
    await session.signOut()
    live.stop()
    window.location.assign('/')
  }
}

/** Before anybody has signed in: the language of the last time here, or the browser's. */
function firstLanguage(): string {
  const wanted = [recall('language') ?? '', ...navigator.languages]
  return wanted.find((code) => textLanguageOf(code) !== undefined) ?? 'en'
}

function sessionEndedText(): string {
  return t('Your session has ended. Sign in to go on; what you entered is still there.')
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-shell': FsShell
  }
}
