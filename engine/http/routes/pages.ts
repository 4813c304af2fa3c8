/** The screens: one page for all their addresses. */
import { refuse } from '../../base/refusal.ts'
import type { AppParts } from '../app-parts.ts'
import { publicRoute, type Route } from '../route.ts'

const paths = [
  '/',
  '/login',
  '/app',
  '/app/*',
  '/search',
  '/process/*',
  '/setup',
  '/setup/*',
] as const

export function pageRoutes({ files }: Pick<AppParts, 'files'>): readonly Route[] {
  return paths.map((path) =>
    publicRoute('GET', path, async (context) => {
      const page = await files.page(context.req.raw)
      if (page === undefined) throw refuse('NOT_FOUND', 'The screens are not built.')
      return page
    }),
  )
}
