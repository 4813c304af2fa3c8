/** The commands of `fieldstone`, in the order of its help. */
import type { CliCommand } from './command.ts'
import { applyCommand } from './apply.ts'
import { diffCommand } from './diff.ts'
import { planCommand } from './plan.ts'
import { queryCommand } from './query.ts'
import { revertCommand } from './revert.ts'
import { userAddCommand } from './user-add.ts'
import { verifyCommand } from './verify.ts'

export const commands: readonly CliCommand[] = [
  planCommand,
  applyCommand,
  diffCommand,
  revertCommand,
  queryCommand,
  verifyCommand,
  userAddCommand,
]
