/** What is asked of those who sign in, and how each of them does: the addresses that belong to it. */
import { get, own, segment, send } from './api.ts'

export interface SecuritySettings {
  readonly minimumPasswordLength: number
  readonly passwordHistory: number
  readonly passwordExpiresAfterDays: number
  readonly maxLoginAttempts: number
  readonly secondFactorRequired: boolean
  readonly sessionLifetimeMinutes: number
  readonly passwordGrantAllowed: boolean
}

export interface IdentityProviderInfo {
  readonly name: string
  readonly label: string
  readonly providerType: string
  readonly issuer: string | null
  readonly callbackUrl: string
  readonly hasSecret: boolean
}

export const security = {
  settings: () => get<SecuritySettings>(`${own}/security-settings`),
  async change(body: Partial<SecuritySettings>): Promise<SecuritySettings> {
    return (await send<SecuritySettings>('PATCH', `${own}/security-settings`, { body })).body
  },
  providers: () => get<readonly IdentityProviderInfo[]>(`${own}/auth-providers`),
  async setProviderSecret(name: string, consumerSecret: string): Promise<void> {
    const body = { consumerSecret }
    await send('PUT', `${own}/auth-providers/${segment(name)}/secret`, { body })
  },
  /** Why the provider cannot be reached; null when it can. */
  async checkProvider(name: string): Promise<string | null> {
    const path = `${own}/auth-providers/${segment(name)}/check`
    const { body } = await send<{ readonly problem: string | null }>('POST', path, { body: {} })
    return body.problem
  },
}

export interface SignInOptions {
  readonly providers: readonly {
    readonly name: string
    readonly label: string
    readonly url: string
  }[]
  /** Whoever has forgotten his password can have a link sent. */
  readonly forgottenPassword: boolean
}

/** For whoever has not signed in. */
export const entrance = {
  options: () => get<SignInOptions>(`${own}/sign-in-options`),
  async choosePassword(link: string, newPassword: string): Promise<void> {
    await send('POST', `${own}/session/password-link`, { body: { link, newPassword } })
  },
  async askForLink(username: string): Promise<void> {
    await send('POST', `${own}/session/forgotten-password`, { body: { username } })
  },
}

export interface SignInFacts {
  readonly hasPassword: boolean
  readonly secondFactor: boolean
  readonly isFrozen: boolean
  /** At how many identity providers the user is known. */
  readonly providerLinks: number
}

export const userSignIn = {
  facts: (user: string) => get<SignInFacts>(`${own}/users/${segment(user)}/sign-in`),
  async makeLink(user: string): Promise<{ readonly url: string; readonly expiresAt: string }> {
    type Made = { readonly url: string; readonly expiresAt: string }
    const path = `${own}/users/${segment(user)}/password-link`
    return (await send<Made>('POST', path, { body: {} })).body
  },
  async resetSecondFactor(user: string): Promise<void> {
    await send('DELETE', `${own}/users/${segment(user)}/second-factor`)
  },
  async removeLinks(user: string): Promise<void> {
    await send('DELETE', `${own}/users/${segment(user)}/sign-in-links`)
  },
  async setFrozen(user: string, frozen: boolean): Promise<void> {
    await send(frozen ? 'PUT' : 'DELETE', `${own}/users/${segment(user)}/freeze`)
  },
}

export interface OwnFactor {
  readonly enrolled: boolean
  readonly recoveryCodesLeft: number
}

export const ownFactor = {
  read: () => get<OwnFactor>(`${own}/session/second-factor`),
  async remove(password: string, code: string): Promise<void> {
    await send('DELETE', `${own}/session/second-factor`, { body: { password, code } })
  },
}

/** What gives a right: a profile or set, and by which other right where it is not that one itself. */
export interface GivenBy {
  readonly type: 'Profile' | 'PermissionSet' | 'PermissionSetGroup'
  readonly name: string
  readonly label: string
  readonly by?: string
}

export interface EffectiveRight {
  readonly right: string
  readonly allowed: boolean
  readonly givenBy: readonly GivenBy[]
}

export interface PersonAccess {
  readonly permissions: readonly EffectiveRight[]
  readonly objects: readonly {
    readonly object: string
    readonly label: string
    readonly rights: readonly string[]
  }[]
}

export interface PersonObjectAccess {
  readonly object: string
  readonly label: string
  readonly rights: readonly EffectiveRight[]
  readonly fields: readonly {
    readonly field: string
    readonly label: string
    readonly read: boolean
    readonly edit: boolean
    readonly givenBy: readonly (GivenBy & { readonly edit: boolean })[]
    readonly because?: 'object' | 'sources'
  }[]
}

export interface RightDifference {
  readonly list: string
  readonly name: string
  readonly left: readonly string[]
  readonly right: readonly string[]
}

export const personAccess = {
  all: (user: string) => get<PersonAccess>(`${own}/users/${segment(user)}/access`),
  object: (user: string, object: string) =>
    get<PersonObjectAccess>(`${own}/users/${segment(user)}/access/${segment(object)}`),
  async compare(left: string, right: string): Promise<readonly RightDifference[]> {
    const asked = new URLSearchParams({ left, right })
    type Compared = { readonly differences: readonly RightDifference[] }
    return (await get<Compared>(`${own}/rights-comparison?${asked.toString()}`)).differences
  },
}

export interface LegalHold {
  readonly id: string
  readonly recordId: string
  readonly object: string
  readonly reason: string
  readonly placedBy: string
  readonly placedAt: string
}

export interface RetentionRuleInfo {
  readonly object: string
  readonly rule: string
  readonly active: boolean
  readonly action: 'Anonymize' | 'Delete'
  readonly ageInDays: number
  /** Records that the next run is about. */
  readonly due: number
  readonly examples: readonly string[]
  readonly problem?: string
}

export const lasting = {
  holds: () => get<readonly LegalHold[]>(`${own}/legal-holds`),
  async place(recordId: string, reason: string): Promise<void> {
    await send('POST', `${own}/legal-holds`, { body: { recordId, reason } })
  },
  async lift(id: string): Promise<void> {
    await send('DELETE', `${own}/legal-holds/${segment(id)}`)
  },
  rules: () => get<readonly RetentionRuleInfo[]>(`${own}/retention-rules`),
}
