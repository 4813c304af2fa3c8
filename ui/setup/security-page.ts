/** What the organisation asks of those who sign in: passwords, lockout, sessions, second factor, programs, providers. */
import { css, html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { errorText } from '../base/api-error.ts'
import { FsElement } from '../base/element.ts'
import { setPageTitle } from '../base/navigation.ts'
import { t } from '../base/text.ts'
import '../elements/page-header/page-header.ts'
import '../elements/setup-providers/setup-providers.ts'
import '../elements/skeleton/skeleton.ts'
import { showToast } from '../elements/toast/toast.ts'
import { security, type SecuritySettings } from '../security-api.ts'
import { checkControl, textControl } from './form-controls.ts'
import { formStyles } from './form-styles.ts'
import { setupPageStyles } from './setup-styles.ts'
import type { SetupRoute } from './setup-route.ts'
import { problemNotice } from './problem-notice.ts'

type NumberSetting = {
  [Name in keyof SecuritySettings]: SecuritySettings[Name] extends number ? Name : never
}[keyof SecuritySettings]

interface Said {
  readonly label: string
  readonly hint?: string
}

@customElement('fs-setup-security-page')
export class FsSetupSecurityPage extends FsElement {
  static override styles = [
    formStyles,
    setupPageStyles,
    css`
      form {
        display: grid;
        gap: var(--fs-space-4);
      }
    `,
  ]

  @property({ attribute: false }) route: SetupRoute | undefined
  @state() private settings: SecuritySettings | undefined
  /** Numbers as they are typed. */
  @state() private typed: Readonly<Partial<Record<NumberSetting, string>>> = {}
  @state() private wanted: Partial<SecuritySettings> = {}
  @state() private problem = ''
  @state() private isBusy = false

  override connectedCallback(): void {
    super.connectedCallback()
    setPageTitle(t('Sign-in and security'), t('Setup'))
    void this.#load()
  }

  async #load(): Promise<void> {
    try {
      this.settings = await security.settings()
    } catch (error) {
      this.problem = errorText(error)
    }
  }

  protected override render(): unknown {
    return html`
      <fs-page-header .heading=${t('Sign-in and security')} .above=${t('Setup')} icon="key">
      </fs-page-header>
      ${problemNotice(this.problem)}
      ${this.settings === undefined ? this.#waiting() : this.#form(this.settings)}
      <fs-setup-providers></fs-setup-providers>
    `
  }

  #waiting(): unknown {
    return this.problem === '' ? html`<fs-skeleton lines="6"></fs-skeleton>` : nothing
  }

  #form(settings: SecuritySettings): unknown {
    const isChanged = Object.keys(this.#changes(settings)).length > 0
    return html`<form @submit=${(event: SubmitEvent) => void this.#save(event, settings)}>
      <section class="panel" aria-labelledby="passwords">
        <header><h2 id="passwords">${t('Passwords')}</h2></header>
        <div class="padded fields">
          ${this.#number(settings, 'minimumPasswordLength', { label: t('Least number of characters') })}
          ${this.#number(settings, 'passwordHistory', { label: t('Former passwords that are not taken again') })}
          ${this.#number(settings, 'passwordExpiresAfterDays', {
            label: t('Days after which a password must be changed'),
            hint: t('0: never.'),
          })}
          ${this.#number(settings, 'maxLoginAttempts', {
            label: t('Failed sign-ins of an account within a quarter of an hour'),
          })}
        </div>
      </section>
      <section class="panel" aria-labelledby="sessions">
        <header><h2 id="sessions">${t('Sessions')}</h2></header>
        <div class="padded fields">
          ${this.#number(settings, 'sessionLifetimeMinutes', {
            label: t('Minutes that a session lasts'),
            hint: t('Of sessions that begin from now on.'),
          })}
          ${this.#check(settings, 'secondFactorRequired', {
            label: t('Everybody needs a second factor'),
            hint: t('Otherwise those with the permission ForceTwoFactor.'),
          })}
          ${this.#check(settings, 'passwordGrantAllowed', {
            label: t('Programs may sign in by user name and password'),
            hint: t('Older tools do. Programs of their own have safer ways.'),
          })}
        </div>
      </section>
      <div class="button-row">
        <button class="button primary" ?disabled=${!isChanged || this.isBusy}>${t('Save')}</button>
      </div>
    </form>`
  }

  #number(settings: SecuritySettings, name: NumberSetting, said: Said): unknown {
    return textControl({
      name,
      ...said,
      numeric: true,
      value: this.typed[name] ?? String(settings[name]),
      onInput: (text) => (this.typed = { ...this.typed, [name]: text }),
    })
  }

  #check(
    settings: SecuritySettings,
    name: 'secondFactorRequired' | 'passwordGrantAllowed',
    said: Said,
  ): unknown {
    return checkControl({
      name,
      ...said,
      checked: this.wanted[name] ?? settings[name],
      onInput: (checked) => (this.wanted = { ...this.wanted, [name]: checked }),
    })
  }

  #changes(settings: SecuritySettings): Partial<SecuritySettings> {
    const numbers = Object.entries(this.typed).map(([name, text]) => [name, Number(text)] as const)
    const before = new Map<string, unknown>(Object.entries(settings))
    const all = [...numbers, ...Object.entries(this.wanted)]
    return Object.fromEntries(all.filter(([name, value]) => before.get(name) !== value))
  }

  async #save(event: SubmitEvent, settings: SecuritySettings): Promise<void> {
    event.preventDefault()
    this.isBusy = true
    try {
      this.settings = await security.change(this.#changes(settings))
      this.typed = {}
      this.wanted = {}
      this.problem = ''
      showToast({ kind: 'success', text: t('The settings are in force.') })
    } catch (error) {
      this.problem = errorText(error)
    } finally {
      this.isBusy = false
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-security-page': FsSetupSecurityPage
  }
}
