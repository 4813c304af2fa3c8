/** A person lets a program act for him: the page that asks, and the code that the program gets. */
import type { Context } from 'hono'
import type { SignedInUser } from '../../auth/auth.ts'
import { isCallback, type Client } from '../../auth/oauth/clients.ts'
import { OAuthRefusal, oauthRefusal } from '../../auth/oauth/oauth-refusal.ts'
import { grantedScope, isLasting } from '../../auth/oauth/scopes.ts'
import { Refusal } from '../../base/refusal.ts'
import { inLanguage } from '../../language/in-language.ts'
import { say, spellIn } from '../../language/say.ts'
import type { Model } from '../../model/model.ts'
import type { AppParts } from '../app-parts.ts'
import { emptyHeaders } from '../headers.ts'
import { requireSameSite, sessionSecret } from '../identify.ts'
import { acceptedLanguage } from '../language-of.ts'
import { publicRoute, type Edge, type Route } from '../route.ts'
import { consentPage, refusedPage } from '../views/consent-page.ts'
import { readForm } from './oauth-answers.ts'
import { peerAddress } from './peer-address.ts'

type Parts = Pick<AppParts, 'auth' | 'deployer'>

export function authorizeRoutes(parts: Parts): readonly Route[] {
  const path = '/services/oauth2/authorize'
  return [
    publicRoute('GET', path, (context) =>
      answered(parts, context, new URL(context.req.url).searchParams),
    ),
    publicRoute('POST', path, async (context) => {
      requireSameSite(context.req.raw)
      return answered(parts, context, await readForm(context.req.raw))
    }),
  ]
}

/** What a program asks for, found to be in order. */
interface Asked {
  readonly client: Client
  readonly redirectUri: string
  readonly state: string | null
  readonly challenge: string | undefined
  readonly scope: string
  readonly form: URLSearchParams
  /** Whoever is signed in must say so again. */
  readonly mustSignIn: boolean
}

async function answered(
  parts: Parts,
  context: Context<Edge>,
  form: URLSearchParams,
): Promise<Response> {
  const request = context.req.raw
  const model = readersModel(parts, request)
  const found = findClient(parts, form)
  if ('reason' in found) return refusedPage(model, say(model, found.reason))
  try {
    const asked = readAsked(found.client, form)
    if (form.get('decision') === 'deny') throw oauthRefusal('access_denied', 'end-user denied')
    return await (form.get('decision') === 'allow' && request.method === 'POST'
      ? decide(parts, context, { asked, model })
      : ask(parts, request, { asked, model }))
  } catch (error) {
    if (!(error instanceof OAuthRefusal)) throw error
    const told = new Map([
      ['error', error.error as string],
      ['error_description', error.message],
    ])
    return sendBack(form, told)
  }
}

function readersModel(parts: Parts, request: Request): Model {
  const model = parts.deployer.store.current()
  const language = acceptedLanguage(request, model)
  return language === undefined ? model : inLanguage(model, language)
}

/** An address that is not the client's own is never sent to, not even an error. */
function findClient(
  parts: Parts,
  form: URLSearchParams,
): { readonly client: Client } | { readonly reason: string } {
  try {
    const client = parts.auth.oauth.client(form.get('client_id') ?? '')
    if (isCallback(client, form.get('redirect_uri') ?? '')) return { client }
    return {
      reason: 'The program asks to be answered at an address that is not registered for it.',
    }
  } catch (error) {
    if (!(error instanceof OAuthRefusal)) throw error
    return { reason: 'The program is not known here.' }
  }
}

const challengePattern = /^[A-Za-z0-9_-]{43}$/

function readAsked(client: Client, form: URLSearchParams): Asked {
  if (form.get('response_type') !== 'code') {
    throw oauthRefusal('unsupported_response_type', 'response type not supported')
  }
  const challenge = form.get('code_challenge') ?? undefined
  if (challenge === undefined && (client.isPublic || client.isPkceRequired)) {
    throw oauthRefusal('invalid_request', 'required field missing: code_challenge')
  }
  // Stock clients leave the method out and mean S256.
  const method = form.get('code_challenge_method') ?? 'S256'
  if (challenge !== undefined && (method !== 'S256' || !challengePattern.test(challenge))) {
    throw oauthRefusal('invalid_request', 'code_challenge must be of method S256')
  }
  const prompts = (form.get('prompt') ?? '').split(/\s+/)
  return {
    client,
    redirectUri: form.get('redirect_uri') ?? '',
    state: form.get('state'),
    challenge,
    scope: grantedScope(form.get('scope'), client.scopes),
    form,
    mustSignIn: prompts.includes('login'),
  }
}

interface Scene {
  readonly asked: Asked
  readonly model: Model
}

async function ask(parts: Parts, request: Request, scene: Scene): Promise<Response> {
  const user = await present(parts, request, scene.asked)
  return showPage(scene, user, undefined)
}

/** Whoever is signed in to the screens. */
async function present(
  parts: Parts,
  request: Request,
  asked: Asked,
): Promise<SignedInUser | undefined> {
  const secret = sessionSecret(request)
  if (secret === undefined || asked.mustSignIn) return undefined
  try {
    return await parts.auth.user({ kind: 'session', secret })
  } catch (error) {
    if (error instanceof Refusal && error.code === 'INVALID_SESSION_ID') return undefined
    throw error
  }
}

const sentBack = [
  'response_type',
  'client_id',
  'redirect_uri',
  'state',
  'scope',
  'code_challenge',
  'code_challenge_method',
  'prompt',
]

function showPage(
  { asked, model }: Scene,
  user: SignedInUser | undefined,
  problem: string | undefined,
): Response {
  const hidden = new Map<string, string>()
  for (const name of sentBack) {
    const value = asked.form.get(name)
    if (value !== null) hidden.set(name, value)
  }
  return consentPage({
    model: user === undefined ? model : inLanguage(model, user.language),
    program: asked.client.label,
    signedInAs: user?.name,
    lasting: isLasting(asked.scope),
    problem,
    hidden,
    redirectUri: asked.redirectUri,
  })
}

async function decide(parts: Parts, context: Context<Edge>, scene: Scene): Promise<Response> {
  const { asked, model } = scene
  const { form, client, redirectUri, challenge, scope } = asked
  const user = form.has('username')
    ? await signIn(parts, context, scene)
    : await present(parts, context.req.raw, asked)
  if (user === undefined) return showPage(scene, undefined, undefined)
  if ('problem' in user) return showPage({ asked, model }, undefined, user.problem)
  const { oauth } = parts.auth
  const code = await oauth.grantCode({ client, userId: user.id, redirectUri, challenge, scope })
  return sendBack(form, new Map([['code', code]]))
}

async function signIn(
  parts: Parts,
  context: Context<Edge>,
  { asked, model }: Scene,
): Promise<SignedInUser | { readonly problem: string }> {
  const { form } = asked
  try {
    return await parts.auth.checkPassword({
      username: form.get('username') ?? '',
      password: form.get('password') ?? '',
      clientId: asked.client.id,
      address: peerAddress(context),
    })
  } catch (error) {
    if (!(error instanceof Refusal) || error.status >= 500) throw error
    const told = error.problems[0]?.told
    return { problem: told === undefined ? error.message : spellIn(model, told) }
  }
}

/** Back to the program, with the state it gave. */
function sendBack(form: URLSearchParams, told: ReadonlyMap<string, string>): Response {
  const url = new URL(form.get('redirect_uri') ?? '')
  for (const [name, value] of told) url.searchParams.set(name, value)
  const state = form.get('state')
  if (state !== null) url.searchParams.set('state', state)
  return new Response(null, { status: 302, headers: { ...emptyHeaders, Location: url.href } })
}
