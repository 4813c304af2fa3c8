/** How a record is approved: submitting it, answering, taking it back, and what was decided so far. */
import { html, nothing, type PropertyValues } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import {
  approvals,
  type ApprovalEntry,
  type ApprovalProcessInfo,
  type ApprovalRequestInfo,
  type RecordApprovals,
  type StepStatus,
} from '../../approvals-api.ts'
import { errorText } from '../../base/api-error.ts'
import { FsElement } from '../../base/element.ts'
import { formatDateTime } from '../../base/formats.ts'
import { live } from '../../base/live.ts'
import { t } from '../../base/text.ts'
import { Turns } from '../../base/turns.ts'
import type { ValueContext } from '../field-value/render-value.ts'
import '../icon/icon.ts'
import { planPanelStyles } from '../plan-panel/plan-panel.styles.ts'
import { askApproval, type ApprovalQuestion } from './approval-dialog.ts'

@customElement('fs-approval-panel')
export class FsApprovalPanel extends FsElement {
  static override styles = planPanelStyles

  @property() recordId = ''
  @property({ attribute: false }) context: ValueContext | undefined
  @state() private content: RecordApprovals | undefined
  @state() private problem = ''
  #stop: (() => void)[] = []
  readonly #turns = new Turns()

  override connectedCallback(): void {
    super.connectedCallback()
    // Until it is known whether there is anything to show.
    this.hidden = true
    this.#stop = [
      live.onRecord((event) => {
        if (event.id === this.recordId) void this.#load()
      }),
      live.onNotification(() => void this.#load()),
    ]
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    for (const stop of this.#stop) stop()
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('recordId') && this.recordId !== '') void this.#load()
  }

  async #load(): Promise<void> {
    const isLatest = this.#turns.next()
    try {
      const content = await approvals.ofRecord(this.recordId)
      if (!isLatest()) return
      this.content = content
      this.problem = ''
    } catch (error) {
      if (isLatest()) this.problem = errorText(error)
    }
    // A record that nothing is to be said of has no panel.
    this.hidden = this.problem === '' && isSilent(this.content)
  }

  protected override render(): unknown {
    if (this.problem !== '') return html`<p class="none" role="alert">${this.problem}</p>`
    const { content } = this
    if (!content || isSilent(content)) return nothing
    const [first] = content.requests
    return html`<header>
        <h2>${t('Approval')}</h2>
        ${
          content.isLocked
            ? html`<span class="chip"><fs-icon name="lock"></fs-icon>${t('Locked')}</span>`
            : nothing
        }
        ${content.submittable.map((process) => this.#submitButton(process, content))}
        ${
          content.mayRecall && first
            ? html`<button class="button" @click=${() => this.#ask(recallOf(first))}>
                ${t('Recall')}
              </button>`
            : nothing
        }
      </header>
      <ol>
        ${content.requests.map((request) => this.#request(request))}
        ${content.history.toReversed().map((entry) => this.#entry(entry))}
      </ol>`
  }

  #submitButton(process: ApprovalProcessInfo, { submittable }: RecordApprovals): unknown {
    const label =
      submittable.length === 1
        ? t('Submit for approval')
        : t('Submit for approval: {process}', { process: process.label })
    return html`<button
      class="button primary"
      @click=${() =>
        this.#ask({
          heading: process.label,
          confirmLabel: t('Submit for approval'),
          wish: {
            actionType: 'Submit',
            contextId: this.recordId,
            processDefinitionNameOrId: process.name,
          },
          choosesPerson: process.choosesApprover,
        })}
    >
      ${label}
    </button>`
  }

  #request(request: ApprovalRequestInfo): unknown {
    const { step, actor, askedAt, mayAnswer } = request
    return html`<li>
      <span class="chip accent">${t('Waits')}</span>
      <span class="what"
        >${step}<span class="soft"
          >${t('{name}, asked on {moment}', { name: actor.name, moment: this.#moment(askedAt) })}</span
        ></span
      >
      ${
        mayAnswer
          ? html`<span class="button-row">
              <button class="button primary" @click=${() => this.#ask(approvalOf(request))}>
                ${t('Approve')}
              </button>
              <button class="button" @click=${() => this.#ask(rejectionOf(request))}>
                ${t('Reject')}
              </button>
              <button class="button" @click=${() => this.#ask(reassignmentOf(request))}>
                ${t('Reassign')}
              </button>
            </span>`
          : nothing
      }
    </li>`
  }

  #entry({ status, step, process, actor, comments, at }: ApprovalEntry): unknown {
    const [kind, text] = statusWords(status)
    return html`<li>
      <span class="chip ${kind}">${text}</span>
      <span class="what"
        >${step === '' ? process : step}<span class="soft">${actor.name}, ${this.#moment(at)}</span
        >${comments === '' ? nothing : html`<span>${comments}</span>`}</span
      >
    </li>`
  }

  #moment(text: string): string {
    return this.context ? formatDateTime(text, this.context.format) : text
  }

  #ask(question: ApprovalQuestion): void {
    void askApproval(question).then((isDone) => (isDone ? this.#load() : undefined))
  }
}

function isSilent(content: RecordApprovals | undefined): boolean {
  if (content === undefined) return true
  const { submittable, requests, history, isLocked } = content
  return submittable.length + requests.length + history.length === 0 && !isLocked
}

export function approvalOf({ id }: Pick<ApprovalRequestInfo, 'id'>): ApprovalQuestion {
  return {
    heading: t('Approve'),
    confirmLabel: t('Approve'),
    wish: { actionType: 'Approve', contextId: id },
    choosesPerson: false,
  }
}

export function rejectionOf({ id }: Pick<ApprovalRequestInfo, 'id'>): ApprovalQuestion {
  return {
    heading: t('Reject'),
    confirmLabel: t('Reject'),
    wish: { actionType: 'Reject', contextId: id },
    choosesPerson: false,
  }
}

function reassignmentOf({ id }: ApprovalRequestInfo): ApprovalQuestion {
  return {
    heading: t('Reassign'),
    confirmLabel: t('Reassign'),
    wish: { actionType: 'Reassign', contextId: id },
    choosesPerson: true,
  }
}

function recallOf({ id }: ApprovalRequestInfo): ApprovalQuestion {
  return {
    heading: t('Recall'),
    confirmLabel: t('Recall'),
    wish: { actionType: 'Removed', contextId: id },
    choosesPerson: false,
  }
}

function statusWords(status: StepStatus): readonly [string, string] {
  switch (status) {
    case 'Started':
      return ['', t('Submitted for approval')]
    case 'Approved':
      return ['success', t('Approved')]
    case 'Rejected':
      return ['danger', t('Rejected')]
    case 'Removed':
      return ['', t('Recalled')]
    case 'Reassigned':
      return ['', t('Reassigned')]
    case 'NoResponse':
      return ['', t('No answer needed')]
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-approval-panel': FsApprovalPanel
  }
}
