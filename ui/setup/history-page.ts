/** Plans and history: what was changed, by whom, from where; each entry can be opened and taken back. */
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { metadata } from '../api.ts'
import { chipStyles } from '../base/base-styles.ts'
import { errorText } from '../base/api-error.ts'
import { FsElement } from '../base/element.ts'
import { live } from '../base/live.ts'
import { setPageTitle } from '../base/navigation.ts'
import { t } from '../base/text.ts'
import { Turns } from '../base/turns.ts'
import type { JournalDetail, JournalEntry, Plan } from '../base/wire-metadata.ts'
import '../elements/empty-state/empty-state.ts'
import '../elements/page-header/page-header.ts'
import '../elements/setup-plan-dialog/setup-plan-dialog.ts'
import '../elements/setup-plan/setup-plan.ts'
import '../elements/setup-table/setup-table.ts'
import type { Column } from '../elements/setup-table/setup-table.ts'
import '../elements/skeleton/skeleton.ts'
import { showToast } from '../elements/toast/toast.ts'
import { crumbs } from './crumbs.ts'
import { formatMoment } from './format-moment.ts'
import { setupPath } from './setup-route.ts'
import type { SetupRoute } from './setup-route.ts'
import { setupPageStyles } from './setup-styles.ts'
import { problemNotice } from './problem-notice.ts'

@customElement('fs-setup-history-page')
export class FsSetupHistoryPage extends FsElement {
  static override styles = [setupPageStyles, chipStyles]

  @property({ attribute: false }) route: SetupRoute | undefined
  @state() private entries: readonly JournalEntry[] | undefined
  @state() private detail: JournalDetail | undefined
  @state() private isComplete = false
  @state() private problem = ''
  @state() private makePlan: (() => Promise<Plan>) | undefined
  #stop: (() => void) | undefined
  readonly #turns = new Turns()

  override connectedCallback(): void {
    super.connectedCallback()
    this.#stop = live.onModel(() => void this.#load())
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#stop?.()
  }

  get #number(): number | undefined {
    return this.route?.page === 'history' ? this.route.number : undefined
  }

  protected override willUpdate(changed: Map<string, unknown>): void {
    setPageTitle(this.#title, t('Setup'))
    if (!changed.has('route')) return
    this.detail = undefined
    void this.#load()
  }

  get #title(): string {
    const number = this.#number
    return number === undefined ? t('Plans and history') : t('Change {number}', { number })
  }

  async #load(): Promise<void> {
    const number = this.#number
    const isLatest = this.#turns.next()
    try {
      if (number === undefined) {
        const entries = await metadata.journal()
        if (!isLatest()) return
        this.entries = entries
      } else {
        const detail = await metadata.journalEntry(number)
        if (!isLatest()) return
        this.detail = detail
      }
      this.problem = ''
    } catch (error) {
      if (isLatest()) this.problem = errorText(error)
    }
  }

  async #loadOlder(): Promise<void> {
    const last = this.entries?.at(-1)
    if (last === undefined) return
    const isLatest = this.#turns.next()
    try {
      const older = await metadata.journal(last.number)
      if (!isLatest()) return
      this.entries = [...(this.entries ?? []), ...older]
      this.isComplete = older.length === 0
    } catch (error) {
      this.problem = errorText(error)
    }
  }

  protected override render(): unknown {
    const number = this.#number
    const entry = this.detail
    return html`
      <fs-page-header .heading=${this.#title} .above=${t('Setup')} icon="clock">
        ${
          number === undefined
            ? nothing
            : crumbs([{ label: t('Plans and history'), route: { page: 'history' } }])
        }
        ${entry === undefined ? nothing : this.#actions(entry)}
      </fs-page-header>
      ${this.#content(entry)}
    `
  }

  #content(entry: JournalDetail | undefined): unknown {
    if (this.problem !== '') return problemNotice(this.problem)
    const isList = this.#number === undefined
    if (isList && this.entries !== undefined) return this.#list(this.entries)
    if (!isList && entry !== undefined) return this.#detail(entry)
    return html`<fs-skeleton lines="8"></fs-skeleton>`
  }

  #list(entries: readonly JournalEntry[]): unknown {
    if (entries.length === 0)
      return html`<div class="panel">
        <fs-empty-state
          icon="clock"
          .heading=${t('Nothing was changed yet')}
          .text=${t('Each applied plan is kept here and can be taken back.')}
        ></fs-empty-state>
      </div>`
    return html`
      <div class="panel">
        <fs-setup-table
          .caption=${t('Changes, newest first')}
          .columns=${columns()}
          .rows=${entries}
          .rowKey=${(row: JournalEntry) => row.number}
        ></fs-setup-table>
      </div>
      <div class="button-row">
        <button
          class="button"
          ?hidden=${this.isComplete || (entries.at(-1)?.number ?? 1) === 1}
          @click=${() => void this.#loadOlder()}
        >
          ${t('Show older changes')}
        </button>
      </div>
    `
  }

  #actions(entry: JournalEntry): unknown {
    const canRevert = entry.revertible && entry.revertedBy === null
    return html`<div slot="actions">
      <button
        class="button"
        ?disabled=${!canRevert}
        @click=${() => (this.makePlan = () => metadata.planRevert(entry.number))}
      >
        <fs-icon name="undo"></fs-icon>${t('Revert')}
      </button>
    </div>`
  }

  #detail(entry: JournalDetail): unknown {
    return html`
      <div class="panel">
        <dl class="facts padded">
          ${fact(t('Summary'), entry.summary)} ${fact(t('By'), entry.by.name)}
          ${fact(t('When'), formatMoment(entry.at))} ${fact(t('Source'), sourceLabel(entry.source))}
          ${fact(t('Model version'), String(entry.version))}
          ${
            entry.revertedBy === null
              ? nothing
              : html`<div>
                  <dt>${t('Reverted by')}</dt>
                  <dd>
                    <a href=${setupPath({ page: 'history', number: entry.revertedBy })}
                      >${t('Change {number}', { number: entry.revertedBy })}</a
                    >
                  </dd>
                </div>`
          }
        </dl>
      </div>
      <div class="panel">
        <header><h2>${t('What was changed')}</h2></header>
        <div class="padded"><fs-setup-plan past .plan=${entry}></fs-setup-plan></div>
      </div>
      <fs-setup-plan-dialog
        .load=${this.makePlan}
        .submit=${(plan: Plan) => metadata.revert(entry.number, plan.needsConsent)}
        .heading=${t('Revert change {number}', { number: entry.number })}
        .applyLabel=${t('Revert')}
        @plan-closed=${() => (this.makePlan = undefined)}
        @plan-applied=${() => void this.#reverted(entry)}
      ></fs-setup-plan-dialog>
    `
  }

  async #reverted(entry: JournalEntry): Promise<void> {
    this.makePlan = undefined
    showToast({
      kind: 'success',
      text: t('Change {number} was taken back.', { number: entry.number }),
    })
    await this.#load()
  }
}

function fact(label: string, value: string): unknown {
  return html`<div>
    <dt>${label}</dt>
    <dd>${value === '' ? '—' : value}</dd>
  </div>`
}

/** Sources that are not known here show as the server calls them. */
function sourceLabel(source: string): string {
  const labels = new Map([
    ['setup', t('Setup')],
    ['api', t('API')],
    ['files', t('Files')],
    ['command line', t('Command line')],
    ['boot', t('Start of the server')],
  ])
  return labels.get(source) ?? source
}

function columns(): readonly Column<JournalEntry>[] {
  return [
    {
      key: 'summary',
      label: t('Summary'),
      cell: (row) =>
        html`<a href=${setupPath({ page: 'history', number: row.number })}>${row.summary}</a>`,
    },
    { key: 'number', label: t('No.'), numeric: true, cell: (row) => row.number },
    { key: 'at', label: t('When'), cell: (row) => formatMoment(row.at) },
    { key: 'by', label: t('By'), cell: (row) => row.by.name },
    { key: 'source', label: t('Source'), cell: (row) => sourceLabel(row.source) },
    { key: 'changes', label: t('Components'), numeric: true, cell: (row) => row.changes.length },
    {
      key: 'state',
      label: t('State'),
      cell: (row) =>
        row.revertedBy === null
          ? html`<span class="chip success">${t('Applied')}</span>`
          : html`<span class="chip">${t('Reverted')}</span>`,
    },
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-history-page': FsSetupHistoryPage
  }
}
