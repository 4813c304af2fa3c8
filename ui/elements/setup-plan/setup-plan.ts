/** A plan or a journal entry to read: what changes, what it does to the data, which files it writes. */
import { html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { chipStyles } from '../../base/base-styles.ts'
import { FsElement } from '../../base/element.ts'
import { t } from '../../base/text.ts'
import type { PlanChange, PlanFile, PlanProblem, PlanStep } from '../../base/wire-metadata.ts'
import {
  changeLabel,
  changeTone,
  classView,
  figures,
  orderedChanges,
  orderedFiles,
  orderedSteps,
} from '../../setup/plan-view.ts'
import '../icon/icon.ts'
import '../setup-diff/setup-diff.ts'
import { setupPlanStyles } from './setup-plan.styles.ts'

/** What plans and journal entries have in common. */
export interface PlanContent {
  readonly changes: readonly PlanChange[]
  readonly steps: readonly PlanStep[]
  readonly problems?: readonly PlanProblem[]
  readonly files?: readonly PlanFile[]
}

@customElement('fs-setup-plan')
export class FsSetupPlan extends FsElement {
  static override styles = [chipStyles, setupPlanStyles]

  @property({ attribute: false }) plan: PlanContent | undefined
  /** It was applied already. */
  @property({ type: Boolean }) past = false

  protected override render(): unknown {
    if (this.plan === undefined) return nothing
    const { changes, steps, problems = [], files = [] } = this.plan
    return html`
      ${problems.length === 0 ? nothing : this.#problems(problems)}
      ${steps.length === 0 ? nothing : this.#steps(steps)}
      ${changes.length === 0 ? nothing : this.#changes(changes)}
      ${files.length === 0 ? nothing : this.#files(files)}
    `
  }

  #problems(problems: readonly PlanProblem[]): unknown {
    return html`<section class="problems" role="alert">
      <h3>
        <fs-icon name="error"></fs-icon>
        ${t(
          '{count, plural, one {One problem stands in the way} other {# problems stand in the way}}',
          {
            count: problems.length,
          },
        )}
      </h3>
      <ul>
        ${problems.map((problem) => this.#problem(problem))}
      </ul>
    </section>`
  }

  #problem(problem: PlanProblem): unknown {
    const references = problem.references ?? []
    return html`<li>
      ${
        problem.component === undefined
          ? nothing
          : html`<span class="mono soft">${problem.component}</span>`
      }
      <p>${problem.reason}</p>
      ${problem.suggestion === undefined ? nothing : html`<p class="soft">${problem.suggestion}</p>`}
      ${
        references.length === 0
          ? nothing
          : html`<p class="soft">
                ${references.every(isRecordId) ? t('For example these records:') : t('It is used in:')}
              </p>
              <ul class="references">
                ${references.map((reference) => html`<li class="mono">${reference}</li>`)}
              </ul>`
      }
    </li>`
  }

  #steps(steps: readonly PlanStep[]): unknown {
    return html`<section>
      <h3>${this.past ? t('What it did') : t('What it does')}</h3>
      <ul role="list" class="steps">
        ${orderedSteps(steps).map((step) => this.#step(step))}
      </ul>
    </section>`
  }

  #step(step: PlanStep): unknown {
    const { label, tone, meaning } = classView(step.class)
    const counted = figures(step)
    const examples = step.examples ?? []
    return html`<li class=${step.needsConsent ? 'grave' : ''}>
      <span class="chip ${tone}" title=${meaning}>${label}</span>
      <div>
        <p>${step.description}</p>
        <p class="small soft">
          ${step.class === 'instant' ? nothing : html`<span>${meaning}</span>`}
          ${
            step.needsConsent && !this.past
              ? html`<span>${t('Needs your consent.')}</span>`
              : nothing
          }
          ${
            examples.length === 0
              ? nothing
              : html`<span
                  >${t('For example: {ids}', { ids: examples.slice(0, 3).join(', ') })}</span
                >`
          }
        </p>
      </div>
      ${counted === undefined ? nothing : html`<span class="figures">${counted}</span>`}
    </li>`
  }

  #changes(changes: readonly PlanChange[]): unknown {
    return html`<section>
      <h3>${t('Components')}</h3>
      <ul role="list" class="changes">
        ${orderedChanges(changes).map(
          (change) =>
            html`<li>
              <span class="chip ${changeTone(change.change)}">${changeLabel(change.change)}</span>
              <span class="mono name">${change.fullName}</span>
              <span class="soft small">${change.type}</span>
            </li>`,
        )}
      </ul>
    </section>`
  }

  #files(files: readonly PlanFile[]): unknown {
    return html`<section>
      <h3>${t('Files')}</h3>
      <div class="files">
        ${orderedFiles(files).map(
          (file, index) => html`<fs-setup-diff .file=${file} ?open=${index === 0}></fs-setup-diff>`,
        )}
      </div>
    </section>`
  }
}

/** Some problems name components, others records. */
function isRecordId(reference: string): boolean {
  return /^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/.test(reference)
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-plan': FsSetupPlan
  }
}
