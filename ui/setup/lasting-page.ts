/** Records that last: legal holds, what retention is about to do, and who looked at confidential records. */
import { css, html } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { records } from '../api.ts'
import { errorText } from '../base/api-error.ts'
import { chipStyles } from '../base/base-styles.ts'
import { FsElement } from '../base/element.ts'
import { setPageTitle } from '../base/navigation.ts'
import { parentOf } from '../base/record-names.ts'
import { t } from '../base/text.ts'
import type { FieldInfo, WireRecord } from '../base/wire.ts'
import { confirm } from '../elements/dialog/confirm.ts'
import '../elements/page-header/page-header.ts'
import '../elements/setup-table/setup-table.ts'
import type { Column } from '../elements/setup-table/setup-table.ts'
import { showToast } from '../elements/toast/toast.ts'
import { lasting, type LegalHold, type RetentionRuleInfo } from '../security-api.ts'
import { textControl } from './form-controls.ts'
import { formStyles } from './form-styles.ts'
import { formatMoment } from './format-moment.ts'
import { setupPath, type SetupRoute } from './setup-route.ts'
import { setupPageStyles } from './setup-styles.ts'
import { problemNotice } from './problem-notice.ts'

const viewsShown = 100

@customElement('fs-setup-lasting-page')
export class FsSetupLastingPage extends FsElement {
  static override styles = [
    formStyles,
    chipStyles,
    setupPageStyles,
    css`
      form {
        display: grid;
        gap: var(--fs-space-4);
      }
    `,
  ]

  @property({ attribute: false }) route: SetupRoute | undefined
  @state() private holds: readonly LegalHold[] = []
  @state() private rules: readonly RetentionRuleInfo[] = []
  @state() private views: readonly WireRecord[] = []
  @state() private recordId = ''
  @state() private reason = ''
  @state() private problem = ''

  override connectedCallback(): void {
    super.connectedCallback()
    setPageTitle(t('Retention and holds'), t('Setup'))
    void this.#load()
  }

  async #load(): Promise<void> {
    try {
      const soql = `SELECT Id, ViewedDate, User.Name, ObjectName, RecordId, ViewedBy FROM RecordViewLog ORDER BY ViewedDate DESC, Id DESC LIMIT ${viewsShown}`
      const [holds, rules, views] = await Promise.all([
        lasting.holds(),
        lasting.rules(),
        records.query(soql),
      ])
      this.holds = holds
      this.rules = rules
      this.views = views.records
      this.problem = ''
    } catch (error) {
      this.problem = errorText(error)
    }
  }

  async #do(work: () => Promise<void>, done: string): Promise<void> {
    try {
      await work()
      showToast({ kind: 'success', text: done })
      this.recordId = ''
      this.reason = ''
    } catch (error) {
      showToast({ kind: 'error', text: errorText(error) })
    }
    await this.#load()
  }

  protected override render(): unknown {
    return html`
      <fs-page-header .heading=${t('Retention and holds')} .above=${t('Setup')} icon="clock">
      </fs-page-header>
      ${problemNotice(this.problem)} ${this.#holds()} ${this.#rules()} ${this.#views()}
    `
  }

  #holds(): unknown {
    return html`<section class="panel" aria-labelledby="holds">
      <header><h2 id="holds">${t('Legal holds')}</h2></header>
      <form class="padded" @submit=${(event: SubmitEvent) => void this.#place(event)}>
        <div class="fields">
          ${textControl({
            name: 'record',
            label: t('Record ID'),
            value: this.recordId,
            mono: true,
            required: true,
            onInput: (value) => (this.recordId = value),
          })}
          ${textControl({
            name: 'reason',
            label: t('Reason'),
            hint: t('Nobody deletes the record until every hold on it is lifted.'),
            value: this.reason,
            required: true,
            onInput: (value) => (this.reason = value),
          })}
        </div>
        <div class="button-row">
          <button class="button primary">${t('Place a hold')}</button>
        </div>
      </form>
      ${
        this.holds.length === 0
          ? html`<p class="padded soft">${t('No record is on hold.')}</p>`
          : html`<fs-setup-table
              .caption=${t('Legal holds')}
              .columns=${this.#holdColumns()}
              .rows=${this.holds}
              .rowKey=${(row: LegalHold) => row.id}
            ></fs-setup-table>`
      }
    </section>`
  }

  async #place(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    await this.#do(
      () => lasting.place(this.recordId.trim(), this.reason),
      t('The record is on hold.'),
    )
  }

  #holdColumns(): readonly Column<LegalHold>[] {
    return [
      {
        key: 'object',
        label: t('Object'),
        sortValue: (row) => row.object,
        cell: (row) => row.object,
      },
      {
        key: 'record',
        label: t('Record ID'),
        cell: (row) => html`<span class="mono">${row.recordId}</span>`,
      },
      { key: 'reason', label: t('Reason'), cell: (row) => row.reason },
      {
        key: 'since',
        label: t('Since'),
        sortValue: (row) => row.placedAt,
        cell: (row) => formatMoment(row.placedAt),
      },
      {
        key: 'lift',
        label: t('Lift'),
        labelHidden: true,
        cell: (row) =>
          html`<button
            class="button"
            aria-label=${t('Lift the hold on {id}', { id: row.recordId })}
            @click=${() => void this.#lift(row)}
          >
            ${t('Lift')}
          </button>`,
      },
    ]
  }

  async #lift({ id, recordId }: LegalHold): Promise<void> {
    const isMeant = await confirm({
      heading: t('Lift the hold on {id}?', { id: recordId }),
      text: t('Without another hold the record can be deleted again.'),
      confirmLabel: t('Lift'),
      danger: true,
    })
    if (isMeant) await this.#do(() => lasting.lift(id), t('The hold is lifted.'))
  }

  #rules(): unknown {
    return html`<section class="panel" aria-labelledby="rules">
      <header><h2 id="rules">${t('Retention rules')}</h2></header>
      ${
        this.rules.length === 0
          ? html`<p class="padded soft">
              ${t('There are no rules. They are written as retentionRules of an object.')}
            </p>`
          : html`<fs-setup-table
              .caption=${t('Retention rules')}
              .columns=${ruleColumns()}
              .rows=${this.rules}
              .rowKey=${(row: RetentionRuleInfo) => `${row.object}.${row.rule}`}
            ></fs-setup-table>`
      }
    </section>`
  }

  #views(): unknown {
    return html`<section class="panel" aria-labelledby="views">
      <header><h2 id="views">${t('Views of confidential records')}</h2></header>
      ${
        this.views.length === 0
          ? html`<p class="padded soft">
              ${t('None. Views are written down for objects that say logViews.')}
            </p>`
          : html`<fs-setup-table
              .caption=${t('Views of confidential records')}
              .columns=${viewColumns()}
              .rows=${this.views}
              .rowKey=${(row: WireRecord) => row.Id}
            ></fs-setup-table>`
      }
    </section>`
  }
}

function ruleColumns(): readonly Column<RetentionRuleInfo>[] {
  return [
    {
      key: 'rule',
      label: t('Rule'),
      cell: (row) =>
        html`<a href=${setupPath({ page: 'object', object: row.object, tab: 'json' })}
          >${row.object}.${row.rule}</a
        >`,
    },
    {
      key: 'action',
      label: t('What it does'),
      cell: (row) =>
        row.action === 'Delete'
          ? t('Deletes after {count} days', { count: row.ageInDays })
          : t('Makes anonymous after {count} days', { count: row.ageInDays }),
    },
    {
      key: 'active',
      label: t('Status'),
      cell: (row) =>
        row.active
          ? html`<span class="chip success">${t('Active')}</span>`
          : html`<span class="chip">${t('Inactive')}</span>`,
    },
    {
      key: 'due',
      label: t('Records that are due'),
      numeric: true,
      cell: (row) =>
        row.problem === undefined ? row.due : html`<span class="error">${row.problem}</span>`,
    },
  ]
}

const viewer = { name: 'UserId', relationshipName: 'User' }

function viewColumns(): readonly Column<WireRecord>[] {
  return [
    { key: 'at', label: t('When'), cell: (row) => formatMoment(String(row['ViewedDate'])) },
    {
      key: 'by',
      label: t('Who'),
      cell: (row) =>
        parentOf(viewer as FieldInfo, { ...row, UserId: ' ' } as WireRecord)?.name ?? '',
    },
    { key: 'object', label: t('Object'), cell: (row) => String(row['ObjectName']) },
    {
      key: 'record',
      label: t('Record ID'),
      cell: (row) => html`<span class="mono">${String(row['RecordId'])}</span>`,
    },
    { key: 'way', label: t('By way of'), cell: (row) => String(row['ViewedBy']) },
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-lasting-page': FsSetupLastingPage
  }
}
