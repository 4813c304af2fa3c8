/** Public groups, or queues: the list, a new one, and one of them with its members. */
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { consume } from '@lit/context'
import { metadata, records } from '../api.ts'
import { errorText } from '../base/api-error.ts'
import { appContext } from '../base/app-context.ts'
import { FsElement } from '../base/element.ts'
import { setPageTitle } from '../base/navigation.ts'
import { router } from '../base/router.ts'
import { t } from '../base/text.ts'
import { Turns } from '../base/turns.ts'
import type { AppScreen } from '../base/wire.ts'
import type { Plan } from '../base/wire-metadata.ts'
import '../elements/empty-state/empty-state.ts'
import '../elements/page-header/page-header.ts'
import '../elements/setup-group/setup-group.ts'
import '../elements/setup-plan-dialog/setup-plan-dialog.ts'
import '../elements/setup-table/setup-table.ts'
import type { Column } from '../elements/setup-table/setup-table.ts'
import '../elements/skeleton/skeleton.ts'
import { showToast } from '../elements/toast/toast.ts'
import { deriveApiName, findNameFault } from './derive-name.ts'
import { checkControl, selectControl, textControl } from './form-controls.ts'
import { formStyles } from './form-styles.ts'
import { findGroups, typeWord, type GroupKind, type GroupRow } from './group-rows.ts'
import { setupPath, type SetupRoute } from './setup-route.ts'
import { setupPageStyles } from './setup-styles.ts'
import { problemNotice } from './problem-notice.ts'

interface Draft {
  readonly name: string
  readonly type: string
  readonly bosses: boolean
}

const blank: Draft = { name: '', type: 'Regular', bosses: false }

@customElement('fs-setup-groups-page')
export class FsSetupGroupsPage extends FsElement {
  static override styles = [formStyles, setupPageStyles]

  @property({ attribute: false }) route: SetupRoute | undefined
  @consume({ context: appContext, subscribe: true })
  @state()
  private screen: AppScreen | undefined
  @state() private rows: readonly GroupRow[] | undefined
  @state() private draft: Draft | undefined
  @state() private nameProblem = ''
  @state() private problem = ''
  @state() private makePlan: (() => Promise<Plan>) | undefined
  readonly #turns = new Turns()

  get #kind(): GroupKind {
    return this.route?.page === 'queues' ? 'queues' : 'groups'
  }

  get #id(): string | undefined {
    const { route } = this
    return route?.page === 'groups' || route?.page === 'queues' ? route.id : undefined
  }

  /** Undefined for whoever manages all of them. */
  get #delegated(): readonly string[] | undefined {
    const user = this.screen?.user
    return user === undefined || user.isAdministrator ? undefined : user.managesGroups
  }

  get #heading(): string {
    return this.#kind === 'queues' ? t('Queues') : t('Public groups')
  }

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (!changed.has('route')) return
    this.draft = undefined
    this.makePlan = undefined
    this.rows = undefined
    if (this.#id !== undefined) return
    setPageTitle(this.#heading, t('Setup'))
    void this.#load()
  }

  async #load(): Promise<void> {
    const isLatest = this.#turns.next()
    try {
      const rows = await findGroups(this.#kind)
      if (!isLatest()) return
      const delegated = this.#delegated
      this.rows =
        delegated === undefined ? rows : rows.filter(({ name }) => delegated.includes(name))
      this.problem = ''
    } catch (error) {
      if (isLatest()) this.problem = errorText(error)
    }
  }

  protected override render(): unknown {
    if (this.#id !== undefined)
      return html`<fs-setup-group
        .kind=${this.#kind}
        .groupId=${this.#id}
        ?delegated=${this.#delegated !== undefined}
      ></fs-setup-group>`
    const isQueue = this.#kind === 'queues'
    return html`
      <fs-page-header
        .heading=${this.#heading}
        .above=${t('Setup')}
        icon=${isQueue ? 'list' : 'users'}
      >
        ${
          this.#delegated === undefined
            ? html`<div slot="actions">
                <button class="button primary" @click=${() => (this.draft = blank)}>
                  <fs-icon name="plus"></fs-icon>${isQueue ? t('New queue') : t('New group')}
                </button>
              </div>`
            : nothing
        }
      </fs-page-header>
      ${this.draft === undefined ? nothing : this.#form(this.draft)} ${this.#content()}
      <fs-setup-plan-dialog
        .load=${this.makePlan}
        @plan-closed=${() => (this.makePlan = undefined)}
        @plan-applied=${() => void this.#planned()}
      ></fs-setup-plan-dialog>
    `
  }

  #content(): unknown {
    if (this.problem !== '') return problemNotice(this.problem)
    if (this.rows === undefined) return html`<fs-skeleton lines="6"></fs-skeleton>`
    const isQueue = this.#kind === 'queues'
    return html`<div class="panel">
      ${
        this.rows.length === 0
          ? html`<fs-empty-state
              icon="users"
              .heading=${isQueue ? t('No queue yet') : t('No group yet')}
              .text=${
                isQueue
                  ? t('A queue owns records until one of its members takes them.')
                  : t(
                      'Groups hold users, roles and other groups; records are opened to them together.',
                    )
              }
            ></fs-empty-state>`
          : html`<fs-setup-table
              .caption=${this.#heading}
              .columns=${columns(this.#kind)}
              .rows=${this.rows}
              .rowKey=${(row: GroupRow) => row.id}
            ></fs-setup-table>`
      }
    </div>`
  }

  #form(draft: Draft): unknown {
    const isQueue = this.#kind === 'queues'
    return html`<form
      class="panel"
      novalidate
      @submit=${(event: Event) => {
        event.preventDefault()
        void this.#create(draft)
      }}
    >
      <header>
        <h2>${isQueue ? t('New queue') : t('New group')}</h2>
        <button type="button" class="button" @click=${() => (this.draft = undefined)}>
          ${t('Cancel')}
        </button>
        <button class="button primary">${isQueue ? t('Review the plan') : t('Save')}</button>
      </header>
      <div class="padded fields">
        ${textControl({
          name: 'name',
          label: t('Name'),
          value: draft.name,
          error: this.nameProblem === '' ? undefined : this.nameProblem,
          required: true,
          lengthMax: 40,
          onInput: (name) => (this.draft = { ...draft, name }),
        })}
        ${
          isQueue
            ? nothing
            : html`${selectControl({
                name: 'type',
                label: t('Type'),
                value: draft.type,
                choices: ['Regular', 'Participant'].map((value) => ({
                  value,
                  label: typeWord(value),
                })),
                onInput: (type) => (this.draft = { ...draft, type }),
              })}
              ${checkControl({
                name: 'bosses',
                label: t('Superiors of members have the same access'),
                checked: draft.bosses,
                onInput: (bosses) => (this.draft = { ...draft, bosses }),
              })}`
        }
      </div>
    </form>`
  }

  async #create({ name, type, bosses }: Draft): Promise<void> {
    const fullName = deriveApiName(name, '')
    const taken = (this.rows ?? []).map((row) => row.name)
    const fault = findNameFault(fullName, { suffix: '', taken })
    this.nameProblem =
      fault === undefined
        ? ''
        : fault === 'taken'
          ? t('There is one of this name already.')
          : t('Give it a name of letters and digits.')
    if (fault !== undefined) return
    if (this.#kind === 'queues') {
      const body = { fullName, name, queueMembers: {}, queueSobject: [] }
      this.makePlan = () => metadata.plan([{ type: 'Queue', fullName, body }])
      return
    }
    try {
      const { id } = await records.create('Group', {
        Name: fullName,
        DeveloperName: fullName,
        Type: type,
        DoesIncludeBosses: bosses,
      })
      await router.navigate(setupPath({ page: 'groups', id }))
    } catch (error) {
      showToast({ kind: 'error', text: errorText(error) })
    }
  }

  async #planned(): Promise<void> {
    this.makePlan = undefined
    this.draft = undefined
    await this.#load()
  }
}

function columns(page: GroupKind): readonly Column<GroupRow>[] {
  return [
    {
      key: 'name',
      label: t('Name'),
      sortValue: (row) => row.name,
      cell: (row) => html`<a href=${setupPath({ page, id: row.id })}>${row.name}</a>`,
    },
    {
      key: 'type',
      label: t('Type'),
      sortValue: (row) => row.type,
      cell: (row) => typeWord(row.type),
    },
    {
      key: 'members',
      label: t('Members'),
      numeric: true,
      sortValue: (row) => row.members,
      cell: (row) => row.members,
    },
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-groups-page': FsSetupGroupsPage
  }
}
