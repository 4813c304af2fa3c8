/** A part of an object's page that shows its members: the heading, the way to a new one, the content, the plan's dialog. */
import { html, nothing } from 'lit'
import { t } from '../base/text.ts'
import type { Plan } from '../base/wire-metadata.ts'
import '../elements/icon/icon.ts'
import '../elements/setup-plan-dialog/setup-plan-dialog.ts'
import { problemNotice } from './problem-notice.ts'

export interface MemberPart {
  readonly heading: string
  /** The button for a new one; without it none can be begun now. */
  readonly add: MemberStart | undefined
  readonly problem: string
  readonly content: unknown
  readonly makePlan: (() => Promise<Plan>) | undefined
  onPlanClosed(): void
  onPlanApplied(): void
}

interface MemberStart {
  readonly label: string
  readonly disabled?: boolean
  onStart(): void
}

export function memberPart(part: MemberPart): unknown {
  return html`
    <div class="bar">
      <h2 tabindex="-1">${part.heading}</h2>
      <span class="grow"></span>
      ${part.add === undefined ? nothing : startButton(part.add)}
    </div>
    ${problemNotice(part.problem)} ${part.content}
    <fs-setup-plan-dialog
      .load=${part.makePlan}
      @plan-closed=${() => part.onPlanClosed()}
      @plan-applied=${() => part.onPlanApplied()}
    ></fs-setup-plan-dialog>
  `
}

function startButton(add: MemberStart): unknown {
  return html`<button
    class="button primary"
    ?disabled=${add.disabled === true}
    @click=${() => add.onStart()}
  >
    <fs-icon name="plus"></fs-icon>${add.label}
  </button>`
}

/** Whether a member is in force. */
export function activeChip(active: boolean | undefined): unknown {
  return active === true
    ? html`<span class="chip success">${t('Active')}</span>`
    : html`<span class="chip">${t('Inactive')}</span>`
}

export function deleteButton(name: string, onDelete: () => void): unknown {
  return html`<button
    class="icon-button small"
    aria-label=${t('Delete {name}', { name })}
    @click=${onDelete}
  >
    <fs-icon name="trash"></fs-icon>
  </button>`
}
