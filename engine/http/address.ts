/** Addresses as routes read them: the path, the version in it, and texts without what nothing can hold. */
import type { Context } from 'hono'
import { newestApiVersion, newestApiVersionText, oldestApiVersion } from '../base/api-versions.ts'
import { limits } from '../base/limits.ts'
import { refuse } from '../base/refusal.ts'
import { noResource } from './readable-object.ts'

/** No name and no query holds NUL; databases and C libraries would cut the text there. */
export function withoutNul(text: string): string {
  if (text.includes('\0')) throw refuse('INVALID_ARGUMENT', 'An address may not hold NUL.')
  return text
}

/** `v67.0` → `67.0`, by the versions that are answered. */
const versions: ReadonlyMap<string, string> = new Map(
  Array.from({ length: newestApiVersion - oldestApiVersion + 1 }, (_, index) => {
    const text = `${oldestApiVersion + index}.0`
    return [`v${text}`, text]
  }),
)

/** Addresses without a version get the newest. */
export function versionOf(context: Pick<Context, 'req'>): string {
  const asked = context.req.param('version')
  if (asked === undefined) return newestApiVersionText
  const version = versions.get(asked)
  if (version === undefined) throw noResource()
  return version
}

/** No route has this path. */
const nowhere = '/-'

/**
 * The path to route by, still encoded: stock clients double slashes, people end addresses with one. An encoded slash
 * is a character of a name, never a new part.
 */
export function getPath(request: Request): string {
  const { url } = request
  if (url.length > limits.requestUrlBytesMax) return nowhere
  const start = url.indexOf('/', url.indexOf(':') + 3)
  const question = url.indexOf('?', start)
  const path = question === -1 ? url.slice(start) : url.slice(start, question)
  const single = path.includes('//') ? path.replace(/\/{2,}/g, '/') : path
  return single.length > 1 && single.endsWith('/') ? single.slice(0, -1) : single
}
