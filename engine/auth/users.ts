/** Users as callers: their rights, compiled once and kept until something that decides them changes. */
import { LRUCache } from 'lru-cache'
import type { ProfileLayoutAssignment } from '../../metadata/types.ts'
import type { Access } from '../access/access.ts'
import { compileAccess, type Grants } from '../access/compile-access.ts'
import { delegationsOf } from '../access/delegation.ts'
import { assignedSet } from '../access/permission-set-groups.ts'
import { plainCompany, type Company } from '../base/company.ts'
import { baseLanguage } from '../base/languages.ts'
import { limits } from '../base/limits.ts'
import type { Model } from '../model/model.ts'
import type { Caller, Records } from '../records/records.ts'
import { queryRows, soqlText, textAt, type AnswerRow } from '../records/answer-rows.ts'
import type { FrozenUsers } from './frozen-users.ts'
import type { LoginRules } from './login-rules.ts'
import { systemCaller } from './system-caller.ts'

export interface SignedInUser {
  readonly id: string
  readonly username: string
  readonly name: string
  readonly email: string
  readonly timeZone: string
  readonly locale: string
  readonly language: string
  readonly company: Company
  readonly access: Access
  /** What the rights are made of, for whoever asks why. */
  readonly grants: Grants
  /** The page layouts that the profile assigns to objects and record types. */
  readonly layouts: readonly ProfileLayoutAssignment[]
  /** The application that the profile opens first. */
  readonly defaultApp: string | undefined
  /** When and from where the profile lets the user in. */
  readonly loginRules: LoginRules
  /** The program whose limits hold for these rights; undefined for all rights of the user. */
  readonly limitedTo: string | undefined
  /** The user as caller by a way ("screen", "api"), API version and language; the same object each time. */
  caller(source: string, apiVersion: string, language?: string): Caller
}

export interface Users {
  /** Undefined when there is no such active user. Without the database when nothing changed. */
  byId(id: string): SignedInUser | undefined | Promise<SignedInUser | undefined>
  /** The id of an active user of this name, in any letter case. */
  idOf(username: string): Promise<string | undefined>
  /** What decides the rights of one user, or of all, has changed. */
  forget(id?: string): void
}

export interface CurrentModel {
  current(): Model
}

export function createUsers(
  records: Records,
  models: CurrentModel,
  frozen: Pick<FrozenUsers, 'has'>,
): Users {
  const known = new LRUCache<string, SignedInUser>({ max: limits.usersCachedMax })
  // Rights read before a change must not be remembered after it.
  let changes = 0

  const load = async (id: string): Promise<SignedInUser | undefined> => {
    const before = changes
    // Whoever is frozen is as one who is not there: for sessions, tokens and jobs alike.
    const isFrozen = await frozen.has(id)
    const user = isFrozen ? undefined : await loadUser(records, models.current(), id)
    if (user !== undefined && before === changes) known.set(id, user)
    return user
  }
  return {
    byId: (id) => {
      const user = known.get(id)
      return user?.access.modelVersion === models.current().version ? user : load(id)
    },
    idOf: async (username) => {
      const soql = `SELECT Id FROM User WHERE Username = ${soqlText(username)} AND IsActive = true`
      const [row] = await queryRows(records, systemCaller(models.current()), soql)
      return row === undefined ? undefined : textAt(row, 'Id')
    },
    forget: (id) => {
      changes += 1
      if (id === undefined) known.clear()
      else known.delete(id)
    },
  }
}

async function loadUser(
  records: Records,
  model: Model,
  id: string,
): Promise<SignedInUser | undefined> {
  const caller = systemCaller(model)
  const hasType = model.object('User')?.fieldsByName.has('usertype') === true
  const [row] = await queryRows(
    records,
    caller,
    `SELECT Id, Username, Name, Email, TimeZoneSidKey, LocaleSidKey, LanguageLocaleKey, Profile.Name${hasType ? ', UserType' : ''}
     FROM User WHERE Id = ${soqlText(id)} AND IsActive = true`,
  )
  if (row === undefined) return undefined
  const assignments = await queryRows(
    records,
    caller,
    `SELECT PermissionSet.Name FROM PermissionSetAssignment WHERE AssigneeId = ${soqlText(id)}`,
  )
  const sets = assignments.map((assignment) => textAt(assignment, 'PermissionSet.Name') ?? '')
  const grants = grantsOf(model, textAt(row, 'Profile.Name'), sets)
  const layouts = grants.profile?.body.layoutAssignments ?? []
  const applications = grants.profile?.body.applicationVisibilities ?? []
  const defaultApp = applications.find((one) => one.default === true)?.application
  const outside = isOutside(textAt(row, 'UserType'))
  // Whoever comes from outside administers nobody inside.
  const delegations = outside ? [] : delegationsOf(model, textAt(row, 'Username') ?? '')
  const access = compileAccess({ model, userId: id, grants, outside, delegations })
  const company = await loadCompany(records, model)
  const { loginHours, loginIpRanges } = grants.profile?.body ?? {}
  return signedInUser(row, {
    access,
    grants,
    layouts,
    defaultApp,
    company,
    loginRules: { loginHours, loginIpRanges },
    limitedTo: undefined,
  })
}

const insideTypes: ReadonlySet<string> = new Set(['', 'Standard', 'CsnOnly'])

/** Customers, partners and guests, for whom the external sharing models hold. */
export function isOutside(userType = ''): boolean {
  return !insideTypes.has(userType)
}

async function loadCompany(records: Records, model: Model): Promise<Company> {
  const [row] = await queryRows(
    records,
    systemCaller(model),
    `SELECT FiscalYearStartMonth, UsesStartDateAsFiscalYearName, DefaultCurrencyIsoCode
     FROM Organization ORDER BY CreatedDate LIMIT 1`,
  )
  if (row === undefined) return plainCompany
  const { fiscalYear, currency } = plainCompany
  const startMonth = Number(row.get('FiscalYearStartMonth') ?? fiscalYear.startMonth)
  const namedByStart = row.get('UsesStartDateAsFiscalYearName') === true
  return {
    fiscalYear: { startMonth, namedByStart },
    currency: textAt(row, 'DefaultCurrencyIsoCode') ?? currency,
  }
}

export function grantsOf(
  model: Model,
  profileName: string | undefined,
  sets: readonly string[],
): Grants {
  const profile = profileName === undefined ? undefined : model.component('Profile', profileName)
  return {
    profile,
    permissionSets: sets.flatMap((fullName) => {
      const body = assignedSet(model, fullName)
      return body === undefined ? [] : [{ fullName, body }]
    }),
  }
}

function signedInUser(
  row: AnswerRow,
  given: Pick<
    SignedInUser,
    'access' | 'grants' | 'layouts' | 'defaultApp' | 'company' | 'loginRules' | 'limitedTo'
  >,
): SignedInUser {
  const text = (field: string): string => textAt(row, field) ?? ''
  return withCaller({
    id: text('Id'),
    username: text('Username'),
    name: text('Name'),
    email: text('Email'),
    timeZone: textAt(row, 'TimeZoneSidKey') ?? 'UTC',
    locale: textAt(row, 'LocaleSidKey') ?? baseLanguage,
    language: textAt(row, 'LanguageLocaleKey') ?? baseLanguage,
    ...given,
  })
}

/** The same user with other rights. */
export function actingAs(
  user: SignedInUser,
  rights: Pick<SignedInUser, 'access' | 'limitedTo'>,
): SignedInUser {
  return withCaller({ ...user, ...rights })
}

function withCaller(user: Omit<SignedInUser, 'caller'>): SignedInUser {
  const callers = new Map<string, Caller>()
  const caller: SignedInUser['caller'] = (source, apiVersion, language = user.language) => {
    const key = `${source} ${apiVersion} ${language}`
    const made = callers.get(key)
    if (made !== undefined) return made
    const { id: userId, name: userName, access, company, timeZone, locale, limitedTo } = user
    const fresh = Object.freeze({
      access,
      userId,
      userName,
      timeZone,
      company,
      locale,
      language,
      source,
      apiVersion,
      ...(limitedTo === undefined ? {} : { limitedTo }),
    })
    callers.set(key, fresh)
    return fresh
  }
  return Object.freeze({ ...user, caller })
}
