/** The page layouts of an object: the list, and the editor of the one that the address names. */
import { html } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { records } from '../api.ts'
import { errorText } from '../base/api-error.ts'
import { FsElement } from '../base/element.ts'
import { router } from '../base/router.ts'
import { t } from '../base/text.ts'
import { Turns } from '../base/turns.ts'
import type { Plan } from '../base/wire-metadata.ts'
import { confirm } from '../elements/dialog/confirm.ts'
import '../elements/setup-layout-editor/setup-layout-editor.ts'
import '../elements/setup-plan-dialog/setup-plan-dialog.ts'
import type { Column } from '../elements/setup-table/setup-table.ts'
import '../elements/skeleton/skeleton.ts'
import { showToast } from '../elements/toast/toast.ts'
import type { ObjectBody, PageLayoutBody } from './component-bodies.ts'
import { asBody } from './field-changes.ts'
import { layoutFields } from './field-choices.ts'
import type { Choice } from './form-controls.ts'
import { formStyles } from './form-styles.ts'
import { fieldsOnLayout } from './layout-edit.ts'
import type { ObjectPart } from './object-tabs.ts'
import { namedTable } from './named-table.ts'
import { planComponent } from './plan-component.ts'
import { layoutLabel, layoutsOf } from './setup-api.ts'
import type { Component } from './setup-api.ts'
import { setupPath } from './setup-route.ts'
import { partStyles } from './setup-styles.ts'
import { problemNotice } from './problem-notice.ts'

@customElement('fs-setup-layouts')
export class FsSetupLayouts extends FsElement implements ObjectPart {
  static override styles = [formStyles, partStyles]

  @property() object = ''
  @property({ attribute: false }) body: ObjectBody | undefined
  @property({ attribute: false }) item: string | undefined
  @state() private layouts: readonly Component<PageLayoutBody>[] | undefined
  @state() private fields: readonly Choice[] = []
  @state() private draft: PageLayoutBody | undefined
  @state() private problem = ''
  @state() private makePlan: (() => Promise<Plan>) | undefined
  #liftGuard: (() => void) | undefined
  readonly #turns = new Turns()

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#liftGuard?.()
  }

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('item')) this.#forget()
    if (changed.has('body') && this.body !== undefined) void this.#load()
  }

  async #load(): Promise<void> {
    const isLatest = this.#turns.next()
    try {
      const [layouts, describe] = await Promise.all([
        layoutsOf(this.object),
        records.describe(this.object),
      ])
      if (!isLatest()) return
      this.layouts = layouts
      this.fields = layoutFields(describe)
      this.problem = ''
    } catch (error) {
      if (isLatest()) this.problem = errorText(error)
    }
  }

  protected override render(): unknown {
    if (this.problem !== '') return problemNotice(this.problem)
    if (this.layouts === undefined) return html`<fs-skeleton lines="6"></fs-skeleton>`
    const layout = this.layouts.find((entry) => entry.fullName === this.item)
    return this.item === undefined || layout === undefined
      ? this.#list(this.layouts)
      : this.#editor(layout)
  }

  #list(layouts: readonly Component<PageLayoutBody>[]): unknown {
    return html`
      <h2>${t('Page layouts')}</h2>
      ${namedTable({
        caption: t('Page layouts'),
        columns: this.#columns(),
        rows: layouts,
        empty: {
          icon: 'table',
          heading: t('No page layout yet'),
          text: t('The screens show all fields that a person may read.'),
        },
      })}
    `
  }

  #columns(): readonly Column<Component<PageLayoutBody>>[] {
    const object = this.object
    return [
      {
        key: 'name',
        label: t('Name'),
        sortValue: (row) => layoutLabel(row.fullName),
        cell: (row) =>
          html`<a href=${setupPath({ page: 'object', object, tab: 'layouts', item: row.fullName })}
            >${layoutLabel(row.fullName)}</a
          >`,
      },
      {
        key: 'sections',
        label: t('Sections'),
        numeric: true,
        cell: (row) => row.body.layoutSections?.length ?? 0,
      },
      {
        key: 'fields',
        label: t('Fields'),
        numeric: true,
        cell: (row) => fieldsOnLayout(row.body).size,
      },
      {
        key: 'json',
        label: t('JSON'),
        labelHidden: true,
        cell: (row) =>
          html`<a href=${setupPath({ page: 'component', type: 'Layout', fullName: row.fullName })}
            >${t('JSON')}</a
          >`,
      },
    ]
  }

  #editor(layout: Component<PageLayoutBody>): unknown {
    const body = this.draft ?? layout.body
    const isDirty = this.draft !== undefined
    return html`
      <div class="bar">
        <h2>${layoutLabel(layout.fullName)}</h2>
        <span class="grow"></span>
        <span class="soft small" role="status">${isDirty ? t('Not saved yet.') : ''}</span>
        <a class="button" href=${setupPath({ page: 'object', object: this.object, tab: 'layouts' })}
          >${t('All layouts')}</a
        >
        <button class="button" ?disabled=${!isDirty} @click=${() => this.#discard()}>
          ${t('Discard changes')}
        </button>
        <button
          class="button primary"
          ?disabled=${!isDirty}
          @click=${() => (this.makePlan = () => this.#plan(layout, body))}
        >
          ${t('Review the plan')}
        </button>
      </div>
      <fs-setup-layout-editor
        .layout=${body}
        .fields=${this.fields}
        @layout-change=${(event: CustomEvent<{ layout: PageLayoutBody }>) =>
          this.#edit(event.detail.layout)}
      ></fs-setup-layout-editor>
      <fs-setup-plan-dialog
        .load=${this.makePlan}
        @plan-closed=${() => (this.makePlan = undefined)}
        @plan-applied=${() => void this.#applied()}
      ></fs-setup-plan-dialog>
    `
  }

  #edit(layout: PageLayoutBody): void {
    this.draft = layout
    this.#liftGuard ??= router.guard(() =>
      confirm({
        heading: t('Leave the layout?'),
        text: t('What you have changed is not saved.'),
        confirmLabel: t('Leave'),
        cancelLabel: t('Stay'),
        danger: true,
      }),
    )
  }

  // Read afresh: the stored layout may have changed meanwhile.
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

  #plan(layout: Component<PageLayoutBody>, body: PageLayoutBody): Promise<Plan> {
    const { fullName, body: from } = layout
    return planComponent({ type: 'Layout', fullName, from, body: asBody(body) })
  }

  async #applied(): Promise<void> {
    await this.#load()
    this.#forget()
    showToast({ kind: 'success', text: t('The page layout was saved.') })
    this.emit('object-changed')
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-layouts': FsSetupLayouts
  }
}
