/** Every address of the screens is one that the server answers with them, so that it can be typed, kept and sent. */
import { expect, it } from 'vitest'
import { pageRoutes } from '../../engine/http/routes/pages.ts'
import { routes } from '../../ui/routes.ts'

const files = { answer: async () => undefined, page: async () => undefined }
const served = pageRoutes({ files }).map(({ path }) => path)

function isServed(address: string): boolean {
  return served.some((path) =>
    path.endsWith('/*') ? address.startsWith(path.slice(0, -1)) : address === path,
  )
}

it.each(routes.map(({ pattern }) => pattern))('%s', (pattern) => {
  expect(isServed(pattern.replaceAll(/:\w+|\*/g, 'x'))).toBe(true)
})
