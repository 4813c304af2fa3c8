/** What an organisation begins with: its first person, and the records of a template. */
import { join } from 'node:path'
import type { Auth } from '../auth/auth.ts'
import {
  ensureAdministratorUser,
  giveFirstPassword,
  type FirstAdministrator,
} from '../auth/first-administrator.ts'
import { systemCaller } from '../auth/system-caller.ts'
import type { Clock, RandomBytes } from '../base/clock.ts'
import type { Deployer } from '../deploy/deployer.ts'
import { queryRows, soqlText, textAt } from '../records/answer-rows.ts'
import type { Caller, Records } from '../records/records.ts'
import type { Settings } from '../settings.ts'
import type { Storage } from '../storage/storage.ts'
import { ensureSampleData } from './sample-data.ts'

export interface FurnishOptions {
  readonly settings: Pick<Settings, 'administrator' | 'sampleData'>
  readonly storage: Storage
  readonly home: string
  readonly clock: Clock
  readonly randomBytes: RandomBytes
}

/** The first person, and the sample records of a new organisation. */
export async function furnish(
  options: FurnishOptions,
  parts: { readonly records: Records; readonly deployer: Deployer; readonly auth: Auth },
  isNew: boolean,
): Promise<FirstAdministrator | undefined> {
  const { settings, storage, clock } = options
  const { records, deployer } = parts
  const models = deployer.store
  const { administrator } = settings
  const newId = await ensureAdministratorUser({ ...parts, models }, administrator.username)
  const caller = await administratorCaller(records, models, administrator.username)
  await ensureSampleData({
    storage,
    target: { records, model: models.current(), caller, clock },
    templatesFolder: join(options.home, 'templates'),
    template: settings.sampleData,
    isNew,
  })
  const { auth } = parts
  const { randomBytes } = options
  return newId === undefined
    ? undefined
    : giveFirstPassword({ auth, randomBytes }, newId, administrator)
}

/** The engine's rights under the administrator's name, so that sample records have an author. */
async function administratorCaller(
  records: Records,
  models: Deployer['store'],
  username: string,
): Promise<Caller> {
  const system = systemCaller(models.current())
  const soql = `SELECT Id, Name FROM User WHERE Username = ${soqlText(username)}`
  const [row] = await queryRows(records, system, soql)
  const userId = row === undefined ? undefined : textAt(row, 'Id')
  if (row === undefined || userId === undefined) return system
  return { ...system, userId, userName: textAt(row, 'Name') ?? username }
}
