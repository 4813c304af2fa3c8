/** One step of an approval process: who decides, about which records, and what a rejection does. Fires `step-change` and `step-remove`. */
import { html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { FsElement } from '../../base/element.ts'
import { t } from '../../base/text.ts'
import {
  approverKinds,
  withEntryCriteria,
  type ApprovalStepBody,
  type ApproverBody,
} from '../../setup/approval-draft.ts'
import { criteriaValue, type CriteriaValue } from '../../setup/criteria-value.ts'
import { checkControl, selectControl, textControl, type Choice } from '../../setup/form-controls.ts'
import { formStyles } from '../../setup/form-styles.ts'
import { deleteButton } from '../../setup/member-part.ts'
import { partStyles } from '../../setup/setup-styles.ts'
import '../icon/icon.ts'
import '../setup-criteria/setup-criteria.ts'

@customElement('fs-setup-approval-step')
export class FsSetupApprovalStep extends FsElement {
  static override styles = [formStyles, partStyles]

  @property({ attribute: false }) step: ApprovalStepBody = { name: '' }
  @property({ type: Boolean }) removable = false
  @property({ attribute: false }) fields: readonly Choice[] = []

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('input')?.focus()
  }

  protected override render(): unknown {
    const { step } = this
    const label = step.label || step.name
    return html`<section class="panel" aria-label=${label}>
      <header>
        <h2>${label}</h2>
        ${this.removable ? deleteButton(label, () => this.emit('step-remove')) : nothing}
      </header>
      <div class="padded fields">${this.#basics(step)}</div>
      <div class="padded stack">
        ${this.#approvers.map((approver, at) => this.#approver(approver, at))}
        <p>
          <button
            class="button"
            type="button"
            @click=${() => this.#setApprovers([...this.#approvers, { type: 'user', name: '' }])}
          >
            <fs-icon name="plus"></fs-icon>${t('Add approver')}
          </button>
        </p>
      </div>
      <div class="padded">
        <fs-setup-criteria
          .heading=${t('Which records take this step')}
          .fields=${this.fields}
          .value=${criteriaValue(step.entryCriteria)}
          @criteria-change=${(event: CustomEvent<CriteriaValue>) =>
            this.#change(withEntryCriteria(step, event.detail))}
        ></fs-setup-criteria>
      </div>
    </section>`
  }

  #basics(step: ApprovalStepBody): unknown {
    return html`
      ${textControl({
        name: 'label',
        label: t('Label'),
        required: true,
        lengthMax: 80,
        value: step.label ?? '',
        onInput: (label) => this.#change({ ...step, label }),
      })}
      ${selectControl({
        name: 'otherwise',
        label: t('Records that do not take it'),
        value: step.ifCriteriaNotMet ?? 'ApproveRecord',
        choices: [
          { value: 'GotoNextStep', label: t('go to the next step') },
          { value: 'ApproveRecord', label: t('are approved') },
          { value: 'RejectRecord', label: t('are rejected') },
        ],
        onInput: (word) => this.#change({ ...step, ifCriteriaNotMet: notMet(word) }),
      })}
      ${selectControl({
        name: 'several',
        label: t('Several approvers'),
        value: step.assignedApprover?.whenMultipleApprovers ?? 'FirstResponse',
        choices: [
          { value: 'FirstResponse', label: t('The first answer decides') },
          { value: 'Unanimous', label: t('All of them must approve') },
        ],
        onInput: (word) =>
          this.#change({
            ...step,
            assignedApprover: {
              ...step.assignedApprover,
              whenMultipleApprovers: word === 'Unanimous' ? word : 'FirstResponse',
            },
          }),
      })}
      ${selectControl({
        name: 'rejection',
        label: t('A rejection'),
        value: step.rejectBehavior?.type ?? 'RejectRequest',
        choices: [
          { value: 'RejectRequest', label: t('ends the approval') },
          { value: 'BackToPrevious', label: t('goes back a step') },
        ],
        onInput: (word) =>
          this.#change({
            ...step,
            rejectBehavior: { type: word === 'BackToPrevious' ? word : 'RejectRequest' },
          }),
      })}
      ${checkControl({
        name: 'delegate',
        label: t('The delegate of the approver may decide as well'),
        checked: step.allowDelegate === true,
        onInput: (allowDelegate) => this.#change({ ...step, allowDelegate }),
      })}
    `
  }

  get #approvers(): readonly ApproverBody[] {
    return this.step.assignedApprover?.approver ?? []
  }

  #approver(approver: ApproverBody, at: number): unknown {
    const number = at + 1
    const set = (changed: ApproverBody): void =>
      this.#setApprovers(this.#approvers.map((one, index) => (index === at ? changed : one)))
    return html`<div class="fields">
      ${selectControl({
        name: `kind-${at}`,
        label: t('Approver {number}', { number }),
        value: approver.type,
        choices: approverKinds(),
        onInput: (type) => set(approverOf(type)),
      })}
      ${
        approver.type === 'adhoc'
          ? nothing
          : textControl({
              name: `name-${at}`,
              label: t('Name of approver {number}', { number }),
              hint: t('User name, name of the queue, or field that leads to a user.'),
              required: true,
              mono: true,
              value: approver.name ?? '',
              onInput: (name) => set({ ...approver, name }),
            })
      }
      ${
        this.#approvers.length > 1
          ? html`<p>
              ${deleteButton(t('Approver {number}', { number }), () =>
                this.#setApprovers(this.#approvers.filter((_, index) => index !== at)),
              )}
            </p>`
          : nothing
      }
    </div>`
  }

  #setApprovers(approver: readonly ApproverBody[]): void {
    const { step } = this
    this.#change({ ...step, assignedApprover: { ...step.assignedApprover, approver } })
  }

  #change(step: ApprovalStepBody): void {
    this.emit('step-change', step)
  }
}

function notMet(word: string): NonNullable<ApprovalStepBody['ifCriteriaNotMet']> {
  return word === 'GotoNextStep' || word === 'RejectRecord' ? word : 'ApproveRecord'
}

function approverOf(type: string): ApproverBody {
  // Chosen from the kinds that there are.
  const kind = type as ApproverBody['type']
  if (kind === 'adhoc') return { type: kind }
  return { type: kind, name: kind === 'userHierarchyField' ? 'Manager' : '' }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-approval-step': FsSetupApprovalStep
  }
}
