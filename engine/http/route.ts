/** What a route is: one line of the list in `routes/index.ts`, and what its handler is given. */
import type { Context } from 'hono'
import type { HttpBindings } from '@hono/node-server'
import type { Credential, Need, SignedInUser } from '../auth/auth.ts'
import type { Caller } from '../records/records.ts'
import type { Headers } from './headers.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export type Edge = {
  readonly Bindings: Partial<HttpBindings>
  /** In which the caller is answered, once that is known. */
  readonly Variables: { readonly language?: string }
}

/** A request on its way; `caller` says who asks. */
export interface Call {
  readonly request: Request
  readonly caller: Caller
  readonly user: SignedInUser
  readonly credential: Credential
  /** The header that tells clients how much they have used. */
  readonly limitInfo: Headers
  /** What it sends is an upload after all: it may take its time. */
  takeTime(): void
  /** A part of the address, decoded. */
  param(name: string): string
  /** A value after the question mark, decoded. */
  query(name: string): string | undefined
}

export type Answer = Response | Promise<Response>

export interface SignedInRoute {
  readonly kind: 'signed in'
  readonly method: Method
  readonly path: string
  /** System permission that the caller needs. */
  readonly permission: string | undefined
  /** Open to delegated administrators as well; which users they administer is asked by the handler. */
  readonly delegable: boolean
  /** What a token must have been granted for. */
  readonly need: Need
  /** Its body may take minutes. */
  readonly isUpload: boolean
  handle(call: Call): Answer
}

export interface PublicRoute {
  readonly kind: 'public'
  readonly method: Method
  readonly path: string
  handle(context: Context<Edge>): Answer
}

export type Route = SignedInRoute | PublicRoute

export function route(method: Method, path: string, handle: (call: Call) => Answer): SignedInRoute {
  return {
    kind: 'signed in',
    method,
    path,
    permission: undefined,
    delegable: false,
    need: 'api',
    isUpload: false,
    handle,
  }
}

export function uploading(route: SignedInRoute): SignedInRoute {
  return { ...route, isUpload: true }
}

/** For tokens that were granted for this. */
export function needing(need: Need, route: SignedInRoute): SignedInRoute {
  return { ...route, need }
}

/** For whoever may change the metadata. */
export function setupRoute(
  method: Method,
  path: string,
  handle: (call: Call) => Answer,
): SignedInRoute {
  return { ...route(method, path, handle), permission: 'CustomizeApplication' }
}

/** For whoever may manage users. */
export function forManagers(one: SignedInRoute): SignedInRoute {
  return { ...one, permission: 'ManageUsers' }
}

export function publicRoute(
  method: Method,
  path: string,
  handle: (context: Context<Edge>) => Answer,
): PublicRoute {
  return { kind: 'public', method, path, handle }
}
