/** What tokens are granted for (scopes, as programs ask for them), and what each is good for. */
import { message } from '../../base/message.ts'
import { refuse } from '../../base/refusal.ts'
import { oauthRefusal } from './oauth-refusal.ts'

/**
 * `api`: records, metadata, everything below `/services`; `id`: who one is; `web`: a way into the screens; `entry`: what
 * somebody who signs in to the screens may still have to do first.
 */
export type Need = 'api' | 'id' | 'web' | 'entry'

/** Of a session that is good for `entry` alone; no program can ask for it. */
export const entryScope = 'entry'

const scopes: ReadonlyMap<string, readonly Need[]> = new Map<string, readonly Need[]>([
  // Whoever reads all that a user may read finds out who the user is.
  ['api', ['api', 'id']],
  ['full', ['api', 'id', 'web']],
  ['web', ['web', 'id']],
  ['id', ['id']],
  ['openid', ['id']],
  ['profile', ['id']],
  ['email', ['id']],
  ['refresh_token', []],
  ['offline_access', []],
])

/** How metadata files write them. */
const writtenScopes: ReadonlyMap<string, readonly string[]> = new Map([
  ['api', ['api']],
  ['full', ['full', 'api', 'web', 'id', 'openid', 'profile', 'email']],
  ['web', ['web']],
  ['basic', ['id', 'profile', 'email']],
  ['openid', ['openid']],
  ['profile', ['profile']],
  ['email', ['email']],
  ['refreshtoken', ['refresh_token', 'offline_access']],
  ['offlineaccess', ['refresh_token', 'offline_access']],
])

/** The scopes that a connected app may ask for; undefined where it does not say. */
export function allowedScopes(
  written: readonly string[] | undefined,
): readonly string[] | undefined {
  if (written === undefined || written.length === 0) return undefined
  return [...new Set(written.flatMap((name) => writtenScopes.get(name.toLowerCase()) ?? []))]
}

const usual = 'api web id'

/** What is granted for what was asked; refuses what is not known, and what the program may not ask for. */
export function grantedScope(asked: string | null, allowed: readonly string[] | undefined): string {
  const names = namesIn(asked ?? allowed?.join(' ') ?? usual)
  for (const name of names) {
    if (!scopes.has(name)) throw oauthRefusal('invalid_scope', 'the requested scope is not known')
    if (allowed?.includes(name) === false) {
      throw oauthRefusal('invalid_scope', `the scope ${name} is not allowed for this client`)
    }
  }
  return names.join(' ')
}

/** Where nobody is asked to agree: what the program asks for, or all that it may; undefined where it says neither. */
export function askedScope(
  asked: string | null | undefined,
  allowed: readonly string[] | undefined,
): string | undefined {
  const isAsked = asked !== null && asked !== undefined && asked.trim() !== ''
  return isAsked ? grantedScope(asked, allowed) : allowed?.join(' ')
}

/** A refresh may ask for less than what was granted, never for more. */
export function narrowedScope(asked: string | undefined, granted: string): string {
  if (asked === undefined || asked.trim() === '') return granted
  const names = namesIn(asked)
  const held = namesIn(granted)
  if (names.every((name) => held.includes(name))) return names.join(' ')
  throw oauthRefusal('invalid_scope', 'the requested scope was not granted')
}

/** True for grants that last until they are taken back. */
export function isLasting(scope: string): boolean {
  const names = namesIn(scope)
  return names.includes('refresh_token') || names.includes('offline_access')
}

/** Refuses what a token was not granted for; without a scope it is good for everything. */
export function requireScope(scope: string | undefined, need: Need): void {
  if (scope === undefined || (scope === entryScope && need === 'entry')) return
  if (scope === entryScope) {
    throw refuse('INSUFFICIENT_ACCESS', message('Finish signing in first.'))
  }
  if (namesIn(scope).some((name) => scopes.get(name)?.includes(need) === true)) return
  throw refuse(
    'INSUFFICIENT_ACCESS',
    message('The program was not granted the scope {scope}: sign in again and ask for it.', {
      scope: need,
    }),
  )
}

function namesIn(scope: string): readonly string[] {
  return [...new Set(scope.split(/\s+/).filter((name) => name !== ''))]
}
