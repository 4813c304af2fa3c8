/** The start page of an app: the user's own tasks, what was looked at last, and the latest records of its first objects. */
import { html, nothing } from 'lit'
import type { PropertyValues } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { records } from '../../api.ts'
import { findObject } from '../../base/app-context.ts'
import { formatDateTime, type FormatContext } from '../../base/formats.ts'
import { paths, setPageTitle } from '../../base/navigation.ts'
import { PageElement } from '../../base/page-element.ts'
import { recordName } from '../../base/record-names.ts'
import { objectScreen } from '../../base/object-store.ts'
import { secondLine, secondText } from '../../base/second-line.ts'
import { columnPaths, listQuery, nameFieldOf } from '../../base/soql.ts'
import { t } from '../../base/text.ts'
import type { AppInfo, ObjectSummary, WireRecord } from '../../base/wire.ts'
import '../../elements/object-icon/object-icon.ts'
import '../../elements/icon/icon.ts'
import '../../elements/page-header/page-header.ts'
import '../../elements/process-launcher/process-launcher.ts'
import '../../elements/quick-actions/quick-actions.ts'
import '../../elements/skeleton/skeleton.ts'
import { homeCardStyles } from './home-card.styles.ts'
import { homePageStyles } from './home-page.styles.ts'
import './my-approvals.ts'
import './my-tasks.ts'
import './recent-records.ts'

interface Recent {
  readonly object: ObjectSummary
  readonly rows: readonly {
    readonly id: string
    readonly name: string
    readonly second: string
    readonly at: string
  }[]
}

const rowsPerObject = 5
const objectsShown = 6

@customElement('fs-home-page')
export class FsHomePage extends PageElement {
  static override styles = [homePageStyles, homeCardStyles]

  @state() private recent: readonly Recent[] | undefined
  #loadedFor = ''

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('location') && !changed.has('screen')) return
    const app = this.app
    if (!app || this.#loadedFor === app.name) return
    this.#loadedFor = app.name
    setPageTitle(t('Home'), app.label)
    void this.#load(app)
  }

  async #load(app: AppInfo): Promise<void> {
    this.recent = undefined
    const objects = app.tabs.flatMap(
      (tab) => this.screen?.objects.find((object) => object.name === tab) ?? [],
    )
    const found = await Promise.allSettled(
      objects.slice(0, objectsShown).map((object) => latest(object, this.format)),
    )
    if (this.#loadedFor !== app.name) return
    // An object whose records cannot be listed has no card; its tab still says why.
    this.recent = found.flatMap((result) => (result.status === 'fulfilled' ? result.value : []))
  }

  protected override render(): unknown {
    const user = this.screen?.user
    return html`<div class="page">
      <fs-page-header
        .heading=${user ? t('Good to see you, {name}', { name: user.name }) : ''}
        .above=${this.app?.label ?? ''}
        >${this.#quickActions()}</fs-page-header
      >
      <div class="work">
        <div class="main">
          <fs-my-approvals
            .screen=${this.screen}
            .format=${this.format}
            app=${this.appName}
          ></fs-my-approvals>
          ${
            findObject(this.screen, 'Task') === undefined
              ? nothing
              : html`<fs-my-tasks
                  .screen=${this.screen}
                  .format=${this.format}
                  app=${this.appName}
                ></fs-my-tasks>`
          }
          <div class="cards">
            ${
              this.recent
                ? this.recent.map((one) => this.#card(one))
                : [1, 2, 3].map(
                    () => html`<div class="card"><fs-skeleton lines="5"></fs-skeleton></div>`,
                  )
            }
          </div>
        </div>
        <div class="beside">
          <fs-recent-records .screen=${this.screen} app=${this.appName}></fs-recent-records>
          <fs-process-launcher .format=${this.format}></fs-process-launcher>
        </div>
      </div>
    </div>`
  }

  #quickActions(): unknown {
    const { screen, appName: app, format } = this
    if (!screen) return nothing
    return html`<fs-quick-actions
      slot="actions"
      .actions=${screen.quickActions}
      .place=${{ screen, app, format }}
      @action-done=${() => this.app && void this.#load(this.app)}
    ></fs-quick-actions>`
  }

  #card(recent: Recent): unknown {
    const { object, rows } = recent
    return html`<section class="card">
      <header>
        <h2 class="of-object">
          <fs-object-icon object=${object.name}></fs-object-icon>
          <a href=${paths.list(this.appName, object.name)}>${object.labelPlural}</a>
        </h2>
        ${
          object.createable
            ? html`<a
                class="icon-button small"
                href=${paths.create(this.appName, object.name)}
                aria-label=${t('New {object}', { object: object.label })}
                title=${t('New {object}', { object: object.label })}
                ><fs-icon name="plus"></fs-icon
              ></a>`
            : nothing
        }
      </header>
      ${
        rows.length === 0
          ? html`<p class="soft none">${t('No records yet.')}</p>`
          : html`<ul role="list">
              ${rows.map(
                (row) =>
                  html`<li>
                    <span class="what">
                      <a href=${paths.record(this.appName, object.name, row.id)}>${row.name}</a>
                      <span class="second soft small">${row.second}</span>
                    </span>
                    <span class="soft small"
                      >${row.at === '' ? '' : formatDateTime(row.at, this.format)}</span
                    >
                  </li>`,
              )}
            </ul>`
      }
    </section>`
  }
}

async function latest(object: ObjectSummary, format: FormatContext): Promise<Recent> {
  const screen = await objectScreen(object.name)
  const name = nameFieldOf(object.name)
  const second = secondLine(screen)
  const soql = listQuery({
    object: object.name,
    fields: [name, ...second.flatMap(columnPaths), 'LastModifiedDate'],
    where: [],
    orderBy: [{ field: 'LastModifiedDate', direction: 'desc' }],
    limit: rowsPerObject,
    offset: 0,
  })
  const answer = await records.query(soql)
  const rows = answer.records.map((record: WireRecord) => ({
    id: record.Id ?? '',
    name: recordName(screen.describe, record),
    second: secondText(second, record, format),
    at: String(record['LastModifiedDate'] ?? ''),
  }))
  return { object, rows }
}
