/** Requests inside of a request: they go through the same routes, in the name of the same caller. */
import { Hono } from 'hono'
import { RegExpRouter } from 'hono/router/reg-exp-router'
import { Refusal } from '../base/refusal.ts'
import type { Records } from '../records/records.ts'
import { getPath, versionOf, withoutNul } from './address.ts'
import type { AppParts } from './app-parts.ts'
import { errorAnswer, refusalAnswer } from './error-answer.ts'
import { modelFor } from './language-of.ts'
import { noResource } from './readable-object.ts'
import type { Call, Route, SignedInRoute } from './route.ts'

export interface InnerRequest {
  readonly method: string
  /** From `/services/data/` on. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** What is sent as JSON; undefined for none. */
  readonly body: unknown
}

export interface InnerAnswer {
  readonly status: number
  readonly location: string | undefined
  /** JSON; empty where there is none. */
  readonly text: string
}

/** Through the use cases given, which may be those of an open unit of work. */
export type RunInner = (records: Records, call: Call, request: InnerRequest) => Promise<InnerAnswer>

type Parts = Pick<AppParts, 'deployer' | 'log' | 'records' | 'requestId'> & {
  /** The use cases are those of an open unit of work already. */
  readonly within?: true
}

interface Inner {
  readonly outer: Call
  readonly routes: readonly SignedInRoute[]
  /** In a unit of work: what is no refusal is for whoever may try the unit again. */
  readonly isUnit: boolean
}

type InnerEdge = { Bindings: { readonly inner: Inner } }

/** `routesOf` gives the same routes in the same order for whatever use cases they are made of. */
export function createRunInner<P extends Parts>(
  parts: P,
  routesOf: (parts: P) => readonly Route[],
): RunInner {
  const routesFor = (records: Records): readonly SignedInRoute[] =>
    routesOf({ ...parts, records }).filter((route) => route.kind === 'signed in')
  const usual = routesFor(parts.records)
  const app = innerApp(parts, usual)
  return async (records, outer, request) => {
    const isOther = records !== parts.records
    const isUnit = isOther || parts.within === true
    const routes = isOther ? routesFor(records) : usual
    const answer = await app.fetch(requestOf(request), { inner: { outer, routes, isUnit } })
    const location = answer.headers.get('location') ?? undefined
    return { status: answer.status, location, text: await answer.text() }
  }
}

function innerApp(parts: Parts, known: readonly SignedInRoute[]): Hono<InnerEdge> {
  const app = new Hono<InnerEdge>({ router: new RegExpRouter(), getPath })
  known.forEach((route, index) =>
    app.on(route.method, route.path, (context) => {
      const { outer, routes } = context.env.inner
      const caller = { ...outer.caller, apiVersion: versionOf(context) }
      const found = routes[index]
      if (found === undefined) throw new Error('routes come in one order')
      return found.handle({
        ...outer,
        request: context.req.raw,
        caller,
        limitInfo: {},
        param: (name) => withoutNul(context.req.param(name) ?? ''),
        query: (name) => {
          const value = context.req.query(name)
          return value === undefined ? undefined : withoutNul(value)
        },
      })
    }),
  )
  app.notFound(() => refusalAnswer(noResource()))
  app.onError((error, context) => {
    const { outer, isUnit } = context.env.inner
    const model = modelFor(parts, outer.caller)
    if (!isUnit) return errorAnswer(error, { request: context.req.raw, model }, parts)
    if (error instanceof Refusal) return refusalAnswer(error, {}, model)
    throw error
  })
  return app
}

function requestOf({ method, url, headers, body }: InnerRequest): Request {
  const content = body === undefined ? null : JSON.stringify(body)
  const type = content === null ? {} : { 'content-type': 'application/json' }
  return new Request(`http://inner${url}`, {
    method,
    headers: { ...headers, ...type },
    body: content,
  })
}
