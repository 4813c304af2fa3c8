/** Jobs as records that queries read: what runs by the clock, and its runs; under the names of the public platform. */
import type { ColumnKind } from '../sql/column-kind.ts'
import {
  authored,
  common,
  filled,
  id,
  instant,
  leading,
  lookupTo,
  optional,
  plain,
  word,
  type LedgerShape,
  type LedgerTable,
} from './ledger-shape.ts'

const count: ColumnKind = { kind: 'decimal', precision: 9, scale: 0 }
const later = (name: string) => ({ name, kind: instant, nullable: true })

export const cronTriggerTable: LedgerTable = {
  name: 'fs_cron_trigger',
  keyPrefix: '08e',
  columns: [
    ...common,
    filled('name'),
    { name: 'detail_id', kind: id },
    // The job's own schedule; `chosen` is what an administrator put in its place.
    filled('schedule'),
    filled('expression'),
    optional('chosen'),
    filled('zone'),
    filled('state'),
    later('next_at'),
    later('last_at'),
    { name: 'times', kind: count },
    optional('last_state'),
    optional('last_outcome'),
  ],
  indexes: [['next_at'], ['Id']],
}

export const cronJobDetailTable: LedgerTable = {
  name: 'fs_cron_job_detail',
  keyPrefix: '08a',
  columns: [...common, filled('name'), filled('job_type')],
  indexes: [],
}

/** One row for each run, with the id of its job. */
export const asyncJobTable: LedgerTable = {
  name: 'fs_async_job',
  keyPrefix: '707',
  columns: [
    ...common,
    { name: 'trigger_id', kind: id },
    filled('name'),
    filled('job_type'),
    filled('status'),
    later('completed_at'),
    optional('extended_status'),
    { name: 'processed', kind: count },
    { name: 'errors', kind: count },
  ],
  indexes: [['trigger_id', 'CreatedDate'], ['CreatedDate']],
}

const number = (name: string, label: string, column: string) =>
  plain('Number', { name, label, column, options: { precision: 9, scale: 0 } })
const moment = (name: string, label: string, column: string) =>
  plain('DateTime', { name, label, column })

const readers = { kind: 'permission', permission: 'ViewSetup' } as const

export const jobObjects: readonly LedgerShape[] = [
  {
    name: 'CronTrigger',
    label: 'Scheduled Job',
    plural: 'Scheduled Jobs',
    table: cronTriggerTable,
    nameField: 'CronExpression',
    fields: [
      ...leading,
      ...authored,
      lookupTo('CronJobDetail', {
        name: 'CronJobDetailId',
        label: 'Job Detail',
        column: 'detail_id',
      }),
      word('CronExpression', 'Cron Expression', 'expression'),
      word('TimeZoneSidKey', 'Time Zone', 'zone'),
      word('State', 'State', 'state'),
      moment('NextFireTime', 'Next Run', 'next_at'),
      moment('PreviousFireTime', 'Previous Run', 'last_at'),
      number('TimesTriggered', 'Times Triggered', 'times'),
    ],
    readers,
  },
  {
    name: 'CronJobDetail',
    label: 'Scheduled Job Detail',
    plural: 'Scheduled Job Details',
    table: cronJobDetailTable,
    nameField: 'Name',
    fields: [...leading, word('Name', 'Name', 'name'), word('JobType', 'Job Type', 'job_type')],
    readers,
  },
  {
    name: 'AsyncApexJob',
    label: 'Background Job',
    plural: 'Background Jobs',
    table: asyncJobTable,
    nameField: 'MethodName',
    fields: [
      ...leading,
      ...authored,
      word('JobType', 'Job Type', 'job_type'),
      word('MethodName', 'Method Name', 'name'),
      word('Status', 'Status', 'status'),
      word('ExtendedStatus', 'Status Detail', 'extended_status'),
      moment('CompletedDate', 'Completion Date', 'completed_at'),
      number('JobItemsProcessed', 'Items Processed', 'processed'),
      number('NumberOfErrors', 'Number of Errors', 'errors'),
      lookupTo('CronTrigger', {
        name: 'CronTriggerId',
        label: 'Scheduled Job',
        column: 'trigger_id',
      }),
    ],
    readers,
  },
]
