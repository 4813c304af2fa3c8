/** The page of all addresses, `docs/api.md`: from the list of routes, with a line of words for each. */
import { errorStatus } from '../../base/refusal.ts'
import type { RouteParts } from '../app-parts.ts'
import type { Route } from '../route.ts'
import { allRoutes } from '../routes/index.ts'
import sections from './route-words.json' with { type: 'json' }

/** What is said of one route; everything else the route tells itself. */
export interface RouteWords {
  readonly does: string
  /** By the name of what stands after the question mark. */
  readonly query?: Readonly<Record<string, string>>
  readonly body?: string
  /** By status, of requests that were not refused. */
  readonly answers: Readonly<Record<string, string>>
}

/** Sections in their order; in each, words by `METHOD path`. */
export const routeWords: ReadonlyMap<string, ReadonlyMap<string, RouteWords>> = new Map(
  Object.entries(sections as Readonly<Record<string, Readonly<Record<string, RouteWords>>>>).map(
    ([section, words]) => [section, new Map(Object.entries(words))],
  ),
)

/** Routes as they are made; none of them is asked for anything. */
export function listedRoutes(): readonly Route[] {
  // What lists of routes read while they are made is this alone; handlers would want the rest.
  return allRoutes({ deployer: {} } as RouteParts)
}

export function routeKey({ method, path }: Pick<Route, 'method' | 'path'>): string {
  return `${method} ${path}`
}

const head = `# The API

Written from the list of routes by \`npm run docs\`; a change by hand is lost. The words stand in \`engine/http/reference/route-words.json\`, where a new route has its line.
A program finds exactly what it may see and do, with every field, in \`/services/fieldstone/v1/openapi.json\` and \`types.d.ts\`.

- \`{version}\` is any from v31.0 to the newest, answered alike. Other names in addresses: \`{object}\` an API name, \`{id}\` 15 or 18 characters, \`{field}\` a field that is an external id, \`{value}\` its value.
- Who asks is told by \`Authorization: Bearer <token>\` (or \`OAuth <token>\`), or by the cookie of the screens. "Needs" names a system permission; objects, records and fields are those of the caller throughout.
- Bodies and answers are JSON where nothing else is said; bodies may be gzipped, answers are where that is accepted. \`?_HttpMethod=PATCH\` on POST does for programs that cannot send it.
- \`Sforce-Query-Options: batchSize=200…2000\` sets the rows of a page, \`Sforce-Limit-Info\` tells how much was used, \`Idempotency-Key\` makes a save that is sent twice happen once, \`If-Match\`, \`If-None-Match\`, \`If-Modified-Since\` and \`If-Unmodified-Since\` make requests conditional.
- \`Sforce-Call-Options: client=…, defaultNamespace=…\` is taken and changes nothing: programs are known by their token, and there are no namespaces whose prefix could be left out; so are \`Sforce-Duplicate-Rule-Header\` and \`Sforce-Mru\`. \`Sforce-Auto-Assign: FALSE\` keeps assignment rules out of a save.
- A refusal is \`[{ "message", "errorCode", "fields" }]\` under one of the codes at the end; what may not be known is refused as what does not exist.
`

/** A route without words, or words without a route, is told of by the test of this page. */
export function apiReference(): string {
  const routes = new Map(listedRoutes().map((route) => [routeKey(route), route]))
  const known = [...routeWords].map(([section, words]) => {
    const lines = [...words].flatMap(([key, said]) => {
      const route = routes.get(key)
      return route === undefined ? [] : [lineOf(route, said)]
    })
    return `## ${section}\n\n${tableHead}\n${lines.join('\n')}\n`
  })
  return [head, ...known, refusals()].join('\n')
}

const tableHead = '| | does | parameters | body | answers | needs |\n|---|---|---|---|---|---|'

function lineOf(route: Route, { does, query = {}, body = '', answers }: RouteWords): string {
  const parameters = Object.entries(query).map(([name, words]) => `\`${name}\` ${words}`)
  const told = Object.entries(answers).map(([status, words]) => `${status} ${words}`)
  const cells = [
    `\`${route.method} ${shownPath(route.path)}\``,
    does,
    parameters.join('; '),
    body,
    told.join('; '),
    needOf(route),
  ]
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}

function shownPath(path: string): string {
  return path.replaceAll(/:(\w+)/g, '{$1}')
}

const tokens: Readonly<Record<string, string>> = {
  api: '',
  id: 'any token',
  web: 'a token for the screens',
  entry: 'a session, also one that is not yet let in',
}

function needOf(route: Route): string {
  if (route.kind === 'public') return 'nobody in particular'
  return [route.permission ?? '', tokens[route.need] ?? route.need]
    .filter((words) => words !== '')
    .join(', ')
}

function refusals(): string {
  const statuses = [...new Set(Object.values(errorStatus))].toSorted((one, other) => one - other)
  const lines = statuses.map((status) => {
    const codes = Object.entries(errorStatus).filter(([, one]) => one === status)
    return `| ${status} | ${codes.map(([code]) => `\`${code}\``).join(', ')} |`
  })
  return `## Refusals\n\n| status | codes |\n|---|---|\n${lines.join('\n')}\n`
}
