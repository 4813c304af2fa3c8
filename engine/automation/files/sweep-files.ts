/** Once a day: contents of files that no record has held for a day are taken away. */
import { cronTimes } from '../../jobs/cron-times.ts'
import type { ScheduledJob } from '../../jobs/scheduled-job.ts'
import { contentFields } from '../../model/content-fields.ts'
import { referenceColumn } from '../../query/content-column.ts'
import type { Models } from '../../records/record-parts.ts'
import type { FileContents } from './file-contents.ts'

export interface SweepParts {
  readonly models: Models
  readonly contents: FileContents
}

export function sweepFiles({ models, contents }: SweepParts): ScheduledJob {
  return {
    name: 'Sweep files',
    label: 'Remove contents of files that no record holds',
    // In the night of most of the world's banks.
    ...cronTimes('0 0 2 * * ?'),
    run: async () => {
      const columns = contentFields(models.current()).map(referenceColumn)
      return `${await contents.sweep(columns)} removed`
    },
  }
}
