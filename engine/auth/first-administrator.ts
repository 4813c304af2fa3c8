/** The first person who can sign in; everybody else is made by an administrator. */
import type { RandomBytes } from '../base/clock.ts'
import type { Records } from '../records/records.ts'
import type { Auth } from './auth.ts'
import { queryRows, soqlText, textAt } from '../records/answer-rows.ts'
import { randomText } from './secrets.ts'
import { systemCaller } from './system-caller.ts'
import type { CurrentModel } from './users.ts'

export interface FirstAdministrator {
  readonly username: string
  /** Shown once, when it was made here. */
  readonly madePassword: string | undefined
}

export interface AdministratorWish {
  readonly username: string
  readonly password: string | undefined
}

const profileName = 'System Administrator'
const madePasswordChars = 16

interface Parts {
  readonly records: Records
  readonly models: CurrentModel
  readonly auth: Auth
  readonly randomBytes: RandomBytes
}

/** The id of the user, without a password yet; undefined when somebody can sign in already. */
export async function ensureAdministratorUser(
  parts: Pick<Parts, 'records' | 'models' | 'auth'>,
  username: string,
): Promise<string | undefined> {
  if (await parts.auth.credentials.any()) return undefined
  return findOrMakeUser(parts.records, parts.models, username)
}

/**
 * The password comes last of all that a first start does: a start that broke off before anybody saw the password makes
 * a new one.
 */
export async function giveFirstPassword(
  parts: Pick<Parts, 'auth' | 'randomBytes'>,
  userId: string,
  wish: AdministratorWish,
): Promise<FirstAdministrator> {
  const made =
    wish.password === undefined ? randomText(parts.randomBytes, madePasswordChars) : undefined
  await parts.auth.setPassword(userId, wish.password ?? made ?? '')
  return { username: wish.username, madePassword: made }
}

async function findOrMakeUser(
  records: Records,
  models: CurrentModel,
  username: string,
): Promise<string> {
  const caller = systemCaller(models.current())
  const find = async (object: string, field: string, value: string) => {
    const soql = `SELECT Id FROM ${object} WHERE ${field} = ${soqlText(value)} LIMIT 1`
    const [row] = await queryRows(records, caller, soql)
    return row === undefined ? undefined : textAt(row, 'Id')
  }
  const profileId = await find('Profile', 'Name', profileName)
  if (profileId === undefined) throw new Error(`there is no profile "${profileName}"`)
  const known = await find('User', 'Username', username)
  if (known !== undefined) {
    await records.update(
      caller,
      'User',
      known,
      new Map<string, unknown>([
        ['ProfileId', profileId],
        ['IsActive', true],
      ]),
    )
    return known
  }
  const { id } = await records.create(caller, 'User', administrator(username, profileId))
  return id
}

function administrator(username: string, profileId: string): Map<string, unknown> {
  return new Map<string, unknown>([
    ['Username', username],
    ['Email', username.includes('@') ? username : `${username}@localhost.localdomain`],
    ['Alias', 'admin'],
    ['FirstName', 'Fieldstone'],
    ['LastName', 'Administrator'],
    ['IsActive', true],
    ['ProfileId', profileId],
    ['TimeZoneSidKey', 'UTC'],
    ['LocaleSidKey', 'en_US'],
    ['LanguageLocaleKey', 'en_US'],
  ])
}
