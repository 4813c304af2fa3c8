/** The audit trail of Setup: who changed what, when and by which way; filtered, and taken along as CSV. */
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { exportAddress, records } from '../api.ts'
import { errorText } from '../base/api-error.ts'
import { FsElement } from '../base/element.ts'
import { setPageTitle } from '../base/navigation.ts'
import { parentOf } from '../base/record-names.ts'
import { likeLiteral } from '../base/soql.ts'
import { t } from '../base/text.ts'
import type { FieldInfo, WireRecord } from '../base/wire.ts'
import '../elements/empty-state/empty-state.ts'
import '../elements/page-header/page-header.ts'
import '../elements/setup-table/setup-table.ts'
import type { Column } from '../elements/setup-table/setup-table.ts'
import '../elements/skeleton/skeleton.ts'
import { textControl } from './form-controls.ts'
import { formatMoment } from './format-moment.ts'
import { formStyles } from './form-styles.ts'
import type { SetupRoute } from './setup-route.ts'
import { setupPageStyles } from './setup-styles.ts'
import { problemNotice } from './problem-notice.ts'

const rowsShown = 200
const typingPauseMs = 250

@customElement('fs-setup-audit-page')
export class FsSetupAuditPage extends FsElement {
  static override styles = [formStyles, setupPageStyles]

  @property({ attribute: false }) route: SetupRoute | undefined
  @state() private words = ''
  @state() private rows: readonly WireRecord[] | undefined
  @state() private problem = ''
  #pause: ReturnType<typeof setTimeout> | undefined

  override connectedCallback(): void {
    super.connectedCallback()
    setPageTitle(t('Audit trail'), t('Setup'))
    void this.#load(this.words)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearTimeout(this.#pause)
  }

  async #load(words: string): Promise<void> {
    try {
      const { records: rows } = await records.query(`${query(words)} LIMIT ${rowsShown}`)
      // An answer to what was typed before must not replace a later one.
      if (words !== this.words) return
      this.rows = rows
      this.problem = ''
    } catch (error) {
      if (words === this.words) this.problem = errorText(error)
    }
  }

  #type(words: string): void {
    this.words = words
    clearTimeout(this.#pause)
    this.#pause = setTimeout(() => void this.#load(words), typingPauseMs)
  }

  protected override render(): unknown {
    return html`
      <fs-page-header .heading=${t('Audit trail')} .above=${t('Setup')} icon="clock">
        <div slot="actions">
          <a class="button" href=${exportAddress(query(this.words), t('Audit trail'))} download
            >${t('Export')}</a
          >
        </div>
      </fs-page-header>
      <div class="fields single">
        ${textControl({
          name: 'find',
          label: t('Find entries'),
          hint: t('Any part of what was done, or of where in Setup.'),
          value: this.words,
          onInput: (words) => this.#type(words),
        })}
      </div>
      ${this.#content()}
    `
  }

  #content(): unknown {
    if (this.problem !== '') return problemNotice(this.problem)
    if (this.rows === undefined) return html`<fs-skeleton lines="8"></fs-skeleton>`
    return html`<div class="panel" aria-live="polite">
        ${
          this.rows.length === 0
            ? html`<fs-empty-state icon="clock" .heading=${t('No entry fits')}></fs-empty-state>`
            : html`<fs-setup-table
                .caption=${t('Audit trail')}
                .columns=${columns()}
                .rows=${this.rows}
                .rowKey=${(row: WireRecord) => row.Id}
              ></fs-setup-table>`
        }
      </div>
      ${
        this.rows.length === rowsShown
          ? html`<p class="soft">${t('The latest {count} are shown.', { count: rowsShown })}</p>`
          : nothing
      }`
  }
}

function query(words: string): string {
  const some = likeLiteral(words.trim(), 'anywhere')
  const where = words.trim() === '' ? '' : ` WHERE Display LIKE ${some} OR Section LIKE ${some}`
  return `SELECT Id, CreatedDate, CreatedBy.Name, Section, Action, Display, CreatedByContext FROM SetupAuditTrail${where} ORDER BY CreatedDate DESC, Id DESC`
}

const createdBy = { name: 'CreatedById', relationshipName: 'CreatedBy' }

function columns(): readonly Column<WireRecord>[] {
  return [
    { key: 'at', label: t('When'), cell: (row) => formatMoment(String(row['CreatedDate'])) },
    {
      key: 'by',
      label: t('Who'),
      cell: (row) =>
        parentOf(createdBy as FieldInfo, { ...row, CreatedById: ' ' } as WireRecord)?.name ?? '',
    },
    { key: 'section', label: t('Section'), cell: (row) => String(row['Section']) },
    { key: 'what', label: t('What'), cell: (row) => String(row['Display']) },
    { key: 'way', label: t('By way of'), cell: (row) => String(row['CreatedByContext']) },
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-audit-page': FsSetupAuditPage
  }
}
