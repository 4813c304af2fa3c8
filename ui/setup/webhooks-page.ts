/** Webhooks: what each has sent, what waits, what was given up; a call can be made once more. */
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { metadata } from '../api.ts'
import { errorText } from '../base/api-error.ts'
import { FsElement } from '../base/element.ts'
import { setPageTitle } from '../base/navigation.ts'
import { t } from '../base/text.ts'
import type { DeliveryState, WebhookDelivery, WebhookSummary } from '../base/wire-metadata.ts'
import '../elements/empty-state/empty-state.ts'
import '../elements/icon/icon.ts'
import '../elements/page-header/page-header.ts'
import '../elements/setup-table/setup-table.ts'
import type { Column } from '../elements/setup-table/setup-table.ts'
import '../elements/skeleton/skeleton.ts'
import { showToast } from '../elements/toast/toast.ts'
import { breakable } from './breakable.ts'
import { formStyles } from './form-styles.ts'
import { formatMoment } from './format-moment.ts'
import { setupPath, type SetupRoute } from './setup-route.ts'
import { setupPageStyles } from './setup-styles.ts'
import { problemNotice } from './problem-notice.ts'

@customElement('fs-setup-webhooks-page')
export class FsSetupWebhooksPage extends FsElement {
  static override styles = [formStyles, setupPageStyles]

  @property({ attribute: false }) route: SetupRoute | undefined
  @state() private webhooks: readonly WebhookSummary[] | undefined
  @state() private deliveries: readonly WebhookDelivery[] = []
  @state() private problem = ''

  override connectedCallback(): void {
    super.connectedCallback()
    setPageTitle(t('Webhooks'), t('Setup'))
    void this.#load()
  }

  async #load(): Promise<void> {
    try {
      const [webhooks, deliveries] = await Promise.all([metadata.webhooks(), metadata.deliveries()])
      this.webhooks = webhooks
      this.deliveries = deliveries
      this.problem = ''
    } catch (error) {
      this.problem = errorText(error)
    }
  }

  protected override render(): unknown {
    return html`
      <fs-page-header .heading=${t('Webhooks')} .above=${t('Setup')} icon="external">
        <div slot="actions">
          <button class="button" @click=${() => void this.#load()}>
            <fs-icon name="refresh"></fs-icon>${t('Refresh')}
          </button>
        </div>
      </fs-page-header>
      ${problemNotice(this.problem)}
      ${this.webhooks === undefined ? this.#waiting() : this.#content(this.webhooks)}
    `
  }

  #waiting(): unknown {
    return this.problem === '' ? html`<fs-skeleton lines="6"></fs-skeleton>` : nothing
  }

  #content(webhooks: readonly WebhookSummary[]): unknown {
    if (webhooks.length === 0) {
      return html`<section class="panel">
        <p class="padded soft">
          ${t('There are no webhooks. They are files in the folder webhooks.')}
        </p>
      </section>`
    }
    return html`
      <section class="panel">
        <header><h2>${t('Webhooks')}</h2></header>
        <fs-setup-table
          .caption=${t('Webhooks')}
          .columns=${webhookColumns()}
          .rows=${webhooks}
        ></fs-setup-table>
      </section>
      <section class="panel">
        <header><h2>${t('Deliveries')}</h2></header>
        ${
          this.deliveries.length === 0
            ? html`<p class="padded soft">${t('Nothing was sent yet.')}</p>`
            : html`<fs-setup-table
                .caption=${t('Deliveries')}
                .columns=${this.#deliveryColumns()}
                .rows=${this.deliveries}
                .rowKey=${(row: WebhookDelivery) => row.id}
              ></fs-setup-table>`
        }
      </section>
    `
  }

  #deliveryColumns(): readonly Column<WebhookDelivery>[] {
    return [
      ...deliveryColumns(),
      {
        key: 'resend',
        label: t('Actions'),
        labelHidden: true,
        cell: (row) =>
          row.state === 'Waiting' && row.attempts === 0
            ? nothing
            : html`<button
                class="button"
                aria-label=${t('Send {id} again', { id: row.id })}
                @click=${() => void this.#resend(row)}
              >
                ${t('Send again')}
              </button>`,
      },
    ]
  }

  async #resend({ id }: WebhookDelivery): Promise<void> {
    try {
      await metadata.resend(id)
      showToast({ kind: 'success', text: t('It is sent once more.') })
    } catch (error) {
      showToast({ kind: 'error', text: errorText(error) })
    }
    await this.#load()
  }
}

function stateLabel(state: DeliveryState): string {
  if (state === 'Dead') return t('Given up')
  return state === 'Waiting' ? t('Waiting') : t('Delivered')
}

function webhookColumns(): readonly Column<WebhookSummary>[] {
  const count = (state: DeliveryState): Column<WebhookSummary> => ({
    key: state,
    label: stateLabel(state),
    numeric: true,
    sortValue: (row) => row.counts[state] ?? 0,
    cell: (row) => row.counts[state] ?? 0,
  })
  return [
    {
      key: 'label',
      label: t('Name'),
      sortValue: (row) => row.label,
      cell: ({ name, label }) =>
        html`<a href=${setupPath({ page: 'component', type: 'Webhook', fullName: name })}
          >${label}</a
        >`,
    },
    {
      key: 'object',
      label: t('Object'),
      sortValue: (row) => row.object,
      cell: (row) => html`<span class="mono">${row.object}</span>`,
    },
    {
      key: 'url',
      label: t('Address'),
      cell: (row) => html`<span class="mono">${breakable(row.url)}</span>`,
    },
    {
      key: 'active',
      label: t('Active'),
      sortValue: (row) => Number(row.active),
      cell: (row) => (row.active ? t('Yes') : t('No')),
    },
    count('Waiting'),
    count('Delivered'),
    count('Dead'),
  ]
}

function deliveryColumns(): readonly Column<WebhookDelivery>[] {
  const moment = (text: string | null): unknown =>
    text === null ? html`<span class="soft">—</span>` : formatMoment(text)
  return [
    {
      key: 'id',
      label: t('Delivery'),
      sortValue: (row) => row.id,
      cell: (row) => html`<span class="mono">${breakable(row.id)}</span>`,
    },
    {
      key: 'state',
      label: t('State'),
      sortValue: (row) => row.state,
      cell: (row) => stateLabel(row.state),
    },
    {
      key: 'attempts',
      label: t('Attempts'),
      numeric: true,
      sortValue: (row) => row.attempts,
      cell: (row) => row.attempts,
    },
    {
      key: 'triedAt',
      label: t('Last attempt'),
      sortValue: (row) => row.triedAt ?? '',
      cell: (row) => moment(row.triedAt),
    },
    {
      key: 'nextAt',
      label: t('Next attempt'),
      sortValue: (row) => row.nextAt ?? '',
      cell: (row) => moment(row.nextAt),
    },
    {
      key: 'answer',
      label: t('Last answer'),
      cell: (row) => html`<span class="mono">${breakable(row.answer)}</span>`,
    },
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-webhooks-page': FsSetupWebhooksPage
  }
}
