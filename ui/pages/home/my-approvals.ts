/** What waits for the user's approval; nothing where nothing waits. */
import { css, html, nothing, type PropertyValues } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { approvals, type WaitingApproval } from '../../approvals-api.ts'
import { errorText } from '../../base/api-error.ts'
import { findObject } from '../../base/app-context.ts'
import { FsElement } from '../../base/element.ts'
import { formatDateTime, type FormatContext } from '../../base/formats.ts'
import { live } from '../../base/live.ts'
import { paths } from '../../base/navigation.ts'
import { t } from '../../base/text.ts'
import { Turns } from '../../base/turns.ts'
import type { AppScreen } from '../../base/wire.ts'
import { homeCardStyles } from './home-card.styles.ts'

@customElement('fs-my-approvals')
export class FsMyApprovals extends FsElement {
  static override styles = [
    homeCardStyles,
    css`
      li {
        flex-wrap: wrap;
      }
      .what {
        flex: 1 1 260px;
        min-width: 0;
        overflow-wrap: anywhere;
      }
      .what > * {
        flex: 0 1 auto;
        display: block;
        min-width: 0;
      }
    `,
  ]

  @property({ attribute: false }) screen: AppScreen | undefined
  @property({ attribute: false }) format: FormatContext | undefined
  @property() app = 'all'
  @state() private waiting: readonly WaitingApproval[] = []
  @state() private problem = ''
  #stop: (() => void) | undefined
  readonly #turns = new Turns()

  override connectedCallback(): void {
    super.connectedCallback()
    this.#stop = live.onNotification(() => void this.#load())
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#stop?.()
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('screen') && this.screen) void this.#load()
    // An element that shows nothing takes no gap between the cards.
    this.hidden = this.waiting.length === 0 && this.problem === ''
  }

  async #load(): Promise<void> {
    const isLatest = this.#turns.next()
    try {
      const waiting = await approvals.waiting()
      if (!isLatest()) return
      this.waiting = waiting
      this.problem = ''
    } catch (error) {
      if (isLatest()) this.problem = errorText(error)
    }
  }

  protected override render(): unknown {
    if (this.problem !== '') return html`<p class="soft none">${this.problem}</p>`
    if (this.waiting.length === 0) return nothing
    return html`<section class="card" aria-labelledby="heading">
      <header>
        <h2 id="heading">${t('Items to approve')} (${this.waiting.length})</h2>
      </header>
      <ul role="list">
        ${this.waiting.map((item) => this.#item(item))}
      </ul>
    </section>`
  }

  #item(item: WaitingApproval): unknown {
    const { submittedBy, submittedAt } = item
    const name = `${item.objectLabel} ${item.recordName}`
    const isSeen = findObject(this.screen, item.object) !== undefined
    return html`<li>
      <span class="what">
        ${
          isSeen
            ? html`<a href=${paths.record(this.app, item.object, item.recordId)}>${name}</a>`
            : html`<span>${name}</span>`
        }
        <span class="soft small">${item.process}: ${item.step}</span>
        ${
          item.fields.length === 0
            ? nothing
            : html`<span class="soft small"
                >${item.fields.map(({ label, value }) => `${label}: ${inWords(value)}`).join(' · ')}</span
              >`
        }
      </span>
      <span class="soft small"
        >${submittedBy.name}${
          this.format ? html`, ${formatDateTime(submittedAt, this.format)}` : nothing
        }</span
      >
      <span class="button-row">
        <button
          class="button small"
          aria-label=${t('Approve {name}', { name })}
          @click=${() => void this.#answer(item, 'Approve')}
        >
          ${t('Approve')}
        </button>
        <button
          class="button small"
          aria-label=${t('Reject {name}', { name })}
          @click=${() => void this.#answer(item, 'Reject')}
        >
          ${t('Reject')}
        </button>
      </span>
    </li>`
  }

  async #answer(item: WaitingApproval, kind: 'Approve' | 'Reject'): Promise<void> {
    const { approvalOf, rejectionOf } =
      await import('../../elements/approval-panel/approval-panel.ts')
    const { askApproval } = await import('../../elements/approval-panel/approval-dialog.ts')
    const question = kind === 'Approve' ? approvalOf(item) : rejectionOf(item)
    if (await askApproval(question)) await this.#load()
  }
}

function inWords(value: WaitingApproval['fields'][number]['value']): string {
  if (typeof value === 'boolean') return value ? t('Yes') : t('No')
  return String(value ?? '—')
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-my-approvals': FsMyApprovals
  }
}
