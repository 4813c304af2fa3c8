/** What became of the runs of a flow: what failed at once, everything while somebody looks on. */
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { flows } from '../../automation-api.ts'
import { errorText } from '../../base/api-error.ts'
import { chipStyles } from '../../base/base-styles.ts'
import { FsElement } from '../../base/element.ts'
import { paths } from '../../base/navigation.ts'
import { t } from '../../base/text.ts'
import type { FlowInfo, FlowRunInfo } from '../../base/wire-automation.ts'
import { selectControl, textControl } from '../../setup/form-controls.ts'
import { formStyles } from '../../setup/form-styles.ts'
import { formatMoment } from '../../setup/format-moment.ts'
import { partStyles } from '../../setup/setup-styles.ts'
import '../record-name/record-name.ts'
import '../setup-table/setup-table.ts'
import type { Column } from '../setup-table/setup-table.ts'
import { renderSteps } from './flow-steps.ts'
import { outcomeChip, startLabel } from './flow-words.ts'
import { setupFlowStyles } from './setup-flow.styles.ts'
import { problemNotice } from '../../setup/problem-notice.ts'

const traceMinutes = 30

@customElement('fs-setup-flow-runs')
export class FsSetupFlowRuns extends FsElement {
  static override styles = [formStyles, partStyles, chipStyles, setupFlowStyles]

  @property({ attribute: false }) flow!: FlowInfo
  @state() private runs: readonly FlowRunInfo[] | undefined
  @state() private outcome = ''
  @state() private recordId = ''
  @state() private tracedUntil: string | null = null
  @state() private problem = ''

  override connectedCallback(): void {
    super.connectedCallback()
    this.tracedUntil = this.flow.tracedUntil
    void this.#load()
  }

  async #load(): Promise<void> {
    const { outcome, recordId } = this
    try {
      const runs = await flows.runs({
        flow: this.flow.name,
        ...(outcome === '' ? {} : { outcome }),
        ...(recordId.trim() === '' ? {} : { recordId: recordId.trim() }),
      })
      if (outcome !== this.outcome || recordId !== this.recordId) return
      this.runs = runs
      this.problem = ''
    } catch (error) {
      this.problem = errorText(error)
    }
  }

  protected override render(): unknown {
    return html`${this.#trace()}
      <div class="fields">
        ${selectControl({
          name: 'outcome',
          label: t('Outcome'),
          value: this.outcome,
          choices: [
            { value: '', label: t('All') },
            { value: 'Failed', label: t('Failed') },
            { value: 'Refused', label: t('Refused the save') },
            { value: 'Finished', label: t('Finished') },
            { value: 'Skipped', label: t('Conditions not met') },
          ],
          onInput: (value) => {
            this.outcome = value
            void this.#load()
          },
        })}
        ${textControl({
          name: 'record',
          label: t('ID of a record'),
          mono: true,
          value: this.recordId,
          onInput: (value) => {
            this.recordId = value
            if (value === '' || /^\w{15}(\w{3})?$/.test(value.trim())) void this.#load()
          },
        })}
      </div>
      <div class="actions">
        <button class="button" @click=${() => void this.#load()}>${t('Refresh')}</button>
      </div>
      ${problemNotice(this.problem)} ${this.#table()}`
  }

  #trace(): unknown {
    const until = this.tracedUntil
    const isTraced = until !== null && Date.parse(until) > Date.now()
    return html`<div class="actions">
      <span class="soft">
        ${
          isTraced
            ? t('Every run is logged with its steps until {moment}.', {
                moment: formatMoment(until),
              })
            : t('Runs that fail or refuse a save are logged. Others are counted.')
        }
      </span>
      <button class="button" @click=${() => void this.#setTrace(isTraced ? 0 : traceMinutes)}>
        ${isTraced ? t('Stop looking on') : t('Log every step for 30 minutes')}
      </button>
    </div>`
  }

  async #setTrace(minutes: number): Promise<void> {
    try {
      await flows.trace(this.flow.name, minutes)
      this.tracedUntil =
        minutes === 0 ? null : new Date(Date.now() + minutes * 60_000).toISOString()
    } catch (error) {
      this.problem = errorText(error)
    }
  }

  #table(): unknown {
    const { runs } = this
    if (runs === undefined) return nothing
    if (runs.length === 0) return html`<p class="soft">${t('Nothing is logged.')}</p>`
    return html`<fs-setup-table
      .caption=${t('Runs, newest first')}
      .columns=${columns()}
      .rows=${runs}
      .rowKey=${(row: FlowRunInfo) => row.id}
    ></fs-setup-table>`
  }
}

function columns(): readonly Column<FlowRunInfo>[] {
  return [
    {
      key: 'at',
      label: t('Moment'),
      sortValue: (row) => row.at,
      cell: (row) => formatMoment(row.at),
    },
    {
      key: 'outcome',
      label: t('Outcome'),
      sortValue: (row) => row.outcome,
      cell: (row) => outcomeChip(row.outcome),
    },
    { key: 'start', label: t('Start'), cell: (row) => startLabel(row.start) },
    {
      key: 'record',
      label: t('Record'),
      cell: ({ object, recordId }) =>
        object === null || recordId === null
          ? nothing
          : html`<a href=${paths.record('all', object, recordId)}
              ><fs-record-name .object=${object} .record=${recordId}></fs-record-name
            ></a>`,
    },
    { key: 'user', label: t('User'), cell: (row) => row.user ?? nothing },
    {
      key: 'told',
      label: t('What happened'),
      cell: ({ error, element, steps }) =>
        html`${error === null ? nothing : html`<div>${error}</div>`}
        ${
          element === null
            ? nothing
            : html`<div class="soft small">${t('At {element}', { element })}</div>`
        }
        ${
          steps.length === 0
            ? nothing
            : html`<details>
                <summary>
                  ${t('{count, plural, one {# step} other {# steps}}', { count: steps.length })}
                </summary>
                ${renderSteps(steps)}
              </details>`
        }`,
    },
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-flow-runs': FsSetupFlowRuns
  }
}
