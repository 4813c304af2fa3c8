/** A related list as a page of its own: the way back to the parent, then all rows. */
import { html, nothing } from 'lit'
import type { PropertyValues } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { screens } from '../../api.ts'
import { paths, setPageTitle } from '../../base/navigation.ts'
import { objectScreen } from '../../base/object-store.ts'
import { PageElement } from '../../base/page-element.ts'
import { nameFieldInfo, recordName } from '../../base/record-names.ts'
import { textLiteral } from '../../base/soql.ts'
import { t } from '../../base/text.ts'
import { Turns } from '../../base/turns.ts'
import type { ObjectScreen, RelatedList } from '../../base/wire.ts'
import '../../elements/empty-state/empty-state.ts'
import '../../elements/object-icon/object-icon.ts'
import '../../elements/page-header/page-header.ts'
import '../../elements/problem/problem.ts'
import '../../elements/record-list/record-list.ts'
import type { RowsState, SortOrder } from '../../elements/record-list/record-list.ts'
import { listPageStyles } from '../list/list-page.styles.ts'

interface Content {
  readonly parentName: string
  readonly parent: ObjectScreen
  readonly child: ObjectScreen
  readonly list: RelatedList
}

@customElement('fs-related-page')
export class FsRelatedPage extends PageElement {
  static override styles = listPageStyles

  @state() private content: Content | undefined
  @state() private failure: unknown
  @state() private sort: SortOrder | undefined
  @state() private rowsState: RowsState | undefined
  readonly #turns = new Turns()

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('location') && this.location) void this.#load()
  }

  async #load(): Promise<void> {
    const isLatest = this.#turns.next()
    try {
      const [parent, record] = await Promise.all([
        objectScreen(this.param('object')),
        screens.record(this.param('id')),
      ])
      const list = findList(parent, this.param('relationship'))
      const child = await objectScreen(list.object)
      if (!isLatest()) return
      const parentName = recordName(parent.describe, record.record)
      this.content = { parent, child, list, parentName }
      this.failure = undefined
      setPageTitle(list.label, parentName, this.app?.label ?? '')
    } catch (error) {
      if (isLatest()) this.failure = error
    }
  }

  protected override render(): unknown {
    if (this.failure !== undefined) {
      return html`<fs-problem
        .error=${this.failure}
        @retry=${() => void this.#load()}
      ></fs-problem>`
    }
    const { content, screen } = this
    if (!content || !screen) {
      return html`<div class="page"><fs-page-header></fs-page-header></div>`
    }
    const { list, child } = content
    const orderBy = this.sort ?? { field: 'CreatedDate', direction: 'desc' as const }
    return html`<div class="page">
      ${this.#header(content)}
      <div class="card body">
        <fs-record-list
          list-label=${list.label}
          .object=${child}
          .columns=${columnsOf(list, child)}
          .where=${[`${list.field} = ${textLiteral(this.param('id'))}`]}
          .orderBy=${[orderBy]}
          .context=${{ screen, app: this.appName, format: this.format }}
          @rows-change=${(event: CustomEvent<RowsState>) => (this.rowsState = event.detail)}
          @sort-change=${(event: CustomEvent<SortOrder | undefined>) => (this.sort = event.detail)}
          ><fs-empty-state
            icon="document"
            heading=${t('No {objects} yet', { objects: child.describe.labelPlural })}
            text=${t('New ones will be listed here.')}
          ></fs-empty-state
        ></fs-record-list>
      </div>
    </div>`
  }

  #header(content: Content): unknown {
    const { list, child, parent, parentName } = content
    const parentPath = paths.record(this.appName, parent.describe.name, this.param('id'))
    const rows = this.rowsState
    return html`<fs-page-header .heading=${list.label} object=${child.describe.name}>
      <nav slot="above" aria-label=${t('Breadcrumb')}>
        <a href=${paths.list(this.appName, parent.describe.name)}>${parent.describe.labelPlural}</a>
        <span aria-hidden="true">›</span> <a href=${parentPath}>${parentName}</a>
      </nav>
      ${
        rows
          ? html`<p slot="meta" class="meta soft small">
              ${
                rows.more
                  ? t('{count}+ items', { count: rows.count })
                  : t('{count, plural, one {# item} other {# items}}', { count: rows.count })
              }
            </p>`
          : nothing
      }
      <div slot="actions">
        ${
          child.describe.createable
            ? html`<a
                class="button primary"
                href=${paths.create(this.appName, child.describe.name, {
                  [list.field]: this.param('id'),
                })}
                ><fs-icon name="plus"></fs-icon>${t('New')}</a
              >`
            : nothing
        }
      </div>
    </fs-page-header>`
  }
}

function findList(parent: ObjectScreen, relationship: string): RelatedList {
  const onLayout = parent.layout.relatedLists.find((list) => list.relationshipName === relationship)
  if (onLayout) return onLayout
  const known = parent.describe.childRelationships?.find(
    (child) => child.relationshipName === relationship,
  )
  if (!known) throw new Error(t('There is no related list of this name.'))
  return {
    object: known.childSObject,
    field: known.field,
    relationshipName: relationship,
    label: relationship,
    columns: [],
  }
}

// The list's own columns, the name first; an undeclared list shows what identifies a record.
function columnsOf(list: RelatedList, child: ObjectScreen): readonly string[] {
  const columns = list.columns.length > 0 ? list.columns : child.compactLayout
  const name = nameFieldInfo(child.describe)?.name
  return name === undefined || columns.includes(name) ? columns : [name, ...columns]
}
