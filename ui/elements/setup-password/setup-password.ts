/** Sets a user's password. Fires `password-set` after it was set, `dialog-close` when the dialog shall go. */
import { css, html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { users } from '../../api.ts'
import { errorText } from '../../base/api-error.ts'
import { FsElement } from '../../base/element.ts'
import { t } from '../../base/text.ts'
import { formStyles } from '../../setup/form-styles.ts'
import '../dialog/dialog.ts'
import { showToast } from '../toast/toast.ts'

@customElement('fs-setup-password')
export class FsSetupPassword extends FsElement {
  static override styles = [
    formStyles,
    css`
      form {
        display: grid;
        gap: var(--fs-space-4);
      }
    `,
  ]

  @property() userId = ''
  @property() name = ''
  @property({ type: Boolean }) open = false
  @state() private problem = ''
  @state() private isBusy = false

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('open')) this.problem = ''
  }

  protected override render(): unknown {
    return html`<fs-dialog
      size="small"
      .heading=${t('Set the password of {name}', { name: this.name })}
      .open=${this.open}
    >
      ${this.open ? this.#form() : nothing}
    </fs-dialog>`
  }

  #form(): unknown {
    return html`<form @submit=${(event: SubmitEvent) => void this.#save(event)}>
      <p class="soft">
        ${t('Everything that is open in this name ends. Pass the password on in person; it can be changed here at any time.')}
      </p>
      <div class="field">
        <label for="password">${t('New password')}</label>
        <input
          id="password"
          name="password"
          type="password"
          autocomplete="new-password"
          required
          aria-invalid=${this.problem === '' ? 'false' : 'true'}
          aria-describedby="problem"
        />
        <p id="problem" class="error" role="alert" ?hidden=${this.problem === ''}>
          ${this.problem}
        </p>
      </div>
      <div class="button-row">
        <button class="button primary" ?disabled=${this.isBusy}>${t('Set password')}</button>
      </div>
    </form>`
  }

  async #save(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    const input = this.renderRoot.querySelector('input')
    if (input === null || this.isBusy) return
    this.isBusy = true
    try {
      await users.setPassword(this.userId, input.value)
      showToast({ kind: 'success', text: t('The password of {name} is set.', { name: this.name }) })
      this.emit('password-set')
      this.emit('dialog-close')
    } catch (error) {
      this.problem = errorText(error)
    } finally {
      this.isBusy = false
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-password': FsSetupPassword
  }
}
