/** The model in force, for commands that write files of it: from a server that runs, or out of the database itself. */
import { loadApplied, readBody } from '../deploy/component-store.ts'
import type { AppliedComponents } from '../deploy/deployer.ts'
import { deployLock } from '../deploy/system-tables.ts'
import { own } from '../http/routes/addresses.ts'
import { deepFreeze } from '../base/deep-freeze.ts'
import type { Declaration } from '../model/declaration.ts'
import { componentKey } from '../model/resolve-mention.ts'
import { openSnapshot } from '../storage/open-storage.ts'
import { CliError } from './cli-error.ts'
import type { CommandContext } from './commands/command.ts'

export interface ModelSource {
  readonly applied: AppliedComponents
  /** What was in force once, by hash; undefined when nobody knows it any more. */
  formerBody(hash: string): Promise<unknown>
  close(): Promise<void>
}

/** Nothing is written, so that the database can be read beside a server that has it open. */
export function openModel(context: CommandContext): Promise<ModelSource> {
  return context.isRemote ? modelOfServer(context) : modelOfDatabase(context)
}

interface WholeModel {
  readonly version: number
  readonly installation: string
  readonly components: readonly (Pick<Declaration, 'type' | 'fullName' | 'body'> & {
    readonly hash: string
  })[]
}

async function modelOfServer(context: CommandContext): Promise<ModelSource> {
  const connection = await context.connect()
  const whole = await connection.ask<WholeModel>('GET', `${own}/model`)
  const declarations = new Map<string, Declaration>()
  const hashes = new Map<string, string>()
  for (const { type, fullName, hash, body } of whole.components) {
    const key = componentKey(type, fullName)
    // The server checked it against the type's schema before it was applied.
    declarations.set(key, deepFreeze({ type, fullName, body } as Declaration))
    hashes.set(key, hash)
  }
  const { version, installation } = whole
  return {
    applied: { version, installation, declarations, hashes },
    formerBody: async (hash) => {
      const path = `${own}/model/bodies/${encodeURIComponent(hash)}`
      return (await connection.ask<{ readonly body: unknown }>('GET', path)).body ?? undefined
    },
    close: () => Promise.resolve(),
  }
}

async function modelOfDatabase(context: CommandContext): Promise<ModelSource> {
  const snapshot = await openSnapshot(context.settings().databaseUrl, deployLock)
  try {
    const tables = await snapshot.tables()
    if (!tables.some(({ name }) => name === 'fs_state')) {
      throw new CliError('There is no organisation in this database yet: start the server once.')
    }
    const applied = await loadApplied(snapshot)
    const declarations = new Map(
      applied.declarations.map((one) => [componentKey(one.type, one.fullName), one]),
    )
    return {
      applied: { ...applied, declarations },
      formerBody: (hash) => readBody(snapshot, hash),
      close: () => snapshot.close(),
    }
  } catch (error) {
    await snapshot.close()
    throw error
  }
}
