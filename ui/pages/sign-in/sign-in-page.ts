/** Asks for user name and password; fires `signed-in`. The path stays, so the wanted page follows. */
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { session } from '../../api.ts'
import { ApiError, errorText } from '../../base/api-error.ts'
import { FsElement } from '../../base/element.ts'
import { setPageTitle } from '../../base/navigation.ts'
import { t } from '../../base/text.ts'
import { signInStyles } from './sign-in-page.styles.ts'

@customElement('fs-sign-in-page')
export class FsSignInPage extends FsElement {
  static override styles = signInStyles

  /** Why the page shows although somebody was signed in before. */
  @property() reason = ''
  @state() private problem = ''
  @state() private busy = false

  override connectedCallback(): void {
    super.connectedCallback()
    setPageTitle(t('Sign in'))
  }

  protected override firstUpdated(): void {
    this.renderRoot.querySelector<HTMLInputElement>('#username')?.focus()
  }

  protected override render(): unknown {
    return html`<main>
      <div class="brand">
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <rect width="24" height="24" rx="6"></rect>
          <path d="M6.5 6h11v3.2h-7.3v2.6h5.8V15h-5.8v3.5H6.5z"></path>
        </svg>
        <span>${t('Fieldstone')}</span>
      </div>
      <form class="card" @submit=${(event: SubmitEvent) => void this.#submit(event)}>
        <h1>${t('Sign in')}</h1>
        ${this.reason === '' ? nothing : html`<p class="soft">${this.reason}</p>`}
        <div role="alert">
          ${this.problem === '' ? nothing : html`<p class="problem">${this.problem}</p>`}
        </div>
        <div class="field">
          <label for="username">${t('User name')}</label>
          <input
            id="username"
            name="username"
            autocomplete="username"
            required
            autocapitalize="none"
          />
        </div>
        <div class="field">
          <label for="password">${t('Password')}</label>
          <input
            id="password"
            name="password"
            type="password"
            autocomplete="current-password"
            required
          />
        </div>
        <button class="button primary" ?disabled=${this.busy}>
          ${this.busy ? t('Signing in…') : t('Sign in')}
        </button>
      </form>
    </main>`
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    if (!(event.target instanceof HTMLFormElement)) return
    const input = new FormData(event.target)
    this.busy = true
    this.problem = ''
    try {
      const user = await session.signIn(
        String(input.get('username') ?? ''),
        String(input.get('password') ?? ''),
      )
      this.emit('signed-in', user)
    } catch (error) {
      this.problem =
        error instanceof ApiError && error.status === 401
          ? t('The user name or the password is not right.')
          : errorText(error)
      this.renderRoot.querySelector<HTMLInputElement>('#password')?.select()
    } finally {
      this.busy = false
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-sign-in-page': FsSignInPage
  }
}
