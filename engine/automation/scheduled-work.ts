/** The list of what runs by the clock. A part that has such work is one line here; its times may follow the model. */
import type { ScheduledJob } from '../jobs/scheduled-job.ts'
import { sweepFiles, type SweepParts } from './files/sweep-files.ts'
import { scheduledFlows, type ScheduledFlowParts } from './flows/scheduled-flows.ts'

export type ScheduledWorkParts = ScheduledFlowParts & SweepParts

export const scheduledWork: readonly ((parts: ScheduledWorkParts) => readonly ScheduledJob[])[] = [
  scheduledFlows,
  (parts) => [sweepFiles(parts)],
]
