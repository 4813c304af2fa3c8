/** From a request to who asks: the session cookie of the screens, or a bearer token. */
import {
  invalidSession,
  type Auth,
  type Credential,
  type Need,
  type SignedInUser,
} from '../auth/auth.ts'
import { refuse } from '../base/refusal.ts'

export const sessionCookie = 'sid'

/** Sent by our own screens with every request that changes something; another site cannot add it. */
export const changeHeader = 'x-fieldstone-request'

const authorizationPattern = /^(?:Bearer|OAuth) +(\S+)$/i
const cookiePattern = /(?:^|;\s*)sid=([A-Za-z0-9]+)/

/** The credential that a request carries; a header counts before a cookie. */
export function credentialOf(request: Request): Credential | undefined {
  const authorization = request.headers.get('authorization')
  if (authorization !== null) {
    const secret = authorizationPattern.exec(authorization)?.[1]
    return secret === undefined ? undefined : { kind: 'token', secret }
  }
  const secret = sessionSecret(request)
  return secret === undefined ? undefined : { kind: 'session', secret }
}

export function sessionSecret(request: Request): string | undefined {
  return cookiePattern.exec(request.headers.get('cookie') ?? '')?.[1]
}

export interface Identity {
  readonly user: SignedInUser
  readonly credential: Credential
}

/** Refuses as INVALID_SESSION_ID; a session's request that changes something must come from our own pages. */
export function identify(auth: Auth, request: Request, need: Need): Identity | Promise<Identity> {
  const credential = credentialOf(request)
  if (credential === undefined) throw invalidSession()
  if (credential.kind === 'session') requireOwnPage(request)
  const user = auth.user(credential, need)
  return user instanceof Promise
    ? user.then((found) => ({ user: found, credential }))
    : { user, credential }
}

const changesNothing: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Cross-site request forgery: the header first, then what the browser says about the page that asks. */
export function requireOwnPage(request: Request): void {
  if (changesNothing.has(request.method)) return
  const { headers } = request
  const { site, origin } = whence(request)
  const fromElsewhere =
    (site !== null && site !== 'same-origin' && site !== 'none') ||
    (origin !== null && hostOf(origin) !== headers.get('host'))
  if (fromElsewhere || headers.get(changeHeader) !== '1') {
    throw refuse(
      'INSUFFICIENT_ACCESS',
      'A change with a session cookie must come from the screens, with the header X-Fieldstone-Request: 1.',
    )
  }
}

/** For plain forms of ours, which can send no header: the browser itself must vouch for the page. */
export function requireSameSite(request: Request): void {
  const { site, origin } = whence(request)
  const isOwn =
    site === null
      ? origin !== null && hostOf(origin) === request.headers.get('host')
      : site === 'same-origin'
  if (!isOwn) throw refuse('INSUFFICIENT_ACCESS', 'The form must be sent from its own page.')
}

function whence({ headers }: Request): { site: string | null; origin: string | null } {
  return { site: headers.get('sec-fetch-site'), origin: headers.get('origin') }
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined
}

/** The cookie's text; an empty secret takes it away. */
export function sessionCookieText(secret: string, options: { readonly secure: boolean }): string {
  const ending = secret === '' ? '; Max-Age=0' : ''
  const secure = options.secure ? '; Secure' : ''
  return `${sessionCookie}=${secret}; Path=/; HttpOnly; SameSite=Lax${secure}${ending}`
}
