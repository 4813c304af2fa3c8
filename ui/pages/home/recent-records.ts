/** What the user looked at last, whatever object it is of. */
import { html } from 'lit'
import type { PropertyValues } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { records } from '../../api.ts'
import { errorText } from '../../base/api-error.ts'
import { findObject } from '../../base/app-context.ts'
import { FsElement } from '../../base/element.ts'
import { paths } from '../../base/navigation.ts'
import { t } from '../../base/text.ts'
import type { AppScreen, WireRecord } from '../../base/wire.ts'
import '../../elements/object-icon/object-icon.ts'
import '../../elements/skeleton/skeleton.ts'
import { homeCardStyles } from './home-card.styles.ts'

const recordsShown = 8

@customElement('fs-recent-records')
export class FsRecentRecords extends FsElement {
  static override styles = homeCardStyles

  @property({ attribute: false }) screen: AppScreen | undefined
  @property() app = 'all'
  @state() private rows: readonly WireRecord[] | undefined
  @state() private problem = ''

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('screen') && this.screen) void this.#load()
  }

  async #load(): Promise<void> {
    try {
      this.rows = await records.recent(recordsShown)
    } catch (error) {
      this.problem = errorText(error)
    }
  }

  protected override render(): unknown {
    return html`<section class="card" aria-labelledby="heading">
      <header><h2 id="heading">${t('Recently viewed')}</h2></header>
      ${this.#body()}
    </section>`
  }

  #body(): unknown {
    if (this.problem !== '') return html`<p class="soft none">${this.problem}</p>`
    if (!this.rows) return html`<fs-skeleton lines="4"></fs-skeleton>`
    const shown = this.rows.flatMap((row) => this.#row(row) ?? [])
    return shown.length === 0
      ? html`<p class="soft none">${t('Records that you open are listed here.')}</p>`
      : html`<ul role="list">
          ${shown}
        </ul>`
  }

  #row(row: WireRecord): unknown {
    const object = findObject(this.screen, row.attributes?.type ?? '')
    if (object === undefined || row.Id === undefined) return undefined
    return html`<li>
      <fs-object-icon object=${object.name}></fs-object-icon>
      <a href=${paths.record(this.app, object.name, row.Id)}
        >${String(row[object.nameField] ?? row.Id)}</a
      >
      <span class="soft small">${object.label}</span>
    </li>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-recent-records': FsRecentRecords
  }
}
