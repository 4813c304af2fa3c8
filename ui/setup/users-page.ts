/** Users: the list, found by any part of name, user name or address; and one of them with all that he holds. */
import { consume } from '@lit/context'
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { appContext } from '../base/app-context.ts'
import { errorText } from '../base/api-error.ts'
import { chipStyles } from '../base/base-styles.ts'
import { FsElement } from '../base/element.ts'
import { paths, setPageTitle } from '../base/navigation.ts'
import { t } from '../base/text.ts'
import type { AppScreen } from '../base/wire.ts'
import '../elements/empty-state/empty-state.ts'
import '../elements/page-header/page-header.ts'
import '../elements/setup-table/setup-table.ts'
import type { Column } from '../elements/setup-table/setup-table.ts'
import '../elements/setup-user/setup-user.ts'
import '../elements/skeleton/skeleton.ts'
import { textControl } from './form-controls.ts'
import { formStyles } from './form-styles.ts'
import { setupPath } from './setup-route.ts'
import type { SetupRoute } from './setup-route.ts'
import { setupPageStyles } from './setup-styles.ts'
import { findUsers, usersShownMax, type UserRow } from './user-rows.ts'
import { problemNotice } from './problem-notice.ts'

const typingPauseMs = 250

@customElement('fs-setup-users-page')
export class FsSetupUsersPage extends FsElement {
  static override styles = [formStyles, chipStyles, setupPageStyles]

  @property({ attribute: false }) route: SetupRoute | undefined
  @consume({ context: appContext, subscribe: true })
  @state()
  private screen: AppScreen | undefined
  @state() private words = ''
  @state() private rows: readonly UserRow[] | undefined
  @state() private problem = ''
  #pause: ReturnType<typeof setTimeout> | undefined

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearTimeout(this.#pause)
  }

  get #id(): string | undefined {
    return this.route?.page === 'users' ? this.route.id : undefined
  }

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (!changed.has('route') || this.#id !== undefined) return
    setPageTitle(t('Users'), t('Setup'))
    void this.#load(this.words)
  }

  async #load(words: string): Promise<void> {
    try {
      const rows = await findUsers(words)
      // An answer to what was typed before must not replace a later one.
      if (words !== this.words) return
      this.rows = rows
      this.problem = ''
    } catch (error) {
      if (words === this.words) this.problem = errorText(error)
    }
  }

  #type(words: string): void {
    this.words = words
    clearTimeout(this.#pause)
    this.#pause = setTimeout(() => void this.#load(words), typingPauseMs)
  }

  protected override render(): unknown {
    const app = this.screen?.apps[0]?.name ?? ''
    if (this.#id !== undefined)
      return html`<fs-setup-user
        .userId=${this.#id}
        .app=${app}
        .seesRights=${this.screen?.user.isAdministrator ?? false}
      ></fs-setup-user>`
    return html`
      <fs-page-header .heading=${t('Users')} .above=${t('Setup')} icon="users">
        <div slot="actions">
          <a class="button primary" href=${paths.create(app, 'User')}>${t('New user')}</a>
        </div>
      </fs-page-header>
      <div class="fields single">
        ${textControl({
          name: 'find',
          label: t('Find users'),
          hint: t('Any part of the name, user name or e-mail address.'),
          value: this.words,
          onInput: (words) => this.#type(words),
        })}
      </div>
      ${this.#content()}
    `
  }

  #content(): unknown {
    if (this.problem !== '') return problemNotice(this.problem)
    if (this.rows === undefined) return html`<fs-skeleton lines="8"></fs-skeleton>`
    const shown = this.rows.slice(0, usersShownMax)
    return html`<div class="panel" aria-live="polite">
        ${
          shown.length === 0
            ? html`<fs-empty-state icon="users" .heading=${t('No user fits')}></fs-empty-state>`
            : html`<fs-setup-table
                .caption=${t('Users')}
                .columns=${columns()}
                .rows=${shown}
                .rowKey=${(row: UserRow) => row.id}
              ></fs-setup-table>`
        }
      </div>
      ${
        this.rows.length > shown.length
          ? html`<p class="soft">
              ${t('The first {count} are shown. Type to find others.', { count: usersShownMax })}
            </p>`
          : nothing
      }`
  }
}

function columns(): readonly Column<UserRow>[] {
  return [
    {
      key: 'name',
      label: t('Name'),
      sortValue: (row) => row.name,
      cell: (row) => html`<a href=${setupPath({ page: 'users', id: row.id })}>${row.name}</a>`,
    },
    {
      key: 'username',
      label: t('User name'),
      sortValue: (row) => row.username,
      cell: (row) => row.username,
    },
    {
      key: 'profile',
      label: t('Profile'),
      sortValue: (row) => row.profile,
      cell: (row) => row.profile,
    },
    { key: 'role', label: t('Role'), sortValue: (row) => row.role, cell: (row) => row.role || '—' },
    {
      key: 'active',
      label: t('Status'),
      sortValue: (row) => (row.isActive ? 0 : 1),
      cell: (row) =>
        row.isActive
          ? html`<span class="chip success">${t('Active')}</span>`
          : html`<span class="chip">${t('Inactive')}</span>`,
    },
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-users-page': FsSetupUsersPage
  }
}
