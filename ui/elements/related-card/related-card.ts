/** A related list on a record page: its first rows as a small table, a count, New and View all. */
import { html, nothing } from 'lit'
import type { PropertyValues } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { records } from '../../api.ts'
import { errorText } from '../../base/api-error.ts'
import { FsElement } from '../../base/element.ts'
import { isFigure } from '../../base/formats.ts'
import { fieldOf } from '../../base/form-state.ts'
import { concerns, live } from '../../base/live.ts'
import { paths } from '../../base/navigation.ts'
import { objectScreen } from '../../base/object-store.ts'
import { nameFieldInfo, recordName } from '../../base/record-names.ts'
import { columnPaths, listQuery, textLiteral } from '../../base/soql.ts'
import { t } from '../../base/text.ts'
import { Turns } from '../../base/turns.ts'
import type { FieldInfo, ObjectScreen, RelatedList, WireRecord } from '../../base/wire.ts'
import { plainValue, renderValue } from '../field-value/render-value.ts'
import type { ValueContext } from '../field-value/render-value.ts'
import { renderRowMenu } from '../record-list/row-menu.ts'
import '../object-icon/object-icon.ts'
import '../skeleton/skeleton.ts'
import { relatedCardStyles } from './related-card.styles.ts'

const rowsShown = 6

@customElement('fs-related-card')
export class FsRelatedCard extends FsElement {
  static override styles = relatedCardStyles

  @property({ attribute: false }) list: RelatedList | undefined
  @property({ attribute: false }) parentObject = ''
  @property({ attribute: false }) parentId = ''
  @property({ attribute: false }) context: ValueContext | undefined
  /** Another list of the page has the same label: the lookup's label tells them apart. */
  @property({ type: Boolean }) ambiguous = false
  /** Has no records; on paper it is left out. */
  @property({ type: Boolean, reflect: true }) empty = false
  @state() private object: ObjectScreen | undefined
  @state() private rows: readonly WireRecord[] | undefined
  @state() private problem = ''
  #stop: (() => void)[] = []
  readonly #turns = new Turns()

  override connectedCallback(): void {
    super.connectedCallback()
    this.#stop = [
      live.onRecord((event) => {
        if (event.object === this.list?.object) void this.refresh()
      }),
      live.onModel((event) => {
        if (this.list && concerns(event, this.list.object)) void this.refresh()
      }),
    ]
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    for (const stop of this.#stop) stop()
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('list') || changed.has('parentId')) void this.refresh()
  }

  async refresh(): Promise<void> {
    const { list, parentId } = this
    if (!list || parentId === '') return
    const isLatest = this.#turns.next()
    try {
      const object = await objectScreen(list.object)
      const soql = listQuery({
        object: list.object,
        fields: [
          nameFieldInfo(object.describe)?.name ?? 'Id',
          ...columnFields(list, object).flatMap(columnPaths),
        ],
        where: [`${list.field} = ${textLiteral(parentId)}`],
        orderBy: [{ field: 'CreatedDate', direction: 'desc' }],
        limit: rowsShown + 1,
        offset: 0,
      })
      const answer = await records.query(soql)
      if (!isLatest()) return
      this.object = object
      this.rows = answer.records
      this.empty = answer.records.length === 0
      this.problem = ''
    } catch (error) {
      if (isLatest()) this.problem = errorText(error)
    }
  }

  protected override render(): unknown {
    const list = this.list
    if (!list) return nothing
    return html`<div class="card">
      <header>
        <h2 class="of-object">
          <fs-object-icon object=${list.object}></fs-object-icon>
          <a href=${this.#allPath(list)}>${this.#label(list)}</a>
          ${this.rows ? html`<span class="count">${this.#count(this.rows)}</span>` : nothing}
        </h2>
        ${
          this.object?.describe.createable
            ? html`<a
                class="button small"
                href=${paths.create(this.#app, list.object, { [list.field]: this.parentId })}
                aria-label=${t('New {object}', { object: this.object.describe.label })}
                >${t('New')}</a
              >`
            : nothing
        }
      </header>
      ${this.#content(list)}
    </div>`
  }

  #label(list: RelatedList): string {
    const field = this.object ? fieldOf(this.object.describe, list.field) : undefined
    if (!this.ambiguous || !field) return list.label
    return t('{list} ({field})', { list: list.label, field: field.label })
  }

  #count(rows: readonly WireRecord[]): string {
    return rows.length > rowsShown ? `(${rowsShown}+)` : `(${rows.length})`
  }

  get #app(): string {
    return this.context?.app ?? 'all'
  }

  #allPath(list: RelatedList): string {
    const parent = paths.record(this.#app, this.parentObject, this.parentId)
    return paths.related(parent, list.relationshipName)
  }

  #content(list: RelatedList): unknown {
    if (this.problem !== '') return html`<p class="none" role="alert">${this.problem}</p>`
    const { rows, object } = this
    if (!rows || !object) return html`<fs-skeleton lines="3"></fs-skeleton>`
    // The count in the heading says it; many empty lists must not push the full ones away.
    if (rows.length === 0) return nothing
    const fields = columnFields(list, object)
    return html`<table class="table">
        <thead>
          <tr>
            ${fields.map(
              (field) =>
                html`<th scope="col" class=${isFigure(field) ? 'number' : ''}>${field.label}</th>`,
            )}
            <th class="menu"><span class="visually-hidden">${t('Actions')}</span></th>
          </tr>
        </thead>
        <tbody>
          ${rows.slice(0, rowsShown).map((row) => this.#row(row, fields, object))}
        </tbody>
      </table>
      ${
        rows.length > rowsShown
          ? html`<footer><a href=${this.#allPath(list)}>${t('View all')}</a></footer>`
          : nothing
      }`
  }

  #row(row: WireRecord, fields: readonly FieldInfo[], object: ObjectScreen): unknown {
    const context = this.context
    if (!context) return nothing
    const name = recordName(object.describe, row)
    const path = paths.record(context.app, object.describe.name, row.Id ?? '')
    // Where the layout has no name column, the first column is the way to the record.
    const linked = fields.find((field) => field.nameField === true) ?? fields[0]
    return html`<tr>
      ${fields.map(
        (field) =>
          html`<td class=${isFigure(field) ? 'number' : ''} data-label=${field.label}>
            ${
              field === linked
                ? html`<a href=${path}
                    >${linked.nameField ? name : plainValue(field, row, context)}</a
                  >`
                : renderValue(field, row, { ...context, dense: true })
            }
          </td>`,
      )}
      <td class="menu">${this.#menu(row, object)}</td>
    </tr>`
  }

  #menu(row: WireRecord, object: ObjectScreen): unknown {
    const changed = (): void => void this.refresh()
    return renderRowMenu({ describe: object.describe, row, app: this.#app, changed })
  }
}

const columnsMax = 4

function columnFields(list: RelatedList, object: ObjectScreen): readonly FieldInfo[] {
  return list.columns
    .filter((name) => name !== list.field)
    .flatMap((name) => fieldOf(object.describe, name) ?? [])
    .slice(0, columnsMax)
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-related-card': FsRelatedCard
  }
}
