/** Asks for user name, password and what else is missing; fires `signed-in`. The path stays, so the wanted page follows. */
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { session } from '../../api.ts'
import { ApiError, errorText } from '../../base/api-error.ts'
import { FsElement } from '../../base/element.ts'
import { setPageTitle } from '../../base/navigation.ts'
import { t } from '../../base/text.ts'
import type { FactorPicture, SessionUser, SignInInput } from '../../base/wire.ts'
import { entrance, type SignInOptions } from '../../security-api.ts'
import { signInStyles } from './sign-in-page.styles.ts'

/**
 * `entry`: name and password; `forgotten`: the name alone, for a link; `choose`: a password, by a link; `code`: of the second
 * factor; the others stand between signing in and the first page.
 */
type Step = 'entry' | 'forgotten' | 'code' | 'choose' | 'new-password' | 'enrol' | 'recovery'

/** The secret of the link stands where no server sees it. */
const linkPattern = /^#password-link=([0-9A-Za-z]+)$/

@customElement('fs-sign-in-page')
export class FsSignInPage extends FsElement {
  static override styles = signInStyles

  /** Why the page shows although somebody was signed in before. */
  @property() reason = ''
  @state() private problem = ''
  @state() private busy = false
  @state() private step: Step = 'entry'
  @state() private factor: FactorPicture | undefined
  @state() private recoveryCodes: readonly string[] = []
  @state() private options: SignInOptions = { providers: [], forgottenPassword: false }
  @state() private done = ''
  #link = ''
  /** Asked for once, needed again by the steps that follow. */
  #given: SignInInput = { username: '', password: '' }
  #user: SessionUser | undefined

  override connectedCallback(): void {
    super.connectedCallback()
    setPageTitle(t('Sign in'))
    this.#takeLink()
    if (new URLSearchParams(window.location.search).get('signIn') === 'failed')
      this.problem = t('Signing in did not succeed. Try again, or ask your administrator.')
    // Without them there is still the way by password.
    entrance.options().then(
      (options) => (this.options = options),
      () => undefined,
    )
  }

  #takeLink(): void {
    this.#link = linkPattern.exec(window.location.hash)?.[1] ?? ''
    if (this.#link === '') return
    this.step = 'choose'
    // Whoever looks into the history of the browser finds no link.
    window.history.replaceState(null, '', window.location.pathname)
  }

  protected override firstUpdated(): void {
    this.#focusFirst()
  }

  protected override updated(changed: Map<string, unknown>): void {
    if (changed.has('step') && changed.get('step') !== undefined) this.#focusFirst()
  }

  #focusFirst(): void {
    this.renderRoot.querySelector<HTMLElement>('input, .recovery + button')?.focus()
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
        ${this.#head()}
        <div role="alert">
          ${this.problem === '' ? nothing : html`<p class="problem">${this.problem}</p>`}
        </div>
        ${this.#fields()}
        ${
          this.#canGoOn()
            ? html`<button class="button primary" ?disabled=${this.busy}>${this.#action()}</button>`
            : nothing
        }
        ${
          this.step === 'entry'
            ? [this.#providers(), this.#forgotten()]
            : html`<button class="button" type="button" @click=${() => this.#restart()}>
                ${this.step === 'forgotten' ? t('Back') : t('Sign in as somebody else')}
              </button>`
        }
      </form>
    </main>`
  }

  #providers(): unknown {
    const start = encodeURIComponent(
      window.location.pathname === '/login' ? '/' : window.location.pathname,
    )
    return this.options.providers.map(
      ({ label, url }) =>
        html`<a class="button" href=${`${url}?startURL=${start}`}
          >${t('Sign in with {provider}', { provider: label })}</a
        >`,
    )
  }

  #forgotten(): unknown {
    return html`<button
      class="button link"
      type="button"
      @click=${() => {
        this.problem = ''
        this.step = 'forgotten'
      }}
    >
      ${t('Forgot your password?')}
    </button>`
  }

  /** Nothing is asked for where nothing can be sent. */
  #canGoOn(): boolean {
    return this.step !== 'forgotten' || this.options.forgottenPassword
  }

  #head(): unknown {
    const heads: Readonly<Record<Step, readonly [string, string]>> = {
      entry: [t('Sign in'), this.done === '' ? this.reason : this.done],
      forgotten: [
        t('Forgot your password?'),
        this.#canGoOn()
          ? t('We send a link by which you choose a new one to the e-mail address of the user.')
          : t('Ask your administrator for a link by which you choose a new one.'),
      ],
      choose: [t('Choose a password'), t('Afterwards you sign in with it.')],
      code: [
        t('Second factor'),
        t('Enter the code that your device shows, or one of your recovery codes.'),
      ],
      'new-password': [t('New password'), t('Your password has expired. Choose another one.')],
      enrol: [
        t('Set up a second factor'),
        t(
          'Take the picture with an app for sign-in codes, or type the key into it. Then enter the code that it shows.',
        ),
      ],
      recovery: [
        t('Recovery codes'),
        t(
          'Each of them signs you in once when your device is not at hand. They are shown this one time: keep them in a safe place.',
        ),
      ],
    }
    const [heading, text] = heads[this.step]
    return html`<h1>${heading}</h1>
      ${text === '' ? nothing : html`<p class="soft">${text}</p>`}`
  }

  #action(): string {
    if (this.step === 'forgotten') return t('Send the link')
    if (this.busy) return t('Signing in…')
    return this.step === 'entry' ? t('Sign in') : t('Continue')
  }

  #fields(): unknown {
    switch (this.step) {
      case 'entry':
        return html`${this.#input('username', t('User name'), 'username')}
        ${this.#input('password', t('Password'), 'current-password')}`
      case 'forgotten':
        return this.#canGoOn() ? this.#input('username', t('User name'), 'username') : nothing
      case 'code':
        return this.#input('code', t('Code'), 'one-time-code')
      case 'choose':
      case 'new-password':
        return html`${this.#input('new-password', t('New password'), 'new-password')}
        ${this.#input('repeated', t('The same again'), 'new-password')}`
      case 'enrol':
        return html`${
          this.factor === undefined
            ? nothing
            : html`<img
                  class="picture"
                  alt=${t('Picture for an app for sign-in codes')}
                  src=${`data:image/svg+xml,${encodeURIComponent(this.factor.picture)}`}
                />
                <code class="key">${this.factor.secret}</code>`
        }
        ${this.#input('code', t('Code'), 'one-time-code')}`
      case 'recovery':
        return html`<ul class="recovery">
          ${this.recoveryCodes.map((code) => html`<li><code>${code}</code></li>`)}
        </ul>`
    }
  }

  #input(id: string, label: string, autocomplete: AutoFill): unknown {
    const isSecret = autocomplete.endsWith('password')
    return html`<div class="field">
      <label for=${id}>${label}</label>
      <input
        id=${id}
        name=${id}
        type=${isSecret ? 'password' : 'text'}
        autocomplete=${autocomplete}
        autocapitalize="none"
        required
      />
    </div>`
  }

  async #choose(password: string, repeated: string): Promise<void> {
    if (password !== repeated) throw new Error(t('The two passwords are not the same.'))
    await entrance.choosePassword(this.#link, password)
    this.done = t('The password is set. Sign in with it.')
    this.#restart()
  }

  async #askForLink(username: string): Promise<void> {
    await entrance.askForLink(username)
    this.done = t('If there is such a user, the link is on its way. It is good for an hour.')
    this.#restart()
  }

  #restart(): void {
    this.#given = { username: '', password: '' }
    this.problem = ''
    this.step = 'entry'
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    if (!(event.target instanceof HTMLFormElement)) return
    const input = new FormData(event.target)
    const text = (name: string): string => String(input.get(name) ?? '')
    this.busy = true
    this.problem = ''
    try {
      await this.#take(text)
    } catch (error) {
      this.problem = this.#told(error)
      this.renderRoot.querySelector<HTMLInputElement>('.field:last-of-type input')?.select()
    } finally {
      this.busy = false
    }
  }

  async #take(text: (name: string) => string): Promise<void> {
    switch (this.step) {
      case 'entry':
        this.#given = { username: text('username'), password: text('password') }
        return this.#enter(this.#given)
      case 'code':
        return this.#enter({ ...this.#given, code: text('code') })
      case 'forgotten':
        return this.#askForLink(text('username'))
      case 'choose':
        return this.#choose(text('new-password'), text('repeated'))
      case 'new-password':
        return this.#renew(text('new-password'), text('repeated'))
      case 'enrol': {
        const { recoveryCodes } = await session.confirmSecondFactor(text('code'))
        this.recoveryCodes = recoveryCodes
        this.step = 'recovery'
        return
      }
      case 'recovery':
        return this.#next(await session.current())
    }
  }

  async #enter(given: SignInInput): Promise<void> {
    try {
      await this.#next(await session.signIn(given))
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'SECOND_FACTOR_REQUIRED') throw error
      this.step = 'code'
    }
  }

  async #renew(newPassword: string, repeated: string): Promise<void> {
    if (newPassword !== repeated) throw new Error(t('The two passwords are not the same.'))
    await session.changePassword({ ...this.#given, newPassword })
    this.#given = { ...this.#given, password: newPassword }
    await this.#next(await session.current())
  }

  /** The first page, or what must be done before it. */
  async #next(user: SessionUser): Promise<void> {
    this.#user = user
    if (user.pending?.newPassword === true) this.step = 'new-password'
    else if (user.pending?.secondFactor === true) {
      this.factor = await session.beginSecondFactor(this.#given.password)
      this.step = 'enrol'
    } else {
      this.#given = { username: '', password: '' }
      this.emit('signed-in', this.#user)
    }
  }

  #told(error: unknown): string {
    if (!(error instanceof ApiError) || error.status !== 401 || this.step === 'choose')
      return errorText(error)
    return this.step === 'entry'
      ? t('The user name or the password is not right.')
      : t('The code is not right, or was used before.')
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-sign-in-page': FsSignInPage
  }
}
