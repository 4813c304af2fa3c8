/** The user whom a proven identity stands for: linked before, found by a verified claim, or made. */
import type { AuthProvider } from '../../../metadata/types.ts'
import { baseLanguage } from '../../base/languages.ts'
import { Refusal } from '../../base/refusal.ts'
import { queryRows, soqlText, textAt } from '../../records/answer-rows.ts'
import type { Caller, Records } from '../../records/records.ts'
import { systemCaller } from '../system-caller.ts'
import type { CurrentModel } from '../users.ts'
import type { AccountLinks } from './account-links.ts'
import { ProviderError, type ProvenIdentity } from './identity-provider.ts'

export interface PersonParts {
  readonly records: Records
  readonly models: CurrentModel
  readonly links: AccountLinks
}

const usualClaim = 'email'
const usualField = 'Username'

/** The id of the user, who may be inactive. Refuses as ProviderError. */
export async function personOf(
  parts: PersonParts,
  provider: AuthProvider,
  identity: ProvenIdentity,
): Promise<string> {
  const { issuer, subject, claims } = identity
  const named = { provider: provider.fullName, issuer, subject }
  const linked = await parts.links.userOf(named)
  if (linked !== undefined) return linked
  const value = claimOf(claims, provider.userClaim ?? usualClaim)
  const userId =
    (await findUser(parts, provider, value)) ?? (await makeUser(parts, provider, claims))
  // Of two who come at once as the same subject, the first one's link holds.
  if (await parts.links.add(named, userId)) return userId
  if ((await parts.links.userOf(named)) === userId) return userId
  throw new ProviderError(`the user ${userId} is linked to somebody else at the provider`)
}

/** An address counts when the provider has seen to it that it is the person's own. */
function claimOf(claims: ReadonlyMap<string, unknown>, name: string): string {
  const value = claims.get(name)
  if (typeof value !== 'string' || value === '')
    throw new ProviderError(`there is no claim ${name}`)
  if (name === 'email' && claims.get('email_verified') !== true) {
    throw new ProviderError('the e-mail address is not verified')
  }
  return value
}

async function findUser(
  { records, models }: PersonParts,
  { userField = usualField }: AuthProvider,
  value: string,
): Promise<string | undefined> {
  const soql = `SELECT Id FROM User WHERE ${userField} = ${soqlText(value)} LIMIT 2`
  const rows = await queryRows(records, systemCaller(models.current()), soql)
  if (rows.length > 1) throw new ProviderError(`several users have this ${userField}`)
  return rows[0] && textAt(rows[0], 'Id')
}

async function makeUser(
  parts: PersonParts,
  provider: AuthProvider,
  claims: ReadonlyMap<string, unknown>,
): Promise<string> {
  const { justInTimeProfile } = provider
  if (justInTimeProfile === undefined) throw new ProviderError('there is no such user')
  const { records, models } = parts
  const caller: Caller = { ...systemCaller(models.current()), source: 'single sign-on' }
  const soql = `SELECT Id FROM Profile WHERE Name = ${soqlText(justInTimeProfile)} LIMIT 1`
  const [profile] = await queryRows(records, caller, soql)
  const profileId = profile && textAt(profile, 'Id')
  if (profileId === undefined) throw new ProviderError(`no profile ${justInTimeProfile}`)
  const body = newUser(provider, claims, profileId)
  try {
    return (await records.create(caller, 'User', body)).id
  } catch (error) {
    if (!(error instanceof Refusal) || error.status >= 500) throw error
    // Somebody with the same name may have come at the same moment.
    const value = claimOf(claims, provider.userClaim ?? usualClaim)
    const known = error.code === 'DUPLICATE_VALUE' && (await findUser(parts, provider, value))
    if (typeof known === 'string') return known
    throw new ProviderError(`the user could not be made: ${error.message}`)
  }
}

const aliasCharsMax = 8

function newUser(
  { userClaim = usualClaim, userField = usualField }: AuthProvider,
  claims: ReadonlyMap<string, unknown>,
  profileId: string,
): Map<string, unknown> {
  const email = claimOf(claims, 'email')
  const text = (name: string): string => {
    const value = claims.get(name)
    return typeof value === 'string' ? value : ''
  }
  const name = email.slice(0, email.indexOf('@'))
  return new Map<string, unknown>([
    ['Username', email],
    ['Email', email],
    [userField, claimOf(claims, userClaim)],
    ['Alias', name.slice(0, aliasCharsMax)],
    ['FirstName', text('given_name')],
    ['LastName', text('family_name') || text('name') || name],
    ['IsActive', true],
    ['ProfileId', profileId],
    ['TimeZoneSidKey', 'UTC'],
    ['LocaleSidKey', baseLanguage],
    ['LanguageLocaleKey', baseLanguage],
  ])
}
