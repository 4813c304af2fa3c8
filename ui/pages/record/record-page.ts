/** A record: highlights, its details in the layout's sections, its related lists. */
import { html, nothing } from 'lit'
import type { PropertyValues } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { screens } from '../../api.ts'
import { followMedia } from '../../base/follow-media.ts'
import { fieldOf } from '../../base/form-state.ts'
import { processesFor } from '../../base/process-list.ts'
import { concerns, live } from '../../base/live.ts'
import { paths, setPageTitle } from '../../base/navigation.ts'
import { objectScreen } from '../../base/object-store.ts'
import { PageElement } from '../../base/page-element.ts'
import { recordName } from '../../base/record-names.ts'
import { recordTypeField, screenOfType } from '../../base/record-types.ts'
import { router } from '../../base/router.ts'
import { t } from '../../base/text.ts'
import { Turns } from '../../base/turns.ts'
import type { ModelEvent, ObjectScreen, RecordEvent, RecordScreen } from '../../base/wire.ts'
import type { EditorContext } from '../../editors/editor-element.ts'
import { renderValue } from '../../elements/field-value/render-value.ts'
import type { ValueContext } from '../../elements/field-value/render-value.ts'
import type { ProcessSummary } from '../../base/wire-processes.ts'
import '../../elements/menu/menu.ts'
import '../../elements/notice/notice.ts'
import '../../elements/object-icon/object-icon.ts'
import '../../elements/page-header/page-header.ts'
import '../../elements/problem/problem.ts'
import { deleteWithUndo } from '../../elements/record-list/delete-with-undo.ts'
import '../../elements/record-details/record-details.ts'
import '../../elements/quick-actions/quick-actions.ts'
import '../../elements/related-card/related-card.ts'
import '../../elements/tabs/tabs.ts'
import { convertLead } from './lead-actions.ts'
import { menuItems } from './menu-items.ts'
import { acceptRecord, mayAccept, ownerField } from './owner-actions.ts'
import { startPlanOn } from './plan-actions.ts'
import { listsBesideCards, recordCards } from './record-cards.ts'
import { recordPageStyles } from './record-page.styles.ts'
import { recordPanel } from './record-panels.ts'
import { recordSkeleton } from './record-skeleton.ts'

const keyFieldsMax = 6
const sideBySide = '(min-width: 1100px)'

@customElement('fs-record-page')
export class FsRecordPage extends PageElement {
  static override styles = recordPageStyles

  @state() private object: ObjectScreen | undefined
  @state() private content: RecordScreen | undefined
  @state() private failure: unknown
  @state() private tab = 'details'
  @state() private isWide = matchMedia(sideBySide).matches
  @state() private isPrinted = matchMedia('print').matches
  @state() private notice = ''
  @state() private processes: readonly ProcessSummary[] = []
  #stop: (() => void)[] = []
  readonly #turns = new Turns()

  override connectedCallback(): void {
    super.connectedCallback()
    this.#stop = [
      followMedia(sideBySide, (matches) => (this.isWide = matches)),
      // Paper has no tabs: everything stands below each other.
      followMedia('print', (matches) => (this.isPrinted = matches)),
      live.onModel((event) => void this.#onModel(event)),
      live.onRecord((event) => void this.#onRecord(event)),
    ]
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    for (const stop of this.#stop) stop()
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('location') || !this.location) return
    this.content = undefined
    this.notice = ''
    void this.#load()
  }

  async #load(): Promise<void> {
    const id = this.param('id')
    const isLatest = this.#turns.next()
    try {
      const [object, content] = await Promise.all([
        objectScreen(this.param('object')),
        screens.record(id),
      ])
      if (!isLatest()) return
      this.object = screenOfType(object, content.record[recordTypeField])
      this.content = content
      this.failure = undefined
      void this.#loadProcesses()
      setPageTitle(this.#name(), object.describe.label, this.app?.label ?? '')
    } catch (error) {
      if (isLatest()) this.failure = error
    }
  }

  /** A record page without them is still one. */
  async #loadProcesses(): Promise<void> {
    const [found] = await Promise.allSettled([processesFor(this.param('object'))])
    this.processes = found.status === 'fulfilled' ? found.value : []
  }

  async #onModel(event: ModelEvent): Promise<void> {
    if (this.content && concerns(event, this.param('object'))) await this.#load()
  }

  async #onRecord(event: RecordEvent): Promise<void> {
    if (event.id !== this.param('id') || !this.content) return
    if (event.change === 'delete') this.notice = t('This record has been deleted.')
    else await this.#load()
  }

  #name(): string {
    return this.object && this.content ? recordName(this.object.describe, this.content.record) : ''
  }

  get #context(): ValueContext | undefined {
    const screen = this.screen
    return screen ? { screen, app: this.appName, format: this.format } : undefined
  }

  protected override render(): unknown {
    if (this.failure !== undefined) {
      return html`<fs-problem
        .error=${this.failure}
        @retry=${() => void this.#load()}
      ></fs-problem>`
    }
    const { object, content } = this
    const context = this.#context
    if (!object || !content || !context) return recordSkeleton()
    return html`<div class="page">
      ${this.#highlights(object, content, context)}
      <fs-notice
        kind="warning"
        .text=${this.notice}
        @dismiss=${() => (this.notice = '')}
      ></fs-notice>
      ${
        this.isWide || this.isPrinted
          ? this.#columns(object, content, context)
          : this.#tabs(object, content, context)
      }
    </div>`
  }

  #highlights(object: ObjectScreen, content: RecordScreen, context: ValueContext): unknown {
    const keys = object.compactLayout
      .flatMap((name) => fieldOf(object.describe, name) ?? [])
      .filter((field) => field.nameField !== true && field.type !== 'textarea')
      .slice(0, keyFieldsMax)
    return html`<div class="card highlights">
      <fs-page-header
        .heading=${this.#name()}
        .above=${object.describe.label}
        object=${object.describe.name}
      >
        <div slot="actions">${this.#actions(object, content)}</div>
      </fs-page-header>
      ${
        keys.length === 0
          ? nothing
          : html`<dl class="keys">
              ${keys.map(
                (field) =>
                  html`<div>
                    <dt>${field.label}</dt>
                    <dd>${renderValue(field, content.record, { ...context, dense: true })}</dd>
                  </div>`,
              )}
            </dl>`
      }
    </div>`
  }

  #actions(object: ObjectScreen, content: RecordScreen): unknown {
    const name = object.describe.name
    const id = this.param('id')
    const { screen, appName: app, processes } = this
    const more = menuItems({ screen, app, id, object, content, processes })
    return html`${
        mayAccept(this.screen, object, content)
          ? html`<button class="button" @click=${() => void this.#accept()}>${t('Accept')}</button>`
          : nothing
      }<fs-quick-actions
        .actions=${object.layout.quickActions}
        .place=${this.#context}
        record=${id}
        @action-done=${() => void this.#load()}
      ></fs-quick-actions
      >${
        content.editable
          ? html`<a class="button primary" href=${paths.edit(this.appName, name, id)}
              ><fs-icon name="pencil"></fs-icon>${t('Edit')}</a
            >`
          : nothing
      }
      ${
        more.length > 0
          ? html`<fs-menu
              button-class="icon-button bordered"
              label=${t('More actions')}
              .items=${more}
              @menu-select=${(event: CustomEvent<{ id: string }>) =>
                this.#act(event.detail.id, object, content)}
              ><fs-icon name="more"></fs-icon
            ></fs-menu>`
          : nothing
      }`
  }

  #act(action: string, object: ObjectScreen, content: RecordScreen): void {
    if (action === 'delete') void this.#delete(object)
    if (action === 'owner') void this.#changeOwner(object, content)
    if (action === 'convert') void this.#convert(object, content)
    if (action === 'history') void this.#showHistory(object)
    if (action === 'sharing') void this.#share(object, content)
    if (action === 'print') window.print()
    if (action !== 'plan') return
    const { timeZone } = this.format
    const id = this.param('id')
    void startPlanOn({ app: this.appName, object: object.describe.name, id, timeZone })
  }

  async #showHistory({ describe }: ObjectScreen): Promise<void> {
    const context = this.#context
    if (!context) return
    const { showHistory } = await import('../../elements/record-history/record-history.ts')
    await showHistory({ id: this.param('id'), name: this.#name(), object: describe, context })
  }

  async #accept(): Promise<void> {
    if (await acceptRecord(this.param('id'), this.#name())) await this.#load()
  }

  async #changeOwner(object: ObjectScreen, content: RecordScreen): Promise<void> {
    const context = this.#editorContext(object, content)
    const field = ownerField(object, content)
    if (!context || !field) return
    const { changeOwner } = await import('../../elements/record-owner/owner-dialog.ts')
    const isChanged = await changeOwner({
      id: this.param('id'),
      name: this.#name(),
      field,
      context,
    })
    if (isChanged) await this.#load()
  }

  async #convert(object: ObjectScreen, content: RecordScreen): Promise<void> {
    const context = this.#editorContext(object, content)
    if (!context) return
    if (await convertLead({ id: this.param('id'), name: this.#name(), context })) await this.#load()
  }

  async #share(object: ObjectScreen, content: RecordScreen): Promise<void> {
    const context = this.#editorContext(object, content)
    if (!context) return
    const { openSharing } = await import('../../elements/sharing/sharing-dialog.ts')
    await openSharing({ id: this.param('id'), name: this.#name(), context })
  }

  #editorContext({ describe }: ObjectScreen, { record }: RecordScreen): EditorContext | undefined {
    const context = this.#context
    const form = { values: new Map(), errors: new Map(), isNew: false, record }
    return context && { ...context, ...form, object: describe }
  }

  async #delete(object: ObjectScreen): Promise<void> {
    const id = this.param('id')
    const { name, label } = object.describe
    const [list, record] = [paths.list(this.appName, name), paths.record(this.appName, name, id)]
    await deleteWithUndo({
      object: name,
      label,
      id,
      name: this.#name(),
      changed: (what) => void router.navigate(what === 'deleted' ? list : record),
    })
  }

  #columns(object: ObjectScreen, content: RecordScreen, context: ValueContext): unknown {
    const hasSide = listsBesideCards(object).length > 0 || (object.cards ?? []).length > 0
    return html`<div class="columns ${hasSide ? '' : 'single'}">
      <div class="main">${this.#details(object, content, context)}</div>
      ${hasSide ? html`<div class="side">${this.#related(object, context)}</div>` : nothing}
    </div>`
  }

  #tabs(object: ObjectScreen, content: RecordScreen, context: ValueContext): unknown {
    const tabs = [
      { id: 'details', label: t('Details') },
      { id: 'related', label: t('Related') },
    ]
    return html`<fs-tabs
        label=${t('Parts of the record')}
        .tabs=${tabs}
        .selected=${this.tab}
        @tab-change=${(event: CustomEvent<string>) => (this.tab = event.detail)}
      ></fs-tabs>
      <div role="tabpanel" aria-label=${this.tab === 'details' ? t('Details') : t('Related')}>
        ${
          this.tab === 'details'
            ? this.#details(object, content, context)
            : html`<div class="side">${this.#related(object, context)}</div>`
        }
      </div>`
  }

  #related(object: ObjectScreen, context: ValueContext): unknown {
    const lists = listsBesideCards(object)
    const cards = recordCards({ object, id: this.param('id'), context })
    if (lists.length === 0 && cards.length === 0) {
      return html`<p class="soft">${t('This layout has no related lists.')}</p>`
    }
    return html`${cards}${lists.map(
      (list) =>
        html`<fs-related-card
          ?ambiguous=${lists.some((other) => other !== list && other.label === list.label)}
          .list=${list}
          .parentObject=${object.describe.name}
          .parentId=${this.param('id')}
          .context=${context}
        ></fs-related-card>`,
    )}`
  }

  #details(object: ObjectScreen, content: RecordScreen, context: ValueContext): unknown {
    const { name } = object.describe
    return html`${recordPanel({ object, id: this.param('id'), content, context })}<fs-record-details
        class="card"
        .object=${object}
        .content=${content}
        .context=${context}
        .editPath=${paths.edit(this.appName, name, this.param('id'))}
      ></fs-record-details>`
  }
}
