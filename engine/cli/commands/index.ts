/** The commands of `fieldstone`, in the order of its help. */
import type { CliCommand } from './command.ts'
import { applyCommand } from './apply.ts'
import { backupCommand } from './backup.ts'
import { completionCommand } from './completion.ts'
import { dataExportCommand } from './data-export.ts'
import { dataImportCommand } from './data-import.ts'
import { dataTreeExportCommand } from './data-tree-export.ts'
import { dataTreeImportCommand } from './data-tree-import.ts'
import { diffCommand } from './diff.ts'
import { exportCommand } from './export.ts'
import { importCommand } from './import.ts'
import { planCommand } from './plan.ts'
import { pullCommand } from './pull.ts'
import { queryCommand } from './query.ts'
import { restoreCommand } from './restore.ts'
import { revertCommand } from './revert.ts'
import { startCommand } from './start.ts'
import { typesCommand } from './types.ts'
import { userAddCommand } from './user-add.ts'
import { verifyCommand } from './verify.ts'

export const commands: readonly CliCommand[] = [
  startCommand,
  planCommand,
  applyCommand,
  diffCommand,
  pullCommand,
  revertCommand,
  importCommand,
  exportCommand,
  typesCommand,
  queryCommand,
  dataImportCommand,
  dataExportCommand,
  dataTreeImportCommand,
  dataTreeExportCommand,
  verifyCommand,
  userAddCommand,
  backupCommand,
  restoreCommand,
  completionCommand,
]
