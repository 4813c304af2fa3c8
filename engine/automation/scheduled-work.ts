/** The list of what runs by the clock. A part that has such work is one line here; its times may follow the model. */
import type { ScheduledJob } from '../jobs/scheduled-job.ts'
import { sweepFiles, type SweepParts } from './files/sweep-files.ts'
import { scheduledFlows, type ScheduledFlowParts } from './flows/scheduled-flows.ts'
import { retentionJob, type RetentionParts } from './retention/retention.ts'
import { scoreJobs, type ScoreJobParts } from './scores/score-jobs.ts'

export type ScheduledWorkParts = ScheduledFlowParts & ScoreJobParts & SweepParts & RetentionParts

export const scheduledWork: readonly ((parts: ScheduledWorkParts) => readonly ScheduledJob[])[] = [
  scheduledFlows,
  scoreJobs,
  (parts) => [sweepFiles(parts)],
  (parts) => [retentionJob(parts)],
]
