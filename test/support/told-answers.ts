/** Whatever the routes answer in a test stands in their reference, `docs/api.md`. */
import { routeWords } from '../../engine/http/reference/api-reference.ts'

interface ToldRoute {
  readonly method: string
  readonly pattern: RegExp
  readonly statuses: readonly string[]
}

const told: readonly ToldRoute[] = [...routeWords.values()].flatMap((words) =>
  [...words].map(([key, { answers }]) => {
    const [method = '', path = ''] = key.split(' ')
    const pattern = path.replaceAll('.', '\\.').replace('*', '.*').replaceAll(/:\w+/g, '[^/]+')
    return { method, pattern: new RegExp(`^${pattern}$`), statuses: Object.keys(answers) }
  }),
)

/** Throws where an answer that was no refusal is of a status that nobody told of. */
export function demandTold(method: string, path: string, status: number): void {
  if (status >= 400) return
  const [address = ''] = path.split('?')
  const routes = told.filter((one) => one.method === method && one.pattern.test(address))
  const isTold = routes.some(({ statuses }) => statuses.includes(String(status)))
  if (routes.length === 0 || isTold) return
  throw new Error(
    `${method} ${address} answered ${status}: say so in engine/http/reference/route-words.json, then npm run docs`,
  )
}
