/** A list view of an object: view switch, filters, sort, rows; all of it stands in the address. */
import { html, nothing, type PropertyValues } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { decodeFilters, encodeFilters, rowCondition } from '../../base/filters.ts'
import type { FilterRow } from '../../base/filters.ts'
import { fieldOf } from '../../base/form-state.ts'
import { concerns, live } from '../../base/live.ts'
import { paths, setPageTitle } from '../../base/navigation.ts'
import { objectScreen } from '../../base/object-store.ts'
import { PageElement } from '../../base/page-element.ts'
import { recall, remember } from '../../base/preferences.ts'
import { router } from '../../base/router.ts'
import { parentNameField } from '../../base/soql.ts'
import { t } from '../../base/text.ts'
import { Turns } from '../../base/turns.ts'
import type { FieldInfo, ListView, ModelEvent, ObjectScreen } from '../../base/wire.ts'
import '../../elements/empty-state/empty-state.ts'
import '../../elements/menu/menu.ts'
import type { MenuItem } from '../../elements/menu/menu.ts'
import '../../elements/notice/notice.ts'
import '../../elements/object-icon/object-icon.ts'
import '../../elements/page-header/page-header.ts'
import '../../elements/problem/problem.ts'
import '../../elements/record-list/record-list.ts'
import type { RowsState, SortOrder } from '../../elements/record-list/record-list.ts'
import { importLink, listActions } from './list-actions.ts'
import { listPageStyles } from './list-page.styles.ts'

@customElement('fs-list-page')
export class FsListPage extends PageElement {
  static override styles = listPageStyles

  @state() private object: ObjectScreen | undefined
  @state() private failure: unknown
  @state() private rowsState: RowsState | undefined
  @state() private filtersOpen = false
  @state() private filters: readonly FilterRow[] = []
  @state() private notice = ''
  #stop: (() => void) | undefined
  readonly #turns = new Turns()

  override connectedCallback(): void {
    super.connectedCallback()
    this.#stop = live.onModel((event) => void this.#onModel(event))
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#stop?.()
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('location') && this.location) void this.#load()
  }

  async #load(): Promise<void> {
    const name = this.param('object')
    if (this.object?.describe.name !== name) {
      this.object = undefined
      this.rowsState = undefined
    }
    this.filters = decodeFilters(this.location?.query.get('filter') ?? null)
    const isLatest = this.#turns.next()
    try {
      const object = await objectScreen(name)
      if (!isLatest()) return
      this.object = object
      this.failure = undefined
      this.#settleView(object)
    } catch (error) {
      if (isLatest()) this.failure = error
    }
  }

  // "default" stands for the view used last; the address then names it.
  #settleView(object: ObjectScreen): void {
    const wanted = this.param('view')
    const view = this.#view(object)
    if (wanted !== view.name) {
      void router.navigate(this.#path({ view: view.name }), { replace: true })
      return
    }
    remember(`view.${object.describe.name}`, view.name)
    setPageTitle(view.label, object.describe.labelPlural, this.app?.label ?? '')
  }

  #view(object: ObjectScreen): ListView {
    const wanted = this.param('view')
    const find = (name: string | undefined): ListView | undefined =>
      object.listViews.find((view) => view.name === name)
    const last = recall(`view.${object.describe.name}`)
    return find(wanted) ?? find(last) ?? object.listViews[0] ?? allRecords(object)
  }

  #path(change: {
    readonly view?: string
    readonly filters?: readonly FilterRow[]
    readonly sort?: SortOrder | undefined
  }): string {
    const path = paths.list(this.appName, this.param('object'), change.view ?? this.param('view'))
    const filter = encodeFilters(change.filters ?? (change.view ? [] : this.filters))
    const sort = 'sort' in change ? change.sort : change.view ? undefined : this.#sort()
    const query = new URLSearchParams()
    if (filter !== '') query.set('filter', filter)
    if (sort) query.set('sort', `${sort.field} ${sort.direction}`)
    return query.size === 0 ? path : `${path}?${query}`
  }

  #sort(): SortOrder | undefined {
    const [field, direction] = (this.location?.query.get('sort') ?? '').split(' ')
    if (!field || !this.object || !fieldOf(this.object.describe, field)) return undefined
    return { field, direction: direction === 'desc' ? 'desc' : 'asc' }
  }

  protected override render(): unknown {
    if (this.failure !== undefined) {
      return html`<fs-problem
        .error=${this.failure}
        @retry=${() => void this.#load()}
      ></fs-problem>`
    }
    const object = this.object
    if (!object) {
      return html`<div class="page">
        <fs-page-header></fs-page-header>
        <div class="card body"><fs-skeleton lines="12"></fs-skeleton></div>
      </div>`
    }
    const view = this.#view(object)
    return html`<div class="page">
      ${this.#header(object, view)}
      <fs-notice .text=${this.notice} @dismiss=${() => (this.notice = '')}></fs-notice>
      <div class="card body ${this.filtersOpen ? 'with-filters' : ''}">
        ${this.#list(object, view)}
        ${
          this.filtersOpen
            ? html`<fs-filter-panel
                .fields=${object.describe.fields}
                .rows=${this.filters}
                @filters-change=${(event: CustomEvent<readonly FilterRow[]>) =>
                  this.#filter(event.detail)}
                @close-panel=${() => this.#toggleFilters()}
              ></fs-filter-panel>`
            : nothing
        }
      </div>
    </div>`
  }

  #header(object: ObjectScreen, view: ListView): unknown {
    const items = object.listViews.map((one): MenuItem => ({
      id: one.name,
      label: one.label,
      checked: one.name === view.name,
      path: this.#path({ view: one.name }),
    }))
    return html`<fs-page-header
      .heading=${view.label}
      .above=${object.describe.labelPlural}
      object=${object.describe.name}
    >
      ${
        items.length > 1
          ? html`<fs-menu
              slot="beside"
              label=${t('Switch list view')}
              button-class="icon-button small"
              .items=${items}
              ><fs-icon name="chevron-down"></fs-icon
            ></fs-menu>`
          : nothing
      }
      <p slot="meta" class="meta soft small">${this.#summary(object, view)}</p>
      <div slot="actions">
        <button
          class="icon-button"
          aria-label=${t('Refresh')}
          title=${t('Refresh')}
          @click=${() => void this.renderRoot.querySelector('fs-record-list')?.refresh()}
        >
          <fs-icon name="refresh"></fs-icon>
        </button>
        <button
          class="button"
          aria-pressed=${this.filtersOpen ? 'true' : 'false'}
          @click=${() => this.#toggleFilters()}
        >
          <fs-icon name="funnel"></fs-icon>${this.#filterLabel()}
        </button>
        ${
          object.describe.createable
            ? html`<a
                class="button primary"
                href=${paths.create(this.appName, object.describe.name)}
                ><fs-icon name="plus"></fs-icon>${t('New')}</a
              >`
            : nothing
        }
        ${listActions({
          app: this.appName,
          object,
          view,
          where: this.#where(object, view),
          orderBy: this.#orderBy(object, view),
        })}
      </div>
    </fs-page-header>`
  }

  #filterLabel(): string {
    const count = this.object ? this.#conditions(this.object).length : 0
    return count === 0 ? t('Filter') : t('Filter ({count})', { count })
  }

  #summary(object: ObjectScreen, view: ListView): unknown {
    const rows = this.rowsState
    if (!rows) return html`<span>&nbsp;</span>`
    const count = rows.more
      ? t('{count}+ items', { count: rows.count })
      : t('{count, plural, one {# item} other {# items}}', { count: rows.count })
    const order = this.#orderBy(object, view)[0]
    const label = order ? fieldOf(object.describe, order.field)?.label : undefined
    const time = new Intl.DateTimeFormat(this.format.locale, {
      timeStyle: 'short',
      timeZone: this.format.timeZone,
    }).format(rows.at)
    const parts = [
      count,
      ...(label === undefined ? [] : [t('sorted by {field}', { field: label })]),
      t('updated {time}', { time }),
    ]
    return parts.join(' · ')
  }

  #orderBy(object: ObjectScreen, view: ListView): readonly SortOrder[] {
    const sort = this.#sort()
    if (sort) return [sort]
    const fallback = object.describe.fields.find((field) => field.nameField === true)
    if (view.orderBy.length > 0) return view.orderBy
    return fallback?.sortable === false || !fallback
      ? []
      : [{ field: fallback.name, direction: 'asc' }]
  }

  #list(object: ObjectScreen, view: ListView): unknown {
    const screen = this.screen
    if (!screen) return nothing
    const filtered = this.#conditions(object)
    return html`<fs-record-list
      list-label=${view.label}
      .object=${object}
      .columns=${view.columns}
      .scope=${view.scope}
      .where=${this.#where(object, view)}
      .orderBy=${this.#orderBy(object, view)}
      .context=${{ screen, app: this.appName, format: this.format }}
      @rows-change=${(event: CustomEvent<RowsState>) => (this.rowsState = event.detail)}
      @sort-change=${(event: CustomEvent<SortOrder | undefined>) =>
        void router.navigate(this.#path({ sort: event.detail }), { replace: true })}
      >${this.#empty(object, view, filtered.length > 0)}</fs-record-list
    >`
  }

  #where(object: ObjectScreen, view: ListView): readonly string[] {
    return [view.where ?? '', ...this.#conditions(object)].filter((part) => part !== '')
  }

  #conditions(object: ObjectScreen): readonly string[] {
    const settings = {
      userId: this.screen?.user.id ?? '',
      locale: this.format.locale,
      parentName: (field: FieldInfo) => `${field.relationshipName}.${parentNameField(field)}`,
    }
    return this.filters.flatMap((row) => {
      const field = fieldOf(object.describe, row.field)
      return field ? (rowCondition(row, field, settings) ?? []) : []
    })
  }

  #empty(object: ObjectScreen, view: ListView, filtered: boolean): unknown {
    if (filtered) {
      return html`<fs-empty-state
        icon="funnel"
        heading=${t('The filter hides everything')}
        text=${t('No record of this view matches the filter.')}
        ><button class="button" @click=${() => this.#filter([])}>
          ${t('Clear the filter')}
        </button></fs-empty-state
      >`
    }
    if (view.where !== null || view.scope !== null) {
      return html`<fs-empty-state
        icon="check-circle"
        heading=${t('Nothing in this view')}
        text=${t('No record meets the conditions of “{view}” at the moment.', { view: view.label })}
      ></fs-empty-state>`
    }
    return html`<fs-empty-state
      icon="document"
      heading=${t('No records yet')}
      text=${t('What you create or may see will be listed here.')}
      >${
        object.describe.createable
          ? html`<a class="button primary" href=${paths.create(this.appName, object.describe.name)}
              >${t('Create the first one')}</a
            >`
          : nothing
      }${importLink(this.appName, object)}</fs-empty-state
    >`
  }

  #filter(filters: readonly FilterRow[]): void {
    void router.navigate(this.#path({ filters }), { replace: true })
  }

  #toggleFilters(): void {
    this.filtersOpen = !this.filtersOpen
    if (this.filtersOpen) void this.#focusFilters()
  }

  async #focusFilters(): Promise<void> {
    await import('../../elements/filter-panel/filter-panel.ts')
    await this.updateComplete
    const panel = this.renderRoot.querySelector('fs-filter-panel')
    await panel?.updateComplete
    panel?.focus()
  }

  /** The model changed: columns and views follow, the rows stay where they are. */
  async #onModel(event: ModelEvent): Promise<void> {
    if (!this.object || !concerns(event, this.param('object'))) return
    const before = this.object
    const after = await objectScreen(this.param('object'))
    if (this.object !== before) return
    this.object = after
    const view = this.#view(after)
    const columns = new Set(this.#view(before).columns)
    if (view.columns.some((column) => !columns.has(column))) {
      this.notice = t('This view was changed by an administrator.')
    }
  }
}

/** The view of an object that declares none. */
function allRecords(object: ObjectScreen): ListView {
  const compact = object.compactLayout.length > 0 ? object.compactLayout : ['Name']
  const label = t('All {objects}', { objects: object.describe.labelPlural })
  return { name: 'All', label, columns: compact, where: null, scope: null, orderBy: [] }
}
