/** The columns of the page of jobs. */
import { html, nothing } from 'lit'
import { t } from '../base/text.ts'
import type { JobInfo, JobState, ScheduledJobInfo } from '../base/wire-automation.ts'
import type { Column } from '../elements/setup-table/setup-table.ts'
import { breakable } from './breakable.ts'
import { formatMoment } from './format-moment.ts'
import { scheduleWords } from './schedule-words.ts'
import { setupPath } from './setup-route.ts'

export const unfinishedStates: ReadonlySet<JobState> = new Set<JobState>([
  'Open',
  'UploadComplete',
  'InProgress',
])

export function momentCell(text: string | null): unknown {
  return text === null ? html`<span class="soft">—</span>` : formatMoment(text)
}

function stateChip(label: string, tone: string): unknown {
  return html`<span class="chip ${tone}">${label}</span>`
}

function lastChip(state: ScheduledJobInfo['lastState']): unknown {
  switch (state) {
    case 'Completed':
      return stateChip(t('Done'), 'success')
    case 'Failed':
      return stateChip(t('Failed'), 'danger')
    case 'Aborted':
      return stateChip(t('Stopped'), 'warning')
    case 'Queued':
    case 'Processing':
    case null:
      return nothing
  }
}

function jobChip(state: JobState): unknown {
  switch (state) {
    case 'Open':
      return stateChip(t('Not begun'), '')
    case 'UploadComplete':
      return stateChip(t('Waiting'), '')
    case 'InProgress':
      return stateChip(t('At work'), 'accent')
    case 'JobComplete':
      return stateChip(t('Done'), 'success')
    case 'Failed':
      return stateChip(t('Failed'), 'danger')
    case 'Aborted':
      return stateChip(t('Stopped'), 'warning')
  }
}

export function scheduledColumns(): readonly Column<ScheduledJobInfo>[] {
  return [
    {
      key: 'label',
      label: t('Name'),
      sortValue: (row) => row.label,
      cell: ({ label, component }) =>
        component?.type === 'Flow'
          ? html`<a href=${setupPath({ page: 'flows', name: component.fullName })}>${label}</a>`
          : label,
    },
    {
      key: 'schedule',
      label: t('Times'),
      cell: ({ cronExpression, timeZone }) =>
        html`${scheduleWords(cronExpression) ?? html`<span class="mono">${cronExpression}</span>`}
          <span class="soft small">${timeZone}</span>`,
    },
    {
      key: 'next',
      label: t('Next run'),
      sortValue: (row) => row.nextAt ?? '',
      cell: (row) => (row.state === 'PAUSED' ? t('Paused') : momentCell(row.nextAt)),
    },
    {
      key: 'last',
      label: t('Last run'),
      sortValue: (row) => row.lastAt ?? '',
      cell: (row) => momentCell(row.lastAt),
    },
    {
      key: 'outcome',
      label: t('Last result'),
      cell: (row) =>
        html`${lastChip(row.lastState)} <span>${breakable(row.lastOutcome ?? '')}</span>`,
    },
  ]
}

export function jobColumns(): readonly Column<JobInfo>[] {
  return [
    {
      key: 'about',
      label: t('Job'),
      sortValue: (row) => row.about,
      cell: ({ about, kind }) => breakable(about === '' ? kind : about),
    },
    {
      key: 'state',
      label: t('State'),
      sortValue: (row) => row.state,
      cell: (row) => jobChip(row.state),
    },
    {
      key: 'done',
      label: t('Records done'),
      numeric: true,
      sortValue: (row) => row.done ?? 0,
      cell: (row) => row.done ?? nothing,
    },
    {
      key: 'failed',
      label: t('Refused'),
      numeric: true,
      sortValue: (row) => row.failed ?? 0,
      cell: (row) => row.failed ?? nothing,
    },
    { key: 'detail', label: t('Reason'), cell: (row) => breakable(row.detail ?? '') },
    {
      key: 'by',
      label: t('Begun by'),
      sortValue: (row) => row.createdBy ?? '',
      cell: (row) => row.createdBy ?? t('The clock'),
    },
    {
      key: 'at',
      label: t('Begun'),
      sortValue: (row) => row.createdAt,
      cell: (row) => momentCell(row.createdAt),
    },
    {
      key: 'modified',
      label: t('Last change'),
      sortValue: (row) => row.modifiedAt,
      cell: (row) => momentCell(row.modifiedAt),
    },
  ]
}
