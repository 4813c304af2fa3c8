/** One user in Setup: who he is, the permission sets he holds, and where he is signed in; each can be changed here. */
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { records, users, type OpenSession } from '../../api.ts'
import { errorText } from '../../base/api-error.ts'
import { chipStyles } from '../../base/base-styles.ts'
import { FsElement } from '../../base/element.ts'
import { paths, setPageTitle } from '../../base/navigation.ts'
import { t } from '../../base/text.ts'
import { crumbs } from '../../setup/crumbs.ts'
import { selectControl } from '../../setup/form-controls.ts'
import { formStyles } from '../../setup/form-styles.ts'
import { formatMoment } from '../../setup/format-moment.ts'
import { setupPath } from '../../setup/setup-route.ts'
import { partStyles } from '../../setup/setup-styles.ts'
import {
  findUser,
  permissionSetsOf,
  type Assignment,
  type PermissionSetChoice,
  type UserRow,
} from '../../setup/user-rows.ts'
import { confirm } from '../dialog/confirm.ts'
import '../empty-state/empty-state.ts'
import '../icon/icon.ts'
import '../page-header/page-header.ts'
import '../setup-password/setup-password.ts'
import '../setup-sign-in/setup-sign-in.ts'
import '../setup-table/setup-table.ts'
import type { Column } from '../setup-table/setup-table.ts'
import '../skeleton/skeleton.ts'
import { showToast } from '../toast/toast.ts'
import { problemNotice } from '../../setup/problem-notice.ts'

@customElement('fs-setup-user')
export class FsSetupUser extends FsElement {
  static override styles = [formStyles, chipStyles, partStyles]

  @property() userId = ''
  /** The application in which the user's record is edited. */
  @property() app = ''
  /** Whoever looks may look into all rights of the user. */
  @property({ type: Boolean }) seesRights = false
  /** `null` when there is no such user. */
  @state() private user: UserRow | null | undefined
  @state() private held: readonly Assignment[] = []
  @state() private others: readonly PermissionSetChoice[] = []
  @state() private sessions: readonly OpenSession[] = []
  @state() private problem = ''
  @state() private passwordOpen = false

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('userId')) {
      this.user = undefined
      void this.#load()
    }
    setPageTitle(this.user?.name ?? t('User'), t('Users'), t('Setup'))
  }

  async #load(): Promise<void> {
    const id = this.userId
    try {
      const user = await findUser(id)
      if (id !== this.userId) return
      if (user === undefined) {
        this.user = null
        return
      }
      const [sets, sessions] = await Promise.all([
        permissionSetsOf(user.id),
        users.sessions(user.id),
      ])
      if (id !== this.userId) return
      this.user = user
      this.held = sets.held
      this.others = sets.others
      this.sessions = sessions
      this.problem = ''
    } catch (error) {
      if (id === this.userId) this.problem = errorText(error)
    }
  }

  /** Does it, says so, and shows what is there now. */
  async #do(work: () => Promise<unknown>, done: string): Promise<void> {
    try {
      await work()
      showToast({ kind: 'success', text: done })
    } catch (error) {
      showToast({ kind: 'error', text: errorText(error) })
    }
    await this.#load()
  }

  protected override render(): unknown {
    const { user } = this
    return html`
      <fs-page-header .heading=${user?.name ?? t('User')} .above=${t('Setup')} icon="user">
        ${crumbs([{ label: t('Users'), route: { page: 'users' } }])}
        ${user === undefined || user === null ? nothing : this.#actions(user)}
      </fs-page-header>
      ${this.#content()}
    `
  }

  #content(): unknown {
    if (this.problem !== '') return problemNotice(this.problem)
    if (this.user === undefined) return html`<fs-skeleton lines="8"></fs-skeleton>`
    if (this.user === null)
      return html`<fs-empty-state
        icon="search"
        .heading=${t('There is no such user')}
      ></fs-empty-state>`
    return html`
      ${facts(this.user)}
      <fs-setup-sign-in
        .userId=${this.user.id}
        .name=${this.user.name}
        @sign-in-change=${() => void this.#load()}
      ></fs-setup-sign-in>
      ${this.#permissionSets(this.user)} ${this.#sessions(this.user)}
      <fs-setup-password
        .userId=${this.user.id}
        .name=${this.user.name}
        .open=${this.passwordOpen}
        @password-set=${() => void this.#load()}
        @dialog-close=${() => (this.passwordOpen = false)}
      ></fs-setup-password>
    `
  }

  #actions(user: UserRow): unknown {
    return html`<div slot="actions">
      <a class="button" href=${paths.edit(this.app, 'User', user.id)}>
        <fs-icon name="pencil"></fs-icon>${t('Edit')}
      </a>
      ${
        this.seesRights
          ? html`<a class="button" href=${setupPath({ page: 'access', id: user.id })}>
              <fs-icon name="key"></fs-icon>${t('Effective access')}
            </a>`
          : nothing
      }
      <button class="button" @click=${() => (this.passwordOpen = true)}>
        <fs-icon name="key"></fs-icon>${t('Set password…')}
      </button>
      <button class="button" @click=${() => void this.#turn(user)}>
        ${user.isActive ? t('Deactivate') : t('Activate')}
      </button>
    </div>`
  }

  async #turn(user: UserRow): Promise<void> {
    const { name, isActive } = user
    const isMeant =
      !isActive ||
      (await confirm({
        heading: t('Deactivate {name}?', { name }),
        text: t(
          'Whoever is inactive cannot sign in; everything open ends at once. Records stay as they are.',
        ),
        confirmLabel: t('Deactivate'),
        danger: true,
      }))
    if (!isMeant) return
    await this.#do(
      () => records.update('User', user.id, { IsActive: !isActive }),
      isActive ? t('{name} is inactive now.', { name }) : t('{name} is active now.', { name }),
    )
  }

  #permissionSets(user: UserRow): unknown {
    return html`<section class="panel" aria-labelledby="sets">
      <header><h2 id="sets">${t('Permission sets')}</h2></header>
      ${
        this.held.length === 0
          ? html`<p class="padded soft">${t('None: the rights are those of the profile.')}</p>`
          : html`<fs-setup-table
              .caption=${t('Permission sets')}
              .columns=${this.#setColumns()}
              .rows=${this.held}
              .rowKey=${(row: Assignment) => row.id}
            ></fs-setup-table>`
      }
      <div class="padded fields single">
        ${selectControl({
          name: 'add',
          label: t('Add a permission set'),
          value: '',
          disabled: this.others.length === 0,
          choices: [
            { value: '', label: t('Choose…') },
            ...this.others.map(({ id, label }) => ({ value: id, label })),
          ],
          onInput: (set) => void this.#add(user, set),
        })}
      </div>
    </section>`
  }

  async #add(user: UserRow, set: string): Promise<void> {
    const label = this.others.find(({ id }) => id === set)?.label
    if (label === undefined) return
    const body = { AssigneeId: user.id, PermissionSetId: set }
    await this.#do(
      () => records.create('PermissionSetAssignment', body),
      t('{name} holds {set} now.', { name: user.name, set: label }),
    )
  }

  #setColumns(): readonly Column<Assignment>[] {
    return [
      {
        key: 'label',
        label: t('Label'),
        sortValue: (row) => row.label,
        cell: (row) => row.label,
      },
      {
        key: 'remove',
        label: t('Remove'),
        labelHidden: true,
        cell: (row) =>
          html`<button
            class="button"
            aria-label=${t('Remove {name}', { name: row.label })}
            @click=${() =>
              void this.#do(
                () => records.remove('PermissionSetAssignment', row.id),
                t('{name} was taken away.', { name: row.label }),
              )}
          >
            ${t('Remove')}
          </button>`,
      },
    ]
  }

  #sessions(user: UserRow): unknown {
    return html`<section class="panel" aria-labelledby="sessions">
      <header>
        <h2 id="sessions">${t('Signed in')}</h2>
        <button
          class="button"
          ?disabled=${this.sessions.length === 0}
          @click=${() => void this.#endAll(user)}
        >
          ${t('End all')}
        </button>
      </header>
      ${
        this.sessions.length === 0
          ? html`<p class="padded soft">${t('Nowhere at the moment.')}</p>`
          : html`<fs-setup-table
              .caption=${t('Signed in')}
              .columns=${this.#sessionColumns(user)}
              .rows=${this.sessions}
              .rowKey=${(row: OpenSession) => row.id}
            ></fs-setup-table>`
      }
    </section>`
  }

  async #endAll(user: UserRow): Promise<void> {
    const { name } = user
    const isMeant = await confirm({
      heading: t('Sign {name} out everywhere?', { name }),
      text: t('All screens and programs have to sign in again.'),
      confirmLabel: t('End all'),
      danger: true,
    })
    if (isMeant)
      await this.#do(() => users.endSession(user.id), t('{name} is signed out.', { name }))
  }

  #sessionColumns(user: UserRow): readonly Column<OpenSession>[] {
    return [
      {
        key: 'where',
        label: t('Where'),
        cell: (row) =>
          html`${whereOf(row)}
          ${row.current ? html`<span class="chip">${t('This screen')}</span>` : nothing}`,
      },
      {
        key: 'since',
        label: t('Since'),
        sortValue: (row) => row.createdAt,
        cell: (row) => formatMoment(row.createdAt),
      },
      {
        key: 'until',
        label: t('Until'),
        sortValue: (row) => row.expiresAt,
        cell: (row) => formatMoment(row.expiresAt),
      },
      {
        key: 'end',
        label: t('End'),
        labelHidden: true,
        cell: (row) =>
          html`<button
            class="button"
            ?disabled=${row.current}
            aria-label=${t('End {name}', { name: `${whereOf(row)}, ${formatMoment(row.createdAt)}` })}
            @click=${() =>
              void this.#do(() => users.endSession(user.id, row.id), t('The session has ended.'))}
          >
            ${t('End')}
          </button>`,
      },
    ]
  }
}

function whereOf(row: OpenSession): string {
  if (row.kind === 'session') return t('Screens')
  return row.client === '' ? t('A program') : row.client
}

function facts(user: UserRow): unknown {
  const rows: readonly (readonly [label: string, value: unknown])[] = [
    [t('User name'), user.username],
    [t('Email'), user.email],
    [t('Profile'), user.profile],
    [t('Role'), user.role],
    [t('Status'), user.isActive ? t('Active') : t('Inactive')],
  ]
  return html`<section class="panel" aria-label=${t('Details')}>
    <dl class="padded facts">
      ${rows.map(
        ([label, value]) =>
          html`<div>
            <dt>${label}</dt>
            <dd>${value === '' ? '—' : value}</dd>
          </div>`,
      )}
    </dl>
  </section>`
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-user': FsSetupUser
  }
}
