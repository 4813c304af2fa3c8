/** The timeline of a record as the screens read it and add to it. */
import { get, own, records, segment } from './api.ts'

export interface TimelineEntry {
  readonly id: string
  readonly object: string
  readonly kind: string
  readonly title: string
  readonly time: string
  readonly who: string | null
  readonly about: string | null
  readonly isOpen: boolean
}

export interface Timeline {
  readonly upcoming: readonly TimelineEntry[]
  readonly past: readonly TimelineEntry[]
  readonly next: string | null
}

export type ComposedKind = 'call' | 'task' | 'event'

export interface Composed {
  readonly kind: ComposedKind
  /** The lookup that ties it to the record. */
  readonly field: string
  readonly recordId: string
  readonly subject: string
  /** A day, for an event a moment. */
  readonly when: string
  readonly notes: string
}

export const timelines = {
  read(recordId: string, before?: string): Promise<Timeline> {
    const place = before === undefined ? '' : `?before=${segment(before)}`
    return get<Timeline>(`${own}/timeline/${segment(recordId)}${place}`)
  },
  async add(composed: Composed): Promise<void> {
    const { kind, field, recordId, subject, when, notes } = composed
    const common = { Subject: subject, Description: notes, [field]: recordId }
    if (kind === 'event') {
      const end = new Date(Date.parse(when) + 3_600_000).toISOString()
      await records.create('Event', { ...common, StartDateTime: when, EndDateTime: end })
      return
    }
    const call = { TaskSubtype: 'Call', Status: 'Completed' }
    const day = { ActivityDate: when }
    await records.create('Task', { ...common, ...day, ...(kind === 'call' ? call : {}) })
  },
}
