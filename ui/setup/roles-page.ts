/** Roles: the tree of who stands above whom, and one role with its superior; moved through a plan that says who gains and loses. */
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { metadata, records } from '../api.ts'
import { errorText } from '../base/api-error.ts'
import { FsElement } from '../base/element.ts'
import { setPageTitle } from '../base/navigation.ts'
import { router } from '../base/router.ts'
import { t } from '../base/text.ts'
import { Turns } from '../base/turns.ts'
import type { Plan } from '../base/wire-metadata.ts'
import '../elements/empty-state/empty-state.ts'
import '../elements/page-header/page-header.ts'
import '../elements/setup-plan-dialog/setup-plan-dialog.ts'
import '../elements/setup-role-tree/setup-role-tree.ts'
import '../elements/skeleton/skeleton.ts'
import { showToast } from '../elements/toast/toast.ts'
import type { RoleBody } from './component-bodies.ts'
import { crumbs } from './crumbs.ts'
import { deriveApiName, findNameFault } from './derive-name.ts'
import { asBody } from './field-changes.ts'
import { selectControl, textControl } from './form-controls.ts'
import { formStyles } from './form-styles.ts'
import { planComponent } from './plan-component.ts'
import { mayMove, withParent } from './role-tree.ts'
import { loadAll, type Component } from './setup-api.ts'
import { setupPath, type SetupRoute } from './setup-route.ts'
import { setupPageStyles } from './setup-styles.ts'
import { problemNotice } from './problem-notice.ts'

/** No role is called so. */
const newRole = '~new'

@customElement('fs-setup-roles-page')
export class FsSetupRolesPage extends FsElement {
  static override styles = [formStyles, setupPageStyles]

  @property({ attribute: false }) route: SetupRoute | undefined
  @state() private roles: readonly Component<RoleBody>[] | undefined
  @state() private users: ReadonlyMap<string, number> = new Map()
  @state() private draft: RoleBody | undefined
  @state() private nameTyped = false
  @state() private nameProblem = ''
  @state() private problem = ''
  @state() private makePlan: (() => Promise<Plan>) | undefined
  readonly #turns = new Turns()

  get #name(): string | undefined {
    return this.route?.page === 'roles' ? this.route.name : undefined
  }

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (!changed.has('route')) return
    this.draft = this.#name === newRole ? { fullName: '' } : undefined
    this.nameTyped = false
    this.nameProblem = ''
    this.makePlan = undefined
    setPageTitle(this.#name ?? t('Roles'), t('Setup'))
    void this.#load()
  }

  async #load(): Promise<void> {
    const isLatest = this.#turns.next()
    try {
      const [roles, counted] = await Promise.all([
        loadAll('Role'),
        records.query(
          'SELECT UserRole.Name role, COUNT(Id) n FROM User WHERE IsActive = true AND UserRoleId != null GROUP BY UserRole.Name',
        ),
      ])
      if (!isLatest()) return
      this.roles = roles
      this.users = new Map(counted.records.map((row) => [String(row['role']), Number(row['n'])]))
      this.problem = ''
    } catch (error) {
      if (isLatest()) this.problem = errorText(error)
    }
  }

  protected override render(): unknown {
    const role = this.roles?.find(({ fullName }) => fullName === this.#name)
    const isNew = this.#name === newRole
    return html`
      <fs-page-header
        .heading=${isNew ? t('New role') : (role?.body.name ?? this.#name ?? t('Roles'))}
        .above=${t('Setup')}
        icon="users"
      >
        ${
          this.#name === undefined
            ? html`<div slot="actions">
                <a class="button primary" href=${setupPath({ page: 'roles', name: newRole })}>
                  <fs-icon name="plus"></fs-icon>${t('New role')}
                </a>
              </div>`
            : crumbs([{ label: t('Roles'), route: { page: 'roles' } }])
        }
      </fs-page-header>
      ${this.#content(role, isNew)}
      <fs-setup-plan-dialog
        .load=${this.makePlan}
        .confirmName=${this.#name ?? ''}
        @plan-closed=${() => (this.makePlan = undefined)}
        @plan-applied=${() => void this.#applied()}
      ></fs-setup-plan-dialog>
    `
  }

  #content(role: Component<RoleBody> | undefined, isNew: boolean): unknown {
    if (this.problem !== '') return problemNotice(this.problem)
    if (this.roles === undefined) return html`<fs-skeleton lines="8"></fs-skeleton>`
    if (this.#name === undefined) return this.#tree(this.roles)
    if (!isNew && role === undefined)
      return html`<fs-empty-state
        icon="search"
        .heading=${t('There is no such role')}
      ></fs-empty-state>`
    return this.#form(role, this.draft ?? role?.body ?? { fullName: '' })
  }

  #tree(roles: readonly Component<RoleBody>[]): unknown {
    if (roles.length === 0)
      return html`<div class="panel">
        <fs-empty-state
          icon="users"
          .heading=${t('No role yet')}
          .text=${t('Whoever stands above somebody in the tree of roles sees what that person owns.')}
        ></fs-empty-state>
      </div>`
    return html`<div class="panel">
      <fs-setup-role-tree
        .roles=${roles}
        .users=${this.users}
        @role-open=${(event: CustomEvent<{ name: string }>) =>
          void router.navigate(setupPath({ page: 'roles', name: event.detail.name }))}
        @role-move=${(event: CustomEvent<{ name: string; parent: string | undefined }>) =>
          this.#move(event.detail)}
      ></fs-setup-role-tree>
    </div>`
  }

  #move({ name, parent }: { readonly name: string; readonly parent: string | undefined }): void {
    const role = this.roles?.find(({ fullName }) => fullName === name)
    if (role === undefined) return
    this.makePlan = () =>
      planComponent({
        type: 'Role',
        fullName: name,
        from: role.body,
        body: asBody(withParent(role.body, parent)),
      })
  }

  #form(role: Component<RoleBody> | undefined, body: RoleBody): unknown {
    return html`<form
      class="panel"
      novalidate
      @submit=${(event: Event) => {
        event.preventDefault()
        this.#review(role)
      }}
    >
      <header>
        <h2>${t('Details')}</h2>
        ${role === undefined ? nothing : this.#delete(role)}
        <button class="button primary" ?disabled=${this.draft === undefined}>
          ${t('Review the plan')}
        </button>
      </header>
      <div class="padded fields">
        ${textControl({
          name: 'label',
          label: t('Label'),
          value: body.name ?? '',
          required: true,
          lengthMax: 80,
          onInput: (name) => this.#label(role, body, name),
        })}
        ${textControl({
          name: 'name',
          label: t('Name'),
          value: body.fullName,
          error: this.nameProblem === '' ? undefined : this.nameProblem,
          required: true,
          disabled: role !== undefined,
          mono: true,
          lengthMax: 80,
          onInput: (fullName) => {
            this.nameTyped = true
            this.draft = { ...body, fullName }
          },
        })}
        ${this.#superior(body)}
        ${textControl({
          name: 'description',
          label: t('Description'),
          value: body.description ?? '',
          lengthMax: 255,
          onInput: (description) => (this.draft = { ...body, description }),
        })}
      </div>
    </form>`
  }

  #superior(body: RoleBody): unknown {
    return selectControl({
      name: 'parent',
      label: t('Reports to'),
      value: body.parentRole ?? '',
      choices: [
        { value: '', label: t('Nobody: top of the tree') },
        ...(this.roles ?? [])
          .filter(
            ({ fullName }) =>
              fullName === body.parentRole || mayMove(this.roles ?? [], body.fullName, fullName),
          )
          .map(({ fullName, body: { name } }) => ({
            value: fullName,
            label: name ?? fullName,
          })),
      ],
      onInput: (parent) => (this.draft = withParent(body, parent === '' ? undefined : parent)),
    })
  }

  #delete({ fullName }: Component<RoleBody>): unknown {
    return html`<button
      type="button"
      class="button"
      @click=${() =>
        (this.makePlan = () => metadata.plan([{ type: 'Role', fullName, delete: true }]))}
    >
      ${t('Delete')}
    </button>`
  }

  #label(role: Component<RoleBody> | undefined, body: RoleBody, name: string): void {
    const follows = role === undefined && !this.nameTyped
    this.draft = { ...body, name, ...(follows && { fullName: deriveApiName(name, '') }) }
  }

  #review(role: Component<RoleBody> | undefined): void {
    const { draft } = this
    if (draft === undefined) return
    if (role !== undefined) {
      this.makePlan = () =>
        planComponent({
          type: 'Role',
          fullName: role.fullName,
          from: role.body,
          body: asBody(draft),
        })
      return
    }
    const taken = (this.roles ?? []).map(({ fullName }) => fullName)
    const fault = findNameFault(draft.fullName, { suffix: '', taken })
    this.nameProblem =
      fault === undefined
        ? ''
        : fault === 'taken'
          ? t('There is a role of this name already.')
          : t('Letters, digits and single underscores; it begins with a letter.')
    if (fault !== undefined) {
      this.renderRoot.querySelector<HTMLElement>('#name')?.focus()
      return
    }
    const { fullName } = draft
    this.makePlan = () => metadata.plan([{ type: 'Role', fullName, body: asBody(draft) }])
  }

  async #applied(): Promise<void> {
    this.makePlan = undefined
    showToast({ kind: 'success', text: t('The roles were saved.') })
    if (this.#name !== undefined) void router.navigate(setupPath({ page: 'roles' }))
    await this.#load()
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-roles-page': FsSetupRolesPage
  }
}
