/** Open tasks of a week in groups by when they are due. */
import type { WireRecord } from '../../base/wire.ts'

export interface DueTask {
  readonly id: string
  readonly subject: string
  /** YYYY-MM-DD. */
  readonly due: string
  readonly isHigh: boolean
  /** What the task is about: a record's name and id. */
  readonly about: { readonly id: string; readonly name: string } | undefined
}

export interface DueGroups {
  readonly overdue: readonly DueTask[]
  readonly today: readonly DueTask[]
  readonly later: readonly DueTask[]
}

/** The day it is for somebody in a time zone, as YYYY-MM-DD. */
export function dayIn(timeZone: string, at: Date): string {
  // Swedish dates are written as on the wire.
  return new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeZone }).format(at)
}

export function groupByDue(tasks: readonly DueTask[], today: string): DueGroups {
  return {
    overdue: tasks.filter(({ due }) => due < today),
    today: tasks.filter(({ due }) => due === today),
    later: tasks.filter(({ due }) => due > today),
  }
}

export function dueTaskOf(record: WireRecord): DueTask {
  return {
    id: record.Id ?? '',
    subject: String(record['Subject'] ?? ''),
    due: String(record['ActivityDate'] ?? ''),
    isHigh: record['Priority'] === 'High',
    about: aboutOf(record, 'What') ?? aboutOf(record, 'Who'),
  }
}

function aboutOf(record: WireRecord, relation: 'What' | 'Who'): DueTask['about'] {
  const id = record[`${relation}Id`]
  const parent: unknown = record[relation]
  if (typeof id !== 'string' || typeof parent !== 'object' || parent === null) return undefined
  const name = 'Name' in parent ? parent.Name : undefined
  return typeof name === 'string' ? { id, name } : undefined
}
