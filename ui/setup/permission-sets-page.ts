/** Permission sets: the list, and for one of them the rights on objects and fields. */
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { metadata } from '../api.ts'
import { errorText } from '../base/api-error.ts'
import { FsElement } from '../base/element.ts'
import { setPageTitle } from '../base/navigation.ts'
import { router } from '../base/router.ts'
import { t } from '../base/text.ts'
import { Turns } from '../base/turns.ts'
import type { ComponentSummary, Plan } from '../base/wire-metadata.ts'
import { confirm } from '../elements/dialog/confirm.ts'
import '../elements/empty-state/empty-state.ts'
import '../elements/page-header/page-header.ts'
import '../elements/setup-plan-dialog/setup-plan-dialog.ts'
import '../elements/setup-rights/setup-rights.ts'
import type { Column } from '../elements/setup-table/setup-table.ts'
import '../elements/skeleton/skeleton.ts'
import { showToast } from '../elements/toast/toast.ts'
import type { PermissionSetBody } from './component-bodies.ts'
import { crumbs } from './crumbs.ts'
import { asBody } from './field-changes.ts'
import { componentColumns, namedTable } from './named-table.ts'
import { planComponent } from './plan-component.ts'
import { loadAll } from './setup-api.ts'
import type { Component } from './setup-api.ts'
import { setupPath } from './setup-route.ts'
import type { SetupRoute } from './setup-route.ts'
import { setupPageStyles } from './setup-styles.ts'
import { problemNotice } from './problem-notice.ts'

@customElement('fs-setup-permission-sets-page')
export class FsSetupPermissionSetsPage extends FsElement {
  static override styles = setupPageStyles

  @property({ attribute: false }) route: SetupRoute | undefined
  @state() private sets: readonly Component<PermissionSetBody>[] | undefined
  @state() private objects: readonly ComponentSummary[] = []
  @state() private draft: PermissionSetBody | undefined
  @state() private problem = ''
  @state() private makePlan: (() => Promise<Plan>) | undefined
  #liftGuard: (() => void) | undefined
  readonly #turns = new Turns()

  override connectedCallback(): void {
    super.connectedCallback()
    void this.#load()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#liftGuard?.()
  }

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('route')) this.#forget()
    setPageTitle(this.#name ?? t('Permission sets'), t('Setup'))
  }

  get #name(): string | undefined {
    return this.route?.page === 'permission-sets' ? this.route.name : undefined
  }

  async #load(): Promise<void> {
    const isLatest = this.#turns.next()
    try {
      const [sets, objects] = await Promise.all([
        loadAll('PermissionSet'),
        metadata.list('CustomObject'),
      ])
      if (!isLatest()) return
      this.sets = sets
      this.objects = objects
      this.problem = ''
    } catch (error) {
      if (isLatest()) this.problem = errorText(error)
    }
  }

  protected override render(): unknown {
    const set = this.sets?.find((entry) => entry.fullName === this.#name)
    return html`
      <fs-page-header
        .heading=${set?.label ?? this.#name ?? t('Permission sets')}
        .above=${t('Setup')}
        icon="key"
      >
        ${
          this.#name === undefined
            ? nothing
            : crumbs([{ label: t('Permission sets'), route: { page: 'permission-sets' } }])
        }
        ${set === undefined ? nothing : this.#actions(set)}
      </fs-page-header>
      ${this.#content(set)}
    `
  }

  #content(set: Component<PermissionSetBody> | undefined): unknown {
    if (this.problem !== '') return problemNotice(this.problem)
    if (this.sets === undefined) return html`<fs-skeleton lines="8"></fs-skeleton>`
    if (this.#name === undefined) return this.#list(this.sets)
    if (set === undefined)
      return html`<fs-empty-state
        icon="search"
        .heading=${t('There is no such permission set')}
      ></fs-empty-state>`
    return this.#editor(set)
  }

  #list(sets: readonly Component<PermissionSetBody>[]): unknown {
    return namedTable({
      caption: t('Permission sets'),
      columns: columns(),
      rows: sets,
      empty: {
        icon: 'key',
        heading: t('No permission set yet'),
        text: t('Permission sets give people rights on objects and fields.'),
      },
    })
  }

  #actions(set: Component<PermissionSetBody>): unknown {
    const isDirty = this.draft !== undefined
    const { fullName } = set
    return html`<div slot="actions">
      <a class="button" href=${setupPath({ page: 'component', type: 'PermissionSet', fullName })}>
        <fs-icon name="code"></fs-icon>${t('JSON')}
      </a>
      <button class="button" ?disabled=${!isDirty} @click=${() => this.#discard()}>
        ${t('Discard changes')}
      </button>
      <button
        class="button primary"
        ?disabled=${!isDirty}
        @click=${() => (this.makePlan = () => this.#plan(set))}
      >
        ${t('Review the plan')}
      </button>
    </div>`
  }

  #editor(set: Component<PermissionSetBody>): unknown {
    const body = this.draft ?? set.body
    return html`
      ${body.description === undefined ? nothing : html`<p class="soft">${body.description}</p>`}
      <fs-setup-rights
        .body=${body}
        .objects=${this.objects}
        @rights-change=${(event: CustomEvent<{ body: PermissionSetBody }>) =>
          this.#edit(event.detail.body)}
      ></fs-setup-rights>
      <fs-setup-plan-dialog
        .load=${this.makePlan}
        .confirmName=${set.fullName}
        @plan-closed=${() => (this.makePlan = undefined)}
        @plan-applied=${() => void this.#applied()}
      ></fs-setup-plan-dialog>
    `
  }

  #edit(body: PermissionSetBody): void {
    this.draft = body
    this.#liftGuard ??= router.guard(() =>
      confirm({
        heading: t('Leave the permission set?'),
        text: t('What you have changed is not saved.'),
        confirmLabel: t('Leave'),
        cancelLabel: t('Stay'),
        danger: true,
      }),
    )
  }

  #plan({ fullName, body: from }: Component<PermissionSetBody>): Promise<Plan> {
    const body = asBody(this.draft ?? from)
    return planComponent({ type: 'PermissionSet', fullName, from, body })
  }

  // Read afresh: the stored set may have changed meanwhile.
  #discard(): void {
    this.#forget()
    void this.#load()
  }

  #forget(): void {
    this.draft = undefined
    this.makePlan = undefined
    this.#liftGuard?.()
    this.#liftGuard = undefined
  }

  async #applied(): Promise<void> {
    await this.#load()
    this.#forget()
    showToast({ kind: 'success', text: t('The permission set was saved.') })
  }
}

function columns(): readonly Column<Component<PermissionSetBody>>[] {
  return [
    ...componentColumns<PermissionSetBody>((name) => ({ page: 'permission-sets', name })),
    {
      key: 'objects',
      label: t('Objects'),
      numeric: true,
      sortValue: (row) => row.body.objectPermissions?.length ?? 0,
      cell: (row) => row.body.objectPermissions?.length ?? 0,
    },
    {
      key: 'fields',
      label: t('Fields'),
      numeric: true,
      sortValue: (row) => row.body.fieldPermissions?.length ?? 0,
      cell: (row) => row.body.fieldPermissions?.length ?? 0,
    },
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-permission-sets-page': FsSetupPermissionSetsPage
  }
}
