import { describe, expect, it } from 'vitest'
import { matchRoute } from '../../../ui/base/router.ts'
import type { Route } from '../../../ui/base/router.ts'

const load = (): Promise<unknown> => Promise.resolve()
const routes: readonly Route[] = [
  { pattern: '/app/:app/:object/new', tag: 'new', load },
  { pattern: '/app/:app/:object/:id', tag: 'record', load },
  { pattern: '/setup/*', tag: 'setup', load },
]

describe('matchRoute', () => {
  it('takes the first pattern that fits', () => {
    expect(matchRoute(routes, '/app/Sales/Account/new')?.route.tag).toBe('new')
    expect(matchRoute(routes, '/app/Sales/Account/001')?.route.tag).toBe('record')
  })

  it('decodes parameters and survives a stray percent sign', () => {
    const found = matchRoute(routes, '/app/A%20B/Account/50%')
    expect(found?.params.get('app')).toBe('A B')
    expect(found?.params.get('id')).toBe('50%')
  })

  it('gives the rest to a star, also when there is none', () => {
    expect(matchRoute(routes, '/setup/objects/Account')?.params.get('*')).toBe('objects/Account')
    expect(matchRoute(routes, '/setup')?.params.get('*')).toBe('')
  })

  it('keeps the query', () => {
    expect(matchRoute(routes, '/app/A/B/new?x=1')?.query.get('x')).toBe('1')
  })

  it('is undefined for what no page has', () => {
    expect(matchRoute(routes, '/app/Sales')).toBeUndefined()
  })
})
