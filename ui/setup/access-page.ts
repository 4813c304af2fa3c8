/** Who may do what, and by which profile or set; without a person, two of those side by side. */
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { FsElement } from '../base/element.ts'
import { setPageTitle } from '../base/navigation.ts'
import { t } from '../base/text.ts'
import '../elements/access-compare/access-compare.ts'
import '../elements/access-person/access-person.ts'
import '../elements/page-header/page-header.ts'
import { crumbs } from './crumbs.ts'
import type { SetupRoute } from './setup-route.ts'
import { setupPageStyles } from './setup-styles.ts'
import { findUser } from './user-rows.ts'

@customElement('fs-setup-access-page')
export class FsSetupAccessPage extends FsElement {
  static override styles = setupPageStyles

  @property({ attribute: false }) route: SetupRoute | undefined
  @state() private name = ''

  get #id(): string | undefined {
    return this.route?.page === 'access' ? this.route.id : undefined
  }

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('route')) void this.#load()
    setPageTitle(this.#heading, t('Setup'))
  }

  async #load(): Promise<void> {
    const id = this.#id
    this.name = ''
    if (id === undefined) return
    // The rest of the page says what is wrong where there is no such user.
    const user = await findUser(id).catch(() => undefined)
    if (id === this.#id) this.name = user?.name ?? ''
  }

  get #heading(): string {
    if (this.#id === undefined) return t('Rights compared')
    return this.name === '' ? t('Effective access') : t('Access of {name}', { name: this.name })
  }

  protected override render(): unknown {
    const id = this.#id
    return html`
      <fs-page-header .heading=${this.#heading} .above=${t('Setup')} icon="key">
        ${
          id === undefined
            ? nothing
            : crumbs([
                { label: t('Users'), route: { page: 'users' } },
                { label: this.name, route: { page: 'users', id } },
              ])
        }
      </fs-page-header>
      ${
        id === undefined
          ? html`<fs-access-compare></fs-access-compare>`
          : html`<fs-access-person .userId=${id}></fs-access-person>`
      }
    `
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-access-page': FsSetupAccessPage
  }
}
