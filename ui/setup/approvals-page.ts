/** Approval processes in Setup: the list, and one of them with its criteria, steps and actions, saved through a plan. */
import { consume } from '@lit/context'
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { metadata, records } from '../api.ts'
import { appContext } from '../base/app-context.ts'
import { errorText } from '../base/api-error.ts'
import { FsElement } from '../base/element.ts'
import { setPageTitle } from '../base/navigation.ts'
import { router } from '../base/router.ts'
import { t } from '../base/text.ts'
import { Turns } from '../base/turns.ts'
import type { Plan } from '../base/wire-metadata.ts'
import type { AppScreen } from '../base/wire.ts'
import { askToLeave } from '../elements/dialog/ask-to-leave.ts'
import '../elements/empty-state/empty-state.ts'
import '../elements/icon/icon.ts'
import '../elements/page-header/page-header.ts'
import '../elements/setup-approval-step/setup-approval-step.ts'
import type { FsSetupApprovalStep } from '../elements/setup-approval-step/setup-approval-step.ts'
import '../elements/setup-chosen/setup-chosen.ts'
import '../elements/setup-plan-dialog/setup-plan-dialog.ts'
import '../elements/skeleton/skeleton.ts'
import { approvalColumns, approvalDetails } from './approval-details.ts'
import {
  actionChoices,
  actionMoments,
  approvalName,
  blankApproval,
  blankStep,
  chosenActions,
  momentLabel,
  objectOfApproval,
  withActions,
  type ApprovalStepBody,
} from './approval-draft.ts'
import type { ApprovalBody } from './component-bodies.ts'
import { crumbs } from './crumbs.ts'
import { asBody } from './field-changes.ts'
import { filterFields } from './field-choices.ts'
import type { Choice } from './form-controls.ts'
import { formStyles } from './form-styles.ts'
import { namedTable } from './named-table.ts'
import { objectChoices } from './object-choices.ts'
import { planComponent } from './plan-component.ts'
import { problemNotice } from './problem-notice.ts'
import { loadAll, loadBody, type Component } from './setup-api.ts'
import { setupPath, type SetupRoute } from './setup-route.ts'
import { setupPageStyles } from './setup-styles.ts'

const newName = 'new'

@customElement('fs-setup-approvals-page')
export class FsSetupApprovalsPage extends FsElement {
  static override styles = [formStyles, setupPageStyles]

  @property({ attribute: false }) route: SetupRoute | undefined
  @consume({ context: appContext, subscribe: true })
  @state()
  private screen: AppScreen | undefined
  @state() private all: readonly Component<ApprovalBody>[] | undefined
  @state() private object = ''
  @state() private fields: readonly Choice[] = []
  @state() private actions: readonly Choice[] = []
  @state() private body: ApprovalBody | undefined
  @state() private problem = ''
  @state() private makePlan: (() => Promise<Plan>) | undefined
  readonly #turns = new Turns()
  #release: (() => void) | undefined

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#release?.()
  }

  get #name(): string | undefined {
    return this.route?.page === 'approvals' ? this.route.name : undefined
  }

  get #isNew(): boolean {
    return this.#name === newName
  }

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('route')) void this.#load()
  }

  async #load(): Promise<void> {
    const isLatest = this.#turns.next()
    this.#settle()
    this.body = undefined
    this.problem = ''
    setPageTitle(t('Approval processes'), t('Setup'))
    try {
      const all = await loadAll('ApprovalProcess')
      if (!isLatest()) return
      this.all = all
      const found = all.find(({ fullName }) => fullName === this.#name)
      this.body = this.#isNew ? blankApproval() : found?.body
      await this.#choose(found === undefined ? '' : objectOfApproval(found.fullName))
    } catch (error) {
      if (isLatest()) this.problem = errorText(error)
    }
  }

  async #choose(object: string): Promise<void> {
    this.object = object
    if (object === '') return
    try {
      const [describe, workflows, flows] = await Promise.all([
        records.describe(object),
        metadata.list('Workflow'),
        metadata.list('Flow'),
      ])
      const hasWorkflow = workflows.some(({ fullName }) => fullName === object)
      const workflow = hasWorkflow ? await loadBody('Workflow', object) : undefined
      if (this.object !== object) return
      this.fields = filterFields(describe).map((field) => ({
        ...field,
        value: `${object}.${field.value}`,
      }))
      const called = flows.map(({ fullName, label }) => ({
        value: fullName,
        label: label ?? fullName,
      }))
      this.actions = actionChoices(workflow, called)
    } catch (error) {
      this.problem = errorText(error)
    }
  }

  protected override render(): unknown {
    return html`${this.#head()} ${problemNotice(this.problem)} ${this.#content()}
      <fs-setup-plan-dialog
        .load=${this.makePlan}
        @plan-closed=${() => (this.makePlan = undefined)}
        @plan-applied=${() => this.#saved()}
      ></fs-setup-plan-dialog>`
  }

  #head(): unknown {
    if (this.#name === undefined) {
      return html`<fs-page-header
        .heading=${t('Approval processes')}
        .above=${t('Setup')}
        icon="check-circle"
      >
        <a slot="actions" class="button primary" href=${pathOf(newName)}
          ><fs-icon name="plus"></fs-icon>${t('New approval process')}</a
        >
      </fs-page-header>`
    }
    const heading = this.#isNew ? t('New approval process') : (this.body?.label ?? this.#name)
    return html`<fs-page-header .heading=${heading} icon="check-circle">
      ${crumbs([{ label: t('Approval processes'), route: { page: 'approvals' } }])}
    </fs-page-header>`
  }

  #content(): unknown {
    if (this.all === undefined) {
      return this.problem === '' ? html`<fs-skeleton lines="6"></fs-skeleton>` : nothing
    }
    if (this.#name === undefined) {
      return namedTable({
        caption: t('Approval processes'),
        columns: approvalColumns((name) => pathOf(name)),
        rows: this.all,
        empty: {
          icon: 'check-circle',
          heading: t('No approval process yet'),
          text: t('A process says which records are approved by whom, and what follows.'),
        },
      })
    }
    const { body } = this
    if (body !== undefined) return this.#form(body)
    return html`<fs-empty-state
      icon="search"
      .heading=${t('There is no such approval process')}
    ></fs-empty-state>`
  }

  #form(body: ApprovalBody): unknown {
    const isReady = this.object !== '' && (body.label ?? '').trim() !== ''
    return html`<section class="panel">
        <header>
          <h2>${t('Details')}</h2>
          <a class="button" href=${pathOf()}>${t('Cancel')}</a>
          <button
            class="button primary"
            type="button"
            ?disabled=${!isReady}
            @click=${() => this.#review(body)}
          >
            ${t('Review the plan')}
          </button>
        </header>
        ${approvalDetails({
          body,
          object: this.object,
          objects: this.#isNew ? objectChoices(this.screen?.objects ?? []) : undefined,
          fields: this.fields,
          edit: (changed) => this.#edit(changed),
          choose: (object) => void this.#choose(object),
        })}
      </section>
      ${this.#steps(body)} ${this.#actionLists(body)}`
  }

  #steps(body: ApprovalBody): unknown {
    const steps = body.approvalStep ?? []
    const set = (approvalStep: readonly ApprovalStepBody[]): void =>
      this.#edit({ ...body, approvalStep })
    return html`${steps.map(
        (step, at) =>
          html`<fs-setup-approval-step
            .step=${step}
            .fields=${this.fields}
            ?removable=${steps.length > 1}
            @step-change=${(event: CustomEvent<ApprovalStepBody>) =>
              set(steps.map((one, index) => (index === at ? event.detail : one)))}
            @step-remove=${() => set(steps.filter((_, index) => index !== at))}
          ></fs-setup-approval-step>`,
      )}
      <p>
        <button
          class="button"
          type="button"
          @click=${() => {
            set([...steps, blankStep(steps)])
            void this.updateComplete.then(() =>
              this.renderRoot
                .querySelector<FsSetupApprovalStep>('fs-setup-approval-step:last-of-type')
                ?.focus(),
            )
          }}
        >
          <fs-icon name="plus"></fs-icon>${t('Add step')}
        </button>
      </p>`
  }

  #actionLists(body: ApprovalBody): unknown {
    return html`<section class="panel">
      <header><h2>${t('What follows')}</h2></header>
      <div class="padded fields">
        ${actionMoments.map((moment) => {
          const heading = momentLabel(moment)
          return html`<fs-setup-chosen
            .heading=${heading}
            .addLabel=${t('Add to: {list}', { list: heading })}
            .emptyText=${t('Nothing.')}
            .choices=${this.actions}
            .chosen=${chosenActions(body[moment])}
            @chosen-change=${(event: CustomEvent<{ chosen: readonly string[] }>) =>
              this.#edit(withActions(body, moment, event.detail.chosen))}
          ></fs-setup-chosen>`
        })}
      </div>
    </section>`
  }

  #edit(body: ApprovalBody): void {
    this.body = body
    this.#release ??= router.guard(askToLeave)
  }

  #settle(): void {
    this.#release?.()
    this.#release = undefined
  }

  #review(draft: ApprovalBody): void {
    const { all = [] } = this
    const from = all.find(({ fullName }) => fullName === this.#name)?.body
    const taken = all.map((one) => one.fullName)
    const fullName = from?.fullName ?? approvalName(this.object, draft.label ?? '', taken)
    const change = { type: 'ApprovalProcess', fullName, body: asBody({ ...draft, fullName }) }
    this.makePlan = () =>
      from === undefined ? metadata.plan([change]) : planComponent({ ...change, from })
  }

  #saved(): void {
    this.makePlan = undefined
    this.#settle()
    void router.navigate(pathOf())
  }
}

function pathOf(name?: string): string {
  return setupPath(name === undefined ? { page: 'approvals' } : { page: 'approvals', name })
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-approvals-page': FsSetupApprovalsPage
  }
}
