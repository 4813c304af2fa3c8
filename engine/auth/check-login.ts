/** Name, password and second factor of somebody who signs in; every try by a name that there is stands in the login history. */
import type { Clock } from '../base/clock.ts'
import { message } from '../base/message.ts'
import { refuse } from '../base/refusal.ts'
import { noteSignIn } from '../ledger/audit.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Storage } from '../storage/storage.ts'
import type { Credentials } from './credentials.ts'
import { refusedBy } from './login-rules.ts'
import type { LoginAttempt, LoginLimits } from './login-limits.ts'
import type { SecondFactor } from './second-factor.ts'
import type { SignedInUser, Users } from './users.ts'

export interface SignInRequest extends LoginAttempt {
  readonly password: string
  /** Of the second factor, where there is one. */
  readonly code?: string | undefined
  /** The factor was asked for a moment ago, by the session that asks now. */
  readonly isFactorProved?: boolean
  /** Somebody who is signed in proves that it is he: from where and when was asked then. */
  readonly isInside?: boolean
  /** The program that asks; absent for the screens. */
  readonly clientId?: string
}

export interface LoginChecks {
  readonly storage: Storage
  readonly ledger: Ledger
  readonly users: Users
  readonly credentials: Credentials
  readonly loginLimits: LoginLimits
  readonly secondFactor: SecondFactor
  readonly clock: Clock
}

/** Refuses as INVALID_LOGIN, whatever is wrong; as SECOND_FACTOR_REQUIRED where the code alone is missing. */
export async function checkLogin(
  checks: LoginChecks,
  request: SignInRequest,
): Promise<SignedInUser> {
  const { loginLimits, users, credentials, secondFactor } = checks
  await loginLimits.begin(request)
  const userId = await users.idOf(request.username)
  const asksFactor = userId !== undefined && request.isFactorProved !== true
  const isEnrolled = asksFactor && (await secondFactor.isEnrolled(userId))
  const { password, code } = isEnrolled ? withCode(request) : { ...request, code: undefined }
  const matches = await credentials.matches(userId, password)
  const user = userId === undefined ? undefined : await users.byId(userId)
  if (!matches || user === undefined) {
    await note(checks, request, { userId: user?.id, status: 'Invalid Password' })
    throw invalidLogin()
  }
  const status = closedTo(checks, request, user)
  if (status !== undefined) {
    // Nobody learns from this whether the password was right.
    await note(checks, request, { userId: user.id, status })
    throw invalidLogin()
  }
  if (isEnrolled && code === undefined) {
    await loginLimits.unfinished(request)
    throw refuse('SECOND_FACTOR_REQUIRED', message('Enter the code of your second factor.'))
  }
  if (code !== undefined && !(await secondFactor.accepts(user.id, code))) {
    await note(checks, request, { userId: user.id, status: 'Failed: Second Factor' })
    throw invalidLogin()
  }
  await loginLimits.succeeded(request)
  await note(checks, request, { userId: user.id, status: 'Success' })
  return user
}

function closedTo(
  { clock }: LoginChecks,
  { address, clientId, isInside = false }: SignInRequest,
  user: SignedInUser,
): string | undefined {
  if (isInside) return undefined
  // Whoever comes by an identity provider has no other way in.
  if (user.access.has('IsSsoEnabled')) return 'Failed: Single Sign-On Required'
  return refusedBy(user, { address, now: clock.now(), isScreen: clientId === undefined })
}

function invalidLogin() {
  return refuse('INVALID_LOGIN', message('Invalid username, password or user locked out.'))
}

/** Programs that know of no second factor send the code behind the password. */
function withCode({ password, code, clientId }: SignInRequest): {
  readonly password: string
  readonly code: string | undefined
} {
  if (code !== undefined && code !== '') return { password, code }
  const digits = clientId === undefined ? undefined : /^([^]*)(\d{6})$/.exec(password)
  return digits?.[1] === undefined
    ? { password, code: undefined }
    : { password: digits[1], code: digits[2] }
}

interface Noted {
  readonly userId: string | undefined
  readonly status: string
}

async function note(
  { storage, ledger }: LoginChecks,
  { address, clientId = '' }: SignInRequest,
  { userId, status }: Noted,
): Promise<void> {
  if (userId === undefined) return
  const type = clientId === '' ? 'Application' : 'Remote Access 2.0'
  await storage.write((tx) =>
    noteSignIn(ledger, tx, { userId, type, status, address, client: clientId }),
  )
}
