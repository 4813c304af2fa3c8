/** Identity providers of the organisation: what to register there, their secrets, and whether they can be reached. */
import { html, nothing } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { chipStyles } from '../../base/base-styles.ts'
import { errorText } from '../../base/api-error.ts'
import { FsElement } from '../../base/element.ts'
import { t } from '../../base/text.ts'
import { security, type IdentityProviderInfo } from '../../security-api.ts'
import { formStyles } from '../../setup/form-styles.ts'
import { setupPath } from '../../setup/setup-route.ts'
import { partStyles } from '../../setup/setup-styles.ts'
import '../dialog/dialog.ts'
import '../setup-table/setup-table.ts'
import type { Column } from '../setup-table/setup-table.ts'
import { showToast } from '../toast/toast.ts'

@customElement('fs-setup-providers')
export class FsSetupProviders extends FsElement {
  static override styles = [formStyles, chipStyles, partStyles]

  @state() private providers: readonly IdentityProviderInfo[] = []
  @state() private problem = ''
  /** What each one said when it was asked; empty where all was well. */
  @state() private checks: ReadonlyMap<string, string> = new Map()
  @state() private secretOf = ''

  override connectedCallback(): void {
    super.connectedCallback()
    void this.#load()
  }

  async #load(): Promise<void> {
    try {
      this.providers = await security.providers()
      this.problem = ''
    } catch (error) {
      this.problem = errorText(error)
    }
  }

  protected override render(): unknown {
    return html`<section class="panel" aria-labelledby="providers">
        <header><h2 id="providers">${t('Single sign-on')}</h2></header>
        ${this.#content()}
      </section>
      ${this.#secretDialog()}`
  }

  #content(): unknown {
    if (this.problem !== '') return html`<p class="padded error" role="alert">${this.problem}</p>`
    if (this.providers.length === 0)
      return html`<p class="padded soft">
        ${t('There is no identity provider. They are files in the folder authproviders, or come with a package.')}
      </p>`
    return html`<fs-setup-table
      .caption=${t('Single sign-on')}
      .columns=${this.#columns()}
      .rows=${this.providers}
      .rowKey=${(row: IdentityProviderInfo) => row.name}
    ></fs-setup-table>`
  }

  #columns(): readonly Column<IdentityProviderInfo>[] {
    return [
      {
        key: 'label',
        label: t('Name'),
        cell: (row) =>
          html`<a href=${setupPath({ page: 'component', type: 'AuthProvider', fullName: row.name })}
            >${row.label}</a
          >`,
      },
      { key: 'issuer', label: t('Issuer'), cell: (row) => row.issuer ?? '—' },
      {
        key: 'callback',
        label: t('Address to register there'),
        cell: (row) => html`<span class="mono">${row.callbackUrl}</span>`,
      },
      {
        key: 'secret',
        label: t('Secret'),
        cell: (row) =>
          html`<button
            class="button"
            aria-label=${t('Secret of {name}', { name: row.label })}
            @click=${() => (this.secretOf = row.name)}
          >
            ${row.hasSecret ? t('Replace…') : t('Enter…')}
          </button>`,
      },
      {
        key: 'check',
        label: t('Connection'),
        cell: (row) =>
          html`<button
              class="button"
              aria-label=${t('Check {name}', { name: row.label })}
              @click=${() => void this.#check(row.name)}
            >
              ${t('Check')}
            </button>
            <span role="status">${this.#outcome(row.name)}</span>`,
      },
    ]
  }

  #outcome(name: string): unknown {
    const told = this.checks.get(name)
    if (told === undefined) return nothing
    return told === ''
      ? html`<span class="chip success">${t('Reached')}</span>`
      : html`<span class="error">${told}</span>`
  }

  async #check(name: string): Promise<void> {
    const told = await security
      .checkProvider(name)
      .then((problem) => problem ?? '')
      .catch((error: unknown) => errorText(error))
    this.checks = new Map([...this.checks, [name, told]])
  }

  #secretDialog(): unknown {
    return html`<fs-dialog
      size="small"
      .heading=${t('Secret of {name}', { name: this.secretOf })}
      .open=${this.secretOf !== ''}
      @dialog-close=${() => (this.secretOf = '')}
    >
      ${
        this.secretOf === ''
          ? nothing
          : html`<form @submit=${(event: SubmitEvent) => void this.#saveSecret(event)}>
              <p class="soft">
                ${t('It is kept encrypted and never shown again. Leave it empty to take it away.')}
              </p>
              <div class="field">
                <label for="secret">${t('Secret')}</label>
                <input id="secret" type="password" autocomplete="off" />
              </div>
              <div class="button-row">
                <button class="button primary">${t('Save')}</button>
              </div>
            </form>`
      }
    </fs-dialog>`
  }

  async #saveSecret(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    const secret = this.renderRoot.querySelector<HTMLInputElement>('#secret')?.value ?? ''
    try {
      await security.setProviderSecret(this.secretOf, secret)
      this.secretOf = ''
      showToast({ kind: 'success', text: t('The secret is kept.') })
    } catch (error) {
      showToast({ kind: 'error', text: errorText(error) })
    }
    await this.#load()
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-providers': FsSetupProviders
  }
}
