/** One's own second factor, on and off; opened from the user menu. Fires `dialog-close`. */
import { css, html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { session } from '../../api.ts'
import { errorText } from '../../base/api-error.ts'
import { FsElement } from '../../base/element.ts'
import { t } from '../../base/text.ts'
import type { FactorPicture } from '../../base/wire.ts'
import { ownFactor, type OwnFactor } from '../../security-api.ts'
import { formStyles } from '../../setup/form-styles.ts'
import '../dialog/dialog.ts'

@customElement('fs-own-security')
export class FsOwnSecurity extends FsElement {
  static override styles = [
    formStyles,
    css`
      form,
      .done {
        display: grid;
        gap: var(--fs-space-4);
      }
      .picture {
        width: 180px;
        height: 180px;
        justify-self: center;
        border-radius: var(--fs-radius-m);
      }
      .key {
        overflow-wrap: anywhere;
        text-align: center;
      }
      .codes {
        display: grid;
        grid-template-columns: 1fr 1fr;
        gap: var(--fs-space-2);
        margin: 0;
        padding: 0;
        list-style: none;
      }
    `,
  ]

  @property({ type: Boolean }) open = false
  @state() private factor: OwnFactor | undefined
  @state() private picture: FactorPicture | undefined
  @state() private codes: readonly string[] = []
  @state() private problem = ''
  @state() private isBusy = false

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (!changed.has('open') || !this.open) return
    this.factor = undefined
    this.picture = undefined
    this.codes = []
    this.problem = ''
    void this.#load()
  }

  async #load(): Promise<void> {
    try {
      this.factor = await ownFactor.read()
    } catch (error) {
      this.problem = errorText(error)
    }
  }

  protected override render(): unknown {
    return html`<fs-dialog size="small" .heading=${t('Second factor')} .open=${this.open}>
      ${this.open ? this.#content() : nothing}
      <p class="error" role="alert" ?hidden=${this.problem === ''}>${this.problem}</p>
    </fs-dialog>`
  }

  #content(): unknown {
    if (this.codes.length > 0) return this.#recovery()
    if (this.picture !== undefined) return this.#confirm(this.picture)
    if (this.factor === undefined) return nothing
    return this.factor.enrolled ? this.#remove(this.factor) : this.#begin()
  }

  #begin(): unknown {
    return html`<form @submit=${(event: SubmitEvent) => void this.#run(event, () => this.#start())}>
      <p class="soft">
        ${t('With a second factor nobody signs in by your password alone: a code of your device is asked for, too.')}
      </p>
      ${input('password', t('Password'), 'current-password')}
      ${this.#button(t('Set up a second factor'))}
    </form>`
  }

  #confirm(picture: FactorPicture): unknown {
    return html`<form
      @submit=${(event: SubmitEvent) => void this.#run(event, () => this.#finish())}
    >
      <p class="soft">
        ${t('Take the picture with an app for sign-in codes, or type the key into it. Then enter the code that it shows.')}
      </p>
      <img
        class="picture"
        alt=${t('Picture for an app for sign-in codes')}
        src=${`data:image/svg+xml,${encodeURIComponent(picture.picture)}`}
      />
      <code class="key">${picture.secret}</code>
      ${input('code', t('Code'), 'one-time-code')} ${this.#button(t('Continue'))}
    </form>`
  }

  #recovery(): unknown {
    return html`<div class="done">
      <p class="soft">
        ${t('Each of them signs you in once when your device is not at hand. They are shown this one time: keep them in a safe place.')}
      </p>
      <ul class="codes" aria-label=${t('Recovery codes')}>
        ${this.codes.map((code) => html`<li><code>${code}</code></li>`)}
      </ul>
    </div>`
  }

  #remove({ recoveryCodesLeft }: OwnFactor): unknown {
    return html`<form @submit=${(event: SubmitEvent) => void this.#run(event, () => this.#end())}>
      <p class="soft">
        ${t('Your second factor is set up; {count} recovery codes are left.', {
          count: recoveryCodesLeft,
        })}
      </p>
      ${input('password', t('Password'), 'current-password')}
      ${input('code', t('Code'), 'one-time-code')} ${this.#button(t('Remove the second factor'))}
    </form>`
  }

  #button(label: string): unknown {
    return html`<div class="button-row">
      <button class="button primary" ?disabled=${this.isBusy}>${label}</button>
    </div>`
  }

  #value(id: string): string {
    return this.renderRoot.querySelector<HTMLInputElement>(`#${id}`)?.value ?? ''
  }

  async #run(event: SubmitEvent, work: () => Promise<void>): Promise<void> {
    event.preventDefault()
    this.isBusy = true
    try {
      await work()
      this.problem = ''
    } catch (error) {
      this.problem = errorText(error)
    } finally {
      this.isBusy = false
    }
  }

  async #start(): Promise<void> {
    this.picture = await session.beginSecondFactor(this.#value('password'))
  }

  async #finish(): Promise<void> {
    this.codes = (await session.confirmSecondFactor(this.#value('code'))).recoveryCodes
  }

  async #end(): Promise<void> {
    await ownFactor.remove(this.#value('password'), this.#value('code'))
    await this.#load()
  }
}

function input(id: string, label: string, autocomplete: AutoFill): unknown {
  return html`<div class="field">
    <label for=${id}>${label}</label>
    <input
      id=${id}
      type=${autocomplete === 'current-password' ? 'password' : 'text'}
      autocomplete=${autocomplete}
      required
    />
  </div>`
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-own-security': FsOwnSecurity
  }
}
