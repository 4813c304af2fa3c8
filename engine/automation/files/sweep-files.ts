/** Once a day: contents of files that no record has held for a day are taken away. */
import { dayMs } from '../../formula/calendar.ts'
import type { ScheduledJob } from '../../jobs/scheduled-jobs.ts'
import { contentFields } from '../../model/content-fields.ts'
import { referenceColumn } from '../../query/content-column.ts'
import type { Models } from '../../records/record-parts.ts'
import type { FileContents } from './file-contents.ts'

export interface SweepParts {
  readonly models: Models
  readonly contents: FileContents
}

/** In the night of most of the world's banks. */
const hourMs = dayMs / 24
const startMs = 2 * hourMs

export function sweepFiles({ models, contents }: SweepParts): ScheduledJob {
  return {
    name: 'Sweep files',
    label: 'Remove contents of files that no record holds',
    schedule: 'Daily 02:00Z',
    nextAfter: (time) => startMs + (Math.floor((time - startMs) / dayMs) + 1) * dayMs,
    run: async () => {
      const columns = contentFields(models.current()).map(referenceColumn)
      return `${await contents.sweep(columns)} removed`
    },
  }
}
