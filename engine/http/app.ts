/** The application: addresses to routes, requests to callers, whatever is thrown to answers. */
import { Hono, type Context } from 'hono'
import { RegExpRouter } from 'hono/router/reg-exp-router'
import { limits } from '../base/limits.ts'
import { message } from '../base/message.ts'
import { refuse } from '../base/refusal.ts'
import { inLanguage } from '../language/in-language.ts'
import type { Model } from '../model/model.ts'
import type { Caller } from '../records/records.ts'
import { getPath, versionOf, withoutNul } from './address.ts'
import { errorAnswer, refusalAnswer } from './error-answer.ts'
import { notingFormerNames, withWarnings } from './former-names.ts'
import { requireOpenToPrograms } from './open-to-programs.ts'
import { identify, type Identity } from './identify.ts'
import { acceptedLanguage, languageFor } from './language-of.ts'
import { createOnce, type Once } from './once.ts'
import { noResource } from './readable-object.ts'
import type { Call, Edge, Method, Route, SignedInRoute } from './route.ts'
import type { AppParts, AskItself } from './app-parts.ts'
import { allRoutes } from './routes/index.ts'
import { allowSlowBody } from './slow-bodies.ts'
import type { StaticFiles } from './static-files.ts'
import { takesGzip, zipped } from './zip-answer.ts'

export type App = Hono<Edge>

export function createApp(parts: AppParts): App {
  // This router refuses ambiguous paths at the start instead of falling back to a slow search.
  const app = new Hono<Edge>({ router: new RegExpRouter(), getPath })
  const ask: AskItself = async (request, bindings) => app.fetch(request, bindings)
  const routes = allRoutes({ ...parts, ask })
  const once = createOnce(parts)
  for (const route of routes) {
    const handle = handlerOf(route, parts, once)
    app.on(route.method, route.path, (context) => parts.metrics.timed(route, () => handle(context)))
  }
  app.onError((error, context) => {
    const request = context.req.raw
    return errorAnswer(error, { request, model: readersModel(context, parts) }, parts)
  })
  app.notFound((context) => nothingHere(context, app, { routes, files: parts.files }))
  return app
}

/** The model in the language of whoever gets the answer, as far as that is known by now. */
function readersModel(context: Context<Edge>, parts: AppParts): Model {
  const model = parts.deployer.store.current()
  const language = context.get('language') ?? acceptedLanguage(context.req.raw, model)
  return language === undefined ? model : inLanguage(model, language)
}

type Handler = (context: Context<Edge>) => Response | Promise<Response>

function handlerOf(route: Route, parts: AppParts, once: Once): Handler {
  if (route.kind === 'public') return (context) => route.handle(context)
  return (context) => {
    if (!parts.serving()) throw stopping()
    const target = { route, parts, once, version: versionOf(context) }
    parts.usage.count()
    const identity = identify(parts.auth, context.req.raw, route.need)
    return identity instanceof Promise
      ? identity.then((found) => handleCall(target, context, found))
      : handleCall(target, context, identity)
  }
}

function stopping() {
  return refuse('SERVER_UNAVAILABLE', message('The server is stopping. Try again shortly.'))
}

interface Target {
  readonly route: SignedInRoute
  readonly parts: AppParts
  readonly once: Once
  readonly version: string
}

function requirePermission(
  { permission, delegable }: SignedInRoute,
  { access }: Identity['user'],
): void {
  if (permission === undefined || access.has(permission)) return
  if (delegable && access.delegations.length > 0) return
  const text = message('This needs the permission {permission}.', { permission })
  throw refuse('INSUFFICIENT_ACCESS', text)
}

function handleCall(
  target: Target,
  context: Context<Edge>,
  identity: Identity,
): Response | Promise<Response> {
  const { route, parts, once, version } = target
  const { user, credential } = identity
  const request = context.req.raw
  const model = parts.deployer.store.current()
  const language = languageFor(request, identity, model)
  context.set('language', language)
  if (user.limitedTo !== undefined) requireOpenToPrograms(route)
  requirePermission(route, user)
  // Tests ask without a connection.
  const takeTime = (): void => allowSlowBody(context.env.incoming)
  if (route.isUpload) takeTime()
  const source = credential.kind === 'session' ? 'screen' : 'api'
  const plain = assigning(request, user.caller(source, version, language))
  const noted = model.hasFormerNames ? new Set<string>() : undefined
  const caller = noted === undefined ? plain : notingFormerNames(plain, noted)
  const call: Call = {
    request,
    caller,
    user,
    credential,
    limitInfo: parts.usage.header(),
    takeTime,
    param: (name) => withoutNul(context.req.param(name) ?? ''),
    query: (name) => {
      const value = context.req.query(name)
      return value === undefined ? undefined : withoutNul(value)
    },
  }
  const handled = once.isAsked(route, request) ? once.answer(route, call) : route.handle(call)
  const answer = takesGzip(request) ? zipped(handled) : handled
  return noted === undefined ? answer : withWarnings(answer, noted)
}

const methods: readonly Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

interface Known {
  readonly routes: readonly Route[]
  readonly files: StaticFiles
}

/** Whoever says so keeps assignment rules out of it. */
function assigning(request: Request, caller: Caller): Caller {
  const told = request.headers.get('sforce-auto-assign')
  return told?.trim().toLowerCase() === 'false' ? { ...caller, autoAssign: false } : caller
}

/** No route: perhaps a file of the screens, or an address that exists for other methods. */
async function nothingHere(context: Context<Edge>, app: App, known: Known): Promise<Response> {
  const { path, method } = context.req
  const isRead = method === 'GET' || method === 'HEAD'
  const file =
    isRead && !path.startsWith('/services/')
      ? await known.files.answer(context.req.raw, path)
      : undefined
  return file ?? notFound(context, app, known.routes)
}

function notFound(context: Context<Edge>, app: App, routes: readonly Route[]): Response {
  const { path, method, url } = context.req
  if (url.length > limits.requestUrlBytesMax) {
    const text = `An address may have at most ${limits.requestUrlBytesMax} bytes.`
    return refusalAnswer(refuse('URI_TOO_LONG', text))
  }
  const known = new Set(routes.map((route) => route.method))
  const allowed = methods.filter(
    (other) => other !== method && known.has(other) && app.router.match(other, path)[0].length > 0,
  )
  if (allowed.length === 0) return refusalAnswer(noResource())
  const text = `HTTP Method '${method.slice(0, 20)}' not allowed. Allowed are ${allowed.join(',')}`
  return refusalAnswer(refuse('METHOD_NOT_ALLOWED', text), { Allow: allowed.join(', ') })
}
