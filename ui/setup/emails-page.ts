/** The outbox: e-mails that wait, were sent or were given up; one that was given up can be sent once more. */
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { errorText } from '../base/api-error.ts'
import { FsElement } from '../base/element.ts'
import { setPageTitle } from '../base/navigation.ts'
import { t } from '../base/text.ts'
import '../elements/icon/icon.ts'
import '../elements/page-header/page-header.ts'
import '../elements/setup-table/setup-table.ts'
import type { Column } from '../elements/setup-table/setup-table.ts'
import '../elements/skeleton/skeleton.ts'
import { showToast } from '../elements/toast/toast.ts'
import { outbox, type EmailState, type Outbox, type OutboxEmail } from '../notifications-api.ts'
import { breakable } from './breakable.ts'
import { formStyles } from './form-styles.ts'
import { formatMoment } from './format-moment.ts'
import type { SetupRoute } from './setup-route.ts'
import { setupPageStyles } from './setup-styles.ts'
import { problemNotice } from './problem-notice.ts'

@customElement('fs-setup-emails-page')
export class FsSetupEmailsPage extends FsElement {
  static override styles = [formStyles, setupPageStyles]

  @property({ attribute: false }) route: SetupRoute | undefined
  @state() private content: Outbox | undefined
  @state() private problem = ''

  override connectedCallback(): void {
    super.connectedCallback()
    setPageTitle(t('E-mail outbox'), t('Setup'))
    void this.#load()
  }

  async #load(): Promise<void> {
    try {
      this.content = await outbox.list()
      this.problem = ''
    } catch (error) {
      this.problem = errorText(error)
    }
  }

  protected override render(): unknown {
    return html`
      <fs-page-header .heading=${t('E-mail outbox')} .above=${t('Setup')} icon="envelope">
        <div slot="actions">
          <button class="button" @click=${() => void this.#load()}>
            <fs-icon name="refresh"></fs-icon>${t('Refresh')}
          </button>
        </div>
      </fs-page-header>
      ${problemNotice(this.problem)}
      ${this.content === undefined ? this.#waiting() : this.#emails(this.content)}
    `
  }

  #waiting(): unknown {
    return this.problem === '' ? html`<fs-skeleton lines="6"></fs-skeleton>` : nothing
  }

  #emails({ isConnected, emails }: Outbox): unknown {
    return html`<section class="panel">
      ${
        isConnected
          ? nothing
          : html`<p class="padded soft">
              ${t('No mail server is set (SMTP_URL): e-mails stay here.')}
            </p>`
      }
      ${
        emails.length === 0
          ? html`<p class="padded soft">${t('No e-mail was written yet.')}</p>`
          : html`<fs-setup-table
              .caption=${t('E-mail outbox')}
              .columns=${this.#columns()}
              .rows=${emails}
              .rowKey=${(row: OutboxEmail) => row.id}
            ></fs-setup-table>`
      }
    </section>`
  }

  #columns(): readonly Column<OutboxEmail>[] {
    return [
      ...emailColumns(),
      {
        key: 'resend',
        label: t('Actions'),
        labelHidden: true,
        cell: (row) =>
          row.state === 'Failed'
            ? html`<button
                class="button"
                aria-label=${t('Send “{subject}” again', { subject: row.subject })}
                @click=${() => void this.#resend(row)}
              >
                ${t('Send again')}
              </button>`
            : nothing,
      },
    ]
  }

  async #resend({ id }: OutboxEmail): Promise<void> {
    try {
      await outbox.resend(id)
      showToast({ kind: 'success', text: t('It is sent once more.') })
    } catch (error) {
      showToast({ kind: 'error', text: errorText(error) })
    }
    await this.#load()
  }
}

function stateLabel(state: EmailState): string {
  if (state === 'Failed') return t('Given up')
  return state === 'Waiting' ? t('Waiting') : t('Sent')
}

function emailColumns(): readonly Column<OutboxEmail>[] {
  return [
    {
      key: 'createdAt',
      label: t('Written'),
      sortValue: (row) => row.createdAt,
      cell: (row) => formatMoment(row.createdAt),
    },
    {
      key: 'state',
      label: t('State'),
      sortValue: (row) => row.state,
      cell: (row) => stateLabel(row.state),
    },
    {
      key: 'to',
      label: t('To'),
      sortValue: (row) => row.to.join(', '),
      cell: (row) => breakable(row.to.join(', ')),
    },
    {
      key: 'subject',
      label: t('Subject'),
      sortValue: (row) => row.subject,
      cell: (row) =>
        html`<details>
          <summary>${row.subject}</summary>
          <p>${row.text.split('\n').map((line) => html`${line}<br />`)}</p>
        </details>`,
    },
    {
      key: 'attempts',
      label: t('Attempts'),
      numeric: true,
      sortValue: (row) => row.attempts,
      cell: (row) => row.attempts,
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
    'fs-setup-emails-page': FsSetupEmailsPage
  }
}
