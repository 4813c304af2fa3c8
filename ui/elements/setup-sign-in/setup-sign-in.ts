/** How one user signs in: link for a password, second factor, freezing, identity providers. */
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { chipStyles } from '../../base/base-styles.ts'
import { errorText } from '../../base/api-error.ts'
import { FsElement } from '../../base/element.ts'
import { t } from '../../base/text.ts'
import { userSignIn, type SignInFacts } from '../../security-api.ts'
import { formatMoment } from '../../setup/format-moment.ts'
import { formStyles } from '../../setup/form-styles.ts'
import { partStyles } from '../../setup/setup-styles.ts'
import { confirm } from '../dialog/confirm.ts'
import { showToast } from '../toast/toast.ts'

@customElement('fs-setup-sign-in')
export class FsSetupSignIn extends FsElement {
  static override styles = [formStyles, chipStyles, partStyles]

  @property() userId = ''
  @property() name = ''
  @state() private facts: SignInFacts | undefined
  @state() private link: { readonly url: string; readonly expiresAt: string } | undefined
  @state() private problem = ''

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (!changed.has('userId')) return
    this.facts = undefined
    this.link = undefined
    void this.#load()
  }

  async #load(): Promise<void> {
    const id = this.userId
    if (id === '') return
    try {
      const facts = await userSignIn.facts(id)
      if (id === this.userId) this.facts = facts
      this.problem = ''
    } catch (error) {
      if (id === this.userId) this.problem = errorText(error)
    }
  }

  async #do(work: () => Promise<unknown>, done: string): Promise<void> {
    try {
      await work()
      showToast({ kind: 'success', text: done })
      this.emit('sign-in-change')
    } catch (error) {
      showToast({ kind: 'error', text: errorText(error) })
    }
    await this.#load()
  }

  protected override render(): unknown {
    return html`<section class="panel" aria-labelledby="sign-in">
      <header><h2 id="sign-in">${t('Signing in')}</h2></header>
      ${this.#content()}
    </section>`
  }

  #content(): unknown {
    if (this.problem !== '') return html`<p class="padded error" role="alert">${this.problem}</p>`
    const { facts } = this
    if (facts === undefined) return nothing
    return html`<div class="padded stack">
      <dl class="facts">
        ${fact(t('Password'), facts.hasPassword ? t('Chosen') : t('None yet'))}
        ${fact(t('Second factor'), facts.secondFactor ? t('Set up') : t('None'))}
        ${fact(t('Identity providers'), facts.providerLinks)}
        ${fact(
          t('Access'),
          facts.isFrozen
            ? html`<span class="chip warning">${t('Frozen')}</span>`
            : html`<span class="chip success">${t('Open')}</span>`,
        )}
      </dl>
      <div class="button-row">
        <button class="button" @click=${() => void this.#makeLink()}>
          ${t('Link to choose a password')}
        </button>
        <button
          class="button"
          ?disabled=${!facts.secondFactor}
          @click=${() => void this.#resetFactor()}
        >
          ${t('Remove the second factor')}
        </button>
        <button
          class="button"
          ?disabled=${facts.providerLinks === 0}
          @click=${() =>
            void this.#do(
              () => userSignIn.removeLinks(this.userId),
              t('The next sign-in by a provider links {name} anew.', { name: this.name }),
            )}
        >
          ${t('Unlink identity providers')}
        </button>
        <button class="button" @click=${() => void this.#freeze(!facts.isFrozen)}>
          ${facts.isFrozen ? t('Unfreeze') : t('Freeze')}
        </button>
      </div>
      ${this.#shownLink()}
    </div>`
  }

  #shownLink(): unknown {
    if (this.link === undefined) return nothing
    const { url, expiresAt } = this.link
    return html`<div class="field" role="status">
      <label for="link">${t('Pass this link on to {name}', { name: this.name })}</label>
      <input
        id="link"
        class="mono"
        readonly
        .value=${url}
        @focus=${(event: Event) =>
          event.target instanceof HTMLInputElement && event.target.select()}
      />
      <p class="hint">
        ${t('It is good once, until {moment}, and ends all links made before.', {
          moment: formatMoment(expiresAt),
        })}
      </p>
    </div>`
  }

  async #makeLink(): Promise<void> {
    try {
      this.link = await userSignIn.makeLink(this.userId)
      await this.updateComplete
      this.renderRoot.querySelector<HTMLInputElement>('#link')?.focus()
    } catch (error) {
      showToast({ kind: 'error', text: errorText(error) })
    }
  }

  async #resetFactor(): Promise<void> {
    const { name } = this
    const isMeant = await confirm({
      heading: t('Remove the second factor of {name}?', { name }),
      text: t('All screens and programs have to sign in again.'),
      confirmLabel: t('Remove'),
      danger: true,
    })
    if (isMeant)
      await this.#do(
        () => userSignIn.resetSecondFactor(this.userId),
        t('{name} has no second factor any more.', { name }),
      )
  }

  async #freeze(frozen: boolean): Promise<void> {
    const { name } = this
    const isMeant =
      !frozen ||
      (await confirm({
        heading: t('Freeze {name}?', { name }),
        text: t(
          'Nothing opens in this name until you unfreeze it. Records, rights and the role stay as they are.',
        ),
        confirmLabel: t('Freeze'),
        danger: true,
      }))
    if (!isMeant) return
    await this.#do(
      () => userSignIn.setFrozen(this.userId, frozen),
      frozen ? t('{name} is frozen.', { name }) : t('{name} may sign in again.', { name }),
    )
  }
}

function fact(label: string, value: unknown): unknown {
  return html`<div>
    <dt>${label}</dt>
    <dd>${value}</dd>
  </div>`
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-sign-in': FsSetupSignIn
  }
}
