/**
 * The hub of an account plan: how far it is as a picture, each objective with its measures, and the opportunities, notes of talks
 * and action plans that work towards it.
 */
import { html, nothing, type PropertyValues } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import {
  calculateMeasures,
  meanProgress,
  readHub,
  type Measure,
  type Objective,
  type PlanHub,
  type PlanWork,
} from '../../account-plans-api.ts'
import { errorText } from '../../base/api-error.ts'
import { findObject } from '../../base/app-context.ts'
import { FsElement } from '../../base/element.ts'
import { formatDate, formatValue, picklistLabel } from '../../base/formats.ts'
import { fieldOf } from '../../base/form-state.ts'
import { live } from '../../base/live.ts'
import { paths } from '../../base/navigation.ts'
import { objectScreen } from '../../base/object-store.ts'
import { t } from '../../base/text.ts'
import { Turns } from '../../base/turns.ts'
import type { FieldInfo, ObjectScreen, RecordScreen } from '../../base/wire.ts'
import type { ValueContext } from '../field-value/render-value.ts'
import '../progress/progress-bar.ts'
import '../progress/progress-ring.ts'
import '../skeleton/skeleton.ts'
import { showToast } from '../toast/toast.ts'
import { planHubStyles } from './plan-hub.styles.ts'

/** What the hub is made of: a change of any of them draws it anew. */
const sources: ReadonlySet<string> = new Set([
  'AccountPlanObjective',
  'AccountPlanObjectiveMeasure',
  'ActionPlan',
  'InteractionSummary',
  'Opportunity',
])

@customElement('fs-plan-hub')
export class FsPlanHub extends FsElement {
  static override styles = planHubStyles

  @property({ attribute: false }) recordId = ''
  @property({ attribute: false }) content: RecordScreen | undefined
  @property({ attribute: false }) context: ValueContext | undefined
  @state() private hub: PlanHub | undefined
  @state() private objects: ReadonlyMap<string, ObjectScreen> = new Map()
  @state() private problem = ''
  @state() private busy = false
  #stop: () => void = () => undefined
  readonly #turns = new Turns()

  override connectedCallback(): void {
    super.connectedCallback()
    this.#stop = live.onRecord(({ object }) => {
      if (sources.has(object)) void this.#load()
    })
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#stop()
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('recordId')) this.hub = undefined
    if (changed.has('recordId') || changed.has('content')) void this.#load()
  }

  async #load(): Promise<void> {
    const isLatest = this.#turns.next()
    const account = this.content?.record['AccountId']
    try {
      const hub = await readHub(this.recordId, typeof account === 'string' ? account : undefined)
      const names = new Set(['AccountPlanObjective', ...hub.work.map(({ object }) => object)])
      const found = await Promise.all(
        [...names].map(async (name) => [name, await objectScreen(name)] as const),
      )
      if (!isLatest()) return
      this.objects = new Map(found)
      this.hub = hub
      this.problem = ''
    } catch (error) {
      if (isLatest()) this.problem = errorText(error)
    }
  }

  protected override render(): unknown {
    const { hub, context } = this
    if (this.problem !== '') return html`<p class="none" role="alert">${this.problem}</p>`
    if (!hub || !context) return html`<fs-skeleton lines="6"></fs-skeleton>`
    const { objectives } = hub
    const calculates = objectives.some(({ measures }) => measures.some((one) => one.isCalculated))
    return html`<header>
        <h2>${t('Progress of the plan')}</h2>
        ${
          calculates && this.content?.editable === true
            ? html`<button
                class="button"
                ?disabled=${this.busy}
                @click=${() => void this.#calculate()}
              >
                ${t('Work out the measures')}
              </button>`
            : nothing
        }
      </header>
      ${
        objectives.length === 0
          ? html`<p class="none soft">${t('The plan has no objectives yet.')}</p>`
          : html`<div class="picture">
              <fs-progress-ring
                .value=${meanProgress(objectives)}
                .label=${t('Progress of the plan')}
              ></fs-progress-ring>
              <ul class="objectives" role="list">
                ${objectives.map((one) => this.#objective(one, context))}
              </ul>
            </div>`
      }
      ${this.#work(hub, context)}`
  }

  #objective(objective: Objective, context: ValueContext): unknown {
    const { id, name, status, isOverdue, end, owner, measures, progress } = objective
    const field = this.#field('AccountPlanObjective', 'Status')
    const about = [
      field ? picklistLabel(status, field) : status,
      owner,
      end === undefined ? undefined : t('due {day}', { day: formatDate(end, context.format) }),
    ]
    return html`<li>
      <div class="line">
        <a href=${paths.record(context.app, 'AccountPlanObjective', id)}>${name}</a>
        <span class="figure"
          >${isOverdue ? html`<span class="late">${t('Overdue')}</span> · ` : nothing}${about
            .filter((part) => part !== undefined && part !== '')
            .join(' · ')}</span
        >
      </div>
      <fs-progress-bar .value=${progress} .label=${name}></fs-progress-bar>
      ${
        measures.length === 0
          ? nothing
          : html`<ul class="measures" role="list">
              ${measures.map((one) => measureLine(one, context))}
            </ul>`
      }
    </li>`
  }

  /** One table for each kind that there is. */
  #work({ work, objectives }: PlanHub, context: ValueContext): unknown {
    const names = new Map(objectives.map(({ id, name }) => [id, name]))
    return [...new Set(work.map(({ object }) => object))].map((object) => {
      const rows = work.filter((one) => one.object === object)
      const label = this.objects.get(object)?.describe.labelPlural ?? object
      return html`<h3 id=${object}>${label}</h3>
        <div class="wide">
          <table class="table" aria-labelledby=${object}>
            <tbody>
              ${rows.map((row) => this.#row(row, names, context))}
            </tbody>
          </table>
        </div>`
    })
  }

  #row(row: PlanWork, names: ReadonlyMap<string, string>, context: ValueContext): unknown {
    const { object, state: value, amount, day, objectiveId = '' } = row
    const field = value && this.#field(object, value.field)
    const money = this.#field(object, 'Amount')
    const known = findObject(context.screen, object) !== undefined
    return html`<tr>
      <th scope="row">
        ${known ? html`<a href=${paths.record(context.app, object, row.id)}>${row.name}</a>` : row.name}
      </th>
      <td>
        ${field ? html`<span class="chip">${picklistLabel(value.value, field)}</span>` : nothing}
      </td>
      <td>${names.get(objectiveId) ?? ''}</td>
      <td class="number">
        ${money && amount !== undefined ? formatValue(amount, money, context.format) : nothing}
      </td>
      <td class="number">${day === undefined ? nothing : formatDate(day, context.format)}</td>
    </tr>`
  }

  #field(object: string, name: string): FieldInfo | undefined {
    const screen = this.objects.get(object)
    return screen && fieldOf(screen.describe, name)
  }

  async #calculate(): Promise<void> {
    this.busy = true
    try {
      const count = await calculateMeasures(this.recordId)
      await this.#load()
      const told = t('{count, plural, one {# measure} other {# measures}} worked out.', { count })
      showToast({ kind: 'success', text: told })
    } catch (error) {
      showToast({ kind: 'error', text: errorText(error) })
    } finally {
      this.busy = false
    }
  }
}

function measureLine(measure: Measure, context: ValueContext): unknown {
  const { name, current, target, progress } = measure
  const figure = [current ?? 0, target].flatMap((one) =>
    one === undefined ? [] : [measureText(one, measure, context)],
  )
  const text =
    figure.length === 2
      ? t('{current} of {target}', { current: figure[0] ?? '', target: figure[1] ?? '' })
      : (figure[0] ?? '')
  return html`<li>
    <div class="line"><span>${name}</span><span class="figure">${text}</span></div>
    ${
      progress === undefined
        ? nothing
        : html`<fs-progress-bar .value=${progress} .label=${name}></fs-progress-bar>`
    }
  </li>`
}

function measureText(value: number, { kind }: Measure, { format }: ValueContext): string {
  const style: Intl.NumberFormatOptions =
    kind === 'Currency'
      ? { style: 'currency', currency: format.currency, maximumFractionDigits: 0 }
      : kind === 'Percent'
        ? { style: 'unit', unit: 'percent', maximumFractionDigits: 1 }
        : { maximumFractionDigits: 2 }
  return new Intl.NumberFormat(format.locale, style).format(value)
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-plan-hub': FsPlanHub
  }
}
