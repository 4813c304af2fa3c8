/** Jobs: what runs by the clock and when, what is at work for everybody, what failed and why. */
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { errorText } from '../base/api-error.ts'
import { jobs } from '../automation-api.ts'
import { chipStyles } from '../base/base-styles.ts'
import { FsElement } from '../base/element.ts'
import { setPageTitle } from '../base/navigation.ts'
import { t } from '../base/text.ts'
import type { JobInfo, ScheduledJobInfo } from '../base/wire-automation.ts'
import '../elements/dialog/dialog.ts'
import { confirm } from '../elements/dialog/confirm.ts'
import '../elements/icon/icon.ts'
import '../elements/page-header/page-header.ts'
import '../elements/setup-table/setup-table.ts'
import type { Column } from '../elements/setup-table/setup-table.ts'
import '../elements/skeleton/skeleton.ts'
import { showToast } from '../elements/toast/toast.ts'
import { textControl } from './form-controls.ts'
import { formStyles } from './form-styles.ts'
import { jobColumns, scheduledColumns, unfinishedStates } from './job-columns.ts'
import type { SetupRoute } from './setup-route.ts'
import { setupPageStyles } from './setup-styles.ts'
import { problemNotice } from './problem-notice.ts'

interface Rescheduling {
  readonly job: ScheduledJobInfo
  readonly cronExpression: string
  readonly timeZone: string
  readonly problem: string
}

@customElement('fs-setup-jobs-page')
export class FsSetupJobsPage extends FsElement {
  static override styles = [formStyles, chipStyles, setupPageStyles]

  @property({ attribute: false }) route: SetupRoute | undefined
  @state() private scheduled: readonly ScheduledJobInfo[] | undefined
  @state() private all: readonly JobInfo[] = []
  @state() private problem = ''
  @state() private rescheduling: Rescheduling | undefined

  override connectedCallback(): void {
    super.connectedCallback()
    setPageTitle(t('Jobs'), t('Setup'))
    void this.#load()
  }

  async #load(): Promise<void> {
    try {
      const [scheduled, all] = await Promise.all([jobs.scheduled(), jobs.list()])
      this.scheduled = scheduled
      this.all = all
      this.problem = ''
    } catch (error) {
      this.problem = errorText(error)
    }
  }

  protected override render(): unknown {
    return html`
      <fs-page-header .heading=${t('Jobs')} .above=${t('Setup')} icon="clock">
        <div slot="actions">
          <button class="button" @click=${() => void this.#load()}>
            <fs-icon name="refresh"></fs-icon>${t('Refresh')}
          </button>
        </div>
      </fs-page-header>
      ${problemNotice(this.problem)}
      ${
        this.scheduled === undefined
          ? this.problem === ''
            ? html`<fs-skeleton lines="6"></fs-skeleton>`
            : nothing
          : [this.#schedules(this.scheduled), this.#work()]
      }
      ${this.#dialog()}
    `
  }

  #schedules(rows: readonly ScheduledJobInfo[]): unknown {
    return html`<section class="panel">
      <header><h2>${t('Scheduled jobs')}</h2></header>
      ${
        rows.length === 0
          ? html`<p class="padded soft">${t('Nothing runs by the clock yet.')}</p>`
          : html`<fs-setup-table
              .caption=${t('Scheduled jobs')}
              .columns=${[...scheduledColumns(), this.#scheduleActions()]}
              .rows=${rows}
              .rowKey=${(row: ScheduledJobInfo) => row.name}
            ></fs-setup-table>`
      }
    </section>`
  }

  #work(): unknown {
    return html`<section class="panel">
      <header><h2>${t('Latest jobs')}</h2></header>
      ${
        this.all.length === 0
          ? html`<p class="padded soft">${t('No job has run in the last days.')}</p>`
          : html`<fs-setup-table
              .caption=${t('Latest jobs')}
              .columns=${[...jobColumns(), this.#jobActions()]}
              .rows=${this.all}
              .rowKey=${(row: JobInfo) => row.id}
            ></fs-setup-table>`
      }
    </section>`
  }

  #scheduleActions(): Column<ScheduledJobInfo> {
    const button = (row: ScheduledJobInfo, label: string, act: () => void) =>
      html`<button
        class="button small"
        aria-label=${t('{action}: {job}', { action: label, job: row.label })}
        @click=${act}
      >
        ${label}
      </button>`
    return {
      key: 'actions',
      label: t('Actions'),
      cell: (row) =>
        html`<div class="actions">
          ${button(row, t('Run now'), () => void this.#act(row, 'run'))}
          ${
            row.state === 'PAUSED'
              ? button(row, t('Resume'), () => void this.#act(row, 'resume'))
              : button(row, t('Pause'), () => void this.#act(row, 'pause'))
          }
          ${button(row, t('Change times'), () => this.#openTimes(row))}
        </div>`,
    }
  }

  #jobActions(): Column<JobInfo> {
    return {
      key: 'actions',
      label: t('Actions'),
      labelHidden: true,
      cell: (row) =>
        unfinishedStates.has(row.state)
          ? html`<button
              class="button small"
              aria-label=${t('Stop {job}', { job: row.about || row.kind })}
              @click=${() => void this.#stop(row)}
            >
              ${t('Stop')}
            </button>`
          : nothing,
    }
  }

  async #act({ name }: ScheduledJobInfo, action: 'run' | 'pause' | 'resume'): Promise<void> {
    try {
      await jobs.act(name, action)
      if (action === 'run') showToast({ kind: 'success', text: t('It has begun.') })
    } catch (error) {
      showToast({ kind: 'error', text: errorText(error) })
    }
    await this.#load()
  }

  async #stop({ id, about, kind }: JobInfo): Promise<void> {
    const isMeant = await confirm({
      heading: t('Stop {job}?', { job: about || kind }),
      text: t('What it has done so far stays. It is not taken up again.'),
      confirmLabel: t('Stop'),
      danger: true,
    })
    if (!isMeant) return
    try {
      await jobs.stop(id)
    } catch (error) {
      showToast({ kind: 'error', text: errorText(error) })
    }
    await this.#load()
  }

  #openTimes(job: ScheduledJobInfo): void {
    // What a flow says of its times is no cron expression.
    const isCron = job.cronExpression.split(' ').length >= cronPartsMin
    const cronExpression = isCron ? job.cronExpression : '0 0 2 * * ?'
    this.rescheduling = { job, cronExpression, timeZone: job.timeZone, problem: '' }
  }

  #dialog(): unknown {
    const { rescheduling } = this
    if (rescheduling === undefined) return nothing
    const { job, cronExpression, timeZone, problem } = rescheduling
    const change = (to: Partial<Rescheduling>) => {
      this.rescheduling = { ...rescheduling, ...to, problem: '' }
    }
    return html`<fs-dialog
      .heading=${t('Times of {job}', { job: job.label })}
      .open=${true}
      @dialog-close=${() => (this.rescheduling = undefined)}
    >
      <div class="fields single">
        ${textControl({
          name: 'cron',
          label: t('Cron expression'),
          mono: true,
          required: true,
          hint: t('Seconds, minutes, hours, day of month, month, day of week, year if need be.'),
          value: cronExpression,
          error: problem === '' ? undefined : problem,
          onInput: (value) => change({ cronExpression: value }),
        })}
        ${textControl({
          name: 'zone',
          label: t('Time zone'),
          hint: t('Such as Europe/Berlin.'),
          value: timeZone,
          onInput: (value) => change({ timeZone: value }),
        })}
      </div>
      <div slot="footer" class="actions">
        ${
          job.isChosen
            ? html`<button class="button" @click=${() => void this.#reschedule(job)}>
                ${t('As it was delivered')}
              </button>`
            : nothing
        }
        <button
          class="button primary"
          @click=${() => void this.#reschedule(job, { cronExpression, timeZone })}
        >
          ${t('Save')}
        </button>
      </div>
    </fs-dialog>`
  }

  async #reschedule(
    { name }: ScheduledJobInfo,
    chosen?: Pick<Rescheduling, 'cronExpression' | 'timeZone'>,
  ): Promise<void> {
    try {
      await jobs.reschedule(name, chosen)
      this.rescheduling = undefined
      await this.#load()
    } catch (error) {
      if (this.rescheduling !== undefined)
        this.rescheduling = { ...this.rescheduling, problem: errorText(error) }
    }
  }
}

const cronPartsMin = 6

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-jobs-page': FsSetupJobsPage
  }
}
